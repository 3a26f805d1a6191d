// Package form is the layout of a form as plain data, computed from a rubric:
// which sheets there are, which cell asks for what, under which defined name.
// The blank form, the reader of filled forms and the data sheet of the report
// all follow it, so the three can't disagree. It knows nothing of workbooks.
package form

import (
	"strconv"

	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// Role is what a cell is for.
type Role uint8

const (
	Heading  Role = iota
	Label         // names what stands in the row
	Unit          // its unit, or another short remark
	Entry         // people fill it in
	Computed      // dudao computes it
	Blank         // asks for nothing
	Note          // how to count, where from
	Remark        // free text, never read
)

// Target is the value that an entry or computed cell stands for.
type Target struct {
	Cover string      // a cover field, see CoverFields
	Table string      // of a column
	Row   int         // of the table, from 0
	Field string      // single value or column
	Back  int         // years before the return's year
	Ask   *rubric.Ask // a fact to answer
	Part  AskPart
	Claim *Claimed // what the unit says that an item comes to
}

// AskPart is what is wanted of an answer.
type AskPart uint8

const (
	Answer AskPart = iota
	AnswerNote
	Evidence
)

// Cell is one cell of a sheet. Rows and columns count from 1 within the grid;
// whoever draws it may move the grid down by a title.
type Cell struct {
	Row, Col     int
	Role         Role
	Text         diag.Phrase
	Target       Target
	Field        *rubric.Field // of an entry or computed cell of data
	Rows, Cols   int           // more than 1: merged
	LeftAligned  bool          // an entry for text
	Introduction diag.Phrase   // what a person is told who selects the cell
}

// Name is a name that the workbook gives to a cell, or to a column of cells.
type Name struct {
	Name           string
	Row, Col, Rows int
}

// Kind is what a sheet asks for.
type Kind uint8

const (
	Cover Kind = iota
	Group
	Table
	Judgements
	Claims
)

// Sheet is one grid.
type Sheet struct {
	Kind     Kind
	Name     diag.Message
	Note     string
	Above    []diag.Phrase // how an open table's columns are counted; stands above the grid
	Widths   []float64     // in half-width characters
	HeadRows int
	Open     bool // a table with as many rows as the unit has
	KeyCols  int  // its first columns, as far as they name the row
	Cells    []Cell
	Names    []Name
}

// Rows is how many rows a table has.
func (s Sheet) Rows() int {
	rows := 0
	for _, n := range s.Names {
		rows = max(rows, n.Rows)
	}
	return rows
}

// Form is all sheets of a rubric's form.
type Form struct {
	Sheets []Sheet
}

// Layout computes the form of a rubric.
func Layout(r *rubric.Rubric) Form {
	f := Form{Sheets: []Sheet{cover()}}
	for i := range r.Data {
		name, block := r.Data[i].Key.Text, &r.Data[i].Value
		switch {
		case block.IsView():
		case block.IsTable():
			f.Sheets = append(f.Sheets, table(name, block))
		case len(block.Fields) > 0:
			f.Sheets = append(f.Sheets, group(name, block))
		}
	}
	if asks := r.Asks(); len(asks) > 0 {
		f.Sheets = append(f.Sheets, judgements(asks, r.Kind.Text))
	}
	if r.Claims {
		f.Sheets = append(f.Sheets, claims(r))
	}
	return f
}

// NameOf is the defined name of a single value or, with a table, of a column, so
// many years back. A dot can't stand in a declared name, so nothing collides.
func NameOf(table, field string, back int) string {
	name := field
	if table != "" {
		name = table + "." + field
	}
	switch back {
	case 0:
		return name
	case 1:
		return name + ".上年"
	default:
		return name + ".前" + strconv.Itoa(back) + "年"
	}
}

// Remarks is the defined name of the column of remarks of a group or table.
func Remarks(block string) string { return block + "._remark" }

// Defined names of the list of reasons in a report.
const (
	ReasonAbout = "_reason.about"
	ReasonText  = "_reason.text"
)

// RowPath names a row of a table: 学校[一小·小学].
func RowPath(table, row string) string { return table + "[" + row + "]" }

// Path names one value: 各学段[幼儿园].生均教育支出.上年.
func Path(table, row, field string, back int) string {
	if table == "" {
		return NameOf("", field, back)
	}
	return NameOf(RowPath(table, row), field, back)
}

// AnswerPath names an answer: 7 is the judgement of an item, 9.未向人大报告 a fact of
// one, .弄虚作假 a fact of the whole rubric. No name begins with a dot.
func AnswerPath(item, fact string) string {
	if fact == "" {
		return item
	}
	return item + "." + fact
}

// YearHeading says which year a column of values is for.
func YearHeading(back int) diag.Message {
	switch back {
	case 0:
		return diag.M("This year")
	case 1:
		return diag.M("Last year")
	default:
		return diag.M("%s years before", strconv.Itoa(back))
	}
}

// FieldLabel is what people read for a field.
func FieldLabel(name string, f *rubric.Field) string {
	if f.Label.Given() {
		return f.Label.Text
	}
	return name
}
