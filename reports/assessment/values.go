package assessment

import (
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
	"dudao/reports/book"
)

// show makes the cell of a value: what was understood, such that reading it
// again gives the same. What is missing stays empty.
func (d *dataSheet) show(c *form.Cell) book.Cell {
	t := c.Target
	switch {
	case t.Cover == "year" && d.card.Cover.Year != 0:
		return book.Cell{Value: float64(d.card.Cover.Year), Style: book.Text, Digits: 0}
	case t.Cover != "":
		return left(d.card.Cover.Line(t.Cover))
	case t.Claim != nil:
		return d.claimed(c)
	case t.Ask != nil:
		d.name(t, c)
		if t.Part == form.Answer {
			return d.noted(d.answer(t), form.AnswerPath(t.Ask.Item, t.Ask.Text))
		}
		return d.answer(t)
	}
	v := d.value(t)
	out := d.filled(v, c)
	if len(d.card.Checks) == 0 {
		return out
	}
	return d.noted(out, form.Path(v.Table, v.Row, v.Field, v.Back))
}

// filled makes the cell of a value.
func (d *dataSheet) filled(v *engine.Value, c *form.Cell) book.Cell {
	switch {
	case v.Derived && c.Role == form.Computed:
		return d.computed(v, c)
	case v.State == "invalid":
		return book.Cell{Value: v.Typed, Style: book.Bad}
	case v.Typed == "":
		return book.Cell{Style: d.empty(v, c)}
	}
	// What was filled in, also where something else is used.
	typed := d.computation.Value(v.Table, v.Field, v.Back).Values[v.Index]
	switch {
	case typed.Kind == sheet.Number:
		return points(typed.Num, book.Number)
	case c.LeftAligned && v.State == "known":
		return left(typed.Text)
	default:
		return center(typed.Text)
	}
}

// name gives the cell of an answer the name by which formulas read it.
func (d *dataSheet) name(t form.Target, c *form.Cell) {
	var cell *sheet.Cell
	switch t.Part {
	case form.Answer:
		cell = d.computation.Answer(t.Ask.Item, t.Ask.Text)
	case form.Evidence:
		cell = d.computation.Evidence(t.Ask.Item, t.Ask.Text)
	}
	if cell != nil {
		d.put(cell, d.Sheet, d.top+c.Row, c.Col)
	}
}

// answer makes a cell of the sheet of judgements.
func (d *dataSheet) answer(t form.Target) book.Cell {
	for _, a := range d.card.Answers {
		if a.Item != t.Ask.Item || a.Ask != t.Ask.Text {
			continue
		}
		switch {
		case t.Part == form.AnswerNote:
			return left(a.Note)
		case t.Part == form.Evidence:
			return left(strings.Join(a.Evidence, "；"))
		case a.State == "open" && a.Typed != "":
			return book.Cell{Value: a.Typed, Style: book.Bad}
		case a.State == "open":
			return book.Cell{Style: book.Waiting}
		case a.State == "inapplicable":
			return center("不适用")
		case t.Ask.Kind == rubric.LevelChoice:
			return center(a.Text)
		case t.Ask.Kind != rubric.YesNo:
			return points(a.Number, book.Number)
		case a.Number != 0:
			return center("是") // as returns write it, in every language
		default:
			return center("否")
		}
	}
	return book.Cell{Style: book.Waiting}
}

// answered is an answer as it was understood.
func (d *dataSheet) answered(a engine.Answer) book.Cell {
	for _, ask := range d.rubric.Asks() {
		if ask.Item == a.Item && ask.Text == a.Ask {
			return d.answer(form.Target{Ask: &ask})
		}
	}
	return nothing
}

// empty is how a cell looks in which nothing was filled in: only what is lacking
// stands out.
func (d *dataSheet) empty(v *engine.Value, c *form.Cell) book.Style {
	switch {
	case v.State == "known" && v.Derived:
		return book.Computed
	case v.State == "known" || c.Field.Optional:
		return book.Text
	default:
		return book.Waiting
	}
}

func (d *dataSheet) computed(v *engine.Value, c *form.Cell) book.Cell {
	cell := d.computation.Value(v.Table, v.Field, 0)
	if cell == nil || v.Index >= len(cell.Values) {
		return book.Cell{Value: d.understood(v), Style: book.Waiting}
	}
	out := book.Cell{Value: value(cell.Values[v.Index]), Style: book.Computed, Digits: int(c.Field.Digits.Value)}
	if cell.Formula != nil {
		at := book.Ref{Row: d.top + c.Row, Col: c.Col}
		if out.Filled = d.last[cell] == (book.Ref{Row: at.Row - 1, Col: at.Col}); !out.Filled {
			out.Formula = cell.Formula.Write().In(strconv.Itoa(at.Row), d.letter)
		}
		d.last[cell] = at
	}
	if !cell.Plain.IsZero() {
		out.Note = d.Sprint(cell.Plain)
	}
	switch {
	case v.State == "missing" || v.State == "error":
		out.Style = book.Waiting
	case v.State != "known" || c.LeftAligned || c.Field.Type.Text == "yesno":
		out.Style = book.Center
	}
	return out
}

// understood is a value in words.
func (d *dataSheet) understood(v *engine.Value) string {
	switch v.State {
	case "known":
	case "inapplicable":
		return d.Sprint(engine.Inapplicable.Words())
	case "error":
		return d.Sprint(engine.Failed.Words())
	default:
		return d.Sprint(engine.Missing.Words())
	}
	f := d.field(v)
	switch {
	case f.Type.Text == "text":
		return v.Text
	case f.Type.Text != "yesno" && v.Derived:
		return decimal.Format(v.Number, int(f.Digits.Value))
	case f.Type.Text != "yesno":
		return number(v.Number)
	case v.Number != 0:
		return "是"
	default:
		return "否"
	}
}
