// Package diag holds what every stage says about its input: places, messages
// and diagnostics. A message is data (a key and its arguments); it becomes text
// only at the edge, in the language of the reader.
//
// The package imports nothing else of dudao.
package diag

import (
	"cmp"
	"strconv"
	"strings"
)

// Pos is a place in an input. A text file has Line and Col, a workbook has
// Sheet and Cell. The zero value means "unknown".
type Pos struct {
	File  string `json:"file,omitempty"`
	Line  int    `json:"line,omitempty"` // from 1
	Col   int    `json:"col,omitempty"`  // from 1, in runes, not bytes
	Sheet string `json:"sheet,omitempty"`
	Cell  string `json:"cell,omitempty"` // A1 style
}

// String prints file:line:col or file!sheet!cell and leaves out what is unknown.
func (p Pos) String() string {
	var parts []string
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Line > 0 {
		parts = append(parts, strconv.Itoa(p.Line))
		if p.Col > 0 {
			parts = append(parts, strconv.Itoa(p.Col))
		}
		return strings.Join(parts, ":")
	}
	if p.Sheet != "" {
		parts = append(parts, p.Sheet)
	}
	if p.Cell != "" {
		parts = append(parts, p.Cell)
	}
	return strings.Join(parts, "!")
}

// IsZero reports whether nothing is known about the place.
func (p Pos) IsZero() bool { return p == Pos{} }

// Compare orders places by file, line and column, then by sheet and cell.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Col, q.Col),
		cmp.Compare(p.Sheet, q.Sheet),
		cmp.Compare(len(p.Cell), len(q.Cell)),
		cmp.Compare(p.Cell, q.Cell),
	)
}
