package engine_test

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// shippedExamples are returns from which random ones are made, all for schemes with
// points or pass and fail: a letter has no points to compare.
var shippedExamples = [][2]string{{"class-size", "class-size"}, {"class-size", "county"}, {"county-duty-2022", "county"}, {"county-duty-2022", "gaoping-duty-2022"},
	{"funding-no-decrease", "county"}, {"preschool-2020", "county"}, {"quality-balanced-2017", "county"}, {"school-quality", "school-quality"},
	{"kindergarten-grade", "kindergarten-grade"}, {"workplan-suining-2018", "workplan-suining-2018"}, {"workplan-yichang-2022", "workplan-yichang-2022"},
	{"workplan-haining-2021", "workplan-haining-2021"}, {"workplan-county-2015", "workplan-county-2015"},
	{"county-duty-deduct", "county"}, {"basic-balanced-2012", "county"}, {"funding-no-decrease@2024.1", "county"}, {"class-size@2024.1", "county"}}

func shipped(t testing.TB, id string) *engine.Program {
	data, err := os.ReadFile("../rubrics/" + id + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, diags := rubric.Load("../rubrics/"+id+".yaml", data, beside)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

func example(t testing.TB, p *engine.Program, name string) *returns.Return {
	data, err := os.ReadFile("../examples/" + name + "/return.yaml")
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
	return ret
}

// disturbed changes some figures of a return at random: a little, much, to zero.
func disturbed(p *engine.Program, ret *returns.Return, rnd *rand.Rand) *returns.Return {
	out := ret.Clone()
	cell := func(f *rubric.Field, c *returns.Cell, odds int) {
		if c.State != returns.Given || c.Text != "" || f == nil || rnd.IntN(odds) != 0 {
			return
		}
		digits := int(f.Digits.Value)
		switch f.Type.Text {
		case "yesno":
			c.Number = 1 - c.Number
			return
		case "whole":
			digits = 0
		case "text", "date":
			return
		}
		x := c.Number * []float64{0.3, 0.8, 0.95, 0.99, 1.01, 1.05, 1.2, 3, 0}[rnd.IntN(9)]
		if f.Min.Given && x < f.Min.Value || f.Max.Given && x > f.Max.Value {
			return
		}
		c.Number = decimal.Round(x, digits)
	}
	for _, b := range p.Rubric.Data {
		for _, f := range b.Value.Fields {
			if cells := out.Fields[f.Key.Text]; len(cells) > 0 {
				cell(&f.Value, &cells[0], 4)
			}
		}
		for _, f := range b.Value.Columns {
			if years := out.Tables[b.Key.Text].Columns[f.Key.Text]; len(years) > 0 {
				for i := range years[0] {
					cell(&f.Value, &years[0][i], 40)
				}
			}
		}
	}
	for _, a := range p.Rubric.Asks() {
		given, ok := out.Answers[a.Item][a.Text]
		if !ok || rnd.IntN(3) != 0 {
			continue
		}
		switch a.Kind {
		case rubric.LevelChoice:
			given.Text = a.Judge.Levels[rnd.IntN(len(a.Judge.Levels))].Level.Text
		default:
			given.Number = 1 - given.Number
		}
		out.Answers[a.Item][a.Text] = given
	}
	return out
}

// Whatever the return is: a change that is named, made and scored, gives what was
// promised, and a change that is one step smaller doesn't.
func TestGapsHoldWhatTheyPromise(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long, and runs in one goroutine")
	}
	rounds, rnd := 2, rand.New(rand.NewPCG(7, 7))
	ways, rows := 0, 0
	for _, c := range shippedExamples {
		p := shipped(t, c[0])
		fine := shipped(t, c[0])
		fine.Rubric.PointsDigits.Value = 6
		base := example(t, p, c[1])
		for range rounds {
			ret := disturbed(p, base, rnd)
			card := p.Score(ret)
			for _, gap := range p.Gaps(ret) {
				now := card.Item(gap.Item)
				if lost := now.Full - now.Upper; gap.Lost > 0 && math.Abs(lost-gap.Lost) > 1e-9 {
					t.Errorf("%v %s: lost %v, the card says %v", c, gap.Item, gap.Lost, lost)
				}
				for _, w := range []*engine.Way{gap.Next, gap.Full} {
					if w == nil {
						continue
					}
					ways++
					keeps(t, p, fine, ret, gap.Item, now, w)
				}
				for i, l := range gap.Lacks {
					if i < 2 && l.Row != "" && l.Changes != nil {
						rows++
						mends(t, p, ret, gap.Item, now, l)
					}
				}
				if gap.Full != nil && !now.WithoutPoints(card.Kind) && gap.Full.Points != now.Full {
					t.Errorf("%v %s: %v points are not full", c, gap.Item, gap.Full.Points)
				}
			}
		}
	}
	t.Logf("%d ways and %d rows", ways, rows)
	if ways < 50*rounds || rows < 20*rounds {
		t.Errorf("only %d ways and %d rows were tried", ways, rows)
	}
}

// keeps makes a way and compares; of a single figure also one step less. Rounding may
// hide that less gives less points, but not that it doesn't give all: fine rounds less.
func keeps(t *testing.T, p, fine *engine.Program, ret *returns.Return, id string, now *engine.ItemResult, w *engine.Way) {
	t.Helper()
	then := p.Score(p.With(ret, w.Changes)).Item(id)
	if now.WithoutPoints(p.Rubric.Kind.Text) {
		if then.State != engine.Full || !now.State.Unmet() || w.Points != 0 || w.Gain != 0 {
			t.Errorf("%s: is %s then, was %s\n%+v", id, then.State, now.State, w)
		}
	} else if then.Points != w.Points || !then.State.Decided() || math.Abs(w.Points-now.Points-w.Gain) > 1e-9 || w.Gain <= 0 {
		t.Errorf("%s: %v points promised, %v scored (%v now)\n%+v", id, w.Points, then.Points, now.Points, w.Changes)
	}
	for i, c := range w.Changes {
		if i == 2 || !number(c) || w.ToMean {
			continue
		}
		less := slices.Clone(w.Changes)
		less[i].To = oneLess(p, c)
		q := fine
		if then.State == engine.Full {
			q = p
		}
		points := func(changes []engine.Change) float64 { return q.Score(q.With(ret, changes)).Item(id).Points }
		still := points(less) >= points(w.Changes)
		if now.WithoutPoints(p.Rubric.Kind.Text) {
			still = p.Score(p.With(ret, less)).Item(id).State == engine.Full
		}
		if still {
			t.Errorf("%s: %v is enough instead of %v for %v\n%+v", id, less[i].To, c.To, c.Path, w.Changes)
		}
	}
}

// mends makes the change of one row: it doesn't fail any more.
func mends(t *testing.T, p *engine.Program, ret *returns.Return, id string, now *engine.ItemResult, l engine.Lack) {
	t.Helper()
	if now.Rows == nil || !slices.Contains(now.Rows.Failing, l.Row) {
		return
	}
	then := p.Score(p.With(ret, l.Changes)).Item(id)
	if slices.Contains(then.Rows.Failing, l.Row) || then.Rows.Counted != now.Rows.Counted {
		t.Errorf("%s: %s still fails\n%+v", id, l.Row, l.Changes)
	}
	if c := l.Changes[0]; len(l.Changes) == 1 && number(c) {
		c.To = oneLess(p, c)
		if then := p.Score(p.With(ret, []engine.Change{c})).Item(id); !slices.Contains(then.Rows.Failing, l.Row) {
			t.Errorf("%s: %v is enough for %v, not %v", id, c.To, c.Path, l.Changes[0].To)
		}
	}
}

func number(c engine.Change) bool { return !c.Truth && c.Level == "" && c.Field != "" }

// oneLess is a change that is one step of the field smaller.
func oneLess(p *engine.Program, c engine.Change) float64 {
	digits := 0
	for _, b := range p.Rubric.Data {
		for _, f := range append(b.Value.Fields, b.Value.Columns...) {
			if f.Key.Text == c.Field && (c.Table == "" || c.Table == b.Key.Text) && f.Value.Type.Text != "whole" {
				digits = int(f.Value.Digits.Value)
			}
		}
	}
	step := math.Pow10(-digits)
	if c.To < c.From {
		step = -step
	}
	return decimal.Round(c.To-step, digits)
}
