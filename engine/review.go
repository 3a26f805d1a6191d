package engine

import (
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
)

// Review puts what an inspector found of the return's unit in place of what it
// submitted; the original stays as it is. With errors the result isn't to be used.
func (p *Program) Review(ret *returns.Return, rev *returns.Review) (*returns.Return, diag.List) {
	return ret.Reviewed(p.Rubric, rev, rev.For(ret.Cover))
}

// Own is what an item comes to by the unit's own data.
type Own struct {
	State State `json:"state"`
	Amount
	Letter GradeRange `json:"letter,omitzero"`
}

// OwnTotal is what the whole and its sections come to by the unit's own data.
type OwnTotal struct {
	Total    Amount     `json:"total"`
	Rate     float64    `json:"rate"`
	Grade    GradeRange `json:"grade"`
	Sections []Amount   `json:"sections,omitempty"`
}

// Checked is what an inspector's review did to an item, which holds what counts now.
type Checked struct {
	Points bool     `json:"points,omitempty"` // they were given; else they follow from checked data
	Reason string   `json:"reason,omitempty"` // of points
	Pos    diag.Pos `json:"pos,omitzero"`     // of points
	Data   []string `json:"data,omitempty"`   // the checked values and answers that the item reads
	Own    Own      `json:"own"`
}

// Comparison is an item as the unit claims it, as the engine computes it of the
// unit's own data, and as an inspector leaves it.
type Comparison struct {
	Item    string
	Claimed *returns.Claim // nil where nothing usable is claimed
	Own     Own
	Checked *Own // nil where nothing was checked
}

// Compare sets every item's claim beside what the engine and the inspector make of it.
func (c *Scorecard) Compare() []Comparison {
	out := make([]Comparison, len(c.Items))
	for i, res := range c.Items {
		now := Own{res.State, res.Amount, res.Letter}
		out[i] = Comparison{Item: res.ID, Claimed: c.claim(res.ID), Own: now}
		if res.Checked != nil {
			out[i].Own, out[i].Checked = res.Checked.Own, &now
		}
	}
	return out
}

// Result is a result as that of the item, for Outcome.
func (o Own) Result() *ItemResult {
	return &ItemResult{State: o.State, Amount: o.Amount, Letter: o.Letter}
}

// claim is what is claimed of an item, or nil.
func (c *Scorecard) claim(item string) *returns.Claim {
	for i := range c.Claims {
		if c.Claims[i].Item == item && c.Claims[i].State == returns.Given {
			return &c.Claims[i]
		}
	}
	return nil
}

// Differs reports whether a claim is known to be another result. met is asked of
// items without points.
func (o Own) Differs(claim *returns.Claim) bool {
	switch {
	case claim == nil || !o.State.Decided() || o.State == Inapplicable:
		return false
	case claim.Text != "":
		return claim.Text != o.Letter.Lower
	case o.Full == 0: // counts without points
		return (claim.Number != 0) != (o.State == Full)
	default:
		return decimal.Compare(claim.Number, o.Points) != 0
	}
}

// verdictOf is the verdict of a points check.
func (p *Program) verdictOf(c *returns.Check) verdict {
	if c.Text != "" {
		for i, l := range p.Rubric.Letters {
			if l.Text == c.Text {
				return verdict{points: float64(len(p.Rubric.Letters) - 1 - i)}
			}
		}
	}
	return verdict{points: c.Number}
}

// reviewed notes on the items what the review did to them. own is what the unit's own
// data give.
func (s *scorer) reviewed(card *Scorecard) {
	card.Claims, card.Checks = s.ret.Claims, s.ret.Checks
	if len(s.ret.Checks) == 0 {
		return
	}
	own := s.Program.Brief(s.ret.Unchecked())
	card.Own = &OwnTotal{Total: own.Total, Rate: own.Rate, Grade: own.Grade}
	for _, sec := range own.Sections {
		card.Own.Sections = append(card.Own.Sections, sec.Amount)
	}
	touched := s.touched()
	for i, it := range s.items {
		res, before := &card.Items[i], &own.Items[i]
		c := Checked{Own: Own{before.State, before.Amount, before.Letter}}
		points := s.ret.PointsCheck(res.ID)
		for _, check := range s.ret.Checks {
			if !check.Points && s.reads(it, touched[check.Path]) {
				c.Data = append(c.Data, check.Path)
			}
		}
		switch {
		case points != nil:
			c.Points, c.Reason, c.Pos = true, points.Reason, points.Pos()
			said := append(diag.P(diag.M("Checked: ")), card.Outcome(res)...)
			if c.Reason != "" {
				said = append(said, diag.M(" (%s)", c.Reason))
			}
			said = append(append(append(said, diag.M("; the engine computes ")), card.Outcome(before)...), diag.M("."))
			res.Reason = append([]diag.Phrase{said}, res.Reason...)
		case c.Data == nil:
			continue
		case before.State != res.State || before.Amount != res.Amount || before.Letter != res.Letter:
			res.Reason = append(res.Reason, append(append(diag.P(diag.M("By checked data; the data submitted give ")), card.Outcome(before)...), diag.M(".")))
		}
		res.Checked = &c
	}
}

// touched are the slots whose values rest on each checked value or answer.
func (s *scorer) touched() map[string]map[int]bool {
	out := map[string]map[int]bool{}
	for _, c := range s.ret.Checks {
		if c.Points {
			continue
		}
		slots := map[int]bool{}
		for _, in := range s.inputs {
			if c.Field == in.name && c.Table == tableName(in.table) && c.Field != "" && c.Back < len(in.slots) {
				slots[in.slots[c.Back]] = true
			}
		}
		for _, a := range s.asks {
			if c.Field == "" && a.Item == c.Item && a.Text == c.Ask {
				slots[a.slot] = true
			}
		}
		for _, k := range s.derived {
			for _, read := range k.reads() {
				if slots[read] {
					for _, gives := range k.gives() {
						slots[gives] = true
					}
				}
			}
		}
		out[c.Path] = slots
	}
	return out
}

// reads reports whether an item reads one of the slots.
func (s *scorer) reads(it *item, slots map[int]bool) bool {
	for _, r := range it.reads {
		if r.Back < len(r.Name.Slots) && slots[r.Name.Slots[r.Back]] {
			return true
		}
	}
	for _, f := range []*formula.Formula{it.when, it.gate} {
		if f != nil && readsSlot(f, slots) {
			return true
		}
	}
	for _, t := range it.scoring.tests() {
		if readsSlot(t.cond, slots) || t.where != nil && readsSlot(t.where, slots) || t.each != nil && t.each.Base != nil && slots[t.each.Mask] {
			return true
		}
	}
	return it.over != nil && (it.over.each.Base != nil && slots[it.over.each.Mask] || it.over.where != nil && readsSlot(it.over.where, slots))
}

func readsSlot(f *formula.Formula, slots map[int]bool) bool {
	found := false
	f.EachSlot(func(slot int) { found = found || slots[slot] })
	return found
}

// claims computes the claimed total and how far the claims can be believed, for the
// total, vetoes and grades.
func (s *scorer) claims(card *Scorecard) {
	card.Claimed = s.claimedTotal(card)
	var checked, claimed decimal.Sum
	n := 0
	for i, it := range s.items {
		res := &card.Items[i]
		claim := card.claim(res.ID)
		if claim == nil || res.Checked == nil || !res.State.Decided() || !it.counts || claim.Text != "" {
			continue
		}
		n++
		checked.Add(res.Points)
		claimed.Add(claim.Number)
	}
	if n > 0 && decimal.Compare(claimed.Value(), 0) > 0 {
		x := checked.Value() / claimed.Value()
		card.Credibility = &x
	}
	s.perhaps(s.result.claimed, card.Claimed)
	s.perhaps(s.result.credibility, card.Credibility)
}

// perhaps sets a name of the result that may be missing.
func (s *scorer) perhaps(slot int, x *float64) {
	if x != nil {
		s.set(slot, *x)
		return
	}
	s.set(slot, 0)
	s.m.Slots[slot].State[0], s.m.Slots[slot].Clean = formula.Missing, false
}

// claimedTotal is the stated total, or else what the claims of the items come to
// together, as totals are added up.
func (s *scorer) claimedTotal(card *Scorecard) *float64 {
	if total := card.claim(""); total != nil {
		return &total.Number
	}
	return s.claimedSum(card)
}

func (s *scorer) claimedSum(card *Scorecard) *float64 {
	if len(card.Claims) == 0 || s.Rubric.Kind.Text == "letter" {
		return nil
	}
	shadow := Scorecard{Items: make([]ItemResult, len(card.Items))}
	n := 0
	for i, it := range s.items {
		a := &shadow.Items[i].Amount
		a.Full = card.Items[i].Full
		if claim := card.claim(card.Items[i].ID); claim != nil && it.counts {
			a.Points, a.Lower, a.Upper = claim.Number, claim.Number, claim.Number
			n++
		}
	}
	if n == 0 {
		return nil
	}
	t := totaller{scorer: s, card: &shadow}
	x := t.sum(s.Rubric.Items, 0).Points
	return &x
}

// misclaimed compares the stated total with the sum of the claims, if all items are
// claimed and nothing else makes the total.
func (s *scorer) misclaimed(card *Scorecard) []Problem {
	total := card.claim("")
	if total == nil || s.total != nil || s.deduct != nil {
		return nil
	}
	for i, it := range s.items {
		if it.counts && card.Items[i].Full > 0 && card.claim(card.Items[i].ID) == nil {
			return nil
		}
	}
	sum := s.claimedSum(card)
	if sum == nil || decimal.Compare(*sum, total.Number) == 0 {
		return nil
	}
	return []Problem{{Severity: diag.Warning, Pos: total.Pos(), Said: diag.P(diag.M("the claimed total is %s, the claims of the items come to %s", points(total.Number), points(*sum))),
		Hints: []diag.Message{diag.M("mend the total or the claims of the items")}}}
}

// ClaimWords sets the claimed total beside the engine's and, where an inspector checked
// something, the one that counts; nil where nothing is claimed or checked.
func (c *Scorecard) ClaimWords() diag.Phrase {
	var p diag.Phrase
	add := func(m diag.Message) {
		if len(p) > 0 {
			p = append(p, diag.M("; "))
		}
		p = append(p, m)
	}
	between := func(a Amount) string {
		if a.Certain() {
			return points(a.Points)
		}
		return points(a.Lower) + "～" + points(a.Upper)
	}
	engine := c.Total
	if c.Own != nil {
		engine = c.Own.Total
	}
	switch {
	case c.Claimed == nil && c.Own == nil || c.Kind == "letter":
		return nil
	case c.Claimed != nil:
		add(diag.M("claimed %s", points(*c.Claimed)))
	}
	add(diag.M("engine %s", between(engine)))
	if c.Own != nil {
		add(diag.M("checked %s", between(c.Total)))
	}
	if c.Credibility != nil {
		add(diag.M("credibility %s", decimal.Format(*c.Credibility, 4)))
	}
	return p
}
