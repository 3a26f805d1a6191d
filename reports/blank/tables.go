package blank

import (
	"fmt"
	"slices"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/returns"
	"dudao/reports/book"
	"dudao/reports/grid"
)

// lined is how many rows of an open table are drawn: some pages. Hundreds of them
// would be printed, empty, with every form.
const lined = 40

// linedRows leaves some rows below those that are filled in.
func (w *writer) linedRows(s form.Sheet) int {
	if t := w.table(s); t != nil {
		return max(lined, len(t.Keys)+20)
	}
	return lined
}

// table is what is filled into an open table, or nil.
func (w *writer) table(s form.Sheet) *returns.Table {
	if w.filled == nil || !s.Open {
		return nil
	}
	return w.filled.Tables[s.Name.Args[0]]
}

// below gives the rows below those that are drawn the look of entries as soon as
// something stands in them.
func (w *writer) below(rows, cols int) {
	if rows <= w.lined {
		return
	}
	from := book.Ref{Row: w.top + w.out.TitleTo - w.out.TitleFrom + 2 + w.lined, Col: 1}
	to := book.Ref{Row: from.Row + rows - w.lined - 1, Col: cols}
	w.out.Conditions = append(w.out.Conditions, book.Condition{Range: book.Range{From: from, To: to}, Style: book.EntryText,
		Formula: fmt.Sprintf("COUNTA($A%d:$%s%[1]d)>0", from.Row, column(to.Col))})
}

// furtherRows is how far below the rows that are ready it is looked whether somebody
// has gone on.
const furtherRows = 1000

// further names the cells below the rows that are ready: what is computed over the
// whole table doesn't see them.
func (w *writer) further(s form.Sheet) {
	table := s.Name.Args[0]
	for _, n := range s.Names {
		if n.Name == w.first {
			from := book.Ref{Row: w.top + n.Row + n.Rows, Col: n.Col}
			w.book.Names = append(w.book.Names, book.Name{Name: below(table), Sheet: w.out.Name, From: from, To: book.Ref{Row: from.Row + furtherRows - 1, Col: n.Col}})
		}
	}
}

// wideEnough are the widths of a table's columns, wider where longer texts have
// been filled in.
func (w *writer) wideEnough(s form.Sheet) []float64 {
	widths := slices.Clone(s.Widths)
	for _, c := range s.Cells {
		if c.Role != form.Entry || !c.LeftAligned {
			continue
		}
		if cell := w.cell(c.Target); cell != nil {
			widths[c.Col-1] = max(widths[c.Col-1], min(book.WidthOf(cell.Typed, book.EntryText), 36))
		}
	}
	return widths
}

// mostAbove is how many notes stand above a table. They stay on the screen while
// the rows move, so more would hide the rows.
const mostAbove = 6

func (w *writer) notesName(s form.Sheet) string {
	return w.Sprint(diag.M("%s, notes", w.Sprint(s.Name)))
}

// notes is a sheet for the notes that don't fit above a table.
func (w *writer) notes(s form.Sheet) {
	name := w.notesName(s)
	out := &book.Sheet{Name: grid.SheetName(w.book, name), Widths: []float64{82}, Protected: true, Footer: grid.Footer(w.Printer)}
	out.Rows = append(out.Rows, book.Row{Cells: []book.Cell{{Value: name, Style: book.Title}}})
	for _, p := range s.Above {
		out.Rows = append(out.Rows, book.Row{Cells: []book.Cell{{Value: w.Phrase(p), Style: book.Text}}})
	}
	w.book.Sheets = append(w.book.Sheets, out)
}
