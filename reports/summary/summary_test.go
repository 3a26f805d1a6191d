package summary

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dudao/engine/text"
	"dudao/reports/book"
	"dudao/reports/office"
)

var (
	update = flag.Bool("update", false, "write the golden file anew")
	keep   = flag.String("keep", "", "write the workbooks into this folder, to be looked at")
)

func batches(t testing.TB) map[string]Input {
	counties := 46 // enough for every formula
	if *keep != "" {
		counties = 183
	}
	return map[string]Input{
		"duty": duty(t, counties), "balanced": balanced(t, 46), "letters": lettered(t, 20), "small": small(t),
		"classes": of(t, "class-size", 6), "funding": of(t, "funding-no-decrease", 6), "preschool": of(t, "preschool-2020", 6), "none": {Program: shipped(t, "county-duty-2022")},
	}
}

// A spreadsheet that isn't ours comes to our results in every cell, and Excel's rules
// hold.
func TestLibreOfficeAgrees(t *testing.T) {
	books, files := map[string]*book.Book{}, map[string][]byte{}
	for name, in := range batches(t) {
		for _, lang := range text.Languages {
			b := make1(in, lang)
			data := workbook(t, b)
			for _, fault := range book.Check(data, longest, reports(in)...) {
				t.Errorf("%s %s: %s", name, lang, fault)
			}
			if *keep != "" {
				if err := os.WriteFile(filepath.Join(*keep, name+"-"+lang+".xlsx"), data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(data, workbook(t, make1(in, lang))) {
				t.Errorf("%s %s: two workbooks differ", name, lang)
			}
			if lang == "zh" {
				books[name], files[name] = b, data
			}
		}
	}
	if testing.Short() {
		t.Skip("LibreOffice takes a while")
	}
	also := map[string]Input{"hostile": hostile(t)}
	all := idioms(t)
	for _, name := range summed {
		also["idiom "+name] = all[name]
	}
	for name, in := range also {
		books[name] = make1(in, "zh")
		files[name] = workbook(t, books[name])
	}
	recalculated := office.Recalculate(t, files)
	for name, b := range books {
		compare(t, name, b, recalculated[name])
	}
}

func compare(t *testing.T, name string, b *book.Book, got office.Workbook) {
	t.Helper()
	formulas, wrong := 0, 0
	for _, s := range b.Sheets {
		for r, row := range s.Rows {
			for c, cell := range row.Cells {
				if cell.Formula == "" {
					continue
				}
				formulas++
				at := book.Ref{Row: r + 1, Col: c + 1}.String()
				if is := got[s.Name][at]; !agrees(cell.Value, is.Value) {
					if wrong++; wrong < 20 {
						t.Errorf("%s: %s!%s =%s\n  is %v (%T), not %v", name, s.Name, at, cell.Formula, is.Value, is.Value, cell.Value)
					}
				}
			}
		}
	}
	t.Logf("%s: %d formulas, %d differ", name, formulas, wrong)
	if formulas == 0 && name != "none" {
		t.Errorf("%s: no formula was compared", name)
	}
}

func agrees(want, got any) bool {
	w, ok1 := want.(float64)
	g, ok2 := got.(float64)
	if ok1 && ok2 {
		return math.Abs(w-g) <= 1e-9*math.Max(1, math.Abs(w))
	}
	return want == got || (want == nil || want == "") && (got == nil || got == "")
}

// The small batch is written out whole.
func TestGolden(t *testing.T) {
	got, err := book.Dump(workbook(t, make1(small(t), "zh")))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join("testdata", "small.txt")
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the dump is not that of %s; look at it with -update and git diff", name)
	}
}

var hostileNames = []string{"=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-1", "甲\x00县\ufffe\n乙", "'x", strings.Repeat("很长的名字", 9000), "*", "a", "A", ">0", ""}

// hostile is a batch with such names everywhere.
func hostile(t *testing.T) Input {
	in, names := small(t), hostileNames
	base := in.Records[0]
	in.Records, in.Groups = nil, nil
	for i, name := range names {
		r := base
		r.Cover.Name, r.Cover.Code, r.Source = name, name, name
		r.Total.Lower -= float64(i % 5)
		r.Total.Points, r.Total.Upper = r.Total.Lower, r.Total.Lower
		r.Report = []string{"a b#1%.xlsx", "甲 &<县>.xlsx", ""}[i%3]
		in.Records, in.Groups = append(in.Records, r), append(in.Groups, name)
		in.Claims = append(in.Claims, ClaimRow{Unit: name, Item: name, Reason: name})
		in.Doubts = append(in.Doubts, DoubtRow{Units: names, Where: name})
	}
	return in
}

// What comes from outside is text, whatever it looks like, and changes no count.
func TestHostileNames(t *testing.T) {
	in := hostile(t)
	b := make1(in, "zh")
	data := workbook(t, b)
	for _, fault := range book.Check(data, longest, reports(in)...) {
		t.Error(fault)
	}
	for _, s := range b.Sheets {
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				for _, name := range hostileNames {
					if name != "" && name != "A" && name != "a" && name != "*" && name != "-1" && strings.Contains(c.Formula, name) && !strings.Contains(">0", name) {
						t.Errorf("%s stands in a formula: %s", name, c.Formula)
					}
				}
			}
		}
	}
}

func BenchmarkProvince(b *testing.B) { benchmark(b, 183) }
func BenchmarkCountry(b *testing.B)  { benchmark(b, 2900) }

func benchmark(b *testing.B, n int) {
	in := duty(b, 183)
	for i := 0; len(in.Records) < n; i++ {
		in.Records, in.Groups = append(in.Records, in.Records[i]), append(in.Groups, in.Groups[i])
	}
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		if err := make1(in, "zh").Write(&out); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.Len()), "file-B")
	}
}
