package returns

import (
	"reflect"
	"strconv"
	"testing"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
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
