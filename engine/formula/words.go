package formula

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
)

// Words writes the formula as people read it: 一般公共预算教育支出 ≥ 上年.
func (f *Formula) Words() diag.Phrase {
	w := wording{}
	w.node(f.root, 0)
	return w.out
}

// Reading writes the formula with the values of a row put in:
// 一般公共预算教育支出 83861 ≥ 上年 83752.12.
func (f *Formula) Reading(m *Machine, row int) diag.Phrase {
	w := wording{m: m, row: row}
	w.node(f.root, 0)
	w.unmet()
	return w.out
}

// Unmet is Reading of a condition that doesn't hold, so that it doesn't read like one
// that does: 班额 57，应 ≤ 45.
func (f *Formula) Unmet(m *Machine, row int) diag.Phrase {
	w := wording{m: m, row: row, should: true}
	w.node(f.root, 0)
	w.unmet()
	return w.out
}

// Value prints the value of a row as people write it.
func (f *Formula) Value(m *Machine, row, digits int) diag.Message {
	return valueWords(f.root.value(m), f.Kind, row*f.root.step(), f.Digits(digits))
}

// Sides splits a comparison into its two sides and the sign between them.
func (f *Formula) Sides() (left, right *Formula, sign string, ok bool) {
	n := f.root
	if n.op < opEqual || n.op > opGreaterEqual {
		return nil, nil, "", false
	}
	side := func(a *node) *Formula { return &Formula{Source: f.Source, Kind: a.kind, root: a} }
	return side(n.args[0]), side(n.args[1]), opSigns[n.op].sign, true
}

// Unit returns the unit of a formula that is a name.
func (f *Formula) Unit() string {
	if f.root.op == opName {
		return f.root.name.Unit
	}
	return ""
}

// opSigns are the signs between two operands and how strongly they bind.
var opSigns = map[op]struct {
	sign  string
	binds int
}{
	opOr: {"", 1}, opAnd: {"", 2}, opNot: {"", 3},
	opEqual: {" = ", 4}, opUnequal: {" ≠ ", 4}, opLess: {" < ", 4}, opLessEqual: {" ≤ ", 4},
	opGreater: {" > ", 4}, opGreaterEqual: {" ≥ ", 4}, opIn: {"", 4},
	opAdd: {" + ", 5}, opSub: {" − ", 5}, opMul: {" × ", 6}, opDiv: {" ÷ ", 6}, opNegate: {"", 7}, opDefault: {"", 7},
}

type wording struct {
	out diag.Phrase
	m   *Machine // nil: no values are put in
	row int

	should    bool    // say of comparisons that fail what should be
	standards []*node // of passed and completion, each column once
}

func (w *wording) add(m ...diag.Message) { w.out = append(w.out, m...) }

// node writes n; outer is how strongly what stands around it binds.
func (w *wording) node(n *node, outer int) {
	binds := opSigns[n.op].binds
	bracket := (binds > 0 || n.op == opPick) && binds < outer
	if bracket {
		w.add(diag.Verbatim("("))
	}
	switch n.op {
	case opConst:
		w.add(valueWords(n.lit, n.kind, 0, 9))
	case opName:
		if n.name.Inline {
			w.node(n.name.Formula.root, outer)
			return
		}
		w.name(n, "")
	case opParam:
		w.param(n)
	case opGrowth:
		w.add(diag.M("the growth of %s", nameText(n.args[0])))
		w.value(n, n.args[0].name.Digits)
	case opCall:
		w.call(n)
	case opPick:
		if w.m != nil {
			w.taken(n)
			break
		}
		w.add(diag.M("if "))
		w.node(n.args[0], 0)
		w.add(diag.M(" then "))
		w.node(n.args[1], 0)
		w.add(diag.M(" otherwise "))
		w.node(n.args[2], 0)
	case opNegate:
		w.add(diag.Verbatim("−"))
		w.node(n.args[0], binds+1)
	case opNot:
		if n.args[0].op == opIn {
			w.in(n.args[0], diag.M(" is none of "))
			break
		}
		w.add(diag.M("not "))
		w.node(n.args[0], binds+1)
	case opAnd:
		w.both(n, diag.M(" and "), binds)
	case opOr:
		w.both(n, diag.M(" or "), binds)
	case opIn:
		w.in(n, diag.M(" is one of "))
	case opDefault:
		w.node(n.args[0], binds+1)
		w.add(diag.M(" (or, where missing, "))
		w.node(n.args[1], 0)
		w.add(diag.M(")"))
	default:
		w.infix(n, binds)
	}
	if bracket {
		w.add(diag.Verbatim(")"))
	}
}

// param writes a value of a param by the way to it: 标准[学段].骨干, with values put
// in 标准[小学].骨干.
func (w *wording) param(n *node) {
	w.add(diag.Verbatim(n.name.Name))
	for _, s := range n.steps {
		if s.choose == nil {
			w.add(diag.Verbatim("." + s.key))
			continue
		}
		w.add(diag.Verbatim("["))
		known := false
		if w.m != nil {
			c, at := s.choose.value(w.m), w.row*s.choose.step()
			if known = c.State[at] == Known; known {
				w.add(diag.Verbatim(c.Text[at]))
			}
		}
		if !known {
			inner := wording{}
			inner.node(s.choose, 0)
			w.add(inner.out...)
		}
		w.add(diag.Verbatim("]"))
	}
	w.value(n, n.name.Digits)
}

// taken writes a choice with values put in: the condition, then only the branch
// that counts.
func (w *wording) taken(n *node) {
	w.node(n.args[0], 0)
	branch := n.taken(w.m, w.row)
	switch {
	case branch == nil:
		return
	case branch == n.args[1]:
		w.add(diag.M(" holds, so "))
	default:
		w.add(diag.M(" does not hold, so "))
	}
	w.node(branch, 0)
}

func (w *wording) both(n *node, between diag.Message, binds int) {
	w.node(n.args[0], binds)
	w.add(between)
	w.node(n.args[1], binds+1)
}

// infix writes a − b, a ≥ b. Where both sides are the same name in two years,
// the second says only which year.
func (w *wording) infix(n *node, binds int) {
	a, b := n.args[0], n.args[1]
	w.node(a, binds)
	if w.should && n.kind == Truth && w.fails(n) {
		w.add(diag.M(", should be"))
	}
	w.add(diag.Verbatim(opSigns[n.op].sign))
	if a.op == opName && b.op == opName && a.name == b.name && b.back > a.back {
		w.name(b, a.name.Shown())
		return
	}
	w.node(b, binds+1)
}

// fails reports whether a condition is known not to hold.
func (w *wording) fails(n *node) bool {
	c, at := n.value(w.m), w.row*n.step()
	return c.State[at] == Known && c.Num[at] == 0
}

func (w *wording) in(n *node, between diag.Message) {
	w.node(n.args[0], 5)
	w.add(between)
	for i, item := range n.args[1:] {
		if i > 0 {
			w.add(diag.M(", "))
		}
		w.node(item, 0)
	}
}

func (w *wording) call(n *node) {
	switch n.fn.name {
	case "passed", "completion":
		w.overStandards(n)
		return
	case "falls":
		w.add(diag.M("how often %s fell in the last %s changes", nameText(n.args[0].args[0]), strconv.Itoa(len(n.args))))
		w.value(n, 0)
		return
	case "letters":
		w.add(diag.M("the number of %s", n.args[0].lit.Text[0]))
		w.value(n, 0)
		return
	case "points":
		w.add(diag.M("the points of item %s", n.args[0].lit.Text[0]))
		w.value(n, 2)
		return
	}
	if n.fn.words.Key != "" && n.args[0].shape == column {
		w.add(n.fn.words)
		inner := wording{}
		inner.node(n.args[0], 9)
		w.add(inner.out...)
		w.value(n, 4)
		return
	}
	args := n.args
	if args[0].op == opPresent {
		args = args[1:]
	}
	w.add(diag.Verbatim(n.fn.name + "("))
	for i, a := range args {
		if i > 0 {
			w.add(diag.Verbatim(", "))
		}
		w.node(a, 0)
	}
	w.add(diag.Verbatim(")"))
	w.value(n, 4)
}

// overStandards writes how many standards are met, or the least completion. Which
// standards they are is said once, for a condition often asks for both.
func (w *wording) overStandards(n *node) {
	if n.fn.name == "passed" {
		w.add(diag.M("the number of met standards"))
	} else {
		w.add(diag.M("the least completion of the standards"))
	}
	var more []*node
	for i, name := range n.of {
		if !slices.ContainsFunc(w.standards, func(a *node) bool { return a.name == name }) {
			more = append(more, &node{name: name, shape: n.args[i].shape})
		}
	}
	w.standards = append(w.standards, more...)
	if w.m != nil {
		w.value(n, 4)
		return
	}
	for i, a := range more {
		if i == 0 {
			w.add(diag.M(" ("))
		} else {
			w.add(diag.M(", "))
		}
		w.add(diag.Verbatim(a.name.Shown()))
	}
	if len(more) > 0 {
		w.add(diag.M(")"))
	}
}

// unmet ends a reading with the standards that are not met.
func (w *wording) unmet() {
	said := false
	for _, a := range w.standards {
		met := a.name.Standard.root.value(w.m)
		at := min(w.row*a.step(), met.Len()-1)
		if met.State[at] == Known && met.Num[at] != 0 {
			continue
		}
		if said {
			w.add(diag.M(", "))
		} else {
			w.add(diag.M("; not met: "))
		}
		said = true
		w.add(diag.Verbatim(a.name.Shown()))
		w.comparedWith(a.name)
	}
}

// comparedWith writes a value behind the name of its column and what it must reach:
// 3.9 (must be ≥ 4.2).
func (w *wording) comparedWith(name *Name) {
	left, right, sign, ok := name.Standard.Sides()
	if !ok {
		return
	}
	w.add(diag.Verbatim(" "), left.Value(w.m, w.row, name.Digits),
		diag.M(" (must be %s", strings.TrimSpace(sign)), diag.Verbatim(" "), right.Value(w.m, w.row, 6), diag.M(")"))
}

// name writes a name with its year; known is the name that the reader has just
// read and need not read again.
func (w *wording) name(n *node, known string) {
	text := nameText(n)
	switch {
	case !n.name.Said.IsZero():
		w.add(n.name.Said)
	case n.back == 0:
		w.add(diag.Verbatim(text))
	case n.back == 1 && known != "":
		w.add(diag.M("last year"))
	case n.back == 1:
		w.add(diag.M("last year’s %s", text))
	case known != "":
		w.add(diag.M("%s years before", strconv.Itoa(n.back)))
	default:
		w.add(diag.M("%[2]s of %[1]s years before", strconv.Itoa(n.back), text))
	}
	if n.shape != column {
		w.value(n, n.name.Digits)
	}
}

func nameText(n *node) string {
	if n.shape == column {
		return n.table.Name + "." + n.name.Shown()
	}
	return n.name.Shown()
}

// value writes the value of a node behind its words, where values are wanted.
func (w *wording) value(n *node, digits int) {
	if w.m == nil {
		return
	}
	w.add(diag.Verbatim(" "), valueWords(n.value(w.m), n.kind, w.row*n.step(), digits))
}

func valueWords(c Column, kind Kind, row, digits int) diag.Message {
	switch c.State[row] {
	case Inapplicable:
		return diag.M("not applicable")
	case Open:
		return diag.M("to be judged")
	case Missing:
		return diag.M("missing")
	case Failed:
		return diag.M("not computable")
	}
	switch kind {
	case Text:
		return diag.M("“%s”", c.Text[row])
	case Truth:
		if c.Num[row] != 0 {
			return diag.M("yes")
		}
		return diag.M("no")
	}
	return diag.Verbatim(decimal.Format(c.Num[row], digits))
}

// Digits is the number of decimals with which the formula's value is shown: a
// name has its own, a plain number stands as it is, all else has the given one.
func (f *Formula) Digits(otherwise int) int {
	switch n := f.root; {
	case n.op == opName && n.name.Constant != nil && n.name.Kind == Number:
		return places(n.name.Constant.Num[0])
	case n.op == opName && !n.name.Inline:
		return n.name.Digits
	case n.op == opConst && n.kind == Number:
		return places(n.lit.Num[0])
	}
	return otherwise
}

// places is how many decimals a number is written with.
func places(x float64) int {
	d := 0
	for d < 9 && decimal.Round(x, d) != x {
		d++
	}
	return d
}

// HoldsAsShown reports whether a comparison would hold between the rounded
// figures that people see.
func (f *Formula) HoldsAsShown(m *Machine, row, digits int) bool {
	left, right, _, ok := f.Sides()
	if !ok || left.Kind != Number {
		return false
	}
	a, b := left.Eval(m), right.Eval(m)
	x := decimal.Round(a.Num[row*left.root.step()], left.Digits(digits))
	y := decimal.Round(b.Num[row*right.root.step()], right.Digits(digits))
	return compareTable[f.root.op][decimal.Compare(x, y)+1] != 0
}
