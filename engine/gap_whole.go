package engine

import (
	"cmp"
	"math"
	"slices"

	"dudao/engine/diag"
	"dudao/engine/formula"
)

// found is how an aim is reached.
type found struct {
	changes []Change
	effort  float64
	words   diag.Phrase // of all changes together; nil: one by one
	lacks   []Lack      // of a coefficient of variation: the rows that move it most
}

// reach looks for the smallest change that reaches a single aim: of one single
// value, of rows that are counted, of one cell that is added up, or of the rows from
// which a coefficient of variation comes.
func (g *gapper) reach(o aim) found {
	best := found{}
	if s, ok := g.solve(o, []int{0})[0]; ok {
		best = found{changes: []Change{s.change}, effort: s.effort}
		if !s.base {
			return best
		}
	}
	if ends := g.extremes(o); ends.changes != nil && (best.changes == nil || ends.effort < best.effort) {
		best = ends
	}
	seen := map[string]bool{}
	for _, f := range o.formulas {
		for _, p := range f.Functions() {
			if p.Of.ByRow() || seen[p.Of.Text()] {
				continue
			}
			seen[p.Of.Text()] = true
			var got found
			switch p.Function() {
			case "cv", "cv_unweighted":
				got = g.spread(o, p)
			case "count", "share", "all", "any":
				got = g.flips(o, 0, p)
			default:
				got = g.cell(o, p.Arguments(), p.Table, p.Rows(g.m, 0), p.Function() == "sum")
			}
			if got.changes != nil && (best.changes == nil || got.effort < best.effort) || best.changes == nil && got.lacks != nil {
				best = got
			}
		}
	}
	return best
}

// extremes takes several single values to the end of what they may be, until the aim
// is reached: two counts that must both be 0.
func (g *gapper) extremes(o aim) found {
	best := found{}
	for _, up := range []bool{false, true} {
		var changes []Change
		effort := 0.0
		for _, p := range g.pulls(o) {
			slot := g.m.Slots[p.slot]
			if slot.State[0] != formula.Known || p.base && !up {
				continue
			}
			unit, least, most := g.grain(p.lever)
			to := least(slot.Num[0])
			if up {
				to = most
			}
			if to == farthest || to == -farthest {
				continue
			}
			if c := g.change(p.lever, 0, slot.Num[0], float64(to)/unit); c.To != c.From {
				changes, effort = append(changes, c), effort+p.effort(c)
			}
		}
		if len(changes) < 2 {
			continue
		}
		met := false
		g.with(changes, func() {
			met = o.met(g.m).True(0)
			for _, c := range changes {
				rows, all := g.unsound(c.lever)
				met = met && !all && len(rows) == 0
			}
		})
		if met && (best.changes == nil || effort < best.effort) {
			best = found{changes: g.spared(o, 0, changes), effort: effort}
		}
	}
	return best
}

// flips looks for the rows in which a counted condition is to turn out otherwise,
// as few and near as they can be.
func (g *gapper) flips(o aim, row int, p formula.Part) found {
	counted := p.Arguments()[0]
	if counted.Kind != formula.Truth || len(counted.Inputs()) == 0 {
		return found{}
	}
	rows := p.Rows(g.m, row)
	for _, want := range []bool{false, true} {
		is := counted.Eval(g.m)
		var other []int
		for _, r := range rows {
			if is.State[r] == formula.Known && (is.Num[r] != 0) != want {
				other = append(other, r)
			}
		}
		options := g.solve(g.holds(counted, p.Table, nil, want), other)
		var list []option
		for _, r := range sortedRows(options) {
			list = append(list, options[r])
		}
		slices.SortStableFunc(list, func(a, b option) int { return cmp.Compare(a.effort, b.effort) })
		if got := g.fewest(o, row, list); got.changes != nil {
			now := len(other)
			if want {
				now = len(rows) - now
			}
			got.words = g.flipWords(p, now, want, got.changes)
			return got // the other way leads away from the aim
		}
	}
	return found{}
}

// fewest takes as few of the first options as reach the aim.
func (g *gapper) fewest(o aim, row int, list []option) found {
	take := func(n int) found {
		var out found
		for _, s := range list[:n] {
			out.changes, out.effort = append(out.changes, s.change), out.effort+s.effort
		}
		return out
	}
	reaches := func(n int) (ok bool) {
		g.with(take(n).changes, func() {
			met := o.met(g.m)
			ok = met.True(min(row, met.Len()-1))
		})
		return ok
	}
	if len(list) == 0 || !reaches(len(list)) {
		return found{}
	}
	few, enough := 0, len(list)
	for enough-few > 1 {
		if half := (few + enough) / 2; reaches(half) {
			enough = half
		} else {
			few = half
		}
	}
	return take(enough)
}

// cell looks for one cell of a column whose change reaches the aim, among those with
// the greatest values. How large a change is, is measured by the total.
func (g *gapper) cell(o aim, formulas []*formula.Formula, table *formula.Table, rows []int, added bool) found {
	best := found{}
	for _, f := range formulas {
		for _, in := range f.Inputs() {
			if in.Table == nil || in.Kind != formula.Number || in.Table != table.Root() {
				continue
			}
			l := g.lever(in.Name)
			if l == nil {
				continue
			}
			values := slices.Clone(g.m.Slots[l.slot].Num)
			total := 0.0
			for _, r := range rows {
				total += values[r]
			}
			order := slices.Clone(rows)
			slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(values[b]), math.Abs(values[a])) })
			need := g.needed(o.formulas)
			var options []option
			for _, r := range order[:min(len(order), mostCells)] {
				for _, up := range []bool{true, false} {
					for _, to := range g.search(o, l, need, []int{r}, up) {
						c := g.change(l, r, values[r], to)
						whole := Change{From: total, To: total + to - values[r]}
						options = append(options, option{change: c, effort: pull{l, in.Base}.effort(whole), alone: true})
					}
				}
			}
			for i := range options {
				one := map[int][]option{0: {options[i]}}
				if len(g.approve(o, l, []int{0}, one)) == 1 && (best.changes == nil || options[i].effort < best.effort) {
					c := options[i].change
					best = found{changes: []Change{c}, effort: options[i].effort}
					if added {
						best.words = totalWords(c, total, l)
					}
				}
			}
		}
	}
	return best
}
