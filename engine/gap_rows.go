package engine

import (
	"cmp"
	"slices"

	"dudao/engine/diag"
	"dudao/engine/formula"
)

// rowLacks are the rows for which a condition doesn't hold, or with want false those
// for which it does, the nearest first.
func (g *gapper) rowLacks(t test, want bool) []Lack {
	out := t.run(g.m)
	rows := out.failing
	if !want {
		rows = t.holding(g.m)
	}
	lacks := g.lacksIn(g.holds(t.cond, t.each, t.where, want), t, rows, want)
	for _, unknown := range []struct {
		state State
		rows  []int
	}{{Missing, out.missing}, {Open, out.open}, {Failed, out.errors}} {
		for _, name := range keys(g.m, t.each, unknown.rows) {
			lacks = append(lacks, Lack{Table: t.each.Root().Name, Row: name, Words: diag.P(unknown.state.Words())})
		}
	}
	return lacks
}

// lacksIn are the lacks in some rows.
func (g *gapper) lacksIn(o aim, t test, rows []int, want bool) []Lack {
	single := g.solve(o, rows)
	out := make([]Lack, len(rows))
	mended := 0
	for i, name := range keys(g.m, t.each, rows) {
		lack := &out[i]
		lack.Table, lack.Row = t.each.Root().Name, name
		s, ok := single[rows[i]]
		if ok {
			lack.Changes, lack.effort = []Change{s.change}, s.effort
		}
		if !ok || s.base {
			if mended++; want && mended <= mostMended {
				if more, effort := g.several(o, t, rows[i]); more != nil && (!ok || effort < s.effort) {
					lack.Changes, lack.effort = more, effort
				}
			}
		}
	}
	g.say(out, t, rows, want)
	slices.SortStableFunc(out, func(a, b Lack) int {
		if (a.Changes == nil) != (b.Changes == nil) {
			return cmp.Compare(len(b.Changes), len(a.Changes))
		}
		return cmp.Compare(a.effort, b.effort)
	})
	return out
}

// joined marks, where several rows fail of which all must hold for any point, the lacks
// whose changes act on their own row alone: nothing is gained by one of them.
func (g *gapper) joined(t test, lacks []Lack) {
	if len(t.run(g.m).failing) < 2 {
		return
	}
	o := g.holds(t.cond, t.each, t.where, true)
	need := g.needed([]*formula.Formula{t.cond, t.where}, t.each)
	for i := range lacks {
		lacks[i].joint = !slices.ContainsFunc(lacks[i].Changes, func(c Change) bool {
			return c.Table != t.each.Root().Name || c.row != lacks[i].Row || !g.byRow(o, c.lever, need)
		})
	}
}

// say puts the lacks of rows into words. No value is changed meanwhile, so what is
// computed for one row is there for the others.
func (g *gapper) say(lacks []Lack, t test, rows []int, want bool) {
	defer g.m.Remember()()
	for i := range lacks {
		lack := &lacks[i]
		if lack.Changes == nil {
			lack.Words = g.distance(t.cond, rows[i])
			continue
		}
		lack.Words = g.rowWords(lack.Changes, t.each.Root(), rows[i])
		if want && !t.names(lack.Changes) {
			lack.Stands = t.cond.Unmet(g.m, rows[i])
		}
	}
}

// several looks for changes that together reach an aim in one row: condition by
// condition, standard by standard, always from where the last change has led.
func (g *gapper) several(o aim, t test, row int) ([]Change, float64) {
	var made []option
	each := func(f *formula.Formula) aim { return g.holds(f, t.each, t.where, true) }
	take := func(s option) {
		g.make([]Change{s.change})
		made = append(made, s)
	}
	mend := func(f *formula.Formula) bool {
		s, ok := g.solve(each(f), []int{row})[row]
		if ok {
			take(s)
		}
		return ok
	}
	holds := func(o aim) bool {
		met := o.met(g.m)
		return met.True(min(row, met.Len()-1))
	}
	for _, f := range t.cond.Aims() {
		if f.Kind != formula.Truth || holds(each(f)) {
			continue
		}
		if list, all := f.Standards(); list != nil {
			for i, s := range g.standards(each, list, row) {
				if i == 0 {
					take(s.option) // nothing was changed since it was found
				} else if !mend(s.f) {
					continue
				}
				if !all && holds(each(f)) {
					break
				}
			}
			continue
		}
		if !mend(f) {
			for _, p := range f.Functions() {
				if flips := g.flips(each(f), row, p); flips.changes != nil {
					for _, c := range flips.changes {
						take(option{change: c, effort: flips.effort / float64(len(flips.changes))})
					}
					break
				}
			}
		}
	}
	reached := holds(o)
	for i := len(made) - 1; i >= 0; i-- {
		g.unmake([]Change{made[i].change})
	}
	if !reached {
		return nil, 0
	}
	var changes []Change
	effort := 0.0
	for _, s := range made {
		changes, effort = append(changes, s.change), effort+s.effort
	}
	changes = merged(changes)
	return g.tight(o, row, g.spared(o, row, changes)), effort
}

// standard is one that a row doesn't meet, and what by itself would mend it.
type standard struct {
	f *formula.Formula
	option
}

// standards are the standards that a row doesn't meet and could, the nearest first.
func (g *gapper) standards(each func(*formula.Formula) aim, list []*formula.Formula, row int) []standard {
	var failing []standard
	for _, f := range list {
		if met := each(f).met(g.m); met.True(min(row, met.Len()-1)) {
			continue
		}
		if s, ok := g.solve(each(f), []int{row})[row]; ok {
			failing = append(failing, standard{f, s})
		}
	}
	slices.SortStableFunc(failing, func(a, b standard) int { return cmp.Compare(a.effort, b.effort) })
	return failing
}

// spared leaves out the changes without which the aim is reached, too.
func (g *gapper) spared(o aim, row int, changes []Change) []Change {
	reaches := func(list []Change) (ok bool) {
		g.with(list, func() {
			met := o.met(g.m)
			ok = met.True(min(row, met.Len()-1))
		})
		return ok
	}
	if !reaches(changes) {
		return nil // merged, they aren't what was made
	}
	for i := len(changes) - 1; i >= 0; i-- {
		if fewer := slices.Delete(slices.Clone(changes), i, i+1); reaches(fewer) {
			changes = fewer
		}
	}
	return changes
}

// tight makes each of several changes as small as the others let it be.
func (g *gapper) tight(o aim, row int, changes []Change) []Change {
	for i, c := range changes {
		if c.Truth || len(changes) == 1 {
			continue
		}
		others := slices.Delete(slices.Clone(changes), i, i+1)
		g.with(others, func() {
			to, ok := g.search(o, c.lever, g.needed(o.formulas, o.each), []int{c.Index}, c.To > c.From)[c.Index]
			if ok && c.Index == row {
				changes[i].To = to
			}
		})
	}
	return changes
}

// names reports whether a condition speaks of the values that are changed.
func (t test) names(list []Change) bool {
	names := t.cond.Names()
	return !slices.ContainsFunc(list, func(c Change) bool { return !slices.Contains(names, c.lever.name) })
}
