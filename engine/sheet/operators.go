package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"dudao/engine/decimal"
)

// number is a value where a number is needed: nothing counts as 0, a text is a
// fault.
func (v Value) number() (float64, bool) {
	switch v.Kind {
	case Number, Truth:
		return v.Num, true
	case Blank:
		return 0, true
	default:
		return 0, false
	}
}

func arithmetic(op string, a, b *Expr, f func(x, y float64) float64) *Expr {
	return each(op, []*Expr{a, b}, func(v []Value) Value {
		x, ok1 := v[0].number()
		y, ok2 := v[1].number()
		if !ok1 || !ok2 {
			return Value{Kind: Fault}
		}
		return Of(f(x, y))
	})
}

// Add is a + b.
func Add(a, b *Expr) *Expr {
	return arithmetic("+", a, b, func(x, y float64) float64 { return x + y })
}

// Sub is a − b.
func Sub(a, b *Expr) *Expr {
	return arithmetic("-", a, b, func(x, y float64) float64 { return x - y })
}

// Mul is a × b.
func Mul(a, b *Expr) *Expr {
	return arithmetic("*", a, b, func(x, y float64) float64 { return x * y })
}

// Div is a ÷ b; by 0 it is a fault.
func Div(a, b *Expr) *Expr {
	return arithmetic("/", a, b, func(x, y float64) float64 { return x / y })
}

// Neg is −a.
func Neg(a *Expr) *Expr { return Sub(Num(0), a) }

// Sums adds up all of them; it is nil of none.
func Sums(list ...*Expr) *Expr {
	var out *Expr
	for _, e := range list {
		switch {
		case e == nil:
		case out == nil:
			out = e
		default:
			out = Add(out, e)
		}
	}
	return out
}

// compare orders two values as a spreadsheet does: numbers before texts, texts
// without regard to case, nothing is 0 or "".
func compare(a, b Value) int {
	if a.Kind == Blank && b.Kind == Text {
		a = Said("")
	}
	if b.Kind == Blank && a.Kind == Text {
		b = Said("")
	}
	rank := func(v Value) int {
		switch v.Kind {
		case Text:
			return 1
		case Truth:
			return 2
		default:
			return 0
		}
	}
	switch ra, rb := rank(a), rank(b); {
	case ra != rb:
		return ra - rb
	case a.Kind == Text && a.Text == b.Text:
		return 0
	case a.Kind == Text:
		return strings.Compare(lower(a.Text), lower(b.Text))
	case a.Num < b.Num:
		return -1
	case a.Num > b.Num:
		return 1
	default:
		return 0
	}
}

// lower is strings.ToLower, which takes long over Chinese to find out that there is
// nothing to do.
func lower(text string) string {
	for _, r := range text {
		if isHan := '一' <= r && r <= '鿿'; !isHan && r != unicode.ToLower(r) {
			return strings.ToLower(text)
		}
	}
	return text
}

// Cmp compares: op is one of = <> < <= > >=.
func Cmp(op string, a, b *Expr) *Expr {
	e := each(op, []*Expr{a, b}, func(v []Value) Value {
		if v[0].Kind == Fault || v[1].Kind == Fault {
			return Value{Kind: Fault}
		}
		switch c := compare(v[0], v[1]); op {
		case "=":
			return truth(c == 0)
		case "<>":
			return truth(c != 0)
		case "<":
			return truth(c < 0)
		case "<=":
			return truth(c <= 0)
		case ">":
			return truth(c > 0)
		default:
			return truth(c >= 0)
		}
	})
	e.truth = true
	return e
}

// Is is a = text.
func Is(a *Expr, text string) *Expr { return Cmp("=", a, Str(text)) }

// Join puts texts behind each other.
func Join(list ...*Expr) *Expr {
	out := list[0]
	for _, next := range list[1:] {
		out = each("&", []*Expr{out, next}, func(v []Value) Value {
			if v[0].Kind == Fault || v[1].Kind == Fault {
				return Value{Kind: Fault}
			}
			return Said(v[0].shown() + v[1].shown())
		})
	}
	return out
}

// shown is a value as & writes it: numbers with up to 15 digits.
func (v Value) shown() string {
	switch v.Kind {
	case Text:
		return v.Text
	case Number:
		return decimal.Format(v.Num, 15-digitsBefore(v.Num))
	default:
		return ""
	}
}

func digitsBefore(x float64) int {
	return len(decimal.Format(math.Trunc(math.Abs(x)), 0))
}

// If is IF(cond, yes, no): only the one that is taken is looked at.
func If(cond, yes, no *Expr) *Expr {
	e := each("IF", []*Expr{cond, yes, no}, func(v []Value) Value {
		c, ok := v[0].number()
		switch {
		case !ok:
			return Value{Kind: Fault}
		case c != 0:
			return stored(v[1])
		default:
			return stored(v[2])
		}
	})
	e.truth = yes.truth && no.truth
	return e
}

// stored is a value as a formula passes it on: a reference to an empty cell is 0.
func stored(v Value) Value {
	if v.Kind == Blank {
		return Of(0)
	}
	return v
}

// IfError is IFERROR(e, instead).
func IfError(e, instead *Expr) *Expr {
	return each("IFERROR", []*Expr{e, instead}, func(v []Value) Value {
		if v[0].Kind == Fault {
			return v[1]
		}
		return stored(v[0])
	})
}

func logic(op string, list []*Expr, start bool) *Expr {
	if len(list) == 1 {
		return list[0]
	}
	var flat []*Expr
	for _, e := range list {
		if e.op == op {
			flat = append(flat, e.args...)
		} else {
			flat = append(flat, e)
		}
	}
	e := each(op, flat, func(v []Value) Value {
		out := start
		for _, one := range v {
			x, ok := one.number()
			if !ok {
				return Value{Kind: Fault}
			}
			if start {
				out = out && x != 0
			} else {
				out = out || x != 0
			}
		}
		return truth(out)
	})
	e.truth = true
	return e
}

// And holds where all hold. Like a spreadsheet's it looks at all of them.
func And(list ...*Expr) *Expr { return logic("AND", list, true) }

// Or holds where one holds.
func Or(list ...*Expr) *Expr { return logic("OR", list, false) }

// Not is NOT(e).
func Not(a *Expr) *Expr {
	e := each("NOT", []*Expr{a}, func(v []Value) Value {
		x, ok := v[0].number()
		if !ok {
			return Value{Kind: Fault}
		}
		return truth(x == 0)
	})
	e.truth = true
	return e
}

// Exact is EXACT(a, b): equal also in case.
func Exact(a, b *Expr) *Expr {
	e := each("EXACT", []*Expr{a, b}, func(v []Value) Value {
		if v[0].Kind == Fault || v[1].Kind == Fault {
			return Value{Kind: Fault}
		}
		return truth(v[0].shown() == v[1].shown())
	})
	e.truth = true
	return e
}

// IsNumber is ISNUMBER(e).
func IsNumber(a *Expr) *Expr {
	e := each("ISNUMBER", []*Expr{a}, func(v []Value) Value { return truth(v[0].Kind == Number) })
	e.truth = true
	return e
}

// N is N(e): a number, and 0 for a text.
func N(a *Expr) *Expr {
	return each("N", []*Expr{a}, func(v []Value) Value {
		switch v[0].Kind {
		case Number, Truth:
			return Of(v[0].Num)
		case Fault:
			return v[0]
		default:
			return Of(0)
		}
	})
}

// function makes a function of numbers.
func function(name string, args []*Expr, f func(x []float64) float64) *Expr {
	return each(name, args, func(v []Value) Value {
		x := make([]float64, len(v))
		for i := range v {
			var ok bool
			if x[i], ok = v[i].number(); !ok {
				return Value{Kind: Fault}
			}
		}
		return Of(f(x))
	})
}

// Round is ROUND(e, places).
func Round(a, places *Expr) *Expr {
	return function("ROUND", []*Expr{a, places}, func(x []float64) float64 { return decimal.Round(x[0], int(x[1])) })
}

// Abs is ABS(e).
func Abs(a *Expr) *Expr {
	return function("ABS", []*Expr{a}, func(x []float64) float64 { return math.Abs(x[0]) })
}

// Int is INT(e): the next whole number below.
func Int(a *Expr) *Expr {
	return function("INT", []*Expr{a}, func(x []float64) float64 { return math.Floor(x[0]) })
}

// Sqrt is SQRT(e); of a negative number it is a fault.
func Sqrt(a *Expr) *Expr {
	return function("SQRT", []*Expr{a}, func(x []float64) float64 { return math.Sqrt(x[0]) })
}

// Len is LEN(e): the number of digits of a whole number.
func Len(a *Expr) *Expr {
	return each("LEN", []*Expr{a}, func(v []Value) Value {
		if v[0].Kind == Fault {
			return v[0]
		}
		return Of(float64(len([]rune(v[0].shown()))))
	})
}

// Left is LEFT(e, n): the first characters of a text, or of a number as it is written.
func Left(a *Expr, n int) *Expr {
	return each("LEFT", []*Expr{a, Num(float64(n))}, func(v []Value) Value {
		if v[0].Kind == Fault {
			return v[0]
		}
		runes := []rune(v[0].shown())
		return Said(string(runes[:min(n, len(runes))]))
	})
}

// Digits is the number that a text is written as, 1*e; a text that is none is a fault.
func Digits(a *Expr) *Expr {
	return each("*", []*Expr{Num(1), a}, func(v []Value) Value {
		if v[1].Kind != Text {
			x, ok := v[1].number()
			if !ok {
				return v[1]
			}
			return Of(x)
		}
		x, err := strconv.ParseFloat(v[1].Text, 64)
		if err != nil {
			return Value{Kind: Fault}
		}
		return Of(x)
	})
}

// Least is MIN of single values: a cell without a number is passed over.
func Least(list ...*Expr) *Expr { return most("MIN", list, math.Min) }

// Greatest is MAX of single values: a cell without a number is passed over.
func Greatest(list ...*Expr) *Expr { return most("MAX", list, math.Max) }

func most(name string, list []*Expr, better func(x, y float64) float64) *Expr {
	return each(name, list, func(v []Value) Value {
		out, some := 0.0, false
		for i, one := range v {
			x, ok := one.number()
			isCell := list[i].op == "" && list[i].cell != nil
			switch {
			case one.Kind == Fault || !ok && !isCell:
				return Value{Kind: Fault}
			case isCell && one.Kind != Number:
			case !some:
				out, some = x, true
			default:
				out = better(out, x)
			}
		}
		return Of(out)
	})
}
