package engine

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/sheet"
)

// Live is a scored return as a spreadsheet computes it: the cells of everything
// that a formula of the rubric decides, each with its formula and its value. Where
// the cells stand is for the report to say.
//
// The formulas follow whatever is typed into the cells of figures and answers as the
// report itself writes them. They don't follow what changes the return as a whole:
// another year where constants depend on it, rows that are added, keys that are
// emptied or made equal, a date that is none, a number typed as text, a figure below
// the least that its field may have. Such a return is scored again.
type Live struct {
	Params  []*sheet.Cell            // constants, by their paths
	Choices []Choice                 // constants chosen by a key
	Steps   []*sheet.Cell            // what is computed on the way
	Columns map[string][]*sheet.Cell // the same of the rows of a table
	Ranges  []*sheet.Range           // cells that follow each other
	Items   []LiveItem
	Sums    []LiveSum // of the sections
	Total   LiveTotal

	Standards []LiveStandard
	Spreads   []LiveSpread

	// Of the open tables of a form: the numbers of their rows, and whether there is any.
	Numbers, AnyRow map[string]*sheet.Cell

	Differ []Difference

	values            map[ValueKey]*sheet.Cell
	answers, evidence map[[2]string]*sheet.Cell
	claims            map[string]*sheet.Cell // by item
}

// ValueKey names a single value, or a column of a table.
type ValueKey struct {
	Table, Field string
	Back         int
}

// Choice is a list of constants beside their keys. Where some depend on the year, on a
// form, Leaves are the cells that hold them.
type Choice struct {
	Keys, Values *sheet.Cell
	Leaves       []*sheet.Cell
}

// Value is the cell of a submitted or computed value, or column; nil if there is
// none.
func (l *Live) Value(table, field string, back int) *sheet.Cell {
	return l.values[ValueKey{table, field, back}]
}

// ValuesOf are the columns of a table that were submitted or are declared, sorted by
// their names.
func (l *Live) ValuesOf(table string) []*sheet.Cell {
	var out []*sheet.Cell
	for key, c := range l.values {
		if key.Table == table {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *sheet.Cell) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Answer is the cell of an answer.
func (l *Live) Answer(item, ask string) *sheet.Cell { return l.answers[[2]string{item, ask}] }

// Evidence is the cell of the evidence for a judgement that needs some, or nil.
func (l *Live) Evidence(item, ask string) *sheet.Cell { return l.evidence[[2]string{item, ask}] }

// LiveWords are the words in a report's language that stand in cells and names.
type LiveWords struct {
	formula.Words
	Step, In, Answer, Evidence  string
	Value, Target, Gap, Result  string
	Points, Upper, Lower, Full  string
	Outcome, Letter, Sum, Total string
	Met, NotMet                 string
	Claimed, Engine             string
}

// Live puts a return into the form of a spreadsheet. The card is that of Score.
func (p *Program) Live(ret *returns.Return, card *Scorecard, w LiveWords) *Live {
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	p.load(m, ret)
	p.compute(m)
	m.Reset()
	pinned := map[string][]sheet.Value{}
	var differ []Difference
	for {
		b := p.newLive(ret, m, w)
		b.card, b.pinned = card, pinned
		b.data()
		b.items()
		b.standards()
		b.sums()
		b.agree(p, m, card, w)
		if len(b.Differ) == 0 || len(differ) == mostPinned {
			b.Differ = append(differ, b.Differ...)
			return b.Live
		}
		// What rests on a cell has to be computed of the value that stands there.
		first := b.Differ[0]
		differ, pinned[first.Cell.Name] = append(differ, first), first.Want
	}
}

// mostPinned is how often everything is computed again for one more cell that holds
// the engine's value.
const mostPinned = 50

// pin puts the engine's value in place of a formula that is known to come to another.
func (b *live) pin(c *sheet.Cell) *sheet.Cell {
	if want, is := b.pinned[c.Name]; is {
		replace(c, want)
	}
	return c
}

func (p *Program) newLive(ret *returns.Return, m *formula.Machine, w LiveWords) *live {
	l := &Live{Columns: map[string][]*sheet.Cell{}, values: map[ValueKey]*sheet.Cell{}, answers: map[[2]string]*sheet.Cell{}, evidence: map[[2]string]*sheet.Cell{}, claims: map[string]*sheet.Cell{}}
	b := &live{Live: l, Program: p, m: m, ret: ret, words: w, s: formula.NewSheet(w.Words), names: map[string]bool{}, countedRows: map[*formula.Table]*sheet.Cell{}, applying: map[string]formula.Place{},
		params: map[*formula.Name]*sheet.Cell{}, choices: map[string]Choice{}}
	b.s.New, b.s.Param, b.s.Choice, b.s.Empty = b.cell, b.param, b.choice, b.empty
	return b
}

// live builds it.
type live struct {
	*Live
	*Program
	m     *formula.Machine
	ret   *returns.Return
	card  *Scorecard
	words LiveWords
	s     *formula.Sheet

	indicators  [2][]*sheet.Expr               // the numbers of the indicators' letters
	names       map[string]bool                // taken, as a spreadsheet compares them
	countedRows map[*formula.Table]*sheet.Cell // which rows count, where not all do
	applying    map[string]formula.Place       // by table and condition
	params      map[*formula.Name]*sheet.Cell
	choices     map[string]Choice
	form        *onForm                  // nil of a report
	pinned      map[string][]sheet.Value // by name: what stands instead of a formula
}

func (b *live) empty(t *formula.Table) bool { return b.m.Rows[t.Index] == 0 }

// name makes a name that Excel accepts and the workbook has not.
func (b *live) name(want string) string {
	name := sheet.LegalName(want)
	folded := sheet.FoldName(name)
	for b.names[folded] {
		name, folded = name+"_", folded+"_"
	}
	b.names[folded] = true
	return name
}

// cell makes a cell for a step, or a column for the rows of a table.
func (b *live) cell(table *formula.Table, label diag.Phrase, e *sheet.Expr) *sheet.Cell {
	if table == nil || !e.ByRow() {
		c := &sheet.Cell{Name: b.name(b.words.Step + "." + strconv.Itoa(len(b.Steps)+1)), Label: label, Formula: e, Values: e.Values()}
		b.pin(c)
		b.Steps = append(b.Steps, c)
		return c
	}
	root := table.Root().Name
	c := &sheet.Cell{Name: b.name(root + "." + b.words.Step + strconv.Itoa(len(b.Columns[root])+1)), Label: label, Table: root, Formula: e, Values: e.Values()}
	b.Columns[root] = append(b.Columns[root], c)
	return c
}

// plain makes the cell of a value that has no formula.
func (b *live) plain(table *formula.Table, label diag.Phrase, why diag.Message, values []sheet.Value) *sheet.Cell {
	c := &sheet.Cell{Label: label, Values: values, Plain: why}
	if table == nil {
		c.Name = b.name(b.words.Step + "." + strconv.Itoa(len(b.Steps)+1))
		b.Steps = append(b.Steps, c)
		return c
	}
	c.Table = table.Root().Name
	c.Name = b.name(c.Table + "." + b.words.Step + strconv.Itoa(len(b.Columns[c.Table])+1))
	b.Columns[c.Table] = append(b.Columns[c.Table], c)
	return c
}

// param is the cell of a constant.
func (b *live) param(n *formula.Name) *sheet.Cell {
	if c, ok := b.params[n]; ok {
		return c
	}
	c := &sheet.Cell{Name: b.name(n.Name), Label: diag.P(diag.Verbatim(n.Name)), Values: b.words.Values(b.constant(n), n.Kind)}
	if n.Constant == nil && b.form != nil {
		c.Formula = b.byYear(n)
		c.Values = c.Formula.Values()
	} else if n.Constant == nil {
		c.Plain = diag.M("the value for the year %s; another year needs scoring again", strconv.Itoa(b.ret.Year))
	}
	b.params[n] = c
	b.Params = append(b.Params, c)
	return c
}

// constant is the value of a constant, in the year of the return.
func (b *live) constant(n *formula.Name) formula.Column {
	if n.Constant != nil {
		return *n.Constant
	}
	return b.m.Slots[n.Slots[0]]
}

// choice lists constants beside their keys.
func (b *live) choice(path string, keys []string, values []*formula.Name) (key, value *sheet.Cell) {
	if c, ok := b.choices[path]; ok {
		return c.Keys, c.Values
	}
	list := Choice{
		Keys:   &sheet.Cell{Name: b.name(path + ".…"), Table: path},
		Values: &sheet.Cell{Name: b.name(path), Table: path},
	}
	for i, k := range keys {
		list.Keys.Values = append(list.Keys.Values, sheet.Said(k))
		list.Values.Values = append(list.Values.Values, b.words.Values(b.constant(values[i]), values[i].Kind)...)
	}
	if b.form != nil && slices.ContainsFunc(values, func(n *formula.Name) bool { return n.Constant == nil }) {
		for _, n := range values {
			list.Leaves = append(list.Leaves, b.param(n))
		}
	}
	b.choices[path] = list
	b.Choices = append(b.Choices, list)
	return list.Keys, list.Values
}

// data makes the cells of what was submitted, then of what is computed from it.
func (b *live) data() {
	for _, in := range b.inputs {
		b.input(in)
	}
	b.year()
	b.rowsOfForm()
	for _, a := range b.asks {
		b.answer(a)
	}
	b.claimCells()
	for _, k := range b.derived {
		b.derive(k)
	}
}
