package assessment

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/sheet"
	"dudao/reports/book"
)

const whyWidth = 33.0 // of the column with the reasons

// scores is the scoring table: every item with its standard, what was achieved
// and what that gives. The checked points are left to the inspector.
func (w *writer) scores() {
	levels := w.depth()
	var widths []float64
	var heads []diag.Message
	for i := range levels {
		widths = append(widths, 12)
		heads = append(heads, levelName(i))
	}
	widths = append(widths, 6.5, 20, 7.5, 31, 12, 13, 10, 6.5)
	full, standard, why := diag.M("Full points"), diag.M("Scoring standard"), diag.M("Why these points")
	if w.card.Kind != "points" {
		full, standard, why = diag.M("Must"), diag.M("What is required"), diag.M("Why")
	}
	heads = append(heads, diag.M("Id"), diag.M("What is assessed"), full, standard,
		diag.M("Actual value"), diag.M("Target value"), diag.M("Distance from the target"), diag.M("Unit of measure"))
	results := w.resultHeads()
	for range results {
		widths = append(widths, 9)
	}
	widths, heads = append(widths, whyWidth, 17), append(append(heads, results...), why, diag.M("Evidence"))
	own, printed := levels+7+len(results), len(widths)
	// What the sums are made of stands beside, and isn't printed.
	widths = append(widths, 3, 12, 12, 9, 9, 9)
	heads = append(heads, diag.M("%s", ""), diag.M("State"), diag.M("Result"), diag.M("Lower bound"), diag.M("Upper bound"), diag.M("Counts in full"))
	s := w.sheet(diag.M("Scoring table"), widths...)
	s.Landscape = true
	s.line(w.Sprint(diag.M("Scoring table")), book.Title)
	s.line(w.unit()+"　"+w.card.Rubric.String()+w.unverified(w.rubric.Unverified), book.Subtitle)
	s.row(w.headings(heads...)...)
	s.repeat(3)
	first := len(s.Rows) + 1
	next := 0 // the next section to begin
	for i, l := range w.leaves {
		row := make([]book.Cell, levels)
		for ; next < len(w.sections) && w.sections[next].sum.First == i; next++ {
			w.level(s, row, next, levels)
		}
		w.noLevel(s, row, l, levels)
		w.itemAt[l.ID.Text] = book.Place{Sheet: s.Name, Ref: book.Ref{Row: len(s.Rows) + 1, Col: levels + 1}}
		s.row(append(row, w.item(s, l, len(s.Rows)+1, levels)...)...)
		if len(l.above) > 0 {
			if top := w.sections[l.above[0]].sum; i == top.First+top.Count-1 {
				w.sum(s, levels, w.Sprint(diag.M("Subtotal: %s", top.Title)), top, w.sections[l.above[0]].live, l.above[0])
			}
		}
	}
	w.sum(s, levels, w.Sprint(diag.M("Total")), engine.Section{Amount: w.card.Total}, w.computation.Total.LiveSum, -1)
	if r := w.card.Replaced; r != nil {
		total := w.computation.Total
		s.spread([]int{printed}, w.stale(w.Phrase(r.Reason), book.Text, total.Lower, total.Upper))
	}
	s.PrintArea = book.Range{From: book.Ref{Row: 1, Col: 1}, To: book.Ref{Row: len(s.Rows), Col: printed}}
	w.looks(s, first, own, printed)
	w.differences(s, first, own, printed+3)
}

// looks lets the cells follow the points when a number is changed: lost points dark,
// what is undecided pale.
func (w *writer) looks(s page, first, own, printed int) {
	last := len(s.Rows)
	area := func(col int) book.Range {
		return book.Range{From: book.Ref{Row: first, Col: col}, To: book.Ref{Row: last, Col: col}}
	}
	state := column(printed + 2)
	lost := fmt.Sprintf("OR($%[1]s%[2]d=%[3]q,$%[1]s%[2]d=%[4]q)", state, first, w.Sprint(engine.Partial.Words()), w.Sprint(engine.None.Words()))
	if w.card.Kind == "pass" {
		lost = fmt.Sprintf("$%s%d=%q", state, first, w.Sprint(diag.M("item not met")))
	}
	open := fmt.Sprintf("OR($%[1]s%[2]d=%[3]q,$%[1]s%[2]d=%[4]q,$%[1]s%[2]d=%[5]q)", state, first,
		w.Sprint(engine.Missing.Words()), w.Sprint(engine.Open.Words()), w.Sprint(engine.Failed.Words()))
	if !w.isClaimed() && !w.isReviewed() { // else the colour says that results differ
		s.Conditions = append(s.Conditions, book.Condition{Range: area(own), Formula: lost, Style: book.BadNumber})
	}
	s.Conditions = append(s.Conditions, book.Condition{Range: area(own), Formula: open, Style: book.Waiting})
	w.book.Names = append(w.book.Names, book.Name{Name: sheet.LegalName(w.stateColumn()), Sheet: s.Name, From: area(printed + 2).From, To: area(printed + 2).To})
}

// stateColumn is the name of the column of the items' states.
func (w *writer) stateColumn() string { return w.Sprint(diag.M("states of items")) }

// depth is the number of section levels.
func (w *writer) depth() int {
	n := 0
	for _, s := range w.sections {
		n = max(n, s.sum.Level+1)
	}
	return n
}

func levelName(i int) diag.Message {
	switch i {
	case 0:
		return diag.M("First level")
	case 1:
		return diag.M("Second level")
	case 2:
		return diag.M("Third level")
	default:
		return diag.M("Level %s", strconv.Itoa(i+1))
	}
}

// level begins a section in the row that comes next: its cell goes down over its
// items, and to the right if its items have no further level.
func (w *writer) level(s page, row []book.Cell, at, levels int) {
	sec := w.sections[at]
	row[sec.sum.Level] = book.Cell{Style: book.Level, Value: sec.sum.Title + w.worth(sec.sum.Full) +
		w.unverified(sec.item.Unverified)}
	top, right := len(s.Rows)+1, levels
	if w.hasSections(at) {
		right = sec.sum.Level + 1
	}
	s.merge(top, sec.sum.Level+1, top+sec.sum.Count-1, right)
}

// worth says below a section's title how much it counts. Letters don't add up.
func (w *writer) worth(full float64) string {
	switch w.card.Kind {
	case "letter":
		return ""
	case "pass":
		return "\n" + w.Sprint(diag.M("(%s items)", number(full)))
	default:
		return "\n" + w.Sprint(diag.M("(%s points)", number(full)))
	}
}

// noLevel fills the levels that an item doesn't have though others beside it do.
func (w *writer) noLevel(s page, row []book.Cell, l leaf, levels int) {
	from := len(l.above)
	if from == levels || from > 0 && !w.hasSections(l.above[from-1]) {
		return
	}
	row[from] = nothing
	s.merge(len(s.Rows)+1, from+1, len(s.Rows)+1, levels)
}

// hasSections reports whether a section has others in it.
func (w *writer) hasSections(at int) bool {
	return at+1 < len(w.sections) && w.sections[at+1].sum.Level > w.sections[at].sum.Level
}

func (w *writer) item(s page, l leaf, row, levels int) []book.Cell {
	standard := w.Lines(w.program.Standard(l.ID.Text))
	if l.Note.Given() {
		standard += "\n" + w.Sprint(diag.M("Note: %s", l.Note.Text))
	}
	unit := l.res.Value.Unit
	if unit == "" {
		unit = l.res.Target.Unit
	}
	var evidence []string
	for _, e := range l.Evidence {
		evidence = append(evidence, e.Text)
	}
	at := func(n int) int { return levels + n } // the column
	results := w.resultCells(l, s, row, at(9))
	cells := append([]book.Cell{
		center(l.ID.Text), left(l.Title.Text + w.unverified(l.Unverified)), w.full(l), left(standard),
		w.shown(l.res.Value, l.live.Value, s, row, at(5), l), w.shown(l.res.Target, l.live.Target, s, row, at(6), l),
		w.distanceCell(l, s, row, at(7)), center(unit),
	}, results...)
	cells = append(cells, w.stale(w.why(l.res), book.Text, whyCells(l)...), left(strings.Join(evidence, "\n")), book.Cell{})
	return append(cells, w.working(l, s, row, at(12+len(results)))...)
}

// whyCells are what the reason of an item is true for.
func whyCells(l leaf) []*sheet.Cell {
	out := []*sheet.Cell{l.live.Points}
	if l.live.Value != nil {
		out = append(out, l.live.Value)
	}
	return out
}

// distanceCell is how far the value is from its target.
func (w *writer) distanceCell(l leaf, s page, row, col int) book.Cell {
	if l.live.Gap == nil {
		return nothing
	}
	out := w.live(l.live.Gap, s.Sheet, row, col, book.Number)
	if gap, ok := out.Value.(float64); ok && l.res.Value.Number != nil {
		// As many decimals as the two show, unless they would hide the distance.
		places := w.decimals(l.res.Value)
		if l.res.Target.Number != nil {
			places = max(places, w.decimals(l.res.Target))
		}
		if decimal.Round(gap, places) != 0 {
			out.Digits = places
		}
	}
	return out
}

// working are the cells beside the table: the state, the result before it is rounded,
// the bounds, and what counts in full.
func (w *writer) working(l leaf, s page, row, col int) []book.Cell {
	c := l.live
	out := []book.Cell{w.state(l), w.live(c.Result, s.Sheet, row, col+1, book.Computed)}
	cells := []*sheet.Cell{c.Lower, c.Upper, c.Full}
	if c.Outcome != nil { // what has no points is counted all the same
		cells = append(cells, c.Points)
	}
	for i, cell := range cells {
		out = append(out, w.live(cell, s.Sheet, row, col+2+i, book.Computed))
	}
	return out
}

// state is how an item came out, in a word.
func (w *writer) state(l leaf) book.Cell {
	if l.live.Outcome != nil {
		return expr(sheet.Ref(l.live.Outcome), book.Center)
	}
	points, result := sheet.Ref(l.live.Points), sheet.Ref(l.live.Result)
	word := func(state engine.State) *sheet.Expr { return sheet.Str(w.Sprint(state.Words())) }
	full := 1.0
	if l.Points.Given {
		full = l.Points.Value
	}
	known := sheet.If(sheet.Cmp(">=", points, sheet.Num(full)), word(engine.Full),
		sheet.If(sheet.Cmp(">", points, sheet.Num(0)), word(engine.Partial), word(engine.None)))
	return expr(sheet.If(sheet.IsNumber(result), known, result), book.Center)
}

// full is what the item is worth; one that is excluded keeps the printed figure.
func (w *writer) full(l leaf) book.Cell {
	if w.card.Kind != "points" {
		if l.Must.Given() && l.Must.Text != "false" {
			return w.words(book.Center, diag.M("must"))[0]
		}
		return nothing
	}
	if l.res.Full == 0 && l.Points.Value != 0 {
		return center(w.Sprint(diag.M("%s\n(not counted)", number(l.Points.Value))))
	}
	return points(l.res.Full, book.Number)
}

// own is how an item came out: its points, or the word for why there are none yet,
// never a 0 that nobody has decided.
func (w *writer) own(res *engine.ItemResult) book.Cell {
	inWords := w.card.Kind != "points" || res.WithoutPoints(w.card.Kind)
	switch {
	case inWords && res.State.Unmet():
		return book.Cell{Value: w.Phrase(w.card.Outcome(res)), Style: book.Bad}
	case inWords && res.State.Decided():
		return center(w.Phrase(w.card.Outcome(res)))
	case !res.State.Decided():
		return book.Cell{Value: w.Sprint(res.State.Words()), Style: book.Waiting}
	default:
		return points(res.Points, book.Number)
	}
}

// ownCell is the same as a formula.
func (w *writer) ownCell(l leaf, s page, row, col int) book.Cell {
	if l.live.Outcome != nil {
		return w.live(l.live.Outcome, s.Sheet, row, col, book.Center)
	}
	return w.live(l.live.Points, s.Sheet, row, col, book.Number)
}

// shown is a value: the number itself, which shows as many decimals as its words.
func (w *writer) shown(v engine.Shown, c *sheet.Cell, s page, row, col int, l leaf) book.Cell {
	words := w.Phrase(v.Text)
	switch {
	case c == nil && len(v.Text) == 0:
		return nothing
	case c == nil: // of rows: so many of so many
		return w.stale(words, book.Center, l.live.Points)
	}
	out := w.live(c, s.Sheet, row, col, book.Number)
	if v.Number == nil {
		out.Style = book.Center
		return out
	}
	out.Digits = w.decimals(v)
	if prefix := strings.TrimSpace(strings.TrimSuffix(words, w.Sprint(v.Text[len(v.Text)-1]))); prefix != "" {
		out.Words = &book.Words{Prefix: prefix}
	}
	if slices.ContainsFunc(l.res.Reason, asShown) && c == l.live.Value {
		out.Note = w.Sprint(diag.M("The exact value is %s; rounded as shown it would be met, and it is judged as it is.", decimal.Format(*v.Number, 12)))
	}
	return out
}

// asShown reports whether a sentence says that a value only looks as if it were met.
func asShown(line diag.Phrase) bool {
	return slices.ContainsFunc(line, func(m diag.Message) bool {
		return m.Key == "Rounded as shown it would be met; what counts is the unrounded value."
	})
}

// decimals is how many decimals the words for a number show.
func (w *writer) decimals(v engine.Shown) int {
	_, decimals, _ := strings.Cut(w.Sprint(v.Text[len(v.Text)-1]), ".")
	return len(decimals)
}

// why is the reason, which begins with the state unless it says it by itself.
func (w *writer) why(res *engine.ItemResult) string {
	reason, state := w.Lines(res.Reason), w.Sprint(res.State.Words())
	if w.card.Kind != "points" {
		state = w.Phrase(w.card.Outcome(res))
	}
	if res.State == engine.Full || strings.HasPrefix(strings.ToLower(reason), strings.ToLower(state)) {
		return reason
	}
	return strings.TrimSpace(w.Sprint(diag.M("%s.", state)) + "\n" + reason)
}

// sum is the row of a subtotal or total: a number only if nothing is open. The
// total has no title. at is the section, or -1.
func (w *writer) sum(s page, levels int, label string, a engine.Section, c engine.LiveSum, at int) {
	full, own, open := expr(sheet.Ref(c.Full), book.Strong), expr(between(c), book.Strong), ""
	switch {
	case w.card.Kind == "letter":
		full, own = book.Cell{Style: book.Strong}, w.letter(a.Letter, c)
	case !a.Certain():
		if w.card.Kind == "points" {
			open = w.Sprint(diag.M("%s points are certain; the sum will lie between %s and %s.", number(a.Points), number(a.Lower), number(a.Upper)))
		}
	}
	if w.card.Kind != "points" && a.Title == "" {
		open = w.Phrase(w.card.TotalWords())
	}
	blank := book.Cell{Style: book.StrongText}
	cells := append([]book.Cell{{Value: label, Style: book.StrongText}, full, blank, blank, blank, blank, blank}, w.sumCells(at, own)...)
	cells = append(cells, w.stale(open, book.StrongText, c.Lower, c.Upper), blank)
	spans := slices.Repeat([]int{1}, len(cells))
	spans[0] = levels + 2
	s.spread(spans, cells...)
}

// between is an amount, or its bounds while something is open.
func between(c engine.LiveSum) *sheet.Expr {
	lower, upper := sheet.Ref(c.Lower), sheet.Ref(c.Upper)
	return sheet.If(sheet.Cmp("=", lower, upper), lower, sheet.Join(lower, sheet.Str("～"), upper))
}

// letter is the cell of a letter, or of the worst and the best it can become.
func (w *writer) letter(g engine.GradeRange, c engine.LiveSum) book.Cell {
	if c.Letter[0] == nil {
		return book.Cell{Value: g.Lower, Style: book.Center}
	}
	lower, upper := sheet.Ref(c.Letter[0]), sheet.Ref(c.Letter[1])
	return expr(sheet.If(sheet.Cmp("=", lower, upper), lower, sheet.Join(lower, sheet.Str("～"), upper)), book.Center)
}
