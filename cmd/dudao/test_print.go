package main

import (
	"encoding/json"
	"strconv"
	"strings"

	"dudao/engine/cases"
	"dudao/engine/diag"
)

// testText prints what failed, what survived, and how many passed.
func (a *app) testText(all []*tested) {
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
		if t.mutants != nil {
			a.report(t.mutants.Survivors)
			a.say(a.Sprint(t.mutants.words(t.program.Rubric.ID.Text)))
		}
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
	Rubric  string     `json:"rubric"`
	File    string     `json:"file"`
	Cases   []caseJSON `json:"cases"`
	Mutants *mutants   `json:"mutants,omitempty"`
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
	var out []testJSON
	for _, t := range all {
		file := testJSON{Rubric: t.program.Rubric.Ref().String(), File: t.file, Mutants: t.mutants}
		for _, r := range t.results {
			c := caseJSON{Case: r.Name, Line: r.Pos.Line, Passed: r.Passed(), Problems: r.Diags}
			for _, f := range r.Failures {
				c.Failures = append(c.Failures, failureJSON{f.Pos.Line, f.What, f.Expected, f.Got})
			}
			file.Cases = append(file.Cases, c)
		}
		out = append(out, file)
	}
	enc := json.NewEncoder(a.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false) // >= stays readable
	if err := enc.Encode(out); err != nil {
		return fail(diag.M("the result can’t be written"))
	}
	return nil
}
