package returns

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"dudao/engine/diag"

	"github.com/xuri/excelize/v2"
)

// bookReader finds values by the defined names that the form gave its cells, so
// rows, columns and sheets may have moved.
type bookReader struct {
	file    string
	book    *excelize.File
	names   map[string]area
	merged  map[string]map[string]string // sheet → cell → the cell that it is merged into
	formats map[int]cellFormat           // by style
	isForm  bool                         // and not a report
	ret     *Return
}

// area is where a defined name points to.
type area struct {
	sheet                  string
	col, row, toCol, toRow int
}

// areas reads the names of the whole workbook. A copied sheet brings names of its
// own of the same spelling; they count only where there are no others.
func areas(book *excelize.File) map[string]area {
	out := map[string]area{}
	for _, local := range []bool{true, false} {
		for _, n := range book.GetDefinedName() {
			if (n.Scope != "Workbook") != local {
				continue
			}
			if a, ok := parseArea(n.RefersTo); ok {
				out[n.Name] = a
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
	a := area{sheet: strings.ReplaceAll(strings.Trim(strings.TrimPrefix(ref[:bang], "="), "'"), "''", "'")}
	from, to, isRange := strings.Cut(strings.ReplaceAll(ref[bang+1:], "$", ""), ":")
	if !isRange {
		to = from
	}
	var err1, err2 error
	a.col, a.row, err1 = excelize.CellNameToCoordinates(from)
	a.toCol, a.toRow, err2 = excelize.CellNameToCoordinates(to)
	return a, err1 == nil && err2 == nil
}

// read returns what stands in a cell.
func (b *bookReader) read(sheet string, col, row int) entry {
	cell, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return entry{}
	}
	e := entry{pos: diag.Pos{File: b.file, Sheet: sheet, Cell: cell}}
	if anchor := b.mergedInto(sheet, cell); anchor != "" {
		e.fault = diag.M("the cell is merged with %s", anchor)
		return e
	}
	value, err := b.book.GetCellValue(sheet, cell)
	if err != nil {
		return e
	}
	e.typed = value
	kind, _ := b.book.GetCellType(sheet, cell)
	switch kind {
	case excelize.CellTypeBool:
		t := value == "1" || strings.EqualFold(value, "true")
		e.truth, e.typed = &t, map[bool]string{true: "TRUE", false: "FALSE"}[t]
	case excelize.CellTypeError:
		e.fault = diag.M("the cell holds the error %s", value)
	case excelize.CellTypeUnset, excelize.CellTypeNumber:
		x, err := strconv.ParseFloat(value, 64)
		if err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
			e.number = &x
			e.format = b.format(sheet, cell)
			if e.format == dateOrTime {
				e.day = b.day(x)
			}
		}
	}
	if value == "" {
		if f, _ := b.book.GetCellFormula(sheet, cell); f != "" {
			e.typed, e.fault = "="+f, diag.M("the cell has a formula that was never computed")
		}
	}
	return e
}

// day is the date that a number is shown as. A Mac counts the days from 1904.
func (b *bookReader) day(serial float64) string {
	from1904 := false
	if props, err := b.book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		from1904 = *props.Date1904
	}
	t, err := excelize.ExcelDateToTime(serial, from1904)
	if err != nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// mergedInto returns the cell whose value a merged cell shows, or "" for a cell
// of its own.
func (b *bookReader) mergedInto(sheet, cell string) string {
	cells, known := b.merged[sheet]
	if !known {
		cells = map[string]string{}
		list, _ := b.book.GetMergeCells(sheet)
		for _, m := range list {
			a, ok := parseArea("!" + m.GetStartAxis() + ":" + m.GetEndAxis())
			if !ok || (a.toCol-a.col+1)*(a.toRow-a.row+1) > 10_000 {
				continue
			}
			for col := a.col; col <= a.toCol; col++ {
				for row := a.row; row <= a.toRow; row++ {
					if name, err := excelize.CoordinatesToCellName(col, row); err == nil && name != m.GetStartAxis() {
						cells[name] = m.GetStartAxis()
					}
				}
			}
		}
		b.merged[sheet] = cells
	}
	return cells[cell]
}

// cellFormat is what a number format makes of a number.
type cellFormat uint8

const (
	plainNumber cellFormat = iota
	percentage
	dateOrTime
)

var quotedOrColor = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]`)

func (b *bookReader) format(sheet, cell string) cellFormat {
	id, err := b.book.GetCellStyle(sheet, cell)
	if err != nil || id == 0 {
		return plainNumber
	}
	if f, known := b.formats[id]; known {
		return f
	}
	f := plainNumber
	if style, err := b.book.GetStyle(id); err == nil {
		f = formatOf(style)
	}
	b.formats[id] = f
	return f
}

func formatOf(style *excelize.Style) cellFormat {
	n := style.NumFmt
	switch {
	case n == 9 || n == 10:
		return percentage
	case n >= 14 && n <= 22, n >= 27 && n <= 36, n >= 45 && n <= 47, n >= 50 && n <= 58:
		return dateOrTime
	case style.CustomNumFmt == nil:
		return plainNumber
	}
	code := strings.ToLower(quotedOrColor.ReplaceAllString(*style.CustomNumFmt, ""))
	switch {
	case strings.Contains(code, "%"):
		return percentage
	case strings.ContainsAny(code, "ymdhs") && !strings.Contains(code, "general"):
		return dateOrTime
	default:
		return plainNumber
	}
}
