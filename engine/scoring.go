package engine

import (
	"math"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// scoring is how an item gives points. Whatever idiom the author wrote has become a
// ladder or a sum when the rubric is compiled; scoring, words and reasons know
// only these.
type scoring interface {
	judge(m *formula.Machine) verdict
	// words is the scoring standard as it is printed, one phrase a line.
	words() []diag.Phrase
	// reasons tells with the numbers put in how the points came to be.
	reasons(m *formula.Machine) []diag.Phrase
	// tests are the conditions, for the rows and inputs of the result.
	tests() []test
}

// verdict is what a scoring decides: points, or the state that keeps it from
// deciding.
type verdict struct {
	points float64
	state  formula.State
}

// ladder gives the points of the first rung whose condition holds.
type ladder struct {
	rungs []rung
}

type rung struct {
	test   test
	points float64
}

func (l ladder) judge(m *formula.Machine) verdict {
	for _, r := range l.rungs {
		holds, state := r.test.holds(m)
		if state != formula.Known {
			return verdict{state: state}
		}
		if holds {
			return verdict{points: r.points}
		}
	}
	return verdict{}
}

func (l ladder) tests() []test {
	var out []test
	for _, r := range l.rungs {
		out = append(out, r.test)
	}
	return out
}

// sum starts with the full points and takes some away for each term, down to 0.
type sum struct {
	full  float64
	terms []term
}

// term takes points for every one of something. Exactly one of times, rows and
// fails is what is counted.
type term struct {
	take    float64
	max     float64 // at most so many points; 0 is no limit
	label   string  // in the author's words
	times   *formula.Formula
	started string
	each    *formula.Table // times of every row are added up
	where   *formula.Formula
	rows    *test // the rows for which it holds are counted
	fails   *test // the rows for which it doesn't hold are counted
}

func (s sum) judge(m *formula.Machine) verdict {
	left := decimal.Sum{}
	left.Add(s.full)
	worst, applicable := formula.Known, false
	for _, t := range s.terms {
		n, state := t.count(m)
		left.Add(-t.points(n))
		if state != formula.Inapplicable {
			applicable = true
			worst = max(worst, state)
		}
	}
	switch {
	case left.Value() <= 0 || decimal.Compare(left.Value(), 0) == 0:
		return verdict{} // nothing is left to lose, whatever is still unknown
	case !applicable && len(s.terms) > 0:
		return verdict{state: formula.Inapplicable}
	case worst != formula.Known:
		return verdict{state: worst}
	}
	return verdict{points: left.Value()}
}

// points is what a count costs.
func (t term) points(n float64) float64 {
	lost := n * t.take
	if t.max > 0 {
		lost = min(lost, t.max)
	}
	return lost
}

// count is how often points are taken, as far as it is known.
func (t term) count(m *formula.Machine) (float64, formula.State) {
	switch {
	case t.fails != nil:
		out := t.fails.run(m)
		return float64(len(out.failing)), out.state()
	case t.rows != nil:
		out := t.rows.run(m)
		return float64(out.passed), out.state()
	case t.each == nil:
		c := t.times.Eval(m)
		return t.steps(c, 0), c.State[0]
	}
	var total decimal.Sum
	worst, applicable := formula.Known, false
	times := t.times.Eval(m)
	var where formula.Column
	if t.where != nil {
		where = t.where.Eval(m)
	}
	for row := range m.Rows[t.each.Index] {
		state := times.State[row]
		if t.where != nil {
			if where.State[row] == formula.Known && where.Num[row] == 0 {
				continue
			}
			state = max(state, where.State[row])
		}
		if state == formula.Inapplicable {
			continue
		}
		applicable = true
		worst = max(worst, state)
		if state == formula.Known {
			total.Add(t.steps(times, row))
		}
	}
	if !applicable {
		return 0, formula.Inapplicable
	}
	return total.Value(), worst
}

// steps turns a number of times into whole steps as the author chose. A step that
// only binary noise has started isn't started.
func (t term) steps(c formula.Column, row int) float64 {
	if c.State[row] != formula.Known {
		return 0
	}
	n := max(c.Num[row], 0)
	switch t.started {
	case "up":
		return math.Ceil(decimal.Round(n, 9))
	case "down":
		return math.Floor(decimal.Round(n, 9))
	default:
		return n
	}
}

func (s sum) tests() []test {
	var out []test
	for _, t := range s.terms {
		switch {
		case t.fails != nil:
			out = append(out, *t.fails)
		case t.rows != nil:
			out = append(out, *t.rows)
		default:
			out = append(out, test{cond: t.times, each: t.each, where: t.where})
		}
	}
	return out
}
