package outline

import (
	"strings"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
	"dudao/engine/text"
)

// lines are “key: value” as in the file, the keys in the words of the reader.
// Formulas stay as they were written.
type lines struct {
	text.Printer
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
		l.add(key, l.Sprint(OptionWords(e.Text)))
	}
}

func (l *lines) number(key diag.Message, n source.Number) {
	if n.Given {
		l.add(key, Number(n.Value))
	}
}

func (l *lines) String() string { return strings.Join(l.list, "\n") }

// inline is the lines in one.
func (l *lines) inline() string { return strings.Join(l.list, l.Sprint(diag.M("; "))) }

// OptionWords are the words that the language has for a key, as people read them.
func OptionWords(word string) diag.Message {
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

// Rule is how an item is scored, as its author wrote it.
func Rule(pr text.Printer, i *rubric.Item) string {
	l := lines{Printer: pr}
	l.excerpt(diag.M("when"), i.When)
	l.excerpt(diag.M("each"), i.Each)
	l.excerpt(diag.M("where"), i.Where)
	l.excerpt(diag.M("value"), i.Value)
	l.excerpt(diag.M("pass"), i.Pass)
	l.number(diag.M("lose"), i.Lose)
	for _, b := range i.Bands.List {
		l.add(diag.M("bands"), bandRule(pr, b))
	}
	if i.Scale != nil {
		l.add(diag.M("scale"), pr.Sprint(diag.M("no points at %s, full points at %s", Number(i.Scale.From.Value), Number(i.Scale.To.Value))))
	}
	for _, p := range i.Parts {
		l.add(diag.M("parts"), term(pr, rubric.Term(p), diag.M("give")))
	}
	if i.Judge != nil {
		l.add(diag.M("judge"), judgement(pr, i.Judge))
	}
	if i.Rank != nil {
		l.excerpt(diag.M("rank"), i.Rank.Of)
		var places []string
		for _, n := range i.Rank.Points {
			places = append(places, Number(n.Value))
		}
		l.add(diag.M("places"), strings.Join(places, "、"))
		order := diag.M("the highest comes first")
		if i.Rank.First.Text == "low" {
			order = diag.M("the lowest comes first")
		}
		l.add(diag.M("order"), pr.Sprint(order))
		l.number(diag.M("mean"), i.Rank.Mean)
		l.excerpt(diag.M("within"), i.Rank.Within)
	}
	l.excerpt(diag.M("score"), i.Score)
	l.excerpt(diag.M("gate"), i.Gate)
	l.option(diag.M("must"), i.Must)
	l.option(diag.M("by"), i.By)
	l.number(diag.M("give"), i.Give)
	l.number(diag.M("at_least"), i.AtLeast)
	l.excerpt(diag.M("for"), i.For)
	for _, d := range i.Deduct {
		l.add(diag.M("deduct"), term(pr, rubric.Term(d), diag.M("take")))
	}
	l.excerpt(diag.M("target"), i.Target)
	if i.Inapplicable.Pos.Line > 0 { // else it is the rubric's, which stands above
		l.option(diag.M("inapplicable"), i.Inapplicable)
	}
	if len(i.Basis) > 0 {
		l.add(diag.M("basis"), Excerpts(i.Basis))
	}
	return l.String()
}

// GradeRule is when a grade is given.
func GradeRule(pr text.Printer, g rubric.Grade) string {
	l := lines{Printer: pr}
	l.number(diag.M("from"), g.From)
	l.excerpt(diag.M("if"), g.When)
	return l.String()
}

// CheckRule is what a check asks of the data.
func CheckRule(pr text.Printer, k rubric.Check) string {
	l := lines{Printer: pr}
	l.excerpt(diag.M("each"), k.Each)
	l.excerpt(diag.M("rule"), k.Rule)
	l.excerpt(diag.M("ask"), k.Ask)
	l.option(diag.M("level"), k.Level)
	l.excerpt(diag.M("say"), k.Say)
	return l.String()
}

// VetoRule is when a veto acts, and what it does.
func VetoRule(pr text.Printer, v rubric.Veto) string {
	l := lines{Printer: pr}
	l.excerpt(diag.M("if"), v.When)
	l.excerpt(diag.M("ask"), v.Ask)
	l.excerpt(diag.M("within"), v.Within)
	l.excerpt(diag.M("grade"), v.Grade)
	l.excerpt(diag.M("cap"), v.Cap)
	l.number(diag.M("down"), v.Down)
	if v.Once {
		l.add(diag.M("once"), pr.Sprint(diag.M("yes")))
	}
	if len(v.Basis) > 0 {
		l.add(diag.M("basis"), Excerpts(v.Basis))
	}
	l.excerpt(diag.M("note"), v.Note)
	return l.String()
}

func bandRule(pr text.Printer, b rubric.Band) string {
	l := lines{Printer: pr}
	l.number(diag.M("from"), b.From)
	l.number(diag.M("points"), b.Points)
	l.number(diag.M("share"), b.Share)
	l.excerpt(diag.M("letter"), b.Letter)
	return l.inline()
}

func judgement(pr text.Printer, j *rubric.Judge) string {
	l := lines{Printer: pr}
	for _, level := range j.Levels {
		text := level.Level.Text
		if level.Points.Given {
			text += " " + Number(level.Points.Value)
		}
		if level.When.Given() {
			text += pr.Sprint(diag.M(" (%s)", level.When.Text))
		}
		l.list = append(l.list, text)
	}
	l.number(diag.M("step"), j.Step)
	if j.From.Given || j.To.Given {
		l.list = append(l.list, Number(j.From.Value)+"～"+Number(j.To.Value))
	}
	return l.inline()
}

// term is an entry of deduct: or parts:; key is that of its points.
func term(pr text.Printer, t rubric.Term, key diag.Message) string {
	l := lines{Printer: pr}
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

// Excerpts puts texts one a line.
func Excerpts(list []diag.Excerpt) string {
	var out []string
	for _, e := range list {
		out = append(out, e.Text)
	}
	return strings.Join(out, "\n")
}
