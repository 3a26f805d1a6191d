package page

import (
	"html/template"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/reports/outline"
)

func (w *writer) document(style template.CSS) document {
	card := w.Card
	d := document{
		Lang:     w.Sprint(diag.M("en")),
		Title:    w.Sprint(diag.M("%s: self-assessment report", card.Title)),
		Subtitle: strings.TrimSpace(w.Unit() + "　" + w.When()),
		Style:    style, Contents: w.Sprint(diag.M("Contents")),
		Parts: []part{w.overview(), w.scores(), w.problems(), w.data()},
	}
	if tables := w.tables(); len(tables.Tables) > 0 {
		d.Parts = append(d.Parts, tables)
	}
	d.Parts = append(d.Parts, w.checks(), w.basis())
	d.Foot = []string{
		w.Sprint(diag.M("%s: %s", w.Sprint(diag.M("Made with")), "dudao "+w.version)),
		w.Sprint(diag.M("%s: %s", w.Sprint(diag.M("Id and version")), card.Rubric.String()+" ("+card.Rubric.ShortHash()+")")),
		w.Sprint(diag.M("%s: %s", w.Sprint(diag.M("Hash of the data")), card.DataHash())),
	}
	return d
}

func (w *writer) overview() part {
	c, card := w.Card.Cover, w.Card
	p := part{ID: "overview", Title: w.Sprint(diag.M("Overview"))}
	say := func(label diag.Message, lines ...string) {
		if strings.Join(lines, "") != "" {
			p.Facts = append(p.Facts, fact{Label: w.Sprint(label), Lines: lines})
		}
	}
	loud := func(label diag.Message, lines ...string) {
		p.Facts = append(p.Facts, fact{w.Sprint(label), lines, true})
	}
	say(diag.M("Unit"), c.Name)
	say(diag.M("Division code"), c.Code)
	say(diag.M("Year"), c.Line("year"))
	say(diag.M("Period"), c.Period)
	say(diag.M("Who is scored"), w.Rubric.Scored.Text)
	say(diag.M("Date"), c.Date)
	say(diag.M("Scheme"), card.Title+w.Unverified(w.Rubric.Unverified))
	if card.Kind == "points" {
		loud(diag.M("Total"), w.Phrase(card.TotalWords()))
		rate := decimal.Format(card.Rate, 2) + "%"
		if !card.Total.Certain() {
			rate = w.Sprint(diag.M("%s, counting only points that are certain", rate))
		}
		say(diag.M("Rate"), rate)
	} else {
		loud(diag.M("Result of the items"), w.Phrase(card.TotalWords()))
	}
	if card.Grade.Lower != "" {
		loud(diag.M("Grade"), w.Phrase(card.Grade.Words()))
		say(diag.M("Decided by"), w.DecidedBy()...)
	}
	say(diag.M("Deduction"), w.Deductions()...)
	say(diag.M("The total comes about so"), w.Replaced()...)
	errors, warnings, notes := w.Problems()
	if errors+warnings+notes == 0 {
		say(diag.M("Data problems"), w.Sprint(diag.M("none")))
	} else if notes == 0 {
		say(diag.M("Data problems"), w.Sprint(diag.M("errors: %s, warnings: %s", strconv.Itoa(errors), strconv.Itoa(warnings))))
	} else {
		say(diag.M("Data problems"), w.Sprint(diag.M("errors: %s, warnings: %s, hints: %s", strconv.Itoa(errors), strconv.Itoa(warnings), strconv.Itoa(notes))))
	}
	p.Tables = []table{w.parts(), w.states()}
	return p
}

// parts are the results by section. An item outside all sections has its own row.
func (w *writer) parts() table {
	t := table{Cards: true}
	heads := []diag.Message{diag.M("Part"), diag.M("Full points"), diag.M("Certain points"), diag.M("Lower bound"), diag.M("Upper bound"), diag.M("Rate"), diag.M("Undecided items")}
	switch w.Card.Kind {
	case "letter":
		heads = []diag.Message{diag.M("Indicator or item"), diag.M("Outcome"), diag.M("Undecided items")}
	case "pass":
		heads = []diag.Message{diag.M("Indicator or item"), diag.M("Items"), diag.M("Met for certain"), diag.M("Met at least"), diag.M("Met at most"), diag.M("Rate"), diag.M("Undecided items")}
	}
	t.Heads = w.words(heads...)
	next := 0
	for i, l := range w.Leaves {
		for ; next < len(w.Sections) && w.Sections[next].Sum.First == i; next++ {
			s := w.Sections[next]
			title := strings.Repeat("　", s.Sum.Level) + s.Sum.Title + w.Unverified(s.Item.Unverified)
			t.Rows = append(t.Rows, w.part(title, s.Sum, w.Leaves[s.Sum.First:s.Sum.First+s.Sum.Count]))
		}
		if len(l.Above) == 0 {
			t.Rows = append(t.Rows, w.part(l.ID.Text+" "+l.Title.Text, engine.Section{Amount: l.Result.Amount, Letter: l.Result.Letter}, w.Leaves[i:i+1]))
		}
	}
	if w.Card.Kind != "letter" {
		total := w.part(w.Sprint(diag.M("Total")), engine.Section{Amount: w.Card.Total}, w.Leaves)
		total.Loud = true
		t.Rows = append(t.Rows, total)
	}
	return t
}

func (w *writer) part(title string, s engine.Section, of []outline.Leaf) row {
	var open []string
	for _, state := range []engine.State{engine.Missing, engine.Open, engine.Failed} {
		if n := count(of, state); n > 0 {
			open = append(open, w.Sprint(state.Words())+" "+strconv.Itoa(n))
		}
	}
	undecided := none
	if len(open) > 0 {
		undecided = cell{Text: strings.Join(open, "、"), Class: "wait"}
	}
	if w.Card.Kind == "letter" {
		return row{Cells: []cell{{Text: title}, {Text: rangeOf(s.Letter)}, undecided}}
	}
	rate := cell{Text: "—", Class: "number"}
	if s.Full != 0 && s.Certain() {
		percent := s.Lower * 100 / s.Full
		rate = cell{Text: decimal.Format(percent, 2) + "%", Class: "number", Bar: decimal.Round(min(percent, 100), 2)}
	}
	return row{Cells: []cell{{Text: title}, number(s.Full), number(s.Points), number(s.Lower), number(s.Upper), rate, undecided}}
}

// states counts the items by how they came out.
func (w *writer) states() table {
	t := table{Cards: true, Heads: w.words(diag.M("Items by result"))}
	r := row{Cells: []cell{{Text: w.Sprint(diag.M("%s items in all", strconv.Itoa(len(w.Leaves))))}}}
	add := func(words diag.Message, states ...engine.State) {
		n := 0
		for _, state := range states {
			n += count(w.Leaves, state)
		}
		t.Heads = append(t.Heads, w.Sprint(words))
		r.Cells = append(r.Cells, number(float64(n)))
	}
	from := engine.Full
	if w.Card.Kind != "points" {
		from = engine.Inapplicable
	}
	if w.Card.Kind == "pass" {
		add(diag.M("item met"), engine.Full)
		add(diag.M("item not met"), engine.Partial, engine.None)
	}
	for state := from; state <= engine.Failed; state++ {
		add(state.Words(), state)
	}
	t.Rows = []row{r}
	return t
}

func count(of []outline.Leaf, state engine.State) int {
	n := 0
	for _, l := range of {
		if l.Result.State == state {
			n++
		}
	}
	return n
}

func (w *writer) words(list ...diag.Message) []string {
	out := make([]string, len(list))
	for i, m := range list {
		out[i] = w.Sprint(m)
	}
	return out
}

func number(x float64) cell { return cell{Text: outline.Number(x), Class: "number"} }

// rangeOf is a letter, or the worst and the best it can become.
func rangeOf(g engine.GradeRange) string {
	if g.Certain() {
		return g.Lower
	}
	return g.Lower + "～" + g.Upper
}
