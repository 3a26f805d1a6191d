package sheet

import (
	"slices"
	"strings"
)

// Text is a formula ready to be written: pieces, and between them references to
// cells of the row.
type Formula struct {
	pieces []string
	cells  []*Cell // one behind each piece but the last
}

// Write makes the text of an expression.
func (e *Expr) Write() Formula {
	var f Formula
	var b strings.Builder
	e.write(&b, &f, 0)
	f.pieces = append(f.pieces, b.String())
	return f
}

// In is the formula as it stands in a row; column gives the letters of a cell's
// column.
func (f Formula) In(row string, column func(*Cell) string) string {
	if len(f.cells) == 0 {
		return f.pieces[0]
	}
	var b strings.Builder
	for i, c := range f.cells {
		b.WriteString(f.pieces[i])
		b.WriteString(column(c))
		b.WriteString(row)
	}
	b.WriteString(f.pieces[len(f.cells)])
	return b.String()
}

// precedence of the operators; functions and leaves bind closest.
var precedence = map[string]int{"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}

func (e *Expr) write(b *strings.Builder, f *Formula, outer int) {
	switch own := precedence[e.op]; {
	case e.op == "" && e.row && e.cell != nil && e.cell.Table != "":
		f.pieces = append(f.pieces, b.String())
		f.cells = append(f.cells, e.cell)
		b.Reset()
	case e.op == "":
		if strings.HasPrefix(e.text, "-") && outer > 0 {
			b.WriteString("(" + e.text + ")")
		} else {
			b.WriteString(e.text)
		}
	case own > 0:
		if own < outer {
			b.WriteByte('(')
		}
		if e.op == "-" && e.args[0].text == "0" && e.args[0].cell == nil {
			b.WriteByte('-') // −x
			e.args[1].write(b, f, 5)
		} else {
			e.args[0].write(b, f, own)
			b.WriteString(e.op)
			e.args[1].write(b, f, own+1)
		}
		if own < outer {
			b.WriteByte(')')
		}
	default:
		b.WriteString(e.op)
		b.WriteByte('(')
		for i, a := range e.args {
			if i > 0 {
				b.WriteByte(',')
			}
			a.write(b, f, 0)
		}
		b.WriteByte(')')
	}
}

// Shorten makes an expression of at most so many characters by giving the largest
// parts that do so a cell of their own. own puts an expression into a cell. A part
// is computed also where the whole doesn't look at it, and must not show an error
// there: failed stands instead, which is no number, so that the whole fails, too,
// where it does look.
func (e *Expr) Shorten(most int, failed string, own func(*Expr) *Cell) *Expr {
	for e.size > most {
		part := e.largest(most, failed)
		if part == nil {
			return e // nothing to take out
		}
		held, risky := part.held(failed)
		ref := Ref(own(held))
		switch {
		case part.truth && risky:
			ref = Cmp("=", Mul(Num(1), ref), Num(1))
		case part.truth:
			ref = Cmp("=", ref, Num(1))
		}
		if ref.size >= part.size {
			return e
		}
		e = e.replace(part, ref, map[*Expr]*Expr{})
	}
	return e
}

// held is the expression such as a cell can hold it: a condition as 1 or 0, and with
// failed instead of an error if there may be one.
func (e *Expr) held(failed string) (held *Expr, risky bool) {
	held = e
	if e.truth {
		held = If(e, Num(1), Num(0))
	}
	if risky = e.risky(map[*Expr]bool{}); risky {
		held = IfError(held, Str(failed))
	}
	return held, risky
}

// risky reports whether an expression is an error where a text stands instead of a
// number.
func (e *Expr) risky(seen map[*Expr]bool) bool {
	switch e.op {
	case "+", "-", "*", "/", "ROUND", "INDEX", "INT", "ABS", "SQRT", "MIN", "MAX":
		return true
	case "IFERROR", "COUNT", "COUNTIFS", "SUMIFS", "SUM", "SUMPRODUCT":
		return false
	}
	if out, ok := seen[e]; ok {
		return out
	}
	out := false
	for _, a := range e.args {
		out = out || a.risky(seen)
	}
	seen[e] = out
	return out
}

// largest is the part to take out: what fits into a cell by itself and saves most,
// so often as it occurs.
func (e *Expr) largest(most int, failed string) *Expr {
	var order []*Expr        // the functions, each behind all that it is made of
	count := map[*Expr]int{} // how often each occurs
	var walk func(*Expr)
	walk = func(x *Expr) {
		if _, seen := count[x]; seen || x.op == "" {
			return
		}
		count[x] = 0
		for _, a := range x.args {
			walk(a)
		}
		order = append(order, x)
	}
	walk(e)
	count[e] = 1
	var best *Expr
	gain := 0
	for _, x := range slices.Backward(order) {
		for _, a := range x.args {
			if a.op != "" {
				count[a] = min(count[a]+count[x], maxSize)
			}
		}
		if x == e || x.array || x.size > most || x.size < 16 {
			continue
		}
		if g := (x.size - 10) * count[x]; g > gain {
			if held, _ := x.held(failed); held.size <= most {
				best, gain = x, g
			}
		}
	}
	return best
}

// maxSize is the length beyond which it doesn't matter how long a formula would be.
const maxSize = 1 << 30

// replace puts another expression in place of a part.
func (e *Expr) replace(part, by *Expr, done map[*Expr]*Expr) *Expr {
	if e == part {
		return by
	}
	if len(e.args) == 0 {
		return e
	}
	if out, ok := done[e]; ok {
		return out
	}
	out := *e
	out.vals = nil // it is computed of the new parts
	out.args = make([]*Expr, len(e.args))
	changed := false
	size := len(out.op) + 2
	for i, a := range e.args {
		out.args[i] = a.replace(part, by, done)
		changed = changed || out.args[i] != a
		size = min(size+out.args[i].size+1, maxSize)
	}
	if !changed {
		done[e] = e
		return e
	}
	out.size = size
	done[e] = &out
	return &out
}
