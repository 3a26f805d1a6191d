package blank_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/blank"
	"dudao/reports/book"
)

var update = flag.Bool("update", false, "rewrite the golden dumps")

const everything = `
id: all
title: 各种数据项
version: "1"
scored: 县
data:
  单值:
    note: 说明在这里。
    fields:
      数: {unit: 元, years: 3, min: 0, max: 100, note: 怎样数。, source: 报表}
      整: {type: whole, min: 0}
      比: {type: percent, max: 100}
      选: {choice: [甲, 乙]}
      有: {type: yesno}
      字: {type: text}
      算: {formula: 数 * 2}
      也填: {formula: 数 * 3, enterable: true}
  表:
    key: 行
    rows: [a, b]
    columns:
      人: {unit: 人, years: 2, note: 年末数。}
      有图: {type: yesno}
items:
  - id: "1"
    title: 一
    points: 5
    deduct: [{take: 1, ask: 未报告}, {take: 1, ask: 事故, count: true}]
`

func workbook(t *testing.T, r *rubric.Rubric, ret *returns.Return, lang string) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := blank.Book(compiled(t, r), ret, text.New(lang), "test").Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func load(t *testing.T) *rubric.Rubric {
	t.Helper()
	r, diags := rubric.Load("all.yaml", []byte(everything), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return r
}

func TestGolden(t *testing.T) {
	got, err := book.Dump(workbook(t, load(t), nil, "zh"))
	if err != nil {
		t.Fatal(err)
	}
	const file = "testdata/blank.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the form has changed; see it with -update and git diff\n%s", got)
	}
}

// What is filled into a form is read out of it again, in either language.
func TestFilledFormReadsBack(t *testing.T) {
	r := load(t)
	doc, diags := returns.Open("a.yaml", []byte(`
rubric: all
name: 甲县
year: 2022
code: "010203"
data:
  数: [1.5, 不适用, 3]
  整: 7
  比: 85
  选: 乙
  有: 否
  字: "=1+1"
  也填: 4
  表: {a: {人: [1, 2], 有图: 是}, b: {人: 3}}
reasons: {整: 新设, "表[b]": 撤并}
judged: {"1": {未报告: {answer: 是, note: 补报, evidence: [甲.pdf, 乙.pdf]}, 事故: 2}}
`), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	want, diags := doc.Read(r)
	if diags.HasErrors() || len(want.Problems) > 0 {
		t.Fatal(diags, want.Problems)
	}
	for _, lang := range text.Languages {
		doc, diags := returns.Open("a.xlsx", workbook(t, r, want, lang), returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		got, diags := doc.Read(r)
		if diags.HasErrors() || len(got.Problems) > 0 {
			t.Fatal(diags, got.Problems)
		}
		var reasons []string
		for _, r := range got.Reasons {
			reasons = append(reasons, r.About+" "+r.Text+" "+r.Pos.Cell)
		}
		if all := strings.Join(reasons, "|"); all != "整 新设 H5|表[b] 撤并 E5" {
			t.Errorf("%s: reasons %s", lang, all)
		}
		if got.Cover != want.Cover {
			t.Errorf("%s: cover %+v, want %+v", lang, got.Cover, want.Cover)
		}
		same := func(name string, g, w returns.Cell) {
			if g.State != w.State || g.Number != w.Number || g.Text != w.Text {
				t.Errorf("%s: %s is %+v, want %+v", lang, name, g, w)
			}
		}
		for name, cells := range want.Fields {
			for back := range cells {
				same(name, got.Fields[name][back], cells[back])
			}
		}
		for name, years := range want.Tables["表"].Columns {
			for back := range years {
				for row := range years[back] {
					same(name, got.Tables["表"].Columns[name][back][row], years[back][row])
				}
			}
		}
		for ask, w := range want.Answers["1"] {
			g := got.Answers["1"][ask]
			same(ask, g.Cell, w.Cell)
			if g.Note != w.Note || strings.Join(g.Evidence, "|") != strings.Join(w.Evidence, "|") {
				t.Errorf("%s: answer %+v, want %+v", lang, g, w)
			}
		}
	}
}

// Whatever is typed into a cell for data, the spreadsheet says in words what it
// wants there.
func TestEveryEntryHasAPrompt(t *testing.T) {
	b := blank.Book(compiled(t, load(t)), nil, text.New("zh"), "test")
	prompts := map[string]string{}
	for _, s := range b.Sheets {
		for _, v := range s.Validations {
			prompts[s.Name+"!"+v.Range.From.String()] = v.Prompt
		}
	}
	for cell, want := range map[string]string{
		"单值!C4": "填数字，单位：元，0 至 100。\n怎样数。", "单值!C5": "填整数，不小于 0。", "单值!C6": "填百分数（85 表示 85%），不大于 100。",
		"单值!C7": "从列表中选择。", "单值!C8": "填“是”或“否”。", "评定与事实!C4": "填次数，没有发生填 0。",
	} {
		if prompts[cell] != want {
			t.Errorf("%s: %q, want %q", cell, prompts[cell], want)
		}
	}
}

// compiled is the program of a rubric.
func compiled(t testing.TB, r *rubric.Rubric) *engine.Program {
	t.Helper()
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}
