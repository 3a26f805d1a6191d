package engine

import (
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
)

// problems collects what someone should look at: cells that weren't understood,
// values that are missing, entered values that contradict computed ones, doubtful
// figures, and the rubric's own checks.
func (s *scorer) problems() []Problem {
	var out []Problem
	for _, d := range s.ret.Problems {
		out = append(out, Problem{Severity: d.Severity, Said: diag.P(d.Message), Hints: d.Hints, Pos: d.Pos, Width: d.Width, Rule: d.Rule, Read: true})
	}
	if s.ret.Year == 0 {
		out = append(out, Problem{Severity: diag.Warning, Said: diag.P(diag.M("the return does not say which year it is for")),
			Hints: []diag.Message{diag.M("fill in the year: on the cover, or as year: in YAML")}})
	}
	if s.ret.Name == "" {
		out = append(out, Problem{Severity: diag.Warning, Said: diag.P(diag.M("the return does not say which unit it is from")),
			Hints: []diag.Message{diag.M("fill in the unit: on the cover, or as name: in YAML")}})
	}
	out = append(out, s.years()...)
	out = append(out, s.notFilledIn()...)
	out = append(out, s.unproven()...)
	out = append(out, s.misplaced()...)
	out = append(out, s.outOfBounds()...)
	out = append(out, s.contradictions()...)
	checked, asked := s.checked()
	out = append(out, s.doubted(asked)...)
	out = append(out, s.onThresholds()...)
	return s.reasoned(append(out, checked...))
}

// years lists the params that have no value for the year of the return.
func (s *scorer) years() []Problem {
	var out []Problem
	for _, d := range s.dated {
		if s.ret.Year != 0 && d.at(s.ret.Year) < 0 {
			out = append(out, Problem{Severity: diag.Error, Said: diag.P(diag.M("%s has values from %s on, the return is for %s",
				d.name, strconv.Itoa(d.years[0]), strconv.Itoa(s.ret.Year))),
				Hints: []diag.Message{diag.M("check the year of the return; if it is right, the rubric has to give a value for it")}})
		}
	}
	return out
}

// notFilledIn lists what was asked for and not submitted.
func (s *scorer) notFilledIn() []Problem {
	var out []Problem
	for _, t := range s.scope.Tables() {
		if t.Base == nil && s.m.Rows[t.Index] == 0 && !s.ret.Absent[t.Name] {
			out = append(out, Problem{Severity: diag.Warning, Said: diag.P(diag.M("table %s has no rows", t.Name)),
				Hints: []diag.Message{diag.M("fill in a row for each; what the table is needed for has no points yet")}, about: []string{t.Name}})
		}
	}
	for _, in := range s.inputs {
		if in.fixed || in.isKey() || in.field.Optional || in.field.Default.Given || in.field.Formula.Given() {
			continue
		}
		for back, slot := range in.slots {
			c := s.m.Slots[slot]
			if c.Clean || s.isAbsent(in, back) {
				continue
			}
			var rows []int
			for row, state := range c.State {
				if state == formula.Missing && s.given(in, back, row).State == returns.Missing {
					rows = append(rows, row)
				}
			}
			if len(rows) == 0 {
				continue
			}
			p := Problem{Severity: diag.Warning, about: s.about(in, rows)}
			if in.kind == formula.Number && !in.field.Always {
				p.Hints = []diag.Message{diag.M("fill it in: 0 if there is none, 不适用 if the question does not arise")}
			}
			if in.table == nil {
				p.Said = diag.P(diag.M("%s is not filled in", form.NameOf("", in.name, back)))
				p.Pos = s.ret.Fields[in.name][back].Pos()
			} else {
				p.Said = diag.P(diag.M("%s is not filled in for %s of %s rows: %s", form.NameOf(in.table.Name, in.name, back),
					strconv.Itoa(len(rows)), strconv.Itoa(c.Len()), strings.Join(keys(s.m, in.table, rows[:min(len(rows), mostRows)]), "、")))
				p.Pos = s.ret.Tables[in.table.Name].Columns[in.name][back][rows[0]].Pos()
			}
			out = append(out, p)
		}
	}
	return out
}

// isAbsent reports whether the form has no place for an input: the reader has told.
func (s *scorer) isAbsent(in input, back int) bool {
	if len(s.ret.Absent) == 0 {
		return false
	}
	return s.ret.Absent[tableName(in.table)] || s.ret.Absent[form.NameOf(tableName(in.table), in.name, back)]
}

// unproven names the judgements for which no evidence is handed in.
func (s *scorer) unproven() []Problem {
	var items []string
	var pos diag.Pos
	for _, a := range s.asks {
		given, ok := s.ret.Answers[a.Item][a.Text]
		if a.Text != "" || !ok || given.State != returns.Given || len(given.Evidence) > 0 {
			continue
		}
		if items = append(items, a.Item); len(items) == 1 {
			pos = given.Pos()
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []Problem{{Severity: diag.Warning, Pos: pos, about: items,
		Said:  diag.P(diag.M("%s judged items have no evidence: %s", strconv.Itoa(len(items)), strings.Join(items, "、"))),
		Hints: []diag.Message{diag.M("name the papers or files beside each judgement")}}}
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
				p.Hints = []diag.Message{diag.M("empty it, or mend what decides whether it applies")}
				out = append(out, p)
			}
			if len(denied) > 0 {
				p := s.inRows(in, back, denied, diag.M("%s is 不适用 where it applies", field))
				p.Said = append(append(p.Said, diag.M("; it applies where ")), n.When.Words()...)
				p.Hints = []diag.Message{diag.M("fill it in, or mend what decides whether it applies")}
				out = append(out, p)
			}
		}
	}
	return out
}

// inRows is a problem with some rows of an input.
func (s *scorer) inRows(in input, back int, rows []int, said diag.Message) Problem {
	p := Problem{Severity: diag.Warning, Said: diag.P(said), Pos: s.given(in, back, rows[0]).Pos(), about: s.about(in, rows)}
	if in.table != nil {
		p.Said = append(p.Said, diag.M(": "), diag.Verbatim(strings.Join(keys(s.m, in.table, rows[:min(len(rows), mostRows)]), "、")))
	}
	return p
}

// given is the cell of an input.
func (s *scorer) given(in input, back, row int) *returns.Cell { return &s.cells(in, back)[row] }

// cells are those of an input in all rows; of a single value there is one.
func (s *scorer) cells(in input, back int) []returns.Cell {
	if in.table == nil {
		return s.ret.Fields[in.name][back : back+1]
	}
	return s.ret.Tables[in.table.Name].Columns[in.name][back]
}

// outOfBounds lists values beyond a bound that names other fields: a part that is
// more than its whole. There can be a reason for that. The bounds that are numbers
// were checked when the return was read.
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
			c := decimal.Compare(value.Num[row], limit.Num[at])
			if c == 0 || b.least == (c > 0) {
				continue
			}
			x, y := decimal.Format(value.Num[row], 6), decimal.Format(limit.Num[at], 6)
			path, pos := s.at(b.name, row)
			p := Problem{Severity: diag.Warning, Pos: pos, about: s.aboutName(b.name, row), Hints: []diag.Message{
				diag.M("mend one of the two, or give the reason: in the column of remarks, or as reasons: in YAML")}}
			for _, n := range b.limit.Names() {
				p.about = append(p.about, s.aboutName(n, row)...)
			}
			if b.least {
				p.Said = diag.P(diag.M("%s: %s is below %s (%s)", path, x, y, b.limit.Source.Text))
			} else {
				p.Said = diag.P(diag.M("%s: %s is above %s (%s)", path, x, y, b.limit.Source.Text))
			}
			out = append(out, p)
		}
	}
	return out
}

// at is the path of this year's value and the cell that it was submitted in.
func (s *scorer) at(n *formula.Name, row int) (string, diag.Pos) {
	if n.Table == nil {
		pos := diag.Pos{}
		if cells := s.ret.Fields[n.Name]; len(cells) > 0 {
			pos = cells[0].Pos()
		}
		return form.NameOf("", n.Name, 0), pos
	}
	t := s.ret.Tables[n.Table.Name]
	pos := diag.Pos{}
	if years := t.Columns[n.Name]; len(years) > 0 {
		pos = years[0][row].Pos()
	}
	return form.Path(n.Table.Name, t.Keys[row], n.Name, 0), pos
}

// contradictions compares values that were entered and can be computed, too, in
// as many decimals as were entered.
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
			x, y := entered.Num[row], own.Num[at]
			if sameRounded(y, x, k.name.Digits) {
				continue
			}
			hint := diag.M("check the figures that it follows from, and this one; it can be left empty")
			switch {
			case k.name.Unit == "%" && sameRounded(y, x*100, k.name.Digits):
				hint = diag.M("%s %% seems to be meant; a percentage is written as 85, not 0.85", decimal.Format(x*100, 6))
			case k.name.Unit == "%" && sameRounded(y, x/100, k.name.Digits+2):
				hint = diag.M("a percentage is written as 85: 0.5 %% is 0.5, not 50")
			}
			path, pos := s.at(k.name, row)
			out = append(out, Problem{Severity: diag.Warning, Rule: RuleTotal, Pos: pos, Hints: []diag.Message{hint}, about: s.aboutName(k.name, row),
				Said: diag.P(diag.M("%s: %s is filled in, but the values give %s, which is used", path,
					decimal.Format(x, 6), decimal.Format(y, k.name.Digits)))})
		}
	}
	return out
}

// sameRounded reports whether a value is another one, rounded to the decimals that
// it was given with, at most so many.
func sameRounded(exact, given float64, digits int) bool {
	_, decimals, _ := strings.Cut(decimal.Format(given, digits), ".")
	return decimal.Format(exact, len(decimals)) == decimal.Format(given, len(decimals))
}
