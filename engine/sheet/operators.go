package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

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

// arithmetic makes a function of two numbers.
func arithmetic(op string, a, b *Expr, f func(x, y float64) float64) *Expr {
	return each(op, []*Expr{a, b}, func(args []*Expr, r int) Value {
		x, ok1 := args[0].at(r).number()
		y, ok2 := args[1].at(r).number()
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
	case a.Kind == Text:
		return compareTexts(a.Text, b.Text)
	case a.Num < b.Num:
		return -1
	case a.Num > b.Num:
		return 1
	default:
		return 0
	}
}

// compareTexts looks no further than to the first character that differs.
func compareTexts(a, b string) int {
	for a != "" && b != "" {
		x, sizeX := utf8.DecodeRuneInString(a)
		y, sizeY := utf8.DecodeRuneInString(b)
		if c := lowerRune(x) - lowerRune(y); c != 0 {
			return int(c)
		}
		a, b = a[sizeX:], b[sizeY:]
	}
	return len(a) - len(b)
}

// Cmp compares: op is one of = <> < <= > >=.
func Cmp(op string, a, b *Expr) *Expr {
	less, equal, greater := strings.Contains(op, "<"), strings.Contains(op, "="), strings.Contains(op, ">")
	return condition(op, []*Expr{a, b}, func(args []*Expr, r int) Value {
		x, y := args[0].at(r), args[1].at(r)
		if x.Kind == Fault || y.Kind == Fault {
			return Value{Kind: Fault}
		}
		c := compare(x, y)
		return truth(less && c < 0 || equal && c == 0 || greater && c > 0)
	})
}

// Is is a = text.
func Is(a *Expr, text string) *Expr { return Cmp("=", a, Str(text)) }

// Join puts texts behind each other.
func Join(list ...*Expr) *Expr {
	out := list[0]
	for _, next := range list[1:] {
		out = each("&", []*Expr{out, next}, func(args []*Expr, r int) Value {
			x, y := args[0].at(r), args[1].at(r)
			if x.Kind == Fault || y.Kind == Fault {
				return Value{Kind: Fault}
			}
			return Said(x.shown() + y.shown())
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
	e := each("IF", []*Expr{cond, yes, no}, func(args []*Expr, r int) Value {
		c, ok := args[0].at(r).number()
		switch {
		case !ok:
			return Value{Kind: Fault}
		case c != 0:
			return stored(args[1].at(r))
		default:
			return stored(args[2].at(r))
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
	return each("IFERROR", []*Expr{e, instead}, func(args []*Expr, r int) Value {
		v := args[0].at(r)
		if v.Kind == Fault {
			return args[1].at(r)
		}
		return stored(v)
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
	return condition(op, flat, func(args []*Expr, r int) Value {
		out := start
		for _, a := range args {
			x, ok := a.at(r).number()
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
}

// And holds where all hold. Like a spreadsheet's it looks at all of them.
func And(list ...*Expr) *Expr { return logic("AND", list, true) }

// Or holds where one holds.
func Or(list ...*Expr) *Expr { return logic("OR", list, false) }

// Not is NOT(e).
func Not(a *Expr) *Expr {
	return condition("NOT", []*Expr{a}, func(args []*Expr, r int) Value {
		x, ok := args[0].at(r).number()
		if !ok {
			return Value{Kind: Fault}
		}
		return truth(x == 0)
	})
}

// Exact is EXACT(a, b): equal also in case.
func Exact(a, b *Expr) *Expr {
	return condition("EXACT", []*Expr{a, b}, func(args []*Expr, r int) Value {
		x, y := args[0].at(r), args[1].at(r)
		if x.Kind == Fault || y.Kind == Fault {
			return Value{Kind: Fault}
		}
		return truth(x.shown() == y.shown())
	})
}

// IsNumber is ISNUMBER(e).
func IsNumber(a *Expr) *Expr {
	return condition("ISNUMBER", []*Expr{a}, func(args []*Expr, r int) Value { return truth(args[0].at(r).Kind == Number) })
}

// N is N(e): a number, and 0 for a text.
func N(a *Expr) *Expr {
	return each("N", []*Expr{a}, func(args []*Expr, r int) Value {
		switch v := args[0].at(r); v.Kind {
		case Number, Truth:
			return Of(v.Num)
		case Fault:
			return v
		default:
			return Of(0)
		}
	})
}

// Round is ROUND(e, places).
func Round(a, places *Expr) *Expr {
	return arithmetic("ROUND", a, places, func(x, places float64) float64 { return decimal.Round(x, int(places)) })
}

// ofNumber makes a function of a number.
func ofNumber(name string, a *Expr, f func(x float64) float64) *Expr {
	return each(name, []*Expr{a}, func(args []*Expr, r int) Value {
		x, ok := args[0].at(r).number()
		if !ok {
			return Value{Kind: Fault}
		}
		return Of(f(x))
	})
}

// Abs is ABS(e).
func Abs(a *Expr) *Expr { return ofNumber("ABS", a, math.Abs) }

// Int is INT(e): the next whole number below.
func Int(a *Expr) *Expr { return ofNumber("INT", a, math.Floor) }

// Sqrt is SQRT(e); of a negative number it is a fault.
func Sqrt(a *Expr) *Expr { return ofNumber("SQRT", a, math.Sqrt) }

// Len is LEN(e): the number of digits of a whole number.
func Len(a *Expr) *Expr {
	return each("LEN", []*Expr{a}, func(args []*Expr, r int) Value {
		v := args[0].at(r)
		if v.Kind == Fault {
			return v
		}
		return Of(float64(utf8.RuneCountInString(v.shown())))
	})
}

// Left is LEFT(e, n): the first characters of a text, or of a number as it is written.
func Left(a *Expr, n int) *Expr {
	return each("LEFT", []*Expr{a, Num(float64(n))}, func(args []*Expr, r int) Value {
		v := args[0].at(r)
		if v.Kind == Fault {
			return v
		}
		runes := []rune(v.shown())
		return Said(string(runes[:min(n, len(runes))]))
	})
}

// Digits is the number that a text is written as, 1*e; a text that is none is a fault.
func Digits(a *Expr) *Expr {
	return each("*", []*Expr{Num(1), a}, func(args []*Expr, r int) Value {
		v := args[1].at(r)
		if v.Kind != Text {
			x, ok := v.number()
			if !ok {
				return v
			}
			return Of(x)
		}
		x, err := strconv.ParseFloat(v.Text, 64)
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
	return each(name, list, func(args []*Expr, r int) Value {
		out, some := 0.0, false
		for _, a := range args {
			one := a.at(r)
			x, ok := one.number()
			isCell := a.op == "" && a.cell != nil
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
