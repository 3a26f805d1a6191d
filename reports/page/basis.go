package page

import (
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/source"
	"dudao/reports/outline"
)

// basis says by which text the points were given.
func (w *writer) basis() part {
	p := part{ID: "basis", Title: w.Sprint(diag.M("Basis and version"))}
	say := func(label diag.Message, lines ...string) {
		if strings.Join(lines, "") != "" {
			p.Facts = append(p.Facts, fact{Label: w.Sprint(label), Lines: lines})
		}
	}
	r, ref := w.Rubric, w.Card.Rubric
	say(diag.M("Scheme"), w.Card.Title+w.Unverified(r.Unverified))
	say(diag.M("Id and version"), ref.String())
	say(diag.M("Hash of the scheme"), ref.Hash)
	say(diag.M("Hash of the data"), w.Card.DataHash())
	say(diag.M("Basis documents"), outline.Excerpts(r.Basis))
	say(diag.M("About the scheme"), r.Note.Text)
	say(diag.M("Made with"), "dudao "+w.version)
	for _, f := range w.Card.Files {
		say(diag.M("Return"), f.Name, "SHA-256 "+f.SHA256)
	}
	p.Tables = []table{w.rules(), w.constants()}
	return p
}

// rules are those of every item, veto and grade, as their author wrote them.
func (w *writer) rules() table {
	t := table{Cards: true, Title: w.Sprint(diag.M("How points are given, as the scheme has it")), Heads: w.words(diag.M("Id"), diag.M("What is assessed"), diag.M("Rule"))}
	add := func(id, title, rule string) {
		t.Rows = append(t.Rows, row{Cells: []cell{{Text: id}, {Text: title}, {Text: rule}}})
	}
	for _, l := range w.Leaves {
		add(l.ID.Text, l.Title.Text+w.Unverified(l.Unverified), outline.Rule(w.Printer, l.Item))
	}
	for _, v := range w.Rubric.Veto {
		add(w.Sprint(diag.M("Veto")), v.Title.Text+w.Unverified(v.Unverified), outline.VetoRule(w.Printer, v))
	}
	for _, g := range w.Rubric.Grades {
		add(w.Sprint(diag.M("Grade")), g.Grade.Text, outline.GradeRule(w.Printer, g))
	}
	return t
}

// constants are the constants, the computed data and the checks.
func (w *writer) constants() table {
	t := table{Cards: true, Title: w.Sprint(diag.M("Constants, computed data and checks")), Heads: w.words(diag.M("Kind"), diag.M("Name"), diag.M("Rule"))}
	add := func(kind diag.Message, name, rule string) {
		t.Rows = append(t.Rows, row{Cells: []cell{{Text: w.Sprint(kind)}, {Text: name}, {Text: rule}}})
	}
	var walk func(path string, n source.Node)
	walk = func(path string, n source.Node) {
		if n.Kind == source.Scalar {
			add(diag.M("constant"), path, w.Sprint(outline.OptionWords(n.Text.Text)))
		}
		for _, e := range n.Entries {
			walk(path+"."+e.Key.Text, e.Value)
		}
	}
	for _, p := range w.Rubric.Params {
		walk(p.Key.Text, p.Value)
	}
	for i := range w.Rubric.Data {
		b := &w.Rubric.Data[i]
		for _, f := range b.Value.Fields {
			if f.Value.Formula.Given() {
				add(diag.M("computed data"), f.Key.Text, f.Value.Formula.Text)
			}
		}
		for _, f := range b.Value.Columns {
			if f.Value.Formula.Given() {
				add(diag.M("computed data"), form.NameOf(b.Key.Text, f.Key.Text, 0), f.Value.Formula.Text)
			}
		}
	}
	for _, k := range w.Rubric.Checks {
		name := k.Title.Text
		if name == "" {
			name = k.ID.Text
		}
		add(diag.M("check"), name, outline.CheckRule(w.Printer, k))
	}
	return t
}
