package engine

import (
	"cmp"
	"math"
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/formula"
)

// Bounds of the work for a coefficient of variation.
const (
	mostFar   = 30 // rows far from the mean that are looked at
	mostSteps = 15 // rows that are brought to the mean one after the other
	mostMoved = 5  // rows that are named
)

// spread ranks rows by how much a coefficient of variation falls if they reached the
// mean, and brings them there one by one until the aim is reached: as few as can be,
// and only by more of something. No school is mended by taking from it.
func (g *gapper) spread(o aim, p formula.Part) found {
	arguments := p.Arguments()
	x := arguments[0].Eval(g.m)
	rows, mean := g.farthest(p, x)
	if len(rows) == 0 {
		return found{}
	}
	start := slices.Clone(x.Num)
	reached := aim{each: p.Table, formulas: arguments[:1], fixed: arguments[1:], rise: true, met: func(m *formula.Machine) formula.Column {
		x := arguments[0].Eval(m)
		out := m.Take(x.Len())
		for i := range out.State {
			out.State[i], out.Num[i] = formula.Known, 0
			if c := decimal.Compare(x.Num[i], mean); x.State[i] == formula.Known && (start[i] < mean && c >= 0 || start[i] >= mean && c <= 0) {
				out.Num[i] = 1
			}
		}
		return out
	}}
	options := g.solve(reached, rows)
	// at is the coefficient with a row at the mean; the column itself is changed and
	// changed back, and nothing that rests on it.
	at := func(row int) float64 {
		x := arguments[0].Eval(g.m)
		was := x.Num[row]
		x.Num[row] = mean
		c := p.Of.Eval(g.m)
		x.Num[row] = was
		if c.State[0] != formula.Known {
			return math.Inf(1)
		}
		return c.Num[0]
	}
	before := p.Of.Eval(g.m).Num[0]
	falls := map[int]float64{}
	for _, r := range rows {
		falls[r] = at(r)
	}
	rows = slices.DeleteFunc(rows, func(r int) bool { return falls[r] >= before })
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(falls[a], falls[b]) })
	out := found{}
	for _, r := range rows[:min(len(rows), mostMoved)] {
		lack := Lack{Table: p.Table.Root().Name, Row: keys(g.m, p.Table, []int{r})[0], toMean: true}
		words := spreadWords{mean: mean, before: before, after: falls[r]}
		if s, ok := options[r]; ok {
			lack.Changes, lack.effort = []Change{s.change}, s.effort
			lack.Words = words.rises(s.change)
		} else {
			lack.Words = words.apart(p.Columns[0].Shown(), start[r])
		}
		out.lacks = append(out.lacks, lack)
	}
	rows = slices.DeleteFunc(rows, func(r int) bool { _, ok := options[r]; return !ok })
	out.changes, out.effort = g.toTheMean(o, rows, options, at)
	return out
}

// farthest are the rows of a coefficient of variation that are farthest from its
// mean, by their weight, and the mean.
func (g *gapper) farthest(p formula.Part, x formula.Column) ([]int, float64) {
	weight := func(int) float64 { return 1 }
	if arguments := p.Arguments(); len(arguments) > 1 {
		w := arguments[1].Eval(g.m)
		weight = func(row int) float64 { return w.Num[row] }
	}
	rows := slices.DeleteFunc(p.Rows(g.m, 0), func(r int) bool { return x.State[r] != formula.Known })
	var sum, weights float64
	for _, r := range rows {
		sum, weights = sum+x.Num[r]*weight(r), weights+weight(r)
	}
	if weights <= 0 {
		return nil, 0
	}
	mean := sum / weights
	far := func(r int) float64 { return weight(r) * (x.Num[r] - mean) * (x.Num[r] - mean) }
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(far(b), far(a)) })
	return rows[:min(len(rows), mostFar)], mean
}

// toTheMean makes the changes that bring a coefficient down most, one after the
// other, until the aim is reached.
func (g *gapper) toTheMean(o aim, rows []int, options map[int]option, at func(row int) float64) ([]Change, float64) {
	var changes []Change
	effort := 0.0
	reached := false
	for left := slices.Clone(rows); len(left) > 0 && len(changes) < mostSteps && !reached; {
		best, next := math.Inf(1), 0
		for i, r := range left {
			if cv := at(r); cv < best {
				best, next = cv, i
			}
		}
		s := options[left[next]]
		changes, effort = append(changes, s.change), effort+s.effort
		g.make(changes[len(changes)-1:])
		left = slices.Delete(left, next, next+1)
		reached = o.met(g.m).True(0)
	}
	for i := len(changes) - 1; i >= 0; i-- {
		g.unmake(changes[i : i+1])
	}
	if !reached {
		return nil, 0
	}
	return g.spared(o, 0, changes), effort
}
