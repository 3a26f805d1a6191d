package engine_test

import (
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

const schools = `
data:
  县:
    fields: {甲: {}, 乙: {}}
  学校:
    key: 校名
    columns:
      类: {choice: [普通, 特殊]}
      人: {}
      量: {formula: "ratio(甲, 人)"}
      班额: {pass: value <= 45}
  普通校: {from: 学校, where: 类 == "普通"}
items:
  - id: "1"
    title: 项
    points: 10
`

// Cases in which readers of the code found a panic or a wrong state.
func TestRowsAndStates(t *testing.T) {
	row := func(rows ...string) string {
		return "data: {甲: 3, 乙: 3, 学校: [" + strings.Join(rows, ", ") + "]}"
	}
	tests := []struct {
		name, item, data string
		state            engine.State
		points           float64
	}{
		{"max_if over rows that are not applicable", "    pass: 'max_if(学校.人, 学校.类, \"普通\") > 1'",
			row("{校名: a, 类: 普通, 人: 不适用}"), engine.Inapplicable, 10},
		{"sum_if without any row of the key", "    pass: 'sum_if(学校.人, 学校.类, \"特殊\") == 0'",
			row("{校名: a, 类: 普通, 人: 5}"), engine.Full, 10},
		{"a row whose where is not applicable is left out", "    each: 学校\n    where: 人 > 1\n    value: 人\n    scale: {from: 0, to: 10}\n    by: mean",
			row("{校名: a, 人: 4}", "{校名: b, 人: 不适用}"), engine.Partial, 4},
		{"an error beats a missing where", "    each: 学校\n    where: 类 == \"普通\"\n    pass: 甲 / 人 > 1",
			row("{校名: a, 人: 0}"), engine.Failed, 0},
		{"value as a difference", "    value: 甲 * 0.1 * 3 - 乙 * 0.3\n    pass: value >= 0", row(), engine.Full, 10},
		{"less is better, and there is nothing", "    each: 学校\n    pass: completion(班额) >= 1", row("{校名: a, 班额: 0}"), engine.Full, 10},
		{"a row that stands twice doesn't count", "    each: 学校\n    pass: 人 > 1", row("{校名: a, 人: 5}", "{校名: a, 人: 5}"), engine.Missing, 0},
		{"a row without a name doesn't count", "    pass: sum(学校.人) > 1", row("{校名: a, 人: 5}", "{人: 5}"), engine.Missing, 0},
		{"不适用 is no name", "    each: 学校\n    pass: 人 > 1", row("{校名: 不适用, 人: 5}"), engine.Missing, 0},
		{"an empty view is not applicable", "    pass: mean(普通校.人) > 1", row("{校名: a, 类: 特殊, 人: 5}"), engine.Inapplicable, 10},
		{"the sum of an empty view is 0", "    pass: sum(普通校.人) == 0", row("{校名: a, 类: 特殊, 人: 5}"), engine.Full, 10},
		{"an empty table is missing", "    pass: sum(普通校.人) > 1", "data: {甲: 1}", engine.Missing, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			card := score(t, compile(t, schools+tt.item), tt.data)
			if got := card.Items[0]; got.State != tt.state || got.Points != tt.points {
				t.Errorf("got %v %v, want %v %v\n%s", got.State, got.Points, tt.state, tt.points, text.New("zh").Lines(got.Reason))
			}
		})
	}
}

// Rubrics that used to crash the compiler are refused with a sentence.
func TestOddParams(t *testing.T) {
	for _, body := range []string{
		"params: {X: {}}\nitems: [{id: a, title: 试, points: 1, pass: X > 1}]",
		"params: {X: {a: {}}}\nitems: [{id: a, title: 试, points: 1, pass: X.a > 1}]",
		"params: {X: []}\ndata: {数: {fields: {甲: {}}}}\nitems: [{id: a, title: 试, points: 1, value: 甲, bands: X}]",
		"params: {X: {2021: a, 2022: 3}}\nitems: [{id: a, title: 试, points: 1, pass: X == 3}]",
		"data: {数: {fields: {甲: {years: 2}}}}\nitems: [{id: a, title: 试, points: 1, pass: \"growth(甲, 9223372036854775807) > 1\"}]",
	} {
		r, diags := rubric.Load("r.yaml", []byte("id: r\ntitle: 试\nversion: \"1\"\n"+body), nil)
		_, more := engine.Compile(r)
		if !diags.HasErrors() && !more.HasErrors() {
			t.Errorf("accepted: %s", body)
		}
	}
}

// Deductions from the total, a capped bonus and a total that turns the ends round.
func TestTotalsWhileOpen(t *testing.T) {
	const head = "data: {数: {fields: {甲: {}, 乙: {}}}}\nitems:\n  - {id: \"1\", title: 一, points: 100, pass: 甲 >= 1}\n"
	tests := []struct {
		name, rest, data     string
		points, lower, upper float64
	}{
		{"nothing open", "deduct: [{take: 5, ask: 事故}]", `{甲: 1}
judged: {"": {事故: 是}}`, 95, 95, 95},
		{"an open fact", "deduct: [{take: 5, ask: 事故}]", "{甲: 1}", 95, 95, 100},
		{"the total turned round", "total: full - score", "{乙: 1}", 0, 0, 100},
		{"capped bonus", "  - {title: 加分, bonus: true, points: 3, items: [{id: b, title: 二, points: 5, pass: 乙 >= 1}]}", "{甲: 1, 乙: 1}", 103, 103, 103},
	}
	for _, tt := range tests {
		card := score(t, compile(t, head+tt.rest), "data: "+tt.data)
		if got := card.Total; got.Points != tt.points || got.Lower != tt.lower || got.Upper != tt.upper {
			t.Errorf("%s: %+v, want %v (%v–%v)", tt.name, got, tt.points, tt.lower, tt.upper)
		}
	}
}

// A field may apply only to some rows, or to every unit.
func TestWhereAFieldApplies(t *testing.T) {
	const body = `data:
  县:
    fields:
      人口: {unit: 人, always: true}
      面积: {unit: ㎡}
  学校:
    key: 校名
    columns:
      类: {choice: [普通, 特殊]}
      人: {when: 类 == "普通", unit: 人}
      双: {formula: 人 * 2, pass: value >= 20}
      三: {formula: 人 * 3, pass: value >= 60}
items:
  - {id: "1", title: 人口, points: 10, inapplicable: zero, pass: 人口 >= 0}
  - {id: "2", title: 每校, points: 10, each: 学校, pass: "passed(学校) >= 1 and completion(学校) >= 0.5"}
`
	card := score(t, compile(t, body), "data: {人口: 不适用, 面积: 不适用, 学校: [{校名: a, 类: 普通, 人: 10}, {校名: b, 类: 特殊, 人: 3}, {校名: c, 类: 特殊}, {校名: d, 类: 普通}, {校名: e, 类: 普通, 人: 不适用}]}")
	if s := card.Items[0].State; s != engine.Missing {
		t.Errorf("不适用 where every unit has a figure: %v", s)
	}
	if r := card.Items[1].Rows; r == nil || r.Counted != 3 || len(r.Failing) != 0 || !slices.Equal(r.Missing, []string{"d", "e"}) {
		t.Errorf("rows: %+v", r)
	}
	var got []string
	for _, p := range card.Problems {
		got = append(got, text.New("zh").Phrase(p.Said))
	}
	want := []string{"人口 各单位都有，不能填不适用", "学校.人 有 1 行没有填（共 5 行）：d", "学校.人 填了，但不适用：b；只有符合以下条件才填：类 = “普通”",
		"学校.人 不能填“不适用”：e；符合以下条件的都要填：类 = “普通”"}
	if !slices.Equal(got, want) {
		t.Errorf("problems\n%s", strings.Join(got, "\n"))
	}
	card = score(t, compile(t, body), "data: {人口: 1, 学校: [{校名: a, 类: 普通, 人: 9}, {校名: b, 类: 普通, 人: 10}]}")
	reason := text.New("zh").Lines(card.Items[1].Reason)
	if want := "1 行（共 2 行，学校）未达到：a（达标项数 0，应 ≥ 1，且 最低完成度 0.45，应 ≥ 0.5；未达标：双 18（应 ≥ 20）、三 27（应 ≥ 60））。"; reason != want {
		t.Errorf("got\n%s\nwant\n%s", reason, want)
	}
}
