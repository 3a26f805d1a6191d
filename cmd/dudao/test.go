package main

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"dudao/engine/cases"
	"dudao/engine/diag"
	"dudao/rubrics"

	"github.com/spf13/cobra"
)

func newTest(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "test " + a.Sprint(diag.M("[RUBRIC|FILE_test.yaml]...")),
		Aliases: []string{"测试"},
		Short:   a.Sprint(diag.M("Runs the tests that stand beside a rubric")),
		Long: a.Sprint(diag.M(`Runs the tests of rubrics: for name.yaml those in name_test.yaml beside it. A
shipped rubric is named by its id; without an argument all shipped rubrics are
tested. The exit status is 1 if a test fails.`)),
		Example: `  dudao test funding-no-decrease
  dudao test my-rubric.yaml`,
		ValidArgsFunction: completeRubrics,
		RunE:              func(_ *cobra.Command, args []string) error { return a.test(args, format) },
	}
	cmd.Flags().StringVar(&format, "format", "text", a.Sprint(diag.M("`FORMAT` of what is printed: text or json")))
	return cmd
}

// testResult is how one case came out, for programs.
type testResult struct {
	File     string        `json:"file"`
	Case     string        `json:"case"`
	Passed   bool          `json:"passed"`
	Failures []testFailure `json:"failures,omitempty"`
}

type testFailure struct {
	What     diag.Message `json:"what"`
	Expected string       `json:"expected"`
	Got      string       `json:"got"`
}

func (a *app) test(args []string, format string) error {
	if err := checkFormat(format); err != nil {
		return err
	}
	if len(args) == 0 {
		for _, r := range shipped() {
			if !slices.Contains(args, r.ID.Text) {
				args = append(args, r.ID.Text)
			}
		}
	}
	var results []testResult
	failed := 0
	for _, name := range args {
		suite, found, err := a.suite(name, format)
		if err != nil {
			return err
		}
		for _, r := range found {
			if !r.Passed() {
				failed++
			}
			results = append(results, a.testResult(suite, r, format))
		}
	}
	if len(results) == 0 {
		var l diag.List
		l.Add(diag.Pos{}, 0, diag.M("there is no test"))
		return &exit{exitNothing, l}
	}
	if format == "json" {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		if err := enc.Encode(results); err != nil {
			return fail(diag.M("the result can’t be written"))
		}
	} else {
		a.say(a.Sprint(diag.M("%s of %s tests passed", strconv.Itoa(len(results)-failed), strconv.Itoa(len(results)))))
	}
	if failed > 0 {
		return &exit{code: exitFindings}
	}
	return nil
}

// suite loads and runs the tests of one argument.
func (a *app) suite(name, format string) (*cases.Suite, []cases.Result, error) {
	file, read, rubricName, err := a.testFile(name)
	if err != nil {
		return nil, nil, err
	}
	data, err := read(file)
	if err != nil {
		return nil, nil, failAt(diag.Pos{File: filepath.ToSlash(file)}, diag.M("there is no such file"),
			diag.M("the tests of name.yaml stand in name_test.yaml beside it"))
	}
	shown := filepath.ToSlash(file)
	a.files[shown] = data
	suite, diags := cases.Load(shown, data)
	if diags.HasErrors() {
		return nil, nil, &exit{exitFailed, diags}
	}
	if rubricName == "" {
		rubricName = filepath.Join(filepath.Dir(file), suite.Rubric.Text)
	}
	p, err := a.compile(rubricName)
	if err != nil {
		return nil, nil, err
	}
	return suite, suite.Run(p, func(base string) ([]byte, error) { return read(filepath.Join(filepath.Dir(file), base)) }), nil
}

// testFile says where the tests of an argument are and how their files are read:
// of a shipped rubric from the program itself.
func (a *app) testFile(name string) (file string, read func(string) ([]byte, error), rubricName string, err error) {
	switch {
	case strings.HasSuffix(name, "_test.yaml"):
		return name, os.ReadFile, "", nil
	case isPath(name):
		ext := filepath.Ext(name)
		return strings.TrimSuffix(name, ext) + "_test" + ext, os.ReadFile, name, nil
	}
	r, _, err := a.loadRubric(name)
	if err != nil {
		return "", nil, "", err
	}
	embedded := func(file string) ([]byte, error) { return rubrics.Files.ReadFile(path.Base(filepath.ToSlash(file))) }
	return strings.TrimSuffix(r.File, ".yaml") + "_test.yaml", embedded, name, nil
}

// testResult prints a failed case as a table of expected and got.
func (a *app) testResult(s *cases.Suite, r cases.Result, format string) testResult {
	out := testResult{File: s.File, Case: r.Name, Passed: r.Passed()}
	for _, f := range r.Failures {
		out.Failures = append(out.Failures, testFailure{f.What, f.Expected, f.Got})
	}
	if format == "json" || r.Passed() {
		return out
	}
	a.say(a.Sprint(diag.M("FAILED  %s", r.Name)))
	for _, f := range r.Failures {
		a.say("  " + s.File + ":" + strconv.Itoa(f.Pos.Line) + "  " + a.Sprint(diag.M("%s: expected %s, got %s", a.Sprint(f.What), f.Expected, f.Got)))
	}
	if len(r.Diags) > 0 {
		a.report(r.Diags)
	}
	return out
}
