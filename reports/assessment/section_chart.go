package assessment

import (
	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/sheet"
	"dudao/reports/book"
)

// mostParts is how many bars one page has room for.
const mostParts = 16

// sectionChart draws the points of the sections, or how many items were met, in front
// of what there was to get. Its figures stand beside what is printed.
func (w *writer) sectionChart(s page) {
	type part struct {
		title string
		live  engine.LiveSum
	}
	var parts []part
	for _, sec := range w.sections {
		if sec.sum.Level == 0 {
			parts = append(parts, part{sec.sum.Title, sec.live})
		}
	}
	if len(parts) < 2 || len(parts) > mostParts || w.card.Kind == "letter" {
		return
	}
	const col = 10
	for i, p := range parts {
		row := &s.Rows[i]
		for len(row.Cells) < col-1 {
			row.Cells = append(row.Cells, book.Cell{})
		}
		row.Cells = append(row.Cells, book.Cell{Value: p.title}, expr(sheet.Ref(p.live.Full), book.Plain), expr(sheet.Ref(p.live.Points), book.Plain))
	}
	area := func(col int) book.Area {
		return book.Area{Sheet: s.Name, Range: book.Range{From: book.Ref{Row: 1, Col: col}, To: book.Ref{Row: len(parts), Col: col}}}
	}
	title, full, got := diag.M("Points by section"), diag.M("Full points"), diag.M("Certain points")
	if w.card.Kind == "pass" {
		title, full, got = diag.M("Items met by section"), diag.M("Items"), diag.M("Met for certain")
	}
	names := area(col)
	height := 60 + 20*float64(len(parts))
	s.Charts = append(s.Charts, &book.Chart{
		At: book.Ref{Row: len(s.Rows) + 1, Col: 1}, Width: s.Width(), Height: height, Title: w.Sprint(title), Categories: &names, Sideways: true,
		Bars: []book.Series{{Name: w.Sprint(full), Values: area(col + 1)}, {Name: w.Sprint(got), Values: area(col + 2), Labels: true}},
	})
	s.Rows = append(s.Rows, book.Row{Height: height})
	s.gap()
}
