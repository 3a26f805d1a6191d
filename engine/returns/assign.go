package returns

import (
	"maps"
	"slices"
	"strconv"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
)

// Assignment is a value for a place, as a person typed it.
type Assignment struct{ Path, Value diag.Excerpt }

// Put is what an assignment came to.
type Put struct {
	Path    string
	Type    string // of the field
	Unit    string
	Was, Is Cell
}

// Assign puts typed values into a return, cleaned as those of a file are. A path
// names a value as form.Path does, or an answer: 7 is the judgement of the item 7,
// 9.未向人大报告 a fact of the item 9, .弄虚作假 a fact of the whole rubric. Where an
// item is called as a value is, its judgement is 资助.level or 资助.points. What isn't
// understood is an error; what is out of bounds is a problem of the return.
func Assign(ret *Return, r *rubric.Rubric, list []Assignment) ([]Put, diag.List) {
	s := setter{ret: ret, r: r}
	var out []Put
	seen := map[string]bool{}
	for _, a := range list {
		at, ok := s.named(a.Path)
		if !ok {
			continue
		}
		if seen[at.Path] {
			s.diags.Add(a.Path.Pos, len([]rune(a.Path.Text)), diag.M("“%s” is set twice", at.Path))
			continue
		}
		seen[at.Path] = true
		var problems diag.List
		is := understand(entry{typed: a.Value.Text, pos: OriginOf(a.Value.Pos)}, at.field, at.Path, &problems)
		if at.ask != nil {
			checkPoints(*at.ask, &is, &problems)
		}
		if is.State == Invalid {
			for i := range problems {
				problems[i].Width = len([]rune(a.Value.Text))
			}
			s.diags = append(s.diags, problems...)
			continue
		}
		if !at.cell.Origin.IsZero() { // it stands for what stands there
			is.Origin = at.cell.Origin
			for i := range problems {
				problems[i].Pos = is.Pos()
			}
		}
		out = append(out, Put{at.Path, at.field.Type.Text, at.field.UnitText(), *at.cell, is})
		ret.Problems = slices.DeleteFunc(ret.Problems, func(d diag.Diagnostic) bool { return !d.Pos.IsZero() && d.Pos == at.cell.Pos() })
		ret.Problems = append(ret.Problems, problems...)
		if at.ask != nil {
			answer := ret.Answers[at.ask.Item][at.ask.Text]
			answer.Cell = is
			ret.answer(at.ask.Item, at.ask.Text, answer)
		} else {
			*at.cell = is
		}
	}
	return out, s.diags
}

// target is where a path leads.
type target struct {
	Path  string
	field *rubric.Field
	cell  *Cell
	ask   *rubric.Ask // of an answer
}

// named finds a value or an answer.
func (s *setter) named(name diag.Excerpt) (target, bool) {
	if p, ok := parsePath(name.Text); ok && s.declares(p.name) {
		return s.place(p, name)
	}
	asks := s.r.Asks()
	for i := range asks {
		a := &asks[i]
		if !slices.Contains(answerPaths(a), name.Text) {
			continue
		}
		was := s.ret.Answers[a.Item][a.Text].Cell
		return target{form.AnswerPath(a.Item, a.Text), askField(*a), &was, a}, true
	}
	for i := range asks {
		if a := &asks[i]; a.Text == name.Text {
			s.diags.Add(name.Pos, len([]rune(name.Text)), diag.M("the rubric asks for no “%s”", name.Text),
				diag.M("did you mean “%s”?", form.AnswerPath(a.Item, a.Text)))
			return target{}, false
		}
	}
	s.unknown(name, s.paths(asks))
	return target{}, false
}

// answerPaths are the ways to name an answer; the keys of a return in YAML are one.
func answerPaths(a *rubric.Ask) []string {
	paths := []string{form.AnswerPath(a.Item, a.Text)}
	switch a.Kind {
	case rubric.LevelChoice:
		paths = append(paths, a.Item+".level")
	case rubric.FreePoints:
		paths = append(paths, a.Item+".points")
	}
	return paths
}

// declares reports whether a table or a single value has a name.
func (s *setter) declares(name string) bool {
	for i := range s.r.Data {
		b := &s.r.Data[i].Value
		if b.IsTable() && s.r.Data[i].Key.Text == name || b.Field(name) != nil {
			return true
		}
	}
	return false
}

// paths are the names of which one may have been meant.
func (s *setter) paths(asks []rubric.Ask) []string {
	var out []string
	for i := range s.r.Data {
		if s.r.Data[i].Value.IsTable() {
			out = append(out, s.r.Data[i].Key.Text)
		}
		for _, f := range s.r.Data[i].Value.Fields {
			for back := range f.Value.YearCount() {
				out = append(out, form.Path("", "", f.Key.Text, back))
			}
		}
	}
	for _, a := range asks {
		out = append(out, form.AnswerPath(a.Item, a.Text))
	}
	return out
}

// place finds the cell of a value whose single value or table is declared.
func (s *setter) place(p valuePath, name diag.Excerpt) (target, bool) {
	fault := func(m diag.Message, hints ...diag.Message) (target, bool) {
		s.diags.Add(name.Pos, len([]rune(name.Text)), m, hints...)
		return target{}, false
	}
	for i := range s.r.Data {
		b := &s.r.Data[i].Value
		if f := b.Field(p.name); f != nil {
			switch {
			case p.row != "":
				return fault(diag.M("“%s” is no table", p.name))
			case !f.Entered():
				return fault(diag.M("“%s” is computed, so it can’t be submitted", p.name), diag.M("its formula: %s", f.Formula.Text))
			case p.back >= f.YearCount():
				return fault(diag.M("“%s” is asked for %s years", p.name, strconv.Itoa(f.YearCount())))
			}
			return target{Path: form.Path("", "", p.name, p.back), field: f, cell: &s.ret.Fields[p.name][p.back]}, true
		}
		if !b.IsTable() || s.r.Data[i].Key.Text != p.name {
			continue
		}
		t := s.ret.Tables[p.name]
		row := slices.Index(t.Keys, p.row)
		f := b.Column(p.column)
		years, entered := t.Columns[p.column]
		switch {
		case p.row == "":
			return fault(diag.M("“%s” is a table", p.name), diag.M("write a field, or table[row].column"))
		case row < 0:
			s.unknown(diag.Excerpt{Text: p.row, Pos: name.At(p.rowAt)}, t.Keys)
			return target{}, false
		case slices.Contains(b.KeyNames(), p.column):
			return fault(diag.M("“%s” names the rows of %s, so it stays as it is", p.column, p.name))
		case f != nil && !f.Entered():
			return fault(diag.M("“%s” is computed, so it can’t be submitted", p.column), diag.M("its formula: %s", f.Formula.Text))
		case !entered:
			at := p.rowAt + len([]rune(p.row)) + 2
			s.unknown(diag.Excerpt{Text: p.column, Pos: name.At(at)}, slices.Sorted(maps.Keys(t.Columns)))
			return target{}, false
		case p.back >= len(years):
			return fault(diag.M("“%s” is asked for %s years", p.name+"."+p.column, strconv.Itoa(len(years))))
		}
		return target{Path: form.Path(p.name, p.row, p.column, p.back), field: f, cell: &years[p.back][row]}, true
	}
	return target{}, false
}
