package assessment

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
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
	fact(diag.M("Basis documents"), excerpts(r.Basis))
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
		s.row(center(l.ID.Text), left(l.Title.Text), left(w.rule(l.Item)))
	}
	for _, v := range w.rubric.Veto {
		s.row(w.words(book.Center, diag.M("Veto"))[0], left(v.Title.Text), left(w.vetoRule(v)))
	}
	for _, g := range w.rubric.Grades {
		r := lines{writer: w}
		r.number(diag.M("from"), g.From)
		r.excerpt(diag.M("if"), g.When)
		s.row(w.words(book.Center, diag.M("Grade"))[0], left(g.Grade.Text), left(r.String()))
	}
}

// lines are “key: value” as in the file, the keys in the words of the reader.
// Formulas stay as they were written.
type lines struct {
	*writer
	list []string
}

func (l *lines) add(key diag.Message, value string) {
	l.list = append(l.list, l.Sprint(diag.M("%s: ", l.Sprint(key)))+value)
}

func (l *lines) excerpt(key diag.Message, e diag.Excerpt) {
	if e.Given() {
		l.add(key, e.Text)
	}
}

// option is one of the words that the language has for a key.
func (l *lines) option(key diag.Message, e diag.Excerpt) {
	if e.Given() {
		l.add(key, l.Sprint(optionWords(e.Text)))
	}
}

func (l *lines) number(key diag.Message, n source.Number) {
	if n.Given {
		l.add(key, number(n.Value))
	}
}

func (l *lines) String() string { return strings.Join(l.list, "\n") }

// inline is the lines in one.
func (l *lines) inline() string { return strings.Join(l.list, l.Sprint(diag.M("; "))) }

func optionWords(word string) diag.Message {
	switch word {
	case "mean":
		return diag.M("mean of the rows")
	case "sum":
		return diag.M("sum of the rows")
	case "least":
		return diag.M("least of the rows")
	case "share":
		return diag.M("share of the rows that are met")
	case "up":
		return diag.M("counts as a whole one")
	case "down":
		return diag.M("does not count yet")
	case "part":
		return diag.M("counts in proportion")
	case "full":
		return diag.M("full points for what does not apply")
	case "exclude":
		return diag.M("not counted")
	case "zero":
		return diag.M("no points for it")
	case "error":
		return diag.M("severity error")
	case "warning":
		return diag.M("severity warning")
	case "true":
		return diag.M("yes")
	case "false":
		return diag.M("no")
	default:
		return diag.Verbatim(word)
	}
}

func (w *writer) rule(i *rubric.Item) string {
	l := lines{writer: w}
	l.excerpt(diag.M("when"), i.When)
	l.excerpt(diag.M("each"), i.Each)
	l.excerpt(diag.M("where"), i.Where)
	l.excerpt(diag.M("value"), i.Value)
	l.excerpt(diag.M("pass"), i.Pass)
	l.number(diag.M("lose"), i.Lose)
	for _, b := range i.Bands.List {
		l.add(diag.M("bands"), w.bandRule(b))
	}
	if i.Scale != nil {
		l.add(diag.M("scale"), w.Sprint(diag.M("no points at %s, full points at %s", number(i.Scale.From.Value), number(i.Scale.To.Value))))
	}
	for _, p := range i.Parts {
		l.add(diag.M("parts"), w.term(rubric.Term(p), diag.M("give")))
	}
	if i.Judge != nil {
		l.add(diag.M("judge"), w.judgement(i.Judge))
	}
	if i.Rank != nil {
		l.excerpt(diag.M("rank"), i.Rank.Of)
	}
	l.excerpt(diag.M("score"), i.Score)
	l.excerpt(diag.M("gate"), i.Gate)
	l.option(diag.M("must"), i.Must)
	l.option(diag.M("by"), i.By)
	l.number(diag.M("give"), i.Give)
	l.number(diag.M("at_least"), i.AtLeast)
	l.excerpt(diag.M("for"), i.For)
	for _, d := range i.Deduct {
		l.add(diag.M("deduct"), w.term(rubric.Term(d), diag.M("take")))
	}
	l.excerpt(diag.M("target"), i.Target)
	if i.Inapplicable.Pos.Line > 0 { // else it is the rubric's, which stands above
		l.option(diag.M("inapplicable"), i.Inapplicable)
	}
	if len(i.Basis) > 0 {
		l.add(diag.M("basis"), excerpts(i.Basis))
	}
	return l.String()
}

func (w *writer) vetoRule(v rubric.Veto) string {
	l := lines{writer: w}
	l.excerpt(diag.M("if"), v.When)
	l.excerpt(diag.M("ask"), v.Ask)
	l.excerpt(diag.M("grade"), v.Grade)
	l.excerpt(diag.M("cap"), v.Cap)
	l.number(diag.M("down"), v.Down)
	if v.Once {
		l.add(diag.M("once"), w.Sprint(diag.M("yes")))
	}
	if len(v.Basis) > 0 {
		l.add(diag.M("basis"), excerpts(v.Basis))
	}
	l.excerpt(diag.M("note"), v.Note)
	return l.String()
}

func (w *writer) bandRule(b rubric.Band) string {
	l := lines{writer: w}
	l.number(diag.M("from"), b.From)
	l.number(diag.M("points"), b.Points)
	l.number(diag.M("share"), b.Share)
	l.excerpt(diag.M("letter"), b.Letter)
	return l.inline()
}

func (w *writer) judgement(j *rubric.Judge) string {
	l := lines{writer: w}
	for _, level := range j.Levels {
		text := level.Level.Text
		if level.Points.Given {
			text += " " + number(level.Points.Value)
		}
		if level.When.Given() {
			text += w.Sprint(diag.M(" (%s)", level.When.Text))
		}
		l.list = append(l.list, text)
	}
	l.number(diag.M("step"), j.Step)
	if j.From.Given || j.To.Given {
		l.list = append(l.list, number(j.From.Value)+"～"+number(j.To.Value))
	}
	return l.inline()
}

// term is an entry of deduct: or parts:; key is that of its points.
func (w *writer) term(t rubric.Term, key diag.Message) string {
	l := lines{writer: w}
	l.number(key, t.Points)
	l.excerpt(diag.M("for"), t.For)
	l.excerpt(diag.M("if"), t.If)
	l.excerpt(diag.M("ask"), t.Ask)
	l.excerpt(diag.M("each"), t.Each)
	l.excerpt(diag.M("where"), t.Where)
	l.excerpt(diag.M("times"), t.Times)
	l.option(diag.M("started"), t.Started)
	l.number(diag.M("max"), t.Max)
	return l.inline()
}

// constant lists the values of a param, those below keys by their paths. A list
// of bands stands with the items that name it.
func (w *writer) constant(s page, path string, n source.Node) {
	if n.Kind == source.Scalar {
		text := n.Text.Text
		if text == "true" || text == "false" {
			text = w.Sprint(optionWords(text))
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
		l := lines{writer: w}
		l.excerpt(diag.M("each"), k.Each)
		l.excerpt(diag.M("rule"), k.Rule)
		l.excerpt(diag.M("ask"), k.Ask)
		l.option(diag.M("level"), k.Level)
		l.excerpt(diag.M("say"), k.Say)
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

// excerpts puts texts one a line.
func excerpts(list []diag.Excerpt) string {
	var out []string
	for _, e := range list {
		out = append(out, e.Text)
	}
	return strings.Join(out, "\n")
}
