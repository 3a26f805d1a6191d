package engine

import (
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// test is a condition on one value, or on every row of a table.
type test struct {
	cond  *formula.Formula
	each  *formula.Table
	where *formula.Formula // of the rows only these

	digits int // decimals shown of values without their own
}

// tally is how the rows of a test came out.
type tally struct {
	passed  int
	failing []int
	missing []int
	errors  []int
	open    []int
}

// counted is the number of rows that were judged or should have been.
func (t tally) counted() int {
	return t.passed + len(t.failing) + len(t.missing) + len(t.errors) + len(t.open)
}

// state is the worst state among the rows.
func (t tally) state() formula.State {
	switch {
	case len(t.errors) > 0:
		return formula.Failed
	case len(t.missing) > 0:
		return formula.Missing
	case len(t.open) > 0:
		return formula.Open
	case t.counted() == 0:
		return formula.Inapplicable
	default:
		return formula.Known
	}
}

// run judges every row. Rows outside where, and rows to which the question
// doesn't apply, aren't counted; a row whose where is unknown counts as unknown.
func (t test) run(m *formula.Machine) tally {
	var out tally
	rows := 1
	if t.each != nil {
		rows = m.Rows[t.each.Index]
	}
	cond := t.cond.Eval(m)
	var where formula.Column
	if t.where != nil {
		where = t.where.Eval(m)
	}
	for row := range rows {
		at := row
		if cond.Len() == 1 {
			at = 0
		}
		state := cond.State[at]
		if t.where != nil {
			in := row
			if where.Len() == 1 {
				in = 0
			}
			if w := where.State[in]; w == formula.Known && where.Num[in] == 0 {
				continue
			} else if w != formula.Known {
				state = w
			}
		}
		switch state {
		case formula.Known:
			if cond.Num[at] != 0 {
				out.passed++
			} else {
				out.failing = append(out.failing, row)
			}
		case formula.Missing:
			out.missing = append(out.missing, row)
		case formula.Failed:
			out.errors = append(out.errors, row)
		case formula.Open:
			out.open = append(out.open, row)
		}
	}
	return out
}

// holds reports whether the condition holds, for every row if there are rows. One
// failing row decides, whatever the others are.
func (t test) holds(m *formula.Machine) (bool, formula.State) {
	out := t.run(m)
	if len(out.failing) > 0 {
		return false, formula.Known
	}
	return true, out.state()
}

// keys returns the names of rows.
func keys(m *formula.Machine, t *formula.Table, rows []int) []string {
	if t == nil || len(rows) == 0 {
		return nil
	}
	names := m.Slots[t.Columns[0].Slots[0]].Text
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = names[row]
	}
	return out
}

// words is the condition as people read it.
func (t test) words() diag.Phrase {
	p := t.cond.Words()
	if t.each == nil {
		return p
	}
	head := diag.P(diag.M("in every row of %s: ", t.each.Name))
	if t.where != nil {
		head = append(diag.P(diag.M("in every row of %s with ", t.each.Name)), append(t.where.Words(), diag.M(": "))...)
	}
	return append(head, p...)
}
