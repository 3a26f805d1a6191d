package engine

import (
	"slices"

	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// gapper changes values of a return in its machine, computes again what rests on
// them, and changes them back.
type gapper struct {
	scorer
	it  *item
	now float64 // points of it

	used    []bool           // the derived values on which it rests
	rows    []int            // of rowsOf, while no others are in the machine
	rowsOf  *formula.Table   // nil: all rows of all tables are
	picked  []formula.Column // by slot: while rows are picked the whole columns, else room for some
	cells   []returns.Cell   // room for those of rows
	tables  []*formula.Table // by slot: of which it is a column, or of whose rows it says something
	says    []*input         // by derived value: of which input it says where it applies, or nil
	only    []bool           // the derived values that are computed again; nil: all
	levers  map[int]*lever   // by slot
	asked   map[int]*rubric.Ask
	reads   [][]int // slots, by derived value
	made    []changed
	kept    []kept
	broken  []map[int]bool // by check: the rows in which it fails as the return is
	readers map[*formula.Name]int
	slots   map[*formula.Name]int // of the levers

	positive map[int]bool // by slot: what isPositive found
}

// lever is an input that may be changed: a number, a truth, an answer.
type lever struct {
	name    *formula.Name
	slot    int
	input   *input       // of data
	ask     *rubric.Ask  // or of an answer
	moves   map[int]bool // slots whose values rest on it, itself among them
	chain   []int        // the derived values among them, in their order
	readers int
	checks  []int // those that rest on it
	bounds  []int
}

// needed is what some formulas rest on.
type needed struct {
	slots   []bool // what they read, and what that is computed from
	derived []bool // the derived values among them
}

// changed is a value in its place.
type changed struct {
	slot, row int
	to        float64
}

// kept is a column as it was before changes.
type kept struct {
	slot   int
	column formula.Column
}

func newGapper(s scorer) *gapper {
	g := &gapper{scorer: s, levers: map[int]*lever{}, asked: map[int]*rubric.Ask{}, readers: map[*formula.Name]int{}, slots: map[*formula.Name]int{}, positive: map[int]bool{}}
	for i := range s.asks {
		g.asked[s.asks[i].slot] = &s.asks[i].Ask
	}
	for i := range s.inputs {
		in := &s.inputs[i]
		if n := s.name(tableName(in.table), in.name); !in.fixed && in.kind != formula.Text && !isYear(n) {
			g.levers[in.slots[0]] = &lever{name: n, slot: in.slots[0], input: in}
			g.slots[n] = in.slots[0]
		}
	}
	g.tables, g.picked = make([]*formula.Table, len(s.m.Slots)), make([]formula.Column, len(s.m.Slots))
	for _, t := range s.scope.Tables() {
		if t.Base != nil {
			g.tables[t.Mask] = t.Root()
		}
		for _, n := range t.Columns {
			for _, slot := range n.Slots {
				g.tables[slot] = t
			}
		}
	}
	for _, k := range s.derived {
		g.reads = append(g.reads, k.reads())
		g.says = append(g.says, s.saysOf(k))
		if k.entered >= 0 {
			g.tables[k.entered] = k.name.Table
		}
	}
	for _, f := range s.formulas {
		for _, n := range f.Names() {
			g.readers[n]++
		}
	}
	for _, k := range s.checks {
		g.broken = append(g.broken, g.failing(k))
	}
	return g
}

// isYear reports whether a number says when something was: no one changes that.
func isYear(n *formula.Name) bool {
	return n.Whole && n.Unit == "" && n.Least != nil && *n.Least >= 1800 && n.Most != nil && *n.Most <= 2200
}

// saysOf is the input of which a derived value says where it applies, or nil.
func (p *Program) saysOf(k derived) *input {
	if k.view != nil || k.name.When == nil {
		return nil
	}
	for i := range p.inputs {
		if slices.Equal(p.inputs[i].slots, k.name.Slots) {
			return &p.inputs[i]
		}
	}
	return nil
}

// reads are the slots on which a derived value rests.
func (k derived) reads() []int {
	var out []int
	add := func(f *formula.Formula) {
		if f == nil {
			return
		}
		for _, n := range f.Names() {
			out = append(out, n.Slots...)
		}
		for _, t := range f.Tables() {
			if t.Base != nil {
				out = append(out, t.Mask)
			}
		}
	}
	if k.view != nil {
		add(k.view.Where)
		if k.view.Base.Base != nil {
			out = append(out, k.view.Base.Mask)
		}
		return out
	}
	add(k.name.Formula)
	add(k.name.When)
	if k.entered >= 0 {
		out = append(out, k.entered)
	}
	return out
}

// gives are the slots that a derived value fills.
func (k derived) gives() []int {
	if k.view != nil {
		return []int{k.view.Mask}
	}
	return k.name.Slots
}

// lever is the lever of a name, or nil; what rests on it is found when it is first
// wanted.
func (g *gapper) lever(n *formula.Name) *lever {
	slot, known := g.slots[n]
	if !known {
		slot = n.Slots[0]
	}
	l := g.levers[slot]
	if l != nil && l.name != n && l.ask == nil {
		return nil
	}
	if l == nil && g.asked[slot] != nil {
		l = &lever{name: n, slot: slot, ask: g.asked[slot]}
		g.levers[slot] = l
	}
	if l == nil || l.moves != nil {
		return l
	}
	l.readers = max(1, g.readers[l.name])
	l.moves = map[int]bool{slot: true}
	for i, k := range g.derived {
		if slices.ContainsFunc(g.reads[i], func(s int) bool { return l.moves[s] }) {
			l.chain = append(l.chain, i)
			for _, s := range k.gives() {
				l.moves[s] = true
			}
		}
	}
	for i, k := range g.checks {
		if g.moves(l, k.test.cond) {
			l.checks = append(l.checks, i)
		}
	}
	for i, b := range g.bounds {
		if b.name == l.name || g.moves(l, b.limit) {
			l.bounds = append(l.bounds, i)
		}
	}
	return l
}

// slots are those that a formula reads itself.
func slots(f *formula.Formula) []int {
	if f == nil {
		return nil
	}
	return (derived{name: &formula.Name{Formula: f}, entered: -1}).reads()
}

// needed is what formulas and the rows of tables rest on.
func (g *gapper) needed(formulas []*formula.Formula, tables ...*formula.Table) needed {
	out := needed{slots: make([]bool, len(g.m.Slots)), derived: make([]bool, len(g.derived))}
	for _, f := range formulas {
		for _, s := range slots(f) {
			out.slots[s] = true
		}
	}
	for _, t := range tables {
		if t != nil && t.Base != nil {
			out.slots[t.Mask] = true
		}
	}
	for i := len(g.derived) - 1; i >= 0; i-- {
		if slices.ContainsFunc(g.derived[i].gives(), func(s int) bool { return out.slots[s] }) {
			out.derived[i] = true
			for _, s := range g.reads[i] {
				out.slots[s] = true
			}
		}
	}
	return out
}

// set puts values in and computes again what rests on them, of that what is needed
// alone.
func (g *gapper) set(l *lever, need needed, values ...changed) {
	for _, v := range values {
		g.m.Slots[v.slot].Num[v.row] = v.to
	}
	for _, i := range l.chain {
		if need.derived[i] {
			g.again(i)
		}
	}
	g.m.Reset()
}

// again computes a derived value. Where it says which inputs apply, these are
// loaded first, with what was changed in them.
func (g *gapper) again(i int) {
	k := g.derived[i]
	if in := g.says[i]; in != nil {
		for back, slot := range in.slots {
			cells := g.ret.Fields[in.name]
			if in.table != nil {
				cells = g.inRows(in.table, g.ret.Tables[in.table.Name].Columns[in.name][back])
			} else {
				cells = cells[back : back+1]
			}
			loadCells(&g.m.Slots[slot], *in, cells)
		}
	}
	if k.view == nil && k.name.When != nil {
		for _, v := range g.made {
			if !slices.Contains(k.name.Slots, v.slot) {
				continue
			}
			if g.rowsOf == nil || g.rowsOf != k.name.Table {
				g.m.Slots[v.slot].Num[v.row] = v.to
				continue
			}
			for i, row := range g.rows {
				if row == v.row {
					g.m.Slots[v.slot].Num[i] = v.to
				}
			}
		}
	}
	k.compute(g.m)
}

// make makes changes for good, until unmake.
func (g *gapper) make(list []Change) {
	for _, c := range list {
		g.made = append(g.made, changed{c.lever.slot, c.Index, c.To})
	}
	g.settle(list, func(c Change) { g.put(c, c.To, c.Level) })
}

// unmake changes back what was made last.
func (g *gapper) unmake(list []Change) {
	g.made = g.made[:len(g.made)-len(list)]
	g.settle(list, func(c Change) { g.put(c, c.From, c.FromLevel) })
}

// with makes changes for as long as look takes. What rests on them is put back
// afterwards as it was kept, and not computed again.
func (g *gapper) with(list []Change, look func()) {
	before := len(g.kept)
	for i, c := range list {
		if i == 0 || c.lever != list[i-1].lever { // rows of one column are often changed together
			g.keep(c.lever.slot)
		}
	}
	for i, rests := range g.restOn(list) {
		if rests {
			for _, slot := range g.derived[i].gives() {
				g.keep(slot)
			}
		}
	}
	g.make(list)
	look()
	g.made = g.made[:len(g.made)-len(list)]
	for _, k := range g.kept[before:] {
		g.m.Slots[k.slot].Copy(k.column)
	}
	g.kept = g.kept[:before]
	g.m.Reset()
}

// keep copies a column, into memory of an earlier copy where there is one.
func (g *gapper) keep(slot int) {
	if len(g.kept) == cap(g.kept) {
		g.kept = append(g.kept, kept{})
	} else {
		g.kept = g.kept[:len(g.kept)+1]
	}
	last := &g.kept[len(g.kept)-1]
	last.slot = slot
	last.column.Copy(g.m.Slots[slot])
}

// restOn are the derived values that rest on changes, as far as they are computed.
func (g *gapper) restOn(list []Change) []bool {
	out := make([]bool, len(g.derived))
	for k, c := range list {
		if k > 0 && c.lever == list[k-1].lever {
			continue
		}
		for _, i := range c.lever.chain {
			out[i] = g.only == nil || g.only[i]
		}
	}
	return out
}

func (g *gapper) settle(list []Change, put func(Change)) {
	for _, c := range list {
		put(c)
	}
	for i, rests := range g.restOn(list) {
		if rests {
			g.again(i)
		}
	}
	g.m.Reset()
}

func (g *gapper) put(c Change, x float64, level string) {
	slot := &g.m.Slots[c.lever.slot]
	if c.Level != "" {
		slot.Text[c.Index] = level
		return
	}
	slot.Num[c.Index] = x
}

// change describes another value for a lever.
func (g *gapper) change(l *lever, row int, from, to float64) Change {
	c := Change{From: from, To: to, Truth: l.name.Kind == formula.Truth, Unit: l.name.Unit, Index: row, lever: l}
	if l.ask != nil {
		c.Item, c.Ask, c.Path = l.ask.Item, l.ask.Text, l.ask.Text
		c.Pos = g.ret.Answers[c.Item][c.Ask].Pos()
		return c
	}
	c.Field = l.input.name
	c.Pos = g.given(*l.input, 0, row).Pos()
	if l.input.table == nil {
		c.Path = form.NameOf("", c.Field, 0)
		return c
	}
	c.Table = l.input.table.Name
	c.row = g.ret.Tables[c.Table].Keys[row]
	c.Path = form.Path(c.Table, c.row, c.Field, 0)
	return c
}

// cellsOf are the cells of a value in some rows.
func (g *gapper) cellsOf(k causeKey, rows []int) []InputRef {
	if k.name == nil || k.name.Answer || k.name.Param || !k.name.Said.IsZero() || k.name.Formula != nil {
		return nil
	}
	var out []InputRef
	for _, row := range rows {
		if row < 0 {
			continue
		}
		ref := InputRef{Path: form.NameOf("", k.name.Name, k.back)}
		if t := k.name.Table; t != nil {
			ref.Path = form.Path(t.Name, g.ret.Tables[t.Name].Keys[row], k.name.Name, k.back)
			if years := g.ret.Tables[t.Name].Columns[k.name.Name]; k.back < len(years) {
				ref.Pos = years[k.back][row].Pos()
			}
		} else if cells := g.ret.Fields[k.name.Name]; k.back < len(cells) {
			ref.Pos = cells[k.back].Pos()
		}
		out = append(out, ref)
	}
	return out
}

// usedBy are the derived values on which an item rests.
func (g *gapper) usedBy(it *item) []bool {
	var formulas []*formula.Formula
	var tables []*formula.Table
	for _, f := range []*formula.Formula{it.when, it.gate} {
		if f != nil {
			formulas = append(formulas, f)
		}
	}
	for _, t := range it.scoring.tests() {
		formulas, tables = append(formulas, t.cond), append(tables, t.each)
		if t.where != nil {
			formulas = append(formulas, t.where)
		}
	}
	if it.over != nil {
		tables = append(tables, it.over.each)
		if it.over.where != nil {
			formulas = append(formulas, it.over.where)
		}
	}
	return g.needed(formulas, tables...).derived
}
