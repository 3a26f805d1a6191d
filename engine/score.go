package engine

import (
	"math"
	"strconv"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
)

// Score scores a return that was read for this program's rubric.
func (p *Program) Score(ret *returns.Return) *Scorecard {
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	return p.score(m, ret)
}

// Brief scores a return for its results alone, as a table of many counties shows
// them: points, states, letters, the numbers of items, the total, the grade, vetoes
// and problems are those of Score. The values, what items read, rows and reasons are
// left out: they are most of a Scorecard and most of the work.
func (p *Program) Brief(ret *returns.Return) *Scorecard {
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	p.load(m, ret)
	p.compute(m)
	s := scorer{Program: p, m: m, ret: ret}
	card := s.card()
	s.eachItem(func(i int, it *item) {
		card.Items[i] = s.settled(it, s.judge(m, it))
		s.number(it, &card.Items[i].Value)
	})
	s.reviewed(card)
	for i := range card.Items {
		card.Items[i].Reason = nil
	}
	s.claims(card)
	s.totals(card)
	card.Problems = append(s.problems(), s.misclaimed(card)...)
	return card
}

// score leaves the values of the return in the machine, for whoever asks on.
func (p *Program) score(m *formula.Machine, ret *returns.Return) *Scorecard {
	p.load(m, ret)
	p.compute(m)

	s := scorer{Program: p, m: m, ret: ret}
	card := s.card()
	s.eachItem(func(i int, it *item) { card.Items[i] = s.item(it) })
	s.reviewed(card)
	s.claims(card)
	s.totals(card)
	card.Values = s.values()
	card.Answers = s.answers()
	card.Problems, card.Reasons, card.Others = append(s.problems(), s.misclaimed(card)...), ret.Reasons, ret.Others
	return card
}

// scorer is one return being scored.
type scorer struct {
	*Program
	m   *formula.Machine
	ret *returns.Return

	onLimits []Problem // values of items that stand exactly on a limit
}

// eachItem scores the items one after the other, and looks for values on their
// limits while the columns that they came from are at hand.
func (s *scorer) eachItem(score func(i int, it *item)) {
	defer s.m.Remember()()
	for i, it := range s.items {
		s.m.Reset()
		score(i, it)
		for j := range it.limits {
			s.onLimits = append(s.onLimits, s.onThreshold(&it.limits[j])...)
		}
	}
}

// card is the scorecard before anything is scored.
func (s *scorer) card() *Scorecard {
	card := &Scorecard{Rubric: s.Rubric.Ref(), Title: s.Rubric.Title.Text, Kind: s.Rubric.Kind.Text, Cover: s.ret.Cover, CoverAt: s.ret.CoverAt,
		Files: s.ret.Files, Absent: absent(s.ret), Items: make([]ItemResult, len(s.items))}
	if s.ret.Rubric != card.Rubric {
		made := s.ret.Rubric
		card.Made = &made
	}
	return card
}

// verdict is what an item comes to: points, or the state that keeps it from being
// decided.
type verdict struct {
	points float64
	state  formula.State
}

// judge decides whether an item applies, passes its gate, and what its form gives.
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
	gate := formula.Known
	if it.gate != nil {
		c := it.gate.Eval(m)
		if gate = c.State[0]; gate == formula.Known && c.Num[0] == 0 {
			return verdict{}
		}
	}
	v := p.form(m, it)
	if gate != formula.Known && (v.state != formula.Known || v.points > 0) {
		v = verdict{state: max(v.state, gate)}
	}
	return v
}

// form is what the item's form gives, over all rows.
func (p *Program) form(m *formula.Machine, it *item) verdict {
	if it.over == nil {
		out := m.Take(1)
		it.scoring.judge(m, out)
		return verdict{out.Num[0], out.State[0]}
	}
	out := m.Take(m.Rows[it.over.each.Index])
	it.scoring.judge(m, out)
	points, state := it.over.reduce(m, out)
	return verdict{points, state}
}

// states are the states of items that a form could not decide.
var states = map[formula.State]State{
	formula.Inapplicable: Inapplicable, formula.Missing: Missing, formula.Open: Open, formula.Failed: Failed,
}

func (s *scorer) item(it *item) ItemResult {
	v := s.judge(s.m, it)
	res := s.settled(it, v)
	s.shown(it, &res)
	res.Reason = s.reason(it, v)
	res.Inputs = s.inputRefs(it.reads)
	return res
}

// settled is what an item comes to: an inspector's points go before the engine's.
func (s *scorer) settled(it *item, v verdict) ItemResult {
	if c := s.ret.PointsCheck(it.src.ID.Text); c != nil {
		v = s.verdictOf(c)
	}
	return s.decided(it, v)
}

// decided is what a verdict comes to: state, points, letter.
func (s *scorer) decided(it *item, v verdict) ItemResult {
	res := ItemResult{ID: it.src.ID.Text, Must: it.must > 0}
	got := s.onPaper(it, v)
	lower, upper, full := 0.0, it.full, it.full
	switch v.state {
	case formula.Known:
		lower, upper = got, got
		res.State = None
		if decimal.Compare(got, it.full) == 0 {
			res.State = Full
		} else if got > 0 {
			res.State = Partial
		}
		res.MustUnmet = it.must > 0 && decimal.Compare(got, it.must) < 0
	case formula.Inapplicable:
		res.State = Inapplicable
		got = 0
		switch it.src.Inapplicable.Text {
		case "exclude":
			full = 0
		case "full":
			if !it.bonus {
				got = it.full
			}
		}
		lower, upper = got, got
	default:
		res.State, got = states[v.state], 0
	}
	s.letter(&res, lower, upper)
	if it.counts {
		res.Amount = Amount{Points: got, Lower: lower, Upper: upper, Full: full}
	}
	return res
}

// onPaper is what an item gets, rounded as its points are. Rounding alone never makes
// points full: what isn't met wouldn't look it.
func (p *Program) onPaper(it *item, v verdict) float64 {
	digits := int(p.Rubric.PointsDigits.Value)
	got := decimal.Round(min(max(v.points, 0), it.full), digits)
	if got >= it.full && decimal.Compare(v.points, it.full) < 0 {
		return justBelow(it.full, digits)
	}
	return got
}

// justBelow is the greatest number of so many decimals that is less than full points,
// which have no more decimals.
func justBelow(full float64, digits int) float64 {
	return max(decimal.Round(full-math.Pow10(-digits), digits), 0)
}

// letter turns the number of a letter back into the letter.
func (s *scorer) letter(res *ItemResult, worst, best float64) {
	if s.Rubric.Kind.Text != "letter" || res.State == Inapplicable {
		return
	}
	name := func(points float64) string { return s.Rubric.Letters[len(s.Rubric.Letters)-1-int(points)].Text }
	res.Letter = GradeRange{Lower: name(worst), Upper: name(best)}
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
	for _, t := range it.scoring.tests() {
		if t.each == nil || t.cond.Kind != formula.Truth || it.isSum() {
			continue
		}
		out := t.run(s.m)
		res.Rows = &Rows{Table: t.each.Name, Counted: out.counted(), Failing: keys(s.m, t.each, out.failing),
			Missing: keys(s.m, t.each, out.missing), Errors: keys(s.m, t.each, out.errors)}
		if len(res.Value.Text) == 0 && len(out.missing)+len(out.errors) < out.counted() {
			res.Value.Text = diag.P(diag.M("%s of %s met", strconv.Itoa(out.passed), strconv.Itoa(out.counted())))
		}
		break
	}
}

// isSum reports whether the item is scored by deductions or parts: the rows that
// they count aren't rows that pass.
func (it *item) isSum() bool { return len(it.src.Terms()) > 0 }

// number fills in the number of an item, without words.
func (s *scorer) number(it *item, into *Shown) {
	if it.value == nil || it.value.ByRow() || it.value.Kind != formula.Number {
		return
	}
	if c := it.value.Eval(s.m); c.State[0] == formula.Known {
		x := c.Num[0] // the column is the machine's
		into.Number, into.Unit = &x, it.value.Unit()
	}
	if it.src.Unit.Given() {
		into.Unit = it.src.Unit.Text
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
