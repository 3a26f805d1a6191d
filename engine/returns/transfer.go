package returns

import (
	"maps"
	"slices"

	"dudao/engine/rubric"
	"dudao/engine/source"
)

// For is the return as it would be for another rubric, or another text of the same:
// what both have by the same name stays, what only the other asks for is missing.
func (ret *Return) For(r *rubric.Rubric) *Return {
	out := Empty(r)
	out.Cover, out.Files, out.Reasons = ret.Cover, ret.Files, ret.Reasons
	maps.Copy(out.CoverAt, ret.CoverAt)
	for name, cells := range out.Fields {
		copy(cells, ret.Fields[name])
	}
	for name, t := range out.Tables {
		if from := ret.Tables[name]; from != nil {
			t.take(from, slices.ContainsFunc(r.Data, func(b source.KeyedItem[rubric.Block]) bool { return b.Key.Text == name && b.Value.IsOpen() }))
		}
	}
	asked := map[string]bool{}
	for _, a := range r.Asks() {
		asked[a.Item+"\x00"+a.Text] = true
	}
	for item, answers := range ret.Answers {
		for ask, a := range answers {
			if asked[item+"\x00"+ask] {
				out.answer(item, ask, a)
			}
		}
	}
	return out
}

// take takes the rows of another table: all of them, or those of the same names.
func (t *Table) take(from *Table, isOpen bool) {
	at := map[string]int{}
	for row, key := range from.Keys {
		at[key] = row
	}
	if isOpen {
		t.Extend(len(from.Keys))
		copy(t.Keys, from.Keys)
	}
	for column, years := range t.Columns {
		for y := range years {
			if y >= len(from.Columns[column]) {
				break
			}
			for row, key := range t.Keys {
				if isOpen {
					years[y][row] = from.Columns[column][y][row]
				} else if other, ok := at[key]; ok {
					years[y][row] = from.Columns[column][y][other]
				}
			}
		}
	}
}
