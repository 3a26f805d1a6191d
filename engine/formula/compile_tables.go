package formula

import (
	"slices"

	"dudao/engine/diag"

	"github.com/expr-lang/expr/ast"
)

// member compiles table.column, and values of params: 标准[学段].骨干.
func (c *compiler) member(n *node, t *ast.MemberNode) *node {
	base, path := t.Node, []ast.Node{t.Property}
	for {
		inner, ok := base.(*ast.MemberNode)
		if !ok {
			break
		}
		base, path = inner.Node, append([]ast.Node{inner.Property}, path...)
	}
	name, ok := base.(*ast.IdentifierNode)
	if !ok {
		c.error(n.from, n.to, diag.M("only table.column can be written with a point"))
		return nil
	}
	n.from = name.Location().From
	if p := c.scope.params[name.Value]; p != nil && c.scope.lookup(name.Value) == nil {
		return c.param(n, name.Value, p, path)
	}
	prop, isText := path[0].(*ast.StringNode)
	table := c.scope.tables[name.Value]
	switch {
	case table == nil && c.scope.lookup(name.Value) != nil:
		var hints []diag.Message
		if isText && slices.Contains(append([]string{"prev"}, lastYears...), prop.Value) {
			hints = append(hints, diag.M("last year’s value is %s", "prev("+name.Value+")"))
		}
		c.error(n.from, name.Location().To, diag.M("“%s” is no table, so it has no columns", name.Value), hints...)
	case table == nil && isText && slices.Contains(lastYears, name.Value) && c.scope.lookup(prop.Value) != nil:
		c.error(n.from, name.Location().To, diag.M("unknown name “%s”", name.Value), diag.M("last year’s value is %s", "prev("+prop.Value+")"))
	case table == nil:
		c.error(n.from, name.Location().To, diag.M("unknown name “%s”", name.Value), c.scope.unknown(name.Value)...)
	case !isText || len(path) > 1:
		c.error(n.from, n.to, diag.M("only table.column can be written with a point"))
	default:
		return c.column(n, table, name.Value, prop.Value)
	}
	return nil
}

func (c *compiler) column(n *node, table *Table, written, name string) *node {
	from := n.from + len([]rune(written)) + 1
	n.to = max(n.to, from+len([]rune(name)))
	col := table.Column(name)
	if col == nil {
		var names []string
		for _, k := range table.Root().Columns {
			names = append(names, k.Name)
		}
		hint := diag.M("table %s has no column yet", table.Name)
		if near := diag.Nearest(name, names); near != "" {
			hint = diag.M("did you mean “%s”?", near)
		} else if len(names) > 0 {
			hint = diag.M("table %s begins with the column %s", table.Name, names[0])
		}
		c.error(from, from+len([]rune(name)), diag.M("table %s has no column “%s”", table.Name, name), hint)
		return nil
	}
	c.read(n, col, 0)
	n.shape, n.table = column, table
	return n
}

// columns checks that arguments are whole columns of one table or view.
func (c *compiler) columns(n *node, args []*node, kind Kind) bool {
	for _, a := range args {
		switch {
		case a.shape != column:
			c.errorAt(a, diag.M("%s needs a whole column", n.fn.name), diag.M("write %s", n.fn.usage))
			return false
		case a.kind != kind:
			c.wantKind(a, kind)
			return false
		case a.table != args[0].table:
			c.errorAt(a, diag.M("the columns of %s must be of one table", n.fn.name), diag.M("write %s", n.fn.usage))
			return false
		}
	}
	return true
}

// keyed compiles sum_if(column, key_column, key) and its kin: what the rows with
// a key have in a column. The result has the shape of the key.
func (c *compiler) keyed(n *node) *node {
	if len(n.args) == 2 {
		n.args = append([]*node{present(n.args[0])}, n.args...)
	}
	values, keys, key := n.args[0], n.args[1], n.args[2]
	if n.fn.of == Truth || n.fn.name != "lookup" {
		if !c.columns(n, n.args[:1], n.fn.of) {
			return nil
		}
	} else if values.shape != column {
		c.errorAt(values, diag.M("%s needs a whole column", n.fn.name), diag.M("write %s", n.fn.usage))
		return nil
	}
	if keys.shape != column || keys.table != values.table {
		c.errorAt(keys, diag.M("the columns of %s must be of one table", n.fn.name), diag.M("write %s", n.fn.usage))
		return nil
	}
	if n.fn.name == "lookup" {
		n.kind = values.kind
	}
	shape := &node{args: []*node{key}}
	if !c.operands(shape, keys.kind) {
		return nil
	}
	n.shape, n.table = shape.shape, shape.table
	overKeys(n)
	return n
}

// present is a column of yes’s beside a key column: count_if without a condition
// counts the rows themselves.
func present(keys *node) *node {
	n := &node{op: opPresent, kind: Truth, shape: keys.shape, table: keys.table, from: keys.from, to: keys.to}
	n.eval = func(m *Machine) Column {
		out := m.Take(n.length(m))
		for i := range out.State {
			out.Num[i], out.State[i] = 1, Known
		}
		return out
	}
	return n
}

// compilePassed counts how many of the named columns meet their standard in the
// row; compileCompletion finds the least value ÷ target among them. A table stands
// for all of its columns that have a standard.
func compilePassed(c *compiler, n *node, call call) bool {
	return c.standards(n, call, func(a *node) *node { return a.name.Standard.root }, total)
}

func compileCompletion(c *compiler, n *node, call call) bool {
	return c.standards(n, call, completion, least)
}

// completion is value ÷ target of a column's standard, or target ÷ value where
// less is better. It is nil where the standard is no such comparison.
func completion(a *node) *node {
	s := a.name.Standard.root
	r := &node{op: opDiv, kind: Number, shape: a.shape, table: a.table, from: a.from, to: a.to}
	switch s.op {
	case opGreaterEqual, opGreater:
		r.args = []*node{s.args[0], s.args[1]}
	case opLessEqual, opLess:
		r.args = []*node{s.args[1], s.args[0]}
		return lessIsBetter(r)
	default:
		return nil
	}
	arithmetic(r)
	return r
}

// lessIsBetter is target ÷ value; nothing at all is as good as can be.
func lessIsBetter(n *node) *node {
	target, value := n.args[0], n.args[1]
	dt, dv := target.step(), value.step()
	n.eval = func(m *Machine) Column {
		x, y := target.eval(m), value.eval(m)
		out := m.Take(n.length(m))
		for i := range out.State {
			s, v := max(x.State[i*dt], y.State[i*dv]), 1.0
			if s == Known && y.Num[i*dv] != 0 {
				v, s = finite(divide(x.Num[i*dt], y.Num[i*dv]))
			}
			out.Num[i], out.State[i] = v, s
		}
		return out
	}
	return n
}

// standards compiles a function over the standards of the named columns.
func (c *compiler) standards(n *node, call call, of func(*node) *node, combine func([]float64) (float64, State)) bool {
	ok := true
	for _, arg := range call.args {
		for _, a := range c.withStandard(arg) {
			if a == nil {
				ok = false
				continue
			}
			if a.op != opName || a.name.Standard == nil || a.shape == column {
				c.errorAt(a, diag.M("“%s” has no standard", nodeText(c, a)), diag.M("give the column pass: value >= …"))
				ok = false
				continue
			}
			s := of(a)
			if s == nil {
				c.errorAt(a, diag.M("the standard of “%s” is no comparison, so there is no completion", a.name.Name))
				ok = false
				continue
			}
			n.args, n.of = append(n.args, s), append(n.of, a.name)
			if s.shape == row {
				n.shape, n.table = row, s.table
			}
			n.to = max(n.to, a.to+1)
		}
	}
	if !ok {
		return false
	}
	overMany(n, combine)
	return true
}

// withStandard compiles an argument: a column, or all columns of the row's table
// that have a standard.
func (c *compiler) withStandard(arg ast.Node) []*node {
	name, plain := arg.(*ast.IdentifierNode)
	if !plain || c.scope.lookup(name.Value) != nil || c.scope.tables[name.Value] == nil {
		return []*node{c.compile(arg)}
	}
	loc, table := arg.Location(), c.scope.tables[name.Value]
	if c.scope.row == nil || table.Root() != c.scope.row.Root() {
		c.error(loc.From, loc.To, diag.M("the standards of %s are met row by row", name.Value), diag.M("use it with each: %s, or in a column of it", name.Value))
		return []*node{nil}
	}
	var out []*node
	for _, col := range table.Root().Columns {
		if col.Standard != nil {
			out = append(out, c.read(&node{from: loc.From, to: loc.To}, col, 0))
		}
	}
	if len(out) == 0 {
		c.error(loc.From, loc.To, diag.M("no column of %s has a standard", name.Value), diag.M("give the column pass: value >= …"))
		return []*node{nil}
	}
	return out
}

// compileFalls counts how many of the last changes of a name were negative.
func compileFalls(c *compiler, n *node, call call) bool {
	now, changes, ok := c.yearName(n, call, func(years int) int { return years })
	if !ok {
		return false
	}
	for back := range changes {
		newer := c.read(&node{from: now.from, to: now.to}, now.name, back)
		older := c.read(&node{from: now.from, to: now.to}, now.name, back+1)
		for _, year := range []*node{newer, older} {
			year.shape, year.table = now.shape, now.table
		}
		fell := &node{op: opLess, kind: Truth, shape: now.shape, table: now.table, args: []*node{newer, older}}
		comparison(fell)
		n.args = append(n.args, fell)
	}
	n.shape, n.table, n.to = now.shape, now.table, now.to+1
	overMany(n, total)
	return true
}

// compileResult compiles points("id") and letters("A").
func compileResult(c *compiler, n *node, call call) bool {
	name := n.fn.name
	arg, ok := call.args[0].(*ast.StringNode)
	if !ok {
		c.error(n.from, n.to, diag.M("%s takes a text in quotes", name), diag.M("write %s", n.fn.usage))
		return false
	}
	slots := c.scope.results[name]
	if slots == nil {
		c.error(n.from, n.to, diag.M("%s can be read only where the result is known: under grades:, veto: and total:", name))
		return false
	}
	slot, ok := slots[arg.Value]
	if !ok {
		loc := arg.Location()
		var known []string
		for k := range slots {
			known = append(known, k)
		}
		slices.Sort(known)
		var hints []diag.Message
		if near := diag.Nearest(arg.Value, known); near != "" {
			hints = append(hints, diag.M("did you mean “%s”?", near))
		}
		c.error(loc.From, loc.To, diag.M("%s knows no “%s”", name, arg.Value), hints...)
		return false
	}
	n.args, n.slot = []*node{c.compile(arg)}, slot
	n.eval = func(m *Machine) Column { return m.Slots[slot] }
	return true
}
