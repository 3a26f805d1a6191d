package audit

import (
	"math"
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/xlsx"
)

// close compares numbers as far as a spreadsheet keeps them.
func close(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-9*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
}

// plain is a text without what office programs write in ways of their own.
func plain(text string) string {
	return strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), " \n\t")
}

// agree compares what two cells hold, not how it came there.
func agree(a, b xlsx.Cell) bool {
	a, b = asNumber(a), asNumber(b)
	if a.Kind == xlsx.Number && b.Kind == xlsx.Number {
		return close(a.Number, b.Number)
	}
	return a.Kind == b.Kind && plain(a.Text) == plain(b.Text)
}

// asNumber is a truth as LibreOffice has it. An empty text that a formula gives may
// be left out of a file.
func asNumber(c xlsx.Cell) xlsx.Cell {
	if c.Kind == xlsx.Uncomputed {
		c.Kind, c.Text = xlsx.Text, ""
	}
	if c.Kind == xlsx.Truth {
		c.Kind, c.Number = xlsx.Number, map[string]float64{"TRUE": 1}[c.Text]
	}
	return c
}

// mostOfSheet is how many cells of a sheet are told one by one.
const mostOfSheet = 500

// sheets compares all cells.
func (a *audit) sheets() {
	for _, name := range a.want.Sheets {
		m := a.rows[name]
		if m == nil || name == returns.MetaSheet {
			continue
		}
		first := len(a.report.Findings)
		a.sheet(name, m)
		if n := len(a.report.Findings) - first; n > mostOfSheet {
			a.report.Findings = append(a.report.Findings[:first], Finding{Kind: Layout, Sheet: m.name,
				What: diag.P(diag.M("so many cells differ that columns or rows were probably moved"))})
		}
	}
}

func (a *audit) sheet(name string, m *rowMap) {
	was, _ := a.want.Sheet(name)
	is, _ := a.got.Sheet(m.name)
	seen := map[spot]bool{}
	for _, row := range was.Rows {
		now := m.row(row.Number)
		if now == 0 {
			continue
		}
		for _, c := range row.Cells {
			have, _ := is.At(int(c.Col), now)
			have.Col, have.Row = c.Col, int32(now)
			seen[spot{"", int(c.Col), now}] = true
			a.cell(name, m.name, c, have)
		}
	}
	if is == nil {
		return
	}
	back := map[int]int{}
	for from, to := range m.to {
		back[to] = from
	}
	for _, row := range is.Rows {
		for _, c := range row.Cells {
			at := spot{name, int(c.Col), back[row.Number]}
			switch {
			case seen[spot{"", int(c.Col), row.Number}] || back[row.Number] == 0 && row.Number <= m.end || c.Formula == "" && c.Text == "":
			case a.entry[at] && c.Formula == "":
			default:
				a.report.Filled = append(a.report.Filled, Finding{Kind: Text, What: diag.P(diag.M("filled in")), Sheet: m.name,
					Cell: xlsx.CellName(int(c.Col), row.Number), Is: holds(c)})
			}
		}
	}
}

// holds is what a person sees in the formula bar.
func holds(c xlsx.Cell) string {
	if c.Formula != "" {
		return "=" + c.Formula
	}
	return c.Text
}

// cell compares one cell.
func (a *audit) cell(sheet, nowSheet string, was, is xlsx.Cell) {
	at := spot{sheet, int(was.Col), int(was.Row)}
	f := Finding{Sheet: nowSheet, Cell: xlsx.CellName(int(is.Col), int(is.Row)), Was: holds(was), Is: holds(is)}
	if name := a.names[at]; name != "" {
		f.What = diag.P(diag.Verbatim(name))
	}
	switch {
	case a.entry[at] && is.Formula == "":
		return // compared by what it means
	case a.entry[at] || (was.Formula == "") != (is.Formula == ""):
		f.Kind = Formula
	case was.Formula != "":
		if !a.sameFormula(sheet, nowSheet, was.Formula, is.Formula) {
			f.Kind = Formula
			break
		}
		if is.Kind == xlsx.Uncomputed || agree(was, is) || a.recomputed(sheet, was, is) {
			return
		}
		f.Kind, f.Was, f.Is = Result, was.Text, is.Text
	case agree(was, is):
		return
	case was.Kind == xlsx.Number:
		f.Kind = Figure
	default:
		f.Kind = Text
	}
	a.found(f)
}

// sameFormula compares two formulas token by token, places where they are now.
func (a *audit) sameFormula(sheet, nowSheet, was, is string) bool {
	if was == is && a.still {
		return true
	}
	return slices.EqualFunc(tokens(was, sheet), tokens(is, nowSheet), func(x, y token) bool {
		if x.text != "" || y.text != "" {
			return x.text == y.text
		}
		of, area := a.moved(x.of, x.area)
		return of == y.of && area == y.area
	})
}

// recomputed reports whether a result is the one of the data that now stand in the
// report. A cell that the report of these data has elsewhere can't be compared.
func (a *audit) recomputed(sheet string, was, is xlsx.Cell) bool {
	if a.report.After == nil {
		return false
	}
	if a.now == nil {
		return true
	}
	s, _ := a.now.Sheet(sheet)
	want, ok := s.At(int(was.Col), int(was.Row))
	return !ok || !slices.Equal(tokens(was.Formula, sheet), tokens(want.Formula, sheet)) || agree(want, is)
}

// results compares what the named cells of a report of another version hold.
func (a *audit) results() {
	is := namesOf(a.got)
	for _, n := range a.want.Names {
		was, ok := leads(n.RefersTo)
		at, exists := is[n.Name]
		if n.IsLocal || !ok || !exists {
			continue
		}
		old, _ := a.want.Sheet(was.sheet)
		c, _ := old.At(was.area.Col, was.area.Row)
		s, _ := a.got.Sheet(at.sheet)
		have, _ := s.At(at.area.Col, at.area.Row)
		if c.Formula == "" || was.area.Row != was.area.ToRow || have.Kind == xlsx.Uncomputed || agree(c, have) || a.recomputed(was.sheet, c, have) {
			continue
		}
		a.found(Finding{Kind: Result, What: diag.P(diag.Verbatim(n.Name)), Sheet: at.sheet,
			Cell: xlsx.CellName(at.area.Col, at.area.Row), Was: c.Text, Is: have.Text})
	}
}
