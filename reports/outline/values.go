package outline

import (
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// Field is the declaration of a value.
func (o *Outline) Field(v engine.Value) *rubric.Field {
	for i := range o.Rubric.Data {
		b := &o.Rubric.Data[i]
		if v.Table != "" {
			if v.Table == b.Key.Text {
				return b.Value.KeyField(v.Field)
			}
			continue
		}
		for j := range b.Value.Fields {
			if b.Value.Fields[j].Key.Text == v.Field {
				return &b.Value.Fields[j].Value
			}
		}
	}
	return &rubric.Field{}
}

// Understood is a value in words.
func (o *Outline) Understood(v engine.Value, f *rubric.Field) string {
	switch v.State {
	case "known":
	case "inapplicable":
		return o.Sprint(engine.Inapplicable.Words())
	case "error":
		return o.Sprint(engine.Failed.Words())
	case "open":
		return o.Sprint(engine.Open.Words())
	default:
		return o.Sprint(engine.Missing.Words())
	}
	switch {
	case f.Type.Text == "text" || f.Type.Text == "date":
		return v.Text
	case f.Type.Text != "yesno" && v.Derived:
		return decimal.Format(v.Number, int(f.Digits.Value))
	case f.Type.Text != "yesno":
		return Number(v.Number)
	case v.Number != 0:
		return "是"
	default:
		return "否"
	}
}

// Answered is an answer in words.
func (o *Outline) Answered(a engine.Answer, kind rubric.AskKind) string {
	switch {
	case a.State == "inapplicable":
		return o.Sprint(engine.Inapplicable.Words())
	case a.State != "known":
		return o.Sprint(engine.Open.Words())
	case kind == rubric.LevelChoice:
		return a.Text
	case kind != rubric.YesNo:
		return Number(a.Number)
	case a.Number != 0:
		return "是"
	default:
		return "否"
	}
}

// Remarks is what was done to understand a value.
func (o *Outline) Remarks(v engine.Value) string {
	var lines []string
	for _, m := range v.Notes {
		lines = append(lines, o.Sprint(m))
	}
	switch {
	case v.State == "invalid":
		lines = append(lines, o.Sprint(diag.M("not understood, treated as missing")))
	case v.Derived && v.Typed != "":
		lines = append(lines, o.Sprint(diag.M("filled in; the computed value is used wherever it can be computed")))
	case v.Derived:
		lines = append(lines, o.Sprint(diag.M("computed by the rubric’s formula")))
	}
	return strings.Join(lines, "\n")
}
