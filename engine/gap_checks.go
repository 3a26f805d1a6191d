package engine

import (
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/formula"
)

// failing are the rows in which a check that is no warning fails.
func (g *gapper) failing(k check) map[int]bool {
	out := map[int]bool{}
	if k.src.Level.Text != "warning" {
		g.m.Reset()
		for _, row := range k.test.run(g.m).failing {
			out[row] = true
		}
	}
	return out
}

// unsound finds what the data would be reproached with after a change of some rows
// of a lever: the rows that break a bound or check they didn't break before. all
// says that it isn't the fault of one row. Figures that must be equal have to be
// changed together, so such checks don't count.
func (g *gapper) unsound(l *lever) (rows map[int]bool, all bool) {
	rows = map[int]bool{}
	root := l.name.Table
	blame := func(t *formula.Table, row int) {
		if root == nil || t == nil || t.Root() != root {
			all = true
		}
		rows[row] = true
	}
	for _, i := range l.checks {
		k := g.checks[i]
		if k.src.Level.Text == "warning" || k.test.cond.Equates() {
			continue
		}
		for row := range g.failing(k) {
			if !g.broken[i][row] {
				blame(k.test.each, row)
			}
		}
	}
	for _, i := range l.bounds {
		b := g.bounds[i]
		g.m.Reset()
		value, limit := g.m.Slots[b.name.Slots[0]], b.limit.Eval(g.m)
		for row, state := range value.State {
			at := min(row, limit.Len()-1)
			if state != formula.Known || limit.State[at] != formula.Known {
				continue
			}
			if c := decimal.Compare(value.Num[row], limit.Num[at]); b.least && c < 0 || !b.least && c > 0 {
				blame(b.name.Table, row)
			}
		}
	}
	g.m.Reset()
	return rows, all
}

// moves reports whether a formula rests on a lever.
func (g *gapper) moves(l *lever, f *formula.Formula) bool { return l.movesAny(slots(f)) }

func (l *lever) movesAny(list []int) bool {
	return slices.ContainsFunc(list, func(s int) bool { return l.moves[s] })
}
