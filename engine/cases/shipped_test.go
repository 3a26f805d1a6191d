package cases_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
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
	// The first version of an id is in id.yaml, a later one in id@version.yaml.
	if name := strings.TrimSuffix(filepath.Base(file), ".yaml"); name != r.ID.Text && name != r.Ref().String() {
		t.Errorf("%s isn't the name of the file", r.Ref())
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	runCases(t, p, file, 1)
}

// No change of a number or comparison in a shipped rubric goes unnoticed, unless the
// reason stands beside it.
func TestShippedRubricsMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand changed rubrics")
	}
	files, err := filepath.Glob("../../rubrics/*_test.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no tests found")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			suite, diags := cases.Load(file, text)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			p := compileFile(t, "../../rubrics/"+suite.Rubric.Text)
			watch := p.NewCoverage()
			cases.Run(suite.Make(p.Rubric, nil), watch)
			for _, m := range cases.Covered(p.Rubric, watch.Goals()).Missed {
				t.Errorf("%s: %s %v", m.Pos, m.Message.Key, m.Message.Args)
			}
			tried, survivors := cases.Mutants(p.Rubric, suite.Make(p.Rubric, nil))
			if tried < 20 {
				t.Errorf("only %d mutants", tried)
			}
			for _, s := range survivors {
				t.Errorf("%s: %v", s.Pos, s.Message.Args)
			}
		})
	}
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
	for _, res := range cases.Run(suite.Make(p.Rubric, read), p) {
		for _, f := range res.Failures {
			t.Errorf("%s: line %d: %s %v: expected %s, got %s", res.Name, f.Pos.Line, f.What.Key, f.What.Args, f.Expected, f.Got)
		}
		if len(res.Diags) > 0 {
			t.Errorf("%s: %v", res.Name, res.Diags)
		}
	}
}

// What ships is laid out as dudao fmt does it.
func TestShippedLayout(t *testing.T) {
	files, err := filepath.Glob("../../rubrics/*.yaml")
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var as any = new(rubric.Rubric)
		if strings.HasSuffix(file, "_test.yaml") {
			as = nil
		}
		laid, diags := source.Format(file, text, as)
		if diags.HasErrors() || string(laid) != string(text) {
			t.Errorf("%s isn't laid out: dudao fmt -w %s %v", file, file, diags)
		}
	}
}

// A part over its whole may have a reason: the shipped checks that compare a sum of
// figures with another figure doubt it and don't forbid it.
func TestPartsOverWholesAreWarnings(t *testing.T) {
	files, err := filepath.Glob("../../rubrics/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	parts := regexp.MustCompile(`^[^<>=0-9]+ <= [^<>=0-9]+$`)
	seen := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.yaml") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, _ := rubric.Load(file, text, beside)
		for _, c := range r.Checks {
			if rule := c.Rule.Text; parts.MatchString(rule) && !strings.HasSuffix(rule, " year") {
				seen[c.ID.Text] = true
				if c.Level.Text != "warning" {
					t.Errorf("%s: %s is an error: %s", filepath.Base(file), c.ID.Text, rule)
				}
			}
		}
	}
	if len(seen) < 10 {
		t.Errorf("only %d such checks found; does the test still look at them?", len(seen))
	}
}
