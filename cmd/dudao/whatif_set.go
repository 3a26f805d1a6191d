package main

import (
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// came is what a return comes to, for programs.
type came struct {
	Total  engine.Amount       `json:"total"`
	Rate   float64             `json:"rate"`
	Grade  engine.GradeRange   `json:"grade"`
	Vetoes []engine.VetoResult `json:"vetoes,omitempty"`
}

func cameTo(card *engine.Scorecard) came {
	return came{card.Total, card.Rate, card.Grade, card.Vetoes}
}

// setResult is the score if values were others, for programs.
type setResult struct {
	Rubric  rubric.Ref       `json:"rubric"`
	Cover   returns.Cover    `json:"cover"`
	Set     []setValue       `json:"set"`
	Now     came             `json:"now"`
	Then    came             `json:"then"`
	Items   []itemPair       `json:"items"`   // those that come out otherwise, or all
	Brought []engine.Problem `json:"brought"` // problems of the data
	Gone    []engine.Problem `json:"gone"`
}

type setValue struct {
	Path string    `json:"path"`
	Unit string    `json:"unit,omitempty"`
	Was  cellValue `json:"was"`
	Is   cellValue `json:"is"`
}

type cellValue struct {
	State  string         `json:"state"`
	Number float64        `json:"number,omitempty"`
	Text   string         `json:"text,omitempty"`
	Typed  string         `json:"typed,omitempty"`
	Notes  []diag.Message `json:"notes,omitempty"`
	Pos    diag.Pos       `json:"pos,omitzero"`
}

func cellOf(c returns.Cell) cellValue {
	state := map[returns.State]string{returns.Missing: "missing", returns.Given: "known", returns.NotApplicable: "inapplicable", returns.Invalid: "invalid"}
	return cellValue{state[c.State], c.Number, c.Text, c.Typed, c.Notes, c.Pos()}
}

type itemPair struct {
	ID    string             `json:"id"`
	Title string             `json:"title"`
	Now   *engine.ItemResult `json:"now"`
	Then  *engine.ItemResult `json:"then"`
}

// setAndScore scores a return with other values and shows both results.
func (a *app) setAndScore(ret *returns.Return, p *engine.Program, o whatifOptions) error {
	list, err := a.assignments(o.set)
	if err != nil {
		return err
	}
	other := ret.Clone()
	put, diags := returns.Assign(other, p.Rubric, list)
	if diags.HasErrors() {
		return &exit{exitFailed, diags}
	}
	now, then := p.Score(ret), p.Score(other)
	r := setResult{Rubric: now.Rubric, Cover: now.Cover, Now: cameTo(now), Then: cameTo(then), Set: []setValue{}, Items: []itemPair{},
		Brought: append([]engine.Problem{}, now.Brought(then)...), Gone: append([]engine.Problem{}, then.Brought(now)...)}
	for _, v := range put {
		r.Set = append(r.Set, setValue{v.Path, v.Unit, cellOf(v.Was), cellOf(v.Is)})
	}
	titles := titlesOf(p)
	changed := map[string]bool{}
	for _, d := range now.Differences(then) {
		changed[d.Was.ID] = true
	}
	for i := range now.Items {
		if was := &now.Items[i]; o.all || changed[was.ID] {
			r.Items = append(r.Items, itemPair{was.ID, titles[was.ID], was, then.Item(was.ID)})
		}
	}
	if o.format == "json" {
		return a.json(r)
	}
	a.headOf(now)
	for i, v := range put {
		head := diag.M("What if")
		if i > 0 {
			head = diag.M("and")
		}
		a.line(head, a.putText(v))
	}
	a.say("")
	a.pair(now, then)
	a.pairs(r.Items, now, then, changed)
	a.problemList(diag.M("Data problems that this brings"), r.Brought)
	a.problemList(diag.M("Data problems that this mends"), r.Gone)
	a.say("")
	a.say(a.Sprint(diag.M("Nothing was written; the return is as it was.")))
	return nil
}

func titlesOf(p *engine.Program) map[string]string {
	titles := map[string]string{}
	for _, item := range leaves(p.Rubric) {
		titles[item.ID.Text] = item.Title.Text
	}
	return titles
}

// headOf says whose score it is and by which rubric.
func (a *app) headOf(card *engine.Scorecard) {
	if len(card.Files) == 1 {
		a.onlyFile = card.Files[0].Name
	}
	a.say(a.unit(card.Cover) + "  " + card.Title)
	a.line(diag.M("Rubric"), card.Rubric.String()+" ("+card.Rubric.ShortHash()+")")
}

// putText says what was put in, in whose place, and how it was understood.
func (a *app) putText(v returns.Put) string {
	out := v.Path + "  " + a.cellText(v.Was, v.Type) + " → " + a.cellText(v.Is, v.Type)
	if v.Is.State == returns.Given {
		out += strings.TrimRight(" "+v.Unit, " ")
	}
	out += a.placeText("  ← ", v.Was.Pos())
	for _, n := range v.Is.Notes {
		out += a.Sprint(diag.M("; %s", a.Sprint(n)))
	}
	return out
}

// cellText is a value as people read it. Digits are as many as people type.
func (a *app) cellText(c returns.Cell, kind string) string {
	switch {
	case c.State == returns.Missing:
		return a.Sprint(diag.M("empty"))
	case c.State == returns.NotApplicable:
		return a.Sprint(diag.M("not applicable"))
	case c.State == returns.Invalid:
		return c.Typed
	case kind == "text" || kind == "date":
		return c.Text
	case kind == "yesno" && c.Number != 0:
		return a.Sprint(diag.M("yes"))
	case kind == "yesno":
		return a.Sprint(diag.M("no"))
	}
	return decimal.Format(c.Number, 6)
}

// pair shows total, grade, vetoes and deductions of two scorecards, one below the
// other; what is the same stands there once.
func (a *app) pair(now, then *engine.Scorecard) {
	two := func(head diag.Message, was, is string) {
		if was == is {
			a.line(head, is+a.Sprint(diag.M(" (as before)")))
			return
		}
		a.line(head, a.Sprint(diag.M("now: %s", was)))
		a.say(strings.Repeat(" ", max(10, diag.Width(a.Sprint(head))+1)) + a.Sprint(diag.M("then: %s", is)))
	}
	total := diag.M("Total")
	if now.Kind != "points" {
		total = diag.M("Result of the items")
	}
	two(total, a.Phrase(now.TotalWords()), a.Phrase(then.TotalWords()))
	if now.Grade.Lower != "" || then.Grade.Lower != "" {
		two(diag.M("Grade"), a.Phrase(now.Grade.Words()), a.Phrase(then.Grade.Words()))
	}
	for i, was := range now.Vetoes {
		if is := then.Vetoes[i]; was.Fired != is.Fired || was.Open != is.Open {
			two(diag.M("Veto"), a.vetoText(was), a.vetoText(is))
		}
	}
	for i, was := range now.Deductions {
		if i < len(then.Deductions) {
			if is := then.Deductions[i]; was.Taken != is.Taken || was.Open != is.Open {
				two(diag.M("Deduction"), a.Phrase(was.Reason), a.Phrase(is.Reason))
			}
		}
	}
}

func (a *app) vetoText(v engine.VetoResult) string {
	switch {
	case v.Open:
		return v.Title + " (" + a.Sprint(diag.M("not known yet")) + "): " + a.Phrase(v.Words())
	case v.Fired:
		return v.Title + ": " + a.Phrase(v.Words())
	}
	return v.Title + a.Sprint(diag.M(": does not act"))
}

// pairs shows items beside each other.
func (a *app) pairs(items []itemPair, now, then *engine.Scorecard, changed map[string]bool) {
	a.say("")
	if len(changed) == 0 {
		a.say(a.Sprint(diag.M("No item comes out otherwise.")))
	} else {
		a.say(a.Sprint(diag.M("Items that come out otherwise")) + "  " + strconv.Itoa(len(changed)))
	}
	for _, i := range items {
		was, is := a.Phrase(now.Outcome(i.Now)), a.Phrase(then.Outcome(i.Then))
		if was != is {
			is = was + " → " + is
		}
		a.say("  " + i.ID + "  " + i.Title + "  " + is)
		if !changed[i.ID] {
			continue
		}
		if was, is := a.shownText(i.Now.Value), a.shownText(i.Then.Value); was != is {
			a.say("      " + a.Sprint(diag.M("value: %s → %s", was, is)))
		}
		for _, reason := range i.Then.Reason {
			a.say("      " + a.Phrase(reason))
		}
	}
	if rest := len(now.Items) - len(items); rest > 0 && len(changed) > 0 {
		a.say("  " + a.Sprint(diag.M("%s more items stay as they are; --all lists them", strconv.Itoa(rest))))
	}
}

func (a *app) shownText(s engine.Shown) string {
	if len(s.Text) == 0 {
		return a.Sprint(diag.M("none"))
	}
	return strings.TrimSpace(a.Phrase(s.Text) + " " + s.Unit)
}

func (a *app) problemList(head diag.Message, list []engine.Problem) {
	if len(list) == 0 {
		return
	}
	a.say("")
	a.say(a.Sprint(head) + "  " + strconv.Itoa(len(list)))
	for _, p := range list {
		place := a.placeText("", p.Pos)
		if place != "" {
			place = a.Sprint(diag.M(" (%s)", place))
		}
		a.say("  " + a.Sprint(severityWord(p.Severity)) + a.Phrase(p.Said) + place)
		for _, h := range p.Hints {
			a.say("      " + a.Sprint(h))
		}
	}
}
