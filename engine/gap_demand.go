package engine

import (
	"slices"

	"dudao/engine/formula"
)

// demand is a condition without which an aim isn't reached, row by row as things are.
type demand struct {
	*formula.Formula
	holds []bool
	fails []bool           // that is known; else it may hold as soon as something is
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
	for _, f := range o.all.Aims() {
		list, all := f.Standards()
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
	d := demand{Formula: f, holds: make([]bool, c.Len()), fails: make([]bool, c.Len())}
	for row := range d.holds {
		d.holds[row] = c.True(row)
		d.fails[row] = c.State[row] == formula.Known && !d.holds[row]
	}
	return d
}

// in reports whether a demand holds in a row.
func (d demand) in(row int) bool { return d.holds[min(row, len(d.holds)-1)] }

// sway is what a lever that is moved up, or down, can do about a demand.
type sway struct {
	rests bool // the demand rests on it
	helps bool // and isn't known to get only worse
}

func (g *gapper) sway(l *lever, f *formula.Formula, up bool) sway {
	switch {
	case !g.moves(l, f):
		return sway{}
	case l.slot != l.name.Slots[0]: // what is entered for a computed value, and stands only at times
		return sway{rests: true, helps: true}
	}
	t := f.Trend(g.m, formula.Rise{Of: l.name, Moves: func(slot int) bool { return l.moves[slot] }, Positive: g.isPositive})
	return sway{rests: true, helps: up && t.Up || !up && t.Down}
}

// lost reports whether a demand doesn't hold in a row and a lever won't change that.
// One that isn't known may hold as soon as it is.
func (d demand) lost(row int, s sway) bool {
	return !d.in(row) && (!s.rests || !s.helps && d.fails[min(row, len(d.fails)-1)])
}

// able are the rows in which a lever that is moved up, or down, may do something about
// an aim: not those where a demand is lost, or of which it mends no standard.
func (g *gapper) able(rows []int, l *lever, up bool, demands []demand) []int {
	out := slices.Clone(rows)
	for _, d := range demands {
		if len(out) == 0 {
			break
		}
		whole := g.sway(l, d.Formula, up)
		out = slices.DeleteFunc(out, func(row int) bool { return d.lost(row, whole) })
		if !whole.rests || d.some == nil || g.moves(l, d.limit) {
			continue
		}
		each := make([]sway, len(d.some))
		for i, s := range d.some {
			each[i] = g.sway(l, s.Formula, up)
		}
		out = slices.DeleteFunc(out, func(row int) bool {
			for i, s := range d.some {
				if !s.in(row) && !s.lost(row, each[i]) {
					return false
				}
			}
			return !d.in(row)
		})
	}
	return out
}

// isPositive reports whether no number of a name is below 0, nor will be: a search
// takes none of them there that isn't there yet, unless the bounds of a name do. It is
// enough to look once. A number that doesn't apply counts, too: it may come to.
func (g *gapper) isPositive(n *formula.Name, slot int) bool {
	is, known := g.positive[slot]
	if !known {
		is = (n.Least == nil || *n.Least >= 0) && (n.Most == nil || *n.Most >= 0)
		is = is && !slices.ContainsFunc(g.m.Slots[slot].Num, func(x float64) bool { return x < 0 })
		g.positive[slot] = is
	}
	return is
}
