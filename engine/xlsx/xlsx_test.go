package xlsx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dudao/engine/text"
	"dudao/engine/xlsx"
)

var limits = xlsx.Limits{Unpacked: 256 << 20, Text: 32 << 20, Cells: 1_000_000, Rows: 100_000, Time: 20 * time.Second}

const (
	relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	head          = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n"
)

// parts is a small workbook; a test replaces some of it.
func parts(sheetData string) map[string]string {
	rel := func(id, kind, target string) string {
		return fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="%s"/>`, id, relationships, kind, target)
	}
	return map[string]string{
		"[Content_Types].xml": head + `<Types/>`,
		"xl/workbook.xml": head + `<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="7" r:id="rId1"/></sheets>` +
			`<definedNames><definedName name="甲">表!$A$1</definedName><definedName name="乙" localSheetId="0">表!$A$2</definedName></definedNames></workbook>`,
		"xl/_rels/workbook.xml.rels": head + `<Relationships>` + rel("rId1", "worksheet", "worksheets/sheet1.xml") +
			rel("rId2", "sharedStrings", "sharedStrings.xml") + rel("rId3", "styles", "styles.xml") + `</Relationships>`,
		"xl/sharedStrings.xml": head + `<sst><si><t>甲</t></si><si><t xml:space="preserve"> 乙 </t></si>` +
			`<si><r><rPr><b/></rPr><t>丙</t></r><r><t>丁</t></r><rPh sb="0" eb="1"><t>bing</t></rPh><phoneticPr fontId="1"/></si>` +
			`<si><t>一_x000D_二&amp;&#x4E09;` + "\r\n" + `_x005F_</t></si><si/></sst>`,
		"xl/styles.xml": head + `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="0.0%"/><numFmt numFmtId="177" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>` +
			`<numFmt numFmtId="178" formatCode="_m* #,##0.00_ ;[Red]&quot;d&quot;0"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="176"/><xf numFmtId="14"/><xf numFmtId="177"/><xf numFmtId="178"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": head + `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>` + sheetData + `</sheetData></worksheet>`,
	}
}

func pack(tb testing.TB, parts map[string]string) *zip.Reader {
	tb.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	names := []string{}
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(parts[name]))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return unzip(tb, buf.Bytes())
}

func unzip(tb testing.TB, data []byte) *zip.Reader {
	tb.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// first is the sheet of a small workbook.
func first(archive *zip.Reader, limits xlsx.Limits) (*xlsx.Sheet, error) {
	book, err := xlsx.Open(archive, limits)
	if err != nil {
		return nil, err
	}
	return book.Sheet(book.Sheets[0])
}

// shown writes the cells of a sheet: place, kind, text, formula, format.
func shown(s *xlsx.Sheet) string {
	var out []string
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			line := xlsx.CellName(int(c.Col), row.Number) + " " + [...]string{"text", "number", "truth", "error", "uncomputed"}[c.Kind] + " " + c.Text
			if c.Formula != "" {
				line += " =" + c.Formula
			}
			if c.Format > 0 {
				line += [...]string{"", " percent", " date"}[c.Format]
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// What the programs that people use write into cells.
func TestCells(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"numbers", `<row r="3"><c r="B3"><v>12.50</v></c><c r="C3" t="n"><v>-1</v></c></row>`, "B3 number 12.50\nC3 number -1"},
		{"as the computer holds it", `<row r="1"><c r="A1"><v>0.84999999999999998</v></c><c r="B1"><v>1.2E-3</v></c><c r="C1"><v>0.30000000000000004</v></c><c r="D1"><v>1.1E+30</v></c></row>`,
			"A1 number 0.85\nB1 number 0.0012\nC1 number 0.3\nD1 number 1.1e+30"},
		{"shared texts", `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row>`,
			"A1 text 甲\nB1 text  乙 \nC1 text 丙丁\nD1 text 一\r二&三\n_"},
		{"inline texts", `<row r="1"><c r="A1" t="inlineStr"><is><t>a &lt;b&gt;</t></is></c><c r="B1" t="inlineStr"><is><r><t>一</t></r><r><t>二</t></r></is></c><c r="C1" t="inlineStr"><is><t><![CDATA[<x>&amp;]]></t></is></c></row>`,
			"A1 text a <b>\nB1 text 一二\nC1 text <x>&amp;"},
		{"truths, errors, dates", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#DIV/0!</v></c><c r="D1" t="d"><v>2021-09-01T00:00:00</v></c><c r="E1" t="d"><v>2021-09-01</v></c></row>`,
			"A1 truth TRUE\nB1 truth FALSE\nC1 error #DIV/0!\nD1 text 2021-09-01\nE1 text 2021-09-01"},
		{"formulas", `<row r="1"><c r="A1"><f>1+2</f><v>3</v></c><c r="B1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="C1"><f>1+1</f></c><c r="D1"><f>1+1</f><v></v></c><c r="E1" t="str"><f>IF(A1="","",1)</f><v></v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G1" t="str"><f>A1</f><v>_x0041_</v></c></row>`,
			"A1 number 3 =1+2\nB1 text ab =\"a\"&\"b\"\nC1 uncomputed  =1+1\nD1 uncomputed  =1+1\nE1 text  =IF(A1=\"\",\"\",1)\nF1 error #DIV/0! =1/0\nG1 text A =A1"},
		{"shared formulas", `<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*$C$1+LOG10(A$1)+'A1'!$A1&amp;"A1"</f><v>1</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/></c><c r="C2"><f t="shared" si="0"/></c></row>`,
			"B1 number 1 =A1*$C$1+LOG10(A$1)+'A1'!$A1&\"A1\"\nB2 uncomputed  =A2*$C$1+LOG10(A$1)+'A1'!$A2&\"A1\"\nC2 uncomputed  =B2*$C$1+LOG10(B$1)+'A1'!$A2&\"A1\""},
		{"formats", `<row r="1"><c r="A1" s="0"><v>1</v></c><c r="B1" s="1"><v>1</v></c><c r="C1" s="2"><v>1</v></c><c r="D1" s="3"><v>1</v></c><c r="E1" s="4"><v>1</v></c><c r="F1" s="5"><v>1</v></c><c r="G1" s="99"><v>1</v></c></row>`,
			"A1 number 1\nB1 number 1 percent\nC1 number 1 percent\nD1 number 1 date\nE1 number 1 date\nF1 number 1\nG1 number 1"},
		{"no places", `<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="4"><c r="C4"><v>5</v></c><c><v>6</v></c></row><row><c><v>7</v></c></row>`, "A1 number 1\nC1 number 3\nC4 number 5\nD4 number 6\nA5 number 7"},
		{"out of order", `<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1" hidden="1"><c r="A1"><v>1</v></c></row>`, "A1 number 1\nA2 number 3\nB2 number 4"},
		{"only formatted", `<row r="1" s="1" customFormat="1"/><row r="2"><c r="A2" s="1"/><c r="B2" s="1"></c><c r="C2"><v></v></c><c r="D2" t="s"><v/></c></row>`, ""},
		{"prefixes, comments, other quotes", `<x:row xmlns:x="a>b" r='2'><!-- <c> --><?a <c>?><x:c r='A2' t = "str" ><x:v>1</x:v></x:c></x:row>`, "A2 text 1"},
		{"foreign elements", `<row r="1"><c r="A1"><v>1<x>8</x></v><extLst><ext><v>9</v></ext></extLst></c></row><other><row><c r="A9"><v>9</v></c></row></other>`, "A1 number 1"},
		{"far away", `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, "XFD1048576 number 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := first(pack(t, parts(tt.data)), limits)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(s); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// Ways of writing the parts around the cells.
func TestParts(t *testing.T) {
	const one = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="3"><v>100</v></c></row>`
	replace := func(part string, pairs ...string) func(map[string]string) {
		return func(p map[string]string) {
			if p[part] = strings.NewReplacer(pairs...).Replace(p[part]); !strings.Contains(p[part], pairs[1]) {
				t.Errorf("%s is not replaced", pairs[0])
			}
		}
	}
	rename := func(from, to string) func(map[string]string) {
		return func(p map[string]string) { p[to] = p[from]; delete(p, from) }
	}
	tests := []struct {
		name   string
		change func(map[string]string)
		want   string
	}{
		{"as it is", func(map[string]string) {}, "A1 text 甲\nB1 number 100 date"},
		{"absolute targets", replace("xl/_rels/workbook.xml.rels", `"worksheets/`, `"/xl/worksheets/`), "A1 text 甲\nB1 number 100 date"},
		{"targets upwards", replace("xl/_rels/workbook.xml.rels", `"worksheets/`, `"../xl/./worksheets/`), "A1 text 甲\nB1 number 100 date"},
		{"other letters", rename("xl/sharedStrings.xml", "xl/SharedStrings.xml"), "A1 text 甲\nB1 number 100 date"},
		{"backslashes", rename("xl/worksheets/sheet1.xml", `xl\worksheets\sheet1.xml`), "A1 text 甲\nB1 number 100 date"},
		{"of another program", func(p map[string]string) {
			rename("xl/workbook.xml", "xl/workbook22.xml")(p)
			rename("xl/_rels/workbook.xml.rels", "xl/_rels/workbook22.xml.rels")(p)
		}, "A1 text 甲\nB1 number 100 date"},
		{"strict", func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = strings.ReplaceAll(p["xl/_rels/workbook.xml.rels"], relationships, "http://purl.oclc.org/ooxml/officeDocument/relationships/")
		}, "A1 text 甲\nB1 number 100 date"},
		{"from 1904", replace("xl/workbook.xml", `<sheets>`, `<workbookPr date1904="1"/><sheets>`), "A1 text 甲\nB1 number 100 date"},
		{"no styles", func(p map[string]string) { delete(p, "xl/styles.xml") }, "A1 text 甲\nB1 number 100"},
		{"a mark in front", func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = "\ufeff" + p["xl/worksheets/sheet1.xml"]
		}, "A1 text 甲\nB1 number 100 date"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := parts(one)
			tt.change(p)
			s, err := first(pack(t, p), limits)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(s); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			days, _ := s.At(2, 1)
			if want := map[bool]float64{true: 1562, false: 100}[tt.name == "from 1904"]; days.Number != want {
				t.Errorf("day %v", days.Number)
			}
		})
	}
}

func TestMerged(t *testing.T) {
	p := parts("")
	p["xl/worksheets/sheet1.xml"] = `<worksheet><sheetData/><mergeCells count="2"><mergeCell ref="B2:C4"/><mergeCell ref="$E$1:$E$90000"/><mergeCell ref="nonsense"/></mergeCells></worksheet>`
	s, err := first(pack(t, p), limits)
	if err != nil {
		t.Fatal(err)
	}
	for place, want := range map[[2]int]bool{{2, 2}: true, {3, 4}: true, {4, 4}: false, {2, 5}: false, {5, 90000}: true, {5, 90001}: false} {
		if _, got := s.Merged(place[0], place[1]); got != want {
			t.Errorf("%v: %v", place, got)
		}
	}
}

// What is wrong has a sentence of its own, with what to do.
func TestRefusals(t *testing.T) {
	sheet := func(data string) func(map[string]string) {
		return func(p map[string]string) { p["xl/worksheets/sheet1.xml"] = data }
	}
	without := func(name string) func(map[string]string) { return func(p map[string]string) { delete(p, name) } }
	cells := func(n int) string { return strings.Repeat(`<c><v>1</v></c>`, n) }
	tests := []struct {
		name   string
		change func(map[string]string)
		limit  func(*xlsx.Limits)
		zh, en string
	}{
		{"cut off", sheet(`<worksheet><sheetData><row>`), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 不完整", "the workbook is damaged: its part xl/worksheets/sheet1.xml is cut off"},
		{"cut off in a tag", sheet(`<worksheet><sheetData r="`), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 不完整", "the workbook is damaged: its part xl/worksheets/sheet1.xml is cut off"},
		{"cut off in a comment", sheet(`<worksheet><!-- `), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 不完整", "the workbook is damaged: its part xl/worksheets/sheet1.xml is cut off"},
		{"cut off in a closing tag", sheet(`<worksheet></worksheet`), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 不完整", "the workbook is damaged: its part xl/worksheets/sheet1.xml is cut off"},
		{"cut off in CDATA", sheet(`<worksheet><![CDATA[>`), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 不完整", "the workbook is damaged: its part xl/worksheets/sheet1.xml is cut off"},
		{"crossed", sheet(`<worksheet><a><b></a></b></worksheet>`), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 格式错乱", "the workbook is damaged: its part xl/worksheets/sheet1.xml is no proper XML"},
		{"no name", sheet(`< />`), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 格式错乱", "the workbook is damaged: its part xl/worksheets/sheet1.xml is no proper XML"},
		{"empty", sheet(``), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 格式错乱", "the workbook is damaged: its part xl/worksheets/sheet1.xml is no proper XML"},
		{"not there", without("xl/worksheets/sheet1.xml"), nil, "工作簿已损坏：缺少其中的 xl/worksheets/sheet1.xml", "the workbook is damaged: its part xl/worksheets/sheet1.xml is missing"},
		{"no shared texts", without("xl/sharedStrings.xml"), nil, "工作簿已损坏：单元格里的文字丢失了", "the workbook is damaged: the texts of its cells are missing"},
		{"a DTD", sheet(`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet/>`), nil, "这不是 Excel 或 WPS 保存的工作簿：其中 xl/worksheets/sheet1.xml 里有不该有的声明", "the workbook is not what Excel or WPS writes: its part xl/worksheets/sheet1.xml holds declarations"},
		{"deep", sheet(strings.Repeat("<a>", 100_000)), nil, "这不是 Excel 或 WPS 保存的工作簿：其中 xl/worksheets/sheet1.xml 嵌套过深", "the workbook is not what Excel or WPS writes: its part xl/worksheets/sheet1.xml is nested too deeply"},
		{"a long text", sheet(`<worksheet>` + strings.Repeat("a", 3<<20) + `</worksheet>`), nil, "这不是 Excel 或 WPS 保存的工作簿：其中 xl/worksheets/sheet1.xml 里有一段文字比任何单元格都长", "the workbook is not what Excel or WPS writes: its part xl/worksheets/sheet1.xml holds a text longer than any cell"},
		{"a cell twice", sheet(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData></worksheet>`), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 的行或单元格位置错乱", "the workbook is damaged: rows or cells of its part xl/worksheets/sheet1.xml are out of order"},
		{"a cell elsewhere", sheet(`<worksheet><sheetData><row r="1"><c r="A2"><v>1</v></c></row></sheetData></worksheet>`), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 的行或单元格位置错乱", "the workbook is damaged: rows or cells of its part xl/worksheets/sheet1.xml are out of order"},
		{"a row beyond", sheet(`<worksheet><sheetData><row r="1048577"/></sheetData></worksheet>`), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 的行或单元格位置错乱", "the workbook is damaged: rows or cells of its part xl/worksheets/sheet1.xml are out of order"},
		{"columns beyond", sheet(`<worksheet><sheetData><row>` + cells(16_385) + `</row></sheetData></worksheet>`), nil, "工作簿已损坏：其中 xl/worksheets/sheet1.xml 的行或单元格位置错乱", "the workbook is damaged: rows or cells of its part xl/worksheets/sheet1.xml are out of order"},
		{"no sheets", func(p map[string]string) { p["xl/workbook.xml"] = `<workbook><sheets/></workbook>` }, nil, "工作簿里没有工作表", "the workbook has no sheets"},
		{"many cells", sheet(`<worksheet><sheetData><row>` + cells(200) + `</row></sheetData></worksheet>`), func(l *xlsx.Limits) { l.Cells = 100 }, "工作簿里有内容的单元格太多，不会是填报表", "the workbook holds too many cells to be a return"},
		{"many rows", sheet(`<worksheet><sheetData>` + strings.Repeat(`<row>`+cells(1)+`</row>`, 30) + `</sheetData></worksheet>`), func(l *xlsx.Limits) { l.Rows = 20 }, "工作簿里有内容的行太多，不会是填报表", "the workbook holds too many rows to be a return"},
		{"much text", sheet(`<worksheet><sheetData><row><c t="str"><v>` + strings.Repeat("字", 1000) + `</v></c></row></sheetData></worksheet>`), func(l *xlsx.Limits) { l.Text = 1000 }, "工作簿里有内容的单元格太多，不会是填报表", "the workbook holds too many cells to be a return"},
		{"large", sheet(`<worksheet>` + strings.Repeat("<a/>", 30_000) + `</worksheet>`), func(l *xlsx.Limits) { l.Unpacked = 100_000 }, "工作簿解压后太大，不会是填报表", "unpacked, the workbook is too large to be a return"},
		{"slow", func(map[string]string) {}, func(l *xlsx.Limits) { l.Time = 0 }, "读取工作簿用时过长", "reading the workbook takes too long"},
		{"merged", sheet(`<worksheet><mergeCells>` + strings.Repeat(`<mergeCell ref="A1:A9999"/>`, 200) + `</mergeCells></worksheet>`), nil, "工作簿里合并的单元格太多", "too many cells of the workbook are merged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, l := parts(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`), limits
			tt.change(p)
			if tt.limit != nil {
				tt.limit(&l)
			}
			_, err := first(pack(t, p), l)
			var r *xlsx.Refusal
			if !errors.As(err, &r) {
				t.Fatalf("got %v", err)
			}
			if zh, en := text.New("zh").Sprint(r.Message), text.New("en").Sprint(r.Message); zh != tt.zh || en != tt.en {
				t.Errorf("got %s\n%s", zh, en)
			}
			if hint := text.New("zh").Sprint(r.Hint); !strings.HasPrefix(hint, "请") {
				t.Errorf("hint %s", hint)
			}
		})
	}
}

// A part that was changed on its way doesn't match its checksum; a header that
// lies about the size doesn't help.
func TestChecksum(t *testing.T) {
	archive := pack(t, parts(`<row r="1"><c r="A1"><v>1</v></c></row>`))
	for _, f := range archive.File {
		if f.Name == "xl/worksheets/sheet1.xml" {
			f.CRC32++
		}
	}
	_, err := first(archive, limits)
	var r *xlsx.Refusal
	if !errors.As(err, &r) || r.Message.Key != "the workbook is damaged: its part %s can’t be unpacked" {
		t.Errorf("got %v", err)
	}
	large := parts("")
	large["xl/worksheets/sheet1.xml"] = "<a>" + strings.Repeat("<b/>", 1<<20) + "</a>"
	archive = pack(t, large)
	for _, f := range archive.File {
		f.UncompressedSize64 = min(f.UncompressedSize64, 1<<20)
	}
	l := limits
	l.Unpacked = 2 << 20
	if _, err := first(archive, l); err == nil {
		t.Error("a part larger than its header says is read")
	}
}

func TestLocked(t *testing.T) {
	archive := pack(t, parts(""))
	archive.File[0].Flags |= 1
	_, err := first(archive, limits)
	var r *xlsx.Refusal
	if !errors.As(err, &r) || text.New("zh").Sprint(r.Message) != "工作簿用密码锁住了" {
		t.Errorf("got %v", err)
	}
}

// After the first refusal nothing more is read.
func TestRefusalStays(t *testing.T) {
	p := parts("")
	p["xl/worksheets/sheet1.xml"] = "<a>"
	book, err := xlsx.Open(pack(t, p), limits)
	if err != nil {
		t.Fatal(err)
	}
	_, one := book.Sheet("表")
	_, two := book.Sheet("别的")
	if one == nil || two != one || book.Err() != one {
		t.Errorf("%v %v %v", one, two, book.Err())
	}
}

func TestLinks(t *testing.T) {
	p := parts("")
	p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<definedNames>", `<externalReferences><externalReference r:id="rId9"/></externalReferences><definedNames>`, 1)
	p["xl/_rels/workbook.xml.rels"] = strings.Replace(p["xl/_rels/workbook.xml.rels"], "</Rel", `<Relationship Id="rId9" Type="`+relationships+`externalLink" Target="externalLinks/externalLink1.xml"/></Rel`, 1)
	p["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
	p["xl/externalLinks/_rels/externalLink1.xml.rels"] = `<Relationships><Relationship Id="rId1" Type="` + relationships + `externalLinkPath" Target="file:///D:\%E4%B8%8A%E5%B9%B4\2020%E5%B9%B4.xlsx" TargetMode="External"/></Relationships>`
	book, err := xlsx.Open(pack(t, p), limits)
	if err != nil {
		t.Fatal(err)
	}
	for formula, want := range map[string]string{"[1]表!A1": "2020年.xlsx", "A1+'[1]表 1'!$A$1": "2020年.xlsx", "表[1]": "", `"[1]"`: "", "[2]表!A1": "", "[": "", "SUM(A1)": ""} {
		if got, _ := book.Link(formula); got != want {
			t.Errorf("%s: %s", formula, got)
		}
	}
}

func TestCellName(t *testing.T) {
	for col, want := range map[int]string{1: "A1", 26: "Z1", 27: "AA1", 702: "ZZ1", 703: "AAA1", 16384: "XFD1"} {
		if got := xlsx.CellName(col, 1); got != want {
			t.Errorf("%d: %s", col, got)
		}
		if a, ok := xlsx.ParseArea("$" + want[:len(want)-1] + "$1"); !ok || a.Col != col || a.ToRow != 1 {
			t.Errorf("%s: %v", want, a)
		}
	}
	for _, bad := range []string{"", "A", "1", "A0", "XFE1", "A1048577", "A1B", "A99999999999", "AAAA1", "B2:A1", "A1:", "甲1"} {
		if a, ok := xlsx.ParseArea(bad); ok {
			t.Errorf("%s: %v", bad, a)
		}
	}
}

// FuzzSheet reads sheets, shared texts and styles that were changed as XML.
func FuzzSheet(f *testing.F) {
	p := parts(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>一</t></r></is></c><c r="C1"><f t="shared" si="0" ref="C1:C2">A1+$B$2</f><v>1</v></c></row><row r="2"><c r="C2"><f t="shared" si="0"/></c></row>`)
	f.Add(p["xl/worksheets/sheet1.xml"], p["xl/sharedStrings.xml"], p["xl/styles.xml"], p["xl/workbook.xml"])
	if data, err := os.ReadFile("../../examples/gaoping-2021/填报表.xlsx"); err == nil {
		real := map[string]string{}
		for _, part := range unzip(f, data).File {
			r, err := part.Open()
			if err != nil {
				f.Fatal(err)
			}
			var b bytes.Buffer
			_, _ = b.ReadFrom(r)
			real[part.Name] = b.String()
		}
		f.Add(real["xl/worksheets/sheet2.xml"], real["xl/sharedStrings.xml"], real["xl/styles.xml"], p["xl/workbook.xml"])
	}
	f.Fuzz(func(t *testing.T, sheet, strings, styles, workbook string) {
		p := parts("")
		p["xl/worksheets/sheet1.xml"], p["xl/sharedStrings.xml"], p["xl/styles.xml"], p["xl/workbook.xml"] = sheet, strings, styles, workbook
		s, err := first(pack(t, p), xlsx.Limits{Unpacked: 8 << 20, Text: 1 << 20, Cells: 10_000, Rows: 1000, Time: time.Minute})
		var r *xlsx.Refusal
		switch {
		case err != nil && (!errors.As(err, &r) || r.Hint.IsZero()):
			t.Fatalf("%v is no refusal", err)
		case err != nil || s == nil:
			return
		}
		last := 0
		for _, row := range s.Rows {
			if row.Number <= last || len(row.Cells) == 0 {
				t.Errorf("row %d after %d", row.Number, last)
			}
			last = row.Number
			for _, c := range row.Cells {
				if got, ok := s.At(int(c.Col), row.Number); !ok || got.Text != c.Text {
					t.Errorf("%s is not found", xlsx.CellName(int(c.Col), row.Number))
				}
			}
		}
	})
}

// A row that holds something says whether it is hidden.
func TestHiddenRows(t *testing.T) {
	archive := pack(t, parts(`<row r="2" hidden="1"><c r="B2"><v>1</v></c></row><row r="4"><c r="A4" t="s"><v>0</v></c></row>`))
	book, err := xlsx.Open(archive, limits)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := book.Sheet("表"); err != nil || !s.Hidden[2] || s.Hidden[4] {
		t.Errorf("hidden %v %v", s.Hidden, err)
	}
}
