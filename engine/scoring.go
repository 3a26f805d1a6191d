package engine

import (
	"math"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// scoring is how an item gives points. Whatever idiom the author wrote has become
// one of five forms when the rubric is compiled: ladder, sum, line, given, rank.
// Scoring, words and reasons know only these.
type scoring interface {
	// judge fills in the points for each row of out; out has one row unless the
	// item is scored row by row.
	judge(m *formula.Machine, out formula.Column)
	// words is the scoring standard as it is printed, one phrase a line.
	words() []diag.Phrase
	// reasons tells with the numbers put in how the points of a row came to be.
	reasons(m *formula.Machine, row int) []diag.Phrase
	// tests are the conditions, for the rows and inputs of the result.
	tests() []test
	// live is the same as a spreadsheet computes it, in each row of the table if
	// there is one.
	live(b *liveItem, table *formula.Table) liveForm
	// lacks are what keeps the item from more points, and further ways to them.
	lacks(g *gapper) ([]Lack, []*Way)
}

// ladder gives the points of the first rung whose condition holds: pass, bands,
// judged levels, letters.
type ladder struct {
	rungs []rung
	rest  float64 // where no condition holds

	kind    string   // of the rubric: what a rung gives is points, met or a letter
	letters []string // of kind letter, the worst first
}

type rung struct {
	test   test
	points float64
	label  diag.Phrase // instead of the condition and points in words
}

// undecided marks a row for which no rung has decided yet.
const undecided = formula.State(255)

func (l ladder) judge(m *formula.Machine, out formula.Column) {
	for i := range out.State {
		out.State[i] = undecided
	}
	for _, r := range l.rungs {
		c := r.test.column(m)
		for i := range out.State {
			if out.State[i] != undecided {
				continue
			}
			j := min(i, c.Len()-1)
			switch {
			case c.State[j] != formula.Known:
				out.State[i] = c.State[j]
			case c.Num[j] != 0:
				out.Num[i], out.State[i] = r.points, formula.Known
			}
		}
	}
	for i := range out.State {
		if out.State[i] == undecided {
			out.Num[i], out.State[i] = l.rest, formula.Known
		}
	}
}

func (l ladder) tests() []test {
	var out []test
	for _, r := range l.rungs {
		out = append(out, r.test)
	}
	return out
}

// line gives points in proportion: none at from, all at to. With share the value
// is the share of rows that pass.
type line struct {
	full     float64
	value    *formula.Formula
	from, to float64
	share    *test
}

func (l line) judge(m *formula.Machine, out formula.Column) {
	if l.share != nil {
		t := l.share.run(m)
		out.Num[0], out.State[0] = 0, t.state()
		if t.state() == formula.Known {
			out.Num[0] = l.full * float64(t.passed) / float64(t.counted())
		}
		return
	}
	c := l.value.Eval(m)
	for i := range out.State {
		j := min(i, c.Len()-1)
		out.Num[i], out.State[i] = 0, c.State[j]
		if c.State[j] == formula.Known {
			out.Num[i] = l.full * min(max((c.Num[j]-l.from)/(l.to-l.from), 0), 1)
		}
	}
}

func (l line) tests() []test {
	if l.share != nil {
		return []test{*l.share}
	}
	return []test{{cond: l.value}}
}

// given takes points that come from outside: a formula or a judgement.
type given struct {
	full   float64
	points *formula.Formula
	label  diag.Phrase // what is judged, in words
}

func (g given) judge(m *formula.Machine, out formula.Column) {
	c := g.points.Eval(m)
	for i := range out.State {
		j := min(i, c.Len()-1)
		out.Num[i], out.State[i] = 0, c.State[j]
		if c.State[j] == formula.Known {
			out.Num[i] = min(max(c.Num[j], 0), g.full)
		}
	}
}

func (g given) tests() []test {
	return []test{{cond: g.points}}
}

// over puts together the points of rows: their mean, sum or least.
type over struct {
	each  *formula.Table
	where *formula.Formula
	by    string
}

// reduce is the points of all rows together. One missing row keeps the whole from
// being decided, unless the least is 0 already.
func (o over) reduce(m *formula.Machine, points formula.Column) (float64, formula.State) {
	in := selected(m, o.each, o.where)
	var sum decimal.Sum
	least, n, worst := math.Inf(1), 0, formula.Known
	for row, state := range points.State {
		counts, known := in.at(row)
		if !counts || known == formula.Inapplicable || known == formula.Known && state == formula.Inapplicable {
			continue
		}
		if state = max(state, known); state != formula.Known {
			worst = max(worst, state)
			continue
		}
		n++
		sum.Add(points.Num[row])
		least = min(least, points.Num[row])
	}
	switch {
	case len(points.State) == 0:
		return 0, formula.Missing
	case o.by == "least" && least <= 0:
		return 0, formula.Known
	case worst != formula.Known:
		return 0, worst
	case n == 0:
		return 0, formula.Inapplicable
	case o.by == "sum":
		return sum.Value(), formula.Known
	case o.by == "least":
		return least, formula.Known
	default:
		return sum.Value() / float64(n), formula.Known
	}
}
