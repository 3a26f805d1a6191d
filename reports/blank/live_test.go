package blank_test

import (
	"bytes"
	"maps"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/blank"
	"dudao/reports/book"
)

// computing has what can be a formula on a form, and what can't.
const computing = `
id: r
title: 试
version: "1"
scored: 县
params:
  每人: 4
  学段标准: {小学: 1, 初中: 2}
  线: {2019: 100, 2021: 60, 2023: 30}
  按年:
    小学: {2019: 1, 2021: 2}
    初中: 7
data:
  各班:
    key: [所在, 名]
    room: 50
    columns:
      人: {}
  大班: {from: 各班, where: 人 > 40}
  段表:
    key: 段
    rows: [小学, 初中]
    columns:
      班: {}
      人: {}
      班额: {formula: "ratio(人, 班)"}
      应有: {formula: "学段标准[段] * 人"}
  学校:
    key: 校名
    room: 60
    columns:
      学段: {choice: [小学, 初中]}
      学生: {}
      教师: {}
      师生比: {formula: "ratio(学生, 教师)", digits: 1}
      高: {type: yesno, formula: 师生比 > 19}
      标准: {formula: "学段标准[学段] * 学生"}
      名: {type: text, formula: "pick(学生 > 100, \"大\", \"小\")"}
      可比: {type: yesno, formula: 学生 >= 线}
      最大: {formula: "max_if(各班.人, 各班.所在, 校名)"}
      最小: {formula: "min_if(各班.人, 各班.所在, 校名)"}
      班数: {formula: "count_if(大班.所在, 校名)"}
      规定: {formula: "按年[学段]"}
  小学: {from: 学校, where: 学段 == "小学"}
  单值:
    fields:
      面积: {unit: ㎡, years: 2}
      人数: {unit: 人}
      生均: {formula: "ratio(面积, 人数)", digits: 2}
      达标: {type: yesno, formula: 生均 >= 每人}
      也填: {formula: 人数 * 3, enterable: true}
      三倍多: {formula: 也填 + 1}
      总数: {formula: sum(学校.学生)}
      小学数: {formula: sum(小学.学生)}
      段数: {formula: sum(段表.班)}
      应有数: {formula: sum(段表.应有)}
      平均: {formula: mean(学校.师生比)}
      至多: {formula: max(学校.学生)}
      达线校: {formula: count(学校.可比)}
      大班数: {formula: "count_if(大班.所在, \"一小\")"}
      甲班数: {formula: sum(大班.人)}
      离散: {formula: cv_unweighted(学校.学生)}
      今线: {formula: 线 * 2}
      增: {formula: 面积 - prev(面积)}
items:
  - {id: "1", title: 一, points: 5, pass: 生均 > 总数}
`

const computed = `
rubric: r
name: 甲县
year: 2021
data:
  面积: [1000, 900]
  人数: 200
  段表:
    小学: {班: 10, 人: 450}
    初中: {班: 不适用, 人: 300}
  各班:
    - {所在: 一小, 名: 一班, 人: 50}
    - {所在: 一小, 名: 二班, 人: 38}
    - {所在: 二中, 名: 一班, 人: 44}
  学校:
    - {校名: 一小, 学段: 小学, 学生: 200, 教师: 10}
    - {校名: 二中, 学段: 初中, 学生: 50}
    - {校名: 三中, 学段: 初中, 学生: 50, 教师: 0}
`

func parse(t *testing.T, yaml string) *rubric.Rubric {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte(yaml), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return r
}

func readReturn(t *testing.T, r *rubric.Rubric, name string, data []byte) *returns.Return {
	t.Helper()
	d, diags := returns.Open(name, data, returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := d.Read(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return ret
}

// formulas are the values of a form's formula cells, by sheet and cell.
func formulas(b *book.Book) map[string]any {
	out := map[string]any{}
	for _, s := range b.Sheets {
		for r, row := range s.Rows {
			for c, cell := range row.Cells {
				if cell.Formula != "" {
					out[s.Name+"!"+book.Ref{Row: r + 1, Col: c + 1}.String()] = cell.Value
				}
			}
		}
	}
	return out
}

// Computed cells show what the program computes, and nothing where there is no row.
func TestComputedCellsAreLive(t *testing.T) {
	p := compiled(t, parse(t, computing))
	ret := readReturn(t, p.Rubric, "return.yaml", []byte(computed))
	b := blank.Book(p, ret, text.New("zh"), "test")
	got := formulas(b)
	top := map[string]int{}
	for _, s := range b.Sheets {
		top[s.Name] = s.TitleTo
	}
	at := func(sheet, col string, row int) any {
		return got[sheet+"!"+col+book.Ref{Row: top[sheet] + row, Col: 1}.String()[1:]]
	}
	for _, want := range []struct {
		sheet, col string
		row        int
		value      any
	}{
		{"单值", "C", 3, 5.0}, {"单值", "C", 4, "是"}, {"单值", "C", 5, nil}, {"单值", "C", 6, 601.0}, {"单值", "C", 7, 300.0}, {"单值", "C", 8, 200.0},
		{"单值", "C", 9, 10.0}, {"单值", "C", 10, 750.0 * 1.4},
		{"段表", "D", 1, 45.0}, {"段表", "D", 2, "不适用"},
		{"学校", "E", 1, 20.0}, {"学校", "E", 2, "缺数据"}, {"学校", "E", 3, "计算错误"}, {"学校", "E", 4, ""}, {"学校", "E", 40, ""}, {"学校", "E", 41, nil},
		{"学校", "F", 1, "是"}, {"学校", "F", 3, "计算错误"}, {"学校", "G", 1, 200.0}, {"学校", "H", 1, "大"}, {"学校", "H", 4, ""},
	} {
		if is := at(want.sheet, want.col, want.row); is != want.value {
			t.Errorf("%s %s, row %d: %v, not %v", want.sheet, want.col, want.row, is, want.value)
		}
	}
}

// What is computed is read from no form: it is computed again.
func TestComputedCellsAreNotRead(t *testing.T) {
	p := compiled(t, parse(t, computing))
	ret := readReturn(t, p.Rubric, "return.yaml", []byte(computed))
	var buf bytes.Buffer
	if err := blank.Book(p, ret, text.New("zh"), "test").Write(&buf); err != nil {
		t.Fatal(err)
	}
	again := readReturn(t, p.Rubric, "填报表.xlsx", buf.Bytes())
	if len(again.Problems) > 0 {
		t.Errorf("problems: %v", again.Problems)
	}
	if n := len(again.Tables["学校"].Keys); n != 3 {
		t.Errorf("%d rows were read, not 3", n)
	}
	if _, ok := again.Fields["生均"]; ok {
		t.Error("a computed value was read")
	}
}

func same(want, got any) bool {
	w, isNumber := want.(float64)
	g, gotNumber := got.(float64)
	if isNumber && gotNumber {
		return math.Abs(w-g) <= 1e-9*math.Max(1, math.Abs(w))
	}
	return want == got || (want == nil || want == "") && (got == nil || got == "")
}

// shipped is a rubric that dudao brings along.
func shipped(t *testing.T, id string) *rubric.Rubric {
	t.Helper()
	load := func(id string) (string, []byte) {
		file := filepath.Join("../../rubrics", id+".yaml")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return file, data
	}
	file, data := load(id)
	r, diags := rubric.Load(file, data, func(name, _ string) (string, []byte, bool) {
		id, _, _ := strings.Cut(strings.TrimSuffix(name, ".yaml"), "@")
		file, data := load(id)
		return file, data, true
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return r
}

// At least 99 % of the computed cells of the shipped forms are formulas; what is none
// is named here, and says why in a note.
func TestShippedFormsAreLive(t *testing.T) {
	for id, least := range map[string]int{"class-size": 240, "county-duty-2022": 15, "funding-no-decrease": 0, "preschool-2020": 282, "quality-balanced-2017": 733} {
		live, rest := computedCells(blank.Book(compiled(t, shipped(t, id)), nil, text.New("zh"), "test"))
		t.Logf("%s: %d of %d computed cells are live", id, live, live+len(rest))
		if live < least || 100*len(rest) > live+len(rest) {
			t.Errorf("%s: only %d of %d computed cells are live; not: %v", id, live, live+len(rest), rest)
		}
	}
}

// computedCells counts the computed cells of a form that are formulas, and says of the
// others why they are none.
func computedCells(b *book.Book) (live int, rest []string) {
	for _, s := range b.Sheets {
		for r, row := range s.Rows {
			for c, cell := range row.Cells {
				switch {
				case cell.Style == book.Computed && cell.Formula != "":
					live++
				case cell.Style == book.Computed || cell.Value == "自动计算":
					rest = append(rest, s.Name+"!"+book.Ref{Row: r + 1, Col: c + 1}.String()+": "+cell.Note)
				}
			}
		}
	}
	return live, rest
}

// Of a table with very many rows nothing is computed aside; the cells say so. What needs
// only its row is a formula all the same.
func TestTooManyRowsForFormulas(t *testing.T) {
	p := compiled(t, parse(t, strings.Replace(computing, "room: 60", "room: 2001", 1)))
	live, rest := computedCells(blank.Book(p, nil, text.New("zh"), "test"))
	why := map[string]int{}
	for _, cell := range rest {
		at, note, _ := strings.Cut(cell, ": ")
		why[strings.TrimRight(at, "0123456789")+" "+note]++
	}
	const reason = " 有 2001 行，太多，填报表上不用公式"
	want := map[string]int{"单值!C" + reason: 6}
	for _, column := range []string{"G", "H", "J", "K", "L", "M"} {
		want["学校!"+column+reason] = 40
	}
	if live < 40 || !maps.Equal(why, want) {
		t.Errorf("%d are live, the others: %v", live, why)
	}
}
