package formula

import (
	"maps"
	"slices"

	"dudao/engine/diag"
	"dudao/engine/sheet"
)

// Words are what stands in a cell instead of a number, and the two answers.
type Words struct {
	Inapplicable, Open, Missing, Failed string
	Yes, No                             string
}

// of is the word of a state.
func (w Words) of(s State) string {
	return [...]string{Inapplicable: w.Inapplicable, Open: w.Open, Missing: w.Missing, Failed: w.Failed}[s]
}

// States is a set of states that a cell can be in besides Known.
type States uint8

func only1(s State) States { return 1 << s }

// Has reports whether a state is in the set.
func (s States) Has(one State) bool { return s&only1(one) != 0 }

func (s States) single() (State, bool) {
	for _, one := range []State{Inapplicable, Open, Missing, Failed} {
		if s == only1(one) {
			return one, true
		}
	}
	return Known, false
}

// Place is a cell, or a column of cells, with a value of the rubric.
type Place struct {
	Cell  *sheet.Cell
	kind  Kind
	flag  bool   // a truth that stands there as 1 or 0, not as a word
	typed bool   // people fill it in: what is missing is empty
	can   States // what may stand there instead of a value
}

// longest is the length of a formula that a person still reads.
const longest = 200

// Sheet translates formulas for a spreadsheet. What a formula can't say within one
// cell gets cells of its own, which New makes.
type Sheet struct {
	Words Words
	New   func(table *Table, label diag.Phrase, e *sheet.Expr) *sheet.Cell

	// Params has the cell of a constant, by its path.
	Param func(name *Name) *sheet.Cell
	// Choice has the keys and values of the constants among which the steps of a
	// param choose.
	Choice func(path string, keys []string, values []*Name) (key, value *sheet.Cell)
	// Empty says of which tables there is no row.
	Empty func(*Table) bool
	// Plain makes the cell of what has no formula.
	Plain func(table *Table, label diag.Phrase, why diag.Message, values []sheet.Value) *sheet.Cell
	// M holds the values of the return, for what has no formula.
	M *Machine

	places map[int]Place // by slot
	masks  map[*Table]Place
	nodes  map[*node]Place
	known  map[string]Place // what is computed of whole columns, by what it is
}

// NewSheet returns a translator that knows no cell yet.
func NewSheet(w Words) *Sheet {
	return &Sheet{Words: w, places: map[int]Place{}, masks: map[*Table]Place{}, nodes: map[*node]Place{},
		known: map[string]Place{}}
}

// Typed says where people fill in the value of a slot. What every unit has can't be
// anything but given or missing.
func (s *Sheet) Typed(slot int, kind Kind, c *sheet.Cell, always bool) Place {
	p := Place{Cell: c, kind: kind, typed: true, can: only1(Missing) | only1(Inapplicable)}
	if always {
		p.can = only1(Missing)
	}
	s.places[slot] = p
	return p
}

// Certain makes a place whose value is always known.
func Certain(c *sheet.Cell, kind Kind) Place { return Place{Cell: c, kind: kind} }

// Set says where the value of a slot stands.
func (s *Sheet) Set(slot int, p Place) { s.places[slot] = p }

// At is where the value of a slot stands.
func (s *Sheet) At(slot int) Place { return s.places[slot] }

// SetMask says where the mask of a view stands.
func (s *Sheet) SetMask(v *Table, p Place) { s.masks[v] = p }

// Mask is where the mask of a view stands: 1, 0, or what keeps it from being known.
func (s *Sheet) Mask(v *Table) (Place, bool) {
	p, ok := s.masks[v]
	return p, ok
}

// Term is a formula within a cell: what it comes to where all that it reads is
// known, and what it reads.
type Term struct {
	X     *sheet.Expr // of a truth a condition
	kind  Kind
	reads []Place
	fails bool // it may divide by zero
}

// Read makes the term that is just a cell.
func (s *Sheet) Read(p Place) Term {
	x := sheet.Ref(p.Cell)
	if p.kind == Truth {
		if p.flag {
			x = sheet.Cmp("=", x, sheet.Num(1))
		} else {
			x = sheet.Is(x, s.Words.Yes)
		}
	}
	t := Term{X: x, kind: p.kind}
	if p.can != 0 {
		t.reads = []Place{p}
	}
	return t
}

// Number reads a place as the number that stands there.
func (s *Sheet) Number(p Place) Term {
	t := Term{X: sheet.Ref(p.Cell), kind: Number}
	if p.can != 0 {
		t.reads = []Place{p}
	}
	return t
}

// Value is what stands in a place, or the word for why nothing does.
func (s *Sheet) Value(p Place) *sheet.Expr {
	x := sheet.Ref(p.Cell)
	if !p.typed || p.can == 0 {
		return x
	}
	return sheet.If(s.knows([]Place{p}), x, s.why([]Place{p}))
}

// combine makes a term of others.
func combine(x *sheet.Expr, kind Kind, of ...Term) Term {
	out := Term{X: x, kind: kind}
	seen := map[*sheet.Cell]bool{}
	for _, t := range of {
		out.fails = out.fails || t.fails
		for _, p := range t.reads {
			if !seen[p.Cell] {
				seen[p.Cell] = true
				out.reads = append(out.reads, p)
			}
		}
	}
	return out
}

// Join is a term with what others read: it waits for them.
func Join(x *sheet.Expr, kind Kind, of ...Term) Term { return combine(x, kind, of...) }

// Can is what may keep a term from being known.
func (t Term) Can() States {
	var out States
	for _, p := range t.reads {
		out |= p.can
	}
	if t.fails {
		out |= only1(Failed)
	}
	return out
}

// knows is a condition: all of the places hold a value.
func (s *Sheet) knows(list []Place) *sheet.Expr {
	numbers, others := s.given(list)
	switch {
	case len(list) == 1 && len(numbers) == 1:
		return sheet.IsNumber(numbers[0])
	case len(list) == 1:
		return others[0]
	case len(others) == 0:
		return sheet.Cmp("=", sheet.Count(numbers...), sheet.Num(float64(len(list))))
	case len(numbers) > 0:
		others = append([]*sheet.Expr{sheet.Cmp("=", sheet.Count(numbers...), sheet.Num(float64(len(numbers))))}, others...)
	}
	return sheet.And(others...)
}

// given splits places into those that hold a value if they hold a number, and
// conditions that the others hold one.
func (s *Sheet) given(list []Place) (numbers, others []*sheet.Expr) {
	for _, p := range list {
		x := sheet.Ref(p.Cell)
		switch {
		case p.kind == Number || p.flag:
			numbers = append(numbers, x)
		case p.kind == Truth:
			others = append(others, sheet.Or(sheet.Is(x, s.Words.Yes), sheet.Is(x, s.Words.No)))
		default:
			var no []*sheet.Expr
			if p.typed {
				no = append(no, sheet.Cmp("<>", x, sheet.Str("")))
			}
			for _, state := range []State{Inapplicable, Open, Missing, Failed} {
				if p.can.Has(state) && !(p.typed && state == Missing) {
					no = append(no, sheet.Cmp("<>", x, sheet.Str(s.Words.of(state))))
				}
			}
			others = append(others, sheet.And(no...))
		}
	}
	return numbers, others
}

// why is the word of the worst state among places that aren't all known.
func (s *Sheet) why(list []Place) *sheet.Expr {
	var all States
	for _, p := range list {
		all |= p.can
	}
	if one, ok := all.single(); ok {
		return sheet.Str(s.Words.of(one))
	}
	in := func(state State) (found []*sheet.Expr) {
		for _, p := range list {
			if p.can.Has(state) {
				found = append(found, sheet.Is(sheet.Ref(p.Cell), s.Words.of(state)))
			}
		}
		return found
	}
	// From the least to the worst, each around the one before.
	out := sheet.Str(s.Words.of(Inapplicable))
	if !all.Has(Inapplicable) {
		out = sheet.Str(s.Words.of(Open))
	} else if all.Has(Open) {
		out = sheet.If(sheet.Or(in(Open)...), sheet.Str(s.Words.of(Open)), out)
	}
	if all.Has(Missing) {
		missing := sheet.Str(s.Words.of(Missing))
		if all&^(only1(Missing)|only1(Failed)) == 0 {
			out = missing
		} else {
			// Whatever else stands there isn't a value.
			numbers, others := s.given(list)
			known := others
			if len(numbers) > 0 {
				known = append([]*sheet.Expr{sheet.Count(numbers...)}, others...)
			}
			known = append(append(known, in(Inapplicable)...), in(Open)...)
			out = sheet.If(sheet.Cmp("<", sheet.Sums(known...), sheet.Num(float64(len(list)))), missing, out)
		}
	}
	if all.Has(Failed) {
		out = sheet.If(sheet.Or(in(Failed)...), sheet.Str(s.Words.of(Failed)), out)
	}
	return out
}

// Guarded is a term as a cell can hold it: its value (of a truth 1 or 0) where it
// is known, else the word that says why it isn't.
func (s *Sheet) Guarded(t Term) *sheet.Expr {
	return s.guarded(t, func(x *sheet.Expr) *sheet.Expr { return x })
}

func (s *Sheet) guarded(t Term, as func(*sheet.Expr) *sheet.Expr) *sheet.Expr {
	x := as(t.X)
	if x.IsTruth() {
		x = sheet.If(x, sheet.Num(1), sheet.Num(0))
	}
	if t.fails {
		x = sheet.IfError(x, sheet.Str(s.Words.Failed))
	}
	if len(t.reads) == 0 {
		return x
	}
	if len(t.reads) == 1 && x.IsRef(t.reads[0].Cell) && t.kind == Number && !t.reads[0].typed {
		return x // it is its own word
	}
	return sheet.If(s.knows(t.reads), x, s.why(t.reads))
}

// Store puts a term into a cell of its own.
func (s *Sheet) Store(t Term, table *Table, label diag.Phrase) Place {
	return s.StoreAs(s.Guarded(t), t.kind, t.Can(), table, label)
}

// StoreAs puts an expression into a cell.
func (s *Sheet) StoreAs(e *sheet.Expr, kind Kind, can States, table *Table, label diag.Phrase) Place {
	e = s.short(e, table, label)
	return Place{Cell: s.New(table, label, e), kind: kind, flag: kind == Truth, can: can}
}

// StoreValue puts a value into a cell as people read it: a truth as its word.
func (s *Sheet) StoreValue(e *sheet.Expr, kind Kind, can States, table *Table, label diag.Phrase) Place {
	return Stand(s.New(table, label, s.short(e, table, label)), kind, can)
}

// Stand is the place of a value as people read it.
func Stand(c *sheet.Cell, kind Kind, can States) Place { return Place{Cell: c, kind: kind, can: can} }

// NotApplicable is what only doesn't apply.
const NotApplicable = States(1 << Inapplicable)

// Unanswered is what an answer can be instead of one.
const Unanswered = States(1<<Open | 1<<Inapplicable)

// YesNo is a truth as the words of an answer.
func (s *Sheet) YesNo(t Term) *sheet.Expr {
	return s.guarded(t, func(x *sheet.Expr) *sheet.Expr {
		return sheet.If(x, sheet.Str(s.Words.Yes), sheet.Str(s.Words.No))
	})
}

// short gives parts of a long expression cells of their own.
func (s *Sheet) short(e *sheet.Expr, table *Table, label diag.Phrase) *sheet.Expr {
	return e.Shorten(longest, s.Words.Failed, func(part *sheet.Expr) *sheet.Cell {
		if !part.ByRow() {
			return s.New(nil, append(diag.P(diag.M("part of: ")), label...), part)
		}
		return s.New(table, append(diag.P(diag.M("part of: ")), label...), part)
	})
}

// Short gives parts of a long expression cells of their own.
func (s *Sheet) Short(e *sheet.Expr, table *Table, label diag.Phrase) *sheet.Expr {
	return s.short(e, table, label)
}

// plain is the place of a node that has no formula: its value stands there.
func (c sheetNode) plain(n *node, why diag.Message) Place {
	out := c.value(n)
	can := States(0)
	for _, v := range out {
		for _, one := range []State{Inapplicable, Open, Missing, Failed} {
			if v.Kind == sheet.Text && v.Text == c.Words.of(one) {
				can |= only1(one)
			}
		}
	}
	return Place{Cell: c.Plain(c.rowTable(n), c.label(n), why, out), kind: n.kind, flag: n.kind == Truth, can: can}
}

func (c sheetNode) value(n *node) []sheet.Value { return c.Words.Values(n.value(c.M), n.kind) }

// Values are what a column comes to, as cells show it: a truth as 1 or 0.
func (w Words) Values(col Column, kind Kind) []sheet.Value {
	out := make([]sheet.Value, col.Len())
	for i, state := range col.State {
		switch {
		case state != Known:
			out[i] = sheet.Said(w.of(state))
		case kind == Text:
			out[i] = sheet.Said(col.Text[i])
		default:
			out[i] = sheet.Of(col.Num[i])
		}
	}
	return out
}

// Can is what may stand in the place instead of a value.
func (p Place) Can() States { return p.can }

// OnlyMissing is what is missing for certain.
const OnlyMissing = States(1 << Missing)

// Flag is the place of a truth that stands there as 1 or 0.
func (s *Sheet) Flag(c *sheet.Cell) Place { return Place{Cell: c, kind: Truth, flag: true} }

// Fork is a translator that knows the same cells; what it learns the other doesn't.
func (s *Sheet) Fork() *Sheet {
	out := *s
	out.places, out.nodes, out.known = maps.Clone(s.places), maps.Clone(s.nodes), maps.Clone(s.known)
	return &out
}

// SameReads reports whether two terms wait for the same cells.
func (t Term) SameReads(u Term) bool {
	return slices.EqualFunc(t.reads, u.reads, func(p, q Place) bool { return p.Cell == q.Cell })
}

// TallyOf is a value made of a column of judgements, or the worst state among its
// rows; where no row counts it doesn't apply.
func (s *Sheet) TallyOf(column *sheet.Expr, can States, value *sheet.Expr) *sheet.Expr {
	e := sheet.If(sheet.Cmp("=", sheet.Count(column), sheet.Num(0)), sheet.Str(s.Words.of(Inapplicable)), value)
	for _, state := range []State{Open, Missing, Failed} {
		if can.Has(state) {
			word := sheet.Str(s.Words.of(state))
			e = sheet.If(sheet.Cmp(">", sheet.CountIfs(column, word), sheet.Num(0)), word, e)
		}
	}
	return e
}

// Worst is a cell with the worst state among places, or nothing where all are known.
// What doesn't apply is worth telling only where nothing does.
func (s *Sheet) Worst(list []Place, table *Table, label diag.Phrase) Place {
	e, can := sheet.Str(""), States(0)
	for _, state := range []State{Inapplicable, Open, Missing, Failed} {
		var in []*sheet.Expr
		for _, p := range list {
			if p.can.Has(state) {
				in = append(in, sheet.Is(sheet.Ref(p.Cell), s.Words.of(state)))
			}
		}
		word := sheet.Str(s.Words.of(state))
		switch {
		case len(in) == 0 || state == Inapplicable && len(in) < len(list):
		case state == Inapplicable:
			e, can = sheet.If(sheet.And(in...), word, e), can|only1(state)
		default:
			e, can = sheet.If(sheet.Or(in...), word, e), can|only1(state)
		}
	}
	return s.StoreAs(e, Text, can, table, label)
}
