package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/reports/book"
)

// tally is how an item came out in all units.
type tally struct {
	*column
	at     int // its column in the matrix
	states [engine.Failed + 1]int
	letter map[string]int
	mean   float64 // in percent of the full points; -1 where nothing was judged
	met    float64 // units with full points in percent of those judged; -1
	live   bool    // the points tell what the states do
	worst  string
}

// mostWorst is how many of the units are named that are worst in an item, and
// mostBars how many items the chart has.
const mostWorst, mostBars = 5, 15

const worstWidth = 38.0

// items tells how every item came out, the weakest first.
func (w *writer) items() {
	list := w.tallies()
	if w.kind == "letter" {
		w.letterItems(list)
		return
	}
	heads := w.headings(diag.M("Id"), diag.M("What is assessed"))
	widths := []float64{8, 30}
	col := func(width float64, list ...diag.Message) {
		for _, m := range list {
			heads, widths = append(heads, w.headings(m)...), append(widths, width)
		}
	}
	if w.kind == "pass" {
		col(8, diag.M("item met"), diag.M("item not met"))
	} else {
		col(8, diag.M("Full points"), diag.M("Full points reached"), diag.M("Some points"), diag.M("No points"))
	}
	col(8, engine.Inapplicable.Words(), engine.Missing.Words(), engine.Open.Words(), engine.Failed.Words())
	if w.kind == "pass" {
		col(9, diag.M("Met in %s", "%"))
	} else {
		col(9, diag.M("Full points reached in %s", "%"), diag.M("Mean rate in %s", "%"))
	}
	values := len(widths) // of the chart
	col(worstWidth, diag.M("Weakest units"))
	s := w.sheet(diag.M("Item by item"), w.subject(), widths...)
	s.Landscape = true
	s.head(heads...)
	first := len(s.Rows) + 1
	for _, t := range list {
		s.row(w.tallyRow(t, len(s.Rows)+1)...)
	}
	s.FreezeCols = 2
	w.weakest(s, list, first, values)
}

// tallies counts, and puts the weakest items first.
func (w *writer) tallies() []tally {
	var list []tally
	for i := range w.columns {
		if w.columns[i].leaf >= 0 {
			list = append(list, w.tally(i))
		}
	}
	worst := ""
	if n := len(w.rubric.Letters); n > 0 {
		worst = w.rubric.Letters[n-1].Text
	}
	known := func(x float64) float64 { // what nobody was judged in comes last
		if x < 0 {
			return 1e9
		}
		return x
	}
	slices.SortStableFunc(list, func(a, b tally) int {
		return cmp.Or(cmp.Compare(b.letter[worst], a.letter[worst]), cmp.Compare(known(a.mean), known(b.mean)), cmp.Compare(known(a.met), known(b.met)))
	})
	return list
}

func (w *writer) tally(at int) tally {
	c := &w.columns[at]
	t := tally{column: c, at: at, letter: map[string]int{}, mean: -1, met: -1}
	type low struct {
		points float64
		name   string
	}
	var points []float64
	var lows []low
	var all, none int // with full points, and with none
	for i := range w.units {
		u := &w.units[i]
		item := u.Items[c.leaf]
		t.states[item.State]++
		if c.inWords(u) {
			continue
		}
		if w.kind == "letter" {
			t.letter[item.Letter.Lower]++
			continue
		}
		points = append(points, item.Points)
		if item.Points == c.full {
			all++
		}
		if item.Points == 0 {
			none++
		}
		if item.State != engine.Full {
			lows = append(lows, low{item.Points, u.name})
		}
	}
	t.live = c.full > 0 && all == t.states[engine.Full] && none == t.states[engine.None]
	if judged := t.states[engine.Full] + t.states[engine.Partial] + t.states[engine.None]; judged > 0 {
		t.met = 100 * float64(t.states[engine.Full]) / float64(judged)
		if c.full > 0 && len(points) > 0 {
			t.mean = 100 * total(points) / float64(len(points)) / c.full
		}
	}
	// The last of the ranking come first among those with as few points.
	slices.Reverse(lows)
	slices.SortStableFunc(lows, func(a, b low) int { return cmp.Compare(a.points, b.points) })
	var names []string
	for _, l := range lows[:min(len(lows), mostWorst)] {
		if w.kind == "pass" {
			names = append(names, l.name)
		} else {
			names = append(names, w.Sprint(diag.M("%s (%s)", l.name, plain(l.points))))
		}
	}
	t.worst = strings.Join(names, w.Sprint(diag.M(", ")))
	if more := len(lows) - mostWorst; more > 0 {
		t.worst = w.Sprint(diag.M("%s and %s more", t.worst, strconv.Itoa(more)))
	}
	return t
}

func (w *writer) tallyRow(t tally, row int) []book.Cell {
	m := &w.points
	of := down(m.Name, m.items+t.at, m.first, m.last)
	full := fmt.Sprintf("'%s'!$%s$%d", m.Name, letters(m.items+t.at), m.full)
	counted := func(n int, format string, args ...any) book.Cell {
		if !t.live {
			return count(n)
		}
		return live(count(n), format, args...)
	}
	cells := []book.Cell{center(t.ID.Text), left(t.Title.Text)}
	if w.kind != "pass" {
		cells = append(cells, live(number(t.full, -1), "%s", full))
	}
	cells = append(cells, counted(t.states[engine.Full], "COUNTIF(%s,%s)", of, full))
	judged, met := fmt.Sprintf("C%[1]d+D%[1]d", row), fmt.Sprintf("C%d", row)
	if w.kind != "pass" {
		judged, met = fmt.Sprintf("D%[1]d+E%[1]d+F%[1]d", row), fmt.Sprintf("D%d", row)
		cells = append(cells, counted(t.states[engine.Partial], "COUNT(%s)-D%d-F%d", of, row, row))
	}
	cells = append(cells, counted(t.states[engine.None], "COUNTIF(%s,0)", of))
	for _, state := range []engine.State{engine.Inapplicable, engine.Missing, engine.Open, engine.Failed} {
		cells = append(cells, live(count(t.states[state]), "COUNTIF(%s,%s)", of, quoted(w.Sprint(state.Words()))))
	}
	cells = append(cells, live(percent(t.met), `IF(%[1]s=0,"—",100*%[2]s/(%[1]s))`, judged, met))
	if w.kind != "pass" {
		mean := percent(t.mean)
		if t.full > 0 {
			mean = live(mean, `IF(COUNT(%[1]s)=0,"—",100*SUM(%[1]s)/COUNT(%[1]s)/%[2]s)`, of, full)
		}
		cells = append(cells, mean)
	}
	return append(cells, cut(t.worst, worstWidth))
}

// percent makes the cell of a percentage; one below 0 is none.
func percent(x float64) book.Cell {
	c := book.Cell{Value: "—", Style: book.Computed, Digits: 1}
	if x >= 0 {
		c.Value = x
	}
	return c
}

// weakest draws the items that come first. The names of its bars stand beside what is
// printed.
func (w *writer) weakest(s page, list []tally, first, values int) {
	n := min(len(list), mostBars)
	for n > 0 && list[n-1].met < 0 {
		n--
	}
	names := len(s.Widths) + 2
	title, head := diag.M("Items with the lowest mean rate (in %s)", "%"), diag.M("Mean rate in %s", "%")
	if w.kind == "pass" {
		title, head = diag.M("Items that the fewest meet (in %s)", "%"), diag.M("Met in %s", "%")
	}
	s.PrintArea = book.Range{From: book.Ref{Row: 1, Col: 1}, To: book.Ref{Row: len(s.Rows), Col: len(s.Widths)}}
	if n < 2 {
		return
	}
	for i := range n {
		row := &s.Rows[first+i-1]
		for len(row.Cells) < names-1 {
			row.Cells = append(row.Cells, book.Cell{})
		}
		row.Cells = append(row.Cells, book.Cell{Value: list[i].ID.Text + " " + shortTitle(list[i].Title.Text, 20)})
	}
	categories := area(s.Name, names, first, first+n-1)
	s.chart(book.Chart{Height: 70 + 20*float64(n), Title: w.Sprint(title), Categories: &categories, Sideways: true,
		Bars: []book.Series{{Name: w.Sprint(head), Values: area(s.Name, values, first, first+n-1)}}})
	s.PrintArea.To.Row = len(s.Rows)
}

// letterItems counts the letters of every item.
func (w *writer) letterItems(list []tally) {
	m := &w.points
	heads := []diag.Message{diag.M("Id"), diag.M("What is assessed")}
	widths := []float64{8, 44}
	for _, l := range w.rubric.Letters {
		heads, widths = append(heads, diag.Verbatim(l.Text)), append(widths, 9)
	}
	words := []engine.State{engine.Inapplicable, engine.Missing, engine.Open, engine.Failed}
	for _, state := range words {
		heads, widths = append(heads, state.Words()), append(widths, 9)
	}
	s := w.sheet(diag.M("Item by item"), w.subject(), widths...)
	s.Landscape = true
	s.head(w.headings(heads...)...)
	for _, t := range list {
		of := down(m.Name, m.items+t.at, m.first, m.last)
		cells := []book.Cell{center(t.ID.Text), left(t.Title.Text)}
		for _, l := range w.rubric.Letters {
			cells = append(cells, live(count(t.letter[l.Text]), "SUMPRODUCT(EXACT(%s,%s)*1)", of, quoted(l.Text)))
		}
		for _, state := range words {
			cells = append(cells, live(count(t.states[state]), "COUNTIF(%s,%s)", of, quoted(w.Sprint(state.Words()))))
		}
		s.row(cells...)
	}
}
