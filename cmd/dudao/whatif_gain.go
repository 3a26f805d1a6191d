package main

import (
	"slices"
	"strconv"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// chanceList is what is still to be gained, for programs.
type chanceList struct {
	Rubric  rubric.Ref      `json:"rubric"`
	Cover   returns.Cover   `json:"cover"`
	Now     came            `json:"now"`
	Chances []engine.Chance `json:"chances"`
}

// chances lists what is still to be gained, figures, judgements and missing data
// apart.
func (a *app) chances(ret *returns.Return, p *engine.Program, o whatifOptions) error {
	card, list := p.Score(ret), p.Chances(ret)
	if o.format == "json" {
		return a.json(chanceList{card.Rubric, card.Cover, cameTo(card), append([]engine.Chance{}, list...)})
	}
	a.headOf(card)
	a.totalAndGrade(card)
	var figures, judged, missing, none []engine.Chance
	for _, c := range list {
		switch {
		case c.Changes == nil && !card.Item(c.Item).State.Decided():
			missing = append(missing, c)
		case c.Changes == nil:
			none = append(none, c)
		case c.Judged():
			judged = append(judged, c)
		default:
			figures = append(figures, c)
		}
	}
	a.chanceGroup(diag.M("Figures: the smallest change of each item, the most points for its size first"), figures, card, o.all)
	a.chanceGroup(judgedHead, judged, card, o.all)
	a.chanceGroup(diag.M("Not decided while data or judgements are missing"), missing, card, o.all)
	a.chanceGroup(diag.M("Lost, and no change is known that gives some of it back"), none, card, o.all)
	a.say("")
	if len(list) == 0 {
		a.say(a.Sprint(diag.M("Every item has all its points.")))
		return nil
	}
	a.say(a.Sprint(honest))
	return nil
}

var (
	judgedHead = diag.M("Judgements, which are for whoever judges: no figures to change")
	honest     = diag.M("Each change was made and scored, all else as it is. It shows how far it is; figures are to be reported as they are.")
)

func (a *app) totalAndGrade(card *engine.Scorecard) {
	total := diag.M("Total")
	if card.Kind != "points" {
		total = diag.M("Result of the items")
	}
	a.line(total, a.Phrase(card.TotalWords()))
	if card.Grade.Lower != "" {
		a.line(diag.M("Grade"), a.Phrase(card.Grade.Words()))
	}
}

func (a *app) chanceGroup(head diag.Message, list []engine.Chance, card *engine.Scorecard, all bool) {
	if len(list) == 0 {
		return
	}
	a.say("")
	a.say(a.Sprint(head))
	for _, c := range list {
		a.say("  " + c.Item + "  " + c.Title + "  " + a.Sprint(a.stake(c, card)))
		a.changeLines("      ", c.Changes, all)
		if c.Changes != nil {
			a.say("      → " + a.gainText(c, card))
		}
		if len(c.Cells) > 0 {
			a.cellLine(c.Cells, all)
		}
	}
}

// stake is what an item has lost, or what is open.
func (a *app) stake(c engine.Chance, card *engine.Scorecard) diag.Message {
	if now := card.Item(c.Item); now.State.Decided() {
		return diag.Verbatim(a.Phrase(card.LossWords(now)))
	} else {
		return diag.Verbatim(a.Phrase(card.OpenWords(now)))
	}
}

// gainText is what a change gives, and what the whole comes to then.
func (a *app) gainText(c engine.Chance, card *engine.Scorecard) string {
	then := &engine.Scorecard{Kind: card.Kind, Total: *c.Total, Grade: *c.Grade}
	out := a.Phrase(card.Outcome(c.Outcome))
	if card.Kind == "points" && c.Outcome.Full > 0 {
		out = a.Sprint(diag.M("%s points more", decimal.Format(c.Gain, 4)))
	}
	switch card.Kind {
	case "points":
		out += a.Sprint(diag.M("; total: %s", a.Phrase(then.TotalWords())))
	case "pass":
		out += a.Sprint(diag.M("; %s", a.Phrase(then.TotalWords())))
	}
	if then.Grade != card.Grade {
		out += a.Sprint(diag.M("; grade: %s", a.Phrase(then.Grade.Words())))
	}
	return out
}

// mostChanges is how many changes are printed unless all are wanted.
const mostChanges = 12

// changeLines prints changes, each as --set takes it, those of one column of a table
// below its name.
func (a *app) changeLines(indent string, list []engine.Change, all bool) {
	for i := 0; i < len(list); {
		n := 1
		for i+n < len(list) && list[i].Table != "" && list[i+n].Table == list[i].Table && list[i+n].Field == list[i].Field {
			n++
		}
		inner := indent
		if n > 1 {
			a.say(indent + a.Sprint(diag.M("%s, these %s rows:", list[i].Table+"."+list[i].Field, strconv.Itoa(n))))
			inner += "  "
		}
		for j, c := range list[i : i+n] {
			if j == mostChanges && !all {
				a.say(inner + a.Sprint(diag.M("and %s more; --all lists them", strconv.Itoa(n-j))))
				break
			}
			a.say(inner + a.changeText(c))
		}
		i += n
	}
}

// changeText is one change: 各学段[幼儿园].生均教育支出  6600 → 6626.22 元 (+0.4%).
func (a *app) changeText(c engine.Change) string {
	number := func(x float64) string { return decimal.Format(x, 10) }
	out := c.Name() + "  "
	switch {
	case c.Level != "":
		out += c.FromLevel + " → " + c.Level
	case c.Truth:
		words := map[bool]string{false: a.Sprint(diag.M("no")), true: a.Sprint(diag.M("yes"))}
		out += words[c.From != 0] + " → " + words[c.To != 0]
	default:
		out += number(c.From) + " → " + number(c.To)
		if c.Unit != "" {
			out += " " + c.Unit
		}
		if !c.Judged() && c.From != 0 {
			percent := decimal.Format((c.To-c.From)/max(c.From, -c.From)*100, 1)
			if c.To > c.From {
				percent = "+" + percent
			}
			if percent != "+0" && percent != "0" {
				out += a.Sprint(diag.M(" (%s)", percent+"%"))
			}
		}
	}
	if c.Judged() && c.Ask == "" {
		out += "  " + c.Path // the title of the item
	}
	return out + a.placeText("  ← ", c.Pos)
}

// placeText is where a value stands. The file needs no name where there is but one.
func (a *app) placeText(before string, at diag.Pos) string {
	if at.File == a.onlyFile {
		at.File = ""
	}
	if at.IsZero() {
		return ""
	}
	return before + at.String()
}

func (a *app) cellLine(cells []engine.InputRef, all bool) {
	text := ""
	for i, c := range cells {
		if i == mostChanges && !all {
			text += a.Sprint(diag.M("; and %s more", strconv.Itoa(len(cells)-i)))
			break
		}
		if i > 0 {
			text += a.Sprint(diag.M("; "))
		}
		text += c.Path
		if at := a.placeText("", c.Pos); at != "" {
			text += a.Sprint(diag.M(" (%s)", at))
		}
	}
	a.say("      " + a.Sprint(diag.M("to fill in: %s", text)))
}

// reachResult is how a goal is reached, for programs.
type reachResult struct {
	Rubric  rubric.Ref          `json:"rubric"`
	Cover   returns.Cover       `json:"cover"`
	Target  engine.Target       `json:"target"`
	Already bool                `json:"already"` // as the return is
	Reached bool                `json:"reached"`
	Set     []string            `json:"set"` // as --set takes it
	Data    []engine.Change     `json:"data"`
	Judged  []engine.Change     `json:"judged"` // needed besides
	Now     came                `json:"now"`
	Then    came                `json:"then"`              // with these changes; not reached, the farthest
	Alone   *came               `json:"alone,omitempty"`   // with data alone, where that isn't enough
	Vetoes  []engine.VetoResult `json:"vetoes,omitempty"`  // that stand in the way
	Open    []string            `json:"open,omitempty"`    // items that aren't decided
	Besides []engine.Chance     `json:"besides,omitempty"` // judgements that would give more
}

// reach proposes changes by which a goal would be reached.
func (a *app) reach(ret *returns.Return, p *engine.Program, o whatifOptions) error {
	goal, err := a.target(p, o.reach)
	if err != nil {
		return err
	}
	now := p.Score(ret)
	r := reachResult{Rubric: now.Rubric, Cover: now.Cover, Target: goal, Already: p.Reaches(now, goal), Now: cameTo(now), Set: []string{}, Data: []engine.Change{}, Judged: []engine.Change{}}
	then, alone := now, (*engine.Scorecard)(nil)
	r.Reached = r.Already
	if !r.Already {
		found := p.Reach(ret, goal)
		then, alone = found.Then, found.Alone
		r.Reached, r.Data, r.Judged, r.Vetoes = found.Reached, append(r.Data, found.Data...), append(r.Judged, found.Judged...), found.Vetoes
		for _, c := range slices.Concat(found.Data, found.Judged) {
			r.Set = append(r.Set, c.Setting())
		}
		for _, i := range then.Items {
			if !i.State.Decided() {
				r.Open = append(r.Open, i.ID)
			}
		}
		if len(r.Judged) == 0 {
			for _, c := range p.Chances(ret) {
				if c.Judged() {
					r.Besides = append(r.Besides, c)
				}
			}
		}
	}
	r.Then = cameTo(then)
	if alone != nil {
		c := cameTo(alone)
		r.Alone = &c
	}
	if o.format == "json" {
		return a.json(r)
	}
	a.reachText(r, now, then, alone, titlesOf(p), o)
	return nil
}
