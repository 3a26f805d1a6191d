package main

import (
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
)

// reachText prints a proposal: what to reach, by what, what comes of it, what else
// there is to know.
func (a *app) reachText(r reachResult, now, then, alone *engine.Scorecard, titles map[string]string, o whatifOptions) {
	a.headOf(now)
	goal := diag.Verbatim(r.Target.Grade)
	switch {
	case r.Target.Grade != "":
	case now.Kind == "pass":
		goal = diag.M("%s items met", decimal.Format(r.Target.Points, 4))
	default:
		goal = diag.M("%s points", decimal.Format(r.Target.Points, 4))
	}
	a.line(diag.M("Goal"), a.Sprint(goal))
	if r.Already {
		a.totalAndGrade(now)
		a.say("")
		a.say(a.Sprint(diag.M("The return reaches it as it is.")))
		return
	}
	a.pair(now, then)
	a.say("")
	n := strconv.Itoa(len(r.Data) + len(r.Judged))
	switch {
	case r.Reached && n == "1":
		a.say(a.Sprint(diag.M("Reached with this one change:")))
	case r.Reached:
		a.say(a.Sprint(diag.M("Reached with these %s changes, none of which can be left out:", n)))
	case len(r.Data)+len(r.Judged) == 0:
		a.say(a.Sprint(diag.M("Not reached: no change is known that gives more.")))
	default:
		a.say(a.Sprint(diag.M("Not reached. With all %s changes that were found one gets no farther than “then”:", n)))
	}
	a.changeLines("  ", r.Data, o.all)
	if len(r.Judged) > 0 {
		a.say("")
		a.say(a.Sprint(judgedHead))
		a.changeLines("  ", r.Judged, o.all)
		if alone != nil {
			words := a.Phrase(alone.TotalWords())
			if alone.Grade.Lower != "" {
				words += a.Sprint(diag.M("; grade: %s", a.Phrase(alone.Grade.Words())))
			}
			a.say("  " + a.Sprint(diag.M("without them, by figures alone, one gets at most: %s", words)))
		}
	}
	a.inTheWay(r, then, titles)
	a.itemsThen(now, then, titles)
	a.problemList(diag.M("Data problems that this brings"), now.Brought(then))
	if len(r.Besides) > 0 {
		a.chanceGroup(judgedHead, r.Besides, now, o.all)
	}
	a.say("")
	if r.Reached {
		a.say(a.Sprint(diag.M("This is one way of many, found by the points gained for the size of a change. It was scored, also with each change left out.")))
	}
	a.say(a.Sprint(diag.M("It shows how far it is; figures are to be reported as they are. Nothing was written.")))
}

// inTheWay names what is left: vetoes, what isn't decided, what no change mends.
func (a *app) inTheWay(r reachResult, then *engine.Scorecard, titles map[string]string) {
	if r.Reached {
		return
	}
	a.say("")
	a.say(a.Sprint(diag.M("What stands in the way")))
	for _, v := range r.Vetoes {
		a.say("  " + a.Sprint(diag.M("veto: %s", a.vetoText(v))))
	}
	for i := range then.Items {
		it := &then.Items[i]
		if it.State.Decided() && !it.State.Unmet() {
			continue
		}
		text := a.Phrase(then.Outcome(it))
		if it.State.Decided() {
			text = a.Phrase(then.LossWords(it))
		}
		a.say("  " + it.ID + "  " + titles[it.ID] + "  " + text)
	}
}

// itemsThen lists the items that come out otherwise with the changes.
func (a *app) itemsThen(now, then *engine.Scorecard, titles map[string]string) {
	var lines []string
	for _, d := range now.Differences(then) {
		was, is := a.Phrase(now.Outcome(d.Was)), a.Phrase(then.Outcome(d.Is))
		if was != is {
			lines = append(lines, "  "+d.Was.ID+"  "+titles[d.Was.ID]+"  "+was+" → "+is)
		}
	}
	if len(lines) > 0 {
		a.say("")
		a.say(a.Sprint(diag.M("Items that come out otherwise")) + "  " + strconv.Itoa(len(lines)))
		a.say(strings.Join(lines, "\n"))
	}
}
