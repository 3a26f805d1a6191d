package returns

import (
	"regexp"
	"slices"
	"strconv"
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

// quick reads the value of a field if nothing has to be said of it.
func (c *csvReader) quick(cell *Cell, v csvValue, f *rubric.Field) bool {
	if c.book != nil || !quick(cell, v.typed, f) {
		return false
	}
	cell.Pos = diag.Pos{File: c.file, Line: int(v.line), Col: int(v.col)}
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

// fill reads the file as what it is.
func (c *csvReader) fill() diag.List {
	switch c.kind() {
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

// column is what a heading stands for; an empty name is for no value.
type column struct {
	name string
	back int
}

// table reads the rows of a table.
func (c *csvReader) table(b *rubric.Block) {
	u := c.understood(func(c *csvReader, u *understood) { u.columns, u.isTable = c.columns(b) })
	if !u.isTable {
		return
	}
	columns := u.columns
	t := NewTable(b)
	if b.IsOpen() {
		t = c.s.ret.newRows(b, len(c.ends))
	}
	c.s.ret.Tables[c.name] = t
	cells := make([][]Cell, len(columns)) // below each heading; nil for the name of a fixed row and what is no column of the table
	fields := make([]*rubric.Field, len(columns))
	names := make([]bool, len(columns))
	for i, col := range columns {
		if years, entered := t.Columns[col.name]; entered {
			cells[i], fields[i] = years[col.back], b.KeyField(col.name)
		}
		names[i] = col.name == b.Key[0].Text
	}
	seen := map[string]bool{}
	for line := range c.ends {
		row := c.row(line)
		row = row[:min(len(row), len(columns))]
		at, label := -1, ""
		if b.IsOpen() {
			at = line
		}
		for i, v := range row {
			if !names[i] {
				continue
			}
			if label = strings.TrimSpace(v.typed); !b.IsOpen() {
				at = c.fixedRow(t, v, label, seen)
			}
		}
		if at < 0 {
			continue
		}
		for i, v := range row {
			if cells[i] == nil {
				continue
			}
			if cell := &cells[i][at]; !c.quick(cell, v, fields[i]) {
				*cell = c.take(v, fields[i], form.Path(c.name, label, columns[i].name, columns[i].back))
			}
		}
		c.remarks(u.remarked, b, t, row, at, label)
	}
	if b.IsOpen() {
		t.nameRows(c.name, b, &c.s.ret.Problems)
	}
}

// fixedRow is the row of a fixed table that a line is for, or -1.
func (c *csvReader) fixedRow(t *Table, v csvValue, label string, seen map[string]bool) int {
	at := slices.Index(t.Keys, label)
	switch {
	case at < 0:
		c.s.ret.Problems.Add(c.entry(v).pos, len([]rune(label)), diag.M("table %s has no row “%s”", c.name, label), nearest(label, t.Keys)...)
	case seen[label]:
		c.s.ret.Problems.Add(c.entry(v).pos, len([]rune(label)), diag.M("the row “%s” stands here twice", label), diag.M("the first one is read"))
		at = -1
	}
	seen[label] = true
	return at
}

// remarks keeps what is said of a row.
func (c *csvReader) remarks(remarked []int, b *rubric.Block, t *Table, row []csvValue, at int, key string) {
	for _, i := range remarked {
		if i >= len(row) || strings.TrimSpace(row[i].typed) == "" {
			continue
		}
		if b.IsOpen() {
			key, _, _ = t.keyOf(b, at)
		}
		c.s.ret.remark(form.RowPath(c.name, key), c.entry(row[i]))
	}
}

// columns understands the headings. Without the columns that name a row the file
// is no table.
func (c *csvReader) columns(b *rubric.Block) ([]column, bool) {
	names := map[string]*rubric.Field{}
	var order, known []string
	for _, k := range b.KeyNames() {
		order, names[k] = append(order, k), b.KeyField(k)
	}
	for i := range b.Columns {
		name := b.Columns[i].Key.Text
		if names[name] == nil {
			order = append(order, name)
		}
		names[name] = &b.Columns[i].Value
	}
	for _, name := range order {
		if names[name].Entered() {
			known = append(known, form.FieldLabel(name, names[name]))
		}
	}
	out := c.named(order, names, known)
	for _, k := range b.KeyNames() {
		if !slices.Contains(out, column{name: k}) {
			c.s.diags.Add(c.heading[0].pos, 0, diag.M("the table has no column “%s”, which names its rows", k), diag.M("the first line of the file holds the names of the columns"))
			return nil, false
		}
	}
	return out, true
}

// named finds what each heading stands for.
func (c *csvReader) named(order []string, names map[string]*rubric.Field, known []string) []column {
	seen := map[column]bool{}
	out := make([]column, len(c.heading))
	for i, e := range c.heading {
		col, ok := c.column(i, order, names, known)
		switch {
		case !ok:
			continue
		case seen[col]:
			c.s.ret.Problems.Add(e.pos, len([]rune(e.typed)), diag.M("the column “%s” stands here twice", strings.TrimSpace(e.typed)), diag.M("the first one is read"))
			continue
		}
		out[i], seen[col] = col, true
	}
	return out
}

// column understands one heading: 教师数, 教师数.上年, 面积（㎡）, 面积（㎡，上年）.
func (c *csvReader) column(i int, order []string, names map[string]*rubric.Field, known []string) (column, bool) {
	e := c.heading[i]
	text := squeezed(e.typed)
	if text == "" || ignored[text] {
		return column{}, false
	}
	head, parts := headingParts(text)
	for _, name := range order {
		f, rest := names[name], parts
		label := squeezed(form.FieldLabel(name, f))
		switch {
		case text == squeezed(name) || text == label:
			rest = nil
		case head != squeezed(name) && head != label:
			continue
		}
		if !f.Entered() {
			c.s.ret.Problems.Warn(e.pos, len([]rune(e.typed)), diag.M("“%s” is computed, so it can’t be submitted", name))
			return column{}, false
		}
		return c.meant(e, name, f, rest)
	}
	if c.s.r.Spare[c.name+"."+head] || c.isOfSet(i) {
		return column{}, false
	}
	c.s.ret.Problems.Warn(e.pos, len([]rune(e.typed)), diag.M("the rubric asks for no “%s”; the column is not read", strings.TrimSpace(e.typed)), nearest(head, known)...)
	return column{}, false
}

// meant reads what a heading says beside the name: the year and the unit.
func (c *csvReader) meant(e entry, name string, f *rubric.Field, parts []string) (column, bool) {
	col := column{name: name}
	for _, p := range parts {
		if back, ok := yearBack(p); ok {
			col.back = back
		} else if !sameUnit(p, f) {
			c.otherUnit(e, p, f)
			return column{}, false
		}
	}
	if col.back >= f.YearCount() {
		c.s.ret.Problems.Warn(e.pos, len([]rune(e.typed)), diag.M("the rubric asks for no “%s”; the column is not read", strings.TrimSpace(e.typed)))
		return column{}, false
	}
	return col, true
}

func (c *csvReader) otherUnit(e entry, unit string, f *rubric.Field) {
	c.s.ret.Problems.Add(e.pos, len([]rune(e.typed)), diag.M("the unit is %s, not the one of the rubric, so the values are not read", unit), unitHint(f))
}

// unitHint says what to do about another unit than the declared one.
func unitHint(f *rubric.Field) diag.Message {
	if f.UnitText() != "" {
		return diag.M("convert the figures to %s", f.UnitText())
	}
	return diag.M("the rubric has no unit here; leave it out if the figures are the same")
}

// values reads single values: 名称, 本年, 上年, one a line.
func (c *csvReader) values() {
	nameAt, unitAt := -1, -1
	back := map[int]int{}
	for i, e := range c.heading {
		text := squeezed(e.typed)
		year, isYear := yearBack(text)
		switch {
		case c.isOfSet(i):
		case nameAt < 0 && (text == "名称" || text == "指标"):
			nameAt = i
		case text == "单位":
			unitAt = i
		case isYear:
			back[i] = year
		case text != "" && !ignored[text]:
			c.s.ret.Problems.Warn(e.pos, len([]rune(e.typed)), diag.M("the rubric asks for no “%s”; the column is not read", strings.TrimSpace(e.typed)), nearest(text, []string{"名称", "单位", "本年", "上年"})...)
		}
	}
	if nameAt < 0 || len(back) == 0 {
		c.s.diags.Add(c.heading[0].pos, 0, diag.M("a file of single values has the columns 名称 and 本年, and 上年 where it is asked for"))
		return
	}
	seen := map[string]bool{}
	for line := range c.ends {
		row := c.entries(c.row(line))
		if nameAt >= len(row) || squeezed(row[nameAt].typed) == "" {
			continue
		}
		name, f := c.single(row[nameAt])
		if f == nil {
			continue
		}
		if seen[name] {
			c.s.ret.Problems.Add(row[nameAt].pos, len([]rune(name)), diag.M("the row “%s” stands here twice", name), diag.M("the first one is read"))
			continue
		}
		seen[name] = true
		if unitAt >= 0 && unitAt < len(row) {
			if unit := squeezed(row[unitAt].typed); unit != "" && !sameUnit(unit, f) {
				c.otherUnit(row[unitAt], unit, f)
				continue
			}
		}
		for i, e := range row {
			y, isYear := back[i]
			switch {
			case i < len(c.heading) && squeezed(c.heading[i].typed) == remarkColumn:
				c.s.ret.remark(name, e)
			case !isYear:
			case y < f.YearCount():
				c.s.ret.Fields[name][y] = understand(e, f, form.Path("", "", name, y), &c.s.ret.Problems)
			case strings.TrimSpace(e.typed) != "":
				c.s.ret.Problems.Warn(e.pos, 0, diag.M("“%s” is asked for %s years; this value is not read", name, strconv.Itoa(f.YearCount())))
			}
		}
	}
}

// single finds the single value that a line is for.
func (c *csvReader) single(e entry) (string, *rubric.Field) {
	text := squeezed(e.typed)
	head, parts := headingParts(text)
	var known []string
	for i := range c.s.r.Data {
		fields := c.s.r.Data[i].Value.Fields
		for j := range fields {
			name, f := fields[j].Key.Text, &fields[j].Value
			label := squeezed(form.FieldLabel(name, f))
			exact := text == squeezed(name) || text == label
			switch {
			case !exact && head != squeezed(name) && head != label:
				known = append(known, name)
				continue
			case !f.Entered():
				c.s.ret.Problems.Warn(e.pos, len([]rune(e.typed)), diag.M("“%s” is computed, so it can’t be submitted", name))
				return "", nil
			case exact:
				return name, f
			}
			for _, p := range parts {
				if !sameUnit(p, f) {
					c.otherUnit(e, p, f)
					return "", nil
				}
			}
			return name, f
		}
	}
	if near := diag.Nearest(head, known); !c.s.several || near != "" && !c.s.isElsewhere(head) {
		c.s.ret.Problems.Warn(e.pos, len([]rune(e.typed)), diag.M("the rubric asks for no “%s”", strings.TrimSpace(e.typed)), nearest(head, known)...)
	} else if !c.s.r.Spare[head] {
		c.s.others = append(c.s.others, diag.Excerpt{Text: strings.TrimSpace(e.typed), Pos: e.pos})
	}
	return "", nil
}

func nearest(name string, known []string) []diag.Message {
	if near := diag.Nearest(name, known); near != "" {
		return []diag.Message{diag.M("did you mean “%s”?", near)}
	}
	return nil
}

// remarkColumn is the heading of remarks, which may give reasons.
const remarkColumn = "备注"

// ignored are columns that the form has, too, and nobody scores.
var ignored = map[string]bool{"填报口径": true, "数据来源": true, remarkColumn: true, "序号": true}

// squeezed folds the ways in which a heading may be typed: wide and traditional
// characters, spaces and line breaks.
func squeezed(s string) string {
	return strings.ReplaceAll(simplified(fold(s)), " ", "")
}

var (
	inBrackets = regexp.MustCompile(`^(.+)\(([^()]+)\)$`)
	behindDot  = regexp.MustCompile(`^(.+)\.(本年|上年|前\d年)$`)
	yearsAgo   = regexp.MustCompile(`^(?:前(\d)年|(\d)年前)$`)
)

// headingParts divides 面积(㎡,上年) into the name and what is said of it.
func headingParts(text string) (head string, parts []string) {
	head = text
	for {
		if m := inBrackets.FindStringSubmatch(head); m != nil {
			head, parts = m[1], append(parts, strings.FieldsFunc(m[2], func(r rune) bool { return strings.ContainsRune(",，、", r) })...)
		} else if m := behindDot.FindStringSubmatch(head); m != nil {
			head, parts = m[1], append(parts, m[2])
		} else {
			return head, parts
		}
	}
}

// yearBack reads 本年, 上年, 前2年 or 2年前.
func yearBack(text string) (int, bool) {
	switch text {
	case "本年":
		return 0, true
	case "上年":
		return 1, true
	}
	m := yearsAgo.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	n, _ := strconv.Atoi(m[1] + m[2]) // one of them is a digit
	return n, true
}

// unitSigns are the ways to write one unit.
var unitSigns = strings.NewReplacer("㎡", "m2", "m²", "m2", "平方米", "m2")

func sameUnit(unit string, f *rubric.Field) bool {
	return unitSigns.Replace(unit) == unitSigns.Replace(squeezed(f.UnitText()))
}
