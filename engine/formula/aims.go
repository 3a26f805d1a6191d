package formula

import "dudao/engine/diag"

// Aims are the conditions that must hold together for this one: what stands between
// its and's.
func (f *Formula) Aims() []*Formula {
	n := f.root.meant()
	if n.op != opAnd {
		return []*Formula{f}
	}
	return append(f.part(n.args[0]).Aims(), f.part(n.args[1]).Aims()...)
}

// Standards are, of a comparison with passed or completion, the conditions of the
// single columns: to meet the standard, or so much of it. With all, every one of
// them must hold; else some are enough.
func (f *Formula) Standards() (list []*Formula, all bool) {
	n := f.root.meant()
	if n.op < opEqual || n.op > opGreaterEqual {
		return nil, false
	}
	call, limit := n.args[0].meant(), n.args[1]
	if len(call.of) == 0 {
		return nil, false
	}
	for _, a := range call.args {
		if call.fn.name == "completion" {
			c := &node{op: n.op, kind: Truth, shape: a.shape, table: a.table, args: []*node{a, limit}, from: n.from, to: n.to}
			comparison(c)
			a = c
		}
		list = append(list, f.part(a))
	}
	return list, call.fn.name == "completion"
}

// Functions lists the functions over whole columns on which the value rests: in the
// formula, and in those of the values that it reads.
func (f *Formula) Functions() []Part {
	var out []Part
	seen := map[*Name]bool{}
	var look func(in *Formula)
	look = func(in *Formula) {
		in.root.walk(func(n *node) {
			if n.op == opCall {
				if table := overTable(n); table != nil {
					out = append(out, Part{Of: in.part(n), Table: table, Columns: columnsOf(n)})
				}
			}
			if n.op == opName && n.name.Formula != nil && !n.name.Inline && !seen[n.name] {
				seen[n.name] = true
				look(n.name.Formula)
			}
		})
	}
	look(f)
	return out
}

// Function is the name of the function that a part calls.
func (p Part) Function() string { return p.Of.root.fn.name }

// Arguments are what the function of a part is given.
func (p Part) Arguments() []*Formula {
	var out []*Formula
	for _, a := range p.Of.root.args {
		out = append(out, p.Of.part(a))
	}
	return out
}

// Whole lists the columns that the formula reads as a whole, so that its value in a
// row rests on other rows, too.
func (f *Formula) Whole() []*Name {
	var out []*Name
	f.root.walk(func(n *node) {
		if n.shape == column && n.op == opName {
			out = append(out, n.name)
		}
	})
	return out
}

// Input is a value of this year on which a formula rests.
type Input struct {
	*Name
	Base bool // others are measured by it: it divides, is what a comparison asks for, or they are taken from it
}

// Inputs lists the values on which the formula rests, each once, also those from
// which others are computed; not those that only select rows.
func (f *Formula) Inputs() []Input {
	var out []Input
	at := map[*Name]int{}
	var look func(n *node, base bool)
	look = func(n *node, base bool) {
		if n.op == opName {
			if n.back > 0 || n.name.Constant != nil || n.name.Param || !n.name.Said.IsZero() {
				return
			}
			if n.name.Inline {
				look(n.name.Formula.root, base)
				return
			}
			i, seen := at[n.name]
			if seen && (out[i].Base || !base) {
				return
			}
			if !seen {
				i = len(out)
				at[n.name] = i
				out = append(out, Input{Name: n.name})
			}
			out[i].Base = base
			if n.name.Formula != nil {
				look(n.name.Formula.root, base)
			}
			return
		}
		for i, a := range n.args {
			if n.op == opPick && i == 0 && n.kind != Truth {
				continue // it says what counts, and isn't bent to it
			}
			limits := n.op >= opEqual && n.op <= opGreaterEqual || n.op == opDiv || n.op == opCall && n.fn.divides
			look(a, base || limits && i == 1 || n.op == opSub && i == 0)
		}
	}
	look(f.root, false)
	return out
}

// Equates reports whether a rule holds only while figures are equal: each of them
// can't be changed alone.
func (f *Formula) Equates() bool {
	var equates func(n *node) bool
	equates = func(n *node) bool {
		switch n.op {
		case opAnd, opOr:
			return equates(n.args[0]) || equates(n.args[1])
		case opEqual, opIn:
			return n.args[0].kind == Number
		}
		return false
	}
	return equates(f.root.meant())
}

// Label is what a value is called: its name, what a function counts, else the
// formula in words.
func (f *Formula) Label() diag.Phrase {
	n := f.root.meant()
	if n.op == opCall && overTable(n) != nil {
		if columns := columnsOf(n); len(columns) > 0 {
			return diag.P(diag.Verbatim(overTable(n).Name + "." + columns[0].Shown()))
		}
	}
	return f.Words()
}

// Variation is the column whose coefficient of variation the formula is, and the table
// or view of the rows.
func (f *Formula) Variation() (column *Name, of *Table, ok bool) {
	n := f.root.meant()
	if n.op != opCall || n.fn.name != "cv" && n.fn.name != "cv_unweighted" {
		return nil, nil, false
	}
	return n.args[0].name, n.args[0].table, true
}

// Limit is what a value must reach by its standard, where the standard compares the
// value itself.
func (n *Name) Limit() (*Formula, bool) {
	root := n.Standard.root
	if root.op < opLess || root.op > opGreaterEqual {
		return nil, false
	}
	left := root.args[0].meant()
	return n.Standard.part(root.args[1]), left.op == opName && left.name == n && left.back == 0
}
