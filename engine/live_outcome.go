package engine

import (
	"strconv"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/sheet"
)

// outcomeCells are what the whole comes to if all that is open turns out at its
// worst, or at its best.
type outcomeCells struct {
	score  *sheet.Expr
	rate   *sheet.Cell
	vetoes []*sheet.Cell
	grade  *sheet.Cell
}

// scenarioCells builds one of the two.
type scenarioCells struct {
	*live
	s     *formula.Sheet
	worst bool
	label diag.Phrase
}

func (b *live) outcomeAt(sum liveAmount, full *sheet.Expr, worst bool) outcomeCells {
	e := scenarioCells{live: b, s: b.s.Fork(), worst: worst, label: diag.P(diag.M("at best: "))}
	score := sum.upper
	if worst {
		score, e.label = sum.lower, diag.P(diag.M("at worst: "))
	}
	e.resultCells()
	at := sheet.Ref(e.set(e.result.score, score, diag.M("the total")))
	e.set(e.result.full, full, diag.M("the full points"))
	rate := func(at *sheet.Expr) *sheet.Expr {
		return sheet.If(sheet.Cmp(">", full, sheet.Num(0)), sheet.Div(sheet.Mul(sheet.Num(100), at), full), sheet.Num(0))
	}
	out := outcomeCells{score: at}
	e.set(e.result.vetoed, sheet.Num(0), diag.M("a veto"))
	if e.Program.total != nil {
		e.set(e.result.rate, rate(at), diag.M("the rate in percent"))
		out.score = sheet.Ref(e.set(e.result.score, e.replacement(full), diag.M("the total")))
	}
	out.rate = e.set(e.result.rate, rate(out.score), diag.M("the rate in percent"))
	fired := e.fired(&out)
	out.grade = e.gradeCell(full, sheet.Ref(out.rate), fired)
	return out
}

func (e *scenarioCells) cell(label diag.Message, x *sheet.Expr) *sheet.Cell {
	said := append(e.label[:len(e.label):len(e.label)], label)
	return e.live.cell(nil, said, e.s.Short(x, nil, said))
}

// set makes the cell of a name of the result.
func (e *scenarioCells) set(slot int, x *sheet.Expr, label diag.Message) *sheet.Cell {
	c := e.cell(label, x)
	e.s.Set(slot, formula.Certain(c, formula.Number))
	return c
}

// resultCells makes the cells of the names that conditions read of the result, as far as
// they do.
func (e *scenarioCells) resultCells() {
	read := map[int]bool{}
	all := []*formula.Formula{e.Program.total}
	for _, v := range e.Program.vetoes {
		all = append(all, v.when)
	}
	for _, g := range e.grades {
		all = append(all, g.when)
	}
	for _, f := range all {
		if f != nil {
			f.EachSlot(func(slot int) { read[slot] = true })
		}
	}
	e.reviewCells(read)
	for i, it := range e.Program.items {
		at := e.Items[i].Upper
		if e.worst {
			at = e.Items[i].Lower
		}
		e.s.Set(it.slot, formula.Certain(at, formula.Number))
	}
	if read[e.result.unmet] {
		e.set(e.result.unmet, e.countItems(func(i int) *sheet.Expr {
			if e.Program.items[i].bonus {
				return nil
			}
			return sheet.Cmp("<", sheet.Ref(e.Items[i].Points), sheet.Num(e.Program.items[i].full))
		}), diag.M("the number of unmet items"))
	}
	if read[e.result.mustUnmet] {
		e.set(e.result.mustUnmet, e.countItems(func(i int) *sheet.Expr {
			if must := e.Program.items[i].must; must > 0 {
				return sheet.Cmp("<", sheet.Round(sheet.Sub(sheet.Ref(e.Items[i].Points), sheet.Num(must)), edge(must)), sheet.Num(0))
			}
			return nil
		}), diag.M("the number of unmet must items"))
	}
	for i, l := range e.Program.Rubric.Letters {
		if slot, ok := e.result.letters[l.Text]; ok && read[slot] {
			e.set(slot, e.countLetters(float64(len(e.Program.Rubric.Letters)-1-i)), diag.M("how often %s was given", l.Text))
		}
	}
}

// countItems counts the items for which a condition on their points holds. At worst
// it does where nothing is known yet.
func (e *scenarioCells) countItems(holds func(i int) *sheet.Expr) *sheet.Expr {
	r := &sheet.Range{Name: e.name(e.words.Sum + "." + strconv.Itoa(len(e.Ranges)+1))}
	for i := range e.Program.items {
		cond := holds(i)
		if cond == nil {
			continue
		}
		result := sheet.Ref(e.Items[i].Result)
		open := sheet.Num(0)
		if e.worst {
			open = sheet.If(sheet.Is(result, e.words.Inapplicable), sheet.Num(0), sheet.Num(1))
		}
		x := sheet.If(sheet.IsNumber(result), sheet.If(cond, sheet.Num(1), sheet.Num(0)), open)
		r.Cells = append(r.Cells, e.cell(diag.M("item %s is not met", e.Program.items[i].src.ID.Text), x))
	}
	if len(r.Cells) == 0 {
		return sheet.Num(0)
	}
	e.Ranges = append(e.Ranges, r)
	return sheet.Sum(sheet.All(r))
}

// countLetters counts how often a letter was given to indicators, and to leaves that
// belong to none.
func (e *scenarioCells) countLetters(letter float64) *sheet.Expr {
	k := 1
	if e.worst {
		k = 0
	}
	numbers := append([]*sheet.Expr{}, e.indicators[k]...)
	inside := make([]bool, len(e.Items))
	for _, s := range e.card.Sections {
		if s.Letter != (GradeRange{}) {
			for i := range s.Count {
				inside[s.First+i] = true
			}
		}
	}
	for i, in := range inside {
		if !in {
			numbers = append(numbers, sheet.Ref(e.cell(diag.M("letter of: %s", e.Program.items[i].src.ID.Text), e.letterNumber(e.Items[i], e.worst))))
		}
	}
	var count []*sheet.Expr
	for _, x := range numbers {
		count = append(count, sheet.If(sheet.And(sheet.IsNumber(x), sheet.Cmp("=", x, sheet.Num(letter))), sheet.Num(1), sheet.Num(0)))
	}
	if len(count) == 0 {
		return sheet.Num(0)
	}
	return sheet.Sums(count...)
}

// replacement is the total that a formula puts in place of the sum. Where it can't be
// computed the total may be anything.
func (e *scenarioCells) replacement(full *sheet.Expr) *sheet.Expr {
	p := e.s.Store(e.s.Translate(e.Program.total, nil), nil, append(e.label[:len(e.label):len(e.label)], diag.M("the total")))
	x := sheet.Ref(p.Cell)
	got := sheet.Round(sheet.Greatest(x, sheet.Num(0)), sheet.Num(e.pointsPlaces()))
	if p.Can() == 0 {
		return got
	}
	open := full
	if e.worst {
		open = sheet.Num(0)
	}
	return sheet.If(sheet.IsNumber(x), got, open)
}

// whether is 1 where a condition holds, or may hold in this case.
func (e *scenarioCells) whether(f *formula.Formula, maybe bool, label diag.Message) *sheet.Expr {
	p := e.s.Store(e.s.Translate(f, nil), nil, append(e.label[:len(e.label):len(e.label)], label))
	x := sheet.Ref(p.Cell)
	if p.Can() == 0 {
		return x
	}
	open := sheet.Num(0)
	if maybe {
		open = sheet.If(sheet.Is(x, e.words.Inapplicable), sheet.Num(0), sheet.Num(1))
	}
	return sheet.If(sheet.IsNumber(x), x, open)
}

// fired makes the cells of the vetoes; at worst one that is open acts.
func (e *scenarioCells) fired(out *outcomeCells) []*sheet.Expr {
	var fired []*sheet.Expr
	for _, v := range e.Program.vetoes {
		label := diag.M("veto: %s", v.src.Title.Text)
		c := e.cell(label, e.spread(v, e.whether(v.when, e.worst, label)))
		out.vetoes, fired = append(out.vetoes, c), append(fired, sheet.Ref(c))
	}
	any := sheet.Num(0)
	if len(fired) > 0 {
		any = sheet.If(sheet.Cmp(">", sheet.Sums(fired...), sheet.Num(0)), sheet.Num(1), sheet.Num(0))
	}
	c := e.cell(diag.M("a veto"), any)
	e.s.Set(e.result.vetoed, e.s.Flag(c))
	return fired
}

// gradeCell is the first grade whose rate and condition hold, then the vetoes act on it.
func (e *scenarioCells) gradeCell(full, rate *sheet.Expr, fired []*sheet.Expr) *sheet.Cell {
	if len(e.grades) == 0 {
		return nil
	}
	if places, err := strconv.Atoi(e.Program.Rubric.Round.Text); err == nil {
		rate = sheet.Ref(e.cell(diag.M("the rate in percent"), sheet.Round(rate, sheet.Num(float64(places)))))
	}
	at := sheet.Num(-1)
	for i := len(e.grades) - 1; i >= 0; i-- {
		g := e.grades[i]
		var conds []*sheet.Expr
		if from := g.src.From; from.Given {
			conds = append(conds, sheet.Cmp(">=", sheet.Round(sheet.Sub(rate, sheet.Num(from.Value)), edge(from.Value)), sheet.Num(0)))
		}
		if g.when != nil {
			label := diag.M("condition of the grade %s", g.src.Grade.Text)
			c := e.cell(label, e.whether(g.when, !e.worst, label))
			conds = append(conds, sheet.Cmp("=", sheet.Ref(c), sheet.Num(1)))
		}
		if len(conds) == 0 {
			at = sheet.Num(float64(i))
			continue
		}
		at = sheet.If(sheet.And(conds...), sheet.Num(float64(i)), at)
	}
	index := sheet.Ref(e.cell(diag.M("place of the grade"), at))
	index = e.lowered(index, fired)
	name := e.gradeName(index)
	if e.card.Kind != "letter" { // else nothing was judged
		name = sheet.If(sheet.Cmp(">", full, sheet.Num(0)), name, sheet.Str(""))
	}
	return e.cell(diag.M("the grade"), name)
}

func (e *scenarioCells) gradeName(index *sheet.Expr) *sheet.Expr {
	last := len(e.grades) - 1
	name := sheet.Str(e.grades[last].src.Grade.Text)
	for i := last - 1; i >= 0; i-- {
		name = sheet.If(sheet.Cmp("<=", index, sheet.Num(float64(i))), sheet.Str(e.grades[i].src.Grade.Text), name)
	}
	return sheet.If(sheet.Cmp("<", index, sheet.Num(0)), sheet.Str(""), name)
}

// lowered lets the vetoes act on a grade, in their order.
func (e *scenarioCells) lowered(at *sheet.Expr, fired []*sheet.Expr) *sheet.Expr {
	var once []*sheet.Expr // the vetoes before that lower it only together
	for i, v := range e.Program.vetoes {
		var to *sheet.Expr
		acts := []*sheet.Expr{sheet.Cmp("=", fired[i], sheet.Num(1)), sheet.Cmp(">=", at, sheet.Num(0))}
		switch {
		case v.src.Grade.Given():
			if to = e.placeOf(v.src.Grade.Text); to == nil {
				continue
			}
		case v.src.Cap.Given():
			if to = e.placeOf(v.src.Cap.Text); to == nil {
				continue
			}
			to = sheet.Greatest(at, to)
		default:
			to = sheet.Add(at, sheet.Num(v.src.Down.Value))
			if v.src.Once && len(once) > 0 {
				acts = append(acts, sheet.Cmp("=", sheet.Sums(once...), sheet.Num(0)))
			}
			if v.src.Once {
				once = append(once, fired[i])
			}
		}
		at = sheet.Ref(e.cell(diag.M("place of the grade after the veto %s", v.src.Title.Text), sheet.If(sheet.And(acts...), to, at)))
	}
	return at
}

// placeOf is the place of a grade among the others.
func (e *scenarioCells) placeOf(name string) *sheet.Expr {
	for i, g := range e.grades {
		if g.src.Grade.Text == name {
			return sheet.Num(float64(i))
		}
	}
	return nil
}
