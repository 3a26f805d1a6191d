package formula

import (
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
)

// unit is what is known of the unit of a value. The zero value is an unknown one,
// which fits everything: a doubt needs two units that are known.
type unit struct {
	name     string
	or       string // what it may be as well: 每百名学生 is no percentage
	quotient bool   // two values of one unit divided: 0.85, or 19 pupils for a teacher
	any      bool   // a number or param, which fits everything
	change   bool   // a growth or difference, of which small and negative ones are usual
}

// Percent and points are the two units that look alike.
const (
	percent = "%"
	points  = "百分点"
)

// spellings are units that people write in several ways. What is counted in 个 can
// be anything; people who come twice are 人次.
var spellings = map[string]string{
	"％": percent, "百分数": percent, "百分比": percent, "个百分点": points,
	"平方米": "㎡", "平米": "㎡", "m²": "㎡", "m2": "㎡", "公里": "千米", "课时": "学时",
	"名": "人", "位": "人", "人次": "人", "个": "",
}

// multiples are what stands before a unit to make a larger one: 万元.
var multiples = []struct {
	sign string
	is   float64
}{{"百万", 1e6}, {"千万", 1e7}, {"十万", 1e5}, {"百", 1e2}, {"千", 1e3}, {"万", 1e4}, {"亿", 1e8}}

// spelling is the one way in which a unit is written here; 元/生 stays apart.
func spelling(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "／", "/")
	over, under, divided := strings.Cut(s, "/")
	if one, known := spellings[over]; known {
		over = one
	}
	if divided && over != "" {
		return over + "/" + under
	}
	return over
}

// alike reports whether values of two units may stand beside each other. People
// leave out what a unit is divided by: 生均 is in 元 as often as in 元/生.
func alike(a, b string) bool {
	over, _, _ := strings.Cut(a, "/")
	other, _, _ := strings.Cut(b, "/")
	return a == "" || b == "" || over == other
}

// clash reports whether two units are known and can't be the same.
func (x unit) clash(y unit) bool {
	switch {
	case x.quotient != y.quotient:
		return x.name == percent || y.name == percent
	case x.name == "" || y.name == "" || alike(x.name, y.name):
		return false
	}
	for _, a := range []string{x.name, x.or} {
		for _, b := range []string{y.name, y.or} {
			if a != "" && b != "" && alike(a, b) {
				return false
			}
		}
	}
	return true
}

// together doubts values of different units that are compared, added or stand for
// each other.
func (d *doubter) together(n, a, b *node) bool {
	if a.kind != Number {
		return false
	}
	x, y := d.unit(a), d.unit(b)
	sum := n.op == opAdd || n.op == opSub
	if !x.clash(y) || sum && (x.name == percent && y.name == points || x.name == points && y.name == percent) {
		return false
	}
	if x.quotient || y.quotient {
		if y.quotient {
			a, b = b, a
		}
		d.warn("fraction", n, diag.M("“%s” is a fraction such as 0.85, “%s” a percentage such as 85", d.text(a), d.text(b)),
			diag.M("write %s", d.grouped(a, opMul)+" * 100"))
		return true
	}
	d.warn("units", n, diag.M("“%s” is in %s, “%s” in %s", d.text(a), x.name, d.text(b), y.name), d.convert(a, b, x.name, y.name))
	return true
}

// convert says how to bring two units to one.
func (d *doubter) convert(a, b *node, x, y string) diag.Message {
	for _, m := range multiples {
		switch {
		case x == m.sign+y:
			return diag.M("write %s", d.grouped(a, opMul)+" * "+decimal.Format(m.is, 0))
		case y == m.sign+x:
			return diag.M("write %s", d.grouped(b, opMul)+" * "+decimal.Format(m.is, 0))
		}
	}
	if x == points || y == points {
		return diag.M("percentages differ by percentage points, and growth() is in percent: compare like with like")
	}
	return diag.M("check the formula and the units that are declared, and bring both to one if possible")
}

// declared doubts a formula whose value is declared to have another unit.
func (d *doubter) declared() {
	x, y := d.unit(d.f.root), unit{name: spelling(d.f.Declared)}
	switch {
	case d.f.Kind != Number || !x.clash(y) || x.name == percent && y.name == points || x.name == points && y.name == percent:
	case x.quotient:
		d.warn("fraction", d.f.root, diag.M("the formula gives a fraction such as 0.85, its unit is %s", d.f.Declared),
			diag.M("write %s", d.grouped(d.f.root, opMul)+" * 100"))
	default:
		hint := diag.M("check the formula and the units that are declared, and bring both to one if possible")
		for _, m := range multiples {
			switch {
			case x.name == m.sign+y.name:
				hint = diag.M("write %s", d.grouped(d.f.root, opMul)+" * "+decimal.Format(m.is, 0))
			case y.name == m.sign+x.name:
				hint = diag.M("write %s", d.grouped(d.f.root, opMul)+" / "+decimal.Format(m.is, 0))
			}
		}
		d.warn("units", d.f.root, diag.M("the formula gives %s, its unit is %s", x.name, d.f.Declared), hint)
	}
}

func (d *doubter) unit(n *node) unit {
	u, known := d.units[n]
	if !known {
		u = d.infer(n)
		d.units[n] = u
	}
	return u
}

func (d *doubter) infer(n *node) unit {
	arg := func(i int) unit { return d.unit(n.args[i]) }
	switch n.op {
	case opConst, opParam:
		return unit{any: true}
	case opName:
		return d.nameUnit(n.name)
	case opGrowth:
		return unit{name: percent, change: true}
	case opNegate:
		return arg(0)
	case opAdd, opDefault:
		return join(arg(0), arg(1))
	case opPick:
		return join(arg(1), arg(2))
	case opSub:
		return d.subtract(n)
	case opMul:
		return multiply(arg(0), arg(1), n.args[0].is(100) || n.args[1].is(100))
	case opDiv:
		return d.divide(n.args[0], n.args[1])
	case opCall:
		return d.callUnit(n)
	}
	return unit{}
}

func (n *node) is(x float64) bool { return n.op == opConst && n.kind == Number && n.lit.Num[0] == x }

func (d *doubter) nameUnit(name *Name) unit {
	if name.Constant != nil || name.Param {
		return unit{any: true}
	}
	u := unit{name: spelling(name.Unit), change: name.Least != nil && *name.Least < 0}
	if name.Formula == nil {
		return u
	}
	inferred := d.formulaUnit(name.Formula)
	if name.Unit == "" {
		return inferred
	}
	u.change = u.change || inferred.change
	return u
}

func (d *doubter) formulaUnit(f *Formula) unit {
	u := d.unit(f.root)
	if f.Declared != "" {
		u = unit{name: spelling(f.Declared), change: u.change}
	}
	return u
}

// join is the unit of a sum, and of what is either of two.
func join(x, y unit) unit {
	switch {
	case x.any:
		return y
	case y.any:
		return x
	case x.quotient && y.quotient, x.name == y.name && x.or == y.or:
		x.change = x.change || y.change
		return x
	}
	return unit{}
}

// subtract knows that a percentage less its own value of another year is in
// percentage points, while 100 less a percentage is one again.
func (d *doubter) subtract(n *node) unit {
	a, b := n.args[0], n.args[1]
	x, y := d.unit(a), d.unit(b)
	switch {
	case x.name == percent && y.name == percent && a.op == opName && b.op == opName && a.name == b.name:
		return unit{name: points, change: true}
	case x.name == percent && (y.name == percent || y.any), x.any && y.name == percent:
		return unit{name: points, or: percent, change: true}
	}
	return join(x, y)
}

func multiply(x, y unit, hundred bool) unit {
	switch {
	case x.any && y.any:
		return x
	case hundred && (x.quotient || y.quotient):
		return unit{name: percent, or: x.or + y.or, change: x.change || y.change}
	}
	return unit{}
}

func (d *doubter) divide(a, b *node) unit {
	x, y := d.unit(a), d.unit(b)
	switch {
	case x.any && y.any:
		return x
	case x.name == percent && b.is(100):
		return unit{quotient: true, change: x.change}
	case x.name != "" && x.name == y.name:
		return unit{quotient: true, or: x.name}
	case a.op == opMul && (a.args[0].is(100) || a.args[1].is(100)): // 100 * a / b
		whole := d.unit(a.args[0])
		if whole.any {
			whole = d.unit(a.args[1])
		}
		if whole.name != "" && whole.name == y.name {
			return unit{name: percent, or: whole.name}
		}
	}
	return unit{}
}

func (d *doubter) callUnit(n *node) unit {
	switch n.fn.name {
	case "sum", "mean", "median", "min", "max", "sum_if", "max_if", "min_if", "lookup", "round", "abs", "ceil", "floor":
		return d.unit(n.args[0])
	case "share":
		return unit{name: percent}
	case "cv", "cv_unweighted", "completion":
		return unit{quotient: true}
	case "ratio":
		return d.divide(n.args[0], n.args[1])
	case "per":
		u := d.divide(n.args[0], n.args[1])
		switch x, y := d.unit(n.args[0]), d.unit(n.args[1]); {
		case n.args[2].is(1) && u.quotient:
			return u
		case n.args[2].is(100) && u.quotient:
			return multiply(u, unit{any: true}, true)
		case x.name != "" && y.name != "" && !u.quotient && (n.args[2].is(1) || n.args[2].is(100)): // 10000 turns 万元 into 元
			return unit{name: x.name}
		}
	}
	return unit{}
}
