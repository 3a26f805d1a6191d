package engine

import (
	"strings"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
)

// check is a compiled rule about the data.
type check struct {
	src  *rubric.Check
	test test
	say  template
}

func (c *compiler) dataChecks() {
	for i := range c.r.Checks {
		src := &c.r.Checks[i]
		if src.Ask.Given() {
			continue // a fact, see factChecks
		}
		each := c.table(src.Each)
		scope := c.inside(each)
		rule := c.formula(src.Rule, scope, formula.Truth)
		k := check{src: src, test: test{cond: rule, each: each}, say: c.template(src.Say, scope)}
		if rule != nil {
			c.checks = append(c.checks, k)
		}
	}
}

// factChecks are the checks that are answered, not computed: a yes fires.
func (c *compiler) factChecks() {
	for i := range c.r.Checks {
		if src := &c.r.Checks[i]; src.Ask.Given() {
			no := formula.Not(formula.Of(c.answer("", src.Ask.Text)))
			c.checks = append(c.checks, check{src: src, test: test{cond: no}, say: c.template(src.Say, c.scope)})
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

// veto is a compiled veto.
type veto struct {
	src    *rubric.Veto
	when   *formula.Formula
	within *formula.Formula // the group in which it acts on all; nil: only here
}

// outcome compiles what acts on the whole: deductions from the total, total:,
// vetoes, grades. Their conditions see the result.
func (c *compiler) outcome() {
	c.factChecks()
	if len(c.r.Deduct) > 0 {
		c.Program.deduct = &sum{terms: c.terms("", c.r.Terms(), -1, c.scope)}
	}
	scope := c.resultScope()
	c.total = c.formula(c.r.Total, scope.With(c.result.before()), formula.Number)
	for i := range c.r.Veto {
		src := &c.r.Veto[i]
		v := veto{src: src, within: c.group(src.Within)}
		if src.Ask.Given() {
			v.when = formula.Of(c.answer("", src.Ask.Text))
		} else {
			v.when = c.formula(src.When, scope, formula.Truth)
		}
		if v.when != nil {
			c.vetoes = append(c.vetoes, v)
		}
	}
	for i := range c.r.Grades {
		src := &c.r.Grades[i]
		c.grades = append(c.grades, grade{src, c.formula(src.When, scope, formula.Truth)})
	}
}

// before is the name of the total in the formula that replaces it.
func (r resultSlots) before() *formula.Name {
	return &formula.Name{Name: "score", Said: diag.M("all items together"), Digits: 2, Slots: []int{r.score}, Least: new(float64)}
}

// resultScope knows the names of the result.
func (c *compiler) resultScope() *formula.Scope {
	number := func(name string, slot *int, said diag.Message) *formula.Name {
		*slot = c.scope.NewSlot()
		return &formula.Name{Name: name, Said: said, Digits: 2, Slots: []int{*slot}, Least: new(float64)}
	}
	r := &c.result
	rate := number("rate", &r.rate, diag.M("the rate in percent"))
	rate.Unit = "%"
	unmet := number("unmet", &r.unmet, diag.M("the number of unmet items"))
	mustUnmet := number("must_unmet", &r.mustUnmet, diag.M("the number of unmet must items"))
	unmet.Whole, mustUnmet.Whole = true, true
	vetoed := number("vetoed", &r.vetoed, diag.M("a veto"))
	vetoed.Kind = formula.Truth
	credibility := number("credibility", &r.credibility, diag.M("the credibility of the claims"))
	credibility.Digits = 4
	scope := c.scope.With(vetoed,
		number("score", &r.score, diag.M("the total")),
		number("full", &r.full, diag.M("the full points")),
		number("claimed", &r.claimed, diag.M("the claimed total")),
		credibility,
		rate, unmet, mustUnmet)
	slots := map[string]int{}
	for _, it := range c.items {
		slots[it.src.ID.Text] = it.slot
	}
	r.letters = map[string]int{}
	for _, l := range c.r.Letters {
		r.letters[l.Text] = c.scope.NewSlot()
	}
	return scope.WithResults("points", slots).WithResults("letters", r.letters)
}
