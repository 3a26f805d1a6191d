package engine

import (
	"strconv"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// Score scores a return that was read for this program's rubric.
func (p *Program) Score(ret *returns.Return) *Scorecard {
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	p.load(m, ret)
	p.loadAnswers(m, ret)
	p.compute(m)

	s := scorer{Program: p, m: m, ret: ret}
	card := &Scorecard{Rubric: p.Rubric.Ref(), Title: p.Rubric.Title.Text, Cover: ret.Cover, Files: ret.Files}
	card.Items = make([]ItemResult, len(p.items))
	for i, it := range p.items {
		m.Reset()
		card.Items[i] = s.item(it)
	}
	s.totals(card)
	card.Values = s.values()
	card.Answers = s.answers()
	card.Problems = s.problems()
	return card
}

// scorer is one return being scored.
type scorer struct {
	*Program
	m   *formula.Machine
	ret *returns.Return
}

// judge decides whether an item applies and what its form gives.
func (p *Program) judge(m *formula.Machine, it *item) verdict {
	if it.when != nil {
		c := it.when.Eval(m)
		switch {
		case c.State[0] != formula.Known:
			return verdict{state: c.State[0]}
		case c.Num[0] == 0:
			return verdict{state: formula.Inapplicable}
		}
	}
	return it.form.judge(m)
}

// states are the states of items that a form could not decide.
var states = map[formula.State]State{
	formula.Inapplicable: Inapplicable, formula.Missing: Missing, formula.Open: Open, formula.Failed: Failed,
}

func (s *scorer) item(it *item) ItemResult {
	v := s.judge(s.m, it)
	res := ItemResult{ID: it.src.ID.Text}
	res.Full = it.full
	digits := int(s.Rubric.PointsDigits.Value)
	switch {
	case v.state == formula.Known:
		res.Points = decimal.Round(min(max(v.points, 0), it.full), digits)
		res.Lower, res.Upper = res.Points, res.Points
		res.State = None
		if decimal.Compare(res.Points, it.full) == 0 {
			res.State = Full
		} else if res.Points > 0 {
			res.State = Partial
		}
	case v.state == formula.Inapplicable:
		res.State = Inapplicable
		switch it.src.Inapplicable.Text {
		case "exclude":
			res.Full = 0
		case "full":
			res.Points = it.full
		}
		res.Lower, res.Upper = res.Points, res.Points
	default:
		res.State = states[v.state]
		res.Upper = it.full
	}
	s.shown(it, &res)
	res.Reason = s.reason(it, v)
	res.Inputs = s.inputRefs(it.reads)
	return res
}

// shown fills in the value, the target and the rows of an item.
func (s *scorer) shown(it *item, res *ItemResult) {
	digits := int(s.Rubric.Digits.Value)
	if it.src.Digits.Given {
		digits = int(it.src.Digits.Value)
	}
	if it.value != nil && !it.value.ByRow() {
		res.Value = s.show(it.value, digits)
		if it.src.Unit.Given() {
			res.Value.Unit = it.src.Unit.Text
		}
	}
	if it.target != nil && !it.target.ByRow() {
		if res.Target = s.show(it.target, digits); res.Target.Number != nil {
			res.Target.Text = append(diag.P(diag.Verbatim(it.sign)), res.Target.Text...)
		}
		if res.Target.Unit == "" {
			res.Target.Unit = res.Value.Unit
		}
	}
	for _, t := range it.form.tests() {
		if t.each == nil || t.cond.Kind != formula.Truth {
			continue
		}
		out := t.run(s.m)
		failing := out.failing
		if sum, ok := it.form.(sum); ok && sum.terms[0].rows != nil {
			continue
		}
		res.Rows = &Rows{Table: t.each.Name, Counted: out.counted(), Failing: keys(s.m, t.each, failing),
			Missing: keys(s.m, t.each, out.missing), Errors: keys(s.m, t.each, out.errors)}
		if len(res.Value.Text) == 0 && len(out.missing)+len(out.errors) < out.counted() {
			res.Value.Text = diag.P(diag.M("%s of %s met", strconv.Itoa(out.passed), strconv.Itoa(out.counted())))
		}
		break
	}
}

func (s *scorer) show(f *formula.Formula, digits int) Shown {
	out := Shown{Text: diag.P(f.Value(s.m, 0, digits))}
	if c := f.Eval(s.m); f.Kind == formula.Number && c.State[0] == formula.Known {
		x := c.Num[0] // the column is the machine's
		out.Number, out.Unit = &x, f.Unit()
	}
	return out
}

// totals adds up sections and the whole, then finds the grade.
func (s *scorer) totals(card *Scorecard) {
	digits := int(s.Rubric.PointsDigits.Value)
	next := 0
	var walk func(items []rubric.Item, level int) Amount
	walk = func(items []rubric.Item, level int) Amount {
		var total adder
		for i := range items {
			if !items[i].IsSection() {
				total.add(card.Items[next].Amount)
				next++
				continue
			}
			at := len(card.Sections)
			card.Sections = append(card.Sections, Section{Title: items[i].Title.Text, Level: level, First: next})
			amount := walk(items[i].Items, level+1)
			card.Sections[at].Amount, card.Sections[at].Count = amount, next-card.Sections[at].First
			total.add(amount)
		}
		return total.amount(digits)
	}
	card.Total = walk(s.Rubric.Items, 0)
	card.Rate = s.rate(card.Total.Lower, card.Total.Full)
	card.Grade = GradeRange{Lower: s.grade(card, true), Upper: s.grade(card, false)}
}

// adder sums amounts without drift.
type adder struct{ points, lower, upper, full decimal.Sum }

func (a *adder) add(x Amount) {
	a.points.Add(x.Points)
	a.lower.Add(x.Lower)
	a.upper.Add(x.Upper)
	a.full.Add(x.Full)
}

func (a *adder) amount(digits int) Amount {
	round := func(s decimal.Sum) float64 { return decimal.Round(s.Value(), digits) }
	return Amount{Points: round(a.points), Lower: round(a.lower), Upper: round(a.upper), Full: round(a.full)}
}

// rate is the score in percent of what counts in full.
func (p *Program) rate(score, full float64) float64 {
	if full == 0 {
		return 0
	}
	return score / full * 100
}

// grade finds the grade if all that is open turns out at its worst, or at its
// best. When nothing is open both are the same.
func (s *scorer) grade(card *Scorecard, worst bool) string {
	score, unmet := card.Total.Upper, 0.0
	if worst {
		score = card.Total.Lower
	}
	for i, it := range s.items {
		res := &card.Items[i]
		points := res.Upper
		if worst {
			points = res.Lower
		}
		s.set(it.slot, points)
		if res.State.Unmet() || worst && !res.State.Decided() {
			unmet++
		}
	}
	rate := s.rate(score, card.Total.Full)
	s.set(s.scoreSlot, score)
	s.set(s.fullSlot, card.Total.Full)
	s.set(s.rateSlot, rate)
	s.set(s.unmetSlot, unmet)
	if places, err := strconv.Atoi(s.Rubric.Round.Text); err == nil {
		rate = decimal.Round(rate, places)
	}
	for _, g := range s.grades {
		s.m.Reset()
		if g.src.From.Given && decimal.Compare(rate, g.src.From.Value) < 0 {
			continue
		}
		if g.when != nil {
			c := g.when.Eval(s.m)
			// A condition on data that is missing may hold or not.
			if c.State[0] == formula.Known && c.Num[0] == 0 || c.State[0] != formula.Known && worst {
				continue
			}
		}
		return g.src.Grade.Text
	}
	return ""
}

func (s *scorer) set(slot int, x float64) {
	c := &s.m.Slots[slot]
	c.Resize(1, formula.Number)
	c.Num[0], c.State[0] = x, formula.Known
}
