package engine

import (
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// Explanation tells how the result of an item came to be: the rule, and a tree of
// steps from the points down to the cells.
type Explanation struct {
	Rubric     rubric.Ref    `json:"rubric"`
	Cover      returns.Cover `json:"cover"`
	Title      string        `json:"title"`
	Rule       []diag.Phrase `json:"rule"` // the scoring standard in words
	Basis      []string      `json:"basis,omitempty"`
	Note       string        `json:"note,omitempty"`
	Unverified bool          `json:"unverified,omitempty"`
	In         diag.Pos      `json:"in"` // where the item stands in the rubric
	Result     ItemResult    `json:"result"`
	Outcome    diag.Phrase   `json:"outcome"`
	Steps      []Step        `json:"steps"`
}

// Step is one line of an explanation and what it rests on.
type Step struct {
	Kind    string      `json:"kind"`              // condition, value, param, function, rows, row, answer, term, band, place, points or check
	Text    diag.Phrase `json:"text"`              // with the numbers put in
	Formula string      `json:"formula,omitempty"` // as the author wrote it
	In      diag.Pos    `json:"in,omitzero"`       // where that stands in the rubric

	Name   string   `json:"name,omitempty"`   // of a value or param
	State  string   `json:"state,omitempty"`  // as of a Value
	Number *float64 `json:"number,omitempty"` // unrounded; of a condition 1 or 0
	Unit   string   `json:"unit,omitempty"`

	Cell  diag.Pos       `json:"cell,omitzero"`   // where a submitted value stands
	Typed string         `json:"typed,omitempty"` // as it was typed there
	Notes []diag.Message `json:"notes,omitempty"` // what was done to understand it

	Steps []Step `json:"steps,omitempty"`
}

// Explain tells how an item of a return came to be. Of tables it names the rows
// that fail or whose data is missing; with all also the others. It returns nil if
// there is no such item.
func (p *Program) Explain(ret *returns.Return, id string, all bool) *Explanation {
	for i, it := range p.items {
		if it.src.ID.Text == id {
			return p.explain(ret, i, it, all)
		}
	}
	return nil
}

func (p *Program) explain(ret *returns.Return, index int, it *item, all bool) *Explanation {
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	card := p.score(m, ret)
	out := &Explanation{
		Rubric: card.Rubric, Cover: card.Cover, Title: it.src.Title.Text, Rule: it.standard(), Note: it.src.Note.Text,
		Unverified: it.src.Unverified, In: it.src.ID.Pos, Result: card.Items[index], Outcome: card.Outcome(&card.Items[index]),
	}
	for _, b := range it.src.Basis {
		out.Basis = append(out.Basis, b.Text)
	}
	for _, b := range p.Rubric.Basis {
		if len(it.src.Basis) == 0 {
			out.Basis = append(out.Basis, b.Text)
		}
	}
	m.Reset()
	defer m.Remember()() // the same columns are looked at row by row
	e := explainer{scorer: scorer{Program: p, m: m, ret: ret}, all: all, result: &card.Items[index], seen: map[any]bool{}, rowsOf: map[rowsAt][]int{}}
	out.Steps = e.item(it)
	if c := out.Result.Checked; c != nil && c.Points {
		x := out.Result.Points
		out.Steps = append(out.Steps, Step{Kind: "check", Text: out.Result.Reason[0], Number: &x, Cell: c.Pos})
	}
	return out
}

// explainer writes the steps of one item, in the machine of its return.
type explainer struct {
	scorer
	all    bool // also the rows that pass
	result *ItemResult
	seen   map[any]bool // each valueAt and rowsAt
	rowsOf map[rowsAt][]int
}

// valueAt is a computed value that was explained already.
type valueAt struct {
	name *formula.Name
	row  int
}

// rowsAt is a function and the first of the rows at which it looks: with a key
// that tells them from those of another key. Without a key it always looks at the
// same rows, and first is -1.
type rowsAt struct {
	at    diag.Pos
	text  string
	first int
}

// item explains what decides an item, in the order in which it does.
func (e *explainer) item(it *item) []Step {
	var out []Step
	if it.when != nil {
		if out = append(out, e.condition(it.when, 0)); fails(it.when.Eval(e.m)) {
			return out // nothing more is asked
		}
	}
	if it.gate != nil {
		if out = append(out, e.condition(it.gate, 0)); fails(it.gate.Eval(e.m)) {
			return append(out, e.points(it, verdict{}))
		}
	}
	if it.over != nil {
		return append(out, e.over(it))
	}
	// With each: the value is one of a row, and the rows show it.
	if it.src.Value.Given() && it.value != nil && !it.src.Each.Given() {
		out = append(out, e.value(it.value, 0, e.shownDigits(it)))
	}
	out = append(out, e.scoring(it, 0)...)
	if v := e.judge(e.m, it); v.state == formula.Known && e.Rubric.Kind.Text == "points" {
		out = append(out, e.points(it, v))
	}
	return out
}

// fails reports whether a single condition is known not to hold.
func fails(c formula.Column) bool { return c.State[0] == formula.Known && c.Num[0] == 0 }

func (e *explainer) shownDigits(it *item) int {
	if it.src.Digits.Given {
		return int(it.src.Digits.Value)
	}
	return int(e.Rubric.Digits.Value)
}

// points is what the form gives, and what it becomes on paper.
func (e *explainer) points(it *item, v verdict) Step {
	x := e.result.Points
	if c := e.result.Checked; c != nil && c.Points { // the points of an inspector stand below
		x = c.Own.Points
	}
	text := diag.M("points: %s of %s", points(x), points(it.full))
	switch raw := decimal.Round(v.points, pointsDigits); {
	case raw < it.full && raw > x && decimal.Round(raw, int(e.Rubric.PointsDigits.Value)) >= it.full:
		text = diag.M("points: %s of %s, written as %s: rounding alone never makes them full", points(raw), points(it.full), points(x))
	case raw != x:
		text = diag.M("points: %s, rounded to %s decimals %s, of %s", points(raw), points(e.Rubric.PointsDigits.Value), points(x), points(it.full))
	}
	return Step{Kind: "points", Text: diag.P(text), Number: &x}
}

// scoring explains what an item's form makes of a row.
func (e *explainer) scoring(it *item, row int) []Step {
	switch s := it.scoring.(type) {
	case ladder:
		return e.ladder(it, s, row)
	case sum:
		var out []Step
		for _, t := range s.terms {
			out = append(out, e.term(t, row))
		}
		return out
	case line:
		return e.line(it, s, row)
	case rank:
		return e.rank(s)
	default:
		return e.given(it.scoring.(given), row)
	}
}

func (e *explainer) ladder(it *item, l ladder, row int) []Step {
	if it.src.Pass.Given() {
		return []Step{e.test(l.rungs[0].test, row)}
	}
	if it.src.Judge != nil {
		return []Step{e.answered(it.src.ID.Text, "")}
	}
	var out []Step
	for i, r := range l.rungs {
		c := r.test.cond.Eval(e.m)
		at := min(row, c.Len()-1)
		step := Step{Kind: "band", Text: append(r.test.cond.Reading(e.m, row), e.verdictWords(c, at)...), In: it.src.Bands.List[i].Pos}
		step.State, step.Number = e.known(c, at)
		if c.True(at) {
			step.Text = append(step.Text, l.gives(r.points))
			return append(out, step)
		}
		out = append(out, step)
	}
	return out
}

func (e *explainer) line(it *item, l line, row int) []Step {
	if l.share != nil {
		return []Step{e.test(*l.share, row)}
	}
	c := l.value.Eval(e.m)
	at := min(row, c.Len()-1)
	if c.State[at] != formula.Known {
		return nil // the value says so
	}
	p := diag.P(diag.M("(%s − %s) ÷ (%s − %s) × %s, between 0 and %s", points(c.Num[at]), points(l.from), points(l.to), points(l.from), points(l.full), points(l.full)))
	return []Step{{Kind: "points", Text: p, In: it.src.Scale.Pos}}
}

func (e *explainer) given(g given, row int) []Step {
	switch {
	case g.label != nil:
		return []Step{e.answer(g.points.Names()[0])}
	default:
		return []Step{e.value(g.points, row, pointsDigits)}
	}
}

// rank explains the place: the value that is compared, and what the batch made of it.
func (e *explainer) rank(r rank) []Step {
	out := []Step{e.value(r.of, 0, r.digits)}
	if r.within != nil {
		out = append(out, e.value(r.within, 0, r.digits))
	}
	p, state := r.placed(e.m)
	step := Step{Kind: "place", State: valueStates[state], In: r.in}
	switch state {
	case formula.Known:
		at := float64(p.Place)
		step.Text, step.Number = r.said(p), &at
	case formula.Open:
		step.Text = append(r.unplaced(e.ret.Others), diag.M(" Put the returns into one folder and run: %s", "dudao batch DIR -o OUT"))
	default:
		return out // the values say so
	}
	return append(out, step)
}

// term explains what one deduction or part counts.
func (e *explainer) term(t term, row int) Step {
	c := t.count(e.m)
	at := min(row, c.Len()-1)
	step := Step{Kind: "term", Text: t.reason(e.m, row)}
	if c.State[at] != formula.Known {
		step.Text = diag.P(diag.M("%s: ", t.name()), states[c.State[at]].Words())
	}
	step.State, step.Number = e.known(c, at)
	switch {
	case t.fails != nil:
		step.Steps = []Step{e.test(*t.fails, row)}
	case t.rows != nil:
		step.Steps = []Step{e.holding(*t.rows)}
	case t.each != nil:
		step.Steps = []Step{e.perRow(t)}
	case len(t.times.Names()) == 1 && t.times.Names()[0].Answer:
		step.Steps = []Step{e.answer(t.times.Names()[0])}
	default:
		step.Steps = []Step{e.value(t.times, row, pointsDigits)}
	}
	return step
}

// known is the state of a value, and its number where it has one.
func (e *explainer) known(c formula.Column, row int) (state string, number *float64) {
	if c.State[row] == formula.Known && c.Num != nil {
		x := c.Num[row] // the column is the machine's
		number = &x
	}
	return valueStates[c.State[row]], number
}
