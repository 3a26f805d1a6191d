package engine

import (
	"dudao/engine/diag"
	"dudao/engine/formula"
)

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
			out = append(out, Problem{Severity: severity, Check: title, Said: said, Pos: s.firstCell(k.test, row), about: s.aboutCheck(k, row)})
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
				return cells[r.Back].Pos()
			}
			continue
		}
		if years := s.ret.Tables[r.Name.Table.Name].Columns[r.Name.Name]; r.Back < len(years) && t.each != nil && t.each.Root() == r.Name.Table {
			return years[r.Back][row].Pos()
		}
	}
	return diag.Pos{}
}
