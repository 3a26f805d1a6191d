package engine

import (
	"math"
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// lacks of a ladder are what keeps it from the next rung; of rows, the rows that
// fail. Further ways lead to the rungs above.
func (l ladder) lacks(g *gapper) ([]Lack, []*Way) {
	if len(l.rungs) == 0 {
		return nil, nil
	}
	switch first := l.rungs[0]; {
	case first.label != nil:
		return g.levels(l)
	case first.test.each != nil:
		lacks := g.rowLacks(first.test, true)
		if len(l.rungs) == 1 && l.rest == 0 && first.test.least == 0 {
			g.joined(first.test, lacks)
		}
		return lacks, nil
	case len(l.rungs) == 1:
		return g.conditions(first.test.cond)
	}
	var lacks []Lack
	var more []*Way
	for _, r := range slices.Backward(l.rungs) {
		if decimal.Compare(r.points, g.now) <= 0 {
			continue
		}
		own, ways := g.lacksOf(g.holds(r.test.cond, nil, nil, true), r.test.cond)
		if lacks == nil {
			lacks, more = own, append(more, ways...)
			continue
		}
		for _, lack := range own {
			ways = append(ways, g.way(lack.Changes, lack.effort))
		}
		more = append(more, ways...)
	}
	return lacks, more
}

// levels are the levels of a judgement above the one that was given.
func (g *gapper) levels(l ladder) ([]Lack, []*Way) {
	answer := g.lever(l.rungs[0].test.cond.Names()[0])
	given := g.m.Slots[answer.slot].Text[0]
	var lacks []Lack
	var more []*Way
	for i, r := range slices.Backward(l.rungs) {
		if decimal.Compare(r.points, g.now) <= 0 {
			continue
		}
		c := g.change(answer, 0, 0, 0)
		c.Path, c.Level, c.FromLevel = g.it.src.Title.Text, g.it.src.Judge.Levels[i].Level.Text, given
		if lacks == nil {
			lacks = []Lack{{Words: levelWords(c, r.label), Changes: []Change{c}, effort: 1}}
		} else {
			more = append(more, g.way([]Change{c}, float64(len(more)+2)))
		}
	}
	return lacks, more
}

// lacks of a sum are those of its terms.
func (s sum) lacks(g *gapper) ([]Lack, []*Way) {
	var lacks []Lack
	var more []*Way
	for _, t := range s.terms {
		if s.best && decimal.Compare(t.best(s), g.now) <= 0 {
			continue
		}
		own, ways := g.termLacks(t, s)
		lacks, more = append(lacks, own...), append(more, ways...)
	}
	if !s.best && len(lacks) > 1 {
		more = append(more, g.inTurn(lacks))
	}
	return lacks, more
}

// best is what a term can give at most.
func (t term) best(s sum) float64 {
	switch {
	case t.max > 0:
		return t.max
	case t.times != nil && t.times.Kind == formula.Truth && t.each == nil:
		return t.per
	}
	return s.full
}

// termLacks is what makes a term take points, or not give them.
func (g *gapper) termLacks(t term, s sum) ([]Lack, []*Way) {
	c := t.count(g.m)
	switch {
	case c.State[0] == formula.Inapplicable:
		return nil, nil
	case c.State[0] != formula.Known && t.fails == nil && t.rows == nil:
		return []Lack{{Words: diag.P(diag.M("“%s” is not known yet: %s", t.name(), ""), states[c.State[0]].Words())}}, nil
	}
	is, wanted := t.points(c.Num[0]), 0.0
	if t.per > 0 {
		if wanted = t.best(s); wanted == s.full && !s.best {
			wanted = is + s.full - g.now
		}
	}
	if decimal.Compare(is, wanted) >= 0 {
		return nil, nil
	}
	switch {
	case t.fails != nil:
		return named(t, g.rowLacks(*t.fails, true)), nil
	case t.rows != nil:
		return named(t, g.rowLacks(*t.rows, t.per > 0)), nil
	case t.each != nil && t.per < 0:
		return named(t, g.timesLacks(t)), nil
	}
	gives := func(points float64, more bool) aim {
		return aim{formulas: []*formula.Formula{t.times}, met: func(m *formula.Machine) formula.Column {
			c := t.count(m)
			at := decimal.Compare(t.points(c.Num[0]), points)
			return truth(m, c.State[0] == formula.Known && (at > 0 || at == 0 && !more))
		}}
	}
	if t.each != nil {
		return named(t, g.moreTimes(t, gives(wanted, false))), nil
	}
	lacks, ways := g.lacksOf(gives(wanted, false), t.times)
	if once := t.points(math.Floor(c.Num[0]) + 1); t.per > 0 && len(lacks) == 1 && lacks[0].Changes == nil && once < wanted {
		lacks, ways = g.lacksOf(gives(once, false), t.times) // there may be no more of it
	}
	if f := g.reach(gives(is, true)); f.changes != nil {
		ways = append(ways, g.way(f.changes, f.effort))
	}
	return named(t, lacks), ways
}

// named puts the author's words for a term before its lacks.
func named(t term, lacks []Lack) []Lack {
	for i := range lacks {
		if answered := t.times != nil && len(t.times.Names()) == 1 && t.times.Names()[0].Answer; t.label != "" && lacks[i].Row == "" && !answered {
			lacks[i].Words = append(diag.P(diag.M("%s: ", t.label)), lacks[i].Words...)
		}
	}
	return lacks
}

// timesLacks are the rows whose times take points.
func (g *gapper) timesLacks(t term) []Lack {
	o := g.holds(t.times, t.each, t.where, true)
	count := func(m *formula.Machine) formula.Column {
		c, in := t.times.Eval(m), selected(m, t.each, t.where)
		out := m.Take(m.Rows[t.each.Index])
		for i := range out.State {
			at := min(i, c.Len()-1)
			counts, state := in.at(i)
			out.State[i], out.Num[i] = formula.Known, 0
			if counts && state == formula.Known && c.State[at] == formula.Known && t.steps(c, at) <= 0 {
				out.Num[i] = 1
			}
		}
		return out
	}
	o.met, o.all = count, nil
	var rows []int
	none, c, in := count(g.m), t.times.Eval(g.m), selected(g.m, t.each, t.where)
	for row := range none.State {
		if counts, state := in.at(row); counts && state == formula.Known && none.Num[row] == 0 && c.State[min(row, c.Len()-1)] == formula.Known {
			rows = append(rows, row)
		}
	}
	return g.lacksIn(o, test{cond: t.times, each: t.each, where: t.where}, rows, true)
}

// moreTimes is one cell by which the times of rows, added up, are enough.
func (g *gapper) moreTimes(t term, o aim) []Lack {
	var rows []int
	in := selected(g.m, t.each, t.where)
	for row := range g.m.Rows[t.each.Index] {
		if counts, state := in.at(row); counts && state == formula.Known {
			rows = append(rows, row)
		}
	}
	if f := g.cell(o, o.formulas, t.each, rows, true); f.changes != nil {
		return []Lack{{Words: f.words, Changes: f.changes, effort: f.effort}}
	}
	c := t.count(g.m)
	return []Lack{{Words: diag.P(diag.M("%s: %s. ", t.name(), decimal.Format(c.Num[0], 4)), diag.M("; no single figure mends it"))}}
}

// lacks of a line are what keeps its value from the end, or the rows that fail.
func (l line) lacks(g *gapper) ([]Lack, []*Way) {
	if l.share != nil {
		return g.rowLacks(*l.share, true), nil
	}
	return g.lacksOf(g.earns(l.full), l.value)
}

// lacks of given points are what keeps their formula from the full points.
func (g given) lacks(of *gapper) ([]Lack, []*Way) {
	switch {
	case g.label != nil:
		answer := of.lever(g.points.Names()[0])
		c := of.change(answer, 0, of.m.Slots[answer.slot].Num[0], g.full)
		c.Path, c.Unit = of.it.src.Title.Text, ""
		return []Lack{{Words: diag.P(diag.M("judged %s of %s points", points(c.From), points(c.To))), Changes: []Change{c}, effort: 1}}, nil
	}
	return of.lacksOf(of.earns(g.full), g.points)
}

// overLacks are the rows that haven't full points, of an item that is scored row by
// row.
func (g *gapper) overLacks(it *item) []Lack {
	var formulas []*formula.Formula
	for _, t := range it.scoring.tests() {
		formulas = append(formulas, t.cond)
	}
	most := it.full // of one row
	if l, is := it.scoring.(ladder); is {
		most = 0
		for _, r := range l.rungs {
			most = max(most, r.points)
		}
	}
	full := func(m *formula.Machine) formula.Column {
		out := m.Take(m.Rows[it.over.each.Index])
		it.scoring.judge(m, out)
		in := selected(m, it.over.each, it.over.where)
		for row := range out.State {
			counts, known := in.at(row)
			got := out.State[row] == formula.Known && decimal.Compare(out.Num[row], most) >= 0
			if out.Num[row] = 0; got && counts && known == formula.Known {
				out.Num[row] = 1
			}
			out.State[row] = formula.Known
		}
		return out
	}
	has := slices.Clone(full(g.m).Num)
	points := g.m.Take(g.m.Rows[it.over.each.Index])
	it.scoring.judge(g.m, points)
	in := selected(g.m, it.over.each, it.over.where)
	var rows []int
	for row, state := range points.State {
		if counts, known := in.at(row); counts && known == formula.Known && state == formula.Known && has[row] == 0 {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return []Lack{{Words: diag.P(diag.M("every row has the most a row can get; together they are too few"))}}
	}
	o := aim{each: it.over.each, formulas: formulas, met: full}
	return g.lacksIn(o, test{cond: formulas[0], each: it.over.each, where: it.over.where}, rows, true)
}

// conditions are the parts of a condition that don't hold.
func (g *gapper) conditions(cond *formula.Formula) ([]Lack, []*Way) {
	var lacks []Lack
	var more []*Way
	for _, f := range cond.Aims() {
		if f.Eval(g.m).True(0) {
			continue
		}
		own, ways := g.lacksOf(g.holds(f, nil, nil, true), f)
		lacks, more = append(lacks, own...), append(more, ways...)
	}
	return lacks, more
}

// lacksOf is what keeps a single value from an aim: one lack, or of a coefficient of
// variation the rows that move it most and a way to bring it down.
func (g *gapper) lacksOf(o aim, f *formula.Formula) ([]Lack, []*Way) {
	found := g.reach(o)
	switch {
	case found.lacks != nil && found.changes != nil:
		w := g.way(found.changes, found.effort)
		w.ToMean = true
		return found.lacks, []*Way{w}
	case found.lacks != nil:
		return append([]Lack{{Words: g.distance(f, 0)}}, found.lacks...), nil
	case found.changes == nil:
		return []Lack{{Words: g.distance(f, 0)}}, nil
	}
	words := found.words
	if words == nil {
		words = g.changeWords(found.changes)
	}
	return []Lack{{Words: words, Changes: found.changes, effort: found.effort, aim: &o}}, nil
}
