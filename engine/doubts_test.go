package engine_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

// doubts are those about all formulas of a program.
func doubts(p *engine.Program) diag.List {
	var out diag.List
	for _, f := range p.Formulas() {
		out = append(out, f.Doubts()...)
	}
	return out.Sorted()
}

// beside opens what a rubric extends or uses: the file of that name beside it.
func beside(name, from string) (string, []byte, bool) {
	file := filepath.Join(filepath.Dir(from), name)
	if filepath.Ext(name) == "" {
		file += ".yaml"
	}
	body, err := os.ReadFile(file)
	return file, body, err == nil
}

// Shipped rubrics and the small one of every idiom raise no doubt about a formula.
func TestShippedFormulasRaiseNoDoubt(t *testing.T) {
	files, _ := filepath.Glob("../rubrics/*.yaml")
	idioms, _ := filepath.Glob("../rubrics/testdata/idioms/*.yaml")
	formulas := 0
	for _, file := range append(files, idioms...) {
		if strings.HasSuffix(file, "_test.yaml") || filepath.Base(file) == "shared-data.yaml" {
			continue
		}
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, diags := rubric.Load(file, body, beside)
		p, more := engine.Compile(r)
		if p == nil {
			t.Fatal(diags, more)
		}
		formulas += len(p.Formulas())
		for _, d := range doubts(p) {
			t.Errorf("%s: %s: %s", d.Pos, d.Rule, text.New("zh").Sprint(d.Message))
		}
	}
	if formulas < 200 {
		t.Errorf("only %d formulas found", formulas)
	}
}

// Units, bounds and params reach the formulas as the rubric declares them.
func TestDoubtsKnowTheDeclarations(t *testing.T) {
	p := compile(t, `params:
  线: {2020: 101, 2022: 105}
  低: 0
data:
  数据:
    fields:
      巩固率: {type: percent, min: 低, max: 100}
      上限率: {type: percent, max: 巩固率}
      人数: {type: whole, min: 1, default: 0}
      支出: {unit: 万元, min: 0}
      入园数: {unit: 人}
      适龄数: {unit: 人}
      入园率: {type: percent, formula: 入园数 / 适龄数}
items:
  - {id: "1", title: 一, points: 1, pass: 巩固率 >= 线}
  - {id: "2", title: 二, points: 1, pass: 巩固率 >= 0}
  - {id: "3", title: 三, points: 1, pass: 上限率 >= 0}
  - {id: "4", title: 四, points: 1, pass: 人数 >= 1}
  - {id: "5", title: 五, points: 1, value: 支出, unit: 元, pass: value >= 3}
  - {id: "6", title: 六, points: 1, value: 巩固率, pass: value >= 0.95}
round: none
grades:
  - {grade: 甲, when: rate >= 0.9 and unmet != must_unmet}
  - {grade: 乙, when: score >= 0}
  - {grade: 丙}
`)
	var got []string
	for _, d := range doubts(p) {
		got = append(got, strings.TrimPrefix(d.Pos.String(), "r.yaml:")+" "+d.Rule)
	}
	want := []string{"16:37 fraction", "18:42 unreachable", "19:42 unreachable", "22:43 units", "23:54 fraction", "26:22 fraction", "27:22 unreachable"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
