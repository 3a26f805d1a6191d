package assessment

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/sheet"
	"dudao/reports/book"
	"dudao/reports/grid"
)

// table is the sheet of a table: the rows as they were submitted, under the form's
// names, so that they can be read again; what is computed of each row; and how each
// was judged. What the judgements need stands beside and isn't printed.
func (d *dataSheet) table(f form.Sheet) {
	name := f.Name.Args[0]
	f = d.withoutRemarks(d.remarked(f))
	f, notes := withoutNotes(f)
	judged := d.judged(name)
	helpers := d.helpers(name, judged)
	f.Widths = d.keyWidths(name, f)
	span := len(f.Widths)
	printed := span + len(judged)
	widths := slices.Clone(f.Widths)
	for _, j := range judged {
		widths = append(widths, d.judgedWidth(j))
	}
	if len(helpers) > 0 {
		widths = append(widths, 3)
	}
	for range helpers {
		widths = append(widths, 14)
	}
	s := d.sheet(f.Name, widths...)
	s.KeyCols = d.keyColumns(name, f)
	s.PrintArea = book.Range{From: book.Ref{Row: 1, Col: 1}, To: book.Ref{Row: 1, Col: printed}}
	s.Landscape = !s.Upright()
	t := tableSheet{dataSheet: dataSheet{writer: d.writer, page: s, values: d.values, rows: d.rows, letters: map[*sheet.Cell]string{}, last: d.last},
		name: name, form: f, judged: judged, first: s.FirstPage(), columns: map[string]int{}}
	t.over(d.Sprint(f.Name), book.Title)
	t.over(d.unit(), book.Subtitle)
	if f.Note != "" {
		t.over(f.Note, book.Note)
	}
	t.top = len(s.Rows)
	for _, n := range f.Names {
		t.columns[n.Name] = n.Col
		for _, c := range d.cellsNamed(name, n.Name) {
			t.letters[c] = column(n.Col)
		}
	}
	for i, j := range judged {
		t.letters[j.Cell] = column(span + 1 + i)
	}
	for i, c := range helpers {
		t.letters[c] = column(printed + 2 + i)
	}
	grid.Draw(d.book, s.Sheet, f, d.Printer, t.show)
	s.FreezeRows = t.top + f.HeadRows
	s.FreezeCols = s.KeyCols
	s.TitleFrom, s.TitleTo = t.top+1, t.top+f.HeadRows
	for i, j := range judged {
		t.judgement(j, span+1+i)
	}
	for i, c := range helpers {
		t.further(c, printed+2+i, book.Cell{Style: book.Computed, Digits: -1})
		// What it is may be long: it would make the heading of every page high.
		head := &s.Rows[t.top].Cells[printed+1+i]
		head.Value, head.Note = c.Name, strings.TrimSpace(d.Phrase(c.Label)+"\n"+head.Note)
	}
	t.summary()
	s.PrintArea.To.Row = len(s.Rows)
	charts := t.charts(helpers)
	if len(charts)+len(notes) == 0 {
		return
	}
	if t.first < printed { // below columns on many pages there would be many empty ones
		further := d.sheet(diag.M("%s: charts and notes", name), 11, 11, 11, 11, 11, 11, 11, 11)
		further.line(d.Sprint(diag.M("%s: charts and notes", name)), book.Title)
		further.line(d.unit(), book.Subtitle)
		d.drawn(further, charts, notes)
		return
	}
	d.drawn(s, charts, notes)
	s.PrintArea.To.Row = len(s.Rows)
}

// drawn puts charts, and notes on how the columns are counted, below what stands on a
// sheet.
func (d *dataSheet) drawn(s page, charts []*book.Chart, notes []diag.Phrase) {
	for _, c := range charts {
		s.gap()
		c.At, c.Height = book.Ref{Row: len(s.Rows) + 1, Col: 1}, chartHeight
		c.Width = s.Width()
		s.Charts = append(s.Charts, c)
		s.Rows = append(s.Rows, book.Row{Height: chartHeight})
	}
	s.gap()
	for _, note := range notes {
		s.spread([]int{s.FirstPage()}, book.Cell{Value: d.Phrase(note), Style: book.Note})
	}
}

// keyWidths widens the columns that say which row it is to what stands in them.
func (d *dataSheet) keyWidths(table string, f form.Sheet) []float64 {
	widths := slices.Clone(f.Widths)
	for col := range d.keyColumns(table, f) {
		for i := range f.Cells {
			if c := &f.Cells[i]; c.Col == col+1 && c.Row > f.HeadRows && c.Role == form.Entry {
				text, _ := d.show(c).Value.(string)
				widths[col] = max(widths[col], min(book.WidthOf(text, book.Text), 34))
			}
		}
	}
	return widths
}

// tableSheet is the sheet of a table.
type tableSheet struct {
	dataSheet
	name    string
	form    form.Sheet
	judged  []judged
	first   int            // columns on the first page
	columns map[string]int // of the form's names
}

// over is a text over the columns of the first page: a merged area is cut where a page
// ends, and what stands in the first columns is printed on all pages.
func (t *tableSheet) over(text string, style book.Style) {
	cell := book.Cell{Value: text, Style: style}
	if t.first == t.PrintArea.To.Col || t.first == t.KeyCols {
		t.spread([]int{t.first}, cell)
		return
	}
	t.spread([]int{t.KeyCols, t.first - t.KeyCols}, book.Cell{}, cell)
}

// withoutRemarks leaves out the column of remarks, the last of a form's table, where
// there are none.
func (d *dataSheet) withoutRemarks(f form.Sheet) form.Sheet {
	last := len(f.Widths)
	for i := range f.Cells {
		if c := &f.Cells[i]; c.Col == last && c.Row > f.HeadRows && (c.Role != form.Label || len(c.Text) > 0) {
			return f
		}
	}
	f.Widths = f.Widths[:last-1]
	f.Cells = slices.DeleteFunc(f.Cells, func(c form.Cell) bool { return c.Col == last })
	return f
}

// withoutNotes takes the notes on how columns are counted out of a form: they stand
// below all else.
func withoutNotes(f form.Sheet) (form.Sheet, []diag.Phrase) {
	notes := slices.Clone(f.Above)
	f.Above = nil
	f.Cells = slices.DeleteFunc(f.Cells, func(c form.Cell) bool {
		if c.Role == form.Note {
			notes = append(notes, c.Text)
		}
		return c.Role == form.Note
	})
	return f, notes
}

// keyColumns is how many columns from the left say which row it is.
func (d *dataSheet) keyColumns(table string, f form.Sheet) int {
	b := d.declared(table)
	n := 0
	for n < len(f.Widths) && slices.ContainsFunc(f.Names, func(name form.Name) bool {
		return name.Col == n+1 && slices.ContainsFunc(b.Key, func(k diag.Excerpt) bool { return form.NameOf(table, k.Text, 0) == name.Name })
	}) {
		n++
	}
	return max(n, 1)
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

// rowRange is a column's cells in the rows of the table.
func (t *tableSheet) rowRange(col int) book.Range {
	first := t.top + t.form.HeadRows + 1
	return book.Range{From: book.Ref{Row: first, Col: col}, To: book.Ref{Row: first + max(t.rows[t.name], 1) - 1, Col: col}}
}

// further is a column beside the form's: its heading, its rows, its name.
func (t *tableSheet) further(c *sheet.Cell, col int, look book.Cell) {
	heads := t.form.HeadRows
	first := t.top + heads + 1
	t.putAt(t.top+1, col, book.Cell{Value: t.Phrase(c.Label), Style: book.Heading})
	t.merge(t.top+1, col, t.top+heads, col)
	if c.Formula != nil {
		look.Formula = c.Formula.Write().In(strconv.Itoa(first), t.letter)
	}
	for i, v := range c.Values {
		look.Value = value(v)
		t.putAt(first+i, col, look)
		if c.Formula != nil {
			look.Formula, look.Filled = "", true
		}
	}
	if !c.Plain.IsZero() {
		t.Rows[t.top].Cells[col-1].Note = t.Sprint(c.Plain)
	}
	t.book.Names = append(t.book.Names, book.Name{Name: c.Name, Sheet: t.Name,
		From: book.Ref{Row: first, Col: col}, To: book.Ref{Row: first + max(len(c.Values), 1) - 1, Col: col}})
}

func (d *dataSheet) letter(c *sheet.Cell) string { return d.letters[c] }

// putAt puts a cell somewhere into the page.
func (d *dataSheet) putAt(row, col int, c book.Cell) {
	for len(d.Rows) < row {
		d.gap()
	}
	cells := &d.Rows[row-1].Cells
	if col > cap(*cells) {
		*cells = slices.Grow(*cells, max(col, len(d.Widths))-len(*cells))
	}
	for len(*cells) < col {
		*cells = append(*cells, book.Cell{})
	}
	(*cells)[col-1] = c
}
