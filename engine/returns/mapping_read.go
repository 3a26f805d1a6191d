package returns

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/xlsx"
)

// mapper reads a workbook that isn't ours as its mapping says.
type mapper struct {
	*mapping
	*bookReader
	s setter // knows which names belong to other rubrics
	g *grid
}

// readMapped reads what a mapping says of a workbook.
func readMapped(d *Document, r *rubric.Rubric, ret *Return, several bool) diag.List {
	m := mapper{mapping: d.mapping, bookReader: newBookReader(d, ret), s: setter{ret: ret, r: r, several: several}}
	if sheet, ok := m.sheet(); ok {
		m.g = m.grid(sheet)
		if m.Table.Given() {
			m.table()
		}
		for _, v := range m.Values {
			m.s.given = append(m.s.given, v.Key.Text)
		}
		for _, v := range m.Values {
			m.value(v.Key, v.Value)
		}
	}
	m.s.sumUp()
	m.sumUp()
	return m.s.diags
}

// wrong reports a mistake in the mapping.
func (m *mapper) wrong(at diag.Excerpt, message diag.Message, hints ...diag.Message) {
	m.s.diags.Add(at.Pos, len([]rune(at.Text)), message, hints...)
}

func (m *mapper) sheet() (string, bool) {
	all := m.sheets()
	if !m.Sheet.Given() {
		if len(all) == 1 {
			return all[0], true
		}
		m.wrong(m.Workbook, diag.M("%s has %s sheets; say which one: sheet:", m.Workbook.Text, strconv.Itoa(len(all))), diag.M("its sheets: %s", some(all)))
		return "", false
	}
	if slices.Contains(all, m.Sheet.Text) {
		return m.Sheet.Text, true
	}
	if at := slices.IndexFunc(all, func(s string) bool { return squeezed(s) == squeezed(m.Sheet.Text) }); at >= 0 {
		return all[at], true
	}
	m.wrong(m.Sheet, diag.M("%s has no sheet “%s”", m.Workbook.Text, m.Sheet.Text), near(m.Sheet.Text, all, diag.M("its sheets: %s", some(all))))
	return "", false
}

// near suggests the name that was meant, or else says something in its place.
func near(name string, known []string, otherwise diag.Message) diag.Message {
	if hints := nearest(name, known); len(hints) > 0 {
		return hints[0]
	}
	return otherwise
}

// value reads one single value in all its years, or one of a fixed table.
func (m *mapper) value(key diag.Excerpt, spots []valueSpot) {
	cells, f, label := m.target(key)
	if f == nil {
		return
	}
	if len(spots) > len(cells) {
		m.wrong(key, diag.M("%s values are given for “%s”, which is asked for %s years", strconv.Itoa(len(spots)), key.Text, strconv.Itoa(len(cells))))
		return
	}
	for back, spot := range spots {
		if a, ok := m.spot(spot, back, f); ok {
			*cells[back] = m.take(a, a.row, "", f, label(back))
		}
	}
}

// target finds what a name stands for: a field, or table[row].column.
func (m *mapper) target(key diag.Excerpt) (cells []*Cell, f *rubric.Field, label func(back int) string) {
	parts := pathForm.FindStringSubmatch(key.Text)
	var known []string
	for i := range m.s.r.Data {
		b := &m.s.r.Data[i].Value
		if parts != nil && parts[2] != "" && m.s.r.Data[i].Key.Text == parts[1] && b.IsTable() && !b.IsOpen() {
			t := m.ret.Tables[parts[1]]
			at, column := slices.Index(t.Keys, parts[2]), b.Column(parts[3])
			switch {
			case at < 0:
				m.s.unknown(diag.Excerpt{Text: parts[2], Pos: key.Pos}, t.Keys)
			case column == nil:
				m.s.unknown(diag.Excerpt{Text: parts[3], Pos: key.Pos}, columnNames(b))
			case !column.Entered():
				m.s.computed(key)
			default:
				for back := range t.Columns[parts[3]] {
					cells = append(cells, &t.Columns[parts[3]][back][at])
				}
				return cells, column, func(back int) string { return form.Path(parts[1], parts[2], parts[3], back) }
			}
			return nil, nil, nil
		}
		for j := range b.Fields {
			name, field := b.Fields[j].Key.Text, &b.Fields[j].Value
			known = append(known, name)
			if name != key.Text {
				continue
			}
			if !field.Entered() {
				m.s.computed(key)
				return nil, nil, nil
			}
			for back := range m.ret.Fields[name] {
				cells = append(cells, &m.ret.Fields[name][back])
			}
			return cells, field, func(back int) string { return form.Path("", "", name, back) }
		}
	}
	if !m.s.r.Spare[key.Text] {
		m.s.unknown(key, known)
	}
	return nil, nil, nil
}

func columnNames(b *rubric.Block) []string {
	names := b.KeyNames()
	for i := range b.Columns {
		if name := b.Columns[i].Key.Text; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// spot finds the cell of a single value.
func (m *mapper) spot(s valueSpot, back int, f *rubric.Field) (area, bool) {
	if s.Cell.Given() {
		a, ok := xlsx.ParseArea(s.Cell.Text)
		col, row := a.Col, a.Row
		if !ok {
			m.wrong(s.Cell, diag.M("“%s” is no cell", s.Cell.Text), diag.M("write its address, such as C5"))
			return area{}, false
		}
		return m.inUnit(area{sheet: m.g.sheet, col: col, row: row}, s.Unit, "", f, place{row, col})
	}
	at, ok := m.label(s.Label)
	if !ok {
		return area{}, false
	}
	_, said := headingParts(m.g.at(at.row, at.col))
	end := m.g.right(at.row, at.col)
	if s.Column.Given() {
		col, heading, ok := m.columnAbove(s.Column, at.row, back)
		_, more := headingParts(heading)
		if !ok {
			return area{}, false
		}
		return m.inUnit(area{sheet: m.g.sheet, col: col, row: at.row}, s.Unit, unitIn(append(said, more...), f), f, place{at.row, col})
	}
	unit := unitIn(said, f)
	var filled, figures []int
	for col := end + 1; col <= m.g.width(at.row); col++ {
		text := m.g.at(at.row, col)
		isFigure := strings.ContainsAny(text, "0123456789")
		switch {
		case text == "" || m.g.origin(at.row, col) != (place{at.row, col}):
		case isNumeric(f) && !isFigure && looksLikeUnit(text, f):
			unit = text // the unit beside its label
		case isNumeric(f) && isFigure:
			figures = append(figures, col)
			fallthrough
		default:
			filled = append(filled, col)
		}
	}
	if len(figures) > 0 {
		filled = figures
	}
	switch len(filled) {
	case 0:
		return area{sheet: m.g.sheet, col: end + 1, row: at.row}, true // nothing is filled in
	case 1:
		return m.inUnit(area{sheet: m.g.sheet, col: filled[0], row: at.row}, s.Unit, unit, f, place{at.row, filled[0]})
	}
	m.wrong(s.Label, diag.M("beside “%s” something stands at %s and at %s", s.Label.Text, m.g.name(place{at.row, filled[0]}), m.g.name(place{at.row, filled[1]})),
		diag.M("say which column: {label: …, column: C}, or the heading of the column"))
	return area{}, false
}

// label finds the one cell with a text.
func (m *mapper) label(e diag.Excerpt) (place, bool) {
	want := squeezed(e.Text)
	found := m.g.find(want)
	var known []string
	if len(found) == 0 {
		for _, at := range m.g.cells {
			bare := strings.TrimSuffix(m.g.text[at], ":")
			head, _ := headingParts(bare)
			if bare == want || strings.TrimSuffix(head, ":") == want {
				found = append(found, at)
			}
			if len([]rune(bare)) < 60 {
				known = append(known, bare, head)
			}
		}
	}
	switch len(found) {
	case 0:
		m.wrong(e, diag.M("the sheet %s has no cell “%s”", m.g.sheet, e.Text), near(want, known, diag.M("write the label as it stands there, or give the cell: {cell: C5}")))
	case 1:
		return found[0], true
	default:
		m.wrong(e, diag.M("“%s” stands at %s and at %s", e.Text, m.g.name(found[0]), m.g.name(found[1])), diag.M("give the cell instead: {cell: C5}"))
	}
	return place{}, false
}

// columnAbove finds the column of a label: by its letter, or by a heading above.
func (m *mapper) columnAbove(e diag.Excerpt, row, back int) (int, string, bool) {
	if letters.MatchString(e.Text) {
		a, ok := xlsx.ParseArea(e.Text + "1")
		if !ok {
			m.wrong(e, diag.M("“%s” is no column", e.Text), diag.M("write its letter, such as C"))
		}
		return a.Col, "", ok
	}
	want := squeezed(e.Text)
	var found []place
	var known []string
	for r := 1; r < row; r++ {
		for c := 1; c <= m.g.width(r); c++ {
			text := m.g.at(r, c)
			if head, parts := headingParts(text); text == want || head == want && len(parts) > 0 {
				found = append(found, place{r, c})
			}
			known = append(known, text)
		}
	}
	slices.SortFunc(found, func(a, b place) int { return a.col - b.col })
	found = slices.CompactFunc(found, func(a, b place) bool { return a.col == b.col })
	switch len(found) {
	case 0:
		m.wrong(e, diag.M("no heading “%s” stands above row %s of the sheet %s", e.Text, strconv.Itoa(row), m.g.sheet),
			near(want, known, diag.M("write it as it stands there, or the letter of the column")))
	case 1:
		return found[0].col, m.g.at(found[0].row, found[0].col), true
	default:
		m.wrong(e, diag.M("“%s” stands at %s and at %s", e.Text, m.g.name(found[0]), m.g.name(found[1])), diag.M("write the letter of the column"))
	}
	return 0, "", false
}
