package engine

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// names refuses names that are functions; package rubric can't know them.
func (c *compiler) names() {
	functions := formula.Functions()
	refuse := func(e diag.Excerpt) {
		if slices.Contains(functions, e.Text) {
			c.diags.Add(e.Pos, len([]rune(e.Text)), diag.M("“%s” is a function, so it can’t be a name", e.Text)).Rule = "name"
		}
	}
	for _, p := range c.r.Params {
		refuse(p.Key)
	}
	for _, b := range c.r.Data {
		refuse(b.Key)
		for _, k := range b.Value.Key {
			refuse(k)
		}
		for _, f := range b.Value.Fields {
			refuse(f.Key)
		}
		for _, f := range b.Value.Columns {
			refuse(f.Key)
		}
	}
}

func (c *compiler) params() {
	for _, p := range c.r.Params {
		name := p.Key.Text
		switch {
		case p.Value.Kind == source.List: // bands, which items name
		case p.Value.Kind == source.Map && !datedKeys(p.Value):
			c.scope.SetParam(name, c.param(name, p.Value))
		default:
			c.scope.Declare(c.leaf(name, p.Value))
		}
	}
}

// param makes the tree of a param with several values.
func (c *compiler) param(path string, n source.Node) *formula.Param {
	if n.Kind != source.Map || datedKeys(n) {
		return &formula.Param{Leaf: c.leaf(path, n)}
	}
	p := &formula.Param{Children: map[string]*formula.Param{}}
	for _, e := range n.Entries {
		p.Order = append(p.Order, e.Key.Text)
		p.Children[e.Key.Text] = c.param(path+"."+e.Key.Text, e.Value)
	}
	return p
}

// datedKeys reports whether all keys of a map are years.
func datedKeys(n source.Node) bool {
	for _, e := range n.Entries {
		if !rubric.IsYear(e.Key.Text) {
			return false
		}
	}
	return len(n.Entries) > 0
}

// leaf makes one value of a param: a constant, or a slot filled by the year.
func (c *compiler) leaf(name string, n source.Node) *formula.Name {
	if n.Kind != source.Map {
		value, kind := c.constant(n)
		return &formula.Name{Name: name, Kind: kind, Constant: &value, Digits: 6}
	}
	d := dated{name: name, slot: c.scope.NewSlot()}
	for i, e := range n.Entries {
		year, _ := strconv.Atoi(e.Key.Text)
		value, kind := c.constant(e.Value)
		if i > 0 && kind != d.kind {
			c.diags.Add(e.Value.Pos, 1, diag.M("the values of “%s” are not all of one kind", name))
		}
		at, _ := slices.BinarySearch(d.years, year)
		d.kind, d.years, d.values = kind, slices.Insert(d.years, at, year), slices.Insert(d.values, at, value)
	}
	c.dated = append(c.dated, d)
	whole := d.kind == formula.Number
	for _, v := range d.values {
		whole = whole && len(v.Num) > 0 && v.Num[0] == math.Trunc(v.Num[0])
	}
	out := &formula.Name{Name: name, Kind: d.kind, Slots: []int{d.slot}, Digits: 6, Param: true, Whole: whole}
	for _, v := range d.values {
		if d.kind == formula.Number && len(v.Num) > 0 {
			out.Least, out.Most = wider(out.Least, out.Most, v.Num[0])
		}
	}
	return out
}

// wider is the range that also holds x.
func wider(least, most *float64, x float64) (*float64, *float64) {
	if least == nil || x < *least {
		least = &x
	}
	if most == nil || x > *most {
		most = &x
	}
	return least, most
}

// constant reads one value of a param. What begins like a number must be one;
// what is quoted is a text.
func (c *compiler) constant(n source.Node) (formula.Column, formula.Kind) {
	text := n.Text.Text
	if text == "true" || text == "false" {
		x := map[string]float64{"true": 1}[text]
		return formula.NumberColumn(x), formula.Truth
	}
	first := []rune(text + " ")[0]
	if n.Style != source.Quoted && (unicode.IsDigit(first) || strings.ContainsRune("+-.", first)) {
		var x source.Number
		c.diags = append(c.diags, source.Decode(n, &x)...)
		return formula.NumberColumn(x.Value), formula.Number
	}
	return formula.Column{Text: []string{text}, State: []formula.State{formula.Known}}, formula.Text
}

func kindOf(f *rubric.Field) formula.Kind {
	switch f.Type.Text {
	case "text", "date":
		return formula.Text
	case "yesno":
		return formula.Truth
	default:
		return formula.Number
	}
}

// data declares what is submitted and compiles what is computed, in the author's
// order: a formula sees what stands above it, so there are no circles.
func (c *compiler) data() {
	for i := range c.r.Data {
		name, b := c.r.Data[i].Key.Text, &c.r.Data[i].Value
		before := len(c.inputs)
		switch {
		case b.IsView():
			c.view(name, b)
		case b.IsTable():
			c.declareTable(name, b)
		default:
			for j := range b.Fields {
				c.field(nil, b.Fields[j].Key.Text, &b.Fields[j].Value)
			}
		}
		c.figures = append(c.figures, figuresOf(c.inputs[before:]))
	}
}

// figuresOf are the inputs of a block that don't name its rows.
func figuresOf(inputs []input) []input {
	var out []input
	for _, in := range inputs {
		if !in.fixed && !in.isKey() {
			out = append(out, in)
		}
	}
	return out
}

func (c *compiler) view(name string, b *rubric.Block) {
	base := c.table(b.From)
	if base == nil {
		return
	}
	v := c.scope.NewView(name, base)
	v.Where = c.formula(b.Where, c.scope.Inside(base), formula.Truth)
	c.derived = append(c.derived, derived{view: v, entered: -1})
}

func (c *compiler) declareTable(name string, b *rubric.Block) {
	t := c.scope.NewTable(name)
	for _, k := range b.Key {
		if b.Column(k.Text) == nil {
			n := c.scope.Column(t, &formula.Name{Name: k.Text, Kind: formula.Text}, 1)
			c.inputs = append(c.inputs, input{table: t, fixed: !b.IsOpen(), name: k.Text, field: b.KeyField(k.Text), kind: formula.Text, slots: n.Slots})
			t.Keys = append(t.Keys, n)
		}
	}
	for j := range b.Columns {
		c.field(t, b.Columns[j].Key.Text, &b.Columns[j].Value)
	}
	t.Keys = nil
	for _, k := range b.Key {
		t.Keys = append(t.Keys, t.Column(k.Text))
	}
}

// field declares a single value, or with t a column of that table.
func (c *compiler) field(t *formula.Table, name string, f *rubric.Field) {
	n := &formula.Name{Name: name, Label: f.Label.Text, Kind: kindOf(f), Unit: f.UnitText(), Digits: int(f.Digits.Value), Whole: f.Type.Text == "whole"}
	for _, choice := range f.Choice {
		n.Choices = append(n.Choices, choice.Text)
	}
	n.Least, n.Most = numbers(f)
	if f.Formula.Given() {
		if n.Formula = c.formula(f.Formula, c.inside(t), n.Kind); n.Formula != nil {
			n.Formula.Declared = n.Unit
		}
	}
	if t != nil {
		c.scope.Column(t, n, f.YearCount())
	} else {
		c.scope.Single(n, f.YearCount())
	}
	if f.Pass.Given() && n.Kind == formula.Number {
		n.Standard = c.formula(f.Pass, c.inside(t).With(valueName(formula.Of(n), n.Digits)), formula.Truth)
	}
	for _, b := range []source.Number{f.Min, f.Max} {
		if b.Formula.Given() && !b.Given {
			if limit := c.formula(b.Formula, c.inside(t), formula.Number); limit != nil {
				c.bounds = append(c.bounds, bound{name: n, limit: limit, least: b.Pos == f.Min.Pos})
			}
		}
	}
	if !f.Formula.Given() {
		c.inputs = append(c.inputs, input{table: t, name: name, field: f, kind: n.Kind, slots: n.Slots})
		if n.When = c.formula(f.When, c.inside(t), formula.Truth); n.When != nil {
			c.derived = append(c.derived, derived{name: n, entered: -1})
		}
		return
	}
	k := derived{name: n, entered: -1}
	if f.Enterable {
		k.entered = c.scope.NewSlot()
		c.inputs = append(c.inputs, input{table: t, name: name, field: f, kind: n.Kind, slots: []int{k.entered}})
	}
	c.derived = append(c.derived, k)
}

// numbers are the bounds of a field that are numbers. A default may lie outside.
func numbers(f *rubric.Field) (least, most *float64) {
	if f.Min.Given {
		least = &f.Min.Value
	}
	if f.Max.Given {
		most = &f.Max.Value
	}
	if x := f.Default; x.Given && least != nil && x.Value < *least {
		least = &f.Default.Value
	}
	if x := f.Default; x.Given && most != nil && x.Value > *most {
		most = &f.Default.Value
	}
	return least, most
}
