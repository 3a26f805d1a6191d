package formula

import (
	"dudao/engine/diag"
	"dudao/engine/sheet"
)

// selection are the columns that a function looks at, and the mask of the view.
type selection struct {
	table  *Table
	mask   *sheet.Expr // nil of a whole table
	places []Place
	whole  []*sheet.Expr
}

func (c sheetNode) selection(table *Table, args ...*node) selection {
	out := selection{table: table}
	if p, ok := c.masks[table]; ok {
		out.mask = sheet.Whole(p.Cell)
	}
	for _, a := range args {
		p := c.places[a.name.Slots[a.back]]
		out.places, out.whole = append(out.places, p), append(out.whole, sheet.Whole(p.Cell))
	}
	return out
}

// where adds the mask to the criteria of COUNTIFS and SUMIFS.
func (o selection) where(pairs ...*sheet.Expr) []*sheet.Expr {
	if o.mask == nil {
		return pairs
	}
	return append([]*sheet.Expr{o.mask, sheet.Num(1)}, pairs...)
}

// maybe adds to the criteria that a row isn't left out for certain.
func (o selection) maybe(pairs ...*sheet.Expr) []*sheet.Expr {
	if o.mask == nil {
		return pairs
	}
	return append([]*sheet.Expr{o.mask, sheet.Str("<>0")}, pairs...)
}

// times adds the mask to the columns of SUMPRODUCT.
func (o selection) times(columns ...*sheet.Expr) []*sheet.Expr {
	if o.mask == nil {
		return columns
	}
	return append([]*sheet.Expr{o.mask}, columns...)
}

// aggregate is a function over whole columns. How many rows count stands in a cell
// of its own, or why that isn't known.
func (c sheetNode) aggregate(n *node) Term {
	key := c.key(n)
	p, ok := c.known[key]
	if !ok {
		p = c.aggregated(n)
		c.known[key] = p
	}
	return c.Read(p)
}

// key says what is computed of which columns.
func (c sheetNode) key(n *node) string {
	key := n.fn.name
	for _, a := range n.args {
		key += " " + a.table.Name + "." + a.name.Name + string(rune('0'+a.back))
	}
	return key
}

func (c sheetNode) aggregated(n *node) Place {
	o, label := c.selection(n.args[0].table, n.args...), c.label(n)
	if c.Empty(o.table) {
		return c.StoreAs(c.word(Missing), n.fn.gives, only1(Missing), nil, label)
	}
	rows := c.counted(n, o, label)
	t := c.Read(rows)
	number := sheet.Ref(rows.Cell)
	var x *sheet.Expr
	fails := false
	switch n.fn.name {
	case "sum":
		x = o.sum()
	case "mean":
		x = sheet.Div(o.sum(), number)
	case "count":
		x = c.holding(o, c.Words.Yes)
	case "share":
		x = sheet.Mul(sheet.Div(c.holding(o, c.Words.Yes), number), sheet.Num(100))
	case "all":
		x = sheet.Cmp("=", c.holding(o, c.Words.No), sheet.Num(0))
	case "any":
		x = sheet.Cmp(">", c.holding(o, c.Words.Yes), sheet.Num(0))
	case "min":
		x = sheet.Min(c.inView(n, o))
	case "max":
		x = sheet.Max(c.inView(n, o))
	case "median":
		x = sheet.Median(c.inView(n, o))
	default:
		x, fails = c.variation(n, o, number, label), true
	}
	out := Join(x, n.fn.gives, t)
	out.fails = fails
	if n.fn.name == "sum" || n.fn.name == "count" || n.fn.name == "any" {
		return c.empty(n, o, out, label)
	}
	return c.Store(out, nil, label)
}

// empty stores a sum or count. Over a view that selects no row it is 0: there is
// nothing to add or count.
func (c sheetNode) empty(n *node, o selection, t Term, label diag.Phrase) Place {
	if o.table.Base == nil {
		return c.Store(t, nil, label)
	}
	e := sheet.If(sheet.Cmp("=", sheet.CountIfs(o.mask, sheet.Str("<>0")), sheet.Num(0)), sheet.Num(0), c.Guarded(t))
	e, can := c.withRows(o.table, e, t.Can())
	return c.StoreAs(e, t.kind, can, nil, label)
}

func (o selection) sum() *sheet.Expr {
	if o.mask == nil {
		return sheet.Sum(o.whole[0])
	}
	return sheet.SumIfs(o.whole[0], o.mask, sheet.Num(1))
}

// holding counts the rows of a truth column with an answer.
func (c sheetNode) holding(o selection, answer string) *sheet.Expr {
	if o.places[0].flag {
		x := 0.0
		if answer == c.Words.Yes {
			x = 1
		}
		return sheet.CountIfs(o.where(o.whole[0], sheet.Num(x))...)
	}
	return sheet.CountIfs(o.where(o.whole[0], sheet.Str(answer))...)
}

// inView is a column, and of a view a further one with only its rows, for the
// functions that take no criterion.
func (c sheetNode) inView(n *node, o selection) *sheet.Expr {
	if o.mask == nil {
		return o.whole[0]
	}
	a := n.args[0]
	key := "only " + o.table.Name + "." + a.name.Name + string(rune('0'+a.back))
	p, ok := c.known[key]
	if !ok {
		in := sheet.Ref(c.masks[o.table].Cell)
		e := sheet.If(sheet.Cmp("=", in, sheet.Num(1)), sheet.Ref(o.places[0].Cell), sheet.Str(""))
		p = c.StoreAs(e, Number, 0, o.table.Root(), diag.P(diag.M("%s in %s", a.name.Shown(), o.table.Name)))
		c.known[key] = p
	}
	return sheet.Whole(p.Cell)
}

// counted is how many rows a function of columns counts, or what keeps that from
// being known. Rows that don't apply are left out.
func (c sheetNode) counted(n *node, o selection, label diag.Phrase) Place {
	key := "rows " + c.key(n)[len(n.fn.name):]
	if p, ok := c.known[key]; ok {
		return p
	}
	said := append(diag.P(diag.M("rows counted: ")), label...)
	p := c.countRows(o, said)
	c.known[key] = p
	return p
}

func (c sheetNode) countRows(o selection, label diag.Phrase) Place {
	var can States
	for _, p := range o.places {
		can |= p.can
	}
	if o.mask != nil {
		can |= c.masks[o.table].can
	}
	known, fit := c.rowsKnown(o)
	if can == 0 && o.mask == nil {
		return Place{Cell: c.New(nil, label, known)}
	}
	number := sheet.Ref(c.New(nil, label, known))
	all := sheet.Rows(o.whole[0])
	if o.mask != nil {
		all = sheet.CountIfs(o.mask, sheet.Str("<>0"))
	}
	// A selection without rows, or of rows that don't apply, doesn't apply.
	e := sheet.If(sheet.Cmp("=", number, sheet.Num(0)), c.word(Inapplicable), number)
	can |= only1(Inapplicable)
	if can.Has(Open) {
		e = sheet.If(sheet.Cmp(">", c.rowsIn(o, Open), sheet.Num(0)), c.word(Open), e)
	}
	if can.Has(Missing) {
		ok := fit
		if can.Has(Open) {
			ok = sheet.Add(ok, c.rowsIn(o, Open))
		}
		e = sheet.If(sheet.Cmp("<", ok, all), c.word(Missing), e)
	}
	if can.Has(Failed) {
		e = sheet.If(sheet.Cmp(">", c.rowsIn(o, Failed), sheet.Num(0)), c.word(Failed), e)
	}
	e, can = c.withRows(o.table, e, can)
	return c.StoreAs(e, Number, can, nil, label)
}

// rowsKnown counts the rows in which all columns hold a value, and those that hold
// a value or don't apply. A row of which it doesn't apply whether it is selected is
// such a one, too, but only if nothing in it is worse.
func (c sheetNode) rowsKnown(o selection) (known, fit *sheet.Expr) {
	unsure := o.mask != nil && c.masks[o.table].can.Has(Inapplicable)
	word := c.word(Inapplicable)
	if len(o.whole) == 1 {
		known = c.valuesIn(o, o.where)
		fits := []*sheet.Expr{known}
		if o.places[0].can.Has(Inapplicable) {
			fits = append(fits, sheet.CountIfs(o.where(o.whole[0], word)...))
		}
		if unsure {
			skipped := func(pairs ...*sheet.Expr) []*sheet.Expr { return append([]*sheet.Expr{o.mask, word}, pairs...) }
			fits = append(fits, c.valuesIn(o, skipped), sheet.CountIfs(skipped(o.whole[0], word)...))
		}
		return known, sheet.Sums(fits...)
	}
	both, ok := sheet.IsNumber(o.whole[0]), c.fits(o.whole[0])
	for _, x := range o.whole[1:] {
		both, ok = sheet.Mul(both, sheet.IsNumber(x)), sheet.Mul(ok, c.fits(x))
	}
	if o.mask == nil {
		return sheet.SumProduct(sheet.Mul(both, sheet.Num(1))), sheet.SumProduct(sheet.Mul(ok, sheet.Num(1)))
	}
	in := sheet.Cmp("=", o.mask, sheet.Num(1))
	count := sheet.SumProduct(sheet.Mul(in, both))
	if unsure {
		in = sheet.Add(in, c.says(o.mask, Inapplicable))
	}
	return count, sheet.SumProduct(sheet.Mul(in, ok))
}

// valuesIn counts the rows of a column that hold a value and meet further criteria.
func (c sheetNode) valuesIn(o selection, where func(...*sheet.Expr) []*sheet.Expr) *sheet.Expr {
	switch p, x := o.places[0], o.whole[0]; {
	case p.kind == Truth && !p.flag:
		return sheet.Add(sheet.CountIfs(where(x, sheet.Str(c.Words.Yes))...), sheet.CountIfs(where(x, sheet.Str(c.Words.No))...))
	case o.mask == nil:
		return sheet.Count(x)
	default:
		return sheet.CountIfs(where(x, sheet.Str(sheet.Numeric))...)
	}
}

// fits is 1 where a number stands or the row doesn't apply.
func (c sheetNode) fits(x *sheet.Expr) *sheet.Expr {
	return sheet.Add(sheet.IsNumber(x), c.says(x, Inapplicable))
}

// rowsIn counts the rows in a state that are selected, or may be: the worse of the two
// reasons stands.
func (c sheetNode) rowsIn(o selection, state State) *sheet.Expr {
	var parts []*sheet.Expr
	word := c.word(state)
	for i, p := range o.places {
		if p.can.Has(state) {
			parts = append(parts, sheet.CountIfs(o.maybe(o.whole[i], word)...))
		}
	}
	if o.mask != nil && c.masks[o.table].can.Has(state) {
		parts = append(parts, sheet.CountIfs(o.mask, word))
	}
	return sheet.Sums(parts...)
}

// variation is the coefficient of variation. X, the weighted mean, and the total
// weight stand in cells of their own; Σ w(x−X)²/P is Σ wx²/P − X².
func (c sheetNode) variation(n *node, o selection, rows *sheet.Expr, label diag.Phrase) *sheet.Expr {
	x, weights := o.whole[0], o.whole[1:]
	total := rows
	if len(weights) > 0 {
		known := sheet.Mul(sheet.IsNumber(x), sheet.Num(1))
		if o.mask != nil {
			known = sheet.Mul(sheet.Cmp("=", o.mask, sheet.Num(1)), sheet.IsNumber(x))
		}
		said := append(diag.P(diag.M("total weight: ")), label...)
		total = sheet.Ref(c.New(nil, said, sheet.SumProduct(known, weights[0])))
	}
	mean := sheet.Div(sheet.SumProduct(o.times(append(weights, x)...)...), total)
	said := append(diag.P(diag.M("mean: ")), label...)
	at := sheet.Ref(c.New(nil, said, sheet.IfError(mean, c.word(Failed))))
	squares := sheet.Div(sheet.SumProduct(o.times(append(weights, x, x)...)...), total)
	ratio := sheet.Sub(sheet.Div(sheet.Div(squares, at), at), sheet.Num(1))
	e := sheet.Sqrt(sheet.Round(ratio, sheet.Num(14)))
	if least := n.args[0].name.Least; least == nil || *least < 0 {
		e = sheet.Div(sheet.Mul(e, at), sheet.Abs(at)) // a mean below 0 turns the sign
	}
	return e
}
