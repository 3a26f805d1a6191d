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
	state := n.value(w.m).State[at]
	if state == Known {
		return
	}
	switch {
	case n.op == opName && n.name.Formula != nil:
		w.node(n.name.Formula.root, at)
	case n.op == opName:
		w.add(Cause{State: state, Name: n.name, Back: n.back, Row: at}, nil)
	case n.op == opCall && (n.fn.whole != nil || n.fn.weighted != nil) && n.args[0].shape == column:
		w.rows(n, state)
	case n.op == opCall && n.fn.keyed != nil:
		w.keyed(n, row, state)
	case n.op == opParam:
		w.add(Cause{State: state, Said: diag.P(diag.M("param %s has no value here", n.name.Name)), Row: row}, n)
	case n.op == opDefault || n.op == opPick:
		w.branch(n, row)
	default:
		w.args(n, row, state)
	}
}

// rows looks into the rows of the columns that a function reads.
func (w *why) rows(n *node, state State) {
	found := false
	mask := n.args[0].table.mask(w.m)
	for _, arg := range n.args {
		for i, s := range arg.value(w.m).State {
			if mask != nil && (mask.State[i] != Known || mask.Num[i] == 0) {
				continue
			}
			if s == state {
				found = true
				w.node(arg, i)
			}
		}
	}
	if mask != nil {
		found = w.view(n.args[0].table, state) || found
	}
	if found {
		return
	}
	if state == Failed {
		w.add(Cause{State: Failed, Said: diag.P(diag.M("%s can’t be computed", n.fn.name))}, n)
		return
	}
	w.add(Cause{State: state, Name: n.args[0].name, Row: -1}, nil) // an empty table
}

// view names the rows for which it isn't known whether they belong to a view.
func (w *why) view(t *Table, state State) bool {
	found := false
	for i, s := range t.mask(w.m).State {
		if s == state && t.Where != nil {
			found = true
			w.node(t.Where.root, i)
		}
	}
	return found
}

// keyed looks into the rows with the key, and those without any.
func (w *why) keyed(n *node, row int, state State) {
	values, keys, key := n.args[0], n.args[1], n.args[2]
	at := row * key.step()
	wanted := key.value(w.m)
	if wanted.State[at] != Known {
		w.node(key, row)
		return
	}
	found := false
	x, k := values.value(w.m), keys.value(w.m)
	for i, s := range k.State {
		switch {
		case s == state:
			found = true
			w.node(keys, i)
		case s == Known && keyAt(k, i) == keyAt(wanted, at) && x.State[i] == state:
			found = true
			w.node(values, i)
		}
	}
	if found {
		return
	}
	if state == Failed {
		w.add(Cause{State: state, Said: diag.P(diag.M("%s finds several rows with the key", n.fn.name)), Row: row}, n)
		return
	}
	w.add(Cause{State: state, Said: diag.P(diag.M("%s finds no row with the key", n.fn.name)), Row: row}, n)
}

func (w *why) branch(n *node, row int) {
	first := n.args[0]
	c := first.value(w.m)
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
		if a.shape != column && a.value(w.m).State[row*a.step()] == state {
			found = true
			w.node(a, row)
		}
	}
	if found {
		return
	}
	said := diag.P(diag.M("the result is too large"))
	switch {
	case n.op == opDiv || n.op == opGrowth, n.op == opCall && n.fn.divides:
		divisor := wording{}
		divisor.node(n.args[1], 9)
		said = append(diag.P(diag.M("divided by zero: ")), append(divisor.out, diag.M(" is 0"))...)
	case n.op == opCall && n.fn.name == "sqrt":
		said = diag.P(diag.M("the square root of a negative number"))
	}
	w.add(Cause{State: Failed, Said: said, Row: row}, n)
}
