package assessment

import (
	"maps"
	"math"
	"sync"
	"testing"

	"dudao/reports/book"
	"dudao/reports/office"
)

// made is what several tests look at and none changes: it is made once.
var made struct {
	scoring, drawing sync.Once
	examples         map[string]scored
	reports          map[string]report
}

// examples are the returns of every example, each for every rubric that it serves.
func examples(t testing.TB) map[string]scored {
	made.scoring.Do(func() { made.examples = scoreExamples(t) })
	return maps.Clone(made.examples)
}

func scoreExamples(t testing.TB) map[string]scored {
	out := map[string]scored{}
	for _, e := range []struct{ folder, rubric string }{
		{"gaoping-2021", "funding-no-decrease"}, {"gaoping-duty-2022", "county-duty-2022"}, {"class-size", "class-size"},
		{"county", "quality-balanced-2017"}, {"county", "preschool-2020"}, {"county", "county-duty-2022"},
		{"county", "funding-no-decrease"}, {"school-quality", "school-quality"}, {"kindergarten-grade", "kindergarten-grade"},
		{"workplan-suining-2018", "workplan-suining-2018"}, {"workplan-yichang-2022", "workplan-yichang-2022"},
		{"workplan-haining-2021", "workplan-haining-2021"}, {"workplan-county-2015", "workplan-county-2015"},
		{"county", "modernisation-letters"}, {"county", "class-size@2024.1"}, {"county", "funding-no-decrease@2024.1"}, {"county", "basic-balanced-2012"}, {"county", "county-duty-deduct"},
	} {
		out[e.folder+" "+e.rubric] = score(t, file(t, "rubrics", e.rubric+".yaml"), "return.yaml", file(t, "examples", e.folder, "return.yaml"))
	}
	return out
}

// kinds are small rubrics without points.
func kinds(t testing.TB) map[string]scored {
	out := map[string]scored{}
	for name, data := range map[string]string{
		"pass-only": "data: {最大班额: 46, 有寄宿生: 是, 生均宿舍面积: 3.5}\n",
		"letters":   "data: {学历达标率: 90}\njudged: {\"1.2\": {level: 成制度}}\n",
	} {
		out[name] = score(t, file(t, "rubrics", "testdata", "idioms", name+".yaml"), "r.yaml", "rubric: "+name+"\n"+data)
	}
	return out
}

// report is a Chinese report, also as a file.
type report struct {
	book *book.Book
	file []byte
}

// reports are those of all examples, and of small returns.
func reports(t testing.TB) map[string]report {
	made.drawing.Do(func() {
		cases := examples(t)
		for _, more := range []map[string]scored{all(t), kinds(t)} {
			maps.Copy(cases, more)
		}
		made.reports = map[string]report{}
		for name, s := range cases {
			b := s.book("zh")
			made.reports[name] = report{b, workbook(t, b)}
		}
	})
	return made.reports
}

// A spreadsheet that isn't ours comes to the engine's results in every cell.
func TestLibreOfficeAgrees(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes a while")
	}
	t.Parallel()
	files := map[string][]byte{}
	for name, r := range reports(t) {
		files[name] = r.file
	}
	recalculated := office.Recalculate(t, files)
	for name, r := range reports(t) {
		compareWith(t, name, r.book, recalculated[name])
	}
}

// compareWith compares every formula cell with what a spreadsheet made of it.
func compareWith(t *testing.T, name string, b *book.Book, got office.Workbook) {
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
					if wrong++; wrong <= 400 {
						t.Errorf("%s: %s!%s =%s\n  is %v (%T), not %v", name, s.Name, at, cell.Formula, is.Value, is.Value, cell.Value)
					}
				}
			}
		}
	}
	t.Logf("%s: %d formulas, %d differ", name, formulas, wrong)
	if formulas == 0 {
		t.Errorf("%s: no formula was compared", name)
	}
}

func agrees(want, got any) bool {
	w, ok1 := want.(float64)
	g, ok2 := got.(float64)
	if ok1 && ok2 {
		return math.Abs(w-g) <= 1e-9*math.Max(1, math.Abs(w))
	}
	if want == nil || want == "" {
		return got == nil || got == ""
	}
	return want == got
}

// Excel's own rules hold in every report.
func TestReportsKeepExcelsRules(t *testing.T) {
	if testing.Short() {
		t.Skip("makes the reports of all examples")
	}
	t.Parallel()
	check := func(name string, data []byte) {
		for _, fault := range book.Check(data, 200) {
			t.Errorf("%s: %v", name, fault)
		}
	}
	for name, r := range reports(t) {
		check(name, r.file)
	}
	cases := examples(t)
	maps.Copy(cases, kinds(t))
	for name, s := range cases {
		check(name+" in English", workbook(t, s.book("en")))
	}
}
