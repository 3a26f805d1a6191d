package assessment

import (
	"slices"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
	"dudao/reports/book"
)

// summary stands below the rows: how many there are, mean, least and greatest of the
// numbers, how many rows don't pass, and the coefficients of variation.
func (t *tableSheet) summary() {
	numbers := t.numberColumns()
	if len(numbers)+len(t.judged) == 0 {
		return
	}
	whole := func(c *sheet.Cell) *sheet.Expr { return sheet.Whole(c) }
	asIs := func(numberColumn) int { return -1 }
	own := func(n numberColumn) int { return n.digits }
	t.sumRow(diag.M("Rows filled in"), numbers, asIs, func(c *sheet.Cell) *sheet.Expr { return sheet.Count(whole(c)) })
	t.sumRow(diag.M("Mean"), numbers, func(n numberColumn) int { return max(n.digits, 2) }, func(c *sheet.Cell) *sheet.Expr {
		return filled(c, sheet.Div(sheet.Sum(whole(c)), sheet.Count(whole(c))))
	})
	t.sumRow(diag.M("Least"), numbers, own, func(c *sheet.Cell) *sheet.Expr { return filled(c, sheet.Min(whole(c))) })
	t.sumRow(diag.M("Greatest"), numbers, own, func(c *sheet.Cell) *sheet.Expr { return filled(c, sheet.Max(whole(c))) })
	t.unmetRow()
	t.variations()
}

// filled is a figure of a column, if a number stands in it at all.
func filled(c *sheet.Cell, e *sheet.Expr) *sheet.Expr {
	return sheet.If(sheet.Cmp("=", sheet.Count(sheet.Whole(c)), sheet.Num(0)), sheet.Str("—"), e)
}

// numberColumn is a column of numbers: where it stands, and how it is shown.
type numberColumn struct {
	col    int
	cell   *sheet.Cell
	digits int // -1: as many as the numbers have
}

func (t *tableSheet) numberColumns() []numberColumn {
	var out []numberColumn
	b := t.declared(t.name)
	for i := range b.Columns {
		f := &b.Columns[i].Value
		if !isNumeric(f) {
			continue
		}
		for back := range f.YearCount() {
			c := t.computation.Value(t.name, b.Columns[i].Key.Text, back)
			if c == nil || t.columns[c.Name] == 0 {
				continue
			}
			n := numberColumn{t.columns[c.Name], c, -1}
			if !f.Entered() {
				n.digits = int(f.Digits.Value)
			}
			out = append(out, n)
		}
	}
	for i, j := range t.judged {
		if j.Points {
			out = append(out, numberColumn{len(t.form.Widths) + 1 + i, j.Cell, -1})
		}
	}
	return out
}

func isNumeric(f *rubric.Field) bool {
	return len(f.Choice) == 0 && !slices.Contains([]string{"text", "yesno", "date"}, f.Type.Text)
}

// emptyRow adds a row of the summary, with nothing in it yet.
func (t *tableSheet) emptyRow(label string) []book.Cell {
	cells := make([]book.Cell, len(t.form.Widths)+len(t.judged))
	for i := range cells {
		cells[i] = book.Cell{Style: book.Strong}
	}
	cells[0] = book.Cell{Value: label, Style: book.StrongText}
	row := len(t.Rows) + 1
	t.row(cells...)
	t.merge(row, 1, row, t.KeyCols)
	return cells
}

// sumRow adds a row with one figure of every column of numbers.
func (t *tableSheet) sumRow(label diag.Message, list []numberColumn, digits func(numberColumn) int, figure func(*sheet.Cell) *sheet.Expr) {
	if len(list) == 0 {
		return
	}
	cells := t.emptyRow(t.Sprint(label))
	for _, n := range list {
		cell := expr(figure(n.cell), book.Strong)
		cell.Digits = digits(n)
		cells[n.col-1] = cell
	}
}

// unmetRow counts the rows that don't pass.
func (t *tableSheet) unmetRow() {
	if !slices.ContainsFunc(t.judged, func(j judged) bool { return !j.Points }) {
		return
	}
	cells := t.emptyRow(t.Sprint(diag.M("Rows that don’t pass")))
	for i, j := range t.judged {
		if j.Points {
			continue
		}
		bad := 0.0
		if j.Against {
			bad = 1
		}
		cells[len(t.form.Widths)+i] = expr(sheet.CountIfs(sheet.Whole(j.Cell), sheet.Num(bad)), book.Strong)
	}
}

// variations adds a row for every selection of rows whose coefficients of variation
// items look at. They are computed elsewhere.
func (t *tableSheet) variations() {
	rows := map[string]int{}
	for _, s := range t.computation.Spreads {
		col := t.columns[form.NameOf(t.name, s.Column, 0)]
		if s.Table != t.name || col == 0 {
			continue
		}
		label := t.Sprint(diag.M("Coefficient of variation"))
		if s.View != s.Table {
			label = t.Sprint(diag.M("Coefficient of variation: %s", s.View))
		}
		if rows[label] == 0 {
			t.emptyRow(label)
			rows[label] = len(t.Rows)
		}
		item := t.computation.Items[s.Item]
		cell := expr(sheet.Ref(item.Value), book.Strong)
		cell.Digits = 4
		if place, ok := t.itemAt[t.card.Items[s.Item].ID]; ok {
			cell.Link = &place
		}
		at := book.Ref{Row: rows[label], Col: col}
		t.putAt(at.Row, at.Col, cell)
		lost := sheet.And(sheet.IsNumber(sheet.Ref(item.Points)), sheet.Cmp("=", sheet.Ref(item.Points), sheet.Num(0)))
		t.Conditions = append(t.Conditions, book.Condition{Range: book.Range{From: at, To: at}, Formula: lost.Write().In("", nil), Style: book.BadNumber})
	}
}
