package engine

import (
	"cmp"
	"math"
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/formula"
)

// Bounds of the work on a set that was found.
const (
	mostTightened = 60 // changes that are made smaller
	mostRounds    = 4
)

// least leaves out of a set whatever it is as good without, whole moves first, and
// makes of what stays each change as small as the others let it be.
func (r *reacher) least(set []Change, good func(*Scorecard) bool) []Change {
	for i := len(r.steps) - 1; i >= 0; i-- {
		if fewer := together(r.steps, i); len(fewer) < len(set) && good(r.tried(fewer)) && r.soundWith(fewer) {
			set, r.steps = fewer, slices.Delete(r.steps, i, i+1)
		}
	}
	slices.SortStableFunc(set, func(a, b Change) int {
		if a.lowers != b.lowers {
			return map[bool]int{true: -1, false: 1}[a.lowers]
		}
		return cmp.Compare(b.Relative(), a.Relative())
	})
	r.make(set)
	enough := func() bool { return good(r.bare()) && r.sound() }
	for round := 0; ; round++ { // it ends with nothing left to leave out
		for size := (len(set) + 1) / 2; size > 0; {
			before := len(set)
			for i := 0; i < len(set); {
				end := min(i+size, len(set))
				r.undo(set[i:end])
				if enough() {
					set = slices.Delete(slices.Clone(set), i, end)
				} else {
					r.make(set[i:end])
					i = end
				}
			}
			if size > 1 || len(set) == before {
				size /= 2
			}
		}
		tighter := false
		if round < mostRounds && len(set) <= mostTightened {
			for i := range set {
				tighter = r.tighten(&set[i], enough) || tighter
			}
		}
		if !tighter {
			break
		}
	}
	r.unmake(set)
	return set
}

// undo changes back some of the changes that are made, of which no two are of one
// cell; make makes them again.
func (r *reacher) undo(list []Change) {
	r.made = slices.DeleteFunc(r.made, func(m changed) bool {
		return slices.ContainsFunc(list, func(c Change) bool { return c.lever.slot == m.slot && c.Index == m.row })
	})
	r.settle(list, func(c Change) { r.put(c, c.From, c.FromLevel) })
}

// tighten makes one of the changes that are made as small as the goal lets it be;
// false if it is.
func (r *reacher) tighten(c *Change, enough func() bool) bool {
	if c.Truth || c.Level != "" || c.Judged() {
		return false
	}
	unit, _, _ := r.grain(c.lever)
	from, to := c.From*unit, math.Round(c.To*unit)
	step := int64(1)
	if to < from {
		step = -1
	}
	most := int64(math.Abs(decimal.Round(to-from, 6))) // so many steps back it is no change
	if most < 2 || math.Abs(decimal.Round(c.To*unit, 6)-to) > 0 {
		return false
	}
	back := func(n int64) bool {
		r.undo([]Change{*c})
		c.To = (to - float64(n*step)) / unit
		r.make([]Change{*c})
		return enough()
	}
	if !back(1) {
		back(0)
		return false
	}
	good, bad := int64(1), most
	for bad-good > 1 {
		if half := good + (bad-good)/2; back(half) {
			good = half
		} else {
			bad = half
		}
	}
	back(good)
	return true
}

// inOrder puts changes in the order in which people meet them: tables and values as
// the rubric declares them, rows as they stand, judgements last.
func (r *reacher) inOrder(set []Change) {
	slices.SortStableFunc(set, func(a, b Change) int {
		if a.Judged() != b.Judged() {
			return map[bool]int{true: 1, false: -1}[a.Judged()]
		}
		return cmp.Or(cmp.Compare(a.lever.slot, b.lever.slot), cmp.Compare(a.Index, b.Index))
	})
}

// fault is a row in which a check or a bound that rests on other values is broken.
type fault struct {
	check, bound, row int
}

// faulty finds what is broken now. Figures that must be equal have to be changed
// together, so such checks don't count.
func (r *reacher) faulty() map[fault]bool {
	out := map[fault]bool{}
	for i, k := range r.checks {
		if k.test.cond.Equates() {
			continue
		}
		for row := range r.failing(k) {
			out[fault{check: i + 1, row: row}] = true
		}
	}
	for i, b := range r.bounds {
		r.m.Reset()
		value, limit := r.m.Slots[b.name.Slots[0]], b.limit.Eval(r.m)
		for row, state := range value.State {
			at := min(row, limit.Len()-1)
			if state != formula.Known || limit.State[at] != formula.Known {
				continue
			}
			if c := decimal.Compare(value.Num[row], limit.Num[at]); b.least && c < 0 || !b.least && c > 0 {
				out[fault{bound: i + 1, row: row}] = true
			}
		}
	}
	r.m.Reset()
	return out
}

// sound reports whether nothing is broken that wasn't.
func (r *reacher) sound() bool {
	for f := range r.faulty() {
		if !r.faults[f] {
			return false
		}
	}
	return true
}

func (r *reacher) soundWith(set []Change) bool {
	r.make(set)
	defer r.unmake(set)
	return r.sound()
}
