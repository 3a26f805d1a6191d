package cases_test

import (
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/decimal"
	"dudao/engine/rubric"
)

const ranked = `id: r
title: 试
version: "1"
data: {数: {fields: {甲: {}, 市: {type: text}}}}
items:
  - {id: "1", title: 一, points: 10, rank: {of: 甲, points: [10, 8]}}
`

// The others of a case's batch: what they are made of, and what is wrong with them.
func TestOthersOfACase(t *testing.T) {
	r, diags := rubric.Load("r.yaml", []byte(ranked), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, tt := range []struct{ among, want string }{
		{"[一]", "10"}, // 一 has 1
		{"[{name: 乙县, set: {甲: 6}}]", "8"},
		{"[{name: 乙县, data: {甲: 6}}, 一]", "8"},
		{"[{name: 乙县, set: {甲: 6}}, {name: 丙县, set: {甲: 7}}]", "0"},
		{"[{name: 乙县}]", "10"}, // as good
		{"一", "10"},
		{"[二]", "8:13 上面没有名为“二”的用例"}, // itself
		{"[三]", "8:13 上面没有名为“三”的用例"},
		{"[{set: {甲: 6}}]", "8:13 这里缺少 name:"},
		{"[{name: 乙县, sett: {甲: 6}}]", "8:24 未知的键“sett”（是不是想写“set”？）"},
		{"[{name: 乙县, set: {乙: 6}}]", "8:30 "},
		{"[{name: 乙县, judged: {\"9\": {}}}]", "8:34 "},
	} {
		suite, diags := cases.Load("r_test.yaml", []byte("rubric: r.yaml\ncases:\n  - name: 一\n    data: {甲: 1}\n    expect: {}\n  - name: 二\n    data: {甲: 5}\n    among: "+tt.among+"\n"))
		got := ""
		if diags.HasErrors() {
			got = say(diags)
		} else if made := suite.Make(r, nil)[1]; made.Diags.HasErrors() {
			got = say(made.Diags)
		} else {
			got = decimal.Format(p.Score(made.Placed(p)).Total.Points, 2)
		}
		if !strings.Contains(got, tt.want) || tt.want == "" {
			t.Errorf("%s: got %s, want %s", tt.among, got, tt.want)
		}
	}
}
