// Package cases runs the tests that authors write beside a rubric: a return, or
// changes to one, and what must come out.
package cases

import (
	"path"
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Suite is one test file.
type Suite struct {
	Rubric    diag.Excerpt  `yaml:"rubric"`    // the file it tests, beside it
	Tolerance source.Number `yaml:"tolerance"` // by how much numbers may differ, in all cases
	Cases     []Case        `yaml:"cases"`

	File string
	Text []byte
}

// Case is one return and what is expected of it.
type Case struct {
	Pos    diag.Pos
	Name   diag.Excerpt              `yaml:"name"`
	Base   diag.Excerpt              `yaml:"base"` // a return file, or the name of an earlier case
	Year   source.Number             `yaml:"year"`
	Data   source.Keyed[source.Node] `yaml:"data"`
	Set    source.Keyed[source.Node] `yaml:"set"` // by path: 各学段[幼儿园].生均教育支出
	Judged source.Keyed[source.Node] `yaml:"judged"`
	Among  []Other                   `yaml:"among"` // the others of its batch

	Claimed source.Keyed[source.Node] `yaml:"claimed"` // by item, and total:
	Checked source.Keyed[source.Node] `yaml:"checked"` // by item or path

	Expect Expect `yaml:"expect"`
}

// Load reads a test file.
func Load(file string, text []byte) (*Suite, diag.List) {
	s := &Suite{File: file, Text: text}
	root, diags := source.Parse(file, text)
	if diags.HasErrors() {
		return s, diags
	}
	diags = append(diags, source.Decode(root, s)...)
	if !s.Rubric.Given() {
		diags.Add(diag.Pos{File: file}, 0, diag.M("%s: is missing here", "rubric"))
	}
	diags = append(diags, checkTolerance(s.Tolerance)...)
	names := map[string]bool{}
	for _, c := range s.Cases {
		diags = append(diags, c.Expect.check()...)
		switch {
		case !c.Name.Given():
			diags.Add(c.Pos, 1, diag.M("%s: is missing here", "name"))
		case names[c.Name.Text]:
			diags.Add(c.Name.Pos, len([]rune(c.Name.Text)), diag.M("the case “%s” stands here twice", c.Name.Text))
		}
		names[c.Name.Text] = true
	}
	return s, diags.Sorted()
}

// Made is a case with the return that it scores.
type Made struct {
	*Case
	Return *returns.Return
	Others []*returns.Return // of its batch
	Diags  diag.List         // with errors the case can't be run

	expected expected
}

// Make makes the returns of all cases for a rubric. read returns the content of a
// base file, whose name is relative to the test file.
func (s *Suite) Make(r *rubric.Rubric, read func(name string) ([]byte, error)) []Made {
	var out []Made
	names := namesOf(r)
	made := map[string]*returns.Return{}
	for i := range s.Cases {
		c := &s.Cases[i]
		m := Made{Case: c, expected: expected{c.Expect, names, s.Tolerance.Value}}
		if c.Expect.Tolerance.Given {
			m.expected.tolerance = c.Expect.Tolerance.Value
		}
		if m.Return, m.Diags = s.build(c, r, made, read); !m.Diags.HasErrors() {
			var diags diag.List
			m.Others, diags = othersOf(c, r, m.Return, made)
			made[c.Name.Text], m.Diags = m.Return, append(m.Diags, diags...)
		}
		m.Diags = append(m.Diags, names.check(c.Expect)...)
		out = append(out, m)
	}
	return out
}

// Failure is one expectation that didn't come true.
type Failure struct {
	Pos      diag.Pos // of the expectation
	What     diag.Message
	Expected string
	Got      string
}

// Result is how one case came out.
type Result struct {
	Name     string
	Pos      diag.Pos
	Failures []Failure
	Diags    diag.List // the case itself can't be run
}

// Passed reports whether everything came out as expected.
func (r Result) Passed() bool { return len(r.Failures) == 0 && len(r.Diags) == 0 }

// Scorer scores cases: a program, or one whose coverage is watched.
type Scorer interface {
	Score(*returns.Return) *engine.Scorecard
	Beside(ret *returns.Return, others []*returns.Return) *returns.Return
}

// Run scores a case and compares.
func (m Made) Run(by Scorer) Result {
	res := Result{Name: m.Name.Text, Pos: m.Name.Pos, Diags: m.Diags}
	if !m.Diags.HasErrors() {
		res.Failures = m.expected.compare(by.Score(m.Placed(by)))
	}
	return res
}

// Placed is the return of a case with its place in its batch, if it has one.
func (m Made) Placed(by Scorer) *returns.Return {
	if len(m.Others) == 0 {
		return m.Return
	}
	return by.Beside(m.Return, m.Others)
}

// Run scores all cases and compares.
func Run(made []Made, by Scorer) []Result {
	var out []Result
	for _, m := range made {
		out = append(out, m.Run(by))
	}
	return out
}

// build makes the return of a case: its base with its own values put in.
func (s *Suite) build(c *Case, r *rubric.Rubric, made map[string]*returns.Return, read func(string) ([]byte, error)) (*returns.Return, diag.List) {
	ret, diags := s.base(c, r, made, read)
	if diags.HasErrors() {
		return nil, diags
	}
	if c.Year.Given {
		ret.Year = int(c.Year.Value)
	}
	diags = append(diags, returns.SetValues(ret, r, c.Data)...)
	diags = append(diags, returns.SetPaths(ret, r, c.Set)...)
	diags = append(diags, returns.SetJudged(ret, r, c.Judged)...)
	diags = append(diags, returns.SetClaimed(ret, r, c.Claimed)...)
	ret, more := returns.SetChecked(ret, r, c.Checked)
	return ret, append(diags, more...)
}

func (s *Suite) base(c *Case, r *rubric.Rubric, made map[string]*returns.Return, read func(string) ([]byte, error)) (*returns.Return, diag.List) {
	name := c.Base.Text
	switch {
	case !c.Base.Given():
		ret := returns.Empty(r)
		ret.Name = c.Name.Text
		return ret, nil
	case made[name] != nil:
		return made[name].Clone(), nil
	case !slices.Contains([]string{".yaml", ".yml", ".xlsx"}, strings.ToLower(path.Ext(name))):
		return nil, noCase(c.Base, made)
	}
	data, err := read(name)
	if err != nil {
		var diags diag.List
		diags.Add(c.Base.Pos, len([]rune(name)), diag.M("the file “%s” can’t be read", name))
		return nil, diags
	}
	doc, diags := returns.Open(path.Join(path.Dir(strings.ReplaceAll(s.File, "\\", "/")), name), data, returns.DefaultLimits)
	if diags.HasErrors() {
		return nil, diags
	}
	return doc.Read(r)
}
