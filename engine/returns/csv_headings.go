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

// column is what a heading stands for; an empty name is for no value.
type column struct {
	name string
	back int
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
			c.s.diags.Add(c.heading[0].pos.Pos(), 0, diag.M("the table has no column “%s”, which names its rows", k), diag.M("the first line of the file holds the names of the columns"))
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
			c.s.ret.Problems.Add(e.pos.Pos(), len([]rune(e.typed)), diag.M("the column “%s” stands here twice", strings.TrimSpace(e.typed)), diag.M("the first one is read"))
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
			c.s.ret.Problems.Warn(e.pos.Pos(), len([]rune(e.typed)), diag.M("“%s” is computed, so it can’t be submitted", name))
			return column{}, false
		}
		return c.meant(e, name, f, rest)
	}
	if c.s.r.Spare[c.name+"."+head] || c.isOfSet(i) {
		return column{}, false
	}
	c.s.ret.Problems.Warn(e.pos.Pos(), len([]rune(e.typed)), diag.M("the rubric asks for no “%s”; the column is not read", strings.TrimSpace(e.typed)), nearest(head, known)...)
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
		c.s.ret.Problems.Warn(e.pos.Pos(), len([]rune(e.typed)), diag.M("the rubric asks for no “%s”; the column is not read", strings.TrimSpace(e.typed)))
		return column{}, false
	}
	return col, true
}

func (c *csvReader) otherUnit(e entry, unit string, f *rubric.Field) {
	c.s.ret.Problems.Add(e.pos.Pos(), len([]rune(e.typed)), diag.M("the unit is %s, not the one of the rubric, so the values are not read", unit), unitHint(f))
}

// unitHint says what to do about another unit than the declared one.
func unitHint(f *rubric.Field) diag.Message {
	if f.UnitText() != "" {
		return diag.M("convert the figures to %s", f.UnitText())
	}
	return diag.M("the rubric has no unit here; leave it out if the figures are the same")
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
