package formula

import (
	"math"

	"dudao/engine/decimal"
)

// span is where a value lies whatever is submitted within the declared bounds.
type span struct{ least, most float64 }

var (
	anything = span{math.Inf(-1), math.Inf(1)}
	positive = span{0, math.Inf(1)} // or 0
)

// Range is where the value of the formula lies as long as the data keep to their
// declared min and max; an end that nothing bounds is infinite.
func (f *Formula) Range() (least, most float64) {
	s := newDoubter(f).span(f.root)
	return s.least, s.most
}

// compare compares as conditions do, and knows infinite ends.
func compare(a, b float64) int {
	if math.IsInf(a, 0) || math.IsInf(b, 0) {
		switch {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	}
	return decimal.Compare(a, b)
}

func (d *doubter) span(n *node) span {
	s, known := d.spans[n]
	if !known {
		s = d.bounds(n)
		d.spans[n] = s
	}
	return s
}

func (d *doubter) bounds(n *node) span {
	arg := func(i int) span { return d.span(n.args[i]) }
	switch n.op {
	case opConst:
		if n.kind == Text {
			return anything
		}
		return span{n.lit.Num[0], n.lit.Num[0]}
	case opName, opParam:
		return d.nameSpan(n.name)
	case opGrowth:
		return sum(product(quotient(arg(0), arg(1)), span{100, 100}), span{-100, -100})
	case opPick:
		return hull(arg(1), arg(2))
	case opDefault:
		return hull(arg(0), arg(1))
	case opNegate:
		return negative(arg(0))
	case opAdd:
		return sum(arg(0), arg(1))
	case opSub:
		return sum(arg(0), negative(arg(1)))
	case opMul:
		return product(arg(0), arg(1))
	case opDiv:
		return quotient(arg(0), arg(1))
	case opCall:
		return d.callSpan(n)
	}
	return span{0, 1} // a truth
}

func (d *doubter) nameSpan(name *Name) span {
	s := anything
	switch {
	case name.Kind == Text:
		return anything
	case name.Constant != nil:
		return span{name.Constant.Num[0], name.Constant.Num[0]}
	case name.Formula != nil:
		s = d.span(name.Formula.root)
	case name.Kind == Truth:
		s = span{0, 1}
	}
	if name.Least != nil {
		s.least = *name.Least
	}
	if name.Most != nil {
		s.most = *name.Most
	}
	return s.valid()
}

func (d *doubter) callSpan(n *node) span {
	arg := func(i int) span { return d.span(n.args[i]) }
	switch n.fn.name {
	case "count", "count_if", "cv", "cv_unweighted", "completion", "points", "letters":
		return positive
	case "share":
		return span{0, 100}
	case "all", "any":
		return span{0, 1}
	case "passed", "falls":
		return span{0, float64(len(n.args))}
	case "min", "max":
		s := arg(0)
		for i := range n.args {
			if a := arg(i); n.fn.name == "min" {
				s = span{min(s.least, a.least), min(s.most, a.most)}
			} else {
				s = span{max(s.least, a.least), max(s.most, a.most)}
			}
		}
		return s
	case "mean", "median", "min_if", "max_if", "lookup":
		return arg(0)
	case "sum", "sum_if":
		return sumSpan(arg(0))
	case "ratio":
		return quotient(arg(0), arg(1))
	case "per":
		return product(quotient(arg(0), arg(1)), arg(2))
	case "abs":
		s := arg(0)
		if s.least >= 0 {
			return s
		}
		return span{max(0, -s.most), max(-s.least, s.most)}
	case "sqrt":
		s := arg(0)
		return span{math.Sqrt(max(0, s.least)), math.Sqrt(max(0, s.most))}
	case "round", "ceil", "floor":
		return d.rounded(n)
	}
	return anything
}

// rounded rounds both ends: rounding keeps the order of numbers.
func (d *doubter) rounded(n *node) span {
	s := d.span(n.args[0])
	end := func(x float64) float64 {
		in := []float64{x}
		for _, a := range n.args[1:] {
			in = append(in, a.lit.Num[0])
		}
		v, _ := n.fn.values(in)
		return v
	}
	if len(n.args) > 1 && n.args[1].op != opConst {
		return anything
	}
	return span{end(s.least), end(s.most)}.valid()
}

// sumSpan is the sum of any number of values, also of none.
func sumSpan(s span) span {
	out := anything
	if s.least >= 0 {
		out.least = 0
	}
	if s.most <= 0 {
		out.most = 0
	}
	return out
}

// valid gives up where bounds contradict each other or nothing finite is left.
func (s span) valid() span {
	if !(s.least <= s.most) || math.IsInf(s.least, 1) || math.IsInf(s.most, -1) {
		return anything
	}
	return s
}

func hull(a, b span) span  { return span{min(a.least, b.least), max(a.most, b.most)} }
func negative(a span) span { return span{-a.most, -a.least} }
func sum(a, b span) span   { return span{a.least + b.least, a.most + b.most}.valid() }

func product(a, b span) span {
	out := span{math.Inf(1), math.Inf(-1)}
	for _, x := range []float64{a.least, a.most} {
		for _, y := range []float64{b.least, b.most} {
			v := x * y
			if x == 0 || y == 0 {
				v = 0 // also times infinity: the end is never reached
			}
			out = hull(out, span{v, v})
		}
	}
	return out.valid()
}

// quotient leaves out the divisor 0, for which there is no value.
func quotient(a, b span) span {
	switch {
	case b.least < 0 && b.most > 0, b.least == 0 && b.most == 0:
		return anything
	case b.least == 0:
		return product(a, span{1 / b.most, math.Inf(1)})
	case b.most == 0:
		return product(a, span{math.Inf(-1), 1 / b.least})
	}
	return product(a, span{1 / b.most, 1 / b.least})
}
