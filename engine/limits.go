package engine

import (
	"dudao/engine/formula"
	"dudao/engine/source"
)

// Limit is a value that must reach a number: a band, the end of a scale.
type Limit struct {
	Value *formula.Formula
	Sign  string // between them: >= or <=
	At    source.Number
}

// Limits are those of all items.
func (p *Program) Limits() []Limit {
	var out []Limit
	for _, it := range p.items {
		if it.value == nil || it.value.Kind != formula.Number {
			continue
		}
		for _, b := range it.src.Bands.List {
			out = append(out, Limit{it.value, ">=", b.From})
		}
		if s := it.src.Scale; s != nil {
			sign := ">="
			if s.To.Value < s.From.Value {
				sign = "<="
			}
			out = append(out, Limit{it.value, sign, s.From}, Limit{it.value, sign, s.To})
		}
	}
	return out
}
