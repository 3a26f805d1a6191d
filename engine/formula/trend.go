package formula

import "slices"

// Trend says where a value may go while another one rises. Neither: it stays.
type Trend struct{ Up, Down bool }

// either is the trend of what may go up and down, or of which nothing is known.
var either = Trend{true, true}

func (t Trend) and(o Trend) Trend { return Trend{t.Up || o.Up, t.Down || o.Down} }
func (t Trend) opposite() Trend   { return Trend{t.Down, t.Up} }

// Rise is a value that rises alone: in each row, and nothing that doesn't rest on it
// changes.
type Rise struct {
	Of    *Name
	Moves func(slot int) bool // whether what stands there rests on it

	// Positive says whether no number of a name is below 0, nor will be. Of a computed
	// one it is asked only about the numbers as they are.
	Positive func(name *Name, slot int) bool
}

// Trend says where the formula may go in a row while a value rises. It is decided by
// how the formula is built: with a trend up alone, no later value that is known is
// less than an earlier one. Rounding doesn't change that, for the result of each
// operation is rounded by itself and keeps its order.
func (f *Formula) Trend(m *Machine, r Rise) Trend {
	return rising{r, m, map[*node]Trend{}, map[*node]bool{}}.trend(f.root)
}

// rising remembers what it has found, for it asks for the same more than once.
type rising struct {
	Rise
	m        *Machine
	trends   map[*node]Trend
	positive map[*node]bool
}

func (r rising) trend(n *node) Trend {
	if len(n.args) == 0 && (n.op != opName || n.name.Formula == nil) {
		return r.find(n) // as quick
	}
	t, known := r.trends[n]
	if !known {
		t = r.find(n)
		r.trends[n] = t
	}
	return t
}

func (r rising) find(n *node) Trend {
	switch n.op {
	case opName:
		return r.name(n)
	case opNegate, opNot:
		return r.trend(n.args[0]).opposite()
	case opAdd, opAnd, opOr:
		return r.together(n.args)
	case opSub:
		return r.trend(n.args[0]).and(r.trend(n.args[1]).opposite())
	case opMul:
		if r.isPositive(n.args[0]) && r.isPositive(n.args[1]) {
			return r.together(n.args)
		}
	case opDiv:
		if r.stays(n.args[1]) && r.isPositive(n.args[1]) {
			return r.trend(n.args[0])
		}
	case opDefault:
		if r.rests(n) { // even where its numbers stay it may be now the one, now the other
			return either
		}
	case opPick:
		if r.stays(n.args[0]) {
			return r.together(n.args[1:])
		}
	case opLess, opLessEqual, opGreater, opGreaterEqual:
		return r.comparison(n)
	case opCall:
		return r.call(n)
	}
	return r.eitherUnlessStill(n)
}

// together is the trend of what goes where its arguments go.
func (r rising) together(args []*node) Trend {
	var out Trend
	for _, a := range args {
		out = out.and(r.trend(a))
	}
	return out
}

// rests reports whether anything that a node reads moves, if only where it applies.
func (r rising) rests(n *node) bool {
	rests := false
	(&Formula{root: n}).EachSlot(func(slot int) { rests = rests || r.Moves(slot) })
	return rests
}

func (r rising) stays(n *node) bool { return r.trend(n) == Trend{} }

func (r rising) eitherUnlessStill(n *node) Trend {
	if n.shape == column && n.table.Base != nil && r.Moves(n.table.Mask) || r.together(n.args) != (Trend{}) {
		return either
	}
	return Trend{}
}

func (r rising) name(n *node) Trend {
	name := n.name
	switch {
	case name.Inline:
		return r.trend(name.Formula.root)
	case name.Constant != nil:
		return Trend{}
	case !name.Said.IsZero(), n.shape == column && n.table.Base != nil && r.Moves(n.table.Mask):
		return either
	case !r.Moves(name.Slots[n.back]):
		return Trend{}
	case n.shape == column, n.back > 0:
		return either
	case name == r.Of:
		return Trend{Up: true}
	case name.Formula == nil:
		return Trend{} // where it applies rests on the value; its numbers don't
	case name.When == nil:
		return r.trend(name.Formula.root)
	}
	return either
}

// comparison has the trend of its left side. How much of a difference it forgives
// depends on the size of the right side, which therefore must stay.
func (r rising) comparison(n *node) Trend {
	a, b := compared(n)
	switch t := r.trend(a); {
	case !r.stays(b):
		return either
	case n.op == opLess, n.op == opLessEqual:
		return t.opposite()
	default:
		return t
	}
}

func (r rising) call(n *node) Trend {
	switch {
	case n.fn.name == "passed", n.fn.name == "completion", n.fn.several != nil && n.shape != column:
		return r.together(n.args)
	case n.fn.name == "points", n.fn.name == "letters":
		return either
	case n.fn.divides:
		return r.quotient(n)
	}
	return r.eitherUnlessStill(n)
}

// quotient is the trend of a ÷ b × c: it goes where a goes if b and c are positive, and
// where c and against where b goes if all are.
func (r rising) quotient(n *node) Trend {
	a, b, c := n.args[0], n.args[1], n.args[2:]
	others := r.trend(b).opposite().and(r.together(c))
	t := r.trend(a).and(others)
	if t == (Trend{}) {
		return t
	}
	for _, factor := range n.args[1:] {
		if !r.isPositive(factor) {
			return either
		}
	}
	if others != (Trend{}) && !r.isPositive(a) {
		return either
	}
	return t
}

// isPositive reports whether a value is never below 0: because of what it is made of,
// or because it stays as it is.
func (r rising) isPositive(n *node) bool {
	is, known := r.positive[n]
	if !known {
		is = r.madePositive(n) || r.stays(n) && r.nowPositive(n)
		r.positive[n] = is
	}
	return is
}

func (r rising) madePositive(n *node) bool {
	switch n.op {
	case opConst:
		return n.kind == Number && n.lit.Num[0] >= 0
	case opParam:
		return n.kind == Number && n.name.Least != nil && *n.name.Least >= 0
	case opName:
		switch name := n.name; {
		case name.Inline:
			return r.isPositive(name.Formula.root)
		case name.Constant != nil:
			return name.Kind == Number && name.Constant.Num[0] >= 0
		case name.Kind == Text || !name.Said.IsZero() || !r.Positive(name, name.Slots[n.back]):
			return false
		}
		return n.name.Formula == nil || r.isPositive(n.name.Formula.root)
	case opAdd, opMul, opDiv:
		return r.isPositive(n.args[0]) && r.isPositive(n.args[1])
	case opCall:
		return n.fn.divides && !slices.ContainsFunc(n.args, func(a *node) bool { return !r.isPositive(a) })
	}
	return false
}

func (r rising) nowPositive(n *node) bool {
	c := n.value(r.m)
	for i, x := range c.Num {
		if c.State[i] == Known && x < 0 {
			return false
		}
	}
	return true
}
