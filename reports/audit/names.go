package audit

import (
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/xlsx"
)

// placed is where a defined name leads.
type placed struct {
	sheet string
	area  xlsx.Area
}

// leads reads 'Sheet'!$A$1:$A$5.
func leads(ref string) (placed, bool) {
	bang := strings.LastIndex(ref, "!")
	if bang < 0 {
		return placed{}, false
	}
	sheet := strings.ReplaceAll(strings.Trim(strings.TrimPrefix(ref[:bang], "="), "'"), "''", "'")
	if i := strings.Index(sheet, "."); i == 0 {
		sheet = sheet[1:]
	}
	area, ok := xlsx.ParseArea(ref[bang+1:])
	return placed{sheet, area}, ok
}

// namesOf are the names of a whole workbook, without those that Excel makes itself.
func namesOf(b *xlsx.Book) map[string]placed {
	out := map[string]placed{}
	for _, n := range b.Names {
		if n.IsLocal || strings.HasPrefix(n.Name, "_xlnm.") {
			continue
		}
		if at, ok := leads(n.RefersTo); ok {
			out[n.Name] = at
		}
	}
	return out
}

// named keeps which single cells have which names.
func (a *audit) named() {
	a.names = map[spot]string{}
	for name, at := range namesOf(a.want) {
		if at.area.Col == at.area.ToCol && at.area.Row == at.area.ToRow {
			s := spot{at.sheet, at.area.Col, at.area.Row}
			if old := a.names[s]; old == "" || name < old {
				a.names[s] = name
			}
		}
	}
}

// entries are the cells in which something submitted stands: they are compared by
// what can be read from them.
func (a *audit) entries() {
	a.entry = map[spot]bool{}
	names := namesOf(a.want)
	add := func(name string) {
		at, ok := names[name]
		for row := at.area.Row; ok && row <= at.area.ToRow; row++ {
			a.entry[spot{at.sheet, at.area.Col, row}] = true
		}
	}
	for _, f := range form.CoverFields {
		add(f.Name)
	}
	for _, name := range []string{form.JudgedAnswer, form.JudgedNote, form.JudgedEvidence, form.ReasonAbout, form.ReasonText, form.ClaimedPoints} {
		add(name)
	}
	for _, b := range a.report.Program.Rubric.Data {
		for _, f := range b.Value.Fields {
			for back := range f.Value.YearCount() {
				if f.Value.Entered() {
					add(form.NameOf("", f.Key.Text, back))
				}
			}
		}
		if !b.Value.IsTable() {
			continue
		}
		for _, column := range b.Value.Entries() {
			f := b.Value.KeyField(column)
			for back := range f.YearCount() {
				if b.Value.IsOpen() || b.Value.Column(column) != nil {
					add(form.NameOf(b.Key.Text, column, back))
				}
			}
		}
	}
}

// beside is the cell of a name in the row of another cell.
func (a *audit) beside(name, cell string) string {
	at, ok := namesOf(a.got)[name]
	where, isCell := xlsx.ParseArea(cell)
	if !ok || !isCell {
		return cell
	}
	return xlsx.CellName(at.area.Col, where.Row)
}

// definedNames compares where the names lead.
func (a *audit) definedNames() {
	is := namesOf(a.got)
	for _, n := range a.want.Names {
		was, ok := leads(n.RefersTo)
		if n.IsLocal || !ok || strings.HasPrefix(n.Name, "_xlnm.") || a.rows[was.sheet] == nil {
			continue
		}
		at, exists := is[n.Name]
		moved := was
		moved.sheet, moved.area = a.moved(was.sheet, was.area)
		if !exists || at != moved {
			f := Finding{Kind: Name, What: diag.P(diag.Verbatim(n.Name)), Was: n.RefersTo}
			for _, m := range a.got.Names {
				if m.Name == n.Name && !m.IsLocal {
					f.Is = m.RefersTo
				}
			}
			a.found(f)
		}
	}
}
