package summary

import (
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/reports/book"
)

// claims sets what the units claim beside what was computed and what was checked.
func (w *writer) claims() {
	widths := []float64{w.nameWidth(), 34, 9, 9, 9, 10, 10, 40}
	s := w.sheet(diag.M("Claimed and checked"), w.subject(), widths...)
	s.Landscape = true
	s.head(w.headings(diag.M("Unit"), diag.M("Indicator or item"), diag.M("Claimed"), diag.M("Computed"), diag.M("Checked points"),
		diag.M("Claimed less computed"), diag.M("Checked less computed"), diag.M("Reason"))...)
	first := len(s.Rows) + 1
	for _, c := range w.Claims {
		row := len(s.Rows) + 1
		s.row(w.named(c.Unit), left(w.itemName(c.Item)), maybe(c.Claimed), maybe(c.Engine), maybe(c.Checked),
			w.less(c.Claimed, c.Engine, "C", "D", row), w.less(c.Checked, c.Engine, "E", "D", row), cut(c.Reason, widths[7]))
	}
	if len(w.Claims) == 0 {
		w.none(s, diag.M("There is no difference."))
		return
	}
	w.differ(s, first, 6, 7)
	s.FreezeCols = 1
}

// less is one number less another, if both are there.
func (w *writer) less(a, b *float64, colA, colB string, row int) book.Cell {
	c := book.Cell{Value: "—", Style: book.Computed, Digits: -1}
	if a != nil && b != nil {
		c.Value = total([]float64{*a, -*b})
	}
	return live(c, `IF(COUNT(%[1]s%[3]d,%[2]s%[3]d)<2,"—",ROUND(%[1]s%[3]d-%[2]s%[3]d,6))`, colA, colB, row)
}

// differ colours the numbers of columns that aren't 0.
func (w *writer) differ(s page, first int, cols ...int) {
	for _, col := range cols {
		area := book.Range{From: book.Ref{Row: first, Col: col}, To: book.Ref{Row: len(s.Rows), Col: col}}
		at := area.From.String()
		s.Conditions = append(s.Conditions,
			book.Condition{Range: area, Formula: "N(" + at + ")<0", Style: book.BadNumber},
			book.Condition{Range: area, Formula: "N(" + at + ")>0", Style: book.Waiting})
	}
}

// changes shows what became of the points since last year, and which numbers of last
// year a unit now gives otherwise.
func (w *writer) changes() {
	widths := []float64{w.nameWidth(), 34, 9, 9, 9, 14, 56}
	s := w.sheet(diag.M("Changes since last year"), w.subject(), widths...)
	s.Landscape = true
	s.head(w.headings(diag.M("Unit"), diag.M("Indicator or item"), diag.M("Last year"), diag.M("This time"), diag.M("Change"), diag.M("Cause"), diag.M("What changed"))...)
	first := len(s.Rows) + 1
	for _, c := range w.Changes {
		row := len(s.Rows) + 1
		s.row(w.named(c.Unit), left(w.itemName(c.Item)), maybe(c.Last), maybe(c.Now), w.less(c.Now, c.Last, "D", "C", row),
			cut(w.Phrase(c.Cause), widths[5]), cut(w.Phrase(c.Detail), widths[6]))
	}
	if len(w.Changes) == 0 {
		w.none(s, diag.M("There is no difference."))
	} else {
		w.differ(s, first, 5)
	}
	s.FreezeCols = 1
	if len(w.PriorDiffs) == 0 {
		return
	}
	w.band(s, diag.M("Last year’s numbers that are given otherwise now than they were accepted then"))
	s.row(w.headings(diag.M("Unit"), diag.M("Value"), diag.M("Accepted then"), diag.M("Given now"), diag.M("Change"), diag.M("Cell"), diag.M("Sheet or file"))...)
	first = len(s.Rows) + 1
	for _, p := range w.PriorDiffs {
		row := len(s.Rows) + 1
		where, cell := w.place(p.Pos)
		s.row(w.named(p.Unit), cut(p.Name, widths[1]), number(p.Accepted, -1), number(p.Typed, -1), w.less(&p.Typed, &p.Accepted, "D", "C", row), cell, cut(where, widths[6]))
	}
	w.differ(s, first, 5)
}

// doubts lists what someone should look at, with the evidence and no verdict.
func (w *writer) doubts() {
	widths := []float64{6, 16, 34, 22, 54, 16, 11}
	s := w.sheet(diag.M("Doubts"), w.Sprint(diag.M("What follows is to be looked at. It is no finding against anyone.")), widths...)
	s.Landscape = true
	s.head(w.headings(diag.M("No."), diag.M("Kind"), diag.M("Units concerned"), diag.M("Where"), diag.M("What speaks for it"), diag.M("Sheet or file"), diag.M("Cell"))...)
	for i, d := range w.Doubts {
		where, cell := w.place(d.Pos)
		s.row(center(strconv.Itoa(i+1)), center(w.Sprint(d.Kind)), cut(w.listed(d.Units), widths[2]), cut(d.Where, widths[3]),
			cut(w.Phrase(d.Evidence), widths[4]), cut(where, widths[5]), cell)
	}
	if len(w.Doubts) == 0 {
		w.none(s, diag.M("Nothing was found that stands out."))
	}
}

// mostNamed is how many units a row names.
const mostNamed = 12

func (w *writer) listed(names []string) string {
	list := strings.Join(names[:min(len(names), mostNamed)], w.Sprint(diag.M(", ")))
	if more := len(names) - mostNamed; more > 0 {
		return w.Sprint(diag.M("%s and %s more", list, strconv.Itoa(more)))
	}
	return list
}

// named is the cell of a unit that is known by its name only.
func (w *writer) named(unit string) book.Cell { return cut(unit, 24) }

// itemName is an item as people know it; none is the total.
func (w *writer) itemName(id string) string {
	if id == "" {
		return w.Sprint(diag.M("Total"))
	}
	for i := range w.columns {
		if c := &w.columns[i]; c.leaf >= 0 && c.ID.Text == id {
			return id + " " + c.Title.Text
		}
	}
	return shown(id)
}

// maybe is the cell of a number that may not be known.
func maybe(x *float64) book.Cell {
	if x == nil {
		return nothing
	}
	return number(*x, -1)
}
