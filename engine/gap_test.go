package engine_test

import (
	"strconv"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/returns"
	"dudao/engine/text"
)

// gapData is for the small rubrics below.
const gapData = `
data:
  县:
    fields:
      教师: {unit: 人, type: whole, min: 0, max: 40}
      学生: {unit: 人, type: whole, min: 0}
      增幅: {type: percent, digits: 2}
      去年: {unit: 万元, years: 2, min: 0}
      规划: {type: yesno}
      事一: {unit: 件, type: whole, min: 0}
      事二: {unit: 件, type: whole, min: 0}
  学校:
    key: 校名
    columns:
      人: {unit: 人, type: whole, min: 0}
      师: {unit: 人, type: whole, min: 0}
      房: {unit: ㎡, min: 0}
      城: {type: yesno}
      每百人师: {unit: 人, formula: "per(师, 人, 100)", pass: value >= 10}
      生均房: {unit: ㎡, formula: "ratio(房, 人)", pass: value >= 5}
      大: {type: yesno, formula: 人 > 55}
  城校: {from: 学校, where: 城}
`

// Each form and idiom, worked out by hand: what is lacking, the next step, all of it.
func TestGaps(t *testing.T) {
	row := func(rows ...string) string { return "学校: [" + strings.Join(rows, ", ") + "]" }
	tests := []struct {
		name, item, data string
		lacks            string // in Chinese, one a line
		next, full       string // path from→to, points
	}{
		{"a single comparison", "pass: per(教师, 学生, 100) >= 12", "教师: 10, 学生: 100",
			"教师还差 2 人（现 10，需 12）", "教师 10→12 = 10", "教师 10→12 = 10"},
		{"a bound is in the way of one figure, not of the other", "pass: per(教师, 学生, 100) >= 30", "教师: 20, 学生: 200",
			"学生需减少 134 人（现 200，应降到 66）", "学生 200→66 = 10", "学生 200→66 = 10"},
		{"percentage points", "pass: 增幅 >= 3", "增幅: 2.15",
			"增幅还差 0.85 个百分点（现 2.15，需 3）", "增幅 2.15→3 = 10", "增幅 2.15→3 = 10"},
		{"more than is more than", "pass: 增幅 > 3", "增幅: 3",
			"增幅还差 0.01 个百分点（现 3，需 3.01）", "增幅 3→3.01 = 10", "增幅 3→3.01 = 10"},
		{"last year is over", "pass: 去年 >= prev(去年)", "去年: [90, 100.5]",
			"去年还差 10.5 万元（现 90，需 100.5）", "去年 90→100.5 = 10", "去年 90→100.5 = 10"},
		{"two conditions", "pass: 规划 and 教师 >= 12", "规划: 否, 教师: 10",
			"规划应为“是”\n教师还差 2 人（现 10，需 12）", "教师 10→12, 规划 0→1 = 10", "教师 10→12, 规划 0→1 = 10"},
		{"bands", "value: 增幅\n    bands: [{from: 9, points: 10}, {from: 6, points: 6}, {from: 3, points: 3}]", "增幅: 4.5",
			"增幅还差 1.5 个百分点（现 4.5，需 6）", "增幅 4.5→6 = 6", "增幅 4.5→9 = 10"},
		{"a scale", "value: 增幅\n    scale: {from: 0, to: 10}", "增幅: 4",
			"增幅还差 6 个百分点（现 4，需 10）", "增幅 4→10 = 10", "增幅 4→10 = 10"},
		{"a scale downwards", "value: 增幅\n    scale: {from: 10, to: 0}", "增幅: 4",
			"增幅需减少 4 个百分点（现 4，应降到 0）", "增幅 4→0 = 10", "增幅 4→0 = 10"},
		{"a formula", "score: 教师 / 4", "教师: 10",
			"教师还差 30 人（现 10，需 40）", "教师 10→40 = 10", "教师 10→40 = 10"},
		{"a started step", "deduct: [{take: 2, times: 10 - 增幅, started: up}]", "增幅: 8.5",
			"增幅还差 1.5 个百分点（现 8.5，需 10）", "增幅 8.5→9 = 8", "增幅 8.5→10 = 10"},
		{"two counts in one deduction", "deduct: [{take: 1, times: 事一 + 事二, max: 3}]", "事一: 2, 事二: 2",
			"事一需减少 2 件（现 2，应降到 0）；事二需减少 2 件（现 2，应降到 0）", "事一 2→0 = 8", "事一 2→0, 事二 2→0 = 10"},
		{"a fact", "deduct: [{take: 4, ask: 事故}]", "judged: 是", "“事故”应为“否”", "事故 1→0 = 10", "事故 1→0 = 10"},
		{"parts", "parts: [{give: 4, if: 规划}, {give: 1, times: 教师, max: 6}]", "规划: 否, 教师: 3",
			"规划应为“是”\n教师还差 3 人（现 3，需 6）", "教师 3→4 = 4", "规划 0→1, 教师 3→6 = 10"},
		{"a gate and what is behind it", "gate: 规划\n    pass: 教师 >= 12", "规划: 否, 教师: 10",
			"规划应为“是”\n教师还差 2 人（现 10，需 12）", "教师 10→12, 规划 0→1 = 10", "教师 10→12, 规划 0→1 = 10"},
		{"rows that all must pass", "each: 学校\n    pass: 人 <= 45", row("{校名: a, 人: 50}", "{校名: b, 人: 47}", "{校名: c, 人: 45}"),
			"b 人需减少 2 人（现 47，应降到 45）\na 人需减少 5 人（现 50，应降到 45）", "学校[b].人 47→45, 学校[a].人 50→45 = 10", "学校[b].人 47→45, 学校[a].人 50→45 = 10"},
		{"rows that lose points", "each: 学校\n    pass: 人 <= 45\n    lose: 3", row("{校名: a, 人: 50}", "{校名: b, 人: 47}"),
			"b 人需减少 2 人（现 47，应降到 45）\na 人需减少 5 人（现 50，应降到 45）", "学校[b].人 47→45 = 7", "学校[b].人 47→45, 学校[a].人 50→45 = 10"},
		{"half of the rows are enough", "each: 学校\n    pass: 人 <= 45\n    at_least: 50", row("{校名: a, 人: 50}", "{校名: b, 人: 47}"),
			"b 人需减少 2 人（现 47，应降到 45）\na 人需减少 5 人（现 50，应降到 45）", "学校[b].人 47→45 = 10", "学校[b].人 47→45 = 10"},
		{"rows that a deduction counts", "deduct: [{take: 1, each: 学校, where: 人 > 45, max: 1}]", row("{校名: a, 人: 50}", "{校名: b, 人: 47}"),
			"b 人需减少 2 人（现 47，应降到 45）\na 人需减少 5 人（现 50，应降到 45）", "学校[b].人 47→45, 学校[a].人 50→45 = 10", "学校[b].人 47→45, 学校[a].人 50→45 = 10"},
		{"a share of rows", "pass: share(学校.大) <= 50", row("{校名: a, 人: 60}", "{校名: b, 人: 57}", "{校名: c, 人: 70}", "{校名: d, 人: 5}"),
			"学校中“大”的需减少 1 行（现 3 行），最近的是 b：人需减少 2 人（现 57，应降到 55）", "学校[b].人 57→55 = 10", "学校[b].人 57→55 = 10"},
		{"a total", "pass: sum(学校.师) >= 12", row("{校名: a, 师: 6}", "{校名: b, 师: 3}"),
			"合计：学校.师还差 3 人（现 9，需 12）", "学校[a].师 6→9 = 10", "学校[a].师 6→9 = 10"},
		{"standards: enough of them, and none far below", "each: 学校\n    pass: passed(学校) >= 1 and completion(学校) >= 0.5", row("{校名: a, 人: 100, 师: 4, 房: 200}"),
			"a 师还差 6 人（现 4，需 10）；房还差 50 ㎡（现 200，需 250）", "学校[a].师 4→10, 学校[a].房 200→250 = 10", "学校[a].师 4→10, 学校[a].房 200→250 = 10"},
		{"rows scored one by one", "each: 学校\n    value: 人\n    bands: [{from: 50, points: 10}, {from: 40, points: 6}]\n    by: mean", row("{校名: a, 人: 50}", "{校名: b, 人: 47}"),
			"b 人还差 3 人（现 47，需 50）", "学校[b].人 47→50 = 10", "学校[b].人 47→50 = 10"},
		{"rows whose points are added", "each: 学校\n    value: 人\n    bands: [{from: 50, points: 4}, {from: 40, points: 3}]\n    by: sum", row("{校名: a, 人: 50}", "{校名: b, 人: 47}"),
			"b 人还差 3 人（现 47，需 50）", "学校[b].人 47→50 = 8", ""},
		{"as much as there can be", "parts: [{give: 10, times: 教师 / 40, started: part}]", "教师: 30",
			"教师还差 10 人（现 30，需 40）", "教师 30→31 = 7.75", "教师 30→40 = 10"},
		{"parts that can't give all", "parts: [{give: 6, times: 教师 / 40, started: part}]", "教师: 30",
			"教师还差 10 人（现 30，需 40）", "教师 30→31 = 4.65", ""},
		{"not what selects rows", "each: 城校\n    pass: 人 <= 45", row("{校名: a, 人: 50, 城: 是}"),
			"a 人需减少 5 人（现 50，应降到 45）", "学校[a].人 50→45 = 10", "学校[a].人 50→45 = 10"},
		// 1, 1, 1 and 9 teachers for 100 pupils each: the mean is 3. One school at 3
		// leaves 3, 1, 1, 9 with a coefficient of 0.9368 (3.5 × 0.9368 = √10.75).
		{"a coefficient of variation", "pass: cv(学校.每百人师, 学校.人) <= 0.94", row("{校名: a, 人: 100, 师: 1}", "{校名: b, 人: 100, 师: 1}", "{校名: c, 人: 100, 师: 1}", "{校名: d, 人: 100, 师: 9}"),
			"d 每百人师为 9，平均 3；若与平均相同，差异系数由 1.1547 降到 0.5774\n" +
				"a 师还差 2 人（现 1，需 3），差异系数就由 1.1547 降到 0.9368\nb 师还差 2 人（现 1，需 3），差异系数就由 1.1547 降到 0.9368\nc 师还差 2 人（现 1，需 3），差异系数就由 1.1547 降到 0.9368",
			"学校[a].师 1→3 = 10", "学校[a].师 1→3 = 10"},
		{"no figure closes it", "pass: 教师 >= 50", "教师: 10", "教师还差 40 人（现 10，应 ≥ 50）；改一个数达不到", "", ""},
		{"missing", "pass: 教师 >= 50", "学生: 1", "缺数据：教师。", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := compile(t, gapData+"items:\n  - id: \"1\"\n    title: 项\n    points: 10\n    "+tt.item)
			data := "data: {" + tt.data + "}\n"
			if answer, is := strings.CutPrefix(tt.data, "judged: "); is {
				data = "judged: {\"1\": {事故: " + answer + "}}\n"
			}
			gaps := p.Gaps(readReturn(t, p, data))
			if len(gaps) != 1 {
				t.Fatalf("%d gaps", len(gaps))
			}
			var lacks []string
			for _, l := range gaps[0].Lacks {
				lacks = append(lacks, strings.TrimSpace(l.Row+" "+text.New("zh").Phrase(l.Words)))
			}
			if got := strings.Join(lacks, "\n"); got != tt.lacks {
				t.Errorf("lacks\n%s\nwant\n%s", got, tt.lacks)
			}
			if got := wayText(gaps[0].Next); got != tt.next {
				t.Errorf("next %q, want %q", got, tt.next)
			}
			if got := wayText(gaps[0].Full); got != tt.full {
				t.Errorf("full %q, want %q", got, tt.full)
			}
		})
	}
}

func wayText(w *engine.Way) string {
	if w == nil {
		return ""
	}
	var list []string
	for _, c := range w.Changes {
		list = append(list, c.Path+" "+plain(c.From)+"→"+plain(c.To))
	}
	return strings.Join(list, ", ") + " = " + plain(w.Points)
}

func readReturn(t *testing.T, p *engine.Program, data string) *returns.Return {
	t.Helper()
	doc, diags := returns.Open("a.yaml", []byte("rubric: r\nname: 甲县\nyear: 2021\n"+data), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return ret
}

// Levels, letters and the rubric of met or not met.
func TestGapsOfJudgements(t *testing.T) {
	p := compile(t, `
data: {县: {fields: {率: {type: percent}}}}
items:
  - id: "1"
    title: 规划
    points: 10
    judge: [{level: 优, points: 10, when: 已落实}, {level: 良, points: 6, when: 已印发}, {level: 差, points: 0}]
  - {id: "2", title: 打分, points: 5, judge: {step: 0.5}}
`)
	gaps := p.Gaps(readReturn(t, p, "judged: {\"1\": {level: 差}, \"2\": {points: 3.5}}\n"))
	if got := text.New("zh").Phrase(gaps[0].Lacks[0].Words); got != "现评“差”，上一档：良（已印发）" {
		t.Error(got)
	}
	if gaps[0].Next.Changes[0].Level != "良" || gaps[0].Next.Points != 6 || gaps[0].Full.Changes[0].Level != "优" || gaps[0].Full.Points != 10 {
		t.Errorf("%+v %+v", gaps[0].Next, gaps[0].Full)
	}
	if gaps[1].Full.Points != 5 || gaps[1].Lost != 1.5 {
		t.Errorf("%+v", gaps[1])
	}
	p = compile(t, "kind: letter\ndata: {县: {fields: {率: {type: percent}}}}\nitems:\n  - {id: \"1\", title: 率, value: 率, bands: [{from: 90, letter: A}, {from: 80, letter: B}]}\ngrades: [{grade: 好, when: letters(\"A\") >= 1}, {grade: 差}]")
	gap := p.Gaps(readReturn(t, p, "data: {率: 75}\n"))[0]
	if gap.Next.Letter != "B" || gap.Full.Letter != "A" || wayText(gap.Full) != "率 75→90 = 2" || gap.Lost != 2 {
		t.Errorf("%+v %+v", gap.Next, gap.Full)
	}
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// A change that would bring the data into contradiction isn't named; figures that
// must be equal are changed together, so they don't count.
func TestGapsKeepTheChecks(t *testing.T) {
	const body = `
data:
  县:
    fields: {证: {unit: 人, type: whole, min: 0}, 师: {unit: 人, type: whole, min: 0}, 合: {unit: 人, type: whole, min: 0}}
checks:
  - {id: 多于, rule: 证 <= 师, say: 多}
  - {id: 相等, rule: 师 == 合, say: 不等}
items:
  - {id: "1", title: 项, points: 10, pass: 证 >= %s}
`
	for limit, want := range map[string]string{"8": "证 5→8 = 10", "12": ""} {
		p := compile(t, strings.Replace(body, "%s", limit, 1))
		gaps := p.Gaps(readReturn(t, p, "data: {证: 5, 师: 10, 合: 10}\n"))
		if got := wayText(gaps[0].Full); got != want {
			t.Errorf("%s: %q, want %q", limit, got, want)
		}
	}
	p := compile(t, strings.Replace(strings.Replace(body, "%s", "8", 1), "证 >= 8", "师 >= 11", 1))
	if got := wayText(p.Gaps(readReturn(t, p, "data: {证: 5, 师: 10, 合: 10}\n"))[0].Full); got != "师 10→11 = 10" {
		t.Error(got)
	}
}
