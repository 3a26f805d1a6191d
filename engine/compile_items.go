package engine

import (
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
)

func (c *compiler) leaves() {
	c.r.Leaves(func(src *rubric.Item, _ []*rubric.Item) {
		it := &item{src: src, full: src.Points.Value, slot: c.scope.NewSlot()}
		it.when = c.formula(src.When, c.scope, formula.Truth)
		each := c.table(src.Each)
		scope := c.scope
		if each != nil {
			scope = scope.Inside(each)
		}
		if it.value = c.anyFormula(src.Value, scope); it.value != nil {
			scope = scope.With(valueName(it.value, c.digits(src)))
		}
		switch {
		case src.Pass.Given():
			c.pass(it, scope, each)
		case len(src.Bands) > 0:
			c.bands(it)
		default:
			c.deduct(it)
		}
		if t := c.formula(src.Target, scope, formula.Number); t != nil {
			it.target, it.sign = t, ""
		}
		it.say = c.template(src.Say, c.scope)
		it.reads = c.reads(it)
		c.items = append(c.items, it)
	})
}

func (c *compiler) digits(src *rubric.Item) int {
	if src.Digits.Given {
		return int(src.Digits.Value)
	}
	return int(c.r.Digits.Value)
}

// valueName is the name "value" in the condition of an item. It has no slot of
// its own: reading it computes the formula.
func valueName(value *formula.Formula, digits int) *formula.Name {
	return &formula.Name{Name: "value", Kind: value.Kind, Digits: digits, Formula: value, Inline: true}
}

// pass is all or nothing; with each, every row must pass, or every failing row
// loses points.
func (c *compiler) pass(it *item, scope *formula.Scope, each *formula.Table) {
	src := it.src
	cond := c.formula(src.Pass, scope, formula.Truth)
	where := c.formula(src.Where, scope, formula.Truth)
	if cond == nil {
		return
	}
	t := test{cond: cond, each: each, where: where, digits: c.digits(src)}
	if src.Lose.Given {
		it.form = sum{full: it.full, terms: []term{{take: src.Lose.Value, fails: &t}}}
		return
	}
	it.form = ladder{rungs: []rung{{t, it.full}}}
	if each != nil {
		return
	}
	if left, right, sign, ok := cond.Sides(); ok {
		if it.value == nil {
			it.value = left
		}
		it.target, it.sign = right, sign
	}
}

func (c *compiler) bands(it *item) {
	if it.value == nil {
		return
	}
	if it.value.Kind != formula.Number {
		v := it.src.Value
		c.diags.Add(v.Pos, len([]rune(v.Text)), diag.M("bands need a number"))
		return
	}
	var l ladder
	for _, b := range it.src.Bands {
		points := b.Points.Value
		if b.Share.Given {
			points = b.Share.Value * it.full
		}
		l.rungs = append(l.rungs, rung{test{cond: formula.AtLeast(it.value, b.From.Value), digits: c.digits(it.src)}, points})
	}
	if len(l.rungs) > 0 {
		_, it.target, it.sign, _ = l.rungs[0].test.cond.Sides()
	}
	it.form = l
}

func (c *compiler) deduct(it *item) {
	s := sum{full: it.full}
	for i := range it.src.Deduct {
		d := &it.src.Deduct[i]
		t := term{take: d.Take.Value, max: d.Max.Value, label: d.For.Text, started: d.Started.Text, each: c.table(d.Each)}
		scope := c.scope
		if t.each != nil {
			scope = scope.Inside(t.each)
		}
		where := c.formula(d.Where, scope, formula.Truth)
		switch {
		case d.Ask.Given():
			t.times = formula.Of(c.ask(it.src, d))
		case d.Times.Given():
			t.times, t.where = c.formula(d.Times, scope, formula.Number), where
			c.step(d, t.times)
		case where != nil:
			t.rows = &test{cond: where, each: t.each}
		}
		if t.times != nil || t.rows != nil {
			s.terms = append(s.terms, t)
		}
	}
	it.form = s
}

// step makes the author say what a started step counts, where there can be one.
func (c *compiler) step(d *rubric.Deduction, times *formula.Formula) {
	if times == nil || d.Started.Given() || times.IsWhole() {
		return
	}
	c.diags.Add(d.Times.Pos, len([]rune(d.Times.Text)), diag.M("the number of times can be a fraction"),
		diag.M("say what a started step counts: started: up (whole), down (not yet) or part (in proportion)"))
}

// ask declares the slot of a fact that is answered on the sheet of judgements.
func (c *compiler) ask(src *rubric.Item, d *rubric.Deduction) *formula.Name {
	n := &formula.Name{Name: d.Ask.Text, Kind: formula.Truth, Whole: true, Slots: []int{c.scope.NewSlot()}}
	if d.Count {
		n.Kind = formula.Number
	}
	c.asks = append(c.asks, askInput{item: src.ID.Text, ask: d.Ask.Text, slot: n.Slots[0]})
	return n
}

// reads lists what an item needs, each once.
func (c *compiler) reads(it *item) []formula.Read {
	var out []formula.Read
	seen := map[formula.Read]bool{}
	add := func(f *formula.Formula) {
		if f == nil {
			return
		}
		for _, r := range f.Reads() {
			if !seen[r] {
				seen[r] = true
				out = append(out, r)
			}
		}
	}
	add(it.when)
	if it.form != nil {
		for _, t := range it.form.tests() {
			add(t.cond)
			add(t.where)
		}
	}
	add(it.value)
	return out
}

// check is a compiled rule about the data.
type check struct {
	src  *rubric.Check
	test test
	say  template
}

func (c *compiler) dataChecks() {
	for i := range c.r.Checks {
		src := &c.r.Checks[i]
		each := c.table(src.Each)
		scope := c.scope
		if each != nil {
			scope = scope.Inside(each)
		}
		rule := c.formula(src.Rule, scope, formula.Truth)
		k := check{src: src, test: test{cond: rule, each: each}, say: c.template(src.Say, scope)}
		if rule != nil {
			c.checks = append(c.checks, k)
		}
	}
}

// template is an author's sentence with the holes compiled.
type template []part

type part struct {
	text string
	hole *formula.Formula // nil for text
}

// template compiles a sentence with {formula} holes.
func (c *compiler) template(src diag.Excerpt, s *formula.Scope) template {
	var out template
	rest, at := src.Text, 0
	for rest != "" {
		text, after, open := strings.Cut(rest, "{")
		out = append(out, part{text: text})
		if !open {
			break
		}
		inner, tail, closed := strings.Cut(after, "}")
		at += len([]rune(text)) + 1
		if !closed {
			c.diags.Add(src.At(at-1), 1, diag.M("a hole { is not closed"), diag.M("write } behind the formula"))
			break
		}
		hole := diag.Excerpt{Text: inner, Pos: src.At(at)}
		if f := c.anyFormula(hole, s); f != nil {
			out = append(out, part{hole: f})
		}
		at += len([]rune(inner)) + 1
		rest = tail
	}
	return out
}

// fill puts the values of a row into the holes.
func (t template) fill(m *formula.Machine, row, digits int) diag.Phrase {
	var p diag.Phrase
	for _, part := range t {
		if part.hole != nil {
			p = append(p, part.hole.Value(m, row, digits))
		} else {
			p = append(p, diag.Verbatim(part.text))
		}
	}
	return p
}

// grade is a compiled grade.
type grade struct {
	src  *rubric.Grade
	when *formula.Formula
}

// gradeConditions compiles the grades; their conditions see the totals.
func (c *compiler) gradeConditions() {
	number := func(name string, slot *int, said diag.Message) *formula.Name {
		*slot = c.scope.NewSlot()
		return &formula.Name{Name: name, Said: said, Digits: 2, Slots: []int{*slot}}
	}
	scope := c.scope.With(
		number("score", &c.scoreSlot, diag.M("the total")),
		number("full", &c.fullSlot, diag.M("the full points")),
		number("rate", &c.rateSlot, diag.M("the rate in percent")),
		number("unmet", &c.unmetSlot, diag.M("the number of unmet items")))
	slots := map[string]int{}
	for _, it := range c.items {
		slots[it.src.ID.Text] = it.slot
	}
	scope = scope.WithPoints(slots)
	for i := range c.r.Grades {
		src := &c.r.Grades[i]
		c.grades = append(c.grades, grade{src, c.formula(src.When, scope, formula.Truth)})
	}
	c.checkPoints()
}

// checkPoints refuses losses that don't fit the item, which needs all items.
func (c *compiler) checkPoints() {
	for _, it := range c.items {
		if l := it.src.Lose; l.Given && (l.Value <= 0 || decimal.Compare(l.Value, it.full) > 0) {
			c.diags.Add(l.Pos, 1, diag.M("lose: lies between 0 and the item’s points"))
		}
	}
}
