package engine

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// The benchmark rubric has 45 items over a table of 150 schools: seven ratios for
// each school, each with its standard, and county figures beside them.
const (
	benchRows   = 150
	benchRatios = 7
	benchItems  = 45
)

func benchRubric() string {
	var b strings.Builder
	b.WriteString("id: bench\ntitle: 测速\nversion: \"1\"\ndata:\n  县:\n    fields:\n")
	for i := range benchItems - benchRatios {
		fmt.Fprintf(&b, "      数%d: {years: 2}\n", i)
	}
	b.WriteString("  学校:\n    key: 校名\n    rows: [")
	for i := range benchRows {
		fmt.Fprintf(&b, "校%d, ", i)
	}
	b.WriteString("]\n    columns:\n      学生数: {}\n")
	for i := range benchRatios {
		fmt.Fprintf(&b, "      量%d: {}\n      比%d: {formula: \"per(量%d, 学生数, 100)\"}\n", i, i, i)
	}
	b.WriteString("items:\n")
	for i := range benchRatios {
		fmt.Fprintf(&b, "  - {id: r%d, title: 比%d, points: 2, each: 学校, pass: 比%d >= 4.2, lose: 0.01}\n", i, i, i)
	}
	for i := range benchItems - benchRatios {
		fmt.Fprintf(&b, "  - {id: c%d, title: 数%d, points: 2, pass: 数%d >= prev(数%d)}\n", i, i, i, i)
	}
	return b.String()
}

// benchSetup makes the program, and a return with a few schools below standard.
func benchSetup(tb testing.TB) (*Program, *returns.Return) {
	r, diags := rubric.Load("bench.yaml", []byte(benchRubric()), nil)
	if diags.HasErrors() {
		tb.Fatal(diags)
	}
	p, diags := Compile(r)
	if diags.HasErrors() {
		tb.Fatal(diags)
	}
	ret, rnd := returns.Empty(r), rand.New(rand.NewPCG(1, 1))
	given := func(x float64) returns.Cell { return returns.Cell{State: returns.Given, Number: x} }
	for _, cells := range ret.Fields {
		cells[0], cells[1] = given(100+rnd.Float64()), given(100)
	}
	t := ret.Tables["学校"]
	for i := range t.Keys {
		t.Columns["学生数"][0][i] = given(float64(100 + rnd.IntN(900)))
		for k := range benchRatios {
			column := t.Columns[fmt.Sprintf("量%d", k)][0]
			column[i] = given(float64(int(t.Columns["学生数"][0][i].Number*0.041) + rnd.IntN(20)))
		}
	}
	ret.Name, ret.Year = "测速", 2021
	return p, ret
}

// byHand computes the same points as a programmer would write them for this one
// rubric, from the same return: straight loops over its cells.
func byHand(ret *returns.Return) float64 {
	total, t := 0.0, ret.Tables["学校"]
	pupils := t.Columns["学生数"][0]
	for _, name := range benchAmounts {
		points := 2.0
		for i, amount := range t.Columns[name][0] {
			if amount.State != returns.Given || pupils[i].State != returns.Given {
				return -1 // missing
			}
			if amount.Number/pupils[i].Number*100 < 4.2 {
				points -= 0.01
			}
		}
		total += max(points, 0)
	}
	for _, name := range benchFigures {
		cells := ret.Fields[name]
		if cells[0].State != returns.Given || cells[1].State != returns.Given {
			return -1
		}
		if cells[0].Number >= cells[1].Number {
			total += 2
		}
	}
	return total
}

var benchAmounts, benchFigures = func() (amounts, figures []string) {
	for i := range benchRatios {
		amounts = append(amounts, fmt.Sprintf("量%d", i))
	}
	for i := range benchItems - benchRatios {
		figures = append(figures, fmt.Sprintf("数%d", i))
	}
	return amounts, figures
}()

func TestBenchAgrees(t *testing.T) {
	p, ret := benchSetup(t)
	got, want := p.Score(ret).Total.Points, byHand(ret)
	if diff := got - want; diff > 1e-9 || diff < -1e-9 {
		t.Errorf("the engine gives %v, by hand it is %v", got, want)
	}
	if want == 2*benchItems {
		t.Error("no school is below standard; the benchmark would measure nothing")
	}
}

// BenchmarkByHand is the yardstick.
func BenchmarkByHand(b *testing.B) {
	_, ret := benchSetup(b)
	b.ReportAllocs()
	for b.Loop() {
		byHand(ret)
	}
}

// BenchmarkJudge is what the engine does for the points: load the values,
// compute the columns, judge the items.
func BenchmarkJudge(b *testing.B) {
	p, ret := benchSetup(b)
	m := formula.NewMachine(p.scope)
	b.ReportAllocs()
	for b.Loop() {
		p.load(m, ret)
		p.compute(m)
		for _, it := range p.items {
			m.Reset()
			p.judge(m, it)
		}
	}
}

// BenchmarkScore is the whole scorecard, with reasons, inputs and problems.
func BenchmarkScore(b *testing.B) {
	p, ret := benchSetup(b)
	b.ReportAllocs()
	for b.Loop() {
		p.Score(ret)
	}
}

// BenchmarkGaps is what every item lacks: 150 schools, of which in each of seven
// items some are below standard.
func BenchmarkGaps(b *testing.B) {
	p, ret := benchSetup(b)
	b.ReportAllocs()
	for b.Loop() {
		p.Gaps(ret)
	}
}
