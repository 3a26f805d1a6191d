package returns

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Check is what an inspector found in place of what a unit submitted. A value or an
// answer stands in the return in place of its own, which is kept here; points stand in
// place of what the engine computes.
type Check struct {
	Path   string `json:"path"`             // as form.Path and form.AnswerPath name it; of points the id of the item
	Points bool   `json:"points,omitempty"` // of an item: points, met or not (1 or 0), or a letter
	Table  string `json:"table,omitempty"`  // of a value
	Index  int    `json:"index,omitempty"`  // of its row, from 0
	Field  string `json:"field,omitempty"`
	Back   int    `json:"back,omitempty"`
	Item   string `json:"item,omitempty"` // of points or of an answer
	Ask    string `json:"ask,omitempty"`  // "" for the judgement of the item
	Cell          // what was found, and where that stands
	Reason string `json:"reason"`
	Own    Cell   `json:"own,omitzero"` // as submitted
}

// PointsCheck is what an inspector gave an item, or nil.
func (ret *Return) PointsCheck(item string) *Check {
	for i := range ret.Checks {
		if c := &ret.Checks[i]; c.Points && c.Item == item {
			return c
		}
	}
	return nil
}

// AnswerCheck is what an inspector answered, or nil.
func (ret *Return) AnswerCheck(item, ask string) *Check {
	for i := range ret.Checks {
		if c := &ret.Checks[i]; !c.Points && c.Field == "" && c.Item == item && c.Ask == ask {
			return c
		}
	}
	return nil
}

// Unchecked is the return as the unit submitted it.
func (ret *Return) Unchecked() *Return {
	out := ret.Clone()
	out.Checks = nil
	for _, c := range ret.Checks {
		switch {
		case c.Points:
		case c.Field == "":
			if a, ok := out.Answers[c.Item][c.Ask]; ok {
				a.Cell = c.Own
				out.Answers[c.Item][c.Ask] = a
			}
		default:
			if cell := out.at(c); cell != nil {
				*cell = c.Own
			}
		}
	}
	return out
}

// at is the cell of a checked value, or nil where the return has none.
func (ret *Return) at(c Check) *Cell {
	if c.Table == "" {
		if cells := ret.Fields[c.Field]; c.Back >= 0 && c.Back < len(cells) {
			return &cells[c.Back]
		}
		return nil
	}
	t := ret.Tables[c.Table]
	if t == nil {
		return nil
	}
	if years := t.Columns[c.Field]; c.Back >= 0 && c.Back < len(years) && c.Index >= 0 && c.Index < len(years[c.Back]) {
		return &years[c.Back][c.Index]
	}
	return nil
}

// Reviewed is a copy of the return in which what an inspector found stands in place
// of what was submitted. What can't be put in is an error; two findings of one thing
// that differ are one, too.
func (ret *Return) Reviewed(r *rubric.Rubric, rev *Review, list []Finding) (*Return, diag.List) {
	out := ret.Clone()
	c := checker{setter: setter{ret: out, r: r}, first: map[string]Check{}}
	for _, f := range list {
		c.finding(f)
	}
	if len(list) > 0 && rev.File.Name != "" && !slices.Contains(out.Files, rev.File) {
		out.Files = append(out.Files, rev.File)
	}
	for i := range out.Checks {
		check := &out.Checks[i]
		check.Origin = check.Origin.inFile(base(check.Pos().File))
		switch cell := out.at(*check); {
		case check.Points:
		case check.Field == "":
			a := out.Answers[check.Item][check.Ask]
			a.Origin = a.Origin.inFile(base(a.Pos().File))
			out.Answers[check.Item][check.Ask] = a
		case cell != nil:
			cell.Origin = cell.Origin.inFile(base(cell.Pos().File))
		}
	}
	return out, c.diags.Sorted()
}

// base is the name of a file without its folders, as all places of a return have it.
func base(file string) string { return file[strings.LastIndex(file, "/")+1:] }

// SetChecked puts the findings of a checked: block of a rubric's tests into a return,
// where a reason need not be given.
func SetChecked(ret *Return, r *rubric.Rubric, checked source.Keyed[source.Node]) (*Return, diag.List) {
	if len(checked) == 0 {
		return ret, nil
	}
	rev := &Review{}
	diags := rev.setBlock(checked)
	out, more := ret.Reviewed(r, rev, rev.Findings)
	return out, append(diags, more...)
}

// checker puts findings into a return.
type checker struct {
	setter
	first map[string]Check // by what they are of
}

func (c *checker) finding(f Finding) {
	item := leaf(c.r, f.what.Text)
	switch {
	case f.kind == resultOfItem && item == nil:
		c.unknownItem(f.what)
	case f.kind == resultOfItem:
		c.points(f, item)
	case f.kind == levelOfItem:
		f.what.Text += ".level"
		c.value(f)
	case f.kind == valueOrAnswer:
		c.value(f)
	case item == nil:
		c.value(f)
	case f.also != "" && c.isValue(f.also) || c.isValue(f.what.Text):
		c.diags.Add(f.Pos, 0, diag.M("the line may be of the item %s or of the value %s", f.what.Text, f.also),
			diag.M("head the column 核查得分 for points, 核查值 for values; in YAML write points: or value:"))
	case c.isLevel(item, f.value):
		f.what.Text += ".level"
		c.value(f)
	default:
		c.points(f, item)
	}
}

func (c *checker) unknownItem(what diag.Excerpt) {
	ids := leafIDs(c.r)
	hints := nearest(what.Text, ids)
	if len(hints) == 0 {
		hints = []diag.Message{diag.M("its items are: %s", strings.Join(ids[:min(len(ids), 60)], " "))}
	}
	c.diags.Add(what.Pos, len([]rune(what.Text)), diag.M("the rubric has no item “%s”", what.Text), hints...)
}

// isValue reports whether a text names a value that the unit submits.
func (c *checker) isValue(text string) bool {
	p, ok := parsePath(text)
	return ok && c.declares(p.name)
}

// isLevel tells the level of a judgement from points.
func (c *checker) isLevel(item *rubric.Item, e entry) bool {
	return item.Judge != nil && slices.ContainsFunc(item.Judge.Levels, func(l rubric.Level) bool { return squeezed(l.Level.Text) == squeezed(e.typed) })
}

func (c *checker) points(f Finding, item *rubric.Item) {
	var problems diag.List
	id := item.ID.Text
	cell := result(c.r, item, f.value, id+" "+item.Title.Text, &problems)
	if cell.State == NotApplicable {
		problems.Add(f.value.pos.Pos(), 0, diag.M("%s can’t be checked as 不适用", id), diag.M("give the points that it gets"))
	}
	if cell.State != Given {
		c.diags = append(c.diags, problems...)
		return
	}
	c.keep(Check{Path: id, Points: true, Item: id, Cell: cell, Reason: f.Reason}, f)
}

// value puts a value or an answer in.
func (c *checker) value(f Finding) {
	faults := len(c.diags)
	at, ok := c.named(f.what)
	if !ok {
		if c.r.Spare[strings.TrimSuffix(f.what.Text, ".level")] {
			c.diags = c.diags[:faults] // another rubric asks for it
		}
		return
	}
	if at.field == nil { // a key column has no declaration
		c.diags.Add(f.what.Pos, len([]rune(f.what.Text)), diag.M("“%s” can’t be checked", f.what.Text))
		return
	}
	var problems diag.List
	is := understand(f.value, at.field, at.Path, &problems)
	if at.ask != nil {
		checkPoints(*at.ask, &is, &problems)
	}
	switch is.State {
	case Invalid:
		c.diags = append(c.diags, problems...)
		return
	case Missing:
		c.diags.Add(f.Pos, 0, diag.M("“%s” has no checked value", f.what.Text), diag.M("give it, or leave the line out"))
		return
	}
	check := Check{Path: at.Path, Cell: is, Reason: f.Reason, Own: *at.cell}
	if at.ask != nil {
		check.Item, check.Ask = at.ask.Item, at.ask.Text
		if at.ask.Text == "" {
			check.Path = form.AnswerPath(at.ask.Item, "")
		}
	} else {
		p, _ := parsePath(at.Path)
		check.Field, check.Back = p.name, p.back
		if p.row != "" {
			check.Table, check.Field = p.name, p.column
			check.Index = slices.Index(c.ret.Tables[p.name].Keys, p.row)
		}
	}
	if !c.keep(check, f) {
		return
	}
	for i := range problems {
		problems[i].Pos.File = base(problems[i].Pos.File)
	}
	c.ret.Problems = append(c.ret.Problems, problems...)
	if at.ask == nil {
		*at.cell = is
		return
	}
	answer := c.ret.Answers[at.ask.Item][at.ask.Text]
	answer.Cell = is
	c.ret.answer(at.ask.Item, at.ask.Text, answer)
}

// keep takes a check over. One that says the same as an earlier one is none of its
// own; one that says something else contradicts it.
func (c *checker) keep(check Check, f Finding) bool {
	key := check.Path
	if check.Points {
		key += "\x00"
	}
	if first, twice := c.first[key]; twice {
		if !same(first.Cell, check.Cell) {
			c.diags.Add(f.Pos, 0, diag.M("%s is checked twice and differently: “%s” here, “%s” in %s", check.Path, check.Typed, first.Typed, first.Pos().String()),
				diag.M("leave only one of them"))
		}
		return false
	}
	c.first[key] = check
	for i, old := range c.ret.Checks { // of an earlier review
		if old.Path == check.Path && old.Points == check.Points {
			check.Own = old.Own
			c.ret.Checks[i] = check
			return true
		}
	}
	c.ret.Checks = append(c.ret.Checks, check)
	return true
}
