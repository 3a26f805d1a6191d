package returns

import (
	"slices"

	"dudao/engine/xlsx"
)

// What follows is all that is asked of a workbook beside the content of a cell
// (read). What can't be read holds nothing; it is told when reading ends.

// sheets are the names of the worksheets in their order, without our hidden one.
func (b *bookReader) sheets() []string {
	return slices.DeleteFunc(slices.Clone(b.book.Sheets), func(s string) bool { return s == MetaSheet })
}

// copies are the sheets that somebody has copied within the form: their names are
// names of the copy only.
func (b *bookReader) copies() []string {
	var out []string
	for _, n := range b.book.Names {
		a, ok := parseArea(n.RefersTo)
		first, known := b.names[n.Name]
		if ok && known && n.IsLocal && a.sheet != first.sheet && !slices.Contains(out, a.sheet) {
			out = append(out, a.sheet)
		}
	}
	return out
}

// rows are the texts of a sheet, as far as it is filled.
func (b *bookReader) rows(sheet string) [][]string {
	texts, _ := b.book.Texts(sheet)
	return texts
}

// merged are the merged areas of a sheet.
func (b *bookReader) merged(sheet string) []xlsx.Area {
	s, _ := b.book.Sheet(sheet)
	if s == nil {
		return nil
	}
	return s.Areas
}

// mergedInto returns the cell whose value a merged cell shows, or "" for a cell
// of its own.
func (b *bookReader) mergedInto(sheet, cell string) string {
	s, _ := b.book.Sheet(sheet)
	at, ok := xlsx.ParseArea(cell)
	if !ok {
		return ""
	}
	a, ok := s.Merged(at.Col, at.Row)
	if !ok || a.Col == at.Col && a.Row == at.Row {
		return ""
	}
	return xlsx.CellName(a.Col, a.Row)
}

// formula is the formula of a cell, or "".
func (b *bookReader) formula(sheet, cell string) string {
	s, _ := b.book.Sheet(sheet)
	at, _ := xlsx.ParseArea(cell)
	c, _ := s.At(at.Col, at.Row)
	return c.Formula
}

// isHidden reports whether a row is hidden.
func (b *bookReader) isHidden(sheet string, row int) bool {
	s, _ := b.book.Sheet(sheet)
	return s != nil && s.Hidden[row]
}

// cellName is A1 for 1, 1.
func cellName(row, col int) string { return xlsx.CellName(col, row) }
