package engine

import (
	"math"
	"slices"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/sheet"
)

// agree compares what the formulas come to with what was scored. A formula that
// comes to something else isn't written: the value of the engine stands there, with
// a note. No formula of a shipped rubric is known to do so; a test looks for one.
func (l *Live) agree(p *Program, m *formula.Machine, card *Scorecard, w LiveWords) {
	l.agreeOnData(p, m, w, func(_ string, _, want []sheet.Value) []sheet.Value { return want })
	l.agreeOnItems(p, card, w)
}

func (l *Live) agreeOnData(p *Program, m *formula.Machine, w LiveWords, of func(table string, got, want []sheet.Value) []sheet.Value) {
	for _, k := range p.derived {
		if k.view != nil || k.name.When != nil || k.entered >= 0 {
			continue
		}
		if c := l.Value(tableName(k.name.Table), k.name.Name, 0); c != nil {
			want := w.Values(m.Slots[k.name.Slots[0]], k.name.Kind)
			if k.name.Kind == formula.Truth {
				for i, v := range want {
					if v.Kind == sheet.Number {
						want[i] = sheet.Said(map[bool]string{true: w.Yes, false: w.No}[v.Num != 0])
					}
				}
			}
			l.must(c, of(c.Table, c.Values, want)...)
		}
	}
}

func (l *Live) agreeOnItems(p *Program, card *Scorecard, w LiveWords) {
	for i, c := range l.Items {
		res := &card.Items[i]
		if c.Value != nil && res.Value.Number != nil {
			l.must(c.Value, sheet.Of(*res.Value.Number))
		}
		if c.Target != nil && res.Target.Number != nil {
			l.must(c.Target, sheet.Of(*res.Target.Number))
		}
		switch excluded := res.State == Inapplicable && p.items[i].src.Inapplicable.Text == "exclude"; {
		case !res.State.Decided() || excluded:
			l.must(c.Points, sheet.Said(w.state(res.State)))
		case p.items[i].counts:
			l.must(c.Points, sheet.Of(res.Points))
		}
		l.must(c.Lower, sheet.Of(res.Lower))
		l.must(c.Upper, sheet.Of(res.Upper))
		l.must(c.Full, sheet.Of(res.Full))
		if own := res.Checked; c.Own != nil && card.Kind == "points" && p.items[i].counts && own.Own.State.Decided() && own.Own.State != Inapplicable {
			l.must(c.Own, sheet.Of(own.Own.Points))
		}
	}
	for i, c := range l.Sums {
		l.amount(c, card.Sections[i].Amount)
		if g := card.Sections[i].Letter; c.Letter[0] != nil {
			l.must(c.Letter[0], sheet.Said(g.Lower))
			l.must(c.Letter[1], sheet.Said(g.Upper))
		}
	}
	l.amount(l.Total.LiveSum, card.Total)
	l.must(l.Total.Rate, sheet.Of(card.Rate))
	for i, c := range l.Total.Vetoes {
		fired := 0.0
		if card.Vetoes[i].Fired {
			fired = 1
		}
		l.must(c, sheet.Of(fired))
	}
	if l.Total.Grade[0] != nil {
		l.must(l.Total.Grade[0], sheet.Said(card.Grade.Lower))
		l.must(l.Total.Grade[1], sheet.Said(card.Grade.Upper))
	}
}

func (w LiveWords) state(s State) string {
	switch s {
	case Missing:
		return w.Missing
	case Open:
		return w.Open
	case Failed:
		return w.Failed
	default:
		return w.Inapplicable
	}
}

func (l *Live) amount(c LiveSum, want Amount) {
	l.must(c.Points, sheet.Of(want.Points))
	l.must(c.Lower, sheet.Of(want.Lower))
	l.must(c.Upper, sheet.Of(want.Upper))
	l.must(c.Full, sheet.Of(want.Full))
}

// must puts the engine's values in place of a formula that comes to others.
func (l *Live) must(c *sheet.Cell, want ...sheet.Value) {
	if slices.EqualFunc(c.Values, want, same) {
		return
	}
	l.Differ = append(l.Differ, Difference{c, c.Values, want})
	replace(c, want)
}

func replace(c *sheet.Cell, want []sheet.Value) {
	c.Formula, c.Values, c.Plain = nil, want, diag.M("the formula of this cell would come to something else in a spreadsheet")
}

func same(a, b sheet.Value) bool {
	if a.Kind != b.Kind || a.Text != b.Text {
		return false
	}
	return a.Kind != sheet.Number || math.Abs(a.Num-b.Num) <= 1e-9*max(1, math.Abs(b.Num))
}

// Difference is a cell whose formula comes to something else than the engine.
type Difference struct {
	Cell      *sheet.Cell
	Got, Want []sheet.Value
}
