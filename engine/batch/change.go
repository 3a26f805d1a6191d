package batch

import (
	"cmp"
	"slices"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/returns"
)

// Change is how the points of an item, or of a unit in all, changed since last year,
// and what by. The three parts add up to the whole change; they are nil where last
// year's data aren't at hand.
type Change struct {
	Unit      string
	Item      string   // id; empty for the total
	Last, Now *float64 // nil where there is none, or it wasn't certain

	Rubric    *float64 // last year's data by this year's rubric, less last year's points
	Judgement *float64 // what this year's judgements changed in that
	Data      *float64 // and then this year's data
}

// Prior is a number given as last year's that isn't what was accepted then.
type Prior struct {
	Unit            string
	Name            string
	Accepted, Typed float64
	At, Was         diag.Pos // where it was typed, and where it was last year
}

// Years compares a batch with that of the year before.
type Years struct {
	Program *engine.Program // this year's
	Now     []Record
	Last    []Record

	// Return finds what was submitted, which a report carries; nil where it is gone.
	Return func(r *Record, last bool) *returns.Return
}

// YearOnYear is what came of comparing two years.
type YearOnYear struct {
	Changes []Change // by unit, in the order of this year's
	Priors  []Prior
	New     []string // units that were not there last year
	Gone    []string // units that were
	Bare    []string // units whose data of last year aren't at hand
}

// Compare finds what changed for each unit: matched by its code, else by its name.
func (y *Years) Compare() YearOnYear {
	var out YearOnYear
	before := lastOf(y.Last)
	met := map[*Record]bool{}
	for i := range y.Now {
		now := &y.Now[i]
		if now.Failed != nil {
			continue
		}
		last := before(now)
		if last == nil {
			out.New = append(out.New, now.Unit())
			continue
		}
		met[last] = true
		was, is := y.Return(last, true), y.Return(now, false)
		if was == nil || is == nil {
			out.Bare = append(out.Bare, now.Unit())
			out.Priors = append(out.Priors, y.figures(last, now)...)
		} else {
			out.Priors = append(out.Priors, y.priors(now.Unit(), was, is)...)
		}
		out.Changes = append(out.Changes, y.changes(last, now, was, is)...)
	}
	for i := range y.Last {
		if r := &y.Last[i]; r.Failed == nil && !met[r] {
			out.Gone = append(out.Gone, r.Unit())
		}
	}
	return out
}

// lastOf finds the record of a unit in last year's batch: by its code, else by its
// name.
func lastOf(last []Record) func(now *Record) *Record {
	byCode, byName := map[string]*Record{}, map[string]*Record{}
	for i := range last {
		if r := &last[i]; r.Failed == nil {
			if r.Cover.Code != "" {
				byCode[r.Cover.Code] = r
			}
			byName[r.Cover.Name] = r
		}
	}
	return func(now *Record) *Record {
		if r := byCode[now.Cover.Code]; r != nil {
			return r
		}
		r := byName[now.Cover.Name]
		if r != nil && r.Cover.Code != "" && now.Cover.Code != "" {
			return nil // another unit of the same name
		}
		return r
	}
}

// changes are those of one unit: its total, then its items.
func (y *Years) changes(last, now *Record, before, after *returns.Return) []Change {
	var byRubric, byJudgement *engine.Scorecard
	if before != nil && after != nil {
		ret := before.For(y.Program.Rubric)
		byRubric = y.Program.Score(ret)
		ret.Answers = after.Answers
		byJudgement = y.Program.Score(ret)
	}
	out := []Change{split(now.Unit(), "", known(last.Total), known(now.Total), byRubric, byJudgement, func(c *engine.Scorecard) *float64 { return known(c.Total) })}
	for i := range now.Items {
		id := now.Items[i].ID
		points := func(c *engine.Scorecard) *float64 {
			if item := c.Item(id); item != nil {
				return known(item.Amount)
			}
			return nil
		}
		var was *float64
		if at := slices.IndexFunc(last.Items, func(x Item) bool { return x.ID == id }); at >= 0 {
			was = known(last.Items[at].Amount)
		}
		c := split(now.Unit(), id, was, known(now.Items[i].Amount), byRubric, byJudgement, points)
		if (c.Last == nil) != (c.Now == nil) || c.Last != nil && decimal.Compare(*c.Last, *c.Now) != 0 {
			out = append(out, c)
		}
	}
	return out
}

func known(a engine.Amount) *float64 {
	if !a.Certain() {
		return nil
	}
	return &a.Points
}

// split says what each step made of the points.
func split(unit, item string, last, now *float64, byRubric, byJudgement *engine.Scorecard, of func(*engine.Scorecard) *float64) Change {
	c := Change{Unit: unit, Item: item, Last: last, Now: now}
	if byRubric == nil || last == nil || now == nil {
		return c
	}
	a, b := of(byRubric), of(byJudgement)
	if a == nil || b == nil {
		return c
	}
	c.Rubric, c.Judgement, c.Data = less(*a, *last), less(*b, *a), less(*now, *b)
	return c
}

// less is a difference of points, without the noise of binary numbers.
func less(a, b float64) *float64 {
	x := decimal.Round(a-b, 6)
	return &x
}

// priors compares what is given as last year's with what was accepted then.
func (y *Years) priors(unit string, before, after *returns.Return) []Prior {
	var out []Prior
	add := func(path string, was, typed returns.Cell) {
		if was.State == returns.Given && typed.State == returns.Given && was.Text == "" && decimal.Compare(was.Number, typed.Number) != 0 {
			out = append(out, Prior{unit, path, was.Number, typed.Number, typed.Pos(), was.Pos()})
		}
	}
	for _, b := range y.Program.Rubric.Data {
		table := b.Key.Text
		for _, f := range b.Value.Fields {
			name := f.Key.Text
			if was, typed := before.Fields[name], after.Fields[name]; len(was) > 0 && len(typed) > 1 {
				add(form.Path("", "", name, 1), was[0], typed[1])
			}
		}
		was, now := before.Tables[table], after.Tables[table]
		if was == nil || now == nil {
			continue
		}
		at := map[string]int{}
		for row, key := range was.Keys {
			at[key] = row
		}
		for _, column := range b.Value.Entries() {
			if len(now.Columns[column]) < 2 || len(was.Columns[column]) == 0 {
				continue
			}
			for row, key := range now.Keys {
				if other, ok := at[key]; ok {
					add(form.Path(table, key, column, 1), was.Columns[column][0][other], now.Columns[column][1][row])
				}
			}
		}
	}
	return out
}

// figures is the same by the figures that records keep: those outside open tables.
func (y *Years) figures(last, now *Record) []Prior {
	type key struct{ table, row, field string }
	was := map[key]Figure{}
	for _, f := range last.Figures {
		if f.Back == 0 && !f.Computed {
			was[key{f.Table, f.Row, f.Field}] = f
		}
	}
	var out []Prior
	for _, f := range now.Figures {
		w, ok := was[key{f.Table, f.Row, f.Field}]
		if f.Back == 1 && !f.Computed && ok && decimal.Compare(w.Number, f.Number) != 0 {
			out = append(out, Prior{now.Unit(), form.Path(f.Table, f.Row, f.Field, 1), w.Number, f.Number, f.Pos, w.Pos})
		}
	}
	slices.SortStableFunc(out, func(a, b Prior) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
