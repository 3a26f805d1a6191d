package returns

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// mapped is a column of the table in its years.
type mapped struct {
	name  string
	field *rubric.Field
	years []area // by years back
	fixed source.Node
	isKey bool
}

// table reads the rows of a table.
func (m *mapper) table() {
	var known []string
	for i := range m.s.r.Data {
		if b := &m.s.r.Data[i].Value; b.IsTable() {
			if m.s.r.Data[i].Key.Text == m.Table.Text {
				m.block(b)
				return
			}
			known = append(known, m.s.r.Data[i].Key.Text)
		}
	}
	if !m.s.r.Spare[m.Table.Text] {
		m.s.unknown(m.Table, known)
	}
}

func (m *mapper) block(b *rubric.Block) {
	before := len(m.s.diags)
	columns := m.columns(b)
	for _, key := range b.KeyNames() {
		if !slices.ContainsFunc(columns, func(c mapped) bool { return c.name == key }) {
			if len(m.s.diags) == before {
				m.wrong(m.Table, diag.M("columns: lacks “%s”, which names the rows", key))
			}
			return
		}
	}
	t := NewTable(b)
	m.ret.Tables[m.Table.Text] = t
	used := map[int]string{} // rows of a fixed table
	for _, row := range m.dataRows(columns) {
		label, at := "", -1
		for _, c := range columns {
			if c.name == b.Key[0].Text && len(c.years) > 0 {
				label = strings.TrimSpace(m.read(m.g.sheet, c.years[0].col, row).typed)
			}
		}
		if b.IsOpen() {
			at = t.addRow()
		} else if at = m.fixedRow(t, label, row, columns[0], used); at < 0 {
			continue
		}
		for _, c := range columns {
			years, entered := t.Columns[c.name]
			if !entered {
				continue // the name of a fixed row
			}
			if len(c.years) == 0 {
				years[0][at] = understand(scalarEntry(c.fixed), c.field, form.Path(m.Table.Text, label, c.name, 0), &m.ret.Problems)
			}
			for back, a := range c.years {
				if a.col > 0 {
					years[back][at] = m.take(a, row, "", c.field, form.Path(m.Table.Text, label, c.name, back))
				}
			}
		}
	}
	if b.IsOpen() {
		t.nameRows(m.Table.Text, b, &m.ret.Problems)
	}
}

// fixedRow finds the row of a fixed table that a row of the sheet is for.
func (m *mapper) fixedRow(t *Table, label string, row int, first mapped, used map[int]string) int {
	pos := diag.Pos{File: m.file, Sheet: m.g.sheet, Cell: cellName(row, max(first.col(), 1))}
	key, known := rowKey(t.Keys, label)
	at := slices.Index(t.Keys, key)
	switch {
	case !known:
		m.ret.Problems.Warn(pos, 0, diag.M("table %s has no row “%s”", m.Table.Text, label), nearest(label, t.Keys)...)
		return -1
	case used[at] != "":
		m.ret.Problems.Add(pos, 0, diag.M("the row “%s” stands here twice", label), diag.M("the first one is read"))
		return -1
	}
	used[at] = label
	return at
}

func (c mapped) col() int {
	if len(c.years) == 0 {
		return 0
	}
	return c.years[0].col
}

// columns finds the columns that the mapping names. Mistakes in it are reported.
func (m *mapper) columns(b *rubric.Block) []mapped {
	var out []mapped
	declared := func(key diag.Excerpt) *rubric.Field {
		isKey := slices.Contains(b.KeyNames(), key.Text)
		f := b.Column(key.Text)
		switch {
		case f != nil && !f.Entered():
			m.s.computed(key)
			return nil
		case f == nil && isKey:
			return b.KeyField(key.Text)
		case f == nil && !m.s.r.Spare[m.Table.Text+"."+key.Text]:
			m.s.unknown(key, columnNames(b))
		}
		return f
	}
	for _, c := range m.Columns {
		f := declared(c.Key)
		if f == nil {
			continue
		}
		if len(c.Value) > f.YearCount() {
			m.wrong(c.Key, diag.M("%s values are given for “%s”, which is asked for %s years", strconv.Itoa(len(c.Value)), c.Key.Text, strconv.Itoa(f.YearCount())))
			continue
		}
		col := mapped{name: c.Key.Text, field: f, isKey: slices.Contains(b.KeyNames(), c.Key.Text)}
		for back, spot := range c.Value {
			a, ok := m.column(spot, back, f)
			if !ok {
				a.col = 0
			}
			col.years = append(col.years, a)
		}
		out = append(out, col)
	}
	for _, c := range m.Fixed {
		switch f := declared(c.Key); {
		case f == nil:
		case slices.ContainsFunc(out, func(other mapped) bool { return other.name == c.Key.Text }):
			m.wrong(c.Key, diag.M("“%s” stands in columns: and in fixed:", c.Key.Text), diag.M("leave one of them out"))
		default:
			out = append(out, mapped{name: c.Key.Text, field: f, fixed: c.Value, isKey: slices.Contains(b.KeyNames(), c.Key.Text)})
		}
	}
	return out
}

// dataRows are the rows that belong to the table. Others are passed over, and that
// is told: empty ones, totals, remarks below the table.
func (m *mapper) dataRows(columns []mapped) []int {
	last := m.g.height
	if m.data.to > 0 {
		last = min(last, m.data.to)
	}
	var kept, empty, totals []string
	var rows []int
	onlyNamed := map[int]bool{}
	for row := m.data.from; row <= last; row++ {
		filled, figures := false, false
		for _, c := range columns {
			for _, a := range c.years {
				text := a.col > 0 && m.g.at(row, a.col) != "" && m.g.origin(row, a.col).row >= m.data.from
				filled, figures = filled || text, figures || text && !c.isKey
			}
		}
		switch {
		case m.isTotal(row, columns):
			totals = append(totals, strconv.Itoa(row))
		case !filled:
			empty = append(empty, strconv.Itoa(row))
		default:
			onlyNamed[row] = !figures
			rows = append(rows, row)
			kept = empty // those above
		}
	}
	if m.data.to == 0 && slices.ContainsFunc(columns, func(c mapped) bool { return !c.isKey && len(c.years) > 0 }) {
		for len(rows) > 0 && onlyNamed[rows[len(rows)-1]] {
			m.remark(rows[len(rows)-1], columns)
			rows = rows[:len(rows)-1]
		}
	}
	at := diag.Pos{File: m.file, Sheet: m.g.sheet}
	note := func(message diag.Message) {
		m.ret.Problems = append(m.ret.Problems, diag.Diagnostic{Severity: diag.Note, Pos: at, Message: message})
	}
	if len(kept) > 0 {
		note(diag.M("rows without values are passed over: %s", some(kept)))
	}
	if len(totals) > 0 {
		note(diag.M("rows with totals are not read: %s", some(totals)))
	}
	if len(rows) == 0 {
		m.ret.Problems.Warn(at, 0, diag.M("no row of the sheet belongs to the table %s", m.Table.Text), diag.M("check heading: and rows:"))
	}
	return rows
}

// isTotal tells a row that sums up others by its first text or by what names it.
func (m *mapper) isTotal(row int, columns []mapped) bool {
	var names []string
	for col := 1; col <= m.g.width(row) && len(names) == 0; col++ {
		if text := m.g.at(row, col); text != "" {
			names = append(names, text)
		}
	}
	for _, c := range columns {
		if c.isKey && c.col() > 0 {
			names = append(names, m.g.at(row, c.col()))
		}
	}
	return slices.ContainsFunc(names, func(name string) bool {
		name = strings.TrimSuffix(name, ":")
		return slices.ContainsFunc([]string{"合计", "总计", "小计", "共计"}, func(total string) bool { return strings.HasSuffix(name, total) })
	})
}

// remark warns of a last row that has a name and nothing else.
func (m *mapper) remark(row int, columns []mapped) {
	for _, c := range columns {
		if !c.isKey || c.col() == 0 {
			continue
		}
		e := m.read(m.g.sheet, c.col(), row)
		if e.typed == "" {
			continue
		}
		m.ret.Problems.Warn(e.pos.Pos(), 0, diag.M("the last row is not read, for nothing but “%s” stands in it", strings.TrimSpace(e.typed)),
			diag.M("if it belongs to the table, write rows: %s", strconv.Itoa(m.data.from)+"-"+strconv.Itoa(row)))
		return
	}
}
