package formula

import "dudao/engine/diag"

// Cause is one reason why a formula has no value.
type Cause struct {
	State State
	Name  *Name       // the name without a value; nil for a failed operation
	Back  int         // years before this year
	Row   int         // of the name's table; -1 for all of it
	Said  diag.Phrase // what failed, for Failed
}

// Why finds the reasons why a row's value isn't known. It is computed only when
// someone asks: the way there costs nothing while all is well.
func (f *Formula) Why(m *Machine, row int) []Cause {
	w := why{m: m, seen: map[place]bool{}}
	w.node(f.root, row)
	return w.causes
}

// place is a cause once named: a name in one year and row, or an operation there.
type place struct {
	name      *Name
	failed    *node
	back, row int
}

type why struct {
	m      *Machine
	causes []Cause
	seen   map[place]bool
}

func (w *why) add(c Cause, failed *node) {
	key := place{c.Name, failed, c.Back, c.Row}
	if !w.seen[key] {
		w.seen[key] = true
		w.causes = append(w.causes, c)
	}
}

func (w *why) node(n *node, row int) {
	at := row * n.step()
	state := n.eval(w.m).State[at]
	if state == Known {
		return
	}
	switch {
	case n.op == opName && n.name.Formula != nil:
		w.node(n.name.Formula.root, at)
	case n.op == opName:
		w.add(Cause{State: state, Name: n.name, Back: n.back, Row: at}, nil)
	case n.op == opCall && n.fn.whole != nil:
		w.rows(n, state)
	case n.op == opDefault || n.op == opPick:
		w.branch(n, row)
	default:
		w.args(n, row, state)
	}
}

// rows looks into the rows of the column that a function reads.
func (w *why) rows(n *node, state State) {
	arg, found := n.args[0], false
	for i, s := range arg.eval(w.m).State {
		if s == state {
			found = true
			w.node(arg, i)
		}
	}
	if found {
		return
	}
	if state == Failed {
		w.add(Cause{State: Failed, Said: diag.P(diag.M("%s can’t be computed", n.fn.name))}, n)
		return
	}
	w.add(Cause{State: state, Name: arg.name, Row: -1}, nil) // an empty table
}

func (w *why) branch(n *node, row int) {
	first := n.args[0]
	c := first.eval(w.m)
	at := row * first.step()
	if n.op == opDefault {
		if c.State[at] == Missing {
			first = n.args[1]
		}
	} else if c.State[at] == Known {
		first = n.args[2]
		if c.Num[at] != 0 {
			first = n.args[1]
		}
	}
	w.node(first, row)
}

func (w *why) args(n *node, row int, state State) {
	found := false
	for _, a := range n.args {
		if a.shape != column && a.eval(w.m).State[row*a.step()] == state {
			found = true
			w.node(a, row)
		}
	}
	if found {
		return
	}
	said := diag.P(diag.M("the result is too large"))
	switch {
	case n.op == opDiv || n.op == opGrowth, n.op == opCall && (n.fn.name == "per" || n.fn.name == "ratio"):
		divisor := wording{}
		divisor.node(n.args[1], 9)
		said = append(diag.P(diag.M("divided by zero: ")), append(divisor.out, diag.M(" is 0"))...)
	case n.op == opCall && n.fn.name == "sqrt":
		said = diag.P(diag.M("the square root of a negative number"))
	}
	w.add(Cause{State: Failed, Said: said, Row: row}, n)
}
