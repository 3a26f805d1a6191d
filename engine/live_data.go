package engine

import (
	"strconv"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
)

// derive makes the cell of something computed from what was submitted.
func (b *live) derive(k derived) {
	switch {
	case k.view != nil:
		b.mask(k.view)
	case k.name.When != nil:
		b.applies(k.name)
	default:
		b.computed(k)
	}
}

// mask is the column that says which rows a view selects: 1 or 0.
func (b *live) mask(v *formula.Table) {
	label := diag.P(diag.M("in %s", v.Name))
	own := b.s.Translate(v.Where, v.Root())
	name := b.name(v.Name + "." + b.words.In)
	var p formula.Place
	if outer, ok := b.s.Mask(v.Base); ok && v.Base.Base == nil {
		x := sheet.Ref(outer.Cell) // which rows of an open table of a form count
		p = b.s.StoreAs(sheet.If(sheet.Cmp("=", x, sheet.Num(1)), b.s.Guarded(own), x), formula.Truth, outer.Can()|own.Can(), v.Root(), label)
	} else if ok {
		inner := b.s.Store(own, v.Root(), label)
		x, y := sheet.Ref(outer.Cell), sheet.Ref(inner.Cell)
		both := formula.Join(sheet.Num(1), formula.Number, b.s.Number(outer), b.s.Number(inner))
		// A row outside one of the two is outside, whatever the other is.
		e := sheet.If(sheet.Cmp("=", x, sheet.Num(0)), sheet.Num(0), sheet.If(sheet.Cmp("=", y, sheet.Num(0)), sheet.Num(0), b.s.Guarded(both)))
		p = b.s.StoreAs(e, formula.Truth, outer.Can()|inner.Can(), v.Root(), label)
	} else {
		p = b.s.StoreAs(b.byRow(v, b.s.Guarded(own)), formula.Truth, own.Can(), v.Root(), label)
	}
	p.Cell.Name = name
	b.s.SetMask(v, p)
}

// byRow makes a value of each row of what may be the same for all.
func (b *live) byRow(t *formula.Table, e *sheet.Expr) *sheet.Expr { return e.Spread(b.m.Rows[t.Index]) }

// applies is a value that counts only where its condition holds.
func (b *live) applies(n *formula.Name) {
	table := n.Table
	when := b.when(n)
	for back := range n.Slots {
		p := b.s.At(n.Slots[back])
		x, w := sheet.Ref(p.Cell), sheet.Ref(when.Cell)
		no := sheet.Str(b.words.Inapplicable)
		value := b.s.Value(p)
		denied := sheet.And(sheet.Cmp("=", w, sheet.Num(1)), sheet.Is(x, b.words.Inapplicable))
		e := sheet.If(sheet.Cmp("=", w, sheet.Num(0)), no, sheet.If(denied, sheet.Str(b.words.Missing), value))
		if table != nil {
			e = b.byRow(table, e)
		}
		label := diag.P(diag.M("%s as it is used", n.Shown()))
		if back > 0 {
			label = append(label, diag.M(" (%s)", form.NameOf("", "", back)))
		}
		b.s.Set(n.Slots[back], b.s.StoreValue(e, n.Kind, p.Can()|when.Can()|formula.NotApplicable, table, label))
	}
}

// when is whether a value applies, which many columns of a table share.
func (b *live) when(n *formula.Name) formula.Place {
	key := tableName(n.Table) + "\x00" + n.When.Source.Text
	p, ok := b.applying[key]
	if !ok {
		p = b.s.Store(b.s.Translate(n.When, n.Table), n.Table, diag.P(diag.M("applies where %s", n.When.Source.Text)))
		b.applying[key] = p
	}
	return p
}

// computed is a value with a formula. Where it may be filled in, too, that stands
// only where the formula has data missing.
func (b *live) computed(k derived) {
	n := k.name
	t := b.s.Translate(n.Formula, n.Table)
	e := b.s.Guarded(t)
	if n.Kind == formula.Truth {
		e = b.s.YesNo(t)
	}
	if n.Table != nil {
		e = b.byRow(n.Table, e)
	}
	label := diag.P(diag.Verbatim(n.Shown()))
	e = b.s.Short(e, n.Table, label)
	if k.entered >= 0 {
		b.entered(n, t, e, label)
		return
	}
	c := &sheet.Cell{Name: b.nameOn(n.Table, n.Name, 0), Label: label, Table: tableName(n.Table), Formula: e, Values: e.Values()}
	b.pin(c)
	b.values[ValueKey{c.Table, n.Name, 0}] = c
	b.s.Set(n.Slots[0], formula.Stand(c, n.Kind, t.Can()))
}

func (b *live) entered(n *formula.Name, t formula.Term, e *sheet.Expr, label diag.Phrase) {
	given := sheet.Ref(b.values[ValueKey{tableName(n.Table), n.Name, 0}])
	c := sheet.Ref(b.cell(n.Table, append(label, diag.M(" (computed)")), e))
	known := sheet.Or(sheet.IsNumber(given), sheet.Is(given, b.words.Inapplicable))
	if n.Kind != formula.Number {
		known = sheet.Cmp("<>", given, sheet.Str(""))
	}
	e = sheet.If(sheet.And(sheet.Is(c, b.words.Missing), known), given, c)
	b.s.Set(n.Slots[0], b.s.StoreValue(e, n.Kind, t.Can()|formula.NotApplicable, n.Table, append(label, diag.M(" (used)"))))
}

// answer is a fact or judgement: what is no answer waits for one.
func (b *live) answer(a askInput) {
	answer := b.ret.Answers[a.Item][a.Text]
	name := b.words.Answer + "." + a.Item
	if a.Text != "" {
		name += "." + strconv.Itoa(len(b.answers)+1)
	}
	c := &sheet.Cell{Name: b.name(name), Values: []sheet.Value{b.shown(&answer.Cell, b.askField(a))}}
	b.answers[[2]string{a.Item, a.Text}] = c
	x, open := sheet.Ref(c), sheet.Str(b.words.Open)
	kind := formula.Truth
	var fits *sheet.Expr
	switch a.Kind {
	case rubric.YesNo:
		fits = sheet.Or(sheet.Is(x, b.words.Yes), sheet.Is(x, b.words.No))
	case rubric.LevelChoice:
		kind = formula.Text
		var levels []*sheet.Expr
		for _, level := range a.Judge.Levels {
			levels = append(levels, sheet.Is(x, level.Level.Text))
		}
		fits = sheet.Or(levels...)
	default:
		kind, fits = formula.Number, sheet.IsNumber(x)
	}
	e := sheet.If(sheet.Or(fits, sheet.Is(x, b.words.Inapplicable)), x, open)
	if b.lacksEvidence(a, returns.Answer{}) && b.ret.AnswerCheck(a.Item, a.Text) == nil {
		evidence := &sheet.Cell{Name: b.name(name + "." + b.words.Evidence), Values: []sheet.Value{sheet.Said("")}}
		if len(answer.Evidence) > 0 {
			evidence.Values[0] = sheet.Said("…")
		}
		b.evidence[[2]string{a.Item, a.Text}] = evidence
		e = sheet.If(sheet.Cmp("=", sheet.Ref(evidence), sheet.Str("")), open, e)
	}
	label := diag.P(diag.M("answer: "), diag.Verbatim(answerLabel(a)))
	b.s.Set(a.slot, b.s.StoreValue(e, kind, formula.Unanswered, nil, label))
}

func answerLabel(a askInput) string {
	if a.Text == "" {
		return a.Item + " " + a.Title
	}
	return a.Item + " " + a.Text
}

// askField is an answer as a field, for showing it.
func (b *live) askField(a askInput) *rubric.Field {
	f := &rubric.Field{}
	switch a.Kind {
	case rubric.YesNo:
		f.Type.Text = "yesno"
	case rubric.LevelChoice:
		f.Type.Text = "text"
	}
	return f
}
