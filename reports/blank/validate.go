package blank

import (
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/reports/book"
)

// validate adds what a spreadsheet checks while someone types. It only warns:
// 不适用 may stand in every cell, and the checks of dudao decide.
func (w *writer) validate(c *form.Cell) {
	at := book.Ref{Row: w.top + c.Row, Col: c.Col}
	// The rows of a table's column follow each other: they share one validation.
	if n := len(w.out.Validations); n > 0 && c.Target.Table != "" && c.Field == w.last {
		if to := &w.out.Validations[n-1].Range.To; to.Col == at.Col && to.Row == at.Row-1 {
			to.Row++
			return
		}
	}
	w.last = c.Field
	v := book.Validation{Range: book.Range{From: at, To: at}, Prompt: w.Phrase(c.Introduction)}
	if c.Field != nil && c.Field.Note.Given() {
		v.Prompt += "\n" + c.Field.Note.Text
	}
	v.PromptTitle = w.Sprint(diag.M("What goes here"))
	v.ErrorTitle = w.Sprint(diag.M("Please check"))
	v.Error = w.Phrase(append(c.Introduction, diag.M(" If the question does not arise, write 不适用 and keep it.")))
	switch {
	case c.Target.Ask != nil && c.Target.Part == form.Answer:
		answerRule(&v, c.Target.Ask)
	case c.Target.Claim != nil:
		v.Error = w.Phrase(c.Introduction)
		w.claimRule(&v, c.Target.Claim)
	case c.Field != nil:
		w.fieldRule(&v, c.Field)
	}
	if v.Prompt != "" || v.Kind != book.Any {
		w.out.Validations = append(w.out.Validations, v)
	}
}

func answerRule(v *book.Validation, a *rubric.Ask) {
	switch a.Kind {
	case rubric.YesNo:
		v.Kind, v.Choices = book.List, []string{"是", "否"}
	case rubric.Times:
		v.Kind, v.Min = book.Whole, new(float64)
	case rubric.LevelChoice:
		v.Kind = book.List
		for _, l := range a.Judge.Levels {
			v.Choices = append(v.Choices, l.Level.Text)
		}
	case rubric.FreePoints:
		v.Kind, v.Min = book.Decimal, &a.Judge.From.Value
		if a.Judge.To.Given {
			v.Max = &a.Judge.To.Value
		}
	}
}

func (w *writer) claimRule(v *book.Validation, c *form.Claimed) {
	most, limited := c.Most()
	switch {
	case c.Item == nil && c.Kind == "pass":
		v.Kind, v.Min = book.Whole, new(float64)
	case c.Item == nil:
		v.Kind, v.Min = book.Decimal, new(float64)
	case limited:
		v.Kind, v.Min, v.Max = book.Decimal, new(float64), &most
	case c.Kind == "letter":
		v.Kind = book.List
		for _, l := range w.rubric.Letters {
			v.Choices = append(v.Choices, l.Text)
		}
	default:
		v.Kind, v.Choices = book.List, []string{"是", "否"}
	}
}

func (w *writer) fieldRule(v *book.Validation, f *rubric.Field) {
	switch f.Type.Text {
	case "yesno":
		v.Kind, v.Choices = book.List, []string{"是", "否", "不适用"}
		return
	case "date":
		return // it may be typed in several ways; dudao checks it
	case "text":
		for _, choice := range f.Choice {
			v.Kind, v.Choices = book.List, append(v.Choices, choice.Text)
		}
		return
	case "whole":
		v.Kind = book.Whole
	default:
		v.Kind = book.Decimal
	}
	if f.Min.Given {
		v.Min = &f.Min.Value
	}
	if f.Max.Given {
		v.Max = &f.Max.Value
	}
}
