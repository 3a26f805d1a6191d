package engine_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// liveWords are the words of a Chinese report.
var liveWords = engine.LiveWords{
	Words: formula.Words{Inapplicable: "不适用", Open: "待评定", Missing: "缺数据", Failed: "计算错误", Yes: "是", No: "否"},
	Step:  "计算", In: "在内", Answer: "评定", Evidence: "佐证", Value: "实际值", Target: "目标值", Gap: "差距", Result: "结果",
	Points: "得分", Upper: "上限", Lower: "下限", Full: "满分", Outcome: "结论", Letter: "字母", Sum: "小计", Total: "总分", Met: "达标", NotMet: "未达标",
}

// unsettled empties some cells of a return, writes 不适用 or what isn't understood into
// others, and takes answers and evidence away.
func unsettled(r *rubric.Rubric, ret *returns.Return, rnd *rand.Rand, odds int) *returns.Return {
	out := ret.Clone()
	for _, b := range r.Data {
		for _, f := range b.Value.Fields {
			for back := range out.Fields[f.Key.Text] {
				if rnd.IntN(odds) == 0 {
					out.Fields[f.Key.Text][back] = unknown(&f.Value, rnd)
				}
			}
		}
		for _, f := range b.Value.Columns {
			for _, rows := range out.Tables[b.Key.Text].Columns[f.Key.Text] {
				for i := range rows {
					if rnd.IntN(odds) == 0 && !isKey(&b.Value, f.Key.Text) {
						rows[i] = unknown(&f.Value, rnd)
					}
				}
			}
		}
	}
	for _, item := range keys(out.Answers) {
		for _, ask := range keys(out.Answers[item]) {
			a := out.Answers[item][ask]
			switch rnd.IntN(2 * odds) {
			case 0:
				a = returns.Answer{}
			case 1:
				a.Evidence = nil
			}
			out.Answers[item][ask] = a
		}
	}
	return out
}

// unknown is a cell without a value, as the readers of returns leave it.
func unknown(f *rubric.Field, rnd *rand.Rand) returns.Cell {
	switch n := rnd.IntN(4); {
	case n == 0 && !f.Always:
		return returns.Cell{State: returns.NotApplicable, Typed: "不适用"}
	case n == 0:
		return returns.Cell{State: returns.Invalid, Typed: "不适用"}
	case n == 1 && (f.Type.Text != "text" || len(f.Choice) > 0):
		return returns.Cell{State: returns.Invalid, Typed: "四百余"}
	default:
		return returns.Cell{}
	}
}

// Whatever the return is: the formulas of its report come to what was scored.
func TestLiveAgreesOnRandomReturns(t *testing.T) {
	rounds, rnd := 6, rand.New(rand.NewPCG(11, 7))
	if testing.Short() {
		rounds = 1
	}
	tried := 0
	for _, c := range shippedExamples {
		p := shipped(t, c[0])
		base := example(t, p, c[1])
		for round := range rounds {
			ret := disturbed(p, base, rnd)
			if round%2 == 1 {
				ret = unsettled(p.Rubric, ret, rnd, 5+20*rnd.IntN(10))
			}
			tried++
			agree(t, c[0]+" "+c[1], p, ret)
		}
	}
	t.Logf("%d returns", tried)
}

func agree(t *testing.T, name string, p *engine.Program, ret *returns.Return) {
	t.Helper()
	for i, d := range p.Live(ret, p.Score(ret), liveWords).Differ {
		if i == 5 {
			break
		}
		for k := range d.Want {
			if d.Got[k] != d.Want[k] {
				t.Errorf("%s: %s[%d] comes to %v, not %v", name, d.Cell.Name, k, d.Got[k], d.Want[k])
				break
			}
		}
	}
}

// The same of every idiom: a return in which each figure is one that the rubric names,
// or its neighbour, or none at all.
func TestLiveAgreesOnRandomIdioms(t *testing.T) {
	rounds, rnd := 60, rand.New(rand.NewPCG(5, 3))
	if testing.Short() {
		rounds = 5
	}
	files, err := filepath.Glob("../rubrics/testdata/idioms/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.yaml") || strings.HasSuffix(file, "shared-data.yaml") {
			continue
		}
		p := idiom(t, file)
		limits := numbersIn(t, file)
		for range rounds {
			agree(t, filepath.Base(file), p, invented(p.Rubric, limits, rnd))
		}
	}
}

func idiom(t *testing.T, file string) *engine.Program {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, diags := rubric.Load(file, data, func(name, from string) (string, []byte, bool) {
		for _, path := range []string{filepath.Join(filepath.Dir(from), name), filepath.Join(filepath.Dir(from), name+".yaml"), "../rubrics/" + name + ".yaml"} {
			if data, err := os.ReadFile(path); err == nil {
				return path, data, true
			}
		}
		return "", nil, false
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

// numbersIn are the numbers that stand in a file.
func numbersIn(t *testing.T, file string) []float64 {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return numbersOf(string(data))
}

// invented is a return made up from nothing.
func invented(r *rubric.Rubric, limits []float64, rnd *rand.Rand) *returns.Return {
	out := returns.Empty(r)
	out.Year = 2018 + rnd.IntN(8)
	cell := func(f *rubric.Field) returns.Cell {
		if rnd.IntN(5) == 0 {
			return unknown(f, rnd)
		}
		c := returns.Cell{State: returns.Given, Typed: "…"}
		switch {
		case len(f.Choice) > 0:
			c.Text = f.Choice[rnd.IntN(len(f.Choice))].Text
		case f.Type.Text == "text" || f.Type.Text == "date":
			c.Text = []string{"甲", "乙", "A", "a", "01"}[rnd.IntN(5)]
		case f.Type.Text == "yesno":
			c.Number = float64(rnd.IntN(2))
		default:
			digits := 2
			if f.Type.Text == "whole" {
				digits = 0
			}
			c.Number = limits[rnd.IntN(len(limits))] + []float64{0, 0, 0, 1, -1, 0.01, -0.01}[rnd.IntN(7)]
			c.Number = decimal.Round(c.Number*[]float64{1, 1, 1, 2, 10, 100}[rnd.IntN(6)], digits)
			if f.Min.Given {
				c.Number = max(c.Number, f.Min.Value)
			}
		}
		return c
	}
	for _, b := range r.Data {
		for i := range b.Value.Fields {
			f := &b.Value.Fields[i]
			for back := range out.Fields[f.Key.Text] {
				out.Fields[f.Key.Text][back] = cell(&f.Value)
			}
		}
		if !b.Value.IsTable() {
			continue
		}
		t := out.Tables[b.Key.Text]
		if b.Value.IsOpen() {
			t.Keys = make([]string, rnd.IntN(6))
			for i := range t.Keys {
				t.Keys[i] = string(rune('甲' + i))
			}
		}
		for _, name := range keys(t.Columns) {
			f := b.Value.KeyField(name)
			for back := range t.Columns[name] {
				rows := make([]returns.Cell, len(t.Keys))
				for i := range rows {
					rows[i] = cell(f)
					if isKey(&b.Value, name) {
						rows[i] = returns.Cell{State: returns.Given, Text: t.Keys[i], Typed: "…"}
						if len(f.Choice) > 0 {
							rows[i].Text = f.Choice[rnd.IntN(len(f.Choice))].Text
						}
					}
				}
				t.Columns[name][back] = rows
			}
		}
	}
	for _, a := range r.Asks() {
		if rnd.IntN(4) == 0 {
			continue
		}
		answer := returns.Answer{Cell: returns.Cell{State: returns.Given, Typed: "…", Number: float64(rnd.IntN(2))}}
		if a.Kind == rubric.LevelChoice {
			answer.Text = a.Judge.Levels[rnd.IntN(len(a.Judge.Levels))].Level.Text
		}
		if rnd.IntN(2) == 0 {
			answer.Evidence = []string{"名册"}
		}
		if out.Answers[a.Item] == nil {
			out.Answers[a.Item] = map[string]returns.Answer{}
		}
		out.Answers[a.Item][a.Text] = answer
	}
	return out
}

func isKey(b *rubric.Block, name string) bool {
	for _, k := range b.Key {
		if k.Text == name {
			return true
		}
	}
	return false
}

var numberPattern = regexp.MustCompile(`\d+(\.\d+)?`)

func numbersOf(text string) []float64 {
	out := []float64{0, 1}
	for _, n := range numberPattern.FindAllString(text, -1) {
		if x, err := strconv.ParseFloat(n, 64); err == nil && x < 1e9 {
			out = append(out, x)
		}
	}
	return out
}

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
