package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"

	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Hash is the SHA-256 of what a scorecard says: by which rubric, of which data, with
// which result. From which file and cell the data came, and in which words the
// result is told, makes no difference.
func (c *Scorecard) Hash() string {
	said := struct {
		Rubric     rubric.Ref
		Cover      returns.Cover
		Values     any // in its place only
		Answers    [][]any
		Items      [][]any
		Vetoes     [][]any
		Deductions [][]any
		Reasons    [][]any         `json:",omitempty"`
		Others     *returns.Others `json:",omitempty"`
		Claims     [][]any         `json:",omitempty"`
		Checks     [][]any         `json:",omitempty"`
		Total      Amount
		Grade      GradeRange
	}{Rubric: c.Rubric, Cover: c.Cover, Others: c.Others, Total: c.Total, Grade: c.Grade}
	for _, a := range c.Answers {
		said.Answers = append(said.Answers, []any{a.Item, a.Ask, a.State, a.Number, a.Text, a.Note, a.Evidence})
	}
	for _, i := range c.Items {
		said.Items = append(said.Items, []any{i.ID, i.State, i.Amount, i.Letter})
	}
	for _, v := range c.Vetoes {
		said.Vetoes = append(said.Vetoes, []any{v.Title, v.Fired, v.Open})
	}
	for _, d := range c.Deductions {
		said.Deductions = append(said.Deductions, []any{d.Taken, d.Open})
	}
	for _, r := range c.Reasons {
		said.Reasons = append(said.Reasons, []any{r.About, r.Text})
	}
	for _, cl := range c.Claims {
		said.Claims = append(said.Claims, []any{cl.Item, cl.State, cl.Number, cl.Text})
	}
	for _, k := range c.Checks {
		said.Checks = append(said.Checks, []any{k.Path, k.Points, k.State, k.Number, k.Text, k.Reason, k.Own.State, k.Own.Number, k.Own.Text})
	}
	text, err := json.Marshal(said)
	if err != nil {
		panic("engine: " + err.Error()) // only texts and finite numbers
	}
	before, after, _ := bytes.Cut(text, []byte(`"Values":null`)) // a quote within a text is escaped
	sum := sha256.New()
	sum.Write(before)
	sum.Write([]byte(`"Values":`))
	sum.Write(c.valuesSaid())
	sum.Write(after)
	return hex.EncodeToString(sum.Sum(nil))
}

// valuesSaid are the values as json.Marshal writes them, which takes ten times as long
// for the thousands of a county.
func (c *Scorecard) valuesSaid() []byte {
	if len(c.Values) == 0 {
		return []byte("null")
	}
	out := make([]byte, 0, len(c.Values)*96)
	var row []byte // what the values of a row begin with
	for i := range c.Values {
		v := &c.Values[i]
		if last := &c.Values[max(i-1, 0)]; i == 0 || v.Index != last.Index || v.Row != last.Row || v.Table != last.Table {
			row = append(row[:0], ",["...)
			row = append(source.AppendText(row, v.Table), ',')
			row = append(source.AppendText(row, v.Row), ',')
			row = append(strconv.AppendInt(row, int64(v.Index), 10), ',')
		}
		out = append(out, row...)
		out = append(source.AppendText(out, v.Field), ',')
		out = append(strconv.AppendInt(out, int64(v.Back), 10), ',')
		out = append(source.AppendText(out, v.State), ',')
		out = append(source.AppendFigure(out, v.Number), ',')
		out = append(source.AppendText(out, v.Text), ',')
		if v.Entered == nil {
			out = append(out, "null]"...)
		} else {
			out = append(source.AppendFigure(out, *v.Entered), ']')
		}
	}
	out[0] = '['
	return append(out, ']')
}
