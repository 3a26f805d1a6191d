package engine

import (
	"fmt"
	"maps"
	"slices"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Submitted is what was filled in for a value where that isn't what counts: it
// doesn't apply, its row doesn't count, a default stands in its place.
type Submitted struct {
	State  string  `json:"state"` // known, missing, inapplicable or invalid
	Number float64 `json:"number,omitempty"`
	Text   string  `json:"text,omitempty"`
}

var cellStates = []string{returns.Missing: "missing", returns.Given: "known", returns.NotApplicable: "inapplicable", returns.Invalid: "invalid"}

// submitted is what has to be kept of a cell besides what it counts as; nil if that
// says it all.
func submitted(counts, cell returns.Cell) *Submitted {
	if counts.State == cell.State && counts.Number == cell.Number && counts.Text == cell.Text {
		return nil
	}
	return &Submitted{cellStates[cell.State], cell.Number, cell.Text}
}

// cell is the cell that the value was submitted in.
func (v *Value) cell() returns.Cell {
	c := v.content()
	c.Typed, c.Origin, c.Notes = v.Typed, returns.OriginOf(v.Pos), v.Notes
	return c
}

// content is what that cell holds.
func (v *Value) content() (c returns.Cell) {
	switch {
	case v.Submitted != nil:
		v.Submitted.into(&c)
	case v.State == "invalid":
		c.State = returns.Invalid
	case v.Entered != nil:
		c.State, c.Number = returns.Given, *v.Entered
	case v.Derived: // what a formula gives was not submitted
	case v.State == "known":
		c.State, c.Number, c.Text = returns.Given, v.Number, v.Text
	case v.State == "inapplicable":
		c.State = returns.NotApplicable
	}
	return c
}

// cell is the cell that the answer was given in.
func (a Answer) cell() returns.Cell {
	c := returns.Cell{Typed: a.Typed, Origin: returns.OriginOf(a.Pos), Notes: a.Notes}
	switch {
	case a.Submitted != nil:
		a.Submitted.into(&c)
	case a.State == "known":
		c.State, c.Number, c.Text = returns.Given, a.Number, a.Text
	case a.State == "inapplicable":
		c.State, c.Text = returns.NotApplicable, a.Text
	}
	return c
}

func (s *Submitted) into(c *returns.Cell) {
	c.State = returns.State(max(0, slices.Index(cellStates, s.State)))
	c.Number, c.Text = s.Number, s.Text
}

// Return is the return that was scored. A card that isn't of this rubric, or whose
// rows aren't in order, is an error.
func (c *Scorecard) Return(r *rubric.Rubric) (*returns.Return, error) {
	ret := returns.Empty(r)
	ret.Cover, ret.Rubric, ret.Files, ret.Reasons, ret.Others = c.Cover, c.Rubric, c.Files, c.Reasons, c.Others
	ret.Claims, ret.Checks = c.Claims, c.Checks
	maps.Copy(ret.CoverAt, c.CoverAt)
	if c.Made != nil {
		ret.Rubric = *c.Made
	}
	for i := range c.Values {
		v := &c.Values[i]
		if err := put(ret, r, v); err != nil {
			return nil, err
		}
	}
	for _, a := range c.Answers {
		given := returns.Answer{Cell: a.cell(), Note: a.Note, Evidence: a.Evidence, At: a.At}
		if given.IsZero() {
			continue
		}
		if ret.Answers[a.Item] == nil {
			ret.Answers[a.Item] = map[string]returns.Answer{}
		}
		ret.Answers[a.Item][a.Ask] = given
	}
	for _, p := range c.Problems {
		if p.Read && len(p.Said) == 1 {
			ret.Problems = append(ret.Problems, diag.Diagnostic{Severity: p.Severity, Message: p.Said[0], Pos: p.Pos, Hints: p.Hints, Width: p.Width, Rule: p.Rule})
		}
	}
	for _, name := range c.Absent {
		ret.Absent[name] = true
	}
	return ret, nil
}

// put puts a value into its cell. Rows of an open table come one after the other.
func put(ret *returns.Return, r *rubric.Rubric, v *Value) error {
	unknown := func() error { return fmt.Errorf("the rubric has no value %s.%s (%d)", v.Table, v.Field, v.Back) }
	if v.Table == "" {
		cells, ok := ret.Fields[v.Field]
		switch {
		case !ok && v.Derived:
			return nil
		case v.Back < 0 || v.Back >= len(cells):
			return unknown()
		}
		cells[v.Back] = v.cell()
		return nil
	}
	t := ret.Tables[v.Table]
	if t == nil {
		return unknown()
	}
	if isOpen(r, v.Table) && v.Index == len(t.Keys) {
		t.Extend(v.Index + 1)
		t.Keys[v.Index] = v.Row
	}
	if v.Index < 0 || v.Index >= len(t.Keys) {
		return fmt.Errorf("%s has no row %d here", v.Table, v.Index)
	}
	years, ok := t.Columns[v.Field]
	switch {
	case !ok && v.Derived:
		return nil
	case v.Back < 0 || v.Back >= len(years):
		return unknown()
	}
	years[v.Back][v.Index] = v.cell()
	return nil
}

func isOpen(r *rubric.Rubric, table string) bool {
	return slices.ContainsFunc(r.Data, func(b source.KeyedItem[rubric.Block]) bool { return b.Key.Text == table && b.Value.IsOpen() })
}

// absent lists what the form had no place for.
func absent(ret *returns.Return) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(ret.Absent)) {
		if ret.Absent[name] {
			out = append(out, name)
		}
	}
	return out
}
