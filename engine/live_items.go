package engine

import (
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/sheet"
)

// LiveItem are the cells of a leaf.
type LiveItem struct {
	Value, Target, Gap *sheet.Cell // nil where there is none
	Result             *sheet.Cell // what its form gives, before rounding, or why nothing
	Points             *sheet.Cell // what counts, or why nothing does yet
	Lower, Upper, Full *sheet.Cell
	Outcome            *sheet.Cell  // in the words of a rubric without points
	Own                *sheet.Cell  // what the engine gives, where an inspector gave something in its place
	Rows               []RowsJudged // of an item that looks at the rows of a table
}

// RowsJudged is a column with what an item makes of each row: 1 or 0, or points;
// nothing where the row doesn't count.
type RowsJudged struct {
	*sheet.Cell
	Points  bool
	Against bool // 1 takes points
}

func (b *live) items() {
	for i, it := range b.Program.items {
		l := liveItem{live: b, it: it, res: &b.card.Items[i], label: diag.P(diag.M("item %s", it.src.ID.Text))}
		b.Items = append(b.Items, l.build())
	}
}

type liveItem struct {
	*live
	it    *item
	res   *ItemResult
	label diag.Phrase
	cells LiveItem

	// Where a single condition is the gap against 0, it stands in a cell.
	gapOf *formula.Formula
	gap   formula.Term
}

// liveForm is a form as a spreadsheet expression: points, or the word for why there
// are none yet.
type liveForm struct {
	x   *sheet.Expr
	can formula.States
	// exact says that the points need no rounding and no bounds, steps that they never
	// lie between two numbers that they are rounded to.
	exact, steps bool
}

func (l *liveItem) own(name, suffix string) string { return l.name(name + "." + suffix) }

func (l *liveItem) build() LiveItem {
	id := l.it.src.ID.Text
	l.shownValues()
	var table *formula.Table
	if l.it.over != nil {
		table = l.it.over.each
	}
	f := l.it.scoring.live(l, table)
	if l.it.over != nil {
		f = l.over(f)
	}
	f = l.around(f)
	if given, is := l.checked(f); is {
		f, l.cells.Result = given, l.givenResult()
	} else {
		l.cells.Result = &sheet.Cell{Name: l.own(l.words.Result, id), Label: l.label, Formula: l.s.Short(f.x, nil, l.label)}
		l.cells.Result.Values = l.cells.Result.Formula.Values()
	}
	l.points(f)
	return l.cells
}

// shownValues makes the cells of the value, the target and the gap between them.
func (l *liveItem) shownValues() {
	it, id := l.it, l.it.src.ID.Text
	if it.value == nil || it.value.ByRow() {
		return
	}
	value, p := l.shownCell(it.value, l.words.Value, id)
	l.cells.Value = value
	l.s.Known(it.value, p)
	l.spread()
	if it.target == nil || it.target.ByRow() {
		return
	}
	target, q := l.shownCell(it.target, l.words.Target, id)
	l.cells.Target = target
	l.s.Known(it.target, q)
	tests := it.scoring.tests()
	if len(tests) == 0 || it.value.Kind != formula.Number {
		return
	}
	t, sign := l.s.Gap(tests[0].cond, p, q)
	if sign == "" {
		return
	}
	e := l.s.Guarded(t)
	l.cells.Gap = &sheet.Cell{Name: l.own(l.words.Gap, id), Label: l.label, Formula: l.s.Short(e, nil, l.label), Values: e.Values()}
	if left, right, _, ok := tests[0].cond.Sides(); len(tests) == 1 && ok && left.Is(it.value) && right.Is(it.target) {
		gap := l.s.Number(formula.Stand(l.cells.Gap, formula.Number, t.Can()))
		l.gapOf, l.gap = tests[0].cond, formula.Join(sheet.Cmp(sign, gap.X, sheet.Num(0)), formula.Truth, gap)
	}
}

// shownCell makes the cell of a value that the report shows.
func (l *liveItem) shownCell(f *formula.Formula, name, id string) (*sheet.Cell, formula.Place) {
	t := l.s.Translate(f, nil)
	e := l.s.Guarded(t)
	if f.Kind == formula.Truth {
		e = l.s.YesNo(t)
	}
	c := &sheet.Cell{Name: l.own(name, id), Label: f.Words(), Formula: l.s.Short(e, nil, l.label)}
	c.Values = c.Formula.Values()
	l.pin(c)
	return c, formula.Stand(c, f.Kind, t.Can())
}

// around is the form behind its condition and its gate.
func (l *liveItem) around(f liveForm) liveForm {
	w := l.words
	if g := l.it.gate; g != nil {
		p := l.s.Store(l.s.Translate(g, nil), nil, append(l.label, diag.M(", gate")))
		x := sheet.Ref(p.Cell)
		e := f.x
		if p.Can() != 0 {
			cell := l.live.cell(nil, l.label, l.s.Short(f.x, nil, l.label))
			form := sheet.Ref(cell)
			// An open gate doesn't matter where there are no points anyway; else the
			// worse of the two reasons stands.
			both := formula.Join(form, formula.Number, l.s.Number(p), l.s.Number(formula.Stand(cell, formula.Number, f.can)))
			e = sheet.If(sheet.And(sheet.IsNumber(form), sheet.Cmp("<=", sheet.N(form), sheet.Num(0))), sheet.Num(0), l.s.Guarded(both))
		}
		f.x, f.can = sheet.If(sheet.Cmp("=", x, sheet.Num(0)), sheet.Num(0), e), f.can|p.Can()
	}
	if when := l.it.when; when != nil {
		p := l.s.Store(l.s.Translate(when, nil), nil, append(l.label, diag.M(", applies")))
		x := sheet.Ref(p.Cell)
		e := sheet.If(sheet.Cmp("=", x, sheet.Num(1)), f.x, sheet.Str(w.Inapplicable))
		if p.Can() != 0 {
			e = sheet.If(sheet.IsNumber(x), e, x)
		}
		f.x, f.can = e, f.can|p.Can()|formula.NotApplicable
	}
	return f
}

// counts is what a result comes to when it is rounded and bounded, or why nothing
// counts yet; excluded if what doesn't apply isn't counted.
func (l *liveItem) counts(f liveForm, result *sheet.Expr) (e *sheet.Expr, excluded bool) {
	it, full := l.it, sheet.Num(l.it.full)
	got := result
	if !f.exact {
		got = sheet.Round(sheet.Least(sheet.Greatest(result, sheet.Num(0)), full), sheet.Num(l.pointsPlaces()))
		if !f.steps { // rounding alone never makes them full
			below := sheet.Cmp("<", sheet.Round(sheet.Sub(result, full), edge(it.full)), sheet.Num(0))
			got = sheet.If(below, sheet.Least(got, sheet.Num(justBelow(it.full, int(l.pointsPlaces())))), got)
		}
	}
	e = got
	if f.can != 0 {
		e = sheet.If(sheet.IsNumber(result), got, result)
	}
	if f.can.Has(formula.Inapplicable) {
		na := sheet.Is(result, l.words.Inapplicable)
		switch {
		case it.src.Inapplicable.Text == "exclude":
			excluded = true
		case it.src.Inapplicable.Text == "full" && !it.bonus:
			e = sheet.If(na, full, e)
		default:
			e = sheet.If(na, sheet.Num(0), e)
		}
	}
	return e, excluded
}

// points makes the cells of what counts.
func (l *liveItem) points(f liveForm) {
	it, id := l.it, l.it.src.ID.Text
	full := sheet.Num(it.full)
	e, excluded := l.counts(f, sheet.Ref(l.cells.Result))
	cell := func(name string, e *sheet.Expr) *sheet.Cell {
		e = l.s.Short(e, nil, l.label)
		return l.pin(&sheet.Cell{Name: l.own(name, id), Label: l.label, Formula: e, Values: e.Values()})
	}
	l.cells.Points = cell(l.words.Points, e)
	p := sheet.Ref(l.cells.Points)
	if !it.counts {
		full, p = sheet.Num(0), sheet.Num(0)
	}
	none := sheet.Num(0)
	lower, upper, whole := p, p, full
	if f.can != 0 && it.counts {
		lower, upper = sheet.N(p), sheet.If(sheet.IsNumber(p), p, full)
	}
	if excluded && it.counts {
		na := sheet.Is(p, l.words.Inapplicable)
		upper, whole = sheet.If(sheet.IsNumber(p), p, sheet.If(na, none, full)), sheet.If(na, none, full)
	}
	l.cells.Lower, l.cells.Upper, l.cells.Full = cell(l.words.Lower, lower), cell(l.words.Upper, upper), cell(l.words.Full, whole)
	l.outcome(cell)
}

func (b *live) pointsPlaces() float64 { return b.Program.Rubric.PointsDigits.Value }

// outcome is the result in the words of a rubric without points.
func (l *liveItem) outcome(cell func(string, *sheet.Expr) *sheet.Cell) {
	if l.card.Kind != "points" {
		l.cells.Outcome = cell(l.words.Outcome, l.outcomeOf(sheet.Ref(l.cells.Result)))
	}
}

func (l *liveItem) outcomeOf(r *sheet.Expr) *sheet.Expr {
	said := sheet.If(sheet.Cmp("=", r, sheet.Num(1)), sheet.Str(l.words.Met), sheet.Str(l.words.NotMet))
	if l.card.Kind == "letter" {
		said = l.letter(r)
	}
	return sheet.If(sheet.IsNumber(r), said, r)
}

// letter is the letter of a number: the worst is 0.
func (b *live) letter(x *sheet.Expr) *sheet.Expr {
	letters := b.Program.Rubric.Letters
	out := sheet.Str(letters[0].Text)
	for i, l := range letters[1:] {
		out = sheet.If(sheet.Cmp("<=", x, sheet.Num(float64(len(letters)-2-i))), sheet.Str(l.Text), out)
	}
	return out
}

// over puts together the points of rows, as over.reduce does.
func (l *liveItem) over(f liveForm) liveForm {
	o, w := l.it.over, l.words
	if l.empty(o.each) {
		return liveForm{x: sheet.Str(w.Missing), can: formula.OnlyMissing}
	}
	in, all := l.selected(test{each: o.each, where: o.where})
	x := f.x.Spread(l.m.Rows[o.each.Index])
	if !f.exact { // what it gives is bounded already; whatever doesn't apply isn't counted
		x = l.s.Short(x, o.each, l.label)
	}
	if can := f.can; !all && in.Can() != 0 {
		points := formula.Stand(l.live.cell(o.each, l.label, l.s.Short(x, o.each, l.label)), formula.Number, can)
		both := formula.Join(sheet.Ref(points.Cell), formula.Number, l.s.Number(points), l.s.Number(in))
		x, f.can = l.s.Guarded(both), both.Can()
	}
	row := l.counted(in, all, x, f.can, o.each)
	row.Cell.Label = append(l.label, diag.M(": points"))
	l.cells.Rows = []RowsJudged{{Cell: row.Cell, Points: true}}
	column := sheet.Whole(row.Cell)
	count := sheet.Count(column)
	var got *sheet.Expr
	switch o.by {
	case "sum":
		got = sheet.Sum(column)
	case "least":
		got = sheet.Min(column)
	default:
		got = sheet.Div(sheet.Sum(column), count)
	}
	e := l.s.TallyOf(column, row.Can(), got)
	if o.by == "least" {
		e = sheet.If(sheet.And(sheet.Cmp(">", count, sheet.Num(0)), sheet.Cmp("<=", sheet.Min(column), sheet.Num(0))), sheet.Num(0), e)
	}
	return liveForm{x: e, can: row.Can() | formula.NotApplicable, steps: (o.by == "sum" || o.by == "least") && (f.exact || f.steps)}
}

// counted is a column with what the selected rows come to, and nothing in the
// others. x waits already until it is known whether a row is selected.
func (l *liveItem) counted(in formula.Place, all bool, x *sheet.Expr, can formula.States, table *formula.Table) formula.Place {
	w := l.words
	nothing := sheet.Str("")
	if can.Has(formula.Inapplicable) {
		if x.Size() > 40 {
			x = sheet.Ref(l.live.cell(table, l.label, l.s.Short(x, table, l.label)))
		}
		x = sheet.If(sheet.Is(x, w.Inapplicable), nothing, x)
	}
	if !all {
		s := sheet.Ref(in.Cell)
		if in.Can().Has(formula.Inapplicable) {
			x = sheet.If(sheet.Is(s, w.Inapplicable), nothing, x)
		}
		x = sheet.If(sheet.Cmp("=", s, sheet.Num(0)), nothing, x)
	}
	return l.s.StoreAs(x, formula.Number, can&^formula.NotApplicable, table, l.label)
}

func percentOf(part, whole *sheet.Expr) *sheet.Expr {
	return sheet.Div(sheet.Mul(part, sheet.Num(100)), whole)
}

// edge is to how many places a difference from x is rounded when it is compared.
func edge(x float64) *sheet.Expr { return sheet.Num(float64(13 - decimal.Digits(x))) }
