package engine

import (
	"regexp"
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
)

// about are the names under which there can be a reason for what some rows of an
// input hold: the value's and the row's.
func (s *scorer) about(in input, rows []int) []string {
	if in.table == nil {
		return []string{in.name}
	}
	var out []string
	for _, key := range keys(s.m, in.table, rows) {
		out = append(out, form.Path(in.table.Name, key, in.name, 0), form.RowPath(in.table.Name, key))
	}
	return append(out, form.NameOf(in.table.Name, in.name, 0), in.table.Name)
}

// aboutName is about for a declared name, where the row is one of its table.
func (s *scorer) aboutName(n *formula.Name, row int) []string {
	if n.Table == nil {
		return []string{n.Name}
	}
	if row >= len(s.ret.Tables[n.Table.Name].Keys) {
		return []string{n.Table.Name}
	}
	key := s.ret.Tables[n.Table.Name].Keys[row]
	return []string{form.Path(n.Table.Name, key, n.Name, 0), form.RowPath(n.Table.Name, key)}
}

// aboutCheck are the names under which there can be a reason for a check that
// failed: its own, with the row or for all, and those of what it reads.
func (s *scorer) aboutCheck(k check, row int) []string {
	var out []string
	for _, name := range []string{k.src.ID.Text, k.src.Title.Text} {
		if name == "" {
			continue
		}
		if k.test.each != nil {
			out = append(out, form.RowPath(name, keys(s.m, k.test.each, []int{row})[0]))
		}
		out = append(out, name)
	}
	return append(out, s.aboutFormula(k.test.cond, k.test.each, row)...)
}

// aboutFormula are the names of what a formula reads, in a row of its table.
func (s *scorer) aboutFormula(f *formula.Formula, each *formula.Table, row int) []string {
	var out []string
	names := f.Names()
	for _, r := range f.Reads() {
		names = append(names, r.Name)
	}
	for _, n := range names {
		switch {
		case n.Answer:
		case n.Table == nil:
			out = append(out, n.Name)
		case each != nil && each.Root() == n.Table:
			out = append(out, s.aboutName(n, row)...)
		}
	}
	return out
}

var ofEarlierYear = regexp.MustCompile(`\.(上年|前\d+年)$`)

// reasoned puts the reasons of the return beside the problems that they are about.
// One that is about none is told, unless it is a remark of the form: those may say
// anything.
func (s *scorer) reasoned(problems []Problem) []Problem {
	used := make([]bool, len(s.ret.Reasons))
	for i := range problems {
		p := &problems[i]
		var said []string
		for j, r := range s.ret.Reasons {
			if !slices.Contains(p.about, ofEarlierYear.ReplaceAllString(r.About, "")) {
				continue
			}
			used[j] = true
			if !slices.Contains(said, r.Text) {
				said = append(said, r.Text)
			}
		}
		p.Reason, p.about = strings.Join(said, "；"), nil
	}
	if s.ret.Rubric.ID != s.Rubric.ID.Text {
		return problems // a reason may be there for another rubric
	}
	for j, r := range s.ret.Reasons {
		if !used[j] && !r.Remark {
			problems = append(problems, Problem{Severity: diag.Note, Pos: r.Pos,
				Said:  diag.P(diag.M("a reason is given for “%s”, but there is no problem with it", r.About)),
				Hints: []diag.Message{diag.M("name it as it stands in the problem: a check, a value, or table[row]")}})
		}
	}
	return problems
}
