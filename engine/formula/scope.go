package formula

import (
	"slices"

	"dudao/engine/diag"
)

// Name is something that formulas may read: a single value, a column of a table
// or a constant.
type Name struct {
	Name   string
	Label  string       // what people read, where it isn't the name
	Said   diag.Message // instead, for words of the language itself such as unmet
	Kind   Kind
	Table  *Table // nil for a single value
	Slots  []int  // this year's slot, last year's, …
	Unit   string
	Digits int  // decimals shown
	Whole  bool // always a whole number
	Inline bool // in words, what it is computed from stands in its place
	Param  bool // a dated param: its slot is filled by the year of the return
	Answer bool // the answer to a fact or judgement

	Choices []string // of a text: what it can be

	// Least and Most bound a number as its declaration does, or are the least and
	// greatest of a param's values; nil where nothing bounds it.
	Least, Most *float64

	Constant *Column  // of a param: its value, and it has no slots
	Formula  *Formula // of a computed value: where it comes from
	Standard *Formula // what the value must reach, by row
	When     *Formula // where this doesn't hold the value doesn't apply
}

// Shown is the name as people read it.
func (n *Name) Shown() string {
	if n.Label != "" {
		return n.Label
	}
	return n.Name
}

// Path names a value among all others: table.column, or the name of a single one.
func (n *Name) Path() string {
	if n.Table == nil {
		return n.Name
	}
	return n.Table.Name + "." + n.Name
}

// Table is a named set of rows: those of a table, or with Base the rows of
// another one for which a mask holds.
type Table struct {
	Name    string
	Index   int // of its row count in Machine.Rows
	Columns []*Name
	Base    *Table   // of a view
	Mask    int      // slot of the truth column that selects a view's rows
	Where   *Formula // what the mask is computed from
	Keys    []*Name  // the columns that name a row
}

// Root is the table whose rows a view selects, or the table itself.
func (t *Table) Root() *Table {
	if t.Base != nil {
		return t.Base.Root()
	}
	return t
}

// Column returns the column of a name, or nil.
func (t *Table) Column(name string) *Name {
	if t.Base != nil {
		return t.Base.Column(name)
	}
	for _, c := range t.Columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Scope knows the names that formulas may use and hands out the slots in which
// their values will stand.
type Scope struct {
	singles map[string]*Name
	tables  map[string]*Table
	ordered []*Table
	slots   *int

	row     *Table                    // inside: the table whose row a bare column name means
	results map[string]map[string]int // function → argument → slot: points("id"), letters("A")
	params  map[string]*Param
	trees   Trees
}

// NewScope returns an empty scope.
func NewScope() *Scope {
	return &Scope{singles: map[string]*Name{}, tables: map[string]*Table{}, params: map[string]*Param{}, slots: new(int)}
}

// Remember makes the scope look for a formula among those that were parsed before, and
// keep there what it parses; with nil it keeps none.
func (s *Scope) Remember(trees Trees) { s.trees = trees }

// NewSlot reserves one place for a value or a column.
func (s *Scope) NewSlot() int {
	*s.slots++
	return *s.slots - 1
}

// Slots is the number of places reserved so far.
func (s *Scope) Slots() int { return *s.slots }

// Single declares a single value with a slot for each year.
func (s *Scope) Single(n *Name, years int) *Name {
	s.reserve(n, years)
	s.singles[n.Name] = n
	return n
}

// Declare declares a single name that is complete already.
func (s *Scope) Declare(n *Name) { s.singles[n.Name] = n }

// NewTable declares a table without columns.
func (s *Scope) NewTable(name string) *Table {
	t := &Table{Name: name, Index: len(s.ordered)} // views may leave gaps
	s.tables[name] = t
	s.ordered = append(s.ordered, t)
	return t
}

// NewView declares the rows of a table for which a mask will hold.
func (s *Scope) NewView(name string, base *Table) *Table {
	t := &Table{Name: name, Index: base.Index, Base: base, Mask: s.NewSlot()}
	s.tables[name] = t
	s.ordered = append(s.ordered, t)
	return t
}

// Column declares a column of a table with a slot for each year.
func (s *Scope) Column(t *Table, n *Name, years int) *Name {
	s.reserve(n, years)
	n.Table = t
	t.Columns = append(t.Columns, n)
	return n
}

func (s *Scope) reserve(n *Name, years int) {
	for range max(years, 1) {
		n.Slots = append(n.Slots, s.NewSlot())
	}
}

// Tables returns the declared tables in order.
func (s *Scope) Tables() []*Table { return s.ordered }

// Table returns a declared table, or nil.
func (s *Scope) Table(name string) *Table { return s.tables[name] }

// Inside returns a scope in which bare column names mean the value of the row.
func (s *Scope) Inside(t *Table) *Scope {
	in := *s
	in.row = t
	return &in
}

// With returns a scope with further names; they hide names of the same spelling.
func (s *Scope) With(names ...*Name) *Scope {
	out := *s
	out.singles = make(map[string]*Name, len(s.singles)+len(names))
	for k, v := range s.singles {
		out.singles[k] = v
	}
	for _, n := range names {
		out.singles[n.Name] = n
	}
	return &out
}

// WithResults returns a scope in which a function such as points("id") reads the
// given slots.
func (s *Scope) WithResults(function string, slots map[string]int) *Scope {
	out := *s
	out.results = map[string]map[string]int{function: slots}
	for name, old := range s.results {
		out.results[name] = old
	}
	return &out
}

// lookup finds a bare name: a column of the current row first.
func (s *Scope) lookup(name string) *Name {
	if s.row != nil {
		if c := s.row.Column(name); c != nil {
			return c
		}
	}
	return s.singles[name]
}

// candidates lists what a bare name could have meant.
func (s *Scope) candidates() []string {
	var names []string
	for n := range s.singles {
		names = append(names, n)
	}
	for n := range s.params {
		names = append(names, n)
	}
	for n, t := range s.tables {
		names = append(names, n)
		if t == s.row {
			for _, c := range t.Root().Columns {
				names = append(names, c.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// unknown explains a name that isn't declared.
func (s *Scope) unknown(name string) []diag.Message {
	for _, t := range s.ordered {
		if t.Column(name) != nil {
			return []diag.Message{diag.M("“%s” is a column of %s: write %s for the whole column, or score row by row with each: %s",
				name, t.Name, t.Name+"."+name, t.Name)}
		}
	}
	if hint, ok := s.slip(name); ok {
		return []diag.Message{hint}
	}
	if slices.Contains([]string{"score", "full", "rate", "unmet", "must_unmet", "vetoed", "claimed", "credibility"}, name) {
		return []diag.Message{diag.M("it is known only under grades:, veto: and total:")}
	}
	if name == "value" {
		return []diag.Message{diag.M("the item needs value:")}
	}
	if near := diag.Nearest(name, s.candidates()); near != "" {
		return []diag.Message{diag.M("did you mean “%s”?", near)}
	}
	return []diag.Message{diag.M("a name must be declared under data: or params: above")}
}

// Name returns a declared single value, or nil.
func (s *Scope) Name(name string) *Name { return s.singles[name] }
