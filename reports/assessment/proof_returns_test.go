package assessment

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/form"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/reports/office"
)

// lever is a figure of a return that a test moves.
type lever struct {
	name  string
	path  string // as the inputs of an item name it
	field *rubric.Field
	at    func(*returns.Return) *returns.Cell
}

// levers are the cells that people fill in; of an open table those of some rows.
func levers(p *engine.Program, ret *returns.Return) []lever {
	var out []lever
	for _, b := range p.Rubric.Data {
		for i := range b.Value.Fields {
			f := &b.Value.Fields[i]
			for back := range ret.Fields[f.Key.Text] {
				out = append(out, lever{fmt.Sprint(f.Key.Text, " ", back), form.NameOf("", f.Key.Text, back), &f.Value,
					func(r *returns.Return) *returns.Cell { return &r.Fields[f.Key.Text][back] }})
			}
		}
		table := ret.Tables[b.Key.Text]
		for i := range b.Value.Columns {
			f := &b.Value.Columns[i]
			if table == nil || table.Columns[f.Key.Text] == nil || slices.Contains(b.Value.KeyNames(), f.Key.Text) {
				continue
			}
			for back := range table.Columns[f.Key.Text] {
				for row := 0; row < len(table.Keys); row += 1 + row*row/4 {
					out = append(out, lever{fmt.Sprint(b.Key.Text, "[", table.Keys[row], "].", f.Key.Text, " ", back), form.NameOf(b.Key.Text, f.Key.Text, back), &f.Value,
						func(r *returns.Return) *returns.Cell { return &r.Tables[b.Key.Text].Columns[f.Key.Text][back][row] }})
				}
			}
		}
	}
	return out
}

func (l lever) isNumber() bool {
	return len(l.field.Choice) == 0 && slices.Contains([]string{"number", "whole", "percent"}, l.field.Type.Text)
}

func (l lever) digits() int {
	if l.field.Type.Text == "whole" {
		return 0
	}
	return int(l.field.Digits.Value)
}

// with is the return with another number in the lever's cell.
func (l lever) with(ret *returns.Return, x float64) *returns.Return {
	out := ret.Clone()
	*l.at(out) = returns.Cell{State: returns.Given, Number: x, Typed: decimal.Format(x, 9)}
	return out
}

// edge looks for two neighbouring figures that come out differently; ok is false where
// the figure doesn't matter.
func (l lever) edge(p *engine.Program, ret *returns.Return, outcome func(*engine.Scorecard) string) (near, far float64, ok bool) {
	now := *l.at(ret)
	if !l.isNumber() || now.State != returns.Given {
		return 0, 0, false
	}
	of := func(x float64) string { return outcome(p.Score(l.with(ret, x))) }
	is := of(now.Number)
	for _, x := range []float64{0, now.Number / 2, now.Number * 2, now.Number*10 + 10, 100} {
		if x = decimal.Round(x, l.digits()); l.field.Max.Given && x > l.field.Max.Value || of(x) == is {
			continue
		}
		near, far = now.Number, x
		for {
			middle := decimal.Round((near+far)/2, l.digits())
			if middle == near || middle == far {
				return near, far, true
			}
			if of(middle) == is {
				near = middle
			} else {
				far = middle
			}
		}
	}
	return 0, 0, false
}

// edges are returns at the thresholds of items, grades and vetoes: the last figure
// before and the first behind.
func edges(p *engine.Program, ret *returns.Return) map[string]*returns.Return {
	out := map[string]*returns.Return{}
	card, all := p.Score(ret), levers(p, ret)
	add := func(what string, inputs []engine.InputRef, outcome func(*engine.Scorecard) string) {
		for _, l := range all {
			if inputs != nil && !slices.ContainsFunc(inputs, func(r engine.InputRef) bool { return r.Path == l.path }) {
				continue
			}
			if near, far, ok := l.edge(p, ret, outcome); ok {
				out[fmt.Sprint(what, ": ", l.name, " = ", near)] = l.with(ret, near)
				out[fmt.Sprint(what, ": ", l.name, " = ", far)] = l.with(ret, far)
				return
			}
		}
	}
	for i, item := range card.Items {
		add(item.ID, append([]engine.InputRef{}, item.Inputs...), func(c *engine.Scorecard) string { return fmt.Sprint(c.Items[i].State, c.Items[i].Points) })
	}
	add("grade", nil, func(c *engine.Scorecard) string { return fmt.Sprint(c.Grade) })
	for i := range card.Vetoes {
		add("veto", nil, func(c *engine.Scorecard) string { return fmt.Sprint(c.Vetoes[i].Fired) })
	}
	return out
}

// mixed changes several figures and answers at once.
func mixed(p *engine.Program, ret *returns.Return, changes int, rnd *rand.Rand) *returns.Return {
	out := ret.Clone()
	all, asks := levers(p, ret), p.Rubric.Asks()
	for range changes {
		if len(asks) > 0 && rnd.IntN(4) == 0 || len(all) == 0 {
			a := asks[rnd.IntN(len(asks))]
			if out.Answers[a.Item] == nil {
				out.Answers[a.Item] = map[string]returns.Answer{}
			}
			out.Answers[a.Item][a.Text] = another(a, out.Answers[a.Item][a.Text], rnd)
			continue
		}
		l := all[rnd.IntN(len(all))]
		*l.at(out) = l.another(*l.at(out), rnd)
	}
	return out
}

// another is something else in a cell: nothing, 不适用, what is no number, 0, a choice
// that moves a row out of a view, somewhat more or less.
func (l lever) another(c returns.Cell, rnd *rand.Rand) returns.Cell {
	switch n := rnd.IntN(9); {
	case n == 0:
		return returns.Cell{}
	case n == 1 && !l.field.Always:
		return returns.Cell{State: returns.NotApplicable, Typed: "不适用"}
	case n == 2 && (l.isNumber() || len(l.field.Choice) > 0 || l.field.Type.Text == "yesno"):
		return returns.Cell{State: returns.Invalid, Typed: "四百余"}
	case len(l.field.Choice) > 0:
		return returns.Cell{State: returns.Given, Text: l.field.Choice[rnd.IntN(len(l.field.Choice))].Text, Typed: "…"}
	case l.field.Type.Text == "yesno":
		return returns.Cell{State: returns.Given, Number: 1 - c.Number, Typed: "…"}
	case !l.isNumber():
		return c
	case n == 3:
		return returns.Cell{State: returns.Given, Typed: "0"}
	default:
		x := decimal.Round(c.Number*[]float64{0.5, 0.9, 0.99, 1.01, 1.1, 2}[rnd.IntN(6)]+float64(rnd.IntN(3)-1), l.digits())
		if l.field.Min.Given {
			x = max(x, l.field.Min.Value)
		}
		return returns.Cell{State: returns.Given, Number: x, Typed: decimal.Format(x, 9)}
	}
}

// another is another answer, or none, or one without evidence.
func another(a rubric.Ask, was returns.Answer, rnd *rand.Rand) returns.Answer {
	switch n := rnd.IntN(5); {
	case n == 0:
		return returns.Answer{}
	case n == 1 && was.State == returns.Given:
		was.Evidence = nil
	case a.Kind == rubric.LevelChoice:
		was.State, was.Typed, was.Text = returns.Given, "…", a.Judge.Levels[rnd.IntN(len(a.Judge.Levels))].Level.Text
	default:
		was.State, was.Typed, was.Number = returns.Given, "…", 1-was.Number
	}
	return was
}

// Whoever changes figures in the report of an example sees in it what dudao says of
// the changed return: at every threshold, with data missing, with several at once.
func TestChangedReturnsAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes a while")
	}
	t.Parallel()
	var all []*edited
	workbooks := map[string][]byte{}
	rnd := rand.New(rand.NewPCG(2026, 7))
	try := func(name string, was written, ret *returns.Return) {
		is := write(scored{was.program, ret, was.program.Score(ret)})
		e, data, err := edit(name, was, is)
		if err != nil {
			t.Error(err)
			return
		}
		all, workbooks[name] = append(all, e), data
	}
	cases := examples(t)
	cases["levels"] = score(t, twoLevels, "county.yaml", twoLevelsReturn)
	for _, c := range []struct {
		name         string
		edges, mixed int // how many returns
		changes      int
	}{
		// The county's are large: LibreOffice takes most of its time for them.
		{"levels", 14, 22, 5}, {"gaoping-2021 funding-no-decrease", 10, 18, 4}, {"gaoping-duty-2022 county-duty-2022", 14, 10, 6}, {"county county-duty-2022", 0, 4, 8},
		{"county preschool-2020", 4, 3, 10}, {"county quality-balanced-2017", 0, 1, 300}, {"class-size class-size", 0, 1, 300},
	} {
		if !thorough {
			c.edges, c.mixed = (c.edges+2)/3, (c.mixed+2)/3
		}
		s := cases[c.name]
		was := write(s)
		if c.edges > 0 {
			at := edges(s.program, s.ret)
			names := slices.Sorted(maps.Keys(at))
			rnd.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
			for _, name := range names[:min(c.edges, len(names))] {
				try(c.name+" "+name, was, at[name])
			}
		}
		for i := range c.mixed {
			try(fmt.Sprint(c.name, " mixed ", i), was, mixed(s.program, s.ret, 1+rnd.IntN(c.changes), rnd))
		}
	}
	least := 95
	if !thorough {
		least = 35
	}
	compareAll(t, all, least, office.Recalculate(t, workbooks))
}
