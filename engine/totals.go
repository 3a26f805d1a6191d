package engine

import (
	"strconv"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/rubric"
)

// totals adds up sections and the whole, then finds vetoes and the grade.
func (s *scorer) totals(card *Scorecard) {
	t := totaller{scorer: s, card: card}
	card.Total = t.sum(s.Rubric.Items, 0)
	t.deductions()
	worst, best := s.scenario(card, true), s.scenario(card, false)
	if s.total != nil { // which may turn the ends round
		card.Total.Lower, card.Total.Upper = min(worst.score, best.score), max(worst.score, best.score)
		card.Total.Points = card.Total.Lower
	}
	card.Rate = worst.rate
	card.Grade = GradeRange{Lower: worst.grade, Upper: best.grade}
	card.Vetoes = worst.vetoes
	for i := range card.Vetoes {
		v := &card.Vetoes[i]
		v.Open = best.vetoes[i].Fired != v.Fired
		v.Fired = v.Fired || best.vetoes[i].Fired
		v.Why = s.shared(s.vetoes[i], *v, worst.own[i] && best.own[i])
	}
}

// totaller walks over the sections of a rubric.
type totaller struct {
	*scorer
	card *Scorecard
	next int // the next leaf
}

// sum is what items come to together. Weighted sections count with their rate,
// bonus counts in the points and not in the full points.
func (t *totaller) sum(items []rubric.Item, level int) Amount {
	var total adder
	for i := range items {
		item := &items[i]
		amount := Amount{}
		if item.IsSection() {
			amount = t.section(item, level)
		} else {
			amount = t.card.Items[t.next].Amount
			t.next++
		}
		if item.Bonus && !item.IsSection() {
			amount = bonus(item, amount)
		}
		total.add(amount)
	}
	return total.amount(t.digits())
}

func (t *totaller) digits() int { return int(t.Rubric.PointsDigits.Value) }

// bonus is outside the total, and capped by the points of a bonus section.
func bonus(item *rubric.Item, a Amount) Amount {
	if item.IsSection() && item.Points.Given {
		limit := item.Points.Value
		a.Points, a.Lower, a.Upper = min(a.Points, limit), min(a.Lower, limit), min(a.Upper, limit)
	}
	a.Full = 0
	return a
}

func (t *totaller) section(item *rubric.Item, level int) Amount {
	at := len(t.card.Sections)
	t.card.Sections = append(t.card.Sections, Section{Title: item.Title.Text, Level: level, First: t.next, Bonus: item.Bonus})
	amount := t.sum(item.Items, level+1)
	if item.IsWeighted() && item.Points.Given {
		amount = amount.scaled(item.Points.Value/100, t.digits())
	}
	if item.Bonus {
		amount = bonus(item, amount)
	}
	s := &t.card.Sections[at]
	s.Amount, s.Count = amount, t.next-s.First
	s.Letter = t.worst(item, s.First, s.Count)
	if item.Weight.Given && amount.Full > 0 {
		s.Weight = item.Weight.Value
		amount = amount.scaled(100*item.Weight.Value/amount.Full, t.digits())
	}
	return amount
}

// worst is the letter of an indicator: a section that holds only leaves. Its worst
// element decides.
func (t *totaller) worst(item *rubric.Item, first, count int) GradeRange {
	if t.Rubric.Kind.Text != "letter" || !onlyLeaves(item) {
		return GradeRange{}
	}
	out := GradeRange{}
	for _, i := range t.card.Items[first : first+count] {
		out.Lower = t.lower(out.Lower, i.Letter.Lower)
		out.Upper = t.lower(out.Upper, i.Letter.Upper)
	}
	return out
}

func onlyLeaves(item *rubric.Item) bool {
	for _, i := range item.Items {
		if i.IsSection() {
			return false
		}
	}
	return item.IsSection()
}

// lower is the worse of two letters; "" is no letter.
func (s *scorer) lower(a, b string) string {
	for i := len(s.Rubric.Letters) - 1; i >= 0; i-- {
		if l := s.Rubric.Letters[i].Text; l == a || l == b {
			return l
		}
	}
	return ""
}

// scaled is the amount times a factor, rounded again.
func (a Amount) scaled(factor float64, digits int) Amount {
	return Amount{
		Points: decimal.Round(a.Points*factor, digits), Lower: decimal.Round(a.Lower*factor, digits),
		Upper: decimal.Round(a.Upper*factor, digits), Full: decimal.Round(a.Full*factor, digits),
	}
}

// deductions takes from the total what the rubric as a whole deducts; the total
// doesn't fall below 0. What isn't known yet is taken in the lower bound.
func (t *totaller) deductions() {
	if t.deduct == nil {
		return
	}
	t.m.Reset()
	total := &t.card.Total
	for _, term := range t.deduct.terms {
		c := term.count(t.m)
		if c.State[0] == formula.Inapplicable {
			continue
		}
		// What is known to be taken is taken, also while more may follow.
		d := TotalDeduction{Taken: decimal.Round(-term.points(c.Num[0]), t.digits()), Open: c.State[0] != formula.Known}
		total.Points, total.Lower, total.Upper = total.Points-d.Taken, total.Lower-d.Taken, total.Upper-d.Taken
		d.Reason = term.reason(t.m, 0)
		if d.Open {
			more := term.most(total.Lower) - d.Taken
			total.Points, total.Lower = total.Points-more, total.Lower-more
			d.Reason = diag.P(diag.M("“%s” is not known yet: %s", term.name(), ""), states[c.State[0]].Words(), diag.M("."))
		}
		t.card.Deductions = append(t.card.Deductions, d)
	}
	total.Points = decimal.Round(max(total.Points, 0), t.digits())
	total.Lower = decimal.Round(max(total.Lower, 0), t.digits())
	total.Upper = decimal.Round(max(total.Upper, 0), t.digits())
	total.Points = max(total.Lower, min(total.Points, total.Upper))
}

// most is what a term can take from so many points.
func (t term) most(points float64) float64 {
	switch {
	case t.max > 0:
		return t.max
	case t.times != nil && t.times.Kind == formula.Truth && t.each == nil:
		return -t.per
	default:
		return points
	}
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

// outcome is the result if all that is open turns out at its worst, or at its best.
type outcome struct {
	score, rate float64
	vetoes      []VetoResult
	own         []bool // whether they act by the unit's own figures
	grade       string
}

// scenario finds the outcome at one end. When nothing is open both ends are the
// same.
func (s *scorer) scenario(card *Scorecard, worst bool) outcome {
	score := card.Total.Upper
	if worst {
		score = card.Total.Lower
	}
	unmet, mustUnmet := s.unmet(card, worst)
	s.letters(card, worst)
	s.set(s.result.full, card.Total.Full)
	s.set(s.result.unmet, unmet)
	s.set(s.result.mustUnmet, mustUnmet)
	s.set(s.result.score, score)
	s.set(s.result.rate, 0)
	if card.Total.Full > 0 {
		s.set(s.result.rate, 100*score/card.Total.Full)
	}
	s.set(s.result.vetoed, 0) // until the vetoes are known
	if s.Program.total != nil {
		score = s.replaced(card, worst)
		s.set(s.result.score, score)
	}
	out := outcome{score: score}
	if card.Total.Full > 0 {
		out.rate = 100 * score / card.Total.Full
	}
	s.set(s.result.rate, out.rate)
	out.vetoes, out.own = s.vetoed(worst)
	fired := 0.0
	for _, v := range out.vetoes {
		if v.Fired {
			fired = 1
		}
	}
	s.set(s.result.vetoed, fired)
	if card.Total.Full > 0 || s.Rubric.Kind.Text == "letter" { // else nothing was judged
		out.grade = s.vetoedGrade(s.grade(out.rate, worst), out.vetoes)
	}
	return out
}

// unmet counts the items that aren't met; at worst what is open isn't.
func (s *scorer) unmet(card *Scorecard, worst bool) (unmet, must float64) {
	for i, it := range s.items {
		res := &card.Items[i]
		points := res.Upper
		if worst {
			points = res.Lower
		}
		s.set(it.slot, points)
		open := worst && !res.State.Decided()
		if !it.bonus && (res.State.Unmet() || open) {
			unmet++
		}
		if it.must > 0 && (res.MustUnmet || open) {
			must++
		}
	}
	return unmet, must
}

// letters counts how often each letter was given: to indicators, and to leaves
// that belong to none.
func (s *scorer) letters(card *Scorecard, worst bool) {
	if len(s.result.letters) == 0 {
		return
	}
	count := map[string]float64{}
	for _, l := range card.Indicators() {
		if worst {
			count[l.Lower]++
		} else {
			count[l.Upper]++
		}
	}
	for l, slot := range s.result.letters {
		s.set(slot, count[l])
	}
}

// replaced is the total that a formula puts in place of the sum. Where it can't be
// computed the total may be anything.
func (s *scorer) replaced(card *Scorecard, worst bool) float64 {
	s.m.Reset()
	c := s.Program.total.Eval(s.m)
	if worst {
		card.Replaced = s.replacement(card, c)
	}
	switch {
	case c.State[0] == formula.Known:
		return decimal.Round(max(c.Num[0], 0), int(s.Rubric.PointsDigits.Value))
	case worst:
		return 0
	default:
		return card.Total.Full
	}
}

// replacement says how the total comes about that a formula gives.
func (s *scorer) replacement(card *Scorecard, c formula.Column) *Replacement {
	r := &Replacement{Before: card.Total}
	known := c.State[0] == formula.Known
	switch {
	case !known:
		r.Reason = append(append(diag.P(diag.M("Total: ")), s.Program.total.Words()...), diag.M(" is not known yet: "), states[c.State[0]].Words(), diag.M("."))
		return r
	case card.Total.Certain():
		r.Reason = diag.P(diag.M("Total: "))
	default:
		r.Reason = diag.P(diag.M("Total at worst: "))
	}
	r.Reason = append(r.Reason, s.Program.total.Reading(s.m, 0)...)
	return &Replacement{Before: r.Before, Reason: append(r.Reason, diag.M(" = %s", points(decimal.Round(max(c.Num[0], 0), int(s.Rubric.PointsDigits.Value)))))}
}

// vetoed finds the vetoes that fire; at worst one that is open does.
func (s *scorer) vetoed(worst bool) (out []VetoResult, own []bool) {
	for _, v := range s.vetoes {
		s.m.Reset()
		c := v.when.Eval(s.m)
		fired := c.State[0] == formula.Known && c.Num[0] != 0 ||
			worst && c.State[0] != formula.Known && c.State[0] != formula.Inapplicable
		own = append(own, fired)
		out = append(out, VetoResult{Title: v.src.Title.Text, Fired: fired || s.spreads(v, worst), Effect: diag.P(form.Effect(v.src))})
	}
	return out, own
}

// grade is the first grade whose rate and condition hold.
func (s *scorer) grade(rate float64, worst bool) int {
	if places, err := strconv.Atoi(s.Rubric.Round.Text); err == nil {
		rate = decimal.Round(rate, places)
	}
	for i, g := range s.grades {
		s.m.Reset()
		if g.src.From.Given && decimal.Compare(rate, g.src.From.Value) < 0 {
			continue
		}
		if g.when != nil {
			c := g.when.Eval(s.m)
			// A condition on data that is missing may hold or not.
			switch c.State[0] {
			case formula.Known:
				if c.Num[0] == 0 {
					continue
				}
			case formula.Inapplicable:
				continue
			default:
				if worst {
					continue
				}
			}
		}
		return i
	}
	return -1
}

// vetoedGrade lets the vetoes act on a grade, in their order.
func (s *scorer) vetoedGrade(at int, vetoes []VetoResult) string {
	if at < 0 {
		return ""
	}
	index := func(name string) int {
		for i, g := range s.grades {
			if g.src.Grade.Text == name {
				return i
			}
		}
		return at
	}
	loweredOnce := false
	for i, v := range s.vetoes {
		switch {
		case !vetoes[i].Fired:
		case v.src.Grade.Given():
			at = index(v.src.Grade.Text)
		case v.src.Cap.Given():
			at = max(at, index(v.src.Cap.Text))
		case !v.src.Once || !loweredOnce:
			at += int(v.src.Down.Value)
			loweredOnce = loweredOnce || v.src.Once
		}
	}
	return s.grades[min(at, len(s.grades)-1)].src.Grade.Text
}

func (s *scorer) set(slot int, x float64) {
	c := &s.m.Slots[slot]
	c.Resize(1, formula.Number)
	c.Num[0], c.State[0] = x, formula.Known
}
