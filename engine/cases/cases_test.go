package cases_test

import (
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/rubric"
)

const small = `id: r
title: 试
version: "1"
round: "0"
data: {数: {fields: {甲: {min: 0}, 乙: {}}}}
checks:
  - {id: 大, rule: 甲 < 100, say: 太大}
  - {title: 乙也大, rule: 乙 < 100, say: 太大}
items:
  - {id: "1.1", title: 一, points: 7, value: 甲 / 3, scale: {from: 0, to: 10}}
  - {id: "1.2", title: 二, points: 3, pass: 乙 > 0}
  - {id: "1.3", title: 三, points: 2, bonus: true, pass: 乙 > 0}
veto:
  - {title: 太差, when: 甲 == 0, grade: 差}
grades: [{grade: 好, from: 80}, {grade: 差}]
`

// outcome runs one case with the given data and expectation: the failures as
// “what expected got”, or what is wrong with the case.
func outcome(t *testing.T, data, expect string) string {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte(small), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	suite, diags := cases.Load("r_test.yaml", []byte("rubric: r.yaml\ntolerance: 0.02\ncases:\n  - name: 一\n    data: "+data+"\n    expect: "+expect+"\n"))
	if len(diags) > 0 {
		return "load: " + say(diags)
	}
	res := suite.Make(r, nil)[0].Run(p)
	var out []string
	for _, f := range res.Failures {
		out = append(out, strings.Join(append([]string{f.What.Key}, f.What.Args...), " ")+": "+f.Expected+" → "+f.Got)
	}
	if len(res.Diags) > 0 {
		out = append(out, "make:"+say(res.Diags))
	}
	return strings.Join(out, "; ")
}

func TestExpect(t *testing.T) {
	const good = "{甲: 20, 乙: 1}" // 4.67 + 3 + 2 bonus of 10
	tests := []struct{ data, expect, want string }{
		{good, `{score: 9.67}`, ""},
		{good, `{score: 9.66}`, ""},
		{good, `{score: 9.64}`, "total: 9.64 → 9.67"},
		{good, `{tolerance: 0, score: 9.66}`, "total: 9.66 → 9.67"},
		{good, `{tolerance: 0.03, score: 9.64}`, ""},
		{good, `{score: 9.67, rate: 96.7, grade: 好, unmet: 1}`, ""},
		{good, `{rate: 96, grade: 差, unmet: 0}`, "rate: 96 → 96.7; grade: 差 → 好; number of unmet items: 0 → 1"},
		{good, `{unmet: 1.01}`, "number of unmet items: 1.01 → 1"},
		{good, `{between: [9.67, 9.68]}`, ""},
		{good, `{between: [9, 10]}`, "lower bound: 9 → 9.67; upper bound: 10 → 9.67"},
		{good, `{items: {"1.1": {points: 4.67, state: 部分得分, value: 6.67, met: 否}, "1.2": {met: true}}}`, ""},
		{good, `{items: {"1.1": {points: 5, state: 得分, value: 7, met: yes}}}`,
			"points of item %s 1.1: 5 → 4.67; state of item %s 1.1: 得分 → 部分得分; item %s is met 1.1: yes → 部分得分; value of item %s 1.1: 7 → 6.666666667"},
		{"{甲: 120, 乙: 100}", `{checks: [乙也大, 大], vetoes: []}`, ""},
		{"{甲: 120, 乙: 1}", `{checks: [], vetoes: [太差]}`, "checks that fire: [] → [大]; vetoes that act: [太差] → []"},
		{"{甲: 0, 乙: 1}", `{grade: 差, vetoes: [太差]}`, ""},
		{"{乙: 0}", `{between: [0, 7], grade: 差, unmet: 1}`, ""},
		{"{乙: 0}", `{items: {"1.1": {met: false}}}`, "item %s is met 1.1: false → 缺数据"},
		{"{乙: 0}", `{items: {"1.1": {met: true}}}`, "item %s is met 1.1: true → 缺数据"},
		{"{乙: 0}", `{score: 0, rate: 0, items: {"1.1": {value: 1}}}`, "total: 0 → 0~7; rate: 0 → 0~7; value of item %s 1.1: 1 → –"},

		{good, `{score: 9.67, item: {}}`, "load: \n  r_test.yaml:6:27 未知的键“item”（是不是想写“items”？）"},
		{good, `{between: [1]}`, "load: \n  r_test.yaml:6:13 between: 要写下限和上限两个数"},
		{good, `{tolerance: -1, score: 1}`, "load: \n  r_test.yaml:6:25 tolerance: 不能小于 0"},
		{good, `{items: {"1.1": {met: 对}}}`, "load: \n  r_test.yaml:6:35 这里不能写“对”（可以写：false no true yes 否 是）"},
		{good, `{items: {"1.4": {points: 1}}}`, "make:\n  r_test.yaml:6:23 评分细则里没有项目“1.4”（是不是想写“1.1”？）"},
		{good, `{checks: [小]}`, "make:\n  r_test.yaml:6:23 评分细则里没有校验“小”（可以写：大 乙也大）"},
		{good, `{vetoes: [太着]}`, "make:\n  r_test.yaml:6:23 评分细则里没有否决“太着”（是不是想写“太差”？）"},
		{good, `{grade: 差~很好}`, "make:\n  r_test.yaml:6:21 评分细则里没有等级“很好”（是不是想写“好”？）"},
	}
	for _, tt := range tests {
		if got := outcome(t, tt.data, tt.expect); got != tt.want {
			t.Errorf("%s %s\n got %s\nwant %s", tt.data, tt.expect, got, tt.want)
		}
	}
}

// A test file without cases is no mistake.
func TestNoCases(t *testing.T) {
	for _, text := range []string{"rubric: r.yaml\n", "rubric: r.yaml\ncases: []\n"} {
		suite, diags := cases.Load("r_test.yaml", []byte(text))
		if len(diags) > 0 || len(suite.Cases) != 0 {
			t.Errorf("%q: %v, %d cases", text, diags, len(suite.Cases))
		}
	}
}
