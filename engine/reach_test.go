package engine_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
)

func setText(list []engine.Change) string {
	var out []string
	for _, c := range list {
		to := c.Level
		if to == "" {
			to = plain(c.To)
		}
		out = append(out, c.Name()+"="+to)
	}
	return strings.Join(out, ", ")
}

// Worked out by hand: what is proposed for a goal.
func TestReach(t *testing.T) {
	const grades = `
round: none
grades: [{grade: 优, from: 90}, {grade: 良, from: 70}, {grade: 差}]
`
	tests := []struct {
		name, body, data string
		goal             engine.Target
		data1, judged    string
		then             float64
		reached          bool
		vetoes           string
	}{
		{"the cheaper of two", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}, {id: b, title: 乙, points: 50, pass: 学生 >= 110}]" + grades,
			"data: {教师: 10, 学生: 100}", engine.Target{Points: 50}, "学生=110", "", 50, true, ""},
		{"a grade", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}, {id: b, title: 乙, points: 50, pass: 学生 >= 110}]" + grades,
			"data: {教师: 10, 学生: 100}", engine.Target{Grade: "优"}, "教师=20, 学生=110", "", 100, true, ""},
		{"only as much as is needed of a line", "items: [{id: a, title: 甲, points: 100, value: 增幅, scale: {from: 0, to: 10}}]" + grades,
			"data: {增幅: 1}", engine.Target{Grade: "良"}, "增幅=7", "", 70, true, ""},
		{"what was taken first is left out where the other alone is enough", "items: [{id: a, title: 甲, points: 20, pass: 学生 >= 101}, {id: b, title: 乙, points: 80, pass: 教师 >= 20}]" + grades,
			"data: {教师: 10, 学生: 100}", engine.Target{Points: 75}, "教师=20", "", 80, true, ""},
		{"reached already", "items: [{id: a, title: 甲, points: 20, pass: 学生 >= 100}]" + grades,
			"data: {学生: 100}", engine.Target{Grade: "优"}, "", "", 20, true, ""},
		{"the declared range is in the way", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 50}, {id: b, title: 乙, points: 50, pass: 学生 >= 110}]" + grades,
			"data: {教师: 10, 学生: 100}", engine.Target{Points: 80}, "学生=110", "", 50, false, ""},
		{"rows, the nearest ones", "items: [{id: a, title: 甲, points: 10, each: 学校, pass: 人 <= 45, lose: 3}]",
			"data: {学校: [{校名: a, 人: 50}, {校名: b, 人: 47}, {校名: c, 人: 60}]}", engine.Target{Points: 7}, "学校[a].人=45, 学校[b].人=45", "", 7, true, ""},
		{"judgements only where figures aren't enough", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}, {id: b, title: 乙, points: 50, judge: [{level: 好, points: 50}, {level: 中, points: 30}, {level: 差, points: 0}]}]" + grades,
			"data: {教师: 10}\njudged: {b: {level: 差}}", engine.Target{Grade: "良"}, "教师=20", "b=中", 80, true, ""},
		{"a fact that may stay as it is", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}, {id: b, title: 乙, points: 50, deduct: [{take: 20, ask: 未报告}]}]" + grades,
			"data: {教师: 10}\njudged: {b: {未报告: 是}}", engine.Target{Points: 80}, "教师=20", "", 80, true, ""},
		{"a veto that is a fact", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}]\nveto: [{title: 大事故, ask: 事故, cap: 良}]" + grades,
			"data: {教师: 10}\njudged: {\"\": {事故: 是}}", engine.Target{Grade: "优"}, "教师=20", "", 50, false, "大事故"},
		{"the veto leaves room", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}]\nveto: [{title: 大事故, ask: 事故, cap: 良}]" + grades,
			"data: {教师: 10}\njudged: {\"\": {事故: 是}}", engine.Target{Grade: "良"}, "教师=20", "", 50, true, ""},
		{"a veto of figures", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}]\nveto: [{title: 件数, when: 事一 > 0, grade: 差}]" + grades,
			"data: {教师: 20, 事一: 3}", engine.Target{Grade: "优"}, "事一=0", "", 50, true, ""},
		{"what a grade asks for beside points", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}]\nround: none\ngrades: [{grade: 优, from: 90, when: 规划 and 学生 >= 10}, {grade: 差}]",
			"data: {教师: 20, 规划: 否, 学生: 5}", engine.Target{Grade: "优"}, "学生=10, 规划=1", "", 50, true, ""},
		{"a must without points", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}, {id: b, title: 乙, must: true, pass: 学生 >= 110}]\nround: none\ngrades: [{grade: 优, from: 90, when: must_unmet == 0}, {grade: 差}]",
			"data: {教师: 20, 学生: 100}", engine.Target{Grade: "优"}, "学生=110", "", 50, true, ""},
		{"two items pull at one figure", "items: [{id: a, title: 甲, points: 50, value: 教师, scale: {from: 0, to: 40}}, {id: b, title: 乙, points: 50, value: 教师, scale: {from: 40, to: 0}}]" + grades,
			"data: {教师: 20}", engine.Target{Grade: "优"}, "", "", 50, false, ""},
		{"met or not", "kind: pass\nitems: [{id: a, title: 甲, pass: 教师 >= 20}, {id: b, title: 乙, pass: 规划}]\ngrades: [{grade: 达标, when: unmet == 0}, {grade: 未达标}]",
			"data: {教师: 10, 规划: 否}", engine.Target{Grade: "达标"}, "教师=20, 规划=1", "", 2, true, ""},
		{"letters", "kind: letter\nitems: [{id: a, title: 甲, value: 增幅, bands: [{from: 9, letter: A}, {from: 6, letter: B}]}, {id: b, title: 乙, value: 教师, bands: [{from: 9, letter: A}]}]\ngrades: [{grade: 好, when: letters(\"C\") == 0 and letters(\"A\") >= 1}, {grade: 差}]",
			"data: {增幅: 1, 教师: 2}", engine.Target{Grade: "好"}, "教师=9, 增幅=6", "", 0, true, ""},
		{"what is taken from the total", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}]\ndeduct: [{take: 5, times: 事一, for: 事故}]" + grades,
			"data: {教师: 20, 事一: 3}", engine.Target{Points: 45}, "事一=1", "", 45, true, ""},
		{"missing data give nothing", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}, {id: b, title: 乙, points: 50, pass: 学生 >= 110}]" + grades,
			"data: {教师: 10}", engine.Target{Points: 60}, "教师=20", "", 50, false, ""},
		{"one figure for two items", "items: [{id: a, title: 甲, points: 50, pass: 教师 >= 20}, {id: b, title: 乙, points: 50, pass: 教师 >= 30}]" + grades,
			"data: {教师: 10}", engine.Target{Grade: "优"}, "教师=30", "", 100, true, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := compile(t, gapData+tt.body)
			ret := readReturn(t, p, tt.data+"\n")
			got := p.Reach(ret, tt.goal)
			if s := setText(got.Data); s != tt.data1 {
				t.Errorf("data %q, want %q", s, tt.data1)
			}
			if s := setText(got.Judged); s != tt.judged {
				t.Errorf("judged %q, want %q", s, tt.judged)
			}
			if got.Reached != tt.reached || got.Then.Total.Points != tt.then && p.Rubric.Kind.Text != "letter" {
				t.Errorf("reached %v with %v", got.Reached, got.Then.Total)
			}
			vetoes := ""
			for _, v := range got.Vetoes {
				vetoes += v.Title
			}
			if vetoes != tt.vetoes {
				t.Errorf("vetoes %q, want %q", vetoes, tt.vetoes)
			}
		})
	}
}

// Whatever the return is: a set that is proposed reaches its goal, and without any
// one of its changes it doesn't.
func TestReachHoldsWhatItPromises(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long, and runs in one goroutine")
	}
	rnd := rand.New(rand.NewPCG(8, 8))
	reached, changes := 0, 0
	for _, c := range shippedExamples {
		p := shipped(t, c[0])
		base := example(t, p, c[1])
		for range 2 {
			ret := answered(p, disturbed(p, base, rnd))
			for _, goal := range goals(p, p.Score(ret)) {
				got := p.Reach(ret, goal)
				set := slices.Concat(got.Data, got.Judged)
				card := p.Score(p.With(ret, set))
				if p.Reaches(card, goal) != got.Reached {
					t.Errorf("%v %+v: reached %v, scored %v %v", c, goal, got.Reached, card.Total, card.Grade)
				}
				keepsToRanges(t, p, ret, set)
				if !got.Reached {
					continue
				}
				reached++
				changes += len(set)
				typed(t, p, ret, set, card)
				for i := range set {
					if i > 12 && testing.Short() {
						break
					}
					if less := slices.Delete(slices.Clone(set), i, i+1); p.Reaches(p.Score(p.With(ret, less)), goal) {
						t.Errorf("%v %+v: %s can be left out of %s", c, goal, set[i].Name(), setText(set))
					}
				}
			}
		}
	}
	t.Logf("%d goals reached with %d changes", reached, changes)
	if reached < 20 || changes < 60 {
		t.Errorf("only %d goals were reached with %d changes", reached, changes)
	}
}

// goals are the grades of a rubric, and some points more than there are.
func goals(p *engine.Program, card *engine.Scorecard) []engine.Target {
	var out []engine.Target
	for _, g := range p.Rubric.Grades {
		out = append(out, engine.Target{Grade: g.Grade.Text})
	}
	for _, share := range []float64{0.3, 0.8} {
		out = append(out, engine.Target{Points: math.Round(card.Total.Lower + share*(card.Total.Full-card.Total.Lower))})
	}
	return out
}

// answered says no to what the rubric as a whole asks, so that no veto is in the way.
func answered(p *engine.Program, ret *returns.Return) *returns.Return {
	for _, a := range p.Rubric.Asks() {
		if given, ok := ret.Answers[a.Item][a.Text]; ok && a.Item == "" {
			given.Number = 0
			ret.Answers[a.Item][a.Text] = given
		}
	}
	return ret
}

// typed puts the changes in as people would who type what is printed.
func typed(t *testing.T, p *engine.Program, ret *returns.Return, set []engine.Change, card *engine.Scorecard) {
	t.Helper()
	var list []returns.Assignment
	for _, c := range set {
		list = append(list, returns.Assignment{Path: diag.Excerpt{Text: c.Name()}, Value: diag.Excerpt{Text: strings.TrimPrefix(c.Setting(), c.Name()+"=")}})
	}
	other := ret.Clone()
	if _, diags := returns.Assign(other, p.Rubric, list); diags.HasErrors() {
		t.Error(diags)
	} else if got := p.Score(other); got.Total != card.Total || got.Grade != card.Grade {
		t.Errorf("typed: %v %v, made: %v %v\n%s", got.Total, got.Grade, card.Total, card.Grade, setText(set))
	}
}

func keepsToRanges(t *testing.T, p *engine.Program, ret *returns.Return, set []engine.Change) {
	t.Helper()
	for _, c := range set {
		for _, b := range p.Rubric.Data {
			for _, f := range append(b.Value.Fields, b.Value.Columns...) {
				if f.Key.Text != c.Field || c.Table != "" && c.Table != b.Key.Text {
					continue
				}
				if lo, hi := f.Value.Min, f.Value.Max; lo.Given && !lo.Formula.Given() && c.To < lo.Value || hi.Given && !hi.Formula.Given() && c.To > hi.Value {
					t.Errorf("%s=%v is out of bounds", c.Name(), c.To)
				}
			}
		}
	}
}
