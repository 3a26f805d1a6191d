package book

import (
	"archive/zip"
	"bytes"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sample has one of everything.
func sample() *Book {
	low, high := 0.0, 100.0
	first := &Sheet{
		Name: "评分表", Widths: []float64{12, 30}, Landscape: true,
		FreezeRows: 2, FreezeCols: 1, TitleFrom: 1, TitleTo: 2,
		Footer: "第 &P 页，共 &N 页", Protected: true,
		Merges: []Range{{Ref{1, 1}, Ref{1, 2}}, {Ref{4, 1}, Ref{5, 1}}},
		Rows: []Row{
			{Cells: []Cell{{Value: "自评打分表", Style: Title}}},
			{Cells: []Cell{{Value: "指标", Style: Heading}, {Value: "得分", Style: Heading}}},
			{Cells: []Cell{{Value: "合计", Style: StrongText, Link: &Place{Sheet: "县's 数据", Ref: Ref{1, 1}}},
				{Value: 87.5, Formula: "=SUM(B4:B5)", Style: Strong, Digits: 2, Note: "各分项之和\n<见依据>"}}},
			{Cells: []Cell{{Value: "经费", Style: Level}, {Value: 80.0, Style: Entry, Unlocked: true}}},
			{Cells: []Cell{{}, {Value: 7.5, Style: Number, Digits: -1}, {Value: "007", Style: EntryText}}},
			{Cells: []Cell{{Value: "缺数据", Formula: `IF(B4<0,"","缺数据")`}, {Value: true, Formula: "B4>1"}, {Formula: "B4"}, {Value: false}}},
		},
		Validations: []Validation{
			{Range: Range{Ref{4, 2}, Ref{4, 2}}, Kind: Decimal, Min: &low, Max: &high, Prompt: "0至100", Error: "应在0与100之间", Strict: true},
			{Range: Range{Ref{5, 2}, Ref{5, 2}}, Kind: Whole, Min: &low},
			{Range: Range{Ref{6, 1}, Ref{6, 1}}, Kind: List, Choices: []string{"是", "否"}},
			{Range: Range{Ref{6, 2}, Ref{6, 2}}, Kind: List, Choices: long("甲")},
			{Range: Range{Ref{6, 3}, Ref{6, 3}}, Kind: List, Choices: long("甲")},
			{Range: Range{Ref{7, 2}, Ref{7, 2}}, Kind: List, Choices: []string{"=1+1"}},
			{Range: Range{Ref{7, 3}, Ref{7, 3}}, Kind: List, Choices: []string{"a,b", "c"}},
			{Range: Range{Ref{7, 1}, Ref{7, 1}}, Kind: TextLength, Max: &high},
			{Range: Range{Ref{8, 1}, Ref{8, 1}}, Prompt: strings.Repeat("长", 300)},
		},
	}
	second := &Sheet{Name: "县's 数据", Hidden: true, Rows: []Row{{Cells: []Cell{{Value: "x", Note: "乙"}, {Note: "甲"}}}}}
	return &Book{
		Title: "示例", Creator: "dudao 1.0", Sheets: []*Sheet{first, second, points()},
		Names: []Name{
			{Name: "总分", Sheet: "评分表", From: Ref{3, 2}},
			{Name: "表.列", Sheet: "县's 数据", From: Ref{1, 1}, To: Ref{9, 1}},
		},
	}
}

// long is a list of choices no validation can hold.
func long(of string) (choices []string) {
	for i := range 60 {
		choices = append(choices, strings.Repeat(of, 5+i))
	}
	return choices
}

func write(t testing.TB, b *Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// entry is one part of an .xlsx file.
func entry(t *testing.T, data []byte, name string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func wants(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %s in\n%s", part, text)
		}
	}
}

func TestSameBytes(t *testing.T) {
	want := write(t, sample())
	for range 50 {
		if !bytes.Equal(write(t, sample()), want) {
			t.Fatal("a second write gave other bytes")
		}
	}
}

func TestContentTypesAreSorted(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	files, parts := f.ContentTypes.Defaults, f.ContentTypes.Overrides
	if len(files) < 2 || len(parts) < 2 {
		t.Fatalf("there is nothing to sort in %v and %v", files, parts)
	}
	for range 2 {
		slices.Reverse(files)
		slices.Reverse(parts)
		sortContentTypes(f)
		for i := range files[1:] {
			if files[i].Extension >= files[i+1].Extension {
				t.Errorf("got %v", files)
			}
		}
		for i := range parts[1:] {
			if parts[i].PartName >= parts[i+1].PartName {
				t.Errorf("got %v", parts)
			}
		}
	}
}

// The results that stand beside formulas must have their types, or programs
// that trust them show the wrong thing.
func TestTypedResults(t *testing.T) {
	wants(t, entry(t, write(t, sample()), "xl/worksheets/sheet1.xml"),
		`<f>SUM(B4:B5)</f><v>87.5</v>`,
		`t="str"><f>IF(B4&lt;0,"","缺数据")</f><v>缺数据</v>`,
		`t="b"><f>B4&gt;1</f><v>1</v>`,
		`<f>B4</f></c>`,
	)
	if strings.Contains(entry(t, write(t, sample()), "xl/worksheets/sheet1.xml"), `t="str"><f>SUM`) {
		t.Error("a number is marked as a text")
	}
}

// Everything around the cells is dropped without an error when set too late.
func TestAroundTheCells(t *testing.T) {
	data := write(t, sample())
	wants(t, entry(t, data, "xl/worksheets/sheet1.xml"),
		`<dimension ref="A1:D6">`, `fitToPage="true"`, `showGridLines="false"`,
		`<cols><col min="1" max="1" width="12" customWidth="1"/><col min="2"`,
		`paperSize="9"`, `orientation="landscape"`, `fitToWidth="1"`, `fitToHeight="0"`,
		`horizontalCentered="true"`, `&amp;C第 &amp;P 页`, `state="frozen"`, `xSplit="1"`, `ySplit="2"`,
		`<mergeCell ref="A4:A5"/>`, `sheetProtection`, `deleteRows="false"`, `insertRows="false"`, `formatCells="true"`,
		`type="decimal"`, `error="应在0与100之间" errorStyle="stop"`, `errorStyle="warning"`, `<formula1>0</formula1><formula2>100</formula2>`,
		`<formula1>"是,否"</formula1>`,
		`<formula1>'_choices'!$A$1:$A$60</formula1>`,
		`<formula1>'_choices'!$B$1</formula1>`, `<formula1>'_choices'!$C$1:$C$2</formula1>`,
		`prompt="`+strings.Repeat("长", 254)+`…"`,
	)
	wants(t, entry(t, data, "xl/workbook.xml"),
		`name="评分表"`, `name="县&#39;s 数据" sheetId="2" r:id="rId`, `state="hidden"`,
		`>'评分表'!$1:$2<`, `<definedName name="总分">'评分表'!$B$3<`,
		`<definedName name="表.列">'县''s 数据'!$A$1:$A$9<`,
	)
	wants(t, entry(t, data, "docProps/core.xml"), "<dc:creator>dudao 1.0<", "<dc:title>示例<")
}

// The border of a merged area is drawn by all its cells.
func TestMergedStyle(t *testing.T) {
	xml := entry(t, write(t, sample()), "xl/worksheets/sheet1.xml")
	style := regexp.MustCompile(`<c r="A[45]" s="(\d+)"`).FindAllStringSubmatch(xml, -1)
	if len(style) != 2 || style[0][1] != style[1][1] {
		t.Errorf("A4 and A5 have styles %v", style)
	}
}

func TestHostileTexts(t *testing.T) {
	texts := []string{"=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "a<b>&\"'", " 空 ", "两\n行\t", "_x0041_", "\x00\x1b[31m", "a\r\nb", "\xff坏"}
	b := &Book{Sheets: []*Sheet{{Name: "a"}}}
	for _, text := range texts {
		b.Sheets[0].Rows = append(b.Sheets[0].Rows, Row{Cells: []Cell{{Value: text}, {Value: text, Formula: "A1"}}})
	}
	data := write(t, b)
	if xml := entry(t, data, "xl/worksheets/sheet1.xml"); strings.Contains(xml, "<f>1") || strings.Contains(xml, `<c xml:space`) {
		t.Errorf("a text became a formula, or Excel would refuse\n%s", xml)
	}
	dumped, err := Dump(data)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, dumped, "A1 = =1+1\n", "A5 = =cmd|' /C calc'!A0\n", `A6 = "a<b>&\"'"`, `A7 = " 空 "`, `B7 = 空 | =A1`,
		`A8 = "两\n行\t"`, "A9 = _x0041_\n", `A10 = "  [31m"`, `A11 = "a\nb"`, "A12 = \uFFFD坏\n")
}

// Excel forgives none of these, and excelize reports only some.
func TestRefuses(t *testing.T) {
	row := func(cells ...Cell) []Row { return []Row{{Cells: cells}} }
	sheet := func(s Sheet) *Book {
		s.Name = "a"
		return &Book{Sheets: []*Sheet{&s}}
	}
	named := func(n ...Name) *Book {
		b := sheet(Sheet{})
		b.Names = n
		return b
	}
	for want, b := range map[string]*Book{
		"no sheet to be seen":       {Sheets: []*Sheet{{Name: "a", Hidden: true}}},
		"two sheets are called":     {Sheets: []*Sheet{{Name: "a"}, {Name: "A"}}},
		`sheet "a/b"`:               {Sheets: []*Sheet{{Name: "a/b"}}},
		"A1: NaN is no number":      sheet(Sheet{Rows: row(Cell{Value: math.NaN()})}),
		"B1: -Inf is no number":     sheet(Sheet{Rows: row(Cell{}, Cell{Value: math.Inf(-1)})}),
		"text has 32768 characters": sheet(Sheet{Rows: row(Cell{Value: strings.Repeat("长", 32768)})}),
		"text has 32770 characters": sheet(Sheet{Rows: row(Cell{Value: strings.Repeat("𠮷", 16385)})}),
		"formula has 8193":          sheet(Sheet{Rows: row(Cell{Formula: strings.Repeat("1", 8193)})}),
		"int is no cell value":      sheet(Sheet{Rows: row(Cell{Value: 1})}),
		"A1:B1 hides B1":            sheet(Sheet{Rows: row(Cell{}, Cell{Value: "x"}), Merges: []Range{{Ref{1, 1}, Ref{1, 2}}}}),
		"B1 is in two merged areas": sheet(Sheet{Merges: []Range{{Ref{1, 1}, Ref{1, 2}}, {Ref{1, 2}, Ref{2, 2}}}}),
		"merged area B1:A1 is none": sheet(Sheet{Merges: []Range{{Ref{1, 2}, Ref{1, 1}}}}),
		"A1:A1 has no choices":      sheet(Sheet{Validations: []Validation{{Range: Range{Ref{1, 1}, Ref{1, 1}}, Kind: List}}}),
		"title rows 'a'!$3:$2":      sheet(Sheet{TitleFrom: 3, TitleTo: 2}),
		`on a sheet "b"`:            named(Name{Name: "x", Sheet: "b", From: Ref{1, 1}}),
		"name x is given twice":     named(Name{Name: "x", Sheet: "a", From: Ref{1, 1}}, Name{Name: "x", Sheet: "a", From: Ref{2, 1}}),
		"name a b":                  named(Name{Name: "a b", Sheet: "a", From: Ref{1, 1}}),
	} {
		if err := b.Write(io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want …%s…", err, want)
		}
	}
}
