package summary

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/cases"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/reports/book"
)

// summed are the idioms that decide how totals, ranks and grades come about: only they
// are worth the time of LibreOffice.
var summed = []string{"bonus", "deduct-total", "gate", "grades-rounded", "grades-unrounded", "inapplicable", "letters", "must", "pass-only",
	"section-pass", "total", "veto", "veto-order", "weighted", "weighted-levels"}

// idioms are batches of the test cases that every idiom of printed schemes has.
func idioms(t *testing.T) map[string]Input {
	dir := filepath.Join("..", "..", "rubrics", "testdata", "idioms")
	files, err := filepath.Glob(filepath.Join(dir, "*_test.yaml"))
	if err != nil || len(files) < 50 {
		t.Fatal(len(files), err)
	}
	out := map[string]Input{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), "_test.yaml")
		out[name] = idiom(t, filepath.Join(dir, name+".yaml"), file)
	}
	return out
}

// Whatever a rubric does, Excel's rules hold.
func TestIdioms(t *testing.T) {
	for name, in := range idioms(t) {
		for _, fault := range book.Check(workbook(t, make1(in, "zh")), longest, reports(in)...) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

func idiom(t *testing.T, file, suite string) Input {
	t.Helper()
	beside := func(name, from string) (string, []byte, bool) {
		file := filepath.Join(filepath.Dir(from), name)
		if filepath.Ext(name) == "" {
			file += ".yaml"
		}
		text, err := os.ReadFile(file)
		return file, text, err == nil
	}
	open := func(name string) []byte {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	r, diags := rubric.Load(file, open(file), beside)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	s, diags := cases.Load(suite, open(suite))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	keep := recorder{Program: p, in: &Input{Program: p}}
	cases.Run(s.Make(p.Rubric, func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(filepath.Dir(suite), name)) }), keep)
	return *keep.in
}

// recorder keeps a record of each case that is scored.
type recorder struct {
	*engine.Program
	in *Input
}

func (r recorder) Score(ret *returns.Return) *engine.Scorecard {
	card := r.Program.Score(ret)
	record := batch.NewRecord(r.Program, card)
	record.Source, record.Report = ret.Name, "报告.xlsx"
	r.in.Records = append(r.in.Records, record)
	return card
}
