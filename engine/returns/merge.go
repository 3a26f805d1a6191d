package returns

import (
	"maps"
	"slices"

	"dudao/engine/diag"
	"dudao/engine/form"
)

// merger puts the values of a further file into a return.
type merger struct {
	ret   *Return
	diags diag.List
}

// merge takes over what another file gives. The same value given twice is fine;
// two values for one place are an error, for nobody knows which is meant.
func (ret *Return) merge(other *Return) diag.List {
	m := merger{ret: ret}
	m.cover(other)
	maps.Copy(ret.Absent, other.Absent)
	for name, cells := range other.Fields {
		for back, c := range cells {
			m.cell(&ret.Fields[name][back], c, "", "", name, back)
		}
	}
	for name, t := range other.Tables {
		m.table(name, t)
	}
	for item, answers := range other.Answers {
		for ask, a := range answers {
			m.answer(item, ask, a)
		}
	}
	for _, f := range other.Files {
		if !slices.Contains(ret.Files, f) {
			ret.Files = append(ret.Files, f)
		}
	}
	ret.rooms = append(ret.rooms, other.rooms...)
	ret.Problems = append(ret.Problems, other.Problems...)
	ret.mergeReasons(other.Reasons)
	m.claims(other.Claims)
	return m.diags.Sorted()
}

func (m *merger) cover(other *Return) {
	c, o := &m.ret.Cover, &other.Cover
	if c.Year == 0 {
		c.Year = o.Year
	}
	for _, key := range []string{"name", "code", "period", "filler", "reviewer", "phone", "date"} {
		if into := c.said(key); *into == "" {
			*into = o.Line(key)
		}
	}
	// Who filled in a file may differ; whose figures they are, and of which year, not.
	for _, key := range []string{"name", "code", "year", "period"} {
		mine, theirs := c.Line(key), o.Line(key)
		here, there := other.CoverAt[key], m.ret.CoverAt[key]
		switch {
		case theirs == "":
		case mine != theirs:
			m.diags.Add(here, 0, diag.M("the files are of different units or years: %s here, %s in %s", theirs, mine, there.String()),
				diag.M("mend one of them"))
		case there.IsZero():
			m.ret.CoverAt[key] = here
		}
	}
}

// cell takes over the cell of a value.
func (m *merger) cell(into *Cell, c Cell, table, row, name string, back int) {
	if c.State != Missing && into.State != Missing {
		m.told(into, c, form.Path(table, row, name, back))
	} else if c.State != Missing {
		*into = c
	}
}

// told takes over a cell that has a label.
func (m *merger) told(into *Cell, c Cell, label string) {
	switch {
	case c.State == Missing:
	case into.State == Missing:
		*into = c
	case same(*into, c):
	default:
		at, first, here, there := c.Pos(), into.Pos(), c.Typed, into.Typed
		m.diags.Add(at, len([]rune(here)), diag.M("%s is given twice and differently: “%s” here, “%s” in %s", label, here, there, first.String()),
			diag.M("mend or empty one of them"))
	}
}

// same tells whether two cells hold one value, however they are typed.
func same(a, b Cell) bool {
	if a.State == Invalid || b.State == Invalid {
		return a.State == b.State && a.Typed == b.Typed
	}
	return a.State == b.State && a.Number == b.Number && a.Text == b.Text
}

func (m *merger) table(name string, other *Table) {
	t := m.ret.Tables[name]
	if t == nil || len(t.Keys) == 0 {
		m.ret.Tables[name] = other // nothing was given yet
		return
	}
	rowOf, taken := map[string]int{}, map[string]bool{}
	for i, key := range slices.Backward(t.Keys) {
		rowOf[key] = i
	}
	for row, key := range other.Keys {
		at, known := rowOf[key]
		if key == "" || !known || taken[key] {
			at = t.addRow() // also rows that don't count: they are reported and kept
			t.Keys[at] = key
		}
		taken[key] = true
		for column, years := range other.Columns {
			for back := range years {
				m.cell(&t.Columns[column][back][at], years[back][row], name, key, column, back)
			}
		}
	}
}

func (m *merger) answer(item, ask string, a Answer) {
	mine := m.ret.Answers[item][ask]
	label := ask
	if label == "" {
		label = item
	}
	there := mine.Pos()
	m.told(&mine.Cell, a.Cell, label)
	switch {
	case mine.Note == "":
		mine.Note = a.Note
	case a.Note != "" && a.Note != mine.Note:
		m.diags.Add(a.Pos(), 0, diag.M("the explanation of %s is given twice and differently: “%s” here, “%s” in %s", label, a.Note, mine.Note, there.String()),
			diag.M("mend or empty one of them"))
	}
	if len(mine.Evidence) == 0 {
		mine.At = a.At
	}
	for _, e := range a.Evidence {
		if !slices.Contains(mine.Evidence, e) {
			mine.Evidence = append(mine.Evidence, e)
		}
	}
	m.ret.answer(item, ask, mine)
}

// claims takes over what another file claims.
func (m *merger) claims(other []Claim) {
	for _, c := range other {
		label := c.Item
		if label == "" {
			label = totalWords[1]
		}
		mine, known := m.ret.Claim(c.Item)
		m.told(&mine.Cell, c.Cell, label)
		mine.Item = c.Item
		if known {
			m.ret.Claims = slices.DeleteFunc(m.ret.Claims, func(old Claim) bool { return old.Item == c.Item })
		}
		m.ret.Claims = append(m.ret.Claims, mine)
	}
}
