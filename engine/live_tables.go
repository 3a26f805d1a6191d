package engine

import (
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/sheet"
)

// LiveStandard is a column of a table that has a standard.
type LiveStandard struct {
	Table, Column string
	Flag          *sheet.Cell // 1 where the row meets it, 0 where it doesn't
	Limit         *sheet.Cell // what the row must reach; nil where that isn't one value
}

// LiveSpread is an item that looks at a coefficient of variation.
type LiveSpread struct {
	Item                int    // its place among the items
	Table, View, Column string // View is what it selects of the table
}

// standards makes the judgements on all columns that have a standard, whether an item
// reads them or not: the report shows them beside the rows.
func (b *live) standards() {
	for i := range b.Program.Rubric.Data {
		table, block := b.Program.Rubric.Data[i].Key.Text, &b.Program.Rubric.Data[i].Value
		for j := range block.Columns {
			if !block.Columns[j].Value.Pass.Given() {
				continue
			}
			n := b.nameOf(table, block.Columns[j].Key.Text)
			if n == nil || n.Standard == nil || b.empty(n.Table) {
				continue
			}
			p := b.s.Standard(n, n.Table)
			if p.Cell.Table == "" {
				continue // it doesn't look at the row
			}
			b.Standards = append(b.Standards, LiveStandard{table, n.Name, p.Cell, b.limit(n)})
		}
	}
}

// limit is the column of what each row must reach.
func (b *live) limit(n *formula.Name) *sheet.Cell {
	right, ok := n.Limit()
	if !ok {
		return nil
	}
	e := b.byRow(n.Table, b.s.Guarded(b.s.Translate(right, n.Table)))
	return b.s.StoreAs(e, formula.Number, 0, n.Table, diag.P(diag.M("standard of %s", n.Shown()))).Cell
}

// spread notes that an item looks at a coefficient of variation.
func (l *liveItem) spread() {
	f := l.it.value
	for f != nil {
		if column, view, ok := f.Variation(); ok {
			l.Spreads = append(l.Spreads, LiveSpread{len(l.Items), view.Root().Name, view.Name, column.Name})
			return
		}
		if !f.IsName() || len(f.Names()) != 1 {
			return
		}
		f = f.Names()[0].Formula
	}
}
