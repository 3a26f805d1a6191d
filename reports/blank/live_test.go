package blank_test

import (
	"bytes"
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
	"dudao/reports/office"
)

// computing has what can be a formula on a form, and what can't.
const computing = `
id: r
title: 试
version: "1"
scored: 县
params: {每人: 4, 学段标准: {小学: 1, 初中: 2}}
data:
  段表:
    key: 段
    rows: [小学, 初中]
    columns:
      班: {}
      人: {}
      班额: {formula: "ratio(人, 班)"}
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
		{"单值", "C", 3, 5.0}, {"单值", "C", 4, "是"}, {"单值", "C", 5, nil}, {"单值", "C", 6, 601.0}, {"单值", "C", 7, nil}, {"单值", "C", 8, nil},
		{"单值", "C", 9, 10.0}, {"单值", "C", 10, 100.0},
		{"段表", "D", 1, 45.0}, {"段表", "D", 2, "不适用"},
		{"学校", "E", 1, 20.0}, {"学校", "E", 2, "缺数据"}, {"学校", "E", 3, "计算错误"}, {"学校", "E", 4, ""}, {"学校", "E", 40, ""}, {"学校", "E", 41, nil},
		{"学校", "F", 1, "是"}, {"学校", "F", 3, "计算错误"}, {"学校", "G", 1, nil}, {"学校", "H", 1, nil}, // need columns of their own
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

// LibreOffice comes to the same in every formula of every shipped form, empty and
// filled in; Excel's own rules hold in them.
func TestLibreOfficeAgreesOnForms(t *testing.T) {
	p := compiled(t, parse(t, computing))
	ret := readReturn(t, p.Rubric, "return.yaml", []byte(computed))
	books := map[string]*book.Book{"small": blank.Book(p, nil, text.New("zh"), "test"), "small filled": blank.Book(p, ret, text.New("zh"), "test"),
		"small English": blank.Book(p, ret, text.New("en"), "test")}
	for id, example := range map[string]string{"class-size": "class-size", "county-duty-2022": "gaoping-duty-2022", "funding-no-decrease": "gaoping-2021",
		"preschool-2020": "county", "quality-balanced-2017": "county", "modernisation-letters": "county", "class-size@2024.1": "county", "funding-no-decrease@2024.1": "county", "basic-balanced-2012": "county", "county-duty-deduct": "county"} {
		p := compiled(t, shipped(t, id))
		data, err := os.ReadFile(filepath.Join("../../examples", example, "return.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		books[id] = blank.Book(p, nil, text.New("zh"), "test")
		books[id+" filled"] = blank.Book(p, readReturn(t, p.Rubric, "return.yaml", data), text.New("zh"), "test")
	}
	files := map[string][]byte{}
	for name, b := range books {
		var buf bytes.Buffer
		if err := b.Write(&buf); err != nil {
			t.Fatal(name, err)
		}
		files[name] = buf.Bytes()
		for _, fault := range book.Check(buf.Bytes(), 230) {
			t.Errorf("%s: %v", name, fault)
		}
	}
	for name, got := range office.Recalculate(t, files) {
		all := formulas(books[name])
		if len(all) == 0 && !strings.HasPrefix(name, "funding") {
			t.Errorf("%s has no formula", name)
		}
		for at, want := range all {
			sheet, cell, _ := strings.Cut(at, "!")
			if is := got[sheet][cell]; !same(want, is.Value) {
				t.Errorf("%s %s is %v, not %v: %s", name, at, is.Value, want, is.Formula)
			}
		}
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
