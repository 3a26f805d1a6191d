package cases_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

func compileFile(t *testing.T, file string) *engine.Program {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, diags := rubric.Load(file, src, beside)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

// recorded writes the case of a return, reads it and runs it.
func recorded(t *testing.T, p *engine.Program, ret *returns.Return) string {
	t.Helper()
	text := string(cases.Record(p.Rubric, ret, p.Score(ret)))
	suite, diags := cases.Load("recorded_test.yaml", []byte("rubric: r.yaml\ncases:\n"+text))
	if len(diags) > 0 {
		t.Fatalf("%v\n%s", diags, text)
	}
	for _, res := range cases.Run(suite.Make(p.Rubric, nil), p) {
		if !res.Passed() {
			t.Errorf("%v %v\n%s", res.Diags, res.Failures, text)
		}
	}
	return text
}

// What is recorded passes as it is: for every case of every idiom, and for the
// examples as YAML and as workbook.
func TestRecord(t *testing.T) {
	for _, s := range suites(t) {
		t.Run(filepath.Base(s.file), func(t *testing.T) {
			for _, made := range s.made {
				recorded(t, s.program, made.Return)
			}
		})
	}
	for example, id := range map[string]string{"gaoping-2021": "funding-no-decrease", "class-size": "class-size"} {
		p := compileFile(t, "../../rubrics/"+id+".yaml")
		texts := map[string]string{}
		for _, name := range []string{"return.yaml", "填报表.xlsx"} {
			t.Run(example+"/"+name, func(t *testing.T) {
				data, err := os.ReadFile(filepath.Join("../../examples", example, name))
				if err != nil {
					t.Fatal(err)
				}
				doc, diags := returns.Open(name, data, returns.DefaultLimits)
				if diags.HasErrors() {
					t.Fatal(diags)
				}
				ret, _ := doc.Read(p.Rubric)
				texts[name] = recorded(t, p, ret)
			})
		}
		if texts["return.yaml"] != texts["填报表.xlsx"] {
			t.Errorf("%s: the workbook gives another case than the YAML", example)
		}
	}
}

// What can't be scored is recorded so that it can't be scored again.
func TestRecordOdd(t *testing.T) {
	r, diags := rubric.Load("r.yaml", []byte(`
id: r
title: 试
version: "1"
data:
  数: {fields: {甲: {years: 3, default: 4}, 乙: {type: date}, 丙: {type: yesno}, 丁: {choice: ["null", 好]}}}
  表: {key: 名, rows: [一, 二, 三], columns: {子: {years: 2}, 丑: {}}}
  校: {key: 名, columns: {人: {default: 2}}}
items:
  - {id: "1", title: 一, points: 3, score: 甲 / 7}
  - {id: "2", title: 二, points: 3, each: 表, score: 子, by: mean}
  - {id: "3", title: 三, points: 3, judge: {step: 0.5}}
  - {id: "4", title: 四, points: 3, deduct: [{take: 1, ask: 事故, count: true}]}
  - {id: "5", title: 五, points: 3, value: sum(校.人), score: value}
`), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	const given = `rubric: r
year: 2021
data:
  甲: [0.1, "", 400余]
  乙: 2021年9月1日
  丙: √
  丁: "null"
  表: {一: {子: [1, 2], 丑: 3}, 二: 不适用}
  校: [{名: 一, 人: 1}, {名: 一, 人: 2}, {人: 3}, {名: "3, 4"}]
judged: {"3": {points: 2.6, note: 不录}, "4": {事故: 2}}
`
	doc, diags := returns.Open("return.yaml", []byte(given), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	const want = `  - name: 试 2021
    year: 2021
    data:
      甲: [0.1, "", 400余]
      乙: "2021-09-01"
      丙: 是
      丁: "null"
      表:
        一: {子: [1, 2], 丑: 3}
        二: 不适用
      校:
        - {名: 一, 人: 1}
        - {名: 一, 人: 2}
        - {人: 3}
        - {名: '3, 4'}
    judged:
      "3": {points: 2.6}
      "4": {事故: 2}
    expect:
      between: [1.01, 10.01]
      items:
        "1": {points: 0.01, state: 部分得分}
        "2": {state: 缺数据}
        "3": {state: 待评定}
        "4": {points: 1, state: 部分得分}
        "5": {state: 缺数据}
`
	if got := recorded(t, p, ret); strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("got\n%s", got)
	}
}
