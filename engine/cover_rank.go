package engine

import (
	"strconv"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/source"
)

// rank wants every place that gives points, one that gives none, and both sides of
// the mean.
func (c *Coverage) rank(it *item, r rank) {
	id, src := it.src.ID.Text, it.src.Rank
	c.conditions(id, r.of, nil, nil, src.Of)
	at := func(n source.Number) diag.Excerpt { return diag.Excerpt{Text: decimal.Format(n.Value, 9), Pos: n.Pos} }
	place := func(is func(place int) bool) func(*formula.Machine, *Scorecard) bool {
		return func(m *formula.Machine, _ *Scorecard) bool {
			p, state := r.placed(m)
			return state == formula.Known && is(p.Place)
		}
	}
	for i, n := range src.Points {
		c.add("place", id, diag.M("no case takes place %s in item %s", strconv.Itoa(i+1), id), at(n), place(func(p int) bool { return p == i+1 }))
	}
	c.add("place", id, diag.M("no case stands behind the places with points of item %s", id), src.Of, place(func(p int) bool { return p > len(r.points) }))
	if r.mean == nil {
		return
	}
	mean := func(reached bool) func(*formula.Machine, *Scorecard) bool {
		return func(m *formula.Machine, _ *Scorecard) bool {
			p, state := r.placed(m)
			return state == formula.Known && r.reaches(p) == reached
		}
	}
	c.add("place", id, diag.M("no case reaches the mean in item %s", id), at(src.Mean), mean(true))
	c.add("place", id, diag.M("no case stays below the mean in item %s", id), at(src.Mean), mean(false))
}
