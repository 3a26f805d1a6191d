package blank_test

import (
	"bytes"
	"strings"
	"testing"

	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/blank"
	"dudao/reports/book"

	"github.com/xuri/excelize/v2"
)

// Of a long table only some rows are drawn and printed. Those below are ready, too:
// what is typed into them is read and looks like the others.
func TestRowsBelowTheDrawnOnes(t *testing.T) {
	var columns strings.Builder
	for _, name := range []string{"甲", "乙", "丙", "丁", "戊", "己", "庚"} {
		columns.WriteString("      " + name + "数: {unit: 人, note: 按年末数填。}\n")
	}
	r, diags := rubric.Load("open.yaml", []byte(`
id: open
title: 开放表
version: "1"
scored: 县
data:
  学校:
    key: [校名, 学段]
    room: 60
    columns:
      学段: {choice: [小学, 初中]}
`+columns.String()+`      倍数: {formula: 甲数 * 2}
items:
  - {id: "1", title: 一, points: 5, pass: sum(学校.甲数 ) + sum(学校.倍数) > 0}
`), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	b := blank.Book(compiled(t, r), nil, text.New("zh"), "test")
	s := b.Sheets[1]
	style := func(row, col int) book.Style { return s.Rows[row-1].Cells[col-1].Style }
	top := s.TitleTo
	if style(top+40, 1) != book.EntryText || style(top+41, 1) != book.SpareText || style(top+40, 3) != book.Entry || style(top+60, 3) != book.Spare {
		t.Errorf("styles %v %v %v %v", style(top+40, 1), style(top+41, 1), style(top+40, 3), style(top+60, 3))
	}
	if s.Rows[top+40].Cells[9].Value != nil || !s.Rows[top+59].Cells[0].Unlocked {
		t.Error("rows below the drawn ones hold something or are locked")
	}
	want := book.Range{From: book.Ref{Row: top + 41, Col: 1}, To: book.Ref{Row: top + 60, Col: 11}}
	computed := book.Range{From: book.Ref{Row: top + 1, Col: 10}, To: book.Ref{Row: top + 40, Col: 10}}
	if len(s.Conditions) != 2 || s.Conditions[0].Range != computed || s.Conditions[1].Range != want {
		t.Errorf("conditions %+v, want one for what is computed, %v, and one for %v", s.Conditions, computed, want)
	}
	if s.KeyCols != 2 || s.FreezeCols != 2 {
		t.Errorf("%d columns are repeated, %d stay, want the two that name a row", s.KeyCols, s.FreezeCols)
	}
	if notes := b.Sheets[2]; notes.Name != "学校填报口径" || len(notes.Rows) != 9 || s.FreezeRows > 6 {
		t.Errorf("notes stand on %s with %d rows; %d rows stay above the table", notes.Name, len(notes.Rows), s.FreezeRows)
	}

	f, err := excelize.OpenReader(bytes.NewReader(workbook(t, r, nil, "zh")))
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A55": "一小", "B55": "小学", "C55": 7, "K55": "新建"} {
		if err := f.SetCellValue("学校", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	doc, diags := returns.Open("a.xlsx", buf.Bytes(), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if c := ret.Tables["学校"].Columns["甲数"][0]; len(c) != 1 || c[0].Number != 7 || ret.Reasons[0].About != "学校[一小·小学]" {
		t.Errorf("read %v, reasons %v", c, ret.Reasons)
	}
}
