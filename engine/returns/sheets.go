package returns

import (
	"slices"

	"github.com/xuri/excelize/v2"
)

// What follows is all that is asked of a workbook beside the content of a cell
// (read) and its merged cells (mergedInto).

// sheets are the names of the worksheets in their order, without our hidden one.
func (b *bookReader) sheets() []string {
	return slices.DeleteFunc(b.book.GetSheetList(), func(s string) bool { return s == MetaSheet })
}

// copies are the sheets that somebody has copied within the form: their names are
// names of the copy only.
func (b *bookReader) copies() []string {
	var out []string
	for _, n := range b.book.GetDefinedName() {
		a, ok := parseArea(n.RefersTo)
		first, known := b.names[n.Name]
		if ok && known && n.Scope != "Workbook" && a.sheet != first.sheet && !slices.Contains(out, a.sheet) {
			out = append(out, a.sheet)
		}
	}
	return out
}

// rows are the texts of a sheet, as far as it is filled.
func (b *bookReader) rows(sheet string) [][]string {
	rows, _ := b.book.GetRows(sheet) // one that can't be read holds nothing
	return rows
}

// formula is the formula of a cell, or "".
func (b *bookReader) formula(sheet, cell string) string {
	f, _ := b.book.GetCellFormula(sheet, cell)
	return f
}

// isHidden reports whether a row is hidden, or the whole sheet.
func (b *bookReader) isHidden(sheet string, row int) bool {
	visible, err := b.book.GetRowVisible(sheet, row)
	return err == nil && !visible
}

// cellName is A1 for 1, 1.
func cellName(row, col int) string {
	name, _ := excelize.CoordinatesToCellName(col, row) // of a cell that exists
	return name
}
