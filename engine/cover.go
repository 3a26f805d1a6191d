package engine

import (
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
)

// Goal is something of a rubric that its tests should make happen at least once:
// an item decided, a band reached, a comparison that holds and one that doesn't.
type Goal struct {
	Kind    string       `json:"kind"` // item, band, level, scale, deduction, part, condition, place, veto, grade
	Item    string       `json:"item,omitempty"`
	Missed  diag.Message `json:"missed"` // what is to be said while it isn't reached
	Pos     diag.Pos     `json:"pos"`
	Width   int          `json:"width,omitempty"`
	Reached bool         `json:"reached"`
}

// Coverage watches the returns that tests score. It belongs to one goroutine.
type Coverage struct {
	program *Program
	goals   []goal
}

// goal is a Goal and how it is seen to be reached, in the machine of a return that
// was just scored.
type goal struct {
	Goal
	reached func(m *formula.Machine, card *Scorecard) bool
}

// NewCoverage lists the goals of a program, none of them reached.
func (p *Program) NewCoverage() *Coverage {
	c := &Coverage{program: p}
	for _, k := range p.derived {
		c.derived(k)
	}
	for _, k := range p.checks {
		at := k.src.Rule
		if k.src.Ask.Given() {
			at = k.src.Ask
		}
		c.conditions("", k.test.cond, k.test.each, nil, at)
	}
	for i, it := range p.items {
		c.item(i, it)
	}
	if p.deduct != nil {
		c.terms("", p.deduct.terms, nil)
	}
	c.conditions("", p.total, nil, nil, p.Rubric.Total)
	for i, v := range p.vetoes {
		c.veto(i, v)
	}
	for _, g := range p.grades {
		c.conditions("", g.when, nil, nil, g.src.When)
		name := g.src.Grade.Text
		c.add("grade", "", diag.M("no case ends with the grade “%s”", name), g.src.Grade,
			func(_ *formula.Machine, card *Scorecard) bool {
				return card.Grade.Certain() && card.Grade.Lower == name
			})
	}
	return c
}

// Score scores a return and marks the goals that it reaches.
func (c *Coverage) Score(ret *returns.Return) *Scorecard {
	p := c.program
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	card := p.score(m, ret)
	defer m.Remember()() // the same columns are looked at row by row
	for i := range c.goals {
		if g := &c.goals[i]; !g.Reached {
			m.Reset()
			g.Reached = g.reached(m, card)
		}
	}
	return card
}

// Beside is the return with its place in a batch, as Program.Beside finds it.
func (c *Coverage) Beside(ret *returns.Return, others []*returns.Return) *returns.Return {
	return c.program.Beside(ret, others)
}

// Goals lists all goals.
func (c *Coverage) Goals() []Goal {
	out := make([]Goal, len(c.goals))
	for i, g := range c.goals {
		out[i] = g.Goal
	}
	return out
}

func (c *Coverage) add(kind, item string, missed diag.Message, at diag.Excerpt, reached func(*formula.Machine, *Scorecard) bool) {
	c.goals = append(c.goals, goal{Goal{Kind: kind, Item: item, Missed: missed, Pos: at.Pos, Width: len([]rune(at.Text))}, reached})
}
