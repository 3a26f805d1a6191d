package formula

import (
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/sheet"
)

// Translate translates a formula. What it comes to stands in a cell of each row of
// the table if the formula is about its rows.
func (s *Sheet) Translate(f *Formula, table *Table) Term {
	return sheetNode{Sheet: s, table: table, src: f}.term(f.root)
}

// sheetNode translates the nodes of one formula.
type sheetNode struct {
	*Sheet
	table *Table // whose row is at hand
	src   *Formula
}

func (c sheetNode) label(n *node) diag.Phrase {
	runes := []rune(c.src.Source.Text)
	from, to := extent(blank(c.src.Source.Text), n)
	if from >= to || to > len(runes) {
		return c.src.Words()
	}
	return diag.P(diag.Verbatim(string(runes[from:to])))
}

// rowTable is the table in whose rows a node's cells stand.
func (c sheetNode) rowTable(n *node) *Table {
	if n.shape == row {
		return n.table
	}
	return nil
}

func (c sheetNode) terms(n *node) []Term {
	out := make([]Term, len(n.args))
	for i, a := range n.args {
		out[i] = c.term(a)
	}
	return out
}

func exprs(list []Term) []*sheet.Expr {
	out := make([]*sheet.Expr, len(list))
	for i, t := range list {
		out[i] = t.X
	}
	return out
}

func (c sheetNode) term(n *node) Term {
	if p, ok := c.nodes[n]; ok {
		return c.Read(p)
	}
	switch n.op {
	case opConst:
		return c.literal(n.lit, n.kind)
	case opName:
		return c.read(n)
	case opParam:
		return c.choose(n)
	case opCall:
		return c.call(n)
	case opDefault:
		return c.once(n, c.fallback)
	case opPick:
		return c.once(n, c.pick)
	case opEqual, opUnequal, opLess, opLessEqual, opGreater, opGreaterEqual:
		return c.comparison(n)
	case opIn:
		return c.membership(n)
	}
	args := c.terms(n)
	x := exprs(args)
	switch n.op {
	case opNegate:
		return Join(sheet.Neg(x[0]), Number, args...)
	case opNot:
		return Join(sheet.Not(x[0]), Truth, args...)
	case opAdd:
		return Join(sheet.Add(x[0], x[1]), Number, args...)
	case opSub:
		return Join(sheet.Sub(x[0], x[1]), Number, args...)
	case opMul:
		return Join(sheet.Mul(x[0], x[1]), Number, args...)
	case opDiv:
		return c.divided(sheet.Div(x[0], x[1]), args...)
	case opGrowth:
		return c.divided(sheet.Div(sheet.Mul(sheet.Num(100), sheet.Sub(x[0], x[1])), x[1]), args...)
	case opAnd:
		return Join(sheet.And(x...), Truth, args...)
	default: // opOr
		return Join(sheet.Or(x...), Truth, args...)
	}
}

func (c sheetNode) divided(x *sheet.Expr, args ...Term) Term {
	t := Join(x, Number, args...)
	t.fails = true
	return t
}

func (c sheetNode) literal(v Column, kind Kind) Term {
	switch {
	case kind == Text:
		return Term{X: sheet.Str(v.Text[0]), kind: Text}
	case kind == Truth:
		return Term{X: sheet.Bool(v.Num[0] != 0), kind: Truth}
	default:
		return Term{X: sheet.Num(v.Num[0]), kind: Number}
	}
}

func (c sheetNode) read(n *node) Term {
	switch {
	case n.name.Inline:
		inner := c
		inner.src = n.name.Formula
		return inner.term(n.name.Formula.root)
	case n.name.Constant != nil && n.name.Kind == Truth:
		return c.literal(*n.name.Constant, Truth)
	case n.name.Constant != nil:
		return Term{X: sheet.Ref(c.Param(n.name)), kind: n.name.Kind}
	case n.name.Param:
		p := Place{Cell: c.Param(n.name), kind: n.name.Kind, flag: true}
		if p.Cell.Formula != nil || p.Cell.Values[0] == sheet.Said(c.Words.Missing) {
			p.can = only1(Missing)
		}
		return c.Read(p)
	}
	return c.Read(c.places[n.name.Slots[n.back]])
}

// once puts what a node comes to into a cell of its own, however often it is read.
func (c sheetNode) once(n *node, f func(n *node) Place) Term {
	p, ok := c.nodes[n]
	if !ok {
		p = f(n)
		c.nodes[n] = p
	}
	return c.Read(p)
}

// fallback is x ?? y: y where x is missing, and nothing else.
func (c sheetNode) fallback(n *node) Place {
	a, b := c.term(n.args[0]), c.term(n.args[1])
	can := a.Can()&^only1(Missing) | b.Can()
	if !a.Can().Has(Missing) {
		return c.Store(a, c.rowTable(n), c.label(n))
	}
	instead := c.Guarded(b)
	var e *sheet.Expr
	if len(a.reads) == 1 && a.X.IsRef(a.reads[0].Cell) && a.kind == Number {
		p := a.reads[0]
		keep := []*sheet.Expr{sheet.IsNumber(a.X)}
		for _, s := range []State{Inapplicable, Open, Failed} {
			if p.can.Has(s) {
				keep = append(keep, c.says(a.X, s))
			}
		}
		e = sheet.If(sheet.Or(keep...), a.X, instead)
	} else {
		// The cell of x says by its word whether it is missing.
		x := sheet.Ref(c.Store(a, c.rowTable(n.args[0]), c.label(n.args[0])).Cell)
		e = sheet.If(c.says(x, Missing), instead, x)
	}
	return c.StoreAs(e, n.kind, can, c.rowTable(n), c.label(n))
}

// pick reads only the branch that is taken.
func (c sheetNode) pick(n *node) Place {
	cond, yes, no := c.term(n.args[0]), c.term(n.args[1]), c.term(n.args[2])
	taken := Join(sheet.If(cond.X, c.Guarded(yes), c.Guarded(no)), n.kind, cond)
	return c.StoreAs(c.Guarded(taken), n.kind, cond.Can()|yes.Can()|no.Can(), c.rowTable(n), c.label(n))
}

// comparison compares without noise: what differs by less than the thirteenth digit
// of the second number is equal (package decimal).
func (c sheetNode) comparison(n *node) Term {
	a, b := n.args[0], n.args[1]
	if a.kind == Text {
		x, y := c.term(a), c.term(b)
		e := c.same(x.X, y.X, b)
		if n.op == opUnequal {
			e = sheet.Not(e)
		}
		return Join(e, Truth, x, y)
	}
	op := map[op]string{opEqual: "=", opUnequal: "<>", opLess: "<", opLessEqual: "<=", opGreater: ">", opGreaterEqual: ">="}[n.op]
	if a.kind == Truth {
		x, y := c.term(a), c.term(b)
		return Join(sheet.Cmp(op, x.X, y.X), Truth, x, y)
	}
	if diff := a.meant(); isZero(b) && diff.op == opSub {
		a, b = diff.args[0], diff.args[1]
	} else if diff := b.meant(); isZero(a) && diff.op == opSub {
		a, b = diff.args[1], diff.args[0]
	}
	x, y := c.term(a), c.term(b)
	return Join(c.compare(op, a, b, x.X, y.X), Truth, x, y)
}

func (c sheetNode) compare(op string, a, b *node, x, y *sheet.Expr) *sheet.Expr {
	if a.whole() && b.whole() {
		return sheet.Cmp(op, x, y)
	}
	diff := sheet.Sub(x, y)
	if isZero(b) {
		diff = x
	}
	return sheet.Cmp(op, sheet.Round(diff, decimals(b, y)), sheet.Num(0))
}

// decimals is to how many places a difference from b is rounded: 13 less the digits
// before b's point.
func decimals(b *node, y *sheet.Expr) *sheet.Expr {
	least, most := b.constantRange()
	if least != nil && most != nil && decimal.Digits(*least) == decimal.Digits(*most) && *least**most >= 0 {
		return sheet.Num(float64(13 - decimal.Digits(*most)))
	}
	return sheet.Sub(sheet.Num(13), sheet.Len(sheet.Int(sheet.Abs(y))))
}

// constantRange is between which constants a node lies, if it is one of some constants.
func (n *node) constantRange() (least, most *float64) {
	switch {
	case n.op == opConst && n.kind == Number:
		return &n.lit.Num[0], &n.lit.Num[0]
	case n.op == opName && n.name.Constant != nil:
		return &n.name.Constant.Num[0], &n.name.Constant.Num[0]
	case n.op == opParam:
		return n.name.Least, n.name.Most
	}
	return nil, nil
}

// same compares texts; a spreadsheet's = doesn't tell A from a.
func (c sheetNode) same(x, y *sheet.Expr, b *node) *sheet.Expr {
	if b.op == opConst && strings.ToLower(b.lit.Text[0]) == strings.ToUpper(b.lit.Text[0]) {
		return sheet.Cmp("=", x, y)
	}
	return sheet.Exact(x, y)
}

func (c sheetNode) membership(n *node) Term {
	args := c.terms(n)
	var any []*sheet.Expr
	for i, t := range args[1:] {
		if n.args[0].kind == Text {
			any = append(any, c.same(args[0].X, t.X, n.args[i+1]))
		} else {
			any = append(any, c.compare("=", n.args[0], n.args[i+1], args[0].X, t.X))
		}
	}
	return Join(sheet.Or(any...), Truth, args...)
}

// Gap is how far the value of a comparison is from its limit, rounded as it is
// compared, and the sign between them; both stand in cells already. There is no sign
// where the formula is no such comparison.
func (s *Sheet) Gap(f *Formula, value, limit Place) (Term, string) {
	n := f.root
	signs := map[op]string{opEqual: "=", opUnequal: "<>", opLess: "<", opLessEqual: "<=", opGreater: ">", opGreaterEqual: ">="}
	if signs[n.op] == "" || n.args[0].kind != Number {
		return Term{}, ""
	}
	a, b := n.args[0], n.args[1]
	if isZero(b) && a.meant().op == opSub || isZero(a) && b.meant().op == opSub {
		return Term{}, "" // the two sides of the difference are compared
	}
	x, y := s.Read(value), s.Read(limit)
	diff := sheet.Round(sheet.Sub(x.X, y.X), decimals(b, y.X))
	return Join(diff, Number, x, y), signs[n.op]
}

// Known says that a formula's value stands in a cell, so that whatever reads it
// refers to that.
func (s *Sheet) Known(f *Formula, p Place) { s.nodes[f.root] = p }

// IsConstant reports whether the formula is a number as a literal.
func (f *Formula) IsConstant() bool { return f.root.op == opConst }
