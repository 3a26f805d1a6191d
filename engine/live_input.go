package engine

import (
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
)

// input is a value that people fill in, as the report shows it.
func (b *live) input(in input) {
	n := b.nameOf(tableName(in.table), in.name)
	field := in.field
	for back := range in.slots {
		var cells []returns.Cell
		if in.table == nil {
			cells = b.ret.Fields[in.name][back : back+1]
		} else if !in.fixed {
			cells = b.ret.Tables[in.table.Name].Columns[in.name][back]
		}
		c := &sheet.Cell{Name: b.nameOn(in.table, in.name, back), Table: tableName(in.table), Values: make([]sheet.Value, 0, len(cells))}
		for i := range cells {
			v := b.shown(&cells[i], field)
			if b.form != nil && in.table != nil && v.Kind == sheet.Blank {
				v = sheet.Said("") // as the copy of an empty cell is
			}
			c.Values = append(c.Values, v)
		}
		if in.fixed {
			for _, key := range b.ret.Tables[in.table.Name].Keys {
				c.Values = append(c.Values, sheet.Said(key))
			}
		}
		b.values[ValueKey{c.Table, in.name, back}] = c
		switch {
		case in.isKey() && !in.fixed && b.form != nil:
			b.s.Typed(in.slots[back], n.Kind, c, true)
			b.s.Set(in.slots[back], b.s.At(in.slots[back]).Among(n.Choices))
		case in.isKey():
			b.s.Set(in.slots[back], b.counting(in, n, formula.Certain(c, formula.Text)))
		case field.Formula.Given():
		default:
			p := b.used(in, n, b.s.Typed(in.slots[back], n.Kind, c, field.Always).Among(n.Choices))
			b.s.Set(in.slots[back], b.counting(in, n, p))
		}
	}
}

// nameOn is the name of a value's cell, or column: the form's own. The columns of an
// open table of a form are computed with elsewhere, under names of their own.
func (b *live) nameOn(table *formula.Table, field string, back int) string {
	name := form.NameOf(tableName(table), field, back)
	b.names[sheet.FoldName(name)] = true
	if b.form != nil && b.form.rows[tableName(table)] > 0 {
		return b.name("_" + name)
	}
	return name
}

// year is the cell of the return's year.
func (b *live) year() {
	c := &sheet.Cell{Name: form.YearName, Values: []sheet.Value{{}}}
	if b.ret.Year != 0 {
		c.Values[0] = sheet.Of(float64(b.ret.Year))
	}
	if b.form != nil {
		c = b.typedYear(c)
	}
	b.s.Typed(b.result.year, formula.Number, c, true)
}

func (b *live) nameOf(table, field string) *formula.Name {
	if table != "" {
		return b.Program.scope.Table(table).Column(field)
	}
	return b.Program.scope.Name(field)
}

// shown is a submitted value as it stands in the report's cell.
func (b *live) shown(c *returns.Cell, f *rubric.Field) sheet.Value {
	switch {
	case c.State == returns.NotApplicable:
		return sheet.Said(b.words.Inapplicable)
	case c.State == returns.Missing:
		return sheet.Value{}
	case c.State == returns.Invalid:
		return sheet.Said(c.Typed)
	case f.Type.Text == "text" || f.Type.Text == "date":
		return sheet.Said(c.Text)
	case f.Type.Text == "yesno" && c.Number != 0:
		return sheet.Said(b.words.Yes)
	case f.Type.Text == "yesno":
		return sheet.Said(b.words.No)
	default:
		return sheet.Of(c.Number)
	}
}

// counting is a column of a table in which some rows don't count, for they can't be
// told apart: what stands in them is missing.
func (b *live) counting(in input, n *formula.Name, p formula.Place) formula.Place {
	if in.table == nil || in.fixed || b.form != nil {
		return p
	}
	rows, ok := b.countedRows[in.table]
	if !ok {
		rows = b.rowsThatCount(in.table)
		b.countedRows[in.table] = rows
	}
	if rows == nil {
		return p
	}
	e := sheet.If(sheet.Cmp("=", sheet.Ref(rows), sheet.Num(1)), b.s.Value(p), sheet.Str(b.words.Missing))
	return b.s.StoreValue(e, n.Kind, p.Can()|formula.OnlyMissing, in.table, diag.P(diag.M("%s as it is used", n.Shown())))
}

// rowsThatCount is a column of 1 and 0, or nil where all rows count.
func (b *live) rowsThatCount(table *formula.Table) *sheet.Cell {
	t := b.ret.Tables[table.Name]
	values, all := make([]sheet.Value, len(t.Keys)), true
	for i := range values {
		values[i] = sheet.Of(1)
		for _, k := range table.Keys {
			if years := t.Columns[k.Name]; len(years) > 0 && years[0][i].State == returns.Invalid {
				values[i], all = sheet.Of(0), false
			}
		}
	}
	if all {
		return nil
	}
	return b.plain(table, diag.P(diag.M("counts")), diag.M("a row that stands twice or isn’t named in full doesn’t count"), values)
}

// used is what of a submitted value is used: its default where nothing was filled
// in; what its condition allows.
func (b *live) used(in input, n *formula.Name, typed formula.Place) formula.Place {
	label := diag.P(diag.M("%s as it is used", n.Shown()))
	if d := in.field.Default; d.Given && n.Kind == formula.Number {
		x := sheet.Ref(typed.Cell)
		e := sheet.If(sheet.Cmp("=", x, sheet.Str("")), sheet.Num(d.Value), b.s.Guarded(b.s.Read(typed)))
		typed = b.s.StoreValue(e, n.Kind, typed.Can(), in.table, label)
	}
	return typed
}
