package main

import (
	"math"
	"strconv"
	"strings"

	"dudao/engine/cases"
	"dudao/engine/decimal"
	"dudao/engine/diag"
)

// testText prints what failed, what survived, and how many passed.
func (a *app) testText(all []*tested, o testOptions) {
	passed, total := 0, 0
	var lines [][]string
	for _, t := range all {
		for _, r := range t.results {
			if !r.Passed() {
				a.failedCase(r)
			}
		}
		passed, total = passed+len(t.results)-t.failed(), total+len(t.results)
		lines = append(lines, []string{t.program.Rubric.ID.Text, a.passed(len(t.results)-t.failed(), len(t.results))})
	}
	if len(all) > 1 {
		a.table("", lines)
	}
	a.say(a.passed(passed, total))
	for _, t := range all {
		if o.cover || t.lacks(o) {
			a.report(t.cover.Missed)
		}
		a.say(a.covered(t))
	}
	for _, t := range all {
		if o.mutate && t.mutants == nil {
			a.say(a.Sprint(diag.M("%s: no changes are tried while a test fails", t.program.Rubric.ID.Text)))
		}
		if t.mutants != nil {
			a.report(t.mutants.Survivors)
			a.say(a.Sprint(t.mutants.words(t.program.Rubric.ID.Text)))
		}
	}
}

// covered is a line on how much the tests of a rubric reach.
func (a *app) covered(t *tested) string {
	c := t.cover
	line := a.Sprint(diag.M("%s: %s %% covered, %s of %s", t.program.Rubric.ID.Text, decimal.Format(math.Floor(c.Percent*10)/10, 1),
		strconv.Itoa(c.Reached), strconv.Itoa(c.Goals)))
	for i, k := range c.Kinds {
		between := ", "
		if i == 0 {
			between = "  "
		}
		line += between + a.Sprint(goalWord(k.Kind)) + " " + strconv.Itoa(k.Reached) + "/" + strconv.Itoa(k.Goals)
	}
	return line
}

// goalWord is what a kind of goals is called.
func goalWord(kind string) diag.Message {
	switch kind {
	case "item":
		return diag.M("items")
	case "band":
		return diag.M("bands")
	case "level":
		return diag.M("levels")
	case "scale":
		return diag.M("scales")
	case "deduction":
		return diag.M("deductions")
	case "part":
		return diag.M("parts")
	case "place":
		return diag.M("places")
	case "veto":
		return diag.M("vetoes")
	case "grade":
		return diag.M("grades")
	default:
		return diag.M("conditions")
	}
}

func (m mutants) words(id string) diag.Message {
	if len(m.Survivors) == 0 {
		return diag.M("%s: %s changes tried, each noticed by a test", id, strconv.Itoa(m.Tried))
	}
	return diag.M("%s: %s changes tried, %s not noticed (add a test, or say why not on the line: %s)", id,
		strconv.Itoa(m.Tried), strconv.Itoa(len(m.Survivors)), "# lint:ignore mutant …")
}

func (a *app) passed(n, of int) string {
	return a.Sprint(diag.M("%s of %s tests passed", strconv.Itoa(n), strconv.Itoa(of)))
}

// failedCase prints a case as a table of expected and got.
func (a *app) failedCase(r cases.Result) {
	a.say(a.Sprint(diag.M("FAILED  %s", r.Name)))
	if len(r.Failures) > 0 {
		rows := [][]string{{"", "", a.Sprint(diag.M("expected")), a.Sprint(diag.M("got"))}}
		for _, f := range r.Failures {
			rows = append(rows, []string{f.Pos.File + ":" + strconv.Itoa(f.Pos.Line), a.Sprint(f.What), f.Expected, f.Got})
		}
		a.table("  ", rows)
	}
	a.report(r.Diags)
}

// table prints rows in aligned columns.
func (a *app) table(indent string, rows [][]string) {
	widths := map[int]int{}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], diag.Width(cell))
		}
	}
	for _, row := range rows {
		line := indent
		for i, cell := range row {
			line += cell + strings.Repeat(" ", widths[i]-diag.Width(cell)+2)
		}
		a.say(line)
	}
}

// testJSON is what --format json prints for one test file.
type testJSON struct {
	Rubric  string      `json:"rubric"`
	File    string      `json:"file"`
	Cases   []caseJSON  `json:"cases"`
	Cover   cases.Cover `json:"coverage"`
	Mutants *mutants    `json:"mutants,omitempty"`
}

type caseJSON struct {
	Case     string        `json:"case"`
	Line     int           `json:"line"`
	Passed   bool          `json:"passed"`
	Failures []failureJSON `json:"failures,omitempty"`
	Problems diag.List     `json:"problems,omitempty"`
}

type failureJSON struct {
	Line     int          `json:"line"`
	What     diag.Message `json:"what"`
	Expected string       `json:"expected"`
	Got      string       `json:"got"`
}

func (a *app) testJSON(all []*tested) error {
	out := []testJSON{} // [] in JSON, not null
	for _, t := range all {
		file := testJSON{Rubric: t.program.Rubric.Ref().String(), File: t.file, Cover: t.cover, Mutants: t.mutants}
		for _, r := range t.results {
			c := caseJSON{Case: r.Name, Line: r.Pos.Line, Passed: r.Passed(), Problems: r.Diags}
			for _, f := range r.Failures {
				c.Failures = append(c.Failures, failureJSON{f.Pos.Line, f.What, f.Expected, f.Got})
			}
			file.Cases = append(file.Cases, c)
		}
		out = append(out, file)
	}
	return a.json(out)
}
