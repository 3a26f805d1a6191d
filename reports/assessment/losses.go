package assessment

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/reports/book"
)

// losses is the list of problems with the columns in which the unit writes down
// what it does about them: what was lost, largest first, then what is undecided.
func (w *writer) losses() {
	s := w.sheet(diag.M("Problems and remedies"), 6, 25, 10, 38, 24, 13, 10, 24, 11, 14)
	s.Landscape = true
	s.line(w.Sprint(diag.M("Problems and remedies")), book.Title)
	s.line(w.unit(), book.Subtitle)
	var lost, open []leaf
	for _, l := range w.leaves {
		switch {
		case !l.res.State.Decided():
			open = append(open, l)
		case w.isBonus(l): // not won is not lost
		case l.res.Lost() > 0, w.card.Kind != "points" && l.res.State.Unmet():
			lost = append(lost, l)
		}
	}
	if len(lost)+len(open) == 0 {
		s.line(w.Sprint(diag.M("Nothing was lost and nothing is undecided.")), book.Text)
		return
	}
	slices.SortStableFunc(lost, func(a, b leaf) int { return cmp.Compare(b.res.Lost(), a.res.Lost()) })
	total := w.card.Total
	head, sum := diag.M("Points lost"), diag.M("Lost: %s points in %s items. Undecided: %s points in %s items.",
		number(max(total.Full-total.Upper, 0)), strconv.Itoa(len(lost)), number(total.Upper-total.Lower), strconv.Itoa(len(open)))
	if w.card.Kind != "points" {
		head, sum = diag.M("Outcome"), diag.M("Not fully met: %s items. Undecided: %s items.", strconv.Itoa(len(lost)), strconv.Itoa(len(open)))
	}
	s.line(w.Sprint(sum), book.Note)
	s.row(w.headings(diag.M("No."), diag.M("Item"), head, diag.M("What is wrong"), diag.M("Gap"), diag.M("Responsible unit"),
		diag.M("Responsible person"), diag.M("Measures"), diag.M("Deadline"), diag.M("State of the remedy"))...)
	s.repeat(4)
	for i, l := range append(lost, open...) {
		points := points(decimal.Round(l.res.Lost(), 6), book.BadNumber)
		switch {
		case w.card.Kind != "points":
			points = w.own(l.res)
		case i >= len(lost):
			points = book.Cell{Style: book.Waiting, Value: w.Sprint(diag.M("%s points open", number(l.res.Upper-l.res.Lower)))}
		}
		blank := book.Cell{Style: book.Text}
		s.row(book.Cell{Value: float64(i + 1), Style: book.Center}, left(l.ID.Text+" "+l.Title.Text), points,
			w.short(w.why(l.res), 38), w.short(w.distance(l), 24), blank, blank, blank, blank, blank)
	}
}

// distance sets the value against the target, or names the rows that fall short.
func (w *writer) distance(l leaf) string {
	res := l.res
	if res.Rows != nil && len(res.Rows.Failing) > 0 {
		const most = 8
		failing := res.Rows.Failing
		names := strings.Join(failing[:min(len(failing), most)], "、")
		if more := len(failing) - most; more > 0 {
			names += w.Sprint(diag.M("; and %s more", strconv.Itoa(more)))
		}
		return w.Sprint(diag.M("Not met: %s of %s (%s)", strconv.Itoa(len(failing)), strconv.Itoa(res.Rows.Counted), names))
	}
	if len(res.Value.Text) == 0 || len(res.Target.Text) == 0 || !res.State.Decided() {
		return ""
	}
	return w.Sprint(diag.M("Actual: %s%s\nTarget: %s%s", w.Phrase(res.Value.Text), res.Value.Unit, w.Phrase(res.Target.Text), res.Target.Unit))
}

// isBonus reports whether a leaf is outside the total.
func (w *writer) isBonus(l leaf) bool {
	for _, at := range l.above {
		if w.sections[at].item.Bonus {
			return true
		}
	}
	return l.Bonus
}
