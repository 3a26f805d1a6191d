package engine_test

import (
	"strings"
	"testing"

	"dudao/engine/diag"
	"dudao/engine/text"
)

// Each doubt shows both numbers at the cell, and figures beside the edge raise none.
func TestDoubtfulFigures(t *testing.T) {
	p := compile(t, `data:
  钱:
    fields:
      支出: {unit: 元, years: 2}
      工资: {unit: 元, years: 2}
      补助: {unit: 元, years: 2}
  率:
    fields:
      巩固率: {type: percent, years: 2}
      入园率: {type: percent, max: 100}
      支出增幅: {type: percent}
      差率: {type: percent, min: -50}
      复读率: {type: percent, max: 1}
      核过的率: {type: percent}
      增长: {type: percent, formula: growth(支出), enterable: true}
  学段:
    key: 段
    rows: [小学, 初中]
    columns:
      人数: {unit: 人, years: 2}
      公用: {unit: 元, years: 2}
  学校:
    key: 校名
    columns:
      镇: {type: text}
      寄宿: {type: yesno}
      学生: {unit: 人}
      教师: {unit: 人, years: 2}
      面积: {unit: ㎡, optional: true}
checks:
  - {id: 率, rule: 核过的率 >= 1, level: warning, say: 核过的率}
items:
  - {id: "1", title: 一, points: 1, pass: 支出 > 1}
`)
	tests := []struct{ name, data, want string }{
		{"thousand", "支出: [5200000, 5100]", "支出：5200000，上一年是 5100，大约相差 1000 倍 5:8"},
		{"ten thousand, the other way", "支出: [520, 5100000]", "支出：520，上一年是 5100000，大约相差 10000 倍 5:8"},
		{"a hundred", "支出: [510000, 5100]", ""},
		{"three thousand", "支出: [15300000, 5100]", ""},
		{"from zero", "支出: [5100, 0]", ""},
		{"negative", "支出: [-5100, -5.1]", "支出：-5100，上一年是 -5.1，大约相差 1000 倍 5:8"},
		{"rows", "学段: {小学: {公用: [8000, 8]}, 初中: {公用: [9000, 9]}}",
			"学段[小学].公用：8000，上一年是 8，大约相差 1000 倍；另有 1 行也是这样：初中 5:18"},
		{"over a hundred", "巩固率: 110.5", "巩固率：110.5%，超过 100% 5:8"},
		{"a hundred percent", "巩固率: 100", ""},
		{"last year’s", "巩固率: [99, 101]", "巩固率.上年：101%，超过 100% 5:13"},
		{"growth over a hundred", "支出增幅: 120", ""},
		{"a difference over a hundred", "差率: 120", ""},
		{"fraction", "入园率: 0.853", "入园率：0.853 按 0.853% 计算；如果是 85.3%，请填 85.3 5:8"},
		{"growth as a fraction", "支出增幅: 0.13", "支出增幅：0.13 按 0.13% 计算；如果是 13%，请填 13 5:9"},
		{"with its sign", "支出增幅: 0.13％", ""},
		{"one", "入园率: 1", ""},
		{"nought", "入园率: 0", ""},
		{"at most one", "复读率: 0.3", ""},
		{"asked by the rubric", "核过的率: 0.3", "核过的率 "},
		{"entered, nothing to compare", "增长: 0.3", "增长：0.3 按 0.3% 计算；如果是 30%，请填 30 5:7"},
		{"entered and computed", "增长: 0.3\n  支出: [130, 100]", "增长：填报为 0.3，按数据计算为 30，采用计算值 5:7 可能是 30%；百分数填 85，不填 0.85"},
		{"entered and computed, too large", "增长: 30\n  支出: [100.3, 100]", "增长：填报为 30，按数据计算为 0.3，采用计算值 5:7 百分数填 85；0.5% 填 0.5，不填 50"},
		{"entered and computed, of other figures", "增长: 12\n  支出: [130, 100]", "增长：填报为 12，按数据计算为 30，采用计算值 5:7 请核对计算它的各数和所填的数；这一项可以不填"},
		{"entered, rounded", "增长: 12.9\n  支出: [112.93, 100]", ""},
		{"entered, rounded wrongly", "增长: 12.8\n  支出: [112.93, 100]", "增长：填报为 12.8，按数据计算为 12.93，采用计算值 5:7"},
		{"group as last year", "支出: [5, 5]\n  工资: [6, 6]\n  补助: [7, 7]", "钱：本年的 3 个数与上年全部相同 5:8"},
		{"one differs", "支出: [5, 5]\n  工资: [6, 6]\n  补助: [7, 7.1]", ""},
		{"only two", "支出: [5, 5]\n  工资: [6, 6]\n  补助: [0, 0]", ""},
		{"table as last year", "学段: {小学: {人数: [5, 5], 公用: [3, 3]}, 初中: {人数: [6, 6]}}", "学段：本年的 3 个数与上年全部相同 5:18"},
		{"twins", "学校: [{校名: a, 镇: 甲, 学生: 5, 教师: [3, 2]}, {校名: b, 镇: 甲, 学生: 5, 教师: [3, 2]}]",
			"学校：“a”和“b”各栏全部相同 5:53"},
		{"another town", "学校: [{校名: a, 镇: 甲, 学生: 5, 教师: [3, 2]}, {校名: b, 镇: 乙, 学生: 5, 教师: [3, 2]}]", ""},
		{"another yes or no", "学校: [{校名: a, 寄宿: 是, 学生: 5, 教师: [3, 2]}, {校名: b, 寄宿: 否, 学生: 5, 教师: [3, 2]}]", ""},
		{"two figures", "学校: [{校名: a, 学生: 5, 教师: [3, 0]}, {校名: b, 学生: 5, 教师: [3, 0]}]", ""},
	}
	zh := text.New("zh")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, pr := range score(t, p, "data:\n  "+tt.data+"\n").Problems {
				said := zh.Phrase(pr.Said)
				if pr.Severity != diag.Warning || strings.Contains(said, "没有填") || strings.Contains(said, "没有行") || strings.Contains(said, "没有数据") {
					continue
				}
				if pr.Check == "" && len(pr.Hints) == 0 {
					t.Errorf("no hint: %s", said)
				}
				said += " " + strings.TrimPrefix(pr.Pos.String(), "a.yaml:")
				if len(pr.Hints) > 0 && strings.Contains(said, "填报为") {
					said += " " + zh.Sprint(pr.Hints[0])
				}
				got = append(got, said)
			}
			if all := strings.Join(got, "|"); all != tt.want && (tt.want == "" || len(got) != 1 || !strings.Contains(all, strings.TrimSpace(tt.want))) {
				t.Errorf("got %q, want %q", all, tt.want)
			}
		})
	}
}
