package formula

import "dudao/engine/diag"

// shape says how many values a node has.
type shape uint8

const (
	single shape = iota // one value
	row                 // one value for the row at hand
	column              // a whole column, for functions such as sum
)

// op is what a node does. The tree is kept beside the closures: words, and later
// explanations and spreadsheet formulas, are drawn from it.
type op uint8

const (
	opConst  op = iota
	opName      // name, back
	opParam     // name; args choose among its values
	opCall      // fn, args
	opGrowth    // args[0] is the name now, args[1] the year before
	opPick
	opNegate
	opNot
	opAdd
	opSub
	opMul
	opDiv
	opOr
	opAnd
	opEqual
	opUnequal
	opLess
	opLessEqual
	opGreater
	opGreaterEqual
	opIn      // args[0], then the list
	opDefault // ??
	opPresent // the rows of a key column: of count_if(key_column, key)
)

// node is one checked and compiled expression.
type node struct {
	op    op
	kind  Kind
	shape shape
	table *Table // of a row or column
	args  []*node

	name *Name // opName
	back int   // opName: years before this year
	fn   *function
	lit  Column // opConst

	param *Param      // opParam
	steps []paramStep // the way to the value
	slot  int         // of points("id") and letters("A")
	of    []*Name     // of passed and completion: whose standards

	from, to int // runes of the formula
	eval     func(*Machine) Column
}

// Formula is one compiled formula. It holds no values and may be used by many
// goroutines at once.
type Formula struct {
	Source   diag.Excerpt
	Kind     Kind
	Declared string // the unit that its value is declared to have, if any
	root     *node
	whole    bool // root stands for all of Source, not for a part of it
}

// Eval computes the formula. The result is valid until the machine's next Reset.
func (f *Formula) Eval(m *Machine) Column { return f.root.value(m) }

// value is the node's result: computed, or as the machine remembers it.
func (n *node) value(m *Machine) Column {
	if !m.remembers || n.op == opConst || n.op == opName && !n.name.Inline {
		return n.eval(m) // nothing has to be computed
	}
	out, ok := m.known[n]
	if !ok {
		out = n.eval(m)
		m.known[n] = out
	}
	return out
}

// ByRow reports whether the formula has a value for each row of a table.
func (f *Formula) ByRow() bool { return f.root.shape == row }

// Machine holds the values that formulas read, and memory for what they compute.
// It belongs to one goroutine.
type Machine struct {
	Slots []Column
	Rows  []int // the number of rows of each table, by Table.Index

	nums   []float64
	states []State
	groups groups

	remembers bool
	known     map[*node]Column // what was computed since Remember
}

// NewMachine returns a machine with room for all names of a scope.
func NewMachine(s *Scope) *Machine {
	return &Machine{Slots: make([]Column, s.Slots()), Rows: make([]int, len(s.ordered))}
}

// Reset gives back the memory of earlier results.
func (m *Machine) Reset() {
	m.nums, m.states = m.nums[:0], m.states[:0]
	clear(m.known)
}

// Remember keeps what formulas, and the two sides of a comparison, come to until
// forget is called or the machine is reset: for whoever looks at a column several
// times and would compute it as often. The slots must not change meanwhile.
func (m *Machine) Remember() (forget func()) {
	if m.remembers {
		return func() {} // whoever began it ends it
	}
	if m.known == nil {
		m.known = map[*node]Column{}
	}
	m.remembers = true
	return func() {
		clear(m.known)
		m.remembers = false
	}
}

// Take returns room for a column of numbers or truths.
func (m *Machine) Take(rows int) Column {
	if len(m.nums)+rows > cap(m.nums) {
		// Columns taken before keep the old block alive as long as they need it.
		size := max(2*cap(m.nums), rows, 256)
		m.nums, m.states = make([]float64, 0, size), make([]State, 0, size)
	}
	at := len(m.nums)
	m.nums, m.states = m.nums[:at+rows], m.states[:at+rows]
	return Column{Num: m.nums[at : at+rows : at+rows], State: m.states[at : at+rows : at+rows]}
}

// length is the number of values of a node.
func (n *node) length(m *Machine) int {
	if n.shape == single {
		return 1
	}
	return m.Rows[n.table.Index]
}

// step is 0 for a single value, which stands for every row.
func (n *node) step() int {
	if n.shape == single {
		return 0
	}
	return 1
}
