package engine

import (
	"slices"

	"dudao/engine/formula"
	"dudao/engine/returns"
)

// byRow reports whether it is enough to look at some rows alone to see whether an aim
// is reached in them: nothing that is computed for it looks at other rows of the table.
func (g *gapper) byRow(o aim, l *lever, need needed) bool {
	if !o.byRow || o.each == nil || g.rows != nil {
		return false
	}
	root := o.each.Root()
	whole := func(f *formula.Formula) bool {
		return f != nil && slices.ContainsFunc(f.Tables(), func(t *formula.Table) bool { return t.Root() == root })
	}
	for _, i := range l.chain {
		if k := g.derived[i]; need.derived[i] && (k.view != nil && whole(k.view.Where) || k.view == nil && (whole(k.name.Formula) || whole(k.name.When))) {
			return false
		}
	}
	return !whole(o.where) && !slices.ContainsFunc(o.formulas, whole)
}

// narrow leaves only some rows of a table in the machine, in the columns that a search
// needs, until it is widened again. A search tries dozens of values and has no use for
// the rest. A row may stand there several times.
func (g *gapper) narrow(o aim, l *lever, need needed, rows []int) (widen func()) {
	root := o.each.Root()
	count := g.m.Rows[root.Index]
	where := slots(o.where)
	var picked []int
	for slot, read := range need.slots {
		if g.tables[slot] == root && (read || slot == l.slot || slices.Contains(where, slot)) && g.m.Slots[slot].Len() == count {
			g.picked[slot].Pick(&g.m.Slots[slot], rows)
			picked = append(picked, slot)
		}
	}
	swap := func() {
		for _, slot := range picked {
			g.m.Slots[slot], g.picked[slot] = g.picked[slot], g.m.Slots[slot]
		}
	}
	swap()
	g.m.Rows[root.Index], g.rows, g.rowsOf = len(rows), rows, root
	return func() {
		swap()
		g.m.Rows[root.Index], g.rows, g.rowsOf = count, nil, nil
	}
}

// searchNarrow searches with only the rows in the machine that are searched, and if
// they are few several times, for a formula takes hardly longer for a dozen rows than
// for one.
func (g *gapper) searchNarrow(o aim, l *lever, need needed, rows []int, up bool) map[int]float64 {
	times := min(max(fewRows/len(rows), 1), mostAtOnce)
	there, first := make([]int, 0, len(rows)*times), make([]int, len(rows))
	for i, row := range rows {
		first[i] = len(there)
		for range times {
			there = append(there, row)
		}
	}
	defer g.narrow(o, l, need, there)()
	out := map[int]float64{}
	for at, x := range g.probe(o, l, need, first, times, up) {
		out[there[at]] = x
	}
	return out
}

// Bounds of what is tried at once.
const (
	fewRows    = 64
	mostAtOnce = 15 // values of a row: what comes of four halvings
)

// inRows are the cells of the rows of a table that are in the machine.
func (g *gapper) inRows(t *formula.Table, cells []returns.Cell) []returns.Cell {
	if g.rowsOf != t {
		return cells
	}
	g.cells = g.cells[:0]
	for _, row := range g.rows {
		g.cells = append(g.cells, cells[row])
	}
	return g.cells
}
