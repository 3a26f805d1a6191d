package formula

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/sheet"
)

func (c sheetNode) call(n *node) Term {
	f := n.fn
	switch {
	case f.special != nil:
		return c.special(n)
	case f.several != nil && n.args[0].shape != column:
		return c.several(n)
	case f.whole != nil || f.weighted != nil:
		return c.aggregate(n)
	case f.keyed != nil:
		return c.once(n, c.keyed)
	}
	args := c.terms(n)
	x := exprs(args)
	switch f.name {
	case "per":
		return c.divided(sheet.Mul(sheet.Div(x[0], x[1]), x[2]), args...)
	case "ratio":
		return c.divided(sheet.Div(x[0], x[1]), args...)
	case "round":
		places := sheet.Num(0)
		if len(x) > 1 {
			places = x[1]
		}
		return Join(sheet.Round(x[0], places), Number, args...)
	case "abs":
		return Join(sheet.Abs(x[0]), Number, args...)
	case "ceil": // noise is not a started one; −INT(−x) is the next whole number above
		return Join(sheet.Neg(sheet.Int(sheet.Neg(sheet.Round(x[0], sheet.Num(9))))), Number, args...)
	case "floor":
		return Join(sheet.Int(sheet.Round(x[0], sheet.Num(9))), Number, args...)
	default: // sqrt
		t := Join(sheet.Sqrt(x[0]), Number, args...)
		t.fails = true
		return t
	}
}

func (c sheetNode) special(n *node) Term {
	switch n.fn.name {
	case "pick":
		return c.once(n, c.pick)
	case "growth":
		panic("formula: growth is an operator")
	case "prev":
		return c.read(n)
	case "points":
		return c.Read(c.places[n.slot])
	case "letters":
		return c.Read(c.places[n.slot])
	case "completion":
		var args []Term
		for i, a := range n.args {
			args = append(args, c.once(a, func(a *node) Place { return c.completion(a, n.of[i]) }))
		}
		return Join(sheet.Least(exprs(args)...), Number, args...)
	case "passed":
		var flags []*sheet.Expr
		var args []Term
		for i := range n.args {
			p := c.Standard(n.of[i], c.rowTable(n.args[i]))
			t := Term{X: sheet.Ref(p.Cell), kind: Number}
			if p.can != 0 {
				t.reads = []Place{p}
			}
			args, flags = append(args, t), append(flags, t.X)
		}
		return Join(sheet.Sums(flags...), Number, args...)
	default: // falls
		args := c.terms(n)
		var fell []*sheet.Expr
		for _, t := range args {
			fell = append(fell, sheet.Mul(sheet.Num(1), t.X))
		}
		return Join(sheet.Sums(fell...), Number, args...)
	}
}

// Standard is where it stands whether the value of a name meets its standard.
func (s *Sheet) Standard(n *Name, table *Table) Place {
	root := n.Standard.root
	p, ok := s.nodes[root]
	if !ok {
		if root.shape != row {
			table = nil
		}
		label := diag.P(diag.M("%s meets its standard", n.Shown()))
		p = s.Store(s.Translate(n.Standard, table), table, label)
		s.nodes[root] = p
	}
	return p
}

// completion is value ÷ target, or target ÷ value where less is better; then
// nothing at all is as good as can be.
func (c sheetNode) completion(a *node, of *Name) Place {
	x, y := c.term(a.args[0]), c.term(a.args[1])
	t := c.divided(sheet.Div(x.X, y.X), x, y)
	if op := of.Standard.root.op; op == opLess || op == opLessEqual {
		t.X = sheet.If(sheet.Cmp("=", y.X, sheet.Num(0)), sheet.Num(1), t.X)
	}
	return c.Store(t, c.rowTable(a), diag.P(diag.M("%s compared with its standard", of.Shown())))
}

// several is a function of some values of a row.
func (c sheetNode) several(n *node) Term {
	args := c.terms(n)
	x := exprs(args)
	count := sheet.Num(float64(len(x)))
	switch n.fn.name {
	case "min":
		return Join(sheet.Least(x...), Number, args...)
	case "max":
		return Join(sheet.Greatest(x...), Number, args...)
	case "mean":
		return Join(sheet.Div(sheet.Sums(x...), count), Number, args...)
	default:
		return Join(sheet.Sums(x...), Number, args...)
	}
}

// choose is one of several constants: INDEX over their values, MATCH of the key.
func (c sheetNode) choose(n *node) Term {
	var args []Term
	var key []*sheet.Expr
	for _, step := range n.steps {
		if step.choose == nil {
			continue
		}
		t := c.term(step.choose)
		if len(key) > 0 {
			key = append(key, sheet.Str(keyMark))
		}
		args, key = append(args, t), append(key, t.X)
	}
	names, leaves := n.choices()
	keys, values := c.Choice(c.choicePath(n), names, leaves)
	x := sheet.Lookup(sheet.Whole(values), sheet.Whole(keys), sheet.Join(key...))
	if n.kind == Truth {
		x = sheet.Cmp("=", x, sheet.Num(1))
	}
	t := Join(x, n.kind, args...)
	t.fails = n.mayMiss() || slices.ContainsFunc(leaves, func(n *Name) bool { return n.Constant == nil })
	if !t.fails {
		return t
	}
	// A key without a value is missing, not an error.
	e := sheet.IfError(x, c.word(Missing))
	p := c.StoreAs(c.Guarded(Join(e, Number, args...)), n.kind, t.Can()&^only1(Failed)|only1(Missing), c.rowTable(n), c.label(n))
	return c.Read(p)
}

// keyMark stands between the keys of several steps.
const keyMark = "·"

// choicePath names the constants among which the steps choose: 标准.·.骨干.
func (c sheetNode) choicePath(n *node) string {
	path := []string{n.name.Name}
	for _, step := range n.steps {
		if step.choose == nil {
			path = append(path, step.key)
		}
	}
	return strings.Join(path, ".")
}

// choices lists the constants that the steps can reach, each with its key.
func (n *node) choices() (keys []string, leaves []*Name) {
	var walk func(p *Param, key []string, steps []paramStep)
	walk = func(p *Param, key []string, steps []paramStep) {
		if len(steps) == 0 {
			keys, leaves = append(keys, strings.Join(key, keyMark)), append(leaves, p.Leaf)
			return
		}
		if s := steps[0]; s.choose == nil {
			walk(p.Children[s.key], key, steps[1:])
			return
		}
		for _, k := range p.Order {
			if child := p.Children[k]; child != nil && child.reaches(steps[1:]) {
				walk(child, append(key[:len(key):len(key)], k), steps[1:])
			}
		}
	}
	walk(n.param, nil, n.steps)
	return keys, leaves
}

// reaches reports whether the steps lead from here to a value.
func (p *Param) reaches(steps []paramStep) bool {
	if len(steps) == 0 || p.Leaf != nil {
		return len(steps) == 0 && p.Leaf != nil
	}
	if steps[0].choose == nil {
		child := p.Children[steps[0].key]
		return child != nil && child.reaches(steps[1:])
	}
	for _, child := range p.Children {
		if child.reaches(steps[1:]) {
			return true
		}
	}
	return false
}

// mayMiss reports whether a step's key may be one that has no value.
func (n *node) mayMiss() bool {
	for _, s := range n.steps {
		if s.choose != nil && (s.choose.op != opName || len(s.choose.name.Choices) == 0) {
			return true
		}
	}
	return false
}
