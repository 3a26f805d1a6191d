package engine

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// values lists everything submitted and computed, in the rubric's order.
func (s *scorer) values() []Value {
	var out []Value
	for i := range s.Rubric.Data {
		name, b := s.Rubric.Data[i].Key.Text, &s.Rubric.Data[i].Value
		switch {
		case b.IsView():
		case b.IsTable():
			out = s.rowValues(out, name, b)
		default:
			for j := range b.Fields {
				f := &b.Fields[j]
				n := s.name("", f.Key.Text)
				for back := range f.Value.YearCount() {
					v := Value{Field: f.Key.Text, Back: back}
					s.value(&v, n, 0, cellOf(s.ret.Fields[f.Key.Text], back), &f.Value)
					out = append(out, v)
				}
			}
		}
	}
	return out
}

func (s *scorer) rowValues(out []Value, table string, b *rubric.Block) []Value {
	t := s.ret.Tables[table]
	type columnOf struct {
		name  *formula.Name
		field *rubric.Field
		cells [][]returns.Cell
	}
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
	out = slices.Grow(out, len(columns)*len(t.Keys))
	for row, key := range t.Keys {
		for _, c := range columns {
			for back := range c.field.YearCount() {
				v := Value{Table: table, Row: key, Index: row, Field: c.name.Name, Back: back}
				var cell *returns.Cell
				if back < len(c.cells) {
					cell = &c.cells[back][row]
				}
				s.value(&v, c.name, row, cell, c.field)
				out = append(out, v)
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
	v.Typed, v.Pos, v.Notes = cell.Typed, cell.Pos, cell.Notes
	switch {
	case cell.State == returns.Invalid:
		v.State = "invalid"
	case cell.State == returns.Given && v.Derived && n.Kind != formula.Text:
		x := cell.Number
		v.Entered = &x
	}
	v.Submitted = submitted(v.cell(), *cell)
}

// answers lists all facts with how they were answered.
func (s *scorer) answers() []Answer {
	var out []Answer
	for _, a := range s.asks {
		given := s.ret.Answers[a.Item][a.Text]
		c := s.m.Slots[a.slot]
		answer := Answer{Item: a.Item, Ask: a.Text, Text: given.Text, State: valueStates[c.State[0]], Typed: given.Typed,
			Note: given.Note, Evidence: given.Evidence, Pos: given.Pos, Notes: given.Notes}
		if c.State[0] == formula.Known && a.Kind != rubric.LevelChoice {
			answer.Number = c.Num[0]
		}
		answer.Submitted = submitted(answer.cell(), given.Cell)
		out = append(out, answer)
	}
	return out
}

var valueStates = map[formula.State]string{
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
			ref.Pos = cells[r.Back].Pos
		}
		out = append(out, ref)
	}
	return out
}

// problems collects what someone should look at: cells that weren't understood,
// values that are missing, entered values that contradict computed ones, doubtful
// figures, and the rubric's own checks.
func (s *scorer) problems() []Problem {
	var out []Problem
	for _, d := range s.ret.Problems {
		out = append(out, Problem{Severity: d.Severity, Said: diag.P(d.Message), Hints: d.Hints, Pos: d.Pos, Read: true})
	}
	if s.ret.Year == 0 {
		out = append(out, Problem{Severity: diag.Warning, Said: diag.P(diag.M("the return does not say which year it is for"))})
	}
	if s.ret.Name == "" {
		out = append(out, Problem{Severity: diag.Warning, Said: diag.P(diag.M("the return does not say which unit it is from"))})
	}
	out = append(out, s.years()...)
	out = append(out, s.notFilledIn()...)
	out = append(out, s.misplaced()...)
	out = append(out, s.outOfBounds()...)
	out = append(out, s.contradictions()...)
	checked, asked := s.checked()
	out = append(out, s.doubted(asked)...)
	return append(out, checked...)
}

// years lists the params that have no value for the year of the return.
func (s *scorer) years() []Problem {
	var out []Problem
	for _, d := range s.dated {
		if s.ret.Year != 0 && d.at(s.ret.Year) < 0 {
			out = append(out, Problem{Severity: diag.Error, Said: diag.P(diag.M("%s has values from %s on, the return is for %s",
				d.name, strconv.Itoa(d.years[0]), strconv.Itoa(s.ret.Year)))})
		}
	}
	return out
}

// notFilledIn lists what was asked for and not submitted.
func (s *scorer) notFilledIn() []Problem {
	var out []Problem
	for _, t := range s.scope.Tables() {
		if t.Base == nil && s.m.Rows[t.Index] == 0 && !s.ret.Absent[t.Name] {
			out = append(out, Problem{Severity: diag.Warning, Said: diag.P(diag.M("table %s has no rows", t.Name))})
		}
	}
	for _, in := range s.inputs {
		if in.fixed || in.isKey() || in.field.Optional || in.field.Default.Given || in.field.Formula.Given() {
			continue
		}
		for back, slot := range in.slots {
			if s.ret.Absent[tableName(in.table)] || s.ret.Absent[form.NameOf(tableName(in.table), in.name, back)] {
				continue // told by the reader
			}
			c := s.m.Slots[slot]
			var rows []int
			for row, state := range c.State {
				if state == formula.Missing && s.given(in, back, row).State == returns.Missing {
					rows = append(rows, row)
				}
			}
			if len(rows) == 0 {
				continue
			}
			p := Problem{Severity: diag.Warning}
			if in.table == nil {
				p.Said = diag.P(diag.M("%s is not filled in", form.NameOf("", in.name, back)))
				p.Pos = s.ret.Fields[in.name][back].Pos
			} else {
				p.Said = diag.P(diag.M("%s is not filled in for %s of %s rows: %s", form.NameOf(in.table.Name, in.name, back),
					strconv.Itoa(len(rows)), strconv.Itoa(c.Len()), strings.Join(keys(s.m, in.table, rows[:min(len(rows), mostRows)]), "、")))
				p.Pos = s.ret.Tables[in.table.Name].Columns[in.name][back][rows[0]].Pos
			}
			out = append(out, p)
		}
	}
	return out
}

// misplaced lists what was filled in where it doesn't apply, and what was said not
// to apply where it does.
func (s *scorer) misplaced() []Problem {
	var out []Problem
	for _, in := range s.inputs {
		n := s.name(tableName(in.table), in.name)
		if n.When == nil {
			continue
		}
		for back, slot := range in.slots {
			field := form.NameOf(tableName(in.table), in.name, back)
			var vain, denied []int
			for row, state := range s.m.Slots[slot].State {
				switch given := s.given(in, back, row).State; {
				case state == formula.Inapplicable && given == returns.Given:
					vain = append(vain, row)
				case state == formula.Missing && given == returns.NotApplicable:
					denied = append(denied, row)
				}
			}
			if len(vain) > 0 {
				p := s.inRows(in, back, vain, diag.M("%s is filled in where it does not apply", field))
				p.Said = append(append(p.Said, diag.M("; it counts only where ")), n.When.Words()...)
				out = append(out, p)
			}
			if len(denied) > 0 {
				p := s.inRows(in, back, denied, diag.M("%s is 不适用 where it applies", field))
				p.Said = append(append(p.Said, diag.M("; it applies where ")), n.When.Words()...)
				out = append(out, p)
			}
		}
	}
	return out
}

// inRows is a problem with some rows of an input.
func (s *scorer) inRows(in input, back int, rows []int, said diag.Message) Problem {
	p := Problem{Severity: diag.Warning, Said: diag.P(said), Pos: s.given(in, back, rows[0]).Pos}
	if in.table != nil {
		p.Said = append(p.Said, diag.M(": "), diag.Verbatim(strings.Join(keys(s.m, in.table, rows[:min(len(rows), mostRows)]), "、")))
	}
	return p
}

// given is the cell of an input.
func (s *scorer) given(in input, back, row int) returns.Cell {
	if in.table == nil {
		return s.ret.Fields[in.name][back]
	}
	return s.ret.Tables[in.table.Name].Columns[in.name][back][row]
}

// outOfBounds lists values beyond a bound that names other fields; the bounds that
// are numbers were checked when the return was read.
func (s *scorer) outOfBounds() []Problem {
	var out []Problem
	for _, b := range s.bounds {
		s.m.Reset()
		value, limit := s.m.Slots[b.name.Slots[0]], b.limit.Eval(s.m)
		for row, state := range value.State {
			at := min(row, limit.Len()-1)
			if state != formula.Known || limit.State[at] != formula.Known {
				continue
			}
			x, y := decimal.Format(value.Num[row], 6), decimal.Format(limit.Num[at], 6)
			path, pos := s.at(b.name, row)
			switch c := decimal.Compare(value.Num[row], limit.Num[at]); {
			case b.least && c < 0:
				out = append(out, Problem{Severity: diag.Error, Pos: pos, Said: diag.P(diag.M("%s: %s is below %s (%s)", path, x, y, b.limit.Source.Text))})
			case !b.least && c > 0:
				out = append(out, Problem{Severity: diag.Error, Pos: pos, Said: diag.P(diag.M("%s: %s is above %s (%s)", path, x, y, b.limit.Source.Text))})
			}
		}
	}
	return out
}

// at is the path of this year's value and the cell that it was submitted in.
func (s *scorer) at(n *formula.Name, row int) (string, diag.Pos) {
	if n.Table == nil {
		pos := diag.Pos{}
		if cells := s.ret.Fields[n.Name]; len(cells) > 0 {
			pos = cells[0].Pos
		}
		return form.NameOf("", n.Name, 0), pos
	}
	t := s.ret.Tables[n.Table.Name]
	pos := diag.Pos{}
	if years := t.Columns[n.Name]; len(years) > 0 {
		pos = years[0][row].Pos
	}
	return form.Path(n.Table.Name, t.Keys[row], n.Name, 0), pos
}

// contradictions compares values that were entered and can be computed, too, as
// people see them.
func (s *scorer) contradictions() []Problem {
	var out []Problem
	for _, k := range s.derived {
		if k.entered < 0 || k.name.Kind != formula.Number {
			continue
		}
		s.m.Reset()
		own, entered := k.name.Formula.Eval(s.m), s.m.Slots[k.entered]
		for row, state := range entered.State {
			at := min(row, own.Len()-1)
			if state != formula.Known || own.State[at] != formula.Known {
				continue
			}
			a, b := decimal.Format(own.Num[at], k.name.Digits), decimal.Format(entered.Num[row], k.name.Digits)
			if a == b {
				continue
			}
			path, pos := s.at(k.name, row)
			out = append(out, Problem{Severity: diag.Warning, Pos: pos,
				Said: diag.P(diag.M("%s: %s is filled in, but the values give %s, which is used", path, b, a))})
		}
	}
	return out
}

// valueOf is a value in a row of its table, or in row 0.
type valueOf struct {
	name *formula.Name
	row  int
}

// checked applies the rubric's rules about the data, and says of which values
// something is wrong.
func (s *scorer) checked() ([]Problem, map[valueOf]bool) {
	var out []Problem
	asked := map[valueOf]bool{}
	for _, k := range s.checks {
		s.m.Reset()
		severity := diag.Error
		if k.src.Level.Text == "warning" {
			severity = diag.Warning
		}
		title := k.src.ID.Text
		if title == "" {
			title = k.src.Title.Text
		}
		tally := k.test.run(s.m)
		for _, row := range tally.failing {
			said := k.say.fill(s.m, row, int(s.Rubric.Digits.Value))
			if k.test.each != nil {
				said = append(diag.P(diag.M("%s: ", keys(s.m, k.test.each, []int{row})[0])), said...)
			}
			out = append(out, Problem{Severity: severity, Check: title, Said: said, Pos: s.firstCell(k.test, row)})
			for _, n := range k.test.cond.Names() {
				asked[valueOf{n, row}] = true
			}
		}
	}
	return out, asked
}

// firstCell is a cell that a check reads, to lead the reader to the data.
func (s *scorer) firstCell(t test, row int) diag.Pos {
	for _, r := range t.cond.Reads() {
		if r.Name.Answer {
			continue
		}
		if r.Name.Table == nil {
			if cells := s.ret.Fields[r.Name.Name]; r.Back < len(cells) {
				return cells[r.Back].Pos
			}
			continue
		}
		if years := s.ret.Tables[r.Name.Table.Name].Columns[r.Name.Name]; r.Back < len(years) && t.each != nil && t.each.Root() == r.Name.Table {
			return years[r.Back][row].Pos
		}
	}
	return diag.Pos{}
}
