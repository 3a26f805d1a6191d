package formula

import (
	"dudao/engine/sheet"
)

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

// OnlyMissing is what is missing for certain.
const OnlyMissing = States(1 << Missing)

// NotApplicable is what only doesn't apply.
const NotApplicable = States(1 << Inapplicable)

// Unanswered is what an answer can be instead of one.
const Unanswered = States(1<<Open | 1<<Inapplicable)

// Place is a cell, or a column of cells, with a value of the rubric.
type Place struct {
	Cell  *sheet.Cell
	kind  Kind
	flag  bool     // a truth that stands there as 1 or 0, not as a word
	typed bool     // people fill it in: what is missing is empty
	can   States   // what may stand there instead of a value
	among []string // of what people fill in: only these texts are values
}

// Among is a place whose texts are values only if they are among these; none is any.
func (p Place) Among(choices []string) Place {
	p.among = choices
	return p
}

// words are the states whose words aren't values where they stand in the place. 不适用
// is none even where everybody has a value.
func (p Place) words() []State {
	var out []State
	for _, state := range []State{Inapplicable, Open, Missing, Failed} {
		if p.typed && state == Inapplicable || p.can.Has(state) && !(p.typed && state == Missing) {
			out = append(out, state)
		}
	}
	return out
}

// Can is what may stand in the place instead of a value.
func (p Place) Can() States { return p.can }

// or is the place if further states may stand there.
func (p Place) or(more States) Place {
	p.can |= more
	return p
}

// Certain makes a place whose value is always known.
func Certain(c *sheet.Cell, kind Kind) Place { return Place{Cell: c, kind: kind} }

// Stand is the place of a value as people read it.
func Stand(c *sheet.Cell, kind Kind, can States) Place { return Place{Cell: c, kind: kind, can: can} }

// Flag is the place of a truth that stands there as 1 or 0.
func (s *Sheet) Flag(c *sheet.Cell) Place { return Place{Cell: c, kind: Truth, flag: true} }

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
