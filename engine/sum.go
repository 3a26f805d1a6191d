package engine

import (
	"math"

	"dudao/engine/decimal"
	"dudao/engine/formula"
	"dudao/engine/rubric"
)

// sum starts with some points and adds or takes some for each term, between 0
// and the full points: deductions, parts, points for rows. With best only the
// greatest term counts.
type sum struct {
	full  float64
	start float64
	terms []term
	best  bool
}

// term gives or takes points for every one of something. Exactly one of times,
// rows and fails is what is counted.
type term struct {
	src     rubric.Term // none for pass:
	per     float64     // points for each one: below 0 they are taken
	max     float64     // at most so many points; 0 is no limit
	label   string      // in the author's words
	times   *formula.Formula
	started string
	each    *formula.Table // times of every row are added up
	where   *formula.Formula
	rows    *test // the rows for which it holds are counted
	fails   *test // the rows for which it doesn't hold are counted
}

func (s sum) judge(m *formula.Machine, out formula.Column) {
	got := make([]decimal.Sum, len(out.State))
	best := make([]float64, len(out.State))
	applies := make([]bool, len(out.State))
	for i := range out.State {
		got[i].Add(s.start)
		out.State[i] = formula.Known
	}
	for _, t := range s.terms {
		c := t.count(m)
		for i := range out.State {
			j := min(i, c.Len()-1)
			if c.State[j] == formula.Inapplicable {
				continue
			}
			applies[i] = true
			out.State[i] = max(out.State[i], c.State[j])
			p := t.points(c.Num[j]) // of an unknown count, what is certain
			got[i].Add(p)
			best[i] = max(best[i], p)
		}
	}
	for i := range out.State {
		points := got[i].Value()
		if s.best {
			points = best[i]
		}
		out.Num[i] = min(max(points, 0), s.full)
		switch {
		case s.settled(points):
			out.State[i] = formula.Known // whatever is still unknown
		case !applies[i] && len(s.terms) > 0:
			out.State[i] = formula.Inapplicable
		}
	}
}

// settled reports whether nothing more can be lost or won: deductions that have
// taken all, parts that have given all.
func (s sum) settled(points float64) bool {
	if len(s.terms) == 0 {
		return true
	}
	if s.terms[0].per < 0 {
		return points <= 0 || decimal.Compare(points, 0) == 0
	}
	return decimal.Compare(points, s.full) >= 0
}

// points is what a count gives or takes.
func (t term) points(n float64) float64 {
	p := min(max(n*t.per, -1e12), 1e12) // an absurd count must not overflow
	if t.max > 0 {
		p = min(max(p, -t.max), t.max)
	}
	return p
}

// count is how often it is, as far as it is known: one number, or one for each
// row of an item that is scored row by row.
func (t term) count(m *formula.Machine) formula.Column {
	switch {
	case t.fails != nil:
		_, failing, state := t.fails.count(m)
		return t.one(m, failing, state)
	case t.rows != nil:
		passed, _, state := t.rows.count(m)
		return t.one(m, passed, state)
	case t.each != nil:
		return t.total(m)
	}
	c := t.times.Eval(m)
	out := m.Take(c.Len())
	for i, state := range c.State {
		out.Num[i], out.State[i] = t.steps(c, i), state
	}
	return out
}

func (t term) one(m *formula.Machine, n float64, state formula.State) formula.Column {
	out := m.Take(1)
	out.Num[0], out.State[0] = n, state
	return out
}

// total adds up the times of every selected row.
func (t term) total(m *formula.Machine) formula.Column {
	var total decimal.Sum
	worst, applies := formula.Known, false
	times, in := t.times.Eval(m), selected(m, t.each, t.where)
	for row := range m.Rows[t.each.Index] {
		at := min(row, times.Len()-1)
		counts, known := in.at(row)
		state := max(times.State[at], known)
		if !counts || known == formula.Inapplicable || state == formula.Inapplicable {
			continue
		}
		applies = true
		worst = max(worst, state)
		if state == formula.Known {
			total.Add(t.steps(times, at))
		}
	}
	switch {
	case m.Rows[t.each.Index] == 0:
		worst = formula.Missing
	case !applies:
		worst = formula.Inapplicable
	}
	return t.one(m, total.Value(), worst)
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
