package assessment

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/reports/book"
)

// origins lists values with what was typed, what was made of it and where it
// stands in the file: all single ones, and of the tables, which may have thousands,
// those about which there is something to say.
func (d *dataSheet) origins() {
	d.gap()
	d.line(d.Sprint(diag.M("As typed, source and conversion")), book.StrongText)
	if slices.ContainsFunc(d.card.Values, func(v engine.Value) bool { return v.Table != "" }) {
		d.line(d.Sprint(diag.M("Of tables, only values that were converted, noted, not understood or filled in otherwise than computed are listed.")), book.Note)
	}
	spans := fit([]float64{36, 20, 16, 8, 34, 46}, d.Widths)
	d.spread(spans, d.headings(diag.M("Data item"), diag.M("As typed"), diag.M("Value used"), diag.M("Unit of measure"),
		diag.M("Where it stands"), diag.M("What was done"))...)
	for i := range d.card.Values {
		v := &d.card.Values[i]
		if v.Typed == "" && !v.Derived && v.State != "invalid" || v.Table != "" && !remarkable(v) {
			continue
		}
		f := d.field(v)
		d.spread(spans, left(form.Path(v.Table, v.Row, v.Field, v.Back)), left(v.Typed), d.used(v, f), center(f.UnitText()),
			left(v.Pos.String()), left(d.notes(v)))
	}
	d.columns(spans)
	for _, a := range d.card.Answers {
		if a.Typed == "" {
			continue
		}
		what := a.Ask
		if a.Item != "" {
			what = d.Sprint(diag.M("item %s, ", a.Item)) + a.Ask
		}
		d.spread(spans, left(what), left(a.Typed), d.answered(a), nothing, left(a.Pos.String()), left(""))
	}
}

// columns says of each column of the tables where its first and its last value
// stand: the others stand between them, in the order of the rows.
func (d *dataSheet) columns(spans []int) {
	type column struct {
		first, last *engine.Value
		values      int
	}
	var order []engine.ValueKey
	columns := map[engine.ValueKey]*column{}
	for i := range d.card.Values {
		v := &d.card.Values[i]
		if v.Table == "" || v.Typed == "" {
			continue
		}
		key := engine.ValueKey{Table: v.Table, Field: v.Field, Back: v.Back}
		c := columns[key]
		if c == nil {
			c = &column{first: v}
			columns[key], order = c, append(order, key)
		}
		c.last = v
		c.values++
	}
	for _, key := range order {
		c := columns[key]
		place := c.first.Pos.String()
		if c.values > 1 {
			place = d.Sprint(diag.M("%s to %s", place, c.last.Pos.String()))
		}
		d.spread(spans, left(form.NameOf(key.Table, key.Field, key.Back)), left(d.Sprint(diag.M("%s values", strconv.Itoa(c.values)))), nothing, center(d.field(c.first).UnitText()), left(place), left(""))
	}
}

// remarkable reports whether there is more to say of a value than the table shows.
func remarkable(v *engine.Value) bool {
	return len(v.Notes) > 0 || v.State == "invalid" || v.State == "error" || v.Entered != nil && *v.Entered != v.Number
}

// field is the declaration of a value.
func (d *dataSheet) field(v *engine.Value) *rubric.Field {
	for i := range d.rubric.Data {
		b := &d.rubric.Data[i]
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

func (d *dataSheet) used(v *engine.Value, f *rubric.Field) book.Cell {
	switch {
	case v.State == "missing" || v.State == "error" || v.State == "invalid":
		return book.Cell{Value: d.understood(v), Style: book.Waiting}
	case v.State != "known" || f.Type.Text == "text" || f.Type.Text == "date" || f.Type.Text == "yesno":
		return center(d.understood(v))
	case v.Derived:
		return book.Cell{Value: v.Number, Style: book.Computed, Digits: int(f.Digits.Value)}
	default:
		return points(v.Number, book.Number)
	}
}

func (d *dataSheet) notes(v *engine.Value) string {
	var lines []string
	for _, m := range v.Notes {
		lines = append(lines, d.Sprint(m))
	}
	switch {
	case v.State == "invalid":
		lines = append(lines, d.Sprint(diag.M("not understood, treated as missing")))
	case v.Derived && v.Typed != "":
		lines = append(lines, d.Sprint(diag.M("filled in; the computed value is used wherever it can be computed")))
	case v.Derived:
		lines = append(lines, d.Sprint(diag.M("computed by the rubric’s formula")))
	}
	return strings.Join(lines, "\n")
}

func (w *writer) severity(s diag.Severity) book.Cell {
	switch s {
	case diag.Error:
		return book.Cell{Value: w.Sprint(diag.M("Error")), Style: book.Bad}
	case diag.Warning:
		return book.Cell{Value: w.Sprint(diag.M("Warning")), Style: book.Waiting}
	default:
		return center(w.Sprint(diag.M("Hint")))
	}
}
