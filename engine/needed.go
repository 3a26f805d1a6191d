package engine

import (
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// needed is the rubric with only the data and params that its items, grades and
// its own checks read, and what that needs; or the same if it reads all. It is for
// rubrics that share the data of others (uses:).
func (p *Program) needed() *rubric.Rubric {
	n := need{names: map[string]bool{}, tables: map[string]bool{}, spare: map[string]bool{}, words: map[string]bool{}, bounds: p.bounds}
	n.computed = map[*formula.Name]bool{}
	for _, it := range p.items {
		n.formulas(it.when, it.gate, it.value, it.target)
		for _, t := range it.scoring.tests() {
			n.test(t)
		}
		if it.over != nil {
			n.test(test{each: it.over.each, where: it.over.where})
		}
		for _, part := range it.say {
			n.formulas(part.hole)
		}
	}
	if p.deduct != nil {
		for _, t := range p.deduct.tests() {
			n.test(t)
		}
	}
	n.formulas(p.total)
	for _, v := range p.vetoes {
		n.formulas(v.when, v.within)
	}
	for _, b := range p.Rubric.Data {
		n.block(p.scope, b, p.Rubric.Shared)
	}
	for _, g := range p.grades {
		n.formulas(g.when)
	}
	r := *p.Rubric
	for _, k := range p.checks {
		if !r.Shared[k.src.Pos.File] {
			n.check(k)
		}
	}
	r.Checks = nil
	for _, k := range p.checks {
		if !r.Shared[k.src.Pos.File] || n.knows(k) {
			n.check(k) // reads params, too
			r.Checks = append(r.Checks, *k.src)
		}
	}
	r.Data = n.keep(p.Rubric.Data, r.Shared)
	r.Params = n.params(&r)
	if len(n.spare) == 0 && len(r.Checks) == len(p.Rubric.Checks) && len(r.Params) == len(p.Rubric.Params) {
		return p.Rubric
	}
	r.Spare = n.spare
	r.Rehash()
	return &r
}

// block needs what the rubric declares itself, and what its formulas read.
func (n *need) block(scope *formula.Scope, b source.KeyedItem[rubric.Block], shared map[string]bool) {
	own := !shared[b.Key.Pos.File]
	if t := scope.Table(b.Key.Text); t != nil {
		if own {
			n.table(t)
		}
		for _, c := range b.Value.Columns {
			if !shared[c.Key.Pos.File] {
				n.name(t.Root().Column(c.Key.Text))
			}
		}
		return
	}
	for _, f := range b.Value.Fields {
		if field := scope.Name(f.Key.Text); own && field != nil {
			n.name(field)
		}
	}
}

type need struct {
	names  map[string]bool // table.column, or the name of a single value
	tables map[string]bool
	spare  map[string]bool // what was dropped
	words  map[string]bool // of formulas, among them the params
	bounds []bound

	computed map[*formula.Name]bool // whether it follows from what stays
}

func (n *need) test(t test) {
	n.formulas(t.cond, t.where)
	if t.each != nil {
		n.table(t.each)
	}
}

func (n *need) check(k check) {
	n.test(k.test)
	for _, part := range k.say {
		n.formulas(part.hole)
	}
}

// table needs a table or view, what selects its rows and what names them.
func (n *need) table(t *formula.Table) {
	if n.tables[t.Name] {
		return
	}
	n.tables[t.Name] = true
	for _, k := range t.Root().Keys {
		n.name(k)
	}
	if t.Base != nil {
		n.formulas(t.Where)
		n.table(t.Base)
	}
}

func (n *need) formulas(list ...*formula.Formula) {
	for _, f := range list {
		if f == nil {
			continue
		}
		n.read(f.Source)
		for _, name := range f.Names() {
			n.name(name)
		}
		for _, t := range f.Tables() {
			n.table(t)
		}
	}
}

func (n *need) name(name *formula.Name) {
	key := name.Path()
	if n.names[key] {
		return
	}
	n.names[key] = true
	if name.Table != nil {
		n.table(name.Table)
	}
	n.formulas(name.Formula, name.Standard, name.When)
	for _, b := range n.bounds {
		if b.name == name {
			n.formulas(b.limit)
		}
	}
}

// knows reports whether a shared check asks for nothing more: all that is filled in
// for it stays.
func (n *need) knows(k check) bool {
	for _, part := range k.say {
		if part.hole != nil && !n.has(part.hole) {
			return false
		}
	}
	return n.has(k.test.cond) && (k.test.each == nil || n.tables[k.test.each.Name])
}

// has reports whether all that a formula reads stays, or follows from what stays.
func (n *need) has(f *formula.Formula) bool {
	if f == nil {
		return true
	}
	for _, name := range f.Names() {
		if !n.names[name.Path()] && !name.Answer && !n.follows(name) {
			return false
		}
	}
	for _, t := range f.Tables() {
		if !n.tables[t.Name] {
			return false
		}
	}
	return true
}

// follows reports whether a value is computed from what stays. It remembers, for
// formulas build on each other.
func (n *need) follows(name *formula.Name) bool {
	known, ok := n.computed[name]
	if !ok {
		known = name.Formula != nil && n.has(name.Formula) && n.has(name.Standard)
		n.computed[name] = known
	}
	return known
}

// keep drops the shared fields and columns that nobody needs; what stands in the
// rubric's own file stays.
func (n *need) keep(data source.Keyed[rubric.Block], shared map[string]bool) source.Keyed[rubric.Block] {
	var out source.Keyed[rubric.Block]
	for _, b := range data {
		if !shared[b.Key.Pos.File] {
			out = append(out, b)
			continue
		}
		block := b.Value
		block.Fields = n.fields(block.Fields, "")
		block.Columns = n.fields(block.Columns, b.Key.Text+".")
		if n.tables[b.Key.Text] || len(block.Fields) > 0 {
			out = append(out, source.KeyedItem[rubric.Block]{Key: b.Key, Value: block})
		} else {
			n.spare[b.Key.Text] = true
		}
	}
	return out
}

// params keeps the shared params that are read: by formulas, by numbers that are
// written as formulas, or as the bands of an item.
func (n *need) params(r *rubric.Rubric) source.Keyed[source.Node] {
	r.EachNumber(func(number *source.Number) {
		if number.Formula.Given() {
			n.read(number.Formula)
		}
	})
	r.Leaves(func(i *rubric.Item, _ []*rubric.Item) { n.words[i.Bands.Name.Text] = true })
	var out source.Keyed[source.Node]
	for _, p := range r.Params {
		if !r.Shared[p.Key.Pos.File] || n.words[p.Key.Text] {
			out = append(out, p)
		}
	}
	return out
}

func (n *need) read(text diag.Excerpt) {
	for _, word := range formula.Mentions(text.Text) {
		n.words[word] = true
	}
}

// fields keeps the fields or columns that are needed.
func (n *need) fields(list source.Keyed[rubric.Field], prefix string) source.Keyed[rubric.Field] {
	var out source.Keyed[rubric.Field]
	for _, f := range list {
		if n.names[prefix+f.Key.Text] {
			out = append(out, f)
		} else {
			n.spare[prefix+f.Key.Text] = true
		}
	}
	return out
}
