package engine

import (
	"dudao/engine/formula"
	"dudao/engine/returns"
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
		if in.key {
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
}

// loadAnswers puts the answers to facts into their slots. What isn't answered is
// open, not missing: it waits for a judgement.
func (p *Program) loadAnswers(m *formula.Machine, ret *returns.Return) {
	for _, a := range p.asks {
		slot := &m.Slots[a.slot]
		slot.Resize(1, formula.Number)
		slot.State[0], slot.Num[0] = formula.Open, 0
		if answer, ok := ret.Answers[a.item][a.ask]; ok && answer.State != returns.Missing {
			slot.State[0], slot.Num[0] = stateOf(answer.State), answer.Number
			if answer.State == returns.Invalid {
				slot.State[0] = formula.Open
			}
		}
	}
}

func loadCells(slot *formula.Column, in input, cells []returns.Cell) {
	slot.Resize(len(cells), in.kind)
	for i := range cells {
		c := &cells[i]
		slot.State[i] = stateOf(c.State)
		if in.kind == formula.Text {
			slot.Text[i] = c.Text
		} else {
			slot.Num[i] = c.Number
		}
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

// compute fills the slots of computed values. A value that was entered stands
// only where the computed one is missing.
func (p *Program) compute(m *formula.Machine) {
	for _, k := range p.computed {
		m.Reset()
		out, slot := k.name.Formula.Eval(m), &m.Slots[k.name.Slots[0]]
		rows := 1
		if k.name.Table != nil {
			rows = m.Rows[k.name.Table.Index]
		}
		if out.Len() == rows {
			slot.Copy(out)
		} else { // a single value for every row
			slot.Resize(rows, k.name.Kind)
			for i := range rows {
				slot.State[i] = out.State[0]
				if k.name.Kind == formula.Text {
					slot.Text[i] = out.Text[0]
				} else {
					slot.Num[i] = out.Num[0]
				}
			}
		}
		if k.entered < 0 {
			continue
		}
		entered := m.Slots[k.entered]
		for i, s := range slot.State {
			if s == formula.Missing && entered.State[i] != formula.Missing {
				slot.State[i], slot.Num[i] = entered.State[i], entered.Num[i]
			}
		}
	}
}
