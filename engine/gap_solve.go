package engine

import (
	"cmp"
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/formula"
)

// aim is something to reach, once or in rows of a table.
type aim struct {
	each     *formula.Table
	formulas []*formula.Formula // on which it rests
	met      func(m *formula.Machine) formula.Column
	all      *formula.Formula // the condition that must hold, or nil
	byRow    bool             // met looks at each row by itself, and selects them by where
	where    *formula.Formula
	fixed    []*formula.Formula // what these rest on isn't changed: the weights of a mean
	rise     bool               // only by more of something, of that on which least else rests
}

// Bounds of the work for one item.
const (
	mostSearched = 12 // rows that are searched one by one, where each depends on the others
	mostCells    = 3  // cells of a column that are tried for its total
	mostMended   = 60 // rows for which several changes together are looked for
)

// holds is the goal that a condition holds in the rows that are selected.
func (g *gapper) holds(cond *formula.Formula, each *formula.Table, where *formula.Formula, want bool) aim {
	o := aim{each: each, formulas: []*formula.Formula{cond}, byRow: true, where: where, met: func(m *formula.Machine) formula.Column {
		c, in := cond.Eval(m), selected(m, each, where)
		rows := c.Len()
		if each != nil {
			rows = m.Rows[each.Index]
		}
		out := m.Take(rows)
		for i := range rows {
			at := min(i, c.Len()-1)
			counts, state := in.at(i)
			out.State[i], out.Num[i] = formula.Known, 0
			if counts && state == formula.Known && c.State[at] == formula.Known && (c.Num[at] != 0) == want {
				out.Num[i] = 1
			}
		}
		return out
	}}
	if want {
		o.all = cond
	}
	return o
}

// earns is the goal that the item has at least so many points.
func (g *gapper) earns(points float64) aim {
	var formulas []*formula.Formula
	for _, t := range g.it.scoring.tests() {
		formulas = append(formulas, t.cond)
	}
	return aim{formulas: formulas, met: func(m *formula.Machine) formula.Column {
		v := g.judge(m, g.it)
		return truth(m, v.state == formula.Known && decimal.Compare(g.onPaper(g.it, v), points) >= 0)
	}}
}

func truth(m *formula.Machine, is bool) formula.Column {
	out := m.Take(1)
	out.State[0], out.Num[0] = formula.Known, 0
	if is {
		out.Num[0] = 1
	}
	return out
}

// pull is a lever of a goal.
type pull struct {
	*lever
	base bool
}

// pulls are the levers of a goal in the table of its rows, or among single values.
func (g *gapper) pulls(o aim) []pull {
	var out []pull
	kept := map[*formula.Name]bool{}
	for _, f := range o.fixed {
		for _, n := range f.Inputs() {
			kept[n.Name] = true
		}
	}
	var root *formula.Table
	if o.each != nil {
		root = o.each.Root()
	}
	for _, f := range o.formulas {
		for _, in := range f.Inputs() {
			if in.Kind == formula.Text || in.Table != root || kept[in.Name] {
				continue
			}
			if l := g.lever(in.Name); l != nil && !slices.ContainsFunc(out, func(p pull) bool { return p.lever == l }) {
				out = append(out, pull{l, in.Base})
			}
		}
	}
	if o.rise && len(out) > 0 {
		fewest := slices.MinFunc(out, func(a, b pull) int { return cmp.Compare(a.readers, b.readers) }).readers
		out = slices.DeleteFunc(out, func(p pull) bool { return p.readers > fewest })
	}
	return out
}

// effort is how large a change is, counted more often the more rests on the value.
// That the base of a comparison is lowered, fewer pupils, a smaller budget, is the last
// that is named.
func (p pull) effort(c Change) float64 {
	e := c.Relative() * float64(p.readers)
	if p.base && c.To < c.From {
		e *= 1000
	}
	return e
}

// option is one change that reaches the goal in a row.
type option struct {
	change Change
	effort float64
	alone  bool // found while the other rows were as they are
	base   bool // what others are measured by would be lowered
}

// solve finds for each row the smallest change of one value that reaches the goal.
func (g *gapper) solve(o aim, rows []int) map[int]option {
	options := map[int][]option{}
	need := g.needed(o.formulas, o.each)
	demands := g.demands(o)
	for _, p := range g.pulls(o) {
		alone := o.each != nil && !g.local(p.lever, need, o.formulas)
		near := rows
		if alone {
			near = rows[:min(len(rows), mostSearched)]
		}
		rising, falling := g.able(near, p.lever, demands)
		for _, up := range []bool{true, false} {
			if o.rise && !up {
				continue
			}
			able := rising
			if !up {
				able = falling
			}
			groups := [][]int{able}
			if alone {
				groups = nil
				for _, row := range able {
					groups = append(groups, []int{row})
				}
			}
			for _, group := range groups {
				for row, to := range g.search(o, p.lever, need, group, up) {
					c := g.change(p.lever, row, g.m.Slots[p.slot].Num[row], to)
					c.lowers = p.base && to < c.From
					options[row] = append(options[row], option{c, p.effort(c), alone, c.lowers})
				}
			}
		}
	}
	return g.sound(o, options)
}

// local reports whether the value of a row doesn't rest on a lever in other rows.
func (g *gapper) local(l *lever, need needed, formulas []*formula.Formula) bool {
	whole := func(f *formula.Formula) bool {
		return f != nil && slices.ContainsFunc(f.Whole(), func(n *formula.Name) bool {
			return slices.ContainsFunc(n.Slots, func(s int) bool { return l.moves[s] })
		})
	}
	for _, i := range l.chain {
		if k := g.derived[i]; need.derived[i] && (k.view != nil && whole(k.view.Where) || k.view == nil && (whole(k.name.Formula) || whole(k.name.When))) {
			return false
		}
	}
	return !slices.ContainsFunc(formulas, whole)
}

// sound takes for each row the smallest option with which the goal is reached and
// nothing new is wrong with the data.
func (g *gapper) sound(o aim, options map[int][]option) map[int]option {
	out := map[int]option{}
	for _, list := range options {
		slices.SortStableFunc(list, func(a, b option) int { return cmp.Compare(a.effort, b.effort) })
	}
	for len(options) > 0 {
		byLever := map[*lever][]int{}
		var order []*lever
		for _, row := range sortedRows(options) {
			l := options[row][0].change.lever
			if byLever[l] == nil {
				order = append(order, l)
			}
			byLever[l] = append(byLever[l], row)
		}
		for _, l := range order {
			for _, row := range g.approve(o, l, byLever[l], options) {
				out[row] = options[row][0]
				delete(options, row)
			}
		}
		for row, list := range options {
			if options[row] = list[1:]; len(list) == 1 {
				delete(options, row)
			}
		}
	}
	return out
}

func sortedRows[T any](of map[int]T) []int {
	rows := make([]int, 0, len(of))
	for row := range of {
		rows = append(rows, row)
	}
	slices.Sort(rows)
	return rows
}

// approve makes the first options of some rows and says in which all is well.
func (g *gapper) approve(o aim, l *lever, rows []int, options map[int][]option) []int {
	var out []int
	groups := [][]int{rows}
	if options[rows[0]][0].alone {
		groups = nil
		for _, row := range rows {
			groups = append(groups, []int{row})
		}
	}
	for _, group := range groups {
		list := make([]Change, 0, len(group))
		for _, row := range group {
			list = append(list, options[row][0].change)
		}
		g.with(list, func() {
			met := o.met(g.m)
			good := slices.DeleteFunc(slices.Clone(group), func(row int) bool { return !met.True(min(row, met.Len()-1)) })
			bad, all := g.unsound(l)
			for _, row := range good {
				if !all && !bad[row] {
					out = append(out, row)
				}
			}
		})
	}
	return out
}
