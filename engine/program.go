package engine

import (
	"sync"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
)

// Program is a compiled rubric.
type Program struct {
	Rubric *rubric.Rubric

	scope    *formula.Scope
	inputs   []input
	computed []computed // in an order in which each needs only earlier ones
	asks     []askInput
	checks   []check
	items    []*item
	grades   []grade

	scoreSlot, fullSlot, rateSlot, unmetSlot int

	machines sync.Pool
}

// input is a value to load from a return.
type input struct {
	table *formula.Table // nil for a single value
	key   bool           // the column of row names
	name  string
	field *rubric.Field
	kind  formula.Kind
	slots []int
}

// askInput is a fact answered on the sheet of judgements.
type askInput struct {
	item, ask string
	slot      int
}

// computed is a value with a formula. Where it may be entered, too, entered is
// the slot of what was.
type computed struct {
	name    *formula.Name
	field   *rubric.Field
	entered int // slot, or -1
}

// item is a compiled leaf: its idiom has become a form.
type item struct {
	src    *rubric.Item
	full   float64
	when   *formula.Formula
	form   scoring
	value  *formula.Formula // shown as the actual value; nil if there is none
	target *formula.Formula
	sign   string // before the target: ≥
	say    template
	slot   int // of its points, for grades
	reads  []formula.Read
}

// Compile makes a program of a rubric that loaded without errors. All errors of
// all formulas are reported.
func Compile(r *rubric.Rubric) (*Program, diag.List) {
	c := compiler{Program: &Program{Rubric: r, scope: formula.NewScope()}, r: r}
	c.names()
	c.params()
	c.data()
	c.dataChecks()
	c.leaves()
	c.gradeConditions()
	if c.diags.HasErrors() {
		return nil, c.diags.Sorted()
	}
	p := c.Program
	p.machines.New = func() any { return formula.NewMachine(p.scope) }
	return p, c.diags.Sorted()
}

type compiler struct {
	*Program
	r     *rubric.Rubric
	diags diag.List
}

// formula compiles an excerpt; an absent one gives nil.
func (c *compiler) formula(src diag.Excerpt, s *formula.Scope, want formula.Kind) *formula.Formula {
	if !src.Given() {
		return nil
	}
	f, diags := formula.Compile(src, s, want)
	c.diags = append(c.diags, diags...)
	return f
}

// anyFormula compiles an excerpt of whichever kind.
func (c *compiler) anyFormula(src diag.Excerpt, s *formula.Scope) *formula.Formula {
	if !src.Given() {
		return nil
	}
	f, diags := formula.CompileAny(src, s)
	c.diags = append(c.diags, diags...)
	return f
}

// table finds the table that an each: names.
func (c *compiler) table(e diag.Excerpt) *formula.Table {
	if !e.Given() {
		return nil
	}
	t := c.scope.Table(e.Text)
	if t == nil {
		var names []string
		for _, t := range c.scope.Tables() {
			names = append(names, t.Name)
		}
		var hints []diag.Message
		if near := diag.Nearest(e.Text, names); near != "" {
			hints = append(hints, diag.M("did you mean “%s”?", near))
		}
		c.diags.Add(e.Pos, len([]rune(e.Text)), diag.M("there is no table “%s”", e.Text), hints...)
	}
	return t
}
