package returns_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/engine/xlsx"

	"github.com/xuri/excelize/v2"
)

// worded is a diagnostic in a language, with its hints.
func worded(lang string, d diag.Diagnostic) string {
	p := text.New(lang)
	out := p.Sprint(d.Message)
	for _, h := range d.Hints {
		out += "|" + p.Sprint(h)
	}
	return out
}

// zipWith packs parts: name, content, name, content, …
func zipWith(tb testing.TB, pairs ...string) []byte {
	tb.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for i := 0; i < len(pairs); i += 2 {
		part, err := w.Create(pairs[i])
		if err == nil {
			_, err = io.WriteString(part, pairs[i+1])
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

// rezip changes parts of a workbook as text; what a change makes empty is left out.
func rezip(tb testing.TB, data []byte, change func(name, content string) string) []byte {
	tb.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	var pairs []string
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			tb.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			tb.Fatal(err)
		}
		if changed := change(f.Name, string(content)); changed != "" {
			pairs = append(pairs, f.Name, changed)
		}
	}
	return zipWith(tb, pairs...)
}

func compound(stream string) []byte {
	data := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...)
	for i := range len(stream) {
		data[100+2*i] = stream[i]
	}
	return data
}

// Each kind of file that isn't a return is told by what it is and what to do.
func TestKindsOfFiles(t *testing.T) {
	const (
		saveZH, saveEN = "请用 Excel 或 WPS 打开，另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"
		formZH, formEN = "请把数据填进用“dudao form”生成的填报表（.xlsx）", "copy the figures into the form (.xlsx) that “dudao form” writes"
		copyZH, copyEN = "请重新复制或下载", "copy or download the file again"
	)
	form := example(t, "填报表.xlsx")
	ods := func(kind string) []byte {
		return zipWith(t, "mimetype", "application/vnd.oasis.opendocument."+kind, "content.xml", "<x/>")
	}
	is := func(format, hintZH, hintEN string) [2]string {
		return [2]string{"这是 " + format + " 文件，不是 Excel 工作簿|" + hintZH, "this is no Excel workbook; its format is " + format + "|" + hintEN}
	}
	html := is("HTML", saveZH, saveEN)
	plain := [2]string{"这是纯文本，只是文件名以 .xlsx 结尾|请用 Excel 或 WPS 打开，另存为 .xlsx；如果是 CSV 表，请以表名命名，扩展名用 .csv",
		"this is plain text that is only named .xlsx|open it in Excel or WPS and save it as .xlsx; a table in CSV is named after its table, with .csv at the end"}
	picture := [2]string{"这是图片，不是 Excel 工作簿|" + formZH, "this is a picture, not an Excel workbook|" + formEN}
	tests := []struct {
		name, file string
		data       []byte
		want       [2]string // in Chinese and English
	}{
		{"xls", "a.xls", compound("Workbook"), [2]string{"这是旧版 .xls 工作簿（或其他旧版 Office 文件）|" + saveZH, "this is an old .xls workbook (or another file of the old Office)|" + saveEN}},
		{"encrypted", "a.xlsx", compound("EncryptedPackage"), [2]string{"工作簿加了密码|请用 Excel 或 WPS 打开，取消密码后重新保存", "the workbook is encrypted with a password|open it in Excel or WPS, remove the password and save it again"}},
		{"et", "a.et", compound("Workbook"), is("WPS (.et)", saveZH, saveEN)},
		{"wps", "a.wps", compound("WordDocument"), is("Word (.doc, .wps)", formZH, formEN)},
		{"dps", "a.dps", compound("PowerPoint Document"), is("PowerPoint (.ppt, .dps)", formZH, formEN)},
		{"truncated", "a.xlsx", form[:len(form)*2/3], [2]string{"工作簿已损坏：文件不完整|" + copyZH, "the workbook is damaged: its end is missing|" + copyEN}},
		{"zeros", "a.xlsx", make([]byte, 5000), [2]string{"文件里全是零，复制或下载时出了错|" + copyZH, "the file holds nothing but zeros: copying or downloading it went wrong|" + copyEN}},
		{"html", "a.xlsx", []byte("\xef\xbb\xbf<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>1"), html},
		{"html as xls", "a.xls", []byte("<!DOCTYPE HTML>\n<HTML><BODY><TABLE>"), html},
		{"csv", "a.xlsx", []byte("学校,人数\r\n一小,10\r\n"), plain},
		{"csv in GBK", "a.xlsx", []byte("\xd1\xa7\xd0\xa3,\xc8\xcb\xca\xfd\r\n"), plain},
		{"text in UTF-16", "a.xlsx", []byte("\xff\xfea\x00\t\x00b\x00"), plain},
		{"xml of 2003", "a.xls", []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), is("XML (Excel 2003)", saveZH, saveEN)},
		{"ods", "a.ods", ods("spreadsheet"), is("OpenDocument (.ods)", saveZH, saveEN)},
		{"odt", "a.odt", ods("text"), is("OpenDocument", formZH, formEN)},
		{"numbers", "a.numbers", zipWith(t, "Index/Document.iwa", "x"), is("Apple Numbers (.numbers)", "请用原来的软件打开，另存或导出为 .xlsx", "open it in the program that made it and save or export it as .xlsx")},
		{"docx", "a.docx", zipWith(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<x/>"), is("Word (.docx)", formZH, formEN)},
		{"docx as xlsx", "a.xlsx", zipWith(t, "word/document.xml", "<x/>"), is("Word (.docx)", formZH, formEN)},
		{"pptx", "a.pptx", zipWith(t, "ppt/presentation.xml", "<x/>"), is("PowerPoint (.pptx)", formZH, formEN)},
		{"xlsb", "a.xlsb", zipWith(t, "xl/workbook.bin", "x"), is("Excel (.xlsb)", saveZH, saveEN)},
		{"pdf", "a.pdf", []byte("%PDF-1.7\n%\xe2\xe3"), is("PDF", formZH, formEN)},
		{"rtf", "a.doc", []byte(`{\rtf1\ansi`), is("Word (.rtf)", formZH, formEN)},
		{"rar", "a.xlsx", []byte("Rar!\x1a\x07\x00"), is("RAR", "请解压后选里面的文件", "unpack it and name the files inside")},
		{"picture", "a.jpg", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), picture},
		{"lock", "~$填报表.xlsx", []byte("\x05张三"), [2]string{"这是 Excel 或 WPS 打开工作簿时留下的临时文件|请选工作簿本身：填报表.xlsx", "this file only says that the workbook is open in Excel or WPS|name the workbook itself: 填报表.xlsx"}},
		{"too large", "a.xlsx", append([]byte("PK\x03\x04"), make([]byte, returns.DefaultLimits.FileSize)...), [2]string{"文件太大，不会是填报数据", "the file is too large to be a return"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := returns.Open(tt.file, tt.data, returns.DefaultLimits)
			if len(diags) != 1 || diags[0].Pos.File != tt.file {
				t.Fatalf("%v", diags)
			}
			if zh, en := worded("zh", diags[0]), worded("en", diags[0]); zh != tt.want[0] || en != tt.want[1] {
				t.Errorf("got  %s\nwant %s\ngot  %s\nwant %s", zh, tt.want[0], en, tt.want[1])
			}
		})
	}
}

// Things that workbooks may have and that don't matter, or only a little.
func TestOddForms(t *testing.T) {
	r := shipped(t)
	form := example(t, "填报表.xlsx")
	want := values(read(t, "填报表.xlsx", form, r))
	sheet := func(name string) bool { return strings.HasPrefix(name, "xl/worksheets/sheet") }
	tests := []struct {
		name   string
		data   []byte
		zh, en string // of the only problem beside those of the example
	}{
		{"macros", rezip(t, form, func(name, content string) string {
			if name == "xl/_rels/workbook.xml.rels" {
				return strings.Replace(content, "</Relationships>", `<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)
			}
			return content
		}), "工作簿带有宏，没有运行", "the workbook holds macros; they were not run"},
		{"protected sheets", edit(t, func(f *excelize.File) {
			for _, name := range f.GetSheetList() {
				if err := f.ProtectSheet(name, &excelize.SheetProtectionOptions{Password: "123"}); err != nil {
					t.Fatal(err)
				}
			}
		}), "", ""},
		{"hidden rows", edit(t, func(f *excelize.File) {
			for row := 3; row < 10; row++ {
				if err := f.SetRowVisible("经费", row, false); err != nil {
					t.Fatal(err)
				}
			}
		}), "工作表里隐藏的行也读取了：第 3 行|请取消隐藏，看这些行该不该填报", "hidden rows of the sheet are read: 3|show them and see whether they belong to the return"},
		{"strict", rezip(t, form, func(name, content string) string {
			return strings.NewReplacer("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships",
				"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main").Replace(content)
		}), "", ""},
		{"dimension that lies", rezip(t, form, func(name, content string) string {
			if !sheet(name) {
				return content
			}
			return strings.Replace(content, "<sheetData>", `<dimension ref="A1:XFD1048576"/><sheetData>`, 1)
		}), "", ""},
		{"rows formatted to the bottom", rezip(t, form, func(name, content string) string {
			if !sheet(name) {
				return content
			}
			var rows strings.Builder
			for i := 1001; i <= 3000; i++ {
				fmt.Fprintf(&rows, `<row r="%d" s="1" customFormat="1"><c r="A%[1]d" s="1"/></row>`, i)
			}
			return strings.Replace(content, "</sheetData>", rows.String()+"</sheetData>", 1)
		}), "", ""},
		{"links that nothing uses", linked(t, form, "一般公共预算教育支出增幅说明"), "", ""},
		{"a value from another workbook", linked(t, form, "C3"), "这个数取自另一个工作簿 2020年.xlsx，可能已经过时|请与那个工作簿核对，然后直接填写数值",
			"the value was taken from another workbook, 2020年.xlsx, and may be out of date|compare it with that workbook, then type the value itself"},
	}
	plain := map[string]bool{}
	for _, p := range read(t, "填报表.xlsx", form, r).Problems {
		plain[p.Pos.String()+worded("zh", p)] = true
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ret := read(t, "填报表.xlsx", tt.data, r)
			if got := values(ret); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			zh, en := "", ""
			for _, p := range ret.Problems {
				if !plain[p.Pos.String()+worded("zh", p)] {
					zh, en = zh+worded("zh", p), en+worded("en", p)
				}
			}
			if zh != tt.zh || en != tt.en {
				t.Errorf("got  %s\nwant %s\ngot  %s\nwant %s", zh, tt.zh, en, tt.en)
			}
		})
	}
}

// linked makes the value of a cell of the first data sheet one of another workbook.
func linked(t *testing.T, form []byte, cell string) []byte {
	t.Helper()
	const kind = `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink`
	data := rezip(t, form, func(name, content string) string {
		switch name {
		case "xl/workbook.xml":
			return strings.Replace(content, "<definedNames>", `<externalReferences><externalReference r:id="rId99"/></externalReferences><definedNames>`, 1)
		case "xl/_rels/workbook.xml.rels":
			return strings.Replace(content, "</Relationships>", `<Relationship Id="rId99" `+kind+`" Target="externalLinks/externalLink1.xml"/></Relationships>`, 1)
		case "xl/worksheets/sheet2.xml":
			at := strings.Index(content, `<c r="`+cell+`"`)
			if at < 0 {
				return content
			}
			v := at + strings.Index(content[at:], "<v>")
			return content[:v] + "<f>'[1]经费 1'!$C$3</f>" + content[v:]
		}
		return content
	})
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, f := range archive.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range map[string]string{
		"xl/externalLinks/externalLink1.xml":            "<externalLink/>",
		"xl/externalLinks/_rels/externalLink1.xml.rels": `<Relationships><Relationship Id="rId1" ` + kind + `Path" Target="file:///D:/%E4%B8%8A%E5%B9%B4/2020%E5%B9%B4.xlsx" TargetMode="External"/></Relationships>`,
	} {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(part, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// hostile are files made to cost time and memory, or a part of such a file. Those
// that people make by mistake are read, the others refused.
var hostile = []struct {
	name string
	data func(tb testing.TB, form []byte, part int) []byte
	want string // the message, or nothing if it is read
}{
	{"a million empty formatted cells", func(tb testing.TB, form []byte, part int) []byte {
		return withRows(tb, form, 10_000/part, 100, `<c r="%s" s="1"/>`)
	}, ""},
	{"1,048,576 formatted rows", func(tb testing.TB, form []byte, part int) []byte {
		return withRows(tb, form, 1_047_576/part, 1, `<c r="%s" s="1"/>`)
	}, ""},
	{"a million cells with values", func(tb testing.TB, form []byte, part int) []byte {
		return withRows(tb, form, 10_000/part, 101, `<c r="%s"><v>12345.678</v></c>`)
	}, "the workbook holds too many cells to be a return"},
	{"a million texts", func(tb testing.TB, form []byte, part int) []byte {
		return withRows(tb, form, 10_000/part, 90, `<c r="%s" t="inlineStr"><is><t>一二三四五六七八九十一二三四五六七八九十</t></is></c>`)
	}, "the workbook holds too many cells to be a return"},
	{"1,048,576 rows with values", func(tb testing.TB, form []byte, part int) []byte {
		return withRows(tb, form, 1_047_576/part, 1, `<c r="%s"><v>1</v></c>`)
	}, "the workbook holds too many rows to be a return"},
	{"a zip bomb", func(tb testing.TB, form []byte, part int) []byte {
		return stuffed(tb, form, " ", 260<<20/part)
	}, "unpacked, the workbook is too large to be a return"},
	{"a zip bomb of zeros in texts", func(tb testing.TB, form []byte, part int) []byte {
		return stuffed(tb, form, "\x00", 100<<20/part)
	}, "the workbook is not what Excel or WPS writes: its part %s holds a text longer than any cell"},
	{"many small elements", func(tb testing.TB, form []byte, part int) []byte {
		return stuffed(tb, form, "<a/>", 120<<20/part)
	}, ""},
	{"many parts", func(tb testing.TB, form []byte, part int) []byte {
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		for i := range 300_000 / part {
			if _, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
				tb.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			tb.Fatal(err)
		}
		return buf.Bytes()
	}, "the file is packed from too many files to be a return"},
}

// stuffed puts a text into a sheet, over and over.
func stuffed(tb testing.TB, form []byte, what string, size int) []byte {
	return rezip(tb, form, func(name, content string) string {
		if name != "xl/worksheets/sheet2.xml" {
			return content
		}
		return strings.Replace(content, "<sheetData>", "<sheetData>"+strings.Repeat(what, size/len(what)), 1)
	})
}

// withRows adds rows of cells to a sheet of a form, from row 1001 on.
func withRows(tb testing.TB, form []byte, rows, columns int, cell string) []byte {
	return rezip(tb, form, func(name, content string) string {
		if name != "xl/worksheets/sheet2.xml" {
			return content
		}
		var b strings.Builder
		before, after, _ := strings.Cut(cell, "%s")
		for i := range rows {
			b.WriteString(`<row r="` + strconv.Itoa(1001+i) + `" spans="1:3" s="1" customFormat="1" ht="15" customHeight="1">`)
			for j := range columns {
				b.WriteString(before + xlsx.CellName(1+j, 1001+i) + after)
			}
			b.WriteString("</row>")
		}
		return strings.Replace(content, "</sheetData>", b.String()+"</sheetData>", 1)
	})
}

func readHostile(data []byte, r *rubric.Rubric, limits returns.Limits) string {
	doc, diags := returns.Open("a.xlsx", data, limits)
	if !diags.HasErrors() {
		_, diags = doc.Read(r)
	}
	for _, d := range diags {
		if d.Severity == diag.Error {
			return d.Message.Key
		}
	}
	return ""
}

func TestHostileFiles(t *testing.T) {
	const part = 20
	r, limits := shipped(t), returns.DefaultLimits
	limits.Unpacked, limits.Text, limits.Cells, limits.Rows, limits.Parts = limits.Unpacked/part, limits.Text/part, limits.Cells/part, limits.Rows/part, limits.Parts/part
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			if got := readHostile(tt.data(t, example(t, "填报表.xlsx"), part), r, limits); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// BenchmarkHostile says what hostile files cost: time, and the most memory in use
// at once beside what was in use before.
func BenchmarkHostile(b *testing.B) {
	r := shipped(b)
	for _, tt := range hostile {
		b.Run(strings.ReplaceAll(tt.name, " ", "_"), func(b *testing.B) {
			data := tt.data(b, example(b, "填报表.xlsx"), 1)
			runtime.GC()
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			stop, peak := make(chan bool), make(chan uint64)
			go func() {
				top := uint64(0)
				for {
					var now runtime.MemStats
					runtime.ReadMemStats(&now)
					top = max(top, now.HeapAlloc)
					select {
					case <-stop:
						peak <- top
						return
					case <-time.After(5 * time.Millisecond):
					}
				}
			}()
			for b.Loop() {
				readHostile(data, r, returns.DefaultLimits)
			}
			stop <- true
			b.ReportAllocs()
			b.ReportMetric(float64(int64(<-peak)-int64(before.HeapAlloc))/(1<<20), "peak-MB")
		})
	}
}

// Nothing is written: not where the file lies, and no temporary files.
func TestNothingIsWritten(t *testing.T) {
	r, data := shipped(t), withRows(t, example(t, "填报表.xlsx"), 20_000, 10, `<c r="%s" s="1"/>`)
	dir := t.TempDir()
	for _, name := range []string{"TMPDIR", "TEMP", "TMP"} {
		t.Setenv(name, dir)
	}
	t.Chdir(dir)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(dir, 0o755) }() // so that it can be removed
	if got := readHostile(data, r, returns.DefaultLimits); got != "" {
		t.Error(got)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
}

// office is the example's form as LibreOffice saves it, or nil where there is no
// LibreOffice.
var office = sync.OnceValue(func() []byte {
	program, err := exec.LookPath("soffice")
	if err != nil {
		return nil
	}
	dir, err := os.MkdirTemp("", "dudao-office-*")
	if err != nil {
		return nil
	}
	defer func() { _ = os.RemoveAll(dir) }() // only what we made
	_ = exec.Command(program, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless", "--convert-to", "xlsx",
		"--outdir", dir, "../../examples/gaoping-2021/填报表.xlsx").Run() // told by what is missing
	saved, _ := os.ReadFile(filepath.Join(dir, "填报表.xlsx"))
	return saved
})

// A form that LibreOffice opened and saved holds the same values.
func TestExampleSavedByLibreOffice(t *testing.T) {
	if testing.Short() || office() == nil {
		t.Skip("no LibreOffice here, or no time for it")
	}
	r := shipped(t)
	want := values(read(t, "填报表.xlsx", example(t, "填报表.xlsx"), r))
	if got := values(read(t, "填报表.xlsx", office(), r)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// FuzzFormParts reads forms that were changed as XML, inside the zip. The parts
// stand one after the other in one text.
func FuzzFormParts(f *testing.F) {
	add := func(data []byte) {
		var all strings.Builder
		rezip(f, data, func(name, content string) string {
			if strings.HasPrefix(name, "xl/") && !strings.HasPrefix(name, "xl/theme") {
				all.WriteString("\x01" + name + "\x02" + content)
			}
			return ""
		})
		f.Add(all.String())
	}
	add(example(f, "填报表.xlsx"))
	if worker := flag.Lookup("test.fuzzworker"); !testing.Short() && worker.Value.String() != "true" {
		if saved := office(); saved != nil {
			add(saved)
		}
	}
	r := shipped(f)
	f.Fuzz(func(t *testing.T, parts string) {
		var pairs []string
		for part := range strings.SplitSeq(parts, "\x01") {
			if name, content, ok := strings.Cut(part, "\x02"); ok {
				pairs = append(pairs, name, content)
			}
		}
		doc, diags := returns.Open("a.xlsx", zipWith(t, pairs...), fuzzLimits)
		if doc != nil {
			ret, more := doc.Read(r)
			diags = append(append(diags, more...), ret.Problems...)
		}
		places(t, diags)
	})
}
