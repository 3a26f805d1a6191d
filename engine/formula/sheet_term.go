package formula

import (
	"slices"

	"dudao/engine/diag"
	"dudao/engine/sheet"
)

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

// Join makes a term of others: it waits for all that they read.
func Join(x *sheet.Expr, kind Kind, of ...Term) Term {
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

// SameReads reports whether two terms wait for the same cells.
func (t Term) SameReads(u Term) bool {
	return slices.EqualFunc(t.reads, u.reads, func(p, q Place) bool { return p.Cell == q.Cell })
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
			others = append(others, among(x, s.Words.Yes, s.Words.No))
		case len(p.among) > 0:
			others = append(others, among(x, p.among...))
		default:
			var no []*sheet.Expr
			if p.typed {
				no = append(no, sheet.Cmp("<>", x, sheet.Str("")))
			}
			for _, state := range p.words() {
				no = append(no, sheet.Cmp("<>", x, s.word(state)))
			}
			others = append(others, sheet.And(no...))
		}
	}
	return numbers, others
}

// among is a condition: a text is one of some.
func among(x *sheet.Expr, texts ...string) *sheet.Expr {
	var any []*sheet.Expr
	for _, text := range texts {
		any = append(any, sheet.Is(x, text))
	}
	return sheet.Or(any...)
}

// why is the word of the worst state among places that aren't all known.
func (s *Sheet) why(list []Place) *sheet.Expr {
	var all States
	for _, p := range list {
		all |= p.can
	}
	if one, ok := all.single(); ok {
		return s.word(one)
	}
	in := func(state State) (found []*sheet.Expr) {
		for _, p := range list {
			if p.can.Has(state) {
				found = append(found, s.says(sheet.Ref(p.Cell), state))
			}
		}
		return found
	}
	// From the least to the worst, each around the one before.
	out := s.word(Inapplicable)
	if !all.Has(Inapplicable) {
		out = s.word(Open)
	} else if all.Has(Open) {
		out = sheet.If(sheet.Or(in(Open)...), s.word(Open), out)
	}
	if all.Has(Missing) {
		missing := s.word(Missing)
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
		out = sheet.If(sheet.Or(in(Failed)...), s.word(Failed), out)
	}
	return out
}

// TallyOf is a value made of a column of judgements, or the worst state among its
// rows; where no row counts it doesn't apply.
func (s *Sheet) TallyOf(column *sheet.Expr, can States, value *sheet.Expr) *sheet.Expr {
	e := sheet.If(sheet.Cmp("=", sheet.Count(column), sheet.Num(0)), s.word(Inapplicable), value)
	for _, state := range []State{Open, Missing, Failed} {
		if can.Has(state) {
			word := s.word(state)
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
				in = append(in, s.says(sheet.Ref(p.Cell), state))
			}
		}
		word := s.word(state)
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
