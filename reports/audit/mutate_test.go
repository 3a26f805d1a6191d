package audit

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine/returns"
	"dudao/engine/xlsx"

	"github.com/xuri/excelize/v2"
)

// edited is a report after someone worked on it with a program that isn't ours.
func edited(t testing.TB, data []byte, edit func(f *excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := edit(f); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// replaced is a report in one part of which a text was replaced.
func replaced(t testing.TB, data []byte, part string, replace func(string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(f.Name, part) {
			content = []byte(replace(string(content)))
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func sheetsOf(t testing.TB, data []byte) *xlsx.Book {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	book, err := openBook(archive)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func finds(rep *Report, sheet, cell string) *Finding {
	at := slices.IndexFunc(rep.Findings, func(f Finding) bool { return f.Sheet == sheet && f.Cell == cell })
	if at < 0 {
		return nil
	}
	return &rep.Findings[at]
}

// Another program that opens and saves the report is no edit, either.
func TestSavedByAnotherProgram(t *testing.T) {
	data := report(t, "funding-no-decrease", "examples/gaoping-2021/return.yaml", "zh")
	untouched(t, "gaoping", edited(t, data, func(*excelize.File) error { return nil }))
}

// Whichever cell is changed, it is found, and nothing else is.
func TestEveryCellIsWatched(t *testing.T) {
	data := report(t, "funding-no-decrease", "examples/gaoping-2021/return.yaml", "zh")
	book := sheetsOf(t, data)
	kinds := map[Kind]int{}
	step, n := 5, 0
	if testing.Short() {
		step = 19
	}
	for _, sheet := range book.Sheets {
		s, _ := book.Sheet(sheet)
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				if n++; n%step != 0 || sheet == returns.MetaSheet {
					continue
				}
				cell := xlsx.CellName(int(c.Col), int(c.Row))
				rep := open(t, edited(t, data, func(f *excelize.File) error {
					if c.Formula != "" && n%2 == 0 {
						return f.SetCellFormula(sheet, cell, c.Formula+"+0")
					}
					if c.Kind == xlsx.Number {
						return f.SetCellValue(sheet, cell, c.Number*1.01+1)
					}
					return f.SetCellValue(sheet, cell, c.Text+"改")
				}))
				f := finds(rep, sheet, cell)
				if f == nil {
					t.Errorf("%s!%s: a change of %q isn't found", sheet, cell, holds(c))
					continue
				}
				kinds[f.Kind]++
				isRow := func(o Finding) bool { return o.Sheet == sheet && strings.HasSuffix(o.Cell, strconv.Itoa(int(c.Row))) }
				if f.Kind == Text && !slices.ContainsFunc(rep.Findings, func(o Finding) bool { return !isRow(o) }) {
					continue // the name of a row: then its values aren't found, either
				}
				if len(rep.Findings) > 1 {
					t.Errorf("%s!%s: also found: %v", sheet, cell, rep.Findings)
				}
				if (f.Kind == Input) != (rep.After != nil) {
					t.Errorf("%s!%s: found as %s, scored again: %v", sheet, cell, f.Kind, rep.After != nil)
				}
			}
		}
	}
	t.Log(kinds)
	for _, k := range []Kind{Input, Formula, Text} {
		if kinds[k] == 0 {
			t.Errorf("no %s was changed", k)
		}
	}
}

// The result of a formula that was typed over, its formula left as it was.
func TestResultIsWatched(t *testing.T) {
	data := report(t, "funding-no-decrease", "examples/gaoping-2021/return.yaml", "zh")
	pattern := regexp.MustCompile(`(<f>[^<]*</f><v>)([0-9.]+)(</v>)`)
	found := 0
	for part := range 12 {
		name := "worksheets/sheet" + string(rune('0'+part)) + ".xml"
		changed := false
		rep := open(t, replaced(t, data, name, func(s string) string {
			at := pattern.FindStringSubmatchIndex(s)
			if at == nil {
				return s
			}
			changed = true
			return s[:at[4]] + "77" + s[at[5]:]
		}))
		if !changed {
			continue
		}
		found++
		if len(rep.Findings) != 1 || rep.Findings[0].Kind != Result || rep.Findings[0].Is != "77" {
			t.Errorf("%s: %v", name, rep.Findings)
		}
	}
	if found < 2 {
		t.Errorf("results on %d sheets", found)
	}
}

// An edited input: what it gives is computed, and results that a spreadsheet has
// computed from it are no change.
func TestInputIsScoredAgain(t *testing.T) {
	data := report(t, "funding-no-decrease", "examples/gaoping-2021/return.yaml", "zh")
	names := namesOf(sheetsOf(t, data))
	at := names["一般公共预算教育支出"]
	cell := xlsx.CellName(at.area.Col, at.area.Row)
	rep := open(t, edited(t, data, func(f *excelize.File) error { return f.SetCellValue(at.sheet, cell, 1000) }))
	f := finds(rep, at.sheet, cell)
	if f == nil || f.Kind != Input || f.Was != "83861" || f.Is != "1000" || len(rep.Findings) != 1 {
		t.Fatalf("%v", rep.Findings)
	}
	if rep.Before.Total.Points != 80 || rep.After.Total.Points != 50 {
		t.Errorf("%v → %v", rep.Before.Total, rep.After.Total)
	}
}

func TestOtherEdits(t *testing.T) {
	data := report(t, "funding-no-decrease", "examples/gaoping-2021/return.yaml", "zh")
	book := sheetsOf(t, data)
	names := namesOf(book)
	table, any := names["各学段.生均教育支出"], slices.Sorted(maps.Keys(names))
	for name, c := range map[string]struct {
		edit func(f *excelize.File) error
		want []Kind
	}{
		"a name elsewhere": {func(f *excelize.File) error {
			n := f.GetDefinedName()
			i := slices.IndexFunc(n, func(d excelize.DefinedName) bool { return d.Name == any[len(any)-1] })
			d := n[i]
			if err := f.DeleteDefinedName(&d); err != nil {
				return err
			}
			d.RefersTo = "'" + table.sheet + "'!$A$1"
			return f.SetDefinedName(&d)
		}, []Kind{Name}},
		"a name removed": {func(f *excelize.File) error {
			return f.DeleteDefinedName(&excelize.DefinedName{Name: any[len(any)-1]})
		}, []Kind{Name}},
		"a sheet more":    {func(f *excelize.File) error { _, err := f.NewSheet("另一张"); return err }, []Kind{Layout}},
		"the hash edited": {func(f *excelize.File) error { return f.SetCellValue(returns.MetaSheet, "B4", "0") }, []Kind{Hidden}},
		"the data edited": {func(f *excelize.File) error {
			for row := 5; ; row++ {
				cell, _ := excelize.CoordinatesToCellName(1, row)
				if key, err := f.GetCellValue(returns.MetaSheet, cell); key != returns.MetaReturn || err != nil {
					if row > 100 {
						return err
					}
					continue
				}
				cell, _ = excelize.CoordinatesToCellName(2, row)
				v, err := f.GetCellValue(returns.MetaSheet, cell)
				if err != nil {
					return err
				}
				return f.SetCellValue(returns.MetaSheet, cell, strings.Replace(v, `"year":`, `"year": `, 1))
			}
		}, []Kind{Hidden}},
		"a row inserted in a table": {func(f *excelize.File) error { return f.InsertRows(table.sheet, table.area.Row+2, 1) }, []Kind{Layout}},
		"a text in an empty cell":   {func(f *excelize.File) error { return f.SetCellValue(book.Sheets[0], "Z99", "同意") }, nil},
	} {
		rep := open(t, edited(t, data, c.edit))
		var got []Kind
		for _, f := range rep.Findings {
			if !slices.Contains(got, f.Kind) {
				got = append(got, f.Kind)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
			for _, f := range rep.Findings[:min(len(rep.Findings), 5)] {
				t.Logf("%+v", f)
			}
		}
		if name == "a text in an empty cell" && len(rep.Filled) != 1 {
			t.Errorf("filled in: %v", rep.Filled)
		}
	}
}

func TestNotToBeChecked(t *testing.T) {
	data := report(t, "funding-no-decrease", "examples/gaoping-2021/return.yaml", "zh")
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"hidden sheet gone": {edited(t, data, func(f *excelize.File) error { return f.DeleteSheet(returns.MetaSheet) }), "no form made by dudao"},
		"scheme gone":       {edited(t, data, func(f *excelize.File) error { return f.RemoveRow(returns.MetaSheet, 7) }), "does not carry its scheme"},
		"scheme broken":     {edited(t, data, func(f *excelize.File) error { return f.SetCellValue(returns.MetaSheet, "B7", "id: x") }), "the scheme that the report carries"},
		"data broken":       {edited(t, data, func(f *excelize.File) error { return f.SetCellValue(returns.MetaSheet, "B8", "{}x") }), "the data that the report carries"},
		"data of no use": {edited(t, data, func(f *excelize.File) error {
			return f.SetCellValue(returns.MetaSheet, "B8", `{"fields":{"一般公共预算教育支出":[]},"tables":{"各学段":null}}`)
		}), "the data that the report carries"},
		"no workbook": {[]byte("PK"), "damaged"},
	} {
		_, diags := Open("a.xlsx", c.data, "test")
		if !diags.HasErrors() || !strings.Contains(diags.Error(), c.want) {
			t.Errorf("%s: %v", name, diags)
		}
	}
}

// Another version of dudao lays the report out in other ways: data and results are
// compared all the same.
func TestOtherVersion(t *testing.T) {
	data := report(t, "funding-no-decrease", "examples/gaoping-2021/return.yaml", "zh")
	names := namesOf(sheetsOf(t, data))
	at := names["一般公共预算教育支出"]
	rep, diags := Open("a.xlsx", edited(t, data, func(f *excelize.File) error {
		return f.SetCellValue(at.sheet, xlsx.CellName(at.area.Col, at.area.Row), 1000)
	}), "another")
	if diags.HasErrors() || rep.Same || len(rep.Findings) != 1 || rep.Findings[0].Kind != Input {
		t.Errorf("%v %+v", diags, rep)
	}
}
