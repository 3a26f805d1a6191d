package form

import (
	"slices"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// CoverField is one line of the cover.
type CoverField struct {
	Key      string // of the return
	Name     string // defined name
	Label    diag.Message
	Required bool
}

// CoverFields are what every return says about itself.
var CoverFields = []CoverField{
	{"name", "_unit", diag.M("Unit"), true},
	{"code", "_code", diag.M("Division code"), false},
	{"year", YearName, diag.M("Year (calendar year of “this year”)"), true},
	{"period", "_period", diag.M("Period, where it isn’t that year"), false},
	{"filler", "_filler", diag.M("Filled in by"), false},
	{"reviewer", "_reviewer", diag.M("Reviewed by"), false},
	{"phone", "_phone", diag.M("Telephone"), false},
	{"date", "_date", diag.M("Date"), false},
}

// YearName is the defined name of the year's cell.
const YearName = "_year"

// Defined names of the columns of the sheet of judgements.
const (
	JudgedItem     = "_judged.item"
	JudgedAsk      = "_judged.ask"
	JudgedAnswer   = "_judged.answer"
	JudgedNote     = "_judged.note"
	JudgedEvidence = "_judged.evidence"
)

func cover() Sheet {
	s := Sheet{Kind: Cover, Name: diag.M("Cover"), Widths: []float64{34, 46}}
	for i, f := range CoverFields {
		s.add(Cell{Row: i + 1, Col: 1, Role: Label, Text: diag.P(f.Label)})
		s.add(Cell{Row: i + 1, Col: 2, Role: Entry, Target: Target{Cover: f.Key}, LeftAligned: true})
		s.Names = append(s.Names, Name{f.Name, i + 1, 2, 1})
	}
	return s
}

// group lays out single values, one a row: 指标 · 单位 · 本年 · 上年 · 填报口径 ·
// 数据来源 · 备注.
func group(name string, b *rubric.Block) Sheet {
	years := 1
	for _, f := range b.Fields {
		years = max(years, f.Value.YearCount())
	}
	s := Sheet{Kind: Group, Name: diag.Verbatim(name), Note: b.Note.Text, HeadRows: 1, Widths: []float64{32, 8}}
	s.heading(1, 1, diag.M("Indicator"))
	s.heading(1, 2, diag.M("Unit of measure"))
	for y := range years {
		s.heading(1, 3+y, YearHeading(y))
		s.Widths = append(s.Widths, 16)
	}
	for i, m := range []diag.Message{diag.M("How to count it"), diag.M("Source of the figure"), diag.M("Remark")} {
		s.heading(1, 3+years+i, m)
	}
	s.Widths = append(s.Widths, 40, 20, 16)
	for i := range b.Fields {
		field, row := b.Fields[i].Key.Text, i+2
		f := &b.Fields[i].Value
		s.add(Cell{Row: row, Col: 1, Role: Label, Text: diag.P(diag.Verbatim(FieldLabel(field, f)))})
		s.add(Cell{Row: row, Col: 2, Role: Unit, Text: diag.P(diag.Verbatim(f.UnitText()))})
		for y := range years {
			s.value(row, 3+y, Target{Field: field, Back: y}, f)
			if y < f.YearCount() {
				s.Names = append(s.Names, Name{NameOf("", field, y), row, 3 + y, 1})
			}
		}
		s.add(Cell{Row: row, Col: 3 + years, Role: Note, Text: counting(f)})
		s.add(Cell{Row: row, Col: 4 + years, Role: Note, Text: diag.P(diag.Verbatim(f.Source.Text))})
		s.add(Cell{Row: row, Col: 5 + years, Role: Remark, Target: Target{Field: field}})
	}
	s.Names = append(s.Names, Name{Remarks(name), 2, 5 + years, len(b.Fields)})
	return s
}

// table lays out a table: its rows down, its columns across, each with a cell for
// every year. How to count them stands below a fixed table, and above the rows of
// an open one, which may be longer than a page.
func table(name string, b *rubric.Block) Sheet {
	s := Sheet{Kind: Table, Name: diag.Verbatim(name), Note: b.Note.Text, HeadRows: 2, Open: b.IsOpen()}
	rows := len(b.Rows)
	if b.IsOpen() {
		rows = int(b.Room.Or(300))
	}
	s.Cells = make([]Cell, 0, (rows+2)*(len(b.Key)+len(b.Columns)+1))
	col := 1
	for _, key := range b.Key {
		if b.Column(key.Text) != nil {
			continue // a declared key column stands among the others
		}
		s.add(Cell{Row: 1, Col: col, Role: Heading, Text: diag.P(diag.Verbatim(key.Text)), Rows: 2})
		s.Widths = append(s.Widths, 22)
		s.Names = append(s.Names, Name{NameOf(name, key.Text, 0), 3, col, rows})
		if b.IsOpen() {
			s.values(col, rows, Target{Table: name, Field: key.Text}, b.KeyField(key.Text))
		}
		for r := range b.Rows {
			s.add(Cell{Row: r + 3, Col: col, Role: Label, Text: diag.P(diag.Verbatim(b.Rows[r].Text))})
		}
		col++
	}
	s.KeyCols = col - 1
	for i := range b.Columns {
		if slices.Contains(b.KeyNames(), b.Columns[i].Key.Text) && s.KeyCols == col-1 {
			s.KeyCols = col
		}
		col = s.column(name, &b.Columns[i].Value, b.Columns[i].Key.Text, col, rows)
	}
	s.add(Cell{Row: 1, Col: col, Role: Heading, Text: diag.P(diag.M("Remark")), Rows: 2})
	s.Widths = append(s.Widths, 16)
	s.Names = append(s.Names, Name{Remarks(name), 3, col, rows})
	for r := range rows {
		s.add(Cell{Row: r + 3, Col: col, Role: Remark, Target: Target{Table: name, Row: r}})
	}
	s.notes(rows+3, col, b)
	return s
}

// roomAround is what a cell leaves free around a text, in half-width characters.
const roomAround = 3.0

// wide is the width of a text in half-width characters, at most.
func wide(text string) float64 {
	n := 0.0
	for _, r := range text {
		n++
		if r >= 0x80 {
			n++
		}
	}
	return n
}

// column lays out one column of a table and returns the next place.
func (s *Sheet) column(table string, f *rubric.Field, field string, col, rows int) int {
	years := f.YearCount()
	width := 16.0
	if s.Open {
		width = 12
	}
	for _, c := range f.Choice {
		width = max(width, min(wide(c.Text)+roomAround, 30))
	}
	label := FieldLabel(field, f)
	title := diag.P(diag.Verbatim(label))
	if u := f.UnitText(); u != "" {
		title = diag.P(diag.M("%s (%s)", label, u))
		if wide(label)+wide(u)+4+roomAround > width*float64(years) {
			title = diag.P(diag.M("%s\n(%s)", label, u)) // not broken inside the brackets
		}
		width = max(width, min(wide(u)+4+roomAround, 30))
	}
	if years == 1 {
		s.add(Cell{Row: 1, Col: col, Role: Heading, Text: title, Rows: 2})
	} else {
		s.add(Cell{Row: 1, Col: col, Role: Heading, Text: title, Cols: years})
	}
	for y := range years {
		if years > 1 {
			s.heading(2, col+y, YearHeading(y))
		}
		s.Widths = append(s.Widths, width)
		s.Names = append(s.Names, Name{NameOf(table, field, y), 3, col + y, rows})
		s.values(col+y, rows, Target{Table: table, Field: field, Back: y}, f)
	}
	return col + years
}

// notes writes how the columns of a table are counted: below a fixed table, and
// above an open one, whose rows go on.
func (s *Sheet) notes(row, cols int, b *rubric.Block) {
	add := func(text diag.Phrase) {
		if s.Open {
			s.Above = append(s.Above, text)
			return
		}
		s.add(Cell{Row: row, Col: 1, Role: Note, Text: text, Cols: cols})
		row++
	}
	var computed []string
	for i := range b.Columns {
		f := &b.Columns[i].Value
		label := FieldLabel(b.Columns[i].Key.Text, f)
		text := counting(f)
		if !f.Entered() {
			computed = append(computed, label)
			text = noted(f)
		}
		if f.Source.Given() {
			text = append(text, diag.M(" Source: %s.", f.Source.Text))
		}
		if len(text) == 0 {
			continue
		}
		add(append(diag.P(diag.M("%s: ", label)), text...))
	}
	if len(computed) > 0 {
		add(diag.P(diag.M("%s: computed, leave empty.", strings.Join(computed, "、"))))
	}
}

func (s *Sheet) add(c Cell) { s.Cells = append(s.Cells, c) }

func (s *Sheet) heading(row, col int, m diag.Message) {
	s.add(Cell{Row: row, Col: col, Role: Heading, Text: diag.P(m)})
}

// value adds the cell of one value; a year that isn't asked for stays blank.
func (s *Sheet) value(row, col int, t Target, f *rubric.Field) {
	c := Cell{Row: row, Col: col, Target: t, Field: f, Role: Entry, LeftAligned: f.Type.Text == "text" || f.Type.Text == "date"}
	switch {
	case t.Back >= f.YearCount():
		c.Role, c.Target = Blank, Target{}
	case !f.Entered():
		c.Role = Computed
	default:
		c.Introduction = Wanted(f)
	}
	s.add(c)
}

// values adds the cells of a column of a table, which differ in nothing but the row.
func (s *Sheet) values(col, rows int, t Target, f *rubric.Field) {
	if rows == 0 {
		return
	}
	s.value(3, col, t, f)
	c := s.Cells[len(s.Cells)-1]
	for c.Target.Row = 1; c.Target.Row < rows; c.Target.Row++ {
		c.Row = 3 + c.Target.Row
		s.add(c)
	}
}

// noted is the author's note on a field.
func noted(f *rubric.Field) diag.Phrase {
	if !f.Note.Given() {
		return nil
	}
	return diag.P(diag.Verbatim(f.Note.Text))
}

// counting is how a field is counted, in words.
func counting(f *rubric.Field) diag.Phrase {
	p := noted(f)
	switch {
	case f.Enterable:
		p = append(p, diag.M(" Fill it in only if the values it is computed from are missing."))
	case f.Formula.Given():
		p = append(p, diag.M(" Computed, leave it empty."))
	}
	return p
}

// Wanted says in words what may stand in the cell of a field.
func Wanted(f *rubric.Field) diag.Phrase {
	var p diag.Phrase
	switch f.Type.Text {
	case "yesno":
		return diag.P(diag.M("Answer 是 (yes) or 否 (no)."))
	case "date":
		return diag.P(diag.M("A date, such as %s.", "2021-09-01"))
	case "text":
		if len(f.Choice) == 0 {
			return nil
		}
		return diag.P(diag.M("Choose from the list."))
	case "whole":
		p = diag.P(diag.M("A whole number"))
	case "percent":
		p = diag.P(diag.M("A percentage: 85 for 85 %%"))
	default:
		p = diag.P(diag.M("A number"))
	}
	if f.Unit.Given() {
		p = append(p, diag.M(" in %s", f.Unit.Text))
	}
	digits := int(f.Digits.Value)
	switch {
	case f.Min.Given && f.Max.Given:
		p = append(p, diag.M(", from %s to %s", decimal.Format(f.Min.Value, digits), decimal.Format(f.Max.Value, digits)))
	case f.Min.Given:
		p = append(p, diag.M(", at least %s", decimal.Format(f.Min.Value, digits)))
	case f.Max.Given:
		p = append(p, diag.M(", at most %s", decimal.Format(f.Max.Value, digits)))
	}
	return append(p, diag.M("."))
}
