package returns_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/blank"

	"github.com/xuri/excelize/v2"
)

func shipped(t testing.TB) *rubric.Rubric {
	t.Helper()
	const dir = "../../rubrics/"
	data, err := os.ReadFile(dir + "funding-no-decrease.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, diags := rubric.Load("funding-no-decrease.yaml", data, func(name, _ string) (string, []byte, bool) {
		text, err := os.ReadFile(dir + name + ".yaml")
		return name + ".yaml", text, err == nil
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p.Rubric
}

func example(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../examples/gaoping-2021/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func read(t testing.TB, name string, data []byte, r *rubric.Rubric) *returns.Return {
	t.Helper()
	doc, diags := returns.Open(name, data, returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return ret
}

// values are the return's values without places.
func values(ret *returns.Return) string {
	var b strings.Builder
	b.WriteString(ret.Name + ret.Code + ret.Period + ret.Line("year"))
	cell := func(name string, c returns.Cell) {
		b.WriteString("\n" + name + " " + strings.TrimSpace(c.Text) + " ")
		if c.State == returns.Given {
			b.WriteString(strconv.FormatFloat(c.Number, 'f', -1, 64))
		} else {
			b.WriteString([]string{"missing", "", "n/a", "invalid"}[c.State])
		}
	}
	for _, name := range []string{"一般公共预算教育支出", "教育支出增幅", "义务教育教师平均工资", "公务员平均工资"} {
		for _, c := range ret.Fields[name] {
			cell(name, c)
		}
	}
	t := ret.Tables["各学段"]
	for _, column := range []string{"生均教育支出", "生均公用经费"} {
		for _, year := range t.Columns[column] {
			for i, c := range year {
				cell(t.Keys[i]+column, c)
			}
		}
	}
	return b.String()
}

// The form that was made from the YAML holds the same values.
func TestFormAndYAMLAgree(t *testing.T) {
	r := shipped(t)
	fromYAML := values(read(t, "return.yaml", example(t, "return.yaml"), r))
	fromForm := values(read(t, "填报表.xlsx", example(t, "填报表.xlsx"), r))
	if fromYAML != fromForm {
		t.Errorf("YAML:\n%s\n\nform:\n%s", fromYAML, fromForm)
	}
	if !strings.Contains(fromForm, "83752.12") || !strings.Contains(fromForm, "missing") {
		t.Errorf("the example holds something else: %s", fromForm)
	}
}

// edit changes cells of the example's form as a person would.
func edit(t *testing.T, change func(*excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(example(t, "填报表.xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	change(f)
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestCells(t *testing.T) {
	tests := []struct {
		name    string
		typed   any
		want    float64
		state   returns.State
		problem string // with its hint
		note    string
	}{
		{"number", 83861.5, 83861.5, returns.Given, "", ""},
		{"number as text", "83861.5", 83861.5, returns.Given, "工作表上有 1 个数以文本形式存储：C3|已按数字读取；工作表自己的公式不会算上它们", "数字以文本形式存储"},
		{"full-width digits", "８３８６１．５", 83861.5, returns.Given, "", "“８３８６１．５”按 83861.5 读取"},
		{"thousands", "83,861.5", 83861.5, returns.Given, "", "“83,861.5”按 83861.5 读取"},
		{"spaces", " 83861.5　", 83861.5, returns.Given, "", "“ 83861.5　”按 83861.5 读取"},
		{"wrong separators", "83,86", 0, returns.Invalid, "一般公共预算教育支出：“83,86”不是数字|只填数字", ""},
		{"approximate", "400余万", 0, returns.Invalid, "一般公共预算教育支出：“400余万”不是数字|约数不能用来评分，请填确切的数", ""},
		{"in a larger unit", "8.3861亿元", 83861, returns.Given, "", "“8.3861亿元”按 83861 万元 读取"},
		{"in another unit", "8.3861亿人", 0, returns.Invalid, "一般公共预算教育支出：“8.3861亿人”不是数字|“亿人”不能换算成万元，请按这个单位只填数字", ""},
		{"none", "无", 0, returns.Invalid, "一般公共预算教育支出：“无”不是数字|没有就填 0，不涉及填“不适用”，没有数据就空着", ""},
		{"not applicable", "不适用", 0, returns.NotApplicable, "", ""},
		{"empty", "", 0, returns.Missing, "", ""},
		{"blank", "  ", 0, returns.Missing, "", ""},
		{"negative", -1.0, -1, returns.Given, "一般公共预算教育支出：-1 小于允许的最小值 0|请核对数字；单位是万元", ""},
		{"hexadecimal", "0x10", 0, returns.Invalid, "一般公共预算教育支出：“0x10”不是数字|只填数字", ""},
		{"not a number", "NaN", 0, returns.Invalid, "一般公共预算教育支出：“NaN”不是数字|只填数字", ""},
	}
	r := shipped(t)
	zh := text.New("zh")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := edit(t, func(f *excelize.File) {
				if err := f.SetCellValue("经费", "C3", tt.typed); err != nil {
					t.Fatal(err)
				}
			})
			ret := read(t, "填报表.xlsx", data, r)
			c := ret.Fields["一般公共预算教育支出"][0]
			if c.State != tt.state || c.Number != tt.want {
				t.Errorf("got state %d, %v", c.State, c.Number)
			}
			if c.Pos().Sheet != "经费" || c.Pos().Cell != "C3" {
				t.Errorf("place %v", c.Pos())
			}
			problem, note := "", ""
			for _, p := range ret.Problems {
				problem = zh.Sprint(p.Message)
				for _, h := range p.Hints {
					problem += "|" + zh.Sprint(h)
				}
				if p.Pos.Cell != "C3" {
					t.Errorf("problem at %v", p.Pos)
				}
			}
			for _, n := range c.Notes {
				note = zh.Sprint(n)
			}
			if problem != tt.problem || note != tt.note {
				t.Errorf("problem %s\nnote %s", problem, note)
			}
		})
	}
}

// A percent cell, a date, a merged cell: the number format decides what a number
// means, and nothing is taken silently.
func TestFormattedCells(t *testing.T) {
	r, diags := rubric.Load("r.yaml", []byte("id: r\ntitle: 试\nversion: \"1\"\ndata: {数: {fields: {比: {type: percent}, 数量: {}, 日: {type: date}}}}\nitems: [{id: a, title: 试, points: 1, pass: 比 > 1}]\n"), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var buf bytes.Buffer
	if err := blank.Book(compiled(t, r), nil, text.New("zh"), "test").Write(&buf); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	set := func(cell string, value any, format int) {
		style, err := f.NewStyle(&excelize.Style{NumFmt: format})
		if err == nil {
			err = f.SetCellValue("数", cell, value)
		}
		if err == nil {
			err = f.SetCellStyle("数", cell, cell, style)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	set("C3", 0.85, 9)
	set("C4", 44440, 14)
	set("C5", 44440, 14)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	ret := read(t, "a.xlsx", out.Bytes(), r)
	if c := ret.Fields["比"][0]; c.Number != 85 || len(c.Notes) != 1 {
		t.Errorf("percent: %+v", c)
	}
	if c := ret.Fields["数量"][0]; c.State != returns.Invalid {
		t.Errorf("a date where a number belongs: %+v", c)
	}
	if c := ret.Fields["日"][0]; c.Text != "2021-09-01" || c.Typed != "44440" || len(c.Notes) != 1 {
		t.Errorf("date: %+v", c)
	}

	// A workbook made on a Mac counts the days from 1904.
	yes := true
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
		t.Fatal(err)
	}
	set("C5", 42978, 14)
	out.Reset()
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	if c := read(t, "a.xlsx", out.Bytes(), r).Fields["日"][0]; c.Text != "2021-09-01" {
		t.Errorf("date of a Mac: %+v", c)
	}
}

// Values are found by defined name, wherever rows and columns have moved to.
func TestMovedCells(t *testing.T) {
	r := shipped(t)
	want := values(read(t, "填报表.xlsx", example(t, "填报表.xlsx"), r))
	data := edit(t, func(f *excelize.File) {
		must := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		must(f.InsertRows("经费", 1, 3))
		must(f.InsertCols("各学段", "B", 2))
		must(f.MoveSheet("工资", "封面"))
	})
	if got := values(read(t, "填报表.xlsx", data, r)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFormulaAndErrorCells(t *testing.T) {
	r := shipped(t)
	data := edit(t, func(f *excelize.File) {
		if err := f.SetCellValue("经费", "C3", nil); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellFormula("经费", "C3", "80000+3861"); err != nil {
			t.Fatal(err)
		}
	})
	ret := read(t, "填报表.xlsx", data, r)
	if len(ret.Problems) == 0 {
		t.Fatal("no problem is reported")
	}
	if got := ret.Problems[0].Message.Key; ret.Fields["一般公共预算教育支出"][0].State != returns.Invalid || !strings.Contains(got, "never computed") {
		t.Errorf("%+v %s", ret.Fields["一般公共预算教育支出"][0], got)
	}
}

// What isn't a return says what it is.
func TestOtherFiles(t *testing.T) {
	plain := func() []byte {
		f := excelize.NewFile()
		var buf bytes.Buffer
		if err := f.Write(&buf); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}()
	ole := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...)
	encrypted := bytes.Clone(ole)
	for i, c := range []byte("EncryptedPackage") {
		encrypted[100+2*i] = c
	}
	form := example(t, "填报表.xlsx")
	tests := []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"empty", "a.xlsx", nil, "文件是空的"},
		{"xls", "a.xls", ole, "这是旧版 .xls 工作簿（或其他旧版 Office 文件）"},
		{"encrypted", "a.xlsx", encrypted, "工作簿加了密码"},
		{"truncated", "a.xlsx", form[:len(form)/2], "工作簿已损坏：文件不完整"},
		{"no form", "a.xlsx", plain, "这个工作簿不是 dudao 生成的填报表"},
		{"text", "a.txt", []byte("hello"), "这既不是 Excel 工作簿，也不是 YAML、JSON 或 CSV"},
		{"binary", "a.bin", []byte{1, 0, 2, 0, 3}, "这既不是 Excel 工作簿，也不是 YAML、JSON 或 CSV"},
		{"zip of something else", "a.xlsx", zipOf(t, "other/document.xml"), "这不是 Excel 工作簿，而是别的文件"},
		{"garbage in a workbook", "a.xlsx", zipOf(t, "xl/workbook.xml"), "工作簿已损坏：其中 xl/workbook.xml 不完整"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := returns.Open(tt.file, tt.data, returns.DefaultLimits)
			if len(diags) == 0 {
				t.Fatal("no error")
			}
			if got := text.New("zh").Sprint(diags[0].Message); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if diags[0].Pos.File != tt.file {
				t.Errorf("place %v", diags[0].Pos)
			}
		})
	}
}

func zipOf(t *testing.T, name string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	part, err := w.Create(name)
	if err == nil {
		_, err = part.Write([]byte("<nonsense"))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestYAMLErrors(t *testing.T) {
	r := shipped(t)
	tests := []struct{ text, want string }{
		{"data: {一般公共预算教育支岀: 1}", "3:8 the rubric asks for no “%s” [一般公共预算教育支岀]"},
		{"data: {各学段: {普通小学: {生均: 1}}}", "3:21 the rubric asks for no “%s” [生均]"},
		{"data: {各学段: {小学: {生均教育支出: 1}}}", "3:14 the rubric asks for no “%s” [小学]"},
		{"data: {各学段: 1}", "3:13 table %s needs a block of rows [各学段]"},
		{"data: {一般公共预算教育支出: [1, 2, 3]}", "3:20 %s values are given for “%s”"},
		{"data: {工资: 1}", "3:8 the rubric asks for no “%s” [工资]"},
		{"nam: x", "3:1 unknown key “%s” [nam]"},
		{"judged: {\"1\": {某: 是}}", "3:11 the rubric asks for no “%s” [1]"},
	}
	for _, tt := range tests {
		doc, diags := returns.Open("a.yaml", []byte("rubric: funding-no-decrease\nname: 甲\n"+tt.text), returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		_, diags = doc.Read(r)
		if got := strings.TrimPrefix(diags.Error(), "a.yaml:"); !strings.HasPrefix(strings.Replace(got, ": ", " ", 1), tt.want) {
			t.Errorf("%s: got %s", tt.text, got)
		}
	}
}

func FuzzYAML(f *testing.F) {
	f.Add([]byte("rubric: funding-no-decrease\ndata: {各学段: {普通小学: {生均教育支出: [1, 2]}}}\n"))
	f.Add(example(f, "return.yaml"))
	r := shipped(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, diags := returns.Open("a.yaml", data, returns.DefaultLimits)
		if doc != nil {
			ret, more := doc.Read(r)
			diags = append(append(diags, more...), ret.Problems...)
		}
		places(t, diags)
	})
}

// fuzzLimits keep a fuzzer from spending its time on large files.
var fuzzLimits = func() returns.Limits {
	l := returns.DefaultLimits
	l.FileSize, l.Unpacked, l.Files = 1<<20, 8<<20, 20
	return l
}()

func FuzzForm(f *testing.F) {
	f.Add(example(f, "填报表.xlsx"))
	f.Add([]byte("PK\x03\x04"))
	r := shipped(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, diags := returns.Open("a.xlsx", data, fuzzLimits)
		if doc != nil {
			ret, more := doc.Read(r)
			diags = append(append(diags, more...), ret.Problems...)
		}
		places(t, diags)
	})
}

func places(t *testing.T, diags diag.List) {
	for _, d := range diags {
		if d.Pos.File == "" {
			t.Errorf("no place: %s", d.Message.Key)
		}
	}
}

// A return may serve several rubrics: what one doesn't ask for is told in a line, a
// slip of the pen is still an error, and judgements stand below the rubric's id.
func TestReturnForSeveralRubrics(t *testing.T) {
	r, diags := rubric.Load("r.yaml", []byte(`id: r-one
title: 试
version: "1"
data: {数: {fields: {教育支出: {unit: 元}}}}
items:
  - {id: "1", title: 支出, points: 1, pass: 教育支出 > 1}
  - {id: "2", title: 制度, points: 1, judge: {step: 0.5}}
`), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	read := func(head, data string) (*returns.Return, diag.List) {
		doc, diags := returns.Open("a.yaml", []byte(head+"name: 甲县\nyear: 2021\n"+data), returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		return doc.Read(r)
	}
	const several = "data: {教育支出: 5, 幼儿数: 3, 班级: [{名: a}]}\njudged: {r-one: {\"2\": {points: 0.5}}, other: {\"2\": {points: 1}, \"9\": {事故: 否}}}\n"
	ret, diags := read("", several)
	if len(diags) > 0 || ret.Fields["教育支出"][0].Number != 5 || ret.Answers["2"][""].Number != 0.5 {
		t.Errorf("%v %v %v", diags, ret.Fields, ret.Answers)
	}
	if p := ret.Problems; len(p) != 1 || p[0].Severity != diag.Note || p[0].Message.Args[1] != "幼儿数、班级" {
		t.Errorf("%v", ret.Problems)
	}
	if _, diags = read("rubric: r-one\n", several); len(diags) != 3 {
		t.Errorf("of its own rubric: %v", diags)
	}
	if _, diags = read("", "data: {教育支岀: 5}\n"); !diags.HasErrors() {
		t.Error("a slip of the pen is taken for a name of another rubric")
	}
}

// compiled is the program of a rubric.
func compiled(t testing.TB, r *rubric.Rubric) *engine.Program {
	t.Helper()
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

// A return is the same wherever it lies: no place in it names a folder.
func TestNoFoldersInPlaces(t *testing.T) {
	doc, diags := returns.Open("some/folder/return.yaml", []byte("rubric: r\nname: 某县\nyear: 2021\ndata: {}\n"), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	r, _ := rubric.Load("r.yaml", []byte("id: r\ntitle: r\nversion: \"1\"\nscored: 县\ndata: {值: {fields: {甲: {}}}}\nitems: [{id: \"1\", title: 项, points: 1, pass: 甲 > 0}]\n"), nil)
	ret, _ := doc.Read(r)
	text, err := json.Marshal(ret)
	if err != nil || strings.Contains(string(text), "folder") || !strings.Contains(string(text), "cover_at") {
		t.Errorf("%v %s", err, text)
	}
}
