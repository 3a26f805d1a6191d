package returns

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
)

// singles names the CSV file for single values of any group.
const singles = "单值"

// csvReader puts a CSV file into a return.
type csvReader struct {
	*csvTable
	s    setter      // knows which names belong to other rubrics
	book *bookReader // of a sheet
	in   whole       // the file, as origins have it
}

// entry is what stands in a place.
func (c *csvReader) entry(v csvValue) entry {
	if c.book != nil {
		return c.book.read(c.sheet, int(v.col), int(v.line))
	}
	return c.csvTable.entry(v)
}

func (c *csvReader) entries(values []csvValue) []entry {
	out := make([]entry, len(values))
	for i, v := range values {
		out[i] = c.entry(v)
	}
	return out
}

// quick reads a value if it is plain, so that nothing has to be said of it.
func (c *csvReader) quick(cell *Cell, v csvValue, p *plainValues) bool {
	if c.book != nil || !p.take(cell, v.typed) {
		return false
	}
	cell.Origin = Origin{c.in, v.line, v.col}
	return true
}

// take reads the value of a field.
func (c *csvReader) take(v csvValue, f *rubric.Field, label string) Cell {
	if c.book != nil {
		return c.book.take(area{sheet: c.sheet, col: int(v.col)}, int(v.line), "", f, label)
	}
	return understand(c.entry(v), f, label, &c.s.ret.Problems)
}

// tableKind is what a CSV file is for a rubric.
type tableKind uint8

const (
	unknownTable tableKind = iota
	blockTable
	singleValues // one a line
	unitValues   // of a set: one a column
	judgedValues
	claimedValues
)

// kind is what the file is. Of a set it is found out once for all units.
func (c *csvReader) kind() tableKind {
	if c.of == nil {
		return c.findKind()
	}
	c.of.lock.Lock()
	defer c.of.lock.Unlock()
	kind, known := c.of.kinds[c.s.r]
	if !known {
		if c.of.kinds == nil {
			c.of.kinds = map[*rubric.Rubric]tableKind{}
		}
		kind = c.findKind()
		c.of.kinds[c.s.r] = kind
	}
	return kind
}

// findKind finds it out by the name and the headings.
func (c *csvReader) findKind() tableKind {
	switch b := c.block(); {
	case b != nil && b.IsTable():
		return blockTable
	case b != nil:
		return c.valuesKind()
	case c.name == singles:
		return c.valuesKind()
	case slices.Contains(judgedFiles, c.name):
		return judgedValues
	case isClaimedFile(c.name):
		return claimedValues
	case c.of != nil && !c.s.r.Spare[c.name] && c.hasFields():
		return unitValues
	}
	return unknownTable
}

// block is the table or group that the file is named after, or nil.
func (c *csvReader) block() *rubric.Block {
	for i := range c.s.r.Data {
		if b := &c.s.r.Data[i].Value; c.s.r.Data[i].Key.Text == c.name && !b.IsView() {
			return b
		}
	}
	return nil
}

// divide divides all lines of a unit into values, which stay. Where a line can't be
// divided, nothing else is told.
func (c *csvReader) divide() (ok bool) {
	if c.pieces == nil {
		return true
	}
	whole, wrong := c.divided()
	if wrong.HasErrors() {
		c.s.diags = wrong
		return false
	}
	c.csvTable = whole
	return true
}

// fill reads the file as what it is.
func (c *csvReader) fill() diag.List {
	c.in = wholeOf(c.file, c.sheet)
	kind := c.kind()
	if kind != blockTable && !c.divide() { // a table looks at its lines one by one
		return c.s.diags
	}
	switch kind {
	case blockTable:
		c.table(c.block())
	case singleValues:
		c.values()
	case unitValues:
		c.unitValues()
	case judgedValues:
		c.judged()
	case claimedValues:
		c.claims()
	default:
		c.unknown()
	}
	return c.s.diags
}

// unknown tells of a file that is no table of the rubric.
func (c *csvReader) unknown() {
	if c.s.r.Spare[c.name] {
		return
	}
	var known []string
	for i := range c.s.r.Data {
		if !c.s.r.Data[i].Value.IsView() {
			known = append(known, c.s.r.Data[i].Key.Text)
		}
	}
	at := diag.Pos{File: c.file}
	if near := diag.Nearest(c.name, known); c.s.several && (near == "" || c.s.isElsewhere(c.name)) {
		c.s.ret.Problems = append(c.s.ret.Problems, diag.Diagnostic{Severity: diag.Note, Pos: at,
			Message: diag.M("the rubric has no table “%s”; the file is not read", c.name)})
	} else if near != "" {
		c.s.diags.Add(at, 0, diag.M("the rubric has no table “%s”", c.name), diag.M("did you mean “%s”?", near))
	} else {
		c.s.diags.Add(at, 0, diag.M("the rubric has no table “%s”", c.name), diag.M("its tables: %s", strings.Join(append(known, singles), " ")))
	}
}

// table reads the rows of a table.
func (c *csvReader) table(b *rubric.Block) {
	u := c.understood(func(c *csvReader, u *understood) {
		if u.columns, u.isTable = c.columns(b); u.isTable {
			u.plan(b)
		}
	})
	switch {
	case !u.isTable:
		c.divide() // tells of lines that can't be
		return
	case len(u.covers) > 0:
		if !c.divide() {
			return
		}
		c.cover(u.covers)
	}
	isOpen := b.IsOpen()
	var t *Table
	if isOpen {
		t = c.s.ret.newRows(b, c.mostLines(), &u.rooms)
	} else {
		t = NewTable(b)
	}
	cells := make([][]Cell, len(u.columns)) // below each heading; nil for the name of a fixed row and what is no column of the table
	for i, col := range u.columns {
		if u.fields[i] != nil {
			cells[i] = t.Columns[col.name][col.back]
		}
	}
	seen := map[string]bool{} // fixed rows
	var plain *plainRows
	if u.line != nil {
		plain = &plainRows{plainLine: u.line, cells: cells, in: c.in}
	}
	lines, wrong := c.each(plain, func(line int, row []csvValue) {
		row = row[:min(len(row), len(u.columns))]
		at := line
		if !isOpen {
			if at = c.fixedRow(t, row, u.nameAt, seen); at < 0 {
				return
			}
		}
		for i, v := range row {
			if cells[i] == nil {
				continue
			}
			if cell := &cells[i][at]; !c.quick(cell, v, &u.plain[i]) {
				*cell = c.take(v, u.fields[i], form.Path(c.name, trimmed(row, u.nameAt), u.columns[i].name, u.columns[i].back))
			}
		}
		if isOpen && len(row) < u.shortest {
			c.unnamed(b, t, row, line)
		}
		c.remarks(u, b, t, row, at)
	})
	if wrong.HasErrors() {
		c.s.diags = wrong
		return
	}
	c.s.ret.Tables[c.name] = t
	if isOpen {
		t.shorten(lines)
		t.nameRows(c.name, b, &c.s.ret.Problems)
	}
}

// plan finds out what each line of a table is read as.
func (u *understood) plan(b *rubric.Block) {
	entries := b.Entries()
	u.fields, u.plain = make([]*rubric.Field, len(u.columns)), make([]plainValues, len(u.columns))
	for i, col := range u.columns {
		if slices.Contains(entries, col.name) && (b.IsOpen() || b.Column(col.name) != nil) {
			u.fields[i] = b.KeyField(col.name)
			u.plain[i] = plainOf(u.fields[i])
		}
	}
	for _, k := range b.KeyNames() {
		u.shortest = max(u.shortest, 1+slices.Index(u.columns, column{name: k}))
	}
	u.nameAt = slices.Index(u.columns, column{name: b.Key[0].Text})
	if b.IsOpen() {
		u.line = u.plainLine()
	}
}

// trimmed is what stands in a column of a line, or "" where the line is too short.
func trimmed(row []csvValue, column int) string {
	if column >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[column].typed)
}

// unnamed gives the names that a line is too short for the place of the line, so that
// what is missing can be told.
func (c *csvReader) unnamed(b *rubric.Block, t *Table, row []csvValue, at int) {
	for i := range b.Key {
		if cell := &t.Columns[b.Key[i].Text][0][at]; cell.Origin.IsZero() && len(row) > 0 {
			cell.Origin = c.entry(row[0]).pos
		}
	}
}

// fixedRow is the row of a fixed table that a line is for, or -1.
func (c *csvReader) fixedRow(t *Table, row []csvValue, nameAt int, seen map[string]bool) int {
	if nameAt >= len(row) {
		return -1
	}
	label := trimmed(row, nameAt)
	at := slices.Index(t.Keys, label)
	switch {
	case at < 0:
		c.s.ret.Problems.Add(c.entry(row[nameAt]).pos.Pos(), len([]rune(label)), diag.M("table %s has no row “%s”", c.name, label), nearest(label, t.Keys)...)
	case seen[label]:
		c.s.ret.Problems.Add(c.entry(row[nameAt]).pos.Pos(), len([]rune(label)), diag.M("the row “%s” stands here twice", label), diag.M("the first one is read"))
		at = -1
	}
	seen[label] = true
	return at
}

// remarks keeps what is said of a row.
func (c *csvReader) remarks(u *understood, b *rubric.Block, t *Table, row []csvValue, at int) {
	for _, i := range u.remarked {
		if i >= len(row) || isBlank(row[i].typed) {
			continue
		}
		key := trimmed(row, u.nameAt)
		if b.IsOpen() {
			key, _, _ = keyOf(t.names(b), at)
		}
		c.s.ret.remark(form.RowPath(c.name, key), c.entry(row[i]))
	}
}
