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
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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

// Expr is an expression: a number, a text, a reference, or a function of others. What
// it comes to is computed when somebody asks, and only as far as that needs: of an IF
// the one branch, in each row. Most expressions only ever are parts of others.
type Expr struct {
	op    string // an operator or the name of a function; "" for a leaf
	args  []*Expr
	text  string // of a leaf that is no reference to a cell of the row
	cell  *Cell  // of a reference
	array bool   // one value for each row at once, for functions that add up
	row   bool   // one value in each row
	truth bool   // a condition
	size  int    // characters of the text, about

	n    int     // how many values it has
	vals []Value // all of them; of a function nil until somebody asks
	f    func(args []*Expr, r int) Value
}

// Num is a number as a literal.
func Num(x float64) *Expr {
	format := byte('f')
	if size := math.Abs(x); size >= 1e15 || size < 1e-9 && size > 0 {
		format = 'G'
	}
	return leaf(strconv.FormatFloat(x, format, -1, 64), Of(x))
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
	return &Expr{text: text, n: 1, vals: []Value{v}, size: utf8.RuneCountInString(text)}
}

// rowRef is about how long a reference to a cell of the row is: AB1234.
const rowRef = 6

// Ref refers to a cell; of a column to the cell in the same row.
func Ref(c *Cell) *Expr {
	if c.Table == "" {
		return &Expr{text: c.Name, cell: c, n: 1, vals: c.Values, size: utf8.RuneCountInString(c.Name)}
	}
	return &Expr{cell: c, row: true, n: len(c.Values), vals: c.Values, size: rowRef}
}

// Whole refers to all rows of a column.
func Whole(c *Cell) *Expr {
	return &Expr{text: c.Name, cell: c, array: true, n: len(c.Values), vals: c.Values, size: utf8.RuneCountInString(c.Name)}
}

// All refers to all cells of a range.
func All(r *Range) *Expr {
	e := &Expr{text: r.Name, array: true, n: len(r.Cells), size: utf8.RuneCountInString(r.Name)}
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
func (e *Expr) Values() []Value {
	if e.vals == nil {
		e.compute()
	}
	return e.vals
}

func (e *Expr) compute() {
	vals := make([]Value, e.n)
	for r := range vals {
		vals[r] = e.f(e.args, r)
	}
	e.vals = vals
}

// Size is about how many characters the formula has.
func (e *Expr) Size() int { return e.size }

// at is the value in a row. What is the same in all rows is computed once, another part
// as often as it occurs: Shorten gives parts cells before that gets too often.
func (e *Expr) at(r int) Value {
	switch {
	case !e.row && !e.array:
		return e.Values()[0]
	case e.vals == nil:
		return e.f(e.args, r)
	default:
		return e.vals[r]
	}
}

// function makes a function that has a value for each row of its single values.
func function(op string, args []*Expr, f func(args []*Expr, r int) Value) *Expr {
	e := &Expr{op: op, args: args, size: len(op) + 2, n: 1, f: f}
	for _, a := range args {
		e.size = min(e.size+a.size+1, maxSize)
		if a.row && !e.row {
			e.row, e.n = true, a.n
		}
	}
	return e
}

// each makes a function that looks at one value of each argument; of whole columns it
// has one for each of their rows.
func each(op string, args []*Expr, f func(args []*Expr, r int) Value) *Expr {
	e := function(op, args, f)
	for _, a := range args {
		if a.array && !e.row {
			e.array, e.n = true, a.n
		}
	}
	return e
}

// condition is each of what is true or not.
func condition(op string, args []*Expr, f func(args []*Expr, r int) Value) *Expr {
	e := each(op, args, f)
	e.truth = true
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
	out.row, out.n = true, rows
	out.vals = slices.Repeat(e.Values(), rows)
	return &out
}

// Read is a cell that an expression reads, or with Whole a column in all its rows.
type Read struct {
	*Cell
	Whole bool
}

// Reads are the cells that an expression reads, each once.
func (e *Expr) Reads() []Read { return e.reads(nil) }

func (e *Expr) reads(out []Read) []Read {
	if r := (Read{e.cell, e.array}); e.cell != nil && !slices.Contains(out, r) {
		out = append(out, r)
	}
	for _, a := range e.args {
		out = a.reads(out)
	}
	return out
}
