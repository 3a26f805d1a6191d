package engine

import (
	"cmp"
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/returns"
)

// Chance is what an item may still gain: the points at stake and, where one is
// known, the smallest change of one value that takes it to its next band, made and
// scored. Where no single value does it, it is the smallest change of several.
type Chance struct {
	Item  string  `json:"item"`
	Title string  `json:"title"`
	Lost  float64 `json:"lost,omitempty"` // for certain; in a rubric of letters, how many steps
	Open  float64 `json:"open,omitempty"` // while something isn't known

	Changes []Change    `json:"changes,omitempty"`
	Gain    float64     `json:"gain,omitempty"`    // of the whole, in a rubric of letters of the item
	Rate    float64     `json:"rate,omitempty"`    // gain for a change as large as the value itself
	Outcome *ItemResult `json:"outcome,omitempty"` // of the item, then
	Total   *Amount     `json:"total,omitempty"`   // then
	Grade   *GradeRange `json:"grade,omitempty"`   // then
	Cells   []InputRef  `json:"cells,omitempty"`   // to fill in, where data are missing
}

// Judged reports whether the change is another judgement, not another figure.
func (c Chance) Judged() bool { return slices.ContainsFunc(c.Changes, Change.Judged) }

// Chances lists the items that aren't certain of their full points, those first that
// gain the most for the size of the change.
func (p *Program) Chances(ret *returns.Return) []Chance {
	now := p.Score(ret)
	titles := map[string]string{}
	for _, it := range p.items {
		titles[it.src.ID.Text] = it.src.Title.Text
	}
	var out []Chance
	for _, gap := range p.Gaps(ret) {
		c := Chance{Item: gap.Item, Title: titles[gap.Item], Lost: gap.Lost, Open: gap.Open}
		for _, changes := range gap.singles() {
			if p.take(&c, ret, now, changes) {
				break
			}
		}
		if c.Changes == nil && gap.Next != nil {
			p.take(&c, ret, now, gap.Next.Changes)
		}
		if c.Changes == nil {
			for _, l := range gap.Lacks {
				c.Cells = append(c.Cells, l.Cells...)
			}
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b Chance) int { return cmp.Compare(b.Rate, a.Rate) })
	return out
}

// singles are the changes of one value that may be enough, the smallest first.
func (gap Gap) singles() [][]Change {
	type single struct {
		changes []Change
		effort  float64
	}
	var list []single
	for _, w := range []*Way{gap.Next, gap.Full} {
		if w != nil && len(w.Changes) == 1 {
			list = append(list, single{w.Changes, w.effort})
		}
	}
	for _, l := range gap.Lacks {
		if len(l.Changes) == 1 && len(list) < mostTried {
			list = append(list, single{l.Changes, l.effort})
		}
	}
	slices.SortStableFunc(list, func(a, b single) int { return cmp.Compare(a.effort, b.effort) })
	var out [][]Change
	for _, s := range list {
		out = append(out, s.changes)
	}
	return out
}

// take scores changes and keeps them if the item gains by them.
func (p *Program) take(c *Chance, ret *returns.Return, now *Scorecard, changes []Change) bool {
	then := p.Score(p.With(ret, changes))
	was, is := now.Item(c.Item), then.Item(c.Item)
	c.Gain = decimal.Round(then.Total.Lower-now.Total.Lower, pointsDigits)
	better := is.Lower > was.Lower
	if now.Kind == "letter" {
		c.Gain = float64(p.step(is.Letter.Lower) - p.step(was.Letter.Lower))
		better = c.Gain > 0
	} else if was.MustUnmet && !is.MustUnmet {
		better = true // of an item that counts without points
	}
	if !better {
		c.Gain = 0
		return false
	}
	size := 0.0
	for _, ch := range changes {
		size += ch.Relative()
	}
	c.Changes, c.Outcome, c.Total, c.Grade = changes, is, &then.Total, &then.Grade
	c.Rate = c.Gain / max(size, 1e-9)
	return true
}

// step is how many letters are worse than one.
func (p *Program) step(letter string) int {
	for i, l := range p.Rubric.Letters {
		if l.Text == letter {
			return len(p.Rubric.Letters) - 1 - i
		}
	}
	return 0
}
