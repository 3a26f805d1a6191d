package engine

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
)

// threshold is a limit that a value must reach, and where it stands.
type threshold struct {
	value, limit *formula.Formula
	each         *formula.Table
	where        *formula.Formula
	unit         string      // of the value
	name         string      // for which there can be a reason
	words        diag.Phrase // whose limit, of what
}

// limits finds the limits of all items and standards, once for all returns.
func (c *compiler) limits() {
	for _, it := range c.items {
		it.limits = it.thresholds()
	}
	for i := range c.r.Data {
		name, b := c.r.Data[i].Key.Text, &c.r.Data[i].Value
		fields, table := b.Fields, ""
		if b.IsTable() {
			fields, table = b.Columns, name
		}
		for j := range fields {
			if b.IsView() || !fields[j].Value.Pass.Given() {
				continue
			}
			n := c.scope.Name(fields[j].Key.Text)
			if table != "" {
				n = c.scope.Table(table).Column(fields[j].Key.Text)
			}
			if n.Standard == nil {
				continue
			}
			path := form.NameOf(table, n.Name, 0)
			t := split(n.Standard, n.Table, nil)
			t.unit, t.name, t.words = n.Unit, path, diag.P(diag.M("%s, its standard", path))
			if t.value != nil {
				c.standards = append(c.standards, t)
			}
		}
	}
}

// onThresholds doubts values that stand exactly on a limit: where so much depends
// on the last digit, someone may have made it fit.
func (s *scorer) onThresholds() []Problem {
	out := s.onLimits
	for i := range s.standards {
		s.m.Reset()
		out = append(out, s.onThreshold(&s.standards[i])...)
	}
	return out
}

// thresholds are the limits of an item: those of its bands, or of its condition.
func (it *item) thresholds() []threshold {
	var out []threshold
	add := func(t threshold) {
		if t.value == nil || !readsFigures(t.value) {
			return
		}
		t.name, t.unit = it.src.ID.Text, cmp.Or(it.src.Unit.Text, t.value.Declared, t.value.Unit())
		if it.value != nil {
			t.unit = cmp.Or(t.unit, it.value.Unit())
		}
		t.words = append(diag.P(diag.M("item %s, ", t.name)), t.value.Words()...)
		out = append(out, t)
	}
	switch {
	case it.src.Bands.Given() && it.value != nil:
		t := threshold{value: it.value}
		if it.over != nil {
			t.each, t.where = it.over.each, it.over.where
		}
		for _, b := range it.src.Bands.List {
			_, t.limit, _, _ = formula.AtLeast(it.value, b.From.Value).Sides()
			add(t)
		}
	case it.src.Pass.Given():
		for _, test := range it.scoring.tests() {
			add(split(test.cond, test.each, test.where))
		}
	}
	return out
}

// split takes a comparison apart in which the limit itself is good enough, and
// which compares data with something else.
func split(cond *formula.Formula, each *formula.Table, where *formula.Formula) threshold {
	left, right, sign, ok := cond.Sides()
	switch {
	case !ok || sign != " ≥ " && sign != " ≤ " || left.Kind != formula.Number:
		return threshold{}
	case readsFigures(right) && readsFigures(left):
		return threshold{} // with another figure, such as last year's
	case readsFigures(right):
		left, right = right, left
	}
	return threshold{value: left, limit: right, each: each, where: where}
}

func readsFigures(f *formula.Formula) bool {
	for _, r := range f.Reads() {
		if r.Name.Kind == formula.Number {
			return true
		}
	}
	return false
}

// leastWhole is from where on it is striking that so many were counted.
const leastWhole = 1000

// striking reports whether it says anything that a value is exactly so much. A
// share of 100 % or a class of 45 comes about by itself, and money is often fixed in
// round figures.
func (t *threshold) striking(x float64) bool {
	switch {
	case t.unit == "%":
		return x != 0 && x != 100
	case t.value.IsWhole():
		return math.Abs(x) >= leastWhole
	default:
		return x != math.Trunc(x)
	}
}

// hits are the rows on the limit, in their order and by the limit, and how many
// rows there are in all.
func (s *scorer) hits(t *threshold) (order []string, hits map[string][]int, counted int) {
	value, limit := t.value.Eval(s.m), t.limit.Eval(s.m)
	if noneNear(value, limit) {
		return nil, nil, 0
	}
	in := selected(s.m, t.each, t.where)
	n := 1
	if t.each != nil {
		n = s.m.Rows[t.each.Index]
	}
	all := in.mask == nil && in.where == nil
	for row := range n {
		a, b := min(row, value.Len()-1), min(row, limit.Len()-1)
		if a < 0 || b < 0 || value.State[a] != formula.Known || limit.State[b] != formula.Known {
			continue
		}
		if is, known := in.at(row); !all && (!is || known != formula.Known) {
			continue
		}
		counted++
		x, y := value.Num[a], limit.Num[b]
		if math.Abs(x-y) > decimal.Edge(y) || decimal.Compare(x, y) != 0 || !t.striking(y) {
			continue
		}
		shown := decimal.Format(y, 6)
		if hits == nil {
			hits = map[string][]int{}
		}
		if hits[shown] == nil {
			order = append(order, shown)
		}
		hits[shown] = append(hits[shown], row)
	}
	return order, hits, counted
}

// noneNear reports whether no value is anywhere near its limit, as is usual.
func noneNear(value, limit formula.Column) bool {
	if !value.Clean || !limit.Clean || limit.Len() != 1 && limit.Len() != value.Len() {
		return false
	}
	for i, x := range value.Num {
		y := limit.Num[min(i, limit.Len()-1)]
		if !(math.Abs(x-y) > decimal.Edge(y)) {
			return false
		}
	}
	return true
}

func (s *scorer) onThreshold(t *threshold) []Problem {
	order, hits, counted := s.hits(t)
	var out []Problem
	for _, shown := range order {
		rows := hits[shown]
		p := Problem{Severity: diag.Warning, Rule: RuleThreshold, Said: t.words, Pos: s.firstCell(test{cond: t.value, each: t.each}, rows[0]), about: []string{t.name},
			Hints: []diag.Message{diag.M("check that the figures behind it were counted, not made to fit")}}
		if t.each == nil {
			p.Said = append(p.Said[:len(p.Said):len(p.Said)], diag.M(": %s is exactly the limit %s", shown, shown))
		} else {
			p.Said = append(p.Said[:len(p.Said):len(p.Said)], diag.M(": exactly the limit %s in %s of %s rows: %s", shown, strconv.Itoa(len(rows)),
				strconv.Itoa(counted), strings.Join(keys(s.m, t.each, rows[:min(len(rows), mostRows)]), "、")))
		}
		for _, row := range rows {
			p.about = append(p.about, s.aboutFormula(t.value, t.each, row)...)
		}
		out = append(out, p)
	}
	return out
}
