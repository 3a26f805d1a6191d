package blank_test

import (
	"testing"

	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/blank"
)

// A table has one validation a column and year, however many rows it has.
func TestTablesValidateColumns(t *testing.T) {
	r, diags := rubric.Load("open.yaml", []byte(`
id: open
title: 开放表
version: "1"
scored: 县
data:
  学校:
    key: 校名
    room: 50
    columns:
      类型: {choice: [小学, 初中]}
      人数: {unit: 人, type: whole, years: 2}
      倍数: {formula: 人数 * 2}
items:
  - {id: "1", title: 一, points: 5, pass: sum(学校.人数) > 0}
`), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	s := blank.Book(compiled(t, r), nil, text.New("zh"), "test").Sheets[1]
	var got []string
	for _, v := range s.Validations {
		got = append(got, v.Range.String())
	}
	if len(got) != 3 || s.Validations[0].Range.To.Row-s.Validations[0].Range.From.Row != 49 {
		t.Errorf("%s: validations of %v, want one for each of three columns", s.Name, got)
	}
}
