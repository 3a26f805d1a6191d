package assessment

import (
	"cmp"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/sheet"
	"dudao/reports/book"
)

// How the cells of a row lie over the eight columns of the overview.
var (
	wholeRow   = []int{1, 7}
	twoPairs   = []int{1, 3, 2, 2}
	sumColumns = []int{1, 1, 1, 1, 1, 1, 2}

	letterColumns = []int{1, 3, 4}
)

// mostRows is how many rows of the overview can still be read on one page.
const mostRows = 55

// overview is the first page: the result, the parts, and where people sign.
func (w *writer) overview() {
	s := w.sheet(diag.M("Overview"), 27, 9.5, 9.5, 9.5, 9.5, 9.5, 9.5, 9.5)
	s.line(w.book.Title, book.Title)
	s.line(w.unit(), book.Subtitle)
	s.gap()
	w.identity(s)
	s.gap()
	w.result(s)
	s.gap()
	w.parts(s)
	s.gap()
	w.states(s)
	s.gap()
	w.sectionChart(s)
	w.signatures(s)
	s.OnePage = len(s.Rows) <= mostRows // the signatures belong to what they sign
	s.PrintArea = book.Range{From: book.Ref{Row: 1, Col: 1}, To: book.Ref{Row: len(s.Rows), Col: len(s.Widths)}}
}

func (w *writer) identity(s page) {
	pair := func(a diag.Message, av string, b diag.Message, bv string) {
		s.spread(twoPairs, w.words(book.StrongText, a)[0], left(av), w.words(book.StrongText, b)[0], left(bv))
	}
	c := w.card.Cover
	pair(diag.M("Unit"), c.Name, diag.M("Division code"), c.Code)
	pair(diag.M("Year"), c.Line("year"), diag.M("Period"), c.Period)
	pair(diag.M("Who is scored"), w.rubric.Scored.Text, diag.M("Date"), c.Date)
	s.spread(wholeRow, w.words(book.StrongText, diag.M("Scheme"))[0],
		left(w.card.Title+"　"+w.card.Rubric.String()+w.unverified(w.rubric.Unverified)))
}

func (w *writer) result(s page) {
	card, total := w.card, w.computation.Total
	row := func(label diag.Message, cell book.Cell) {
		s.spread(wholeRow, w.words(book.StrongText, label)[0], cell)
	}
	// A text of the result is true as long as the bounds and the grade are.
	of := []*sheet.Cell{total.Lower, total.Upper}
	if total.Grade[0] != nil {
		of = append(of, total.Grade[0], total.Grade[1])
	}
	fact := func(label diag.Message, value string, style book.Style) { row(label, w.stale(value, style, of...)) }
	if card.Kind != "points" {
		fact(diag.M("Result of the items"), w.Phrase(card.TotalWords()), book.StrongText)
	} else {
		w.pointsAndRate(row, fact)
	}
	if len(w.rubric.Grades) > 0 {
		w.grade(row, fact)
	}
	row(diag.M("Data problems"), book.Cell{Value: w.problemCount(), Style: book.Text})
}

// pointsAndRate shows the total, and what of it isn't certain.
func (w *writer) pointsAndRate(row func(diag.Message, book.Cell), fact func(diag.Message, string, book.Style)) {
	card, total := w.card, w.computation.Total
	label := diag.M("Points / full points")
	if w.isReviewed() {
		label = diag.M("Inspected points / full points")
	}
	row(label, expr(sheet.Join(sheet.Ref(total.Points), sheet.Str(" / "), sheet.Ref(total.Full)), book.StrongText))
	rate := percent(sheet.Ref(total.Rate))
	if !card.Total.Certain() {
		words := w.Sprint(diag.M("%s, counting only points that are certain", "%"))
		rate = sheet.Join(sheet.Round(sheet.Ref(total.Rate), sheet.Num(2)), sheet.Str(words))
		fact(diag.M("Not certain yet"), w.Sprint(diag.M(
			"%s points are certain. Up to %s more hang on items that are not decided; the total will lie between %s and %s.",
			number(card.Total.Points), number(decimal.Round(card.Total.Upper-card.Total.Points, 6)),
			number(card.Total.Lower), number(card.Total.Upper))), book.StrongText)
	}
	w.deductions(fact)
	if r := card.Replaced; r != nil {
		fact(diag.M("The total comes about so"), w.Phrase(r.Reason), book.Text)
	}
	if words := card.ClaimWords(); words != nil {
		fact(diag.M("Claims"), w.Phrase(words), book.Text)
	}
	row(diag.M("Rate"), expr(rate, book.Text))
}

// grade shows the grade, or both ends of its range, with the rule of each.
func (w *writer) grade(row func(diag.Message, book.Cell), fact func(diag.Message, string, book.Style)) {
	g, cells := w.card.Grade, w.computation.Total.Grade
	worst, best := sheet.Ref(cells[0]), sheet.Ref(cells[1])
	both := strings.Split(w.Sprint(diag.M("Not certain yet: at worst %s, at best %s", "\x00", "\x00")), "\x00")
	shown := expr(sheet.If(sheet.Cmp("=", worst, best), worst,
		sheet.Join(sheet.Str(both[0]), worst, sheet.Str(both[1]), best, sheet.Str(both[2]))), book.StrongText)
	if g.Certain() {
		row(diag.M("Grade"), shown)
		if rule := w.vetoes(); rule != "" {
			fact(diag.M("Decided by"), rule, book.Text)
		} else {
			fact(diag.M("Decided by"), w.Phrase(w.program.GradeRule(g.Lower)), book.Text)
		}
		return
	}
	if rule := w.vetoes(); rule != "" {
		fact(diag.M("Veto"), rule, book.Text)
	}
	row(diag.M("Grade"), shown)
	fact(diag.M("Decided by"), g.Lower+"："+w.Phrase(w.program.GradeRule(g.Lower))+"\n"+g.Upper+"："+w.Phrase(w.program.GradeRule(g.Upper)), book.Text)
}

// vetoes lists what acts on the grade, whatever the points are.
func (w *writer) vetoes() string {
	var lines []string
	for _, v := range w.card.Vetoes {
		line := v.Title + "：" + w.Phrase(v.Words())
		switch {
		case v.Open:
			lines = append(lines, line+" ("+w.Sprint(diag.M("not known yet"))+")")
		case v.Fired:
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// deductions lists what was taken from the total.
func (w *writer) deductions(fact func(diag.Message, string, book.Style)) {
	var lines []string
	for _, d := range w.card.Deductions {
		if d.Taken > 0 || d.Open {
			lines = append(lines, w.Phrase(d.Reason))
		}
	}
	if len(lines) > 0 {
		fact(diag.M("Deduction"), strings.Join(lines, "\n"), book.Text)
	}
}

func (w *writer) problemCount() string {
	var of [3]int
	for _, p := range w.card.Problems {
		of[p.Severity]++
	}
	if len(w.card.Problems) == 0 {
		return w.Sprint(diag.M("none"))
	}
	if of[diag.Note] == 0 {
		return w.Sprint(diag.M("errors: %s, warnings: %s; see sheet “%s”",
			strconv.Itoa(of[diag.Error]), strconv.Itoa(of[diag.Warning]), w.Sprint(diag.M("Data checks"))))
	}
	return w.Sprint(diag.M("errors: %s, warnings: %s, hints: %s; see sheet “%s”",
		strconv.Itoa(of[diag.Error]), strconv.Itoa(of[diag.Warning]), strconv.Itoa(of[diag.Note]), w.Sprint(diag.M("Data checks"))))
}

// parts are the points by section. An item outside all sections has its own row.
func (w *writer) parts(s page) {
	switch w.card.Kind {
	case "letter":
		s.spread(letterColumns, w.headings(diag.M("Indicator or item"), diag.M("Outcome"), diag.M("Undecided items"))...)
	case "pass":
		s.spread(sumColumns, w.headings(diag.M("Indicator or item"), diag.M("Items"), diag.M("Met for certain"), diag.M("Met at least"),
			diag.M("Met at most"), diag.M("Rate of items met"), diag.M("Undecided items"))...)
	default:
		s.spread(sumColumns, w.headings(diag.M("Part"), diag.M("Full points"), diag.M("Certain points"), diag.M("Lower bound"),
			diag.M("Upper bound"), diag.M("Rate"), diag.M("Undecided items"))...)
	}
	next := 0
	for i, l := range w.leaves {
		for ; next < len(w.sections) && w.sections[next].sum.First == i; next++ {
			sum := w.sections[next].sum
			title := strings.Repeat("　", sum.Level) + sum.Title + w.unverified(w.sections[next].item.Unverified)
			w.part(s, title, sum, w.sections[next].live, true, w.leaves[sum.First:sum.First+sum.Count], book.Label, book.Number)
		}
		if len(l.above) == 0 {
			w.part(s, l.ID.Text+" "+l.Title.Text, engine.Section{Amount: l.res.Amount, Letter: l.res.Letter},
				engine.LiveSum{Points: l.live.Lower, Lower: l.live.Lower, Upper: l.live.Upper, Full: l.live.Full}, false, w.leaves[i:i+1], book.Label, book.Number)
		}
	}
	if w.card.Kind == "letter" {
		w.amountsBeside(s, w.computation.Total.LiveSum)
	} else {
		w.part(s, w.Sprint(diag.M("Total")), engine.Section{Amount: w.card.Total}, w.computation.Total.LiveSum, true, w.leaves, book.StrongText, book.Strong)
	}
}

// part is the row of a section, a lone item or the whole. here says that its cells
// stand in this row and nowhere else.
func (w *writer) part(s page, title string, a engine.Section, c engine.LiveSum, here bool, of []leaf, label, numbers book.Style) {
	lower, upper, full := sheet.Ref(c.Lower), sheet.Ref(c.Upper), sheet.Ref(c.Full)
	certain := sheet.And(sheet.Cmp("=", lower, upper), sheet.Cmp("<>", full, sheet.Num(0)))
	rate := expr(sheet.If(certain, percent(sheet.Div(sheet.Mul(lower, sheet.Num(100)), full)), sheet.Str("—")), numbers)
	var open []string
	for _, state := range []engine.State{engine.Missing, engine.Open, engine.Failed} {
		if n := count(of, state); n > 0 {
			open = append(open, w.Sprint(state.Words())+" "+strconv.Itoa(n))
		}
	}
	undecided := nothing
	if len(open) > 0 {
		undecided = w.stale(strings.Join(open, "、"), book.Waiting, c.Lower, c.Upper)
	}
	if w.card.Kind == "letter" {
		w.letterPart(s, book.Cell{Value: title, Style: label}, a, c, here, undecided)
		return
	}
	cells := []book.Cell{{Value: title, Style: label}}
	for i, cell := range []*sheet.Cell{c.Full, c.Points, c.Lower, c.Upper} {
		if here {
			cells = append(cells, w.live(cell, s.Sheet, len(s.Rows)+1, 2+i, numbers))
		} else {
			cells = append(cells, expr(sheet.Ref(cell), numbers))
		}
	}
	s.spread(sumColumns, append(cells, rate, undecided)...)
}

// letterPart is the row of an indicator in a rubric of letters. Its amounts, which
// are none, stand beside.
func (w *writer) letterPart(s page, title book.Cell, a engine.Section, c engine.LiveSum, here bool, undecided book.Cell) {
	s.spread(letterColumns, title, w.letter(a.Letter, c), undecided)
	if here {
		w.amountsBeside(s, c)
	}
}

// amountsBeside puts the cells of a sum beside the last row. Other formulas read them
// though letters show none.
func (w *writer) amountsBeside(s page, c engine.LiveSum) {
	row := len(s.Rows)
	at := max(9, len(s.Rows[row-1].Cells)+1)
	for len(s.Rows[row-1].Cells) < at-1 {
		s.Rows[row-1].Cells = append(s.Rows[row-1].Cells, book.Cell{})
	}
	cells := []*sheet.Cell{c.Full, c.Points, c.Lower, c.Upper}
	if c.Letter[0] != nil {
		cells = append(cells, c.Letter[0], c.Letter[1])
	}
	for i, cell := range cells {
		s.Rows[row-1].Cells = append(s.Rows[row-1].Cells, w.live(cell, s.Sheet, row, at+i, book.Plain))
	}
}

// percent is a rate in words, with two decimals at most.
func percent(x *sheet.Expr) *sheet.Expr {
	return sheet.Join(sheet.Round(x, sheet.Num(2)), sheet.Str("%"))
}

func count(of []leaf, state engine.State) int {
	n := 0
	for _, l := range of {
		if l.res.State == state {
			n++
		}
	}
	return n
}

// states counts the items by how they came out. Letters are counted in the result.
func (w *writer) states(s page) {
	head := w.headings(diag.M("Items by result"))
	row := []book.Cell{{Value: w.Sprint(diag.M("%s items in all", strconv.Itoa(len(w.leaves)))), Style: book.Label}}
	add := func(words diag.Message, states ...engine.State) {
		n := 0
		for _, state := range states {
			n += count(w.leaves, state)
		}
		formula := "COUNTIF(" + sheet.LegalName(w.stateColumn()) + `,"` + w.Sprint(words) + `")`
		head = append(head, w.headings(words)...)
		row = append(row, book.Cell{Value: float64(n), Formula: formula, Style: book.Center, Digits: -1})
	}
	from := engine.Full
	if w.card.Kind != "points" {
		from = engine.Inapplicable
	}
	if w.card.Kind == "pass" {
		add(diag.M("item met"), engine.Full)
		add(diag.M("item not met"), engine.Partial, engine.None)
	}
	for state := from; state <= engine.Failed; state++ {
		add(state.Words(), state)
	}
	s.row(head...)
	s.row(row...)
}

// signatures is the block that people sign and stamp by hand.
func (w *writer) signatures(s page) {
	c := w.card.Cover
	for _, line := range [][2]string{
		{w.Sprint(diag.M("Unit (stamp):")), w.Sprint(diag.M("Head of the unit (signature):"))},
		{w.Sprint(diag.M("Filled in by: ")) + c.Filler, w.Sprint(diag.M("Reviewed by: ")) + c.Reviewer},
		{w.Sprint(diag.M("Telephone: ")) + c.Phone, w.Sprint(diag.M("Date: ")) + cmp.Or(c.Date, w.Sprint(diag.M("        (year)    (month)    (day)")))},
	} {
		s.spread([]int{4, 4}, book.Cell{Value: line[0], Style: book.Sign}, book.Cell{Value: line[1], Style: book.Sign})
		s.Rows[len(s.Rows)-1].Height = 32 // room for a hand to write
	}
}
