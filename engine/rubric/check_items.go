package rubric

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/source"
)

func (c *checker) item(i *Item) {
	if unreadable(i.Pos) {
		return
	}
	if !i.Title.Given() {
		c.missing(i.Pos, "title")
	}
	if i.IsSection() {
		c.section(i)
		return
	}
	if i.Items != nil {
		c.diags.Add(i.Pos, 1, diag.M("this section has no items"))
		return
	}
	switch at, dup := c.ids[i.ID.Text]; {
	case !i.ID.Given():
		c.missing(i.Pos, "id")
	case dup:
		c.at(i.ID, diag.M("the id “%s” is used twice", i.ID.Text), c.firstAt(at)).Rule = "duplicate"
	default:
		c.ids[i.ID.Text] = i.ID.Pos
	}
	needsPoints := c.r.Kind.Text == "points" && !i.Must.Given()
	switch {
	case !i.Points.Given && !i.Points.Wrong && needsPoints:
		c.missing(i.Pos, "points")
	case i.Points.Given && i.Points.Value <= 0:
		c.number(i.Points, diag.M("points must be above 0")).Rule = "points"
	case i.Points.Given && c.r.Kind.Text == "letter":
		c.number(i.Points, diag.M("a rubric of kind letter has no points"))
	case i.Weight.Given:
		c.number(i.Weight, diag.M("only a section has weight:")).Rule = "weights"
	}
	c.oneOf(i.Inapplicable, "full", "exclude", "zero")
	c.whole(i.Digits, 0, 10)
	if p, digits := i.Points, int(c.r.PointsDigits.Value); p.Given && decimal.Round(p.Value, digits) != p.Value {
		c.number(p, diag.M("points have more decimals than points_digits: says"), diag.M("write points_digits: with as many as the points have")).Rule = "points"
	}
	c.must(i)
	c.facts(i)
	c.scoring(i)
}

// facts refuses a fact that an item asks twice: it has one answer.
func (c *checker) facts(i *Item) {
	seen := map[string]bool{}
	twice := func(e diag.Excerpt) {
		if e.Given() && seen[e.Text] {
			c.at(e, diag.M("the fact “%s” is asked twice", e.Text)).Rule = "duplicate"
		}
		seen[e.Text] = true
	}
	for _, t := range i.Terms() {
		twice(t.Ask)
	}
}

// must is true, or the points that must be reached.
func (c *checker) must(i *Item) {
	if !i.Must.Given() || slices.Contains([]string{"true", "yes", "是", "false", "no", "否"}, i.Must.Text) {
		return
	}
	x, err := strconv.ParseFloat(i.Must.Text, 64)
	if err != nil || x <= 0 || !i.Points.Given || i.Points.Given && x > i.Points.Value {
		c.at(i.Must, diag.M("must: is true, or the points that must be reached")).Rule = "points"
	}
}

func (c *checker) section(i *Item) {
	for k := range i.Items {
		c.item(&i.Items[k])
	}
	c.siblings(i.Items)
	if len(waysOf(i)) > 0 {
		c.at(i.Title, diag.M("a section has items:, so it can’t be scored itself"))
	}
	for _, n := range []source.Number{i.Lose, i.Give, i.AtLeast} {
		if n.Given {
			c.number(n, diag.M("this belongs to an item, not to a section"))
		}
	}
	for _, e := range []diag.Excerpt{i.Value, i.Each, i.Where, i.For, i.By, i.Gate, i.Must, i.When, i.Target, i.Say} {
		if e.Given() {
			c.at(e, diag.M("this belongs to an item, not to a section"))
		}
	}
	// The points of a bonus section are its cap, those of weighted ones a scale.
	weighted := i.IsWeighted()
	if sum := pointsOf(i.Items); i.Points.Given && !i.Bonus && !weighted && decimal.Compare(sum, i.Points.Value) != 0 {
		c.number(i.Points, diag.M("the items of this section have %s points, not %s",
			decimal.Format(sum, 6), decimal.Format(i.Points.Value, 6))).Rule = "points"
	}
}

// siblings checks what items beside each other share: weights.
func (c *checker) siblings(items []Item) {
	var sum decimal.Sum
	weighted := 0
	for _, i := range items {
		if i.Weight.Given && i.IsSection() {
			weighted++
			sum.Add(i.Weight.Value)
		}
	}
	switch {
	case weighted == 0:
	case weighted < len(slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return i.Bonus })):
		for _, i := range items {
			if !i.Weight.Given && !i.Bonus {
				c.at(i.Title, diag.M("weight: is missing here"), diag.M("either all sections beside each other have a weight, or none")).Rule = "weights"
			}
		}
	case decimal.Compare(sum.Value(), 1) != 0:
		c.number(items[len(items)-1].Weight, diag.M("the weights of these sections sum to %s, not 1", decimal.Format(sum.Value(), 6))).Rule = "weights"
	}
}

// pointsOf is what items count together, without bonus.
func pointsOf(items []Item) float64 {
	var sum decimal.Sum
	for _, i := range items {
		switch {
		case i.Bonus:
		case i.IsWeighted():
			sum.Add(i.Points.Or(100))
		case i.IsSection():
			sum.Add(pointsOf(i.Items))
		default:
			sum.Add(i.Points.Value)
		}
	}
	return sum.Value()
}

func waysOf(i *Item) []string {
	var out []string
	for k, given := range []bool{i.Pass.Given(), i.Bands.Given(), i.Scale != nil, len(i.Deduct) > 0, len(i.Parts) > 0, i.Judge != nil, i.Rank != nil, i.Score.Given()} {
		if given {
			out = append(out, ways[k])
		}
	}
	return out
}

// waysOfKind are the ways of scoring that a kind of rubric knows.
var waysOfKind = map[string][]string{"points": ways, "pass": {"pass", "judge", "deduct", "parts"}, "letter": {"pass", "bands", "judge"}}

// scoring checks that an item has exactly one way of scoring, with what it needs.
func (c *checker) scoring(i *Item) {
	found := waysOf(i)
	known := waysOfKind[c.r.Kind.Text]
	switch {
	case len(found) == 0:
		c.diags.Add(i.Pos, 1, diag.M("the item says nothing about how it is scored"), diag.M("give it one of: %s", strings.Join(known, " ")))
		return
	case len(found) > 1:
		c.diags.Add(i.Pos, 1, diag.M("the item is scored in more than one way: %s", strings.Join(found, " ")), diag.M("keep one of them"))
		return
	case known != nil && !slices.Contains(known, found[0]):
		c.diags.Add(i.Pos, 1, diag.M("a rubric of kind %s has no %s", c.r.Kind.Text, found[0]+":"), diag.M("give it one of: %s", strings.Join(known, " ")))
		return
	}
	c.rows(i, found[0])
	switch found[0] {
	case "bands":
		c.bands(i)
	case "scale":
		c.scale(i)
	case "deduct":
		for _, d := range i.Deduct {
			c.term(Term(d), "take")
		}
	case "parts":
		for _, p := range i.Parts {
			if i.Points.Given && p.Points.Value > i.Points.Value {
				c.number(p.Points, diag.M("a part gives at most the item’s points")).Rule = "points"
			} else {
				c.term(Term(p), "give")
			}
		}
	case "judge":
		c.judge(i)
	case "rank":
		c.rank(i)
	}
}

// rows checks each: and what goes with it.
func (c *checker) rows(i *Item, way string) {
	ofRows := 0
	for _, given := range []bool{i.Lose.Given, i.Give.Given, i.By.Given()} {
		if given {
			ofRows++
		}
	}
	switch {
	case i.Where.Given() && !i.Each.Given():
		c.at(i.Where, diag.M("where: needs each:"))
	case i.Lose.Given && (way != "pass" || !i.Each.Given()):
		c.number(i.Lose, diag.M("%s needs each: and pass:", "lose:"))
	case i.Give.Given && (way != "pass" || !i.Each.Given()):
		c.number(i.Give, diag.M("%s needs each: and pass:", "give:"))
	case i.AtLeast.Given && (way != "pass" || !i.Each.Given()):
		c.number(i.AtLeast, diag.M("%s needs each: and pass:", "at_least:"))
	case i.AtLeast.Given && (i.AtLeast.Value < 1 || i.AtLeast.Value > 100):
		c.number(i.AtLeast, diag.M("at_least: lies between 1 and 100 percent"), diag.M("write 85, not 0.85")).Rule = "points"
	case i.AtLeast.Given && ofRows > 0:
		c.diags.Add(i.Pos, 1, diag.M("only one of lose:, give:, by: and at_least: can stand here"))
	case i.For.Given() && !i.Lose.Given && !i.Give.Given:
		c.at(i.For, diag.M("for: needs lose: or give:"))
	case i.By.Given() && !i.Each.Given():
		c.at(i.By, diag.M("by: needs each:"))
	case ofRows > 0 && c.r.Kind.Text != "points":
		c.diags.Add(i.Pos, 1, diag.M("a rubric of kind %s has no %s", c.r.Kind.Text, "lose: give: by:"), diag.M("every row must pass, or at_least: says how many percent"))
	case ofRows > 1:
		c.diags.Add(i.Pos, 1, diag.M("only one of lose:, give:, by: and at_least: can stand here"))
	case i.Each.Given() && way == "pass" && i.By.Given():
		c.oneOf(i.By, "share")
	case i.Each.Given() && (way == "judge" || way == "rank"):
		c.at(i.Each, diag.M("%s can’t be given for each row", way+":"))
	case i.Each.Given() && way != "pass" && !i.By.Given():
		c.at(i.Each, diag.M("say how the rows’ points are put together: by: mean, sum or least"))
	case i.Each.Given() && way != "pass":
		c.oneOf(i.By, "mean", "sum", "least")
	case i.Best && way != "parts":
		c.diags.Add(i.Pos, 1, diag.M("%s needs parts:", "best:"))
	}
}

func (c *checker) bands(i *Item) {
	if !i.Value.Given() {
		c.missing(i.Pos, "value")
	}
	for k, b := range i.Bands.List {
		switch {
		case unreadable(b.Pos):
		case !b.From.Given && !b.From.Wrong:
			c.missing(b.Pos, "from")
		case k > 0 && b.From.Value >= i.Bands.List[k-1].From.Value:
			c.number(b.From, diag.M("no value reaches this band"), diag.M("write bands from the highest from: to the lowest")).Rule = "bands"
		default:
			c.bandPoints(i, b)
		}
	}
}

// bandPoints checks what one band gives.
func (c *checker) bandPoints(i *Item, b Band) {
	if c.r.Kind.Text == "letter" {
		c.letter(b.Letter, b.Pos)
		return
	}
	switch {
	case b.Points.Given == b.Share.Given && !b.Points.Wrong && !b.Share.Wrong:
		c.diags.Add(b.Pos, 1, diag.M("a band has either points: or share:")).Rule = "bands"
	case b.Points.Given && (b.Points.Value < 0 || i.Points.Given && b.Points.Value > i.Points.Value):
		c.number(b.Points, diag.M("a band gives at most the item’s points")).Rule = "points"
	case b.Share.Given && (b.Share.Value < 0 || b.Share.Value > 1):
		c.number(b.Share, diag.M("share: lies between 0 and 1")).Rule = "bands"
	}
}

func (c *checker) letter(e diag.Excerpt, pos diag.Pos) {
	if !e.Given() {
		c.missing(pos, "letter")
		return
	}
	var known []string
	for _, l := range c.r.Letters {
		known = append(known, l.Text)
	}
	c.oneOf(e, known...)
}

func (c *checker) scale(i *Item) {
	s := i.Scale
	switch {
	case !i.Value.Given():
		c.missing(i.Pos, "value")
	case !s.From.Given && !s.From.Wrong:
		c.missing(s.Pos, "from")
	case !s.To.Given && !s.To.Wrong:
		c.missing(s.Pos, "to")
	case s.From.Given && s.To.Given && s.From.Value == s.To.Value:
		c.number(s.To, diag.M("from: and to: are the same")).Rule = "bands"
	}
}

func (c *checker) judge(i *Item) {
	j := i.Judge
	if len(j.Levels) == 0 {
		switch {
		case c.r.Kind.Text != "points":
			c.diags.Add(j.Pos, 1, diag.M("a rubric of kind %s is judged by levels", c.r.Kind.Text))
		case j.Step.Given == (j.From.Given || j.To.Given):
			c.diags.Add(j.Pos, 1, diag.M("a judgement has levels, or step:, or from: and to:"))
		case j.Step.Given && j.Step.Value <= 0:
			c.number(j.Step, diag.M("%s must be above 0", "step:")).Rule = "points"
		case !j.Step.Given && (!j.From.Given || !j.To.Given || j.From.Value >= j.To.Value || j.From.Value < 0 || j.To.Value > i.Points.Value):
			c.diags.Add(j.Pos, 1, diag.M("the judgement lies from: to to:, within the item’s points")).Rule = "points"
		}
		return
	}
	switch {
	case j.Plain && c.r.Kind.Text != "pass":
		c.diags.Add(j.Pos, 1, diag.M("only a rubric of kind pass has levels without points:"), diag.M("write {level: 优, points: 5}"))
		return
	case j.Plain && len(j.Levels) != 2:
		c.diags.Add(j.Pos, 1, diag.M("two levels can be written so: first what is met, then what isn’t"), diag.M("write {level: 达到, met: true} for each of several levels"))
		return
	}
	seen, met := map[string]bool{}, false
	for _, l := range j.Levels {
		switch {
		case unreadable(l.Pos):
			continue
		case !l.Level.Given():
			c.missing(l.Pos, "level")
		case seen[l.Level.Text]:
			c.at(l.Level, diag.M("the level “%s” stands here twice", l.Level.Text)).Rule = "duplicate"
		case c.r.Kind.Text == "letter":
			c.letter(l.Letter, l.Pos)
		case c.r.Kind.Text == "pass":
			met = met || l.Met
		case c.r.Kind.Text == "points" && !l.Points.Given && !l.Points.Wrong:
			c.missing(l.Pos, "points")
		case l.Points.Given && (l.Points.Value < 0 || i.Points.Given && l.Points.Value > i.Points.Value):
			c.number(l.Points, diag.M("a level gives at most the item’s points")).Rule = "points"
		}
		seen[l.Level.Text] = true
	}
	if c.r.Kind.Text == "pass" && !met {
		c.diags.Add(j.Pos, 1, diag.M("no level is met"), diag.M("write met: true beside those that are"))
	}
}

func (c *checker) rank(i *Item) {
	k := i.Rank
	switch {
	case !k.Of.Given():
		c.missing(k.Pos, "of")
	case len(k.Points) == 0:
		c.missing(k.Pos, "points")
	}
	c.oneOf(k.First, "high", "low")
	for _, p := range append(slices.Clone(k.Points), k.Mean) {
		if p.Given && (p.Value < 0 || i.Points.Given && p.Value > i.Points.Value) {
			c.number(p, diag.M("a place gives at most the item’s points")).Rule = "points"
		}
	}
}

func (c *checker) vetoes() {
	var grades []string
	for _, g := range c.r.Grades {
		if g.Grade.Given() && !slices.Contains(grades, g.Grade.Text) {
			grades = append(grades, g.Grade.Text)
		}
	}
	shared := map[string]bool{}
	for _, v := range c.r.Veto {
		effects := 0
		for _, given := range []bool{v.Grade.Given(), v.Cap.Given(), v.Down.Given} {
			if given {
				effects++
			}
		}
		switch {
		case unreadable(v.Pos):
			continue
		case !v.Title.Given():
			c.missing(v.Pos, "title")
		case v.When.Given() == v.Ask.Given():
			c.diags.Add(v.Pos, 1, diag.M("a veto has either when: or ask:"))
		case len(grades) == 0:
			c.diags.Add(v.Pos, 1, diag.M("a veto acts on the grade, and there are no grades:"))
			continue
		case effects != 1:
			c.diags.Add(v.Pos, 1, diag.M("a veto has exactly one of grade:, cap: and down:"))
		case v.Once && !v.Down.Given:
			c.diags.Add(v.Pos, 1, diag.M("%s needs down:", "once:"))
		case v.Within.Given() && shared[v.Title.Text]:
			c.at(v.Title, diag.M("two vetoes with within: have the title “%s”", v.Title.Text), diag.M("the others of a batch are compared by the title, so give each its own")).Rule = "duplicate"
		}
		shared[v.Title.Text] = shared[v.Title.Text] || v.Within.Given()
		c.oneOf(v.Grade, grades...)
		c.oneOf(v.Cap, grades...)
		c.whole(v.Down, 1, 10)
	}
}

func (c *checker) grades() {
	var needsRound source.Number
	for k, g := range c.r.Grades {
		if unreadable(g.Pos) {
			continue
		}
		last := k == len(c.r.Grades)-1
		if g.From.Given && !needsRound.Given {
			needsRound = g.From
		}
		if !g.Grade.Given() {
			c.missing(g.Pos, "grade")
			continue
		}
		switch {
		case g.From.Given && c.r.Kind.Text == "letter":
			c.number(g.From, diag.M("a rubric of kind letter has no rate"), diag.M("write when: letters(\"A\") >= 30"))
		case !last && !g.From.Given && !g.When.Given():
			c.at(g.Grade, diag.M("no grade behind “%s” is ever given", g.Grade.Text), diag.M("give it from: or when:")).Rule = "grades"
		case last && (g.From.Given || g.When.Given()):
			c.at(g.Grade, diag.M("some results would have no grade at all"), diag.M("add a last grade without from: and when:")).Rule = "grades"
		}
		for _, before := range c.r.Grades[:k] {
			if before.Grade.Text == g.Grade.Text {
				c.at(g.Grade, diag.M("the grade “%s” stands here twice", g.Grade.Text)).Rule = "duplicate"
			}
			if g.From.Given && before.From.Given && !before.When.Given() && g.From.Value >= before.From.Value {
				c.number(g.From, diag.M("no rate reaches this grade"), diag.M("write grades from the highest from: to the lowest")).Rule = "grades"
			}
		}
	}
	if needsRound.Given && !c.r.Round.Given() && c.r.Kind.Text != "letter" {
		c.number(needsRound, diag.M("the rubric must say how the rate is rounded before it is graded"),
			diag.M("write round: none, 0, 1 or 2: with from: 90, is 89.6 below it?")).Rule = "grades"
	}
}
