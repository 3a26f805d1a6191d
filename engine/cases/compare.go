package cases

import (
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/source"
)

// stateNames are the states as authors write them.
var stateNames = map[string]engine.State{
	"得分": engine.Full, "部分得分": engine.Partial, "不得分": engine.None, "不适用": engine.Inapplicable,
	"缺数据": engine.Missing, "待评定": engine.Open, "计算错误": engine.Failed,
}

func stateName(s engine.State) string {
	for name, state := range stateNames {
		if state == s {
			return name
		}
	}
	return s.String()
}

func (e Expect) compare(card *engine.Scorecard) []Failure {
	var out []Failure
	fail := func(pos diag.Pos, what diag.Message, expected, got string) {
		out = append(out, Failure{pos, what, expected, got})
	}
	number := func(n source.Number, what diag.Message, got float64) {
		if n.Given && decimal.Compare(got, n.Value) != 0 {
			fail(n.Pos, what, show(n.Value), show(got))
		}
	}
	if e.Score.Given && !card.Total.Certain() {
		fail(e.Score.Pos, diag.M("total"), show(e.Score.Value), show(card.Total.Lower)+"~"+show(card.Total.Upper))
	} else {
		number(e.Score, diag.M("total"), card.Total.Points)
	}
	if len(e.Between) > 0 {
		number(e.Between[0], diag.M("lower bound"), card.Total.Lower)
		number(e.Between[len(e.Between)-1], diag.M("upper bound"), card.Total.Upper)
	}
	if got := gradeText(card.Grade); e.Grade.Given() && e.Grade.Text != got {
		fail(e.Grade.Pos, diag.M("grade"), e.Grade.Text, got)
	}
	for _, want := range e.Items {
		res := card.Item(want.Key.Text)
		if res == nil {
			fail(want.Key.Pos, diag.M("item %s", want.Key.Text), want.Key.Text, "–")
			continue
		}
		number(want.Value.Points, diag.M("points of item %s", want.Key.Text), res.Points)
		if s := want.Value.State; s.Given() && s.Text != stateName(res.State) {
			fail(s.Pos, diag.M("state of item %s", want.Key.Text), s.Text, stateName(res.State))
		}
		if v := want.Value.Value; v.Given {
			if res.Value.Number == nil {
				fail(v.Pos, diag.M("value of item %s", want.Key.Text), show(v.Value), "–")
			} else {
				number(v, diag.M("value of item %s", want.Key.Text), *res.Value.Number)
			}
		}
	}
	if e.Checks != nil {
		e.checks(card, fail)
	}
	return out
}

func (e Expect) checks(card *engine.Scorecard, fail func(diag.Pos, diag.Message, string, string)) {
	var want, got []string
	for _, c := range *e.Checks {
		want = append(want, c.Text)
	}
	for _, p := range card.Problems {
		if p.Check != "" && !slices.Contains(got, p.Check) {
			got = append(got, p.Check)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		fail(e.Pos, diag.M("checks that fire"), "["+strings.Join(want, " ")+"]", "["+strings.Join(got, " ")+"]")
	}
}

// gradeText is the grade, or the range of it, as a test writes it.
func gradeText(g engine.GradeRange) string {
	if g.Certain() {
		return g.Lower
	}
	return g.Lower + "~" + g.Upper
}

func show(x float64) string { return decimal.Format(x, 9) }
