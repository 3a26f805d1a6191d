package cases

import (
	"math"
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/source"
)

// expected is an expectation with what is needed to compare.
type expected struct {
	Expect
	names     names
	tolerance float64
}

func (e expected) compare(card *engine.Scorecard) []Failure {
	c := comparison{tolerance: e.tolerance}
	total := card.Total
	c.certain(e.Score, diag.M("total"), total.Points, total)
	if len(e.Between) > 0 {
		c.number(e.Between[0], diag.M("lower bound"), total.Lower)
		c.number(e.Between[1], diag.M("upper bound"), total.Upper)
	}
	c.certain(e.Rate, diag.M("rate"), card.Rate, total)
	c.text(e.Grade, diag.M("grade"), gradeText(card.Grade))
	if e.Unmet.Given {
		c.equal(e.Unmet, diag.M("number of unmet items"), e.unmet(card))
	}
	for _, want := range e.Items {
		c.item(want.Value, want.Key.Text, card.Item(want.Key.Text))
	}
	c.list(e.Checks, e.Pos, diag.M("checks that fire"), firing(card))
	c.list(e.Vetoes, e.Pos, diag.M("vetoes that act"), acting(card))
	return c.failures
}

// unmet is the number of items that are unmet whatever becomes of the open ones.
func (e expected) unmet(card *engine.Scorecard) float64 {
	n := 0.0
	for _, i := range card.Items {
		if i.State.Unmet() && !e.names.bonus[i.ID] {
			n++
		}
	}
	return n
}

// firing are the checks that fire, each once.
func firing(card *engine.Scorecard) []string {
	var out []string
	for _, p := range card.Problems {
		if p.Check != "" && !slices.Contains(out, p.Check) {
			out = append(out, p.Check)
		}
	}
	return out
}

// acting are the vetoes that act for certain.
func acting(card *engine.Scorecard) []string {
	var out []string
	for _, v := range card.Vetoes {
		if v.Fired && !v.Open {
			out = append(out, v.Title)
		}
	}
	return out
}

// comparison collects what isn't as expected.
type comparison struct {
	tolerance float64
	failures  []Failure
}

func (c *comparison) fail(pos diag.Pos, what diag.Message, expected, got string) {
	c.failures = append(c.failures, Failure{pos, what, expected, got})
}

// number compares within the tolerance.
func (c *comparison) number(n source.Number, what diag.Message, got float64) {
	if n.Given && c.tolerance > 0 && decimal.Compare(math.Abs(got-n.Value), c.tolerance) <= 0 {
		return
	}
	c.equal(n, what, got)
}

// equal compares without tolerance.
func (c *comparison) equal(n source.Number, what diag.Message, got float64) {
	if n.Given && decimal.Compare(got, n.Value) != 0 {
		c.fail(n.Pos, what, show(n.Value), show(got))
	}
}

// certain compares a number that must not depend on anything open.
func (c *comparison) certain(n source.Number, what diag.Message, got float64, total engine.Amount) {
	if n.Given && !total.Certain() {
		c.fail(n.Pos, what, show(n.Value), show(total.Lower)+"~"+show(total.Upper))
		return
	}
	c.number(n, what, got)
}

func (c *comparison) text(e diag.Excerpt, what diag.Message, got string) {
	if e.Given() && e.Text != got {
		c.fail(e.Pos, what, e.Text, got)
	}
}

func (c *comparison) item(want ItemExpect, id string, got *engine.ItemResult) {
	c.number(want.Points, diag.M("points of item %s", id), got.Points)
	c.text(want.State, diag.M("state of item %s", id), stateName(got.State))
	if m := want.Met; m.Given() && !(truthNames[m.Text] && got.State == engine.Full || !truthNames[m.Text] && got.State.Unmet()) {
		c.fail(m.Pos, diag.M("item %s is met", id), m.Text, stateName(got.State)) // what isn't decided is neither
	}
	c.text(want.Letter, diag.M("letter of item %s", id), gradeText(got.Letter))
	switch v := want.Value; {
	case v.Given && got.Value.Number == nil:
		c.fail(v.Pos, diag.M("value of item %s", id), show(v.Value), "–")
	case v.Given:
		c.number(v, diag.M("value of item %s", id), *got.Value.Number)
	}
}

// list compares names without their order.
func (c *comparison) list(expected *[]diag.Excerpt, pos diag.Pos, what diag.Message, got []string) {
	if expected == nil {
		return
	}
	var want []string
	for i, e := range *expected {
		want = append(want, e.Text)
		if i == 0 {
			pos = e.Pos
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		c.fail(pos, what, "["+strings.Join(want, " ")+"]", "["+strings.Join(got, " ")+"]")
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
