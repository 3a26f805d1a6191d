package engine

import (
	"bytes"
	"encoding/json"
	"testing"
)

// The hash is taken over what json.Marshal writes.
func TestValuesAreHashedAsJSON(t *testing.T) {
	x, small := -12.5, 1e-9
	card := &Scorecard{Values: []Value{
		{Table: "学校", Row: "一小 \"甲\"", Index: 3, Field: "在校生数", State: "known", Number: 1234.5, Entered: &x},
		{Field: "a<b&c>d", Back: 1, State: "missing", Text: "行\u2028段\n\t\\\x7f\xff", Number: 1e21},
		{Table: "“引号”—≥90", Text: "段\u2029"},
		{Field: "零", Number: -0.000001, Entered: &small}, {},
	}}
	var want [][]any
	for _, v := range card.Values {
		want = append(want, []any{v.Table, v.Row, v.Index, v.Field, v.Back, v.State, v.Number, v.Text, v.Entered})
	}
	text, err := json.Marshal(want)
	if got := card.valuesSaid(); err != nil || !bytes.Equal(got, text) {
		t.Errorf("got\n%s\nwant\n%s %v", got, text, err)
	}
}
