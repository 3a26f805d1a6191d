package engine

import (
	"strconv"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// mostRows is how many failing rows one sentence names; all of them stand in the
// result's Rows.
const mostRows = 8

func (l ladder) reasons(m *formula.Machine) []diag.Phrase {
	first := l.rungs[0].test
	if first.each != nil {
		return []diag.Phrase{first.rowsReason(m)}
	}
	if len(l.rungs) == 1 {
		p := first.cond.Reading(m, 0)
		if holds, _ := first.holds(m); holds {
			return []diag.Phrase{append(p, diag.M(": met."))}
		}
		return append([]diag.Phrase{append(p, diag.M(": not met."))}, first.gap(m)...)
	}
	for _, r := range l.rungs {
		if holds, _ := r.test.holds(m); holds {
			return []diag.Phrase{append(r.test.cond.Reading(m, 0), diag.M(": %s points.", points(r.points)))}
		}
	}
	lowest := l.rungs[len(l.rungs)-1].test
	return append([]diag.Phrase{append(lowest.cond.Reading(m, 0), diag.M(": not met, so no points."))}, lowest.gap(m)...)
}

// gap tells how far a failed comparison is from holding, and warns where the
// rounded figures would look as if it held.
func (t test) gap(m *formula.Machine) []diag.Phrase {
	left, right, _, ok := t.cond.Sides()
	if !ok || left.Kind != formula.Number {
		return nil
	}
	a, b := left.Eval(m).Num[0], right.Eval(m).Num[0]
	unit := left.Unit()
	if unit == "" {
		unit = right.Unit()
	}
	size := a - b
	if size < 0 {
		size = -size
	}
	digits := min(max(left.Digits(t.digits), right.Digits(t.digits)), 6)
	for digits < 10 && decimal.Round(size, digits) == 0 {
		digits++ // a gap is never shown as 0
	}
	out := []diag.Phrase{diag.P(diag.M("The gap is %s%s.", decimal.Format(size, digits), unit))}
	if t.cond.HoldsAsShown(m, 0, t.digits) {
		out = append(out, diag.P(diag.M("Rounded as shown it would be met; what counts is the unrounded value.")))
	}
	return out
}

func (s sum) reasons(m *formula.Machine) []diag.Phrase {
	var out []diag.Phrase
	for _, t := range s.terms {
		n, state := t.count(m)
		if state == formula.Inapplicable {
			continue
		}
		var p diag.Phrase
		switch {
		case t.fails != nil:
			p = t.fails.rowsReason(m)
		case t.rows != nil:
			p = diag.P(diag.M("%s: %s rows. ", t.name(), points(n)))
		case t.each == nil && t.label == "":
			p = append(t.times.Reading(m, 0), diag.M(". "))
		default:
			p = diag.P(diag.M("%s: %s. ", t.name(), decimal.Format(n, 4)))
		}
		if lost := t.points(n); lost > 0 {
			p = append(p, diag.M("Taken: %s points.", points(decimal.Round(lost, pointsDigits))))
		} else {
			p = append(p, diag.M("Nothing is taken."))
		}
		out = append(out, p)
	}
	return out
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
	default:
		return t.times.Source.Text
	}
}

// rowsReason names the rows that fail, with their numbers.
func (t test) rowsReason(m *formula.Machine) diag.Phrase {
	out := t.run(m)
	if len(out.failing) == 0 {
		return diag.P(diag.M("All %s rows of %s are met. ", strconv.Itoa(out.passed), t.each.Name))
	}
	p := diag.P(diag.M("%s of %s rows of %s are not met: ", strconv.Itoa(len(out.failing)), strconv.Itoa(out.counted()), t.each.Name))
	names := keys(m, t.each, out.failing)
	for i, row := range out.failing {
		if i == mostRows {
			p = append(p, diag.M("; and %s more", strconv.Itoa(len(names)-mostRows)))
			break
		}
		if i > 0 {
			p = append(p, diag.M("; "))
		}
		p = append(p, diag.M("%s (", names[i]))
		p = append(p, t.cond.Reading(m, row)...)
		p = append(p, diag.M(")"))
	}
	return append(p, diag.M(". "))
}
