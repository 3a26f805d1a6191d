package assessment

import (
	"dudao/engine/sheet"
	"dudao/reports/book"
)

// links leads from an item to its problem and to its data, and from the data back to
// the first item that rests on them.
func (w *writer) links() {
	places := map[string]book.Place{}
	for _, n := range w.book.Names {
		places[n.Name] = book.Place{Sheet: n.Sheet, Ref: n.From}
	}
	data := w.dataName
	for _, l := range w.leaves {
		at := w.itemAt[l.ID.Text]
		if to, ok := w.lossAt[l.ID.Text]; ok {
			w.link(at, to)
			w.link(to, at)
		}
		value := at
		value.Col += 4
		figures := inputs(l.live.Result)
		if to, ok := w.restsOn(l, figures, places); ok {
			w.link(value, to)
		}
		for _, c := range figures {
			if from, ok := places[c.Name]; ok && from.Sheet == data {
				from.Col = 1
				w.link(from, at)
			}
		}
	}
}

// link makes a cell with something in it lead to a place, unless it leads somewhere
// already.
func (w *writer) link(from, to book.Place) {
	for _, s := range w.book.Sheets {
		if s.Name != from.Sheet || from.Row > len(s.Rows) || from.Col > len(s.Rows[from.Row-1].Cells) {
			continue
		}
		if c := &s.Rows[from.Row-1].Cells[from.Col-1]; c.Link == nil && c.Value != nil {
			c.Link = &to
		}
	}
}

// restsOn is where one looks for what an item was given for: the judgements on the
// rows, what its value is computed from, or the first figure that it reads.
func (w *writer) restsOn(l leaf, figures []*sheet.Cell, places map[string]book.Place) (book.Place, bool) {
	var look []*sheet.Cell
	for _, r := range l.live.Rows {
		look = append(look, r.Cell)
	}
	if v := l.live.Value; v != nil && v.Formula != nil {
		for _, r := range v.Formula.Reads() {
			look = append(look, r.Cell)
		}
	}
	look = append(look, figures...)
	for _, c := range look {
		if to, ok := places[c.Name]; ok {
			return to, true
		}
	}
	return book.Place{}, false
}

// inputs are the cells without a formula on which a cell rests.
func inputs(c *sheet.Cell) []*sheet.Cell {
	var out []*sheet.Cell
	seen := map[*sheet.Cell]bool{}
	var walk func(*sheet.Cell)
	walk = func(c *sheet.Cell) {
		if c == nil || seen[c] {
			return
		}
		seen[c] = true
		if c.Formula == nil {
			out = append(out, c)
			return
		}
		for _, next := range c.Formula.Reads() {
			walk(next.Cell)
		}
	}
	walk(c)
	return out
}
