package returns_test

import (
	"strings"
	"testing"

	"dudao/engine/rubric"
	"dudao/engine/text"
)

// A row of totals is no school: it is told, left out, and compared with the sum.
func TestRowsOfTotals(t *testing.T) {
	r, diags := rubric.Load("r.yaml", []byte(`
id: r
title: 试
version: "1"
data:
  学校:
    key: [校名, 学段]
    columns:
      学段: {choice: [小学, 初中]}
      学生: {unit: 人, type: whole, years: 2, min: 0, max: 500}
      生均: {unit: 元}
      占比: {type: percent}
items: [{id: a, title: 试, points: 1, pass: sum(学校.学生) > 1}]
`), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	const told = "“%s”是表“学校”的合计行，不作为一行数据读取 "
	const rows = "- {校名: 一小, 学段: 小学, 学生: [300, 310], 生均: 10, 占比: 50}\n    - {校名: 一中, 学段: 初中, 学生: [400, 390], 生均: 20, 占比: 60}\n    "
	tests := []struct{ name, data, keys, want string }{
		{"none", rows, "一小·小学 一中·初中", ""},
		{"right", rows + "- {校名: 合计, 学生: [700, 700], 生均: 15, 占比: 56}", "一小·小学 一中·初中", strings.Replace(told, "%s", "合计", 1) + "6:12"},
		{"wrong, this year", rows + "- {校名: 合 计, 学生: [710, 700]}", "一小·小学 一中·初中",
			strings.Replace(told, "%s", "合计", 1) + "6:12|学校.学生：合计行填的是 710，各行相加是 700 6:22"},
		{"wrong, last year", rows + "- {校名: 总计：, 学生: [700, 70]}", "一小·小学 一中·初中",
			strings.Replace(told, "%s", "总计", 1) + "6:12|学校.学生.上年：合计行填的是 70，各行相加是 700 6:27"},
		{"of a part", rows + "- {校名: 小计, 学段: 小学, 学生: 300}", "一小·小学 一中·初中", strings.Replace(told, "%s", "小计", 1) + "6:12"},
		{"in the second key, at the top", "- {校名: 全县, 学段: 合计, 学生: 99}\n    " + rows, "一小·小学 一中·初中",
			strings.Replace(told, "%s", "合计", 1) + "4:12|学校.学生：合计行填的是 99，各行相加是 700 4:28"},
		{"a school", rows + "- {校名: 会计学校, 学段: 初中}", "一小·小学 一中·初中 会计学校·初中", ""},
		{"rows keep their numbers", "- {校名: 合计}\n    " + rows + "- {校名: 一小, 学段: 小学}", "一小·小学 一中·初中 一小·小学",
			strings.Replace(told, "%s", "合计", 1) + "4:12|“一小·小学”在表“学校”里出现两次，第 2 行和第 4 行；后一行不计 7:12"},
	}
	zh := text.New("zh")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ret := read(t, "a.yaml", []byte("rubric: r\ndata:\n  学校:\n    "+tt.data+"\n"), r)
			if got := strings.Join(ret.Tables["学校"].Keys, " "); got != tt.keys {
				t.Errorf("rows %s, want %s", got, tt.keys)
			}
			var got []string
			for _, p := range ret.Problems {
				got = append(got, zh.Sprint(p.Message)+" "+strings.TrimPrefix(p.Pos.String(), "a.yaml:"))
				if len(p.Hints) == 0 {
					t.Errorf("no hint: %s", got[len(got)-1])
				}
			}
			if all := strings.Join(got, "|"); all != tt.want {
				t.Errorf("got %s, want %s", all, tt.want)
			}
		})
	}
}
