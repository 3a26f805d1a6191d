package returns

import (
	"slices"

	"dudao/engine/xlsx"
)

// place is a cell of a sheet, from 1.
type place struct{ row, col int }

// grid is a sheet as people see it: a merged cell shows its text all over. The
// texts are squeezed.
type grid struct {
	sheet  string
	merged *xlsx.Sheet
	cells  []place // that hold a text, from top to bottom
	text   map[place]string
	last   map[int]int // by row, the last column that holds a text
	height int
}

func (b *bookReader) grid(sheet string) *grid {
	if g := b.grids[sheet]; g != nil {
		return g
	}
	s, _ := b.book.Sheet(sheet) // what can't be read is told when the reading ends
	g := &grid{sheet: sheet, merged: s, text: map[place]string{}, last: map[int]int{}}
	b.grids[sheet] = g
	if s == nil {
		return g
	}
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			at := place{row.Number, int(c.Col)}
			if text := squeezed(c.Text); text != "" && g.origin(at.row, at.col) == at {
				g.cells, g.text[at] = append(g.cells, at), text
				g.last[at.row], g.height = at.col, at.row
			}
		}
	}
	return g
}

func (g *grid) at(row, col int) string { return g.text[g.origin(row, col)] }

// origin is the cell that holds the text of a cell.
func (g *grid) origin(row, col int) place {
	if a, merged := g.merged.Merged(col, row); merged {
		return place{a.Row, a.Col}
	}
	return place{row, col}
}

// bottom is the last row of a cell that may be merged downwards, and right its last
// column.
func (g *grid) bottom(row, col int) int {
	if a, merged := g.merged.Merged(col, row); merged {
		return a.ToRow
	}
	return row
}

func (g *grid) right(row, col int) int {
	if a, merged := g.merged.Merged(col, row); merged {
		return a.ToCol
	}
	return col
}

// width is the last column of a row that shows a text.
func (g *grid) width(row int) int {
	if g.last[row] == 0 {
		return 0
	}
	return g.right(row, g.last[row])
}

// find lists the cells whose text is one of the words.
func (g *grid) find(words ...string) []place {
	var found []place
	for _, at := range g.cells {
		if slices.Contains(words, g.text[at]) {
			found = append(found, at)
		}
	}
	return found
}

// name is how a place is told: sheet!A1.
func (g *grid) name(p place) string { return g.sheet + "!" + cellName(p.row, p.col) }
