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

// doubted lists figures that can be right and often aren't. They count as they
// are; someone should look. What a check of the rubric asks about already is not
// asked again.
func (s *scorer) doubted(asked map[valueOf]bool) []Problem {
	var out []Problem
	for _, in := range s.inputs {
		if in.fixed || in.isKey() || in.kind != formula.Number {
			continue
		}
		if in.field.UnitText() == "%" {
			out = append(out, s.percents(in, asked)...)
		} else {
			out = append(out, s.jumps(in)...)
		}
	}
	for i := range s.Rubric.Data {
		name, b := s.Rubric.Data[i].Key.Text, &s.Rubric.Data[i].Value
		switch {
		case b.IsView():
		case b.IsOpen():
			out = append(out, s.twins(name, s.figures[i])...)
		default:
			out = append(out, s.unchanged(name, b, s.figures[i])...)
		}
	}
	return out
}

// known is the number that was submitted for a row of an input.
func (s *scorer) known(in input, back, row int) (float64, bool) {
	c := s.m.Slots[in.slots[back]]
	return c.Num[row], c.State[row] == formula.Known && s.given(in, back, row).State == returns.Given
}

// figure is a doubt about some rows of an input: what to say of the first, and
// which others are like it.
func (s *scorer) figure(rule string, in input, back int, rows []int, said func(path string, row int) diag.Message, hint diag.Message) []Problem {
	if len(rows) == 0 {
		return nil
	}
	path := form.Path("", "", in.name, back)
	if in.table != nil {
		path = form.Path(in.table.Name, keys(s.m, in.table, rows[:1])[0], in.name, back)
	}
	p := Problem{Severity: diag.Warning, Rule: rule, Said: diag.P(said(path, rows[0])), Hints: []diag.Message{hint}, Pos: s.given(in, back, rows[0]).Pos(), about: s.about(in, rows)}
	if more := rows[1:]; len(more) > 0 {
		p.Said = append(p.Said, diag.M("; the same in %s more rows: %s", strconv.Itoa(len(more)),
			strings.Join(keys(s.m, in.table, more[:min(len(more), mostRows)]), "、")))
	}
	return []Problem{p}
}

// jumps doubts figures that are about a thousand or ten thousand times last
// year's, or as small a part of them: one of the two is in another unit. What grew
// by half or shrank by a third is still found.
func (s *scorer) jumps(in input) []Problem {
	var out []Problem
	for back := range len(in.slots) - 1 {
		for _, times := range []float64{1000, 10000} {
			var rows []int
			for row := range s.m.Slots[in.slots[back]].State {
				now, ok := s.known(in, back, row)
				before, also := s.known(in, back+1, row)
				if ok && also && now*before > 0 && (near(now/before, times) || near(before/now, times)) {
					rows = append(rows, row)
				}
			}
			out = append(out, s.figure(RuleJump, in, back, rows, func(path string, row int) diag.Message {
				now, _ := s.known(in, back, row)
				before, _ := s.known(in, back+1, row)
				return diag.M("%s: %s, and %s the year before: about %s times apart", path,
					decimal.Format(now, 6), decimal.Format(before, 6), strconv.Itoa(int(times)))
			}, diag.M("check that both years are in the same unit"))...)
		}
	}
	return out
}

func near(ratio, times float64) bool { return ratio >= times/1.5 && ratio <= times*1.5 }

// percents doubts shares over a hundred and fractions where a percentage is asked
// for. What may be negative, or says so in its name, is growth, which may be both.
func (s *scorer) percents(in input, asked map[valueOf]bool) []Problem {
	growth := in.field.Min.Given && in.field.Min.Value < 0 || strings.ContainsAny(in.name, "增降")
	n := s.name(tableName(in.table), in.name)
	var out []Problem
	for back := range in.slots {
		var over, part []int
		for row := range s.m.Slots[in.slots[back]].State {
			x, ok := s.known(in, back, row)
			switch {
			case !ok || back == 0 && asked[valueOf{n, row}]:
			case back == 0 && s.m.Slots[n.Slots[0]].Num[row] != x: // it was computed, and compared with that
			case x > 100 && !growth && n.Most == nil:
				over = append(over, row)
			case x > 0 && x < 1 && !s.saidPercent(in, back, row) && (n.Most == nil || *n.Most > 1):
				part = append(part, row)
			}
		}
		out = append(out, s.figure(RulePercent, in, back, over, func(path string, row int) diag.Message {
			x, _ := s.known(in, back, row)
			return diag.M("%s: %s%% is over 100%%", path, decimal.Format(x, 6))
		}, diag.M("check what it is a share of"))...)
		out = append(out, s.figure(RulePercent, in, back, part, func(path string, row int) diag.Message {
			x, _ := s.known(in, back, row)
			return diag.M("%s: %s is taken as %s%%; if %s%% is meant, write %[4]s", path,
				decimal.Format(x, 6), decimal.Format(x, 6), decimal.Format(x*100, 6))
		}, diag.M("a percentage is written as 85, not 0.85; 0.5%% with its sign is not asked about"))...)
	}
	return out
}

// saidPercent reports whether a value was typed with its sign.
func (s *scorer) saidPercent(in input, back, row int) bool {
	return strings.ContainsAny(s.given(in, back, row).Typed, "%％")
}
