package engine

import (
	"slices"
	"sync"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
)

// Program is a compiled rubric.
type Program struct {
	Rubric *rubric.Rubric

	scope   *formula.Scope
	inputs  []input
	figures [][]input // by block of the rubric: its inputs without the keys
	asks    []askInput
	dated   []dated
	derived []derived // in an order in which each needs only earlier ones
	bounds  []bound
	checks  []check
	items   []*item
	deduct  *sum // from the total
	total   *formula.Formula
	vetoes  []veto

	standards []threshold // that values can stand on, beside those of items
	grades    []grade
	result    resultSlots

	// formulas are all that the author wrote, in no particular order.
	formulas []*formula.Formula

	machines sync.Pool
	text     func() string
}

// input is a value to load from a return.
type input struct {
	table *formula.Table // nil for a single value
	fixed bool           // the names of the rows of a fixed table
	name  string
	field *rubric.Field
	kind  formula.Kind
	slots []int
}

// isKey reports whether the input names the rows of its table.
func (in input) isKey() bool {
	return in.table != nil && slices.ContainsFunc(in.table.Keys, func(k *formula.Name) bool { return k.Name == in.name })
}

// askInput is a fact or judgement answered on the sheet of judgements.
type askInput struct {
	rubric.Ask
	slot int
}

// bound is the least or greatest value of a field, where it names other fields.
type bound struct {
	name  *formula.Name
	limit *formula.Formula
	least bool
}

// dated is a param whose value depends on the year of the return.
type dated struct {
	name   string
	years  []int // ascending
	values []formula.Column
	kind   formula.Kind
	slot   int
}

// derived is something computed from what was loaded: a value with a formula, the
// mask of a view, or to which rows a value that was filled in applies. Where a value
// may be entered, too, entered is the slot of what was.
type derived struct {
	name    *formula.Name // nil for a view
	entered int           // slot, or -1
	view    *formula.Table
}

// resultSlots are where grades, vetoes and total: read the result.
type resultSlots struct {
	year, score, full, rate, unmet, mustUnmet, vetoed int
	claimed, credibility                              int // missing where nothing was claimed, or checked
	letters                                           map[string]int
}

// item is a compiled leaf: its idiom has become a form.
type item struct {
	src     *rubric.Item
	full    float64 // what the form gives at most
	bonus   bool    // outside the total: nothing is unmet without it
	counts  bool    // its points are part of the total
	must    float64 // points that must be reached; 0 is no must
	when    *formula.Formula
	gate    *formula.Formula
	scoring scoring
	over    *over            // puts together the points of rows
	value   *formula.Formula // shown as the actual value; nil if there is none
	target  *formula.Formula
	sign    string // before the target: ≥
	say     template
	limits  []threshold // that its values can stand on
	slot    int         // of its points, for grades
	reads   []formula.Read
}

// Formulas are all formulas of the rubric, each once.
func (p *Program) Formulas() []*formula.Formula { return p.formulas }

// Text is the effective rubric as YAML. Every report of it carries the text, so it is
// written once.
func (p *Program) Text() string { return p.text() }

// Compile makes a program of a rubric that loaded without errors. All errors of
// all formulas are reported. Of data that is shared with other rubrics (uses:)
// only what the items need stays.
func Compile(r *rubric.Rubric) (*Program, diag.List) {
	if len(r.Uses) == 0 {
		return compile(r, nil)
	}
	trees := formula.Trees{}
	p, diags := compile(r, trees)
	if diags.HasErrors() {
		return p, diags
	}
	needed := p.needed()
	if needed == r {
		return p, diags
	}
	return compile(needed, trees)
}

// compile remembers in trees, if they aren't nil, what it has parsed.
func compile(r *rubric.Rubric, trees formula.Trees) (*Program, diag.List) {
	c := compiler{Program: &Program{Rubric: r, scope: formula.NewScope()}, r: r}
	c.scope.Remember(trees)
	defer c.scope.Remember(nil)
	c.names()
	c.result.year = c.scope.Single(&formula.Name{Name: "year", Said: diag.M("the year"), Whole: true}, 1).Slots[0]
	c.params()
	c.data()
	c.dataChecks()
	c.leaves()
	c.outcome()
	if c.diags.HasErrors() {
		return nil, c.diags.Named("scheme").Sorted()
	}
	c.limits()
	p := c.Program
	p.text = sync.OnceValue(func() string { return string(r.Text()) })
	p.machines.New = func() any { return formula.NewMachine(p.scope) }
	return p, c.diags.Named("scheme").Sorted()
}

type compiler struct {
	*Program
	r     *rubric.Rubric
	diags diag.List
}

// formula compiles an excerpt; an absent one gives nil.
func (c *compiler) formula(src diag.Excerpt, s *formula.Scope, want formula.Kind) *formula.Formula {
	if !src.Given() {
		return nil
	}
	return c.keep(formula.Compile(src, s, want))
}

// anyFormula compiles an excerpt of whichever kind.
func (c *compiler) anyFormula(src diag.Excerpt, s *formula.Scope) *formula.Formula {
	if !src.Given() {
		return nil
	}
	return c.keep(formula.CompileAny(src, s))
}

func (c *compiler) keep(f *formula.Formula, diags diag.List) *formula.Formula {
	c.diags = append(c.diags, diags...)
	if f != nil {
		c.formulas = append(c.formulas, f)
	}
	return f
}

// table finds the table or view that an each: names.
func (c *compiler) table(e diag.Excerpt) *formula.Table {
	if !e.Given() {
		return nil
	}
	t := c.scope.Table(e.Text)
	if t == nil {
		var names []string
		for _, t := range c.scope.Tables() {
			names = append(names, t.Name)
		}
		var hints []diag.Message
		if near := diag.Nearest(e.Text, names); near != "" {
			hints = append(hints, diag.M("did you mean “%s”?", near))
		}
		c.diags.Add(e.Pos, len([]rune(e.Text)), diag.M("there is no table “%s”", e.Text), hints...)
	}
	return t
}

// inside is the scope of a row of t, or the scope itself where t is nil.
func (c *compiler) inside(t *formula.Table) *formula.Scope {
	if t == nil {
		return c.scope
	}
	return c.scope.Inside(t)
}
