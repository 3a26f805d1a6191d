package sheet

import (
	"math"
	"slices"

	"dudao/engine/decimal"
)

// Count is COUNT: how many of single values, or of the cells of a column, are
// numbers.
func Count(list ...*Expr) *Expr {
	if len(list) == 1 && list[0].array {
		return function("COUNT", list, func(args []*Expr, _ int) Value {
			n := 0.0
			for _, v := range args[0].Values() {
				if v.Kind == Number {
					n++
				}
			}
			return Of(n)
		})
	}
	return each("COUNT", list, func(args []*Expr, r int) Value {
		n := 0.0
		for _, a := range args {
			if a.at(r).Kind == Number {
				n++
			}
		}
		return Of(n)
	})
}

// Rows is ROWS: how many rows a column has.
func Rows(column *Expr) *Expr {
	return function("ROWS", []*Expr{column}, func(args []*Expr, _ int) Value { return Of(float64(args[0].n)) })
}

// CountIfs is COUNTIFS: columns each followed by a criterion.
func CountIfs(pairs ...*Expr) *Expr {
	return function("COUNTIFS", pairs, func(args []*Expr, r int) Value { return Of(float64(len(selected(args, r)))) })
}

// SumIfs is SUMIFS: what the rows that meet the criteria have in a column. Texts
// don't count.
func SumIfs(column *Expr, pairs ...*Expr) *Expr {
	return function("SUMIFS", append([]*Expr{column}, pairs...), func(args []*Expr, r int) Value {
		var sum decimal.Sum
		for _, i := range selected(args[1:], r) {
			if v := args[0].at(i); v.Kind == Number {
				sum.Add(v.Num)
			}
		}
		return Of(sum.Value())
	})
}

// numbers collects the numbers of a column.
func numbers(column *Expr) []float64 {
	out := make([]float64, 0, column.n)
	for _, v := range column.Values() {
		if v.Kind == Number {
			out = append(out, v.Num)
		}
	}
	return out
}

func aggregate(name string, column *Expr, f func(x []float64) float64) *Expr {
	return function(name, []*Expr{column}, func(args []*Expr, _ int) Value {
		if slices.ContainsFunc(args[0].Values(), func(v Value) bool { return v.Kind == Fault }) {
			return Value{Kind: Fault}
		}
		return Of(f(numbers(args[0])))
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
	return function("SUMPRODUCT", columns, func(columns []*Expr, _ int) Value {
		var sum decimal.Sum
		for i := range columns[0].n {
			product := 1.0
			for _, column := range columns {
				switch v := column.at(i); v.Kind {
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
	return function("INDEX", []*Expr{values, Match(key, keys)}, func(args []*Expr, r int) Value {
		place := args[1].at(r)
		if place.Kind != Number {
			return place
		}
		return stored(args[0].at(int(place.Num) - 1))
	})
}

// Match is MATCH(key, keys, 0): which is the first equal key.
func Match(key, keys *Expr) *Expr {
	return function("MATCH", []*Expr{key, keys, Num(0)}, func(args []*Expr, r int) Value { return within(args[1]).first(args[0].at(r)) })
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
	e := function("SUMPRODUCT", []*Expr{values, keys, key}, func(_ []*Expr, r int) Value {
		out := start
		for _, i := range within(keys).equal(key.at(r)) {
			if v := values.at(i); v.Kind == Number {
				out = better(out, v.Num)
			}
		}
		return Of(out)
	})
	e.args = []*Expr{inner} // how it is written
	return e
}
