package engine

import (
	"strconv"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// verdictWords tells whether a condition holds.
func (e *explainer) verdictWords(c formula.Column, row int) diag.Phrase {
	switch {
	case c.State[row] != formula.Known:
		return diag.P(diag.M(" → "), states[c.State[row]].Words())
	case c.Num[row] != 0:
		return diag.P(diag.M(" → holds"))
	default:
		return diag.P(diag.M(" → does not hold"))
	}
}

// condition explains whether a condition holds in a row.
func (e *explainer) condition(f *formula.Formula, row int) Step {
	return e.formula("condition", f, row)
}

// value explains a value in a row.
func (e *explainer) value(f *formula.Formula, row, digits int) Step {
	if f.IsName() {
		return e.parts(f, row)[0]
	}
	step := e.formula("value", f, row)
	if c := f.Eval(e.m); !f.EndsInValue() && f.Kind != formula.Truth && c.State[min(row, c.Len()-1)] == formula.Known {
		step.Text = append(step.Text, diag.M(" = "), f.Value(e.m, row, digits))
	}
	return step
}

// formula explains a formula in a row: the numbers put in, then what it reads.
func (e *explainer) formula(kind string, f *formula.Formula, row int) Step {
	c := f.Eval(e.m)
	at := min(row, c.Len()-1)
	step := Step{Kind: kind, Text: f.Reading(e.m, row), Formula: f.Text()}
	step.In, _ = f.Place()
	step.State, step.Number = e.known(c, at)
	if f.Kind == formula.Truth {
		step.Text = append(step.Text, e.verdictWords(c, at)...)
	}
	step.Steps = e.parts(f, row)
	return step
}

// parts explains what a formula reads, each once.
func (e *explainer) parts(f *formula.Formula, row int) []Step {
	var out []Step
	for _, p := range f.Parts(e.m, row) {
		switch {
		case p.Table != nil:
			out = append(out, e.function(p, row))
		case p.Name == nil:
			out = append(out, e.chosen(p, row))
		case p.Name.Answer:
			out = append(out, e.answer(p.Name))
		default:
			out = append(out, e.name(p, row))
		}
	}
	return out
}

// chosen is the value of a param that another value chose.
func (e *explainer) chosen(p formula.Part, row int) Step {
	step := Step{Kind: "param", Name: p.Of.Text(), Text: append(diag.P(diag.M("param ")), p.Of.Reading(e.m, row)...)}
	c := p.Of.Eval(e.m)
	step.State, step.Number = e.known(c, min(row, c.Len()-1))
	return step
}

// name explains a name in a row: a param, a computed value with what it is computed
// from, or a submitted one with its cell.
func (e *explainer) name(p formula.Part, row int) Step {
	n, c := p.Name, p.Of.Eval(e.m)
	at := min(row, c.Len()-1)
	step := Step{Kind: "value", Name: n.Name, Unit: n.Unit}
	step.Text = append(p.Of.Words(), diag.M(" = "), p.Of.Value(e.m, row, int(e.Rubric.Digits.Value)))
	if n.Unit != "" && c.State[at] == formula.Known {
		step.Text = append(step.Text, diag.Verbatim(" "+n.Unit))
	}
	step.State, step.Number = e.known(c, at)
	switch {
	case n.Constant != nil:
		step.Kind = "param"
		step.Text = append(diag.P(diag.M("param ")), step.Text...)
		step.In = e.paramPos(n.Name)
	case n.Param:
		step.Kind = "param"
		step.Text = append(diag.P(diag.M("param ")), step.Text...)
		step.Text = append(step.Text, e.datedWords(n.Name)...)
	case n.Formula != nil:
		step.Name = form.NameOf(tableName(n.Table), n.Name, 0)
		step.Formula = n.Formula.Text()
		step.In, _ = n.Formula.Place()
		if at := (valueAt{n, at}); e.seen[at] {
			step.Formula, step.In = "", diag.Pos{}
			step.Text = append(step.Text, diag.M(" (see above)"))
		} else {
			e.seen[at] = true
			step.Steps = e.computed(n, row)
		}
	case n.Said.IsZero():
		step.Name = form.NameOf(tableName(n.Table), n.Name, p.Back)
		e.cell(&step, n, p.Back, at)
		if when := n.When; when != nil && c.State[at] == formula.Inapplicable {
			step.Text = append(append(append(step.Text, diag.M(" (")), when.Reading(e.m, row)...), diag.M(" → does not hold"), diag.M(")"))
		}
	}
	return step
}

func tableName(t *formula.Table) string {
	if t == nil {
		return ""
	}
	return t.Root().Name
}

// computed explains what a value is computed from. Where the parts are missing what
// was entered instead counts.
func (e *explainer) computed(n *formula.Name, row int) []Step {
	own := n.Formula.Eval(e.m)
	at := min(row, own.Len()-1)
	reading := Step{Kind: "value", Text: n.Formula.Reading(e.m, row), Steps: e.parts(n.Formula, row)}
	reading.State, reading.Number = e.known(own, at)
	if entered := e.cellOf(n, 0, row); entered != nil && entered.State == returns.Given && own.State[at] != formula.Known {
		step := Step{Kind: "value", Name: n.Name, Text: diag.P(diag.M("filled in instead of being computed: %s", entered.Typed)), State: "known"}
		e.cell(&step, n, 0, row)
		return []Step{step, reading}
	}
	return []Step{reading}
}

// cellOf is the cell that a value was submitted in, or nil.
func (e *explainer) cellOf(n *formula.Name, back, row int) *returns.Cell {
	if n.Table == nil {
		return cellOf(e.ret.Fields[n.Name], back)
	}
	if years := e.ret.Tables[n.Table.Root().Name].Columns[n.Name]; back < len(years) && row < len(years[back]) {
		return &years[back][row]
	}
	return nil
}

func (e *explainer) cell(step *Step, n *formula.Name, back, row int) {
	if c := e.cellOf(n, back, row); c != nil {
		step.Cell, step.Typed, step.Notes = c.Pos(), c.Typed, c.Notes
	}
}

// paramPos is where a constant param stands in the rubric.
func (e *explainer) paramPos(name string) diag.Pos {
	for _, p := range e.Rubric.Params {
		if p.Key.Text == name {
			return p.Value.Text.Pos
		}
	}
	return diag.Pos{}
}

// datedWords tells from which year the value of a dated param is.
func (e *explainer) datedWords(name string) diag.Phrase {
	for _, d := range e.dated {
		if at := d.at(e.ret.Year); d.name == name && at >= 0 {
			return diag.P(diag.M(" (from %s on; the return is for %s)", strconv.Itoa(d.years[at]), strconv.Itoa(e.ret.Year)))
		}
	}
	return nil
}

// answer explains a fact or judgement by its name.
func (e *explainer) answer(n *formula.Name) Step {
	for _, a := range e.asks {
		if a.slot == n.Slots[0] {
			return e.answered(a.Item, a.Text)
		}
	}
	panic("engine: no answer to " + n.Name)
}

// answered is how a fact or judgement was answered, with note and evidence.
func (e *explainer) answered(item, ask string) Step {
	given := e.ret.Answers[item][ask]
	step := Step{Kind: "answer", Name: ask, State: "open", Cell: given.Pos(), Typed: given.Typed, Notes: given.Notes}
	title := ask
	for _, a := range e.asks {
		if a.Item != item || a.Text != ask {
			continue
		}
		if ask == "" {
			title = a.Title
		}
		c := e.m.Slots[a.slot]
		step.State, step.Number = e.known(c, 0)
		step.Text = diag.P(diag.M("“%s” is answered: ", title), e.answerWords(a, c))
	}
	if given.Note != "" {
		step.Text = append(step.Text, diag.M("; note: %s", given.Note))
	}
	for _, file := range given.Evidence {
		step.Text = append(step.Text, diag.M("; evidence: %s", file))
	}
	return step
}

func (e *explainer) answerWords(a askInput, c formula.Column) diag.Message {
	switch {
	case c.State[0] != formula.Known:
		return states[c.State[0]].Words()
	case a.Kind == rubric.LevelChoice:
		return diag.Verbatim(c.Text[0])
	case a.Kind == rubric.FreePoints:
		return diag.M("%s points", points(c.Num[0]))
	case a.Kind == rubric.Times:
		return diag.M("%s times", decimal.Format(c.Num[0], 0))
	case c.Num[0] != 0:
		return diag.M("yes")
	default:
		return diag.M("no")
	}
}
