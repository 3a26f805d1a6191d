package engine

import (
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// values lists everything submitted and computed, in the rubric's order.
func (s *scorer) values() []Value {
	count := 0
	columns := make([][]columnOf, len(s.Rubric.Data))
	for i := range s.Rubric.Data {
		b := &s.Rubric.Data[i].Value
		switch {
		case b.IsView():
		case b.IsTable():
			columns[i] = s.columns(s.Rubric.Data[i].Key.Text, b)
			for _, c := range columns[i] {
				count += c.field.YearCount() * len(s.ret.Tables[c.name.Table.Name].Keys)
			}
		default:
			for j := range b.Fields {
				count += b.Fields[j].Value.YearCount()
			}
		}
	}
	if count == 0 {
		return nil
	}
	out := make([]Value, 0, count) // of a county megabytes, which aren't to be copied
	for i := range s.Rubric.Data {
		b := &s.Rubric.Data[i].Value
		if b.IsView() {
			continue
		}
		if b.IsTable() {
			out = s.rowValues(out, s.Rubric.Data[i].Key.Text, columns[i])
			continue
		}
		for j := range b.Fields {
			f := &b.Fields[j]
			n := s.name("", f.Key.Text)
			for back := range f.Value.YearCount() {
				out = append(out, Value{Field: f.Key.Text, Back: back})
				s.value(&out[len(out)-1], n, 0, cellOf(s.ret.Fields[f.Key.Text], back), &f.Value)
			}
		}
	}
	return out
}

// columnOf is a column of a table beside what was submitted in it.
type columnOf struct {
	name  *formula.Name
	field *rubric.Field
	cells [][]returns.Cell
}

// columns are those of a table: its keys first.
func (s *scorer) columns(table string, b *rubric.Block) []columnOf {
	t := s.ret.Tables[table]
	var columns []columnOf
	for _, key := range b.Key {
		if b.IsOpen() && b.Column(key.Text) == nil {
			columns = append(columns, columnOf{s.name(table, key.Text), b.KeyField(key.Text), t.Columns[key.Text]})
		}
	}
	for j := range b.Columns {
		name := b.Columns[j].Key.Text
		columns = append(columns, columnOf{s.name(table, name), &b.Columns[j].Value, t.Columns[name]})
	}
	return columns
}

func (s *scorer) rowValues(out []Value, table string, columns []columnOf) []Value {
	for row, key := range s.ret.Tables[table].Keys {
		for _, c := range columns {
			for back := range c.field.YearCount() {
				var cell *returns.Cell
				if back < len(c.cells) {
					cell = &c.cells[back][row]
				}
				out = append(out, Value{Table: table, Row: key, Index: row, Field: c.name.Name, Back: back})
				s.value(&out[len(out)-1], c.name, row, cell, c.field)
			}
		}
	}
	return out
}

func cellOf(cells []returns.Cell, back int) *returns.Cell {
	if back < len(cells) {
		return &cells[back]
	}
	return nil
}

func (s *scorer) name(table, field string) *formula.Name {
	if table != "" {
		return s.scope.Table(table).Column(field)
	}
	return s.scope.Name(field)
}

// value fills in what a value came to and the cell that it was submitted in, if
// it was.
func (s *scorer) value(v *Value, n *formula.Name, row int, cell *returns.Cell, f *rubric.Field) {
	c := s.m.Slots[n.Slots[v.Back]]
	v.State = valueStates[c.State[row]]
	if c.State[row] == formula.Known {
		if n.Kind == formula.Text {
			v.Text = c.Text[row]
		} else {
			v.Number = c.Num[row]
		}
	}
	v.Derived = f.Formula.Given()
	if cell == nil {
		return
	}
	v.Typed, v.Pos, v.Notes = cell.Typed, cell.Pos(), cell.Notes
	switch {
	case cell.State == returns.Invalid:
		v.State = "invalid"
	case cell.State == returns.Given && v.Derived && n.Kind != formula.Text:
		x := cell.Number
		v.Entered = &x
	}
	v.Submitted = submitted(v.content(), *cell)
}

// answers lists all facts with how they were answered.
func (s *scorer) answers() []Answer {
	var out []Answer
	for _, a := range s.asks {
		given := s.ret.Answers[a.Item][a.Text]
		c := s.m.Slots[a.slot]
		answer := Answer{Item: a.Item, Ask: a.Text, Text: given.Text, State: valueStates[c.State[0]], Typed: given.Typed,
			Note: given.Note, Evidence: given.Evidence, Pos: given.Pos(), At: given.At, Notes: given.Notes}
		if c.State[0] == formula.Known && a.Kind != rubric.LevelChoice {
			answer.Number = c.Num[0]
		}
		answer.Submitted = submitted(answer.cell(), given.Cell)
		out = append(out, answer)
	}
	return out
}

var valueStates = [...]string{
	formula.Known: "known", formula.Inapplicable: "inapplicable", formula.Open: "open", formula.Missing: "missing", formula.Failed: "error",
}

// inputRefs names what an item reads and, for single values, the cell.
func (s *scorer) inputRefs(reads []formula.Read) []InputRef {
	var out []InputRef
	for _, r := range reads {
		if r.Name.Answer {
			continue
		}
		ref := InputRef{Path: form.NameOf("", r.Name.Name, r.Back)}
		if r.Name.Table != nil {
			ref.Path = form.NameOf(r.Name.Table.Name, r.Name.Name, r.Back)
		} else if cells := s.ret.Fields[r.Name.Name]; r.Back < len(cells) {
			ref.Pos = cells[r.Back].Pos()
		}
		out = append(out, ref)
	}
	return out
}
