package form

import (
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// judgements lays out what is to be judged or answered, one a row, with what
// belongs to it: what the levels mean, what an answer does, which evidence should
// exist. The words of the rubric come first, for by them the row is found again.
func judgements(asks []rubric.Ask, kind string) Sheet {
	s := Sheet{Kind: Judgements, Name: diag.M("Judgements and facts"), HeadRows: 1, Widths: []float64{10, 44, 14, 40, 30}}
	for i, m := range []diag.Message{diag.M("Item"), diag.M("To be judged or answered"), diag.M("Answer"), diag.M("Explanation"), diag.M("Evidence")} {
		s.heading(1, i+1, m)
	}
	for i := range asks {
		ask, row := &asks[i], i+2
		s.add(Cell{Row: row, Col: 1, Role: Label, Text: diag.P(diag.Verbatim(ask.Item))})
		words := diag.P(diag.Verbatim(ask.Text))
		if ask.Text == "" {
			words = append(diag.P(diag.Verbatim(ask.Title)), levels(ask.Judge)...)
		}
		words = append(words, effect(ask, kind)...)
		if i == 0 || asks[i-1].Item != ask.Item {
			words = append(words, wantedOf(ask.Of)...)
		}
		s.add(Cell{Row: row, Col: 2, Role: Label, Text: words})
		s.add(Cell{Row: row, Col: 3, Role: Entry, Target: Target{Ask: ask, Part: Answer}, Introduction: wantedAnswer(ask)})
		s.add(Cell{Row: row, Col: 4, Role: Entry, Target: Target{Ask: ask, Part: AnswerNote}, LeftAligned: true})
		s.add(Cell{Row: row, Col: 5, Role: Entry, Target: Target{Ask: ask, Part: Evidence}, LeftAligned: true})
	}
	for i, name := range []string{JudgedItem, JudgedAsk, JudgedAnswer, JudgedNote, JudgedEvidence} {
		s.Names = append(s.Names, Name{name, 2, i + 1, len(asks)})
	}
	return s
}

// levels lists what the levels of a judgement mean.
func levels(j *rubric.Judge) diag.Phrase {
	var p diag.Phrase
	for _, l := range j.Levels {
		if l.When.Given() {
			p = append(p, diag.M("\n%s: %s", l.Level.Text, l.When.Text))
		}
	}
	return p
}

func wantedAnswer(a *rubric.Ask) diag.Phrase {
	switch a.Kind {
	case rubric.Times:
		return diag.P(diag.M("How many times, 0 if never."))
	case rubric.LevelChoice:
		return diag.P(diag.M("Choose from the list."))
	case rubric.FreePoints:
		j := a.Judge
		if j.Step.Given {
			return diag.P(diag.M("Points, in steps of %s.", decimal.Format(j.Step.Value, 6)))
		}
		return diag.P(diag.M("Points from %s to %s.", decimal.Format(j.From.Value, 6), decimal.Format(j.To.Value, 6)))
	default:
		return diag.P(diag.M("Answer 是 (yes) or 否 (no)."))
	}
}

// effect says what the answer to a fact does.
func effect(a *rubric.Ask, kind string) diag.Phrase {
	var p diag.Phrase
	points := decimal.Format(max(a.Points, -a.Points), 6)
	switch {
	case a.Points == 0 || kind == "pass" || kind == "letter":
	case a.Points < 0 && a.Kind == rubric.Times:
		p = append(p, diag.M("\nEach time: %s points are taken.", points))
	case a.Points < 0:
		p = append(p, diag.M("\nYes: %s points are taken.", points))
	case a.Kind == rubric.Times:
		p = append(p, diag.M("\nEach time: %s points are given.", points))
	default:
		p = append(p, diag.M("\nYes: %s points are given.", points))
	}
	if a.Veto != nil {
		p = append(p, diag.M("\nYes: "), Effect(a.Veto), diag.M("."))
	}
	return p
}

// wantedOf is what an item says of itself: its note, and the evidence that should
// exist.
func wantedOf(item *rubric.Item) diag.Phrase {
	if item == nil {
		return nil
	}
	var p diag.Phrase
	if item.Note.Given() {
		p = append(p, diag.M("\nNote: %s", item.Note.Text))
	}
	if len(item.Evidence) > 0 {
		var names []string
		for _, e := range item.Evidence {
			names = append(names, e.Text)
		}
		p = append(p, diag.M("\nEvidence: %s", strings.Join(names, "、")))
	}
	if item.EvidenceRequired {
		p = append(p, diag.M("\nWithout evidence the judgement does not count."))
	}
	return p
}

// Effect is what a veto does to the grade.
func Effect(v *rubric.Veto) diag.Message {
	switch {
	case v.Grade.Given():
		return diag.M("the grade is %s", v.Grade.Text)
	case v.Cap.Given():
		return diag.M("the grade is at most %s", v.Cap.Text)
	default:
		return diag.M("the grade is lowered by %s", strconv.Itoa(int(v.Down.Value)))
	}
}
