package engine_test

import (
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/returns"
)

const covered = `
round: none
data:
  数据:
    fields:
      甲: {unit: 元}
      乙: {unit: 元}
  学校:
    key: 校名
    columns:
      人数: {}
      特: {type: yesno}
      多: {type: yesno, formula: 人数 > 5}
  普通学校: {from: 学校, where: not 特}
checks:
  - {id: 核, rule: 甲 >= 乙, say: 小}
items:
`

func missed(t *testing.T, body string, data ...string) []string {
	t.Helper()
	p := compile(t, covered+body)
	cov := p.NewCoverage()
	for _, d := range data {
		doc, diags := returns.Open("a.yaml", []byte("rubric: r\nname: 甲县\nyear: 2021\n"+d), returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		ret, _ := doc.Read(p.Rubric)
		if a, b := asJSON(t, cov.Score(ret)), asJSON(t, p.Score(ret)); a != b {
			t.Error("a watched score is another one")
		}
	}
	var out []string
	goals := cov.Goals()
	slices.SortStableFunc(goals, func(a, b engine.Goal) int { return a.Pos.Compare(b.Pos) })
	for _, g := range goals {
		if g.Pos.Line == 0 || g.Width == 0 {
			t.Errorf("no place: %v", g.Missed)
		}
		if g.Reached {
			continue
		}
		text := g.Missed.Key
		for _, a := range g.Missed.Args {
			text = strings.Replace(text, "%s", a, 1)
		}
		out = append(out, text)
	}
	return out
}

// What the returns below leave out is named, and nothing else.
func TestCoverage(t *testing.T) {
	const all = "甲: 3, 乙: 5, 学校: [{校名: 一, 人数: 9, 特: 否}, {校名: 二, 人数: 1, 特: 是}]"
	const other = "甲: 6, 乙: 5, 学校: [{校名: 一, 人数: 4, 特: 否}]"
	grades := "\ngrades: [{grade: 优, from: 90}, {grade: 差}]"
	tests := []struct {
		name, item string
		data       []string
		want       []string
	}{
		{"both sides", "pass: 甲 >= 5", []string{"data: {" + all + "}", "data: {" + other + "}"}, nil},
		{"one side", "pass: 甲 >= 5", []string{"data: {" + all + "}"}, []string{
			"“甲 >= 乙” holds in no case", "“甲 >= 5” holds in no case"}},
		{"rows that count", "each: 普通学校\n    pass: 人数 < 2", []string{"data: {" + all + "}", "data: {" + other + "}"}, []string{
			"“人数 < 2” holds in no case"}},
		{"not decided", "pass: 甲 >= 5", []string{"data: {乙: 1, 学校: [{校名: 一, 特: 否}, {校名: 二, 特: 是, 人数: 9}]}"}, []string{
			"“人数 > 5” fails in no case", "“甲 >= 乙” holds in no case", "“甲 >= 乙” fails in no case", "no case decides item 1",
			"“甲 >= 5” holds in no case", "“甲 >= 5” fails in no case"}},
		{"bands", "value: 甲\n    bands: [{from: 6, points: 10}, {from: 4, points: 5}]", []string{"data: {" + all + "}", "data: {" + other + "}"}, []string{
			"no case reaches the band from 4 of item 1"}},
		{"lowest band", "value: 甲\n    bands: [{from: 6, points: 10}, {from: 3, points: 5}]", []string{"data: {" + all + "}", "data: {" + other + "}"}, []string{
			"no case stays below the lowest band of item 1"}},
		{"scale", "value: 甲\n    scale: {from: 0, to: 6}", []string{"data: {" + all + "}", "data: {" + other + "}"}, []string{
			"no case has no points on the scale of item 1"}},
		{"levels", "judge: [{level: 好, points: 10}, {level: 坏, points: 0}]", []string{
			"data: {" + all + "}\njudged: {\"1\": {level: 好}}", "data: {" + other + "}"}, []string{"no case is judged “坏” in item 1"}},
		{"deductions", "deduct: [{take: 1, ask: 事故}, {take: 1, times: 4 - 甲, started: up, for: 每少1}]", []string{
			"data: {" + all + "}\njudged: {\"1\": {事故: 否}}", "data: {" + other + "}"}, []string{"no case loses the points of “事故”"}},
		{"parts", "parts: [{give: 5, if: 甲 > 1}, {give: 5, if: 甲 > 4}]", []string{"data: {" + all + "}", "data: {" + other + "}"}, []string{
			"every case is given the points of “甲 > 1”"}},
		{"compound part", "parts: [{give: 10, if: 甲 > 4 or 乙 > 9}]", []string{"data: {" + all + "}", "data: {" + other + "}"}, []string{
			"“乙 > 9” holds in no case"}},
		{"not applicable", "when: 甲 > 4\n    pass: 乙 >= 甲", []string{"data: {" + all + "}", "data: {" + other + "}"}, []string{
			"“乙 >= 甲” holds in no case"}},
		{"behind the gate", "gate: 甲 > 4\n    value: 甲\n    bands: [{from: 6, points: 10}]", []string{"data: {" + all + "}", "data: {" + other + "}"}, []string{
			"no case stays below the lowest band of item 1"}},
		{"branch not taken", "score: pick(甲 > 4, pick(乙 < 甲, 1, 2), 3)", []string{"data: {" + all + "}", "data: {" + other + "}"}, []string{
			"“乙 < 甲” fails in no case"}},
		{"one row, not in the view", "each: 普通学校\n    by: mean\n    parts: [{give: 10, if: 人数 > 3}]", []string{
			"data: {甲: 5, 乙: 5, 学校: [{校名: 一, 人数: 1, 特: 是}]}", "data: {" + all + "}", "data: {" + other + "}"}, []string{
			"every case is given the points of “人数 > 3”"}},
		{"deductions if", "deduct: [{take: 1, if: 甲 > 1}]", []string{"data: {" + all + "}"}, []string{
			"“甲 >= 乙” holds in no case", "every case loses the points of “甲 > 1”"}},
		{"enough rows", "each: 学校\n    pass: 人数 > 1\n    at_least: 50", []string{"data: {" + all + "}"}, []string{
			"“甲 >= 乙” holds in no case", "no case stays below at_least: 50 of item 1"}},
		{"too few rows", "each: 学校\n    pass: 人数 > 1\n    at_least: 60", []string{"data: {" + all + "}"}, []string{
			"“甲 >= 乙” holds in no case", "no case reaches at_least: 60 of item 1"}},
		{"grades and vetoes", "pass: 甲 >= 5" + grades + "\nveto: [{title: 事故, ask: 有事故, grade: 差}]", []string{
			"data: {" + all + "}\njudged: {\"\": {有事故: 否}}", "data: {" + other + "}"}, []string{
			"no case ends with the grade “优”", "in no case does the veto “事故” act"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := missed(t, "  - id: \"1\"\n    title: 项\n    points: 10\n    "+tt.item+"\n", tt.data...)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}
