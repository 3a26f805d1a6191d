// Package formula compiles and runs the formulas of a rubric. They are in the
// language of expr-lang/expr, cut down to what an official can read and a
// spreadsheet can say; this package is its only importer.
//
// expr parses; Compile gives every node a kind (number, truth, text) and a shape
// (single value, one value a row, whole column) and turns the tree into closures
// over numbered slots. Everything is a Column: a single value is a column of
// one. So missing data, division, comparison and error are defined here, once,
// for a county's figure and for the 900 rows of a table alike.
package formula

// Kind is what a value is.
type Kind uint8

const (
	Number Kind = iota
	Truth       // 1 or 0 in Num
	Text
)

// State says whether a value is known. The order is the order of precedence: a
// formula that reads several values takes on the highest state among them.
type State uint8

const (
	Known        State = iota
	Inapplicable       // 不适用: the question doesn't arise
	Open               // waits for a judgement
	Missing            // not submitted
	Failed             // divided by zero, or overflowed
)

// Column is one value for each row of a table; a single value is a column of one
// row. Num holds numbers and truths, Text holds texts; State always has the
// length of the column. Where a state isn't Known the value means nothing.
type Column struct {
	Num   []float64
	Text  []string
	State []State

	// Clean says that every State is Known, which spares looking at each. It may
	// be false where it could be true, never the other way round.
	Clean bool
}

// NumberColumn is a single known number.
func NumberColumn(x float64) Column {
	return Column{Num: []float64{x}, State: []State{Known}, Clean: true}
}

// Len is the number of rows.
func (c Column) Len() int { return len(c.State) }

// True reports whether the value of a row is known and true.
func (c Column) True(row int) bool { return c.State[row] == Known && c.Num[row] != 0 }

// Resize sets the number of rows and keeps the memory; the values are undefined
// afterwards.
func (c *Column) Resize(rows int, kind Kind) {
	c.Clean = false
	if cap(c.State) < rows {
		c.State = make([]State, rows)
	}
	c.State = c.State[:rows]
	if kind == Text {
		if cap(c.Text) < rows {
			c.Text = make([]string, rows)
		}
		c.Text = c.Text[:rows]
		return
	}
	if cap(c.Num) < rows {
		c.Num = make([]float64, rows)
	}
	c.Num = c.Num[:rows]
}

// Copy makes c a copy of another column, in c's own memory.
func (c *Column) Copy(from Column) {
	c.Num = append(c.Num[:0], from.Num...)
	c.Text = append(c.Text[:0], from.Text...)
	c.State = append(c.State[:0], from.State...)
	c.Clean = from.Clean
}

// Pick makes c some of the rows of another column, in c's own memory.
func (c *Column) Pick(from *Column, rows []int) {
	c.Num, c.Text, c.State, c.Clean = c.Num[:0], c.Text[:0], c.State[:0], from.Clean
	for _, row := range rows {
		c.State = append(c.State, from.State[row])
		if from.Num != nil {
			c.Num = append(c.Num, from.Num[row])
		}
		if from.Text != nil {
			c.Text = append(c.Text, from.Text[row])
		}
	}
}

// known marks every row as known.
func (c *Column) known() {
	clear(c.State)
	c.Clean = true
}
