package formula

import (
	"slices"
	"strconv"

	"dudao/engine/diag"

	"github.com/expr-lang/expr/ast"
)

func (c *compiler) unary(n *node, t *ast.UnaryNode) *node {
	a := c.compile(t.Node)
	if a == nil {
		return nil
	}
	n.args = []*node{a}
	n.to = max(n.to, a.to)
	switch t.Operator {
	case "-", "+":
		if !c.operands(n, Number) {
			return nil
		}
		if t.Operator == "+" {
			return a
		}
		n.op, n.kind = opNegate, Number
		if a.op == opConst {
			return c.constant(n, Number, NumberColumn(-a.lit.Num[0]))
		}
	case "not", "!":
		if !c.operands(n, Truth) {
			return nil
		}
		n.op, n.kind = opNot, Truth
	}
	unary(n)
	return n
}

var binaryOps = map[string]op{
	"+": opAdd, "-": opSub, "*": opMul, "/": opDiv,
	"or": opOr, "||": opOr, "and": opAnd, "&&": opAnd,
	"==": opEqual, "!=": opUnequal, "<": opLess, "<=": opLessEqual, ">": opGreater, ">=": opGreaterEqual,
	"in": opIn, "??": opDefault,
}

func (c *compiler) binary(n *node, t *ast.BinaryNode) *node {
	kind, ok := binaryOps[t.Operator]
	if !ok {
		hint := diag.M("formulas have names, numbers, texts, + - * /, comparisons, and or not, in, ?? and functions")
		if t.Operator == "%" {
			hint = diag.M("a percentage is written without the sign: %s", "85")
		}
		c.error(n.from, n.to, diag.M("“%s” is not used in formulas", t.Operator), hint)
		return nil
	}
	n.op = kind
	if kind == opIn {
		return c.in(n, t)
	}
	a, b := c.compile(t.Left), c.compile(t.Right)
	if a == nil || b == nil {
		return nil
	}
	n.args = []*node{a, b}
	n.from, n.to = a.from, max(b.to, n.to)
	switch kind {
	case opAdd, opSub, opMul, opDiv:
		n.kind = Number
		if !c.operands(n, Number) || !c.divisor(n) {
			return nil
		}
		arithmetic(n)
	case opAnd, opOr:
		n.kind = Truth
		if !c.operands(n, Truth) {
			return nil
		}
		logic(n)
	case opDefault:
		n.kind = a.kind
		if !c.operands(n, a.kind) {
			return nil
		}
		fallback(n)
	default:
		n.kind = Truth
		return c.compare(n)
	}
	return n
}

// divisor refuses a division by the number 0 as soon as the rubric is compiled.
func (c *compiler) divisor(n *node) bool {
	if n.op == opDiv && isZero(n.args[1]) {
		c.errorAt(n.args[1], diag.M("this divides by zero"))
		return false
	}
	return true
}

func (c *compiler) compare(n *node) *node {
	a, b := n.args[0], n.args[1]
	equality := n.op == opEqual || n.op == opUnequal
	if !equality {
		if !c.operands(n, Number) {
			return nil
		}
		comparison(n)
		return n
	}
	if a.kind != b.kind {
		c.wantKind(b, a.kind)
		return nil
	}
	if !c.operands(n, a.kind) {
		return nil
	}
	if a.kind == Text {
		if !c.choice(a, b) || !c.choice(b, a) {
			return nil
		}
		textComparison(n)
	} else {
		comparison(n)
	}
	return n
}

// choice refuses a text that a value with choices can never be.
func (c *compiler) choice(value, text *node) bool {
	if value.op != opName || len(value.name.Choices) == 0 || text.op != opConst {
		return true
	}
	got := text.lit.Text[0]
	if slices.Contains(value.name.Choices, got) {
		return true
	}
	hint := diag.M("its choices are: %s", joinNames(value.name.Choices))
	if near := diag.Nearest(got, value.name.Choices); near != "" {
		hint = diag.M("did you mean “%s”?", near)
	}
	c.errorAt(text, diag.M("“%s” is never “%s”", value.name.Name, got), hint)
	return false
}

func (c *compiler) in(n *node, t *ast.BinaryNode) *node {
	a := c.compile(t.Left)
	list, ok := t.Right.(*ast.ArrayNode)
	if !ok {
		loc := t.Right.Location()
		c.error(loc.From, loc.To, diag.M("behind “in” stands a list of values: %s", `x in ["a", "b"]`))
		return nil
	}
	if a == nil {
		return nil
	}
	n.kind, n.args, n.from = Truth, []*node{a}, a.from
	if !c.operands(n, a.kind) {
		return nil
	}
	if len(list.Nodes) == 0 {
		c.error(list.Location().From, list.Location().To, diag.M("the list behind “in” is empty"))
		return nil
	}
	for _, item := range list.Nodes {
		v := c.compile(item)
		if v == nil {
			return nil
		}
		if v.kind != a.kind {
			c.wantKind(v, a.kind)
			return nil
		}
		if v.kind == Text && !c.choice(a, v) {
			return nil
		}
		n.args = append(n.args, v)
		n.to = max(n.to, v.to+1)
	}
	if !c.operands(n, a.kind) {
		return nil
	}
	membership(n)
	return n
}

// yearName compiles the first argument of prev and growth, which must be a plain
// name that is asked for several years, and the number of years in the second.
func (c *compiler) yearName(n *node, call call, deepest func(years int) int) (*node, int, bool) {
	var now *node
	switch call.args[0].(type) {
	case *ast.IdentifierNode, *ast.MemberNode:
		now = c.compile(call.args[0])
	default:
		loc := call.args[0].Location()
		c.error(loc.From, loc.To, diag.M("%s takes a name, nothing else", n.fn.name), diag.M("write %s", n.fn.usage))
	}
	back := 1
	if n.fn.name == "growth" {
		back = 0
	}
	if len(call.args) > 1 {
		years, ok := call.args[1].(*ast.IntegerNode)
		if !ok || years.Value < back || years.Value > 100 {
			loc := call.args[1].Location()
			c.error(loc.From, loc.To, diag.M("the number of years is written as a number"), diag.M("write %s", n.fn.usage))
			return nil, 0, false
		}
		back = years.Value
	}
	if now == nil {
		return nil, 0, false
	}
	if now.op == opName && now.kind != Number {
		c.wantKind(now, Number)
		return nil, 0, false
	}
	if need := deepest(back); now.op != opName || now.name.Constant != nil || need >= len(now.name.Slots) {
		if now.name != nil && now.name.Formula != nil {
			c.errorAt(now, diag.M("%s of the computed “%s” is not known", n.fn.name, now.name.Name),
				diag.M("apply it to the names in its formula instead"))
		} else {
			c.errorAt(now, diag.M("“%s” is not asked for so many years", nodeText(c, now)),
				diag.M("declare it with years: %s", strconv.Itoa(need+1)))
		}
		return nil, 0, false
	}
	return now, back, true
}

func nodeText(c *compiler, n *node) string {
	runes := []rune(c.src.Text)
	return string(runes[n.from:min(n.to, len(runes))])
}

func compilePrev(c *compiler, n *node, call call) bool {
	now, back, ok := c.yearName(n, call, func(years int) int { return years })
	if !ok {
		return false
	}
	shape, table := now.shape, now.table
	c.read(n, now.name, back)
	n.shape, n.table = shape, table
	n.to = now.to + 1
	return true
}

// compileGrowth makes (now − before) ÷ before × 100 of the two years' slots.
func compileGrowth(c *compiler, n *node, call call) bool {
	now, back, ok := c.yearName(n, call, func(years int) int { return years + 1 })
	if !ok {
		return false
	}
	if now.shape == column {
		c.errorAt(now, diag.M("a whole column stands where one value is needed"),
			diag.M("give the table a column with formula: %s", "growth("+now.name.Name+")"))
		return false
	}
	recent := c.read(&node{from: now.from, to: now.to}, now.name, back)
	before := c.read(&node{from: now.from, to: now.to}, now.name, back+1)
	n.op, n.kind, n.args = opGrowth, Number, []*node{recent, before}
	n.shape, n.table = recent.shape, recent.table
	n.to = now.to + 1
	n.eval = func(m *Machine) Column {
		x, y := recent.eval(m), before.eval(m)
		out := m.Take(n.length(m))
		for i := range out.State {
			s, v := max(x.State[i], y.State[i]), 0.0
			if s == Known {
				v, s = finite(divide(100*(x.Num[i]-y.Num[i]), y.Num[i]))
			}
			out.Num[i], out.State[i] = v, s
		}
		return out
	}
	return true
}

func compilePick(c *compiler, n *node, call call) bool {
	for _, a := range call.args {
		n.args = append(n.args, c.compile(a))
	}
	if slices.Contains(n.args, nil) {
		return false
	}
	cond, yes, no := n.args[0], n.args[1], n.args[2]
	n.op, n.kind = opPick, yes.kind
	test, branches := &node{args: []*node{cond}}, &node{args: []*node{yes, no}}
	if !c.operands(test, Truth) || !c.operands(branches, yes.kind) {
		return false
	}
	n.shape, n.table = test.shape, test.table
	if branches.shape == row {
		n.shape, n.table = row, branches.table
	}
	n.to = no.to + 1
	pick(n)
	return true
}
