package engine

import (
	"slices"

	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// load puts a return's values into the machine's slots.
func (p *Program) load(m *formula.Machine, ret *returns.Return) {
	for _, in := range p.inputs {
		if in.table == nil {
			for back, slot := range in.slots {
				loadCells(&m.Slots[slot], in, ret.Fields[in.name][back:back+1])
			}
			continue
		}
		t := ret.Tables[in.table.Name]
		m.Rows[in.table.Index] = len(t.Keys)
		if in.fixed {
			slot := &m.Slots[in.slots[0]]
			slot.Resize(len(t.Keys), formula.Text)
			copy(slot.Text, t.Keys)
			clear(slot.State)
			continue
		}
		for back, slot := range in.slots {
			loadCells(&m.Slots[slot], in, t.Columns[in.name][back])
		}
	}
	p.loadYear(m, ret.Year)
	p.loadAnswers(m, ret)
	for _, it := range p.items {
		if r, is := it.scoring.(rank); is {
			r.load(m, ret.Others)
		}
	}
}

func loadCells(slot *formula.Column, in input, cells []returns.Cell) {
	slot.Resize(len(cells), in.kind)
	slot.Clean = in.kind != formula.Text
	for i := range cells {
		c := &cells[i]
		if c.State == returns.Given && in.kind != formula.Text {
			slot.Num[i], slot.State[i] = c.Number, formula.Known
			continue
		}
		slot.Clean = false
		slot.State[i] = stateOf(c.State)
		if in.kind == formula.Text {
			slot.Text[i] = c.Text
			continue
		}
		slot.Num[i] = c.Number
		if c.State == returns.Missing && in.field.Default.Given {
			slot.State[i], slot.Num[i] = formula.Known, in.field.Default.Value
		}
	}
}

// stateOf treats what couldn't be understood as missing: it is a problem of the
// data, and no number is guessed in its place.
func stateOf(s returns.State) formula.State {
	switch s {
	case returns.Given:
		return formula.Known
	case returns.NotApplicable:
		return formula.Inapplicable
	default:
		return formula.Missing
	}
}

// loadYear fills the year and the params that depend on it: of each the newest
// value that isn't after the year. A return without a year gets the newest.
func (p *Program) loadYear(m *formula.Machine, year int) {
	slot := &m.Slots[p.result.year]
	slot.Resize(1, formula.Number)
	slot.Num[0], slot.State[0] = float64(year), formula.Known
	if year == 0 {
		slot.State[0] = formula.Missing
	}
	for _, d := range p.dated {
		at, value := d.at(year), &m.Slots[d.slot]
		if at < 0 {
			value.Resize(1, d.kind)
			value.State[0] = formula.Missing
			continue
		}
		value.Copy(d.values[at])
	}
}

// at is the index of the value for a year, or -1 if the first is later.
func (d dated) at(year int) int {
	if year == 0 {
		return len(d.years) - 1
	}
	at, found := slices.BinarySearch(d.years, year)
	if found {
		return at
	}
	return at - 1
}

// loadAnswers puts the answers to facts and judgements into their slots. What
// isn't answered is open, not missing: it waits for a judgement.
func (p *Program) loadAnswers(m *formula.Machine, ret *returns.Return) {
	for _, a := range p.asks {
		kind := formula.Number
		if a.Kind == rubric.LevelChoice {
			kind = formula.Text
		}
		slot := &m.Slots[a.slot]
		slot.Resize(1, kind)
		slot.State[0] = formula.Open
		answer, ok := ret.Answers[a.Item][a.Text]
		if !ok || answer.State == returns.Missing || answer.State == returns.Invalid || p.lacksEvidence(a, answer) && ret.AnswerCheck(a.Item, a.Text) == nil {
			continue
		}
		slot.State[0] = stateOf(answer.State)
		if kind == formula.Text {
			slot.Text[0] = answer.Text
		} else {
			slot.Num[0] = answer.Number
		}
	}
}

// lacksEvidence reports whether a judgement doesn't count because the rubric
// wants evidence with it.
func (p *Program) lacksEvidence(a askInput, answer returns.Answer) bool {
	if a.Text != "" || len(answer.Evidence) > 0 {
		return false
	}
	for _, it := range p.items {
		if it.src.ID.Text == a.Item {
			return it.src.EvidenceRequired
		}
	}
	return false
}

// compute fills the slots of derived values, in their order.
func (p *Program) compute(m *formula.Machine) {
	for _, k := range p.derived {
		k.compute(m)
	}
}

func (k derived) compute(m *formula.Machine) {
	m.Reset()
	switch {
	case k.view != nil:
		mask(m, k.view)
	case k.name.When != nil:
		applies(m, k.name)
	default:
		fill(m, k)
	}
}

// applies makes a value not applicable where its condition doesn't hold, whatever
// was filled in there, and missing where it holds but was said not to apply.
func applies(m *formula.Machine, n *formula.Name) {
	when := n.When.Eval(m)
	for _, slot := range n.Slots {
		c := &m.Slots[slot]
		for row := range c.State {
			at := min(row, when.Len()-1)
			switch {
			case when.State[at] != formula.Known:
			case when.Num[at] == 0:
				c.State[row], c.Clean = formula.Inapplicable, false
			case c.State[row] == formula.Inapplicable:
				c.State[row] = formula.Missing
			}
		}
	}
}

// fill computes a value. What was entered stands only where it is missing.
func fill(m *formula.Machine, k derived) {
	out, slot := k.name.Formula.Eval(m), &m.Slots[k.name.Slots[0]]
	rows := 1
	if k.name.Table != nil {
		rows = m.Rows[k.name.Table.Index]
	}
	spread(slot, out, rows, k.name.Kind)
	if k.entered < 0 {
		return
	}
	entered := m.Slots[k.entered]
	for i, s := range slot.State {
		if s == formula.Missing && entered.State[i] != formula.Missing {
			slot.Set(i, entered, i)
		}
	}
}

// spread copies a result; a single value stands for every row.
func spread(slot *formula.Column, out formula.Column, rows int, kind formula.Kind) {
	if out.Len() == rows {
		slot.Copy(out)
		return
	}
	slot.Resize(rows, kind)
	for i := range rows {
		slot.State[i] = out.State[0]
		if kind == formula.Text {
			slot.Text[i] = out.Text[0]
		} else {
			slot.Num[i] = out.Num[0]
		}
	}
}

// mask computes the mask of a view: the rows of its base for which its
// condition holds.
func mask(m *formula.Machine, v *formula.Table) {
	own := &m.Slots[v.Mask]
	spread(own, v.Where.Eval(m), m.Rows[v.Index], formula.Truth)
	if v.Base.Base == nil {
		return
	}
	outer := m.Slots[v.Base.Mask]
	own.Clean = false
	for i, s := range outer.State {
		switch {
		case s == formula.Known && outer.Num[i] == 0:
			own.Num[i], own.State[i] = 0, formula.Known
		case s != formula.Known && !(own.State[i] == formula.Known && own.Num[i] == 0):
			own.State[i] = max(own.State[i], s)
		}
	}
}
