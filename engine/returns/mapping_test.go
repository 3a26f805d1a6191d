package returns_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/text"

	"github.com/xuri/excelize/v2"
)

// bureau is a workbook as a bureau keeps it: a title, headings over two rows, units
// in them, totals, remarks below.
func bureau(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "基本情况"))
	rows := [][]any{
		{"2024年甲县学校基本情况"},
		{"序号", "学校\n名称", "學生數（人）", nil, "教师", nil, "占地面积\n（万平方米）"},
		{nil, nil, "2024年", "2023年", "专任", "骨干", nil},
		{1, "一小", 400, 390, 30, 3, 0.002},
		{2, "二小", "500人", 510, 40, 4, "0.00305"},
		{"小计", nil, 900, 900, 70, 7, 0.00505},
		{},
		{3, "三小", 300, 310, 20, 2, 0.001},
		{"合计", nil, 1200, 1210, 90, 9, 0.00605},
		{nil, "填表人：张三"},
	}
	for i, row := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		must(f.SetSheetRow("基本情况", cell, &row))
	}
	for _, m := range [][2]string{{"A1", "G1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "D2"}, {"E2", "F2"}, {"G2", "G3"}} {
		must(f.MergeCell("基本情况", m[0], m[1]))
	}
	_, err := f.NewSheet("经费")
	must(err)
	for cell, value := range map[string]any{"A2": "项目", "B2": "单位", "C2": "本年", "D2": "上年",
		"A3": "教育支出（亿元）", "C3": 8.3861, "D3": 8.375212,
		"A4": "巩固率：", "B4": "%", "C4": 95.5,
		"A5": "学段", "B5": "生均支出（万元）", "C5": "教师数", "A6": "小学", "B6": 1.2, "C6": 300, "A7": "初中", "B7": 1.5, "C7": 200, "A8": "高中", "B8": 2} {
		must(f.SetCellValue("经费", cell, value))
	}
	var buf bytes.Buffer
	must(f.Write(&buf))
	return buf.Bytes()
}

const mappedReturn = `rubric: trip
name: 甲县
year: 2024
from:
  - workbook: 学校情况.xlsx
    sheet: 基本情况
    table: 学校
    heading: 2-3
    columns:
      校名: 学校名称
      学生数: [学生数（人）/2024年, 2023年]
      面积: 占地面积
    fixed: {学段: 小学}
  - workbook: 学校情况.xlsx
    sheet: 经费
    values:
      教育支出: [C3, D3]
      巩固率: {label: 巩固率, column: 本年}
      各学段[小学].教师数: C6
  - workbook: 学校情况.xlsx
    sheet: 经费
    table: 各学段
    heading: 5
    columns: {类别: 学段, 生均支出: 生均支出}
`

// openMapped reads a return.yaml beside the bureau's workbook.
func openMapped(t testing.TB, yaml string) (*returns.Return, diag.List) {
	t.Helper()
	files := fstest.MapFS{"return.yaml": {Data: []byte(yaml)}, "学校情况.xlsx": {Data: bureau(t)}}
	if strings.Contains(yaml, "说明.csv") {
		files["说明.csv"] = &fstest.MapFile{Data: []byte("校名\n")}
	}
	doc, diags := returns.OpenFolder(files, "甲县", returns.DefaultLimits)
	if doc == nil || diags.HasErrors() {
		return nil, diags
	}
	return doc.Read(loadText(t, tripRubric))
}

func TestMapping(t *testing.T) {
	ret, diags := openMapped(t, strings.Replace(mappedReturn, "[C3, D3]", "[{cell: C3, unit: 亿元}, {cell: D3, unit: 亿元}]", 1))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	zh := text.New("zh")
	school := ret.Tables["学校"]
	if got := strings.Join(school.Keys, " "); got != "一小·小学 二小·小学 三小·小学" {
		t.Errorf("rows %s", got)
	}
	tests := []struct {
		name  string
		got   returns.Cell
		want  float64
		place string
		note  string
	}{
		{"a number", school.Columns["学生数"][0][0], 400, "学校情况.xlsx!基本情况!C4", ""},
		{"with its unit", school.Columns["学生数"][0][1], 500, "学校情况.xlsx!基本情况!C5", "“500人”按 500 人 读取"},
		{"last year", school.Columns["学生数"][1][2], 310, "学校情况.xlsx!基本情况!D8", ""},
		{"in the unit of the heading", school.Columns["面积"][0][0], 20, "学校情况.xlsx!基本情况!G4", "“0.002 万平方米”按 20 ㎡ 读取"},
		{"as text", school.Columns["面积"][0][1], 30.5, "学校情况.xlsx!基本情况!G5", "“0.00305 万平方米”按 30.5 ㎡ 读取"},
		{"a cell", ret.Fields["教育支出"][1], 83752.12, "学校情况.xlsx!经费!D3", "“8.375212 亿元”按 83752.12 万元 读取"},
		{"by its label", ret.Fields["巩固率"][0], 95.5, "学校情况.xlsx!经费!C4", ""},
		{"of a fixed table", ret.Tables["各学段"].Columns["教师数"][0][0], 300, "学校情况.xlsx!经费!C6", ""},
		{"a row of a fixed table", ret.Tables["各学段"].Columns["生均支出"][0][1], 15000, "学校情况.xlsx!经费!B7", "“1.5 万元”按 15000 元 读取"},
	}
	for _, tt := range tests {
		note := ""
		for _, n := range tt.got.Notes {
			note += zh.Sprint(n)
		}
		if tt.got.Number != tt.want || tt.got.Pos().String() != tt.place || note != tt.note {
			t.Errorf("%s: %v at %s, %s", tt.name, tt.got.Number, tt.got.Pos().String(), note)
		}
	}
	if c := school.Columns["学段"][0][1]; c.Text != "小学" || c.Pos().File != "return.yaml" || c.Pos().Line != 13 {
		t.Errorf("fixed: %+v", c)
	}
	want := `note 学校情况.xlsx!基本情况 没有数的行跳过了：第 7 行
note 学校情况.xlsx!基本情况 合计的行没有读取：第 6 9 行
warning 学校情况.xlsx!基本情况!B10 最后一行只有“填表人：张三”，没有读取
warning 学校情况.xlsx!经费!A8 表“各学段”没有“高中”这一行`
	if got := problemsOf(ret); got != want {
		t.Errorf("told\n%s\nwant\n%s", got, want)
	}
	if len(ret.Files) != 2 {
		t.Errorf("files %v", ret.Files)
	}
}

// Mistakes in a mapping are told with their place, what is there instead, and what
// to write.
func TestMappingMistakes(t *testing.T) {
	const head = "rubric: trip\nname: 甲县\nfrom: "
	tests := []struct{ yaml, want string }{
		{"[{workbok: 学校情况.xlsx}]", "3:9 未知的键“workbok” / 是不是想写“workbook”？"},
		{"[{sheet: 经费, values: {巩固率: C4}}]", "3:8 缺少 workbook:，即数据所在的工作簿"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费}]", "3:8 请写明读什么"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, values: {巩固率: C4}, columns: {校名: a}}]", "3:70 columns: 要和 table: 一起写"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, table: 学校}]", "3:48 缺少 columns:，即 学校 的各列在工作表上叫什么"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, table: 学校, heading: 二, columns: {校名: a}}]", "3:61 “二”不是行号 / 写一行（2）、几行（2-3），或从某行起（4-）"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, table: 学校, rows: 9-4, columns: {校名: a}}]", "3:58 “9-4”不是行号 / 小的行号写在前面"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, values: {巩固率: {cell: 4C}}}]", "3:62 “4C”不是单元格 / 写单元格的地址，如 C5"},
		{"[{workbook: 没有.xlsx, sheet: 经费, values: {巩固率: C4}}]", "3:19 旁边没有文件“没有.xlsx”"},
		{"[{workbook: 说明.csv, sheet: 经费, values: {巩固率: C4}}]", "3:19 “说明.csv”不是工作簿"},
		{"[学校情况.xlsx]", " 这个工作簿不是 dudao 生成的填报表"},
		{"[{workbook: 学校情况.xlsx, values: {巩固率: C4}}]", "3:19 学校情况.xlsx 有 2 张工作表，请用 sheet: 写明是哪一张 / 有这些工作表：基本情况 经费"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费表, values: {巩固率: C4}}]", "3:37 学校情况.xlsx 里没有工作表“经费表” / 是不是想写“经费”？"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, values: {巩固律: C4}}]", "3:50 评分细则里没有“巩固律” / 是不是想写“巩固率”？"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, values: {教育支出: 教育支出}}]", "3:56 “教育支出”旁边 经费!C3 和 经费!D3 都有内容 / 请写明是哪一列"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, values: {教育支出: {label: 教育支出, column: 今年}}}]", "3:78 工作表 经费 第 3 行以上没有标题“今年” / 是不是想写“本年”？"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, values: {巩固率: 巩固律}}]", "3:55 工作表 经费 里没有“巩固律”这一格 / 是不是想写“巩固率”？"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, values: {巩固率: [C4, D4]}}]", "3:50 给了 2 个值，而“巩固率”只填报 1 年"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, values: {巩固率: {cell: C4, unit: 人}}}]", "3:72 以 人 为单位的数不能换算成细则的单位 / 请换算成%"},
		{"[{workbook: 学校情况.xlsx, sheet: 经费, values: {\"各学段[小学].教师\": C4}}]", "3:51 评分细则里没有“教师” / 是不是想写“教师数”？"},
		{"[{workbook: 学校情况.xlsx, sheet: 基本情况, table: 学校, heading: 2-3, columns: {校名: 学校名, 学段: 序号}}]", "3:82 工作表 基本情况 里没有标题“学校名” / 是不是想写“学校名称”？"},
		{"[{workbook: 学校情况.xlsx, sheet: 基本情况, table: 学校, heading: 2-3, columns: {校名: 学校名称, 面积: 学生数}}]", "3:92 “学生数”在 基本情况!C3，又在 基本情况!D3 / 连同上面一层标题一起写，如：学生数(人)/2024年"},
		{"[{workbook: 学校情况.xlsx, sheet: 基本情况, table: 学校, columns: {校名: 学校名称, 学段: 序号}}]", "3:68 工作表 基本情况 里没有标题“学校名称” / 它在第 2 行，请写明 heading: 2"},
		{"[{workbook: 学校情况.xlsx, sheet: 基本情况, table: 学校, heading: 2-3, columns: {校名: 学校名称}}]", "3:50 columns: 里没有“学段”，它是行的名称"},
		{"[{workbook: 学校情况.xlsx, sheet: 基本情况, table: 学校, heading: 2-3, columns: {校名: 学校名称, 面积: 骨干, 学段: 序号}, fixed: {面积: 3}}]", "3:113 columns: 和 fixed: 里都有“面积” / 请删去一个"},
		{"[{workbook: 学校情况.xlsx, sheet: 基本情况, table: 学较, columns: {校名: 学校名称}}]", "3:50 评分细则里没有“学较” / 是不是想写“学校”？"},
	}
	zh := text.New("zh")
	for _, tt := range tests {
		_, diags := openMapped(t, head+tt.yaml+"\n")
		if len(diags) == 0 {
			t.Errorf("%s: no mistake is told", tt.yaml)
			continue
		}
		d := diags[0]
		got := strings.TrimPrefix(strings.TrimPrefix(d.Pos.String(), "甲县/return.yaml:"), "甲县/学校情况.xlsx") + " " + zh.Sprint(d.Message)
		for _, h := range d.Hints {
			got += " / " + zh.Sprint(h)
		}
		if !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s\n got %s\nwant %s", tt.yaml, got, tt.want)
		}
	}
}

// What a table needs may stand on several sheets; a unit may stand above for all
// figures of a sheet; and two places may say different things.
func TestMappingOfSeveralSheets(t *testing.T) {
	f := excelize.NewFile()
	set := func(sheet string, cells map[string]any) {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for cell, value := range cells {
			if err := f.SetCellValue(sheet, cell, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	set("小学", map[string]any{"A1": "校名", "B1": "面积", "A2": "一小", "B2": 20, "A3": "二小", "B3": 30})
	set("初中", map[string]any{"A1": "校名", "B1": "面积", "A2": "一中", "B2": 40})
	set("修订", map[string]any{"A1": "校名", "B1": "面积", "A2": "一中", "B2": 41})
	set("支出", map[string]any{"D1": "单位：亿元", "A2": "项目", "B2": "本年", "C2": "上年", "A3": "教育支出", "B3": 8.3861, "C3": 8.375212})
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	read := func(more string) (*returns.Return, diag.List) {
		files := fstest.MapFS{"a.xlsx": {Data: buf.Bytes()}, "return.yaml": {Data: []byte(`rubric: trip
from:
  - {workbook: a.xlsx, sheet: 小学, table: 学校, columns: {校名: 校名, 面积: 面积}, fixed: {学段: 小学}}
  - {workbook: a.xlsx, sheet: 初中, table: 学校, columns: {校名: {column: A}, 面积: {column: B}}, fixed: {学段: 初中}}
  - workbook: a.xlsx
    sheet: 支出
    values:
      教育支出: [{label: 教育支出, column: 本年}, {label: 教育支出, column: C}]
` + more)}}
		doc, diags := returns.OpenFolder(files, "甲县", returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		return doc.Read(loadText(t, tripRubric))
	}
	ret, diags := read("")
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if got := strings.Join(ret.Tables["学校"].Keys, " "); got != "一小·小学 二小·小学 一中·初中" {
		t.Errorf("rows %s", got)
	}
	if c := ret.Fields["教育支出"]; c[0].Number != 83861 || c[1].Number != 83752.12 {
		t.Errorf("%+v", c)
	}
	if got, want := problemsOf(ret), "note a.xlsx!支出!D1 没有写单位的数按这里的单位读取：亿元"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	_, diags = read("  - {workbook: a.xlsx, sheet: 修订, table: 学校, columns: {校名: 校名, 面积: 面积}, fixed: {学段: 初中}}\n")
	if len(diags) != 1 || diags[0].Pos.String() != "甲县/a.xlsx!修订!B2" || diags[0].Message.Args[3] != "甲县/a.xlsx!初中!B2" {
		t.Errorf("two values: %v", diags)
	}
}

func FuzzMapping(f *testing.F) {
	f.Add(mappedReturn)
	for _, more := range []string{"{cell: ZZZ9999999}", "{label: 教师, column: XFE}", "[~, {}]", "{heading: 2-99999999}"} {
		f.Add("rubric: trip\nfrom: [{workbook: 学校情况.xlsx, sheet: 经费, values: {教育支出: " + more + "}}]\n")
	}
	f.Add("from: [{workbook: 学校情况.xlsx, sheet: 基本情况, table: 学校, rows: 1-9999999, heading: 9, columns: {校名: {column: XFE}, 学段: /}}]\n")
	book, r := bureau(f), loadText(f, tripRubric)
	f.Fuzz(func(t *testing.T, yaml string) {
		files := fstest.MapFS{"return.yaml": {Data: []byte(yaml)}, "学校情况.xlsx": {Data: book}}
		doc, diags := returns.OpenFolder(files, "甲县", returns.DefaultLimits)
		if doc != nil {
			ret, more := doc.Read(r)
			diags = append(append(diags, more...), ret.Problems...)
		}
		places(t, diags)
	})
}
