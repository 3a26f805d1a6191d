package assessment

import (
	"math"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/sheet"
	"dudao/reports/book"
)

// wordsOf are the words that stand in cells and names. The three that returns use
// are the same in every language.
func (w *writer) wordsOf() engine.LiveWords {
	word := func(m diag.Message) string { return w.Sprint(m) }
	return engine.LiveWords{
		Words: formula.Words{Inapplicable: "不适用", Yes: "是", No: "否",
			Open: word(engine.Open.Words()), Missing: word(engine.Missing.Words()), Failed: word(engine.Failed.Words())},
		Step: word(diag.M("working")), In: word(diag.M("included")), Answer: word(diag.M("answer")), Evidence: word(diag.M("Evidence")),
		Value: word(diag.M("actual")), Target: word(diag.M("target")), Gap: word(diag.M("gap")), Result: word(diag.M("result")),
		Points: word(diag.M("score")), Upper: word(diag.M("upper")), Lower: word(diag.M("lower")), Full: word(diag.M("full")),
		Outcome: word(diag.M("outcome")), Letter: word(diag.M("letter")), Sum: word(diag.M("sum")), Total: word(diag.M("total")),
		Met: word(diag.M("item met")), NotMet: word(diag.M("item not met")),
		Claimed: word(diag.M("Claimed")), Engine: word(diag.M("Engine")),
	}
}

// spot is where a cell of the computation has been put.
type spot struct {
	sheet *book.Sheet
	book.Ref
}

// computation puts the cells of the computation into the workbook, each under its
// name.
type computation struct {
	*engine.Live
	spots map[*sheet.Cell]spot
}

// value is what stands in a cell of a workbook.
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

// live makes the cell of something computed, which goes to the place given: its
// formula, and what it comes to.
func (w *writer) live(c *sheet.Cell, s *book.Sheet, row, col int, style book.Style) book.Cell {
	out := book.Cell{Value: value(c.Values[0]), Style: style, Digits: -1}
	if c.Formula != nil {
		out.Formula = c.Formula.Write().In("", nil)
	}
	if !c.Plain.IsZero() {
		out.Note = w.Sprint(c.Plain)
	}
	w.put(c, s, row, col)
	return out
}

// put says where a cell stands and gives it its name.
func (w *writer) put(c *sheet.Cell, s *book.Sheet, row, col int) {
	at := book.Ref{Row: row, Col: col}
	w.computation.spots[c] = spot{s, at}
	w.book.Names = append(w.book.Names, book.Name{Name: c.Name, Sheet: s.Name, From: at, To: at})
}

// ranges names the cells that formulas add up.
func (w *writer) ranges() {
	for _, r := range w.computation.Ranges {
		first, last := w.computation.spots[r.Cells[0]], w.computation.spots[r.Cells[len(r.Cells)-1]]
		w.book.Names = append(w.book.Names, book.Name{Name: r.Name, Sheet: first.sheet.Name, From: first.Ref, To: last.Ref})
	}
}

// expr makes a cell of an expression over others that the report itself shows, such
// as “80～100”.
func expr(e *sheet.Expr, style book.Style) book.Cell {
	return book.Cell{Value: value(e.Values()[0]), Formula: e.Write().In("", nil), Style: style, Digits: -1}
}

// stale is the text of a cell as long as other cells hold what was written when it
// was made; after that it says that the data has changed.
func (w *writer) stale(text string, style book.Style, of ...*sheet.Cell) book.Cell {
	if text == "" {
		return book.Cell{Style: style}
	}
	var same []*sheet.Expr
	for _, c := range of {
		same = append(same, unchanged(c))
	}
	said := w.said(text)
	return expr(sheet.If(sheet.And(same...), sheet.Ref(said), sheet.Str(w.Sprint(diag.M("The data has changed; score it again.")))), style)
}

// unchanged is a condition: a cell holds what it held when the report was made. Of a
// number with many digits the last may be another in another program.
func unchanged(c *sheet.Cell) *sheet.Expr {
	switch v := c.Values[0]; {
	case v.Kind != sheet.Number:
		return sheet.Cmp("=", sheet.Ref(c), sheet.Str(v.Text))
	case v.Num == decimal.Round(v.Num, 6):
		return sheet.Cmp("=", sheet.Ref(c), sheet.Num(v.Num))
	default:
		near := sheet.Num(1e-9 * max(1, math.Pow(10, math.Ceil(math.Log10(math.Abs(v.Num))))))
		return sheet.Cmp("<", sheet.Abs(sheet.Sub(sheet.N(sheet.Ref(c)), sheet.Num(v.Num))), near)
	}
}

// textsSheet holds the texts that stand in cells only as long as they are true: a
// formula can't hold a long text itself.
const textsSheet = "_texts"

// said keeps a text, each once.
func (w *writer) said(text string) *sheet.Cell {
	if c, ok := w.texts[text]; ok {
		return c
	}
	c := &sheet.Cell{Name: "_text." + strconv.Itoa(len(w.texts)+1), Values: []sheet.Value{sheet.Said(text)}}
	w.texts[text] = c
	w.textsInOrder = append(w.textsInOrder, text)
	return c
}

// hiddenTexts is the sheet with the texts.
func (w *writer) hiddenTexts() {
	if len(w.texts) == 0 {
		return
	}
	s := &book.Sheet{Name: textsSheet, Hidden: true}
	for i, text := range w.textsInOrder {
		s.Rows = append(s.Rows, book.Row{Height: 18, Cells: []book.Cell{{Value: text}}})
		w.put(w.texts[text], s, i+1, 1)
	}
	w.book.Sheets = append(w.book.Sheets, s)
}

// column is the letters of a column.
func column(col int) string { return strings.TrimRight(book.Ref{Row: 1, Col: col}.String(), "1") }
