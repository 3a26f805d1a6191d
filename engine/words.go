package engine

import (
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// pointsDigits is more than any points are given with.
const pointsDigits = 6

func points(x float64) string { return decimal.Format(x, pointsDigits) }

// Standard writes the scoring standard of an item in words, one phrase a line.
func (p *Program) Standard(id string) []diag.Phrase {
	for _, it := range p.items {
		if it.src.ID.Text == id {
			return it.standard()
		}
	}
	return nil
}

func (it *item) standard() []diag.Phrase {
	out := it.form.words()
	if it.when != nil {
		line := append(diag.P(diag.M("Applies only if ")), it.when.Words()...)
		switch it.src.Inapplicable.Text {
		case "exclude":
			line = append(line, diag.M("; otherwise the item is not counted."))
		case "zero":
			line = append(line, diag.M("; otherwise no points."))
		default:
			line = append(line, diag.M("; otherwise full points."))
		}
		out = append(out, line)
	}
	return out
}

// GradeRule says in words when a grade is given.
func (p *Program) GradeRule(name string) diag.Phrase {
	for _, g := range p.grades {
		if g.src.Grade.Text != name {
			continue
		}
		var rule diag.Phrase
		if g.src.From.Given {
			rule = append(rule, p.rateAtLeast(g.src.From.Value))
		}
		if g.when != nil {
			if len(rule) > 0 {
				rule = append(rule, diag.M(" and "))
			}
			rule = append(rule, g.when.Words()...)
		}
		if len(rule) == 0 {
			rule = diag.P(diag.M("no grade above it is reached"))
		}
		return rule
	}
	return nil
}

func (p *Program) rateAtLeast(x float64) diag.Message {
	if places := p.Rubric.Round.Text; places != "none" {
		return diag.M("rate, rounded to %s decimals, at least %s %%", places, points(x))
	}
	return diag.M("rate at least %s %%", points(x))
}

func (l ladder) words() []diag.Phrase {
	if len(l.rungs) == 1 {
		return []diag.Phrase{append(l.rungs[0].test.words(), diag.M(": %s points, otherwise none.", points(l.rungs[0].points)))}
	}
	var out []diag.Phrase
	for _, r := range l.rungs {
		out = append(out, append(r.test.words(), diag.M(": %s points;", points(r.points))))
	}
	return append(out, diag.P(diag.M("otherwise no points.")))
}

func (s sum) words() []diag.Phrase {
	var out []diag.Phrase
	for _, t := range s.terms {
		out = append(out, t.words())
	}
	return append(out, diag.P(diag.M("Down to 0 of %s points.", points(s.full))))
}

func (t term) words() diag.Phrase {
	var p diag.Phrase
	switch {
	case t.label != "":
		p = diag.P(diag.M("%s: %s points are taken", t.label, points(t.take)))
	case t.fails != nil:
		p = append(rowsHead(t.fails), diag.M(" that misses “"))
		p = append(p, t.fails.cond.Words()...)
		p = append(p, diag.M("”, %s points are taken", points(t.take)))
	case t.rows != nil:
		p = append(rowsHead(t.rows), diag.M(" with “"))
		p = append(p, t.rows.cond.Words()...)
		p = append(p, diag.M("”, %s points are taken", points(t.take)))
	case t.times.Kind == formula.Truth:
		p = append(diag.P(diag.M("If “")), append(t.times.Words(), diag.M("”, %s points are taken", points(t.take)))...)
	default:
		p = append(diag.P(diag.M("For each 1 of “")), append(t.times.Words(), diag.M("”, %s points are taken", points(t.take)))...)
	}
	if t.max > 0 {
		p = append(p, diag.M(", but no more than %s points", points(t.max)))
	}
	return append(p, diag.M("."))
}

// rowsHead begins a sentence about each row of a table.
func rowsHead(t *test) diag.Phrase {
	if t.where == nil {
		return diag.P(diag.M("For every row of %s", t.each.Name))
	}
	p := append(diag.P(diag.M("For every row of %s (only with ", t.each.Name)), t.where.Words()...)
	return append(p, diag.M(")"))
}
