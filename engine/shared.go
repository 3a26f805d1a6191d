package engine

import (
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
)

// others is how a shared veto stands in the other units of the group. It is nil where
// that isn't known: no batch was scored, or the return is in another group now.
// alone says that there is no group: the veto isn't shared, or that doesn't apply.
func (s *scorer) othersOf(v veto) (others *returns.Shared, alone bool) {
	if v.within == nil {
		return nil, true
	}
	s.m.Reset()
	switch c := v.within.Eval(s.m); c.State[0] {
	case formula.Known:
		return s.ret.Others.SharedOf(v.src.Title.Text, c.Text[0]), false
	case formula.Inapplicable:
		return nil, true
	default:
		return nil, false
	}
}

// spreads reports whether a veto acts because it does in another unit of the group;
// at worst it does where that is open.
func (s *scorer) spreads(v veto, worst bool) bool {
	others, alone := s.othersOf(v)
	switch {
	case alone:
		return false
	case others == nil:
		return worst
	default:
		return others.ActsIn > 0 || worst && others.OpenIn > 0
	}
}

// shared tells of a shared veto what the others have to do with it.
func (s *scorer) shared(v veto, res VetoResult, own bool) diag.Phrase {
	others, alone := s.othersOf(v)
	switch {
	case alone || !res.Fired && !res.Open:
		return nil
	case others != nil && others.ActsIn > 0:
		return diag.P(diag.M("acts in %s (%s: %s)", someUnits(others.Acts, others.ActsIn), v.within.Names()[0].Name, others.Group))
	case own && !res.Open:
		return diag.P(diag.M("acts in this unit, and so in all of the same %s", v.within.Names()[0].Name))
	case others != nil && others.OpenIn > 0:
		return diag.P(diag.M("not known yet in %s (%s: %s)", someUnits(others.Open, others.OpenIn), v.within.Names()[0].Name, others.Group))
	case others == nil:
		return diag.P(diag.M("whether it acts in another unit of the same %s is known only when the whole batch is scored", v.within.Names()[0].Name))
	}
	return nil
}

// someUnits names the first units of so many.
func someUnits(names []string, all int) string {
	out := strings.Join(names, "、")
	if all > len(names) {
		out += " … (" + strconv.Itoa(all) + ")"
	}
	return out
}

// acting is how the shared vetoes stand by the figures of the unit alone; or, unless
// that is asked, only in which groups they are.
func (s *scorer) acting(asked bool) []Acting {
	var out []Acting
	var worst, best outcome
	for i, v := range s.vetoes {
		if v.within == nil {
			continue
		}
		a := Acting{Veto: v.src.Title.Text}
		if asked {
			if out == nil {
				worst, best = s.ends()
			}
			a.Fired, a.Open = worst.own[i] && best.own[i], worst.own[i] != best.own[i]
		}
		s.m.Reset()
		c := v.within.Eval(s.m)
		if a.State = valueStates[c.State[0]]; c.State[0] == formula.Known {
			a.Group = c.Text[0]
		}
		out = append(out, a)
	}
	return out
}

// ends are the outcomes at worst and at best, without telling why.
func (s *scorer) ends() (worst, best outcome) {
	card := &Scorecard{Kind: s.Rubric.Kind.Text, Items: make([]ItemResult, len(s.items))}
	for i, it := range s.items {
		s.m.Reset()
		card.Items[i] = s.decided(it, s.judge(s.m, it))
	}
	t := totaller{scorer: s, card: card}
	card.Total = t.sum(s.Rubric.Items, 0)
	t.deductions()
	return s.scenario(card, true), s.scenario(card, false)
}
