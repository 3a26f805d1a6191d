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
		var hints []diag.Message
		if near := diag.Nearest(e.Text, c.texts()); near != "" {
			hints = append(hints, diag.M("did you mean “%s”?", near))
		}
		c.diags.Add(e.Pos, len([]rune(e.Text)), diag.M("within: names a field that is a text, such as a city or category"), hints...)
		return nil
	}
	return formula.Of(n)
}

// texts are the single values that are texts.
func (c *compiler) texts() []string {
	var out []string
	for _, b := range c.r.Data {
		for _, f := range b.Value.Fields {
			if f.Value.Type.Text == "text" {
				out = append(out, f.Key.Text)
			}
		}
	}
	return out
}
