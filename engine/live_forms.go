package engine

import (
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/sheet"
)

// live gives the points of the first rung that holds.
func (l ladder) live(b *liveItem, table *formula.Table) liveForm {
	out := liveForm{x: sheet.Num(l.rest), exact: true}
	var outer []formula.Term
	for i := len(l.rungs) - 1; i >= 0; i-- {
		r := l.rungs[i]
		t := b.holds(r.test, table)
		if len(outer) > 0 && !t.SameReads(outer[0]) {
			out.x = b.s.Guarded(formula.Join(out.x, formula.Number, outer...))
			outer = nil
		}
		out.x = sheet.If(t.X, sheet.Num(r.points), out.x)
		out.exact = out.exact && b.written(r.points)
		out.can |= t.Can()
		outer = append(outer, t)
	}
	if len(outer) > 0 {
		out.x = b.s.Guarded(formula.Join(out.x, formula.Number, outer...))
	}
	return out
}

// written reports whether points need no rounding.
func (b *live) written(points float64) bool {
	return points == decimal.Round(points, int(b.pointsPlaces()))
}

// holds is a condition as a term: of single values, or with each of all rows.
func (l *liveItem) holds(t test, table *formula.Table) formula.Term {
	if t.each == nil {
		if t.cond == l.gapOf {
			return l.gap
		}
		return l.s.Translate(t.cond, table)
	}
	if l.empty(t.each) {
		return l.s.Number(l.s.StoreAs(sheet.Str(l.words.Missing), formula.Truth, formula.OnlyMissing, nil, l.label))
	}
	f := l.flags(t, nil)
	column := sheet.Whole(f.Cell)
	failing, passed := sheet.CountIfs(column, sheet.Num(0)), sheet.CountIfs(column, sheet.Num(1))
	if t.least > 0 {
		return l.enough(t, f, column, failing, passed)
	}
	e := sheet.If(sheet.Cmp(">", failing, sheet.Num(0)), sheet.Num(0), l.s.TallyOf(column, f.Can(), sheet.Num(1)))
	p := l.s.StoreAs(e, formula.Truth, f.Can()|formula.NotApplicable, nil, append(l.label, diag.M(", all rows")))
	return l.s.Read(p)
}

// enough is whether so many percent of the rows hold. Rows that aren't known keep
// it from being decided only while they could turn it.
func (l *liveItem) enough(t test, f formula.Place, column, failing, passed *sheet.Expr) formula.Term {
	count := sheet.Ref(l.live.cell(nil, append(l.label, diag.M(", rows counted")), sheet.Sub(sheet.Rows(column), sheet.CountIfs(column, sheet.Str("")))))
	reached := func(n *sheet.Expr) *sheet.Expr {
		return sheet.Cmp(">=", sheet.Round(sheet.Sub(percentOf(n, count), sheet.Num(t.least)), edge(t.least)), sheet.Num(0))
	}
	e := sheet.If(reached(passed), sheet.Num(1),
		sheet.If(sheet.Not(reached(sheet.Sub(count, failing))), sheet.Num(0), l.s.TallyOf(column, f.Can(), sheet.Num(0))))
	e = sheet.If(sheet.Cmp("=", count, sheet.Num(0)), sheet.Str(l.words.Inapplicable), e)
	p := l.s.StoreAs(e, formula.Truth, f.Can()|formula.NotApplicable, nil, append(l.label, diag.M(", enough rows")))
	return l.s.Read(p)
}

// selected is the column that says which rows a test counts; all says that there is
// none because it counts all.
func (l *liveItem) selected(t test) (in formula.Place, all bool) {
	mask, view := l.s.Mask(t.each)
	if t.where == nil {
		return mask, !view
	}
	where := l.s.Store(l.s.Translate(t.where, t.each.Root()), t.each.Root(), append(l.label, diag.M(", rows that count")))
	if where.Cell.Table == "" {
		where = l.s.StoreAs(sheet.Ref(where.Cell).Spread(l.m.Rows[t.each.Index]), formula.Truth, where.Can(), t.each.Root(), l.label)
	}
	if !view {
		return where, false
	}
	x, y := sheet.Ref(mask.Cell), sheet.Ref(where.Cell)
	both := formula.Join(sheet.Num(1), formula.Number, l.s.Number(mask), l.s.Number(where))
	e := sheet.If(sheet.Or(sheet.Cmp("=", x, sheet.Num(0)), sheet.Cmp("=", y, sheet.Num(0))), sheet.Num(0), l.s.Guarded(both))
	return l.s.StoreAs(e, formula.Truth, mask.Can()|where.Can(), t.each.Root(), append(l.label, diag.M(", rows that count"))), false
}

// flags is the column of a test's judgements: 1, 0, why not, or nothing where the
// row doesn't count. takes is what points are taken for where the test holds.
func (l *liveItem) flags(t test, takes diag.Phrase) formula.Place {
	in, all := l.selected(t)
	term := l.s.Translate(t.cond, t.each.Root())
	if !all {
		term = formula.Join(term.X, formula.Truth, term, l.s.Number(in))
	}
	x := l.s.Guarded(term).Spread(l.m.Rows[t.each.Index])
	p := l.counted(in, all, x, term.Can(), t.each.Root())
	p.Cell.Label = append(l.label[:len(l.label):len(l.label)], diag.M(": passes"))
	if takes != nil {
		p.Cell.Label = append(takes[:len(takes):len(takes)], diag.M(": points taken"))
	}
	l.cells.Rows = append(l.cells.Rows, RowsJudged{Cell: p.Cell, Against: takes != nil})
	return p
}

// live starts with some points and adds or takes some for each term.
func (s sum) live(b *liveItem, table *formula.Table) liveForm {
	var got, settled []*sheet.Expr
	var states []formula.Place
	out := liveForm{steps: true}
	if s.start != 0 {
		got = append(got, sheet.Num(s.start))
	}
	for _, t := range s.terms {
		n, known := b.count(t, table)
		states = append(states, known)
		out.can |= known.Can()
		out.steps = out.steps && t.started != "part" && b.written(t.per) && b.written(t.max)
		p := sheet.Mul(n, sheet.Num(t.per))
		if t.per == 1 {
			p = n
		}
		switch {
		case t.max > 0 && t.per < 0:
			p = sheet.Greatest(p, sheet.Num(-t.max))
		case t.max > 0:
			p = sheet.Least(p, sheet.Num(t.max))
		}
		got = append(got, p)
	}
	total := sheet.Sums(got...)
	if s.best {
		total = sheet.Greatest(append(got, sheet.Num(0))...)
	}
	if table == nil || !total.ByRow() {
		table = nil
	}
	points := sheet.Ref(b.live.cell(table, append(b.label, diag.M(", points before the bounds")), b.s.Short(total, table, b.label)))
	bounded := sheet.Least(sheet.Greatest(points, sheet.Num(0)), sheet.Num(s.full))
	if out.can == 0 {
		out.x = bounded
		return out
	}
	// Whatever is still unknown doesn't matter once all is lost, or won.
	settled = append(settled, sheet.Cmp("<=", sheet.Round(points, sheet.Num(12)), sheet.Num(0)))
	if s.terms[0].per > 0 {
		settled[0] = sheet.Cmp(">=", sheet.Round(sheet.Sub(points, sheet.Num(s.full)), edge(s.full)), sheet.Num(0))
	}
	state := b.s.Worst(states, table, append(b.label, diag.M(", what is not known")))
	out.x = sheet.If(settled[0], bounded, sheet.If(sheet.Cmp("=", sheet.Ref(state.Cell), sheet.Str("")), bounded, sheet.Ref(state.Cell)))
	return out
}

// count is how often a term takes or gives: a number as far as it is known, and the
// cell that says whether it is known.
func (l *liveItem) count(t term, table *formula.Table) (n *sheet.Expr, known formula.Place) {
	label := append(l.label[:len(l.label):len(l.label)], diag.Verbatim(" "+t.name()))
	switch {
	case t.fails != nil:
		return l.rowsOf(*t.fails, 0, label, false)
	case t.rows != nil:
		return l.rowsOf(*t.rows, 1, label, t.per < 0)
	case t.each != nil:
		return l.timesOfRows(t, label)
	}
	p := l.s.Store(l.s.Translate(t.times, table), table, label)
	x := sheet.Ref(p.Cell)
	if p.Can() != 0 {
		x = sheet.N(x)
	}
	return t.stepped(x), p
}

// rowsOf counts the rows of a test that came out as wanted, which may be against them.
func (l *liveItem) rowsOf(t test, wanted float64, label diag.Phrase, against bool) (n *sheet.Expr, known formula.Place) {
	if t.each == nil {
		p := l.s.Store(l.s.Translate(t.cond, nil), nil, label)
		return l.whether(p, wanted), p
	}
	if l.empty(t.each) {
		return sheet.Num(0), l.s.StoreAs(sheet.Str(l.words.Missing), formula.Number, formula.OnlyMissing, nil, label)
	}
	var takes diag.Phrase
	if against {
		takes = label
	}
	f := l.flags(t, takes)
	column := sheet.Whole(f.Cell)
	state := l.s.StoreAs(l.s.TallyOf(column, f.Can(), sheet.Num(1)), formula.Number, f.Can()|formula.NotApplicable, nil, append(label, diag.M(", whether known")))
	return sheet.CountIfs(column, sheet.Num(wanted)), state
}

// whether is 1 where a stored condition came out as wanted.
func (l *liveItem) whether(p formula.Place, wanted float64) *sheet.Expr {
	return sheet.If(sheet.And(sheet.IsNumber(sheet.Ref(p.Cell)), sheet.Cmp("=", sheet.Ref(p.Cell), sheet.Num(wanted))), sheet.Num(1), sheet.Num(0))
}

// timesOfRows adds up the times of the selected rows.
func (l *liveItem) timesOfRows(t term, label diag.Phrase) (n *sheet.Expr, known formula.Place) {
	if l.empty(t.each) {
		return sheet.Num(0), l.s.StoreAs(sheet.Str(l.words.Missing), formula.Number, formula.OnlyMissing, nil, label)
	}
	root := t.each.Root()
	in, all := l.selected(test{each: t.each, where: t.where})
	times := l.s.Translate(t.times, root)
	times = formula.Join(t.stepped(times.X), formula.Number, times)
	if !all {
		times = formula.Join(times.X, formula.Number, times, l.s.Number(in))
	}
	x := l.s.Guarded(times).Spread(l.m.Rows[t.each.Index])
	row := l.counted(in, all, x, times.Can(), root)
	column := sheet.Whole(row.Cell)
	state := l.s.StoreAs(l.s.TallyOf(column, row.Can(), sheet.Num(1)), formula.Number, row.Can()|formula.NotApplicable, nil, append(label, diag.M(", whether known")))
	return sheet.Sum(column), state
}

// stepped turns a number of times into whole steps as the author chose.
func (t term) stepped(n *sheet.Expr) *sheet.Expr {
	if n.IsTruth() {
		return sheet.If(n, sheet.Num(1), sheet.Num(0))
	}
	if t.times.Kind == formula.Truth {
		return n
	}
	n = sheet.Greatest(n, sheet.Num(0))
	switch t.started {
	case "up":
		return sheet.Neg(sheet.Int(sheet.Neg(sheet.Round(n, sheet.Num(9)))))
	case "down":
		return sheet.Int(sheet.Round(n, sheet.Num(9)))
	default:
		return n
	}
}

// live gives points in proportion.
func (l line) live(b *liveItem, table *formula.Table) liveForm {
	full := sheet.Num(l.full)
	if l.share != nil {
		if l.share.each != nil && b.empty(l.share.each) {
			return liveForm{x: sheet.Str(b.words.Missing), can: formula.OnlyMissing}
		}
		f := b.flags(*l.share, nil)
		column := sheet.Whole(f.Cell)
		share := sheet.Div(sheet.Mul(full, sheet.CountIfs(column, sheet.Num(1))), sheet.Count(column))
		return liveForm{x: b.s.TallyOf(column, f.Can(), share), can: f.Can() | formula.NotApplicable}
	}
	v := b.s.Translate(l.value, table)
	part := sheet.Div(sheet.Sub(v.X, sheet.Num(l.from)), sheet.Num(l.to-l.from))
	x := sheet.Mul(full, sheet.Least(sheet.Greatest(part, sheet.Num(0)), sheet.Num(1)))
	t := formula.Join(x, formula.Number, v)
	return liveForm{x: b.s.Guarded(t), can: t.Can()}
}

// live takes points that come from outside.
func (g given) live(b *liveItem, table *formula.Table) liveForm {
	v := b.s.Translate(g.points, table)
	t := formula.Join(sheet.Least(sheet.Greatest(v.X, sheet.Num(0)), sheet.Num(g.full)), formula.Number, v)
	return liveForm{x: b.s.Guarded(t), can: t.Can()}
}
