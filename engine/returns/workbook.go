package returns

import (
	"errors"
	"math"
	"strings"
	"time"

	"dudao/engine/diag"
	"dudao/engine/xlsx"
)

// bookReader finds values by the defined names that the form gave its cells, so
// rows, columns and sheets may have moved.
type bookReader struct {
	file   string
	book   *xlsx.Book
	names  map[string]area
	isForm bool // and not a report
	ret    *Return
	linked map[diag.Pos]bool // cells whose value another workbook gave

	byHeading map[string]bool  // names that are gone; what they meant was found by its headings
	told      map[string]bool  // names and merged cells that have been reported
	grids     map[string]*grid // by sheet
	foreign   bool             // the form was made for another rubric, or another text of it
	present   int              // values and tables that are asked for and stand on the form
	absent    []string         // those that don't
	seen      remarks

	lastSheet string // that was read from, and it as origins have it
	lastIn    whole
}

func newBookReader(d *Document, ret *Return) *bookReader {
	return &bookReader{file: d.file.Name, book: d.book, isForm: d.isForm, names: areas(d.book), ret: ret, linked: map[diag.Pos]bool{},
		byHeading: map[string]bool{}, told: map[string]bool{}, grids: map[string]*grid{},
		seen: remarks{texts: map[string][]string{}, hidden: map[string][]string{}, lines: map[string]map[int]bool{}}}
}

// refused says why a workbook isn't read.
func refused(at diag.Pos, err error) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Pos: at, Message: diag.M("the workbook can’t be read")}
	var r *xlsx.Refusal
	if errors.As(err, &r) {
		d.Message, d.Hints = r.Message, []diag.Message{r.Hint}
	}
	return d
}

// cellFormat is what a number format makes of a number.
type cellFormat = xlsx.Format

const (
	percentage = xlsx.Percent
	dateOrTime = xlsx.DateOrTime
)

// dayOf is the date that a number in a cell stands for. Excel believes that 1900
// had a 29 February.
func dayOf(serial float64) (string, bool) {
	if serial < 1 || serial >= 2_958_466 || math.Trunc(serial) == 60 {
		return "", false
	}
	if serial < 60 {
		serial++
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(serial)).Format(time.DateOnly), true
}

// area is where a defined name points to.
type area struct {
	sheet                  string
	col, row, toCol, toRow int
	unit                   string // of the heading that was found, where it isn't the declared one
}

// areas reads the names of the whole workbook. A copied sheet brings names of its
// own of the same spelling; they count only where there are no others.
func areas(book *xlsx.Book) map[string]area {
	out := map[string]area{}
	for _, local := range []bool{true, false} {
		of := map[string]int{}
		for _, n := range book.Names {
			if n.IsLocal != local {
				continue
			}
			if a, ok := parseArea(n.RefersTo); ok {
				out[n.Name] = a
				of[n.Name]++
			}
		}
		for name, n := range of {
			if n > 1 {
				delete(out, name) // two copies, and the first sheet is gone
			}
		}
	}
	return out
}

// parseArea reads 'Sheet'!$A$1:$A$5.
func parseArea(ref string) (area, bool) {
	bang := strings.LastIndex(ref, "!")
	if bang < 0 {
		return area{}, false
	}
	sheet := strings.ReplaceAll(strings.Trim(strings.TrimPrefix(ref[:bang], "="), "'"), "''", "'")
	a, ok := xlsx.ParseArea(ref[bang+1:])
	return area{sheet: sheet, col: a.Col, row: a.Row, toCol: a.ToCol, toRow: a.ToRow}, ok
}

// in is a sheet as origins have it; most are in the same as the one before.
func (b *bookReader) in(sheet string) whole {
	if sheet != b.lastSheet || b.lastIn == (whole{}) {
		b.lastSheet, b.lastIn = sheet, wholeOf(b.file, sheet)
	}
	return b.lastIn
}

// read returns what stands in a cell.
func (b *bookReader) read(sheet string, col, row int) entry {
	e := entry{pos: Origin{b.in(sheet), int32(row), int32(col)}}
	s, _ := b.book.Sheet(sheet)
	if a, ok := s.Merged(col, row); ok && (a.Col != col || a.Row != row) {
		e.fault = diag.M("the cell is merged with %s", xlsx.CellName(a.Col, a.Row))
		return e
	}
	c, ok := s.At(col, row)
	if !ok {
		return e
	}
	e.typed = c.Text
	switch c.Kind {
	case xlsx.Number:
		e.number, e.format = &c.Number, c.Format
	case xlsx.Truth:
		t := c.Text == "TRUE"
		e.truth = &t
	case xlsx.Error:
		e.fault = diag.M("the cell holds the error %s", c.Text)
	case xlsx.Uncomputed:
		e.typed, e.fault = "="+c.Formula, diag.M("the cell has a formula that was never computed")
	}
	if link, ok := b.book.Link(c.Formula); ok && !b.linked[e.pos.Pos()] {
		b.linked[e.pos.Pos()] = true
		b.ret.Problems.Warn(e.pos.Pos(), 0, diag.M("the value was taken from another workbook, %s, and may be out of date", link),
			diag.M("compare it with that workbook, then type the value itself"))
	}
	return e
}
