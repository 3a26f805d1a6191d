package rubric

import (
	"dudao/engine/diag"
	"dudao/engine/source"
)

// Load reads a rubric and checks all that needs no formula. It returns as much
// as it could read; a rubric with errors must not be scored.
func Load(file string, text []byte) (*Rubric, diag.List) {
	r := &Rubric{File: file, Text: text}
	root, diags := source.Parse(file, text)
	if root.Kind == source.Null {
		if !diags.HasErrors() {
			diags.Add(diag.Pos{File: file}, 0, diag.M("the file is empty"))
		}
		return r, diags
	}
	diags = append(diags, source.Decode(root, r)...)
	fillDefaults(r)
	diags = append(diags, check(r)...)
	r.Hash = hash(r)
	return r, diags.Sorted()
}

// fillDefaults writes out what an author may leave out, so that a default that
// is spelled out doesn't change the identity of a rubric.
func fillDefaults(r *Rubric) {
	number := func(n *source.Number, x float64) {
		if !n.Given {
			*n = source.Number{Value: x, Given: true}
		}
	}
	text := func(e *diag.Excerpt, s string) {
		if !e.Given() {
			*e = diag.Excerpt{Text: s}
		}
	}
	number(&r.Digits, 2)
	number(&r.PointsDigits, 2)
	text(&r.Inapplicable, "full")
	field := func(f *Field) {
		if len(f.Choice) > 0 {
			text(&f.Type, "text")
		}
		text(&f.Type, "number")
		number(&f.Years, 1)
		digits := r.Digits.Value
		if f.Type.Text == "whole" {
			digits = 0
		}
		number(&f.Digits, digits)
	}
	for i := range r.Data {
		b := &r.Data[i].Value
		for j := range b.Fields {
			field(&b.Fields[j].Value)
		}
		for j := range b.Columns {
			field(&b.Columns[j].Value)
		}
	}
	r.Leaves(func(item *Item, _ []*Item) {
		text(&item.Inapplicable, r.Inapplicable.Text)
	})
	for i := range r.Checks {
		text(&r.Checks[i].Level, "error")
	}
}
