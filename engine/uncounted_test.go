package engine_test

import (
	"testing"

	"dudao/engine"
	"dudao/engine/text"
)

// What must be met and has no points is met or not: it loses no points, and no change
// gives some back.
func TestMustWithoutPoints(t *testing.T) {
	p := compile(t, gapData+`
items:
  - {id: a, title: 甲, must: true, pass: 教师 >= 20}
  - {id: b, title: 乙, points: 10, pass: 教师 >= 15}
`)
	ret := readReturn(t, p, "data: {教师: 10}\n")
	card, zh := p.Score(ret), text.New("zh")
	res := card.Item("a")
	if got := zh.Phrase(card.Outcome(res)) + zh.Phrase(card.LossWords(res)); got != "未达标未达标" {
		t.Error(got)
	}
	if got := zh.Phrase(card.LossWords(card.Item("b"))); got != "失 10 分" {
		t.Error(got)
	}
	gap := p.Gaps(ret)[0]
	if gap.Item != "a" || gap.Lost != 0 || gap.Full == nil || gap.Full.Points != 0 || gap.Full.Gain != 0 || gap.Full.Changes[0].To != 20 {
		t.Errorf("%+v %+v", gap, gap.Full)
	}
	missing := readReturn(t, p, "data: {}\n")
	card = p.Score(missing)
	if gap := p.Gaps(missing)[0]; gap.Open != 0 || zh.Phrase(card.OpenWords(card.Item("a"))) != "缺数据" {
		t.Errorf("%+v", gap)
	}
	for _, c := range p.Chances(ret) {
		if c.Item == "a" && (c.Outcome == nil || c.Outcome.State != engine.Full) {
			t.Errorf("%+v", c)
		}
	}
}
