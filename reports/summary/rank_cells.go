package summary

import (
	"fmt"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/reports/book"
)

func (w *writer) rateCell(u *unit, at func(int) string) book.Cell {
	k := &w.ranks
	return live(number(u.rate, 2), "IF(%[1]s=0,0,ROUND(100*%[2]s/%[1]s,%[3]d))", at(k.full), at(k.total), rateDigits)
}

// longest is how long a formula may be.
const longest = 200

// gradeCell is the grade by the rate, unless more decides than that.
func (w *writer) gradeCell(u *unit, at func(int) string) book.Cell {
	if !u.Grade.Certain() {
		return book.Cell{Value: u.Grade.Lower + "～" + u.Grade.Upper, Style: book.Waiting}
	}
	c := center(u.Grade.Lower)
	for _, v := range u.Vetoes {
		if v.Fired {
			return c
		}
	}
	if formula, grade := w.gradeOf(u, at(w.ranks.rate), at(w.ranks.full)); grade == u.Grade.Lower && len(formula) <= longest {
		c.Formula = formula
	}
	return c
}

// gradeOf is the grade that the rate alone leads to, and the formula for it; none if a
// grade has other conditions.
func (w *writer) gradeOf(u *unit, rate, full string) (formula, grade string) {
	if w.kind == "letter" {
		return "", ""
	}
	x := u.rate
	if places, err := strconv.Atoi(w.rubric.Round.Text); err == nil {
		rate, x = fmt.Sprintf("ROUND(%s,%d)", rate, places), decimal.Round(x, places)
	}
	found, end := false, `""`
	closing := 0
	for _, g := range w.rubric.Grades {
		switch {
		case g.When.Given():
			return "", ""
		case !g.From.Given:
			end = quoted(g.Grade.Text)
		default:
			formula += fmt.Sprintf("IF(%s>=%s,%s,", rate, plain(g.From.Value), quoted(g.Grade.Text))
			closing++
		}
		if !found && (!g.From.Given || x >= g.From.Value) {
			grade, found = g.Grade.Text, true
		}
		if !g.From.Given {
			break
		}
	}
	if u.Total.Full == 0 {
		grade = ""
	}
	return fmt.Sprintf(`IF(%s=0,"",%s%s%s)`, full, formula, end, strings.Repeat(")", closing)), grade
}

// uncertain shows between which bounds a total will lie.
func uncertain(a engine.Amount) book.Cell {
	if a.Certain() {
		return nothing
	}
	return book.Cell{Value: plain(a.Lower) + "～" + plain(a.Upper), Style: book.Waiting}
}

// vetoCell names the vetoes that act, and says how many may.
func (w *writer) vetoCell(u *unit) book.Cell {
	var list []string
	style, open := book.Waiting, 0
	for _, v := range u.Vetoes {
		switch {
		case v.Open:
			open++
		case v.Fired:
			list = append(list, v.Title)
			style = book.Bad
		}
	}
	if open > 0 {
		list = append(list, w.Sprint(diag.M("not known yet: %s", strconv.Itoa(open))))
	}
	if len(list) == 0 {
		return nothing
	}
	return book.Cell{Value: strings.Join(list, "\n"), Style: style}
}

// problemCount is how many errors and warnings the data have.
func problemCount(u *unit) book.Cell {
	if u.Errors+u.Warnings == 0 {
		return nothing
	}
	return center(strconv.Itoa(u.Errors) + " / " + strconv.Itoa(u.Warnings))
}
