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
	row         int
	up          bool
	least, most int64
	low, high   int64
	stride      int64
	found       bool
	at          int64 // what is tried
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
	return g.probe(o, l, need, rows, 1, up)
}

// probe searches in rows that are in the machine, each of them so many times, one
// after the other: so many values of a row are tried at once.
func (g *gapper) probe(o aim, l *lever, need needed, rows []int, times int, up bool) map[int]float64 {
	slot := &g.m.Slots[l.slot]
	unit, least, most := g.grain(l)
	var was, values []changed
	var probes []probe
	for _, row := range rows {
		if row >= slot.Len() || slot.State[row] != formula.Known {
			continue
		}
		x := slot.Num[row]
		p := probe{row: row, up: up, least: least(x), most: most, low: int64(math.Floor(decimal.Round(x*unit, 6))), stride: 1}
		if !up {
			p.low = int64(math.Ceil(decimal.Round(x*unit, 6)))
		}
		if math.Abs(x*unit) < 1e14 {
			was, probes = append(was, changed{l.slot, row, x}), append(probes, p)
		}
	}
	tried, room := make([][]int64, len(probes)), make([]int64, len(probes)*times)
	for i := range tried {
		tried[i] = room[i*times : i*times : (i+1)*times]
	}
	for round := 0; round < 100; round++ {
		values = values[:0]
		for i, p := range probes {
			tried[i] = p.ahead(tried[i][:0], times)
			for n, at := range tried[i] {
				values = append(values, changed{l.slot, p.row + n, float64(at) / unit})
			}
		}
		if len(values) == 0 {
			break
		}
		g.set(l, need, values...)
		met := o.met(g.m)
		for i, p := range probes {
			probes[i] = p.learn(tried[i], func(n int) bool { return met.True(min(p.row+n, met.Len()-1)) })
		}
	}
	if g.rows == nil { // else they are put away
		g.set(l, need, was...)
	}
	out := map[int]float64{}
	for _, p := range probes {
		if p.found {
			out[p.row] = float64(p.high) / unit
		}
	}
	return out
}

// next sets the value to try; false if the search in this row is over.
func (p *probe) next() bool {
	switch {
	case p.found && (p.high-p.low == 1 || p.low-p.high == 1):
		return false
	case p.found:
		p.at = p.low + (p.high-p.low)/2
		return true
	case p.up && p.low >= p.most, !p.up && p.low <= p.least:
		return false
	case p.up:
		p.at = short(p.low, p.low+p.stride, p.most)
	default:
		p.at = short(p.low, p.low-p.stride, p.least)
	}
	p.stride *= 4
	return true
}

// after is the search when it is known whether the value that was tried is enough.
func (p probe) after(enough bool) probe {
	if enough {
		p.high, p.found = p.at, true
	} else {
		p.low = p.at
	}
	return p
}

// ahead lists values that the search tries next, whatever comes of the first of them:
// further strides, and of halves both.
func (p probe) ahead(list []int64, most int) []int64 {
	open := append(make([]probe, 0, 1+2*mostAtOnce), p)
	for i := 0; i < len(open) && len(list) < most; i++ {
		p := open[i]
		if !p.next() {
			continue
		}
		list = append(list, p.at)
		if open = append(open, p.after(false)); p.found {
			open = append(open, p.after(true))
		}
	}
	return list
}

// learn is the search after some values were tried at once.
func (p probe) learn(tried []int64, enough func(n int) bool) probe {
	for {
		next := p
		if !next.next() {
			return p
		}
		n := slices.Index(tried, next.at)
		if n < 0 {
			return p
		}
		p = next.after(enough(n))
	}
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
func (g *gapper) grain(l *lever) (unit float64, least func(is float64) int64, most int64) {
	n := l.name
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
	least = func(is float64) int64 {
		switch {
		case low != nil:
			return int64(math.Ceil(decimal.Round(*low*unit, 6)))
		case is >= 0:
			return 0
		}
		return -farthest
	}
	most = farthest
	if high != nil {
		most = int64(math.Floor(decimal.Round(*high*unit, 6)))
	}
	return unit, least, most
}

// farthest is how many steps away a value is looked for.
const farthest = int64(1) << 46
