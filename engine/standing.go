package engine

import (
	"cmp"
	"encoding/json"
	"slices"

	"dudao/engine/formula"
	"dudao/engine/returns"
)

// Standing is the little that a return brings into the comparison with others. It
// marshals to JSON and back without loss.
type Standing struct {
	Name   string     `json:"name"`
	Code   string     `json:"code,omitempty"`
	Items  []Compared `json:"items,omitempty"`  // that are scored by rank:, in the rubric's order
	Vetoes []Acting   `json:"vetoes,omitempty"` // that have within:, in the rubric's order
}

// Compared is a value to be compared with those of the same group.
type Compared struct {
	Item  string  `json:"item"`
	State string  `json:"state"` // as of a Value: only what is known is compared
	Value float64 `json:"value,omitempty"`
	Group string  `json:"group,omitempty"`
}

// Acting is how a shared veto stands in one unit, by its own figures alone.
type Acting struct {
	Veto  string `json:"veto"`
	State string `json:"state"` // of the group; one that isn't known shares nothing
	Group string `json:"group,omitempty"`
	Fired bool   `json:"fired,omitempty"`
	Open  bool   `json:"open,omitempty"`
}

// Compares reports whether anything of the rubric needs the other returns of the batch.
func (p *Program) Compares() bool { return p.Rounds() > 0 }

// Rounds is how many times the standings of a batch have to be made: not at all
// where nothing is compared; twice where a shared veto depends on places, which are
// known only after the first time. Made again is the standing of Placed.
func (p *Program) Rounds() int {
	ranked := slices.ContainsFunc(p.items, func(it *item) bool { return isRank(it) })
	shared := false
	for _, v := range p.vetoes {
		shared = shared || v.within != nil
		if ranked && v.within != nil && p.readsResult(v.when) {
			return 2
		}
	}
	if ranked || shared {
		return 1
	}
	return 0
}

func isRank(it *item) bool {
	_, is := it.scoring.(rank)
	return is
}

// readsResult reports whether a condition reads points or what they add up to.
func (p *Program) readsResult(f *formula.Formula) bool {
	of := map[int]bool{p.result.score: true, p.result.full: true, p.result.rate: true, p.result.unmet: true, p.result.mustUnmet: true}
	for _, it := range p.items {
		of[it.slot] = true
	}
	reads := false
	f.EachSlot(func(slot int) { reads = reads || of[slot] })
	return reads
}

// Standing is what a return brings into the comparison. It is much cheaper than Score.
func (p *Program) Standing(ret *returns.Return) Standing { return p.standing(ret, true) }

// standing leaves it open whether vetoes act, unless that is asked.
func (p *Program) standing(ret *returns.Return, acting bool) Standing {
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	p.load(m, ret)
	p.compute(m)
	s := scorer{Program: p, m: m, ret: ret}
	out := Standing{Name: ret.Name, Code: ret.Code}
	for _, it := range p.items {
		if r, is := it.scoring.(rank); is {
			m.Reset()
			out.Items = append(out.Items, s.compared(it, r))
		}
	}
	out.Vetoes = s.acting(acting)
	return out
}

// compared is the value of an item that is scored by rank. A unit to which the item
// doesn't apply stands outside.
func (s *scorer) compared(it *item, r rank) Compared {
	value, group, state := r.compared(s.m)
	if it.when != nil {
		switch c := it.when.Eval(s.m); {
		case c.State[0] != formula.Known:
			state = c.State[0]
		case c.Num[0] == 0:
			state = formula.Inapplicable
		}
	}
	if state != formula.Known {
		value, group = 0, ""
	}
	return Compared{Item: r.item, State: valueStates[state], Value: value, Group: group}
}

// alike reports whether two standings are of the same rubric.
func (s Standing) alike(o Standing) bool {
	return slices.EqualFunc(s.Items, o.Items, func(x, y Compared) bool { return x.Item == y.Item }) &&
		slices.EqualFunc(s.Vetoes, o.Vetoes, func(x, y Acting) bool { return x.Veto == y.Veto })
}

// whose tells standings apart. Whether vetoes act isn't part of it: that may be known
// only in the second round.
func (s Standing) whose() string {
	vetoes := slices.Clone(s.Vetoes)
	for i := range vetoes {
		vetoes[i].Fired, vetoes[i].Open = false, false
	}
	s.Vetoes = vetoes
	return s.text()
}

func (s Standing) text() string {
	out, err := json.Marshal(s)
	if err != nil {
		panic("engine: " + err.Error()) // only texts and finite numbers
	}
	return string(out)
}

func (s Standing) called() string { return cmp.Or(s.Name, s.Code) }
