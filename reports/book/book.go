// Package book is a workbook as plain data, and how it becomes an .xlsx file:
// styles, typed cells, defined names, validation, printing, and the same bytes
// for the same data.
//
// Callers fill a Book and write it. Everything that can go wrong is a mistake
// of the caller (a sheet name Excel refuses, a number that is none), so the
// errors are plain English for a programmer.
package book

import "strconv"

// Book is a workbook.
type Book struct {
	Title   string // document property
	Creator string // document property: "dudao <version>"
	Sheets  []*Sheet
	Names   []Name
}

// Sheet is one worksheet. It always prints on A4, one page wide unless it has key
// columns.
type Sheet struct {
	Name   string
	Hidden bool

	// Widths are the column widths in half-width characters; 0 is Excel's
	// default. A column grows if a number in it would be shown as #####.
	Widths []float64
	Rows   []Row // Rows[i] is row i+1 of the sheet

	// Merges are areas shown as one cell. Only the top left cell is given; it
	// lends its style to the whole area, so that the border goes all round.
	Merges []Range

	Landscape              bool
	OnePage                bool // made smaller until it is one
	FreezeRows, FreezeCols int
	TitleFrom, TitleTo     int    // rows printed again on each page; 0 = none
	PrintArea              Range  // what is printed; none = all
	Breaks                 []int  // rows that begin a new page
	Footer                 string // centred; &P is the page, &N the number of pages

	// KeyCols are the first columns if they are to be printed again on each page.
	// Only then a sheet is cut that is too wide to be read on one page. A merged
	// area that ends right of them, such as a title's, is cut, too.
	KeyCols int

	// Protected locks all cells but the unlocked ones, without a password.
	// Rows can still be inserted, deleted, sorted and made higher, columns wider.
	Protected   bool
	Validations []Validation
	Conditions  []Condition
	Charts      []*Chart
}

// Row is one row of a sheet. A Height of 0 is computed from the text.
type Row struct {
	Height float64 // in points
	Cells  []Cell
}

// Cell is one cell. With a formula, Value is the result it is known to have:
// programs that don't recalculate show that. A report has tens of thousands, so what
// few of them have stands behind pointers.
type Cell struct {
	Value    any    // nil, string, float64 or bool
	Formula  string // with or without the leading =
	Filled   bool   // instead: the formula of the cell above, filled down into this one
	Unlocked bool   // may be edited on a protected sheet
	Style    Style
	Digits   int    // decimals a number is shown with; -1: as many as it has
	Words    *Words // nil: a number is shown as a number only
	Note     string // shown when the cell is pointed at; not printed
	Link     *Place // where a click on the cell leads
}

// Words are shown with a number.
type Words struct {
	Prefix string    // before a number that has decimals given: ≥
	Truth  [2]string // instead of a 0 and a 1
}

// Place is a cell of a sheet, or a file.
type Place struct {
	Sheet string
	Ref
	File string // instead of the rest: from the folder of the workbook, with /
}

// Name is a defined name of the whole workbook. With a zero To it is one cell.
type Name struct {
	Name, Sheet string
	From, To    Ref
}

// Ref is the place of a cell, counted from 1.
type Ref struct{ Row, Col int }

// Range is an area with both corners included.
type Range struct{ From, To Ref }

func (r Ref) String() string   { return column(r.Col) + strconv.Itoa(r.Row) }
func (r Range) String() string { return r.From.String() + ":" + r.To.String() }

// absolute is the place as formulas write it that are the same in every cell.
func (r Ref) absolute() string { return "$" + column(r.Col) + "$" + strconv.Itoa(r.Row) }

// absolute is the range as formulas outside its sheet write it. The sheet is
// always quoted: that is valid for every name and spares Excel's rules about
// which names need it.
func (r Range) absolute(sheet string) string {
	from := quoteSheet(sheet) + "!" + r.From.absolute()
	if r.From == r.To {
		return from
	}
	return from + ":" + r.To.absolute()
}

// valid reports whether the range has both corners, in order.
func (r Range) valid() bool {
	return r.From.Row >= 1 && r.From.Col >= 1 && r.To.Row >= r.From.Row && r.To.Col >= r.From.Col
}
