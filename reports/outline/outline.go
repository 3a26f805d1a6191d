// Package outline puts a scorecard beside its rubric and says what every report
// says, whatever form it has: whose it is, why points were lost, what is missing,
// which rule gave them. It only makes words; how they look is for the reports.
package outline

import (
	"cmp"
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

// Outline is a scored return as reports walk over it.
type Outline struct {
	text.Printer
	Program  *engine.Program
	Rubric   *rubric.Rubric
	Card     *engine.Scorecard
	Leaves   []Leaf
	Sections []Section
}

// Leaf is an item beside its result and what it lacks.
type Leaf struct {
	*rubric.Item
	Above  []int // the sections it stands in, outermost first
	Result *engine.ItemResult
	Gap    engine.Gap
}

// Section is a section beside its sum.
type Section struct {
	Item *rubric.Item
	Sum  engine.Section
}

// New puts the rubric's items beside the card's: both are in the same order.
func New(p *engine.Program, ret *returns.Return, card *engine.Scorecard, pr text.Printer) *Outline {
	o := &Outline{Printer: pr, Program: p, Rubric: p.Rubric, Card: card}
	gaps := map[string]engine.Gap{}
	for _, g := range p.Gaps(ret) {
		gaps[g.Item] = g
	}
	var walk func(items []rubric.Item, above []int)
	walk = func(items []rubric.Item, above []int) {
		for i := range items {
			item := &items[i]
			if !item.IsSection() {
				o.Leaves = append(o.Leaves, Leaf{item, above, &card.Items[len(o.Leaves)], gaps[item.ID.Text]})
				continue
			}
			at := len(o.Sections)
			o.Sections = append(o.Sections, Section{item, card.Sections[at]})
			walk(item.Items, append(above[:len(above):len(above)], at))
		}
	}
	walk(p.Rubric.Items, nil)
	return o
}

// Unit is whose report it is.
func (o *Outline) Unit() string {
	return cmp.Or(o.Card.Cover.Name, o.Sprint(diag.M("(no unit given)")))
}

// When is the period it is for, or the year; it may be unknown.
func (o *Outline) When() string {
	c := o.Card.Cover
	if c.Period != "" || c.Year == 0 {
		return c.Period
	}
	return o.Sprint(diag.M("year %s", c.Line("year")))
}

// Unverified is the mark behind what is not sure to be as the source has it.
func (o *Outline) Unverified(is bool) string {
	if !is {
		return ""
	}
	return o.Sprint(diag.M(" [source unverified]"))
}

// IsBonus reports whether a leaf is outside the total.
func (o *Outline) IsBonus(l Leaf) bool {
	return l.Bonus || slices.ContainsFunc(l.Above, func(at int) bool { return o.Sections[at].Item.Bonus })
}

// Lost are the items that lost something for certain, the largest loss first, and
// Open those that aren't decided. A bonus that wasn't won is not lost.
func (o *Outline) Lost() (lost, open []Leaf) {
	for _, l := range o.Leaves {
		switch {
		case !l.Result.State.Decided():
			open = append(open, l)
		case o.IsBonus(l):
		case l.Result.Lost() > 0, l.Result.State.Unmet():
			lost = append(lost, l)
		}
	}
	slices.SortStableFunc(lost, func(a, b Leaf) int { return cmp.Compare(b.Result.Lost(), a.Result.Lost()) })
	return lost, open
}

// Cost says what an item lost, or what is open.
func (o *Outline) Cost(l Leaf) string {
	r := l.Result
	if r.State.Decided() {
		return o.Phrase(o.Card.LossWords(r))
	}
	return o.Phrase(o.Card.OpenWords(r))
}

// Shown is a value with its unit.
func (o *Outline) Shown(v engine.Shown) string {
	words := o.Phrase(v.Text)
	switch {
	case v.Number == nil || v.Unit == "":
		return words
	case v.Unit == "%":
		return words + "%"
	default:
		return words + " " + v.Unit
	}
}

// Vetoes lists what acts on the grade, or may, whatever the points are.
func (o *Outline) Vetoes() []string {
	var lines []string
	for _, v := range o.Card.Vetoes {
		line := o.Sprint(diag.M("%s: %s", v.Title, o.Phrase(v.Words())))
		switch {
		case v.Open:
			lines = append(lines, line+" ("+o.Sprint(diag.M("not known yet"))+")")
		case v.Fired:
			lines = append(lines, line)
		}
	}
	return lines
}

// Deductions lists what was taken from the total.
func (o *Outline) Deductions() []string {
	var lines []string
	for _, d := range o.Card.Deductions {
		if d.Taken > 0 || d.Open {
			lines = append(lines, o.Phrase(d.Reason))
		}
	}
	return lines
}

// Replaced says how a formula makes the total; nothing where it is a sum.
func (o *Outline) Replaced() []string {
	if o.Card.Replaced == nil {
		return nil
	}
	return []string{o.Phrase(o.Card.Replaced.Reason)}
}

// DecidedBy is the rule of the grade, or those of both ends of its range.
func (o *Outline) DecidedBy() []string {
	g := o.Card.Grade
	if g.Certain() {
		if rules := o.Vetoes(); len(rules) > 0 {
			return rules
		}
		return []string{o.Phrase(o.Program.GradeRule(g.Lower))}
	}
	return append(o.Vetoes(), o.Sprint(diag.M("%s: %s", g.Lower, o.Phrase(o.Program.GradeRule(g.Lower)))),
		o.Sprint(diag.M("%s: %s", g.Upper, o.Phrase(o.Program.GradeRule(g.Upper)))))
}

// Problems counts the problems of the data.
func (o *Outline) Problems() (errors, warnings, notes int) {
	for _, p := range o.Card.Problems {
		switch p.Severity {
		case diag.Error:
			errors++
		case diag.Warning:
			warnings++
		default:
			notes++
		}
	}
	return errors, warnings, notes
}

// Why is the reason of an item's points, which begins with the state unless it says
// it by itself.
func (o *Outline) Why(res *engine.ItemResult) string {
	reason, state := o.Lines(res.Reason), o.Sprint(res.State.Words())
	if o.Card.Kind != "points" {
		state = o.Phrase(o.Card.Outcome(res))
	}
	if res.State == engine.Full || strings.HasPrefix(strings.ToLower(reason), strings.ToLower(state)) {
		return reason
	}
	return strings.TrimSpace(o.Sprint(diag.M("%s.", state)) + "\n" + reason)
}

// Number prints points and counts: no more digits than they have.
func Number(x float64) string { return decimal.Format(x, 6) }
