package engine

import (
	"math"
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/formula"
)

// probe is the search in one row. Values are counted in steps of what the field is
// given in; low is one that isn't enough, high one that is.
type probe struct {
	row       int
	low, high int64
	stride    int64
	found     bool
	at        int64
}

// search looks in some rows for the nearest value of a lever, above or below what
// stands there, that reaches the goal: with growing strides, then by halving. It
// rests on no more than that one direction is better in the end.
func (g *gapper) search(o aim, l *lever, need needed, rows []int, up bool) map[int]float64 {
	if len(rows) == 0 {
		return nil
	}
	if g.byRow(o, l, need) {
		return g.searchNarrow(o, l, need, rows, up)
	}
	slot := &g.m.Slots[l.slot]
	unit, least, most := g.grain(l)
	was := make([]changed, 0, len(rows))
	var probes []*probe
	for _, row := range rows {
		if row >= slot.Len() || slot.State[row] != formula.Known {
			continue
		}
		x := slot.Num[row]
		p := &probe{row: row, low: int64(math.Floor(decimal.Round(x*unit, 6))), stride: 1}
		if !up {
			p.low = int64(math.Ceil(decimal.Round(x*unit, 6)))
		}
		if math.Abs(x*unit) < 1e14 {
			was, probes = append(was, changed{l.slot, row, x}), append(probes, p)
		}
	}
	for round := 0; len(probes) > 0 && round < 100; round++ {
		var values []changed
		active := probes[:0:0]
		for _, p := range probes {
			if p.next(up, least(p.row), most(p.row)) {
				active = append(active, p)
				values = append(values, changed{l.slot, p.row, float64(p.at) / unit})
			}
		}
		if len(active) == 0 {
			break
		}
		g.set(l, need, values...)
		met := o.met(g.m)
		for _, p := range active {
			if met.True(min(p.row, met.Len()-1)) {
				p.high, p.found = p.at, true
			} else {
				p.low = p.at
			}
		}
	}
	g.set(l, need, was...)
	out := map[int]float64{}
	for _, p := range probes {
		if p.found {
			out[p.row] = float64(p.high) / unit
		}
	}
	return out
}

// next sets the value to try; false if the search in this row is over.
func (p *probe) next(up bool, least, most int64) bool {
	switch {
	case p.found && (p.high-p.low == 1 || p.low-p.high == 1):
		return false
	case p.found:
		p.at = p.low + (p.high-p.low)/2
		return true
	case up && p.low >= most, !up && p.low <= least:
		return false
	case up:
		p.at = short(p.low, p.low+p.stride, most)
	default:
		p.at = short(p.low, p.low-p.stride, least)
	}
	p.stride *= 4
	return true
}

// short is how far a stride goes: not beyond the end, and one step before it first,
// for at the end, such as 0, things are often otherwise.
func short(from, to, end int64) int64 {
	switch {
	case from < to && to < end, from > to && to > end:
		return to
	case from < end-1:
		return end - 1
	case from > end+1:
		return end + 1
	}
	return end
}

// grain is in how many steps a lever divides 1, and between which of them it may
// lie: in its declared bounds, not below zero where it isn't yet.
func (g *gapper) grain(l *lever) (unit float64, least, most func(row int) int64) {
	n, was := l.name, g.m.Slots[l.slot]
	unit = math.Pow10(n.Digits)
	low, high := n.Least, n.Most
	switch {
	case n.Kind == formula.Truth:
		unit, low, high = 1, new(float64), &[]float64{1}[0]
	case n.Whole:
		unit = 1
	}
	if l.ask != nil && low == nil {
		low = new(float64)
	}
	starts := slices.Clone(was.Num)
	least = func(row int) int64 {
		switch {
		case low != nil:
			return int64(math.Ceil(decimal.Round(*low*unit, 6)))
		case starts[row] >= 0:
			return 0
		}
		return -farthest
	}
	most = func(int) int64 {
		if high != nil {
			return int64(math.Floor(decimal.Round(*high*unit, 6)))
		}
		return farthest
	}
	return unit, least, most
}

// farthest is how many steps away a value is looked for.
const farthest = int64(1) << 46
