package engine

import (
	"strconv"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// mostRows is how many rows one sentence names; all of them stand in the result's
// Rows.
const mostRows = 5

func (l ladder) reasons(m *formula.Machine, row int) []diag.Phrase {
	first := l.rungs[0]
	if first.test.least > 0 {
		return []diag.Phrase{first.test.enoughReason(m)}
	}
	if first.test.each != nil {
		return []diag.Phrase{first.test.rowsReason(m)}
	}
	if len(l.rungs) == 1 && first.label == nil {
		p := first.test.cond.Reading(m, row)
		if first.test.cond.Eval(m).True(min(row, first.test.cond.Eval(m).Len()-1)) {
			return []diag.Phrase{append(p, diag.M(": met."))}
		}
		return append([]diag.Phrase{append(p, diag.M(": not met."))}, first.test.gap(m, row)...)
	}
	for _, r := range l.rungs {
		c := r.test.cond.Eval(m)
		if !c.True(min(row, c.Len()-1)) {
			continue
		}
		if r.label != nil {
			return []diag.Phrase{append(diag.P(diag.M("Judged as ")), append(r.label, diag.M("."))...)}
		}
		return []diag.Phrase{append(r.test.cond.Reading(m, row), diag.M(": this band is reached."))}
	}
	lowest := l.rungs[len(l.rungs)-1].test
	return append([]diag.Phrase{append(lowest.cond.Reading(m, row), diag.M(": the lowest band is not reached."))}, lowest.gap(m, row)...)
}

// gap tells how far a failed comparison is from holding, and warns where the
// rounded figures would look as if it held.
func (t test) gap(m *formula.Machine, row int) []diag.Phrase {
	left, right, _, ok := t.cond.Sides()
	if !ok || left.Kind != formula.Number {
		return nil
	}
	a, b := left.Eval(m), right.Eval(m)
	size := a.Num[min(row, a.Len()-1)] - b.Num[min(row, b.Len()-1)]
	unit := left.Unit()
	if unit == "" {
		unit = right.Unit()
	}
	if size < 0 {
		size = -size
	}
	var out []diag.Phrase
	digits := min(max(left.Digits(t.digits), right.Digits(t.digits)), 6)
	for digits < 10 && decimal.Round(size, digits) == 0 {
		digits++ // a gap is never shown as 0
	}
	if decimal.Round(size, digits) != 0 { // it is 0 where equal isn't enough
		out = append(out, diag.P(diag.M("The gap is %s%s.", decimal.Format(size, digits), unit)))
	}
	if t.cond.HoldsAsShown(m, row, t.digits) {
		out = append(out, diag.P(diag.M("Rounded as shown it would be met; what counts is the unrounded value.")))
	}
	return out
}

// reasons tells of every part, but of several deductions only of those that took
// something.
func (s sum) reasons(m *formula.Machine, row int) []diag.Phrase {
	var out []diag.Phrase
	for _, t := range s.terms {
		c := t.count(m)
		at := min(row, c.Len()-1)
		if c.State[at] == formula.Inapplicable || t.per < 0 && len(s.terms) > 1 && c.State[at] == formula.Known && decimal.Round(t.points(c.Num[at]), pointsDigits) == 0 {
			continue
		}
		out = append(out, t.reason(m, row))
	}
	if len(out) == 0 {
		return []diag.Phrase{diag.P(diag.M("Nothing is taken."))}
	}
	return out
}

// reason tells what one term took or gave.
func (t term) reason(m *formula.Machine, row int) diag.Phrase {
	c := t.count(m)
	n := c.Num[min(row, c.Len()-1)]
	var p diag.Phrase
	switch {
	case t.fails != nil && t.label != "":
		p = t.counted(m, t.fails, n, t.fails.run(m).failing)
	case t.fails != nil:
		p = t.fails.rowsReason(m)
	case t.rows != nil && t.per > 0 && t.label == "":
		p = t.rows.rowsReason(m)
	case t.rows != nil:
		p = t.counted(m, t.rows, n, t.rows.holding(m))
	case t.each == nil && t.label == "":
		p = append(t.times.Reading(m, row), diag.M(". "))
	case t.times.Kind == formula.Truth && n != 0:
		p = diag.P(diag.M("%s: yes. ", t.name()))
	case t.times.Kind == formula.Truth:
		p = diag.P(diag.M("%s: no. ", t.name()))
	default:
		p = diag.P(diag.M("%s: %s. ", t.name(), decimal.Format(n, 4)))
	}
	switch got := decimal.Round(t.points(n), pointsDigits); {
	case got < 0:
		return append(p, diag.M("Taken: %s points.", points(-got)))
	case got > 0:
		return append(p, diag.M("Given: %s points.", points(got)))
	case t.per < 0:
		return append(p, diag.M("Nothing is taken."))
	default:
		return append(p, diag.M("Nothing is given."))
	}
}

// counted names the rows that a term counts.
func (t term) counted(m *formula.Machine, of *test, n float64, rows []int) diag.Phrase {
	p := diag.P(diag.M("%s: %s rows", t.name(), points(n)))
	if len(rows) > 0 {
		p = append(p, diag.M(": "))
		about := of.cond.Reading
		if of == t.fails {
			about = of.cond.Unmet
		}
		p = append(p, someRows(keys(m, of.each, rows), func(i int) diag.Phrase { return about(m, rows[i]) })...)
	}
	return append(p, diag.M(". "))
}

// name is what a term is called in a reason.
func (t term) name() string {
	switch {
	case t.label != "":
		return t.label
	case t.each != nil:
		return t.each.Name
	case t.rows != nil && t.rows.each != nil:
		return t.rows.each.Name
	case t.fails != nil && t.fails.each != nil:
		return t.fails.each.Name
	case t.times != nil && t.times.Source.Text != "":
		return t.times.Source.Text
	case t.times != nil:
		return t.times.Names()[0].Name
	default:
		return ""
	}
}

func (l line) reasons(m *formula.Machine, row int) []diag.Phrase {
	if l.share != nil {
		out := l.share.run(m)
		return []diag.Phrase{append(l.share.rowsReason(m), diag.M("Points in proportion: %s of %s rows.", strconv.Itoa(out.passed), strconv.Itoa(out.counted())))}
	}
	p := append(l.value.Reading(m, row), diag.M(": points in proportion between %s and %s.", points(l.from), points(l.to)))
	return []diag.Phrase{p}
}

func (g given) reasons(m *formula.Machine, row int) []diag.Phrase {
	if g.label != nil {
		c := g.points.Eval(m)
		return []diag.Phrase{diag.P(diag.M("Judged: %s points.", points(c.Num[min(row, c.Len()-1)])))}
	}
	return []diag.Phrase{append(g.points.Reading(m, row), diag.M("."))}
}

// rowsReason names the rows that fail, with their numbers.
func (t test) rowsReason(m *formula.Machine) diag.Phrase {
	out := t.run(m)
	if len(out.failing) == 0 {
		return diag.P(diag.M("All %s rows of %s are met. ", strconv.Itoa(out.passed), t.each.Name))
	}
	p := diag.P(diag.M("%s of %s rows of %s are not met: ", strconv.Itoa(len(out.failing)), strconv.Itoa(out.counted()), t.each.Name))
	p = append(p, someRows(keys(m, t.each, out.failing), func(i int) diag.Phrase { return t.cond.Unmet(m, out.failing[i]) })...)
	return append(p, diag.M(". "))
}

// enoughReason compares the share of rows that pass with what is wanted, and names
// those that fail.
func (t test) enoughReason(m *formula.Machine) diag.Phrase {
	out := t.run(m)
	n := out.counted()
	share, digits := percent(out.passed, n), min(t.digits, pointsDigits)
	for digits < pointsDigits && decimal.Compare(share, t.least) != 0 && decimal.Round(share, digits) == decimal.Round(t.least, digits) {
		digits++ // what isn't enough must not look as if it were
	}
	p := diag.P(diag.M("%s of %s rows of %s are met, that is %s %%; at least %s %% must be. ",
		strconv.Itoa(out.passed), strconv.Itoa(n), t.each.Name, decimal.Format(share, digits), points(t.least)))
	if len(out.failing) > 0 {
		p = append(p, diag.M("Not met: "))
		p = append(p, someRows(keys(m, t.each, out.failing), func(i int) diag.Phrase { return t.cond.Unmet(m, out.failing[i]) })...)
		p = append(p, diag.M(". "))
	}
	if unknown := n - out.passed - len(out.failing); unknown > 0 {
		p = append(p, diag.M("%s rows that are not known yet can’t change that. ", strconv.Itoa(unknown)))
	}
	return p
}

// someRows names the first rows, each with what is to say about it.
func someRows(names []string, about func(i int) diag.Phrase) diag.Phrase {
	var p diag.Phrase
	for i, name := range names {
		if i == mostRows {
			return append(p, diag.M("; and %s more", strconv.Itoa(len(names)-mostRows)))
		}
		if i > 0 {
			p = append(p, diag.M("; "))
		}
		p = append(p, diag.M("%s (", name))
		p = append(p, about(i)...)
		p = append(p, diag.M(")"))
	}
	return p
}

// overReason tells how the points of rows were put together, and which rows are
// below the full points.
func (it *item) overReason(m *formula.Machine) []diag.Phrase {
	out := m.Take(m.Rows[it.over.each.Index])
	it.scoring.judge(m, out)
	in := selected(m, it.over.each, it.over.where)
	var below []int
	n := 0
	for row, state := range out.State {
		if counts, known := in.at(row); counts && known == formula.Known && state == formula.Known {
			n++
			if decimal.Compare(out.Num[row], it.full) < 0 {
				below = append(below, row)
			}
		}
	}
	p := diag.P(diag.M("%s rows of %s are judged; ", strconv.Itoa(n), it.over.each.Name))
	switch it.over.by {
	case "sum":
		p = append(p, diag.M("their points are added. "))
	case "least":
		p = append(p, diag.M("the least of their points counts. "))
	default:
		p = append(p, diag.M("the mean of their points counts. "))
	}
	if len(below) == 0 {
		return []diag.Phrase{append(p, diag.M("All have full points."))}
	}
	p = append(p, diag.M("Below full points: "))
	p = append(p, someRows(keys(m, it.over.each, below), func(i int) diag.Phrase {
		return diag.P(diag.M("%s points", points(decimal.Round(out.Num[below[i]], pointsDigits))))
	})...)
	return []diag.Phrase{append(p, diag.M("."))}
}
