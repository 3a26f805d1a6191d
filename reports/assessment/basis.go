package assessment

import (
	"slices"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
	"dudao/engine/source"
	"dudao/reports/book"
	"dudao/reports/outline"
)

// basis says by which text the points were given, so that they can be checked
// and given again: versions, files, and every formula as its author wrote it.
func (w *writer) basis() {
	s := w.sheet(diag.M("Basis and version"), 12, 30, 54)
	s.line(w.Sprint(diag.M("Basis and version")), book.Title)
	s.line(w.unit(), book.Subtitle)
	w.versions(s)
	w.formulas(s)
	w.dataFormulas(s)
	w.unverifiedList(s)
}

func (w *writer) versions(s page) {
	fact := func(label diag.Message, value string) {
		if value != "" {
			s.spread([]int{2, 1}, w.words(book.StrongText, label)[0], left(value))
		}
	}
	w.band(s, diag.M("Versions"))
	r, ref := w.rubric, w.card.Rubric
	fact(diag.M("Scheme"), w.card.Title)
	fact(diag.M("Who is scored"), r.Scored.Text)
	fact(diag.M("Id and version"), ref.String())
	fact(diag.M("Hash of the scheme"), ref.Hash)
	fact(diag.M("Basis documents"), outline.Excerpts(r.Basis))
	fact(diag.M("About the scheme"), r.Note.Text)
	fact(diag.M("Items that do not apply"), w.inapplicable())
	fact(diag.M("Made with"), w.book.Creator)
	fact(diag.M("Hash of data and result"), w.card.Hash())
	for _, f := range w.card.Files {
		fact(diag.M("Return"), f.Name+"\nSHA-256 "+f.SHA256)
	}
}

// inapplicable says what an item gets that doesn't apply and has no rule of its own.
func (w *writer) inapplicable() string {
	switch w.rubric.Inapplicable.Text {
	case "exclude":
		return w.Sprint(diag.M("The item is not counted."))
	case "zero":
		return w.Sprint(diag.M("It gets no points."))
	default:
		return w.Sprint(diag.M("It gets full points."))
	}
}

// band is the title of a part of the sheet.
func (w *writer) band(s page, m diag.Message) {
	s.gap()
	s.line(w.Sprint(m), book.StrongText)
}

// formulas lists the rule of every item, veto and grade.
func (w *writer) formulas(s page) {
	w.band(s, diag.M("How points are given, as the scheme has it"))
	s.row(w.headings(diag.M("Id"), diag.M("What is assessed"), diag.M("Rule"))...)
	for _, l := range w.leaves {
		s.row(center(l.ID.Text), left(l.Title.Text), left(outline.Rule(w.Printer, l.Item)))
	}
	for _, v := range w.rubric.Veto {
		s.row(w.words(book.Center, diag.M("Veto"))[0], left(v.Title.Text), left(outline.VetoRule(w.Printer, v)))
	}
	for _, g := range w.rubric.Grades {
		s.row(w.words(book.Center, diag.M("Grade"))[0], left(g.Grade.Text), left(outline.GradeRule(w.Printer, g)))
	}
}

// constant lists the values of a param, those below keys by their paths. A list
// of bands stands with the items that name it.
func (w *writer) constant(s page, path string, n source.Node) {
	if n.Kind == source.Scalar {
		text := n.Text.Text
		if text == "true" || text == "false" {
			text = w.Sprint(outline.OptionWords(text))
		}
		s.row(w.words(book.Center, diag.M("constant"))[0], left(path), w.param(s, path, text))
	}
	if n.Kind == source.Map && w.isRead(path) { // by the year of the return
		s.row(w.words(book.Center, diag.M("constant"))[0], left(w.Sprint(diag.M("%s (the value used)", path))), w.param(s, path, ""))
	}
	for _, e := range n.Entries {
		w.constant(s, path+"."+e.Key.Text, e.Value)
	}
}

// isRead reports whether formulas read a constant of that path.
func (w *writer) isRead(path string) bool {
	return slices.ContainsFunc(w.computation.Params, func(c *sheet.Cell) bool { return c.Label[0].Args[0] == path })
}

// param is the cell of a constant; formulas read it there.
func (w *writer) param(s page, path, text string) book.Cell {
	for _, c := range w.computation.Params {
		if c.Label[0].Args[0] == path {
			out := w.live(c, s.Sheet, len(s.Rows)+1, 3, book.Text)
			return out
		}
	}
	return left(text)
}

// dataFormulas lists the constants, the computed data and the checks.
func (w *writer) dataFormulas(s page) {
	w.band(s, diag.M("Constants, computed data and checks"))
	s.row(w.headings(diag.M("Kind"), diag.M("Name"), diag.M("Rule"))...)
	empty := len(s.Rows)
	for _, p := range w.rubric.Params {
		w.constant(s, p.Key.Text, p.Value)
	}
	w.fields(func(path string, f *rubric.Field) {
		if f.Formula.Given() {
			s.row(w.words(book.Center, diag.M("computed data"))[0], left(path), left(f.Formula.Text))
		}
	})
	for _, k := range w.rubric.Checks {
		name := k.Title.Text
		if name == "" {
			name = k.ID.Text
		}
		s.row(w.words(book.Center, diag.M("check"))[0], left(name), left(outline.CheckRule(w.Printer, k)))
	}
	if len(s.Rows) == empty {
		s.line(w.Sprint(diag.M("none")), book.Text)
	}
}

// fields calls f for every declared field.
func (w *writer) fields(f func(path string, field *rubric.Field)) {
	for i := range w.rubric.Data {
		b := &w.rubric.Data[i]
		for j := range b.Value.Fields {
			f(b.Value.Fields[j].Key.Text, &b.Value.Fields[j].Value)
		}
		for j := range b.Value.Columns {
			f(form.NameOf(b.Key.Text, b.Value.Columns[j].Key.Text, 0), &b.Value.Columns[j].Value)
		}
	}
}

// unverifiedList names what isn't sure to be as its source has it.
func (w *writer) unverifiedList(s page) {
	w.band(s, diag.M("Source unverified"))
	empty := len(s.Rows)
	if w.rubric.Unverified {
		s.line(w.Sprint(diag.M("The whole scheme: %s", w.card.Title)), book.Text)
	}
	for _, sec := range w.sections {
		if sec.item.Unverified {
			s.line(w.Sprint(diag.M("Section: %s", sec.sum.Title)), book.Text)
		}
	}
	for _, l := range w.leaves {
		if l.Unverified {
			s.line(w.Sprint(diag.M("Item: %s %s", l.ID.Text, l.Title.Text)), book.Text)
		}
	}
	for _, v := range w.rubric.Veto {
		if v.Unverified {
			s.line(w.Sprint(diag.M("Veto: %s", v.Title.Text)), book.Text)
		}
	}
	w.fields(func(path string, f *rubric.Field) {
		if f.Unverified {
			s.line(w.Sprint(diag.M("Data item: %s", path)), book.Text)
		}
	})
	if len(s.Rows) == empty {
		s.line(w.Sprint(diag.M("none")), book.Text)
	}
}
