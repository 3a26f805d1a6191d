// Package summary makes the workbook of a batch (汇总): the ranking, the matrix of
// all units and items, and what a meeting needs beside them. All it shows is drawn
// from the records of the batch; nothing is scored here.
package summary

import (
	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/book"
	"dudao/reports/grid"
)

// Book makes the workbook of a batch. version is dudao's own.
func Book(in Input, pr text.Printer, version string) *book.Book {
	r := in.Program.Rubric
	w := &writer{
		Printer: pr, Input: in, rubric: r, kind: r.Kind.Text,
		book: &book.Book{Title: pr.Sprint(diag.M("%s: summary", r.Title.Text)), Creator: "dudao " + version},
	}
	if w.kind == "" {
		w.kind = "points"
	}
	w.outline()
	w.divide()
	w.weigh()
	for _, s := range sheets {
		if s.wanted(w) {
			s.draw(w)
		}
	}
	w.linkProblems()
	grid.Meta(w.book, r.Ref(), "summary")
	return w.book
}

// sheets are the sheets in their order, and when each is there.
var sheets = []struct {
	wanted func(*writer) bool
	draw   func(*writer)
}{
	{always, (*writer).ranking},
	{(*writer).scored, (*writer).matrix},
	{(*writer).scored, (*writer).items},
	{(*writer).scored, (*writer).grades},
	{always, (*writer).vetoes},
	{func(w *writer) bool { return w.Claimed || len(w.Claims) > 0 }, (*writer).claims},
	{func(w *writer) bool { return w.Compared || len(w.Changes)+len(w.PriorDiffs) > 0 }, (*writer).changes},
	{func(w *writer) bool { return w.Searched || len(w.Doubts) > 0 }, (*writer).doubts},
	{always, (*writer).problems},
	{always, (*writer).unscored},
	{always, (*writer).about},
}

func always(*writer) bool { return true }

// scored reports whether there is anything to rank.
func (w *writer) scored() bool { return len(w.units) > 0 }

type writer struct {
	text.Printer
	Input
	rubric *rubric.Rubric
	kind   string // points, pass or letter
	book   *book.Book

	units    []unit // what was scored, the best first
	failed   []*batch.Record
	byRate   bool // ranked by the rate, since the full points differ
	columns  []column
	top      []int // the columns that the total is made of
	plainSum bool  // and that it is their sum
	leaves   int   // how many items there are

	ranks     rankSheet
	points    matrixSheet
	problemAt map[*batch.Record]book.Place // the first problem of each
}
