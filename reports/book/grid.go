package book

import (
	"fmt"
	"slices"
	"strings"
)

// grid is a sheet's rows with all cells that merged areas cover.
type grid struct {
	rows   []Row
	areas  map[Ref]Range // the merged area of each cell that is in one
	merged []bool        // by row: whether there is one; few rows have
}

// area is the merged area that a cell is in.
func (g *grid) area(at Ref) (Range, bool) {
	if at.Row > len(g.merged) || !g.merged[at.Row-1] {
		return Range{}, false
	}
	area, ok := g.areas[at]
	return area, ok
}

// grid fails where areas overlap, which Excel calls a damaged file, and where
// a covered cell has content, which nobody would ever see.
func (s *Sheet) grid() (*grid, error) {
	g := &grid{areas: map[Ref]Range{}, rows: slices.Clone(s.Rows), merged: make([]bool, len(s.Rows))}
	// The rows of merged areas are changed here, and only those.
	for _, area := range s.Merges {
		for r := max(area.From.Row, 1); r <= area.To.Row; r++ {
			for len(g.merged) < r { // below what there is
				g.merged = append(g.merged, false)
			}
			if !g.merged[r-1] && r <= len(s.Rows) {
				g.rows[r-1].Cells = slices.Clone(s.Rows[r-1].Cells)
			}
			g.merged[r-1] = true
		}
	}
	for _, area := range s.Merges {
		if !area.valid() {
			return nil, fmt.Errorf("merged area %v is none", area)
		}
		for at := area.From; at.Row <= area.To.Row; at.Row++ {
			for at.Col = area.From.Col; at.Col <= area.To.Col; at.Col++ {
				if _, taken := g.areas[at]; taken {
					return nil, fmt.Errorf("%v is in two merged areas", at)
				}
				g.areas[at] = area
				anchor, cell := *g.cell(area.From), g.cell(at)
				if at == area.From {
					continue
				}
				if cell.Value != nil || cell.computed() || cell.Note != "" || cell.Link != nil {
					return nil, fmt.Errorf("merged area %v hides %v", area, at)
				}
				*cell = Cell{Style: anchor.Style, Digits: anchor.Digits, Unlocked: anchor.Unlocked}
			}
		}
	}
	return g, nil
}

// cell is the cell at a place, which the grid grows to hold.
func (g *grid) cell(at Ref) *Cell {
	for len(g.rows) < at.Row {
		g.rows = append(g.rows, Row{})
	}
	row := &g.rows[at.Row-1]
	for len(row.Cells) < at.Col {
		row.Cells = append(row.Cells, Cell{})
	}
	return &row.Cells[at.Col-1]
}

// end is the last row and the last column.
func (g *grid) end() Ref {
	end := Ref{max(1, len(g.rows)), 1}
	for _, row := range g.rows {
		end.Col = max(end.Col, len(row.Cells))
	}
	return end
}

// column is the letters of a column counted from 1.
func column(n int) string {
	letters := ""
	for ; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters
}

func quoteSheet(name string) string {
	return "'" + strings.ReplaceAll(name, "'", "''") + "'"
}
