package summary

import (
	"fmt"
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/reports/book"
)

// mostParts is how many parts of the total the ranking has room for.
const mostParts = 12

// rankSheet is where things stand in the ranking.
type rankSheet struct {
	page
	first, last                                int // row
	name, group, total, full, rate, grade, bad int // column; 0 if there is none
	parts                                      int // first of them
}

// ranking is the first sheet: a row for each unit, the best first.
func (w *writer) ranking() {
	var widths []float64
	var heads []diag.Message
	col := func(m diag.Message, width float64) int {
		widths, heads = append(widths, width), append(heads, m)
		return len(widths)
	}
	k := &w.ranks
	col(diag.M("Rank"), 6)
	k.name = col(diag.M("Unit"), w.nameWidth())
	if w.anyCode() {
		col(diag.M("Code"), 10)
	}
	if w.Group != "" {
		k.group = col(diag.Verbatim(w.Group), 12)
		if w.kind != "letter" {
			col(diag.M("Rank in the group"), 7)
		}
	}
	if len(w.top) <= mostParts && w.kind != "letter" {
		k.parts = len(widths) + 1
		for _, p := range w.top {
			col(diag.Verbatim(w.columns[p].Title.Text), 9)
		}
	}
	w.resultColumns(col)
	if len(w.rubric.Grades) > 0 {
		k.grade = col(diag.M("Grade"), w.gradeWidth())
	}
	if w.kind != "letter" {
		col(diag.M("Not certain yet"), 14.5)
	}
	if len(w.rubric.Veto) > 0 {
		col(diag.M("Vetoes and lowered grades"), 17)
	}
	k.bad = col(diag.M("Errors and warnings in the data"), 9)
	under := w.subject()
	if w.byRate {
		under += "　" + w.Sprint(diag.M("ranked by the rate"))
	}
	k.page = w.sheet(diag.M("Ranking"), under, widths...)
	k.Landscape, k.KeyCols = !k.Upright(), k.name
	k.retitle()
	k.head(w.headings(heads...)...)
	k.first, k.last = len(k.Rows)+1, len(k.Rows)+len(w.units)
	for i := range w.units {
		w.rankRow(&w.units[i])
	}
	k.FreezeCols = k.name
	if len(w.units) == 0 {
		k.KeyCols, k.FreezeCols = 0, 0
		w.none(k.page, diag.M("No return could be scored."))
	}
}

// resultColumns are the columns of the total, in the words of the rubric's kind.
func (w *writer) resultColumns(col func(diag.Message, float64) int) {
	k := &w.ranks
	switch w.kind {
	case "letter":
		for _, l := range w.rubric.Letters {
			col(diag.M("Items: %s", l.Text), 8)
		}
	case "pass":
		k.total = col(diag.M("Items met"), 8)
		k.full = col(diag.M("Items"), 8)
		k.rate = col(diag.M("Items met in %s", "%"), 9)
	default:
		k.total = col(diag.M("Total"), 9)
		k.full = col(diag.M("Full points"), 7.5)
		k.rate = col(diag.M("Rate in %s", "%"), 9)
	}
}

// subject says below every title what was scored.
func (w *writer) subject() string {
	parts := []string{w.rubric.Title.Text, w.Sprint(diag.M("units scored: %s", strconv.Itoa(len(w.units))))}
	if len(w.failed) > 0 {
		parts = append(parts, w.Sprint(diag.M("could not be scored: %s", strconv.Itoa(len(w.failed)))))
	}
	return strings.Join(parts, "　")
}

func (w *writer) rankRow(u *unit) {
	k := &w.ranks
	row := len(k.Rows) + 1
	at := func(col int) string { return fmt.Sprintf("%s%d", letters(col), row) }
	column := func(col int) string {
		return fmt.Sprintf("%[1]s$%[2]d:%[1]s$%[3]d", letters(col), k.first, k.last)
	}
	rank := book.Cell{Value: float64(u.rank), Style: book.Center}
	by := k.total
	if w.byRate {
		by = k.rate
	}
	if by > 0 {
		rank = live(rank, "RANK(%s,%s)", at(by), column(by))
	}
	name := left(u.name)
	name.Link = toReport(u.Record)
	cells := []book.Cell{rank, name}
	if w.anyCode() {
		cells = append(cells, center(shown(u.Cover.Code)))
	}
	if k.group > 0 {
		cells = append(cells, left(u.group))
		if by > 0 {
			better := book.Cell{Value: float64(w.rankInGroup(u)), Style: book.Center}
			cells = append(cells, live(better, "SUMPRODUCT(EXACT(%s,%s)*(%s>%s))+1", column(k.group), at(k.group), column(by), at(by)))
		}
	}
	if k.parts > 0 {
		for _, p := range w.top {
			cells = append(cells, number(w.amount(u, &w.columns[p]).Lower, -1))
		}
	}
	if w.kind == "letter" {
		for _, n := range w.letterCounts(u) {
			cells = append(cells, count(n))
		}
	} else {
		cells = append(cells, w.totalCell(u, row), number(u.Total.Full, -1), w.rateCell(u, at))
	}
	if k.grade > 0 {
		cells = append(cells, w.gradeCell(u, at))
	}
	if w.kind != "letter" {
		cells = append(cells, uncertain(u.Total))
	}
	if len(w.rubric.Veto) > 0 {
		cells = append(cells, w.vetoCell(u))
	}
	k.row(append(cells, problemCount(u))...)
}

// rankInGroup is one more than how many of the group are better.
func (w *writer) rankInGroup(u *unit) int {
	n := 1
	for i := range w.units {
		if w.units[i].group == u.group && w.units[i].key[0] > u.key[0] {
			n++
		}
	}
	return n
}

// totalCell is the sum of the parts, unless the rubric does more than adding up.
func (w *writer) totalCell(u *unit, row int) book.Cell {
	k := &w.ranks
	c := book.Cell{Value: u.Total.Lower, Style: book.Strong, Digits: -1}
	seen := make([]float64, len(w.top))
	for i, p := range w.top {
		seen[i] = w.amount(u, &w.columns[p]).Lower
	}
	digits := int(w.rubric.PointsDigits.Value)
	switch {
	case k.parts == 0:
	case w.plainSum && decimal.Round(total(seen), digits) == u.Total.Lower:
		return live(c, "ROUND(SUM(%s%d:%s%d),%d)", letters(k.parts), row, letters(k.parts+len(w.top)-1), row, digits)
	case u.Deductions > 0:
		c.Note = w.Sprint(diag.M("%s points are taken from the total: this is no formula.", plain(u.Deductions)))
	}
	return c
}

// nameWidth is wide enough for most names.
func (w *writer) nameWidth() float64 {
	width := 14.0
	for i := range w.units {
		width = max(width, book.WidthOf(w.units[i].name, book.Text))
	}
	return min(width, 24)
}

func (w *writer) gradeWidth() float64 {
	longest := 0.0
	for _, g := range w.rubric.Grades {
		longest = max(longest, book.WidthOf(g.Grade.Text, book.Waiting))
	}
	return max(9, min(2*longest, 18)) // for both ends of what is open
}

func (w *writer) anyCode() bool {
	for i := range w.units {
		if shown(w.units[i].Cover.Code) != "" {
			return true
		}
	}
	return false
}
