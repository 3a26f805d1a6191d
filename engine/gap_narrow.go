package engine

import (
	"slices"

	"dudao/engine/formula"
	"dudao/engine/returns"
)

// byRow reports whether it is enough to look at some rows alone to see whether an aim
// is reached in them: nothing that is computed for it looks at other rows of the table.
func (g *gapper) byRow(o aim, l *lever, needed []bool) bool {
	if !o.byRow || o.each == nil || g.rows != nil {
		return false
	}
	root := o.each.Root()
	whole := func(f *formula.Formula) bool {
		return f != nil && slices.ContainsFunc(f.Tables(), func(t *formula.Table) bool { return t.Root() == root })
	}
	for _, i := range l.chain {
		if k := g.derived[i]; needed[i] && (k.view != nil && whole(k.view.Where) || k.view == nil && (whole(k.name.Formula) || whole(k.name.When))) {
			return false
		}
	}
	return !whole(o.where) && !slices.ContainsFunc(o.formulas, whole)
}

// narrow leaves only some rows of a table in the machine until it is widened again. A
// search tries dozens of values and has no use for the rest.
func (g *gapper) narrow(root *formula.Table, rows []int) (widen func()) {
	slots, counts := g.m.Slots, g.m.Rows
	g.m.Slots, g.m.Rows, g.rows, g.rowsOf = slices.Clone(slots), slices.Clone(counts), rows, root
	take := func(slot int) {
		if g.m.Slots[slot].Len() == counts[root.Index] {
			g.m.Slots[slot] = slots[slot].Pick(rows)
		}
	}
	g.m.Rows[root.Index] = len(rows)
	for _, n := range root.Columns {
		for _, slot := range n.Slots {
			take(slot)
		}
	}
	for _, k := range g.derived {
		switch {
		case k.view != nil && k.view.Root() == root:
			take(k.view.Mask)
			g.m.Rows[k.view.Index] = len(rows)
		case k.view == nil && k.name.Table == root && k.entered >= 0:
			take(k.entered)
		}
	}
	return func() { g.m.Slots, g.m.Rows, g.rows, g.rowsOf = slots, counts, nil, nil }
}

// searchNarrow searches with only the rows in the machine that are searched.
func (g *gapper) searchNarrow(o aim, l *lever, needed []bool, rows []int, up bool) map[int]float64 {
	defer g.narrow(o.each.Root(), rows)()
	at := make([]int, len(rows))
	for i := range at {
		at[i] = i
	}
	out := map[int]float64{}
	for i, x := range g.search(o, l, needed, at, up) {
		out[rows[i]] = x
	}
	return out
}

// inRows are the cells of the rows of a table that are in the machine.
func (g *gapper) inRows(t *formula.Table, cells []returns.Cell) []returns.Cell {
	if g.rowsOf != t {
		return cells
	}
	out := make([]returns.Cell, len(g.rows))
	for i, row := range g.rows {
		out[i] = cells[row]
	}
	return out
}
