package returns_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/assessment"
	"dudao/reports/blank"
)

const sourced = `
id: r
title: 试
version: "1"
data:
  经费: {fields: {支出: {unit: 万元, years: 2}, 说明: {type: text}}}
  学段: {key: 段, rows: [小学, 初中], columns: {人数: {unit: 人, years: 2}}}
  学校: {key: 校名, columns: {面积: {unit: ㎡}, 寄宿: {type: yesno}, 建成: {type: date}}}
items:
  - {id: "1", title: 制度, points: 4, judge: [{level: 优, points: 4}, {level: 差, points: 0}]}
  - {id: "2", title: 管理, points: 4, deduct: [{take: 1, ask: 未报告}]}
  - {id: "3", title: 面积, points: 4, pass: sum(学校.面积) + sum(学段.人数) + 支出 > 0}
`

const sourcedData = `
data:
  支出: [1.2亿元, "11,000"]
  说明: 决算
  学段: {小学: {人数: [1.5万, 14000]}, 初中: {人数: [9000, 8000]}}
  学校:
    - {校名: 一小, 面积: １２３, 寄宿: √, 建成: 2021年9月1日}
    - {校名: 二小, 面积: 2000, 寄宿: 否, 建成: 2020-09-01}
`

const sourcedJudged = `
judged: {"1": {level: 优}, "2": {未报告: ×}}
`

// Whatever a return is made of, each value and answer of a scorecard names the file
// and the place where it stands, and what was typed there; and one that was
// understood otherwise says so.
func TestEveryValueLeadsToItsPlace(t *testing.T) {
	r, diags := rubric.Load("r.yaml", []byte(sourced), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	yaml := []byte("rubric: r\nname: 甲县\nyear: 2021\n" + sourcedData + sourcedJudged)
	whole := read(t, "a.yaml", yaml, r)
	var form, report bytes.Buffer
	if err := blank.Book(p, whole, text.New("zh"), "test").Write(&form); err != nil {
		t.Fatal(err)
	}
	if err := assessment.Book(p, whole, p.Score(whole), text.New("zh"), "test").Write(&report); err != nil {
		t.Fatal(err)
	}
	csv := fstest.MapFS{
		"单值.csv":    {Data: []byte("名称,本年,上年\n支出,1.2亿元,\"11,000\"\n说明,决算,\n")},
		"学段.csv":    {Data: []byte("段,人数,人数.上年\n小学,1.5万,14000\n初中,9000,8000\n")},
		"学校.csv":    {Data: []byte("校名,面积,寄宿,建成\n一小,１２３,√,2021年9月1日\n二小,2000,否,2020-09-01\n")},
		"评定与事实.csv": {Data: []byte("项目,评定或认定事项,回答\n1,,优\n2,未报告,×\n")},
	}
	assembled := fstest.MapFS{
		"return.yaml": {Data: []byte("rubric: r\nname: 甲县\nyear: 2021\nfrom: [学段.csv, 填报表.xlsx]\n")},
		"学段.csv":      csv["学段.csv"], "填报表.xlsx": {Data: form.Bytes()},
	}
	asJSON := `{"rubric": "r", "name": "甲县", "year": 2021,
 "data": {"支出": ["1.2亿元", "11,000"], "说明": "决算", "学段": {"小学": {"人数": ["1.5万", 14000]}, "初中": {"人数": [9000, 8000]}},
 "学校": [{"校名": "一小", "面积": "１２３", "寄宿": "√", "建成": "2021年9月1日"}, {"校名": "二小", "面积": 2000, "寄宿": "否", "建成": "2020-09-01"}]},
 "judged": {"1": {"level": "优"}, "2": {"未报告": "×"}}}`
	folder := func(files fstest.MapFS) *returns.Return {
		d, diags := returns.OpenFolder(files, "甲县", returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		ret, diags := d.Read(r)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		return ret
	}
	for name, ret := range map[string]*returns.Return{
		"yaml": whole, "json": read(t, "a.json", []byte(asJSON), r), "csv": folder(csv), "from": folder(assembled),
		"form": read(t, "填报表.xlsx", form.Bytes(), r), "report": read(t, "a-自评报告.xlsx", report.Bytes(), r),
	} {
		t.Run(name, func(t *testing.T) {
			card := p.Score(ret)
			if len(card.Values) != 13+2 || len(card.Answers) != 2 {
				t.Fatalf("%d values, %d answers", len(card.Values), len(card.Answers))
			}
			placed := func(what, typed string, at diag.Pos) {
				inBook := strings.HasSuffix(at.File, ".xlsx") && at.Sheet != "" && at.Cell != ""
				inText := at.File != "" && !strings.HasSuffix(at.File, ".xlsx") && at.Line > 0 && at.Col > 0
				if typed == "" || !inBook && !inText || strings.Contains(at.File, "/") {
					t.Errorf("%s: typed “%s” at %+v", what, typed, at)
				}
			}
			for _, v := range card.Values {
				if v.State != "known" {
					t.Errorf("%+v", v)
				}
				placed(v.Table+v.Row+v.Field, v.Typed, v.Pos)
				if asTyped := name == "yaml" || name == "json" || name == "csv"; asTyped && v.Typed == "1.2亿元" && len(v.Notes) != 1 {
					t.Errorf("no note on %+v", v)
				}
			}
			for _, a := range card.Answers {
				placed(a.Item+a.Ask, a.Typed, a.Pos)
			}
		})
	}
}
