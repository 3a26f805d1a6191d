package engine

import (
	"slices"
	"strconv"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
)

// LiveSum are the cells of a section, or of the whole.
type LiveSum struct {
	Points, Lower, Upper, Full *sheet.Cell
	Letter                     [2]*sheet.Cell // of an indicator: the worst and the best it can become
}

// LiveTotal are the cells of the result.
type LiveTotal struct {
	LiveSum
	Rate   *sheet.Cell    // of the lower bound, in percent
	Grade  [2]*sheet.Cell // at worst and at best
	Vetoes []*sheet.Cell  // at worst: 1 if it acts
}

// liveAmount is an Amount as expressions.
type liveAmount struct{ points, lower, upper, full *sheet.Expr }

func (a liveAmount) each(f func(*sheet.Expr) *sheet.Expr) liveAmount {
	return liveAmount{f(a.points), f(a.lower), f(a.upper), f(a.full)}
}

// adding sums up cells, those of neighbouring leaves as one range.
type adding struct {
	*live
	next int // the next leaf
}

func (b *live) sums() {
	b.Sums = make([]LiveSum, len(b.card.Sections))
	a := adding{live: b}
	section := 0
	total := a.sum(b.Program.Rubric.Items, &section)
	b.whole(total)
}

// sum is what items come to together.
func (a *adding) sum(items []rubric.Item, section *int) liveAmount {
	var parts []liveAmount
	from := a.next
	flush := func() {
		if a.next > from {
			parts = append(parts, a.run(from, a.next))
		}
	}
	for i := range items {
		item := &items[i]
		switch {
		case item.IsSection():
			flush()
			parts = append(parts, a.section(item, section))
			from = a.next
		case item.Bonus:
			flush()
			one := a.run(a.next, a.next+1)
			one.full = sheet.Num(0)
			parts = append(parts, one)
			a.next++
			from = a.next
		default:
			a.next++
		}
	}
	flush()
	var out [4][]*sheet.Expr
	for _, p := range parts {
		for k, e := range []*sheet.Expr{p.points, p.lower, p.upper, p.full} {
			out[k] = append(out[k], e)
		}
	}
	round := func(list []*sheet.Expr) *sheet.Expr {
		if len(list) == 0 {
			return sheet.Num(0)
		}
		return sheet.Round(sheet.Sums(list...), sheet.Num(a.pointsPlaces()))
	}
	return liveAmount{round(out[0]), round(out[1]), round(out[2]), round(out[3])}
}

// run adds up leaves that follow each other.
func (a *adding) run(from, to int) liveAmount {
	add := func(name string, cell func(LiveItem) *sheet.Cell) *sheet.Expr {
		if to == from+1 {
			return sheet.Ref(cell(a.Items[from]))
		}
		r := &sheet.Range{Name: a.name(name + "." + strconv.Itoa(from+1) + "." + strconv.Itoa(to))}
		for _, i := range a.Items[from:to] {
			r.Cells = append(r.Cells, cell(i))
		}
		a.Ranges = append(a.Ranges, r)
		return sheet.Sum(sheet.All(r))
	}
	lower := add(a.words.Lower, func(i LiveItem) *sheet.Cell { return i.Lower })
	return liveAmount{lower, lower, add(a.words.Upper, func(i LiveItem) *sheet.Cell { return i.Upper }),
		add(a.words.Full, func(i LiveItem) *sheet.Cell { return i.Full })}
}

func (a *adding) section(item *rubric.Item, section *int) liveAmount {
	at, first := *section, a.next
	*section++
	sum := a.sum(item.Items, section)
	d := sheet.Num(a.pointsPlaces())
	if item.IsWeighted() && item.Points.Given {
		sum = sum.each(func(e *sheet.Expr) *sheet.Expr {
			return sheet.Round(sheet.Mul(e, sheet.Num(item.Points.Value/100)), d)
		})
	}
	if item.Bonus {
		if item.Points.Given {
			sum = sum.each(func(e *sheet.Expr) *sheet.Expr { return sheet.Least(e, sheet.Num(item.Points.Value)) })
		}
		sum.full = sheet.Num(0)
	}
	cells := a.cells(sum, strconv.Itoa(at+1), diag.P(diag.Verbatim(item.Title.Text)))
	out := liveAmount{sheet.Ref(cells.Points), sheet.Ref(cells.Lower), sheet.Ref(cells.Upper), sheet.Ref(cells.Full)}
	if item.Weight.Given {
		full, mayVanish := out.full, a.excludes(first, a.next)
		out = out.each(func(e *sheet.Expr) *sheet.Expr {
			weighted := sheet.Round(sheet.Div(sheet.Mul(e, sheet.Num(100*item.Weight.Value)), full), d)
			if mayVanish { // nothing of the section applies
				weighted = sheet.If(sheet.Cmp(">", full, sheet.Num(0)), weighted, e)
			}
			return weighted
		})
	}
	if a.card.Kind == "letter" && onlyLeaves(item) {
		a.worstLetter(&cells, a.Items[first:a.next], at)
	}
	a.Sums[at] = cells
	return out
}

// excludes reports whether leaves that don't apply aren't counted.
func (a *adding) excludes(from, to int) bool {
	return slices.ContainsFunc(a.Program.items[from:to], func(it *item) bool { return it.src.Inapplicable.Text == "exclude" })
}

// cells gives an amount cells of its own.
func (b *live) cells(sum liveAmount, suffix string, label diag.Phrase) LiveSum {
	cell := func(name string, e *sheet.Expr) *sheet.Cell {
		e = b.s.Short(e, nil, label)
		return b.pin(&sheet.Cell{Name: b.name(b.words.Sum + "." + suffix + "." + name), Label: label, Formula: e, Values: e.Values()})
	}
	return LiveSum{Points: cell(b.words.Points, sum.points), Lower: cell(b.words.Lower, sum.lower),
		Upper: cell(b.words.Upper, sum.upper), Full: cell(b.words.Full, sum.full)}
}

// letterNumber is the number of a leaf's letter at worst or at best, or "" if it has
// none.
func (b *live) letterNumber(i LiveItem, worst bool) *sheet.Expr {
	open := sheet.Num(0)
	if !worst {
		open = sheet.Num(float64(len(b.Program.Rubric.Letters) - 1))
	}
	r := sheet.Ref(i.Result)
	return sheet.If(sheet.IsNumber(r), r, sheet.If(sheet.Is(r, b.words.Inapplicable), sheet.Str(""), open))
}

// worstLetter is the letter of an indicator: its worst element decides.
func (a *adding) worstLetter(cells *LiveSum, items []LiveItem, at int) {
	for k, worst := range []bool{true, false} {
		label := diag.P(diag.M("letter of: %s", a.card.Sections[at].Title))
		r := &sheet.Range{Name: a.name(a.words.Letter + "." + strconv.Itoa(at+1) + "." + strconv.Itoa(k+1))}
		for _, i := range items {
			r.Cells = append(r.Cells, a.cell(nil, label, a.letterNumber(i, worst)))
		}
		a.Ranges = append(a.Ranges, r)
		all := sheet.All(r)
		none := sheet.Cmp("=", sheet.Count(all), sheet.Num(0))
		number := a.cell(nil, label, sheet.If(none, sheet.Str(""), sheet.Min(all)))
		x := sheet.Ref(number)
		e := sheet.If(sheet.IsNumber(x), a.letter(x), sheet.Str(""))
		cells.Letter[k] = &sheet.Cell{Name: a.name(a.words.Letter + "." + strconv.Itoa(at+1)), Label: label, Formula: e, Values: e.Values()}
		a.indicators[k] = append(a.indicators[k], x)
	}
}

// whole makes the cells of the total, the vetoes and the grade.
func (b *live) whole(sum liveAmount) {
	if b.Program.deduct != nil {
		sum = b.deducted(sum)
	}
	label := diag.P(diag.M("total"))
	before := sum
	if b.Program.total != nil {
		said := append(label, diag.M(" before it is replaced"))
		before = sum.each(func(e *sheet.Expr) *sheet.Expr { return sheet.Ref(b.cell(nil, said, b.s.Short(e, nil, said))) })
	}
	full := b.cell(nil, append(label, diag.M(", full points")), before.full)
	worst := b.outcomeAt(before, sheet.Ref(full), true)
	best := b.outcomeAt(before, sheet.Ref(full), false)
	out := liveAmount{before.points, worst.score, best.score, sheet.Ref(full)}
	if b.Program.total != nil {
		out.lower, out.upper = sheet.Least(worst.score, best.score), sheet.Greatest(worst.score, best.score)
		out.points = out.lower
	}
	b.Total.LiveSum = b.cells(out, b.words.Total, label)
	b.Total.Rate, b.Total.Vetoes = worst.rate, worst.vetoes
	b.Total.Grade = [2]*sheet.Cell{worst.grade, best.grade}
}

// deducted takes from the total what the rubric as a whole deducts. What isn't
// known yet is taken in the lower bound.
func (b *live) deducted(sum liveAmount) liveAmount {
	l := &liveItem{live: b, label: diag.P(diag.M("deduction from the total"))}
	d := sheet.Num(b.pointsPlaces())
	for _, t := range b.Program.deduct.terms {
		n, known := l.count(t, nil)
		p := sheet.Mul(n, sheet.Num(-t.per))
		if t.max > 0 {
			p = sheet.Least(p, sheet.Num(t.max))
		}
		label := append(l.label[:len(l.label):len(l.label)], diag.Verbatim(" "+t.name()))
		taken := sheet.Ref(b.cell(nil, label, b.s.Short(sheet.Round(p, d), nil, label)))
		lower := sheet.Ref(b.cell(nil, label, b.s.Short(sum.lower, nil, label)))
		more := sheet.Num(0)
		if known.Can()&^formula.NotApplicable != 0 {
			x := sheet.Ref(known.Cell)
			most := sheet.Sub(lower, taken)
			switch {
			case t.max > 0:
				most = sheet.Num(t.max)
			case t.times != nil && t.times.Kind == formula.Truth && t.each == nil:
				most = sheet.Num(-t.per)
			}
			open := sheet.Not(sheet.Or(sheet.IsNumber(x), sheet.Is(x, b.words.Inapplicable)))
			more = sheet.Ref(b.cell(nil, label, sheet.If(open, sheet.Sub(most, taken), sheet.Num(0))))
		}
		sum.points = sheet.Sub(sheet.Sub(sum.points, taken), more)
		sum.lower = sheet.Sub(sheet.Sub(lower, taken), more)
		sum.upper = sheet.Sub(sum.upper, taken)
	}
	floor := func(e *sheet.Expr) *sheet.Expr { return sheet.Round(sheet.Greatest(e, sheet.Num(0)), d) }
	lower := sheet.Ref(b.cell(nil, l.label, b.s.Short(floor(sum.lower), nil, l.label)))
	upper := sheet.Ref(b.cell(nil, l.label, b.s.Short(floor(sum.upper), nil, l.label)))
	points := sheet.Greatest(lower, sheet.Least(floor(sum.points), upper))
	return liveAmount{points, lower, upper, sum.full}
}
