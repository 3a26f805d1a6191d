package engine

import (
	"slices"

	"dudao/engine/formula"
)

// demand is a condition without which an aim isn't reached, row by row as things are.
type demand struct {
	*formula.Formula
	holds []bool
	limit *formula.Formula // of a number of standards to be met: how many
	some  []demand         // and which
}

// demands are the conditions that must all hold for an aim: what stands between the
// and's of its condition, and where every standard has to be met, the standards.
func (g *gapper) demands(o aim) []demand {
	if o.all == nil {
		return nil
	}
	var out []demand
	aims := o.all.Aims()
	for _, f := range aims {
		list, all := f.Standards()
		if list == nil && len(aims) == 1 {
			return nil // it rests on all levers
		}
		_, limit, sign, ok := f.Sides()
		if list == nil || !ok || sign != " ≥ " && sign != " > " {
			out = append(out, g.demand(f))
			continue
		}
		var each []demand
		for _, s := range list {
			each = append(each, g.demand(s))
		}
		if all {
			out = append(out, each...)
			continue
		}
		d := g.demand(f)
		d.limit, d.some = limit, each
		out = append(out, d)
	}
	return out
}

func (g *gapper) demand(f *formula.Formula) demand {
	c := f.Eval(g.m)
	d := demand{Formula: f, holds: make([]bool, c.Len())}
	for row := range d.holds {
		d.holds[row] = c.True(row)
	}
	return d
}

// in reports whether a demand holds in a row.
func (d demand) in(row int) bool { return d.holds[min(row, len(d.holds)-1)] }

// able are the rows in which a lever may do something about an aim: not those where a
// demand fails that doesn't rest on it, or of which it moves only standards that are
// met already.
func (g *gapper) able(rows []int, l *lever, demands []demand) []int {
	out := slices.Clone(rows)
	for _, d := range demands {
		some := slices.DeleteFunc(slices.Clone(d.some), func(s demand) bool { return !g.moves(l, s.Formula) })
		switch {
		case !g.moves(l, d.Formula):
			out = slices.DeleteFunc(out, func(row int) bool { return !d.in(row) })
		case d.some != nil && !g.moves(l, d.limit):
			out = slices.DeleteFunc(out, func(row int) bool {
				return !d.in(row) && !slices.ContainsFunc(some, func(s demand) bool { return !s.in(row) })
			})
		}
	}
	return out
}
