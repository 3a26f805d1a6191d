// Package blank makes the form that a county fills in, as a workbook: laid out
// by package form, empty or with the values of a return already put in.
package blank

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
	"dudao/engine/text"
	"dudao/reports/book"
	"dudao/reports/grid"
)

// Book makes the form of a rubric. filled may be nil.
func Book(p *engine.Program, filled *returns.Return, printer text.Printer, version string) *book.Book {
	r := p.Rubric
	b := &book.Book{Title: r.Title.Text, Creator: "dudao " + version}
	roomy := withRoom(r, filled)
	live := newComputation(p, roomy, filled, printer)
	for _, s := range form.Layout(roomy).Sheets {
		w := writer{Printer: printer, rubric: r, filled: filled, book: b, live: live}
		w.sheet(s)
	}
	hidden{b, live}.sheets()
	grid.Meta(b, r.Ref(), "form")
	return b
}

// withRoom makes room for all rows of a filled return.
func withRoom(r *rubric.Rubric, filled *returns.Return) *rubric.Rubric {
	if filled == nil {
		return r
	}
	out := *r
	out.Data = slices.Clone(r.Data)
	for i := range out.Data {
		b := &out.Data[i].Value
		if t := filled.Tables[out.Data[i].Key.Text]; t != nil && b.IsOpen() && float64(len(t.Keys)) > b.Room.Value {
			b.Room.Value = float64(len(t.Keys))
		}
	}
	return &out
}

type writer struct {
	text.Printer
	rubric  *rubric.Rubric
	filled  *returns.Return
	book    *book.Book
	live    *computation
	columns map[*sheet.Cell]string // the letters of a table's columns
	keys    []string               // those of the columns that name its rows
	first   string                 // the name of the first of those
	out     *book.Sheet
	top     int
	last    *rubric.Field // of the last validation
	open    bool          // a table with as many rows as the unit has
	lined   int           // rows of a table that look like entries; those below do when they are filled in
}

func (w *writer) sheet(s form.Sheet) {
	out := &book.Sheet{Name: grid.SheetName(w.book, w.Sprint(s.Name)), Widths: s.Widths, Protected: true, Footer: grid.Footer(w.Printer)}
	w.out = out
	total := 0.0
	for _, width := range s.Widths {
		total += width
	}
	out.Landscape = total > 95
	if s.Open {
		out.Widths = w.wideEnough(s)
		out.KeyCols, out.FreezeCols = s.KeyCols, s.KeyCols
	}
	w.head(s)
	w.top = len(out.Rows)
	if s.HeadRows > 0 {
		out.FreezeRows = w.top + s.HeadRows
		out.TitleFrom, out.TitleTo = w.top+1, w.top+s.HeadRows
	}
	w.open, w.lined = s.Open, w.linedRows(s)
	w.columnsOf(s)
	grid.Draw(w.book, out, s, w.Printer, w.value)
	if s.Open {
		w.below(s.Rows(), len(s.Widths))
		w.further(s)
	}
	if s.Kind == form.Cover {
		w.howTo()
	}
	w.book.Sheets = append(w.book.Sheets, out)
	if len(s.Above) > mostAbove {
		w.notes(s)
	}
}

// pageWidth is about what fits on a page, in half-width characters.
const pageWidth = 160

// line adds a row with one text over the width of the sheet. A table that is cut
// into several pages has it on the first: it stands right of the columns that all
// pages repeat.
func (w *writer) line(cell book.Cell) {
	s := w.out
	first, last, width := 1, 0, 0.0
	for last < len(s.Widths) && (last <= s.KeyCols || width+s.Widths[last] <= pageWidth) {
		width += s.Widths[last]
		last++
	}
	if last < len(s.Widths) {
		first = s.KeyCols + 1
	}
	row := book.Row{Cells: make([]book.Cell, first)}
	row.Cells[first-1] = cell
	s.Rows = append(s.Rows, row)
	if last > first {
		at := len(s.Rows)
		s.Merges = append(s.Merges, book.Range{From: book.Ref{Row: at, Col: first}, To: book.Ref{Row: at, Col: last}})
	}
}

func (w *writer) head(s form.Sheet) {
	if s.Kind == form.Cover {
		w.line(book.Cell{Value: w.rubric.Title.Text, Style: book.Title})
		w.line(book.Cell{Value: w.Sprint(diag.M("Form to be filled in")), Style: book.Subtitle})
		w.line(book.Cell{Value: w.Sprint(diag.M("Rubric %s, scored: %s", w.rubric.Ref().String(), w.rubric.Scored.Text)), Style: book.Note})
		return
	}
	w.line(book.Cell{Value: w.Sprint(s.Name), Style: book.Title})
	if s.Note != "" {
		w.line(book.Cell{Value: s.Note, Style: book.Note})
	}
	if rows := s.Rows(); s.Open && rows > w.linedRows(s) {
		w.line(book.Cell{Value: w.Sprint(diag.M("Lines are drawn for %s rows. Go on below them where that is not enough: all rows are read.", strconv.Itoa(w.linedRows(s)))), Style: book.Note})
	}
	if len(s.Above) > mostAbove {
		w.line(book.Cell{Value: w.Sprint(diag.M("How each column is counted: sheet “%s”.", w.notesName(s))), Style: book.Note})
		return
	}
	for _, p := range s.Above {
		w.line(book.Cell{Value: w.Phrase(p), Style: book.Note})
	}
}

// howTo is the short instruction below the cover.
func (w *writer) howTo() {
	w.line(book.Cell{})
	w.line(book.Cell{Value: w.Sprint(diag.M("How to fill it in")), Style: book.Subtitle})
	for _, m := range []diag.Message{
		diag.M("1. Fill in the yellow cells only; grey cells are computed."),
		diag.M("2. Write the number alone, in the unit that stands beside it: 8.3861 亿元 is 83861 where the unit is 万元."),
		diag.M("3. Leave a cell empty if the figure is not known; write 0 only if it is 0; write 不适用 if the question does not arise."),
		diag.M("4. A percentage is written as 85, not 0.85 and not 85 %%."),
		diag.M("5. Rows may be inserted and columns made wider; do not delete rows and do not move cells by cut and paste."),
		diag.M("6. Where a figure is right and looks odd, give the reason in the column of remarks: it goes with the report."),
		diag.M("7. Save it as .xlsx and score it with: dudao score FILE"),
	} {
		w.line(book.Cell{Value: w.Sprint(m), Style: book.Note})
	}
}

// value makes the cell of an entry, with what may be typed into it.
func (w *writer) value(c *form.Cell) book.Cell {
	spare := w.open && c.Target.Row >= w.lined
	switch {
	case c.Role == form.Remark && spare:
		return book.Cell{Style: book.SpareText, Unlocked: true}
	case c.Role == form.Remark:
		return book.Cell{Value: w.remark(c.Target), Style: book.EntryText, Unlocked: true}
	case c.Role == form.Computed && spare:
		return book.Cell{}
	case c.Role == form.Computed:
		return w.computed(c)
	}
	out := book.Cell{Style: book.Entry, Unlocked: true, Digits: -1}
	switch {
	case c.LeftAligned && spare:
		out.Style = book.SpareText
	case c.LeftAligned:
		out.Style = book.EntryText
	case spare:
		out.Style = book.Spare
	}
	w.validate(c)
	if v := w.given(c.Target); v != "" {
		out.Value = v
	} else if cell := w.cell(c.Target); cell != nil {
		out.Value = cellValue(*cell, c)
	}
	return out
}

// cellValue is what a person would have typed for a cell of a return.
func cellValue(c returns.Cell, at *form.Cell) any {
	switch {
	case c.State == returns.NotApplicable:
		return "不适用"
	case c.State == returns.Missing:
		return nil
	case c.State == returns.Given && at.Field != nil && at.Field.Type.Text == "date":
		return c.Text
	case at.Target.Claim != nil && c.Text != "":
		return c.Text
	case at.Target.Claim != nil && c.State == returns.Given && at.Target.Claim.IsMet():
		return map[bool]string{true: "是", false: "否"}[c.Number != 0]
	case c.State == returns.Invalid || at.LeftAligned, at.Target.Ask != nil && at.Target.Ask.Kind == rubric.LevelChoice:
		return c.Typed
	case at.Field != nil && at.Field.Type.Text == "yesno", at.Target.Ask != nil && at.Target.Ask.Kind == rubric.YesNo:
		if c.Number != 0 {
			return "是"
		}
		return "否"
	default:
		return c.Number
	}
}

// given is the text of a cover field or of a remark to an answer.
func (w *writer) given(t form.Target) string {
	if w.filled == nil {
		return ""
	}
	switch {
	case t.Cover != "":
		return w.filled.Line(t.Cover)
	case t.Ask != nil && t.Part == form.AnswerNote:
		return w.filled.Answers[t.Ask.Item][t.Ask.Text].Note
	case t.Ask != nil && t.Part == form.Evidence:
		return strings.Join(w.filled.Answers[t.Ask.Item][t.Ask.Text].Evidence, "；")
	}
	return ""
}

// remark is what was said to a value of a group or to a row of a table.
func (w *writer) remark(t form.Target) string {
	if w.filled == nil {
		return ""
	}
	about := t.Field
	if t.Table != "" {
		about = ""
		if rows := w.filled.Tables[t.Table].Keys; t.Row < len(rows) {
			about = form.RowPath(t.Table, rows[t.Row])
		}
	}
	var said []string
	for _, r := range w.filled.Reasons {
		if r.About == about {
			said = append(said, r.Text)
		}
	}
	return strings.Join(said, "；")
}

// cell is the submitted value of a target, or nil.
func (w *writer) cell(t form.Target) *returns.Cell {
	switch {
	case w.filled == nil || t.Cover != "" || t.Part != form.Answer:
		return nil
	case t.Claim != nil:
		if c, ok := w.filled.Claim(t.Claim.ID()); ok {
			return &c.Cell
		}
		return nil
	case t.Ask != nil:
		answer := w.filled.Answers[t.Ask.Item][t.Ask.Text]
		return &answer.Cell
	case t.Table != "":
		if rows := w.filled.Tables[t.Table].Columns[t.Field][t.Back]; t.Row < len(rows) {
			return &rows[t.Row]
		}
		return nil
	default:
		return &w.filled.Fields[t.Field][t.Back]
	}
}
