package engine

import (
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// amount is a difference in a unit; percentages differ by percentage points.
func amount(x float64, digits int, unit string) diag.Message {
	switch unit {
	case "%":
		return diag.M("%s percentage points", decimal.Format(x, digits))
	case "":
		return diag.Verbatim(decimal.Format(x, digits))
	}
	return diag.M("%s %s", decimal.Format(x, digits), unit)
}

// mostDigits is how many decimals a field may ask for.
const mostDigits = 10

// asEntered is how many decimals a figure that was entered may have.
const asEntered = 6

// changeWords says what is to change, in the unit of the field.
func (g *gapper) changeWords(list []Change) diag.Phrase {
	var p diag.Phrase
	for i, c := range list {
		if i == mostRows {
			return append(p, diag.M("; and %s more", strconv.Itoa(len(list)-mostRows)))
		}
		if i > 0 {
			p = append(p, diag.M("; "))
		}
		if c.Table != "" {
			p = append(p, diag.M("%s: ", c.row))
		}
		p = append(p, c.words(c.lever.name.Shown())...)
	}
	return p
}

// rowWords is changeWords for a row whose name stands beside it.
func (g *gapper) rowWords(list []Change, of *formula.Table, row int) diag.Phrase {
	if len(list) > 0 && (list[0].Table != of.Name || list[0].Index != row) {
		return g.changeWords(list)
	}
	var p diag.Phrase
	for i, c := range list {
		if i > 0 {
			p = append(p, diag.M("; "))
		}
		p = append(p, c.words(c.lever.name.Shown())...)
	}
	return p
}

// words says what one value is to become.
func (c Change) words(label string) diag.Phrase {
	from, to := decimal.Format(c.From, asEntered), decimal.Format(c.To, asEntered)
	switch {
	case c.Truth && c.Item+c.Ask != "" && c.To == 0:
		return diag.P(diag.M("“%s” must not be so", label))
	case c.Truth && c.Item+c.Ask != "":
		return diag.P(diag.M("“%s” must be so", label))
	case c.Truth && c.To == 0:
		return diag.P(diag.M("%s must be no", label))
	case c.Truth:
		return diag.P(diag.M("%s must be yes", label))
	case c.To > c.From:
		return diag.P(diag.M("%s is short by ", label), amount(c.To-c.From, asEntered, c.Unit), diag.M(" (now %s, needs %s)", from, to))
	}
	return diag.P(diag.M("%s must fall by ", label), amount(c.From-c.To, asEntered, c.Unit), diag.M(" (now %s, must fall to %s)", from, to))
}

// totalWords says what the total of a column is to become.
func totalWords(c Change, total float64, l *lever) diag.Phrase {
	c = Change{From: total, To: total + c.To - c.From, Unit: c.Unit, lever: l}
	return append(diag.P(diag.M("in total: ")), c.words(l.name.Table.Name+"."+l.name.Shown())...)
}

// flipWords says of how many rows a condition is to turn out otherwise, and which
// are nearest.
func (g *gapper) flipWords(p formula.Part, now int, want bool, list []Change) diag.Phrase {
	what, table, change := p.Columns[0].Shown(), p.Table.Name, len(list)
	m := diag.M("%s: %s rows more must be “%s” (now %s)", table, strconv.Itoa(change), what, strconv.Itoa(now))
	if !want {
		m = diag.M("%s: %s rows fewer may be “%s” (now %s)", table, strconv.Itoa(change), what, strconv.Itoa(now))
	}
	return append(diag.P(m, diag.M("; nearest: ")), g.changeWords(list)...)
}

// spreadWords tell what a row does to a coefficient of variation.
type spreadWords struct{ mean, before, after float64 }

// rises says what would bring the row to the mean, and how far the coefficient falls
// then.
func (w spreadWords) rises(c Change) diag.Phrase {
	return append(c.words(c.lever.name.Shown()), diag.M("; then the coefficient falls from %s to %s",
		decimal.Format(w.before, spreadDigits), decimal.Format(w.after, spreadDigits)))
}

// apart says of a row that isn't to be mended by more of anything how far it stands
// from the mean.
func (w spreadWords) apart(label string, is float64) diag.Phrase {
	return diag.P(diag.M("%s is %s, the mean %s; at the mean the coefficient would fall from %s to %s", label, decimal.Format(is, 2),
		decimal.Format(w.mean, 2), decimal.Format(w.before, spreadDigits), decimal.Format(w.after, spreadDigits)))
}

const spreadDigits = 4

// levelWords says which level is next, in the author's words.
func levelWords(c Change, label diag.Phrase) diag.Phrase {
	return append(diag.P(diag.M("judged “%s”; next: ", c.FromLevel)), label...)
}

// distance says how far a condition is from holding where no change is known that
// mends it.
func (g *gapper) distance(f *formula.Formula, row int) diag.Phrase {
	for _, part := range f.Aims() {
		if part.Kind != formula.Truth {
			break
		}
		c := part.Eval(g.m)
		if c.True(min(row, c.Len()-1)) {
			continue
		}
		left, right, sign, ok := part.Sides()
		if !ok || left.Kind != formula.Number {
			return append(part.Unmet(g.m, row), diag.M("; no single figure mends it"))
		}
		a, b := left.Eval(g.m), right.Eval(g.m)
		x, y := a.Num[min(row, a.Len()-1)], b.Num[min(row, b.Len()-1)]
		unit := left.Unit()
		if unit == "" {
			unit = right.Unit()
		}
		digits := max(left.Digits(pointsDigits), right.Digits(pointsDigits), 2)
		p := left.Label()
		switch now := diag.M(" (now %s, must be %s %s)", decimal.Format(x, digits), strings.TrimSpace(sign), decimal.Format(y, digits)); {
		case x < y:
			p = append(p, diag.M(" is short by "), amount(y-x, digits, unit), now)
		case x > y:
			p = append(p, diag.M(" is too high by "), amount(x-y, digits, unit), now)
		default:
			p = append(p, now)
		}
		return append(p, diag.M("; no single figure mends it"))
	}
	if f.Kind == formula.Number {
		return append(f.Words(), diag.M(" is "), f.Value(g.m, row, 2), diag.M("; no single figure mends it"))
	}
	return append(f.Unmet(g.m, row), diag.M("; no single figure mends it"))
}
