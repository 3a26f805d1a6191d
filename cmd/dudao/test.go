package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/diag"
	"dudao/rubrics"

	"github.com/spf13/cobra"
)

// testOptions are the flags of test.
type testOptions struct {
	run, record, format string
	mutate, cover       bool
	minCoverage         float64
}

func newTest(a *app) *cobra.Command {
	var o testOptions
	cmd := &cobra.Command{
		Use:     "test " + a.Sprint(diag.M("[RUBRIC|FILE_test.yaml]...")),
		Aliases: []string{"测试"},
		Short:   a.Sprint(diag.M("Runs the tests that stand beside a rubric")),
		Long: a.Sprint(diag.M(`Runs the tests of rubrics: for name.yaml those in name_test.yaml beside it. A
shipped rubric is named by its id; without an argument all shipped rubrics are
tested. --record writes no result but a test case: the data of a return and its
score. --coverage names what no test reaches: items, bands, deductions, vetoes,
grades, and of every comparison the side on which it holds and the one on which it
doesn't. --mutate changes one number or comparison of the rubric at a time and
names the changes that no test notices.

The exit status is 0 if all tests pass, 1 if one fails, a change is not noticed or
less is covered than --min-coverage wants, 2 if a rubric or its tests can't be
read, and 5 if there is nothing to run.`)),
		Example: `  dudao test funding-no-decrease
  dudao test my-rubric.yaml --run 缺数据
  dudao test my-rubric.yaml --record 填报表.xlsx >> my-rubric_test.yaml
  dudao test my-rubric.yaml --min-coverage 100 --mutate`,
		ValidArgsFunction: completeRubrics,
		RunE: func(_ *cobra.Command, args []string) error {
			if o.record != "" {
				return a.record(args, o)
			}
			return a.test(args, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.run, "run", "", a.Sprint(diag.M("run only the tests whose name matches this `REGEXP`")))
	f.StringVar(&o.record, "record", "", a.Sprint(diag.M("print the test case that this `RETURN` gives")))
	f.BoolVar(&o.cover, "coverage", false, a.Sprint(diag.M("name what no test reaches")))
	f.Float64Var(&o.minCoverage, "min-coverage", 0, a.Sprint(diag.M("at least so many `PERCENT` must be covered")))
	f.BoolVar(&o.mutate, "mutate", false, a.Sprint(diag.M("name the changes of the rubric that no test notices")))
	f.StringVar(&o.format, "format", "text", a.Sprint(diag.M("`FORMAT` of what is printed: text or json")))
	return cmd
}

// tested is a test file and how its cases came out.
type tested struct {
	file    string
	program *engine.Program
	made    []cases.Made // those that --run chose
	results []cases.Result
	cover   cases.Cover
	mutants *mutants
}

// lacks reports whether less is covered than is wanted.
func (t *tested) lacks(o testOptions) bool { return t.cover.Percent < o.minCoverage }

// failed is the number of cases that did not pass.
func (t *tested) failed() int {
	n := 0
	for _, r := range t.results {
		if !r.Passed() {
			n++
		}
	}
	return n
}

// mutants is what became of the changes of a rubric.
type mutants struct {
	Tried     int       `json:"tried"`
	Survivors diag.List `json:"survivors"`
}

// test runs the tests of all arguments. What can't be read doesn't keep the others
// from being run.
func (a *app) test(args []string, o testOptions) error {
	if err := checkFormat(o.format); err != nil {
		return err
	}
	if !(o.minCoverage >= 0 && o.minCoverage <= 100) { // nor not a number
		return fail(diag.M("--min-coverage is a percentage from 0 to 100"))
	}
	chosen, err := regexp.Compile(o.run)
	if err != nil {
		return fail(diag.M("“%s” is no regular expression", o.run))
	}
	if len(args) == 0 {
		args = shippedIDs()
	}
	var all []*tested
	worst := &exit{code: exitNothing}
	for _, name := range args {
		t, err := a.suite(name, chosen)
		if err != nil {
			e := usageError(err)
			a.report(e.diags)
			worst.code = exitFailed
			continue
		}
		if len(t.made) == 0 {
			continue
		}
		watch := t.program.NewCoverage()
		t.results = cases.Run(t.made, watch)
		t.cover = cases.Covered(t.program.Rubric, watch.Goals())
		if all = append(all, t); o.mutate && t.failed() == 0 {
			tried, survivors := cases.Mutants(t.program.Rubric, t.made)
			t.mutants = &mutants{tried, append(diag.List{}, survivors...)} // [] in JSON, not null
		}
		if worst.code == exitNothing {
			worst.code = exitDone
		}
		if worst.code == exitDone && (t.failed() > 0 || t.lacks(o) || t.mutants != nil && len(t.mutants.Survivors) > 0) {
			worst.code = exitFindings
		}
	}
	if worst.code == exitNothing {
		m := diag.M("there is no test")
		if o.run != "" {
			m = diag.M("no test has a name that matches “%s”", o.run)
		}
		worst.diags.Add(diag.Pos{}, 0, m)
		return worst
	}
	if o.format == "json" {
		err = a.testJSON(all)
	} else {
		a.testText(all, o)
	}
	if err == nil && worst.code != exitDone {
		err = worst
	}
	return err
}

func shippedIDs() []string {
	var ids []string
	for _, r := range shipped() {
		if !slices.Contains(ids, r.ID.Text) {
			ids = append(ids, r.ID.Text)
		}
	}
	return ids
}

// suite loads the tests of one argument and makes their returns.
func (a *app) suite(name string, chosen *regexp.Regexp) (*tested, error) {
	file, read, rubricName, err := a.testFile(name)
	if err != nil {
		return nil, err
	}
	shown := filepath.ToSlash(file)
	data, err := read(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, failAt(diag.Pos{File: shown}, diag.M("there is no such file"),
			diag.M("the tests of name.yaml stand in name_test.yaml beside it"))
	}
	if err != nil {
		return nil, failAt(diag.Pos{File: shown}, diag.M("the file can’t be read"), diag.M("check that it is not open elsewhere and that you may read it"))
	}
	a.files[shown] = data
	suite, diags := cases.Load(shown, data)
	if diags.HasErrors() {
		return nil, &exit{exitFailed, diags}
	}
	if rubricName == "" {
		rubricName = filepath.Join(filepath.Dir(file), suite.Rubric.Text)
	}
	p, err := a.compile(rubricName)
	if err != nil {
		return nil, err
	}
	made := suite.Make(p.Rubric, func(base string) ([]byte, error) { return read(filepath.Join(filepath.Dir(file), base)) })
	made = slices.DeleteFunc(made, func(m cases.Made) bool { return !chosen.MatchString(m.Name.Text) })
	return &tested{file: shown, program: p, made: made}, nil
}

// testFile says where the tests of an argument are and how their files are read:
// of a shipped rubric from the program itself.
func (a *app) testFile(name string) (file string, read func(string) ([]byte, error), rubricName string, err error) {
	switch {
	case strings.HasSuffix(name, "_test.yaml"), strings.HasSuffix(name, "_test.yml"):
		return name, os.ReadFile, "", nil
	case isPath(name):
		return testsOf(name), os.ReadFile, name, nil
	}
	r, _, err := a.loadRubric(name)
	if err != nil {
		return "", nil, "", err
	}
	embedded := func(file string) ([]byte, error) { return rubrics.Files.ReadFile(path.Base(filepath.ToSlash(file))) }
	return testsOf(r.File), embedded, name, nil
}

// record prints the case of a return.
func (a *app) record(args []string, o testOptions) error {
	switch {
	case len(args) > 1:
		return fail(diag.M("--record takes one rubric and one return"))
	case o.run != "" || o.mutate || o.cover || o.minCoverage > 0 || o.format != "text":
		return fail(diag.M("--record stands alone: without the other flags of test"))
	}
	ret, p, err := a.readReturn(o.record, strings.Join(args, ""))
	if err != nil {
		return err
	}
	if _, err := a.out.Write(cases.Record(p.Rubric, ret, p.Score(ret))); err != nil {
		return fail(diag.M("the result can’t be written"))
	}
	return nil
}
