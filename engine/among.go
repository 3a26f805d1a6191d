package engine

import (
	"cmp"
	"encoding/json"
	"slices"
	"sort"

	"dudao/engine/decimal"
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

// Among is a whole batch, ready to say of each return where it stands. It is immutable.
type Among struct {
	units  []Standing
	at     map[string]int      // by whose they are
	items  []map[string]ranked // by group, for each item that is scored by rank
	shared []map[string]circle // by group, for each shared veto
}

// ranked are the values of a group.
type ranked struct {
	values []float64 // ascending
	mean   float64
}

// circle are the units of a group in which a veto acts, and in which that is open.
type circle struct{ acts, open []int }

// Among compares the standings of a batch, in whatever order they come. Those of
// another rubric are left out.
func (p *Program) Among(all []Standing) *Among {
	pattern := p.standing(returns.Empty(p.Rubric), false)
	a := &Among{at: map[string]int{}}
	for _, s := range all {
		if s.alike(pattern) {
			a.units = append(a.units, s)
		}
	}
	slices.SortFunc(a.units, func(x, y Standing) int {
		if c := cmp.Or(cmp.Compare(x.Code, y.Code), cmp.Compare(x.Name, y.Name)); c != 0 {
			return c
		}
		return cmp.Compare(x.text(), y.text())
	})
	for i := len(a.units) - 1; i >= 0; i-- {
		a.at[a.units[i].whose()] = i
	}
	for i := range pattern.Items {
		a.items = append(a.items, a.rank(i))
	}
	for i := range pattern.Vetoes {
		a.shared = append(a.shared, a.circles(i))
	}
	return a
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

// rank sorts the values of an item by group.
func (a *Among) rank(item int) map[string]ranked {
	out := map[string]ranked{}
	for _, u := range a.units {
		if c := u.Items[item]; c.State == valueStates[formula.Known] {
			g := out[c.Group]
			g.values = append(g.values, c.Value)
			out[c.Group] = g
		}
	}
	for name, g := range out {
		slices.Sort(g.values)
		var sum decimal.Sum
		for _, v := range g.values {
			sum.Add(v)
		}
		g.mean = sum.Value() / float64(len(g.values))
		out[name] = g
	}
	return out
}

// circles finds by group where a veto acts.
func (a *Among) circles(veto int) map[string]circle {
	out := map[string]circle{}
	for i, u := range a.units {
		v := u.Vetoes[veto]
		if v.State != valueStates[formula.Known] || !v.Fired && !v.Open {
			continue
		}
		g := out[v.Group]
		if v.Fired {
			g.acts = append(g.acts, i)
		} else {
			g.open = append(g.open, i)
		}
		out[v.Group] = g
	}
	return out
}

// Placed is the return with its place among the others of the batch. One that isn't
// among them has none; without a batch it is the return as it is.
func (p *Program) Placed(ret *returns.Return, among *Among) *returns.Return {
	if among == nil {
		return ret
	}
	out := *ret
	out.Others = nil
	own := p.standing(&out, false)
	i, ok := among.at[own.whose()]
	if !ok {
		return &out
	}
	others := &returns.Others{}
	k := 0
	for _, it := range p.items {
		if r, is := it.scoring.(rank); is {
			if c := own.Items[k]; c.State == valueStates[formula.Known] {
				others.Places = append(others.Places, among.items[k][c.Group].place(c, r.low))
			}
			k++
		}
	}
	for k, v := range own.Vetoes {
		if v.State == valueStates[formula.Known] {
			others.Shared = append(others.Shared, among.without(i, v, among.shared[k][v.Group]))
		}
	}
	out.Others = others
	return &out
}

// place is where a value stands.
func (g ranked) place(c Compared, low bool) returns.Place {
	n := len(g.values)
	below := sort.Search(n, func(k int) bool { return decimal.Compare(g.values[k], c.Value) >= 0 })
	equal := sort.Search(n-below, func(k int) bool { return decimal.Compare(g.values[below+k], c.Value) > 0 })
	above := n - below - equal
	p := returns.Place{Item: c.Item, Value: c.Value, Group: c.Group, Place: above + 1, Tied: equal - 1, Of: n, Mean: g.mean}
	switch {
	case low:
		if p.Place = below + 1; below > 0 {
			p.Ahead = &g.values[below-1]
		}
	case above > 0:
		p.Ahead = &g.values[n-above]
	}
	return p
}

// without is how a veto stands in the other units of a group.
func (a *Among) without(unit int, v Acting, g circle) returns.Shared {
	out := returns.Shared{Veto: v.Veto, Group: v.Group}
	count := func(list []int) (names []string, n int) {
		for _, i := range list {
			if i == unit {
				continue
			}
			if n++; n <= mostRows {
				names = append(names, a.units[i].called())
			}
		}
		return names, n
	}
	out.Acts, out.ActsIn = count(g.acts)
	out.Open, out.OpenIn = count(g.open)
	return out
}

// Beside is the return with its place in the batch that it and the others are.
func (p *Program) Beside(ret *returns.Return, others []*returns.Return) *returns.Return {
	batch := append([]*returns.Return{ret}, others...)
	var among *Among
	for range p.Rounds() {
		var all []Standing
		for _, r := range batch {
			all = append(all, p.Standing(p.Placed(r, among)))
		}
		among = p.Among(all)
	}
	return p.Placed(ret, among)
}

// ScoreAmong scores a return with its place in the batch. Without a batch it is
// scored alone.
func (p *Program) ScoreAmong(ret *returns.Return, among *Among) *Scorecard {
	return p.Score(p.Placed(ret, among))
}
