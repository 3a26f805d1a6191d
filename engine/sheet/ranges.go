package sheet

import (
	"math"
	"slices"

	"dudao/engine/decimal"
)

// Count is COUNT: how many of single values, or of the cells of columns, are
// numbers.
func Count(list ...*Expr) *Expr {
	f := func(v []Value) Value {
		n := 0.0
		for _, one := range v {
			if one.Kind == Number {
				n++
			}
		}
		return Of(n)
	}
	if len(list) == 1 && list[0].array {
		return over("COUNT", list, func(arg func(k, i int) Value, n int) Value {
			all := make([]Value, n)
			for i := range all {
				all[i] = arg(0, i)
			}
			return f(all)
		})
	}
	return each("COUNT", list, f)
}

// Rows is ROWS: how many rows a column has.
func Rows(column *Expr) *Expr {
	return over("ROWS", []*Expr{column}, func(_ func(k, i int) Value, n int) Value { return Of(float64(n)) })
}

// CountIfs is COUNTIFS: columns each followed by a criterion.
func CountIfs(pairs ...*Expr) *Expr {
	selected := selecting(pairs)
	return byRow("COUNTIFS", pairs, func(r int) Value { return Of(float64(len(selected.rows(r)))) })
}

// SumIfs is SUMIFS: what the rows that meet the criteria have in a column. Texts
// don't count.
func SumIfs(column *Expr, pairs ...*Expr) *Expr {
	selected := selecting(pairs)
	return byRow("SUMIFS", append([]*Expr{column}, pairs...), func(r int) Value {
		var sum decimal.Sum
		for _, i := range selected.rows(r) {
			if v := column.vals[i]; v.Kind == Number {
				sum.Add(v.Num)
			}
		}
		return Of(sum.Value())
	})
}

// numbers collects the numbers of a column.
func numbers(arg func(k, i int) Value, n int) []float64 {
	var out []float64
	for i := range n {
		if v := arg(0, i); v.Kind == Number {
			out = append(out, v.Num)
		}
	}
	return out
}

func aggregate(name string, column *Expr, f func(x []float64) float64) *Expr {
	return over(name, []*Expr{column}, func(arg func(k, i int) Value, n int) Value {
		for i := range n {
			if arg(0, i).Kind == Fault {
				return Value{Kind: Fault}
			}
		}
		return Of(f(numbers(arg, n)))
	})
}

// Sum is SUM of a column; texts don't count.
func Sum(column *Expr) *Expr {
	return aggregate("SUM", column, func(x []float64) float64 {
		var sum decimal.Sum
		for _, v := range x {
			sum.Add(v)
		}
		return sum.Value()
	})
}

// Max is MAX of a column, 0 of none.
func Max(column *Expr) *Expr {
	return aggregate("MAX", column, func(x []float64) float64 {
		if len(x) == 0 {
			return 0
		}
		return slices.Max(x)
	})
}

// Min is MIN of a column, 0 of none.
func Min(column *Expr) *Expr {
	return aggregate("MIN", column, func(x []float64) float64 {
		if len(x) == 0 {
			return 0
		}
		return slices.Min(x)
	})
}

// Median is MEDIAN of a column; of none it is a fault.
func Median(column *Expr) *Expr {
	return aggregate("MEDIAN", column, func(x []float64) float64 {
		if len(x) == 0 {
			return math.NaN()
		}
		slices.Sort(x)
		half := len(x) / 2
		if len(x)%2 == 1 {
			return x[half]
		}
		return (x[half-1] + x[half]) / 2
	})
}

// SumProduct is SUMPRODUCT: the products of the columns row by row, added up. In a
// column that stands alone a text counts as 0; in a computed one it is a fault.
func SumProduct(columns ...*Expr) *Expr {
	return over("SUMPRODUCT", columns, func(arg func(k, i int) Value, n int) Value {
		var sum decimal.Sum
		for i := range n {
			product := 1.0
			for k := range columns {
				switch v := arg(k, i); v.Kind {
				case Number:
					product *= v.Num
				case Fault:
					return v
				case Truth:
					if len(columns) == 1 {
						product *= v.Num
					} else {
						product = 0 // a bare truth counts as 0 in a list
					}
				default:
					product = 0
				}
			}
			sum.Add(product)
		}
		return Of(sum.Value())
	})
}

// Lookup is INDEX(values, MATCH(key, keys, 0)): what stands beside the first equal
// key.
func Lookup(values, keys, key *Expr) *Expr {
	return over("INDEX", []*Expr{values, Match(key, keys)}, func(arg func(k, i int) Value, n int) Value {
		at := arg(1, 0)
		if at.Kind != Number {
			return at
		}
		return stored(arg(0, int(at.Num)-1))
	})
}

// Match is MATCH(key, keys, 0): which is the first equal key.
func Match(key, keys *Expr) *Expr {
	beside := within(keys)
	return byRow("MATCH", []*Expr{key, keys, Num(0)}, func(r int) Value { return beside.first(key.at(r)) })
}

// MaxIf is the greatest of the values beside a key, none of them below 0:
// SUMPRODUCT(MAX((keys=key)*values)), for MAXIFS came after Excel 2010.
func MaxIf(values, keys, key *Expr) *Expr {
	inner := inArray("*", inArray("=", keys, key), values)
	return overKey(inArray("MAX", inner), values, keys, key, 0, math.Max)
}

// Far is further from 0 than any figure.
const Far = 1e300

// GreatestOf is the greatest of the values beside a key, where others may be below 0:
// SUMPRODUCT(MAX(values-(keys<>key)*1E+300)).
func GreatestOf(values, keys, key *Expr) *Expr {
	inner := inArray("-", values, inArray("*", inArray("<>", keys, key), Num(Far)))
	return overKey(inArray("MAX", inner), values, keys, key, -2*Far, math.Max)
}

// LeastOf is the least of the values beside a key:
// SUMPRODUCT(MIN(values+(keys<>key)*1E+300)).
func LeastOf(values, keys, key *Expr) *Expr {
	inner := inArray("+", values, inArray("*", inArray("<>", keys, key), Num(Far)))
	return overKey(inArray("MIN", inner), values, keys, key, 2*Far, math.Min)
}

// inArray is a part that only SUMPRODUCT can compute: for all rows at once.
func inArray(op string, args ...*Expr) *Expr {
	e := &Expr{op: op, args: args, array: true, size: len(op) + 2}
	for _, a := range args {
		e.size += a.size + 1
	}
	return e
}

func overKey(inner, values, keys, key *Expr, start float64, better func(x, y float64) float64) *Expr {
	beside := within(keys)
	e := byRow("SUMPRODUCT", []*Expr{values, keys, key}, func(r int) Value {
		out := start
		for _, i := range beside.equal(key.at(r)) {
			if v := values.vals[i]; v.Kind == Number {
				out = better(out, v.Num)
			}
		}
		return Of(out)
	})
	e.args = []*Expr{inner}
	return e
}
