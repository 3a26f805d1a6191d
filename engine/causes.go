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
	case len(it.say) > 0:
		return []diag.Phrase{it.say.fill(s.m, 0, int(s.Rubric.Digits.Value))}
	default:
		return it.form.reasons(s.m)
	}
}

func (s *scorer) inapplicable(it *item) diag.Phrase {
	p := diag.P(diag.M("Not applicable: the return says so. "))
	if it.when != nil {
		if c := it.when.Eval(s.m); c.State[0] == formula.Known && c.Num[0] == 0 {
			p = append(diag.P(diag.M("Not applicable: “")), append(it.when.Words(), diag.M("” does not hold. "))...)
		}
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

// gapKey groups causes that differ only in the row.
type gapKey struct {
	name *formula.Name
	back int
	said string
}

// unknown names what keeps an item from being decided.
func (s *scorer) unknown(it *item, state formula.State) []diag.Phrase {
	var order []gapKey
	rows := map[gapKey][]int{}
	said := map[gapKey]diag.Phrase{}
	collect := func(f *formula.Formula, row int) {
		if f == nil {
			return
		}
		for _, c := range f.Why(s.m, row) {
			if c.State != state {
				continue
			}
			k := gapKey{name: c.Name, back: c.Back, said: text(c.Said)}
			if _, seen := rows[k]; !seen {
				order = append(order, k)
			}
			at := c.Row
			if c.Name == nil {
				at = row
			}
			rows[k], said[k] = append(rows[k], at), c.Said
		}
	}
	if it.when != nil {
		collect(it.when, 0)
	}
	var each *formula.Table
	if len(order) == 0 {
		for _, t := range it.form.tests() {
			n := 1
			if t.each != nil {
				each, n = t.each, s.m.Rows[t.each.Index]
			}
			for row := range n {
				collect(t.where, row)
				collect(t.cond, row)
			}
		}
	}
	var out []diag.Phrase
	for _, k := range order {
		out = append(out, s.cause(k, rows[k], said[k], state, each))
	}
	return out
}

func text(p diag.Phrase) string {
	var b strings.Builder
	for _, m := range p {
		b.WriteString(m.Key + strings.Join(m.Args, "\x00"))
	}
	return b.String()
}

func (s *scorer) cause(k gapKey, rows []int, said diag.Phrase, state formula.State, each *formula.Table) diag.Phrase {
	switch {
	case k.name == nil && each != nil:
		p := diag.P(diag.M("Computation error in %s: ", strings.Join(keys(s.m, each, rows[:min(len(rows), mostRows)]), "、")))
		return append(append(p, said...), diag.M("."))
	case k.name == nil:
		return append(append(diag.P(diag.M("Computation error: ")), said...), diag.M("."))
	case state == formula.Open:
		return diag.P(diag.M("To be judged: “%s” is not answered yet.", k.name.Name))
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

func (s *scorer) missingField(k gapKey) diag.Phrase {
	path := form.NameOf("", k.name.Name, k.back)
	cell := s.ret.Fields[k.name.Name][k.back]
	switch {
	case cell.State == returns.Invalid:
		return diag.P(diag.M("Data missing: “%s” for %s (%s) can’t be understood.", cell.Typed, path, place(cell.Pos)))
	case !cell.Pos.IsZero():
		return diag.P(diag.M("Data missing: %s (%s).", path, place(cell.Pos)))
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
