package book

import (
	"strings"
	"testing"
)

const dumped = `== 评分表
widths 12 30 8.4 8.4
merges A1:B1 A4:A5
A1 = 自评打分表 | bold
A2 = 指标 | bold fill=E3E6EA
B2 = 得分 | bold fill=E3E6EA
A3 = 合计 | bold fill=F5F5F5 | to '县''s 数据'!A1
B3 = 87.5 | =SUM(B4:B5) | 0.00 bold fill=F5F5F5 | note: "各分项之和\n<见依据>"
A4 = 经费 | bold
B4 = 80 | fill=FFFBE5 unlocked
B5 = 7.5
C5 = "007" | @ fill=FFFBE5
A6 = 缺数据 | =IF(B4<0,"","缺数据") | 0
B6 = TRUE | =B4>1 | 0
C6 = "" | =B4 | 0
D6 = FALSE
== 县's 数据 (hidden)
widths 8.4
A1 = x | note: 乙
`

func TestDump(t *testing.T) {
	got, err := Dump(write(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(got, dumped) {
		t.Errorf("got\n%s\nwant\n%s…", got, dumped)
	}
	names := `== names
_xlnm.Print_Titles = '评分表'!$1:$2 (评分表)
总分 = '评分表'!$B$3
表.列 = '县''s 数据'!$A$1:$A$9
`
	if !strings.HasSuffix(got, names) {
		t.Errorf("got\n%s\nwant at its end\n%s", got, names)
	}
}

// A text that looks like something else is quoted.
func TestDumpShowsTypes(t *testing.T) {
	b := &Book{Sheets: []*Sheet{{Name: "a", Rows: []Row{{Cells: []Cell{
		{Value: "12"}, {Value: 12.0, Digits: -1}, {Value: "TRUE"}, {Value: true}, {Value: "#N/A"}, {Value: "一 | 二"},
	}}}}}}
	got, err := Dump(write(t, b))
	if err != nil {
		t.Fatal(err)
	}
	wants(t, got, `A1 = "12"`, "B1 = 12\n", `C1 = "TRUE"`, "D1 = TRUE\n", `E1 = "#N/A"`, `F1 = "一 | 二"`)
}

func TestDumpOfGarbage(t *testing.T) {
	if _, err := Dump([]byte("no workbook")); err == nil {
		t.Error("no error")
	}
}

// A sign before a number leaves it a number, and a minus stands behind the sign.
func TestPrefix(t *testing.T) {
	b := &Book{Sheets: []*Sheet{{Name: "a", Widths: []float64{5}, Rows: []Row{{Cells: []Cell{
		{Value: 123456.5, Style: Number, Digits: 2, Words: &Words{Prefix: "≥"}}, {Value: 3.0, Words: &Words{Prefix: "≤"}},
	}}}}}}
	got, err := Dump(write(t, b))
	if err != nil {
		t.Fatal(err)
	}
	wants(t, got, `A1 = 123456.5 | "≥ "0.00;"≥ "-0.00`, `B1 = 3 | "≤ "0;"≤ "-0`, "widths 13.5 ")
}
