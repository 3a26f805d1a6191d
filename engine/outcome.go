package engine

import (
	"strconv"

	"dudao/engine/diag"
)

// Words is the total for people, with its bounds while something is open.
func (a Amount) Words() diag.Phrase {
	if a.Certain() {
		return diag.P(diag.M("%s of %s points", points(a.Points), points(a.Full)))
	}
	return diag.P(diag.M("%s of %s points are certain; with what is open, between %s and %s",
		points(a.Points), points(a.Full), points(a.Lower), points(a.Upper)))
}

// Words is the grade for people, or the range of it.
func (g GradeRange) Words() diag.Phrase {
	if g.Certain() {
		return diag.P(diag.Verbatim(g.Lower))
	}
	return diag.P(diag.M("open: from %s to %s", g.Lower, g.Upper))
}

// Outcome is what an item came to, in the words of the rubric's kind: points, met
// or not, a letter; or the state that keeps it from being decided.
func (c *Scorecard) Outcome(i *ItemResult) diag.Phrase {
	switch {
	case !i.State.Decided() || i.State == Inapplicable:
		return diag.P(i.State.Words())
	case c.Kind == "letter":
		return diag.P(diag.Verbatim(i.Letter.Lower))
	case (c.Kind == "pass" || i.WithoutPoints(c.Kind)) && i.State == Full:
		return diag.P(diag.M("item met"))
	case c.Kind == "pass" || i.WithoutPoints(c.Kind):
		return diag.P(diag.M("item not met"))
	default:
		return diag.P(diag.M("%s points", points(i.Points)))
	}
}

// WithoutPoints reports whether an item of a rubric of points is met or not, and has no
// points.
func (i *ItemResult) WithoutPoints(kind string) bool {
	return kind == "points" && i.Full == 0 && i.State != Inapplicable
}

// LossWords is what an item that is decided has lost, or what else it came to.
func (c *Scorecard) LossWords(i *ItemResult) diag.Phrase {
	if c.Kind != "points" || i.WithoutPoints(c.Kind) {
		return c.Outcome(i)
	}
	return diag.P(diag.M("%s points lost", points(i.Lost())))
}

// OpenWords is what an item that isn't decided may still get, or why it isn't.
func (c *Scorecard) OpenWords(i *ItemResult) diag.Phrase {
	if c.Kind != "points" || i.WithoutPoints(c.Kind) {
		return c.Outcome(i)
	}
	return diag.P(diag.M("%s points open", points(i.Full)))
}

// TotalWords is the total in the words of the rubric's kind.
func (c *Scorecard) TotalWords() diag.Phrase {
	switch c.Kind {
	case "pass":
		if c.Total.Certain() {
			return diag.P(diag.M("%s of %s items are met", points(c.Total.Points), points(c.Total.Full)))
		}
		return diag.P(diag.M("%s of %s items are met; with what is open, between %s and %s",
			points(c.Total.Points), points(c.Total.Full), points(c.Total.Lower), points(c.Total.Upper)))
	case "letter":
		return c.letterWords()
	default:
		return c.Total.Words()
	}
}

// letterWords counts the letters of the indicators, and what is open.
func (c *Scorecard) letterWords() diag.Phrase {
	var order []string
	count, open := map[string]int{}, 0
	for _, l := range c.Indicators() {
		switch {
		case l == (GradeRange{}):
		case !l.Certain():
			open++
		default:
			if count[l.Lower] == 0 {
				order = append(order, l.Lower)
			}
			count[l.Lower]++
		}
	}
	var p diag.Phrase
	for _, l := range order {
		p = append(p, diag.M("%s: %s  ", l, strconv.Itoa(count[l])))
	}
	if open > 0 {
		p = append(p, diag.M("open: %s", strconv.Itoa(open)))
	}
	return p
}

// Indicators are the letters that count: of sections that hold only leaves, and of
// leaves that belong to no such section.
func (c *Scorecard) Indicators() []GradeRange {
	var out []GradeRange
	inside := make([]bool, len(c.Items))
	for _, s := range c.Sections {
		if s.Letter != (GradeRange{}) {
			out = append(out, s.Letter)
			for i := range s.Count {
				inside[s.First+i] = true
			}
		}
	}
	for i, in := range inside {
		if !in {
			out = append(out, c.Items[i].Letter)
		}
	}
	return out
}
