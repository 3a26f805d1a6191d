package summary

import (
	"fmt"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/reports/book"
)

// matrixSheet is where things stand in the matrix.
type matrixSheet struct {
	page
	first, last, full int // row
	items             int // column of the first of the rubric's columns
}

// marks stand for items met and not met.
var marks = &book.Words{Truth: [2]string{"×", "√"}}

// matrix has a row for each unit and a column for each section and item.
func (w *writer) matrix() {
	m := &w.points
	widths := []float64{6, w.nameWidth()}
	heads, ids := w.headings(diag.M("Rank"), diag.M("Unit")), w.headings(diag.M("%s", ""), diag.M("Id"))
	if w.kind != "letter" {
		widths = append(widths, 8)
		sum := diag.M("Total")
		if w.kind == "pass" {
			sum = diag.M("Items met")
		}
		heads, ids = append(heads, w.headings(sum)...), append(ids, book.Cell{Style: book.Heading})
	}
	m.items = len(widths) + 1
	for i := range w.columns {
		c := &w.columns[i]
		if c.section >= 0 {
			widths = append(widths, 8)
			ids = append(ids, w.headings(diag.M("Subtotal"))...)
			heads = append(heads, book.Cell{Value: c.Title.Text, Style: book.Heading})
			continue
		}
		widths = append(widths, max(8, book.WidthOf(c.ID.Text, book.Narrow)))
		ids = append(ids, book.Cell{Value: c.ID.Text, Style: book.Narrow})
		heads = append(heads, book.Cell{Value: shortTitle(c.Title.Text, 27), Style: book.Narrow})
	}
	m.page = w.sheet(diag.M("Matrix"), w.subject(), widths...)
	m.Landscape, m.KeyCols = !m.Upright(), 2
	m.retitle()
	m.row(ids...)
	top := len(m.Rows)
	m.row(heads...)
	if w.kind != "letter" {
		m.row(w.fullRow()...)
		m.full = len(m.Rows)
	}
	m.FreezeRows, m.FreezeCols = len(m.Rows), m.items-1
	m.TitleFrom, m.TitleTo = top, len(m.Rows)
	m.first, m.last = len(m.Rows)+1, len(m.Rows)+len(w.units)
	for i := range w.units {
		m.row(w.matrixRow(&w.units[i], m.first+i)...)
	}
	if w.kind != "letter" {
		w.meanRows()
	}
	w.heat()
}

// shortTitle cuts a title to so many characters.
func shortTitle(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// fullRow says what counts in full in every column.
func (w *writer) fullRow() []book.Cell {
	row := w.headings(diag.M("%s", ""), diag.M("Full points"))
	if w.kind == "pass" {
		row = w.headings(diag.M("%s", ""), diag.M("Items"))
	}
	full := 0.0
	for i := range w.units {
		full = max(full, w.units[i].Total.Full)
	}
	row = append(row, number(full, -1))
	for i := range w.columns {
		row = append(row, number(w.columns[i].full, -1))
	}
	return row
}

func (w *writer) matrixRow(u *unit, row int) []book.Cell {
	m := &w.points
	name := left(u.name)
	name.Link = toReport(u.Record)
	cells := make([]book.Cell, m.items-1, m.items-1+len(w.columns))
	cells[0], cells[1] = book.Cell{Value: float64(u.rank), Style: book.Center}, name
	if w.kind != "letter" {
		cells[2] = w.sum(u, row, w.top, w.plainSum, u.Total.Lower, book.Strong)
		if !w.byRate {
			cells[0] = live(cells[0], "RANK(C%d,C$%d:C$%d)", row, m.first, m.last)
		}
	}
	for i := range w.columns {
		c := &w.columns[i]
		switch {
		case w.kind == "letter":
			cells = append(cells, w.letterCell(u, c))
		case c.section >= 0:
			cells = append(cells, w.sum(u, row, c.parts, c.isSum, w.amount(u, c).Lower, book.Number))
		case c.inWords(u):
			cells = append(cells, center(w.Sprint(u.Items[c.leaf].State.Words())))
		case w.kind == "pass":
			cells = append(cells, book.Cell{Value: u.Items[c.leaf].Points, Style: book.Center, Words: marks})
		default:
			cells = append(cells, number(u.Items[c.leaf].Points, -1))
		}
	}
	return cells
}

// sum makes the cell of a section or of the total: the sum of its parts and of what
// those give that show words.
func (w *writer) sum(u *unit, row int, parts []int, isSum bool, amount float64, style book.Style) book.Cell {
	c := book.Cell{Value: amount, Style: style, Digits: -1}
	more, ok := w.hidden(u, parts, isSum, amount)
	if !ok || len(parts) == 0 {
		return c
	}
	var list []string
	for i := 0; i < len(parts); {
		from := parts[i]
		to := from
		for i++; i < len(parts) && parts[i] == to+1; i++ {
			to++
		}
		ref := fmt.Sprintf("%s%d", letters(w.points.items+from), row)
		if to > from {
			ref += fmt.Sprintf(":%s%d", letters(w.points.items+to), row)
		}
		list = append(list, ref)
	}
	formula := "SUM(" + strings.Join(list, ",") + ")"
	if more != 0 {
		formula += "+" + plain(more)
	}
	formula = fmt.Sprintf("ROUND(%s,%d)", formula, int(w.rubric.PointsDigits.Value))
	if len(formula) > longest {
		return c
	}
	return live(c, "%s", formula)
}

func (w *writer) letterCell(u *unit, c *column) book.Cell {
	l := w.letter(u, c)
	switch {
	case c.inWords(u):
		return center(w.Sprint(u.Items[c.leaf].State.Words()))
	case l == engine.GradeRange{}:
		return nothing
	case !l.Certain():
		return center(l.Lower + "～" + l.Upper)
	}
	return center(l.Lower)
}

// meanRows stand below the units: the mean of every column, and what that is of the
// full points.
func (w *writer) meanRows() {
	m := &w.points
	label := func(of diag.Message) []book.Cell {
		return []book.Cell{{Style: book.StrongText}, {Value: w.Sprint(of), Style: book.StrongText}}
	}
	means, rates := label(diag.M("Mean")), label(diag.M("Mean in %s of the full points", "%"))
	row := len(m.Rows) + 1
	for col := 3; col < m.items+len(w.columns); col++ {
		var known []float64
		for r := m.first; r <= m.last; r++ {
			if x, ok := m.Rows[r-1].Cells[col-1].Value.(float64); ok {
				known = append(known, x)
			}
		}
		full := m.Rows[m.full-1].Cells[col-1].Value.(float64)
		mean, rate := book.Cell{Value: "—", Style: book.Strong, Digits: 2}, book.Cell{Value: "—", Style: book.Strong, Digits: 1}
		if len(known) > 0 {
			x := total(known) / float64(len(known))
			mean.Value = x
			if full > 0 {
				rate.Value = 100 * x / full
			}
		}
		c := letters(col)
		means = append(means, live(mean, `IF(COUNT(%[1]s%[2]d:%[1]s%[3]d)=0,"—",SUM(%[1]s%[2]d:%[1]s%[3]d)/COUNT(%[1]s%[2]d:%[1]s%[3]d))`, c, m.first, m.last))
		rates = append(rates, live(rate, `IF(AND(ISNUMBER(%[1]s%[2]d),%[1]s%[3]d>0),100*%[1]s%[2]d/%[1]s%[3]d,"—")`, c, row, m.full))
	}
	m.row(means...)
	m.row(rates...)
}

// heat colours the cells by how much of the full points they have: columns that count
// differently can be compared.
func (w *writer) heat() {
	m := &w.points
	all := book.Range{From: book.Ref{Row: m.first, Col: m.items}, To: book.Ref{Row: m.last, Col: m.items + len(w.columns) - 1}}
	is := func(text string, style book.Style) {
		m.Conditions = append(m.Conditions, book.Condition{Range: all, Is: "=", Than: quoted(text), Style: style})
	}
	is(w.Sprint(engine.Inapplicable.Words()), book.Pale)
	if w.kind == "letter" {
		last := len(w.rubric.Letters) - 1
		for i, l := range w.rubric.Letters {
			is(l.Text, map[int]book.Style{0: book.Good, last: book.Bad}[i])
		}
		is("—", book.Pale)
	}
	first := all.From.String()
	if w.kind == "pass" {
		m.Conditions = append(m.Conditions, book.Condition{Range: all, Formula: fmt.Sprintf(`AND(LEN(%s)>1,ISTEXT(%s))`, first, first), Style: book.Waiting})
	} else {
		m.Conditions = append(m.Conditions, book.Condition{Range: all, Formula: fmt.Sprintf("ISTEXT(%s)", first), Style: book.Waiting})
	}
	if w.kind == "letter" {
		return
	}
	for i := range w.columns {
		if w.columns[i].full == 0 {
			continue
		}
		full := fmt.Sprintf("$%s$%d", letters(m.items+i), m.full)
		col := m.items + i
		m.Conditions = append(m.Conditions, book.Condition{
			Range: book.Range{From: book.Ref{Row: m.first, Col: col}, To: book.Ref{Row: m.last, Col: col}},
			Scale: &book.Scale{Values: [3]string{"0", full + "/2", full}, Styles: [3]book.Style{book.Bad, book.Waiting, book.Good}}})
	}
}
