package engine

import (
	"slices"
	"strconv"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
)

// names refuses names that are functions; package rubric can't know them.
func (c *compiler) names() {
	functions := formula.Functions()
	refuse := func(e diag.Excerpt) {
		if slices.Contains(functions, e.Text) {
			c.diags.Add(e.Pos, len([]rune(e.Text)), diag.M("“%s” is a function, so it can’t be a name", e.Text))
		}
	}
	for _, p := range c.r.Params {
		refuse(p.Key)
	}
	for _, b := range c.r.Data {
		refuse(b.Key)
		refuse(b.Value.Key)
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
		text := p.Value.Text.Text
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			c.scope.Constant(p.Key.Text, formula.NumberColumn(x), formula.Number)
			continue
		}
		c.scope.Constant(p.Key.Text, formula.Column{Text: []string{text}, State: []formula.State{formula.Known}}, formula.Text)
	}
}

func kindOf(f *rubric.Field) formula.Kind {
	switch f.Type.Text {
	case "text":
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
		if !b.IsTable() {
			for j := range b.Fields {
				c.field(nil, b.Fields[j].Key.Text, &b.Fields[j].Value)
			}
			continue
		}
		t := c.scope.NewTable(name)
		key := c.scope.Column(t, &formula.Name{Name: b.Key.Text, Kind: formula.Text}, 1)
		c.inputs = append(c.inputs, input{table: t, key: true, name: b.Key.Text, kind: formula.Text, slots: key.Slots})
		for j := range b.Columns {
			c.field(t, b.Columns[j].Key.Text, &b.Columns[j].Value)
		}
	}
}

// field declares a single value, or with t a column of that table.
func (c *compiler) field(t *formula.Table, name string, f *rubric.Field) {
	n := &formula.Name{Name: name, Label: f.Label.Text, Kind: kindOf(f), Unit: f.UnitText(), Digits: int(f.Digits.Value), Whole: f.Type.Text == "whole"}
	scope := c.scope
	if t != nil {
		scope = scope.Inside(t)
	}
	if f.Formula.Given() {
		n.Formula = c.formula(f.Formula, scope, n.Kind)
	}
	if t != nil {
		c.scope.Column(t, n, f.YearCount())
	} else {
		c.scope.Single(n, f.YearCount())
	}
	if !f.Formula.Given() {
		c.inputs = append(c.inputs, input{table: t, name: name, field: f, kind: n.Kind, slots: n.Slots})
		return
	}
	k := computed{name: n, field: f, entered: -1}
	if f.Enterable {
		k.entered = c.scope.NewSlot()
		c.inputs = append(c.inputs, input{table: t, name: name, field: f, kind: n.Kind, slots: []int{k.entered}})
	}
	c.computed = append(c.computed, k)
}
