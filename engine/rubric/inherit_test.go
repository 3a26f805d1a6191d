package rubric

import (
	"testing"
)

func TestSectionHandsDown(t *testing.T) {
	head := "id: a\ntitle: 试\nversion: \"1\"\ndata: {数: {fields: {甲: {}}}}\n"
	file := head + `items:
  - title: 组
    pass: value > 1
    unit: 人
    digits: 3
    items:
      - {id: "1", title: 一, points: 1, value: 甲}
      - title: 小组
        digits: 1
        items:
          - {id: "2", title: 二, points: 1, value: 甲, unit: 个}
          - {id: "3", title: 三, points: 1, value: 甲, judge: {step: 1}}
`
	r, diags := Load("a.yaml", []byte(file), nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	want := map[string][4]any{ // pass, unit, digits, line of pass
		"1": {"value > 1", "人", 3.0, 7}, "2": {"value > 1", "个", 1.0, 7}, "3": {"", "人", 1.0, 0},
	}
	r.Leaves(func(i *Item, above []*Item) {
		got := [4]any{i.Pass.Text, i.Unit.Text, i.Digits.Value, i.Pass.Pos.Line}
		if got != want[i.ID.Text] {
			t.Errorf("%s: got %v, want %v", i.ID.Text, got, want[i.ID.Text])
		}
		for _, s := range above {
			if s.Pass.Given() || s.Unit.Given() || s.Digits.Given {
				t.Errorf("the section %s keeps %v %v %v", s.Title.Text, s.Pass, s.Unit, s.Digits)
			}
		}
	})
	child := "id: b\ntitle: 试\nversion: \"1\"\nextends: a\nchange: {组: {pass: value > 5}}\n"
	r, diags = Load("b.yaml", []byte(child), opener(map[string]string{"a": file}))
	if len(diags) > 0 || r.find("2").Pass.Text != "value > 5" {
		t.Errorf("a changed section: %v %v", r.find("2").Pass, diags)
	}
}
