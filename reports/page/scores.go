package page

import (
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/reports/outline"
)

// Bounds of what one problem says; the tables have the rest.
const (
	mostLacks = 25 // lines
	mostNames = 12 // rows that lack the same
)

// scores is the scoring table. Sections are bands over its whole width.
func (w *writer) scores() part {
	t := table{Cards: true, Heads: w.words(diag.M("Id"), diag.M("What is assessed"), diag.M("Full points"), diag.M("Actual value"),
		diag.M("Target value"), diag.M("Own points"), diag.M("Why these points"), diag.M("Scoring standard"), diag.M("Evidence"))}
	next := 0
	for i, l := range w.Leaves {
		for ; next < len(w.Sections) && w.Sections[next].Sum.First == i; next++ {
			s := w.Sections[next]
			t.Rows = append(t.Rows, row{Band: s.Sum.Title + w.worth(s.Sum) + w.Unverified(s.Item.Unverified), Level: min(s.Sum.Level, 3)})
		}
		t.Rows = append(t.Rows, w.item(i, l))
	}
	return part{ID: "scores", Title: w.Sprint(diag.M("Scoring table")), Tables: []table{t}}
}

// worth is what a section came to, behind its title.
func (w *writer) worth(s engine.Section) string {
	got := outline.Number(s.Lower)
	if !s.Certain() {
		got += "～" + outline.Number(s.Upper)
	}
	switch w.Card.Kind {
	case "letter":
		return ""
	case "pass":
		return w.Sprint(diag.M(" (%s of %s items met)", got, outline.Number(s.Full)))
	default:
		return w.Sprint(diag.M(" (%s of %s points)", got, outline.Number(s.Full)))
	}
}

func (w *writer) item(i int, l outline.Leaf) row {
	standard := w.Lines(w.Program.Standard(l.ID.Text))
	if l.Note.Given() {
		standard += "\n" + w.Sprint(diag.M("Note: %s", l.Note.Text))
	}
	id := cell{Text: l.ID.Text}
	if w.isProblem(l) {
		id.Link = problemID(i)
	}
	full := number(l.Result.Full)
	switch {
	case w.Card.Kind != "points":
		full = none
	case l.Result.Full == 0 && l.Points.Value != 0:
		full = cell{Text: w.Sprint(diag.M("%s\n(not counted)", outline.Number(l.Points.Value)))}
	}
	return row{Cells: []cell{id, {Text: l.Title.Text + w.Unverified(l.Unverified)}, full, value(w.Shown(l.Result.Value)),
		value(w.Shown(l.Result.Target)), w.own(l), {Text: w.Why(l.Result)}, {Text: standard}, {Text: outline.Excerpts(l.Evidence)}}}
}

var none = cell{Text: "—", Class: "none"}

func value(text string) cell {
	if text == "" {
		return none
	}
	return cell{Text: text}
}

// own is how an item came out, never a 0 that nobody has decided.
func (w *writer) own(l outline.Leaf) cell {
	r := l.Result
	c := cell{Text: w.Phrase(w.Card.Outcome(r))}
	switch {
	case !r.State.Decided():
		c.Class = "wait"
	case r.State.Unmet() && !w.IsBonus(l):
		c.Class = "bad"
	}
	return c
}

// isProblem reports whether the item stands among the problems.
func (w *writer) isProblem(l outline.Leaf) bool {
	r := l.Result
	return !r.State.Decided() || !w.IsBonus(l) && (r.Lost() > 0 || r.State.Unmet())
}

func problemID(i int) string { return "item-" + strconv.Itoa(i+1) }

// problems are the items that lost something, largest first, with what is missing;
// then what is undecided.
func (w *writer) problems() part {
	p := part{ID: "problems", Title: w.Sprint(diag.M("Problems and what is missing"))}
	lost, open := w.Lost()
	if len(lost)+len(open) == 0 {
		p.Notes = []string{w.Sprint(diag.M("Nothing was lost and nothing is undecided."))}
		return p
	}
	p.Notes = []string{w.Sprint(diag.M("What is missing is reckoned with one figure changed and all others as they are; it shows how far it is, and is no instruction to change figures."))}
	index := map[*engine.ItemResult]int{}
	for i, l := range w.Leaves {
		index[l.Result] = i
	}
	for _, l := range append(lost, open...) {
		b := block{ID: problemID(index[l.Result]), Title: l.ID.Text + " " + l.Title.Text, Cost: w.Cost(l), Open: !l.Result.State.Decided()}
		if !b.Open {
			b.Text = w.Wrong(l)
		}
		lacks, summary := w.Lacks(l, mostLacks, mostNames)
		for _, lack := range lacks {
			if !strings.Contains(b.Text, lack.Text) {
				b.List = append(b.List, line{lack.Text, lack.Cells})
			}
		}
		b.Summary = summary
		p.Blocks = append(p.Blocks, b)
	}
	return p
}

// checks lists what someone should look at in the data.
func (w *writer) checks() part {
	p := part{ID: "checks", Title: w.Sprint(diag.M("Data checks"))}
	if len(w.Card.Problems) == 0 {
		p.Notes = []string{w.Sprint(diag.M("No problem was found in the data."))}
		return p
	}
	t := table{Cards: true, Heads: w.words(diag.M("Level"), diag.M("Problem"), diag.M("Advice"), diag.M("Place"))}
	for _, q := range w.Card.Problems {
		level := cell{Text: w.Sprint(diag.M("Hint"))}
		switch q.Severity {
		case diag.Error:
			level = cell{Text: w.Sprint(diag.M("Error")), Class: "bad"}
		case diag.Warning:
			level = cell{Text: w.Sprint(diag.M("Warning")), Class: "wait"}
		}
		if q.Check != "" {
			level.Text = w.Sprint(diag.M("%s: %s", level.Text, q.Check))
		}
		var hints []string
		for _, h := range q.Hints {
			hints = append(hints, w.Sprint(h))
		}
		said := w.Phrase(q.Said)
		if q.Reason != "" {
			said += "\n" + w.Sprint(diag.M("Reason given: %s", q.Reason))
		}
		t.Rows = append(t.Rows, row{Cells: []cell{level, {Text: said}, {Text: strings.Join(hints, "\n")}, {Text: q.Pos.String()}}})
	}
	p.Tables = []table{t}
	return p
}
