package formula

import (
	"dudao/engine/diag"
	"dudao/engine/sheet"
)

// Open says that the rows of a table are still to be filled in, on a form that has so
// many of them ready. A column says of each row whether it counts: 0 where nothing
// stands in it, so that nothing is missing there, and where something does but the row
// isn't named in full, or stands there before, the word for what is missing. Entries
// are all columns that people fill in, number is the column of the rows' numbers.
func (s *Sheet) Open(t *Table, entries, keys []Place, number *sheet.Cell) {
	label := diag.P(diag.M("row counts"))
	var all, named []*sheet.Expr
	for _, p := range entries {
		all = append(all, sheet.Ref(p.Cell))
	}
	for i, p := range keys {
		if i > 0 {
			named = append(named, sheet.Str(keyMark))
		}
		named = append(named, sheet.Ref(p.Cell))
	}
	key := keys[0].Cell
	if len(keys) > 1 {
		key = s.StoreAs(sheet.Join(named...), Text, 0, t, diag.P(diag.M("name of the row"))).Cell
	}
	missing := s.word(Missing)
	first := sheet.If(sheet.Cmp("=", sheet.Match(sheet.Ref(key), sheet.Whole(key)), sheet.Ref(number)), sheet.Num(1), missing)
	e := sheet.If(sheet.Is(sheet.Join(all...), ""), sheet.Num(0), sheet.If(s.knows(keys), first, missing))
	s.masks[t] = s.StoreAs(e, Truth, only1(Missing), t, label)
	any := sheet.CountIfs(sheet.Whole(s.masks[t].Cell), sheet.Str("<>0"))
	s.rows[t] = s.StoreAs(sheet.If(sheet.Cmp("=", any, sheet.Num(0)), missing, sheet.Num(1)), Number, only1(Missing), nil, label)
}

// stillEmpty reports whether a table may still be without rows.
func (s *Sheet) stillEmpty(t *Table) bool {
	_, ok := s.rows[t.Root()]
	return ok
}

// withRows is a value of a table, or of a selection of it, that waits until the table
// has rows.
func (s *Sheet) withRows(t *Table, e *sheet.Expr, can States) (*sheet.Expr, States) {
	p, ok := s.rows[t.Root()]
	if !ok {
		return e, can
	}
	any := sheet.Ref(p.Cell)
	return sheet.If(sheet.IsNumber(any), e, any), can | p.can
}

// AnyRow is the cell that says whether an open table of a form has rows.
func (s *Sheet) AnyRow(t *Table) *sheet.Cell { return s.rows[t].Cell }
