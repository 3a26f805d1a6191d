package engine

import (
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
)

// Gap is what an item lacks: each thing by itself with the smallest change of the
// data that would mend it, and the smallest changes that give more points, or all.
// Every change that is named was made and scored.
type Gap struct {
	Item  string  `json:"item"`
	Lost  float64 `json:"lost,omitempty"` // for certain; in a rubric of letters, how many steps
	Open  float64 `json:"open,omitempty"` // while something isn't known
	Lacks []Lack  `json:"lacks,omitempty"`
	Next  *Way    `json:"next,omitempty"` // the smallest change found that gives more
	Full  *Way    `json:"full,omitempty"` // the smallest found that gives all
}

// Lack is one thing that is missing: a value below its limit, a row that fails, a
// deduction, a judgement, a cell to fill in.
type Lack struct {
	Table   string      `json:"table,omitempty"` // of a row
	Row     string      `json:"row,omitempty"`   // what names it
	Words   diag.Phrase `json:"words"`
	Stands  diag.Phrase `json:"stands,omitempty"`  // how a row stands, where Words speak of other values than its condition
	Changes []Change    `json:"changes,omitempty"` // none: nothing that the return says is known to mend it
	Cells   []InputRef  `json:"cells,omitempty"`   // to fill in

	effort float64 // how large the changes are, and how much else rests on what is changed
	aim    *aim    // of a single value: what mends it
	toMean bool    // what brings a row to the mean
	joint  bool    // no use while other rows fail
}

// Way is a set of changes of which none can be left out.
type Way struct {
	Changes  []Change `json:"changes"`
	Points   float64  `json:"points"`            // of the item, then; 0 where it counts without points
	Gain     float64  `json:"gain"`              // more than now
	Letter   string   `json:"letter,omitempty"`  // then, in a rubric of letters
	Relative float64  `json:"relative"`          // how large the changes are together against what stands there
	ToMean   bool     `json:"to_mean,omitempty"` // each row is brought to the mean: somewhat less may be enough

	effort float64
}

// Change is another value for one cell, or another answer.
type Change struct {
	Path  string  `json:"path"` // as form.Path names it; of an answer the fact
	Table string  `json:"table,omitempty"`
	Index int     `json:"index,omitempty"` // of the row, from 0
	Field string  `json:"field,omitempty"`
	Item  string  `json:"item,omitempty"` // of an answer
	Ask   string  `json:"ask,omitempty"`  // "" for the judgement of the item
	Truth bool    `json:"truth,omitempty"`
	From  float64 `json:"from"` // of a truth 1 or 0
	To    float64 `json:"to"`
	Level string  `json:"level,omitempty"` // of a judgement, instead of To

	FromLevel string `json:"from_level,omitempty"`

	Unit string   `json:"unit,omitempty"`
	Pos  diag.Pos `json:"pos,omitzero"`

	row    string // what names it
	lever  *lever
	lowers bool // what others are measured by: fewer pupils, a smaller budget
}

// Relative is how large a change is against what stands there or will: a growth by
// a tenth is as large as the fall back, from nothing it is 1.
func (c Change) Relative() float64 {
	size := max(c.From, -c.From, c.To, -c.To)
	if c.Truth || c.Level != "" || size == 0 {
		return 1
	}
	return max(c.To-c.From, c.From-c.To) / size
}

// Judged reports whether it is an answer: what officials judge, no figure.
func (c Change) Judged() bool { return c.Field == "" }

// Name is the path by which the changed value can be set.
func (c Change) Name() string {
	if c.Judged() {
		return form.AnswerPath(c.Item, c.Ask)
	}
	return c.Path
}

// Setting is the change as people type it: 名=值.
func (c Change) Setting() string {
	switch {
	case c.Level != "":
		return c.Name() + "=" + c.Level
	case c.Truth && c.To != 0:
		return c.Name() + "=是"
	case c.Truth:
		return c.Name() + "=否"
	}
	return c.Name() + "=" + decimal.Format(c.To, mostDigits)
}

func (c Change) sameCell(o Change) bool { return o.lever == c.lever && o.Index == c.Index }

// Gaps tells of every item that isn't certain of its full points what it lacks.
func (p *Program) Gaps(ret *returns.Return) []Gap {
	m := p.machines.Get().(*formula.Machine)
	defer p.machines.Put(m)
	p.load(m, ret)
	p.compute(m)
	g := newGapper(scorer{Program: p, m: m, ret: ret})
	var out []Gap
	for _, it := range p.items {
		if gap, lacking := g.item(it); lacking {
			if !it.counts && p.Rubric.Kind.Text == "points" {
				gap = gap.withoutPoints()
			}
			out = append(out, gap)
		}
	}
	return out
}

// withoutPoints is the gap of an item that counts without points: it is met or not.
func (gap Gap) withoutPoints() Gap {
	gap.Lost, gap.Open = 0, 0
	for _, w := range []**Way{&gap.Next, &gap.Full} {
		if *w != nil {
			met := **w
			met.Points, met.Gain = 0, 0
			*w = &met
		}
	}
	return gap
}

// With is the return with some of its values changed; the original stays as it is.
func (p *Program) With(ret *returns.Return, changes []Change) *returns.Return {
	out := ret.Clone()
	for _, c := range changes {
		switch {
		case c.Field == "":
			if out.Answers[c.Item] == nil {
				out.Answers[c.Item] = map[string]returns.Answer{}
			}
			a := out.Answers[c.Item][c.Ask]
			a.State, a.Number, a.Text = returns.Given, c.To, c.Level
			out.Answers[c.Item][c.Ask] = a
		case c.Table == "":
			cell := &out.Fields[c.Field][0]
			cell.State, cell.Number = returns.Given, c.To
		default:
			cell := &out.Tables[c.Table].Columns[c.Field][0][c.Index]
			cell.State, cell.Number = returns.Given, c.To
		}
	}
	return out
}

// item finds what an item lacks; false where it has all there is.
func (g *gapper) item(it *item) (Gap, bool) {
	g.it, g.used = it, g.usedBy(it)
	g.m.Reset()
	if c := g.ret.PointsCheck(it.src.ID.Text); c != nil {
		return g.givenGap(it, c)
	}
	v := g.judge(g.m, it)
	gap := Gap{Item: it.src.ID.Text}
	g.now = g.onPaper(it, v)
	switch {
	case v.state == formula.Inapplicable && (it.bonus || it.src.Inapplicable.Text != "zero"):
		return gap, false
	case v.state == formula.Inapplicable:
		gap.Lost = it.full
		gap.Lacks = []Lack{{Words: g.inapplicable(it)}}
		return gap, true
	case v.state != formula.Known:
		gap.Open = it.full
		gap.Lacks = g.unknownLacks(it, v.state)
		return gap, true
	case decimal.Compare(g.now, it.full) >= 0:
		return gap, false
	}
	gap.Lost = decimal.Round(it.full-g.now, pointsDigits)
	var more []*Way
	if it.gate != nil && !it.gate.Eval(g.m).True(0) {
		gap.Lacks, more = g.conditions(it.gate)
	}
	lacks, ways := g.formLacks(it)
	gap.Lacks = append(gap.Lacks, lacks...)
	g.finish(&gap, append(more, ways...))
	return gap, true
}

func (g *gapper) formLacks(it *item) ([]Lack, []*Way) {
	if it.over != nil {
		return g.overLacks(it), nil
	}
	return it.scoring.lacks(g)
}

// unknownLacks are the data that keep an item from being decided.
func (g *gapper) unknownLacks(it *item, state formula.State) []Lack {
	defer g.m.Remember()()
	var out []Lack
	c := g.causes(it, state)
	for _, k := range c.order {
		out = append(out, Lack{Words: g.cause(k, c.rows[k], c.said[k], state), Cells: g.cellsOf(k, c.rows[k])})
	}
	if len(out) == 0 {
		out = []Lack{{Words: g.noCause(it, state)}}
	}
	return out
}
