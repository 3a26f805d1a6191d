package cases_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// Every shipped rubric has tests, and they pass. What has no items is used by one.
func TestShippedRubrics(t *testing.T) {
	files, err := filepath.Glob("../../rubrics/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	tested, used, shared := 0, map[string]bool{}, []string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.yaml") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, diags := rubric.Load(file, text, beside)
		if len(r.Items) == 0 {
			shared = append(shared, file)
			continue
		}
		tested++
		for source := range r.Sources {
			used[source] = true
		}
		t.Run(filepath.Base(file), func(t *testing.T) { runSuite(t, file, r, diags) })
	}
	if tested == 0 {
		t.Fatal("no rubric found")
	}
	for _, file := range shared {
		if !used[file] {
			t.Errorf("%s has no items, and no rubric uses it", file)
		}
	}
}

func runSuite(t *testing.T, file string, r *rubric.Rubric, diags diag.List) {
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if want := strings.TrimSuffix(filepath.Base(file), ".yaml"); r.ID.Text != want {
		t.Errorf("the id %s isn't the name of the file", r.ID.Text)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	runCases(t, p, file, 1)
}

// runCases runs the tests beside a rubric, of which there must be so many.
func runCases(t *testing.T, p *engine.Program, file string, least int) {
	t.Helper()
	name := strings.TrimSuffix(file, ".yaml") + "_test.yaml"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal("it has no tests")
	}
	suite, diags := cases.Load(name, text)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if len(suite.Cases) < least {
		t.Errorf("it has %d cases, at least %d are wanted", len(suite.Cases), least)
	}
	read := func(base string) ([]byte, error) { return os.ReadFile(filepath.Join(filepath.Dir(file), base)) }
	for _, res := range suite.Run(p, read) {
		for _, f := range res.Failures {
			t.Errorf("%s: line %d: %s %v: expected %s, got %s", res.Name, f.Pos.Line, f.What.Key, f.What.Args, f.Expected, f.Got)
		}
		if len(res.Diags) > 0 {
			t.Errorf("%s: %v", res.Name, res.Diags)
		}
	}
}
