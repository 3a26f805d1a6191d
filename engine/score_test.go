package engine_test

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

// compile makes a program of rubric text; the head is added.
func compile(t testing.TB, body string) *engine.Program {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte("id: r\ntitle: 试\nversion: \"1\"\n"+body), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

// score scores return text against a program.
func score(t testing.TB, p *engine.Program, data string) *engine.Scorecard {
	t.Helper()
	doc, diags := returns.Open("a.yaml", []byte("rubric: r\nname: 甲县\nyear: 2021\n"+data), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p.Score(ret)
}

const oneItem = `
data:
  数据:
    fields:
      甲: {unit: 元, years: 2}
      乙: {}
      名: {type: text}
  学校:
    key: 校名
    rows: [一小, 二小, 三小, 四小]
    columns:
      人数: {years: 2}
      特: {type: yesno}
items:
  - id: "1"
    title: 项
    points: 10
`

func TestItemStates(t *testing.T) {
	const four = "data: {学校: {一小: {人数: [1, 2], 特: 否}, 二小: {人数: [5, 2], 特: 是}, 三小: {人数: [7, 2], 特: 否}, 四小: {人数: [9, 2], 特: 否}}}"
	tests := []struct {
		name, item, data     string
		state                engine.State
		points, lower, upper float64
	}{
		{"pass", "    pass: 甲 >= 3", "data: {甲: 3}", engine.Full, 10, 10, 10},
		{"fail", "    pass: 甲 >= 3", "data: {甲: 2.99}", engine.None, 0, 0, 0},
		{"missing", "    pass: 甲 >= 3", "", engine.Missing, 0, 0, 10},
		{"invalid is missing", "    pass: 甲 >= 3", "data: {甲: 400余万}", engine.Missing, 0, 0, 10},
		{"not applicable", "    pass: 甲 >= 3", "data: {甲: 不适用}", engine.Inapplicable, 10, 10, 10},
		{"not applicable is zero", "    pass: 甲 >= 3\n    inapplicable: zero", "data: {甲: 不适用}", engine.Inapplicable, 0, 0, 0},
		{"division by zero", "    pass: 甲 / 乙 >= 3", "data: {甲: 1, 乙: 0}", engine.Failed, 0, 0, 10},
		{"exactly on the threshold", "    pass: 甲 * 100 >= 29", "data: {甲: 0.29}", engine.Full, 10, 10, 10},
		{"exactly on 435", "    pass: 甲 * 100 >= 435", "data: {甲: 4.35}", engine.Full, 10, 10, 10},
		{"growth of exactly 3 %", "    pass: growth(甲) >= 3", "data: {甲: [844.6, 820]}", engine.Full, 10, 10, 10},
		{"a cent in a billion", "    pass: 甲 >= prev(甲)", "data: {甲: [999999999.99, 1000000000]}", engine.None, 0, 0, 0},
		{"prints as the limit and fails", "    pass: 甲 <= 0.5", "data: {甲: 0.5004}", engine.None, 0, 0, 0},
		{"value and pass", "    value: 甲 / 乙 * 100\n    pass: value >= 85", "data: {甲: 85, 乙: 100}", engine.Full, 10, 10, 10},
		{"when holds", "    when: 乙 > 0\n    pass: 甲 >= 3", "data: {甲: 3, 乙: 1}", engine.Full, 10, 10, 10},
		{"when doesn't hold", "    when: 乙 > 0\n    pass: 甲 >= 3", "data: {乙: 0}", engine.Inapplicable, 10, 10, 10},
		{"when is missing", "    when: 乙 > 0\n    pass: 甲 >= 3", "data: {甲: 3}", engine.Missing, 0, 0, 10},

		{"top band", "    value: 甲\n    bands: [{from: 95, points: 10}, {from: 90, share: 0.55}]", "data: {甲: 95}", engine.Full, 10, 10, 10},
		{"second band", "    value: 甲\n    bands: [{from: 95, points: 10}, {from: 90, share: 0.55}]", "data: {甲: 94.99}", engine.Partial, 5.5, 5.5, 5.5},
		{"below all bands", "    value: 甲\n    bands: [{from: 95, points: 10}, {from: 90, share: 0.55}]", "data: {甲: 89}", engine.None, 0, 0, 0},
		{"band reached but for noise", "    value: 甲 * 0.1\n    bands: [{from: 90, points: 10}]", "data: {甲: 900}", engine.Full, 10, 10, 10},
		{"bands missing", "    value: 甲\n    bands: [{from: 95, points: 10}]", "", engine.Missing, 0, 0, 10},

		{"each all pass", "    each: 学校\n    pass: 人数 >= 1", four, engine.Full, 10, 10, 10},
		{"each one fails", "    each: 学校\n    pass: 人数 >= 2", four, engine.None, 0, 0, 0},
		{"each outside where", "    each: 学校\n    where: not 特\n    pass: 人数 != 5", four, engine.Full, 10, 10, 10},
		{"each where selects nothing", "    each: 学校\n    where: 人数 > 99\n    pass: 人数 >= 2", four, engine.Inapplicable, 10, 10, 10},
		{"each missing row", "    each: 学校\n    pass: 人数 >= 1", "data: {学校: {一小: {人数: 1}, 二小: {人数: 5}, 三小: {人数: 7}}}", engine.Missing, 0, 0, 10},
		{"each failing row decides", "    each: 学校\n    pass: 人数 >= 2", "data: {学校: {一小: {人数: 1}}}", engine.None, 0, 0, 0},
		{"each not applicable row", "    each: 学校\n    pass: 人数 >= 1", "data: {学校: {一小: 不适用, 二小: {人数: 5}, 三小: {人数: 7}, 四小: {人数: 3}}}", engine.Full, 10, 10, 10},
		{"each all rows not applicable", "    each: 学校\n    pass: 人数 >= 1", "data: {学校: {一小: 不适用, 二小: 不适用, 三小: 不适用, 四小: 不适用}}", engine.Inapplicable, 10, 10, 10},
		{"each where missing", "    each: 学校\n    where: 特\n    pass: 人数 >= 1", "data: {学校: {一小: {人数: 1}, 二小: {人数: 5, 特: 是}}}", engine.Missing, 0, 0, 10},
		{"lose", "    each: 学校\n    pass: 人数 >= 6\n    lose: 3", four, engine.Partial, 4, 4, 4},
		{"lose all", "    each: 学校\n    pass: 人数 >= 10\n    lose: 3", four, engine.None, 0, 0, 0},
		{"lose, one missing", "    each: 学校\n    pass: 人数 >= 6\n    lose: 3", "data: {学校: {一小: {人数: 1}, 二小: {人数: 5}, 三小: {人数: 7}}}", engine.Missing, 0, 0, 10},
		{"lose, one missing but all lost", "    each: 学校\n    pass: 人数 >= 6\n    lose: 5", "data: {学校: {一小: {人数: 1}, 二小: {人数: 5}, 三小: {人数: 7}}}", engine.None, 0, 0, 0},
		{"lose, division by zero in a row", "    each: 学校\n    pass: 100 / 人数 >= 6\n    lose: 3", "data: {学校: {一小: {人数: 0}, 二小: {人数: 5}, 三小: {人数: 7}, 四小: {人数: 7}}}", engine.Failed, 0, 0, 10},
		{"an error beats a missing row", "    each: 学校\n    pass: 100 / 人数 >= 6", "data: {学校: {一小: {人数: 0}, 二小: {人数: 5}}}", engine.Failed, 0, 0, 10},

		{"deduct whole times", "    deduct: [{take: 0.3, times: 3 - count(学校.特), for: 每少1次}]", four, engine.Partial, 9.4, 9.4, 9.4},
		{"deduct below zero times", "    deduct: [{take: 0.3, times: count(学校.特) - 3}]", four, engine.Full, 10, 10, 10},
		{"deduct to the floor", "    deduct: [{take: 9, times: count(学校.特) + 1}]", four, engine.None, 0, 0, 0},
		{"deduct started up", "    deduct: [{take: 1, times: 95 - 甲, started: up}]", "data: {甲: 92.5}", engine.Partial, 7, 7, 7},
		{"deduct started down", "    deduct: [{take: 1, times: 95 - 甲, started: down}]", "data: {甲: 92.5}", engine.Partial, 8, 8, 8},
		{"deduct in proportion", "    deduct: [{take: 1, times: 95 - 甲, started: part}]", "data: {甲: 92.5}", engine.Partial, 7.5, 7.5, 7.5},
		{"a step started by noise", "    deduct: [{take: 1, times: (甲 - 0.1) * 10, started: up}]", "data: {甲: 0.3}", engine.Partial, 8, 8, 8},
		{"deduct rows", "    deduct: [{take: 2, each: 学校, where: 人数 > 6, max: 3}]", four, engine.Partial, 7, 7, 7},
		{"deduct rows times", "    deduct: [{take: 0.5, each: 学校, where: not 特, times: 人数 - 6, started: part}]", four, engine.Partial, 8, 8, 8},
		{"deduct if", "    deduct: [{take: 3, if: 甲 < 95}]", "data: {甲: 92.5}", engine.Partial, 7, 7, 7},
		{"deduct if not", "    deduct: [{take: 3, if: 甲 < 95}]", "data: {甲: 95}", engine.Full, 10, 10, 10},
		{"parts of rows", "    parts: [{give: 3, each: 学校, where: 人数 > 6, max: 8}]", four, engine.Partial, 6, 6, 6},
		{"parts of rows times", "    parts: [{give: 0.5, each: 学校, where: not 特, times: 人数 - 6, started: part}]", four, engine.Partial, 2, 2, 2},
		{"parts in proportion", "    parts: [{give: 4, times: 甲 / 4, started: part}]", "data: {甲: 3}", engine.Partial, 3, 3, 3},
		{"deduct ask open", "    deduct: [{take: 2, ask: 未报告}]", "", engine.Open, 0, 0, 10},
		{"deduct ask yes", "    deduct: [{take: 2, ask: 未报告}]", `judged: {"1": {未报告: 是}}`, engine.Partial, 8, 8, 8},
		{"deduct ask no", "    deduct: [{take: 2, ask: 未报告}]", `judged: {"1": {未报告: 否}}`, engine.Full, 10, 10, 10},
		{"deduct ask count", "    deduct: [{take: 2, ask: 事故, count: true}]", `judged: {"1": {事故: {answer: 3, note: 三起}}}`, engine.Partial, 4, 4, 4},
		{"missing beats open", "    deduct: [{take: 2, ask: 未报告}, {take: 1, times: 95 - 甲, started: up}]", "", engine.Missing, 0, 0, 10},
		{"rounding alone gives no full points", "    value: 甲\n    scale: {from: 0, to: 9000}", "data: {甲: 8999}", engine.Partial, 9.99, 9.99, 9.99},
		{"noise below full points is full", "    value: 甲 * 0.1\n    scale: {from: 0, to: 90}", "data: {甲: 900}", engine.Full, 10, 10, 10},
		{"rounded half up when decided", "    deduct: [{take: 1, times: 甲, started: part}]", "data: {甲: 8.995}", engine.Partial, 1.01, 1.01, 1.01},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			card := score(t, compile(t, oneItem+tt.item), tt.data)
			got := card.Items[0]
			if got.State != tt.state || got.Points != tt.points || got.Lower != tt.lower || got.Upper != tt.upper {
				t.Errorf("got %v %v (%v–%v), want %v %v (%v–%v)\n%s", got.State, got.Points, got.Lower, got.Upper,
					tt.state, tt.points, tt.lower, tt.upper, text.New("zh").Lines(got.Reason))
			}
			if len(got.Reason) == 0 {
				t.Error("no reason is given")
			}
		})
	}
}

func TestExcludedItemCountsNothing(t *testing.T) {
	p := compile(t, `
inapplicable: exclude
data: {数: {fields: {甲: {}, 乙: {}}}}
items:
  - {id: "1", title: 一, points: 40, pass: 甲 >= 1}
  - {id: "2", title: 二, points: 60, pass: 乙 >= 1}
`)
	card := score(t, p, "data: {甲: 1, 乙: 不适用}")
	if card.Total.Full != 40 || card.Total.Points != 40 || card.Rate != 100 {
		t.Errorf("total %+v, rate %v", card.Total, card.Rate)
	}
}

func TestTotalsAndGrades(t *testing.T) {
	const rubricText = `
round: %ROUND%
data: {数: {fields: {甲: {}, 乙: {}, 丙: {}}}}
items:
  - title: 甲组
    points: 0.3
    items:
      - {id: "1", title: 一, points: 0.1, pass: 甲 >= 1}
      - {id: "2", title: 二, points: 0.2, pass: 乙 >= 1}
  - {id: "3", title: 三, points: 99.7, value: 丙, bands: [{from: 3, points: 99.7}, {from: 2, points: 89.3}, {from: 1, points: 60}]}
grades:
  - {grade: 优秀, from: 90, when: 'points("1") > 0'}
  - {grade: 良好, from: 80}
  - {grade: 合格, when: unmet <= 1 and score >= 60 and full == 100}
  - {grade: 不合格}
`
	tests := []struct {
		round, data  string
		points       float64
		lower, upper string
	}{
		{"none", "data: {甲: 1, 乙: 1, 丙: 3}", 100, "优秀", "优秀"},
		{"none", "data: {甲: 1, 乙: 1, 丙: 2}", 89.6, "良好", "良好"},
		{"0", "data: {甲: 1, 乙: 1, 丙: 2}", 89.6, "优秀", "优秀"},
		{"0", "data: {甲: 0, 乙: 1, 丙: 3}", 99.9, "良好", "良好"},
		{"none", "data: {甲: 1, 乙: 1, 丙: 1}", 60.3, "合格", "合格"},
		{"none", "data: {甲: 0, 乙: 0, 丙: 1}", 60, "不合格", "不合格"},
		{"none", "data: {甲: 1, 丙: 2}", 89.4, "良好", "良好"},
		{"none", "data: {甲: 1, 乙: 1}", 0.3, "不合格", "优秀"},
		{"none", "data: {乙: 1, 丙: 3}", 99.9, "良好", "优秀"},
	}
	for _, tt := range tests {
		p := compile(t, strings.Replace(rubricText, "%ROUND%", tt.round, 1))
		card := score(t, p, tt.data)
		if card.Total.Points != tt.points || card.Grade.Lower != tt.lower || card.Grade.Upper != tt.upper {
			t.Errorf("%s round %s: %v points, grade %s–%s; want %v, %s–%s", tt.data, tt.round,
				card.Total.Points, card.Grade.Lower, card.Grade.Upper, tt.points, tt.lower, tt.upper)
		}
	}
	card := score(t, compile(t, strings.Replace(rubricText, "%ROUND%", "none", 1)), "data: {甲: 1, 乙: 1, 丙: 3}")
	if s := card.Sections[0]; s.Title != "甲组" || s.Points != 0.3 || s.Full != 0.3 || s.Count != 2 {
		t.Errorf("section %+v", s)
	}
}

func TestComputedValues(t *testing.T) {
	p := compile(t, `
data:
  数:
    fields:
      甲: {years: 2}
      增幅: {formula: growth(甲), type: percent, enterable: true}
      默认: {default: 7}
      可选: {optional: true}
  表:
    key: 行
    rows: [a, b]
    columns:
      人: {}
      倍: {formula: 人 * 默认}
      常: {formula: 默认}
items:
  - {id: "1", title: 一, points: 1, pass: 增幅 >= 3}
  - {id: "2", title: 二, points: 1, pass: sum(表.倍) + sum(表.常) == 35}
`)
	problems := func(card *engine.Scorecard) string {
		var out []string
		for _, pr := range card.Problems {
			out = append(out, text.New("zh").Phrase(pr.Said))
		}
		return strings.Join(out, "|")
	}
	card := score(t, p, "data: {甲: [103, 100], 表: {a: {人: 1}, b: {人: 2}}}")
	const exact = "第 1 项 增幅：3，恰好等于界限 3"
	if card.Total.Points != 2 || problems(card) != exact {
		t.Errorf("computed: %v points, %s", card.Total.Points, problems(card))
	}
	card = score(t, p, "data: {甲: 103, 增幅: 2.5, 表: {a: {人: 1}, b: {人: 2}}}")
	if card.Total.Points != 1 || !strings.Contains(problems(card), "甲.上年 没有填") {
		t.Errorf("entered: %v points, %s", card.Total.Points, problems(card))
	}
	card = score(t, p, "data: {甲: [103, 100], 增幅: 0.03, 表: {a: {人: 1}, b: {人: 2}}}")
	if card.Total.Points != 2 || problems(card) != "增幅：填报为 0.03，按数据计算为 3，采用计算值|"+exact {
		t.Errorf("both: %v points, %s", card.Total.Points, problems(card))
	}
	card = score(t, p, "data: {甲: [103, 100], 增幅: 3.001, 表: {a: {人: 1}}}")
	if !strings.Contains(problems(card), "表.人 有 1 行没有填（共 2 行）：b") || strings.Contains(problems(card), "增幅：填报为") {
		t.Errorf("gaps: %s", problems(card))
	}
}

func TestChecks(t *testing.T) {
	p := compile(t, oneItem+`    pass: 甲 >= 1
checks:
  - {id: 大, rule: 甲 < 100, say: "甲是 {甲} 元，比上年 {growth(甲)}%", level: warning}
  - {title: 负, rule: 人数 >= 0, each: 学校, say: "人数 {人数}"}
`)
	card := score(t, p, "data: {甲: [200, 100], 乙: 1, 名: 某, 学校: {一小: {人数: [-1, 1], 特: 否}, 二小: {人数: [1, 1], 特: 否}, 三小: {人数: [1, 1], 特: 否}, 四小: {人数: [-2, 1], 特: 否}}}")
	var got []string
	for _, pr := range card.Problems {
		got = append(got, pr.Severity.String()+" "+pr.Check+" "+text.New("zh").Phrase(pr.Said))
	}
	want := "warning 大 甲是 200 元，比上年 100%|error 负 一小：人数 -1|error 负 四小：人数 -2"
	if g := strings.Join(got, "|"); g != want {
		t.Errorf("got  %s\nwant %s", g, want)
	}
	if card.Problems[0].Pos.Line == 0 {
		t.Error("the first problem has no place")
	}
}

func TestReasons(t *testing.T) {
	tests := []struct{ name, item, data, want string }{
		{"met", "    pass: 甲 >= prev(甲)", "data: {甲: [83861, 83752.12]}", "甲 83861 ≥ 上年 83752.12，达到。"},
		{"gap", "    pass: 甲 >= prev(甲)", "data: {甲: [83700, 83752.12]}", "甲 83700 ≥ 上年 83752.12，未达到。\n差 52.12元。"},
		{"gap of a quotient", "    digits: 3\n    pass: 1 / 甲 <= 0.5", "data: {甲: 0.6}", "1 ÷ 甲 0.6 ≤ 0.5，未达到。\n差 1.167。"},
		{"shown as met", "    pass: 甲 <= 0.5", "data: {甲: 0.5004}", "甲 0.5 ≤ 0.5，未达到。\n差 0.0004元。\n显示值达标，实际未达：按未四舍五入的值评定。"},
		{"rows", "    each: 学校\n    pass: 人数 >= 6\n    lose: 3", "data: {学校: {一小: {人数: 1}, 二小: {人数: 5}, 三小: {人数: 7}, 四小: {人数: 9}}}",
			"2 行（共 4 行，学校）未达到：一小（人数 1，应 ≥ 6）；二小（人数 5，应 ≥ 6）。扣 6 分。"},
		{"missing cell", "    pass: 甲 >= prev(甲)", "data: {甲: 1}", "缺数据：甲.上年。"},
		{"missing rows", "    each: 学校\n    pass: 人数 >= 6\n    lose: 3", "data: {学校: {一小: {人数: 1}, 三小: {人数: 7}, 四小: {人数: 9}}}",
			"缺数据：学校.人数，1 行（共 4 行）未填：二小。"},
		{"not understood", "    pass: 甲 >= 1", "data: {甲: 400余万}", "缺数据：填的“400余万”无法识别，数据项 甲（4:11）。"},
		{"rows in words", "    each: 学校\n    pass: 人数 >= 6\n    lose: 3\n    for: 每有1所学校人太少", "data: {学校: {一小: {人数: 1}, 二小: {人数: 5}, 三小: {人数: 7}, 四小: {人数: 9}}}",
			"每有1所学校人太少：2 行：一小（人数 1，应 ≥ 6）；二小（人数 5，应 ≥ 6）。扣 6 分。"},
		{"given in words", "    each: 学校\n    pass: 人数 >= 6\n    give: 3\n    for: 每有1所学校够大", "data: {学校: {一小: {人数: 1}, 二小: {人数: 5}, 三小: {人数: 7}, 四小: {人数: 5}}}",
			"每有1所学校够大：1 行：三小（人数 7 ≥ 6）。得 3 分。"},
		{"enough rows", "    each: 学校\n    pass: 人数 >= 6\n    at_least: 50", "data: {学校: {一小: {人数: 1}, 三小: {人数: 7}, 四小: {人数: 9}}}",
			"学校共 4 行，2 行达到，占 50%（要求至少 50%）。未达到：一小（人数 1，应 ≥ 6）。还没有定的 1 行不影响结果。"},
		{"not quite enough rows", "    each: 学校\n    pass: 人数 >= 6\n    digits: 0\n    at_least: 66.67", "data: {学校: {一小: {人数: 1}, 二小: 不适用, 三小: {人数: 7}, 四小: {人数: 9}}}",
			"学校共 3 行，2 行达到，占 66.667%（要求至少 66.67%）。未达到：一小（人数 1，应 ≥ 6）。"},
		{"perhaps enough rows", "    each: 学校\n    pass: 人数 >= 6\n    at_least: 75", "data: {学校: {一小: {人数: 1}, 三小: {人数: 7}, 四小: {人数: 9}}}",
			"缺数据：学校.人数，1 行（共 4 行）未填：二小。"},
		{"say and what was taken", "    say: 本年 {甲} 元。\n    deduct: [{take: 3, if: 甲 < 95, for: 支出下降}]", "data: {甲: 92.5}", "本年 92.5 元。\n支出下降：是。扣 3 分。"},
		{"say and what was given", "    say: 本年 {甲} 元。\n    parts: [{give: 3, if: 甲 > 95, for: 支出增长}]", "data: {甲: 92.5}", "本年 92.5 元。\n支出增长：否。不得分。"},
		{"by zero", "    each: 学校\n    pass: 100 / 人数 >= 6", "data: {学校: {一小: {人数: 0}, 二小: {人数: 5}, 三小: {人数: 7}, 四小: {人数: 9}}}",
			"计算错误（一小）：除数为零：人数 为 0。"},
		{"open", "    deduct: [{take: 2, ask: 未报告}]", "", "待评定：“未报告”还没有回答。"},
		{"when", "    when: 乙 > 0\n    pass: 甲 >= 3", "data: {乙: 0}", "不适用：“乙 > 0”不成立。本项按满分计。"},
		{"say", "    pass: 甲 >= 3\n    say: 本年 {甲} 元，上年 {prev(甲)} 元。", "data: {甲: [5, 4]}", "本年 5 元，上年 4 元。"},
		{"band", "    value: 甲\n    bands: [{from: 95, points: 10}, {from: 90, points: 5}]", "data: {甲: 91}", "甲 91 ≥ 90，达到这一档。"},
		{"no band", "    value: 甲\n    bands: [{from: 95, points: 10}, {from: 90, points: 5}]", "data: {甲: 80}", "甲 80 ≥ 90，未达到最低一档。\n差 10元。"},
		{"deduct", "    deduct: [{take: 1, times: 95 - 甲, started: up, for: 每低1元}]", "data: {甲: 92.5}", "每低1元：3。扣 3 分。"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			card := score(t, compile(t, oneItem+tt.item), tt.data)
			if got := text.New("zh").Lines(card.Items[0].Reason); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestExplainEnoughRows(t *testing.T) {
	p := compile(t, oneItem+"    each: 学校\n    pass: 人数 >= 6\n    at_least: 85")
	doc, diags := returns.Open("a.yaml", []byte("rubric: r\ndata: {学校: {一小: {人数: 1}, 二小: {人数: 5}, 三小: {人数: 7}, 四小: {人数: 9}}}"), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, _ := doc.Read(p.Rubric)
	step := p.Explain(ret, "1", false).Steps[0]
	if got, want := text.New("zh").Phrase(step.Text), "共 4 行（学校）：2 行成立，2 行不成立，成立的占 50%，要求至少 85%"; got != want || len(step.Steps) != 2 {
		t.Errorf("got\n%s with %d rows\nwant\n%s", got, len(step.Steps), want)
	}
}

func TestStandard(t *testing.T) {
	tests := []struct{ item, want string }{
		{"    pass: 甲 >= prev(甲)", "甲 ≥ 上年，得 10 分；否则不得分。"},
		{"    each: 学校\n    where: not 特\n    pass: 人数 >= 6\n    lose: 3", "学校每有一行（只算符合以下条件的：非 特），未达到“人数 ≥ 6”的，扣 3 分。\n满分 10 分，扣完为止。"},
		{"    each: 学校\n    pass: 人数 >= 6", "学校的每一行：人数 ≥ 6，得 10 分；否则不得分。"},
		{"    each: 学校\n    pass: 人数 >= 6\n    at_least: 85", "学校至少 85% 的行：人数 ≥ 6，得 10 分；否则不得分。"},
		{"    each: 学校\n    where: not 特\n    pass: 人数 >= 6\n    at_least: 85", "学校中符合以下条件的行至少 85%：非 特：人数 ≥ 6，得 10 分；否则不得分。"},
		{"    each: 学校\n    pass: 人数 >= 6\n    lose: 3\n    for: 每有1所学校人太少", "每有1所学校人太少，扣 3 分。\n满分 10 分，扣完为止。"},
		{"    deduct: [{take: 3, if: 甲 < 95}]", "有“甲 < 95”的，扣 3 分。\n满分 10 分，扣完为止。"},
		{"    value: 甲\n    bands: [{from: 95, points: 10}, {from: 90, points: 5}]", "甲 ≥ 95，得 10 分；\n甲 ≥ 90，得 5 分；\n其余不得分。"},
		{"    deduct: [{take: 0.3, times: 95 - 甲, started: up, for: 每低1个百分点, max: 2}, {take: 0.5, ask: 未报告}, {take: 1, each: 学校, where: 人数 > 55}]",
			"每低1个百分点，扣 0.3 分，最多扣 2 分。\n有“未报告”的，扣 0.5 分。\n学校每有一行，符合“人数 > 55”的，扣 1 分。\n满分 10 分，扣完为止。"},
		{"    when: 乙 > 0\n    pass: 甲 >= 3", "甲 ≥ 3，得 10 分；否则不得分。\n适用条件：乙 > 0；不适用时按满分计。"},
	}
	for _, tt := range tests {
		if got := text.New("zh").Lines(compile(t, oneItem+tt.item).Standard("1")); got != tt.want {
			t.Errorf("got\n%s\nwant\n%s", got, tt.want)
		}
	}
}

// A scorecard survives its own JSON without loss.
func TestScorecardJSON(t *testing.T) {
	card := gaoping(t)
	data, err := json.Marshal(card)
	if err != nil {
		t.Fatal(err)
	}
	var back engine.Scorecard
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(*card, back) {
		again, _ := json.Marshal(back)
		t.Errorf("differs after a round trip\n%s\n%s", data, again)
	}
}

func gaoping(t testing.TB) *engine.Scorecard {
	t.Helper()
	p := shippedProgram(t)
	data, err := os.ReadFile("../examples/gaoping-2021/return.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, diags := returns.Open("return.yaml", data, returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p.Score(ret)
}

func shippedProgram(t testing.TB) *engine.Program {
	t.Helper()
	const file = "../rubrics/funding-no-decrease.yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, diags := rubric.Load(file, data, beside)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, more := engine.Compile(r)
	if more.HasErrors() {
		t.Fatal(more)
	}
	return p
}

func TestGaoping(t *testing.T) {
	card := gaoping(t)
	if got := card.Total; got.Points != 80 || got.Lower != 80 || got.Upper != 100 {
		t.Errorf("total %+v", got)
	}
	if card.Grade.Lower != "未落实" || card.Grade.Upper != "落实" {
		t.Errorf("grade %+v", card.Grade)
	}
	if got := card.Item("4"); got.State != engine.Missing || got.Reason[0][0].Key == "" {
		t.Errorf("item 4: %+v", got)
	}
	for _, p := range card.Problems {
		if p.Severity == diag.Error {
			t.Errorf("unexpected: %s", text.New("zh").Phrase(p.Said))
		}
	}
}

// Of several deductions only those that took something are told.
func TestReasonsOfDeductions(t *testing.T) {
	body := oneItem + "    deduct: [{take: 1, if: 甲 < 5, for: 甲少}, {take: 2, if: 乙 < 5, for: 乙少}]\n"
	for data, want := range map[string]string{
		"data: {甲: 1, 乙: 9}": "甲少：是。扣 1 分。",
		"data: {甲: 9, 乙: 9}": "不扣分。",
		"data: {甲: 1, 乙: 1}": "甲少：是。扣 1 分。\n乙少：是。扣 2 分。",
	} {
		if got := text.New("zh").Lines(score(t, compile(t, body), data).Items[0].Reason); got != want {
			t.Errorf("%s: got %s, want %s", data, got, want)
		}
	}
}
