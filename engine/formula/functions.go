package formula

import (
	"math"
	"slices"
	"sort"

	"dudao/engine/decimal"
	"dudao/engine/diag"
)

// function is one row of the function table: all that dudao knows of a function
// stands here.
type function struct {
	name  string
	usage string // as written in a formula, for messages

	// Exactly one of the following says how it is compiled.
	values   func(x []float64) (float64, State)    // over single values, min…max of them
	whole    func(x []float64) (float64, State)    // over the known values of one whole column
	several  func(x []float64) (float64, State)    // the same over two or more values of a row
	weighted func(x, w []float64) (float64, State) // over two columns of one table
	keyed    func(x []float64) (float64, State)    // over the values of the rows that have a key
	divides  bool                                  // a ÷ b × c
	special  func(c *compiler, n *node, call call) bool

	min, max int  // number of arguments
	of       Kind // of the column, for whole
	gives    Kind
	none     bool // of a selection without rows it is 0 (or no): there is nothing to add or count

	words diag.Message // the function before its argument, in words; zero: name(…)
}

// Functions returns the names of all functions, sorted.
func Functions() []string {
	names := make([]string, 0, len(functionTable))
	for name := range functionTable {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

var functionTable = map[string]*function{}

func init() {
	for _, f := range []*function{
		{name: "prev", usage: "prev(x) · prev(x, 2)", min: 1, max: 2, special: compilePrev},
		{name: "growth", usage: "growth(x) · growth(x, 1)", min: 1, max: 2, special: compileGrowth},
		{name: "pick", usage: "pick(condition, x, y)", min: 3, max: 3, special: compilePick},
		{name: "falls", usage: "falls(x, 3)", min: 2, max: 2, special: compileFalls},
		{name: "points", usage: `points("id")`, min: 1, max: 1, special: compileResult},
		{name: "letters", usage: `letters("A")`, min: 1, max: 1, special: compileResult},
		{name: "passed", usage: "passed(a, b, …)", min: 1, max: 50, special: compilePassed},
		{name: "completion", usage: "completion(a, b, …)", min: 1, max: 50, special: compileCompletion},

		{name: "sum_if", usage: "sum_if(table.column, table.key_column, key)", of: Number, keyed: total},
		{name: "count_if", usage: "count_if(table.column, table.key_column, key) · count_if(table.key_column, key)", of: Truth, keyed: total},
		{name: "max_if", usage: "max_if(table.column, table.key_column, key)", of: Number, keyed: greatest},
		{name: "min_if", usage: "min_if(table.column, table.key_column, key)", of: Number, keyed: least},
		{name: "lookup", usage: "lookup(table.column, table.key_column, key)", keyed: only},
		{name: "cv", usage: "cv(table.values, table.weights)", of: Number, weighted: cv, words: diag.M("the coefficient of variation of ")},
		{name: "cv_unweighted", usage: "cv_unweighted(table.values)", of: Number, whole: cvUnweighted, words: diag.M("the unweighted coefficient of variation of ")},

		{name: "sum", usage: "sum(table.column)", of: Number, whole: total, none: true, words: diag.M("the total of ")},
		{name: "mean", usage: "mean(table.column)", of: Number, whole: mean, words: diag.M("the mean of ")},
		{name: "median", usage: "median(table.column)", of: Number, whole: median, words: diag.M("the median of ")},
		{name: "min", usage: "min(table.column) · min(a, b)", of: Number, whole: least, several: least, words: diag.M("the least of ")},
		{name: "max", usage: "max(table.column) · max(a, b)", of: Number, whole: greatest, several: greatest, words: diag.M("the greatest of ")},
		{name: "count", usage: "count(table.column)", of: Truth, whole: total, none: true, words: diag.M("the number of ")},
		{name: "share", usage: "share(table.column)", of: Truth, whole: share, words: diag.M("the share of ")},
		{name: "all", usage: "all(table.column)", of: Truth, gives: Truth, whole: least, words: diag.M("all of ")},
		{name: "any", usage: "any(table.column)", of: Truth, gives: Truth, whole: greatest, none: true, words: diag.M("any of ")},

		{name: "per", usage: "per(a, b, 100)", min: 3, max: 3, divides: true},
		{name: "ratio", usage: "ratio(a, b)", min: 2, max: 2, divides: true},
		{name: "round", usage: "round(x) · round(x, 2)", min: 1, max: 2, values: round},
		{name: "abs", usage: "abs(x)", min: 1, max: 1, values: func(x []float64) (float64, State) { return math.Abs(x[0]), Known }},
		{name: "ceil", usage: "ceil(x)", min: 1, max: 1, values: func(x []float64) (float64, State) { return math.Ceil(decimal.Round(x[0], 9)), Known }},
		{name: "floor", usage: "floor(x)", min: 1, max: 1, values: func(x []float64) (float64, State) { return math.Floor(decimal.Round(x[0], 9)), Known }},
		{name: "sqrt", usage: "sqrt(x)", min: 1, max: 1, values: sqrt},
	} {
		switch {
		case f.several != nil:
			f.min, f.max = 1, 50
		case f.whole != nil:
			f.min, f.max = 1, 1
		case f.weighted != nil:
			f.min, f.max = 2, 2
		case f.keyed != nil:
			f.min, f.max = 3, 3
			if f.name == "count_if" {
				f.min = 2
			}
		}
		functionTable[f.name] = f
	}
}

func total(x []float64) (float64, State) {
	var s decimal.Sum
	for _, v := range x {
		s.Add(v)
	}
	return s.Value(), Known
}

func mean(x []float64) (float64, State) {
	s, _ := total(x)
	return divide(s, float64(len(x)))
}

func share(x []float64) (float64, State) {
	s, _ := total(x)
	v, state := divide(s, float64(len(x)))
	return v * 100, state
}

func median(x []float64) (float64, State) {
	sorted := slices.Sorted(slices.Values(x))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half], Known
	}
	return (sorted[half-1] + sorted[half]) / 2, Known
}

func least(x []float64) (float64, State)    { return slices.Min(x), Known }
func greatest(x []float64) (float64, State) { return slices.Max(x), Known }

// only is the one value there is; several rows with the key are an error.
func only(x []float64) (float64, State) {
	if len(x) > 1 {
		return 0, Failed
	}
	return x[0], Known
}

// cv is the enrolment-weighted coefficient of variation of the national schemes
// (差异系数): sqrt(Σ(Pᵢ/P)(xᵢ−X)²)/X with X = Σxᵢ·Pᵢ/P, population type.
func cv(x, w []float64) (float64, State) {
	var weight, weighted, spread decimal.Sum
	for i := range x {
		weight.Add(w[i])
		weighted.Add(x[i] * w[i])
	}
	mean, state := divide(weighted.Value(), weight.Value())
	if state != Known {
		return 0, state
	}
	for i := range x {
		spread.Add(w[i] / weight.Value() * (x[i] - mean) * (x[i] - mean))
	}
	if spread.Value() < 0 {
		return 0, Failed // negative weights
	}
	return divide(math.Sqrt(spread.Value()), mean)
}

// cvUnweighted counts every row alike; the national schemes don't.
func cvUnweighted(x []float64) (float64, State) {
	ones := make([]float64, len(x))
	for i := range ones {
		ones[i] = 1
	}
	return cv(x, ones)
}

func sqrt(x []float64) (float64, State) {
	if x[0] < 0 {
		return 0, Failed
	}
	return math.Sqrt(x[0]), Known
}

func round(x []float64) (float64, State) {
	places := 0
	if len(x) > 1 {
		places = int(max(-15, min(15, x[1])))
	}
	return decimal.Round(x[0], places), Known
}

// overValues compiles a function of single values, row by row.
func overValues(n *node) {
	f, args := n.fn.values, n.args
	n.eval = func(m *Machine) Column {
		var in [3]Column
		var step [3]int
		for k, a := range args {
			in[k], step[k] = a.eval(m), a.step()
		}
		out := m.Take(n.length(m))
		var x [3]float64
		for i := range out.State {
			s := Known
			for k := range args {
				s = max(s, in[k].State[i*step[k]])
				x[k] = in[k].Num[i*step[k]]
			}
			v := 0.0
			if s == Known {
				v, s = finite(f(x[:len(args)]))
			}
			out.Num[i], out.State[i] = v, s
		}
		return out
	}
}
