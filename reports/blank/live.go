package blank

import (
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
	"dudao/engine/text"
	"dudao/reports/book"
)

// computation has the formulas of the computed cells. A formula stands on the form
// if it needs no more than single values, the row it stands in, and tables whose
// rows are given. The empty rows of an open table would all count as missing, so
// what adds up those is left to the program; so is what needs columns of its own.
type computation struct {
	*engine.Live
	fits   map[*sheet.Cell]bool
	fixed  map[string]bool      // tables whose rows are given
	onForm map[*sheet.Cell]bool // the cells that the form itself has
	needed []*sheet.Cell        // single cells that it hasn't
	taken  map[*sheet.Cell]bool
}

func newComputation(p *engine.Program, ret *returns.Return, printer text.Printer) *computation {
	word := func(m diag.Message) string { return printer.Sprint(m) }
	c := &computation{fits: map[*sheet.Cell]bool{}, fixed: map[string]bool{}, onForm: map[*sheet.Cell]bool{}, taken: map[*sheet.Cell]bool{}}
	c.Live = p.LiveForm(ret, engine.LiveWords{Words: formula.Words{Inapplicable: "不适用", Yes: "是", No: "否",
		Open: word(engine.Open.Words()), Missing: word(engine.Missing.Words()), Failed: word(engine.Failed.Words())},
		Step: word(diag.M("working")), In: word(diag.M("included"))})
	c.own("")
	for i := range p.Rubric.Data {
		if b := &p.Rubric.Data[i].Value; b.IsTable() && !b.IsView() {
			c.fixed[p.Rubric.Data[i].Key.Text] = !b.IsOpen()
			c.own(p.Rubric.Data[i].Key.Text)
		}
	}
	return c
}

func (c *computation) own(table string) {
	for _, cell := range c.ValuesOf(table) {
		c.onForm[cell] = true
	}
}

// formula is the cell of a computed value if its formula fits onto the form, or nil.
func (c *computation) formula(t form.Target) *sheet.Cell {
	cell := c.Value(t.Table, t.Field, t.Back)
	if cell == nil || cell.Formula == nil || !c.fit(cell) {
		return nil
	}
	c.need(cell)
	return cell
}

func (c *computation) fit(cell *sheet.Cell) bool {
	if ok, known := c.fits[cell]; known {
		return ok
	}
	ok := cell.Plain.IsZero() && (cell.Table == "" || c.onForm[cell])
	if ok && cell.Formula != nil {
		for _, r := range cell.Formula.Reads() {
			ok = ok && c.fit(r.Cell) && (!r.Whole || c.fixed[r.Table])
		}
	}
	c.fits[cell] = ok
	return ok
}

// need notes the cells that a formula reads and the form hasn't.
func (c *computation) need(cell *sheet.Cell) {
	if c.taken[cell] {
		return
	}
	c.taken[cell] = true
	if cell.Formula != nil {
		for _, r := range cell.Formula.Reads() {
			c.need(r.Cell)
		}
	}
	if !c.onForm[cell] && cell.Name != form.YearName {
		c.needed = append(c.needed, cell)
	}
}

// helpersSheet holds, out of sight, what the formulas need beside the form.
const helpersSheet = "_helpers"

func (c *computation) helpers(b *book.Book) {
	if len(c.needed) == 0 {
		return
	}
	s := &book.Sheet{Name: helpersSheet, Hidden: true}
	for i, cell := range c.needed {
		out := book.Cell{Value: value(cell.Values[0]), Digits: -1}
		if cell.Formula != nil {
			out.Formula = cell.Formula.Write().In("", nil)
		}
		s.Rows = append(s.Rows, book.Row{Height: 18, Cells: []book.Cell{{Value: cell.Name}, out}})
		at := book.Ref{Row: i + 1, Col: 2}
		b.Names = append(b.Names, book.Name{Name: cell.Name, Sheet: s.Name, From: at, To: at})
	}
	b.Sheets = append(b.Sheets, s)
}

// computed makes the cell of a computed value: its formula, where it fits.
func (w *writer) computed(c form.Cell) book.Cell {
	cell := w.live.formula(c.Target)
	if cell == nil {
		return book.Cell{Value: w.Sprint(diag.M("computed")), Style: book.Center}
	}
	at := book.Ref{Row: w.top + c.Row, Col: c.Col}
	text := cell.Formula.Write().In(strconv.Itoa(at.Row), func(c *sheet.Cell) string { return w.columns[c.Name] })
	out := book.Cell{Value: value(cell.Values[c.Target.Row]), Style: book.Computed, Digits: int(c.Field.Digits.Value)}
	if w.open { // in a row without a name nothing is missing
		text = "IF($A" + strconv.Itoa(at.Row) + `="","",` + text + ")"
		if w.cell(form.Target{Table: c.Target.Table, Row: c.Target.Row, Field: w.rowName(c.Target.Table)}) == nil {
			out.Value = ""
		}
	}
	out.Formula = text
	w.pale(at)
	return out
}

// pale lets the word for what is missing stand back: on an empty form it is no news.
func (w *writer) pale(at book.Ref) {
	if n := len(w.out.Conditions); n > 0 {
		if to := &w.out.Conditions[n-1].Range.To; to.Col == at.Col && to.Row == at.Row-1 {
			to.Row++
			return
		}
	}
	w.out.Conditions = append(w.out.Conditions, book.Condition{Range: book.Range{From: at, To: at}, Style: book.Pale,
		Is: "=", Than: `"` + w.Sprint(engine.Missing.Words()) + `"`})
}

// rowName is the column of a table that stands first and names its rows.
func (w *writer) rowName(table string) string {
	for i := range w.rubric.Data {
		if w.rubric.Data[i].Key.Text == table {
			return w.rubric.Data[i].Value.Key[0].Text
		}
	}
	return ""
}

func value(v sheet.Value) any {
	switch v.Kind {
	case sheet.Number:
		return v.Num
	case sheet.Text:
		return v.Text
	default:
		return nil
	}
}

// column is the letters of a column.
func column(col int) string { return strings.TrimRight(book.Ref{Row: 1, Col: col}.String(), "1") }

// withRows is a return with as many rows as the form has.
func withRows(r *rubric.Rubric, filled *returns.Return) *returns.Return {
	out := returns.Empty(r)
	if filled != nil {
		out = filled.Clone()
	}
	for i := range r.Data {
		if b := &r.Data[i].Value; b.IsTable() && !b.IsView() && b.IsOpen() {
			t := out.Tables[r.Data[i].Key.Text]
			t.Extend(int(b.Room.Value))
		}
	}
	return out
}
