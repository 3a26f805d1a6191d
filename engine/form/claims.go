package form

import (
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// Defined names of the columns of the sheet of claimed points.
const (
	ClaimedItem   = "_claimed.item"
	ClaimedPoints = "_claimed.points"
)

// Claimed is what is claimed of: an item, or the whole where there is none.
type Claimed struct {
	Item *rubric.Item
	Kind string // of the rubric
}

// ID is the id of the item; the total has none.
func (c Claimed) ID() string {
	if c.Item == nil {
		return ""
	}
	return c.Item.ID.Text
}

// Most is the greatest number that can be claimed, if it is a number.
func (c Claimed) Most() (float64, bool) {
	if c.Item == nil || c.Kind != "points" || !c.Item.Points.Given {
		return 0, false
	}
	return c.Item.Points.Value, true
}

// IsMet reports whether the answer is yes or no.
func (c Claimed) IsMet() bool {
	return c.Item != nil && (c.Kind == "pass" || c.Kind == "points" && !c.Item.Points.Given)
}

// claims lays out what the unit says that each item comes to, one a row, the total
// last. Letters don't add up.
func claims(r *rubric.Rubric) Sheet {
	s := Sheet{Kind: Claims, Name: diag.M("Claimed points"), HeadRows: 1, Widths: []float64{10, 44, 10, 14}}
	worth := diag.M("Full points")
	if r.Kind.Text != "points" {
		s.Name, worth = diag.M("Claimed results"), diag.M("Must")
	}
	for i, m := range []diag.Message{diag.M("Id"), diag.M("Item"), worth, s.Name} {
		s.heading(1, i+1, m)
	}
	row := 1
	add := func(id, title, worth diag.Phrase, c Claimed) {
		row++
		s.add(Cell{Row: row, Col: 1, Role: Label, Text: id})
		s.add(Cell{Row: row, Col: 2, Role: Label, Text: title})
		s.add(Cell{Row: row, Col: 3, Role: Unit, Text: worth})
		s.add(Cell{Row: row, Col: 4, Role: Entry, Target: Target{Claim: &c}, Introduction: wantedClaim(r, c)})
	}
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
		worth := diag.Phrase{}
		switch {
		case r.Kind.Text == "points" && item.Points.Given:
			worth = diag.P(diag.Verbatim(decimal.Format(item.Points.Value, 6)))
		case item.Must.Given() && item.Must.Text != "false":
			worth = diag.P(diag.M("must"))
		}
		add(diag.P(diag.Verbatim(item.ID.Text)), diag.P(diag.Verbatim(item.Title.Text)), worth, Claimed{item, r.Kind.Text})
	})
	if r.Kind.Text != "letter" {
		add(diag.P(diag.M("Total")), diag.P(diag.M("Claimed total")), nil, Claimed{Kind: r.Kind.Text})
	}
	s.Names = []Name{{ClaimedItem, 2, 1, row - 1}, {ClaimedPoints, 2, 4, row - 1}}
	return s
}

func wantedClaim(r *rubric.Rubric, c Claimed) diag.Phrase {
	most, limited := c.Most()
	switch {
	case c.Item == nil && c.Kind == "pass":
		return diag.P(diag.M("How many items the unit itself counts as met."))
	case c.Item == nil:
		return diag.P(diag.M("The total that the unit gives itself."))
	case limited:
		return diag.P(diag.M("The points that the unit gives itself, from 0 to %s; empty if it gives none.", decimal.Format(most, 6)))
	case r.Kind.Text == "letter":
		return diag.P(diag.M("Choose from the list."))
	default:
		return diag.P(diag.M("Answer 是 (yes) or 否 (no)."))
	}
}
