package returns

import (
	"dudao/engine/diag"
	"dudao/engine/rubric"
)

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

// IsReport reports whether the file is a report that dudao wrote, which also holds
// all data of a return.
func (d *Document) IsReport() bool {
	return d.book != nil && d.mapping == nil && !d.isForm
}

// MadeFor says what keeps the return from being scored by a rubric as its own: that
// it names another one, or another text of it. One that names none is anyone's.
func (d *Document) MadeFor(r *rubric.Rubric) diag.List {
	var diags diag.List
	at, made, here := diag.Pos{File: d.file.Name}, d.Rubric, r.Ref()
	anyway := diag.M("make a new form, or score it anyway with -r %s", made.ID)
	switch {
	case made.ID == "":
	case made.ID != here.ID:
		diags.Add(at, 0, diag.M("the return was made for %s, not for %s", made.String(), here.String()),
			diag.M("score it by itself, or all with one rubric: -r %s", here.ID))
	case made.Version != "" && made.Version != here.Version:
		diags.Add(at, 0, diag.M("the return was made for %s, not for %s", made.String(), here.String()), anyway)
	case made.Hash != "" && made.Hash != here.Hash:
		diags.Add(at, 0, diag.M("the form was made from another text of %s (%s, here %s)", made.String(), made.ShortHash(), here.ShortHash()), anyway)
	}
	return diags
}
