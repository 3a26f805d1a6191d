package engine

import (
	"slices"
	"strings"
	"testing"

	"dudao/engine/returns"
	"dudao/engine/rubric"
)

const explained = `id: r
title: 试
version: "1"
params:
  标准: {城: 1, 乡: 2}
  分母: {城: 10, 乡: 20}
data:
  县: {fields: {地: {choice: [城, 乡]}, 甲: {}}}
  学校:
    key: 校名
    columns:
      量: {pass: "value >= 标准[地]"}
items:
  - {id: "1", title: 一, points: 1, value: "甲 / 分母[地] + 标准[地]", pass: value >= 5}
  - {id: "2", title: 二, points: 1, each: 学校, pass: passed(量) >= 1}
  - {id: "3", title: 三, points: 1, each: 学校, pass: 量 > sum(学校.量)}
`

// explainedSteps are all steps of an item, from top to bottom.
func explainedSteps(t *testing.T, id string) []Step {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte(explained), nil)
	p, more := Compile(r)
	if diags = append(diags, more...); diags.HasErrors() {
		t.Fatal(diags)
	}
	doc, diags := returns.Open("a.yaml", []byte("rubric: r\nyear: 2021\ndata:\n  地: 城\n  甲: 3\n  学校: [{校名: 一, 量: 0}, {校名: 二, 量: 0.5}, {校名: 三, 量: 0.6}]\n"), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, _ := doc.Read(r)
	var all []Step
	var walk func(list []Step)
	walk = func(list []Step) {
		for _, s := range list {
			all = append(all, s)
			walk(s.Steps)
		}
	}
	walk(p.Explain(ret, id, false).Steps)
	return all
}

// A part that stands in another text than the formula, behind value or in the
// standard of a column, is quoted from there.
func TestExplainQuotesTheTextOfAPart(t *testing.T) {
	for id, want := range map[string][]string{"1": {"分母[地]", "标准[地]"}, "2": {"标准[地]"}} {
		var got []string
		for _, s := range explainedSteps(t, id) {
			if s.Kind == "param" && !slices.Contains(got, s.Name) {
				got = append(got, s.Name)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("item %s reads %q, want %q", id, got, want)
		}
	}
}

// What is the same for every row is listed once: else 20,000 rows would name
// 20,000 rows each.
func TestExplainListsAFunctionOnce(t *testing.T) {
	listed, again := 0, 0
	for _, s := range explainedSteps(t, "3") {
		switch {
		case s.Kind != "function":
		case len(s.Steps) > 0:
			listed++
		case strings.Contains(s.Text[len(s.Text)-1].Key, "see above"):
			again++
		}
	}
	if listed != 1 || again != 2 {
		t.Errorf("listed %d times, left out %d times", listed, again)
	}
}
