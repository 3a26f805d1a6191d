package engine

import (
	"cmp"
	"slices"
	"sort"

	"dudao/engine/decimal"
	"dudao/engine/formula"
	"dudao/engine/returns"
)

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
