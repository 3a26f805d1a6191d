package engine_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"dudao/engine"
)

// What is still to be gained, worked out by hand: item, changes, gain; the most for
// its size first.
func TestChances(t *testing.T) {
	tests := []struct{ name, items, data, want string }{
		{"the more points for the size, the earlier", "[{id: a, title: 甲, points: 10, pass: 教师 >= 20}, {id: b, title: 乙, points: 10, pass: 学生 >= 110}]",
			"data: {教师: 10, 学生: 100}", "b 学生=110 10\na 教师=20 10"},
		{"what else rests on the value counts", "[{id: a, title: 甲, points: 10, pass: 教师 >= 20}, {id: b, title: 乙, points: 10, pass: 教师 >= 15}]",
			"data: {教师: 10}", "a 教师=20 20\nb 教师=15 10"},
		{"the next band, not the last", "[{id: a, title: 甲, points: 10, value: 增幅, bands: [{from: 9, points: 10}, {from: 6, points: 6}]}]",
			"data: {增幅: 3}", "a 增幅=6 6"},
		{"one value where one is enough", "[{id: a, title: 甲, points: 10, parts: [{give: 6, if: 规划}, {give: 4, if: 教师 >= 20}]}]",
			"data: {规划: 否, 教师: 10}", "a 教师=20 4"},
		{"several where one isn't", "[{id: a, title: 甲, points: 10, pass: 规划 and 教师 >= 20}]",
			"data: {规划: 否, 教师: 10}", "a 教师=20, 规划=1 10"},
		{"a judgement", "[{id: a, title: 甲, points: 10, judge: [{level: 好, points: 10}, {level: 中, points: 4}, {level: 差, points: 0}]}]",
			"judged: {a: {level: 差}}", "a a=中 4 judged"},
		{"missing, nothing known, full", "[{id: a, title: 甲, points: 10, pass: 教师 >= 20}, {id: b, title: 乙, points: 10, pass: 学生 * 0 > 1}, {id: c, title: 丙, points: 10, pass: 学生 > 1}]",
			"data: {学生: 5}", "a  0 open 教师\nb  0"},
	}
	for _, tt := range tests {
		p := compile(t, gapData+"items: "+tt.items)
		var got []string
		for _, c := range p.Chances(readReturn(t, p, tt.data+"\n")) {
			line := c.Item + " " + setText(c.Changes) + " " + plain(c.Gain)
			if c.Judged() {
				line += " judged"
			}
			if c.Open > 0 {
				line += " open"
			}
			for _, cell := range c.Cells {
				line += " " + cell.Path
			}
			got = append(got, line)
		}
		if s := strings.Join(got, "\n"); s != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, s, tt.want)
		}
	}
}

// Whatever the return is: what a chance promises is what is scored.
func TestChancesHoldWhatTheyPromise(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long, and runs in one goroutine")
	}
	rnd := rand.New(rand.NewPCG(9, 9))
	tried := 0
	for _, c := range shippedExamples {
		p := shipped(t, c[0])
		ret := disturbed(p, example(t, p, c[1]), rnd)
		now := p.Score(ret)
		last := 0.0
		for i, ch := range p.Chances(ret) {
			if i > 0 && ch.Rate > last {
				t.Errorf("%v %s stands too late", c, ch.Item)
			}
			last = ch.Rate
			if ch.Changes == nil {
				continue
			}
			tried++
			then := p.Score(p.With(ret, ch.Changes))
			if then.Total != *ch.Total || then.Grade != *ch.Grade || !gained(now.Item(ch.Item), then.Item(ch.Item), p.Rubric.Kind.Text) {
				t.Errorf("%v %s: %v promised, %v scored", c, ch.Item, ch.Total, then.Total)
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d chances were tried", tried)
	}
}

// gained reports whether an item has more points, or is met at last if it has none.
func gained(was, is *engine.ItemResult, kind string) bool {
	if was.WithoutPoints(kind) {
		return was.State != engine.Full && is.State == engine.Full
	}
	return is.Lower > was.Lower
}

// What two scorecards differ in, and which problems one has that the other hasn't.
func TestDifferences(t *testing.T) {
	p := compile(t, gapData+`
checks: [{rule: 教师 <= 学生, say: "{教师} > {学生}"}]
items:
  - {id: a, title: 甲, points: 10, pass: 教师 >= 20}
  - {id: b, title: 乙, points: 10, pass: 学生 >= 10}
  - {id: c, title: 丙, points: 10, value: 教师, bands: [{from: 5, points: 5}]}
`)
	was, is := readReturn(t, p, "data: {教师: 10, 学生: 15}\n"), readReturn(t, p, "data: {教师: 20, 学生: 15}\n")
	now, then := p.Score(was), p.Score(is)
	var got []string
	for _, d := range now.Differences(then) {
		got = append(got, d.Was.ID+" "+plain(d.Was.Points)+" "+plain(d.Is.Points))
	}
	if s := strings.Join(got, ", "); s != "a 0 10, c 5 5" { // c says another value
		t.Error(s)
	}
	if b := now.Brought(then); len(b) != 1 || b[0].Severity.String() != "error" || len(then.Brought(now)) != 0 || len(now.Differences(now)) != 0 {
		t.Errorf("%+v", b)
	}
	var none []engine.Problem
	if got := now.Brought(now); len(got) != len(none) {
		t.Error(got)
	}
}
