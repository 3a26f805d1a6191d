package summary

import (
	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/rubric"
)

// column is a section or an item as the matrix has it.
type column struct {
	*rubric.Item
	level   int
	section int   // place among the sections, or -1
	leaf    int   // place among the items, or -1
	parts   []int // the columns that a section is made of
	isSum   bool  // and it is their sum
	full    float64

	// inIndicator tells that the letter of the section counts and not this one.
	inIndicator bool
}

// outline lists sections and items in the rubric's order, each section before what is
// in it.
func (w *writer) outline() {
	sections, leaves := 0, 0
	var walk func(items []rubric.Item, level int) (parts []int, isSum bool)
	walk = func(items []rubric.Item, level int) (parts []int, isSum bool) {
		isSum = true
		for i := range items {
			item := &items[i]
			at := len(w.columns)
			parts = append(parts, at)
			c := column{Item: item, level: level, section: -1, leaf: -1}
			isSum = isSum && !item.Weight.Given
			if !item.IsSection() {
				c.leaf = leaves
				leaves++
				w.columns = append(w.columns, c)
				continue
			}
			c.section = sections
			sections++
			w.columns = append(w.columns, c)
			parts, isSum := walk(item.Items, level+1)
			w.columns[at].parts = parts
			w.markIndicator(parts)
			w.columns[at].isSum = isSum && !(item.Points.Given && (item.Bonus || item.IsWeighted()))
		}
		return parts, isSum
	}
	w.top, w.plainSum = walk(w.rubric.Items, 0)
	w.leaves = leaves
	w.plainSum = w.plainSum && !w.rubric.Total.Given() && len(w.rubric.Deduct) == 0
}

// weigh finds what counts in full in each column.
func (w *writer) weigh() {
	for i := range w.columns {
		c := &w.columns[i]
		for u := range w.units {
			c.full = max(c.full, w.amount(&w.units[u], c).Full)
		}
	}
}

// markIndicator marks the items of a section that holds nothing else.
func (w *writer) markIndicator(parts []int) {
	for _, p := range parts {
		if w.columns[p].leaf < 0 {
			return
		}
	}
	for _, p := range parts {
		w.columns[p].inIndicator = true
	}
}

// amount is what a unit got in a column.
func (w *writer) amount(u *unit, c *column) engine.Amount {
	switch {
	case c.section >= 0 && c.section < len(u.Sections):
		return u.Sections[c.section]
	case c.leaf >= 0 && c.leaf < len(u.Items):
		return u.Items[c.leaf].Amount
	}
	return engine.Amount{}
}

// letter is the letter of a column: of an item its own, of an indicator, which holds
// only items, the worst of theirs.
func (w *writer) letter(u *unit, c *column) engine.GradeRange {
	if c.leaf >= 0 {
		return u.Items[c.leaf].Letter
	}
	var out engine.GradeRange
	for _, p := range c.parts {
		part := &w.columns[p]
		if part.leaf < 0 {
			return engine.GradeRange{}
		}
		l := u.Items[part.leaf].Letter
		out.Lower, out.Upper = w.worse(out.Lower, l.Lower), w.worse(out.Upper, l.Upper)
	}
	return out
}

// worse is the worse of two letters; "" is none.
func (w *writer) worse(a, b string) string {
	for i := len(w.rubric.Letters) - 1; i >= 0; i-- {
		if l := w.rubric.Letters[i].Text; l == a || l == b {
			return l
		}
	}
	return ""
}

// inWords reports whether a column shows a word instead of points.
func (c *column) inWords(u *unit) bool {
	if c.leaf < 0 {
		return false
	}
	state := u.Items[c.leaf].State
	return !state.Decided() || state == engine.Inapplicable
}

// hidden is what the parts of a sum give that show words instead of points, and
// whether a sum of the others and of that is the amount, as it is unless the rubric
// does more than adding up.
func (w *writer) hidden(u *unit, parts []int, isSum bool, amount float64) (float64, bool) {
	var seen, unseen decimal.Sum
	for _, p := range parts {
		c := &w.columns[p]
		if x := w.amount(u, c).Lower; c.inWords(u) {
			unseen.Add(x)
		} else {
			seen.Add(x)
		}
	}
	digits := int(w.rubric.PointsDigits.Value)
	more := decimal.Round(unseen.Value(), digits)
	return more, isSum && decimal.Round(seen.Value()+more, digits) == amount
}
