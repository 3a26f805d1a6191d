package engine

import (
	"slices"

	"dudao/engine/formula"
)

// demand is a condition without which an aim isn't reached, row by row as things are.
type demand struct {
	*formula.Formula
	holds []bool
	fails []bool   // that is known; else it may hold as soon as something is
	reads []int    // the slots
	limit []int    // of a number of standards to be met: the slots on which it rests how many
	some  []demand // and which
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
		d.limit, d.some = slots(limit), each
		out = append(out, d)
	}
	return out
}

func (g *gapper) demand(f *formula.Formula) demand {
	c := f.Eval(g.m)
	d := demand{Formula: f, reads: slots(f), holds: make([]bool, c.Len()), fails: make([]bool, c.Len())}
	for row := range d.holds {
		d.holds[row] = c.True(row)
		d.fails[row] = c.State[row] == formula.Known && !d.holds[row]
	}
	return d
}

// in reports whether a demand holds in a row.
func (d demand) in(row int) bool { return d.holds[min(row, len(d.holds)-1)] }

// sway is what a lever can do about a demand.
type sway struct {
	rests bool          // the demand rests on it
	trend formula.Trend // while the lever is moved up
}

func (g *gapper) sway(l *lever, d demand) sway {
	switch {
	case !l.movesAny(d.reads):
		return sway{}
	case l.slot != l.name.Slots[0]: // what is entered for a computed value, and stands only at times
		return sway{rests: true, trend: formula.Trend{Up: true, Down: true}}
	}
	moves := func(slot int) bool { return l.moves[slot] }
	return sway{rests: true, trend: d.Trend(g.m, formula.Rise{Of: l.name, Moves: moves, Positive: g.isPositive})}
}

// helps reports whether a demand isn't known to get only worse.
func (s sway) helps(up bool) bool { return up && s.trend.Up || !up && s.trend.Down }

// lost reports whether a demand doesn't hold in a row and a lever that is moved up, or
// down, won't change that. One that isn't known may hold as soon as it is.
func (d demand) lost(row int, s sway, up bool) bool {
	return !d.in(row) && (!s.rests || !s.helps(up) && d.fails[min(row, len(d.fails)-1)])
}

// able are the rows in which a lever that is moved up, or down, may do something about
// an aim: not those where a demand is lost, or of which it mends no standard.
func (g *gapper) able(rows []int, l *lever, demands []demand) (up, down []int) {
	up, down = slices.Clone(rows), slices.Clone(rows)
	for _, d := range demands {
		whole := g.sway(l, d)
		var each []sway
		if whole.rests && d.some != nil && !l.movesAny(d.limit) {
			for _, s := range d.some {
				each = append(each, g.sway(l, s))
			}
		}
		up = slices.DeleteFunc(up, func(row int) bool { return d.lost(row, whole, true) || d.unmended(row, each, true) })
		down = slices.DeleteFunc(down, func(row int) bool { return d.lost(row, whole, false) || d.unmended(row, each, false) })
	}
	return up, down
}

// unmended reports whether some more standards are to be met in a row and a lever that
// does so much about each of them won't let it meet any.
func (d demand) unmended(row int, each []sway, up bool) bool {
	for i, s := range each {
		if standard := d.some[i]; !standard.in(row) && !standard.lost(row, s, up) {
			return false
		}
	}
	return each != nil && !d.in(row)
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
