package engine

import (
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/sheet"
)

// Claim is the cell of what the unit claims of an item, or with "" of the whole; nil
// if it claims nothing.
func (l *Live) Claim(item string) *sheet.Cell { return l.claims[item] }

// claimCells makes the cells of what the unit claims.
func (b *live) claimCells() {
	for _, c := range b.ret.Claims {
		cell := &sheet.Cell{Name: b.name(b.words.Claimed + "." + c.Item), Values: []sheet.Value{b.claimed(c)}}
		b.Live.claims[c.Item] = cell
	}
}

// claimed is a claim as it stands in the report's cell.
func (b *live) claimed(c returns.Claim) sheet.Value {
	switch {
	case c.State == returns.NotApplicable:
		return sheet.Said(b.words.Inapplicable)
	case c.State != returns.Given:
		return sheet.Said(c.Typed)
	case c.Text != "":
		return sheet.Said(c.Text)
	case c.Item != "" && b.isMet(c.Item):
		return sheet.Said(map[bool]string{true: b.words.Met, false: b.words.NotMet}[c.Number != 0])
	default:
		return sheet.Of(c.Number)
	}
}

// isMet reports whether an item is met or not and has no points.
func (b *live) isMet(id string) bool {
	for _, it := range b.Program.items {
		if it.src.ID.Text == id {
			return b.Program.Rubric.Kind.Text == "pass" || b.Program.Rubric.Kind.Text == "points" && !it.src.Points.Given
		}
	}
	return false
}

// checked puts what an inspector gave an item in place of its form, whose points get a
// cell beside it.
func (l *liveItem) checked(f liveForm) (liveForm, bool) {
	c := l.ret.PointsCheck(l.it.src.ID.Text)
	if c == nil {
		return f, false
	}
	own := sheet.Ref(l.live.cell(nil, append(l.label[:len(l.label):len(l.label)], diag.M(": by the data")), l.s.Short(f.x, nil, l.label)))
	e, _ := l.counts(f, own)
	if l.card.Kind != "points" {
		e = l.outcomeOf(own)
	}
	e = l.s.Short(e, nil, l.label)
	l.cells.Own = &sheet.Cell{Name: l.own(l.words.Engine, l.it.src.ID.Text), Label: l.label, Formula: e, Values: e.Values()}
	return liveForm{}, true
}

// givenResult is the cell of what an inspector gave.
func (l *liveItem) givenResult() *sheet.Cell {
	c := l.ret.PointsCheck(l.it.src.ID.Text)
	return &sheet.Cell{Name: l.own(l.words.Result, l.it.src.ID.Text), Label: l.label, Values: []sheet.Value{sheet.Of(l.Program.verdictOf(c).points)},
		Plain: diag.M("given by the inspector: %s", c.Reason)}
}

// reviewCells makes the cells of the claimed total and of the credibility, as far as
// they are read.
func (e *scenarioCells) reviewCells(read map[int]bool) {
	for _, of := range []struct {
		slot int
		x    *float64
		said diag.Message
	}{
		{e.result.claimed, e.card.Claimed, diag.M("the claimed total")},
		{e.result.credibility, e.card.Credibility, diag.M("the credibility of the claims")},
	} {
		if !read[of.slot] {
			continue
		}
		v := sheet.Said(e.words.Missing)
		if of.x != nil {
			v = sheet.Of(*of.x)
		}
		said := append(e.label[:len(e.label):len(e.label)], of.said)
		c := e.plain(nil, said, diag.M("of the claims and the review as they were when the report was made; score again after changing them"), []sheet.Value{v})
		e.s.Set(of.slot, formula.Stand(c, formula.Number, formula.OnlyMissing))
	}
}
