package summary

import (
	"cmp"
	"path"
	"strconv"
	"strings"

	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/reports/book"
)

// vetoes lists what acts on grades, and what was taken from totals.
func (w *writer) vetoes() {
	s := w.sheet(diag.M("Vetoes"), w.subject(), w.nameWidth(), 26, 34, 14)
	s.Landscape = !s.Upright()
	s.head(w.headings(diag.M("Unit"), diag.M("Veto"), diag.M("Effect"), diag.M("State"))...)
	empty := len(s.Rows)
	for i := range w.units {
		u := &w.units[i]
		for _, v := range u.Vetoes {
			state := book.Cell{Value: w.Sprint(diag.M("it acts")), Style: book.Bad}
			if v.Open {
				state = book.Cell{Value: w.Sprint(diag.M("not known yet")), Style: book.Waiting}
			}
			if v.Open || v.Fired {
				s.row(w.unitCell(u.Record), cut(v.Title, 26), cut(w.Phrase(v.Effect), 34), state)
			}
		}
		if u.Deductions > 0 {
			s.row(w.unitCell(u.Record), left(w.Sprint(diag.M("Deduction"))), left(w.Sprint(diag.M("%s points are taken from the total", plain(u.Deductions)))),
				book.Cell{Value: w.Sprint(diag.M("it acts")), Style: book.Bad})
		}
	}
	if len(s.Rows) == empty {
		w.none(s, diag.M("No veto acts, and nothing is taken from a total."))
	}
}

// unitCell names a unit and leads to its report.
func (w *writer) unitCell(r *batch.Record) book.Cell {
	c := cut(w.nameOf(r), 24)
	c.Link = toReport(r)
	return c
}

// toReport leads to the report of a unit, if there is one.
func toReport(r *batch.Record) *book.Place {
	if r.Report == "" {
		return nil
	}
	return &book.Place{File: r.Report}
}

// problems lists what is wrong or doubtful in the data, unit by unit as ranked.
func (w *writer) problems() {
	widths := []float64{w.nameWidth(), 7, 16, 11, 68, 20}
	s := w.sheet(diag.M("Data problems"), w.subject(), widths...)
	s.Landscape = true
	s.head(w.headings(diag.M("Unit"), diag.M("Kind"), diag.M("Sheet or file"), diag.M("Cell"), diag.M("What was found"), diag.M("What the unit says to it"))...)
	w.problemAt = map[*batch.Record]book.Place{}
	for i := range w.units {
		u := &w.units[i]
		if len(u.Problems) > 0 {
			w.problemAt[u.Record] = book.Place{Sheet: s.Name, Ref: book.Ref{Row: len(s.Rows) + 1, Col: 1}}
		}
		for j, f := range u.Problems {
			name := left(u.name)
			if j == 0 {
				name.Link = toReport(u.Record)
			}
			kind := book.Cell{Value: w.Sprint(diag.M("error")), Style: book.Bad}
			if f.Severity == diag.Warning {
				kind = book.Cell{Value: w.Sprint(diag.M("warning")), Style: book.Waiting}
			}
			where, cell := w.place(f.Pos)
			s.row(name, kind, cut(where, widths[2]), cell, cut(w.Phrase(f.Said), widths[4]), cut(f.Reason, widths[5]))
		}
		if more := u.Errors + u.Warnings - len(u.Problems); more > 0 {
			s.row(left(u.name), nothing, nothing, nothing, left(w.Sprint(diag.M("%s more: see the unit’s own report", strconv.Itoa(more)))), left(""))
		}
	}
	if len(w.problemAt) == 0 {
		w.none(s, diag.M("No problem was found in the data."))
	}
	s.FreezeCols = 1
}

// place is the sheet or file, and the cell or line in it.
func (w *writer) place(p diag.Pos) (where string, cell book.Cell) {
	where = cmp.Or(p.Sheet, path.Base(p.File))
	if p.IsZero() || where == "." {
		return "—", nothing
	}
	switch {
	case p.Cell != "":
		return where, center(p.Cell)
	case p.Line > 0:
		return where, center(w.Sprint(diag.M("line %s", strconv.Itoa(p.Line))))
	}
	return where, nothing
}

// linkProblems leads from the ranking to the problems of a unit.
func (w *writer) linkProblems() {
	for i := range w.units {
		if to, ok := w.problemAt[w.units[i].Record]; ok {
			w.ranks.Rows[w.ranks.first+i-1].Cells[w.ranks.bad-1].Link = &to
		}
	}
}

// unscored lists what there is no result of, and why.
func (w *writer) unscored() {
	widths := []float64{28, 18, 11, 44, 44}
	s := w.sheet(diag.M("Not scored"), w.subject(), widths...)
	s.Landscape = true
	s.head(w.headings(diag.M("File"), diag.M("Sheet"), diag.M("Cell"), diag.M("Why it can’t be scored"), diag.M("How to mend it"))...)
	empty := len(s.Rows)
	for _, r := range w.failed {
		file := cmp.Or(r.Source, r.Cover.Name)
		if name := shown(r.Cover.Name); name != "" && r.Source != "" {
			file += "\n" + name
		}
		for _, f := range r.Failed {
			where, cell := w.place(f.Pos)
			if f.Pos.Sheet == "" {
				where = "—"
			}
			var hints []string
			for _, h := range f.Hints {
				hints = append(hints, w.Sprint(h))
			}
			s.row(cut(file, widths[0]), cut(where, widths[1]), cell, cut(w.Phrase(f.Said), widths[3]), cut(strings.Join(hints, "\n"), widths[4]))
		}
		if len(r.Failed) == 0 {
			s.row(cut(file, widths[0]), nothing, nothing, left(w.Sprint(diag.M("nothing in it was scored"))), left(""))
		}
	}
	if len(s.Rows) == empty {
		w.none(s, diag.M("All returns were scored."))
	}
	if len(w.Passed) == 0 {
		return
	}
	s.row()
	s.line(w.Sprint(diag.M("Files that are no returns and were passed over")), book.StrongText)
	for _, p := range w.Passed {
		row := s.row(cut(p.Name, widths[0]), left(w.Sprint(p.Why)))
		s.merge(row, 2, row, len(widths))
	}
}
