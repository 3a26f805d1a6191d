package rubric

import (
	"dudao/engine/diag"
	"dudao/engine/source"
)

// Term is one entry of deduct: or parts:. It takes or gives Points for each of
// Times, for each yes to Ask, for each row of Each, or once if If holds.
type Term struct {
	Pos     diag.Pos
	Points  source.Number
	For     diag.Excerpt // in words: 每少1次
	If      diag.Excerpt
	Times   diag.Excerpt
	Ask     diag.Excerpt // a fact that needs no field
	Count   bool         // Ask is a number of times
	Each    diag.Excerpt
	Where   diag.Excerpt
	Max     source.Number // at most so many points
	Started diag.Excerpt  // up, down or part: what a started step counts
}

// Deduction is a term that takes points away.
type Deduction struct {
	Pos     diag.Pos
	Points  source.Number `yaml:"take"`
	For     diag.Excerpt  `yaml:"for"`
	If      diag.Excerpt  `yaml:"if,formula"`
	Times   diag.Excerpt  `yaml:"times,formula"`
	Ask     diag.Excerpt  `yaml:"ask"`
	Count   bool          `yaml:"count"`
	Each    diag.Excerpt  `yaml:"each"`
	Where   diag.Excerpt  `yaml:"where,formula"`
	Max     source.Number `yaml:"max"`
	Started diag.Excerpt  `yaml:"started"`
}

// Part is a term that gives points.
type Part struct {
	Pos     diag.Pos
	Points  source.Number `yaml:"give"`
	For     diag.Excerpt  `yaml:"for"`
	If      diag.Excerpt  `yaml:"if,formula"`
	Times   diag.Excerpt  `yaml:"times,formula"`
	Ask     diag.Excerpt  `yaml:"ask"`
	Count   bool          `yaml:"count"`
	Each    diag.Excerpt  `yaml:"each"`
	Where   diag.Excerpt  `yaml:"where,formula"`
	Max     source.Number `yaml:"max"`
	Started diag.Excerpt  `yaml:"started"`
}

// Terms are what the rubric deducts from the total.
func (r *Rubric) Terms() []Term { return terms(r.Deduct, nil) }

// Terms are the deductions or parts of an item; other items have none.
func (i *Item) Terms() []Term { return terms(i.Deduct, i.Parts) }

func terms(deduct []Deduction, parts []Part) []Term {
	out := make([]Term, 0, len(deduct)+len(parts))
	for _, d := range deduct {
		out = append(out, Term(d))
	}
	for _, p := range parts {
		out = append(out, Term(p))
	}
	return out
}

// term checks an entry; key is that of its points.
func (c *checker) term(t Term, key string) {
	found := 0
	for _, given := range []bool{t.Times.Given() && !t.Each.Given(), t.Ask.Given(), t.Each.Given(), t.If.Given()} {
		if given {
			found++
		}
	}
	switch {
	case unreadable(t.Pos):
	case !t.Points.Given && !t.Points.Wrong:
		c.missing(t.Pos, key)
	case t.Points.Given && t.Points.Value <= 0:
		c.number(t.Points, diag.M("%s must be above 0", key+":")).Rule = "points"
	case t.Max.Given && t.Max.Value <= 0:
		c.number(t.Max, diag.M("%s must be above 0", "max:")).Rule = "points"
	case found != 1:
		c.diags.Add(t.Pos, 1, diag.M("an entry has exactly one of times:, ask:, each: and if:"))
	case t.Count && !t.Ask.Given():
		c.diags.Add(t.Pos, 1, diag.M("count: needs ask:"))
	case t.Where.Given() && !t.Each.Given():
		c.at(t.Where, diag.M("where: needs each:"))
	case t.Started.Given() && !t.Times.Given():
		c.at(t.Started, diag.M("started: needs times:"))
	case t.Each.Given() && !t.Where.Given() && !t.Times.Given():
		c.at(t.Each, diag.M("an entry for every row says which: where: or times:"))
	}
	c.oneOf(t.Started, "up", "down", "part")
}
