package formula

import (
	"math"
	"slices"

	"dudao/engine/decimal"
	"dudao/engine/diag"
)

// decided reports whether a comparison always or never holds. One of params alone
// is a switch, which a rubric that extends this one may turn.
func (d *doubter) decided(n *node) (always, never bool) {
	a, b := n.args[0], n.args[1]
	if a.kind == Text {
		if a.op != opConst || b.op != opConst {
			return false, false
		}
		holds := (a.lit.Text[0] == b.lit.Text[0]) == (n.op == opEqual)
		return holds, !holds
	}
	if a.fixed() && b.fixed() && (a.op != opConst || b.op != opConst) {
		return false, false
	}
	x, y := d.span(a), d.span(b)
	equal := x.least == x.most && y.least == y.most && compare(x.least, y.least) == 0
	apart := compare(x.most, y.least) < 0 || compare(x.least, y.most) > 0 || d.between(a, y) || d.between(b, x)
	switch n.op {
	case opEqual:
		return equal, apart
	case opUnequal:
		return apart, equal
	case opLess:
		return compare(x.most, y.least) < 0, compare(x.least, y.most) >= 0
	case opLessEqual:
		return compare(x.most, y.least) <= 0, compare(x.least, y.most) > 0
	case opGreater:
		return compare(x.least, y.most) > 0, compare(x.most, y.least) <= 0
	default:
		return compare(x.least, y.most) >= 0, compare(x.most, y.least) < 0
	}
}

// list doubts the numbers of a list that a value never is.
func (d *doubter) list(n *node) {
	for _, item := range n.args[1:] {
		is := &node{op: opEqual, args: []*node{n.args[0], item}}
		if _, never := d.decided(is); never && n.args[0].op != opConst {
			d.unreachable(item, is, diag.M("“%s” is never %s", d.text(n.args[0]), d.text(item)))
		}
	}
}

// fixed reports whether a node reads nothing but numbers and params.
func (n *node) fixed() bool {
	switch n.op {
	case opConst, opParam:
		return true
	case opName:
		return n.name.Constant != nil || n.name.Param
	case opCall:
		return n.fn.values != nil && !slices.ContainsFunc(n.args, func(a *node) bool { return !a.fixed() })
	case opAdd, opSub, opMul, opDiv, opNegate:
		return !slices.ContainsFunc(n.args, func(a *node) bool { return !a.fixed() })
	}
	return false
}

// between reports whether a whole number is compared with one that isn't.
func (d *doubter) between(n *node, limit span) bool {
	return limit.least == limit.most && limit.least != math.Trunc(limit.least) && d.whole(n)
}

// unreachable says at a place what a comparison always or never does, and why.
func (d *doubter) unreachable(at, n *node, m diag.Message) {
	var hints []diag.Message
	mend := diag.M("check the limit, the unit and min: and max: of the data")
	for i, a := range n.args {
		other := d.span(n.args[1-i])
		s := d.span(a)
		switch text := d.text(a); {
		case a.op == opConst:
		case (n.op == opEqual || n.op == opUnequal) && d.between(a, other):
			hints = append(hints, diag.M("“%s” is always a whole number", text))
			mend = diag.M("write a whole number, or check type: of the data")
		case math.IsInf(s.least, -1) && math.IsInf(s.most, 1):
		case math.IsInf(s.least, -1):
			hints = append(hints, diag.M("“%s” is at most %s", text, decimal.Format(s.most, 6)))
		case math.IsInf(s.most, 1):
			hints = append(hints, diag.M("“%s” is at least %s", text, decimal.Format(s.least, 6)))
		default:
			hints = append(hints, diag.M("“%s” lies between %s and %s", text, decimal.Format(s.least, 6), decimal.Format(s.most, 6)))
		}
	}
	d.warn("unreachable", at, m, append(hints, mend)...)
}
