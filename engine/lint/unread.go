package lint

import (
	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// unread doubts what is declared and never read: nobody should fill in what
// decides nothing. Keys of tables are read by nature: they name the rows.
func unread(p *engine.Program) diag.List {
	var l diag.List
	if p.Rubric.SharesOnly() {
		return l // rubrics that use it read it
	}
	u := uses(p)
	doubt := func(e diag.Excerpt, m diag.Message) {
		l.Warn(e.Pos, width(e), m, diag.M("leave it out, or use it in an item, a check or a formula"))
	}
	for _, param := range p.Rubric.Params {
		if !u.words[param.Key.Text] {
			doubt(param.Key, diag.M("nothing reads the param “%s”", param.Key.Text))
		}
	}
	for _, b := range p.Rubric.Data {
		name, block := b.Key, b.Value
		switch {
		case block.IsView() && !u.tables[name.Text]:
			doubt(name, diag.M("nothing reads the view “%s”", name.Text))
		case block.IsTable() && !u.tables[name.Text]:
			doubt(name, diag.M("nothing reads the table “%s”", name.Text))
		case block.IsTable():
			keys := map[string]bool{}
			for _, k := range block.Key {
				keys[k.Text] = true
			}
			for _, c := range block.Columns {
				if !keys[c.Key.Text] && !u.names[name.Text+"."+c.Key.Text] {
					doubt(c.Key, diag.M("nothing reads the column “%s”", c.Key.Text))
				}
			}
		}
		for _, f := range block.Fields {
			if !u.names[f.Key.Text] {
				doubt(f.Key, diag.M("nothing reads the field “%s”", f.Key.Text))
			}
		}
	}
	return l
}

// usage is what a rubric reads.
type usage struct {
	names  map[string]bool // single values; columns as table.column
	tables map[string]bool // and views
	words  map[string]bool // all words of formulas, among them the params
}

func uses(p *engine.Program) usage {
	u := usage{names: map[string]bool{}, tables: map[string]bool{}, words: map[string]bool{}}
	standards := standards(p.Rubric)
	for _, f := range p.Formulas() {
		own := standards[f.Source.Pos] // a standard doesn't make a value read
		for _, n := range f.Names() {
			if key := n.Path(); key != own {
				u.names[key] = true
				if n.Table != nil {
					u.tables[n.Table.Name] = true
				}
			}
		}
		for _, t := range f.Tables() {
			u.tables[t.Name] = true
		}
		u.readWords(f.Source.Text)
	}
	p.Rubric.EachNumber(func(n *source.Number) { u.readWords(n.Formula.Text) })
	r := p.Rubric
	for _, b := range r.Data {
		u.tables[b.Value.From.Text] = true
	}
	for _, c := range r.Checks {
		u.tables[c.Each.Text] = true
	}
	r.Leaves(func(i *rubric.Item, _ []*rubric.Item) {
		u.tables[i.Each.Text] = true
		u.words[i.Bands.Name.Text] = true
		for _, t := range i.Terms() {
			u.tables[t.Each.Text] = true
		}
		if i.Rank != nil {
			u.names[i.Rank.Within.Text] = true
		}
	})
	for _, t := range r.Terms() {
		u.tables[t.Each.Text] = true
	}
	for _, v := range r.Veto {
		u.names[v.Within.Text] = true
	}
	return u
}

// standards tells of each standard whose it is, by its place.
func standards(r *rubric.Rubric) map[diag.Pos]string {
	out := map[diag.Pos]string{}
	for _, b := range r.Data {
		for _, f := range b.Value.Fields {
			out[f.Value.Pass.Pos] = f.Key.Text
		}
		for _, c := range b.Value.Columns {
			out[c.Value.Pass.Pos] = b.Key.Text + "." + c.Key.Text
		}
	}
	delete(out, diag.Pos{})
	return out
}

func (u usage) readWords(text string) {
	for _, w := range formula.Mentions(text) {
		u.words[w] = true
	}
}
