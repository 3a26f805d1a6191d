package returns_test

import (
	"bytes"
	"strings"
	"testing"

	"dudao/engine/returns"

	"github.com/xuri/excelize/v2"
)

// workbook makes a workbook of sheets, each given by its rows; cells that are joined
// by = are merged: "A2=A4".
func workbook(t testing.TB, sheets map[string][][]any, merged ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"学校", "单值", "各学段", "说明"} {
		rows, ok := sheets[name]
		if !ok {
			continue
		}
		_, err := f.NewSheet(name)
		check(err)
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			check(f.SetSheetRow(name, cell, &row))
		}
	}
	for _, area := range merged {
		from, to, _ := strings.Cut(area, "=")
		check(f.MergeCell("学校", from, to))
	}
	check(f.DeleteSheet("Sheet1"))
	var buf bytes.Buffer
	check(f.Write(&buf))
	return buf.Bytes()
}

func TestSetWorkbook(t *testing.T) {
	data := workbook(t, map[string][][]any{
		"学校": {{"全省情况"}, {"序号", "县（市、区）", "行政区划代码", "校名", "面积（㎡）", "学段"}, {1, "甲县", 110101, "一小", 10.5, "小学"}, {2, nil, nil, "二小", "约5", "小学"},
			{}, {3, "乙县", "110102", "一小", "20", "小学"}, {nil, "合计", nil, nil, 30}},
		"单值": {{"县", "教育支出", "教育支出（上年）", "年度"}, {"甲县", 5, 4, 2021}, {"乙县", 6, nil, "2021年"}},
		"说明": {{"单位是平方米"}},
	}, "B3=B4", "C3=C4")
	s, diags := returns.OpenSetWorkbook("全省.xlsx", data, returns.DefaultSetLimits)
	if s == nil {
		t.Fatal(lines(diags))
	}
	want := "全省.xlsx!学校!B7 %s rows of %s are totals; they are not read [1 学校]\n" +
		"全省.xlsx!说明 the sheet is not read: no column of it says whose a row is / add a column 县 or 行政区划代码"
	if got := lines(diags.Sorted()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	want = "[甲县 110101] 5@全省.xlsx!单值!B2 4@全省.xlsx!单值!C2 一小@全省.xlsx!学校!D3 二小@全省.xlsx!学校!D4 10.5@全省.xlsx!学校!E3 约5@全省.xlsx!学校!E4 小学@全省.xlsx!学校!F3 小学@全省.xlsx!学校!F4 year 2021" +
		" ! 全省.xlsx!学校!E4 %s: “%s” is no number [学校[二小].面积 约5] / an approximate number can’t be scored; give the exact one\n" +
		"[乙县 110102] 6@全省.xlsx!单值!B3 一小@全省.xlsx!学校!D6 20@全省.xlsx!学校!E6 小学@全省.xlsx!学校!F6 year 2021" +
		" ! 全省.xlsx!学校!E6 %s numbers on the sheet are stored as text: %s [1 E6] / they are read as numbers; formulas of the sheet itself pass them over"
	if got := unitsOf(t, s); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNoSetWorkbook(t *testing.T) {
	one := workbook(t, map[string][][]any{"学校": {{"校名", "面积"}, {"一小", 1}}})
	twice := workbook(t, map[string][][]any{"学校": {{"县", "县", "面积"}, {"甲县", "乙县", 1}}})
	tight := returns.DefaultSetLimits
	tight.Book.Cells = 3
	tests := []struct {
		name   string
		data   []byte
		limits returns.SetLimits
		want   string
	}{
		{"of one unit", one, returns.DefaultSetLimits, ""},
		{"column twice", twice, returns.DefaultSetLimits, "全省.xlsx!学校!B1 the column “%s” stands here twice [县]"},
		{"cells", twice, tight, "全省.xlsx the workbook holds too many cells to be a return"},
		{"no workbook", []byte("县,校名"), returns.DefaultSetLimits, "全省.xlsx the workbook is damaged: its end is missing"},
	}
	for _, tt := range tests {
		s, diags := returns.OpenSetWorkbook("全省.xlsx", tt.data, tt.limits)
		if got := lines(diags); s != nil || !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
	_, form := benchForm(t)
	if s, diags := returns.OpenSetWorkbook("a.xlsx", form, returns.DefaultSetLimits); s != nil || diags != nil {
		t.Errorf("a form is a set: %v", lines(diags))
	}
}
