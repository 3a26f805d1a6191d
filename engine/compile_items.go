package engine

import (
	"slices"
	"strconv"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

func (c *compiler) leaves() {
	for _, a := range c.r.Asks() {
		c.asks = append(c.asks, askInput{Ask: a, slot: c.scope.NewSlot()})
	}
	c.r.Leaves(func(src *rubric.Item, sections []*rubric.Item) {
		it := &item{src: src, full: src.Points.Value, counts: src.Points.Given, slot: c.scope.NewSlot()}
		switch c.r.Kind.Text {
		case "letter":
			it.full, it.counts = float64(len(c.r.Letters)-1), false
		case "pass":
			it.full, it.counts = 1, true
		default:
			if !it.counts { // only a must: nothing to count
				it.full = 1
			}
		}
		it.must = must(src, it.full)
		it.bonus = src.Bonus || slices.ContainsFunc(sections, func(s *rubric.Item) bool { return s.Bonus })
		it.when = c.formula(src.When, c.scope, formula.Truth)
		it.gate = c.formula(src.Gate, c.scope, formula.Truth)
		each := c.table(src.Each)
		scope := c.inside(each)
		if it.value = c.anyFormula(src.Value, scope); it.value != nil {
			it.value.Declared = src.Unit.Text
			scope = scope.With(valueName(it.value, c.digits(src)))
		}
		where := c.formula(src.Where, c.inside(each), formula.Truth)
		if each != nil || !src.Each.Given() { // else that was reported
			c.idiom(it, scope, each, where)
		}
		if it.scoring == nil {
			it.scoring = ladder{} // an error was reported
		}
		if each != nil && !src.Pass.Given() {
			it.over = &over{each: each, where: where, by: src.By.Text}
		}
		if t := c.formula(src.Target, scope, formula.Number); t != nil {
			it.target, it.sign = t, ""
		}
		if each == nil {
			it.say = c.template(src.Say, scope)
		} else {
			it.say = c.template(src.Say, c.scope) // one sentence for all rows
		}
		it.reads = c.reads(it)
		c.items = append(c.items, it)
	})
}

// must is what an item must reach: all of it, or the points given.
func must(src *rubric.Item, full float64) float64 {
	switch src.Must.Text {
	case "", "false", "no", "否":
		return 0
	case "true", "yes", "是":
		return full
	}
	x, _ := strconv.ParseFloat(src.Must.Text, 64)
	return x
}

func (c *compiler) digits(src *rubric.Item) int {
	if src.Digits.Given {
		return int(src.Digits.Value)
	}
	return int(c.r.Digits.Value)
}

// valueName is the name "value" in a condition. It has no slot of its own:
// reading it computes the formula.
func valueName(value *formula.Formula, digits int) *formula.Name {
	return &formula.Name{Name: "value", Kind: value.Kind, Digits: digits, Formula: value, Inline: true}
}

// idiom makes the form of an item from the way in which it is written.
func (c *compiler) idiom(it *item, scope *formula.Scope, each *formula.Table, where *formula.Formula) {
	src := it.src
	switch {
	case src.Pass.Given():
		c.pass(it, scope, each, where)
	case src.Bands.Given():
		c.bands(it)
	case src.Scale != nil:
		if c.number(it.value, src.Value) {
			it.scoring = line{full: it.full, value: it.value, from: src.Scale.From.Value, to: src.Scale.To.Value}
		}
	case len(src.Deduct) > 0:
		it.scoring = sum{full: it.full, start: it.full, terms: c.terms(src.ID.Text, src.Terms(), -1, scope)}
	case len(src.Parts) > 0:
		it.scoring = sum{full: it.full, best: src.Best, terms: c.terms(src.ID.Text, src.Terms(), 1, scope)}
	case src.Judge != nil:
		c.judgement(it)
	case src.Rank != nil:
		c.rank(it, scope)
	default:
		if f := c.formula(src.Score, scope, formula.Number); f != nil {
			it.scoring = given{full: it.full, points: f}
		}
	}
}

// number reports whether a value is there and a number.
func (c *compiler) number(f *formula.Formula, src diag.Excerpt) bool {
	if f == nil {
		return false
	}
	if f.Kind != formula.Number {
		c.diags.Add(src.Pos, len([]rune(src.Text)), diag.M("bands: and scale: need a number"))
	}
	return f.Kind == formula.Number
}

// pass is all or nothing; with each, every row must pass, or every failing row
// loses points, or every passing row gives some, or the share of them counts.
func (c *compiler) pass(it *item, scope *formula.Scope, each *formula.Table, where *formula.Formula) {
	src := it.src
	cond := c.formula(src.Pass, scope, formula.Truth)
	if cond == nil {
		return
	}
	t := test{cond: cond, each: each, where: where, digits: c.digits(src)}
	for _, n := range []source.Number{src.Lose, src.Give} {
		if n.Value < 0 || decimal.Compare(n.Value, it.full) > 0 {
			c.diags.Add(n.Pos, n.Width, diag.M("lose: and give: lie between 0 and the item’s points")).Rule = "points"
		}
	}
	switch {
	case src.Lose.Given:
		it.scoring = sum{full: it.full, start: it.full, terms: []term{{per: -src.Lose.Value, label: src.For.Text, fails: &t}}}
	case src.Give.Given:
		it.scoring = sum{full: it.full, terms: []term{{per: src.Give.Value, label: src.For.Text, rows: &t}}}
	case src.By.Given():
		it.scoring = line{full: it.full, share: &t}
	default:
		t.least = src.AtLeast.Value
		l := c.ladder()
		l.rungs = []rung{{test: t, points: it.full}}
		it.scoring = l
	}
	if each != nil {
		return
	}
	if left, right, sign, ok := cond.Sides(); ok {
		switch {
		case it.value == nil:
			it.value = left
		case !left.Is(it.value) && !left.Contains(it.value): // the limit is for something else
			return
		}
		it.target, it.sign = right, sign
	}
}

func (c *compiler) bands(it *item) {
	if !c.number(it.value, it.src.Value) {
		return
	}
	l := c.ladder()
	for _, b := range it.src.Bands.List {
		points := b.Points.Value
		if b.Share.Given {
			points = b.Share.Value * it.full
		}
		r := rung{test: test{cond: formula.AtLeast(it.value, b.From.Value), digits: c.digits(it.src)}, points: points}
		if b.Letter.Given() {
			r.points = c.letterPoints(b.Letter.Text)
		}
		l.rungs = append(l.rungs, r)
	}
	if len(l.rungs) > 0 && it.src.Each.Text == "" {
		_, it.target, it.sign, _ = l.rungs[0].test.cond.Sides()
	}
	it.scoring = l
}

// ladder is a ladder that knows what its rungs give.
func (c *compiler) ladder() ladder {
	l := ladder{kind: c.r.Kind.Text}
	for i := len(c.r.Letters) - 1; i >= 0; i-- {
		l.letters = append(l.letters, c.r.Letters[i].Text)
	}
	return l
}

// letterPoints numbers the letters: the worst is 0.
func (c *compiler) letterPoints(letter string) float64 {
	for i, l := range c.r.Letters {
		if l.Text == letter {
			return float64(len(c.r.Letters) - 1 - i)
		}
	}
	return 0
}

// terms compiles the entries of deduct: or parts: of an item, or of the rubric;
// sign is -1 where they take points.
func (c *compiler) terms(id string, list []rubric.Term, sign float64, outer *formula.Scope) []term {
	terms := make([]term, 0, len(list))
	for _, src := range list {
		t := term{src: src, per: sign * src.Points.Value, max: src.Max.Value, label: src.For.Text, started: src.Started.Text, each: c.table(src.Each)}
		scope := outer
		if t.each != nil {
			scope = c.inside(t.each)
		}
		where := c.formula(src.Where, scope, formula.Truth)
		switch {
		case src.Ask.Given():
			t.times = formula.Of(c.answer(id, src.Ask.Text))
		case src.If.Given():
			t.times = c.formula(src.If, scope, formula.Truth)
		case src.Times.Given():
			t.times, t.where = c.formula(src.Times, scope, formula.Number), where
			c.step(src, t.times)
		case where != nil:
			t.rows, t.each = &test{cond: where, each: t.each}, nil
		}
		if t.times != nil || t.rows != nil {
			terms = append(terms, t)
		}
	}
	return terms
}

// step makes the author say what a started step counts, where there can be one.
func (c *compiler) step(src rubric.Term, times *formula.Formula) {
	if times == nil || src.Started.Given() || times.IsWhole() {
		return
	}
	c.diags.Add(src.Times.Pos, len([]rune(src.Times.Text)), diag.M("the number of times can be a fraction"),
		diag.M("say what a started step counts: started: up (whole), down (not yet) or part (in proportion)"))
}

// answer is the name under which the answer to a fact can be read.
func (c *compiler) answer(item, text string) *formula.Name {
	for _, a := range c.asks {
		if a.Item != item || a.Text != text {
			continue
		}
		n := &formula.Name{Name: text, Kind: formula.Truth, Whole: true, Digits: 6, Slots: []int{a.slot}, Answer: true}
		switch a.Kind {
		case rubric.Times, rubric.FreePoints:
			n.Kind, n.Whole = formula.Number, a.Kind == rubric.Times
		case rubric.LevelChoice:
			n.Kind = formula.Text
		}
		return n
	}
	panic("engine: no answer is asked for " + text)
}

// judgement is a ladder of levels, or points that someone gives.
func (c *compiler) judgement(it *item) {
	j, name := it.src.Judge, c.answer(it.src.ID.Text, "")
	name.Name = it.src.Title.Text
	if len(j.Levels) == 0 {
		g := given{full: it.full, points: formula.Of(name)}
		if j.Step.Given {
			g.label = diag.P(diag.M("Judged, in steps of %s points, at most %s.", points(j.Step.Value), points(it.full)))
		} else {
			g.label = diag.P(diag.M("Judged, from %s to %s points.", points(j.From.Value), points(j.To.Value)))
		}
		it.scoring = g
		return
	}
	l := c.ladder()
	for _, level := range j.Levels {
		points := level.Points.Value
		switch {
		case level.Letter.Given():
			points = c.letterPoints(level.Letter.Text)
		case level.Met:
			points = it.full
		case c.r.Kind.Text == "pass":
			points = 0
		}
		r := rung{test: test{cond: formula.Is(name, level.Level.Text)}, points: points, label: diag.P(diag.Verbatim(level.Level.Text))}
		if level.When.Given() {
			r.label = append(r.label, diag.M(" (%s)", level.When.Text))
		}
		l.rungs = append(l.rungs, r)
	}
	it.scoring = l
}

// reads lists what an item needs, each once.
func (c *compiler) reads(it *item) []formula.Read {
	var out []formula.Read
	seen := map[formula.Read]bool{}
	add := func(f *formula.Formula) {
		if f == nil {
			return
		}
		for _, r := range f.Reads() {
			if !seen[r] {
				seen[r] = true
				out = append(out, r)
			}
		}
	}
	add(it.when)
	add(it.gate)
	for _, t := range it.scoring.tests() {
		add(t.cond)
		add(t.where)
		if t.each != nil {
			add(t.each.Where)
		}
	}
	if it.over != nil {
		add(it.over.where)
		add(it.over.each.Where)
	}
	add(it.value)
	return out
}
