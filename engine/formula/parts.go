package formula

import (
	"reflect"
	"slices"

	"dudao/engine/diag"
)

// Text is the formula as its author wrote it; of a part of a formula, that part.
func (f *Formula) Text() string {
	from, to := f.extent()
	return string([]rune(f.Source.Text)[from:to])
}

// EndsInValue reports whether the formula with its numbers put in says its own value
// at the end: a name, a function.
func (f *Formula) EndsInValue() bool {
	switch f.root.op {
	case opConst, opName, opParam, opGrowth, opCall:
		return true
	}
	return false
}

// IsName reports whether the formula is nothing but a name.
func (f *Formula) IsName() bool { return f.root.op == opName && !f.root.name.Inline }

// Is reports whether two formulas are the same, or one is a name that stands for the
// other.
func (f *Formula) Is(o *Formula) bool {
	a, b := f.root.meant(), o.root.meant()
	return a == b || reflect.DeepEqual((&Formula{root: a}).Words(), (&Formula{root: b}).Words())
}

// Contains reports whether a formula reads a name that stands for another one.
func (f *Formula) Contains(o *Formula) bool {
	found := false
	f.root.walk(func(n *node) { found = found || n == o.root })
	return found
}

// Place is where the formula, or the part of one, stands, and how long it is.
func (f *Formula) Place() (diag.Pos, int) {
	from, to := f.extent()
	return f.Source.At(from), max(1, to-from)
}

func (f *Formula) extent() (from, to int) {
	if f.whole {
		return 0, len([]rune(f.Source.Text))
	}
	return extent(blank(f.Source.Text), f.root)
}

// part is a formula of one node of this one.
func (f *Formula) part(n *node) *Formula {
	return &Formula{Source: f.Source, Kind: n.kind, root: n}
}

// Condition is something that a formula asks.
type Condition struct {
	*Formula
	branches []branch // of the choices around it
}

// branch is the side of a choice on which a condition stands.
type branch struct {
	cond *node
	side bool
}

// Asked is the condition row by row. It doesn't apply where a choice around it takes
// the other branch.
func (c Condition) Asked(m *Machine) Column {
	out := c.Eval(m)
	for _, b := range c.branches {
		cond, asked := b.cond.value(m), out
		rows := max(asked.Len(), cond.Len())
		if asked.Len() == 0 || cond.Len() == 0 {
			rows = 0 // a table without rows
		}
		out = m.Take(rows)
		for row := range out.State {
			i, j := min(row, asked.Len()-1), min(row, cond.Len()-1)
			out.Num[row], out.State[row] = asked.Num[i], asked.State[i]
			if cond.State[j] != Known || (cond.Num[j] != 0) != b.side {
				out.Num[row], out.State[row] = 0, Inapplicable
			}
		}
	}
	return out
}

// Conditions are what the formula asks: its comparisons, and the facts that stand
// as conditions by themselves. What a name is computed from isn't looked into, for
// that is a formula of its own.
func (f *Formula) Conditions() []Condition {
	var out []Condition
	var around []branch
	var walk func(n *node, asked bool)
	all := func(args []*node, asked bool) {
		for _, a := range args {
			walk(a, asked)
		}
	}
	walk = func(n *node, asked bool) {
		switch n.op {
		case opConst:
		case opAnd, opOr, opNot:
			all(n.args, true)
		case opEqual, opUnequal, opLess, opLessEqual, opGreater, opGreaterEqual, opIn:
			out = append(out, Condition{f.part(n), around})
			all(n.args, false)
		case opPick:
			walk(n.args[0], true)
			outer := around
			for i, side := range []bool{true, false} {
				around = append(slices.Clone(outer), branch{n.args[0], side})
				walk(n.args[1+i], asked)
			}
			around = outer
		default:
			if asked && n.kind == Truth && !(n.op == opName && n.name.Inline) {
				out = append(out, Condition{f.part(n), around})
			}
			if n.op == opCall && n.fn.special == nil { // the arguments of the others aren't as written
				all(n.args, false)
			}
			if n.op != opCall {
				all(n.args, false)
			}
		}
	}
	walk(f.root, f.Kind == Truth)
	return out
}

// Part is something that a formula reads directly: a name, the value of a param
// that another value chooses, or what a function makes of whole columns.
type Part struct {
	Of *Formula // the part itself

	Name *Name // of a name
	Back int   // years before this one

	Table   *Table  // whose rows a function reads; a view has its own
	Columns []*Name // which columns of it, each once
}

// Parts lists what the formula reads in a row, each once, in the order of the text;
// a branch that isn't taken isn't read. What a name is computed from isn't followed;
// a name such as value, which only stands for a formula, is.
func (f *Formula) Parts(m *Machine, row int) []Part {
	var out []Part
	seen, chosen := map[Read]bool{}, map[string]bool{}
	var walk func(in *Formula, n *node)
	walk = func(in *Formula, n *node) {
		table := overTable(n)
		switch {
		case n.op == opName && n.name.Inline:
			walk(n.name.Formula, n.name.Formula.root)
			return
		case n.op == opPick:
			walk(in, n.args[0])
			if taken := n.taken(m, row); taken != nil {
				walk(in, taken)
			}
			return
		case n.op == opName:
			if r := (Read{n.name, n.back}); !seen[r] {
				seen[r] = true
				out = append(out, Part{Of: in.part(n), Name: n.name, Back: n.back})
			}
		case n.op == opParam:
			if p := (Part{Of: in.part(n)}); !chosen[p.Of.Text()] {
				chosen[p.Of.Text()] = true
				out = append(out, p)
			}
		case n.op == opCall && table != nil:
			out = append(out, Part{Of: in.part(n), Table: table, Columns: columnsOf(n)})
		}
		for i, a := range n.args {
			switch {
			case len(n.of) > 0: // standards stand in texts of their own
				walk(n.of[i].Standard, a)
			case a.shape != column:
				walk(in, a)
			}
		}
	}
	walk(f, f.root)
	return out
}

// taken is the branch of a choice that counts in a row, or nil while the condition
// isn't known.
func (n *node) taken(m *Machine, row int) *node {
	cond := n.args[0].value(m)
	switch at := row * n.args[0].step(); {
	case cond.State[at] != Known:
		return nil
	case cond.Num[at] != 0:
		return n.args[1]
	default:
		return n.args[2]
	}
}

// Rows are the rows at which a function over columns looks: those of its view, and
// with a key those that have it.
func (p Part) Rows(m *Machine, row int) []int {
	n, mask := p.Of.root, p.Table.mask(m)
	var keys, key Column
	if n.fn.keyed != nil {
		keys, key = n.args[1].value(m), n.args[2].value(m)
		row *= n.args[2].step()
	}
	var out []int
	for i := range m.Rows[p.Table.Index] {
		if mask != nil && mask.State[i] == Known && mask.Num[i] == 0 {
			continue
		}
		if n.fn.keyed != nil && keys.State[i] == Known && (key.State[row] != Known || keyAt(keys, i) != keyAt(key, row)) {
			continue
		}
		out = append(out, i)
	}
	return out
}

// overTable is the table whose columns a function reads, or nil.
func overTable(n *node) *Table {
	for _, a := range n.args {
		if a.shape == column {
			return a.table
		}
	}
	return nil
}

func columnsOf(n *node) []*Name {
	var out []*Name
	seen := map[*Name]bool{}
	for _, a := range n.args {
		a.walk(func(part *node) {
			if part.shape == column && part.op == opName && !seen[part.name] {
				seen[part.name] = true
				out = append(out, part.name)
			}
		})
	}
	return out
}
