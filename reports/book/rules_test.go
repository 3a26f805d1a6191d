package book

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tampered is a file with something else in one of its parts; with "" for what
// was there, the part is new.
func tampered(t *testing.T, data []byte, name, was, is string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name, content string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	done := was == ""
	for _, f := range archive.File {
		content := entry(t, data, f.Name)
		if f.Name == name && was != "" {
			if !strings.Contains(content, was) {
				t.Fatalf("no %s in %s:\n%s", was, name, content)
			}
			content, done = strings.Replace(content, was, is, 1), true
		}
		add(f.Name, content)
	}
	if was == "" {
		add(name, is)
	}
	if err := z.Close(); err != nil || !done {
		t.Fatal(name, err)
	}
	return out.Bytes()
}

func TestGoodFilesBreakNoRule(t *testing.T) {
	for _, problem := range Check(write(t, sample()), 200) {
		t.Error(problem)
	}
	if testing.Short() {
		return // the examples are large
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "examples", "*", "*.xlsx"))
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range Check(data, 200) {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

// What is wrong with a formula is found wherever it stands.
func TestFormulaRules(t *testing.T) {
	for formula, want := range map[string]string{
		`IF(COUNT(总分,表.列)<2,"缺数据",ROUND(总分-B4,13-LEN(INT(ABS(总分)))))`: "",
		`SUMPRODUCT('县''s 数据'!$A$1:$A$9*(表.列-总分)^2)/SUM(表.列)`:         "",
		`SUMPRODUCT((表.列>=1)*ISNUMBER(B1:B9))`:                        "",
		`COUNTIFS(表.列,">="&B4,A1:A9,"是")+COUNTIF(表.列,1)-1E-3`:         "",
		`INDEX(表.列,MATCH("甲",A1:A9,0))%`:                              "",
		`IFERROR(-(B4+2)/0,"计""算""错误")&TRUE&#N/A`:                     "",
		`IF(A1:A1>0,LOG10_,1)`: "there is no name LOG10_",

		`IF(A1:A9>0,1,0)`:                      "IF over a range",
		`IF(表.列>0,1,0)`:                        "IF over a range",
		`SUMPRODUCT(IF(表.列>0,1,0))`:            "IF over a range",
		`IFERROR(表.列/B4,0)`:                    "IFERROR over a range",
		`ROUND(表.列,1)`:                         "a range where one value belongs",
		`B4+表.列`:                               "a range where one value belongs",
		`SUM(表.列*2)`:                           "only an array formula can do this: SUM",
		`MATCH(1,(表.列=1)*1,0)`:                 "only an array formula can do this: MATCH",
		`COUNTIF(表.列,A1:A9)`:                   "a range where one value belongs",
		`表.列`:                                  "more than one value comes out",
		`$A:$A`:                                "more than one value comes out",
		`XLOOKUP(1,A1:A9,B1:B9)`:               "XLOOKUP is no function that may be used",
		`_xlfn.STDEV.S(A1:A9)`:                 "_XLFN.STDEV.S is no function that may be used",
		`ROUND(B4)`:                            "ROUND can't have 1 arguments",
		`COUNTIFS(表.列,1,A1:A9)`:                "COUNTIFS can't have 3 arguments",
		`ABS(1,2)`:                             "ABS can't have 2 arguments",
		`总和+1`:                                 "there is no name 总和",
		`别处!A1`:                                "there is no sheet 别处",
		`'[1]别处'!A1`:                           "another workbook is mentioned",
		`[1]别处!A1`:                             "another workbook or a table",
		`SUM({1,2})`:                           "an array constant",
		`B4+`:                                  "it ends too early",
		`(B4`:                                  "a bracket is not closed",
		`SUM(B4`:                               "SUM is not closed",
		`B4 B5`:                                "nothing may stand at B5",
		`B4＞1`:                                 "nothing may stand at ＞1",
		`#REF!+1`:                              "nothing may stand at #REF!",
		`"` + strings.Repeat("长", 256) + `"`:   "a text of 256 characters",
		strings.Repeat("1+", 100) + "1":        "201 characters, at most 200",
		strings.Repeat("(", 65) + "1" + "))))": "more than 64 levels",
	} {
		b := sample()
		b.Sheets[0].Rows[5].Cells[0] = Cell{Formula: formula}
		got := Check(write(t, b), 200)
		if want == "" {
			if len(got) != 0 {
				t.Errorf("%s: %q", formula, got)
			}
			continue
		}
		// A formula of 256 characters is also too long.
		if !strings.Contains(strings.Join(got, "\n"), want) || !strings.Contains(got[0], "评分表!A6") {
			t.Errorf("%s: got %q, want …%s…", formula, got, want)
		}
	}
}

func TestRules(t *testing.T) {
	const sheet, book, styles, types, rels = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/worksheets/_rels/sheet1.xml.rels"
	for _, c := range []struct{ part, was, is, want string }{
		{book, `name="总分">`, `name="GDP2021">`, `name "GDP2021": Excel takes it for a cell`},
		{book, `name="总分">`, `name="ＣＶ1">`, `name "ＣＶ1": Excel takes it for a cell`},
		{book, `name="总分">`, `name="r">`, `name "r": Excel takes it for a cell`},
		{book, `name="总分">`, `name="R1c2">`, `name "R1c2": Excel takes it for a cell`},
		{book, `name="总分">`, `name="c">`, `name "c": Excel takes it for a cell`},
		{book, `name="总分">`, `name="True">`, `name "True": Excel keeps it`},
		{book, `name="总分">`, `name="1分">`, `'1' may not stand there`},
		{book, `name="总分">`, `name="总（分）">`, `'（' may not stand there`},
		{book, `name="总分">`, `name="总 分">`, `' ' may not stand there`},
		{book, `name="总分">`, `name="` + strings.Repeat("长", 256) + `">`, `1 to 255 characters`},
		{book, `name="总分">`, `name="表.列">`, `name 表.列: there are two`},
		{book, `'评分表'!$B$3`, `'没有'!$B$3`, `name 总分: there is no sheet 没有`},
		{book, `'评分表'!$B$3`, `#REF!`, `name 总分: #REF! is no area`},
		{book, `<sheet name="评分表"`, `<sheet name="评/分"`, `sheet "评/分": none of`},
		{book, `<sheet name="评分表"`, `<sheet name="` + strings.Repeat("长", 32) + `"`, `1 to 31 characters`},
		{book, `<sheet name="评分表"`, `<sheet name="history"`, `keeps this name`},
		{book, `<sheet name="评分表"`, `<sheet name="_CHOICES"`, `two sheets are called _choices`},
		{book, `<sheet name="评分表"`, `<sheet name="评'"`, `no ' at an end`},
		{sheet, `<mergeCell ref="A4:A5"/>`, `<mergeCell ref="A4:A5"/><mergeCell ref="A5:B6"/>`, `A4:A5 and A5:B6 overlap`},
		{sheet, `<mergeCell ref="A4:A5"/>`, `<mergeCell ref="A4"/>`, `merged area A4 is none`},
		{sheet, `prompt="0至100"`, `prompt="` + strings.Repeat("长", 256) + `"`, `256 characters, at most 255`},
		{sheet, `error="应在0与100之间"`, `error="` + strings.Repeat("长", 226) + `"`, `226 characters, at most 225`},
		{sheet, `"是,否"`, `"` + strings.Repeat("长", 256) + `"`, `choices of 256 characters`},
		{sheet, `'_choices'!$A$1:$A$60`, `'choices'!$A$1:$A$60`, `validation of 评分表!B6:B6: ='choices'!$A$1:$A$60: there is no sheet choices`},
		{sheet, `<formula1>0</formula1><formula2>`, `<formula1>表.列</formula1><formula2>`, `more than one value comes out`},
		{sheet, `<t>自评打分表</t>`, `<t>` + strings.Repeat("长", 32768) + `</t>`, `评分表!A1 has 32768 characters`},
		{sheet, `<c r="A1" s="1"`, `<c r="A1" s="99"`, `评分表!A1 has style 99 of`},
		{sheet, `<c r="B5" s="7"><v>7.5</v>`, `<c r="B5" s="7"><v>七</v>`, `七 is no number`},
		{sheet, `<c r="B5" s="7"><v>7.5</v>`, `<c r="B5" t="s"><v>7</v>`, `no shared text 7`},
		{sheet, `<c r="B5" s="7"><v>7.5</v>`, `<c r="B5" t="x"><v>7</v>`, `has the type x`},
		{sheet, `<v>0</v>`, `<v>FALSE</v>`, `FALSE is no truth value`},
		{sheet, `<c r="B5"`, `<c r="B6"`, `评分表!B6 is out of order in row 5`},
		{sheet, `<row r="5"`, `<row r="4"`, `row 4 after row 4`},
		{sheet, `<row r="5" ht="20.33"`, `<row r="5" ht="500"`, `height 500`},
		{sheet, `<f>SUM(B4:B5)</f>`, `<f t="array" ref="B3">SUM(B4:B5)</f>`, `评分表!B3 has an array formula`},
		{sheet, `<col min="2"`, `<col min="1"`, `columns 1 to 2`},
		{sheet, `<printOptions `, `<mergeCells></mergeCells><printOptions `, `mergeCells stands out of order`},
		{sheet, `location="&#39;县`, `location="&#39;市`, `the link at A3 leads to '市`},
		{sheet, `<oddFooter>`, `<oddFooter>` + strings.Repeat("长", 256), `header or footer`},
		{"xl/worksheets/sheet3.xml", `<formula>C1&lt;B1</formula>`, `<formula>C1:C3&lt;B1</formula>`, `condition of 部分's!C1:C3: =C1:C3<B1: a range where`},
		{"xl/worksheets/sheet3.xml", `dxfId="1"`, `dxfId="2"`, `has look 2 of 2`},
		{"xl/worksheets/sheet3.xml", `sqref="C1:C3"`, `sqref="C3:C1"`, `no such area`},
		{"xl/charts/chart1.xml", `部分&#39;&#39;s&#39;!$B`, `别处&#39;!$B`, `a chart of sheet 部分's draws '别处'!$B$1:$B$3`},
		{"xl/charts/chart1.xml", `</c:chartSpace>`, ``, `xl/charts/chart1.xml: XML syntax error`},
		{"xl/comments1.xml", `</comments>`, ``, `xl/comments1.xml: XML syntax error`},
		{types, `PartName="/xl/styles.xml"`, `PartName="/xl/style.xml"`, `/xl/style.xml is given a type twice or isn't there`},
		{types, `Extension="vml"`, `Extension="wml"`, `vmlDrawing1.vml has no type`},
		{rels, `../comments1.xml`, `../comments7.xml`, `leads to xl/comments7.xml, which isn't there`},
		{rels, `Target="../comments1.xml"`, `Target="http://x.cn/" TargetMode="External"`, `leads out of the workbook`},
		{"xl/externalLinks/externalLink1.xml", ``, `<a/>`, `another workbook is mentioned`},
		{"xl/styles.xml", ``, `<a/>`, `xl/styles.xml is there twice`},
		{styles, `<cellXfs count="`, `<cellXfs>` + strings.Repeat("<xf/>", mostStyles) + `</cellXfs><cellXfs count="`, `styles, at most 65490`},
	} {
		got := strings.Join(Check(tampered(t, write(t, sample()), c.part, c.was, c.is), 200), "\n")
		if !strings.Contains(got, c.want) {
			t.Errorf("%s → %s: got\n%.300s\nwant …%s…", c.was, c.is, got, c.want)
		}
	}
	if got := Check([]byte("PK"), 200); len(got) != 1 {
		t.Errorf("got %q", got)
	}
}
