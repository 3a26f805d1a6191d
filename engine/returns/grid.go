package returns

import (
	"slices"
	"strings"
)

// place is a cell of a sheet, from 1.
type place struct{ row, col int }

// grid is a sheet as people see it: a merged cell shows its text all over. The
// texts are squeezed.
type grid struct {
	sheet string
	text  [][]string
	into  map[place]place // of a merged cell the one that holds the text
}

func (b *bookReader) grid(sheet string) *grid {
	if g := b.grids[sheet]; g != nil {
		return g
	}
	g := &grid{sheet: sheet, into: map[place]place{}}
	for _, row := range b.rows(sheet) {
		texts := make([]string, len(row))
		for i, text := range row {
			texts[i] = squeezed(text)
		}
		g.text = append(g.text, texts)
	}
	for _, a := range b.merged(sheet) {
		if (a.ToCol-a.Col+1)*(min(a.ToRow, len(g.text))-a.Row+1) > 10_000 {
			continue // nobody's heading
		}
		for row := a.Row; row <= min(a.ToRow, len(g.text)); row++ {
			for col := a.Col; col <= a.ToCol; col++ {
				if at := (place{row, col}); at != (place{a.Row, a.Col}) {
					g.into[at] = place{a.Row, a.Col}
				}
			}
		}
	}
	for at, from := range g.into {
		text := g.at(from.row, from.col)
		if text == "" || at == from {
			continue
		}
		row := &g.text[at.row-1]
		for len(*row) < at.col {
			*row = append(*row, "")
		}
		(*row)[at.col-1] = text
	}
	b.grids[sheet] = g
	return g
}

func (g *grid) at(row, col int) string {
	if row < 1 || row > len(g.text) || col < 1 || col > len(g.text[row-1]) {
		return ""
	}
	return g.text[row-1][col-1]
}

// origin is the cell that holds the text of a cell.
func (g *grid) origin(row, col int) place {
	if from, merged := g.into[place{row, col}]; merged {
		return from
	}
	return place{row, col}
}

// bottom is the last row of a cell that may be merged downwards.
func (g *grid) bottom(row, col int) int {
	from := g.origin(row, col)
	for g.origin(row+1, col) == from {
		row++
	}
	return row
}

func (g *grid) width(row int) int {
	if row < 1 || row > len(g.text) {
		return 0
	}
	return len(g.text[row-1])
}

// find lists the cells whose text is one of the words.
func (g *grid) find(words ...string) []place {
	var found []place
	for r, row := range g.text {
		for c, text := range row {
			at := place{r + 1, c + 1}
			if text != "" && g.origin(at.row, at.col) == at && slices.Contains(words, text) {
				found = append(found, at)
			}
		}
	}
	return found
}

// isBlank reports whether a row shows nothing.
func (g *grid) isBlank(row int) bool {
	return row > len(g.text) || !slices.ContainsFunc(g.text[row-1], func(s string) bool { return strings.TrimSpace(s) != "" })
}

// name is how a place is told: sheet!A1.
func (g *grid) name(p place) string { return g.sheet + "!" + cellName(p.row, p.col) }
