package engine

import (
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// test is a condition: on single values, or with each on every row of a table or
// view.
type test struct {
	cond  *formula.Formula
	each  *formula.Table
	where *formula.Formula // of the rows only these
	least float64          // percent of the rows that must hold; 0 is all

	digits int // decimals shown of values without their own
}

// rows selects rows of a table: those in a view and in a where.
type rows struct {
	mask, where *formula.Column
}

func selected(m *formula.Machine, t *formula.Table, where *formula.Formula) rows {
	var r rows
	if t != nil && t.Base != nil {
		r.mask = &m.Slots[t.Mask]
	}
	if where != nil {
		c := where.Eval(m)
		r.where = &c
	}
	return r
}

// at says whether a row is selected; it may be unknown.
func (r rows) at(row int) (in bool, state formula.State) {
	for _, c := range []*formula.Column{r.mask, r.where} {
		if c == nil {
			continue
		}
		i := min(row, c.Len()-1) // a condition without a row is the same for all
		if c.State[i] == formula.Known && c.Num[i] == 0 {
			return false, formula.Known
		}
		state = max(state, c.State[i])
	}
	return true, state
}

// tally is how the rows of a test came out.
type tally struct {
	passed  int
	failing []int
	missing []int
	errors  []int
	open    []int
	empty   bool // the table has no rows at all
}

// counted is the number of rows that were judged or should have been.
func (t tally) counted() int {
	return t.passed + len(t.failing) + len(t.missing) + len(t.errors) + len(t.open)
}

// state is the worst state among the rows. A table without rows is missing, a
// selection without rows doesn't apply.
func (t tally) state() formula.State {
	switch {
	case len(t.errors) > 0:
		return formula.Failed
	case len(t.missing) > 0 || t.empty:
		return formula.Missing
	case len(t.open) > 0:
		return formula.Open
	case t.counted() == 0:
		return formula.Inapplicable
	default:
		return formula.Known
	}
}

// run judges every row. Rows that aren't selected, and rows to which the question
// doesn't apply, aren't counted; a row of which that isn't known is unknown.
func (t test) run(m *formula.Machine) tally {
	out := tally{empty: t.each != nil && m.Rows[t.each.Index] == 0}
	t.eachRow(m, func(row int, state formula.State, holds bool) {
		switch state {
		case formula.Known:
			if holds {
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
	})
	return out
}

// eachRow visits the rows that may count: those that are selected, or of which that
// isn't known.
func (t test) eachRow(m *formula.Machine, visit func(row int, state formula.State, holds bool)) {
	n := 1
	if t.each != nil {
		n = m.Rows[t.each.Index]
	}
	cond, in := t.cond.Eval(m), selected(m, t.each, t.where)
	all := in.mask == nil && in.where == nil
	for row := range n {
		at := min(row, cond.Len()-1)
		state := cond.State[at]
		if !all {
			counts, known := in.at(row)
			if !counts || known == formula.Inapplicable {
				continue
			}
			state = max(state, known)
		}
		visit(row, state, cond.Num[at] != 0)
	}
}

// count is run without naming the rows: how many pass and fail, and the worst
// state among them.
func (t test) count(m *formula.Machine) (passed, failing float64, state formula.State) {
	if t.each != nil && t.each.Base == nil && t.where == nil {
		cond := t.cond.Eval(m)
		if rows := m.Rows[t.each.Index]; cond.Clean && cond.Len() == rows && rows > 0 {
			n := 0
			for _, v := range cond.Num {
				if v != 0 {
					n++
				}
			}
			return float64(n), float64(rows - n), formula.Known
		}
	}
	counted := false
	t.eachRow(m, func(_ int, s formula.State, holds bool) {
		if s == formula.Inapplicable {
			return
		}
		counted, state = true, max(state, s)
		switch {
		case s != formula.Known:
		case holds:
			passed++
		default:
			failing++
		}
	})
	switch {
	case counted:
		return passed, failing, state
	case t.each != nil && m.Rows[t.each.Index] == 0:
		return 0, 0, formula.Missing
	}
	return 0, 0, formula.Inapplicable
}

// holding are the selected rows for which the condition holds.
func (t test) holding(m *formula.Machine) []int {
	var out []int
	cond, in := t.cond.Eval(m), selected(m, t.each, t.where)
	for row := range m.Rows[t.each.Index] {
		if counts, known := in.at(row); counts && known == formula.Known && cond.True(min(row, cond.Len()-1)) {
			out = append(out, row)
		}
	}
	return out
}

// column is the condition as a value for each row, or as one for all: with each,
// every row must hold, and one failing row decides whatever the others are; or so
// many percent of them must.
func (t test) column(m *formula.Machine) formula.Column {
	if t.each == nil {
		return t.cond.Eval(m)
	}
	out := m.Take(1)
	if t.least > 0 {
		out.Num[0], out.State[0] = t.enough(m)
		return out
	}
	_, failing, state := t.count(m)
	out.Num[0], out.State[0] = 1, state
	if failing > 0 {
		out.Num[0], out.State[0] = 0, formula.Known
	}
	return out
}

// enough is 1 if at least so many percent of the rows hold. Rows that aren't known
// keep it from being decided only while they could turn it.
func (t test) enough(m *formula.Machine) (float64, formula.State) {
	out := t.run(m)
	n := out.counted()
	switch {
	case n == 0:
		return 0, out.state()
	case t.reached(out.passed, n):
		return 1, formula.Known
	case !t.reached(n-len(out.failing), n):
		return 0, formula.Known
	default:
		return 0, out.state()
	}
}

func (t test) reached(passed, counted int) bool {
	return decimal.Compare(percent(passed, counted), t.least) >= 0
}

func percent(part, whole int) float64 { return float64(part) * 100 / float64(whole) }

// keys returns the names of rows.
func keys(m *formula.Machine, t *formula.Table, rows []int) []string {
	if t == nil || len(rows) == 0 {
		return nil
	}
	out := make([]string, len(rows))
	for i, row := range rows {
		var parts []string
		for _, k := range t.Root().Keys {
			if c := m.Slots[k.Slots[0]]; c.State[row] == formula.Known {
				parts = append(parts, c.Text[row])
			}
		}
		out[i] = strings.Join(parts, "·")
	}
	return out
}

// words is the condition as people read it.
func (t test) words() diag.Phrase {
	p := t.cond.Words()
	if t.each == nil {
		return p
	}
	var head diag.Phrase
	switch {
	case t.least > 0 && t.where != nil:
		head = append(diag.P(diag.M("in at least %s %% of the rows of %s with ", points(t.least), t.each.Name)), append(t.where.Words(), diag.M(": "))...)
	case t.least > 0:
		head = diag.P(diag.M("in at least %s %% of the rows of %s: ", points(t.least), t.each.Name))
	case t.where != nil:
		head = append(diag.P(diag.M("in every row of %s with ", t.each.Name)), append(t.where.Words(), diag.M(": "))...)
	default:
		head = diag.P(diag.M("in every row of %s: ", t.each.Name))
	}
	return append(head, p...)
}
