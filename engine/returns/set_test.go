package returns_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"dudao/engine/diag"
	"dudao/engine/returns"
)

func tree(files ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		out[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return out
}

// small reads little at a time and allows little.
var small = func() returns.SetLimits {
	l := returns.DefaultSetLimits
	l.Files, l.Units, l.Stretches, l.Line, l.Unpacked, l.FileSize = 4, 3, 8, 400<<10, 1<<20, 2<<20
	return l
}()

// unitsOf reads all units of a set: each with its cells and problems, or why it can't
// be read.
func unitsOf(t *testing.T, s *returns.Set) string {
	t.Helper()
	var b strings.Builder
	for i, u := range s.Units() {
		fmt.Fprintf(&b, "[%s %s]", u.Name, u.Code)
		doc, diags := s.Open(i)
		if doc == nil {
			b.WriteString(" " + lines(diags) + "\n")
			continue
		}
		ret, more := doc.Read(schoolRubric(t))
		b.WriteString(" " + cellsOf(ret))
		if ret.Year != 0 {
			fmt.Fprintf(&b, " year %d", ret.Year)
		}
		if ret.Name != u.Name || ret.Code != u.Code {
			t.Errorf("the return of %+v says it is of %s %s", u, ret.Name, ret.Code)
		}
		for _, d := range append(append(diags, more...), ret.Problems...) {
			b.WriteString(" ! " + lines(diag.List{d}))
		}
		b.WriteString("\n")
	}
	return strings.TrimSpace(b.String())
}

func TestSet(t *testing.T) {
	plain := "县区,校名,面积\n甲县,一小,10\n甲县,二小,20\n乙县,一小,30\n"
	want := "[甲县 ] 一小@学校.csv:2:4 二小@学校.csv:3:4 10@学校.csv:2:7 20@学校.csv:3:7\n[乙县 ] 一小@学校.csv:4:4 30@学校.csv:4:7"
	tests := []struct {
		name  string
		files []string
		want  string
	}{
		{"UTF-8", []string{"学校.csv", plain}, want},
		{"BOM", []string{"学校.csv", "\ufeff" + plain}, want},
		{"GBK", []string{"学校.csv", gbk(t, plain)}, want},
		{"CRLF, blank lines, no end", []string{"学校.csv", strings.TrimSuffix(strings.ReplaceAll(plain, "\n", "\r\n"), "\r\n") + "\r\n,,\r\n\r\n"}, want},
		{"brackets and tabs", []string{"学校.csv", strings.ReplaceAll(strings.Replace(plain, "县区", "县（市、区）", 1), ",", "\t")}, want},
		{"traditional", []string{"学校.csv", strings.Replace(plain, "县区", "縣（市、區）", 1)}, want},
		{"English", []string{"学校.csv", strings.Replace(plain, "县区", "Unit", 1)}, want},
		{"constant", []string{"学校.csv", "单位,校名,面积\n甲县,一小,10\n"}, "[甲县 ] 一小@学校.csv:2:4 10@学校.csv:2:7"},
		{"scattered", []string{"学校.csv", "校名,县,面积\n一小,甲县,10\n二小,乙县,20\n三小,甲县,30\n"},
			"[甲县 ] 一小@学校.csv:2:1 三小@学校.csv:4:1 10@学校.csv:2:7 30@学校.csv:4:7\n[乙县 ] 二小@学校.csv:3:1 20@学校.csv:3:7"},
		{"quotes over lines", []string{"学校.csv", "县,\"校名\n\",面积\n\"甲\n县\",\"一,\n小\",\"1,000\"\n乙县,\"二\"\"小\",2\n"},
			"[甲\n县 ] 一,\n小@学校.csv:4:4 1,000@学校.csv:5:4\n[乙县 ] 二\"小@学校.csv:6:4 2@学校.csv:6:11"},
		{"codes", []string{"学校.csv", "行政区划代码,县,校名,面积,年度\n110105,朝阳区,一小,1,2021\n220104,朝阳区,一小,2,2021年\n", "单值.csv", "县,代码,教育支出,教育支出（上年）,学生总人数（人）,市\n朝阳区,220104,5,4,6,长春市\n朝阳区,110105,7,,8,北京市\n"},
			"[朝阳区 220104] 5@单值.csv:2:12 4@单值.csv:2:14 6@单值.csv:2:16 一小@学校.csv:3:12 2@学校.csv:3:15 year 2021\n" +
				"[朝阳区 110105] 7@单值.csv:3:12 8@单值.csv:3:15 一小@学校.csv:2:12 1@学校.csv:2:15 year 2021"},
		{"code in one table", []string{"单值.csv", "填报单位,行政区划代码,人数\n甲县,1,5\n", "各学段.csv", "行政区划代码,学段,班数\n1,初中,3\n", "学校.csv", "县,校名\n甲 县,一小\n"},
			"[甲县 1] 5@单值.csv:2:6 一小@学校.csv:2:5 3@各学段.csv:2:6"},
		{"single values, one a line", []string{"单值.csv", "县,名称,单位,本年,上年\n甲县,教育支出,万元,2,1\n甲县,人数,人,5,\n乙县,人数,千人,5,\n"},
			"[甲县 ] 2@单值.csv:2:12 1@单值.csv:2:14 5@单值.csv:3:9\n[乙县 ]  ! 单值.csv:4:7 the unit is %s, not the one of the rubric, so the values are not read [千人] / convert the figures to %s [人]"},
		{"single values by their headings", []string{"全省数据.csv", "县,人数\n甲县,5\n"}, "[甲县 ] 5@全省数据.csv:2:4"},
		{"two rows of single values", []string{"数.csv", "县,人数\n甲县,5\n甲县,6\n"}, "[甲县 ] 5@数.csv:2:4 ! 数.csv:3:1 the unit has two rows here, in the lines %s and %s [2 3] / the first one is read"},
		{"two names of a code", []string{"学校.csv", "县,代码,校名\n甲县,1,一小\n乙县,1,二小\n丙县,2,三小\n"},
			"[甲县 1] 学校.csv:3 the code %s is that of “%s” here and of “%s” at %s [1 乙县 甲县 学校.csv:2] / mend the code or the name: it is not clear whose the rows are\n[丙县 2] 三小@学校.csv:4:6"},
		{"whose of two", []string{"学校.csv", "县,代码,校名\n甲县,1,一小\n甲县,2,二小\n甲县,,三小\n乙县,3,四小\n"},
			"[甲县 1] 学校.csv:4 “%s” may be %s or %s: there are two of that name [甲县 1 2] / fill in the code in each row\n" +
				"[甲县 2] 学校.csv:4 “%s” may be %s or %s: there are two of that name [甲县 1 2] / fill in the code in each row\n[乙县 3] 四小@学校.csv:5:6"},
		{"two years", []string{"学校.csv", "县,年度,校名\n甲县,2020,一小\n甲县,2021,二小\n"},
			"[甲县 ] 一小@学校.csv:2:9 二小@学校.csv:3:9 ! 学校.csv:3:4 the rows of one unit differ in “%s”: %s here, %s in %s [年度 2021 2020 学校.csv:2:4] / keep each year in files of its own"},
		{"a comma too many", []string{"学校.csv", "县,校名,面积\n甲县,一小,1,000\n乙县,一小,2\n"},
			"[甲县 ]  ! 学校.csv:2:9 the line has %s values, the heading %s columns [4 3] / put a value with a comma in quotes\n[乙县 ] 一小@学校.csv:3:4 2@学校.csv:3:7"},
		{"not of the rubric", []string{"学校.csv", "县,校名\n甲县,一小\n", "绿化.csv", "县,树\n甲县,3\n"}, "[甲县 ] 一小@学校.csv:2:4 ! 绿化.csv the rubric has no table “%s”; the file is not read [绿化]"},
		{"unknown column", []string{"学校.csv", "县,校名,面枳\n甲县,一小,1\n乙县,二小,2\n"}, "[甲县 ] 一小@学校.csv:2:4 ! 学校.csv:1:6 the rubric asks for no “%s”; the column is not read [面枳] / did you mean “%s”? [面积]\n" +
			"[乙县 ] 二小@学校.csv:3:4 ! 学校.csv:1:6 the rubric asks for no “%s”; the column is not read [面枳] / did you mean “%s”? [面积]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, diags := returns.OpenSet(tree(tt.files...), "", returns.DefaultSetLimits)
			if s == nil || len(diags) > 0 {
				t.Fatal(lines(diags))
			}
			defer s.Close()
			if got := unitsOf(t, s); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestSetTold(t *testing.T) {
	many := strings.Repeat("甲县,一小\n乙县,一小\n", 5)
	tests := []struct {
		name  string
		files []string
		want  string
	}{
		{"nothing", []string{"说明.txt", "x"}, "全省/说明.txt %s is not read: it is no CSV table [说明.txt]\n全省 no CSV table lies directly in it"},
		{"no column", []string{"学校.csv", "县,校名\n甲县,一小\n", "各学段.csv", "学段,班数\n初中,2\n"},
			"全省/各学段.csv:1:1 no column of the table says whose row it is, as those of others do / add a column 县 or 行政区划代码, or take the table out of the folder"},
		{"column twice", []string{"学校.csv", "县,校名,县\n甲县,一小,乙县\n"}, "全省/学校.csv:1:6 the column “%s” stands here twice [县] / delete one of the two: it is not clear whose a row is"},
		{"empty cells", []string{"学校.csv", "县,校名\n甲县,一小\n,二小\n ,三小\n,\n"}, "全省/学校.csv:3 %s rows of %s do not say whose they are, so they are not read [2 学校] / fill in the unit in each row"},
		{"totals", []string{"学校.csv", "县,校名\n甲县,一小\n全省合计,\n"}, "全省/学校.csv:3 %s rows of %s are totals; they are not read [1 学校]"},
		{"no rows", []string{"学校.csv", "县,校名\n"}, "全省 the tables have no rows"},
		{"empty", []string{"学校.csv", "\n,\n"}, "全省/学校.csv the file is empty"},
		{"open quote", []string{"学校.csv", "县,校名\n甲县,一小\n甲县,\"二小\n乙县,一小\n"}, "全省/学校.csv:3 a quotation mark stands wrong here or is never closed / put a value with quotation marks in quotes and double those inside it"},
		{"very open quote", []string{"学校.csv", "县,校名\n甲县,\"一小\n" + strings.Repeat("乙县,一小\n", 70_000)}, "全省/学校.csv:2 the line goes on for too long; a quotation mark may never be closed / put a value with quotation marks in quotes and double those inside it"},
		{"encoding", []string{"学校.csv", "县,校名\n甲县,一小\n\xff\xfe\xff,\n"}, "全省/学校.csv the file is in neither UTF-8 nor GBK / save it as CSV UTF-8 in Excel or WPS"},
		{"encoding further on", []string{"学校.csv", "县,校名\n" + strings.Repeat("甲县,一小\n", 25_000) + "\xff\xfe\xff,\n"}, "全省/学校.csv the file is in neither UTF-8 nor GBK / save it as CSV UTF-8 in Excel or WPS"},
		{"no text", []string{"学校.csv", "县,校名\n甲县,\x00\n"}, "全省/学校.csv the file is in neither UTF-8 nor GBK / save it as CSV UTF-8 in Excel or WPS"},
		{"too large", []string{"学校.csv", "县,校名\n" + strings.Repeat("甲县,一小\n", 200_000)}, "全省/学校.csv the file is too large"},
		{"too scattered", []string{"学校.csv", "县,校名\n" + many}, "全省/学校.csv:10 the rows of each unit stand too scattered / sort the table by unit"},
		{"too many units", []string{"学校.csv", "县,校名\n甲,\n乙,\n丙,\n丁,\n"}, "全省 %s units are too many for one set [4] / check that the column of the unit names counties"},
		{"too many files", []string{"1.csv", "", "2.csv", "", "3.csv", "", "4.csv", "", "5.csv", ""}, "全省 %s files are too many for a set of tables [5]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, diags := returns.OpenSet(tree(tt.files...), "全省", small)
			if got := lines(diags); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if (s == nil) != diags.HasErrors() {
				t.Errorf("the set is %v", s)
			}
		})
	}
}

func TestIsSet(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		want  bool
	}{
		{"county", []string{"学校.csv", "县,校名\n"}, true},
		{"in one of two", []string{"学校.csv", "县,校名\n", "各学段.csv", "学段,班数\n"}, true},
		{"none", []string{"学校.csv", "校名,面积\n"}, false},
		{"unit of a figure", []string{"单值.csv", "名称,单位,本年\n"}, false},
		{"unit in all", []string{"学校.csv", "单位,校名\n"}, true},
		{"unit in one of two", []string{"学校.csv", "单位,校名\n", "各学段.csv", "学段,班数\n"}, false},
		{"a code of anything", []string{"学校.csv", "代码,校名\n"}, false},
		{"the rubric's own", []string{"各学段.csv", "学段,班数\n"}, false},
		{"return.yaml", []string{"学校.csv", "县,校名\n", "return.yaml", "data: {}"}, false},
		{"nothing", []string{"a.txt", ""}, false},
	}
	for _, tt := range tests {
		if got := returns.IsSet(tree(tt.files...), schoolRubric(t)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

// country is a set of many units in which all sorts of things are typed.
func country(units int) (files map[string]string, own func(unit int) []string) {
	typed := []string{"12", "1,000", "１２", "九", "", "不适用", "3.50", "12万", "-1", "约5"}
	schools, values := "县,校名,面积,学段,面积.上年,备注\n", "县,教育支出,人数\n"
	of := make([][]string, units)
	for u := range units {
		mine := "校名,面积,学段,面积.上年,备注\n"
		for s := range 3 + u%4 {
			line := fmt.Sprintf("第%d小学,%q,小学,%q,\"说\n明\"\n", s, typed[(u+s)%len(typed)], typed[(u*3+s)%len(typed)])
			mine += line
			schools += fmt.Sprintf("县%d,", u) + line
		}
		x, y := typed[u%len(typed)], typed[(u+5)%len(typed)]
		values += fmt.Sprintf("县%d,%q,%q\n", u, x, y)
		of[u] = []string{"学校.csv", mine, "单值.csv", fmt.Sprintf("名称,本年\n教育支出,%q\n人数,%q\n", x, y)}
	}
	return map[string]string{"学校.csv": schools, "单值.csv": values}, func(u int) []string { return of[u] }
}

// withoutPlaces is a return as JSON in which no place stands.
func withoutPlaces(t *testing.T, ret *returns.Return) string {
	t.Helper()
	ret = ret.Clone()
	for _, table := range ret.Tables {
		for _, years := range table.Columns {
			for _, cells := range years {
				for i := range cells {
					cells[i].Origin = returns.Origin{}
				}
			}
		}
	}
	data, err := json.Marshal(ret)
	var v any
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	var strip func(v any)
	strip = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range []string{"pos", "at", "files", "cover_at"} {
				delete(v, key)
			}
			for _, e := range v {
				strip(e)
			}
		case []any:
			for _, e := range v {
				strip(e)
			}
		}
	}
	strip(v)
	out, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// What is read of a unit is what is read of a folder that holds only its rows,
// from several goroutines as from one.
func TestSetIsItsReturns(t *testing.T) {
	const units = 40
	files, own := country(units)
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(gbk(t, text)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, diags := returns.OpenSet(os.DirFS(dir), dir, returns.DefaultSetLimits)
	if s == nil || len(diags) > 0 || len(s.Units()) != units {
		t.Fatal(lines(diags))
	}
	defer s.Close()
	r := schoolRubric(t)
	got := make([]*returns.Return, units)
	var all sync.WaitGroup
	for u := range units {
		all.Go(func() {
			if doc, _ := s.Open(u); doc != nil {
				got[u], _ = doc.Read(r)
			}
		})
	}
	all.Wait()
	for u := range units {
		doc, diags := returns.OpenFolder(tree(own(u)...), fmt.Sprintf("县%d", u), returns.DefaultLimits)
		if doc == nil {
			t.Fatal(lines(diags))
		}
		want, _ := doc.Read(r)
		var problems [2][]string
		for i, ret := range []*returns.Return{got[u], want} {
			for _, d := range ret.Problems {
				d.Pos = diag.Pos{}
				problems[i] = append(problems[i], lines(diag.List{d}))
			}
			ret.Problems = nil
		}
		if a, b := withoutPlaces(t, got[u]), withoutPlaces(t, want); a != b {
			t.Errorf("county %d\nin the set %s\nalone %s", u, a, b)
		}
		if a, b := sortedLines(problems[0]), sortedLines(problems[1]); a != b {
			t.Errorf("county %d: problems\nin the set\n%s\nalone\n%s", u, a, b)
		}
	}
}

// A file that is written to after it was indexed gives what it was, or nothing.
func TestSetIsChanged(t *testing.T) {
	var text strings.Builder
	text.WriteString("县,校名,面积\n")
	const units = 30
	for u := range units {
		for i := range 1000 {
			fmt.Fprintf(&text, "第%d县,第%d小学,%d\n", u, i, u)
		}
	}
	file := filepath.Join(t.TempDir(), "学校.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	s, diags := returns.OpenSet(os.DirFS(filepath.Dir(file)), "全省", returns.DefaultSetLimits)
	if s == nil {
		t.Fatal(lines(diags))
	}
	defer s.Close()
	r := schoolRubric(t)
	read := 0
	for u := range units {
		if u == 1 {
			if err := os.WriteFile(file, []byte(strings.ReplaceAll(text.String(), "县,", "省,")), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(file, time.Time{}, time.Unix(1, 0)); err != nil {
				t.Fatal(err)
			}
		}
		doc, diags := s.Open(u)
		if doc == nil {
			if !strings.Contains(lines(diags), "学校.csv the file was changed while it was read") {
				t.Errorf("unit %d: %s", u, lines(diags))
			}
			continue
		}
		ret, _ := doc.Read(r)
		if schools := ret.Tables["学校"]; len(schools.Keys) != 1000 || schools.Columns["面积"][0][999].Number != float64(u) {
			t.Errorf("unit %d is read as another", u)
		}
		read++
	}
	if read == 0 || read > units/3 {
		t.Errorf("%d units are read of a file that was changed", read)
	}
}

func sortedLines(list []string) string {
	slices.Sort(list)
	return strings.Join(list, "\n")
}

func FuzzSet(f *testing.F) {
	f.Add([]byte("县区,校名,面积\n甲县,一小,10\n乙县,一小,30\n"), []byte("县,代码,人数\n甲县,1,5\n"))
	f.Add([]byte(gbk(f, "单位\t年度\t校名\r\n甲县\t2021\t\"一\r\n小\"\r\n")), []byte("县,名称,本年\n甲县,人数,5\n合计,,\n,,1\n"))
	r := schoolRubric(f)
	f.Fuzz(func(t *testing.T, schools, values []byte) {
		s, diags := returns.OpenSet(tree("学校.csv", string(schools), "单值.csv", string(values)), "全省", small)
		places(t, diags)
		if s == nil {
			return
		}
		for i := range s.Units() {
			doc, diags := s.Open(i)
			if doc != nil {
				ret, more := doc.Read(r)
				diags = append(append(diags, more...), ret.Problems...)
			}
			places(t, diags)
		}
	})
}
