package summary

import (
	"fmt"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/reports/book"
	"dudao/reports/grid"
)

// page is a worksheet that is filled from the top down.
type page struct {
	*book.Sheet
}

// sheet adds a worksheet with its title, and a line below that says what it is.
func (w *writer) sheet(name diag.Message, under string, widths ...float64) page {
	s := page{&book.Sheet{Name: grid.SheetName(w.book, w.Sprint(name)), Widths: widths, Footer: grid.Footer(w.Printer)}}
	w.book.Sheets = append(w.book.Sheets, s.Sheet)
	s.line(w.Sprint(name), book.Title)
	s.line(under, book.Subtitle)
	return s
}

// row adds a row, a cell for each column, and gives its number.
func (s page) row(cells ...book.Cell) int {
	s.Rows = append(s.Rows, book.Row{Cells: cells})
	return len(s.Rows)
}

// line adds a row with one text over the width of the first page.
func (s page) line(text string, style book.Style) {
	row := s.row(book.Cell{Value: text, Style: style})
	s.merge(row, 1, row, len(s.Widths))
}

// retitle makes the titles as wide as the first page, once it is known how the sheet
// is cut into pages.
func (s page) retitle() {
	for i := range s.Merges {
		if s.Merges[i].To.Col == len(s.Widths) {
			s.Merges[i].To.Col = s.FirstPage()
		}
	}
}

func (s page) merge(row, col, toRow, toCol int) {
	if row != toRow || col != toCol {
		s.Merges = append(s.Merges, book.Range{From: book.Ref{Row: row, Col: col}, To: book.Ref{Row: toRow, Col: toCol}})
	}
}

// head adds the head of a table, which stays in view and is printed on every page.
func (s page) head(cells ...book.Cell) {
	s.row(cells...)
	s.FreezeRows = len(s.Rows)
	s.TitleFrom, s.TitleTo = len(s.Rows), len(s.Rows)
}

// none says in a row that there is nothing to list.
func (w *writer) none(s page, m diag.Message) { s.line(w.Sprint(m), book.Text) }

// chart adds a row with a chart as wide as the sheet.
func (s page) chart(c book.Chart) {
	s.row()
	c.At, c.Width = book.Ref{Row: len(s.Rows) + 1, Col: 1}, s.Width()
	s.Charts = append(s.Charts, &c)
	s.Rows = append(s.Rows, book.Row{Height: c.Height})
}

func (w *writer) headings(names ...diag.Message) []book.Cell {
	cells := make([]book.Cell, len(names))
	for i, m := range names {
		cells[i] = book.Cell{Value: w.Sprint(m), Style: book.Heading}
	}
	return cells
}

// cut makes the cell of a text in a column so wide; one that needs a higher row than
// there can be ends with dots.
func cut(text string, width float64) book.Cell {
	return left(book.Shorten(text, "…", book.Text, width))
}

func left(text string) book.Cell   { return book.Cell{Value: text, Style: book.Text} }
func center(text string) book.Cell { return book.Cell{Value: text, Style: book.Center} }

// count makes the cell of a whole number.
func count(n int) book.Cell { return book.Cell{Value: float64(n), Style: book.Number} }

// number makes the cell of a number with so many decimals; -1: as many as it has.
func number(x float64, digits int) book.Cell {
	return book.Cell{Value: x, Style: book.Number, Digits: digits}
}

// live lets a formula stand in a cell that has its result.
func live(c book.Cell, format string, args ...any) book.Cell {
	c.Formula = fmt.Sprintf(format, args...)
	return c
}

// nothing stands where there is nothing to say.
var nothing = center("—")

// letters of a column counted from 1.
func letters(col int) string { return strings.TrimSuffix(book.Ref{Row: 1, Col: col}.String(), "1") }

// down is a part of a column as formulas on any sheet write it.
func down(sheet string, col, from, to int) string {
	return fmt.Sprintf("'%s'!$%[2]s$%[3]d:$%[2]s$%[4]d", sheet, letters(col), from, to)
}

// area is the same for charts.
func area(sheet string, col, from, to int) book.Area {
	return book.Area{Sheet: sheet, Range: book.Range{From: book.Ref{Row: from, Col: col}, To: book.Ref{Row: to, Col: col}}}
}

// quoted is a text as formulas write it.
func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// plain prints points and counts with no more digits than they have.
func plain(x float64) string { return decimal.Format(x, 6) }

// total adds without drift.
func total(list []float64) float64 {
	var s decimal.Sum
	for _, x := range list {
		s.Add(x)
	}
	return s.Value()
}
