package engine_test

import (
	"strings"
	"testing"

	"dudao/engine/text"
)

// A figure exactly on a limit is doubted where that says something: in one line for
// each limit, with both numbers. Counting by itself leads to 45, 100 % and 0, and
// last year's figure is no limit that anyone aims at.
func TestExactlyOnALimit(t *testing.T) {
	p := compile(t, `params:
  标准: {小学: 4.5, 初中: 5.8}
data:
  数:
    fields:
      巩固率: {type: percent}
      入园率: {type: percent}
      支出: {unit: 元, years: 2}
      补助: {unit: 元}
      师比: {}
      人数: {unit: 人, type: whole}
  学校:
    key: 校名
    columns:
      学段: {choice: [小学, 初中]}
      学生: {unit: 人, type: whole}
      面积: {unit: ㎡}
      生均: {unit: ㎡, formula: 面积 / 学生, pass: "value >= 标准[学段]"}
      占比: {type: percent}
items:
  - {id: "1", title: 一, points: 1, pass: 巩固率 >= 95}
  - {id: "2", title: 二, points: 2, value: 入园率, bands: [{from: 85, points: 2}, {from: 80, points: 1}]}
  - {id: "3", title: 三, points: 1, pass: 支出 >= prev(支出)}
  - {id: "4", title: 四, points: 1, pass: 补助 >= 500}
  - {id: "5", title: 五, points: 1, pass: 12.5 >= 师比}
  - {id: "6", title: 六, points: 1, pass: 人数 <= 2000}
  - {id: "7", title: 七, points: 1, each: 学校, pass: 学生 <= 45, by: share}
  - {id: "8", title: 八, points: 1, each: 学校, where: 学段 == "小学", value: 占比, pass: value >= 90, lose: 0.1}
  - {id: "9", title: 九, points: 1, pass: 巩固率 > 96}
`)
	const rows = "学校: [{校名: a, 学段: 小学, 学生: 100, 面积: 450, 占比: %a}, {校名: b, 学段: 初中, 学生: 45, 面积: 261, 占比: %b}, {校名: c, 学段: 小学, 学生: 10, 面积: 45, 占比: %c}]"
	tests := []struct{ name, data, want string }{
		{"on it", "巩固率: 95", "第 1 项 巩固率：95，恰好等于界限 95 5:8"},
		{"on it but for noise", "巩固率: 94.99999999999999", "第 1 项 巩固率：95，恰好等于界限 95 5:8"},
		{"beside it", "巩固率: 95.01", ""},
		{"on one that must be exceeded", "巩固率: 96", ""},
		{"a band", "入园率: 80", "第 2 项 入园率：80，恰好等于界限 80 5:8"},
		{"last year’s", "支出: [85.5, 85.5]", ""},
		{"a round sum", "补助: 500", ""},
		{"written the other way round", "师比: 12.5", "第 5 项 师比：12.5，恰好等于界限 12.5 5:7"},
		{"a large count", "人数: 2000", "第 6 项 人数：2000，恰好等于界限 2000 5:7"},
		{"standards of rows", strings.NewReplacer("%a", "91", "%b", "92", "%c", "93").Replace(rows),
			"学校.生均 的标准：恰好等于界限 4.5 的有 2 行（共 3 行）：a、c 5:37|学校.生均 的标准：恰好等于界限 5.8 的有 1 行（共 3 行）：b 5:79"},
		{"rows of an item", strings.NewReplacer("%a", "90", "%b", "90", "%c", "89", "450", "455", "261", "262", "45}", "46}", "积: 45,", "积: 46,").Replace(rows),
			"第 8 项 占比：恰好等于界限 90 的有 1 行（共 2 行）：a 5:46"},
	}
	zh := text.New("zh")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, pr := range score(t, p, "data:\n  "+tt.data+"\n").Problems {
				if said := zh.Phrase(pr.Said); strings.Contains(said, "恰好") {
					got = append(got, said+" "+strings.TrimPrefix(pr.Pos.String(), "a.yaml:"))
				}
			}
			if all := strings.Join(got, "|"); all != tt.want {
				t.Errorf("got  %s\nwant %s", all, tt.want)
			}
		})
	}
}
