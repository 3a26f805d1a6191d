package formula

import (
	"dudao/engine/decimal"
)

// The kernels below loop over rows. State is combined first; a value is computed
// only where everything is known.

// arithmetic compiles + - * / over numbers.
func arithmetic(n *node) {
	a, b := n.args[0], n.args[1]
	da, db := a.step(), b.step()
	n.eval = func(m *Machine) Column {
		x, y := a.eval(m), b.eval(m)
		out := m.Take(n.length(m))
		clean := x.Clean && y.Clean
		for i := range out.State {
			s := Known
			if !clean {
				if s = max(x.State[i*da], y.State[i*db]); s != Known {
					out.Num[i], out.State[i] = 0, s
					continue
				}
			}
			v, p, q := 0.0, x.Num[i*da], y.Num[i*db]
			switch n.op {
			case opAdd:
				v = p + q
			case opSub:
				v = p - q
			case opMul:
				v = p * q
			case opDiv:
				v, s = divide(p, q)
			}
			out.Num[i], out.State[i] = finite(v, s)
		}
		return out
	}
}

// perEach compiles per(a, b, c) and ratio(a, b): a ÷ b × c, the formula of most
// columns.
func perEach(n *node) {
	a, b := n.args[0], n.args[1]
	c := &node{lit: NumberColumn(1)}
	c.eval = func(*Machine) Column { return c.lit }
	if len(n.args) > 2 {
		c = n.args[2]
	}
	da, db, dc := a.step(), b.step(), c.step()
	n.eval = func(m *Machine) Column {
		x, y, z := a.eval(m), b.eval(m), c.eval(m)
		out := m.Take(n.length(m))
		if x.Clean && y.Clean && z.Clean {
			out.Clean = true
			for i := range out.Num {
				v := x.Num[i*da] / y.Num[i*db] * z.Num[i*dc]
				out.Num[i], out.State[i] = v, Known
				if v-v != 0 { // divided by zero, or overflowed
					out.Num[i], out.State[i], out.Clean = 0, Failed, false
				}
			}
			return out
		}
		for i := range out.State {
			s, v := max(x.State[i*da], y.State[i*db], z.State[i*dc]), 0.0
			if s == Known {
				v, s = divide(x.Num[i*da], y.Num[i*db])
				v, s = finite(v*z.Num[i*dc], s)
			}
			out.Num[i], out.State[i] = v, s
		}
		return out
	}
}

// divide is the only division: by zero it fails, it is never infinite.
func divide(a, b float64) (float64, State) {
	if b == 0 {
		return 0, Failed
	}
	return a / b, Known
}

// finite turns an overflow into a failure.
func finite(v float64, s State) (float64, State) {
	if v-v != 0 { // infinite, or not a number
		return 0, Failed
	}
	return v, s
}

// compared are the sides of a comparison. Against 0 a difference has lost its size,
// so a - b >= 0 is compared as a >= b.
func compared(n *node) (a, b *node) {
	a, b = n.args[0], n.args[1]
	if diff := a.meant(); isZero(b) && diff.op == opSub {
		return diff.args[0], diff.args[1]
	} else if diff := b.meant(); isZero(a) && diff.op == opSub {
		return diff.args[1], diff.args[0]
	}
	return a, b
}

// comparison compiles < <= > >= == != over numbers and truths.
func comparison(n *node) {
	a, b := compared(n)
	da, db := a.step(), b.step()
	holds := compareTable[n.op]
	n.eval = func(m *Machine) Column {
		x, y := a.value(m), b.value(m)
		out := m.Take(n.length(m))
		if x.Clean && y.Clean {
			out.known()
			if da == 1 {
				compareAll(out.Num, x.Num, y.Num, holds)
				return out
			}
			for i := range out.Num {
				out.Num[i] = holds[decimal.Compare(x.Num[i*da], y.Num[i*db])+1]
			}
			return out
		}
		for i := range out.State {
			s := max(x.State[i*da], y.State[i*db])
			var v float64
			if s == Known {
				v = holds[decimal.Compare(x.Num[i*da], y.Num[i*db])+1]
			}
			out.Num[i], out.State[i] = v, s
		}
		return out
	}
}

// compareAll compares a column with limits, or with one for all rows.
func compareAll(out, x, limits []float64, holds [3]float64) {
	for i, v := range x {
		limit := limits[min(i, len(limits)-1)]
		d, edge := v-limit, decimal.Edge(limit)
		above, below := 0, 0 // no branches, for nothing tells in advance which way a value lies
		if d > edge {
			above = 1
		}
		if d < -edge {
			below = 1
		}
		sign := above - below
		if sign == 0 {
			sign = decimal.Compare(v, limit)
		}
		out[i] = holds[sign+1]
	}
}

// compareTable says for less, equal and greater whether a comparison holds.
var compareTable = map[op][3]float64{
	opEqual: {0, 1, 0}, opUnequal: {1, 0, 1},
	opLess: {1, 0, 0}, opLessEqual: {1, 1, 0},
	opGreater: {0, 0, 1}, opGreaterEqual: {0, 1, 1},
}

// meant is the formula that a name such as value stands for, or the node itself.
func (n *node) meant() *node {
	if n.op == opName && n.name.Inline {
		return n.name.Formula.root.meant()
	}
	return n
}

func isZero(n *node) bool { return n.op == opConst && n.kind == Number && n.lit.Num[0] == 0 }

// textComparison compiles == and != over texts.
func textComparison(n *node) {
	a, b := n.args[0], n.args[1]
	da, db := a.step(), b.step()
	n.eval = func(m *Machine) Column {
		x, y := a.eval(m), b.eval(m)
		out := m.Take(n.length(m))
		for i := range out.State {
			s := max(x.State[i*da], y.State[i*db])
			var v float64
			if s == Known && (x.Text[i*da] == y.Text[i*db]) == (n.op == opEqual) {
				v = 1
			}
			out.Num[i], out.State[i] = v, s
		}
		return out
	}
}

// membership compiles x in [a, b, …]. Like or it reads the whole list.
func membership(n *node) {
	d := n.args[0].step()
	n.eval = func(m *Machine) Column {
		x := n.args[0].eval(m)
		out := m.Take(n.length(m))
		copyStates(out, x, d)
		for _, item := range n.args[1:] {
			y, dy := item.eval(m), item.step()
			for i := range out.State {
				out.State[i] = max(out.State[i], y.State[i*dy])
				switch {
				case out.State[i] != Known:
				case n.args[0].kind == Text && x.Text[i*d] == y.Text[i*dy],
					n.args[0].kind != Text && decimal.Compare(x.Num[i*d], y.Num[i*dy]) == 0:
					out.Num[i] = 1
				}
			}
		}
		return out
	}
}

// copyStates begins a column of no’s with the states of another.
func copyStates(out, from Column, step int) {
	for i := range out.State {
		out.Num[i], out.State[i] = 0, from.State[i*step]
	}
}

// logic compiles and, or. Both sides are always read, as in a spreadsheet: who
// wants otherwise says when.
func logic(n *node) {
	a, b := n.args[0], n.args[1]
	da, db := a.step(), b.step()
	n.eval = func(m *Machine) Column {
		x, y := a.eval(m), b.eval(m)
		out := m.Take(n.length(m))
		for i := range out.State {
			p, q := x.Num[i*da], y.Num[i*db]
			if n.op == opAnd {
				out.Num[i] = p * q
			} else {
				out.Num[i] = max(p, q)
			}
			out.State[i] = max(x.State[i*da], y.State[i*db])
		}
		return out
	}
}

// unary compiles - and not.
func unary(n *node) {
	a := n.args[0]
	n.eval = func(m *Machine) Column {
		x := a.eval(m)
		out := m.Take(n.length(m))
		for i := range out.State {
			if n.op == opNot {
				out.Num[i] = 1 - x.Num[i]
			} else {
				out.Num[i] = -x.Num[i]
			}
			out.State[i] = x.State[i]
		}
		return out
	}
}

// fallback compiles x ?? y: y stands where x is missing. What is not applicable
// or failed stays so, for it isn't a gap in the data.
func fallback(n *node) {
	a, b := n.args[0], n.args[1]
	da, db := a.step(), b.step()
	n.eval = func(m *Machine) Column {
		x, y := a.eval(m), b.eval(m)
		out := n.room(m)
		for i := range out.State {
			if x.State[i*da] == Missing {
				out.Set(i, y, i*db)
			} else {
				out.Set(i, x, i*da)
			}
		}
		return out
	}
}

// pick compiles pick(condition, x, y). Only the branch taken counts as read.
func pick(n *node) {
	cond, yes, no := n.args[0], n.args[1], n.args[2]
	dc, dy, dn := cond.step(), yes.step(), no.step()
	n.eval = func(m *Machine) Column {
		c, x, y := cond.eval(m), yes.eval(m), no.eval(m)
		out := n.room(m)
		for i := range out.State {
			switch s := c.State[i*dc]; {
			case s != Known:
				out.State[i] = s
			case c.Num[i*dc] != 0:
				out.Set(i, x, i*dy)
			default:
				out.Set(i, y, i*dn)
			}
		}
		return out
	}
}

// room takes memory for the node's result, whatever its kind.
func (n *node) room(m *Machine) Column {
	out := m.Take(n.length(m))
	if n.kind == Text {
		out.Text = make([]string, len(out.State))
	}
	return out
}

// Set copies one value of another column.
func (c Column) Set(i int, from Column, j int) {
	c.State[i] = from.State[j]
	if c.Text != nil {
		c.Text[i] = from.Text[j]
	} else {
		c.Num[i] = from.Num[j]
	}
}
