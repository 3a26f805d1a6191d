package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// mostShown is how many losses and problems the summary names; the report has
// all of them.
const mostShown = 10

// summary prints what a supervisor wants to know first.
func (a *app) summary(card *engine.Scorecard, p *engine.Program, report string) {
	if a.quiet {
		return
	}
	titles, bonus := map[string]string{}, map[string]bool{}
	p.Rubric.Leaves(func(item *rubric.Item, sections []*rubric.Item) {
		titles[item.ID.Text] = item.Title.Text
		bonus[item.ID.Text] = item.Bonus || slices.ContainsFunc(sections, func(s *rubric.Item) bool { return s.Bonus })
	})
	period := card.Cover.Period
	if period == "" && card.Cover.Year != 0 {
		period = a.Sprint(diag.M("year %s", strconv.Itoa(card.Cover.Year)))
	}
	a.say(strings.Join(slices.DeleteFunc([]string{card.Cover.Name, period, card.Title}, func(s string) bool { return s == "" }), "  "))
	a.line(diag.M("Rubric"), card.Rubric.String()+" ("+card.Rubric.ShortHash()+")")
	total := diag.M("Total")
	if card.Kind != "points" {
		total = diag.M("Result of the items")
	}
	a.line(total, a.Phrase(card.TotalWords()))
	if card.Replaced != nil {
		a.line(diag.M("How"), a.Phrase(card.Replaced.Reason))
	}
	a.claims(card)
	if card.Grade.Lower != "" {
		a.line(diag.M("Grade"), a.Phrase(card.Grade.Words()))
	}
	for _, v := range card.Vetoes {
		if v.Open {
			a.line(diag.M("Veto"), v.Title+" ("+a.Sprint(diag.M("not known yet"))+"): "+a.Phrase(v.Words()))
		} else if v.Fired {
			a.line(diag.M("Veto"), v.Title+": "+a.Phrase(v.Words()))
		}
	}
	for _, d := range card.Deductions {
		if d.Taken > 0 || d.Open {
			a.line(diag.M("Deduction"), a.Phrase(d.Reason))
		}
	}
	a.losses(card, titles, bonus)
	a.undecided(card, titles)
	a.problems(card)
	if report != "" {
		a.say("")
		a.line(diag.M("Report"), report)
		a.line(diag.M("Hash"), card.Hash()[:12])
	}
}

func (a *app) line(head diag.Message, text string) {
	h := a.Sprint(head)
	a.say(h + strings.Repeat(" ", max(1, 10-diag.Width(h))) + text)
}

// losses names the items that lost the most. A bonus that wasn't won is not lost.
func (a *app) losses(card *engine.Scorecard, titles map[string]string, bonus map[string]bool) {
	var lost []engine.ItemResult
	for _, i := range card.Items {
		if i.State.Unmet() && !bonus[i.ID] {
			lost = append(lost, i)
		}
	}
	slices.SortStableFunc(lost, func(x, y engine.ItemResult) int { return cmp.Compare(y.Lost(), x.Lost()) })
	head := diag.M("Largest losses")
	switch card.Kind {
	case "pass":
		head = diag.M("Unmet")
	case "letter":
		head = diag.M("Below the best letter")
	}
	a.items(head, lost, titles, func(i engine.ItemResult) string {
		return a.Phrase(card.LossWords(&i))
	})
}

func (a *app) undecided(card *engine.Scorecard, titles map[string]string) {
	var open []engine.ItemResult
	for _, i := range card.Items {
		if !i.State.Decided() {
			open = append(open, i)
		}
	}
	a.items(diag.M("Not decided yet"), open, titles, func(i engine.ItemResult) string {
		return a.Phrase(card.OpenWords(&i))
	})
}

func (a *app) items(head diag.Message, items []engine.ItemResult, titles map[string]string, what func(engine.ItemResult) string) {
	if len(items) == 0 {
		return
	}
	a.say("")
	a.say(a.Sprint(head))
	for n, i := range items {
		if n == mostShown {
			a.say("  " + a.Sprint(diag.M("and %s more in the report", strconv.Itoa(len(items)-mostShown))))
			return
		}
		a.say("  " + i.ID + "  " + titles[i.ID] + "  " + what(i))
		for _, reason := range i.Reason {
			a.say("      " + a.Phrase(reason))
		}
	}
}

func (a *app) problems(card *engine.Scorecard) {
	a.say("")
	if len(card.Problems) == 0 {
		a.line(diag.M("Data problems"), a.Sprint(diag.M("none")))
		return
	}
	a.say(a.Sprint(diag.M("Data problems")) + "  " + strconv.Itoa(len(card.Problems)))
	for n, p := range card.Problems {
		if n == mostShown {
			a.say("  " + a.Sprint(diag.M("and %s more in the report", strconv.Itoa(len(card.Problems)-mostShown))))
			return
		}
		at := p.Pos
		if len(card.Files) == 1 {
			at.File = ""
		}
		place := at.String()
		if place != "" {
			place = " (" + place + ")"
		}
		a.say("  " + a.Sprint(severityWord(p.Severity)) + a.Phrase(p.Said) + place)
		for _, h := range p.Hints {
			a.say("      " + a.Sprint(h))
		}
		if p.Reason != "" {
			a.say("      " + a.Sprint(diag.M("Reason given: %s", p.Reason)))
		}
	}
}

func severityWord(s diag.Severity) diag.Message {
	switch s {
	case diag.Error:
		return diag.M("error: ")
	case diag.Warning:
		return diag.M("warning: ")
	default:
		return diag.M("note: ")
	}
}
