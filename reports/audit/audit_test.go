package audit

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dudao/engine"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/assessment"
	"dudao/reports/office"
)

// report is the report of an example.
func report(t testing.TB, rubricName, file string, lang string) []byte {
	t.Helper()
	read := func(path ...string) []byte {
		data, err := os.ReadFile(filepath.Join(append([]string{"..", ".."}, path...)...))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	r, diags := rubric.Load("rubric.yaml", read("rubrics", rubricName+".yaml"), func(name, _ string) (string, []byte, bool) {
		name = strings.TrimSuffix(name, ".yaml")
		return name + ".yaml", read("rubrics", name+".yaml"), true
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	doc, diags := returns.Open(filepath.Base(file), read(file), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var out bytes.Buffer
	if err := assessment.Book(p, ret, p.Score(ret), text.New(lang), "test").Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// examples are the reports of the examples, which take long to make and are made once.
func examples(t testing.TB) map[string][]byte {
	made.Do(func() { made.reports = makeExamples(t) })
	return made.reports
}

var made struct {
	sync.Once
	reports map[string][]byte
}

func makeExamples(t testing.TB) map[string][]byte {
	out := map[string][]byte{}
	for _, e := range []struct{ file, rubric string }{
		{"gaoping-2021/return.yaml", "funding-no-decrease"}, {"gaoping-2021/填报表.xlsx", "funding-no-decrease"},
		{"gaoping-duty-2022/return.yaml", "county-duty-2022"}, {"class-size/return.yaml", "class-size"},
		{"county/return.yaml", "quality-balanced-2017"}, {"county/return.yaml", "preschool-2020"}, {"county/return.yaml", "county-duty-2022"},
		{"county/return.yaml", "funding-no-decrease"},
		{"school-quality/return.yaml", "school-quality"}, {"kindergarten-grade/return.yaml", "kindergarten-grade"},
		{"workplan-suining-2018/return.yaml", "workplan-suining-2018"}, {"workplan-yichang-2022/return.yaml", "workplan-yichang-2022"},
		{"workplan-haining-2021/return.yaml", "workplan-haining-2021"}, {"workplan-county-2015/return.yaml", "workplan-county-2015"},
		{"county/return.yaml", "modernisation-letters"}, {"county/return.yaml", "class-size@2024.1"}, {"county/return.yaml", "funding-no-decrease@2024.1"}, {"county/return.yaml", "basic-balanced-2012"}, {"county/return.yaml", "county-duty-deduct"},
	} {
		for _, lang := range text.Languages {
			if lang == "en" && e.file == "county/return.yaml" && e.rubric != "county-duty-2022" {
				continue // it takes long
			}
			out[e.file+" "+e.rubric+" "+lang] = report(t, e.rubric, "examples/"+e.file, lang)
		}
	}
	return out
}

func open(t testing.TB, data []byte) *Report {
	t.Helper()
	rep, diags := Open("report.xlsx", data, "test")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return rep
}

func untouched(t *testing.T, name string, data []byte) {
	t.Helper()
	rep := open(t, data)
	for i, f := range append(rep.Findings, rep.Filled...) {
		if i > 20 {
			break
		}
		t.Errorf("%s: %s %v %s!%s\n was %q\n  is %q", name, f.Kind, f.What, f.Sheet, f.Cell, f.Was, f.Is)
	}
	if rep.After != nil {
		t.Errorf("%s: scored again", name)
	}
}

// Nothing is found in a report that nobody touched.
func TestUntouched(t *testing.T) {
	if testing.Short() {
		t.Skip("makes the reports of all examples")
	}
	for name, data := range examples(t) {
		untouched(t, name, data)
	}
}

// Nothing is found in a report that LibreOffice has only opened and saved.
func TestSavedByLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes a while")
	}
	files := map[string][]byte{}
	for name, data := range examples(t) {
		switch name {
		case "gaoping-2021/填报表.xlsx funding-no-decrease zh", "gaoping-duty-2022/return.yaml county-duty-2022 en",
			"class-size/return.yaml class-size zh", "county/return.yaml quality-balanced-2017 zh":
			files[name] = data
		}
	}
	if len(files) != 4 {
		t.Fatal("the examples have other names")
	}
	for name, data := range office.Saved(t, files) {
		untouched(t, name, data)
	}
}
