package returns

import (
	"regexp"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/source"
)

// fromEntry is one entry of from: a file, or a mapping.
type fromEntry struct {
	file    diag.Excerpt
	mapping *mapping
}

// mapping says which cells of a workbook are which values: the columns of a table,
// or single values.
type mapping struct {
	Pos      diag.Pos
	Workbook diag.Excerpt               `yaml:"workbook"`
	Sheet    diag.Excerpt               `yaml:"sheet"`
	Table    diag.Excerpt               `yaml:"table"`
	Heading  diag.Excerpt               `yaml:"heading"` // its rows: 2 or 2-3; 1
	Rows     diag.Excerpt               `yaml:"rows"`    // of the data: 4-60 or 4-
	Columns  source.Keyed[[]columnSpot] `yaml:"columns"` // by name: this year's, last year's, …
	Fixed    source.Keyed[source.Node]  `yaml:"fixed"`   // columns with one value in all rows
	Values   source.Keyed[[]valueSpot]  `yaml:"values"`

	heading, data span
}

// columnSpot is a column by its heading or its letter.
type columnSpot struct {
	Pos     diag.Pos
	Heading diag.Excerpt `yaml:"heading"`
	Column  diag.Excerpt `yaml:"column"`
	Unit    diag.Excerpt `yaml:"unit"` // of the figures, where the heading doesn't say it
}

// valueSpot is a cell by its address, or by the label to its left.
type valueSpot struct {
	Pos    diag.Pos
	Cell   diag.Excerpt `yaml:"cell"`
	Label  diag.Excerpt `yaml:"label"`
	Column diag.Excerpt `yaml:"column"` // of a label: a letter or a heading
	Unit   diag.Excerpt `yaml:"unit"`
}

// span is some rows; to is 0 where they go on to the end.
type span struct{ from, to int }

// DecodeNode reads a name or a mapping.
func (e *fromEntry) DecodeNode(n source.Node) diag.List {
	if n.Kind != source.Map {
		return source.Decode(n, &e.file)
	}
	e.mapping = &mapping{}
	diags := source.Decode(n, e.mapping)
	return append(diags, e.mapping.check()...)
}

// DecodeNode reads a heading alone, or a block.
func (s *columnSpot) DecodeNode(n source.Node) diag.List {
	if n.Kind == source.Scalar {
		s.Pos, s.Heading = n.Pos, n.Text
		return nil
	}
	type plain columnSpot
	diags := source.Decode(n, (*plain)(s))
	switch {
	case diags.HasErrors():
	case s.Heading.Given() == s.Column.Given():
		diags.Add(n.Pos, 1, diag.M("give a column by its heading: or by its letter, column:"))
	case s.Column.Given() && !letters.MatchString(s.Column.Text):
		diags.Add(s.Column.Pos, len([]rune(s.Column.Text)), diag.M("“%s” is no column", s.Column.Text), diag.M("write its letter, such as C"))
	}
	return diags
}

// DecodeNode reads an address or a label alone, or a block.
func (s *valueSpot) DecodeNode(n source.Node) diag.List {
	if n.Kind == source.Scalar {
		s.Pos = n.Pos
		if s.Label = n.Text; address.MatchString(n.Text.Text) {
			s.Cell, s.Label = n.Text, diag.Excerpt{}
		}
		return nil
	}
	type plain valueSpot
	diags := source.Decode(n, (*plain)(s))
	switch {
	case diags.HasErrors():
	case s.Cell.Given() == s.Label.Given():
		diags.Add(n.Pos, 1, diag.M("give a value by its cell: or by the label: beside it"))
	case s.Cell.Given() && !address.MatchString(s.Cell.Text):
		diags.Add(s.Cell.Pos, len([]rune(s.Cell.Text)), diag.M("“%s” is no cell", s.Cell.Text), diag.M("write its address, such as C5"))
	case s.Cell.Given() && s.Column.Given():
		diags.Add(s.Column.Pos, 1, diag.M("column: belongs to label:, a cell: needs none"))
	}
	return diags
}

var (
	letters  = regexp.MustCompile(`^[A-Z]{1,3}$`)
	address  = regexp.MustCompile(`^[A-Z]{1,3}[1-9][0-9]{0,6}$`)
	someRows = regexp.MustCompile(`^([1-9][0-9]{0,6}) *(?:([-–~]) *([1-9][0-9]{0,6})?)?$`)
)

// check finds what is wrong with a mapping whatever the rubric and the workbook.
func (m *mapping) check() diag.List {
	var diags diag.List
	if !m.Workbook.Given() {
		diags.Add(m.Pos, 1, diag.M("workbook: is missing, the file with the figures"), diag.M("for example %s", "{workbook: a.xlsx, sheet: …, table: …, columns: {…}}"))
	}
	switch {
	case m.Table.Given() == (len(m.Values) > 0):
		diags.Add(m.Pos, 1, diag.M("say what is read: a table: with its columns:, or single values:"))
	case m.Table.Given() && len(m.Columns) == 0:
		diags.Add(m.Table.Pos, len([]rune(m.Table.Text)), diag.M("columns: is missing: which heading is which column of %s", m.Table.Text))
	case !m.Table.Given():
		for key, at := range map[string]diag.Pos{"columns": firstKey(m.Columns), "fixed": firstKey(m.Fixed), "heading": m.Heading.Pos, "rows": m.Rows.Pos} {
			if !at.IsZero() {
				diags.Add(at, 1, diag.M("%s: belongs to a table:", key))
			}
		}
	}
	m.heading = span{1, 1}
	if m.Heading.Given() {
		m.heading = m.span(m.Heading, &diags)
		if m.heading.to == 0 {
			m.heading.to = m.heading.from
		}
		if m.heading.to-m.heading.from > 9 {
			diags.Add(m.Heading.Pos, len([]rune(m.Heading.Text)), diag.M("a heading has at most %s rows", "10"))
		}
	}
	m.data = span{m.heading.to + 1, 0}
	if m.Rows.Given() {
		m.data = m.span(m.Rows, &diags)
		if !strings.ContainsAny(m.Rows.Text, "-–~") {
			m.data.to = m.data.from
		}
	}
	return diags.Sorted()
}

func firstKey[T any](k source.Keyed[T]) diag.Pos {
	if len(k) == 0 {
		return diag.Pos{}
	}
	return k[0].Key.Pos
}

// span reads 2, 2-3 or 4-.
func (m *mapping) span(e diag.Excerpt, diags *diag.List) span {
	parts := someRows.FindStringSubmatch(strings.TrimSpace(e.Text))
	if parts == nil {
		diags.Add(e.Pos, len([]rune(e.Text)), diag.M("“%s” names no rows", e.Text), diag.M("write one row (2), some (2-3), or all from one on (4-)"))
		return span{1, 1}
	}
	from, _ := strconv.Atoi(parts[1]) // of digits
	to, _ := strconv.Atoi(parts[3])   // or 0
	if to > 0 && to < from {
		diags.Add(e.Pos, len([]rune(e.Text)), diag.M("“%s” names no rows", e.Text), diag.M("write the smaller number first"))
		return span{1, 1}
	}
	return span{from, to}
}
