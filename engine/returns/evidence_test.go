package returns_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

func judgedRubric(t *testing.T) *rubric.Rubric {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte(`
id: r
title: 试
version: "1"
data: {经费: {fields: {支出: {unit: 元}}}}
items:
  - {id: "1", title: 制度, points: 4, judge: [{level: 优, points: 4, when: 健全}, {level: 差, points: 0}]}
  - {id: "2", title: 满意度, points: 4, judge: {from: 0, to: 4}}
  - {id: "3", title: 管理, points: 4, deduct: [{take: 1, ask: 未报告}, {take: 1, ask: 事故, count: true}]}
veto: [{title: 造假, ask: 弄虚作假, grade: 差}]
grades: [{grade: 好, when: unmet == 0}, {grade: 差}]
`), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return r
}

// Files that are named as evidence are looked for beside the return; papers named
// in words and addresses aren't.
func TestEvidenceThatIsAbsent(t *testing.T) {
	r := judgedRubric(t)
	const yaml = `name: 甲县
judged:
  "1": {level: 优, evidence: [县政府文件, 方案.pdf, 佐证/照片1.JPG, 佐证/照片2.jpg, "https://a.cn/b.pdf", 第3.2条]}
  "3":
    未报告: {answer: 否, evidence: ["C:\\台账.xlsx"]}
    事故: {answer: 0, evidence: [佐证/]}
`
	files := fstest.MapFS{
		"return.yaml": {Data: []byte("rubric: r\n" + yaml)}, "方案.pdf": {}, "佐证/照片1.JPG": {}, "佐证/照片3.jpg": {},
	}
	want := "佐证材料“佐证/照片2.jpg”不在填报数据旁边 return.yaml:4:29|佐证材料“C:\\台账.xlsx”不在填报数据旁边 return.yaml:6:32"
	open := func(name string) *returns.Document {
		doc, diags := returns.OpenBeside(files, name, files["return.yaml"].Data, returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		return doc
	}
	folder, diags := returns.OpenFolder(files, "甲县", returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for name, doc := range map[string]*returns.Document{"file": open("甲县/return.yaml"), "folder": folder} {
		ret, diags := doc.Read(r)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		var got []string
		for _, d := range ret.Unfound {
			got = append(got, text.New("zh").Sprint(d.Message)+" "+d.Pos.String())
			if len(d.Hints) == 0 {
				t.Errorf("no hint: %v", d)
			}
		}
		if all := strings.Join(got, "|"); all != want {
			t.Errorf("%s: got %s, want %s", name, all, want)
		}
	}

	// From standard input nobody knows where to look.
	ret := read(t, "stdin.yaml", files["return.yaml"].Data, r)
	if len(ret.Unfound) > 0 {
		t.Errorf("looked for evidence beside standard input: %v", ret.Unfound)
	}
}

// Judgements and answers are read from CSV as from the form and YAML.
func TestJudgementsInCSV(t *testing.T) {
	r := judgedRubric(t)
	files := fstest.MapFS{
		"单值.csv": {Data: []byte("名称,本年,备注\n支出,5,含专户\n")},
		"评定与事实.csv": {Data: []byte("项目,评定或认定事项,回答,自评说明,佐证材料,别的\n" +
			"1,制度,优,已印发,方案.pdf；台账,\n2,,3.5,,,\n3,未报告,×,,,\n3,事故,2次,,,\n,弄虚作假,无,没有,,\n3,未汇报,是,,,\n")},
	}
	doc, diags := returns.OpenFolder(files, "甲县", returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	level := ret.Answers["1"][""]
	if level.Text != "优" || level.Note != "已印发" || strings.Join(level.Evidence, "|") != "方案.pdf|台账" || level.At.Line != 2 || level.At.Col != 12 {
		t.Errorf("level: %+v", level)
	}
	for _, want := range []struct {
		item, ask string
		state     returns.State
		number    float64
	}{{"2", "", returns.Given, 3.5}, {"3", "未报告", returns.Given, 0}, {"3", "事故", returns.Given, 2}, {"", "弄虚作假", returns.Given, 0}} {
		if a, ok := ret.Answers[want.item][want.ask]; !ok || a.State != want.state || a.Number != want.number {
			t.Errorf("%v: %+v", want, a)
		}
	}
	if len(ret.Reasons) != 1 || ret.Reasons[0].About != "支出" || ret.Reasons[0].Text != "含专户" {
		t.Errorf("remarks: %+v", ret.Reasons)
	}
	var got []string
	for _, p := range ret.Problems {
		got = append(got, text.New("zh").Sprint(p.Message)+" "+p.Pos.String())
	}
	want := "评分细则里没有“别的”，这一列没有读取 评定与事实.csv:1:25|填报数据里有 1 个名称本细则不用：3 未汇报 评定与事实.csv:7:1"
	if all := strings.Join(got, "|"); all != want {
		t.Errorf("got  %s\nwant %s", all, want)
	}
}
