package page

import (
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// data lists the single values and the answers: as typed, as understood, and where
// they stand.
func (w *writer) data() part {
	p := part{ID: "data", Title: w.Sprint(diag.M("Data"))}
	singles := table{Cards: true, Heads: w.words(diag.M("Data item"), diag.M("Value used"), diag.M("Unit of measure"), diag.M("As typed"), diag.M("Where it stands"), diag.M("What was done"))}
	for _, v := range w.Card.Values {
		if v.Table == "" {
			f := w.Field(v)
			singles.Rows = append(singles.Rows, row{Cells: []cell{{Text: form.NameOf("", v.Field, v.Back)}, w.value(v, f),
				{Text: f.UnitText()}, {Text: v.Typed}, {Text: v.Pos.String()}, {Text: w.Remarks(v)}}})
		}
	}
	if len(singles.Rows) > 0 {
		p.Tables = append(p.Tables, singles)
	}
	if len(w.Card.Answers) > 0 {
		p.Tables = append(p.Tables, w.answers())
	}
	if len(w.Card.Reasons) > 0 {
		p.Tables = append(p.Tables, w.reasons())
	}
	if len(p.Tables) == 0 {
		p.Notes = []string{w.Sprint(diag.M("All data stand in the tables below."))}
	}
	return p
}

// value is the cell of a value: what is lacking stands out.
func (w *writer) value(v engine.Value, f *rubric.Field) cell {
	c := cell{Text: w.Understood(v, f)}
	switch {
	case v.State == "invalid":
		c.Text, c.Class = v.Typed, "bad"
	case v.State == "missing" && f.Optional:
		c.Text = ""
	case v.State == "missing" || v.State == "error":
		c.Class = "wait"
	case v.State == "known" && f.Type.Text != "text" && f.Type.Text != "date" && f.Type.Text != "yesno":
		c.Class = "number"
	}
	return c
}

func (w *writer) answers() table {
	t := table{Cards: true, Title: w.Sprint(diag.M("Judgements and facts")), Heads: w.words(diag.M("Id"), diag.M("What is asked"), diag.M("Answer"),
		diag.M("Explanation"), diag.M("Evidence"), diag.M("Where it stands"))}
	asks := map[[2]string]rubric.Ask{}
	for _, a := range w.Rubric.Asks() {
		asks[[2]string{a.Item, a.Text}] = a
	}
	for _, a := range w.Card.Answers {
		ask := asks[[2]string{a.Item, a.Ask}]
		text := a.Ask
		if text == "" {
			text = ask.Title
		}
		answer := cell{Text: w.Answered(a, ask.Kind)}
		if a.State != "known" && a.State != "inapplicable" {
			answer.Class = "wait"
		}
		t.Rows = append(t.Rows, row{Cells: []cell{{Text: a.Item}, {Text: text}, answer, {Text: a.Note}, {Text: strings.Join(a.Evidence, "\n")}, {Text: a.Pos.String()}}})
	}
	return t
}

// reasons are what the unit says to its figures.
func (w *writer) reasons() table {
	t := table{Cards: true, Title: w.Sprint(diag.M("What the unit says to its figures")),
		Heads: w.words(diag.M("Concerning"), diag.M("Reason or remark"), diag.M("Where it stands"))}
	for _, r := range w.Card.Reasons {
		t.Rows = append(t.Rows, row{Cells: []cell{{Text: r.About}, {Text: r.Text}, {Text: r.Pos.String()}}})
	}
	return t
}

// tables are the tables row by row. The items that a row fails are named beside it.
func (w *writer) tables() part {
	p := part{ID: "tables", Title: w.Sprint(diag.M("Tables"))}
	byTable := map[string][]engine.Value{}
	for _, v := range w.Card.Values {
		byTable[v.Table] = append(byTable[v.Table], v)
	}
	for i := range w.Rubric.Data {
		name, b := w.Rubric.Data[i].Key.Text, &w.Rubric.Data[i].Value
		if b.IsTable() && len(byTable[name]) > 0 {
			p.Tables = append(p.Tables, w.table(name, b, byTable[name]))
		}
	}
	return p
}

func (w *writer) table(name string, b *rubric.Block, values []engine.Value) table {
	t := table{Title: name, Note: b.Note.Text}
	if !b.IsOpen() {
		t.Heads = []string{b.Key[0].Text}
	}
	failing := w.failing(name)
	for i, v := range values {
		f := b.KeyField(v.Field)
		if v.Index == 0 {
			head := v.Field
			if f.YearCount() > 1 {
				head += " " + w.Sprint(form.YearHeading(v.Back))
			}
			if unit := f.UnitText(); unit != "" {
				head += " (" + unit + ")"
			}
			t.Heads = append(t.Heads, head)
		}
		if i == 0 || v.Index != values[i-1].Index {
			t.Rows = append(t.Rows, row{})
			if !b.IsOpen() {
				t.Rows[v.Index].Cells = []cell{{Text: v.Row}}
			}
		}
		r := &t.Rows[len(t.Rows)-1]
		r.Cells = append(r.Cells, w.value(v, f))
		last := i+1 == len(values) || values[i+1].Index != v.Index
		if last && len(failing) > 0 {
			c := cell{Text: strings.Join(failing[v.Row], "、")}
			if c.Text != "" {
				c.Class = "bad"
			}
			r.Cells = append(r.Cells, c)
		}
	}
	if len(failing) > 0 {
		t.Heads = append(t.Heads, w.Sprint(diag.M("Fails items")))
	}
	return t
}

// failing are the items that rows of a table, or of a view of it, fail, by what
// names the row.
func (w *writer) failing(table string) map[string][]string {
	out := map[string][]string{}
	for _, l := range w.Leaves {
		if r := l.Result.Rows; r != nil && w.root(r.Table) == table {
			for _, key := range r.Failing {
				out[key] = append(out[key], l.ID.Text)
			}
		}
	}
	return out
}

// root is the table that a view is of.
func (w *writer) root(name string) string {
	for range w.Rubric.Data {
		at := slices.IndexFunc(w.Rubric.Data, func(b source.KeyedItem[rubric.Block]) bool { return b.Key.Text == name })
		if at < 0 || !w.Rubric.Data[at].Value.IsView() {
			break
		}
		name = w.Rubric.Data[at].Value.From.Text
	}
	return name
}
