package engine

import (
	"dudao/engine/formula"
	"dudao/engine/returns"
)

// LiveForm puts what is computed of the data itself into the form of a spreadsheet:
// for a form, on which the values are still to be filled in. ret has all rows that
// the form has. There are no items and no totals.
func (p *Program) LiveForm(ret *returns.Return, w LiveWords) *Live {
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	p.load(m, ret)
	p.compute(m)
	m.Reset()
	b := p.newLive(ret, m, w)
	b.data()
	b.agreeOnData(p, m, w)
	return b.Live
}
