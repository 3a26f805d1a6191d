package rubric

import (
	"strings"
	"testing"
)

const base = `id: base
title: 国家方案
version: "1"
params: {限: 85, 四档: [{from: 90, share: 1}, {from: 80, share: 0.5}]}
data:
  数:
    fields: {甲: {}, 乙: {}}
items:
  - title: 一组
    items:
      - {id: "1", title: 一, points: 10, pass: 甲 >= 限}
      - {id: "2", title: 二, points: 5, value: 乙, bands: 四档}
grades: [{grade: 好, when: unmet == 0}, {grade: 差}]
`

// opener finds files in a map; a name is the name of the file.
func opener(files map[string]string) Opener {
	return func(name, _ string) (string, []byte, bool) {
		text, ok := files[name]
		return name + ".yaml", []byte(text), ok
	}
}

func extended(t *testing.T, child string) (*Rubric, []string) {
	t.Helper()
	r, diags := Load("child.yaml", []byte(child), opener(map[string]string{"base": base}))
	var out []string
	for _, d := range diags {
		out = append(out, d.Pos.String()+" "+english(d.Message))
	}
	return r, out
}

func TestExtend(t *testing.T) {
	r, diags := extended(t, `id: child
title: 某省方案
version: "2"
extends: base
params: {限: 90}
data: {数: {fields: {丙: {unit: 元}, 乙: {unit: 人}}}}
change:
  "1": {points: 20, note: 加分}
  "2": {pass: 乙 >= 3}
remove: []
add:
  - under: 一组
    items: [{id: "3", title: 三, points: 1, pass: 丙 > 0}]
  - items: [{id: "4", title: 四, points: 1, pass: 丙 > 1}]
`)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if r.ID.Text != "child" || r.Title.Text != "某省方案" || len(r.Grades) != 2 || r.File != "child.yaml" {
		t.Errorf("head: %v %v", r.ID, r.Title)
	}
	if got := r.Params[0].Value.Text.Text; got != "90" {
		t.Errorf("param is %s", got)
	}
	if f := r.Data[0].Value.Fields; len(f) != 3 || f[1].Value.Unit.Text != "人" {
		t.Errorf("fields %v", f)
	}
	one, two := r.find("1"), r.find("2")
	if one.Points.Value != 20 || one.Pass.Text != "甲 >= 限" || one.Note.Text != "加分" {
		t.Errorf("item 1: %+v", one)
	}
	if two.Pass.Text != "乙 >= 3" || two.Bands.Given() || two.Points.Value != 5 {
		t.Errorf("item 2: %+v", two)
	}
	if len(r.Items) != 2 || len(r.Items[0].Items) != 3 || r.Items[1].ID.Text != "4" {
		t.Errorf("items added in the wrong place")
	}
	if one.Pass.Pos.File != "base.yaml" || two.Pass.Pos.File != "child.yaml" {
		t.Errorf("places: %v and %v", one.Pass.Pos, two.Pass.Pos)
	}
	if len(r.Sources) != 2 {
		t.Errorf("%d sources", len(r.Sources))
	}
	same, _ := Load("base.yaml", []byte(base), nil)
	if same.Hash == r.Hash {
		t.Error("the variant has the hash of its base")
	}
}

func TestExtendRemove(t *testing.T) {
	r, diags := extended(t, "id: c\ntitle: 试\nversion: \"1\"\nextends: base\nremove: [\"2\"]\n")
	if len(diags) > 0 || r.find("2") != nil || r.find("1") == nil {
		t.Errorf("%v", diags)
	}
}

func TestNamedBands(t *testing.T) {
	r, _ := Load("base.yaml", []byte(base), nil)
	if got := r.find("2").Bands.List; len(got) != 2 || got[1].Share.Value != 0.5 {
		t.Errorf("bands %+v", got)
	}
}

func TestRemovedSections(t *testing.T) {
	base := "id: base\ntitle: 底\nversion: \"1\"\nitems:\n- title: 组\n  items: [{title: 小组, items: [{id: a, title: 试, points: 1, pass: 1 > 1}]}]\n- {id: b, title: 试, points: 1, pass: 1 > 1}\n"
	head := "id: c\ntitle: 试\nversion: \"1\"\nextends: base\nremove: [a]\n"
	for child, want := range map[string]string{
		head: "b",
		head + "add: [{under: 小组, items: [{id: n, title: 新, points: 1, pass: 1 > 1}]}]\n": "n b",
	} {
		r, diags := Load("c.yaml", []byte(child), opener(map[string]string{"base": base}))
		var ids []string
		r.Leaves(func(i *Item, _ []*Item) { ids = append(ids, i.ID.Text) })
		if got := strings.Join(ids, " "); got != want || len(diags) > 0 {
			t.Errorf("%s\ngot %s %v, want %s", child, got, diags, want)
		}
	}
}

func TestExtendErrors(t *testing.T) {
	head := "id: c\ntitle: 试\nversion: \"1\"\n"
	tests := []struct{ child, want string }{
		{head + "extends: bse\n", "child.yaml:4:10 there is no rubric “bse”"},
		{head + "extends: base\nremove: [\"9\"]\n", "child.yaml:5:11 the rubric that this one extends has no item “9”"},
		{head + "extends: base\nchange: {\"9\": {points: 1}}\n", "child.yaml:5:11 the rubric that this one extends has no item “9”"},
		{head + "extends: base\nchange: {\"1\": {pointz: 1}}\n", "child.yaml:5:16 unknown key “pointz”"},
		{head + "extends: base\nadd: [{under: 二组, items: [{id: x, title: 试, points: 1, pass: 甲 > 1}]}]\n", "child.yaml:5:15 the rubric that this one extends has no item “二组”"},
		{head + "extends: base\nitems: [{id: x, title: 试, points: 1, pass: 甲 > 1}]\n", "child.yaml:5:9 a rubric that extends another has no items: of its own"},
		{head + "items: [{id: x, title: 试, points: 1, pass: 1 > 1}]\nremove: [x]\n", "child.yaml:5:10 remove: needs extends:"},
		{head + "extends: base\nchange: {\"1\": {points: 1.005}}\n", "child.yaml:5:24 points have more decimals"},
	}
	for _, tt := range tests {
		_, got := extended(t, tt.child)
		if !strings.Contains(strings.Join(got, "\n"), tt.want) {
			t.Errorf("%s\ngot  %v\nwant %s", tt.child, got, tt.want)
		}
	}
}

func TestCircles(t *testing.T) {
	head := "title: 试\nversion: \"1\"\n"
	files := map[string]string{
		"a": "id: a\n" + head + "extends: b\n",
		"b": "id: b\n" + head + "extends: c\n",
		"c": "id: c\n" + head + "uses: [a]\nitems: [{id: x, title: 试, points: 1, pass: 1 > 1}]\n",
	}
	_, diags := Load("a.yaml", []byte(files["a"]), opener(files))
	found := false
	for _, d := range diags {
		found = found || english(d.Message) == "“a” builds on itself: a.yaml → b.yaml → c.yaml → a.yaml" && d.Pos.File == "c.yaml"
	}
	if !found {
		t.Error(diags)
	}
}

func TestUses(t *testing.T) {
	shared := "id: shared\ntitle: 数据\nversion: \"1\"\ndata: {共用: {fields: {甲: {}, 乙: {}}}}\nchecks: [{rule: 甲 > 0, say: 甲}]\n"
	own := "id: c\ntitle: 试\nversion: \"1\"\nuses: [shared]\ndata: {数: {fields: {丙: {formula: 甲 * 2}}}}\nitems: [{id: x, title: 试, points: 1, pass: 丙 > 1}]\n"
	r, diags := Load("c.yaml", []byte(own), opener(map[string]string{"shared": shared}))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if len(r.Data) != 2 || r.Data[0].Key.Text != "共用" || len(r.Checks) != 1 {
		t.Errorf("data %v", r.Data)
	}
	twice := strings.Replace(own, "丙: {formula", "甲: {}, 丙: {formula", 1)
	_, diags = Load("c.yaml", []byte(twice), opener(map[string]string{"shared": shared}))
	if !diags.HasErrors() || english(diags[0].Message) != "the name “甲” is used twice" {
		t.Errorf("a field declared twice: %v", diags)
	}
}

func TestUsesAddsColumns(t *testing.T) {
	shared := "id: shared\ntitle: 数据\nversion: \"1\"\ndata: {校: {key: 名, columns: {甲: {}, 丙: {pass: value > 0}}}}\n"
	head := "id: c\ntitle: 试\nversion: \"1\"\nuses: [shared]\nitems: [{id: x, title: 试, points: 1, each: 校, pass: 甲 > 1}]\n"
	tests := []struct{ data, want string }{
		{"data: {校: {columns: {乙: {formula: 甲 * 2}}}}\n", ""},
		{"data: {校: {columns: {甲: {}}}}\n", "the shared table 校 has a column “甲” already"},
		{"data: {校: {columns: {甲: {pass: value > 1}}}}\n", "有标准"},
		{"data: {校: {columns: {甲: {pass: value > 1, unit: 人}}}}\n", "the shared table 校 has a column “甲” already"},
		{"data: {校: {columns: {丙: {pass: value > 1}}}}\n", "the shared table 校 has a column “丙” already"},
		{"data: {校: {columns: {名: {type: text}}}}\n", "the shared table 校 has a column “名” already"},
		{"data: {校: {key: 名, columns: {乙: {}}}}\n", "the name “校” is used twice"},
		{"data: {园: {columns: {乙: {}}}}\n", "key: is missing here"},
	}
	for _, tt := range tests {
		r, diags := Load("c.yaml", []byte(head+tt.data), opener(map[string]string{"shared": shared}))
		switch table := r.Data[0].Value; {
		case tt.want == "":
			if diags.HasErrors() || len(r.Data) != 1 || table.Column("甲") == nil || table.Column("乙") == nil {
				t.Errorf("%s%v %v", tt.data, r.Data, diags)
			}
			continue
		case tt.want == "有标准":
			if diags.HasErrors() || len(table.Columns) != 2 || table.Column("甲").Pass.Text != "value > 1" {
				t.Errorf("%s%v %v", tt.data, r.Data, diags)
			}
			continue
		}
		if !diags.HasErrors() || english(diags[0].Message) != tt.want {
			t.Errorf("%sgot %v, want %s", tt.data, diags, tt.want)
		}
	}
}

func TestHostileYAML(t *testing.T) {
	bomb := "a: &a [x, x]\nb: &b [*a, *a]\nid: *b\n"
	tests := []struct{ name, text, want string }{
		{"deep brackets", "id: " + strings.Repeat("[", 20_000), "brackets are nested too deep"},
		{"aliases", bomb, "anchors and aliases (& and *) are not used here"},
		{"a huge file", strings.Repeat("# long\n", 3_000_000), "the file is larger than 16 MB"},
	}
	for _, tt := range tests {
		_, diags := Load("r.yaml", []byte(tt.text), nil)
		found := false
		for _, d := range diags {
			found = found || strings.HasPrefix(english(d.Message), tt.want)
		}
		if !found {
			t.Errorf("%s: %v", tt.name, diags)
		}
	}
}
