package formula

import (
	"maps"

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

	said   [Failed + 1]*sheet.Expr // the words of the states
	places map[int]Place           // by slot
	rows   map[*Table]Place        // of the open tables of a form: whether there is any row
	masks  map[*Table]Place
	nodes  map[*node]Place
	known  map[string]Place // what is computed of whole columns, by what it is
}

// NewSheet returns a translator that knows no cell yet.
func NewSheet(w Words) *Sheet {
	s := &Sheet{Words: w, places: map[int]Place{}, rows: map[*Table]Place{}, masks: map[*Table]Place{}, nodes: map[*node]Place{},
		known: map[string]Place{}}
	for _, state := range []State{Inapplicable, Open, Missing, Failed} {
		s.said[state] = sheet.Str(w.of(state))
	}
	return s
}

// Fork is a translator that knows the same cells; what it learns the other doesn't.
func (s *Sheet) Fork() *Sheet {
	out := *s
	out.places, out.nodes, out.known = maps.Clone(s.places), maps.Clone(s.nodes), maps.Clone(s.known)
	return &out
}

// word is the word of a state.
func (s *Sheet) word(state State) *sheet.Expr { return s.said[state] }

// says is a condition: x is the word of a state.
func (s *Sheet) says(x *sheet.Expr, state State) *sheet.Expr {
	return sheet.Cmp("=", x, s.word(state))
}

// longest is the length of a formula that a person still reads.
const longest = 200

// Short gives parts of a long expression cells of their own.
func (s *Sheet) Short(e *sheet.Expr, table *Table, label diag.Phrase) *sheet.Expr {
	return e.Shorten(longest, s.Words.Failed, func(part *sheet.Expr) *sheet.Cell {
		if !part.ByRow() {
			return s.New(nil, append(diag.P(diag.M("part of: ")), label...), part)
		}
		return s.New(table, append(diag.P(diag.M("part of: ")), label...), part)
	})
}
