package assessment

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
)

// lackLine is one row of the list of problems: what is missing and where the data
// stand.
type lackLine struct {
	text, cells string
}

// Bounds of what one item says. What is left out stands in the data.
const (
	mostLines = 25 // things that are missing
	mostNames = 12 // rows that lack the same
	mostCells = 6  // places
)

// lackLines are what an item lacks. Rows that lack the same stand together; what a
// first step gives and what is enough stands below.
func (w *writer) lackLines(gap engine.Gap) []lackLine {
	var lines []lackLine
	groups := w.grouped(gap.Lacks)
	for i, g := range groups {
		if i == mostLines && len(groups) > mostLines+1 {
			rows := 0
			for _, rest := range groups[i:] {
				rows += len(rest.rows)
			}
			lines = append(lines, lackLine{text: w.Sprint(diag.M("and %s rows more: see sheet “%s”", strconv.Itoa(rows), w.dataSheet(gap)))})
			break
		}
		lines = append(lines, lackLine{w.groupText(g, gap), w.cellList(g.cells)})
	}
	if len(lines) == 0 {
		lines = []lackLine{{}}
	}
	if summary := w.Lines(gap.Summary(w.card.Kind)); summary != "" {
		last := &lines[len(lines)-1]
		last.text = strings.TrimSpace(last.text + "\n" + summary)
	}
	return lines
}

// group is what several rows lack alike.
type group struct {
	words string
	rows  []string
	cells []diag.Pos
}

func (w *writer) grouped(lacks []engine.Lack) []*group {
	var out []*group
	for _, l := range lacks {
		words := w.Phrase(l.Words)
		if stands := w.Phrase(l.Stands); stands != "" {
			words = w.Sprint(diag.M("%s. %s", stands, words))
		}
		at := slices.IndexFunc(out, func(g *group) bool { return l.Row != "" && len(g.rows) > 0 && g.words == words })
		if at < 0 {
			at = len(out)
			out = append(out, &group{words: words})
		}
		g := out[at]
		if l.Row != "" {
			g.rows = append(g.rows, l.Row)
		}
		for _, c := range l.Changes {
			g.cells = append(g.cells, c.Pos)
		}
		for _, c := range l.Cells {
			g.cells = append(g.cells, c.Pos)
		}
	}
	return out
}

// groupText names the rows of a group and says what they lack.
func (w *writer) groupText(g *group, gap engine.Gap) string {
	if len(g.rows) == 0 {
		return g.words
	}
	names := strings.Join(g.rows[:min(len(g.rows), mostNames)], "、")
	if len(g.rows) > mostNames {
		names += w.Sprint(diag.M(" and others, %s rows in all (see sheet “%s”)", strconv.Itoa(len(g.rows)), w.dataSheet(gap)))
	} else if len(g.rows) > 1 {
		names += w.Sprint(diag.M(" (%s rows)", strconv.Itoa(len(g.rows))))
	}
	return w.Sprint(diag.M("%s: ", names)) + g.words
}

// dataSheet is the sheet of the report on which the rows of an item stand.
func (w *writer) dataSheet(gap engine.Gap) string {
	for _, l := range gap.Lacks {
		if name, ok := w.tableSheets[l.Table]; ok {
			return name
		}
	}
	return w.dataName
}

// cellList names the cells of a sheet after it: 工资!C3、C4.
func (w *writer) cellList(list []diag.Pos) string {
	var parts []string
	sheet := ""
	for _, p := range list {
		text := p.Sheet + "!" + p.Cell
		switch {
		case p.Line > 0:
			text = w.Sprint(diag.M("line %s", strconv.Itoa(p.Line)))
		case p.Sheet == sheet && len(parts) > 0:
			text = p.Cell
		}
		if p.IsZero() || slices.Contains(parts, text) {
			continue
		}
		if len(parts) == mostCells {
			return strings.Join(parts, "、") + "…"
		}
		sheet = p.Sheet
		parts = append(parts, text)
	}
	return strings.Join(parts, "、")
}
