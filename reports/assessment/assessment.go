// Package assessment makes the self-assessment report of one return, as a
// workbook. All it shows is drawn from the scorecard and from the program that
// made it; nothing is scored here.
package assessment

import (
	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
	"dudao/engine/text"
	"dudao/reports/book"
	"dudao/reports/grid"
)

// Book makes the report of a return and the scorecard that p has made of it. version
// is dudao's own.
func Book(p *engine.Program, ret *returns.Return, card *engine.Scorecard, pr text.Printer, version string) *book.Book {
	w := writer{
		Printer: pr, program: p, rubric: p.Rubric, card: card, gaps: p.Gaps(ret), version: version,
		book: &book.Book{Title: pr.Sprint(diag.M("%s: self-assessment report", card.Title)), Creator: "dudao " + version},
	}
	w.texts, w.itemAt, w.lossAt = map[string]*sheet.Cell{}, map[string]book.Place{}, map[string]book.Place{}
	w.computation = computation{p.Live(ret, card, w.wordsOf()), map[*sheet.Cell]spot{}}
	w.outline()
	w.nameSheets()
	w.overview()
	w.scores()
	w.losses()
	w.data()
	w.problems()
	w.basis()
	w.steps()
	w.hiddenTexts()
	w.ranges()
	w.links()
	grid.Meta(w.book, card.Rubric, "report")
	w.carry(ret)
	return w.book
}

type writer struct {
	text.Printer
	program      *engine.Program
	rubric       *rubric.Rubric
	card         *engine.Scorecard
	gaps         []engine.Gap
	version      string
	book         *book.Book
	computation  computation
	texts        map[string]*sheet.Cell // what is said only as long as it is true
	textsInOrder []string
	// The rows of the items in the scoring table and in the list of problems.
	itemAt, lossAt map[string]book.Place
	dataName       string            // of the sheet with the single values
	tableSheets    map[string]string // the sheets of the tables

	leaves   []leaf
	sections []section
}

// leaf is an item beside its result.
type leaf struct {
	*rubric.Item
	above []int // the sections it stands in, outermost first
	res   *engine.ItemResult
	live  engine.LiveItem
}

// section is a section beside its sum.
type section struct {
	item *rubric.Item
	sum  engine.Section
	live engine.LiveSum
}

// nameSheets says what the sheets with the data will be called: others refer to them
// that come before.
func (w *writer) nameSheets() {
	scratch := &book.Book{}
	add := func(name string) string {
		name = grid.SheetName(scratch, name)
		scratch.Sheets = append(scratch.Sheets, &book.Sheet{Name: name})
		return name
	}
	for _, m := range []diag.Message{diag.M("Overview"), diag.M("Scoring table"), diag.M("Problems and remedies")} {
		add(w.Sprint(m))
	}
	w.dataName, w.tableSheets = add(w.Sprint(diag.M("Data"))), map[string]string{}
	for i := range w.rubric.Data {
		if name := w.rubric.Data[i].Key.Text; w.rubric.Data[i].Value.IsTable() {
			w.tableSheets[name] = add(name)
		}
	}
}

// outline puts the rubric's items beside the card's: both are in the same order.
func (w *writer) outline() {
	var walk func(items []rubric.Item, above []int)
	walk = func(items []rubric.Item, above []int) {
		for i := range items {
			item := &items[i]
			if !item.IsSection() {
				w.leaves = append(w.leaves, leaf{item, above, &w.card.Items[len(w.leaves)], w.computation.Items[len(w.leaves)]})
				continue
			}
			at := len(w.sections)
			w.sections = append(w.sections, section{item, w.card.Sections[at], w.computation.Sums[at]})
			walk(item.Items, append(above[:len(above):len(above)], at))
		}
	}
	walk(w.rubric.Items, nil)
}

// unit says whose report it is and for when: it stands under every title.
func (w *writer) unit() string {
	unit, when := w.card.Cover.Name, w.card.Cover.Period
	if when == "" && w.card.Cover.Year != 0 {
		when = w.Sprint(diag.M("year %s", w.card.Cover.Line("year")))
	}
	if unit == "" {
		unit = w.Sprint(diag.M("(no unit given)"))
	}
	if when == "" {
		return unit
	}
	return unit + "　" + when
}

// unverified is the mark behind what is not sure to be as the source has it.
func (w *writer) unverified(is bool) string {
	if !is {
		return ""
	}
	return w.Sprint(diag.M(" [source unverified]"))
}

// number prints points and counts: no more digits than they have.
func number(x float64) string { return decimal.Format(x, 6) }
