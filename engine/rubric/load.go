package rubric

import (
	"dudao/engine/diag"
	"dudao/engine/source"
)

// Opener finds the file that extends: or uses: names. from is the file in which
// the name stands.
type Opener func(name, from string) (file string, text []byte, ok bool)

// Load reads a rubric with all that it builds on, and checks all that needs no
// formula. It returns as much as it could read; a rubric with errors must not be
// scored.
func Load(file string, text []byte, open Opener) (*Rubric, diag.List) {
	l := loader{open: open, sources: map[string][]byte{}, shared: map[string]bool{}}
	r := l.read(file, text)
	r.File, r.Sources = file, l.sources
	if !l.unreadable {
		inherit(r.Items, Item{})
		l.namedBands(r)
		l.diags = append(l.diags, r.Numbers()...)
		fillDefaults(r)
		l.diags = append(l.diags, r.Check()...)
		r.Hash = hash(r)
	}
	return r, l.diags.Named("scheme").Sorted()
}

// inherit hands the standard, unit and digits that a section gives its items to
// those that have none of their own; they no longer stand in the section then.
// Its basis and that it is unverified hold for them, too.
func inherit(items []Item, from Item) {
	for i := range items {
		item := &items[i]
		if len(waysOf(item)) == 0 {
			item.Pass = from.Pass
		}
		if !item.Unit.Given() {
			item.Unit = from.Unit
		}
		if !item.Digits.Given {
			item.Digits = from.Digits
		}
		if len(item.Basis) == 0 {
			item.Basis = from.Basis
		}
		item.Unverified = item.Unverified || from.Unverified
		if item.IsSection() {
			inherit(item.Items, *item)
			item.Pass, item.Unit, item.Digits = diag.Excerpt{}, diag.Excerpt{}, source.Number{}
		}
	}
}

// fillDefaults writes out what an author may leave out, so that a default that
// is spelled out doesn't change the identity of a rubric.
func fillDefaults(r *Rubric) {
	number(&r.Digits, 2)
	number(&r.PointsDigits, 2)
	text(&r.Kind, "points")
	if r.Kind.Text == "points" {
		text(&r.Inapplicable, "full")
	} else {
		text(&r.Inapplicable, "exclude") // what doesn't apply is neither met nor unmet
	}
	if r.Kind.Text == "letter" && len(r.Letters) == 0 {
		for _, letter := range []string{"A", "B", "C"} {
			r.Letters = append(r.Letters, diag.Excerpt{Text: letter})
		}
	}
	for i := range r.Data {
		b := &r.Data[i].Value
		for j := range b.Fields {
			fillField(&b.Fields[j].Value, r.Digits.Value)
		}
		for j := range b.Columns {
			fillField(&b.Columns[j].Value, r.Digits.Value)
		}
		if b.IsOpen() {
			number(&b.Room, 300)
		}
	}
	r.Leaves(func(item *Item, _ []*Item) {
		text(&item.Inapplicable, r.Inapplicable.Text)
	})
	for i := range r.Checks {
		text(&r.Checks[i].Level, "error")
	}
}

func fillField(f *Field, digits float64) {
	if len(f.Choice) > 0 {
		text(&f.Type, "text")
	}
	text(&f.Type, "number")
	number(&f.Years, 1)
	if f.Type.Text == "whole" {
		digits = 0
	}
	number(&f.Digits, digits)
}

func number(n *source.Number, x float64) {
	if !n.Given && !n.Wrong {
		*n = source.Number{Value: x, Given: true}
	}
}

func text(e *diag.Excerpt, s string) {
	if !e.Given() {
		*e = diag.Excerpt{Text: s}
	}
}
