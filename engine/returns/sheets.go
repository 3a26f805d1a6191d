package returns

import (
	"slices"
	"strings"

	"dudao/engine/xlsx"
)

// sheets are the names of the worksheets in their order, without our hidden ones.
func (b *bookReader) sheets() []string {
	return slices.DeleteFunc(slices.Clone(b.book.Sheets), func(s string) bool { return s == MetaSheet || strings.HasPrefix(s, HelperSheets) })
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

// formula is the formula of a cell, or "".
func (b *bookReader) formula(sheet string, col, row int) string {
	s, _ := b.book.Sheet(sheet)
	c, _ := s.At(col, row)
	return c.Formula
}

// isHidden reports whether a row is hidden.
func (b *bookReader) isHidden(sheet string, row int) bool {
	s, _ := b.book.Sheet(sheet)
	return s != nil && s.Hidden[row]
}

// cellName is A1 for 1, 1.
func cellName(row, col int) string { return xlsx.CellName(col, row) }
