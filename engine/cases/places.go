package cases

import (
	"reflect"
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// mutable are the numbers of a rubric that decide points and grades, by the name of
// their struct and their key. Others say how it is shown, or what people may fill in.
var mutable = []string{
	"Item.points", "Item.weight", "Item.lose", "Item.give", "Item.at_least",
	"Band.from", "Band.points", "Band.share", "Scale.from", "Scale.to",
	"Deduction.take", "Deduction.max", "Part.give", "Part.max", "Level.points",
	"Rank.points", "Rank.mean", "Veto.down", "Grade.from", "Field.default",
}

// shownOnly are formulas that no expectation can see.
var shownOnly = []string{"Item.target"}

// place is something in a rubric's own file that can be changed: a number, or a
// text (a formula, a value of params). What items share by naming it in params is
// one place.
type place struct {
	at      diag.Pos
	numbers []*source.Number
	texts   []*diag.Excerpt
	formula bool             // the texts are formulas
	sums    []*source.Number // points of sections, which the number is a part of
	weight  bool             // the weights beside it no longer sum to 1 when it changes
}

// places lists what can be changed, in the order of the file.
func places(r *rubric.Rubric) []place {
	f := finder{r: r, byPos: map[diag.Pos]int{}, sums: map[*source.Number][]*source.Number{}}
	for i := range r.Params {
		f.param(&r.Params[i].Value)
	}
	r.Leaves(func(item *rubric.Item, sections []*rubric.Item) {
		f.sums[&item.Points] = sumsAbove(item, sections)
	})
	f.walk(reflect.ValueOf(r).Elem(), "")
	slices.SortStableFunc(f.found, func(a, b place) int { return a.at.Compare(b.at) })
	return f.found
}

// sumsAbove are the points of sections that repeat the sum of their items.
func sumsAbove(item *rubric.Item, sections []*rubric.Item) []*source.Number {
	var out []*source.Number
	for i := len(sections) - 1; i >= 0 && !item.Bonus; i-- {
		if item = sections[i]; isLimit(item) {
			break
		}
		if item.Points.Given {
			out = append(out, &item.Points)
		}
	}
	return out
}

// isLimit reports whether the points of a section are more than the sum of its
// items: the most a bonus gives, or what weights are a share of.
func isLimit(section *rubric.Item) bool { return section.Bonus || section.IsWeighted() }

type finder struct {
	r     *rubric.Rubric
	found []place
	byPos map[diag.Pos]int
	sums  map[*source.Number][]*source.Number
}

// at is the place of a position in the rubric's own file: not in that of its base,
// and not in the defaults. Elsewhere there is none.
func (f *finder) at(pos diag.Pos) *place {
	if pos.File != f.r.File || pos.Line == 0 {
		return nil
	}
	i, ok := f.byPos[pos]
	if !ok {
		i = len(f.found)
		f.byPos[pos] = i
		f.found = append(f.found, place{at: pos})
	}
	return &f.found[i]
}

// param finds the single values of a param. Bands in params are found where items
// name them.
func (f *finder) param(n *source.Node) {
	if n.Kind == source.Scalar && n.Style != source.Quoted {
		f.text(&n.Text, false)
	}
	for i := range n.Entries {
		f.param(&n.Entries[i].Value)
	}
}

func (f *finder) text(e *diag.Excerpt, formula bool) {
	if p := f.at(e.Pos); p != nil && e.Given() {
		p.texts, p.formula = append(p.texts, e), formula
	}
}

func (f *finder) number(n *source.Number, weight bool) {
	if n.Formula.Given() {
		f.text(&n.Formula, true)
	} else if p := f.at(n.Pos); p != nil && n.Given {
		p.numbers, p.sums, p.weight = append(p.numbers, n), append(p.sums, f.sums[n]...), weight
	}
}

// walk visits what authors write; name is the struct and key of v.
func (f *finder) walk(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			f.walk(v.Elem(), name)
		}
	case reflect.Slice:
		for i := range v.Len() {
			f.walk(v.Index(i), name)
		}
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *source.Number:
			if slices.Contains(mutable, name) {
				f.number(x, name == "Item.weight")
			}
			return
		case *diag.Excerpt:
			if formula, ok := strings.CutSuffix(name, ",formula"); ok && !slices.Contains(shownOnly, formula) {
				f.text(x, true)
			} else if name == "Item.must" { // true, or a number that is written as a text
				f.text(x, false)
			}
			return
		case *source.Node:
			return
		}
		for i := range v.NumField() {
			t := v.Type().Field(i)
			if t.IsExported() && !f.repeats(v, t.Name) {
				f.walk(v.Field(i), v.Type().Name()+"."+t.Tag.Get("yaml"))
			}
		}
	}
}

// repeats reports whether a field only repeats what stands elsewhere: the points of a
// section that are the sum of its items, and those of a rubric without points.
func (f *finder) repeats(v reflect.Value, field string) bool {
	item, ok := v.Addr().Interface().(*rubric.Item)
	return ok && field == "Points" && (f.r.Kind.Text != "points" || item.IsSection() && !isLimit(item))
}
