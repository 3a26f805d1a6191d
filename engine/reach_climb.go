package engine

import (
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/formula"
	"dudao/engine/rubric"
)

// mostClimbed is how many moves are made at most.
const mostClimbed = 400

// climb makes the move that gives the most points for its size, again and again,
// until the goal is reached; false where nothing more is to be gained.
func (r *reacher) climb() bool {
	for _, o := range r.conditionsOfGrade() {
		r.move(o)
	}
	for len(r.steps) < mostClimbed {
		set := r.set()
		r.make(set)
		card := r.bare()
		var best []Change
		reached := r.reached(card)
		if !reached {
			best = r.best(card)
		}
		r.unmake(set)
		if reached || best == nil {
			return reached
		}
		r.move(best)
	}
	return false
}

// move makes changes for good. What was found for items that rest on them is found
// anew.
func (r *reacher) move(changes []Change) {
	set := r.set()
	changes = slices.Clone(changes)
	for i, c := range changes {
		if at := slices.IndexFunc(set, c.sameCell); at >= 0 {
			changes[i].From, changes[i].FromLevel = set[at].From, set[at].FromLevel
		}
	}
	r.steps = append(r.steps, changes)
	for it := range r.offers {
		if slices.ContainsFunc(changes, func(c Change) bool { return r.restsOn(it, c.lever) }) {
			delete(r.offers, it)
		}
	}
}

// restsOn reports whether an item may come out otherwise when a lever moves.
func (r *reacher) restsOn(it *item, l *lever) bool {
	formulas := []*formula.Formula{it.when, it.gate}
	var tables []*formula.Table
	for _, t := range it.scoring.tests() {
		formulas, tables = append(formulas, t.cond, t.where), append(tables, t.each)
	}
	if it.over != nil {
		formulas, tables = append(formulas, it.over.where), append(tables, it.over.each)
	}
	return slices.ContainsFunc(formulas, func(f *formula.Formula) bool { return f != nil && r.moves(l, f) }) ||
		slices.ContainsFunc(tables, func(t *formula.Table) bool { return t != nil && t.Base != nil && l.moves[t.Mask] })
}

// best is the offer that gives the most for its size, with the moves so far made. Of
// an item that is worked at anyway the larger step is taken where it is nearly as
// good. What would lower that by which others are measured comes last.
func (r *reacher) best(card *Scorecard) []Change {
	needs, worth := r.needs(card), r.worth(card)
	for {
		var found *offer
		var of *item
		best, enough := 0.0, nearlyAsGood-hurry*float64(len(r.steps))
		for _, it := range r.targets() {
			for i := range r.offersOf(it, worth) {
				o := &r.offers[it][i]
				rate := o.rate(needs)
				if o.gain == 0 && (r.grade < 0 || r.idle[it] == mostIdle) {
					continue
				}
				if i > 0 && found == &r.offers[it][i-1] && rate >= enough*best && o.reward(needs) > found.reward(needs) {
					found = o
				} else if rate > best {
					found, of, best = o, it, rate
				}
			}
		}
		if found == nil {
			return nil
		}
		// Other moves may have taken what it would give.
		changes := found.changes
		r.make(changes)
		then := r.bare()
		sound := r.sound()
		r.unmake(changes)
		gain := decimal.Round(r.worth(then)-worth, 6)
		if gain == 0 {
			r.idle[of]++
		}
		found.changes = nil // taken, or of no use until the item is looked at anew
		if sound && (gain > 0 || gain == 0 && found.item > 0) {
			return changes
		}
	}
}

const (
	nearlyAsGood = 0.8
	hurry        = 0.05 // with every move less is good enough, so that there aren't hundreds
	mostIdle     = 3    // moves of an item that give the whole nothing: two items may pull at one value
)

// rate is what an offer gives for its size.
func (o offer) rate(needs float64) float64 {
	if o.changes == nil {
		return 0
	}
	size, rate := 1e-9, 1.0
	for _, c := range o.changes {
		size += c.Relative()
		if c.lowers {
			rate = 1e-6
		}
	}
	return rate * o.reward(needs) / size
}

// reward is what an offer gives that is of use. What gives nothing to the whole may
// still be what a grade asks for.
func (o offer) reward(needs float64) float64 {
	if o.gain > 0 {
		return min(o.gain, needs)
	}
	return 1e-9 * o.item
}

// offersOf are the ways to more points of an item, the smaller first.
func (r *reacher) offersOf(it *item, worth float64) []offer {
	if list, known := r.offers[it]; known {
		return list
	}
	if r.offers == nil {
		r.offers = map[*item][]offer{}
	}
	var list []offer
	gap, _ := r.item(it)
	if !r.judges {
		gap = r.withoutJudgements(gap)
	}
	for _, w := range r.ways(gap) {
		if !r.judges && slices.ContainsFunc(w.Changes, Change.Judged) {
			continue
		}
		r.make(w.Changes)
		gain := r.worth(r.bare()) - worth
		r.unmake(w.Changes)
		if gain >= 0 {
			list = append(list, offer{w.Changes, decimal.Round(gain, 6), w.Gain})
		}
	}
	r.offers[it] = list
	return list
}

// ways are what a gap names, the smaller first, and between the nearest of many rows
// and all of them some more.
func (r *reacher) ways(gap Gap) []*Way {
	var out []*Way
	if gap.Next != nil {
		out = append(out, gap.Next)
	}
	var known []Lack
	for _, l := range gap.Lacks {
		if l.Changes != nil && !l.toMean && (gap.Full == nil || len(known) < len(gap.Full.Changes)) {
			known = append(known, l)
		}
	}
	for n := batch; n < len(known); n *= batch {
		out = append(out, r.mends(known[:n]))
	}
	if gap.Full != nil && gap.Full != gap.Next {
		out = append(out, gap.Full)
	} else if gap.Full == nil && len(known) > 1 {
		out = append(out, r.mends(known))
	}
	return out
}

// batch is how many times more rows the next larger way mends.
const batch = 4

// withoutJudgements finds the ways of an item once more where answers are among what
// it lacks.
func (r *reacher) withoutJudgements(gap Gap) Gap {
	judged := func(l Lack) bool { return slices.ContainsFunc(l.Changes, Change.Judged) }
	if !slices.ContainsFunc(gap.Lacks, judged) {
		return gap
	}
	out := Gap{Lacks: slices.DeleteFunc(slices.Clone(gap.Lacks), judged)}
	r.finish(&out, nil)
	return out
}

// targets are the items, and what the rubric takes from the total as one of them.
func (r *reacher) targets() []*item {
	if r.deduct == nil || r.taken != nil {
		return append(slices.Clone(r.items), r.taken...)
	}
	full := 1e6
	r.taken = []*item{{src: &rubric.Item{}, full: full, scoring: sum{full: full, start: full, terms: r.deduct.terms}}}
	return append(slices.Clone(r.items), r.taken...)
}

// conditionsOfGrade are the changes of figures by which what a grade asks for beside
// points comes to hold: its own condition, and that no veto acts.
func (r *reacher) conditionsOfGrade() [][]Change {
	var out [][]Change
	if r.grade < 0 {
		return nil
	}
	card := r.tried(r.set())
	mend := func(f *formula.Formula, want bool) {
		o := r.holds(f, nil, nil, want)
		set := r.set()
		r.make(set)
		if !o.met(r.m).True(0) {
			found := r.reach(o)
			ok := found.changes != nil && !slices.ContainsFunc(found.changes, func(c Change) bool { return c.Judged() && (!r.judges || c.Item == "") })
			r.unmake(set)
			if ok {
				out = append(out, found.changes)
			}
			return
		}
		r.unmake(set)
	}
	for i, v := range r.vetoes {
		if card.Vetoes[i].Fired && !v.src.Ask.Given() {
			mend(v.when, false)
		}
	}
	if when := r.grades[r.grade].when; when != nil {
		for _, f := range when.Aims() {
			mend(f, true)
		}
	}
	return out
}
