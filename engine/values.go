package engine

import (
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
	for _, b := range s.Rubric.Data {
		for j := range b.Value.Fields {
			f := &b.Value.Fields[j]
			n := s.name("", f.Key.Text)
			for back := range f.Value.YearCount() {
				v := Value{Field: f.Key.Text, Back: back}
				out = append(out, s.value(v, n, 0, s.ret.Fields[f.Key.Text], &f.Value))
			}
		}
		if !b.Value.IsTable() {
			continue
		}
		t := s.ret.Tables[b.Key.Text]
		for row, key := range t.Keys {
			for j := range b.Value.Columns {
				f := &b.Value.Columns[j]
				n := s.name(b.Key.Text, f.Key.Text)
				for back := range f.Value.YearCount() {
					v := Value{Table: b.Key.Text, Row: key, Field: f.Key.Text, Back: back}
					var cells []returns.Cell
					for _, year := range t.Columns[f.Key.Text] {
						cells = append(cells, year[row])
					}
					out = append(out, s.value(v, n, row, cells, &f.Value))
				}
			}
		}
	}
	return out
}

func (s *scorer) name(table, field string) *formula.Name {
	if table != "" {
		return s.scope.Table(table).Column(field)
	}
	return s.scope.Name(field)
}

func (s *scorer) value(v Value, n *formula.Name, row int, cells []returns.Cell, f *rubric.Field) Value {
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
	if len(cells) > 0 {
		cell := cells[v.Back]
		v.Typed, v.Pos, v.Notes = cell.Typed, cell.Pos, cell.Notes
		switch {
		case cell.State == returns.Invalid:
			v.State = "invalid"
		case cell.State == returns.Given && v.Derived && n.Kind != formula.Text:
			x := cell.Number
			v.Entered = &x
		}
	}
	return v
}

// answers lists all facts with how they were answered.
func (s *scorer) answers() []Answer {
	var out []Answer
	for _, a := range s.asks {
		given := s.ret.Answers[a.item][a.ask]
		c := s.m.Slots[a.slot]
		answer := Answer{Item: a.item, Ask: a.ask, State: valueStates[c.State[0]], Typed: given.Typed,
			Note: given.Note, Evidence: given.Evidence, Pos: given.Pos}
		if c.State[0] == formula.Known {
			answer.Number = c.Num[0]
		}
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
// values that are missing, entered values that contradict computed ones, and the
// rubric's own checks.
func (s *scorer) problems() []Problem {
	var out []Problem
	for _, d := range s.ret.Problems {
		out = append(out, Problem{Severity: d.Severity, Said: diag.P(d.Message), Hints: d.Hints, Pos: d.Pos})
	}
	if s.ret.Year == 0 {
		out = append(out, Problem{Severity: diag.Warning, Said: diag.P(diag.M("the return does not say which year it is for"))})
	}
	if s.ret.Name == "" {
		out = append(out, Problem{Severity: diag.Warning, Said: diag.P(diag.M("the return does not say which unit it is from"))})
	}
	out = append(out, s.gaps()...)
	out = append(out, s.contradictions()...)
	return append(out, s.checked()...)
}

// gaps lists what was asked for and not submitted.
func (s *scorer) gaps() []Problem {
	var out []Problem
	for _, in := range s.inputs {
		if in.key || in.field.Optional || in.field.Default.Given || in.field.Formula.Given() {
			continue
		}
		for back, slot := range in.slots {
			c := s.m.Slots[slot]
			var rows []int
			for row, state := range c.State {
				if state == formula.Missing && !s.invalid(in, back, row) {
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

// invalid reports whether a cell holds something that was reported already.
func (s *scorer) invalid(in input, back, row int) bool {
	if in.table == nil {
		return s.ret.Fields[in.name][back].State == returns.Invalid
	}
	return s.ret.Tables[in.table.Name].Columns[in.name][back][row].State == returns.Invalid
}

// contradictions compares values that were entered and can be computed, too, as
// people see them.
func (s *scorer) contradictions() []Problem {
	var out []Problem
	for _, k := range s.computed {
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
			path, pos := form.NameOf("", k.name.Name, 0), diag.Pos{}
			if k.name.Table != nil {
				t := s.ret.Tables[k.name.Table.Name]
				path, pos = form.Path(k.name.Table.Name, t.Keys[row], k.name.Name, 0), t.Columns[k.name.Name][0][row].Pos
			} else {
				pos = s.ret.Fields[k.name.Name][0].Pos
			}
			out = append(out, Problem{Severity: diag.Warning, Pos: pos,
				Said: diag.P(diag.M("%s: %s is filled in, but the values give %s, which is used", path, b, a))})
		}
	}
	return out
}

// checked applies the rubric's rules about the data.
func (s *scorer) checked() []Problem {
	var out []Problem
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
		}
	}
	return out
}

// firstCell is a cell that a check reads, to lead the reader to the data.
func (s *scorer) firstCell(t test, row int) diag.Pos {
	for _, r := range t.cond.Reads() {
		if r.Name.Table == nil {
			if cells := s.ret.Fields[r.Name.Name]; r.Back < len(cells) {
				return cells[r.Back].Pos
			}
			continue
		}
		if years := s.ret.Tables[r.Name.Table.Name].Columns[r.Name.Name]; r.Back < len(years) && t.each == r.Name.Table {
			return years[r.Back][row].Pos
		}
	}
	return diag.Pos{}
}
