package assessment

import (
	"slices"
	"strconv"

	"dudao/engine/form"
	"dudao/engine/sheet"
	"dudao/reports/book"
	"dudao/reports/grid"
)

// table is the sheet of a table: the rows as they were submitted, under the form's
// names, so that they can be read again; what is computed of each row; and beside
// it the judgements on it and what they need.
func (d *dataSheet) table(f form.Sheet) {
	name := f.Name.Args[0]
	f = d.remarked(f)
	further := d.computation.Columns[name]
	widths := slices.Clone(f.Widths)
	for range further {
		widths = append(widths, 14)
	}
	s := d.sheet(f.Name, widths...)
	s.Landscape = true
	t := dataSheet{writer: d.writer, page: s, values: d.values, rows: d.rows, letters: map[*sheet.Cell]string{}}
	span := len(f.Widths)
	s.spread([]int{span}, book.Cell{Value: d.Sprint(f.Name), Style: book.Title})
	s.spread([]int{span}, book.Cell{Value: d.unit(), Style: book.Subtitle})
	for _, note := range f.Above {
		s.spread([]int{span}, book.Cell{Value: d.Phrase(note), Style: book.Note})
	}
	if f.Note != "" {
		s.spread([]int{span}, book.Cell{Value: f.Note, Style: book.Note})
	}
	t.top = len(s.Rows)
	for _, n := range f.Names {
		for _, c := range t.cellsNamed(name, n.Name) {
			t.letters[c] = column(n.Col)
		}
	}
	for i, c := range further {
		t.letters[c] = column(span + 1 + i)
	}
	grid.Draw(d.book, s.Sheet, f, d.Printer, t.show)
	s.FreezeRows = t.top + f.HeadRows
	s.FreezeCols = 1
	s.TitleFrom, s.TitleTo = t.top+1, t.top+f.HeadRows
	s.KeyCols = 1
	for i, c := range further {
		t.further(c, span+1+i, f.HeadRows)
	}
}

// cellsNamed are the cells of the computation under a name of the form.
func (d *dataSheet) cellsNamed(table, name string) []*sheet.Cell {
	var out []*sheet.Cell
	for _, c := range d.computation.ValuesOf(table) {
		if c.Name == name {
			out = append(out, c)
		}
	}
	return out
}

// further is a column beside the form's: its heading, its rows, its name.
func (d *dataSheet) further(c *sheet.Cell, col, heads int) {
	first := d.top + heads + 1
	d.putAt(d.top+1, col, book.Cell{Value: d.Phrase(c.Label), Style: book.Heading})
	d.merge(d.top+1, col, d.top+heads, col)
	var text sheet.Formula
	if c.Formula != nil {
		text = c.Formula.Write()
	}
	for i, v := range c.Values {
		cell := book.Cell{Value: value(v), Style: book.Computed, Digits: -1}
		if c.Formula != nil {
			cell.Formula = text.In(strconv.Itoa(first+i), d.letter)
		}
		d.putAt(first+i, col, cell)
	}
	if !c.Plain.IsZero() {
		d.Rows[d.top].Cells[col-1].Note = d.Sprint(c.Plain)
	}
	d.book.Names = append(d.book.Names, book.Name{Name: c.Name, Sheet: d.Name,
		From: book.Ref{Row: first, Col: col}, To: book.Ref{Row: first + max(len(c.Values), 1) - 1, Col: col}})
}

func (d *dataSheet) letter(c *sheet.Cell) string { return d.letters[c] }

// putAt puts a cell somewhere into the page.
func (d *dataSheet) putAt(row, col int, c book.Cell) {
	for len(d.Rows) < row {
		d.gap()
	}
	cells := &d.Rows[row-1].Cells
	for len(*cells) < col {
		*cells = append(*cells, book.Cell{})
	}
	(*cells)[col-1] = c
}
