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
    basis: [某号]
    unverified: true
    items:
      - {id: "1", title: 一, points: 1, value: 甲}
      - title: 小组
        digits: 1
        items:
          - {id: "2", title: 二, points: 1, value: 甲, unit: 个}
          - {id: "3", title: 三, points: 1, value: 甲, judge: {step: 1}, basis: [另号]}
  - {id: "4", title: 四, points: 1, pass: 甲 > 1}
`
	r, diags := Load("a.yaml", []byte(file), nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	want := map[string][6]any{ // pass, unit, digits, line of pass, unverified, basis
		"1": {"value > 1", "人", 3.0, 7, true, "某号"}, "2": {"value > 1", "个", 1.0, 7, true, "某号"},
		"3": {"", "人", 1.0, 0, true, "另号"}, "4": {"甲 > 1", "", 0.0, 19, false, ""},
	}
	r.Leaves(func(i *Item, above []*Item) {
		got := [6]any{i.Pass.Text, i.Unit.Text, i.Digits.Value, i.Pass.Pos.Line, i.Unverified, ""}
		for _, b := range i.Basis {
			got[5] = b.Text
		}
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

// Two plain levels are the short way of writing the long form.
func TestPlainLevels(t *testing.T) {
	judged := func(judge string) *Rubric {
		r, diags := Load("a.yaml", []byte("id: a\ntitle: 试\nversion: \"1\"\nkind: pass\nitems: [{id: \"1\", title: 一, judge: "+judge+"}]\n"), nil)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		return r
	}
	short, long := judged("[达到, 未达到]"), judged("[{level: 达到, met: true}, {level: 未达到}]")
	if short.Hash != long.Hash {
		t.Error("the hashes differ")
	}
	if other := judged("[{level: 达到}, {level: 未达到, met: true}]"); short.Hash == other.Hash {
		t.Error("which level is met doesn’t change the hash")
	}
}
