package results_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/results"
)

const scheme = `id: small
title: 小细则
version: "1"
scored: 县
data:
  基本: {fields: {在校生: {type: whole}}}
items:
  - {id: "1", title: "=SUM(A1)", points: 10, pass: 在校生 > 5}
  - {id: "2", title: 制度, points: 5, judge: {step: 1}}
grades:
  - {grade: "@好", when: score > 5}
  - {grade: 差}
`

func program(t *testing.T) *engine.Program {
	t.Helper()
	r, diags := rubric.Load("small.yaml", []byte(scheme), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

func record(t *testing.T, p *engine.Program, source, yaml string) batch.Record {
	t.Helper()
	doc, diags := returns.Open("return.yaml", []byte(yaml), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	rec := batch.NewRecord(p, p.Score(ret))
	rec.Source, rec.Digest = source, strings.Repeat("0", 64)
	return rec
}

// What a spreadsheet would take for a formula is text, whoever wrote it; numbers stay
// numbers, and what isn't certain is no total.
func TestCSV(t *testing.T) {
	p := program(t)
	failed := batch.Record{Source: "-坏.xlsx", Failed: []batch.Finding{{Said: diag.P(diag.Verbatim("=1+1\n第二行")), Pos: diag.Pos{File: "x", Sheet: "表", Cell: "B2"}}}}
	data, err := results.CSV(p, []batch.Record{
		record(t, p, "a.yaml", "name: \"=cmd|'/c calc'!A1\"\ncode: \"+51\"\nyear: 2023\ndata: {在校生: 9}\njudged: {\"2\": {points: 4}}\n"),
		record(t, p, "b.yaml", "name: \"\\t乙\\\"县,\"\ndata: {在校生: 1}\n"),
		failed,
	}, text.New("zh"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		t.Error("no byte order mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(data[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(row int, head string) string {
		for i, h := range rows[0] {
			if h == head {
				return rows[row][i]
			}
		}
		t.Fatalf("no column %q in %q", head, rows[0])
		return ""
	}
	for _, c := range []struct {
		row        int
		head, want string
	}{
		{1, "单位名称", "'=cmd|'/c calc'!A1"}, {1, "代码", "'+51"}, {1, "总分", "14"}, {1, "等级", "'@好"}, {1, "状态", "已定"}, {1, "1 =SUM(A1)", "10"}, {1, "2 制度", "4"},
		{2, "总分", ""}, {2, "下限", "0"}, {2, "上限", "5"}, {2, "状态", "未定"}, {2, "2 制度", "待评定"}, {2, "1 =SUM(A1)", "0"},
		{3, "文件", "'-坏.xlsx"}, {3, "状态", "未评分"}, {3, "未评分原因", "x!表!B2 =1+1\n第二行"},
	} {
		if got := at(c.row, c.head); got != c.want {
			t.Errorf("row %d, %s: %q, want %q", c.row, c.head, got, c.want)
		}
	}
	for _, row := range rows {
		if len(row) > len(rows[0]) {
			t.Errorf("a row of %d cells under %d headings", len(row), len(rows[0]))
		}
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+@\t\r") {
				t.Errorf("%q begins a formula", cell)
			}
		}
	}
}

func TestLog(t *testing.T) {
	p := program(t)
	zip := record(t, p, "市/a.zip", "name: 甲\ndata: {在校生: 9}\n")
	zip.Files = []returns.File{{Name: "学校.csv", SHA256: strings.Repeat("1", 64)}}
	folder := zip
	folder.Source = "市/乙"
	folder.Cover.Name = "一行\n# 两行"
	got := string(results.Log(results.Run{Version: "1.0", Rubric: rubric.Ref{ID: "small", Version: "1", Hash: "ff"}, Year: 2023, Others: []returns.File{{Name: "核查.csv", SHA256: "ee"}}},
		[]batch.Record{zip, folder, {Source: "丙.xlsx", Digest: strings.Repeat("2", 64), Failed: []batch.Finding{{}}}},
		[]batch.Passed{{Name: "x.txt", Why: diag.M("it can’t be read")}}, text.New("en")))
	want := `# dudao 1.0, rubric small@1, hash ff
# Year of returns that do not say it: 2023
# Read besides the returns: 核查.csv, SHA-256 ee
# 市/a.zip: 甲, hash ` + zip.Hash + `
` + strings.Repeat("0", 64) + `  市/a.zip
# 市/乙: 一行 # 两行, hash ` + zip.Hash + `
` + strings.Repeat("1", 64) + `  市/乙/学校.csv
# 丙.xlsx: not scored
` + strings.Repeat("2", 64) + `  丙.xlsx
# x.txt: passed over, it can’t be read
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
