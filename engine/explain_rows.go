package engine

import (
	"slices"
	"strconv"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// test explains a condition: of single values, or of every row of a table, where
// the rows that don't pass are named.
func (e *explainer) test(t test, row int) Step {
	if t.each == nil {
		return e.condition(t.cond, row)
	}
	out := t.run(e.m)
	step := e.rows(t, append(diag.P(diag.M("%s rows of %s count: %s hold, %s do not", strconv.Itoa(out.counted()), t.each.Name,
		strconv.Itoa(out.passed), strconv.Itoa(len(out.failing)))), e.unknownRows(out)...))
	if n := out.counted(); t.least > 0 && n > 0 {
		step.Text = append(step.Text, diag.M("; that is %s %%, at least %s %% must hold", points(percent(out.passed, n)), points(t.least)))
	}
	for _, row := range slices.Concat(out.failing, out.missing, out.errors, out.open) {
		step.Steps = append(step.Steps, e.row(t, row))
	}
	if e.all {
		for _, row := range t.holding(e.m) {
			step.Steps = append(step.Steps, e.row(t, row))
		}
	}
	return step
}

func (e *explainer) unknownRows(out tally) diag.Phrase {
	var p diag.Phrase
	if n := len(out.missing) + len(out.open); n > 0 {
		p = append(p, diag.M(", data is missing in %s", strconv.Itoa(n)))
	}
	if n := len(out.errors); n > 0 {
		p = append(p, diag.M(", %s can’t be computed", strconv.Itoa(n)))
	}
	return p
}

// holding explains a count of rows: those for which something holds are named.
func (e *explainer) holding(t test) Step {
	out, hold := t.run(e.m), t.holding(e.m)
	step := e.rows(t, append(diag.P(diag.M("%s rows of %s count: %s hold, %s do not", strconv.Itoa(out.counted()), t.each.Name,
		strconv.Itoa(out.passed), strconv.Itoa(len(out.failing)))), e.unknownRows(out)...))
	for _, row := range slices.Concat(hold, out.missing, out.errors, out.open) {
		step.Steps = append(step.Steps, e.row(t, row))
	}
	if e.all {
		for _, row := range out.failing {
			step.Steps = append(step.Steps, e.row(t, row))
		}
	}
	return step
}

// rows is a step that stands for the rows of a table, with what selects them.
func (e *explainer) rows(t test, text diag.Phrase) Step {
	step := Step{Kind: "rows", Text: text, Name: t.each.Name, Formula: t.cond.Text()}
	step.In, _ = t.cond.Place()
	if t.where != nil {
		step.Text = append(append(step.Text, diag.M("; only rows with ")), t.where.Words()...)
	}
	for v := t.each; v.Base != nil; v = v.Base {
		step.Text = append(append(step.Text, diag.M("; %s are the rows of %s with ", v.Name, v.Base.Name)), v.Where.Words()...)
	}
	return step
}

// row explains a condition in one row.
func (e *explainer) row(t test, row int) Step {
	if step, unknown := e.unselected(t.each, t.where, row); unknown {
		return step
	}
	step := e.formula("row", t.cond, row)
	if !t.cond.EndsInValue() && t.cond.Kind == formula.Number && step.Number != nil {
		step.Text = append(step.Text, diag.M(" = "), diag.Verbatim(decimal.Format(*step.Number, pointsDigits)))
	}
	step.Formula, step.In = "", diag.Pos{} // the same for all rows
	step.Name = keys(e.m, t.each, []int{row})[0]
	step.Text = append(diag.P(diag.M("%s: ", step.Name)), step.Text...)
	return step
}

// unselected explains a row of which it isn't known whether it counts: what the
// condition would make of it decides nothing yet.
func (e *explainer) unselected(each *formula.Table, where *formula.Formula, row int) (step Step, unknown bool) {
	counts, state := selected(e.m, each, where).at(row)
	if !counts || state == formula.Known {
		return Step{}, false
	}
	name := keys(e.m, each, []int{row})[0]
	step = Step{Kind: "row", Name: name, State: valueStates[state], Text: diag.P(diag.M("%s: ", name), diag.M("whether this row counts is not known"))}
	conds := []*formula.Formula{where}
	for v := each; v.Base != nil; v = v.Base {
		conds = append(conds, v.Where)
	}
	for _, cond := range conds {
		if cond == nil {
			continue
		}
		if c := cond.Eval(e.m); c.State[min(row, c.Len()-1)] != formula.Known {
			step.Steps = append(step.Steps, e.condition(cond, row))
		}
	}
	return step, true
}

// perRow explains times that are added up over rows.
func (e *explainer) perRow(t term) Step {
	rows := test{cond: t.times, each: t.each, where: t.where}
	step := e.rows(rows, diag.P(diag.M("the times of the rows of %s are added", t.each.Name)))
	c, in := t.times.Eval(e.m), selected(e.m, t.each, t.where)
	for row := range e.m.Rows[t.each.Index] {
		at := min(row, c.Len()-1)
		if counts, known := in.at(row); counts && known != formula.Inapplicable && (e.all || max(known, c.State[at]) != formula.Known || t.steps(c, at) > 0) {
			step.Steps = append(step.Steps, e.row(rows, row))
		}
	}
	return step
}

// mostDetailed is for how many rows that are scored by themselves it is told how
// their points came to be; the others have their points only.
const mostDetailed = 200

// over explains the points of every row, and how they are put together.
func (e *explainer) over(it *item) Step {
	out := e.m.Take(e.m.Rows[it.over.each.Index])
	it.scoring.judge(e.m, out)
	total, state := it.over.reduce(e.m, out)
	in := selected(e.m, it.over.each, it.over.where)
	step := Step{Kind: "rows", Name: it.over.each.Name, State: valueStates[state], Text: e.overWords(it, total, state)}
	if state == formula.Known {
		step.Number = &total
	}
	for row := range out.State {
		counts, known := in.at(row)
		below := max(known, out.State[row]) != formula.Known || decimal.Compare(out.Num[row], it.full) < 0
		if !counts || known == formula.Inapplicable || !e.all && !below {
			continue
		}
		if line, unknown := e.unselected(it.over.each, it.over.where, row); unknown {
			step.Steps = append(step.Steps, line)
			continue
		}
		name := keys(e.m, it.over.each, []int{row})[0]
		line := Step{Kind: "row", Name: name, Text: diag.P(diag.M("%s: ", name))}
		if line.State, line.Number = e.known(out, row); line.Number != nil {
			line.Text = append(line.Text, diag.M("%s points", points(decimal.Round(*line.Number, pointsDigits))))
		} else {
			line.Text = append(line.Text, states[out.State[row]].Words())
		}
		if len(step.Steps) < mostDetailed {
			if it.src.Value.Given() && it.value != nil {
				line.Steps = append(line.Steps, e.value(it.value, row, e.shownDigits(it)))
			}
			line.Steps = append(line.Steps, e.scoring(it, row)...)
		}
		step.Steps = append(step.Steps, line)
	}
	return step
}

func (e *explainer) overWords(it *item, total float64, state formula.State) diag.Phrase {
	p := diag.P(diag.M("The mean of the points of the rows of %s", it.over.each.Name))
	switch it.over.by {
	case "sum":
		p = diag.P(diag.M("The sum of the points of the rows of %s", it.over.each.Name))
	case "least":
		p = diag.P(diag.M("The least of the points of the rows of %s", it.over.each.Name))
	}
	p = append(p, diag.M(": "))
	if state != formula.Known {
		return append(p, states[state].Words())
	}
	return append(p, diag.M("%s points", points(decimal.Round(total, pointsDigits))))
}

// function explains what a function made of columns: the rows it looked at, with
// their values.
func (e *explainer) function(p formula.Part, row int) Step {
	c := p.Of.Eval(e.m)
	step := Step{Kind: "function", Formula: p.Of.Text(), Text: p.Of.Reading(e.m, row)}
	step.In, _ = p.Of.Place()
	step.State, step.Number = e.known(c, min(row, c.Len()-1))
	at := rowsAt{step.In, step.Formula, -1}
	rows, known := e.rowsOf[at]
	if !known {
		rows = p.Rows(e.m, row)
		if !p.Of.ByRow() {
			e.rowsOf[at] = rows
		} else if len(rows) > 0 {
			at.first = rows[0]
		}
	}
	step.Text = append(step.Text, diag.M(", over %s rows of %s", strconv.Itoa(len(rows)), p.Table.Name))
	if len(rows) > 0 && e.seen[at] {
		step.Text = append(step.Text, diag.M(" (see above)"))
		return step
	}
	e.seen[at] = true
	for _, row := range rows {
		name := keys(e.m, p.Table, []int{row})[0]
		line := Step{Kind: "row", Name: name, Text: diag.P(diag.M("%s: ", name))}
		for i, n := range p.Columns {
			of := formula.Part{Of: formula.Of(n), Name: n}
			value := e.name(of, row)
			if i > 0 {
				line.Text = append(line.Text, diag.M(", "))
			}
			line.Text = append(line.Text, of.Of.Reading(e.m, row)...)
			line.Steps = append(line.Steps, value)
		}
		step.Steps = append(step.Steps, line)
	}
	return step
}
