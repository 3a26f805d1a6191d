package engine

import (
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
)

// reason tells why an item came out as it did.
func (s *scorer) reason(it *item, v verdict) []diag.Phrase {
	switch {
	case v.state == formula.Inapplicable:
		return []diag.Phrase{s.inapplicable(it)}
	case v.state != formula.Known:
		return s.unknown(it, v.state)
	case it.gate != nil && !it.gate.Eval(s.m).True(0) && it.gate.Eval(s.m).State[0] == formula.Known:
		return []diag.Phrase{append(it.gate.Reading(s.m, 0), diag.M(": the gate is not passed, so no points."))}
	case len(it.say) > 0 && !it.isSum():
		return []diag.Phrase{s.said(it)}
	case len(it.say) > 0: // what was taken or given must be told all the same
		return append([]diag.Phrase{s.said(it)}, s.own(it)...)
	default:
		return s.own(it)
	}
}

// said is the author's sentence.
func (s *scorer) said(it *item) diag.Phrase {
	return it.say.fill(s.m, 0, int(s.Rubric.Digits.Value))
}

// own is the engine's account of a decided item.
func (s *scorer) own(it *item) []diag.Phrase {
	if it.over != nil {
		return it.overReason(s.m)
	}
	return it.scoring.reasons(s.m, 0)
}

func (s *scorer) inapplicable(it *item) diag.Phrase {
	p := diag.P(diag.M("Not applicable: the return says so. "))
	if it.when != nil {
		if c := it.when.Eval(s.m); c.State[0] == formula.Known && c.Num[0] == 0 {
			p = append(diag.P(diag.M("Not applicable: “")), append(it.when.Words(), diag.M("” does not hold. "))...)
		}
	} else if t := it.unconcerned(s.m); t != nil {
		p = diag.P(diag.M("Not applicable: no row of %s is concerned. ", t.Name))
	}
	if s.Rubric.Kind.Text != "points" {
		return append(p, diag.M("The item is not counted."))
	}
	switch it.src.Inapplicable.Text {
	case "exclude":
		return append(p, diag.M("The item is not counted."))
	case "zero":
		return append(p, diag.M("It gets no points."))
	default:
		return append(p, diag.M("It gets full points."))
	}
}

// unconcerned is a table with rows of which the item selects none.
func (it *item) unconcerned(m *formula.Machine) *formula.Table {
	for _, t := range it.scoring.tests() {
		each, where := t.each, t.where
		if each == nil && it.over != nil {
			each, where = it.over.each, it.over.where
		}
		if each == nil {
			continue
		}
		in, any := selected(m, each, where), false
		for row := range m.Rows[each.Index] {
			counts, _ := in.at(row)
			any = any || counts
		}
		if !any {
			return each
		}
	}
	return nil
}

// causeKey groups causes that differ only in the row.
type causeKey struct {
	name *formula.Name
	back int
	each *formula.Table // whose rows they are, for a failed operation
	said string
}

// causes collects what keeps an item from being decided.
type causes struct {
	*scorer
	state formula.State
	order []causeKey
	rows  map[causeKey][]int
	said  map[causeKey]diag.Phrase
}

func (g *causes) add(f *formula.Formula, each *formula.Table, row int) {
	if f == nil {
		return
	}
	for _, c := range f.Why(g.m, row) {
		if c.State != g.state {
			continue
		}
		k := causeKey{name: c.Name, back: c.Back, said: text(c.Said)}
		at := c.Row
		if c.Name == nil {
			k.each, at = each, row
		}
		if _, seen := g.rows[k]; !seen {
			g.order = append(g.order, k)
		}
		g.rows[k], g.said[k] = append(g.rows[k], at), c.Said
	}
}

// table looks into the selected rows of a table, and why rows may be selected.
func (g *causes) table(cond, where *formula.Formula, each *formula.Table) {
	if each == nil {
		g.add(cond, nil, 0)
		return
	}
	in := selected(g.m, each, where)
	for row := range g.m.Rows[each.Index] {
		counts, known := in.at(row)
		if !counts {
			continue
		}
		if known == g.state {
			g.add(where, each, row)
			g.add(each.Where, each, row)
		}
		g.add(cond, each, row)
	}
}

// unknown names what keeps an item from being decided.
func (s *scorer) unknown(it *item, state formula.State) []diag.Phrase {
	defer s.m.Remember()()
	g := s.causes(it, state)
	var out []diag.Phrase
	for _, k := range g.order {
		out = append(out, s.cause(k, g.rows[k], g.said[k], state))
	}
	if len(out) == 0 {
		out = append(out, s.noCause(it, state))
	}
	return out
}

// causes finds the values that keep an item from being decided, by what they have
// in common.
func (s *scorer) causes(it *item, state formula.State) causes {
	g := causes{scorer: s, state: state, rows: map[causeKey][]int{}, said: map[causeKey]diag.Phrase{}}
	g.add(it.when, nil, 0)
	g.add(it.gate, nil, 0)
	if len(g.order) == 0 {
		for _, t := range it.scoring.tests() {
			each, where := t.each, t.where
			if it.over != nil && each == nil {
				each, where = it.over.each, it.over.where
			}
			g.table(t.cond, where, each)
		}
	}
	return g
}

// noCause is for what no single value explains: a table without rows, the place
// in a batch.
func (s *scorer) noCause(it *item, state formula.State) diag.Phrase {
	if r, is := it.scoring.(rank); is && state == formula.Open {
		return r.unplaced(s.ret.Others)
	}
	for _, t := range it.scoring.tests() {
		if t.each != nil && s.m.Rows[t.each.Index] == 0 {
			return diag.P(diag.M("Data missing: table %s has no rows.", t.each.Root().Name))
		}
	}
	if it.over != nil {
		return diag.P(diag.M("Data missing: table %s has no rows.", it.over.each.Root().Name))
	}
	return diag.P(states[state].Words())
}

func text(p diag.Phrase) string {
	var b strings.Builder
	for _, m := range p {
		b.WriteString(m.Key + strings.Join(m.Args, "\x00"))
	}
	return b.String()
}

func (s *scorer) cause(k causeKey, rows []int, said diag.Phrase, state formula.State) diag.Phrase {
	switch {
	case k.name == nil && state == formula.Missing:
		return append(append(diag.P(diag.M("Data missing: ")), said...), diag.M("."))
	case k.name == nil && k.each != nil:
		p := diag.P(diag.M("Computation error in %s: ", strings.Join(keys(s.m, k.each, rows[:min(len(rows), mostRows)]), "、")))
		return append(append(p, said...), diag.M("."))
	case k.name == nil:
		return append(append(diag.P(diag.M("Computation error: ")), said...), diag.M("."))
	case k.name.Param:
		return diag.P(diag.M("There is no value of %s for the year %s.", k.name.Name, strconv.Itoa(s.ret.Year)))
	case !k.name.Said.IsZero():
		return diag.P(diag.M("Data missing: the return does not say which year it is for."))
	case state == formula.Open:
		return s.openAnswer(k.name)
	case k.name.Table == nil:
		return s.missingField(k)
	}
	name := form.NameOf(k.name.Table.Name, k.name.Name, k.back)
	if rows[0] < 0 {
		return diag.P(diag.M("Data missing: table %s has no rows.", k.name.Table.Name))
	}
	total := s.m.Rows[k.name.Table.Index]
	return diag.P(diag.M("Data missing: %s in %s of %s rows: %s.", name, strconv.Itoa(len(rows)), strconv.Itoa(total),
		strings.Join(keys(s.m, k.name.Table, rows[:min(len(rows), mostRows)]), "、")))
}

// openAnswer tells why a fact or judgement is still open.
func (s *scorer) openAnswer(n *formula.Name) diag.Phrase {
	for _, a := range s.asks {
		if a.slot != n.Slots[0] {
			continue
		}
		switch given := s.ret.Answers[a.Item][a.Text]; {
		case given.State == returns.Invalid:
			return diag.P(diag.M("To be judged: “%s” for “%s” can’t be understood.", given.Typed, n.Name))
		case given.State == returns.Given:
			return diag.P(diag.M("To be judged: “%s” is answered without the evidence that is required.", n.Name))
		}
	}
	return diag.P(diag.M("To be judged: “%s” is not answered yet.", n.Name))
}

func (s *scorer) missingField(k causeKey) diag.Phrase {
	path := form.NameOf("", k.name.Name, k.back)
	cell := s.ret.Fields[k.name.Name][k.back]
	switch {
	case cell.State == returns.Invalid:
		return diag.P(diag.M("Data missing: “%s” for %s (%s) can’t be understood.", cell.Typed, path, place(cell.Pos())))
	case !cell.Origin.IsZero():
		return diag.P(diag.M("Data missing: %s (%s).", path, place(cell.Pos())))
	default:
		return diag.P(diag.M("Data missing: %s.", path))
	}
}

// place is where a cell stands, without its file.
func place(p diag.Pos) string {
	p.File = ""
	if p.Sheet != "" {
		return p.Sheet + "!" + p.Cell
	}
	return p.String()
}
