package returns_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const schools = `id: r-csv
title: 试
version: "1"
data:
  数:
    fields:
      教育支出: {unit: 万元, years: 2}
      人数: {label: 学生总人数, unit: 人}
      合计: {unit: 万元, formula: 教育支出 + 1}
  学校:
    key: 校名
    columns:
      面积: {unit: ㎡, years: 2}
      学段: {type: text}
      单价: {unit: 元, formula: 面积 * 2}
  各学段:
    key: 学段
    rows: [小学, 初中]
    columns: {班数: {years: 2, unit: 个}}
items:
  - {id: 1, title: 一, points: 1, pass: 教育支出 > 0}
`

func schoolRubric(t testing.TB) *rubric.Rubric {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte(schools), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return r
}

func gbk(t testing.TB, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// folder opens and reads a return made of files, given as name, text, name, text, ….
func folder(t testing.TB, files ...string) (*returns.Return, diag.List) {
	t.Helper()
	tree := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		tree[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	doc, diags := returns.OpenFolder(tree, "甲县", returns.DefaultLimits)
	if doc == nil {
		return nil, diags
	}
	return doc.Read(schoolRubric(t))
}

// cellsOf are the values of a return that are there, each with its place.
func cellsOf(ret *returns.Return) string {
	var b strings.Builder
	write := func(c returns.Cell) {
		if c.State != returns.Missing {
			b.WriteString(c.Typed + "@" + c.Pos().String() + " ")
		}
	}
	for _, name := range []string{"教育支出", "人数"} {
		for _, c := range ret.Fields[name] {
			write(c)
		}
	}
	for _, at := range [][2]string{{"学校", "校名"}, {"学校", "面积"}, {"学校", "学段"}, {"各学段", "班数"}} {
		for _, year := range ret.Tables[at[0]].Columns[at[1]] {
			for _, c := range year {
				write(c)
			}
		}
	}
	return strings.TrimSpace(b.String())
}

func TestCSV(t *testing.T) {
	plain := "校名,面积,学段\n一小,10,小学\n"
	want := "一小@学校.csv:2:1 10@学校.csv:2:4 小学@学校.csv:2:7"
	tests := []struct{ name, file, text, want, problems string }{
		{"UTF-8", "学校.csv", plain, want, ""},
		{"BOM", "学校.csv", "\ufeff" + plain, want, ""},
		{"GBK", "学校.csv", gbk(t, plain), want, ""},
		{"CRLF and empty lines", "学校.csv", strings.ReplaceAll(plain, "\n", "\r\n") + ",,\r\n\r\n", want, ""},
		{"tabs", "学校.csv", strings.ReplaceAll(plain, ",", "\t"), want, ""},
		{"semicolons", "学校.csv", strings.ReplaceAll(plain, ",", ";"), want, ""},
		{"quotes", "学校.csv", "校名,\"面积\n（㎡）\",学段\n\"一,小\",\"1,000\",小学\n", "一,小@学校.csv:3:1 1,000@学校.csv:3:7 小学@学校.csv:3:15", ""},
		{"units and years", "学校.csv", "校名,面积（平方米）,面积.上年,学段\n一小,10,9,小学\n", "一小@学校.csv:2:1 10@学校.csv:2:4 9@学校.csv:2:7 小学@学校.csv:2:9", ""},
		{"unit and year together", "学校.csv", "校名,面积（m²，上年）\n一小,9\n", "一小@学校.csv:2:1 9@学校.csv:2:4", ""},
		{"another unit", "学校.csv", "校名,面积（亩）\n一小,9\n", "一小@学校.csv:2:1", "学校.csv:1:4 the unit is %s, not the one of the rubric, so the values are not read [亩]"},
		{"unknown column", "学校.csv", "校名,面枳,备注\n一小,9,好\n", "一小@学校.csv:2:1", "学校.csv:1:4 the rubric asks for no “%s”; the column is not read [面枳] / did you mean “%s”? [面积]"},
		{"computed column", "学校.csv", "校名,单价\n一小,9\n", "一小@学校.csv:2:1", "学校.csv:1:4 “%s” is computed, so it can’t be submitted [单价]"},
		{"column twice", "学校.csv", "校名,面积,面积\n一小,9,8\n", "一小@学校.csv:2:1 9@学校.csv:2:4", "学校.csv:1:7 the column “%s” stands here twice [面积] / the first one is read"},
		{"bad cell", "学校.csv", "校名,面积\n一小,九\n", "一小@学校.csv:2:1 九@学校.csv:2:4", "学校.csv:2:4 %s: “%s” is no number [学校[一小].面积 九] / write the number alone, with half-width digits"},
		{"fixed rows", "各学段.csv", "学段,班数,班数（上年）\n初中,3,2\n小字,1,1\n", "3@各学段.csv:2:4 2@各学段.csv:2:6", "各学段.csv:3:1 table %s has no row “%s” [各学段 小字] / did you mean “%s”? [小学]"},
		{"fixed row twice", "各学段.csv", "学段,班数\n初中,3\n初中,4\n", "3@各学段.csv:2:4", "各学段.csv:3:1 the row “%s” stands here twice [初中] / the first one is read"},
		{"single values", "单值.csv", "名称,本年,上年\n教育支出,2,1\n学生总人数（人）,5,\n", "2@单值.csv:2:6 1@单值.csv:2:8 5@单值.csv:3:10", ""},
		{"group", "数.csv", "指标,单位,本年\n教育支出,万元,2\n人数,千人,5\n", "2@数.csv:2:9", "数.csv:3:4 the unit is %s, not the one of the rubric, so the values are not read [千人] / convert the figures to %s [人]"},
		{"too many years", "单值.csv", "名称,本年,上年\n人数,2,1\n", "2@单值.csv:2:4", "单值.csv:2:6 “%s” is asked for %s years; this value is not read [人数 1]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ret, diags := folder(t, tt.file, tt.text)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			if got := cellsOf(ret); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if got := lines(ret.Problems); !strings.HasPrefix(got, tt.problems) || tt.problems == "" && got != "" {
				t.Errorf("problems\ngot  %s\nwant %s", got, tt.problems)
			}
		})
	}
}

func lines(l diag.List) string {
	var out []string
	for _, d := range l {
		words := []string{d.Pos.String()}
		for i, m := range append([]diag.Message{d.Message}, d.Hints...) {
			if i > 0 {
				words = append(words, "/")
			}
			words = append(words, m.Key)
			if len(m.Args) > 0 {
				words = append(words, "["+strings.Join(m.Args, " ")+"]")
			}
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, "\n")
}

func TestFolderRefused(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		want  string
	}{
		{"nothing", []string{"说明.txt", "x"}, "neither return.yaml nor a CSV table lies directly in it"},
		{"below", []string{"乙/学校.csv", "x"}, "/ name or pack the folder inside it: %s [乙]"},
		{"two returns", []string{"return.yaml", "x", "return.json", "x"}, "the folder holds several returns: %s [return.json return.yaml]"},
		{"no table", []string{"学小.csv", "校名\n一小"}, "甲县/学小.csv the rubric has no table “%s” [学小]"},
		{"no such thing", []string{"经费.csv", "校名\n一小"}, "甲县 none of the files is a table of the rubric"},
		{"no key", []string{"学校.csv", "面积,学段\n1,2"}, "甲县/学校.csv:1:1 the table has no column “%s”, which names its rows [校名]"},
		{"no years", []string{"单值.csv", "名称,值\n1,2"}, "甲县/单值.csv:1:1 a file of single values"},
		{"comma in a number", []string{"学校.csv", "校名,面积\n一小,1,000"}, "甲县/学校.csv:2:6 the line has %s values, the heading %s columns [3 2]"},
		{"open quote", []string{"学校.csv", "校名,面积\n\"一小,1"}, "甲县/学校.csv:2 a quotation mark stands wrong"},
		{"encoding", []string{"学校.csv", "\xff\xfe\x21\x68"}, "甲县/学校.csv the file is in neither UTF-8 nor GBK"},
		{"no text", []string{"学校.csv", "校名\x00"}, "甲县/学校.csv the file is in neither UTF-8 nor GBK"},
		{"empty", []string{"学校.csv", "\n,,\n"}, "甲县/学校.csv the file is empty"},
		{"from not there", []string{"return.yaml", "rubric: r-csv\nfrom: [b.csv]"}, "甲县/return.yaml:2:8 there is no file “%s” beside it [b.csv]"},
		{"from outside", []string{"return.yaml", "rubric: r-csv\nfrom: [../b.csv]"}, "甲县/return.yaml:2:8 “%s” does not lie in the folder"},
		{"from itself", []string{"return.yaml", "rubric: r-csv\nfrom: [return.yaml]"}, "甲县/return.yaml:2:8 “%s” is named twice"},
		{"from inside from", []string{"return.yaml", "rubric: r-csv\nfrom: [b.yaml]", "b.yaml", "from: [学校.csv]"}, "甲县/b.yaml:1:7 from: is not possible here"},
		{"differs", []string{"return.yaml", "rubric: r-csv\nfrom: [单值.csv]\ndata: {教育支出: [1, 2]}", "单值.csv", "名称,本年,上年\n教育支出,1.0,3\n"},
			"甲县/单值.csv:2:10 %s is given twice and differently: “%s” here, “%s” in %s [教育支出.上年 3 2 甲县/return.yaml:3:18]"},
		{"another unit", []string{"return.yaml", "rubric: r-csv\nname: 甲\nfrom: [b.yaml]", "b.yaml", "name: 乙\ndata: {}"}, "甲县/b.yaml:1:7 the files are of different units or years: %s here, %s in %s [乙 甲 甲县/return.yaml:2:7]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := folder(t, tt.files...)
			if got := lines(diags); !diags.HasErrors() || !strings.Contains(got, tt.want) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// What several files give becomes one return.
func TestFrom(t *testing.T) {
	ret, diags := folder(t,
		"return.yaml", "rubric: r-csv\nname: 甲县\nfrom: [学校.csv, 更多/b.json]\ndata: {教育支出: [1, 2], 学校: [{校名: 一小, 学段: 小学}]}",
		"学校.csv", "校名,面积\n一小,10\n二小,20\n",
		"更多/b.json", "{\n\t\"year\": 2021, \"data\": {\"教育支出\": 1.0, \"人数\": 5}}",
		"单值.csv", "名称,本年\n人数,6\n")
	if diags.HasErrors() {
		t.Fatal(lines(diags))
	}
	want := "1@return.yaml:4:15 2@return.yaml:4:18 5@b.json:2:44 一小@return.yaml:4:32 二小@学校.csv:3:1 10@学校.csv:2:4 20@学校.csv:3:4 小学@return.yaml:4:40"
	if got := cellsOf(ret); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := lines(ret.Problems); got != "单值.csv %s is not read: return.yaml does not name it [单值.csv] / name it there: from: [%s] [单值.csv]" {
		t.Errorf("problems: %s", got)
	}
	if ret.Name != "甲县" || ret.Year != 2021 || len(ret.Files) != 3 {
		t.Errorf("%+v %v", ret.Cover, ret.Files)
	}
}

func zipFile(t testing.TB, files ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for i := 0; i < len(files); i += 2 {
		part, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Deflate, NonUTF8: true})
		if err == nil {
			_, err = part.Write([]byte(files[i+1]))
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

func TestZip(t *testing.T) {
	table := "校名,面积\n一小,10\n"
	limits := returns.DefaultLimits
	limits.FileSize, limits.Unpacked, limits.Files = 1<<20, 1<<20, 3
	for _, name := range []string{"学校.csv", gbk(t, "学校.csv")} {
		doc, diags := returns.Open("甲县.zip", zipFile(t, name, table, "__MACOSX/._学校.csv", "x"), limits)
		if diags.HasErrors() {
			t.Fatal(lines(diags))
		}
		ret, diags := doc.Read(schoolRubric(t))
		if got := cellsOf(ret); diags.HasErrors() || got != "一小@学校.csv:2:1 10@学校.csv:2:4" || ret.Name != "甲县" {
			t.Errorf("%s %s %s", got, ret.Name, lines(diags))
		}
	}
	tests := []struct {
		name  string
		files []string
		want  string
	}{
		{"out of it", []string{"../学校.csv", table}, "甲县.zip “%s” in the zip leads out of it [../学校.csv]"},
		{"out of it, on Windows", []string{`..\学校.csv`, table}, "甲县.zip “%s” in the zip leads out of it"},
		{"twice", []string{"学校.csv", table, "学校.csv", table}, "甲县.zip “%s” stands twice in the zip"},
		{"too many", []string{"1", "", "2", "", "3", "", "4", ""}, "甲县.zip %s files are too many for a return [4]"},
		{"bomb", []string{"学校.csv", strings.Repeat("校", 1<<20)}, "甲县.zip/学校.csv the file is too large"},
		{"bomb in parts", []string{"学校.csv", "校名\n" + strings.Repeat("\n", 600<<10), "数.csv", strings.Repeat("\n", 600<<10)}, "the file is too large"},
		{"nested", []string{"甲县/学校.csv", table}, "甲县.zip neither return.yaml nor a CSV table lies directly in it"},
		{"zip in zip", []string{"return.yaml", "rubric: r-csv\nfrom: [b.zip]", "b.zip", string(zipFile(t, "学校.csv", table))}, "甲县.zip/b.zip a zip inside a return is not opened"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := returns.Open("甲县.zip", zipFile(t, tt.files...), limits)
			if got := lines(diags); !strings.Contains(got, tt.want) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("学校", []byte("校名,面积（㎡）,面积.上年\n一小,10,9\n"))
	f.Add("单值", []byte("名称;单位;本年\r\n教育支出;万元;\"1,000\"\r\n"))
	f.Add("各学段", []byte(gbk(f, "学段\t班数\n小学\t3\n")))
	r := schoolRubric(f)
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		doc, diags := returns.Open(name+".csv", data, returns.DefaultLimits)
		if doc != nil {
			ret, more := doc.Read(r)
			diags = append(append(diags, more...), ret.Problems...)
		}
		places(t, diags)
	})
}
