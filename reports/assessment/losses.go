package assessment

import (
	"cmp"
	"slices"
	"strconv"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/reports/book"
)

// lossWidths are the columns of the list of problems; those from the responsible
// unit on are left to the unit.
var lossWidths = []float64{5, 22, 8, 30, 46, 14, 12, 12, 17, 9.5, 9}

const (
	wrongWidth = 30.0 // of the column that says what is wrong
	lackWidth  = 46.0 // and of what is missing
)

// losses is the list of problems with the columns in which the unit writes down
// what it does about them: what was lost, largest first, each with what is missing
// and the smallest change that mends it; then what is undecided.
func (w *writer) losses() {
	s := w.sheet(diag.M("Problems and remedies"), lossWidths...)
	s.Landscape = true
	s.line(w.Sprint(diag.M("Problems and remedies")), book.Title)
	s.line(w.unit(), book.Subtitle)
	var lost, open []leaf
	for _, l := range w.leaves {
		switch {
		case !l.res.State.Decided():
			open = append(open, l)
		case w.isBonus(l): // not won is not lost
		case l.res.Lost() > 0, l.res.State.Unmet():
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
	s.line(w.Sprint(diag.M("What is missing is reckoned with one figure changed and all others as they are; it shows how far it is, and is no instruction to change figures.")), book.Note)
	s.row(w.headings(diag.M("No."), diag.M("Item"), head, diag.M("What is wrong"), diag.M("What is missing, and the smallest change"), diag.M("Where the data stand"),
		diag.M("Responsible unit"), diag.M("Responsible person"), diag.M("Measures"), diag.M("Deadline"), diag.M("State of the remedy"))...)
	s.repeat(5)
	gaps := map[string]engine.Gap{}
	for _, g := range w.gaps {
		gaps[g.Item] = g
	}
	for i, l := range lost {
		points := points(decimal.Round(l.res.Lost(), 6), book.BadNumber)
		if w.card.Kind != "points" || l.res.WithoutPoints(w.card.Kind) {
			points = w.own(l.res)
		}
		w.loss(s, i+1, l, points, w.wrong(l.res, gaps[l.ID.Text]), gaps[l.ID.Text])
	}
	if len(open) > 0 {
		s.line(w.Sprint(diag.M("Undecided: not lost yet, and not won")), book.StrongText)
	}
	for i, l := range open {
		points := book.Cell{Style: book.Waiting, Value: w.Sprint(l.res.State.Words())}
		if w.card.Kind == "points" && !l.res.WithoutPoints(w.card.Kind) {
			points.Value = w.Sprint(diag.M("%s points open", number(l.res.Upper-l.res.Lower)))
		}
		w.loss(s, len(lost)+i+1, l, points, w.Sprint(l.res.State.Words()), gaps[l.ID.Text])
	}
}

// wrong is why points were lost. Rows that fail stand beside it one by one, so their
// number is enough.
func (w *writer) wrong(res *engine.ItemResult, gap engine.Gap) string {
	if res.Rows == nil || len(res.Rows.Failing) == 0 || len(gap.Lacks) < len(res.Rows.Failing) {
		return w.why(res)
	}
	text := w.Phrase(w.card.Outcome(res))
	if w.card.Kind == "points" {
		text = w.Sprint(res.State.Words())
	}
	return text + w.Sprint(diag.M(": %s of %s rows of %s don’t pass.", strconv.Itoa(len(res.Rows.Failing)), strconv.Itoa(res.Rows.Counted), res.Rows.Table))
}

// loss draws an item over as many rows as it lacks things: each may be another
// unit's to mend.
func (w *writer) loss(s page, no int, l leaf, points book.Cell, wrong string, gap engine.Gap) {
	lines := w.lackLines(gap)
	top := len(s.Rows) + 1
	blank := book.Cell{Style: book.Text}
	for i, line := range lines {
		row := []book.Cell{{Style: book.Center}, blank, {Style: points.Style}, blank,
			w.short(line.text, lackWidth, w.dataSheet(gap)), left(line.cells), blank, blank, blank, blank, blank}
		if i == 0 {
			row[0] = book.Cell{Value: float64(no), Style: book.Center}
			row[1] = left(l.ID.Text + " " + l.Title.Text)
			w.lossAt[l.ID.Text] = book.Place{Sheet: s.Name, Ref: book.Ref{Row: top, Col: 2}}
			row[2] = points
			row[3] = w.short(wrong, wrongWidth, w.dataSheet(gap))
		}
		s.row(row...)
	}
	for col := range 4 {
		s.merge(top, col+1, len(s.Rows), col+1)
	}
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
