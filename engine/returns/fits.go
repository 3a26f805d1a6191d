package returns

import "dudao/engine/rubric"

// Fits reports whether the return has a place for everything that a rubric asks for.
// Whatever dudao has read does; one that was written out may have been edited since.
func (ret *Return) Fits(r *rubric.Rubric) bool {
	want := Empty(r)
	for name, cells := range want.Fields {
		if len(ret.Fields[name]) != len(cells) {
			return false
		}
	}
	for name, t := range want.Tables {
		have := ret.Tables[name]
		if have == nil {
			return false
		}
		for column, years := range t.Columns {
			if len(have.Columns[column]) != len(years) {
				return false
			}
			for _, rows := range have.Columns[column] {
				if len(rows) != len(have.Keys) {
					return false
				}
			}
		}
		if len(t.Keys) > 0 && len(have.Keys) != len(t.Keys) {
			return false
		}
	}
	return true
}
