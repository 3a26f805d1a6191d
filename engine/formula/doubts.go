package formula

import (
	"slices"

	"dudao/engine/diag"
)

// Doubts are what a careful colleague would ask about the formula: warnings, each
// with its rule. A formula with doubts may be right; none of them is about the
// text that a name such as value stands for, for that is a formula of its own.
func (f *Formula) Doubts() diag.List {
	d := newDoubter(f)
	d.declared()
	d.condition(f.root)
	d.node(f.root)
	d.precedence()
	return d.out.Sorted()
}

// LimitDoubts are the doubts about a limit of the value, as bands and scales have
// one: value >= x, or another sign. They stand at the place of the limit. That it
// is always reached is none, for the lowest band may be for everyone; Range tells.
func (f *Formula) LimitDoubts(sign string, x float64, at diag.Pos, width int) diag.List {
	d := newDoubter(f)
	limit := &node{op: opConst, lit: NumberColumn(x)}
	n := &node{op: binaryOps[sign], kind: Truth, args: []*node{f.root, limit}}
	d.fraction(n)
	if _, never := d.decided(n); never {
		d.unreachable(f.root, n, diag.M("“%s” never holds", d.comparisonText(n)))
	}
	for i := range d.out {
		d.out[i].Pos, d.out[i].Width = at, width
	}
	return d.out
}

// doubter collects the doubts about one formula. What is inferred of a part is
// kept, since it may be read many times.
type doubter struct {
	f     *Formula
	runes []rune
	signs []rune // the same with quoted texts and comments blanked
	out   diag.List

	units map[*node]unit
	spans map[*node]span
	chain map[*node]bool // comparisons that share a side: 60 <= x < 95
}

func newDoubter(f *Formula) *doubter {
	return &doubter{f: f, runes: []rune(f.Source.Text), signs: blank(f.Source.Text),
		units: map[*node]unit{}, spans: map[*node]span{}, chain: map[*node]bool{}}
}

func (d *doubter) warn(rule string, n *node, m diag.Message, hints ...diag.Message) {
	from, to := extent(d.signs, n)
	d.out.Warn(d.f.Source.At(from), max(1, to-from), m, hints...).Rule = rule
}

// own are the arguments that stand in this text. Those of passed are standards,
// which stand elsewhere; those of growth and falls are one name in several years.
func (n *node) own() []*node {
	switch {
	case n.op == opGrowth:
		return nil
	case n.op == opCall && slices.Contains([]string{"passed", "completion", "falls"}, n.fn.name):
		return nil
	}
	return n.args
}

func (d *doubter) node(n *node) {
	switch n.op {
	case opEqual, opUnequal, opLess, opLessEqual, opGreater, opGreaterEqual:
		d.comparison(n)
	case opAnd, opOr:
		d.logic(n)
	case opNot:
		d.condition(n.args[0])
	case opPick:
		d.condition(n.args[0])
		d.together(n, n.args[1], n.args[2])
	case opAdd, opDefault:
		d.together(n, n.args[0], n.args[1])
	case opSub:
		if !d.sameSides(n, n.args[0], n.args[1]) {
			d.together(n, n.args[0], n.args[1])
		}
	case opDiv:
		d.sameSides(n, n.args[0], n.args[1])
	case opIn:
		d.list(n)
	case opCall:
		if n.fn.divides {
			d.sameSides(n, n.args[0], n.args[1])
		}
	}
	for _, a := range n.own() {
		d.node(a)
	}
}

func (d *doubter) comparison(n *node) {
	a, b := n.args[0], n.args[1]
	if d.sameSides(n, a, b) {
		return
	}
	misread := d.together(n, a, b) || d.fraction(n)
	switch always, never := d.decided(n); {
	case always:
		d.unreachable(n, n, diag.M("“%s” always holds", d.comparisonText(n)))
	case never:
		d.unreachable(n, n, diag.M("“%s” never holds", d.comparisonText(n)))
	case !d.difference(n) && !misread:
		d.equality(n)
	}
}

func (d *doubter) logic(n *node) {
	a, b := n.args[0], n.args[1]
	if n.op == opAnd && d.chained(a, b) {
		return
	}
	d.condition(a)
	d.condition(b)
	for left := a; ; left = left.args[0] { // a and b and a
		last := left
		if left.op == n.op {
			last = left.args[1]
		}
		if d.sameSides(n, last, b) || left.op != n.op {
			return
		}
	}
}

// chained reports whether two comparisons were written as one, and notes them.
func (d *doubter) chained(a, b *node) bool {
	last := a
	if a.op == opAnd {
		last = a.args[1]
	}
	if len(last.args) != 2 || len(b.args) != 2 || last.args[1].from != b.args[0].from {
		return false
	}
	d.chain[last], d.chain[b] = true, true
	return true
}

// condition doubts a condition that is just true or false.
func (d *doubter) condition(n *node) {
	if n.op != opConst || n.kind != Truth {
		return
	}
	hint := diag.M("leave it out, or write what it depends on")
	if n.lit.Num[0] != 0 {
		d.warn("unreachable", n, diag.M("“%s” always holds", d.text(n)), hint)
	} else {
		d.warn("unreachable", n, diag.M("“%s” never holds", d.text(n)), hint)
	}
}

// sameSides doubts an operation with twice the same operand.
func (d *doubter) sameSides(n, a, b *node) bool {
	if a.op == opConst || !d.same(a, b) {
		return false
	}
	if n.op == opAnd || n.op == opOr {
		d.warn("same-sides", n, diag.M("“%s” is written twice", d.text(b)), diag.M("leave one of them out"))
	} else {
		d.warn("same-sides", n, diag.M("“%s” stands on both sides", d.text(b)), diag.M("one side should be something else"))
	}
	return true
}

func (d *doubter) same(a, b *node) bool {
	a, b = a.alias(), b.alias()
	switch {
	case a == b:
		return true
	case a.op != b.op || a.kind != b.kind || a.back != b.back || a.shape != b.shape || a.table != b.table || a.fn != b.fn || len(a.args) != len(b.args):
		return false
	case a.op == opName:
		return a.name == b.name
	case a.op == opParam: // which of the values is in the text alone
		return d.code(a) == d.code(b)
	case a.op == opConst && a.kind == Text:
		return a.lit.Text[0] == b.lit.Text[0]
	case a.op == opConst:
		return a.lit.Num[0] == b.lit.Num[0]
	}
	for i := range a.args {
		if !d.same(a.args[i], b.args[i]) {
			return false
		}
	}
	return true
}

// alias is the name that a name such as value stands for, where it is just one.
func (n *node) alias() *node {
	if m := n.meant(); m.op == opName {
		return m
	}
	return n
}

// difference doubts a - b >= 0. It is compared as a >= b, since a difference has
// lost its size; a reader or a spreadsheet takes it as it stands.
func (d *doubter) difference(n *node) bool {
	a, b := n.args[0], n.args[1]
	var better string
	switch {
	case d.chain[n]:
		return false
	case isZero(b) && a.op == opSub:
		better = d.code(a.args[0]) + written(n.op) + d.code(a.args[1])
	case isZero(a) && b.op == opSub:
		better = d.code(b.args[1]) + written(n.op) + d.code(b.args[0])
	default:
		return false
	}
	d.warn("difference", n, diag.M("a difference is compared with 0, not the two numbers with each other"), diag.M("write %s", better))
	return true
}

// equality doubts == between numbers that computing or measuring makes differ.
func (d *doubter) equality(n *node) {
	a, b := n.args[0], n.args[1]
	if n.op != opEqual && n.op != opUnequal || a.kind != Number || d.exact(a) || d.exact(b) {
		return
	}
	if a.op == opName && b.op == opName && a.name == b.name && a.name.Formula == nil {
		return // this year’s figure against the one before, as both were filled in
	}
	d.warn("equality", n, diag.M("numbers that may have decimals are hardly ever exactly equal"),
		diag.M("say how far apart they may be, for example %s", "abs("+d.code(a)+" - "+d.grouped(b, opSub)+") < 0.01"))
}

// exact reports whether a number can be expected to equal another one exactly: a
// count, what was rounded, the points of the result.
func (d *doubter) exact(n *node) bool {
	n = n.meant()
	return d.whole(n) || n.op == opName && !n.name.Said.IsZero() || n.op == opCall && n.fn.name == "round"
}

func (d *doubter) whole(n *node) bool {
	n = n.meant()
	return n.whole() || n.op == opName && n.name.Formula != nil && n.name.Formula.root.whole()
}
