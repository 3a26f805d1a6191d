package lint

import (
	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// noUnit doubts numbers to fill in without a unit: 元 or 万元, nobody can know.
func noUnit(p *engine.Program) diag.List {
	var l diag.List
	look := func(list source.Keyed[rubric.Field]) {
		for _, f := range list {
			if f.Value.Type.Text == "number" && f.Value.Entered() && !f.Value.Unit.Given() {
				l.Warn(f.Key.Pos, width(f.Key), diag.M("“%s” is filled in and has no unit", f.Key.Text),
					diag.M("write unit:, or type: percent or whole; a pure number gets unit: \"\""))
			}
		}
	}
	for _, b := range p.Rubric.Data {
		look(b.Value.Fields)
		look(b.Value.Columns)
	}
	return l
}

// noEvidence doubts what people decide with nothing to show for it.
func noEvidence(p *engine.Program) diag.List {
	var l diag.List
	p.Rubric.Leaves(func(i *rubric.Item, _ []*rubric.Item) {
		hint := diag.M("write evidence: with what should be handed in")
		switch asks := asksOf(i); {
		case len(i.Evidence) > 0:
		case i.Judge != nil:
			l.Warn(i.Title.Pos, width(i.Title), diag.M("“%s” is judged, and no evidence is asked for", i.Title.Text), hint)
		case len(asks) > 0:
			l.Warn(asks[0].Pos, width(asks[0]), diag.M("“%s” is answered, and the item asks for no evidence", asks[0].Text), hint)
		}
	})
	return l
}

// asksOf are the facts that an item asks for.
func asksOf(i *rubric.Item) []diag.Excerpt {
	var out []diag.Excerpt
	for _, t := range i.Terms() {
		if t.Ask.Given() {
			out = append(out, t.Ask)
		}
	}
	return out
}
