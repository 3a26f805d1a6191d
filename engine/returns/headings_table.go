package returns

import (
	"slices"

	"dudao/engine/form"
)

// header is where the headings of a table may stand.
type header struct {
	*grid
	row, bottom int
	columns     []titled
}

// titled is one column below a header.
type titled struct {
	title string // squeezed
	back  int
	col   int
}

// headers finds the headings of a table: the place where most of them stand below
// each other. There are several if two places do equally well.
func (l *locator) headers(sheets []string) []header {
	key := said(l.cells[place{1, l.Names[0].Col}].Text)
	if c := l.cells[place{3, l.Names[0].Col}]; c.Target.Field != "" {
		key = append(key, squeezed(c.Target.Field))
	}
	var best []header
	most := 1 // the heading of the rows alone may stand anywhere
	if len(l.Names) == 1 {
		most = 0
	}
	for _, sheet := range sheets {
		g := l.grid(sheet)
		for _, at := range g.find(key...) {
			h := l.header(g, at)
			n := 0
			for _, name := range l.Names[1:] {
				if len(l.below(h, name)) > 0 {
					n++
				}
			}
			if len(l.Names) > 1 && n == 0 || n < most {
				continue
			}
			if n > most {
				best = nil
			}
			best, most = append(best, h), n
		}
	}
	return best
}

// header reads the headings beside one, in one row or in two.
func (l *locator) header(g *grid, at place) header {
	h := header{grid: g, row: at.row, bottom: g.bottom(at.row, at.col)}
	if l.HeadRows > 1 && h.bottom == h.row && g.at(h.row+1, at.col) == "" {
		for col := 1; col <= g.width(h.row+1); col++ {
			if _, isYear := yearOf(g.at(h.row+1, col)); isYear {
				h.bottom = h.row + 1 // a program has taken the merged cells apart
			}
		}
	}
	last := ""
	for col := 1; col <= max(g.width(h.row), g.width(h.bottom)); col++ {
		title, back := g.at(h.row, col), 0
		year, isYear := yearOf(g.at(h.bottom, col))
		if isYear && h.bottom > h.row {
			back = year
			if title == "" {
				title = last
			}
		}
		h.columns, last = append(h.columns, titled{title, back, col}), title
	}
	return h
}

// below finds the columns of a name below a header.
func (l *locator) below(h header, n form.Name) []area {
	c := l.cells[place{n.Row, n.Col}]
	var words []string
	for col := n.Col; col >= 1; col-- { // one heading lies over several years
		if head, ok := l.cells[place{1, col}]; ok {
			words = said(head.Text)
			break
		}
	}
	var out []area
	for _, t := range h.columns {
		a := area{sheet: h.sheet, col: t.col, row: h.bottom + 1, toCol: t.col, toRow: max(h.height, h.bottom+1)}
		head, parts := headingParts(t.title)
		back, unit, fits := t.back, "", slices.Contains(words, t.title)
		if c.Field != nil && !fits && (head == squeezed(c.Target.Field) || head == squeezed(form.FieldLabel(c.Target.Field, c.Field))) {
			fits = true
			for _, p := range parts {
				if year, isYear := yearOf(p); isYear {
					back = year
				} else if !sameUnit(p, c.Field) {
					unit = p
				}
			}
		}
		if fits && back == c.Target.Back {
			a.unit = unit
			out = append(out, a)
		}
	}
	return out
}

// column finds a column of a table or of the judgements. Its rows are those of the
// columns that kept their names.
func (l *locator) column(n form.Name) []area {
	var out []area
	for _, h := range l.heads {
		out = append(out, l.below(h, n)...)
	}
	for _, other := range l.Names {
		if a, ok := l.names[other.Name]; ok && !l.byHeading[other.Name] {
			for i := range out {
				out[i].row, out[i].toRow = a.row, a.toRow
			}
			break
		}
	}
	return out
}
