package formula

import (
	"dudao/engine/diag"
	"dudao/engine/sheet"
)

// Guarded is a term as a cell can hold it: its value (of a truth 1 or 0) where it
// is known, else the word that says why it isn't.
func (s *Sheet) Guarded(t Term) *sheet.Expr {
	return s.guarded(t, func(x *sheet.Expr) *sheet.Expr { return x })
}

// YesNo is a truth as the words of an answer.
func (s *Sheet) YesNo(t Term) *sheet.Expr {
	return s.guarded(t, func(x *sheet.Expr) *sheet.Expr {
		return sheet.If(x, sheet.Str(s.Words.Yes), sheet.Str(s.Words.No))
	})
}

func (s *Sheet) guarded(t Term, as func(*sheet.Expr) *sheet.Expr) *sheet.Expr {
	x := as(t.X)
	if x.IsTruth() {
		x = sheet.If(x, sheet.Num(1), sheet.Num(0))
	}
	if t.fails {
		x = sheet.IfError(x, s.word(Failed))
	}
	if len(t.reads) == 0 {
		return x
	}
	if len(t.reads) == 1 && x.IsRef(t.reads[0].Cell) && t.kind == Number && !t.reads[0].typed {
		return x // it is its own word
	}
	return sheet.If(s.knows(t.reads), x, s.why(t.reads))
}

// Value is what stands in a place, or the word for why nothing does.
func (s *Sheet) Value(p Place) *sheet.Expr {
	x := sheet.Ref(p.Cell)
	if !p.typed || p.can == 0 {
		return x
	}
	return sheet.If(s.knows([]Place{p}), x, s.why([]Place{p}))
}

// Store puts a term into a cell of its own.
func (s *Sheet) Store(t Term, table *Table, label diag.Phrase) Place {
	return s.StoreAs(s.Guarded(t), t.kind, t.Can(), table, label)
}

// StoreAs puts an expression into a cell.
func (s *Sheet) StoreAs(e *sheet.Expr, kind Kind, can States, table *Table, label diag.Phrase) Place {
	e = s.Short(e, table, label)
	return Place{Cell: s.New(table, label, e), kind: kind, flag: kind == Truth, can: can}
}

// StoreValue puts a value into a cell as people read it: a truth as its word.
func (s *Sheet) StoreValue(e *sheet.Expr, kind Kind, can States, table *Table, label diag.Phrase) Place {
	return Stand(s.New(table, label, s.Short(e, table, label)), kind, can)
}
