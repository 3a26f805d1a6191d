// Package lint tells an author what is wrong with a rubric and what may be: the
// errors of loading and compiling it, and doubts about a rubric that compiles.
//
// Each finding has the id of its rule; Rules lists them. A doubt that the author
// has settled is silenced by a comment on its line or the line above:
//
//	# lint:ignore RULE why
package lint

import (
	"slices"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Tests is the file of tests beside a rubric.
type Tests struct {
	File string
	Text []byte // nil: there is none
}

// Check lists all findings about a rubric that was loaded with the given ones.
// Without tests nobody looks whether the items are tested.
//
// Doubts are about the rubric's own file: the files that it builds on have authors
// of their own.
func Check(r *rubric.Rubric, loaded diag.List, tests *Tests) diag.List {
	// Formulas are compiled even after errors elsewhere, so that one run shows all.
	p, diags := engine.Compile(r)
	diags = append(loaded, diags...)
	if diags.HasErrors() {
		return diags.Sorted()
	}
	for _, rule := range rules {
		if rule.find != nil {
			diags = append(diags, rule.find(p).Named(rule.ID)...)
		}
	}
	if tests != nil && !r.SharesOnly() {
		diags = append(diags, untested(r, *tests)...)
	}
	for _, f := range p.Formulas() {
		diags = append(diags, f.Doubts()...)
	}
	for _, l := range p.Limits() {
		diags = append(diags, l.Value.LimitDoubts(l.Sign, l.At.Value, l.At.Pos, l.At.Width)...)
	}
	ignores := source.Ignores(r.File, r.Sources[r.File])
	diags, idle := source.Silence(diags, ignores)
	diags = append(diags, ignored(ignores, idle).Named("ignore")...)
	return slices.DeleteFunc(diags, func(d diag.Diagnostic) bool {
		return d.Severity != diag.Error && d.Pos.File != r.File
	}).Sorted()
}

// untested doubts the items that no case expects by id: a case that expects only a
// total can come out right for the wrong reason.
func untested(r *rubric.Rubric, tests Tests) diag.List {
	var l diag.List
	if tests.Text == nil {
		l.Warn(r.ID.Pos, width(r.ID), diag.M("no tests stand beside this rubric"), diag.M("write them into %s", tests.File))
		return l.Named("untested")
	}
	suite, diags := cases.Load(tests.File, tests.Text)
	if diags.HasErrors() {
		return diags.Named("tests")
	}
	expected := map[string]bool{}
	for _, c := range suite.Cases {
		for _, i := range c.Expect.Items {
			expected[i.Key.Text] = true
		}
	}
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
		// What an extended rubric says of an item is tested beside that one.
		if !expected[item.ID.Text] && item.Pos.File == r.File {
			at := item.ID
			if at.Pos.File != r.File { // only changed here
				at = diag.Excerpt{Pos: item.Pos}
			}
			l.Warn(at.Pos, width(at), diag.M("no test expects anything of item “%s”", item.ID.Text),
				diag.M("name it under expect: items: of a case"))
		}
	})
	return l.Named("untested")
}

// ignored doubts the comments that settle doubts.
func ignored(ignores []source.Ignore, idle []diag.Excerpt) diag.List {
	var l diag.List
	for _, i := range ignores {
		switch {
		case len(i.Rules) == 0:
			l.Warn(i.Pos, i.Width, diag.M("the comment names no rule"), ignoreForm)
		case i.Reason == "":
			l.Warn(i.Pos, i.Width, diag.M("the comment says no reason"), ignoreForm)
		}
	}
	for _, name := range idle {
		rule := Find(name.Text)
		switch {
		case rule == nil:
			var hint = diag.M("“dudao lint --rules” lists the rules")
			if near := diag.Nearest(name.Text, ids()); near != "" {
				hint = diag.M("did you mean “%s”?", near)
			}
			l.Warn(name.Pos, width(name), diag.M("there is no rule “%s”", name.Text), hint)
		case rule.Level == diag.Error:
			l.Warn(name.Pos, width(name), diag.M("“%s” finds errors, and those can’t be ignored", name.Text), diag.M("mend the error and leave the comment out"))
		case !rule.elsewhere:
			l.Warn(name.Pos, width(name), diag.M("“%s” finds nothing here to ignore", name.Text), diag.M("leave the comment out, or put it on the line of the finding or the line above"))
		}
	}
	return l
}

var ignoreForm = diag.M("write # lint:ignore RULE and why")

func width(e diag.Excerpt) int { return len([]rune(e.Text)) }
