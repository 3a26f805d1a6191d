package returns

import (
	"archive/zip"
	"bytes"
	"cmp"
	"reflect"
	"strconv"
	"testing"
	"time"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
	"dudao/engine/xlsx"

	"github.com/xuri/excelize/v2"
)

func quickFields() []*rubric.Field {
	of := func(kind string) *rubric.Field { return &rubric.Field{Type: diag.Excerpt{Text: kind}} }
	bounded, choice, optional := of("number"), of("text"), of("number")
	bounded.Min, bounded.Max = source.Number{Value: 1, Given: true}, source.Number{Value: 100, Given: true}
	choice.Choice = []diag.Excerpt{{Text: "小学"}, {Text: "n/a"}, {Text: "初 中"}}
	optional.Optional, optional.When = true, diag.Excerpt{Text: "甲 > 1", Pos: diag.Pos{Line: 1}}
	percent := of("percent")
	percent.Default = source.Number{Given: true}
	return []*rubric.Field{of("number"), of("whole"), of("text"), of("yesno"), of("date"), of(""), bounded, choice, optional, percent}
}

// sameAsUnderstood compares the short way with the long one.
func sameAsUnderstood(t *testing.T, typed string) {
	t.Helper()
	for _, f := range quickFields() {
		var got Cell
		if p := plainOf(f); !p.take(&got, typed) {
			if !reflect.DeepEqual(got, Cell{}) {
				t.Errorf("%q as %s: not taken, and yet %+v", typed, f.Type.Text, got)
			}
			continue
		}
		var problems diag.List
		want := understand(entry{typed: typed}, f, "甲", &problems)
		if !reflect.DeepEqual(got, want) || len(problems) > 0 {
			t.Errorf("%q as %s\ngot  %+v\nwant %+v %v", typed, f.Type.Text, got, want, problems)
		}
	}
}

var quickTexts = []string{"", "0", "00", "1", "1.5", "0.1", "1.", ".5", "1.2.3", "-1", "999999999999999", "9999999999999999", "0.30000000000001", "123456.789", "1e3", "１２", "100.5",
	"第一小学", "不适用", "不 适用", "N/A", "n/a", "ｎ/a", "无", "/", "小学", "初 中", " 小学", "学 ", "不涉及", "是", "2021-09-01", "\u200b甲", "甲\ufeff", "甲\u3000乙"}

func TestQuick(t *testing.T) {
	for _, typed := range quickTexts {
		sameAsUnderstood(t, typed)
	}
	taken := 0
	for _, typed := range []string{"140", "12.5", "0.07"} {
		x, _, ok := digits(typed)
		if want, err := strconv.ParseFloat(typed, 64); !ok || err != nil || x != want {
			t.Errorf("%s is read as %v", typed, x)
			continue
		}
		taken++
	}
	if taken != 3 {
		t.Error("plain numbers go the long way")
	}
	for traditional, one := range simple {
		if one == '不' || one == 'n' {
			t.Errorf("%c is written %c: what begins with it is taken for a plain name", traditional, one)
		}
	}
}

func FuzzQuick(f *testing.F) {
	for _, typed := range quickTexts {
		f.Add(typed)
	}
	f.Fuzz(sameAsUnderstood)
}

// A cell of a workbook that is taken at once is what it is when taken with care.
func TestPlainCellsOfAWorkbook(t *testing.T) {
	f := excelize.NewFile()
	styles := []int{0}
	for _, format := range []int{1, 2, 9, 10, 14, 49} {
		id, err := f.NewStyle(&excelize.Style{NumFmt: format})
		if err != nil {
			t.Fatal(err)
		}
		styles = append(styles, id)
	}
	values := []any{0, 1, 7.5, -3, 0.1 + 0.2, 1e15, 1e300, 101, true, "", "12", "小学", "初 中", " 小学", "不适用", "第一小学", "2021-09-01"}
	for row, v := range values {
		for col, style := range styles {
			at, _ := excelize.CoordinatesToCellName(col+1, row+1)
			if err := cmp.Or(f.SetCellValue("Sheet1", at, v), f.SetCellStyle("Sheet1", at, at, style)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmp.Or(f.SetCellFormula("Sheet1", "A2", "1"), f.MergeCell("Sheet1", "A3", "A4")); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := f.Write(&file); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	book, err := xlsx.Open(archive, xlsx.Limits{Unpacked: 1 << 20, Text: 1 << 20, Cells: 1000, Rows: 100, Time: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	b := newBookReader(&Document{book: book}, &Return{})
	b.byHeading["found"] = true
	in, err := book.Sheet("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	taken, left := 0, 0
	for _, field := range quickFields() {
		for row := range values {
			for col := range styles {
				for _, c := range []sheetColumn{
					{area: area{sheet: "Sheet1", col: col + 1}, name: "甲", field: field, plain: plainOf(field), in: in},
					{area: area{sheet: "Sheet1", col: col + 1, unit: "万元"}, name: "甲", field: field, plain: plainOf(field), in: in},
					{area: area{sheet: "Sheet1", col: col + 1}, name: "found", field: field, plain: plainOf(field), in: in, byHeading: true},
				} {
					var got Cell
					if !b.takePlain(&c, row+1, &got) {
						left++
						continue
					}
					taken++
					b.ret.Problems = nil
					want := b.take(c.area, row+1, c.name, field, "甲")
					if !reflect.DeepEqual(got, want) || len(b.ret.Problems) > 0 {
						t.Errorf("%v as %s\ngot  %+v\nwant %+v %v", values[row], field.Type.Text, got, want, b.ret.Problems)
					}
				}
			}
		}
	}
	if taken < 100 || left < 100 {
		t.Errorf("%d cells are taken, %d left", taken, left)
	}
}
