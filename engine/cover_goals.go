package engine

import (
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
)

// conditions wants each condition of a formula to hold and not to hold, in a row
// that counts. at is where the condition stands if it has no text of its own.
func (c *Coverage) conditions(item string, f *formula.Formula, each *formula.Table, where *formula.Formula, at diag.Excerpt) {
	if f == nil {
		return
	}
	for _, cond := range f.Conditions() {
		if cond.Source.Given() {
			at = diag.Excerpt{Text: cond.Text()}
			at.Pos, _ = cond.Place()
		}
		for _, side := range []bool{true, false} {
			missed := diag.M("“%s” holds in no case", at.Text)
			if !side {
				missed = diag.M("“%s” fails in no case", at.Text)
			}
			c.add("condition", item, missed, at, func(m *formula.Machine, _ *Scorecard) bool { return seen(m, cond, each, where, side) })
		}
	}
}

// seen reports whether a condition has come out so in a row that counts.
func seen(m *formula.Machine, cond formula.Condition, each *formula.Table, where *formula.Formula, side bool) bool {
	col, in := cond.Asked(m), selected(m, each, where)
	for row, state := range col.State {
		counts, known := true, formula.Known
		if each != nil && col.Len() == m.Rows[each.Index] {
			counts, known = in.at(row)
		}
		if counts && max(known, state) == formula.Known && (col.Num[row] != 0) == side {
			return true
		}
	}
	return false
}

// derived wants the conditions of a computed value, of its standard, or of a view.
func (c *Coverage) derived(k derived) {
	if k.view != nil {
		var base *formula.Table
		if k.view.Base.Base != nil {
			base = k.view.Base // only rows of the outer view count
		}
		c.conditions("", k.view.Where, base, nil, diag.Excerpt{})
		return
	}
	c.conditions("", k.name.When, nil, nil, diag.Excerpt{})
	c.conditions("", k.name.Formula, nil, nil, diag.Excerpt{})
	c.conditions("", k.name.Standard, nil, nil, diag.Excerpt{})
}

func (c *Coverage) item(index int, it *item) {
	id := it.src.ID
	c.add("item", id.Text, diag.M("no case decides item %s", id.Text), id, func(_ *formula.Machine, card *Scorecard) bool {
		s := card.Items[index].State
		return s.Decided() && s != Inapplicable
	})
	c.conditions(id.Text, it.when, nil, nil, it.src.When)
	gate := len(c.goals)
	c.conditions(id.Text, it.gate, nil, nil, it.src.Gate)
	scored := len(c.goals)
	c.scoring(it)
	c.behind(it.when, c.goals[gate:])
	c.behind(it.gate, c.goals[scored:])
}

// behind lets goals be reached only where a condition of the whole item holds: what
// would come out behind a gate that is shut decides nothing.
func (c *Coverage) behind(cond *formula.Formula, goals []goal) {
	if cond == nil {
		return
	}
	for i := range goals {
		reached := goals[i].reached
		goals[i].reached = func(m *formula.Machine, card *Scorecard) bool { return cond.Eval(m).True(0) && reached(m, card) }
	}
}

// scoring wants what an item's form can make of it.
func (c *Coverage) scoring(it *item) {
	id := it.src.ID
	c.conditions(id.Text, it.value, c.eachOf(it), c.whereOf(it), it.src.Value)
	switch s := it.scoring.(type) {
	case ladder:
		c.ladder(it, s)
	case line:
		c.line(it, s)
	case sum:
		c.sum(it, s)
	case rank:
		c.rank(it, s)
	case given:
		c.conditions(id.Text, s.points, c.eachOf(it), c.whereOf(it), it.src.Score)
	}
}

// eachOf and whereOf select the rows of an item that is scored row by row.
func (c *Coverage) eachOf(it *item) *formula.Table {
	if it.over == nil {
		return nil
	}
	return it.over.each
}

func (c *Coverage) whereOf(it *item) *formula.Formula {
	if it.over == nil {
		return nil
	}
	return it.over.where
}

func (c *Coverage) ladder(it *item, l ladder) {
	id := it.src.ID.Text
	if it.src.Pass.Given() {
		t := l.rungs[0].test
		c.test(id, t)
		if t.least > 0 {
			at := diag.Excerpt{Text: decimal.Format(t.least, 9), Pos: it.src.AtLeast.Pos}
			c.add("condition", id, diag.M("no case reaches at_least: %s of item %s", at.Text, id), at, l.decides(c, it, 0))
			c.add("condition", id, diag.M("no case stays below at_least: %s of item %s", at.Text, id), at, l.decides(c, it, -1))
		}
		return
	}
	for i := range l.rungs {
		kind, missed, at := "level", diag.Message{}, diag.Excerpt{}
		if it.src.Judge != nil {
			at = it.src.Judge.Levels[i].Level
			missed = diag.M("no case is judged “%s” in item %s", at.Text, id)
		} else {
			band := it.src.Bands.List[i]
			kind, at = "band", diag.Excerpt{Text: decimal.Format(band.From.Value, 9), Pos: band.From.Pos}
			missed = diag.M("no case reaches the band from %s of item %s", at.Text, id)
		}
		c.add(kind, id, missed, at, l.decides(c, it, i))
	}
	if it.src.Judge == nil {
		c.add("band", id, diag.M("no case stays below the lowest band of item %s", id), it.src.ID, l.decides(c, it, -1))
	}
}

// decides is reached when a rung decides; -1 is none of them.
func (l ladder) decides(c *Coverage, it *item, rung int) func(*formula.Machine, *Scorecard) bool {
	return func(m *formula.Machine, _ *Scorecard) bool { return l.reaches(m, rung, c.eachOf(it), c.whereOf(it)) }
}

// reaches reports whether a rung decides in a row that counts; -1 is none of them.
func (l ladder) reaches(m *formula.Machine, rung int, each *formula.Table, where *formula.Formula) bool {
	in, n := selected(m, each, where), 1
	if each != nil {
		n = m.Rows[each.Index]
	}
	for row := range n {
		if counts, known := in.at(row); !counts || known != formula.Known {
			continue
		}
		if got, ok := l.rung(m, row); ok && got == rung {
			return true
		}
	}
	return false
}

// rung is the first rung whose condition holds in a row, or -1; ok is false where
// that isn't known.
func (l ladder) rung(m *formula.Machine, row int) (at int, ok bool) {
	for i, r := range l.rungs {
		col := r.test.column(m)
		j := min(row, col.Len()-1)
		if col.State[j] != formula.Known {
			return 0, false
		}
		if col.Num[j] != 0 {
			return i, true
		}
	}
	return -1, true
}

// test wants both sides of a condition, and of what selects its rows.
func (c *Coverage) test(item string, t test) {
	if t.where != nil {
		c.conditions(item, t.where, t.each, nil, t.where.Source)
	}
	c.conditions(item, t.cond, t.each, t.where, t.cond.Source)
}

// line wants a scale at both of its ends and between them.
func (c *Coverage) line(it *item, l line) {
	id := it.src.ID.Text
	if l.share != nil {
		c.test(id, *l.share)
		return
	}
	c.conditions(id, l.value, c.eachOf(it), c.whereOf(it), it.src.Value)
	between := func(least, most float64) func(*formula.Machine, *Scorecard) bool {
		return func(m *formula.Machine, _ *Scorecard) bool {
			col, in := l.value.Eval(m), selected(m, c.eachOf(it), c.whereOf(it))
			for row, state := range col.State {
				counts, known := in.at(row)
				part := (col.Num[row] - l.from) / (l.to - l.from)
				if counts && max(known, state) == formula.Known && part >= least && part <= most {
					return true
				}
			}
			return false
		}
	}
	at := func(x float64, pos diag.Pos) diag.Excerpt { return diag.Excerpt{Text: decimal.Format(x, 9), Pos: pos} }
	from, to := at(l.from, it.src.Scale.From.Pos), at(l.to, it.src.Scale.To.Pos)
	const inside = 1e-9
	c.add("scale", id, diag.M("no case has no points on the scale of item %s", id), from, between(-1e300, 0))
	c.add("scale", id, diag.M("no case lies between %s and %s on the scale of item %s", from.Text, to.Text, id), from, between(inside, 1-inside))
	c.add("scale", id, diag.M("no case has full points on the scale of item %s", id), to, between(1, 1e300))
}

func (c *Coverage) sum(it *item, s sum) {
	id := it.src.ID.Text
	switch {
	case it.src.Pass.Given():
		for _, t := range s.tests() {
			c.test(id, t)
		}
	default:
		c.terms(id, s.terms, it)
	}
}

func (c *Coverage) terms(id string, terms []term, it *item) {
	for _, t := range terms {
		at := firstGiven(t.src.For, t.src.Ask, t.src.If, t.src.Times, t.src.Where)
		if t.per > 0 {
			c.term("part", id, t, it, at, diag.M("no case is given the points of “%s”", at.Text), diag.M("every case is given the points of “%s”", at.Text))
		} else {
			c.term("deduction", id, t, it, at, diag.M("no case loses the points of “%s”", at.Text), diag.M("every case loses the points of “%s”", at.Text))
		}
	}
}

// term wants something to be counted in one case and nothing in another.
func (c *Coverage) term(kind, id string, t term, it *item, at diag.Excerpt, never, always diag.Message) {
	if it == nil {
		it = &item{}
	}
	count := func(some bool) func(*formula.Machine, *Scorecard) bool {
		return func(m *formula.Machine, _ *Scorecard) bool {
			col, in := t.count(m), selected(m, c.eachOf(it), c.whereOf(it))
			for row, state := range col.State {
				counts, known := true, formula.Known
				if each := c.eachOf(it); each != nil && col.Len() == m.Rows[each.Index] {
					counts, known = in.at(row)
				}
				if counts && max(known, state) == formula.Known && (col.Num[row] > 0) == some {
					return true
				}
			}
			return false
		}
	}
	c.add(kind, id, never, at, count(true))
	c.add(kind, id, always, at, count(false))
	switch {
	case t.rows != nil:
		c.test(id, *t.rows)
	case t.each != nil:
		if t.where != nil {
			c.conditions(id, t.where, t.each, nil, t.where.Source)
		}
		c.conditions(id, t.times, t.each, t.where, at)
	case t.times.Kind == formula.Number || len(t.times.Conditions()) > 1: // one condition alone is the term itself
		c.conditions(id, t.times, c.eachOf(it), c.whereOf(it), at)
	}
}

func firstGiven(list ...diag.Excerpt) diag.Excerpt {
	for _, e := range list {
		if e.Given() {
			return e
		}
	}
	return diag.Excerpt{}
}

func (c *Coverage) veto(index int, v veto) {
	title := v.src.Title
	for _, fired := range []bool{true, false} {
		missed := diag.M("in no case does the veto “%s” act", title.Text)
		if !fired {
			missed = diag.M("in every case the veto “%s” acts", title.Text)
		}
		c.add("veto", "", missed, title, func(_ *formula.Machine, card *Scorecard) bool {
			got := card.Vetoes[index]
			return !got.Open && got.Fired == fired
		})
	}
	if v.within != nil {
		c.add("veto", "", diag.M("in no case does the veto “%s” act because of another unit", title.Text), v.src.Within, func(m *formula.Machine, card *Scorecard) bool {
			if v.within.Eval(m).State[0] != formula.Known {
				return false
			}
			others := card.Others.SharedOf(title.Text, v.within.Eval(m).Text[0])
			return others != nil && others.ActsIn > 0
		})
	}
	if !v.src.Ask.Given() && len(v.when.Conditions()) > 1 { // else it says the same
		c.conditions("", v.when, nil, nil, v.src.When)
	}
}
