package engine_test

import (
	"strings"
	"testing"

	"dudao/engine/diag"
	"dudao/engine/text"
)

// A reason stands beside the problem that it is about, and takes nothing away. It
// may be given for a check, a value, a row, or a value of a row.
func TestReasonsOfTheUnit(t *testing.T) {
	p := compile(t, `data:
  数:
    fields:
      总数: {unit: 人}
      其中: {unit: 人, max: 总数}
      支出: {unit: 元, years: 2}
      增幅: {type: percent, formula: growth(支出), enterable: true}
  学校:
    key: 校名
    columns:
      教师: {unit: 人}
      骨干: {unit: 人, max: 教师}
      学生: {unit: 人, years: 2}
checks:
  - {id: 变动, rule: abs(增幅) <= 50, level: warning, say: "{增幅}%"}
  - {id: 有学生, each: 学校, rule: 学生 > 0, say: 没有学生}
items:
  - {id: "1", title: 一, points: 1, pass: 总数 > 1}
`)
	tests := []struct{ name, data, reasons, want string }{
		{"part over whole", "总数: 5\n  其中: 6", "其中: 含外县学生", "warning 其中：6 大于上限 5（总数） [含外县学生]"},
		{"by the whole", "总数: 5\n  其中: 6", "总数: 不含外县学生", "warning 其中：6 大于上限 5（总数） [不含外县学生]"},
		{"without", "总数: 5\n  其中: 6", "增额: 无", "warning 其中：6 大于上限 5（总数） []|note 对“增额”写了说明，但它没有问题要说明 []"},
		{"a check", "支出: [200, 100]", "变动: 新建学校", "warning 100% [新建学校]"},
		{"what a check reads", "支出: [200, 100]", "支出.上年: 口径调整", "warning 100% [口径调整]"},
		{"a row", "学校: [{校名: a, 教师: 1, 骨干: 2, 学生: [3, 3]}, {校名: b, 教师: 1, 骨干: 2, 学生: [4, 3]}]", "\"学校[b]\": 借调",
			"warning 学校[a].骨干：2 大于上限 1（教师） []|warning 学校[b].骨干：2 大于上限 1（教师） [借调]"},
		{"a value of a row", "学校: [{校名: a, 教师: 1, 骨干: 2, 学生: [3, 3]}]", "\"学校[a].骨干\": 借调\n  \"学校[a]\": 借调\n  \"学校[a].教师\": 新校",
			"warning 学校[a].骨干：2 大于上限 1（教师） [借调；新校]"},
		{"a check of a row", "学校: [{校名: a, 教师: 1, 骨干: 1, 学生: [0, 3]}]", "\"有学生[a]\": 停办", "error a：没有学生 [停办]"},
		{"several rows in a line", "学校: [{校名: a, 教师: 1, 骨干: 1, 学生: [3, 3000]}, {校名: b, 教师: 2, 骨干: 1, 学生: [4, 4000]}]", "\"学校[b]\": 合并",
			"warning 学校[a].学生：3，上一年是 3000，大约相差 1000 倍；另有 1 行也是这样：b [合并]"},
	}
	zh := text.New("zh")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			card := score(t, p, "data:\n  "+tt.data+"\nreasons:\n  "+tt.reasons+"\n")
			if len(card.Reasons) == 0 {
				t.Error("the scorecard has no reasons")
			}
			var got []string
			for _, pr := range card.Problems {
				said := zh.Phrase(pr.Said)
				if strings.Contains(said, "没有填") {
					continue
				}
				if pr.Severity == diag.Note && pr.Pos.IsZero() {
					t.Errorf("no place: %s", said)
				}
				got = append(got, pr.Severity.String()+" "+said+" ["+pr.Reason+"]")
			}
			if all := strings.Join(got, "|"); all != tt.want {
				t.Errorf("got  %s\nwant %s", all, tt.want)
			}
		})
	}
}
