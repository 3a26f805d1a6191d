package assessment

import (
	"fmt"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/returns"
	"dudao/engine/sheet"
	"dudao/reports/book"
)

// isClaimed and isReviewed say which further columns and texts the report has.
func (w *writer) isClaimed() bool  { return len(w.card.Claims) > 0 }
func (w *writer) isReviewed() bool { return len(w.card.Checks) > 0 }

// resultHeads are the headings of what was claimed, computed and checked.
func (w *writer) resultHeads() (heads []diag.Message) {
	own, checked := diag.M("Own points"), diag.M("Checked points")
	switch w.card.Kind {
	case "pass":
		own, checked = diag.M("Met or not"), diag.M("Checked result")
	case "letter":
		own, checked = diag.M("Own grade"), diag.M("Checked grade")
	}
	if w.isClaimed() {
		heads = append(heads, diag.M("Claimed"))
	}
	if w.isClaimed() || w.isReviewed() {
		own = diag.M("Engine")
	}
	if w.isReviewed() {
		checked = diag.M("Inspected")
	}
	return append(heads, own, checked)
}

// resultCells are the same of an item.
func (w *writer) resultCells(l leaf, s page, row, col int) []book.Cell {
	var out []book.Cell
	if w.isClaimed() {
		cell := nothing
		if c := w.computation.Claim(l.ID.Text); c != nil {
			cell = expr(sheet.Ref(c), book.Number)
			if c.Values[0].Kind != sheet.Number {
				cell.Style = book.Center
			}
		}
		out, col = append(out, cell), col+1
	}
	switch c := l.res.Checked; {
	case c == nil:
		return append(out, w.ownCell(l, s, row, col), book.Cell{Style: book.Number})
	case l.live.Own != nil:
		out = append(out, w.live(l.live.Own, s.Sheet, row, col, book.Number))
	default:
		out = append(out, w.own(c.Own.Result())) // of data that don't stand in the report's cells
	}
	if len(out) > 0 && w.card.Kind != "points" {
		out[len(out)-1].Style = book.Center
	}
	checked := w.ownCell(l, s, row, col+1)
	checked.Note = w.checkedNote(l.res.Checked)
	return append(out, checked)
}

// checkedNote says why an item has other points than the unit's data give.
func (w *writer) checkedNote(c *engine.Checked) string {
	var lines []string
	if c.Reason != "" {
		lines = append(lines, c.Reason)
	}
	if c.Points && !c.Pos.IsZero() {
		lines = append(lines, "("+c.Pos.String()+")")
	}
	for _, path := range c.Data {
		for _, check := range w.card.Checks {
			if check.Path == path && !check.Points {
				lines = append(lines, w.Sprint(diag.M("%s: %s", path, check.Reason)))
			}
		}
	}
	return strings.Join(lines, "\n")
}

// sumCells are the claimed, the computed and the checked amount of a subtotal or the
// total. at is the section, or -1.
func (w *writer) sumCells(at int, own book.Cell) []book.Cell {
	var out []book.Cell
	if w.isClaimed() {
		cell := book.Cell{Style: book.Strong}
		if at < 0 && w.card.Claimed != nil {
			cell = points(*w.card.Claimed, book.Strong)
		}
		out = append(out, cell)
	}
	if !w.isReviewed() {
		return append(out, own, book.Cell{Style: book.Strong})
	}
	engine := book.Cell{Style: book.Strong}
	switch was := w.card.Own; {
	case w.card.Kind == "letter":
	case at < 0:
		engine.Value = bounds(was.Total)
	case at < len(was.Sections):
		engine.Value = bounds(was.Sections[at])
	}
	return append(out, engine, own)
}

// bounds is an amount that no cell of the report computes.
func bounds(a engine.Amount) any {
	if a.Certain() {
		return a.Points
	}
	return number(a.Lower) + "～" + number(a.Upper)
}

// differences colours what is claimed and what was checked where it isn't what the
// engine computes.
func (w *writer) differences(s page, first, own, result int) {
	area := func(col int) book.Range {
		return book.Range{From: book.Ref{Row: first, Col: col}, To: book.Ref{Row: len(s.Rows), Col: col}}
	}
	differs := func(col int) string {
		a, o := fmt.Sprintf("$%s%d", column(col), first), fmt.Sprintf("$%s%d", column(own), first)
		if w.card.Kind == "points" {
			return fmt.Sprintf("AND(ISNUMBER(%[1]s),ISNUMBER(%[2]s),%[1]s<>%[2]s)", a, o)
		}
		return fmt.Sprintf("AND(%[1]s<>\"\",%[1]s<>\"—\",ISNUMBER($%[3]s%[4]d),%[1]s<>%[2]s)", a, o, column(result), first)
	}
	if w.isClaimed() {
		s.Conditions = append(s.Conditions, book.Condition{Range: area(own - 1), Formula: differs(own - 1), Style: book.BadNumber})
	}
	if w.isReviewed() {
		s.Conditions = append(s.Conditions, book.Condition{Range: area(own + 1), Formula: differs(own + 1), Style: book.BadNumber})
	}
}

// claimed makes the cell of a claim, as it is read again.
func (d *dataSheet) claimed(c *form.Cell) book.Cell {
	cell := d.computation.Claim(c.Target.Claim.ID())
	if cell == nil {
		return book.Cell{Style: book.Text}
	}
	d.put(cell, d.Sheet, d.top+c.Row, c.Col)
	claim := returns.Claim{}
	for _, k := range d.card.Claims {
		if k.Item == c.Target.Claim.ID() {
			claim = k
		}
	}
	out := book.Cell{Value: value(cell.Values[0]), Style: book.Number, Digits: -1}
	switch {
	case claim.State == returns.Invalid:
		out.Style = book.Bad
	case cell.Values[0].Kind != sheet.Number:
		out.Style = book.Center
	}
	return out
}

// noted adds to the cell of a value what the unit itself had submitted, where an
// inspector found something else.
func (d *dataSheet) noted(out book.Cell, path string) book.Cell {
	for _, c := range d.card.Checks {
		if c.Path == path && !c.Points {
			own := c.Own.Typed
			if own == "" {
				own = d.Sprint(diag.M("(empty)"))
			}
			out.Note = d.Sprint(diag.M("checked: %s\nsubmitted: %s\n%s", c.Typed, own, c.Reason))
		}
	}
	return out
}

// checks lists all that an inspector found.
func (d *dataSheet) checks() {
	if !d.isReviewed() {
		return
	}
	d.gap()
	d.line(d.Sprint(diag.M("What an inspector found")), book.StrongText)
	d.line(d.Sprint(diag.M("The checked values stand above in place of the submitted ones; checked points count in place of those computed.")), book.Note)
	spans := fit([]float64{36, 20, 20, 60, 34}, d.Widths)
	d.spread(spans, d.headings(diag.M("What was checked"), diag.M("Submitted or computed"), diag.M("Found"), diag.M("Reason"), diag.M("Where it stands"))...)
	for _, c := range d.card.Checks {
		own, what := c.Own.Typed, c.Path
		if c.Points {
			what = d.Sprint(diag.M("points of item %s", c.Item))
			if res := d.card.Item(c.Item); res != nil && res.Checked != nil {
				own = d.Phrase(d.card.Outcome(res.Checked.Own.Result()))
			}
		}
		d.spread(spans, left(what), left(own), left(c.Typed), left(c.Reason), left(c.Pos().String()))
	}
}
