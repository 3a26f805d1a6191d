package formula

import (
	"math"
	"slices"

	"dudao/engine/diag"

	"github.com/expr-lang/expr/ast"
)

// Param is a param with several values: a tree whose leaves are values.
type Param struct {
	Order    []string
	Children map[string]*Param
	Leaf     *Name // of a leaf: a constant, or a dated value in a slot
}

// SetParam declares a param with several values.
func (s *Scope) SetParam(name string, p *Param) { s.params[name] = p }

// param compiles a value of a param: each step of the path is a key as it is
// written, or a text value that chooses one.
func (c *compiler) param(n *node, name string, p *Param, path []ast.Node) *node {
	at := []*Param{p} // where the path may lead, by the steps so far
	var steps []paramStep
	for _, step := range path {
		loc := step.Location()
		n.to = max(n.to, loc.To)
		next := paramStep{}
		var keys []string
		if text, ok := step.(*ast.StringNode); ok {
			next.key = text.Value
			keys = []string{text.Value}
		} else {
			value := c.compile(step)
			if value == nil {
				return nil
			}
			if value.shape == column {
				c.errorAt(value, diag.M("a whole column stands where one value is needed"))
				return nil
			}
			if value.kind != Text {
				c.wantKind(value, Text)
				return nil
			}
			if value.shape == row {
				n.shape, n.table = row, value.table
			}
			next.choose = value
			if value.op == opName {
				keys = value.name.Choices
			}
		}
		var ok bool
		if at, ok = c.descend(loc.From, loc.To, name, at, keys); !ok {
			return nil
		}
		steps = append(steps, next)
	}
	return c.paramLeaves(n, name, p, at, steps)
}

type paramStep struct {
	key    string
	choose *node // instead of key
}

// descend follows a step from every place that the path may have led to. keys
// are the keys that it may take; none means any.
func (c *compiler) descend(from, to int, name string, at []*Param, keys []string) ([]*Param, bool) {
	var out []*Param
	for _, p := range at {
		if p.Leaf != nil {
			c.error(from, to, diag.M("“%s” has no further values here", name))
			return nil, false
		}
		wanted := keys
		if len(wanted) == 0 {
			wanted = p.Order
		}
		for _, k := range wanted {
			child := p.Children[k]
			if child == nil {
				var hints []diag.Message
				if near := diag.Nearest(k, p.Order); near != "" {
					hints = append(hints, diag.M("did you mean “%s”?", near))
				}
				c.error(from, to, diag.M("param %s has no value “%s”", name, k), hints...)
				return nil, false
			}
			out = append(out, child)
		}
	}
	return out, true
}

func (c *compiler) paramLeaves(n *node, name string, p *Param, at []*Param, steps []paramStep) *node {
	if len(at) == 0 {
		c.severalValues(n, name, p)
		return nil
	}
	for _, end := range at {
		if end.Leaf == nil {
			c.severalValues(n, nodeText(c, n), end)
			return nil
		}
		if end.Leaf.Kind != at[0].Leaf.Kind {
			c.error(n.from, n.to, diag.M("the values of “%s” are not all of one kind", name))
			return nil
		}
	}
	first := at[0].Leaf
	if !slices.ContainsFunc(steps, func(s paramStep) bool { return s.choose != nil }) {
		from, to := n.from, n.to
		c.read(n, first, 0)
		n.from, n.to = from, to
		return n
	}
	n.op, n.kind = opParam, first.Kind
	n.name = &Name{Name: name, Kind: first.Kind, Digits: 6, Whole: true}
	for _, end := range at {
		c := end.Leaf.Constant
		whole := end.Leaf.Whole || c != nil && first.Kind == Number && c.Num[0] == math.Trunc(c.Num[0])
		n.name.Whole = n.name.Whole && whole
	}
	n.param, n.steps = p, steps
	n.name.Least, n.name.Most = bounds(at)
	for _, s := range steps {
		if s.choose != nil {
			n.args = append(n.args, s.choose)
		}
	}
	if n.eval = n.byKey(p, steps); n.eval != nil {
		return n
	}
	n.eval = func(m *Machine) Column {
		out := n.room(m)
		chosen := make([]Column, len(n.args))
		for k, a := range n.args {
			chosen[k] = a.eval(m)
		}
		for i := range out.State {
			n.choose(m, &out, i, p, steps, chosen)
		}
		return out
	}
	return n
}

// fewKeys is how many keys are looked through faster than they are looked up.
const fewKeys = 8

// byKey computes a param of numbers in which one step chooses among few keys, as
// nearly all do: each is looked up once and not for every row.
func (n *node) byKey(p *Param, steps []paramStep) func(*Machine) Column {
	if len(n.args) != 1 || n.kind == Text {
		return nil
	}
	at := slices.IndexFunc(steps, func(s paramStep) bool { return s.choose != nil })
	for _, s := range steps[:at] {
		p = p.Children[s.key]
	}
	chooser := n.args[0]
	keys := slices.Clone(p.Order)
	if len(keys) > fewKeys {
		return nil
	}
	if chooser.op == opName { // texts that lie in the same place are compared at a glance
		for k, key := range keys {
			if at := slices.Index(chooser.name.Choices, key); at >= 0 {
				keys[k] = chooser.name.Choices[at]
			}
		}
	}
	leaves := make([]*Name, len(keys))
	for k, key := range keys {
		leaf := p.Children[key]
		for _, s := range steps[at+1:] {
			if leaf = leaf.Children[s.key]; leaf == nil || leaf.Leaf == nil && leaf.Children == nil {
				return nil
			}
		}
		leaves[k] = leaf.Leaf
	}
	if slices.Contains(leaves, nil) {
		return nil
	}
	step := chooser.step()
	return func(m *Machine) Column {
		var values [fewKeys]float64
		var states [fewKeys]State
		for k, leaf := range leaves {
			c := leaf.Constant
			if c == nil {
				c = &m.Slots[leaf.Slots[0]]
			}
			values[k], states[k] = c.Num[0], c.State[0]
		}
		out, chosen := n.room(m), chooser.eval(m)
		out.Clean = true
		k, last := slices.Index(keys, ""), "" // most rows have the key of the row above, and share its text
		for i := range out.State {
			state := chosen.State[i*step]
			if state == Known {
				if text := chosen.Text[i*step]; text != last {
					k, last = slices.Index(keys, text), text
				}
				if state = Missing; k >= 0 {
					out.Num[i], state = values[k], states[k]
				}
			}
			if out.State[i] = state; state != Known {
				out.Clean = false
			}
		}
		return out
	}
}

// bounds are the least and greatest of the values of a param that may be meant.
func bounds(at []*Param) (least, most *float64) {
	for _, end := range at {
		low, high := end.Leaf.Least, end.Leaf.Most
		if c := end.Leaf.Constant; c != nil && len(c.Num) > 0 {
			low, high = &c.Num[0], &c.Num[0]
		}
		if low == nil || high == nil {
			return nil, nil
		}
		if least == nil || *low < *least {
			least = low
		}
		if most == nil || *high > *most {
			most = high
		}
	}
	return least, most
}

// choose walks down a param's tree for one row.
func (n *node) choose(m *Machine, out *Column, i int, p *Param, steps []paramStep, chosen []Column) {
	k := 0
	for _, s := range steps {
		key := s.key
		if s.choose != nil {
			c, j := chosen[k], i*s.choose.step()
			k++
			if c.State[j] != Known {
				out.State[i] = c.State[j]
				return
			}
			key = c.Text[j]
		}
		if p = p.Children[key]; p == nil {
			out.State[i] = Missing
			return
		}
	}
	leaf := p.Leaf.Constant
	if leaf == nil {
		leaf = &m.Slots[p.Leaf.Slots[0]]
	}
	out.Set(i, *leaf, 0)
}
