package assessment

import (
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
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
	widths = append(widths, 6.5, 20, 7.5, 31, 12, 13, 6.5, 9, 9, whyWidth, 17)
	heads = append(heads, diag.M("Id"), diag.M("What is assessed"), diag.M("Full points"), diag.M("Scoring standard"),
		diag.M("Actual value"), diag.M("Target value"), diag.M("Unit of measure"), diag.M("Own points"), diag.M("Checked points"),
		diag.M("Why these points"), diag.M("Evidence"))
	s := w.sheet(diag.M("Scoring table"), widths...)
	s.Landscape = true
	s.line(w.Sprint(diag.M("Scoring table")), book.Title)
	s.line(w.unit()+"　"+w.card.Rubric.String()+w.unverified(w.rubric.Unverified), book.Subtitle)
	s.row(w.headings(heads...)...)
	s.repeat(3)
	next := 0 // the next section to begin
	for i, l := range w.leaves {
		row := make([]book.Cell, levels)
		for ; next < len(w.sections) && w.sections[next].sum.First == i; next++ {
			w.level(s, row, next, levels)
		}
		w.noLevel(s, row, l, levels)
		s.row(append(row, w.item(l)...)...)
		if len(l.above) > 0 {
			if top := w.sections[l.above[0]].sum; i == top.First+top.Count-1 {
				w.sum(s, levels, w.Sprint(diag.M("Subtotal: %s", top.Title)), top)
			}
		}
	}
	w.sum(s, levels, w.Sprint(diag.M("Total")), engine.Section{Amount: w.card.Total})
}

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
func (w *writer) level(s sheet, row []book.Cell, at, levels int) {
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
func (w *writer) noLevel(s sheet, row []book.Cell, l leaf, levels int) {
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

func (w *writer) item(l leaf) []book.Cell {
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
	return []book.Cell{
		center(l.ID.Text), left(l.Title.Text + w.unverified(l.Unverified)), w.full(l), left(standard),
		w.shown(l.res.Value), w.shown(l.res.Target), center(unit), w.own(l.res), {Style: book.Number},
		w.short(w.why(l.res), whyWidth), left(strings.Join(evidence, "\n")),
	}
}

// full is what the item is worth; one that is excluded keeps the printed figure.
func (w *writer) full(l leaf) book.Cell {
	if w.card.Kind != "points" {
		return nothing
	}
	if l.res.Full == 0 && l.Points.Value != 0 {
		return center(w.Sprint(diag.M("%s\n(not counted)", number(l.Points.Value))))
	}
	return points(l.res.Full, book.Number)
}

// own is the item's points, or the word for why there are none yet: never a 0
// that nobody has decided.
func (w *writer) own(res *engine.ItemResult) book.Cell {
	unmet := res.State == engine.Partial || res.State == engine.None
	switch {
	case w.card.Kind != "points" && res.State.Decided() && unmet:
		return book.Cell{Value: w.Phrase(w.card.Outcome(res)), Style: book.Bad}
	case w.card.Kind != "points" && res.State.Decided():
		return center(w.Phrase(w.card.Outcome(res)))
	case !res.State.Decided():
		return book.Cell{Value: w.Sprint(res.State.Words()), Style: book.Waiting}
	case res.State == engine.Inapplicable && res.Full == 0:
		return center(w.Sprint(res.State.Words()))
	case res.Lost() > 0:
		return points(res.Points, book.BadNumber)
	default:
		return points(res.Points, book.Number)
	}
}

// shown is a value: the number itself, which shows as many decimals as its words.
func (w *writer) shown(v engine.Shown) book.Cell {
	if len(v.Text) == 0 {
		return nothing
	}
	words := w.Phrase(v.Text)
	if v.Number == nil {
		return center(words)
	}
	digits := w.Sprint(v.Text[len(v.Text)-1])
	_, decimals, _ := strings.Cut(digits, ".")
	return book.Cell{Value: *v.Number, Style: book.Number, Digits: len(decimals),
		Prefix: strings.TrimSpace(strings.TrimSuffix(words, digits))}
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
// total has no title.
func (w *writer) sum(s sheet, levels int, label string, a engine.Section) {
	full, own, open := points(a.Full, book.Strong), points(a.Points, book.Strong), ""
	switch {
	case w.card.Kind == "letter":
		full, own = book.Cell{Style: book.Strong}, w.letter(a.Letter)
	case !a.Certain():
		own = book.Cell{Value: number(a.Lower) + "～" + number(a.Upper), Style: book.Waiting}
		if w.card.Kind == "points" {
			open = w.Sprint(diag.M("%s points are certain; the sum will lie between %s and %s.", number(a.Points), number(a.Lower), number(a.Upper)))
		}
	}
	if w.card.Kind != "points" && a.Title == "" {
		open = w.Phrase(w.card.TotalWords())
	}
	blank := book.Cell{Style: book.StrongText}
	s.spread([]int{levels + 2, 1, 1, 1, 1, 1, 1, 1, 1, 1}, book.Cell{Value: label, Style: book.StrongText}, full,
		blank, blank, blank, blank, own, book.Cell{Style: book.Strong}, book.Cell{Value: open, Style: book.StrongText}, blank)
}

// letter is the cell of a letter, or of the worst and the best it can become.
func (w *writer) letter(g engine.GradeRange) book.Cell {
	if g.Certain() {
		return book.Cell{Value: g.Lower, Style: book.Center}
	}
	return book.Cell{Value: g.Lower + "～" + g.Upper, Style: book.Waiting}
}
