// Package narrative drafts the report in words that goes with the scoring table, as
// Markdown: what was reached, by section, with the figures; what is lacking; and
// headings for what will be done, which only people can write. It says what the
// scorecard says and nothing else.
package narrative

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/reports/outline"
)

// Longest is how many characters the draft may have, those of Markdown and line
// breaks included: more isn't accepted where these reports are handed in.
const Longest = 5000

// Bounds of single texts, which may come from anyone.
const (
	longName  = 80  // of a title, a unit
	longText  = 260 // of a sentence
	mostLacks = 8   // lines about one problem
	mostNames = 4   // rows that lack the same
)

// Draft writes the draft. What is least important is left out until it is short
// enough; the draft then says so, and where the rest stands.
func Draft(o *outline.Outline, version string) []byte {
	w := writer{Outline: o, version: version, lacks: mostLacks}
	w.lost, w.open = o.Lost()
	for _, l := range o.Leaves {
		if l.Result.State == engine.Full {
			w.met = append(w.met, l)
		}
	}
	w.all = [3]int{len(w.met), len(w.lost), len(w.open)}
	text := w.draft()
	for utf8.RuneCountInString(text) > Longest && w.less() {
		text = w.draft()
	}
	return []byte(text)
}

type writer struct {
	*outline.Outline
	version         string
	met, lost, open []outline.Leaf
	all             [3]int // how many there are of each
	lacks           int    // lines about one problem
}

// less leaves out what is least important: first details, then what counts least,
// of what was reached before what is lacking.
func (w *writer) less() bool {
	switch {
	case w.lacks > 2:
		w.lacks--
	case len(w.met) > 0 && (len(w.met) > len(w.lost)+len(w.open) || len(w.lost)+len(w.open) < 3):
		w.met = withoutLeast(w.met)
	case w.lacks > 1:
		w.lacks--
	case len(w.open) > 1 && len(w.open) >= len(w.lost):
		w.open = withoutLeast(w.open)
	case len(w.lost) > 1:
		w.lost = withoutLeast(w.lost)
	case len(w.met) > 0:
		w.met = withoutLeast(w.met)
	case len(w.lost)+len(w.open) > 0:
		w.lost, w.open = nil, nil
	default:
		return false
	}
	return true
}

// withoutLeast leaves out the item that counts least, the last of several.
func withoutLeast(list []outline.Leaf) []outline.Leaf {
	least := 0
	for i, l := range list {
		if weight(l) <= weight(list[least]) {
			least = i
		}
	}
	return slices.Delete(slices.Clone(list), least, least+1)
}

func weight(l outline.Leaf) float64 {
	if l.Result.State == engine.Full {
		return l.Result.Full
	}
	return max(l.Result.Lost(), l.Result.Upper-l.Result.Lower)
}

func (w *writer) draft() string {
	d := &page{}
	d.heading(1, w.title())
	d.line(w.Sprint(diag.M("> Draft, made by dudao %s from the return and the rubric: it holds only figures and results, for someone to work on. What will be done is for the unit to fill in.", w.version)))
	w.basics(d)
	w.reached(d)
	w.lacking(d)
	w.plans(d)
	return d.String()
}

// title names unit, year and scheme.
func (w *writer) title() string {
	return w.Sprint(diag.M("%s: %s: self-assessment report", short(w.Unit()+w.When(), longName), short(w.Card.Title, longName)))
}

// basics says who was scored by what, and the result.
func (w *writer) basics(d *page) {
	d.heading(2, w.Sprint(diag.M("1. The unit and the result")))
	card := w.Card
	when := w.When()
	if when == "" {
		when = w.Sprint(diag.M("a year that is not given"))
	}
	d.add(w.Sprint(diag.M("%s assessed itself for %s by “%s” (%s). ", short(w.Unit(), longName), short(when, longName), short(card.Title, longName), card.Rubric.String())))
	d.add(w.Sprint(diag.M("Result: %s. ", w.Phrase(card.TotalWords()))))
	if g := card.Grade; g.Lower != "" {
		if g.Certain() {
			d.add(w.Sprint(diag.M("Grade: %s. ", g.Lower)))
		} else {
			d.add(w.Sprint(diag.M("The grade is not certain yet, at worst %s, at best %s. ", g.Lower, g.Upper)))
		}
		d.add(w.Sprint(diag.M("Decided by: %s. ", short(strings.Join(w.DecidedBy(), w.Sprint(diag.M("; "))), longText))))
	}
	for _, text := range w.Deductions() {
		d.add(short(text, longText))
	}
	for _, text := range w.Replaced() {
		d.add(short(text, longText) + w.Sprint(diag.M(". ")))
	}
	d.end()
	d.add(w.Sprint(diag.M("There are %s items: %s are met in full, %s lost points or are not met, %s are not decided. ",
		count(len(w.Leaves)), count(w.all[0]), count(w.all[1]), count(w.all[2]))))
	if n := w.count(engine.Inapplicable); n > 0 {
		d.add(w.Sprint(diag.M("%s do not apply. ", count(n))))
	}
	if errors, warnings, _ := w.Problems(); errors+warnings > 0 {
		d.add(w.Sprint(diag.M("Checking the data found %s errors and %s warnings, which are to be looked into first.", count(errors), count(warnings))))
	}
	d.end()
}

func (w *writer) count(state engine.State) int {
	n := 0
	for _, l := range w.Leaves {
		if l.Result.State == state {
			n++
		}
	}
	return n
}

// reached tells of the items that are met, by section.
func (w *writer) reached(d *page) {
	d.heading(2, w.Sprint(diag.M("2. What was reached")))
	at := -2
	for _, l := range w.met {
		top := -1
		if len(l.Above) > 0 {
			top = l.Above[0]
		}
		if top != at && top >= 0 {
			d.heading(3, w.sectionTitle(w.Sections[top].Sum))
		}
		at = top
		d.item(w.sentence(l))
	}
	w.rest(d, w.all[0], len(w.met), diag.M("No item is met in full yet."))
}

// sectionTitle is the title with what the section came to.
func (w *writer) sectionTitle(s engine.Section) string {
	title := short(s.Title, longName)
	if w.Card.Kind == "letter" || s.Bonus {
		return title
	}
	got := outline.Number(s.Lower)
	if !s.Certain() {
		got += "～" + outline.Number(s.Upper)
	}
	if w.Card.Kind == "pass" {
		return w.Sprint(diag.M("%s (%s of %s items met)", title, got, outline.Number(s.Full)))
	}
	return w.Sprint(diag.M("%s (%s of %s points)", title, got, outline.Number(s.Full)))
}

// rest says how many were left out, or that there is nothing.
func (w *writer) rest(d *page, all, shown int, none diag.Message) {
	switch {
	case all == 0:
		d.line(w.Sprint(none))
	case shown == 0:
		d.line(w.Sprint(diag.M("%s items; see the self-assessment report.", count(all))))
	case shown < all:
		d.line(w.Sprint(diag.M("And %s items more; see the self-assessment report.", count(all-shown))))
	}
}

// lacking tells of what was lost, the largest first, and of what is open.
func (w *writer) lacking(d *page) {
	d.heading(2, w.Sprint(diag.M("3. What is lacking")))
	no := 0
	for _, l := range w.lost {
		no++
		w.problem(d, no, l, w.Wrong(l))
	}
	w.rest(d, w.all[1], len(w.lost), diag.M("No points were lost and no item is unmet."))
	if w.all[2] == 0 {
		return
	}
	d.line(w.Sprint(diag.M("The following can’t be decided yet:")))
	for _, l := range w.open {
		no++
		w.problem(d, no, l, w.Sprint(l.Result.State.Words()))
	}
	w.rest(d, w.all[2], len(w.open), diag.Message{})
}

func (w *writer) problem(d *page, no int, l outline.Leaf, wrong string) {
	d.heading(3, w.Sprint(diag.M("%s. %s (item %s: %s)", count(no), short(l.Title.Text, longName), l.ID.Text, w.Cost(l))))
	lacks, summary := w.Lacks(l, w.lacks, mostNames)
	if l.Result.State.Decided() || len(lacks) == 0 {
		d.line(ended(short(wrong, longText), w.Sprint(diag.M("."))))
	}
	for _, lack := range lacks[:min(len(lacks), w.lacks+1)] {
		if !strings.Contains(wrong, lack.Text) {
			d.item(short(lack.Text, longText))
		}
	}
	if w.lacks > 2 {
		for _, s := range summary {
			d.item(short(s, longText))
		}
	}
}

// plans are headings for what will be done, one for each problem.
func (w *writer) plans(d *page) {
	d.heading(2, w.Sprint(diag.M("4. What will be done")))
	list := append(slices.Clone(w.lost), w.open...)
	if w.all[1]+w.all[2] == 0 {
		d.line(w.Sprint(diag.M("(to be filled in)")))
	}
	for i, l := range list {
		d.heading(3, w.Sprint(diag.M("No. %s: %s", count(i+1), short(l.Title.Text, longName))))
		if l.Result.State == engine.Missing || l.Result.State == engine.Open {
			d.line(w.Sprint(diag.M("To be completed first: the data or the judgement. Responsible: ____ Deadline: ____")))
			continue
		}
		d.line(w.Sprint(diag.M("Measures: ____ Responsible: ____ Deadline: ____")))
	}
	if len(list) < w.all[1]+w.all[2] {
		d.line(w.Sprint(diag.M("(the other problems: see sheet “%s” of the self-assessment report)", w.Sprint(diag.M("Problems and remedies")))))
	}
}
