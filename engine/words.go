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
	out := it.scoring.words()
	if it.over != nil {
		head := diag.M("For every row of %s, by the mean of their points:", it.over.each.Name)
		switch it.over.by {
		case "sum":
			head = diag.M("For every row of %s, their points added:", it.over.each.Name)
		case "least":
			head = diag.M("For every row of %s, the least of their points:", it.over.each.Name)
		}
		out = append([]diag.Phrase{diag.P(head)}, out...)
	}
	if it.gate != nil {
		out = append(out, append(diag.P(diag.M("No points unless ")), append(it.gate.Words(), diag.M("."))...))
	}
	if it.must > 0 && it.counts && it.src.Points.Given {
		out = append(out, diag.P(diag.M("Must be reached: %s points.", points(it.must))))
	}
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
	if len(l.rungs) == 1 && l.rungs[0].label == nil {
		condition := l.rungs[0].test.words()
		switch l.kind {
		case "pass":
			return []diag.Phrase{append(condition, diag.M(": met, otherwise not."))}
		case "letter":
			return []diag.Phrase{append(condition, diag.M(": %s, otherwise %s.", l.letters[len(l.letters)-1], l.letters[0]))}
		}
		return []diag.Phrase{append(condition, diag.M(": %s points, otherwise none.", points(l.rungs[0].points)))}
	}
	var out []diag.Phrase
	for i, r := range l.rungs {
		line, end := r.label, diag.M(";")
		if line == nil {
			line = r.test.words()
		} else if i == len(l.rungs)-1 {
			end = diag.M(".")
		}
		out = append(out, append(line[:len(line):len(line)], l.gives(r.points), end))
	}
	if l.rungs[0].label != nil {
		return out // a judgement is always one of its levels
	}
	switch l.kind {
	case "pass":
		return append(out, diag.P(diag.M("otherwise not met.")))
	case "letter":
		return append(out, diag.P(diag.M("otherwise %s.", l.letters[0])))
	}
	return append(out, diag.P(diag.M("otherwise no points.")))
}

// gives is what a rung gives, in the words of the rubric's kind.
func (l ladder) gives(x float64) diag.Message {
	switch {
	case l.kind == "pass" && x > 0:
		return diag.M(": met")
	case l.kind == "pass":
		return diag.M(": not met")
	case l.kind == "letter":
		return diag.M(": %s", l.letters[int(x)])
	default:
		return diag.M(": %s points", points(x))
	}
}

func (l line) words() []diag.Phrase {
	if l.share != nil {
		return []diag.Phrase{append(l.share.words(), diag.M(": %s points times the share of rows that are met.", points(l.full)))}
	}
	p := append(diag.P(), l.value.Words()...)
	return []diag.Phrase{append(p, diag.M(": in proportion, no points at %s, %s points at %s.", points(l.from), points(l.full), points(l.to)))}
}

func (g given) words() []diag.Phrase {
	if g.label != nil {
		return []diag.Phrase{g.label}
	}
	return []diag.Phrase{append(diag.P(diag.M("Points: ")), append(g.points.Words(), diag.M(", at most %s.", points(g.full)))...)}
}

func (s sum) words() []diag.Phrase {
	var out []diag.Phrase
	for _, t := range s.terms {
		out = append(out, t.words())
	}
	switch {
	case s.start > 0:
		return append(out, diag.P(diag.M("Down to 0 of %s points.", points(s.full))))
	case s.best:
		return append(out, diag.P(diag.M("Only the highest counts, at most %s points.", points(s.full))))
	default:
		return append(out, diag.P(diag.M("At most %s points.", points(s.full))))
	}
}

// words is the rule of one term: what it counts, then what that costs or gives.
func (t term) words() diag.Phrase {
	var p diag.Phrase
	switch {
	case t.label != "":
		p = diag.P(diag.Verbatim(t.label))
	case t.fails != nil:
		p = append(rowsHead(t.fails), diag.M(" that misses “"))
		p = append(append(p, t.fails.cond.Words()...), diag.M("”"))
	case t.rows != nil:
		p = append(rowsHead(t.rows), diag.M(" with “"))
		p = append(append(p, t.rows.cond.Words()...), diag.M("”"))
	case t.times.Kind == formula.Truth:
		p = append(diag.P(diag.M("If “")), append(t.times.Words(), diag.M("”"))...)
	default:
		p = append(diag.P(diag.M("For each 1 of “")), append(t.times.Words(), diag.M("”"))...)
	}
	if t.per < 0 {
		p = append(p, diag.M(": %s points are taken", points(-t.per)))
	} else {
		p = append(p, diag.M(": %s points are given", points(t.per)))
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
