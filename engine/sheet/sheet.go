// Package sheet holds spreadsheet formulas as values: how each is written, and
// what a spreadsheet makes of it. The engine puts its formulas, items and totals
// into this form; a report writes the text and beside it the value, so that a
// viewer that doesn't recalculate shows the same.
//
// It knows the few functions that every spreadsheet since Excel 2010 has, and of
// them only what dudao writes.
package sheet

import (
	"math"
	"strconv"
	"strings"

	"dudao/engine/diag"
)

// Kind is what a cell holds.
type Kind uint8

const (
	Blank Kind = iota
	Number
	Text
	Truth // only within a formula; cells hold 1 and 0
	Fault // #DIV/0! and its kin
)

// Value is what a cell holds or an expression comes to.
type Value struct {
	Kind Kind
	Num  float64 // of a truth 1 or 0
	Text string
}

// Of makes the value of a number.
func Of(x float64) Value {
	if x-x != 0 {
		return Value{Kind: Fault}
	}
	return Value{Kind: Number, Num: x}
}

// Said makes the value of a text.
func Said(text string) Value { return Value{Kind: Text, Text: text} }

func truth(is bool) Value {
	if is {
		return Value{Kind: Truth, Num: 1}
	}
	return Value{Kind: Truth}
}

// Cell is a cell of the workbook, or with Table a cell in every row of a table.
type Cell struct {
	Name    string       // its defined name; of a column that of all its rows
	Label   diag.Phrase  // what people read beside it, or above the column
	Table   string       // "" for a single cell
	Formula *Expr        // nil where a value stands
	Plain   diag.Message // why a computed value has no formula
	Values  []Value

	found *finder // of the values, once some formula has looked for rows
}

// Range is a run of single cells under one name.
type Range struct {
	Name  string
	Cells []*Cell
}

// Expr is an expression: a number, a text, a reference, or a function of others.
type Expr struct {
	op    string // an operator or the name of a function; "" for a leaf
	args  []*Expr
	text  string // of a leaf that is no reference to a cell of the row
	cell  *Cell  // of a reference
	array bool   // one value for each row at once, for functions that add up
	row   bool   // one value in each row
	truth bool   // a condition
	vals  []Value
	size  int // characters of the text, about
}

// Num is a number as a literal.
func Num(x float64) *Expr {
	text := strconv.FormatFloat(x, 'G', -1, 64)
	if e := strings.IndexByte(text, 'E'); e < 0 || math.Abs(x) < 1e15 && math.Abs(x) >= 1e-9 {
		text = strconv.FormatFloat(x, 'f', -1, 64)
	}
	return leaf(text, Of(x))
}

// Str is a text as a literal.
func Str(text string) *Expr {
	return leaf(`"`+strings.ReplaceAll(text, `"`, `""`)+`"`, Said(text))
}

// Bool is TRUE or FALSE.
func Bool(is bool) *Expr {
	e := leaf(strings.ToUpper(strconv.FormatBool(is)), truth(is))
	e.truth = true
	return e
}

func leaf(text string, v Value) *Expr {
	return &Expr{text: text, vals: []Value{v}, size: len([]rune(text))}
}

// rowRef is about how long a reference to a cell of the row is: AB1234.
const rowRef = 6

// Ref refers to a cell; of a column to the cell in the same row.
func Ref(c *Cell) *Expr {
	if c.Table == "" {
		return &Expr{text: c.Name, cell: c, vals: c.Values, size: len([]rune(c.Name))}
	}
	return &Expr{cell: c, row: true, vals: c.Values, size: rowRef}
}

// Whole refers to all rows of a column.
func Whole(c *Cell) *Expr {
	return &Expr{text: c.Name, cell: c, array: true, vals: c.Values, size: len([]rune(c.Name))}
}

// All refers to all cells of a range.
func All(r *Range) *Expr {
	e := &Expr{text: r.Name, array: true, size: len([]rune(r.Name))}
	for _, c := range r.Cells {
		e.vals = append(e.vals, c.Values[0])
	}
	return e
}

// IsTruth reports whether the expression is a condition.
func (e *Expr) IsTruth() bool { return e.truth }

// ByRow reports whether the expression has a value for each row of a table.
func (e *Expr) ByRow() bool { return e.row }

// Values are what the expression comes to: one value, or one in each row.
func (e *Expr) Values() []Value { return e.vals }

// Size is about how many characters the formula has.
func (e *Expr) Size() int { return e.size }

// at is the value in a row.
func (e *Expr) at(i int) Value {
	if e.row || e.array {
		return e.vals[i]
	}
	return e.vals[0]
}

// rows is the number of values of a function of these arguments.
func rows(args []*Expr) (n int, row bool) {
	for _, a := range args {
		if a.row {
			return len(a.vals), true
		}
	}
	return 1, false
}

// each makes a function that looks at one value of each argument.
func each(op string, args []*Expr, f func(v []Value) Value) *Expr {
	e := &Expr{op: op, args: args, size: len(op) + 2}
	n, row := rows(args)
	for _, a := range args {
		e.size = min(e.size+a.size+1, maxSize)
		if a.array && !row {
			e.array, n = true, len(a.vals)
		}
	}
	e.row = row
	e.vals = make([]Value, n)
	in := make([]Value, len(args))
	for i := range e.vals {
		for k, a := range args {
			in[k] = a.at(i)
		}
		e.vals[i] = f(in)
	}
	return e
}

// over makes a function that looks at whole columns; single values among the
// arguments, such as the text that is counted, may be one in each row.
func over(op string, args []*Expr, f func(arg func(k, i int) Value, n int) Value) *Expr {
	e := &Expr{op: op, args: args, size: len(op) + 2}
	length := 0
	for _, a := range args {
		e.size = min(e.size+a.size+1, maxSize)
		if a.array {
			length = len(a.vals)
		}
	}
	n, row := rows(args)
	e.row = row
	e.vals = make([]Value, n)
	for r := range e.vals {
		e.vals[r] = f(func(k, i int) Value {
			switch a := args[k]; {
			case a.array:
				return a.vals[i]
			case a.row:
				return a.vals[r]
			default:
				return a.vals[0]
			}
		}, length)
	}
	return e
}

// byRow makes a function that has a value for each row of its single values.
func byRow(op string, args []*Expr, f func(r int) Value) *Expr {
	e := &Expr{op: op, args: args, size: len(op) + 2}
	for _, a := range args {
		e.size = min(e.size+a.size+1, maxSize)
	}
	n, row := rows(args)
	e.row = row
	e.vals = make([]Value, n)
	for r := range e.vals {
		e.vals[r] = f(r)
	}
	return e
}

// IsRef reports whether the expression is just that cell.
func (e *Expr) IsRef(c *Cell) bool { return e.cell == c && e.op == "" && !e.array }

// Spread is the expression with a value in each of so many rows.
func (e *Expr) Spread(rows int) *Expr {
	if e.row {
		return e
	}
	out := *e
	out.row = true
	out.vals = make([]Value, rows)
	for i := range out.vals {
		out.vals[i] = e.vals[0]
	}
	return &out
}

// Read is a cell that an expression reads, or with Whole a column in all its rows.
type Read struct {
	*Cell
	Whole bool
}

// Reads are the cells that an expression reads, each once.
func (e *Expr) Reads() []Read {
	var out []Read
	seen, read := map[*Expr]bool{}, map[Read]bool{}
	var walk func(*Expr)
	walk = func(e *Expr) {
		if seen[e] {
			return
		}
		seen[e] = true
		if r := (Read{e.cell, e.array}); e.cell != nil && !read[r] {
			read[r] = true
			out = append(out, r)
		}
		for _, a := range e.args {
			walk(a)
		}
	}
	walk(e)
	return out
}
