package cases

import (
	"maps"
	"slices"
	"strconv"
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

// check refuses expectations that can't be meant.
func (e Expect) check() diag.List {
	var diags diag.List
	if n := len(e.Between); n != 0 && n != 2 {
		diags.Add(e.Pos, 1, diag.M("between: has a lower and an upper bound"))
	}
	for _, i := range e.Items {
		if s := i.Value.State; s.Given() && !slices.Contains(slices.Collect(maps.Keys(stateNames)), s.Text) {
			known := slices.Sorted(maps.Keys(stateNames))
			diags.Add(s.Pos, len([]rune(s.Text)), diag.M("“%s” can’t stand here", s.Text), diag.M("one of: %s", strings.Join(known, " ")))
		}
	}
	return diags
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
		number(e.Between[1], diag.M("upper bound"), card.Total.Upper)
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
		if m := want.Value.Met; m.Given() && m.Text != strconv.FormatBool(res.State == engine.Full) {
			fail(m.Pos, diag.M("item %s is met", want.Key.Text), m.Text, strconv.FormatBool(res.State == engine.Full))
		}
		if l := want.Value.Letter; l.Given() && l.Text != gradeText(res.Letter) {
			fail(l.Pos, diag.M("letter of item %s", want.Key.Text), l.Text, gradeText(res.Letter))
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
		var fired []string
		for _, p := range card.Problems {
			if p.Check != "" {
				fired = append(fired, p.Check)
			}
		}
		e.list(*e.Checks, fired, diag.M("checks that fire"), fail)
	}
	if e.Vetoes != nil {
		var fired []string
		for _, v := range card.Vetoes {
			if v.Fired && !v.Open {
				fired = append(fired, v.Title)
			}
		}
		e.list(*e.Vetoes, fired, diag.M("vetoes that act"), fail)
	}
	return out
}

// list compares names without their order.
func (e Expect) list(expected []diag.Excerpt, got []string, what diag.Message, fail func(diag.Pos, diag.Message, string, string)) {
	var want []string
	for _, c := range expected {
		want = append(want, c.Text)
	}
	slices.Sort(want)
	slices.Sort(got)
	got = slices.Compact(got)
	if !slices.Equal(want, got) {
		fail(e.Pos, what, "["+strings.Join(want, " ")+"]", "["+strings.Join(got, " ")+"]")
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
