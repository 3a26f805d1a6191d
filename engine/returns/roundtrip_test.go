package returns_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/blank"

	"github.com/xuri/excelize/v2"
)

const tripRubric = `id: trip
title: 往返
version: "1"
data:
  经费:
    fields:
      教育支出: {unit: 万元, years: 2}
      巩固率: {type: percent}
      规划: {label: 2024—2026年规划, type: yesno}
      印发日期: {type: date}
  各学段:
    key: 类别
    rows: [小学, 初中]
    columns:
      生均支出: {unit: 元, years: 2, note: 按决算数}
      教师数: {unit: 人, type: whole}
  学校:
    key: [校名, 学段]
    room: 6
    columns:
      学段: {choice: [小学, 初中]}
      学生数: {unit: 人, type: whole, years: 2}
      面积: {unit: ㎡}
items:
  - {id: "1", title: 支出, points: 50, pass: 教育支出 > 1}
  - {id: "2", title: 面积, points: 30, pass: sum(学校.面积) >= 30}
  - {id: "3", title: 制度, points: 20, judge: [{level: 优, points: 20, when: 健全}, {level: 差, points: 0}]}
veto:
  - {title: 事故, ask: 发生事故, grade: 差}
grades: [{grade: 差}]
`

const tripReturn = `rubric: trip
name: 甲县
year: 2024
filler: 张三
data:
  教育支出: [83861, 83752.12]
  巩固率: 95.5
  规划: 是
  印发日期: 2024-03-01
  各学段:
    小学: {生均支出: [12000, 11000], 教师数: 300}
    初中: {生均支出: [15000, 14000], 教师数: 200}
  学校:
    - {校名: 一小, 学段: 小学, 学生数: [400, 390], 面积: 20}
    - {校名: 二小, 学段: 小学, 学生数: [500, 510], 面积: 30.5}
    - {校名: 一中, 学段: 初中, 学生数: [600, 600], 面积: 40}
judged:
  "3": {level: 优, note: 制度健全, evidence: [制度.pdf]}
  "": {发生事故: {answer: 否, note: 没有}}
`

func loadText(t testing.TB, yaml string) *rubric.Rubric {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte(yaml), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return r
}

// trip is a form that was filled in, to be changed as people change it.
type trip struct {
	*testing.T
	r *rubric.Rubric
	*excelize.File
}

func newTrip(t *testing.T, lang string) *trip {
	t.Helper()
	r := loadText(t, tripRubric)
	filled := read(t, "return.yaml", []byte(tripReturn), r)
	var buf bytes.Buffer
	if err := blank.Book(compiled(t, r), filled, text.New(lang), "test").Write(&buf); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	return &trip{t, r, f}
}

func (tr *trip) must(err error) {
	tr.Helper()
	if err != nil {
		tr.Fatal(err)
	}
}

// drop takes names away: all of a sheet's, or those given.
func (tr *trip) drop(names ...string) {
	for _, n := range tr.GetDefinedName() {
		if len(names) == 0 || slices.Contains(names, n.Name) {
			tr.must(tr.DeleteDefinedName(&n))
		}
	}
}

func (tr *trip) read() *returns.Return {
	tr.Helper()
	var buf bytes.Buffer
	tr.must(tr.Write(&buf))
	return read(tr.T, "填报表.xlsx", buf.Bytes(), tr.r)
}

// whole is everything a return holds but where it is from.
func whole(ret *returns.Return) string {
	var b strings.Builder
	c := func(name string, c returns.Cell) {
		b.WriteString(name + " " + []string{"-", "", "n/a", "invalid"}[c.State] + c.Text + " ")
		if c.State == returns.Given && c.Text == "" {
			b.WriteString(strconv.FormatFloat(c.Number, 'f', -1, 64))
		}
		b.WriteString("\n")
	}
	b.WriteString(ret.Name + " " + ret.Line("year") + " " + ret.Filler + "\n")
	for _, name := range []string{"教育支出", "巩固率", "规划", "印发日期"} {
		for _, cell := range ret.Fields[name] {
			c(name, cell)
		}
	}
	for _, table := range []string{"各学段", "学校"} {
		t := ret.Tables[table]
		for i, key := range t.Keys {
			for _, column := range []string{"校名", "学段", "生均支出", "教师数", "学生数", "面积"} {
				for _, year := range t.Columns[column] {
					c(key+"."+column, year[i])
				}
			}
		}
	}
	c("3", ret.Answers["3"][""].Cell)
	b.WriteString(ret.Answers["3"][""].Note + strings.Join(ret.Answers["3"][""].Evidence, ",") + "\n")
	c("", ret.Answers[""]["发生事故"].Cell)
	b.WriteString(ret.Answers[""]["发生事故"].Note + "\n")
	return b.String()
}

// problemsOf are the problems in Chinese, with their places.
func problemsOf(ret *returns.Return) string {
	zh := text.New("zh")
	var lines []string
	for _, p := range ret.Problems {
		lines = append(lines, p.Severity.String()+" "+strings.TrimPrefix(p.Pos.String(), "填报表.xlsx!")+" "+zh.Sprint(p.Message))
	}
	return strings.Join(lines, "\n")
}

// What people and programs do to a form, and what is understood of it.
func TestRoundTrips(t *testing.T) {
	want := whole(read(t, "return.yaml", []byte(tripReturn), loadText(t, tripRubric)))
	tests := []struct {
		name   string
		change func(*trip)
		told   string
	}{
		{"as it was", func(*trip) {}, ""},
		{"rows inserted", func(tr *trip) {
			tr.must(tr.InsertRows("经费", 1, 2))
			tr.must(tr.InsertRows("经费", 6, 1))
			tr.must(tr.InsertRows("学校", 7, 3))
			tr.must(tr.InsertRows("各学段", 6, 1))
		}, ""},
		{"columns inserted, sheets reordered", func(tr *trip) {
			tr.must(tr.InsertCols("学校", "C", 2))
			tr.must(tr.SetCellValue("学校", "C4", "补充"))
			tr.must(tr.SetCellValue("学校", "C7", "x"))
			tr.must(tr.InsertCols("经费", "A", 1))
			tr.must(tr.MoveSheet("学校", tr.sheets()[0]))
		}, ""},
		{"sheets renamed", func(tr *trip) {
			tr.must(tr.SetSheetName("学校", "学校情况"))
			tr.must(tr.SetSheetName("经费", "Sheet2"))
		}, ""},
		{"all names dropped", func(tr *trip) { tr.drop() },
			lostNames("各学段", 4, "学校", 5, "封面", 8, "经费", 5, "评定与事实", 5)},
		{"some names dropped", func(tr *trip) {
			tr.drop("教育支出.上年", "学校.面积", "_judged.answer", "各学段.生均支出", "_year")
		},
			lostNames("各学段", 1, "学校", 1, "封面", 1, "经费", 1, "评定与事实", 1)},
		{"names dropped, sheets renamed and reordered", func(tr *trip) {
			tr.drop()
			for i, sheet := range tr.sheets() {
				tr.must(tr.SetSheetName(sheet, "Sheet"+strconv.Itoa(i+1)))
			}
			tr.must(tr.MoveSheet("Sheet4", "Sheet1"))
			tr.must(tr.InsertRows("Sheet2", 1, 2))
		}, lostNames("Sheet1", 8, "Sheet2", 5, "Sheet3", 4, "Sheet4", 5, "Sheet5", 5)},
		{"names dropped, headings typed otherwise", func(tr *trip) {
			tr.drop()
			tr.swap("经费", "本年", "本 年", "上年", "上年 ", "指标", "指標", "教育支出", " 教 育\n支出", "This year", "This  year")
			tr.swap("学校", "学生数（人）", "學生數 ( 人 )", "面积（㎡）", "面积\n(平方米)", "校名", "校　名", "上年", "1年前")
			tr.swap("各学段", "小学", "小學", "生均支出（元）", "生均支出(元)")
		}, lostNames("各学段", 4, "学校", 5, "封面", 8, "经费", 5, "评定与事实", 5)},
		{"names dropped, columns swapped", func(tr *trip) {
			tr.drop()
			for _, row := range []int{2, 4, 5, 6} { // 3 is merged with 2
				tr.exchange("学校", "B", "E", row)
			}
			tr.must(tr.InsertCols("学校", "A", 1))
		}, lostNames("各学段", 4, "学校", 5, "封面", 8, "经费", 5, "评定与事实", 5)},
		{"a sheet copied", func(tr *trip) {
			first := tr.sheets()[1]
			at, err := tr.NewSheet(first + " (2)")
			tr.must(err)
			from, err := tr.GetSheetIndex(first)
			tr.must(err)
			tr.must(tr.CopySheet(from, at))
			tr.must(tr.SetCellValue(first+" (2)", "C3", 5))
			tr.must(tr.SetDefinedName(&excelize.DefinedName{Name: "教育支出", RefersTo: "'" + first + " (2)'!$C$3", Scope: first + " (2)"}))
		}, "warning 经费 (2) 这张工作表是表内另一张的复制件，只读取原来那张"},
		{"numbers as text", func(tr *trip) {
			tr.must(tr.SetCellStr("经费", "C3", "83861"))
			tr.must(tr.SetCellStr("经费", "C4", "95.5"))
		}, "warning 经费!C3 工作表上有 2 个数以文本形式存储：C3 C4"},
		{"a computed formula", func(tr *trip) { tr.computed("经费", "C3", "80000+3861", 83861) }, ""},
		{"hidden rows", func(tr *trip) { tr.must(tr.SetRowVisible("学校", 5, false)) }, "warning 学校 工作表里隐藏的行也读取了：第 5 行"},
		{"formats", func(tr *trip) {
			for cell, format := range map[string]int{"C3": 4, "D3": 3, "C4": 2} {
				style, err := tr.NewStyle(&excelize.Style{NumFmt: format})
				tr.must(err)
				tr.must(tr.SetCellStyle("经费", cell, cell, style))
			}
			style, err := tr.NewStyle(&excelize.Style{NumFmt: 10})
			tr.must(err)
			tr.must(tr.SetCellValue("经费", "C4", 0.955))
			tr.must(tr.SetCellStyle("经费", "C4", "C4", style))
			style, err = tr.NewStyle(&excelize.Style{NumFmt: 14})
			tr.must(err)
			tr.must(tr.SetCellValue("经费", "C6", 45352))
			tr.must(tr.SetCellStyle("经费", "C6", "C6", style))
		}, ""},
	}
	for _, tt := range tests {
		for _, lang := range text.Languages {
			t.Run(tt.name+" "+lang, func(t *testing.T) {
				tr := newTrip(t, lang)
				tt.change(tr)
				ret := tr.read()
				if got := whole(ret); got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
				if got := problemsOf(ret); lang == "zh" && got != tt.told {
					t.Errorf("told\n%s\nwant\n%s", got, tt.told)
				}
			})
		}
	}
}

// lostNames are the notes about sheets whose cells have lost their names.
func lostNames(list ...any) string {
	var lines []string
	for i := 0; i < len(list); i += 2 {
		lines = append(lines, fmt.Sprintf("note %s 工作表上有 %d 个单元格（列）丢了名称，已按栏目标题找到", list[i], list[i+1]))
	}
	return strings.Join(lines, "\n")
}

func (tr *trip) sheets() []string {
	return slices.DeleteFunc(tr.GetSheetList(), func(s string) bool { return s == returns.MetaSheet })
}

// swap writes the texts of cells anew: old, new, old, new, ….
func (tr *trip) swap(sheet string, texts ...string) {
	rows, err := tr.GetRows(sheet)
	tr.must(err)
	for r, row := range rows {
		for c, text := range row {
			for i := 0; i < len(texts); i += 2 {
				if text == texts[i] || text == strings.ReplaceAll(texts[i], "（", "\n（") {
					cell, err := excelize.CoordinatesToCellName(c+1, r+1)
					tr.must(err)
					tr.must(tr.SetCellStr(sheet, cell, texts[i+1]))
				}
			}
		}
	}
}

// exchange swaps two cells of a row.
func (tr *trip) exchange(sheet, a, b string, row int) {
	a, b = a+strconv.Itoa(row), b+strconv.Itoa(row)
	first, err := tr.GetCellValue(sheet, a, excelize.Options{RawCellValue: true})
	tr.must(err)
	second, err := tr.GetCellValue(sheet, b, excelize.Options{RawCellValue: true})
	tr.must(err)
	for cell, value := range map[string]string{a: second, b: first} {
		if x, err := strconv.ParseFloat(value, 64); err == nil {
			tr.must(tr.SetCellValue(sheet, cell, x))
		} else {
			tr.must(tr.SetCellStr(sheet, cell, value))
		}
	}
}

// computed puts a formula into a cell with its result, which excelize can't write
// as a number.
func (tr *trip) computed(sheet, cell, formula string, value float64) {
	tr.must(tr.SetCellValue(sheet, cell, value))
	tr.must(tr.SetCellFormula(sheet, cell, formula))
}

// What can't be found, or only guessed, is told, once and with its place.
func TestLostCells(t *testing.T) {
	tests := []struct {
		name   string
		change func(*trip)
		told   string
	}{
		{"a row deleted", func(tr *trip) {
			tr.must(tr.RemoveRow("经费", 4))
			tr.drop("巩固率") // excelize leaves it, other programs make it #REF!
			tr.must(tr.SetDefinedName(&excelize.DefinedName{Name: "巩固率", RefersTo: "经费!#REF!"}))
		},
			"error 填报表.xlsx 填报表里没有“巩固率”的单元格"},
		{"a row of a fixed table deleted", func(tr *trip) { tr.must(tr.RemoveRow("各学段", 4)) },
			"error 各学段 缺少“小学”这一行（表“各学段”）"},
		{"a sheet deleted", func(tr *trip) {
			tr.must(tr.DeleteSheet("学校"))
			tr.drop("学校.校名", "学校.学段", "学校.学生数", "学校.学生数.上年", "学校.面积")
		},
			"error 填报表.xlsx 填报表里没有“学校”这张表"},
		{"a label twice", func(tr *trip) {
			tr.drop("巩固率")
			tr.must(tr.SetCellStr("经费", "A12", "巩固率"))
			tr.must(tr.SetCellStr("经费", "B12", "%"))
		}, "error 经费!C4 “巩固率”可能在 经费!C4，也可能在 经费!C12，没有读取"},
		{"a heading twice", func(tr *trip) {
			tr.drop("学校.面积")
			tr.must(tr.SetCellStr("学校", "G2", "面积（平方米）"))
		}, "error 学校!E4 “学校.面积”可能在 学校!E4，也可能在 学校!G4，没有读取"},
		{"copied sheets without the first", func(tr *trip) {
			tr.drop()
			at, err := tr.NewSheet("经费2")
			tr.must(err)
			from, err := tr.GetSheetIndex("经费")
			tr.must(err)
			tr.must(tr.CopySheet(from, at))
			tr.must(tr.SetSheetName("经费", "经费1"))
		}, "error 经费1!C3 “教育支出 教育支出.上年 巩固率 规划 印发日期”可能在 经费1!C3，也可能在 经费2!C3，没有读取"},
		{"another unit in the heading", func(tr *trip) {
			tr.drop("学校.面积")
			tr.swap("学校", "面积（㎡）", "面积（人）")
		}, "error 学校!E4 单位是“人”，与评分细则不同，这些值没有读取"},
		{"a larger unit in the heading", func(tr *trip) {
			tr.drop("教育支出")
			tr.must(tr.SetCellStr("经费", "B3", "元"))
		}, ""},
		{"a formula without result", func(tr *trip) {
			tr.must(tr.SetCellValue("经费", "C3", nil))
			tr.must(tr.SetCellFormula("经费", "C3", "80000+3861"))
		}, "error 经费!C3 "},
		{"merged over rows and columns", func(tr *trip) { tr.must(tr.MergeCell("学校", "C6", "D8")) },
			"error 学校!D6 单元格与 C6 合并了，请取消合并，分别填写"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTrip(t, "zh")
			tt.change(tr)
			ret := tr.read()
			var errors []string
			for _, line := range strings.Split(problemsOf(ret), "\n") {
				if strings.HasPrefix(line, "error") {
					errors = append(errors, line)
				}
			}
			switch {
			case tt.told == "" && len(errors) > 0, tt.told != "" && (len(errors) == 0 || !strings.HasPrefix(errors[0], tt.told)):
				t.Errorf("told\n%s\nwant\n%s", strings.Join(errors, "\n"), tt.told)
			case len(errors) > 1:
				t.Errorf("too much is told:\n%s", strings.Join(errors, "\n"))
			}
		})
	}
}

// A unit that was changed on the form is understood, and the cell says so.
func TestUnitOfALostCell(t *testing.T) {
	tr := newTrip(t, "zh")
	tr.drop("教育支出")
	tr.must(tr.SetCellStr("经费", "B3", "元"))
	c := tr.read().Fields["教育支出"][0]
	if c.Number != 8.3861 || len(c.Notes) != 2 || text.New("zh").Sprint(c.Notes[0]) != "“83861 元”按 8.3861 万元 读取" {
		t.Errorf("%+v", c)
	}
}

// LibreOffice opens the form and saves it. Without LibreOffice the test is skipped,
// unless DUDAO_REQUIRE_SOFFICE=1 says that it has to be there.
func TestFormSavedByLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("DUDAO_REQUIRE_SOFFICE") == "1" {
			t.Fatal("soffice is not installed")
		}
		t.Skip("soffice is not installed: not tested that a form saved by LibreOffice is read")
	}
	if testing.Short() {
		t.Skip("soffice takes some seconds")
	}
	tr := newTrip(t, "zh")
	tr.must(tr.SetCellFormula("经费", "C3", "80000+3861"))
	tr.must(tr.InsertRows("学校", 5, 2))
	dir := t.TempDir()
	form := filepath.Join(dir, "填报表.xlsx")
	tr.must(tr.SaveAs(form))
	out := filepath.Join(dir, "out")
	cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", out, form)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	data, err := os.ReadFile(filepath.Join(out, "填报表.xlsx"))
	tr.must(err)
	ret := read(t, "填报表.xlsx", data, tr.r)
	want := whole(read(t, "return.yaml", []byte(tripReturn), tr.r))
	if got := whole(ret); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := problemsOf(ret); got != "" {
		t.Errorf("told\n%s", got)
	}
	if c := ret.Fields["教育支出"][0]; len(c.Notes) != 1 || c.Notes[0].Args[0] != "80000+3861" {
		t.Errorf("the formula is not noted: %+v", c)
	}
}

// What it costs to find everything by its headings, as against by names.
func BenchmarkRead(b *testing.B) {
	r := loadText(b, strings.Replace(tripRubric, "room: 6", "room: 300", 1))
	f, err := excelize.OpenReader(bytes.NewReader(blankForm(b, r)))
	if err != nil {
		b.Fatal(err)
	}
	for _, by := range []string{"names", "headings"} {
		if by == "headings" {
			f.WorkBook.DefinedNames = nil
		}
		var buf bytes.Buffer
		if err := f.Write(&buf); err != nil {
			b.Fatal(err)
		}
		b.Run(by, func(b *testing.B) {
			for b.Loop() {
				read(b, "填报表.xlsx", buf.Bytes(), r)
			}
		})
	}
}

func blankForm(t testing.TB, r *rubric.Rubric) []byte {
	t.Helper()
	var yaml strings.Builder
	yaml.WriteString("rubric: trip\ndata:\n  学校:\n")
	for i := range 300 {
		fmt.Fprintf(&yaml, "    - {校名: 校%d, 学段: 小学, 学生数: [%d, %d], 面积: %d}\n", i, 300+i, 290+i, 20+i)
	}
	var buf bytes.Buffer
	if err := blank.Book(compiled(t, r), read(t, "return.yaml", []byte(yaml.String()), r), text.New("zh"), "test").Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
