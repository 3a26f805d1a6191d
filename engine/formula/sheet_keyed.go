package formula

import (
	"dudao/engine/diag"
	"dudao/engine/sheet"
)

// keyed is sum_if and its kin: what the rows with a key have in a column. A row
// whose key isn't known could belong to any, so nothing is known then.
func (c sheetNode) keyed(n *node) Place {
	values, keys, key := n.args[0], n.args[1], n.args[2]
	table, label := values.table, c.label(n)
	if c.Empty(table) {
		return c.StoreAs(sheet.Str(c.Words.Missing), n.kind, only1(Missing), nil, label)
	}
	o := c.selection(table, keys)
	if values.op != opPresent {
		o = c.selection(table, keys, values)
	}
	wanted := c.term(key)
	reads := []Term{wanted}
	if p, ok := c.keysKnown(keys, o); ok {
		reads = append(reads, c.Read(p))
	}
	match := []*sheet.Expr{o.whole[0], wanted.X}
	pairs := func(more ...*sheet.Expr) []*sheet.Expr { return o.where(append(match, more...)...) }
	count := sheet.CountIfs(pairs()...)
	if values.op == opPresent {
		return c.Store(combine(count, Number, reads...), c.rowTable(n), label)
	}
	col, p := o.whole[1], o.places[1]
	known := sheet.CountIfs(pairs(col, sheet.Str(sheet.Numeric))...)
	if p.kind == Text {
		known = c.textsKnown(pairs, col, p)
	}
	var x *sheet.Expr
	switch {
	case n.fn.name == "count_if":
		yes, no := sheet.Str(c.Words.Yes), sheet.Str(c.Words.No)
		if p.flag {
			yes, no = sheet.Num(1), sheet.Num(0)
		}
		x = sheet.CountIfs(pairs(col, yes)...)
		known = sheet.Add(x, sheet.CountIfs(pairs(col, no)...))
	case n.fn.name == "sum_if":
		x = sheet.SumIfs(col, pairs()...)
	case n.fn.name == "lookup":
		x = sheet.Lookup(col, o.whole[0], wanted.X)
	case n.fn.name == "max_if" && values.name.Least != nil && *values.name.Least >= 0:
		x = sheet.MaxIf(c.zeros(o, values), o.whole[0], wanted.X)
	default:
		return c.plain(n, diag.M("a spreadsheet has no function for %s", n.fn.name))
	}
	t := combine(x, n.kind, reads...)
	if p.can == 0 && n.fn.zeroOfNone() {
		return c.Store(t, c.rowTable(n), label)
	}
	// How many of the rows with the key hold a value, and how many there are.
	rows := c.rowTable(n)
	have := c.Store(combine(known, Number, reads...), rows, append(diag.P(diag.M("rows with a value: ")), label...))
	there := c.Store(combine(count, Number, reads...), rows, append(diag.P(diag.M("rows with the key: ")), label...))
	return c.fromGroup(n, o, t, sheet.Ref(have.Cell), sheet.Ref(there.Cell), pairs, p, label)
}

// textsKnown counts the rows that hold a text which is none of the words for why
// there is none.
func (c sheetNode) textsKnown(pairs func(...*sheet.Expr) []*sheet.Expr, col *sheet.Expr, p Place) *sheet.Expr {
	out := sheet.CountIfs(pairs(col, sheet.Str(sheet.AnyText))...)
	for _, state := range []State{Inapplicable, Open, Missing, Failed} {
		if p.can.Has(state) && !(p.typed && state == Missing) {
			out = sheet.Sub(out, sheet.CountIfs(pairs(col, sheet.Str(c.Words.of(state)))...))
		}
	}
	return out
}

// zeroOfNone reports whether no row with the key makes it 0.
func (f *function) zeroOfNone() bool { return f.name == "sum_if" || f.name == "count_if" }

func (c sheetNode) fromGroup(n *node, o selection, t Term, have, there *sheet.Expr, pairs func(...*sheet.Expr) []*sheet.Expr, p Place, label diag.Phrase) Place {
	rest := sheet.Str(c.Words.Missing)
	can := t.Can() | p.can
	na := sheet.CountIfs(pairs(o.whole[1], sheet.Str(c.Words.Inapplicable))...)
	none := sheet.Num(0)
	if !n.fn.zeroOfNone() {
		none, can = sheet.Str(c.Words.Missing), can|only1(Missing)
	}
	if n.fn.name == "lookup" { // which of several isn't said
		t.X, can = sheet.If(sheet.Cmp(">", have, sheet.Num(1)), sheet.Str(c.Words.Failed), t.X), can|only1(Failed)
	}
	e := sheet.If(sheet.Cmp("=", have, sheet.Num(0)), sheet.Str(c.Words.Inapplicable), t.X)
	if p.can.Has(Inapplicable) {
		e = sheet.If(sheet.Cmp("<", sheet.Add(have, na), there), rest, e)
	} else {
		e = sheet.If(sheet.Cmp("<", have, there), rest, t.X)
	}
	if p.can.Has(Failed) {
		failed := sheet.CountIfs(pairs(o.whole[1], sheet.Str(c.Words.Failed))...)
		e = sheet.If(sheet.Cmp(">", failed, sheet.Num(0)), sheet.Str(c.Words.Failed), e)
	}
	e = sheet.If(sheet.Cmp("=", there, sheet.Num(0)), none, e)
	guarded := c.Guarded(Term{X: e, kind: Number, reads: t.reads})
	return c.StoreAs(guarded, n.kind, can, c.rowTable(n), label)
}

// keysKnown is a cell that says whether all keys of the rows are known.
func (c sheetNode) keysKnown(keys *node, o selection) (Place, bool) {
	p := o.places[0]
	if p.can == 0 {
		return Place{}, false
	}
	key := "keys " + o.table.Name + "." + keys.name.Name
	found, ok := c.known[key]
	if !ok {
		empty := sheet.SumProduct(sheet.Mul(sheet.Num(1), sheet.Cmp("=", o.whole[0], sheet.Str(""))))
		if o.mask != nil {
			empty = sheet.SumProduct(sheet.Mul(sheet.Cmp("=", o.mask, sheet.Num(1)), sheet.Cmp("=", o.whole[0], sheet.Str(""))))
		}
		if p.can.Has(Failed) || !p.typed {
			empty = sheet.Add(empty, sheet.CountIfs(o.where(o.whole[0], sheet.Str(c.Words.Missing))...))
		}
		e := sheet.If(sheet.Cmp(">", empty, sheet.Num(0)), sheet.Str(c.Words.Missing), sheet.Num(1))
		found = c.StoreAs(e, Number, only1(Missing), nil, diag.P(diag.M("all keys are filled in: %s", o.table.Name+"."+keys.name.Shown())))
		c.known[key] = found
	}
	return found, true
}

// zeros is a column with 0 in the rows that don't count.
func (c sheetNode) zeros(o selection, values *node) *sheet.Expr {
	key := "zeros " + o.table.Name + "." + values.name.Name
	p, ok := c.known[key]
	if !ok {
		x := sheet.Ref(o.places[1].Cell)
		cond := sheet.IsNumber(x)
		if o.mask != nil {
			cond = sheet.And(sheet.Cmp("=", sheet.Ref(c.masks[o.table].Cell), sheet.Num(1)), cond)
		}
		label := diag.P(diag.M("%s in %s", values.name.Shown(), o.table.Name))
		p = c.StoreAs(sheet.If(cond, x, sheet.Num(0)), Number, 0, o.table.Root(), label)
		c.known[key] = p
	}
	return sheet.Whole(p.Cell)
}
