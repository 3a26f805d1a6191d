package assessment

import (
	"dudao/engine/diag"
	"dudao/reports/book"
	"dudao/reports/grid"
)

// page is a worksheet that is filled from the top down.
type page struct {
	*book.Sheet
}

// sheet adds a worksheet to the report.
func (w *writer) sheet(name diag.Message, widths ...float64) page {
	s := page{&book.Sheet{Name: grid.SheetName(w.book, w.Sprint(name)), Widths: widths, Footer: grid.Footer(w.Printer)}}
	w.book.Sheets = append(w.book.Sheets, s.Sheet)
	return s
}

// row adds a row, a cell for each column.
func (s page) row(cells ...book.Cell) {
	s.Rows = append(s.Rows, book.Row{Cells: cells})
}

// spread adds a row whose cells lie over so many columns each.
func (s page) spread(spans []int, cells ...book.Cell) {
	var row book.Row
	for i, c := range cells {
		col := len(row.Cells) + 1
		row.Cells = append(row.Cells, c)
		for range spans[i] - 1 {
			row.Cells = append(row.Cells, book.Cell{})
		}
		s.merge(len(s.Rows)+1, col, len(s.Rows)+1, len(row.Cells))
	}
	s.Rows = append(s.Rows, row)
}

// line adds a row with one text over the whole width.
func (s page) line(text string, style book.Style) {
	s.spread([]int{len(s.Widths)}, book.Cell{Value: text, Style: style})
}

// gap adds an empty row.
func (s page) gap() { s.row() }

// merge makes one cell of an area, unless it is one already.
func (s page) merge(row, col, toRow, toCol int) {
	if row != toRow || col != toCol {
		s.Merges = append(s.Merges, book.Range{From: book.Ref{Row: row, Col: col}, To: book.Ref{Row: toRow, Col: toCol}})
	}
}

// headings makes the cells of a table's head.
func (w *writer) headings(names ...diag.Message) []book.Cell {
	return w.words(book.Heading, names...)
}

func (w *writer) words(style book.Style, words ...diag.Message) []book.Cell {
	cells := make([]book.Cell, len(words))
	for i, m := range words {
		cells[i] = book.Cell{Value: w.Sprint(m), Style: style}
	}
	return cells
}

// repeat keeps the rows so far in view and prints those from the given one on
// every page.
func (s page) repeat(from int) {
	s.FreezeRows = len(s.Rows)
	s.TitleFrom, s.TitleTo = from, len(s.Rows)
}

// fit decides over how many of the columns that there are each wanted column
// lies: what is left over goes where most is lacking.
func fit(wanted, have []float64) []int {
	spans := make([]int, len(wanted))
	for i := range spans {
		spans[i] = 1
	}
	const enough = 6.0 // lacking less than that, a text just wraps
	for range len(have) - len(wanted) {
		most, lacking, col := -1, enough, 0
		for i, span := range spans {
			lack := wanted[i]
			for range span {
				lack -= have[col]
				col++
			}
			if lack > lacking {
				most, lacking = i, lack
			}
		}
		if most < 0 {
			break
		}
		spans[most]++
	}
	return spans
}

// short makes the cell of a text in a column so wide. One that would need a higher
// row than there can be is cut off, and says where the rest is.
func (w *writer) short(text string, width float64, sheet string) book.Cell {
	return left(book.Shorten(text, w.Sprint(diag.M("… (more: sheet “%s”)", sheet)), book.Text, width))
}

// left and center make the cells of a text.
func left(value string) book.Cell   { return book.Cell{Value: value, Style: book.Text} }
func center(value string) book.Cell { return book.Cell{Value: value, Style: book.Center} }

// points makes the cell of an exact number.
func points(x float64, style book.Style) book.Cell {
	return book.Cell{Value: x, Style: style, Digits: -1}
}

// nothing stands where there is nothing to say.
var nothing = center("—")
