package engine_test

import (
	"testing"

	"dudao/engine/text"
)

// A total that a formula makes says how, with its figures.
func TestReplacedTotal(t *testing.T) {
	p := compile(t, gapData+`
total: score * 教师 / 100
items:
  - {id: a, title: 甲, points: 60, pass: 学生 >= 20}
  - {id: b, title: 乙, points: 40, pass: 增幅 >= 3}
`)
	tests := []struct{ data, want string }{
		{"data: {学生: 20, 增幅: 2, 教师: 90}", "总分 = 各项合计 60 × 教师 90 ÷ 100 = 54"},
		{"data: {学生: 20, 教师: 90}", "总分至少 = 各项合计 60 × 教师 90 ÷ 100 = 54"},
		{"data: {学生: 20, 增幅: 3}", "总分 = 各项合计 × 教师 ÷ 100 还没有定：缺数据。"},
	}
	for _, tt := range tests {
		card := p.Score(readReturn(t, p, tt.data+"\n"))
		if got := text.New("zh").Phrase(card.Replaced.Reason); got != tt.want {
			t.Errorf("%s: %s", tt.data, got)
		}
		if card.Replaced.Before.Lower < 60 {
			t.Error(card.Replaced.Before)
		}
	}
	if plain := compile(t, gapData+"items: [{id: a, title: 甲, points: 60, pass: 学生 >= 20}]"); plain.Score(readReturn(t, plain, "data: {学生: 20}\n")).Replaced != nil {
		t.Error("a sum is no formula")
	}
}
