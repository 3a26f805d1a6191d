package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// Hash is the SHA-256 of what a scorecard says: by which rubric, of which data, with
// which result. From which file and cell the data came, and in which words the
// result is told, makes no difference.
func (c *Scorecard) Hash() string {
	said := struct {
		Rubric     rubric.Ref
		Cover      returns.Cover
		Values     [][]any
		Answers    [][]any
		Items      [][]any
		Vetoes     [][]any
		Deductions [][]any
		Reasons    [][]any `json:",omitempty"`
		Claims     [][]any `json:",omitempty"`
		Checks     [][]any `json:",omitempty"`
		Total      Amount
		Grade      GradeRange
	}{Rubric: c.Rubric, Cover: c.Cover, Total: c.Total, Grade: c.Grade}
	for _, v := range c.Values {
		said.Values = append(said.Values, []any{v.Table, v.Row, v.Index, v.Field, v.Back, v.State, v.Number, v.Text, v.Entered})
	}
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
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
