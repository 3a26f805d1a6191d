package engine_test

import (
	"testing"

	"dudao/engine/sheet"
)

// A limit is the target of the value that is compared with it, not of another one that
// is shown; and the formulas of the workbook compare what the engine compares.
func TestTargetBelongsToTheValue(t *testing.T) {
	tests := []struct {
		name, item string
		target     bool
	}{
		{"the value itself", "value: 教师, pass: value >= 3", true},
		{"written out", "value: 教师 / 学生, pass: 教师 / 学生 >= 3", true},
		{"what reads it", "value: 教师, pass: 'round(value, 0) >= 3'", true},
		{"rounded to the limit", "value: 教师, pass: 'round(value, -1) >= 5'", true},
		{"another value", "value: 教师, pass: 学生 >= 3", false},
		{"another value and a target", "value: 教师, target: 5, pass: 学生 >= 3", true},
		{"another target", "value: 教师, target: 2, pass: value >= 8", true},
	}
	for _, tt := range tests {
		p := compile(t, gapData+"items: [{id: a, title: 甲, points: 10, "+tt.item+"}]")
		for _, data := range []string{"data: {教师: 9, 学生: 2}", "data: {教师: 2, 学生: 9}", "data: {教师: 5, 学生: 3}"} {
			ret := readReturn(t, p, data+"\n")
			card := p.Score(ret)
			if is := len(card.Items[0].Target.Text) > 0; is != tt.target {
				t.Errorf("%s: target %v", tt.name, card.Items[0].Target)
			}
			live := p.Live(ret, card, liveWords)
			if len(live.Differ) > 0 || live.Total.Points.Values[0] != sheet.Of(card.Total.Points) {
				t.Errorf("%s %s: %v, scored %v", tt.name, data, live.Total.Points.Values, card.Total.Points)
			}
		}
	}
}
