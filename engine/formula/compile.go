package formula

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"

	"github.com/expr-lang/expr/ast"
)

// Compile checks a formula against a scope and compiles it. want is the kind the
// formula must give. All errors of the formula are reported, except that a
// syntax error hides the others.
func Compile(src diag.Excerpt, s *Scope, want Kind) (*Formula, diag.List) {
	f, diags := compile(src, s)
	if f != nil && f.Kind != want {
		c := compiler{src: src, diags: &diags}
		c.wantKind(f.root, want)
		f = nil
	}
	return f, cutOff(src, diags).Named("formula")
}

// CompileAny compiles a formula of whichever kind.
func CompileAny(src diag.Excerpt, s *Scope) (*Formula, diag.List) {
	f, diags := compile(src, s)
	return f, cutOff(src, diags).Named("formula")
}

// cutOff adds to the first error that a comment follows: what YAML took for one
// may have been a part of the formula, unless it looks like a comment.
func cutOff(src diag.Excerpt, diags diag.List) diag.List {
	if len(diags) > 0 && src.Layout != nil && src.Layout.Behind != "" && !strings.HasPrefix(src.Layout.Behind, "# ") {
		diags[0].Hints = append(diags[0].Hints, diag.M("YAML takes “%s” for a comment; put the formula into quotes if it isn’t one", src.Layout.Behind))
	}
	return diags
}

func compile(src diag.Excerpt, s *Scope) (*Formula, diag.List) {
	var diags diag.List
	tree := s.trees.parse(src, &diags)
	if tree == nil {
		return nil, diags
	}
	c := compiler{src: src, scope: s, diags: &diags}
	root := c.compile(tree)
	if root != nil && root.shape == column {
		c.errorAt(root, diag.M("a whole column stands where one value is needed"),
			diag.M("use a function over it, such as sum, mean, min or count"))
		root = nil
	}
	if root == nil || diags.HasErrors() {
		return nil, diags
	}
	return &Formula{Source: src, Kind: root.kind, root: root, whole: true}, diags
}

type compiler struct {
	src   diag.Excerpt
	scope *Scope
	diags *diag.List
}

// call is a function call as written.
type call struct {
	node ast.Node
	args []ast.Node
}

func (c *compiler) error(from, to int, m diag.Message, hints ...diag.Message) {
	c.diags.Add(c.src.At(from), max(1, to-from), m, hints...)
}

func (c *compiler) errorAt(n *node, m diag.Message, hints ...diag.Message) {
	c.error(n.from, n.to, m, hints...)
}

// compile returns nil after an error; it goes on over the other branches so that
// one run finds all errors.
func (c *compiler) compile(tree ast.Node) *node {
	loc := tree.Location()
	n := &node{from: loc.From, to: loc.To}
	switch t := tree.(type) {
	case *ast.IntegerNode:
		return c.constant(n, Number, NumberColumn(float64(t.Value)))
	case *ast.FloatNode:
		return c.constant(n, Number, NumberColumn(t.Value))
	case *ast.StringNode:
		return c.constant(n, Text, Column{Text: []string{t.Value}, State: []State{Known}})
	case *ast.BoolNode:
		v := 0.0
		if t.Value {
			v = 1
		}
		return c.constant(n, Truth, NumberColumn(v))
	case *ast.IdentifierNode:
		return c.name(n, t.Value)
	case *ast.MemberNode:
		return c.member(n, t)
	case *ast.UnaryNode:
		return c.unary(n, t)
	case *ast.BinaryNode:
		return c.binary(n, t)
	case *ast.CallNode:
		return c.call(n, t)
	case *ast.ConditionalNode:
		from := t.Cond.Location().From
		for runes := []rune(c.src.Text); from < len(runes) && runes[from] != '?'; from++ {
		}
		c.error(from, from+1, diag.M("? : is not used in formulas"), diag.M("write pick(condition, x, y)"))
	case *ast.NilNode:
		c.error(n.from, n.to, diag.M("nil is not used in formulas"), diag.M("write x ?? 0 where a missing value counts as zero"))
	case *ast.ArrayNode:
		c.error(n.from, n.to, diag.M("a list in [ ] stands only behind “in”"))
	default:
		c.error(n.from, n.to, diag.M("this way of writing is not used in formulas"),
			diag.M("formulas have names, numbers, texts, + - * /, comparisons, and or not, in, ?? and functions"))
	}
	return nil
}

func (c *compiler) constant(n *node, kind Kind, value Column) *node {
	n.op, n.kind, n.lit = opConst, kind, value
	n.eval = func(*Machine) Column { return value }
	return n
}

func (c *compiler) name(n *node, name string) *node {
	found := c.scope.lookup(name)
	if found == nil {
		if p := c.scope.params[name]; p != nil {
			c.severalValues(n, name, p)
		} else if t := c.scope.tables[name]; t != nil {
			c.error(n.from, n.to, diag.M("“%s” is a table, not a value", name), diag.M("name a column of it: %s", name+"."+firstColumn(t)))
		} else if functionTable[name] != nil {
			c.error(n.from, n.to, diag.M("“%s” is a function", name), diag.M("write %s", functionTable[name].usage))
		} else {
			c.error(n.from, n.to, diag.M("unknown name “%s”", name), c.scope.unknown(name)...)
		}
		return nil
	}
	return c.read(n, found, 0)
}

// severalValues asks for one of the values of a param.
func (c *compiler) severalValues(n *node, name string, p *Param) {
	var hints []diag.Message
	if len(p.Order) > 0 {
		hints = append(hints, diag.M("name one of them: %s", name+"."+p.Order[0]))
	}
	c.error(n.from, n.to, diag.M("“%s” has several values", name), hints...)
}

func firstColumn(t *Table) string {
	columns := t.Root().Columns
	if len(columns) == 0 {
		return "…"
	}
	return columns[len(columns)-1].Name // the first ones may be keys
}

// read makes the node of a declared name, so many years back.
func (c *compiler) read(n *node, name *Name, back int) *node {
	n.op, n.name, n.back, n.kind = opName, name, back, name.Kind
	if name.Constant != nil {
		n.lit = *name.Constant
		n.eval = func(*Machine) Column { return *name.Constant }
		return n
	}
	if name.Inline {
		from := name.Formula.root
		n.shape, n.table, n.eval = from.shape, from.table, from.value
		return n
	}
	if name.Table != nil {
		n.shape, n.table = row, name.Table
	}
	slot := name.Slots[back]
	n.eval = func(m *Machine) Column { return m.Slots[slot] }
	return n
}

func (c *compiler) call(n *node, t *ast.CallNode) *node {
	callee, ok := t.Callee.(*ast.IdentifierNode)
	if !ok {
		c.error(n.from, n.to, diag.M("only a function can be called"))
		return nil
	}
	n.to = n.from + len([]rune(callee.Value))
	f := functionTable[callee.Value]
	if f == nil {
		c.unknownFunction(n, callee.Value)
		return nil
	}
	if len(t.Arguments) < f.min || len(t.Arguments) > f.max {
		c.error(n.from, n.to, diag.M("%s has %s arguments here", f.name, strconv.Itoa(len(t.Arguments))), diag.M("write %s", f.usage))
		return nil
	}
	n.op, n.fn, n.kind = opCall, f, f.gives
	if f.special != nil {
		if !f.special(c, n, call{t, t.Arguments}) {
			return nil
		}
		return n
	}
	for _, a := range t.Arguments {
		n.args = append(n.args, c.compile(a))
	}
	if slices.Contains(n.args, nil) {
		return nil
	}
	if f.several != nil && len(n.args) > 1 {
		if !c.operands(n, Number) {
			return nil
		}
		overMany(n, f.several)
		return n
	}
	if f.whole != nil || f.weighted != nil {
		if !c.columns(n, n.args, f.of) {
			return nil
		}
		overColumns(n)
		return n
	}
	if f.keyed != nil {
		return c.keyed(n)
	}
	if !c.operands(n, Number) {
		return nil
	}
	if f.divides {
		if isZero(n.args[1]) {
			c.errorAt(n.args[1], diag.M("this divides by zero"))
			return nil
		}
		perEach(n)
	} else {
		overValues(n)
	}
	return n
}

func (c *compiler) unknownFunction(n *node, name string) {
	hint := diag.M("the functions are: %s", joinNames(Functions()))
	if ours, ok := otherFunctions[strings.ToUpper(name)]; ok {
		hint = diag.M("write %s", functionTable[ours].usage)
	} else if other, ok := otherWords[name]; ok {
		hint = other
	} else if near := diag.Nearest(name, Functions()); near != "" {
		hint = diag.M("did you mean “%s”?", near)
	}
	c.error(n.from, n.from+len([]rune(name)), diag.M("unknown function “%s”", name), hint)
}

func joinNames(names []string) string {
	var b []byte
	for i, n := range names {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, n...)
	}
	return string(b)
}

// operands checks that all arguments are of a kind, none is a whole column, and
// rows are of one table; it gives the node their shape.
func (c *compiler) operands(n *node, kind Kind) bool {
	ok := true
	for _, a := range n.args {
		if a.shape == column {
			c.errorAt(a, diag.M("a whole column stands where one value is needed"),
				diag.M("use a function over it, such as sum, mean, min or count"))
			ok = false
			continue
		}
		if a.kind != kind {
			c.wantKind(a, kind)
			ok = false
		}
		if a.shape == row {
			n.shape, n.table = row, a.table
		}
	}
	return ok
}

// wantKind reports a value of the wrong kind, in words for each pair.
func (c *compiler) wantKind(n *node, want Kind) {
	text := string([]rune(c.src.Text)[n.from:min(n.to, len([]rune(c.src.Text)))])
	switch {
	case want == Number && n.kind == Text:
		c.errorAt(n, diag.M("“%s” is a text, a number is needed here", text))
	case want == Number:
		c.errorAt(n, diag.M("“%s” is a condition (yes or no), a number is needed here", text))
	case want == Truth && n.kind == Text:
		c.errorAt(n, diag.M("“%s” is a text, a condition (yes or no) is needed here", text))
	case want == Truth && n.op == opConst:
		c.errorAt(n, diag.M("“%s” is a number, a condition (yes or no) is needed here", text))
	case want == Truth:
		c.errorAt(n, diag.M("“%s” is a number, a condition (yes or no) is needed here", text), diag.M("compare it, for example %s", text+" >= 85"))
	case n.kind == Number:
		c.errorAt(n, diag.M("“%s” is a number, a text is needed here", text))
	default:
		c.errorAt(n, diag.M("“%s” is a condition (yes or no), a text is needed here", text))
	}
}
