package returns

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
)

const assignRubric = `
id: r
title: t
version: "1"
round: none
data:
  县:
    fields:
      支出: {unit: 万元, years: 3, min: 0, max: 100000}
      规划: {type: yesno}
      增幅: {type: percent, formula: growth(支出)}
      资助: {unit: 元}
  学校:
    key: [校名, 学段]
    columns:
      学段: {choice: [小学, 初中]}
      人: {unit: 人, type: whole, years: 2}
      倍: {formula: 人 * 2}
  各镇:
    key: 镇
    rows: [甲镇, 乙镇]
    columns: {人数: {type: whole}}
items:
  - {id: "7", title: 规划, points: 4, judge: [{level: 优, points: 4}, {level: 差, points: 0}]}
  - {id: "8", title: 打分, points: 4, judge: {step: 0.5}}
  - {id: "9.1", title: 报告, points: 4, deduct: [{take: 1, ask: 未报告}, {take: 1, ask: 批评次数, count: true}]}
  - {id: 资助, title: 资助, points: 4, judge: [{level: 优, points: 4}, {level: 差, points: 0}]}
veto: [{title: 弄虚, ask: 弄虚作假, grade: 差}]
grades: [{grade: 好, from: 60}, {grade: 差}]
`

func assignReturn(t testing.TB) (*Return, *rubric.Rubric) {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte(assignRubric), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	doc, diags := Open("a.yaml", []byte(`rubric: r
year: 2021
data:
  支出: [100, 90, 80]
  规划: 也许
  学校: [{校名: 一小, 学段: 小学, 人: [50, 40]}, {校名: "二[北]小=东", 学段: 小学, 人: 7}]
judged:
  "7": {level: 差, note: 说明, evidence: [甲]}
`), DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return ret, r
}

func TestAssign(t *testing.T) {
	tests := []struct{ path, value, want string }{
		{"支出", "8.3861亿元", "支出 100→83861"},
		{"支出.上年", "９５", "支出.上年 90→95"},
		{"支出.前2年", "", "支出.前2年 80→"},
		{"支出", "不适用", "支出 100→-"},
		{"支出", "-1", "支出 100→-1; a.yaml problems 2"}, // out of bounds is said, and scored
		{"规划", "是", "规划 ?→1; a.yaml problems 0"},     // what was wrong with it is gone
		{"学校[一小·小学].人", "55", "学校[一小·小学].人 50→55"},
		{"学校[一小·小学].人.上年", "41", "学校[一小·小学].人.上年 40→41"},
		{"学校[二[北]小=东·小学].人", "8人", "学校[二[北]小=东·小学].人 7→8"},
		{"各镇[乙镇].人数", "3", "各镇[乙镇].人数 →3"},
		{"7", "优", "7 差→优"},
		{"7.level", "优", "7 差→优"},
		{"8", "2.5", "8 →2.5"},
		{"8.points", "2.5", "8 →2.5"},
		{"9.1.未报告", "是", "9.1.未报告 →1"},
		{"9.1.批评次数", "2", "9.1.批评次数 →2"},
		{".弄虚作假", "否", ".弄虚作假 →0"},
		{"资助", "5", "资助 →5"}, // the value, not the item
		{"资助.level", "优", "资助 →优"},

		{"支岀", "5", "the rubric asks for no “%s” [支岀] 1:1+2 did you mean “%s”?支出"},
		{"支出.前3年", "5", "“%s” is asked for %s years [支出 3] 1:1+6"},
		{"增幅", "5", "“%s” is computed, so it can’t be submitted [增幅] 1:1+2 its formula: %sgrowth(支出)"},
		{"学校", "5", "“%s” is a table [学校] 1:1+2 write a field, or table[row].column"},
		{"支出[甲].人", "5", "“%s” is no table [支出] 1:1+7"},
		{"学校[一小].人", "5", "the rubric asks for no “%s” [一小] 1:4+2"},
		{"学校[一小·小字].人", "5", "the rubric asks for no “%s” [一小·小字] 1:4+5 did you mean “%s”?一小·小学"},
		{"学校[一小·小学].入", "5", "the rubric asks for no “%s” [入] 1:11+1"},
		{"学校[一小·小学].倍", "5", "“%s” is computed, so it can’t be submitted [倍] 1:1+11 its formula: %s人 * 2"},
		{"学校[一小·小学].学段", "初中", "“%s” names the rows of %s, so it stays as it is [学段 学校] 1:1+12"},
		{"支出", "约百万", "%s: “%s” is no number [支出 约百万] 1:50+3 an approximate number can’t be scored; give the exact one"},
		{"规划", "好", "%s: “%s” is neither 是 (yes) nor 否 (no) [规划 好] 1:50+1"},
		{"7", "良", "%s: “%s” is none of the choices [7 良] 1:50+1"},
		{"8", "2.7", "%s: %s is no step of %s [8 打分 2.7 0.5] 1:50+3 give a multiple of %s0.5"},
		{"未报告", "是", "the rubric asks for no “%s” [未报告] 1:1+3 did you mean “%s”?9.1.未报告"},
		{"弄虚作假", "是", "the rubric asks for no “%s” [弄虚作假] 1:1+4 did you mean “%s”?.弄虚作假"},
	}
	for _, tt := range tests {
		ret, r := assignReturn(t)
		before := len(ret.Problems)
		put, diags := Assign(ret, r, []Assignment{{diag.Excerpt{Text: tt.path, Pos: diag.Pos{Line: 1, Col: 1}}, diag.Excerpt{Text: tt.value, Pos: diag.Pos{Line: 1, Col: 50}}}})
		got := describe(put, diags)
		if n := len(ret.Problems); n != before {
			got += "; a.yaml problems " + strconv.Itoa(n)
		}
		if got != tt.want {
			t.Errorf("%s=%s\n%s\nwant\n%s", tt.path, tt.value, got, tt.want)
		}
	}
}

// describe says what was put in, or the first error with its place and first hint.
func describe(put []Put, diags diag.List) string {
	if len(diags) == 0 {
		p := put[0]
		return p.Path + " " + short(p.Was) + "→" + short(p.Is)
	}
	d := diags[0]
	out := d.Message.Key + " [" + strings.Join(d.Message.Args, " ") + "] " + d.Pos.String() + "+" + strconv.Itoa(d.Width)
	if len(d.Hints) > 0 && !slices.Contains([]string{"choose one of: %s", "write 是 or 否"}, d.Hints[0].Key) {
		out += " " + d.Hints[0].Key + strings.Join(d.Hints[0].Args, " ")
	}
	return out
}

func short(c Cell) string {
	switch {
	case c.State == Missing:
		return ""
	case c.State == NotApplicable:
		return "-"
	case c.State == Invalid:
		return "?"
	case c.Text != "":
		return c.Text
	}
	return decimal.Format(c.Number, 6)
}

// A note and evidence stay with an answer; a place may be named once.
func TestAssignKeepsWhatStandsBeside(t *testing.T) {
	ret, r := assignReturn(t)
	at := func(s string) diag.Excerpt { return diag.Excerpt{Text: s} }
	if _, diags := Assign(ret, r, []Assignment{{at("7"), at("优")}}); diags.HasErrors() {
		t.Fatal(diags)
	}
	if a := ret.Answers["7"][""]; a.Text != "优" || a.Note != "说明" || len(a.Evidence) != 1 {
		t.Errorf("%+v", a)
	}
	_, diags := Assign(ret, r, []Assignment{{at("7"), at("优")}, {at("7.level"), at("差")}})
	if len(diags) != 1 || diags[0].Message.Key != "“%s” is set twice" {
		t.Error(diags)
	}
}

// Whatever is typed: no panic, the rubric decides; what was put in is found again by
// the path that is printed.
func FuzzAssign(f *testing.F) {
	for _, s := range [][2]string{{"支出.前2年", "1"}, {"学校[二[北]小=东·小学].人", "x"}, {"9.1.未报告", "是"}, {"[", ""}, {"支出[].人", "-"}, {".", "1"}} {
		f.Add(s[0], s[1])
	}
	base, r := assignReturn(f)
	f.Fuzz(func(t *testing.T, path, value string) {
		list := []Assignment{{diag.Excerpt{Text: path}, diag.Excerpt{Text: value}}}
		put, diags := Assign(base.Clone(), r, list)
		if (len(put) == 1) == diags.HasErrors() {
			t.Fatalf("%v %v", put, diags)
		}
		if len(put) == 1 {
			list[0].Path.Text = put[0].Path
			if again, _ := Assign(base.Clone(), r, list); len(again) != 1 || again[0].Path != put[0].Path && put[0].Path != "资助" {
				t.Fatalf("%s: %v", put[0].Path, again)
			}
		}
	})
}
