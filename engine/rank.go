package engine

import (
	"strconv"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/sheet"
)

// rank gives points for the place among the units of a batch. The place stands in
// the return (returns.Others); without it the item is open.
type rank struct {
	item   string // its id
	full   float64
	of     *formula.Formula
	within *formula.Formula // nil: all are compared
	points []float64        // for the first place, the second, …
	low    bool             // the lowest comes first
	mean   *float64         // points for whoever reaches the mean, at least
	digits int
	slot   int // of the place, see load
	in     diag.Pos
}

// What the slot of a rank holds: numbers, and in the first row the group. Nothing
// of it is known where no batch was scored.
const (
	placedValue = iota
	placedAt
	placedTied
	placedOf
	placedMean
	placedAhead
	placedSize
)

func (r rank) load(m *formula.Machine, others *returns.Others) {
	c := &m.Slots[r.slot]
	c.Resize(placedSize, formula.Number)
	c.Resize(placedSize, formula.Text)
	p := others.PlaceIn(r.item)
	for i := range c.State {
		c.State[i] = formula.Known
		if p == nil || i == placedAhead && p.Ahead == nil {
			c.State[i] = formula.Open
		}
	}
	if p == nil {
		return
	}
	c.Text[0] = p.Group
	c.Num[placedValue], c.Num[placedAt], c.Num[placedTied] = p.Value, float64(p.Place), float64(p.Tied)
	c.Num[placedOf], c.Num[placedMean] = float64(p.Of), p.Mean
	if p.Ahead != nil {
		c.Num[placedAhead] = *p.Ahead
	}
}

// compared is the value that is compared, and the group; or why there is none.
func (r rank) compared(m *formula.Machine) (value float64, group string, state formula.State) {
	of := r.of.Eval(m)
	value, state = of.Num[0], of.State[0]
	if r.within != nil {
		in := r.within.Eval(m)
		if state = max(state, in.State[0]); state == formula.Known {
			group = in.Text[0]
		}
	}
	return value, group, state
}

// placed is the place, where it is known: of this value, in this group.
func (r rank) placed(m *formula.Machine) (returns.Place, formula.State) {
	value, group, state := r.compared(m)
	if state != formula.Known {
		return returns.Place{}, state
	}
	c := &m.Slots[r.slot]
	if c.State[0] != formula.Known || c.Text[0] != group || decimal.Compare(value, c.Num[placedValue]) != 0 {
		return returns.Place{}, formula.Open
	}
	p := returns.Place{Item: r.item, Value: value, Group: group, Place: int(c.Num[placedAt]), Tied: int(c.Num[placedTied]), Of: int(c.Num[placedOf]), Mean: c.Num[placedMean]}
	if c.State[placedAhead] == formula.Known {
		ahead := c.Num[placedAhead] // the slot is the machine's
		p.Ahead = &ahead
	}
	return p, formula.Known
}

func (r rank) judge(m *formula.Machine, out formula.Column) {
	p, state := r.placed(m)
	for i := range out.State {
		out.Num[i], out.State[i] = 0, state
		if state == formula.Known {
			out.Num[i] = r.given(p)
		}
	}
}

// given is what a place gives, or the mean if that is more.
func (r rank) given(p returns.Place) float64 {
	got := r.pointsOf(p.Place)
	if r.mean != nil && r.reaches(p) {
		got = max(got, *r.mean)
	}
	return min(max(got, 0), r.full)
}

// pointsOf is what a place gives; behind the last that is listed none.
func (r rank) pointsOf(place int) float64 {
	if place < 1 || place > len(r.points) {
		return 0
	}
	return r.points[place-1]
}

// reaches reports whether a value is at least as good as the mean.
func (r rank) reaches(p returns.Place) bool {
	if r.low {
		return decimal.Compare(p.Value, p.Mean) <= 0
	}
	return decimal.Compare(p.Value, p.Mean) >= 0
}

func (r rank) tests() []test {
	if r.within == nil {
		return []test{{cond: r.of}}
	}
	return []test{{cond: r.of}, {cond: r.within}}
}

func (r rank) words() []diag.Phrase {
	p := append(diag.P(diag.M("By the place among the units of the batch: ")), r.of.Words()...)
	if r.low {
		p = append(p, diag.M(", the lowest first"))
	} else {
		p = append(p, diag.M(", the highest first"))
	}
	if r.within != nil {
		p = append(p, diag.M(", among units of the same %s", r.within.Names()[0].Name))
	}
	for i, x := range r.points {
		if i == 0 {
			p = append(p, diag.M(": place %s %s points", "1", points(x)))
		} else {
			p = append(p, diag.M(", place %s %s points", strconv.Itoa(i+1), points(x)))
		}
	}
	out := []diag.Phrase{append(p, diag.M(", behind them none."))}
	if r.mean != nil {
		out = append(out, diag.P(diag.M("Whoever reaches the mean gets at least %s points.", points(*r.mean))))
	}
	return out
}

// reasons tells the place, among how many of which group, and their mean.
func (r rank) reasons(m *formula.Machine, _ int) []diag.Phrase {
	p, _ := r.placed(m)
	said := r.said(p)
	switch {
	case r.mean == nil:
	case !r.reaches(p):
		said = append(said, diag.M(" The mean is not reached."))
	case *r.mean > r.pointsOf(p.Place):
		said = append(said, diag.M(" The mean is reached, which gives %s points.", points(*r.mean)))
	default:
		said = append(said, diag.M(" The mean is reached."))
	}
	return []diag.Phrase{said}
}

// said is a place in words. Where rounding would make a value look like the mean,
// the mean gets more digits.
func (r rank) said(p returns.Place) diag.Phrase {
	digits := r.of.Digits(r.digits)
	for digits < 10 && decimal.Compare(p.Value, p.Mean) != 0 && decimal.Round(p.Value, digits) == decimal.Round(p.Mean, digits) {
		digits++
	}
	out := diag.P(diag.M("Place %s", strconv.Itoa(p.Place)), diag.M(" (of %s units", strconv.Itoa(p.Of)))
	if p.Tied > 0 {
		out = append(out, diag.M(", shared with %s", strconv.Itoa(p.Tied)))
	}
	if r.within != nil {
		out = append(out, diag.M(", %s: %s", r.within.Names()[0].Name, p.Group))
	}
	return append(out, diag.M("), mean %s%s.", decimal.Format(p.Mean, digits), r.of.Unit()))
}

// unplaced tells why there is no place yet.
func (r rank) unplaced(others *returns.Others) diag.Phrase {
	if others.PlaceIn(r.item) != nil {
		return diag.P(diag.M("To be judged: the batch was scored with another value, so the place is known only when it is scored again."))
	}
	return diag.P(diag.M("To be judged: the place is known only when the whole batch is scored."))
}

// lacks is the way to the next better place; how the others will stand nobody knows,
// so nothing is promised.
func (r rank) lacks(g *gapper) ([]Lack, []*Way) {
	p, _ := r.placed(g.m)
	if p.Ahead == nil {
		return []Lack{{Words: diag.P(diag.M("place %s of %s; no place is better", strconv.Itoa(p.Place), strconv.Itoa(p.Of)))}}, nil
	}
	size, digits, unit := max(*p.Ahead-p.Value, p.Value-*p.Ahead), r.of.Digits(r.digits), r.of.Unit()
	for digits < 10 && decimal.Round(size, digits) == 0 {
		digits++
	}
	return []Lack{{Words: diag.P(diag.M("place %s of %s; the next better place is at %s%s, the gap is ", strconv.Itoa(p.Place), strconv.Itoa(p.Of),
		decimal.Format(*p.Ahead, digits), unit), amount(size, digits, unit))}}, nil
}

// live writes place and mean as the values that they are: they come from the batch.
// They hold as long as the value and the group are those that were compared.
func (r rank) live(b *liveItem, _ *formula.Table) liveForm {
	of := b.s.Translate(r.of, nil)
	reads := []formula.Term{of}
	same := []*sheet.Expr{}
	got, known := sheet.Str(b.words.Open), b.ret.Others.PlaceIn(r.item)
	if r.within != nil {
		in := b.s.Translate(r.within, nil)
		reads = append(reads, in)
		if known != nil {
			group := b.batch(append(b.label, diag.M(", group in the batch")), sheet.Said(known.Group))
			same = append(same, sheet.Exact(in.X, group))
		}
	}
	if known != nil {
		value := b.batch(append(b.label, diag.M(", value compared in the batch")), sheet.Of(known.Value))
		same = append(same, sheet.Cmp("=", sheet.Round(sheet.Sub(of.X, value), edge(known.Value)), sheet.Num(0)))
		got = sheet.If(sheet.And(same...), r.liveGiven(b, of.X, *known), got)
	}
	t := formula.Join(got, formula.Number, reads...)
	return liveForm{x: b.s.Guarded(t), can: t.Can() | formula.Unanswered}
}

// liveGiven is what the place gives, or the mean if that is more.
func (r rank) liveGiven(b *liveItem, x *sheet.Expr, p returns.Place) *sheet.Expr {
	place := b.batch(append(b.label, diag.M(", place in the batch")), sheet.Of(float64(p.Place)))
	got := sheet.Num(0)
	for i := len(r.points) - 1; i >= 0; i-- {
		got = sheet.If(sheet.Cmp("=", place, sheet.Num(float64(i+1))), sheet.Num(r.points[i]), got)
	}
	if r.mean == nil {
		return got
	}
	mean, sign := b.batch(append(b.label, diag.M(", mean in the batch")), sheet.Of(p.Mean)), ">="
	if r.low {
		sign = "<="
	}
	reached := sheet.Cmp(sign, sheet.Round(sheet.Sub(x, mean), edge(p.Mean)), sheet.Num(0))
	return sheet.Greatest(got, sheet.If(reached, sheet.Num(*r.mean), sheet.Num(0)))
}

// batch is the cell of a value that only the whole batch gives.
func (b *live) batch(label diag.Phrase, v sheet.Value) *sheet.Expr {
	return sheet.Ref(b.plain(nil, label[:len(label):len(label)], diag.M("from scoring the whole batch; other figures need scoring it again"), []sheet.Value{v}))
}
