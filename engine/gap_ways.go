package engine

import (
	"cmp"
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/formula"
)

// inTurn mends lacks one after the other, each from where the last has led, for two
// of them may pull at one value; a second time for what the first has undone.
func (g *gapper) inTurn(lacks []Lack) *Way {
	var made []Change
	effort := 0.0
	for range 2 {
		for _, l := range lacks {
			switch {
			case l.aim == nil && l.Changes != nil && len(made) < mostTried:
				made, effort = append(made, l.Changes...), effort+l.effort
				g.make(l.Changes)
			case l.aim == nil || l.aim.met(g.m).True(0):
				continue
			default:
				found := g.reach(*l.aim)
				effort += found.effort
				made = append(made, found.changes...)
				g.make(found.changes)
			}
		}
	}
	for i := len(made) - 1; i >= 0; i-- {
		g.unmake(made[i : i+1])
	}
	var changes []Change
	for _, c := range made {
		if at := slices.IndexFunc(changes, c.sameCell); at >= 0 {
			changes[at].To = c.To
		} else {
			changes = append(changes, c)
		}
	}
	return g.way(changes, effort)
}

// way tries changes: what does the item get then?
func (g *gapper) way(changes []Change, effort float64) *Way {
	if len(changes) == 0 {
		return nil
	}
	w := &Way{Changes: changes, effort: effort}
	for _, c := range changes {
		w.Relative += c.Relative()
	}
	g.only = g.used
	g.with(changes, func() {
		v := g.judge(g.m, g.it)
		w.Points = g.now
		if v.state == formula.Known {
			w.Points = g.onPaper(g.it, v)
		}
	})
	g.only = nil
	w.Gain = decimal.Round(w.Points-g.now, pointsDigits)
	if g.Rubric.Kind.Text == "letter" {
		w.Letter = g.Rubric.Letters[len(g.Rubric.Letters)-1-int(w.Points)].Text
	}
	return w
}

// finish finds, among single lacks, several of them and further ways, the smallest
// that gives more and the smallest that gives all.
func (g *gapper) finish(gap *Gap, more []*Way) {
	var known []Lack
	for _, l := range gap.Lacks {
		if l.Changes != nil {
			known = append(known, l)
		}
	}
	slices.SortStableFunc(known, func(a, b Lack) int { return cmp.Compare(a.effort, b.effort) })
	ways := more
	for i := 0; i < len(known) && i < mostTried; i++ {
		if known[i].joint {
			continue
		}
		w := g.way(known[i].Changes, known[i].effort)
		w.ToMean = known[i].toMean
		ways = append(ways, w)
		if w.Gain > 0 {
			break // the others are larger
		}
	}
	known = slices.DeleteFunc(known, func(l Lack) bool { return l.toMean }) // which of them are enough together is known
	tried := map[int]*Way{}
	mends := func(n int) *Way {
		w, ok := tried[n]
		if !ok {
			w = g.mends(known[:n])
			tried[n] = w
		}
		return w
	}
	gains := func(w *Way) bool { return w.Gain > 0 }
	fills := func(w *Way) bool { return decimal.Compare(w.Points, g.it.full) >= 0 }
	if slices.ContainsFunc(known, func(l Lack) bool { return !l.joint }) {
		ways = append(ways, first(len(known), mends, gains), g.thinned(known, first(len(known), mends, fills)))
	} else if all := mends(len(known)); all != nil && gains(all) {
		ways = append(ways, all) // a row that is left out fails, whatever is done about the others
	}
	for _, w := range ways {
		switch {
		case w == nil || w.Gain <= 0:
			continue
		case gap.Next == nil || w.effort < gap.Next.effort:
			gap.Next = w
		}
		if decimal.Compare(w.Points, g.it.full) >= 0 && (gap.Full == nil || w.effort < gap.Full.effort) {
			gap.Full = w
		}
	}
}

// mostTried is how many lacks are tried by themselves.
const mostTried = 20

// first is the way that mends the first so many of some lacks and is enough, with as
// few as it takes; nil where all of them aren't.
func first(all int, mends func(n int) *Way, enough func(*Way) bool) *Way {
	few, best := 0, mends(all)
	if best == nil || !enough(best) {
		return nil
	}
	for all-few > 1 {
		half := (few + all) / 2
		if w := mends(half); enough(w) {
			best, all = w, half
		} else {
			few = half
		}
	}
	return best
}

// mends is the way that mends some lacks.
func (g *gapper) mends(lacks []Lack) *Way {
	changes := make([]Change, 0, len(lacks))
	effort := 0.0
	for _, l := range lacks {
		effort += l.effort
		changes = append(changes, l.Changes...)
	}
	return g.way(merged(changes), effort)
}

// merged leaves of several changes of one cell the farthest, if they go the same way,
// else the first. It does so in place.
func merged(changes []Change) []Change {
	type cell struct {
		*lever
		row int
	}
	out := changes[:0]
	at := make(map[cell]int, len(changes))
	for _, c := range changes {
		key := cell{c.lever, c.Index}
		i, seen := at[key]
		switch {
		case !seen:
			at[key] = len(out)
			out = append(out, c)
		case c.To > out[i].To && out[i].To > c.From, c.To < out[i].To && out[i].To < c.From:
			out[i] = c
		}
	}
	return out
}

// thinned leaves out of a way to full points what it doesn't need.
func (g *gapper) thinned(lacks []Lack, w *Way) *Way {
	if w == nil || len(lacks) > mostTried {
		return w
	}
	kept := slices.Clone(lacks)
	for i := len(kept) - 1; i >= 0; i-- {
		fewer := slices.Delete(slices.Clone(kept), i, i+1)
		if less := g.mends(fewer); less != nil && decimal.Compare(less.Points, g.it.full) >= 0 {
			kept, w = fewer, less
		}
	}
	return w
}
