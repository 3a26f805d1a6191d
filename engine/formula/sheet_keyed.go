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
	wanted := c.term(key)
	if c.Empty(table) {
		return c.Store(Join(c.word(Missing), n.kind, wanted), c.rowTable(n), label).or(only1(Missing))
	}
	o := c.selection(table, keys)
	if values.op != opPresent {
		o = c.selection(table, keys, values)
	}
	all, can := c.keysKnown(keys, o)
	match := []*sheet.Expr{o.whole[0], wanted.X}
	pairs := func(more ...*sheet.Expr) []*sheet.Expr { return o.where(append(match, more...)...) }
	count := sheet.CountIfs(pairs()...)
	if values.op == opPresent {
		return c.Store(Join(all(count), Number, wanted), c.rowTable(n), label).or(can)
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
	case n.fn.name == "min_if":
		x = sheet.LeastOf(c.others(o, values, sheet.Far), o.whole[0], wanted.X)
	case values.name.Least != nil && *values.name.Least >= 0:
		x = sheet.MaxIf(c.others(o, values, 0), o.whole[0], wanted.X)
	default:
		x = sheet.GreatestOf(c.others(o, values, -sheet.Far), o.whole[0], wanted.X)
	}
	if p.can == 0 && n.fn.zeroOfNone() {
		return c.Store(Join(all(x), n.kind, wanted), c.rowTable(n), label).or(can)
	}
	// How many of the rows with the key hold a value, and how many there are.
	rows := c.rowTable(n)
	have := c.Store(Join(known, Number, wanted), rows, append(diag.P(diag.M("rows with a value: ")), label...))
	there := c.Store(Join(count, Number, wanted), rows, append(diag.P(diag.M("rows with the key: ")), label...))
	x, more := c.fromGroup(n, o, x, sheet.Ref(have.Cell), sheet.Ref(there.Cell), pairs)
	return c.StoreAs(c.Guarded(Join(all(x), Number, wanted)), n.kind, wanted.Can()|can|more, rows, label)
}

// textsKnown counts the rows that hold a text which is none of the words for why
// there is none.
func (c sheetNode) textsKnown(pairs func(...*sheet.Expr) []*sheet.Expr, col *sheet.Expr, p Place) *sheet.Expr {
	if len(p.among) > 0 {
		var any []*sheet.Expr
		for _, text := range p.among {
			any = append(any, sheet.CountIfs(pairs(col, sheet.Str(text))...))
		}
		return sheet.Sums(any...)
	}
	out := sheet.CountIfs(pairs(col, sheet.Str(sheet.AnyText))...)
	for _, state := range p.words() {
		out = sheet.Sub(out, sheet.CountIfs(pairs(col, c.word(state))...))
	}
	return out
}

// zeroOfNone reports whether no row with the key makes it 0.
func (f *function) zeroOfNone() bool { return f.name == "sum_if" || f.name == "count_if" }

// fromGroup is what a function makes of the rows with a key, of which so many are
// there and so many have a value.
func (c sheetNode) fromGroup(n *node, o selection, x, have, there *sheet.Expr, pairs func(...*sheet.Expr) []*sheet.Expr) (*sheet.Expr, States) {
	p := o.places[1]
	can, missing := p.can, c.word(Missing)
	in := func(s State) *sheet.Expr { return sheet.CountIfs(pairs(o.whole[1], c.word(s))...) }
	if n.fn.name == "lookup" { // which of several isn't said
		x, can = sheet.If(sheet.Cmp(">", have, sheet.Num(1)), c.word(Failed), x), can|only1(Failed)
	}
	if p.can.Has(Inapplicable) {
		x = sheet.If(sheet.Cmp("=", have, sheet.Num(0)), c.word(Inapplicable), x)
		have = sheet.Add(have, in(Inapplicable))
	}
	x = sheet.If(sheet.Cmp("<", have, there), missing, x)
	if p.can.Has(Failed) {
		x = sheet.If(sheet.Cmp(">", in(Failed), sheet.Num(0)), c.word(Failed), x)
	}
	none := sheet.Num(0)
	if !n.fn.zeroOfNone() {
		none, can = missing, can|only1(Missing)
	}
	return sheet.If(sheet.Cmp("=", there, sheet.Num(0)), none, x), can
}

// keysKnown lets a value wait until it is known to which key every row belongs: one
// of which that isn't known could belong to any.
func (c sheetNode) keysKnown(keys *node, o selection) (wait func(*sheet.Expr) *sheet.Expr, can States) {
	can = o.places[0].can
	if o.mask != nil {
		can |= c.masks[o.table].can
	}
	if can &^= only1(Inapplicable); can == 0 && !c.stillEmpty(o.table) {
		return func(x *sheet.Expr) *sheet.Expr { return x }, 0
	}
	key := "keys " + o.table.Name + "." + keys.name.Name
	p, ok := c.known[key]
	if !ok {
		e := sheet.Num(1)
		for _, state := range []State{Open, Missing, Failed} {
			if can.Has(state) {
				e = sheet.If(sheet.Cmp(">", c.keysIn(o, state), sheet.Num(0)), c.word(state), e)
			}
		}
		e, can = c.withRows(o.table, e, can)
		p = c.StoreAs(e, Number, can, nil, diag.P(diag.M("all keys are filled in: %s", o.table.Name+"."+keys.name.Shown())))
		c.known[key] = p
	}
	known := sheet.Ref(p.Cell)
	return func(x *sheet.Expr) *sheet.Expr { return sheet.If(sheet.IsNumber(known), x, known) }, p.can
}

// keysIn counts the rows of which for that reason the key isn't known, or whether they
// are selected.
func (c sheetNode) keysIn(o selection, state State) *sheet.Expr {
	p, column, word := o.places[0], o.whole[0], c.word(state)
	var parts, selected []*sheet.Expr
	if o.mask != nil {
		selected = []*sheet.Expr{o.mask, sheet.Str("<>0")}
		if c.masks[o.table].can.Has(state) {
			parts = append(parts, sheet.CountIfs(o.mask, word))
		}
	}
	with := func(criterion *sheet.Expr) *sheet.Expr {
		return sheet.CountIfs(append(selected[:len(selected):len(selected)], column, criterion)...)
	}
	switch {
	case !p.can.Has(state):
	case !p.typed || state != Missing:
		parts = append(parts, with(word))
	case len(p.among) > 0:
		rest := sheet.Rows(column)
		if o.mask != nil {
			rest = sheet.CountIfs(selected...)
		}
		for _, text := range p.among {
			rest = sheet.Sub(rest, with(sheet.Str(text)))
		}
		if p.can.Has(Inapplicable) {
			rest = sheet.Sub(rest, with(c.word(Inapplicable)))
		}
		parts = append(parts, rest)
	default:
		in := sheet.Num(1)
		if o.mask != nil {
			in = sheet.Cmp("<>", o.mask, sheet.Num(0))
		}
		parts = append(parts, sheet.SumProduct(sheet.Mul(in, sheet.Cmp("=", column, sheet.Str("")))))
		if !p.can.Has(Inapplicable) {
			parts = append(parts, with(c.word(Inapplicable)))
		}
	}
	return sheet.Sums(parts...)
}

// others is a column with that number in the rows that don't count.
func (c sheetNode) others(o selection, values *node, other float64) *sheet.Expr {
	number := sheet.Num(other)
	key := "others " + number.Write().In("", nil) + " " + o.table.Name + "." + values.name.Name
	p, ok := c.known[key]
	if !ok {
		x := sheet.Ref(o.places[1].Cell)
		cond := sheet.IsNumber(x)
		if o.mask != nil {
			cond = sheet.And(sheet.Cmp("=", sheet.Ref(c.masks[o.table].Cell), sheet.Num(1)), cond)
		}
		label := diag.P(diag.M("%s in %s", values.name.Shown(), o.table.Name))
		p = c.StoreAs(sheet.If(cond, x, number), Number, 0, o.table.Root(), label)
		c.known[key] = p
	}
	return sheet.Whole(p.Cell)
}
