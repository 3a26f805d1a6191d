package outline

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
)

// Lack is what is missing, and where the data stand.
type Lack struct{ Text, Cells string }

// mostCells is how many places are named.
const mostCells = 6

// Wrong is why points were lost. Rows that fail are named by Lacks one by one, so
// their number is enough here.
func (o *Outline) Wrong(l Leaf) string {
	res := l.Result
	if res.Rows == nil || len(res.Rows.Failing) == 0 || len(l.Gap.Lacks) < len(res.Rows.Failing) {
		return o.Why(res)
	}
	text := o.Phrase(o.Card.Outcome(res))
	if o.Card.Kind == "points" {
		text = o.Sprint(res.State.Words())
	}
	return text + o.Sprint(diag.M(": %s of %s rows of %s don’t pass.", strconv.Itoa(len(res.Rows.Failing)), strconv.Itoa(res.Rows.Counted), res.Rows.Table))
}

// Lacks are what an item lacks, at most so many lines and one that counts the rest;
// rows that lack the same stand together, so many of them named. What a first step gives and what is enough
// comes last.
func (o *Outline) Lacks(l Leaf, most, names int) (lacks []Lack, summary []string) {
	groups := o.grouped(l.Gap.Lacks)
	for i, g := range groups {
		if i == most && len(groups) > most+1 {
			rows := 0
			for _, rest := range groups[i:] {
				rows += max(len(rest.rows), 1)
			}
			lacks = append(lacks, Lack{Text: o.Sprint(diag.M("and %s more", strconv.Itoa(rows)))})
			break
		}
		lacks = append(lacks, Lack{o.groupText(g, names), o.cellList(g.cells)})
	}
	for _, p := range l.Gap.Summary(o.Card.Kind) {
		summary = append(summary, o.Phrase(p))
	}
	return lacks, summary
}

// group is what several rows lack alike.
type group struct {
	words string
	rows  []string
	cells []diag.Pos
}

func (o *Outline) grouped(lacks []engine.Lack) []*group {
	var out []*group
	byWords := map[string]*group{}
	for _, l := range lacks {
		words := o.Phrase(l.Words)
		if stands := o.Phrase(l.Stands); stands != "" {
			words = o.Sprint(diag.M("%s. %s", stands, words))
		}
		g := byWords[words]
		if l.Row == "" || g == nil || len(g.rows) == 0 {
			g = &group{words: words}
			byWords[words] = g
			out = append(out, g)
		}
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
func (o *Outline) groupText(g *group, most int) string {
	if len(g.rows) == 0 {
		return g.words
	}
	names := strings.Join(g.rows[:min(len(g.rows), most)], "、")
	if len(g.rows) > most {
		names += o.Sprint(diag.M(" and others, %s rows in all", strconv.Itoa(len(g.rows))))
	} else if len(g.rows) > 1 {
		names += o.Sprint(diag.M(" (%s rows)", strconv.Itoa(len(g.rows))))
	}
	return o.Sprint(diag.M("%s: ", names)) + g.words
}

// cellList names the cells of a sheet after it: 工资!C3、C4.
func (o *Outline) cellList(list []diag.Pos) string {
	var parts []string
	sheet := ""
	for _, p := range list {
		text := p.Sheet + "!" + p.Cell
		switch {
		case p.Line > 0:
			text = o.Sprint(diag.M("line %s", strconv.Itoa(p.Line)))
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
