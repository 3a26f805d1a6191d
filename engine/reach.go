package engine

import (
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/formula"
	"dudao/engine/returns"
)

// Target is what is to be reached: a grade or a better one, or so many points.
type Target struct {
	Grade  string  `json:"grade,omitempty"`
	Points float64 `json:"points,omitempty"`
}

// Proposal is a set of changes with which a goal is reached and of which none can be
// left out: one of many such sets, found by the points that are gained for a change
// of a given size. Where it isn't reached, it is as far as one gets.
type Proposal struct {
	Target  Target
	Reached bool
	Data    []Change     // figures
	Judged  []Change     // judgements, where figures alone aren't enough
	Then    *Scorecard   // scored with these changes
	Alone   *Scorecard   // scored with figures alone, where these aren't enough
	Vetoes  []VetoResult // that stand in the way
}

// Reach looks for changes with which a return reaches a goal. They keep to what the
// fields may hold and break no check that wasn't broken, but for those by which figures
// must be equal: these have to be changed together. The facts that vetoes ask for stay.
func (p *Program) Reach(ret *returns.Return, goal Target) Proposal {
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	p.load(m, ret)
	p.compute(m)
	r := &reacher{gapper: newGapper(scorer{Program: p, m: m, ret: ret}), goal: goal, grade: p.gradeAt(goal.Grade), idle: map[*item]int{}}
	r.faults = r.faulty()
	out := Proposal{Target: goal}
	found := r.climb()
	if !found {
		out.Alone = p.Score(p.With(ret, r.set()))
		r.judges, r.offers = true, nil
		found = r.climb()
	}
	set := r.set()
	set = r.least(set, r.asGood(found, set))
	r.inOrder(set)
	for _, c := range set {
		if c.Judged() {
			out.Judged = append(out.Judged, c)
		} else {
			out.Data = append(out.Data, c)
		}
	}
	out.Then = p.Score(p.With(ret, set))
	out.Reached = r.reached(out.Then)
	if len(out.Judged) == 0 {
		out.Alone = nil
	}
	if !out.Reached {
		out.Vetoes = p.obstacles(out.Then, r.grade)
	}
	return out
}

// Reaches reports whether a scorecard reaches a goal for certain.
func (p *Program) Reaches(card *Scorecard, goal Target) bool {
	return (&reacher{gapper: &gapper{scorer: scorer{Program: p}}, goal: goal, grade: p.gradeAt(goal.Grade)}).reached(card)
}

// gradeAt is the place of a grade, the best being 0; -1 of none.
func (p *Program) gradeAt(name string) int {
	return slices.IndexFunc(p.grades, func(g grade) bool { return g.src.Grade.Text == name })
}

// obstacles are the vetoes that keep a grade from being reached.
func (p *Program) obstacles(card *Scorecard, goal int) []VetoResult {
	var out []VetoResult
	for i, v := range card.Vetoes {
		src := p.vetoes[i].src
		limit := p.gradeAt(src.Grade.Text + src.Cap.Text)
		if goal >= 0 && (v.Fired || v.Open) && (limit < 0 || limit > goal) {
			out = append(out, v)
		}
	}
	return out
}

// reacher makes changes one after the other until a goal is reached.
type reacher struct {
	*gapper
	goal   Target
	grade  int // -1: points
	judges bool
	steps  [][]Change // made one after the other; From is what the return says
	offers map[*item][]offer
	idle   map[*item]int
	taken  []*item        // what is taken from the total
	faults map[fault]bool // of the return as it is
}

// offer is a way to more points of an item.
type offer struct {
	changes []Change
	gain    float64 // of the whole
	item    float64 // of the item
}

func (r *reacher) reached(card *Scorecard) bool {
	if r.grade < 0 {
		return decimal.Compare(card.Total.Lower, r.goal.Points) >= 0
	}
	at := r.gradeAt(card.Grade.Lower)
	return at >= 0 && at <= r.grade
}

// set is what all moves come to.
func (r *reacher) set() []Change { return together(r.steps, -1) }

// together puts moves together without one of them: of several values for a cell
// the last counts.
func together(moves [][]Change, without int) []Change {
	var out []Change
	for i, move := range moves {
		for _, c := range move {
			at := slices.IndexFunc(out, c.sameCell)
			switch {
			case i == without:
			case at < 0:
				out = append(out, c)
			default:
				out[at].To, out[at].Level, out[at].lowers = c.To, c.Level, c.lowers
			}
		}
	}
	return slices.DeleteFunc(out, func(c Change) bool { return c.To == c.From && c.Level == c.FromLevel })
}

// tried is what the return comes to with changes.
func (r *reacher) tried(set []Change) (card *Scorecard) {
	r.with(set, func() { card = r.bare() })
	return card
}

// bare is a scorecard that says no more than what things come to.
func (s *scorer) bare() *Scorecard {
	card := &Scorecard{Kind: s.Rubric.Kind.Text, Items: make([]ItemResult, len(s.items))}
	for i, it := range s.items {
		s.m.Reset()
		card.Items[i] = s.decided(it, s.judge(s.m, it))
	}
	s.totals(card)
	return card
}

// worth is what is to grow: the points, in a rubric of letters the steps of all
// letters.
func (r *reacher) worth(card *Scorecard) float64 {
	if card.Kind != "letter" {
		return card.Total.Lower
	}
	sum := 0.0
	for _, i := range card.Items {
		sum += float64(r.step(i.Letter.Lower))
	}
	return sum
}

// asGood tells which sets are as good as one: they reach the goal, or where it isn't
// reached, get as far.
func (r *reacher) asGood(reached bool, set []Change) func(*Scorecard) bool {
	if reached {
		return r.reached
	}
	acting := func(card *Scorecard) int {
		n := 0
		for _, v := range card.Vetoes {
			if v.Fired {
				n++
			}
		}
		return n
	}
	far := r.tried(set)
	return func(card *Scorecard) bool {
		return decimal.Compare(r.worth(card), r.worth(far)) >= 0 && r.gradeAt(card.Grade.Lower) <= r.gradeAt(far.Grade.Lower) && acting(card) <= acting(far)
	}
}

// needs is how many points are missing, where the goal is one of points.
func (r *reacher) needs(card *Scorecard) float64 {
	if r.grade < 0 {
		return r.goal.Points - card.Total.Lower
	}
	if from := r.grades[r.grade].src.From; from.Given && card.Rate < from.Value && card.Kind != "letter" {
		return from.Value*card.Total.Full/100 - card.Total.Lower
	}
	return farAway
}

// farAway is more points than there are.
const farAway = 1e9
