package assessment

import (
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/source"
	"dudao/reports/book"
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

func (w *writer) versions(s sheet) {
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
	fact(diag.M("Basis documents"), excerpts(r.Basis))
	fact(diag.M("About the scheme"), r.Note.Text)
	fact(diag.M("Items that do not apply"), w.inapplicable())
	fact(diag.M("Made with"), w.book.Creator)
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
func (w *writer) band(s sheet, m diag.Message) {
	s.gap()
	s.line(w.Sprint(m), book.StrongText)
}

// formulas lists the rule of every item, veto and grade.
func (w *writer) formulas(s sheet) {
	w.band(s, diag.M("How points are given, as the scheme has it"))
	s.row(w.headings(diag.M("Id"), diag.M("What is assessed"), diag.M("Rule"))...)
	for _, l := range w.leaves {
		s.row(center(l.ID.Text), left(l.Title.Text), left(rule(l.Item)))
	}
	for _, v := range w.rubric.Veto {
		s.row(w.words(book.Center, diag.M("Veto"))[0], left(v.Title.Text), left(vetoRule(v)))
	}
	for _, g := range w.rubric.Grades {
		var r lines
		if g.From.Given {
			r.add("from", number(g.From.Value))
		}
		r.excerpt("when", g.When)
		s.row(w.words(book.Center, diag.M("Grade"))[0], left(g.Grade.Text), left(r.String()))
	}
}

// lines are “key: value” as in the file. Keys of the language stay as they are.
type lines []string

func (l *lines) add(key, value string) { *l = append(*l, key+": "+value) }

func (l *lines) excerpt(key string, e diag.Excerpt) {
	if e.Given() {
		l.add(key, e.Text)
	}
}

func (l *lines) String() string { return strings.Join(*l, "\n") }

func rule(i *rubric.Item) string {
	var l lines
	l.excerpt("when", i.When)
	l.excerpt("each", i.Each)
	l.excerpt("where", i.Where)
	l.excerpt("value", i.Value)
	l.excerpt("pass", i.Pass)
	if i.Lose.Given {
		l.add("lose", number(i.Lose.Value))
	}
	for _, b := range i.Bands.List {
		l.add("bands", band(b))
	}
	if i.Scale != nil {
		l.add("scale", "from: "+number(i.Scale.From.Value)+"，to: "+number(i.Scale.To.Value))
	}
	for _, p := range i.Parts {
		l.add("parts", term(rubric.Term(p), "give"))
	}
	if i.Judge != nil {
		l.add("judge", judgement(i.Judge))
	}
	if i.Rank != nil {
		l.excerpt("rank", i.Rank.Of)
	}
	l.excerpt("score", i.Score)
	l.excerpt("gate", i.Gate)
	l.excerpt("must", i.Must)
	l.excerpt("by", i.By)
	if i.Give.Given {
		l.add("give", number(i.Give.Value))
	}
	if i.AtLeast.Given {
		l.add("at_least", number(i.AtLeast.Value))
	}
	l.excerpt("for", i.For)
	for _, d := range i.Deduct {
		l.add("deduct", term(rubric.Term(d), "take"))
	}
	l.excerpt("target", i.Target)
	if i.Inapplicable.Pos.Line > 0 { // else it is the rubric's, which stands above
		l.add("inapplicable", i.Inapplicable.Text)
	}
	if len(i.Basis) > 0 {
		l.add("basis", excerpts(i.Basis))
	}
	return l.String()
}

func vetoRule(v rubric.Veto) string {
	var l lines
	l.excerpt("when", v.When)
	l.excerpt("ask", v.Ask)
	l.excerpt("grade", v.Grade)
	l.excerpt("cap", v.Cap)
	if v.Down.Given {
		l.add("down", number(v.Down.Value))
	}
	if v.Once {
		l.add("once", "true")
	}
	if len(v.Basis) > 0 {
		l.add("basis", excerpts(v.Basis))
	}
	l.excerpt("note", v.Note)
	return l.String()
}

func band(b rubric.Band) string {
	switch {
	case b.Letter.Given():
		return "from: " + number(b.From.Value) + "，letter: " + b.Letter.Text
	case b.Share.Given:
		return "from: " + number(b.From.Value) + "，share: " + number(b.Share.Value)
	default:
		return "from: " + number(b.From.Value) + "，points: " + number(b.Points.Value)
	}
}

func judgement(j *rubric.Judge) string {
	var l lines
	for _, level := range j.Levels {
		text := level.Level.Text
		if level.Points.Given {
			text += " " + number(level.Points.Value)
		}
		l = append(l, text)
	}
	if j.Step.Given {
		l = append(l, "step: "+number(j.Step.Value))
	}
	if j.From.Given || j.To.Given {
		l = append(l, number(j.From.Value)+"～"+number(j.To.Value))
	}
	return strings.Join(l, "，")
}

// term is an entry of deduct: or parts:; key is that of its points.
func term(t rubric.Term, key string) string {
	l := lines{key + ": " + number(t.Points.Value)}
	l.excerpt("for", t.For)
	l.excerpt("if", t.If)
	l.excerpt("ask", t.Ask)
	l.excerpt("each", t.Each)
	l.excerpt("where", t.Where)
	l.excerpt("times", t.Times)
	l.excerpt("started", t.Started)
	if t.Max.Given {
		l.add("max", number(t.Max.Value))
	}
	return strings.Join(l, "，")
}

// constant lists the values of a param, those below keys by their paths. A list
// of bands stands with the items that name it.
func (w *writer) constant(s sheet, path string, n source.Node) {
	if n.Kind == source.Scalar {
		s.row(w.words(book.Center, diag.M("constant"))[0], left(path), left(n.Text.Text))
	}
	for _, e := range n.Entries {
		w.constant(s, path+"."+e.Key.Text, e.Value)
	}
}

// dataFormulas lists the constants, the computed data and the checks.
func (w *writer) dataFormulas(s sheet) {
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
		var l lines
		l.excerpt("each", k.Each)
		l.excerpt("rule", k.Rule)
		l.excerpt("level", k.Level)
		l.excerpt("say", k.Say)
		name := k.Title.Text
		if name == "" {
			name = k.ID.Text
		}
		s.row(w.words(book.Center, diag.M("check"))[0], left(name), left(l.String()))
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
func (w *writer) unverifiedList(s sheet) {
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

// excerpts puts texts one a line.
func excerpts(list []diag.Excerpt) string {
	var out []string
	for _, e := range list {
		out = append(out, e.Text)
	}
	return strings.Join(out, "\n")
}
