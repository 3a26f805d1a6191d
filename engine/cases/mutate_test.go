package cases_test

import (
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/rubric"
)

const mutated = `id: r
title: 试
version: "1"
round: "0"
params:
  满分: 4
  标准: {城: 0.85, 乡: 0.60}
  分档: [{from: 90, points: 3}, {from: 60, points: 1}]
  从宽: true
  年标: {2021: 7}
data:
  数: {fields: {甲: {}, 乙: {default: 2}, 地: {choice: [城, 乡]}}}
checks:
  - {id: 大, rule: 甲 < 100, say: 太大}
items:
  - title: 组
    points: 满分 * 2
    items:
      - {id: "1", title: 一, points: 满分, pass: 甲 >= 50}
      - {id: "2", title: 二, points: 4, deduct: [{take: 1, times: 乙, started: up, max: 3}]}
  - {id: "3", title: 三, points: 3, value: 甲, bands: 分档}
  - {id: "4", title: 四, points: 3, value: 甲, bands: 分档, target: 5}
  - {id: "5", title: 五, points: 2, pass: 'pick(从宽, 甲 / 100 >= 标准[地], false)'}
  # 两处都对着文件核对过
  # lint:ignore mutant 年标只有一个
  - {id: "6", title: 六, points: 1, pass: 甲 > 年标}
  - {id: "7", title: 七, points: 2, judge: [{level: 优, points: 2}, {level: 差, points: 0}]}
  - id: "8"
    title: 八
    points: 1
    pass: |   # lint:ignore mutant 试
      甲 > 1 and
      乙 > 1
veto: [{title: 降, ask: 降, down: 1}]
grades: [{grade: 好, from: 90}, {grade: 中, from: 50}, {grade: 差}]
`

func loadMutated(t *testing.T) *rubric.Rubric {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte(mutated), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return r
}

// survivors runs the mutants against cases and lists line, from and to.
func survivors(t *testing.T, r *rubric.Rubric, tests string) (int, []string) {
	t.Helper()
	suite, diags := cases.Load("r_test.yaml", []byte("rubric: r.yaml\n"+tests))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	made := suite.Make(r, nil)
	tried, left := cases.Mutants(r, made)
	var out []string
	lines := strings.Split(mutated, "\n")
	for _, d := range left {
		written := string([]rune(lines[d.Pos.Line-1])[d.Pos.Col-1 : d.Pos.Col-1+d.Width])
		if written != d.Message.Args[0] {
			t.Errorf("%s: %s stands there, not %s", d.Pos, written, d.Message.Args[0])
		}
		out = append(out, strings.TrimPrefix(d.Pos.String(), "r.yaml:")+" "+strings.Join(d.Message.Args, ">"))
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, res := range cases.Run(made, p) {
		if !res.Passed() {
			t.Errorf("afterwards %s fails: %v %v", res.Name, res.Diags, res.Failures)
		}
	}
	return tried, out
}

func TestMutantsWithoutCases(t *testing.T) {
	r := loadMutated(t)
	hash := r.Hash
	tried, left := survivors(t, r, "cases: []\n")
	want := []string{
		"7:11 0.85>0.86", "7:11 0.85>0.84", "7:20 0.60>0.61", "7:20 0.60>0.59",
		"8:15 90>91", "8:15 90>89", "8:27 3>2", "8:38 60>61", "8:38 60>59", "8:50 1>2", "8:50 1>0",
		"9:7 true>false", "10:14 7>8", "10:14 7>6", "12:36 2>3", "12:36 2>1",
		"14:21 <><=", "14:21 <>>", "14:23 100>101", "14:23 100>99",
		"19:49 >=>>", "19:49 >=><", "19:52 50>51", "19:52 50>49",
		"20:56 1>2", "20:87 3>4", "20:87 3>2", "21:33 3>4", "22:33 3>4",
		"23:33 2>3", "23:33 2>1", "23:56 100>101", "23:56 100>99", "23:60 >=>>", "23:60 >=><", "23:70 false>true",
		"27:33 2>3", "27:63 2>1", "27:86 0>1", "30:13 1>2", "34:33 1>2",
		"35:27 90>91", "35:27 90>89", "35:49 50>51", "35:49 50>49",
	}
	if !slices.Equal(left, want) {
		t.Errorf("survivors\n%s", strings.Join(left, "\n"))
	}
	// The loader refuses the others: 8:27 3→4, which is above the points of the
	// items, or 6:7 4→5, with which the items no longer make up the section; 12 are
	// settled by a comment.
	if tried != len(want)+13+12 {
		t.Errorf("%d tried, %d survive", tried, len(left))
	}
	if r.Rehash(); r.Hash != hash {
		t.Error("the rubric isn't as it was")
	}
}

func TestMutantsNoticed(t *testing.T) {
	_, left := survivors(t, loadMutated(t), `cases:
  - {name: 满, year: 2021, data: {甲: 90, 乙: 0, 地: 城}, judged: {"7": {level: 优}, "": {降: 否}}, expect: {score: 19, rate: 95, grade: 好, items: {"2": {points: 4, state: 得分}, "3": {points: 3, state: 得分}, "7": {state: 得分}}}}
  - {name: 界, year: 2021, data: {甲: 85, 地: 城}, judged: {"7": {level: 差}, "": {降: 是}}, expect: {score: 12, grade: 差, items: {"5": {points: 2}}, checks: []}}
  - {name: 低, year: 2021, data: {甲: 49, 乙: 3.5, 地: 乡}, expect: {items: {"1": {points: 0}, "2": {points: 1}, "3": {points: 0}, "5": {points: 0}}}}
  - {name: 大, year: 2021, data: {甲: 100, 乙: 1, 地: 乡}, expect: {items: {"1": {points: 4}, "5": {points: 2}}, checks: [大]}}
`)
	want := []string{
		"7:11 0.85>0.84", "7:20 0.60>0.61", "7:20 0.60>0.59", "8:15 90>89", "8:38 60>61", "8:38 60>59",
		"10:14 7>8", "10:14 7>6", "12:36 2>1", "14:23 100>99", "19:49 >=>>", "19:52 50>51",
		"23:56 100>99", "23:70 false>true", "34:33 1>2", "35:27 90>91", "35:27 90>89", "35:49 50>51", "35:49 50>49",
	}
	if !slices.Equal(left, want) {
		t.Errorf("survivors\n%s", strings.Join(left, "\n"))
	}
}

// Only the rubric's own file is changed: neither its base nor shared data.
func TestMutantsOfAnExtension(t *testing.T) {
	p := compileFile(t, idioms+"/extends-province.yaml")
	_, left := cases.Mutants(p.Rubric, nil)
	if len(left) == 0 {
		t.Fatal("no mutant of its own")
	}
	for _, d := range left {
		if d.Pos.File != p.Rubric.File {
			t.Errorf("%s isn't its file", d.Pos)
		}
	}
}
