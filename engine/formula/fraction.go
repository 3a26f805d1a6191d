package formula

import (
	"math"

	"dudao/engine/decimal"
	"dudao/engine/diag"
)

// fraction doubts a percentage compared with a limit such as 0.95, and a fraction
// compared with one such as 85.
func (d *doubter) fraction(n *node) bool {
	for i, value := range n.args {
		limit := n.args[1-i]
		if value.kind != Number || !limit.fixed() {
			continue
		}
		upper := n.op == opLess || n.op == opLessEqual
		if i == 1 {
			upper = n.op == opGreater || n.op == opGreaterEqual
		}
		u, s := d.unit(value), d.span(limit)
		switch {
		case u.name == percent && u.or == "" && !u.change && s.least > 0 && s.most < 1:
			// 辍学率 is to stay below 0.6 %: limits that small are real.
			if upper && s.least >= 0.1 && s.most < 0.7 {
				continue
			}
			d.warn("fraction", n, diag.M("“%s” is a percentage, so %s means %s%%", d.text(value), d.text(limit), ends(s, 1)),
				diag.M("if %s%% is meant, write %s", ends(s, 100), ends(s, 100)))
			return true
		case u.quotient && s.least > 30 && s.most <= 100:
			if upper && u.or == "人" { // at most 40 pupils for a teacher
				continue
			}
			d.warn("fraction", n, diag.M("“%s” is a fraction such as 0.85, so it is hardly near %s", d.text(value), d.text(limit)),
				diag.M("write %s, or the limit as %s", d.grouped(value, opMul)+" * 100", ends(s, 0.01)))
			return true
		}
	}
	return false
}

// ends writes a limit, or the least and greatest of several.
func ends(s span, times float64) string {
	if s.least == s.most || math.IsInf(s.most-s.least, 0) {
		return decimal.Format(s.least*times, 9)
	}
	return decimal.Format(s.least*times, 9) + "～" + decimal.Format(s.most*times, 9)
}
