package formula

import "math"

// AtLeast makes the condition value >= x of a compiled value, as a band has it.
func AtLeast(value *Formula, x float64) *Formula {
	limit := &node{op: opConst, lit: NumberColumn(x), eval: nil}
	limit.eval = func(*Machine) Column { return limit.lit }
	n := &node{op: opGreaterEqual, kind: Truth, shape: value.root.shape, table: value.root.table, args: []*node{value.root, limit}}
	comparison(n)
	return &Formula{Source: value.Source, Kind: Truth, root: n}
}

// Is makes the condition that a text has a value, as a judged level has it.
func Is(name *Name, text string) *Formula {
	value := Of(name)
	wanted := &node{op: opConst, kind: Text, lit: Column{Text: []string{text}, State: []State{Known}}}
	wanted.eval = func(*Machine) Column { return wanted.lit }
	n := &node{op: opEqual, kind: Truth, args: []*node{value.root, wanted}}
	textComparison(n)
	return &Formula{Kind: Truth, root: n}
}

// Not makes the opposite of a condition.
func Not(f *Formula) *Formula {
	n := &node{op: opNot, kind: Truth, shape: f.root.shape, table: f.root.table, args: []*node{f.root}}
	unary(n)
	return &Formula{Source: f.Source, Kind: Truth, root: n}
}

// Of makes the formula that is just a name.
func Of(name *Name) *Formula {
	n := (&compiler{}).read(&node{}, name, 0)
	return &Formula{Kind: name.Kind, root: n}
}

// IsWhole reports whether a number is always whole, whatever is submitted. Steps
// that can be fractions must say how a started one counts.
func (f *Formula) IsWhole() bool { return f.root.whole() }

func (n *node) whole() bool {
	all := func(args []*node) bool {
		for _, a := range args {
			if !a.whole() {
				return false
			}
		}
		return true
	}
	switch n.op {
	case opParam:
		return n.name.Whole
	case opConst:
		return n.kind == Number && n.lit.Num[0] == math.Trunc(n.lit.Num[0])
	case opName:
		if n.name.Constant != nil {
			return n.kind == Number && n.name.Constant.Num[0] == math.Trunc(n.name.Constant.Num[0])
		}
		return n.kind == Truth || n.name.Whole
	case opAdd, opSub, opMul, opNegate, opDefault:
		return all(n.args)
	case opPick:
		return all(n.args[1:])
	case opCall:
		switch n.fn.name {
		case "count", "count_if", "ceil", "floor", "falls", "passed", "letters":
			return true
		case "sum_if", "max_if", "min_if", "lookup":
			return n.args[0].whole()
		case "round":
			return len(n.args) == 1
		case "sum", "min", "max", "abs":
			return all(n.args)
		}
	}
	return false
}
