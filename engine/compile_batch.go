package engine

import (
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// rank compiles the place in a batch.
func (c *compiler) rank(it *item, scope *formula.Scope) {
	src := it.src.Rank
	r := rank{item: it.src.ID.Text, full: it.full, low: src.First.Text == "low", digits: c.digits(it.src), slot: c.scope.NewSlot(), in: src.Pos}
	r.of = c.formula(src.Of, scope, formula.Number)
	r.within = c.group(src.Within)
	for _, p := range src.Points {
		r.points = append(r.points, p.Value)
	}
	if src.Mean.Given {
		r.mean = &src.Mean.Value
	}
	if r.of == nil {
		return
	}
	if it.value == nil {
		it.value = r.of
	}
	it.scoring = r
}

// group is the field whose value says which units of a batch belong together.
func (c *compiler) group(e diag.Excerpt) *formula.Formula {
	if !e.Given() {
		return nil
	}
	n := c.scope.Name(e.Text)
	if n == nil || n.Kind != formula.Text || n.Param {
		c.diags.Add(e.Pos, len([]rune(e.Text)), diag.M("within: names a field that is a text, such as a city or category"))
		return nil
	}
	return formula.Of(n)
}
