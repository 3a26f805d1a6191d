package lint

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dudao/engine/diag"
	"dudao/engine/rubric"
)

func english(m diag.Message) string {
	text := m.Key
	for _, a := range m.Args {
		text = strings.Replace(text, "%s", a, 1)
	}
	return text
}

// findings checks a rubric and lists what is found as line:col rule message.
func findings(t *testing.T, text string, tests *Tests) []string {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte(text), nil)
	var out []string
	for _, d := range Check(r, diags, tests) {
		out = append(out, strings.TrimPrefix(d.Pos.String(), "r.yaml:")+" "+d.Rule+" "+english(d.Message))
	}
	return out
}

// clean is a rubric without findings.
const clean = `id: r
title: 试
version: "1"
data:
  数:
    fields:
      甲: {unit: 元}
items:
  - {id: "1", title: 一, points: 10, pass: 甲 >= 1}
`

// in puts pieces into the clean rubric: fields, items, and what stands at the end.
func in(fields, items, end string) string {
	text := clean
	if fields != "" {
		text = strings.Replace(text, "items:\n", fields+"items:\n", 1)
	}
	return text + items + end
}

func TestDoubts(t *testing.T) {
	field := func(s string) string { return in("      "+s+"\n", "", "") }
	item := func(s string) string { return in("", "  - {id: \"2\", title: 二, "+s+"}\n", "") }
	table := func(rows, each string) string {
		return in("  表:\n    key: 行\n"+rows+"    columns:\n      丙: {unit: 元}\n", "  - {id: \"2\", title: 二, "+each+"}\n", "")
	}
	tests := []struct{ name, text, want string }{
		{"nothing", clean, ""},

		{"parts below", item("points: 5, evidence: [册], parts: [{give: 1, if: 甲 > 1}, {give: 2, ask: 问}]"), "10:33 full the full 5 points can’t be reached, at most 3 can"},
		{"parts above", item("points: 2, evidence: [册], parts: [{give: 1, if: 甲 > 1}, {give: 2, ask: 问}]"), "10:33 full the parts give 3 points together, but the item has 2"},
		{"parts that fit", item("points: 3, evidence: [册], parts: [{give: 1, if: 甲 > 1}, {give: 2, ask: 问}]"), ""},
		{"fractions that fit", item("points: 0.3, parts: [{give: 0.1, if: 甲 > 1}, {give: 0.2, if: 甲 > 2}]"), ""},
		{"counted parts", item("points: 3, evidence: [册], parts: [{give: 1, ask: 问, count: true}]"), ""},
		{"counted parts with a limit", item("points: 3, evidence: [册], parts: [{give: 1, ask: 问, count: true, max: 2}]"), "10:33 full the full 3 points can’t be reached, at most 2 can"},
		{"parts by times", item("points: 3, parts: [{give: 1, times: round(甲)}]"), ""},
		{"best of parts", item("points: 10, best: true, parts: [{give: 10, if: 甲 > 5}, {give: 8, if: 甲 > 2}]"), ""},
		{"best of parts below", item("points: 10, best: true, parts: [{give: 9, if: 甲 > 5}, {give: 8, if: 甲 > 2}]"), "10:33 full the full 10 points can’t be reached, at most 9 can"},
		{"bands below", item("points: 5, value: 甲, bands: [{from: 9, points: 4}, {from: 1, points: 2}]"), "10:33 full the full 5 points can’t be reached, at most 4 can"},
		{"bands by share", item("points: 5, value: 甲, bands: [{from: 9, share: 1}, {from: 1, share: 0.5}]"), ""},
		{"levels below", item("points: 5, evidence: [册], judge: [{level: 优, points: 4}, {level: 差, points: 0}]"), "10:33 full the full 5 points can’t be reached, at most 4 can"},
		{"steps that miss", item("points: 1, evidence: [册], judge: {step: 0.3}"), "10:33 full the full 1 points can’t be reached, at most 0.9 can"},
		{"steps that fit", item("points: 1, evidence: [册], judge: {step: 0.1}"), ""},
		{"a range below", item("points: 4, evidence: [册], judge: {from: 1, to: 3}"), "10:33 full the full 4 points can’t be reached, at most 3 can"},
		{"places below", item("points: 4, rank: {of: 甲, points: [3, 2], first: high}"), "10:33 full the full 4 points can’t be reached, at most 3 can"},
		{"the mean gives all", item("points: 4, rank: {of: 甲, points: [3, 2], first: high, mean: 4}"), ""},
		{"rows that can’t give all", table("    rows: [a, b]\n", "points: 5, each: 表, pass: 丙 >= 1, give: 2"), "15:33 full the full 5 points can’t be reached, at most 4 can"},
		{"rows that give all", table("    rows: [a, b]\n", "points: 4, each: 表, pass: 丙 >= 1, give: 2"), ""},
		{"as many rows as there are", table("", "points: 5, each: 表, pass: 丙 >= 1, give: 2"), ""},
		{"rows summed up", table("", "points: 5, each: 表, value: 丙, bands: [{from: 1, points: 2}], by: sum"), ""},
		{"met by parts", in("kind: pass\n", "  - {id: \"2\", title: 二, parts: [{give: 0.5, if: 甲 > 1}]}\n", ""), "11:11 full the full 1 points can’t be reached, at most 0.5 can"},
		{"a must without points", item("must: true, evidence: [册], judge: [{level: 优, points: 5}, {level: 差, points: 0}]"), ""},
		{"a cap that never acts", in("", "  - {title: 加分, bonus: true, points: 5, items: [{id: \"2\", title: 二, points: 3, pass: 甲 > 1}]}\n", ""), "10:38 full the items give at most 3 points together, so the limit of 5 is never reached"},
		{"a cap that acts", in("", "  - {title: 加分, bonus: true, points: 2, items: [{id: \"2\", title: 二, points: 3, pass: 甲 > 1}]}\n", ""), ""},

		{"a band as good as the one above", item("points: 5, value: 甲, bands: [{from: 9, points: 5}, {from: 1, share: 1}]"), "10:93 order this band gives as much as the one above it"},
		{"a band better than the one above", item("points: 5, value: 甲, bands: [{from: 9, points: 4}, {from: 1, points: 5}]"), "10:94 order this band gives more than the one above it"},
		{"letters that rise", strings.Replace(in("", "  - {id: \"2\", title: 二, value: 甲, bands: [{from: 9, letter: B}, {from: 1, letter: A}]}\n", "kind: letter\n"), "points: 10, ", "", 1), "10:83 order this band gives more than the one above it"},
		{"places that rise", item("points: 5, rank: {of: 甲, points: [4, 5], first: high}"), "10:62 order this place gives more than the one before it"},
		{"equal places", item("points: 5, rank: {of: 甲, points: [5, 5, 3], first: high}"), ""},

		{"a grade above 100", in("", "", "round: \"0\"\ngrades: [{grade: 优, from: 110}, {grade: 差}]\n"), "11:27 unreachable no rate is above 100 percent without bonus: true"},
		{"a grade above 100 with bonus", in("", "  - {id: \"2\", title: 二, bonus: true, points: 20, pass: 甲 > 5}\n", "round: \"0\"\ngrades: [{grade: 优, from: 110}, {grade: 差}]\n"), ""},

		{"an unread field", field("乙: {unit: 元}"), "8:7 unread nothing reads the field “乙”"},
		{"a field read by another", field("乙: {unit: 元}\n      丁: {formula: 乙 * 2}") + "  - {id: \"2\", title: 二, points: 1, pass: 丁 > 1}\n", ""},
		{"its own standard doesn’t count", field("乙: {unit: 元, pass: value >= 3}"), "8:7 unread nothing reads the field “乙”"},
		{"read by passed", field("乙: {unit: 元, pass: value >= 甲}") + "  - {id: \"2\", title: 二, points: 1, pass: passed(乙) >= 1}\n", ""},
		{"read by a sentence", field("乙: {unit: 元}") + "  - {id: \"2\", title: 二, points: 1, pass: 甲 > 5, say: \"有 {乙}\"}\n", ""},
		{"read by a target", field("乙: {unit: 元}") + "  - {id: \"2\", title: 二, points: 1, value: 甲, pass: value > 5, target: 乙}\n", ""},
		{"read by a bound", field("乙: {unit: 元}\n      丁: {unit: 元, max: 乙}") + "  - {id: \"2\", title: 二, points: 1, pass: 丁 > 1}\n", ""},
		{"read by a check", field("乙: {unit: 元}") + "checks: [{rule: 乙 > 1, say: 少}]\n", ""},
		{"read by a shared veto", field("市: {type: text}") + "veto: [{title: 事, ask: 出事, within: 市, grade: 差}]\nround: none\ngrades: [{grade: 好, from: 60}, {grade: 差}]\n", ""},
		{"read by a rank", field("市: {type: text}") + "  - {id: \"2\", title: 二, points: 5, rank: {of: 甲, points: [5], first: high, within: 市}}\n", ""},
		{"an unread param", "params: {丁: 3}\n" + clean, "1:10 unread nothing reads the param “丁”"},
		{"a param in a number", "params: {丁: 3}\n" + item("points: 丁 * 2, pass: 甲 > 5"), ""},
		{"a param in a formula", "params: {丁: {小: 3}}\n" + item("points: 2, pass: 甲 > 丁.小"), ""},
		{"bands by name", "params: {档: [{from: 1, points: 2}]}\n" + item("points: 2, value: 甲, bands: 档"), ""},
		{"a param named like a text", "params: {丁: 3}\n" + field("类: {choice: [丁, 戊]}") + "  - {id: \"2\", title: 二, points: 1, pass: 类 == \"丁\"}\n", "1:10 unread nothing reads the param “丁”"},
		{"an unread table", table("", "points: 5, pass: 甲 > 5"), "8:3 unread nothing reads the table “表”"},
		{"an unread column", strings.Replace(table("", "points: 5, each: 表, pass: 丙 >= 1"), "丙: {unit: 元}\n", "丙: {unit: 元}\n      丁: {unit: 元}\n", 1), "12:7 unread nothing reads the column “丁”"},
		{"a column of a function", table("", "points: 5, pass: sum(表.丙) >= 1"), ""},
		{"an unread view", strings.Replace(table("", "points: 5, each: 表, pass: 丙 >= 1"), "items:\n", "  大:\n    from: 表\n    where: 丙 > 5\nitems:\n", 1), "12:3 unread nothing reads the view “大”"},
		{"a view that is read", strings.Replace(table("", "points: 5, each: 大, pass: 丙 >= 1"), "items:\n", "  大:\n    from: 表\n    where: 丙 > 5\nitems:\n", 1), ""},

		{"no unit", field("乙: {}") + "  - {id: \"2\", title: 二, points: 1, pass: 乙 > 1}\n", "8:7 no-unit “乙” is filled in and has no unit"},
		{"an empty unit", field("乙: {unit: \"\"}") + "  - {id: \"2\", title: 二, points: 1, pass: 乙 > 1}\n", ""},
		{"a computed number", field("乙: {formula: 甲 / 2}") + "  - {id: \"2\", title: 二, points: 1, pass: 乙 > 1}\n", ""},
		{"a number that may be entered", field("乙: {formula: 甲 / 2, enterable: true}") + "  - {id: \"2\", title: 二, points: 1, pass: 乙 > 1}\n", "8:7 no-unit “乙” is filled in and has no unit"},
		{"a whole number and a percentage", field("乙: {type: whole}\n      丁: {type: percent}") + "  - {id: \"2\", title: 二, points: 1, pass: 乙 > 1 and 丁 > 1}\n", ""},

		{"judged without evidence", item("points: 1, judge: {step: 0.5}"), "10:22 no-evidence “二” is judged, and no evidence is asked for"},
		{"asked without evidence", item("points: 1, deduct: [{take: 1, ask: 问}, {take: 1, ask: 答}]"), "10:60 no-evidence “问” is answered, and the item asks for no evidence"},
		{"asked in a part", item("points: 1, parts: [{give: 1, ask: 问}]"), "10:59 no-evidence “问” is answered, and the item asks for no evidence"},
		{"counted by a formula", item("points: 1, deduct: [{take: 1, times: 5 - 甲, started: up}]"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { compare(t, tt.text, tt.want) })
	}
}

func compare(t *testing.T, text, want string) {
	t.Helper()
	if got := strings.Join(findings(t, text, nil), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s\nin\n%s", got, want, text)
	}
}

func TestUntested(t *testing.T) {
	if got := findings(t, clean, nil); len(got) > 0 {
		t.Errorf("nobody asked for tests: %v", got)
	}
	tests := []struct{ text, want string }{
		{"rubric: r.yaml\ncases: [{name: 甲, expect: {items: {\"1\": {points: 1}}}}]\n", ""},
		{"rubric: r.yaml\ncases: [{name: 甲, expect: {score: 10}}]\n", "9:11 untested no test expects anything of item “1”"},
		{"rubric: r.yaml\ncasses: []\n", "t.yaml:2:1 keys unknown key “casses”"},
		{"cases: []\n", "t.yaml tests %s: is missing here"},
	}
	for _, tt := range tests {
		got := strings.Join(findings(t, clean, &Tests{"t.yaml", []byte(tt.text)}), "\n")
		if got != strings.Replace(tt.want, "%s", "rubric", 1) {
			t.Errorf("%s: got %s, want %s", tt.text, got, tt.want)
		}
	}
	if got := findings(t, clean, &Tests{File: "r_test.yaml"}); len(got) != 1 || got[0] != "1:5 untested no tests stand beside this rubric" {
		t.Errorf("without tests: %v", got)
	}
}

// A rubric with errors has no doubts yet: half of it may be missing.
func TestErrorsFirst(t *testing.T) {
	got := findings(t, strings.Replace(clean, "甲: {unit: 元}", "甲: {}", 1)+"  - {id: \"2\", title: 二, points: 1, pass: 乙 > 1}\n", nil)
	if len(got) != 1 || got[0] != "10:42 formula unknown name “乙”" {
		t.Error(got)
	}
}

// Errors that an author meets often have rules of their own.
func TestErrorRules(t *testing.T) {
	grades := func(s string) string { return clean + "grades: " + s + "\n" }
	section := func(s string) string {
		return clean + "  - {title: 组, " + s + ", items: [{id: \"2\", title: 二, points: 3, pass: 甲 > 1}]}\n"
	}
	tests := []struct{ rule, text string }{
		{"yaml", clean + "note: *x\n"},
		{"keys", clean + "tittle: x\n"},
		{"duplicate", clean + "title: 二\n"},
		{"duplicate", clean + "  - {id: \"1\", title: 二, points: 3, pass: 甲 > 1}\n"},
		{"folded", clean + "  - id: \"2\"\n    title: 二\n    points: 1\n    pass: 甲 >\n      1\n"},
		{"name", strings.Replace(clean, "甲:", "GDP2021:", 1)},
		{"name", strings.Replace(clean, "甲:", "sum:", 1)},
		{"name", strings.Replace(clean, "甲:", "1甲:", 1)},
		{"points", section("points: 5")},
		{"weights", section("weight: 0.5")},
		{"bands", clean + "  - {id: \"2\", title: 二, points: 3, value: 甲, bands: [{from: 1, points: 1}, {from: 1, points: 3}]}\n"},
		{"grades", grades("[{grade: 优, when: score > 5}]")},
		{"grades", grades("[{grade: 优, from: 90}, {grade: 差}]")},
		{"extends", clean + "extends: none\n"},
		{"formula", strings.Replace(clean, ">= 1", "≥ 1", 1)},
		{"scheme", strings.Replace(clean, ", pass: 甲 >= 1", "", 1)},
	}
	for _, tt := range tests {
		got := findings(t, tt.text, nil)
		if !slices.ContainsFunc(got, func(f string) bool { return strings.Contains(f, " "+tt.rule+" ") }) {
			t.Errorf("want an error of the rule %s, got %v in\n%s", tt.rule, got, tt.text)
		}
	}
}

// The doubts about a base are for its own author.
func TestDoubtsOfOwnFileOnly(t *testing.T) {
	base := strings.Replace(clean, "items:", "      乙: {}\nitems:", 1)
	open := func(string, string) (string, []byte, bool) { return "base.yaml", []byte(base), true }
	child := "id: c\ntitle: 子\nversion: \"1\"\nextends: base.yaml\ndata: {数: {fields: {丁: {unit: 元}}}}\nchange: {\"1\": {points: 5}}\n"
	r, diags := rubric.Load("c.yaml", []byte(child), open)
	var got []string
	for _, d := range Check(r, diags, &Tests{"c_test.yaml", []byte("rubric: c.yaml\ncases: []\n")}) {
		got = append(got, d.Pos.String()+" "+d.Rule)
	}
	if s := strings.Join(got, ", "); s != "c.yaml:5:21 unread, c.yaml:6:15 untested" {
		t.Error(s)
	}
}

func TestIgnored(t *testing.T) {
	field := func(s string) string {
		return strings.Replace(clean, "items:\n", "      "+s+"\nitems:\n", 1)
	}
	tests := []struct{ name, text, want string }{
		{"settled", field("乙: {unit: 元} # lint:ignore unread 留着对照"), ""},
		{"settled above", field("# lint:ignore unread 留着对照\n      乙: {unit: 元}"), ""},
		{"two at once", field("乙: {} # lint:ignore unread,no-unit 留着对照"), ""},
		{"one of two", field("乙: {} # lint:ignore unread 留着对照"), "8:7 no-unit “乙” is filled in and has no unit"},
		{"no reason", field("乙: {unit: 元} # lint:ignore unread"), "8:20 ignore the comment says no reason"},
		{"no rule", field("乙: {unit: 元} # lint:ignore 留着"), "8:7 unread nothing reads the field “乙”\n8:20 ignore the comment names no rule"},
		{"unknown rule", field("乙: {unit: 元} # lint:ignore unred 留着"), "8:7 unread nothing reads the field “乙”\n8:34 ignore there is no rule “unred”"},
		{"nothing to ignore", clean + "# lint:ignore unread 留着\nnote: 某\n", "10:15 ignore “unread” finds nothing here to ignore"},
		{"errors can’t be ignored", clean + "# lint:ignore points 留着\nnote: 某\n", "10:15 ignore “points” finds errors, and those can’t be ignored"},
		{"found by other commands", clean + "# lint:ignore coverage,mutant 留着\nnote: 某\n", ""},
		{"an error stays", field("乙: {typ: x} # lint:ignore keys 留着"), "8:11 keys unknown key “typ”"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { compare(t, tt.text, tt.want) })
	}
}

// The shipped rubrics set the example.
func TestShippedRubrics(t *testing.T) {
	files, err := filepath.Glob("../../rubrics/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.yaml") {
			continue
		}
		checked++
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tests := Tests{File: strings.TrimSuffix(file, ".yaml") + "_test.yaml"}
		r, diags := rubric.Load(file, text, func(name, _ string) (string, []byte, bool) {
			shared := "../../rubrics/" + strings.TrimSuffix(name, ".yaml") + ".yaml"
			text, err := os.ReadFile(shared)
			return shared, text, err == nil
		})
		if tests.Text, err = os.ReadFile(tests.File); err != nil && !r.SharesOnly() {
			t.Fatal(err)
		}
		for _, d := range Check(r, diags, &tests) {
			t.Errorf("%s: %s [%s]", d.Pos, english(d.Message), d.Rule)
		}
	}
	if checked == 0 {
		t.Fatal("no rubric found")
	}
}
