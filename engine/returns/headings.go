package returns

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

// printers print the words of a form in the languages in which it is made.
var printers = func() []text.Printer {
	var out []text.Printer
	for _, lang := range text.Languages {
		out = append(out, text.New(lang))
	}
	return out
}()

// said are the ways in which a phrase may stand on a form.
func said(p diag.Phrase) []string {
	var out []string
	for _, printer := range printers {
		if words := squeezed(printer.Phrase(p)); words != "" && !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	return out
}

// withoutRoom is the rubric with one prepared row in each open table.
func withoutRoom(r *rubric.Rubric) *rubric.Rubric {
	out := *r
	out.Data = slices.Clone(r.Data)
	for i := range out.Data {
		out.Data[i].Value.Room.Value, out.Data[i].Value.Room.Given = 1, true
	}
	return &out
}

// locate finds the cells that have lost their names (deleted, or dropped by a
// program) by the words of the form: sheet, row label, headings.
func (b *bookReader) locate(r *rubric.Rubric) {
	for _, s := range form.Layout(withoutRoom(r)).Sheets {
		l := locator{bookReader: b, rubric: r, Sheet: s, cells: map[place]form.Cell{}}
		for _, c := range s.Cells {
			l.cells[place{c.Row, c.Col}] = c
		}
		l.locate()
	}
}

// locator looks for the lost names of one sheet of the form.
type locator struct {
	*bookReader
	form.Sheet
	rubric *rubric.Rubric
	cells  map[place]form.Cell // of the layout
	heads  []header            // of a table, where they may be
}

// isLost reports whether people fill in what has the name, and the name is gone.
func (l *locator) isLost(n form.Name) bool {
	_, known := l.names[n.Name]
	return !known && l.isNeeded(n)
}

// isNeeded reports whether people fill in what has the name, or rows are told by
// it. Without the remarks a form can be read.
func (l *locator) isNeeded(n form.Name) bool {
	role := l.cells[place{n.Row, n.Col}].Role
	return role == form.Entry || role == form.Label
}

func (l *locator) locate() {
	var lost []form.Name
	needed := 0
	for _, n := range l.Names {
		if l.isLost(n) {
			lost = append(lost, n)
		}
		if l.isNeeded(n) {
			needed++
		}
	}
	if len(lost) == 0 {
		return
	}
	sheets := l.candidates()
	if l.Kind == form.Table || l.Kind == form.Judgements || l.Kind == form.Claims {
		l.heads = l.headers(sheets)
	}
	found := map[string]int{} // by sheet
	var twice []string
	var places []area // of the first of them
	for _, n := range lost {
		var areas []area
		switch l.Kind {
		case form.Cover:
			areas = l.onCover(sheets, n)
		case form.Group:
			areas = l.single(sheets, n)
		default:
			areas = l.column(n)
		}
		switch len(areas) {
		case 0:
		case 1:
			if l.otherUnit(n, areas[0]) {
				continue
			}
			l.names[n.Name], l.byHeading[n.Name] = areas[0], true
			found[areas[0].sheet]++
		default:
			l.told[n.Name] = true
			if twice = append(twice, n.Name); len(twice) == 1 {
				places = areas
			}
		}
	}
	if len(twice) > 0 {
		l.ambiguous(some(twice), places)
	}
	for _, sheet := range l.sheets() {
		if n := found[sheet]; n > 0 {
			l.ret.Problems = append(l.ret.Problems, diag.Diagnostic{Severity: diag.Note, Pos: diag.Pos{File: l.file, Sheet: sheet},
				Message: diag.M("%s cells or columns of the sheet have lost their names; they are found by their headings", strconv.Itoa(n))})
		}
	}
	if len(found) == 0 && len(lost) == needed && len(twice) == 0 && l.Kind != form.Cover {
		for _, n := range lost {
			l.told[n.Name] = true
		}
		name := l.Name.Args
		if len(name) == 0 {
			name = []string{printers[0].Sprint(l.Name)}
		}
		l.ret.Problems.Add(diag.Pos{File: l.file}, 0, diag.M("the form has no sheet “%s”", name[0]),
			diag.M("it was deleted, or its headings were changed; take a fresh form"))
	}
}

// otherUnit reports a heading whose unit can't be turned into the declared one.
func (l *locator) otherUnit(n form.Name, a area) bool {
	f := l.cells[place{n.Row, n.Col}].Field
	if a.unit == "" || f != nil && convertible(a.unit, f) {
		return false
	}
	l.told[n.Name] = true
	l.ret.Problems.Add(diag.Pos{File: l.file, Sheet: a.sheet, Cell: cellName(a.row, a.col)}, 0,
		diag.M("the unit is %s, not the one of the rubric, so the values are not read", a.unit), unitHint(f))
	return true
}

// ambiguous reports what may be meant by two places, once for a sheet.
func (l *locator) ambiguous(name string, areas []area) {
	p := func(a area) place { return place{a.row, a.col} }
	first, second := grid{sheet: areas[0].sheet}, grid{sheet: areas[1].sheet}
	l.ret.Problems.Add(diag.Pos{File: l.file, Sheet: areas[0].sheet, Cell: cellName(areas[0].row, areas[0].col)}, 0,
		diag.M("“%s” may be at %s and at %s, so it is not read", name, first.name(p(areas[0])), second.name(p(areas[1]))),
		diag.M("the cell has lost its name; delete one of the two, or take a fresh form"))
}

// candidates are the sheets on which the names may have been: where the others of
// the layout's sheet are, else the one of its title, else any.
func (l *locator) candidates() []string {
	var beside, titled []string
	for _, n := range l.Names {
		if a, ok := l.names[n.Name]; ok && !slices.Contains(beside, a.sheet) {
			beside = append(beside, a.sheet)
		}
	}
	if len(beside) > 0 {
		return beside
	}
	for _, sheet := range l.sheets() {
		if slices.ContainsFunc(said(diag.P(l.Name)), func(title string) bool { return sameTitle(sheet, title) }) {
			titled = append(titled, sheet)
		}
	}
	if len(titled) > 0 {
		return titled
	}
	return l.sheets()
}

// sameTitle tells whether a worksheet may be named after a title, which it holds
// shortened and without some signs.
func sameTitle(sheet, title string) bool {
	tidy := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(`[]:*?/\'_`, r) {
				return -1
			}
			return r
		}, squeezed(s))
	}
	sheet, title = tidy(sheet), tidy(title)
	return sheet == title || len([]rune(sheet)) > 20 && strings.HasPrefix(title, sheet)
}

// onCover finds a line of the cover: the value stands to the right of its label.
func (l *locator) onCover(sheets []string, n form.Name) []area {
	var out []area
	words := said(l.cells[place{n.Row, 1}].Text)
	for _, sheet := range sheets {
		g := l.grid(sheet)
		for _, at := range g.find(words...) {
			col := g.right(at.row, at.col) + 1
			out = append(out, area{sheet: sheet, col: col, row: at.row, toCol: col, toRow: at.row})
		}
	}
	return out
}

// single finds a single value: the row by its label, the column by the year.
func (l *locator) single(sheets []string, n form.Name) []area {
	var out []area
	target := l.cells[place{n.Row, n.Col}].Target
	f := l.cells[place{n.Row, n.Col}].Field
	labels := append(said(l.cells[place{n.Row, 1}].Text), squeezed(target.Field))
	titles, units := said(l.cells[place{1, 1}].Text), said(l.cells[place{1, 2}].Text)
	for _, sheet := range sheets {
		g := l.grid(sheet)
		var here []area
		heads := g.find(titles...)
		for _, head := range heads {
			unitCol := 0
			var years []int
			for col := 1; col <= g.width(head.row); col++ {
				if back, ok := yearOf(g.at(head.row, col)); ok && back == target.Back {
					years = append(years, col)
				} else if slices.Contains(units, g.at(head.row, col)) {
					unitCol = col
				}
			}
			for _, at := range g.find(labels...) {
				row := at.row
				if at.col != head.col || row <= head.row || slices.ContainsFunc(heads, func(h place) bool { return h.col == head.col && head.row < h.row && h.row < row }) {
					continue
				}
				unit := ""
				if unitCol > 0 && !sameUnit(g.at(row, unitCol), f) {
					unit = g.at(row, unitCol)
				}
				for _, col := range years {
					here = append(here, area{sheet: sheet, col: col, row: row, toCol: col, toRow: row, unit: unit})
				}
			}
		}
		if len(here) > 1 { // two of one label may differ in their units
			if exact := slices.DeleteFunc(slices.Clone(here), func(a area) bool { return a.unit != "" }); len(exact) == 1 {
				here = exact
			}
		}
		out = append(out, here...)
	}
	return out
}

// yearOf reads the heading of a year, as it stands on a form or in a CSV file.
func yearOf(heading string) (int, bool) {
	if back, ok := yearBack(heading); ok {
		return back, true
	}
	back, ok := yearHeadings[heading]
	return back, ok
}

// yearHeadings are those of a form; no field is asked for more years.
var yearHeadings = func() map[string]int {
	out := map[string]int{}
	for back := range 10 {
		for _, words := range said(diag.P(form.YearHeading(back))) {
			out[words] = back
		}
	}
	return out
}()
