package rubric

import (
	"strings"
	"testing"

	"dudao/engine/diag"
)

const head = "id: r\ntitle: 试\nversion: \"1\"\n"

const someData = `data:
  数:
    fields:
      甲: {unit: 元, years: 2}
      乙: {}
  表:
    key: 行
    rows: [a, b]
    columns:
      丙: {}
`

func english(m diag.Message) string {
	text := m.Key
	for _, a := range m.Args {
		text = strings.Replace(text, "%s", a, 1)
	}
	return text
}

// findings loads text and lists what is found as line:col message | hints.
func findings(text string) []string {
	_, diags := Load("r.yaml", []byte(text), nil)
	var out []string
	for _, d := range diags {
		line := strings.TrimPrefix(d.Pos.String(), "r.yaml:") + " " + english(d.Message)
		for _, h := range d.Hints {
			line += " | " + english(h)
		}
		out = append(out, line)
	}
	return out
}

func TestLoadGood(t *testing.T) {
	got := findings(head + someData + "items:\n  - {id: \"1\", title: 一, points: 1, pass: 甲 >= 1}\n")
	if len(got) > 0 {
		t.Error(got)
	}
}

func TestFindings(t *testing.T) {
	item := func(s string) string { return head + someData + "items:\n" + s }
	one := "  - {id: \"1\", title: 一, points: 1, pass: 甲 >= 1}\n"
	tests := []struct{ name, text, want string }{
		{"empty", "", "r.yaml the file is empty"},
		{"only a comment", "# nothing\n", "r.yaml the file is empty"},
		{"no head", "data: {}\n", "r.yaml title: is missing here"},
		{"unknown key", item(one) + "tittle: x\n", "16:1 unknown key “tittle” | did you mean “title”?"},
		{"unknown key far from all", item(one) + "zzzzzz: x\n", "16:1 unknown key “zzzzzz” | known keys here:"},
		{"unknown key in an item", item("  - {id: \"1\", title: 一, point: 1, pass: 甲 >= 1}\n"), "15:25 unknown key “point” | did you mean “points”?"},
		{"full-width colon", item("  - id：\"1\"\n    title: 一\n"), "15:5 a full-width colon stands in “id：”"},
		{"full-width colon alone", item("  - id：1\n"), "15:5 a full-width colon stands in “id：1”"},
		{"full-width digits", item("  - {id: \"1\", title: 一, points: ８, pass: 甲 >= 1}\n"), "15:33 “８” has full-width digits | write 8"},
		{"points with a unit", item("  - {id: \"1\", title: 一, points: 10分, pass: 甲 >= 1}\n"), "15:33 a number is expected here, not “10分”"},
		{"percent sign", item("  - {id: \"1\", title: 一, points: 1, value: 甲, bands: [{from: 95%, points: 1}]}\n"), "15:61 a percentage is written without the sign: 95"},
		{"thousands", item("  - {id: \"1\", title: 一, points: \"1,000\", pass: 甲 >= 1}\n"), "15:34 a number is written without thousands separators: 1000"},
		{"duplicate key", head + "title: 二\n" + someData + "items:\n" + one, "4:1 key “title” stands here twice | the first one is on line 2"},
		{"duplicate id", item(one + one), "16:11 the id “1” is used twice | the first one is on line 15"},
		{"section points", item("  - title: 组\n    points: 3\n    items:\n    " + one), "16:13 the items of this section have 1 points, not 3"},
		{"formula cut at a comma", item("  - {id: \"1\", title: 一, points: 1, pass: per(甲, 乙, 100) >= 1}\n"), "15:49 YAML has cut the text at the comma before “乙”"},
		{"folded formula", item("  - id: \"1\"\n    title: 一\n    points: 1\n    pass: 甲 >=\n      1\n"), "18:11 a formula over several lines must begin with |"},
		{"no way of scoring", item("  - {id: \"1\", title: 一, points: 1}\n"), "15:5 the item says nothing about how it is scored"},
		{"two ways", item("  - {id: \"1\", title: 一, points: 1, pass: 甲 >= 1, deduct: [{take: 1, ask: 某}]}\n"), "15:5 the item is scored in more than one way: pass deduct"},
		{"lose without each", item("  - {id: \"1\", title: 一, points: 1, pass: 甲 >= 1, lose: 1}\n"), "15:56 lose: needs each: and pass:"},
		{"bands in the wrong order", item("  - {id: \"1\", title: 一, points: 1, value: 甲, bands: [{from: 1, points: 0.5}, {from: 2, points: 1}]}\n"), "15:85 no value reaches this band"},
		{"band above the points", item("  - {id: \"1\", title: 一, points: 1, value: 甲, bands: [{from: 1, points: 5}]}\n"), "15:72 a band gives at most the item’s points"},
		{"name twice", strings.Replace(item(one), "乙", "甲", 1), "8:7 key “甲” stands here twice"},
		{"name in two blocks", item(one) + "params: {甲: 1}\n", "7:7 the name “甲” is used twice | the first one is on line 16"},
		{"column named like a field", strings.Replace(item(one), "丙", "甲", 1), "13:7 the column “甲” has the name of something else"},
		{"name like a cell", strings.Replace(item(one), "乙", "GDP2021", 1), "8:7 a spreadsheet would take “GDP2021” for a cell"},
		{"name like a full-width cell", strings.Replace(item(one), "乙", "ＣＶ１", 1), "8:7 a spreadsheet would take “ＣＶ１” for a cell"},
		{"name R", strings.Replace(item(one), "乙", "R", 1), "8:7 a spreadsheet would take “R” for a cell"},
		{"reserved name", strings.Replace(item(one), "乙", "value", 1), "8:7 “value” is a word of the language"},
		{"name with a sign", strings.Replace(item(one), "乙", "生均㎡", 1), "8:9 “㎡” can’t stand in a name | write 生均: and give it label: 生均㎡"},
		{"name with a digit first", strings.Replace(item(one), "乙", "3年巩固率", 1), "8:7 a name can’t begin with a digit | write 年巩固率: and give it label: 3年巩固率"},
		{"unknown type", strings.Replace(item(one), "乙: {}", "乙: {type: numbr}", 1), "8:17 “numbr” can’t stand here | did you mean “number”?"},
		{"enterable without formula", strings.Replace(item(one), "乙: {}", "乙: {enterable: true}", 1), "8:7 “乙” is enterable: but has no formula:"},
		{"not a truth", strings.Replace(item(one), "乙: {}", "乙: {optional: maybe}", 1), "8:21 true or false is expected here, not “maybe”"},
		{"grades without an end", item(one) + "grades: [{grade: 优, when: score > 1}]\n", "16:18 some results would have no grade at all"},
		{"grades without a name", item(one) + "grades: [{when: score > 1}, {grade: 差}]\n", "16:10 grade: is missing here"},
		{"grades in the wrong order", item(one) + "round: none\ngrades: [{grade: 良, from: 80}, {grade: 优, from: 90}, {grade: 差}]\n", "17:49 no rate reaches this grade"},
		{"round is needed", item(one) + "grades: [{grade: 优, from: 90}, {grade: 差}]\n", "16:27 the rubric must say how the rate is rounded"},
		{"anchor", item(one) + "note: &x 某\n", "16:7 anchors and aliases (& and *) are not used here"},
		{"alias", item(one) + "note: *x\n", "16 anchors and aliases"},
		{"tag", item(one) + "note: !!str 某\n", "16:7 YAML tags such as “!!str” are not used here"},
		{"second document", item(one) + "---\nid: x\n", "a second document begins here"},
		{"tab", "id: r\n\ttitle: x\n", "2:1 this line is indented with a tab"},
		{"unclosed quote", "id: \"r\ntitle: x\n", "a quote that is opened here is never closed"},
		{"unclosed bracket", "id: [r\ntitle: x\n", "a bracket"},
		{"list instead of text", head + "scored: [a]\n", "4:9 a single value is expected here"},
		{"text instead of a block", head + "data: 某\n", "4:7 a block of keys is expected here"},
		{"null value", head + "scored:\n", "4:1 “scored” has no value"},
		{"binary", "id: \xff\n", "1 the file is not in UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := findings(tt.text)
			for _, g := range got {
				if strings.Contains(g, tt.want) {
					return
				}
			}
			t.Errorf("want %s\ngot  %s", tt.want, strings.Join(got, "\n     "))
		})
	}
}

// Every finding has a place, also where a text stands instead of a block of keys.
func TestFindingsHavePlaces(t *testing.T) {
	one := "items:\n  - {id: \"1\", title: 一, points: 1, pass: 甲 >= 1}\n"
	for _, rest := range []string{"add: 某\n", "extends: other\nadd: 某\n", "grades: [{when: score > 1}, 某, {grade: 差}]\n", "veto: [某]\n", "deduct: [某]\n", "checks: [某]\n"} {
		_, diags := Load("r.yaml", []byte(head+someData+one+rest), opener(map[string]string{"other": head + someData + one}))
		if !diags.HasErrors() {
			t.Errorf("%s: no error", rest)
		}
		for _, d := range diags {
			if d.Pos.File == "" {
				t.Errorf("%s: no place: %s", rest, d.Message.Key)
			}
		}
	}
}

// All errors of a file come in one run, in order, each once.
func TestAllAtOnce(t *testing.T) {
	got := findings("id: R!\ntitle: 试\nversion: \"1\"\ndigts: 2\ndata:\n  数: {fields: {甲: {typ: x}, 3乙: {}}}\nitems:\n  - {title: 一, points: x, pass: 甲 > 1}\n")
	want := []string{"1:5 ", "4:1 ", "6:20 ", "6:29 ", "8:5 ", "8:24 "}
	if len(got) < len(want) {
		t.Fatalf("got %d findings: %v", len(got), got)
	}
	for i, w := range want {
		if !strings.HasPrefix(got[i], w) {
			t.Errorf("finding %d: got %s, want it at %s", i, got[i], w)
		}
	}
}

// Where the runes of a formula stand in the file, whatever the YAML style.
func TestFormulaPlaces(t *testing.T) {
	tests := []struct {
		yaml      string
		offset    int
		line, col int
	}{
		{"pass: 甲 >= 乙", 5, 18, 16},
		{"pass: '甲 >= 乙'", 5, 18, 17},
		{`pass: "甲 >= 乙"`, 5, 18, 17},
		{`pass: "类 == \"甲\" and 乙"`, 13, 18, 27},
		{`pass: '类 == ''甲'' and 乙'`, 13, 18, 27},
		{`pass: "\u7532 >= 乙"`, 5, 18, 22},
		{"pass: |\n      甲 >=\n      乙", 5, 20, 7},
		{"pass: |\n      甲 >= 乙", 5, 19, 12},
		{"pass: |-\n\n      甲 >= 乙", 6, 20, 12},
	}
	for _, tt := range tests {
		r, _ := Load("r.yaml", []byte(head+someData+"items:\n  - id: \"1\"\n    title: 一\n    points: 1\n    "+tt.yaml+"\n"), nil)
		if len(r.Items) == 0 {
			t.Fatalf("%s: no item", tt.yaml)
		}
		got := r.Items[0].Pass.At(tt.offset)
		if got.Line != tt.line || got.Col != tt.col {
			t.Errorf("%s: rune %d of %q is at %d:%d, want %d:%d", tt.yaml, tt.offset, r.Items[0].Pass.Text, got.Line, got.Col, tt.line, tt.col)
		}
	}
}

func TestHash(t *testing.T) {
	base := head + someData + "items:\n  - {id: \"1\", title: 一, points: 1, pass: 甲 >= 1}\n"
	hashOf := func(text string) string {
		r, _ := Load("r.yaml", []byte(text), nil)
		return r.Hash
	}
	want := hashOf(base)
	if len(want) != 64 {
		t.Fatalf("hash %q", want)
	}
	same := map[string]string{
		"comments":          "# 说明\n" + base,
		"a default":         base + "digits: 2\n",
		"another order":     strings.Replace(base, "id: r\ntitle: 试\n", "title: 试\nid: r\n", 1),
		"quotes":            strings.Replace(base, "title: 试", "title: '试'", 1),
		"points spelled":    strings.Replace(base, "points: 1,", "points: 1.0,", 1),
		"a type spelled":    strings.Replace(base, "乙: {}", "乙: {type: number}", 1),
		"years spelled out": strings.Replace(base, "乙: {}", "乙: {years: 1}", 1),
	}
	for name, text := range same {
		if hashOf(text) != want {
			t.Errorf("%s changes the hash", name)
		}
	}
	other := map[string]string{
		"a threshold":         strings.Replace(base, ">= 1}", ">= 2}", 1),
		"the order of fields": strings.Replace(base, "      甲: {unit: 元, years: 2}\n      乙: {}\n", "      乙: {}\n      甲: {unit: 元, years: 2}\n", 1),
		"a title":             strings.Replace(base, "title: 一", "title: 二", 1),
		"points":              strings.Replace(base, "points: 1,", "points: 2,", 1),
	}
	for name, text := range other {
		if hashOf(text) == want {
			t.Errorf("%s doesn't change the hash", name)
		}
	}
}

func TestCompareVersions(t *testing.T) {
	ordered := []string{"2021", "2021.1", "2021.2", "2021.10", "2022.1", "2022.1-b"}
	for i := range ordered {
		for j := range ordered {
			want := min(1, max(-1, i-j))
			if got := CompareVersions(ordered[i], ordered[j]); got != want {
				t.Errorf("%s against %s: %d, want %d", ordered[i], ordered[j], got, want)
			}
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(head + someData + "items:\n  - {id: \"1\", title: 一, points: 1, pass: 甲 >= 1}\n"))
	f.Add([]byte("id: |\n  a\n\n  b\n? [a]\n: b\n"))
	f.Add([]byte("items: [{items: [{items: []}]}]\n"))
	f.Add([]byte("params: {a: {b: c}}\ngrades: [{}]\nchecks: [{}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, diags := Load("r.yaml", data, nil)
		for _, d := range diags {
			if d.Pos.File == "" {
				t.Errorf("no place: %s", d.Message.Key)
			}
		}
		if r == nil {
			t.Error("no rubric")
		}
	})
}
