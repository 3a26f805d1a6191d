package assessment

import (
	"dudao/engine/diag"
	"dudao/reports/book"
)

// steps lists what is computed on the way from the data to the points, each with
// its formula: sums over tables, coefficients of variation, conditions.
func (w *writer) steps() {
	s := w.sheet(diag.M("Computation"), 14, 44, 62, 16) // upright and small: an appendix of many rows
	s.line(w.Sprint(diag.M("Computation")), book.Title)
	s.line(w.unit(), book.Subtitle)
	s.line(w.Sprint(diag.M("What is computed on the way from the data to the points. The results are live: change the data and they follow.")), book.Note)
	s.row(w.headings(diag.M("Name"), diag.M("What it is"), diag.M("Formula of the spreadsheet"), diag.M("Result"))...)
	s.repeat(4)
	for _, c := range w.computation.Steps {
		text := ""
		if c.Formula != nil {
			text = "=" + c.Formula.Write().In("", nil)
		}
		s.row(left(c.Name), left(w.Phrase(c.Label)), left(text), w.live(c, s.Sheet, len(s.Rows)+1, 4, book.Computed))
	}
	w.choices(s)
}

// choices lists the constants among which a key chooses.
func (w *writer) choices(s page) {
	for _, c := range w.computation.Choices {
		s.gap()
		s.line(w.Sprint(diag.M("Constants of %s", c.Values.Table)), book.StrongText)
		from := len(s.Rows) + 1
		for i := range c.Keys.Values {
			s.row(left(""), left(c.Keys.Values[i].Text), left(""), book.Cell{Value: value(c.Values.Values[i]), Style: book.Number, Digits: -1})
		}
		to := len(s.Rows)
		w.book.Names = append(w.book.Names,
			book.Name{Name: c.Keys.Name, Sheet: s.Name, From: book.Ref{Row: from, Col: 2}, To: book.Ref{Row: to, Col: 2}},
			book.Name{Name: c.Values.Name, Sheet: s.Name, From: book.Ref{Row: from, Col: 4}, To: book.Ref{Row: to, Col: 4}})
	}
}
