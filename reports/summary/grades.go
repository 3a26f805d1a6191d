package summary

import (
	"fmt"
	"slices"
	"strconv"

	"dudao/engine/diag"
	"dudao/reports/book"
)

// grades shows how grades and totals are distributed, and the groups beside each other.
func (w *writer) grades() {
	widths := []float64{22, 11, 11}
	names := w.gradeNames()
	if w.Group != "" {
		widths = []float64{22, 11, 11, 11}
		for range names {
			widths = append(widths, 11)
		}
	}
	for len(widths) < 7 {
		widths = append(widths, 11)
	}
	s := w.sheet(diag.M("Distribution"), w.subject(), widths...)
	s.Landscape = !s.Upright()
	if len(names) > 0 {
		w.gradeTable(s, names)
	}
	if w.kind != "letter" {
		w.classes(s)
	}
	if w.Group != "" {
		w.groups(s, names)
	}
}

// gradeNames are the grades in the rubric's order, each once.
func (w *writer) gradeNames() []string {
	var names []string
	for _, g := range w.rubric.Grades {
		if !slices.Contains(names, g.Grade.Text) {
			names = append(names, g.Grade.Text)
		}
	}
	return names
}

// band is the title of a part of the sheet.
func (w *writer) band(s page, m diag.Message) {
	s.row()
	s.line(w.Sprint(m), book.StrongText)
}

// has counts the units that one of the ranking's columns has a text of.
func (w *writer) has(col int, text string) string {
	return fmt.Sprintf("SUMPRODUCT(EXACT(%s,%s)*1)", w.down(col), text)
}

func (w *writer) down(col int) string { return down(w.ranks.Name, col, w.ranks.first, w.ranks.last) }

func (w *writer) gradeTable(s page, names []string) {
	w.band(s, diag.M("Grades"))
	s.row(w.headings(diag.M("Grade"), diag.M("Units"), diag.M("Share in %s", "%"))...)
	first := len(s.Rows) + 1
	open := len(w.units)
	share := func(n int) book.Cell {
		return live(number(100*float64(n)/float64(len(w.units)), 1), "100*B%d/ROWS(%s)", len(s.Rows)+1, w.down(w.ranks.grade))
	}
	for _, name := range names {
		n := 0
		for i := range w.units {
			if w.units[i].Grade.Certain() && w.units[i].Grade.Lower == name {
				n++
			}
		}
		open -= n
		s.row(left(name), live(count(n), "%s", w.has(w.ranks.grade, fmt.Sprintf("A%d", len(s.Rows)+1))), share(n))
	}
	last := len(s.Rows)
	s.row(left(w.Sprint(diag.M("not certain yet, or none"))), live(count(open), "ROWS(%s)-SUM(B%d:B%d)", w.down(w.ranks.grade), first, last), share(open))
	w.bars(s, diag.M("Units by grade"), first, last+1)
}

// bars draws the two columns of a table.
func (w *writer) bars(s page, title diag.Message, first, last int) {
	categories := area(s.Name, 1, first, last)
	s.chart(book.Chart{Height: 190, Title: w.Sprint(title), Categories: &categories,
		Bars: []book.Series{{Name: w.Sprint(diag.M("Units")), Values: area(s.Name, 2, first, last), Labels: true}}})
}

// classes counts the units in classes of ten percent of the full points.
func (w *writer) classes(s page) {
	title, chart, head := diag.M("Totals in classes of ten percent of the full points"), diag.M("Units by their rate"), diag.M("Rate in %s, from – below", "%")
	if w.kind == "pass" {
		title, chart, head = diag.M("Items met in classes of ten percent"), diag.M("Units by how much they meet"), diag.M("Items met in %s, from – below", "%")
	}
	w.band(s, title)
	s.row(w.headings(head, diag.M("Units"), diag.M("Share in %s", "%"))...)
	first := len(s.Rows) + 1
	for from := 90; from >= 0; from -= 10 {
		to := from + 10
		name := strconv.Itoa(from) + "～" + strconv.Itoa(to)
		formula := fmt.Sprintf("SUMPRODUCT((%[1]s>=%[2]d)*(%[1]s<%[3]d))", w.down(w.ranks.rate), from, to)
		if from == 90 {
			name, to = w.Sprint(diag.M("from %s", strconv.Itoa(from))), 1e9
			formula = fmt.Sprintf("SUMPRODUCT((%s>=%d)*1)", w.down(w.ranks.rate), from)
		}
		n := 0
		for i := range w.units {
			if x := w.units[i].rate; x >= float64(from) && x < float64(to) {
				n++
			}
		}
		s.row(left(name), live(count(n), "%s", formula),
			live(number(100*float64(n)/float64(len(w.units)), 1), "100*B%d/ROWS(%s)", len(s.Rows)+1, w.down(w.ranks.rate)))
	}
	w.bars(s, chart, first, len(s.Rows))
}

// groups sets the groups beside each other, in the order of their best unit.
func (w *writer) groups(s page, names []string) {
	w.band(s, diag.M("By group: %s", w.Group))
	if len(s.Charts) > 0 {
		s.Breaks = append(s.Breaks, len(s.Rows)) // the page is full
	}
	heads := []diag.Message{diag.Verbatim(w.Group), diag.M("Units")}
	if w.kind != "letter" {
		mean, rate := diag.M("Mean total"), diag.M("Mean rate in %s", "%")
		if w.kind == "pass" {
			mean, rate = diag.M("Items met on average"), diag.M("Items met in %s", "%")
		}
		heads = append(heads, mean, rate)
	}
	for _, name := range names {
		heads = append(heads, diag.Verbatim(name))
	}
	s.row(w.headings(heads...)...)
	head := len(s.Rows)
	var order []string
	in := map[string][]*unit{}
	for i := range w.units {
		u := &w.units[i]
		if in[u.group] == nil {
			order = append(order, u.group)
		}
		in[u.group] = append(in[u.group], u)
	}
	for _, group := range order {
		row := len(s.Rows) + 1
		same := fmt.Sprintf("EXACT(%s,A%d)", w.down(w.ranks.group), row)
		cells := []book.Cell{left(group), live(count(len(in[group])), "SUMPRODUCT(%s*1)", same)}
		if w.kind != "letter" {
			var totals, rates []float64
			for _, u := range in[group] {
				totals, rates = append(totals, u.Total.Lower), append(rates, u.rate)
			}
			n := float64(len(totals))
			cells = append(cells, live(number(total(totals)/n, 2), "SUMPRODUCT(%s*%s)/B%d", same, w.down(w.ranks.total), row),
				live(number(total(rates)/n, 2), "SUMPRODUCT(%s*%s)/B%d", same, w.down(w.ranks.rate), row))
		}
		for i, name := range names {
			n := 0
			for _, u := range in[group] {
				if u.Grade.Certain() && u.Grade.Lower == name {
					n++
				}
			}
			cells = append(cells, live(count(n), "SUMPRODUCT(%s*EXACT(%s,%s$%d))", same, w.down(w.ranks.grade), letters(len(heads)-len(names)+i+1), head))
		}
		s.row(cells...)
	}
}
