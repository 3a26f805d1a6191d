package returns

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
)

// understood is what the headings of a table are for a rubric.
type understood struct {
	columns  []column
	fields   []*rubric.Field // by column; nil where no value of the rubric stands
	plain    []plainValues   // by column
	line     *plainLine      // of an open table of which lines may be plain
	isTable  bool
	nameAt   int            // of a table: the column that names a row,
	shortest int            // and how many values a line has at least that names its row
	remarked []int          // columns of remarks
	covers   map[int]string // columns of lines of the cover, beside name and code
	rooms    sync.Pool      // of tables that were given back

	problems, diags diag.List
}

// understood understands the headings, once for all units of a set, and tells what
// is wrong with them to each.
func (c *csvReader) understood(read func(c *csvReader, u *understood)) *understood {
	u := c.of.of(c.s.r, func() *understood {
		apart, u := *c, &understood{remarked: c.remarkColumns()}
		apart.s.ret, apart.s.diags = &Return{}, nil
		read(&apart, u)
		u.problems, u.diags = apart.s.ret.Problems, apart.s.diags
		if c.of != nil {
			u.covers = c.coverColumns(u.columns)
		}
		return u
	})
	c.s.ret.Problems, c.s.diags = append(c.s.ret.Problems, u.problems...), append(c.s.diags, u.diags...)
	return u
}

// of is what the headings are for a rubric. Of a file of one return it isn't kept.
func (t *setTable) of(r *rubric.Rubric, find func() *understood) *understood {
	if t == nil {
		return find()
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.known[r] == nil {
		if t.known == nil {
			t.known = map[*rubric.Rubric]*understood{}
		}
		t.known[r] = find()
	}
	return t.known[r]
}

func (c *csvReader) remarkColumns() (at []int) {
	for i, e := range c.heading {
		if squeezed(e.typed) == remarkColumn {
			at = append(at, i)
		}
	}
	return at
}

// isOfSet reports whether a column says whose row it is, or another line of the
// cover. A rubric that asks for it gets it all the same.
func (t *csvTable) isOfSet(column int) bool {
	if t.of == nil {
		return false
	}
	for _, at := range t.of.unitAt {
		if at == column {
			return true
		}
	}
	typed := t.heading[column].typed
	return coverLine(typed) != "" || slices.Contains(beside, headingWord(typed))
}

// coverColumns are the lines of the cover that stand in columns which the rubric
// doesn't ask for.
func (c *csvReader) coverColumns(columns []column) map[int]string {
	out := map[int]string{}
	for i, e := range c.heading {
		if line := coverLine(e.typed); line != "" && (i >= len(columns) || columns[i].name == "") {
			out[i] = line
		}
	}
	return out
}

// cover reads them. They are the same in all rows of a unit.
func (c *csvReader) cover(columns map[int]string) {
	if len(columns) == 0 {
		return
	}
	ret := c.s.ret
	for i := range c.heading {
		line := columns[i]
		if line == "" {
			continue
		}
		first := entry{}
		for at := range c.ends {
			row := c.row(at)
			if i >= len(row) || row[i].typed == first.typed || isBlank(row[i].typed) {
				continue
			}
			e := c.entry(row[i])
			if first.typed != "" && squeezed(e.typed) != squeezed(first.typed) {
				c.s.diags.Add(e.pos.Pos(), len([]rune(e.typed)), diag.M("the rows of one unit differ in “%s”: %s here, %s in %s", strings.TrimSpace(c.heading[i].typed), strings.TrimSpace(e.typed), strings.TrimSpace(first.typed), first.pos.Pos().String()),
					diag.M("keep each year in files of its own"))
				return
			}
			first = e
		}
		if first.typed == "" {
			continue
		}
		ret.CoverAt[line] = first.pos.Pos()
		if line == "year" {
			ret.year(first)
		} else {
			*ret.said(line) = strings.TrimSpace(first.typed)
		}
	}
}

// valuesKind tells a file with one value a line from one with one a column.
func (c *csvReader) valuesKind() tableKind {
	if c.of == nil {
		return singleValues
	}
	for _, e := range c.heading {
		if _, isYear := yearBack(squeezed(e.typed)); isYear {
			return singleValues
		}
	}
	return unitValues
}

// hasFields reports whether a heading names a single value of the rubric.
func (c *csvReader) hasFields() bool {
	names, order := c.fields()
	for i, e := range c.heading {
		head, _ := headingParts(squeezed(e.typed))
		for _, name := range order {
			if !c.isOfSet(i) && (head == squeezed(name) || head == squeezed(form.FieldLabel(name, names[name]))) {
				return true
			}
		}
	}
	return false
}

// fields are the single values of the rubric; of the group that the file is named
// after, if it is.
func (c *csvReader) fields() (map[string]*rubric.Field, []string) {
	names := map[string]*rubric.Field{}
	var order []string
	own := c.block()
	for i := range c.s.r.Data {
		b := &c.s.r.Data[i].Value
		if own != nil && b != own {
			continue
		}
		for j := range b.Fields {
			name := b.Fields[j].Key.Text
			order, names[name] = append(order, name), &b.Fields[j].Value
		}
	}
	return names, order
}

// unitValues reads single values, one a column, in the one row of a unit.
func (c *csvReader) unitValues() {
	u := c.understood(func(c *csvReader, u *understood) {
		names, order := c.fields()
		var known []string
		for _, name := range order {
			if names[name].Entered() {
				known = append(known, form.FieldLabel(name, names[name]))
			}
		}
		u.columns = c.named(order, names, known)
		u.fields, u.plain = make([]*rubric.Field, len(u.columns)), make([]plainValues, len(u.columns))
		for i, col := range u.columns {
			if f := names[col.name]; f != nil {
				u.fields[i], u.plain[i] = f, plainOf(f)
			}
		}
	})
	c.cover(u.covers)
	for at := range c.ends {
		row := c.row(at)
		if at > 0 {
			c.s.ret.Problems.Add(c.entry(row[0]).pos.Pos(), 0, diag.M("the unit has two rows here, in the lines %s and %s", strconv.Itoa(int(c.row(0)[0].line)), strconv.Itoa(int(row[0].line))), diag.M("the first one is read"))
			return
		}
		for i, v := range row[:min(len(row), len(u.columns))] {
			col, f := u.columns[i], u.fields[i]
			if f == nil {
				continue
			}
			if cell := &c.s.ret.Fields[col.name][col.back]; !c.quick(cell, v, &u.plain[i]) {
				*cell = c.take(v, f, form.Path("", "", col.name, col.back))
			}
		}
	}
}
