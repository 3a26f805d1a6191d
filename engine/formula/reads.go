package formula

// Read is a value that a formula reads: a name, so many years back.
type Read struct {
	Name *Name
	Back int
}

// Reads lists what must be submitted for the formula, each once: computed names
// stand for what they are computed from.
func (f *Formula) Reads() []Read {
	var out []Read
	seen := map[Read]bool{}
	var walk func(n *node)
	walk = func(n *node) {
		r := Read{n.name, n.back}
		switch {
		case n.op == opName && n.name.Formula != nil && !seen[r]:
			seen[r] = true
			walk(n.name.Formula.root)
		case n.op == opName && n.name.Constant == nil && !n.name.Param && n.name.Said.IsZero() && !seen[r]:
			seen[r] = true
			out = append(out, r)
			if n.name.When != nil {
				walk(n.name.When.root)
			}
		}
		if n.shape == column && n.table.Where != nil {
			walk(n.table.Where.root)
		}
		for _, a := range n.args {
			walk(a)
		}
	}
	walk(f.root)
	return out
}

// Names lists the declared names that stand in the formula, each once; what a
// computed name is computed from isn't followed.
func (f *Formula) Names() []*Name {
	var out []*Name
	seen := map[*Name]bool{}
	f.root.walk(func(n *node) {
		if n.op == opName && n.name.Constant == nil && n.name.Said.IsZero() && !n.name.Param && !n.name.Inline && !seen[n.name] {
			seen[n.name] = true
			out = append(out, n.name)
		}
	})
	return out
}

// Tables lists the tables and views whose columns the formula reads.
func (f *Formula) Tables() []*Table {
	var out []*Table
	f.root.walk(func(n *node) {
		if n.shape == column {
			out = append(out, n.table)
		}
	})
	return out
}

// walk visits a tree; a name that only stands for a formula is looked into.
func (n *node) walk(visit func(*node)) {
	visit(n)
	if n.op == opName && n.name.Inline {
		n.name.Formula.root.walk(visit)
	}
	for _, a := range n.args {
		a.walk(visit)
	}
}

// EachSlot calls f for every place whose value the formula reads itself.
func (f *Formula) EachSlot(visit func(slot int)) {
	var walk func(n *node)
	walk = func(n *node) {
		switch {
		case n.op == opName && n.name.Inline:
			walk(n.name.Formula.root)
		case n.op == opName && n.name.Constant == nil:
			visit(n.name.Slots[n.back])
		case n.op == opCall && n.fn.special != nil && n.slot > 0:
			visit(n.slot)
		}
		for _, a := range n.args {
			walk(a)
		}
	}
	walk(f.root)
}
