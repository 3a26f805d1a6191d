package assessment

import (
	"cmp"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/reports/book"
)

// How the cells of a row lie over the eight columns of the overview.
var (
	wholeRow   = []int{1, 7}
	twoPairs   = []int{1, 3, 2, 2}
	sumColumns = []int{1, 1, 1, 1, 1, 1, 2}

	letterColumns = []int{1, 3, 4}
)

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
	w.signatures(s)
}

func (w *writer) identity(s sheet) {
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

func (w *writer) result(s sheet) {
	card := w.card
	fact := func(label diag.Message, value string, style book.Style) {
		s.spread(wholeRow, w.words(book.StrongText, label)[0], book.Cell{Value: value, Style: style})
	}
	if card.Kind != "points" {
		fact(diag.M("Result of the items"), w.Phrase(card.TotalWords()), book.StrongText)
	} else {
		w.pointsAndRate(fact)
	}
	if len(w.rubric.Grades) > 0 {
		w.grade(fact)
	}
	fact(diag.M("Data problems"), w.problemCount(), book.Text)
}

// pointsAndRate shows the total, and what of it isn't certain.
func (w *writer) pointsAndRate(fact func(diag.Message, string, book.Style)) {
	card := w.card
	fact(diag.M("Points / full points"), number(card.Total.Points)+" / "+number(card.Total.Full), book.StrongText)
	rate := decimal.Format(card.Rate, 2) + "%"
	if !card.Total.Certain() {
		rate = w.Sprint(diag.M("%s, counting only points that are certain", rate))
		fact(diag.M("Not certain yet"), w.Sprint(diag.M(
			"%s points are certain. Up to %s more hang on items that are not decided; the total will lie between %s and %s.",
			number(card.Total.Points), number(decimal.Round(card.Total.Upper-card.Total.Points, 6)),
			number(card.Total.Lower), number(card.Total.Upper))), book.StrongText)
	}
	w.deductions(fact)
	fact(diag.M("Rate"), rate, book.Text)
}

// grade shows the grade, or both ends of its range, with the rule of each.
func (w *writer) grade(fact func(diag.Message, string, book.Style)) {
	g := w.card.Grade
	if g.Certain() {
		fact(diag.M("Grade"), g.Lower, book.StrongText)
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
	fact(diag.M("Grade"), w.Sprint(diag.M("Not certain yet: at worst %s, at best %s", g.Lower, g.Upper)), book.StrongText)
	fact(diag.M("Decided by"), g.Lower+"："+w.Phrase(w.program.GradeRule(g.Lower))+"\n"+g.Upper+"："+w.Phrase(w.program.GradeRule(g.Upper)), book.Text)
}

// vetoes lists what acts on the grade, whatever the points are.
func (w *writer) vetoes() string {
	var lines []string
	for _, v := range w.card.Vetoes {
		line := v.Title + "：" + w.Phrase(v.Effect)
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
	return w.Sprint(diag.M("errors: %s, warnings: %s; see sheet “%s”",
		strconv.Itoa(of[diag.Error]), strconv.Itoa(of[diag.Warning]+of[diag.Note]), w.Sprint(diag.M("Data"))))
}

// parts are the points by section. An item outside all sections has its own row.
func (w *writer) parts(s sheet) {
	switch w.card.Kind {
	case "letter":
		s.spread(letterColumns, w.headings(diag.M("Indicator or item"), diag.M("Outcome"), diag.M("Undecided items"))...)
	case "pass":
		s.spread(sumColumns, w.headings(diag.M("Indicator or item"), diag.M("Items"), diag.M("Met for certain"), diag.M("Met at least"),
			diag.M("Met at most"), diag.M("Rate"), diag.M("Undecided items"))...)
	default:
		s.spread(sumColumns, w.headings(diag.M("Part"), diag.M("Full points"), diag.M("Certain points"), diag.M("Lower bound"),
			diag.M("Upper bound"), diag.M("Rate"), diag.M("Undecided items"))...)
	}
	next := 0
	for i, l := range w.leaves {
		for ; next < len(w.sections) && w.sections[next].sum.First == i; next++ {
			sum := w.sections[next].sum
			title := strings.Repeat("　", sum.Level) + sum.Title + w.unverified(w.sections[next].item.Unverified)
			w.part(s, title, sum, w.leaves[sum.First:sum.First+sum.Count], book.Label, book.Number)
		}
		if len(l.above) == 0 {
			w.part(s, l.ID.Text+" "+l.Title.Text, engine.Section{Amount: l.res.Amount, Letter: l.res.Letter}, w.leaves[i:i+1], book.Label, book.Number)
		}
	}
	if w.card.Kind != "letter" {
		w.part(s, w.Sprint(diag.M("Total")), engine.Section{Amount: w.card.Total}, w.leaves, book.StrongText, book.Strong)
	}
}

func (w *writer) part(s sheet, title string, a engine.Section, of []leaf, label, numbers book.Style) {
	rate := book.Cell{Value: "—", Style: numbers}
	if a.Full != 0 && a.Certain() {
		rate.Value = decimal.Format(a.Points/a.Full*100, 2) + "%"
	}
	var open []string
	for _, state := range []engine.State{engine.Missing, engine.Open, engine.Failed} {
		if n := count(of, state); n > 0 {
			open = append(open, w.Sprint(state.Words())+" "+strconv.Itoa(n))
		}
	}
	undecided := nothing
	if len(open) > 0 {
		undecided = book.Cell{Value: strings.Join(open, "、"), Style: book.Waiting}
	}
	if w.card.Kind == "letter" {
		s.spread(letterColumns, book.Cell{Value: title, Style: label}, w.letter(a.Letter), undecided)
		return
	}
	s.spread(sumColumns, book.Cell{Value: title, Style: label}, points(a.Full, numbers), points(a.Points, numbers),
		points(a.Lower, numbers), points(a.Upper, numbers), rate, undecided)
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
func (w *writer) states(s sheet) {
	head := w.headings(diag.M("Items by result"))
	row := []book.Cell{{Value: w.Sprint(diag.M("%s items in all", strconv.Itoa(len(w.leaves)))), Style: book.Label}}
	add := func(words diag.Message, n int) {
		head = append(head, w.headings(words)...)
		row = append(row, book.Cell{Value: float64(n), Style: book.Center})
	}
	from := engine.Full
	if w.card.Kind != "points" {
		from = engine.Inapplicable
	}
	if w.card.Kind == "pass" {
		add(diag.M("item met"), count(w.leaves, engine.Full))
		add(diag.M("item not met"), count(w.leaves, engine.Partial)+count(w.leaves, engine.None))
	}
	for state := from; state <= engine.Failed; state++ {
		add(state.Words(), count(w.leaves, state))
	}
	s.row(head...)
	s.row(row...)
}

// signatures is the block that people sign and stamp by hand.
func (w *writer) signatures(s sheet) {
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
