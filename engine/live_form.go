package engine

import (
	"slices"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/sheet"
)

// LiveForm puts what is computed of the data itself into the form of a spreadsheet:
// for a form, on which the values are still to be filled in. rows says how many rows
// the form has ready for each open table; in ret some of them may be filled in. There
// are no items and no totals.
//
// The formulas follow whatever is typed into the form, and rows of an open table count
// as soon as something stands in them. A number typed as text is missing to them, and
// two keys are the same to them that differ only in case: the program reads what is
// typed with more care, and decides.
func (p *Program) LiveForm(ret *returns.Return, rows map[string]int, w LiveWords) *Live {
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	ready := ret.Clone()
	for table, n := range rows {
		ready.Tables[table].Extend(n)
	}
	p.load(m, ready)
	p.compute(m)
	m.Reset()
	b := p.newLive(ready, m, w)
	b.form = &onForm{rows: rows}
	b.Numbers, b.AnyRow = map[string]*sheet.Cell{}, map[string]*sheet.Cell{}
	b.data()
	p.load(m, ret)
	p.compute(m)
	b.agreeOnForm(ret, p, m, w)
	return b.Live
}

// onForm is what is else on a form.
type onForm struct {
	rows map[string]int // of the open tables
	year *sheet.Cell    // as a number
}

// rowsOfForm makes the cells by which the rows of a form's open tables count.
func (b *live) rowsOfForm() {
	for _, t := range b.Program.scope.Tables() {
		if b.form != nil && t.Base == nil && b.form.rows[t.Name] > 0 {
			b.open(t)
		}
	}
}

// open makes the cells by which the rows of a form's open table count.
func (b *live) open(t *formula.Table) {
	number := &sheet.Cell{Name: b.name("_" + t.Name + "._number"), Table: t.Name}
	for i := range b.form.rows[t.Name] {
		number.Values = append(number.Values, sheet.Of(float64(i+1)))
	}
	b.Numbers[t.Name] = number
	var entries, keys []formula.Place
	for _, in := range b.inputs {
		if in.table != t {
			continue
		}
		for back := range in.slots {
			c := b.values[ValueKey{t.Name, in.name, back}]
			entries = append(entries, formula.Certain(c, in.kind))
		}
	}
	for _, k := range t.Keys {
		keys = append(keys, b.s.At(k.Slots[0]))
	}
	b.s.Open(t, entries, keys, number)
	b.AnyRow[t.Name] = b.s.AnyRow(t)
}

// typedYear is the year as a number: on the cover it is typed as a text.
func (b *live) typedYear(typed *sheet.Cell) *sheet.Cell {
	year := sheet.Digits(sheet.Left(sheet.Ref(typed), 4))
	e := sheet.IfError(sheet.If(sheet.Cmp(">=", year, sheet.Num(1949)), year, sheet.Str("")), sheet.Str(""))
	b.form.year = b.cell(nil, diag.P(diag.M("the year")), e)
	return b.form.year
}

// byYear is the value of a constant that depends on the year: the newest that isn't
// later, and of all where no year is given.
func (b *live) byYear(n *formula.Name) *sheet.Expr {
	i := slices.IndexFunc(b.dated, func(d dated) bool { return d.slot == n.Slots[0] })
	d := b.dated[i]
	year := sheet.Ref(b.form.year)
	out := sheet.Str(b.words.Missing)
	literal := func(i int) *sheet.Expr {
		v := b.words.Values(d.values[i], d.kind)[0]
		if v.Kind == sheet.Text {
			return sheet.Str(v.Text)
		}
		return sheet.Num(v.Num)
	}
	for i, from := range d.years {
		out = sheet.If(sheet.Cmp(">=", year, sheet.Num(float64(from))), literal(i), out)
	}
	return sheet.If(sheet.IsNumber(year), out, literal(len(d.years)-1))
}

// agreeOnForm compares what the formulas come to with what the engine computes of the
// rows that count; of those that don't no formula is meant to say anything.
func (b *live) agreeOnForm(ret *returns.Return, p *Program, m *formula.Machine, w LiveWords) {
	b.agreeOnData(p, m, w, func(table string, got, want []sheet.Value) []sheet.Value {
		if b.form.rows[table] == 0 {
			return want
		}
		out := slices.Clone(got)
		for i := range want {
			if !b.isVoid(ret, table, i) {
				out[i] = want[i]
			}
		}
		return out
	})
}

func (b *live) isVoid(ret *returns.Return, table string, row int) bool {
	return slices.ContainsFunc(b.Program.scope.Table(table).Keys, func(k *formula.Name) bool {
		return ret.Tables[table].Columns[k.Name][0][row].State == returns.Invalid
	})
}
