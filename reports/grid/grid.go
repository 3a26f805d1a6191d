// Package grid draws the sheets of a form into a workbook. The blank form and
// the data sheet of the report both use it, so what one asks for the other
// shows, under the same defined names.
package grid

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/book"
)

// Draw puts a form's sheet into a worksheet, below the rows that it already has,
// and names its cells. show makes the cell of a value.
func Draw(b *book.Book, sheet *book.Sheet, s form.Sheet, p text.Printer, show func(*form.Cell) book.Cell) {
	top := len(sheet.Rows)
	sheet.Rows = slices.Grow(sheet.Rows, s.Rows())
	for i := range s.Cells {
		c := &s.Cells[i]
		for len(sheet.Rows) < top+c.Row {
			sheet.Rows = append(sheet.Rows, book.Row{})
		}
		row := &sheet.Rows[top+c.Row-1]
		if row.Cells == nil {
			row.Cells = make([]book.Cell, 0, max(c.Col, len(sheet.Widths)))
		}
		for len(row.Cells) < c.Col {
			row.Cells = append(row.Cells, book.Cell{})
		}
		row.Cells[c.Col-1] = draw(c, p, show)
		if c.Rows > 1 || c.Cols > 1 {
			from := book.Ref{Row: top + c.Row, Col: c.Col}
			sheet.Merges = append(sheet.Merges, book.Range{From: from,
				To: book.Ref{Row: from.Row + max(c.Rows, 1) - 1, Col: from.Col + max(c.Cols, 1) - 1}})
		}
	}
	for _, n := range s.Names {
		from := book.Ref{Row: top + n.Row, Col: n.Col}
		b.Names = append(b.Names, book.Name{Name: n.Name, Sheet: sheet.Name, From: from,
			To: book.Ref{Row: from.Row + n.Rows - 1, Col: n.Col}})
	}
}

func draw(c *form.Cell, p text.Printer, show func(*form.Cell) book.Cell) book.Cell {
	switch c.Role {
	case form.Entry, form.Computed, form.Remark:
		return show(c)
	case form.Blank:
		return book.Cell{Value: "—", Style: book.Center}
	}
	words := p.Phrase(c.Text)
	switch c.Role {
	case form.Heading:
		return book.Cell{Value: words, Style: book.Heading}
	case form.Label:
		return book.Cell{Value: words, Style: book.Label}
	case form.Unit:
		return book.Cell{Value: words, Style: book.Center}
	default: // a note
		if c.Cols > 1 {
			return book.Cell{Value: words, Style: book.Note}
		}
		return book.Cell{Value: words, Style: book.Text}
	}
}

// Meta adds the hidden sheet by which dudao knows a workbook of its own.
func Meta(b *book.Book, ref rubric.Ref, kind string) {
	s := &book.Sheet{Name: returns.MetaSheet, Hidden: true}
	for _, line := range [][2]string{
		{returns.MetaKind, kind}, {returns.MetaRubric, ref.ID}, {returns.MetaVersion, ref.Version}, {returns.MetaHash, ref.Hash},
	} {
		s.Rows = append(s.Rows, book.Row{Cells: []book.Cell{{Value: line[0]}, {Value: line[1]}}})
	}
	b.Sheets = append(b.Sheets, s)
}

// SheetName makes a name that a spreadsheet accepts and the workbook has not.
func SheetName(b *book.Book, name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return '_'
		}
		return r
	}, strings.Trim(name, "'"))
	runes := []rune(name)
	name = string(runes[:min(len(runes), 28)])
	if name == "" || strings.EqualFold(name, "History") { // Excel keeps this one
		name += "_"
	}
	for taken(b, name) {
		name += "_"
	}
	return name
}

func taken(b *book.Book, name string) bool {
	for _, s := range b.Sheets {
		if strings.EqualFold(s.Name, name) {
			return true
		}
	}
	return strings.EqualFold(name, returns.MetaSheet)
}

// Footer numbers the pages.
func Footer(p text.Printer) string {
	return p.Sprint(diag.M("Page %s of %s", "&P", "&N"))
}
