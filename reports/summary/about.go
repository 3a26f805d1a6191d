package summary

import (
	"strings"

	"dudao/engine/diag"
	"dudao/reports/book"
)

// about says what the workbook was made from and how it is to be read.
func (w *writer) about() {
	s := w.sheet(diag.M("About"), w.rubric.Title.Text, 26, 74)
	fact := func(label diag.Message, value string) {
		if value != "" {
			s.row(book.Cell{Value: w.Sprint(label), Style: book.StrongText}, cut(value, 74))
		}
	}
	ref := w.rubric.Ref()
	fact(diag.M("Scheme"), w.rubric.Title.Text)
	fact(diag.M("Id and version"), ref.String())
	fact(diag.M("Hash of the scheme"), ref.Hash)
	fact(diag.M("Made with"), w.book.Creator)
	w.band(s, diag.M("How to read it"))
	for _, m := range w.reading() {
		s.line(w.Sprint(m), book.Text)
	}
	w.band(s, diag.M("Files of the batch"))
	s.row(w.headings(diag.M("Unit"), diag.M("File and SHA-256"))...)
	for i := range w.Records {
		r := &w.Records[i]
		var lines []string
		for _, f := range r.Files {
			lines = append(lines, shown(f.Name)+"\n"+f.SHA256)
		}
		if len(lines) > 0 {
			s.row(cut(w.nameOf(r), 26), cut(strings.Join(lines, "\n"), 74))
		}
	}
}

// reading are the rules by which the sheets were made.
func (w *writer) reading() []diag.Message {
	list := []diag.Message{
		diag.M("A click on the name of a unit opens its own report, as long as this workbook lies in the folder of the batch. A click on the number of errors and warnings leads to the list of them."),
	}
	if w.kind == "letter" {
		return append(list, diag.M("Units are ranked by their grade, then by how many items have the best letter, the next, and so on. What is open counts at its worst."))
	}
	by := diag.M("Units are ranked by their total; those with the same total share the better place.")
	if w.byRate {
		by = diag.M("Not the same points count in full for all units: they are ranked by the rate, and those with the same rate share the better place.")
	}
	return append(list, by,
		diag.M("While something is open, a unit is ranked by what it has for certain at least; “Not certain yet” says between which bounds the total will lie."),
		diag.M("The colours of the matrix go by how much of the full points a cell has, so that items with different points can be compared: dark is none, pale is full. A word stands where there are no points; the word is not counted in means."),
		diag.M("A sum in the matrix adds what the words stand for as a number of its own, as where an item that doesn’t apply counts in full."),
		diag.M("Totals, ranks, grades, means and counts are formulas: they follow when a number is changed. A number without a formula is one for which the scheme does more than adding up."),
		diag.M("The mean rate of an item is the mean of what was judged, in percent of its full points; who it does not apply to and who has no data is left out."))
}
