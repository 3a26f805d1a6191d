package rubric

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/source"
)

// check asks of a rubric all that can be asked without reading its formulas.
func check(r *Rubric) diag.List {
	c := checker{r: r, ids: map[string]diag.Pos{}, names: map[string]diag.Pos{}}
	c.head()
	c.data()
	for _, k := range r.Checks {
		c.dataCheck(k)
	}
	if len(r.Items) == 0 {
		c.missing(diag.Pos{File: r.File}, "items")
	}
	for i := range r.Items {
		c.item(&r.Items[i])
	}
	c.grades()
	return c.diags
}

type checker struct {
	r     *Rubric
	diags diag.List
	ids   map[string]diag.Pos // of items
	names map[string]diag.Pos // of single values, params and tables
}

var fileSafe = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

func (c *checker) head() {
	r, top := c.r, diag.Pos{File: c.r.File}
	for _, need := range []struct {
		key string
		e   diag.Excerpt
	}{{"id", r.ID}, {"title", r.Title}, {"version", r.Version}} {
		if !need.e.Given() {
			c.missing(top, need.key)
		}
	}
	if r.ID.Given() && !fileSafe.MatchString(r.ID.Text) {
		c.at(r.ID, diag.M("“%s” can’t be an id", r.ID.Text), diag.M("an id has lower-case letters, digits and hyphens, for example %s", "funding-2021"))
	}
	if strings.ContainsAny(r.Version.Text, "@ /\\:*?\"<>|") {
		c.at(r.Version, diag.M("“%s” can’t be a version", r.Version.Text), diag.M("for example %s", "2021.1"))
	}
	c.whole(r.Digits, 0, 10)
	c.whole(r.PointsDigits, 0, 6)
	c.oneOf(r.Round, "0", "1", "2", "none")
	c.oneOf(r.Inapplicable, "full", "exclude", "zero")
}

func (c *checker) data() {
	for _, p := range c.r.Params {
		c.declare(p.Key)
		if p.Value.Kind != source.Scalar {
			c.diags.Add(p.Value.Pos, 1, diag.M("a single value is expected here, not a list or a block of keys"))
		}
	}
	for _, b := range c.r.Data {
		block := b.Value
		switch {
		case unreadable(block.Pos):
		case !block.IsTable() && len(block.Fields) == 0:
			c.at(b.Key, diag.M("“%s” asks for nothing", b.Key.Text), diag.M("give it fields:, or key:, rows: and columns:"))
		case !block.IsTable():
			for _, f := range block.Fields {
				c.declare(f.Key)
				c.field(f.Key, f.Value)
			}
		default:
			c.table(b.Key, block)
		}
	}
	// A column that is also a single value would be read as the one or the other.
	for _, b := range c.r.Data {
		for _, col := range b.Value.Columns {
			if at, dup := c.names[col.Key.Text]; dup {
				c.at(col.Key, diag.M("the column “%s” has the name of something else", col.Key.Text), diag.M("the first one is on line %s", strconv.Itoa(at.Line)))
			}
		}
	}
}

func (c *checker) table(name diag.Excerpt, b Block) {
	c.declare(name)
	switch {
	case len(b.Fields) > 0:
		c.at(name, diag.M("“%s” has both fields: and columns:", name.Text), diag.M("a group has fields:, a table has key:, rows: and columns:"))
	case !b.Key.Given():
		c.missing(b.Pos, "key")
	case len(b.Rows) == 0:
		c.missing(b.Pos, "rows")
	case len(b.Columns) == 0:
		c.missing(b.Pos, "columns")
	}
	if b.Key.Given() {
		checkName(b.Key, &c.diags)
	}
	seen := map[string]bool{}
	for _, row := range b.Rows {
		if seen[row.Text] {
			c.at(row, diag.M("the row “%s” stands here twice", row.Text))
		}
		seen[row.Text] = true
	}
	columns := map[string]bool{b.Key.Text: true}
	for _, f := range b.Columns {
		if columns[f.Key.Text] {
			c.at(f.Key, diag.M("the name “%s” is used twice", f.Key.Text))
		}
		columns[f.Key.Text] = true
		checkName(f.Key, &c.diags)
		c.field(f.Key, f.Value)
	}
}

// declare checks a name and that it is used once.
func (c *checker) declare(name diag.Excerpt) {
	checkName(name, &c.diags)
	if at, dup := c.names[name.Text]; dup {
		c.at(name, diag.M("the name “%s” is used twice", name.Text), diag.M("the first one is on line %s", strconv.Itoa(at.Line)))
		return
	}
	c.names[name.Text] = name.Pos
}

func (c *checker) field(name diag.Excerpt, f Field) {
	c.oneOf(f.Type, Types...)
	c.whole(f.Years, 1, 10)
	c.whole(f.Digits, 0, 10)
	c.formula(f.Formula)
	numeric := f.Type.Text != "text" && f.Type.Text != "yesno"
	switch {
	case f.Enterable && !f.Formula.Given():
		c.at(name, diag.M("“%s” is enterable: but has no formula:", name.Text), diag.M("a field without a formula is entered anyway"))
	case f.Formula.Given() && f.Years.Value > 1:
		c.diags.Add(f.Years.Pos, 1, diag.M("a computed value has no years:"), diag.M("give years: to the fields in its formula"))
	case len(f.Choice) > 0 && f.Type.Pos.Line > 0 && f.Type.Text != "text":
		c.at(f.Type, diag.M("a choice is always of texts"))
	case f.Min.Given && f.Max.Given && f.Min.Value > f.Max.Value:
		c.diags.Add(f.Max.Pos, 1, diag.M("max: is below min:"))
	case !numeric && (f.Min.Given || f.Max.Given):
		c.at(name, diag.M("only a number has min: and max:"))
	case !numeric && f.Years.Value > 1:
		c.diags.Add(f.Years.Pos, 1, diag.M("only a number has years:"))
	}
}

func (c *checker) dataCheck(k Check) {
	if unreadable(k.Pos) {
		return
	}
	if !k.Rule.Given() {
		c.missing(k.Pos, "rule")
	}
	if !k.Say.Given() {
		c.missing(k.Pos, "say")
	}
	c.formula(k.Rule)
	c.oneOf(k.Level, "error", "warning")
}

// unreadable reports whether something else than a block of keys stood in the
// place of a struct. That was reported; more would only confuse.
func unreadable(pos diag.Pos) bool { return pos.Line == 0 }

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
	switch at, dup := c.ids[i.ID.Text]; {
	case !i.ID.Given():
		c.missing(i.Pos, "id")
	case dup:
		c.at(i.ID, diag.M("the id “%s” is used twice", i.ID.Text), diag.M("the first one is on line %s", strconv.Itoa(at.Line)))
	default:
		c.ids[i.ID.Text] = i.ID.Pos
	}
	if !i.Points.Given && !i.Points.Wrong {
		c.missing(i.Pos, "points")
	} else if i.Points.Given && i.Points.Value <= 0 {
		c.diags.Add(i.Points.Pos, 1, diag.M("points must be above 0"))
	}
	c.oneOf(i.Inapplicable, "full", "exclude", "zero")
	c.whole(i.Digits, 0, 10)
	for _, f := range []diag.Excerpt{i.Pass, i.Value, i.When, i.Where, i.Target} {
		c.formula(f)
	}
	c.scoring(i)
}

func (c *checker) section(i *Item) {
	var sum decimal.Sum
	for k := range i.Items {
		c.item(&i.Items[k])
		sum.Add(pointsOf(i.Items[k]))
	}
	if i.Pass.Given() || len(i.Bands) > 0 || len(i.Deduct) > 0 {
		c.at(i.Title, diag.M("a section has items:, so it can’t be scored itself"))
	}
	if i.Points.Given && decimal.Compare(sum.Value(), i.Points.Value) != 0 {
		c.diags.Add(i.Points.Pos, len(strconv.FormatFloat(i.Points.Value, 'f', -1, 64)),
			diag.M("the items of this section have %s points, not %s",
				decimal.Format(sum.Value(), 6), decimal.Format(i.Points.Value, 6)))
	}
}

// pointsOf is what an item counts: its own points or those of its items.
func pointsOf(i Item) float64 {
	if !i.IsSection() {
		return i.Points.Value
	}
	var sum decimal.Sum
	for _, sub := range i.Items {
		sum.Add(pointsOf(sub))
	}
	return sum.Value()
}

// scoring checks that an item has exactly one way of scoring, with what it needs.
func (c *checker) scoring(i *Item) {
	var ways []string
	if i.Pass.Given() {
		ways = append(ways, "pass")
	}
	if len(i.Bands) > 0 {
		ways = append(ways, "bands")
	}
	if len(i.Deduct) > 0 {
		ways = append(ways, "deduct")
	}
	switch {
	case len(ways) == 0:
		c.diags.Add(i.Pos, 1, diag.M("the item says nothing about how it is scored"), diag.M("give it one of: %s", "pass bands deduct"))
	case len(ways) > 1:
		c.diags.Add(i.Pos, 1, diag.M("the item is scored in more than one way: %s", strings.Join(ways, " ")), diag.M("keep one of them"))
	case len(i.Bands) > 0 && !i.Value.Given():
		c.missing(i.Pos, "value")
	case i.Lose.Given && (!i.Pass.Given() || !i.Each.Given()):
		c.diags.Add(i.Lose.Pos, 1, diag.M("lose: needs each: and pass:"))
	case i.Where.Given() && !i.Each.Given():
		c.at(i.Where, diag.M("where: needs each:"))
	case i.Each.Given() && !i.Pass.Given():
		c.at(i.Each, diag.M("each: needs pass:"), diag.M("inside deduct:, each: stands in the entry"))
	}
	c.bands(i)
	for _, d := range i.Deduct {
		c.deduction(d)
	}
}

func (c *checker) bands(i *Item) {
	for k, b := range i.Bands {
		switch {
		case unreadable(b.Pos):
		case !b.From.Given && !b.From.Wrong:
			c.missing(b.Pos, "from")
		case b.Points.Given == b.Share.Given && !b.Points.Wrong && !b.Share.Wrong:
			c.diags.Add(b.Pos, 1, diag.M("a band has either points: or share:"))
		case b.Points.Given && (b.Points.Value < 0 || b.Points.Value > i.Points.Value):
			c.diags.Add(b.Points.Pos, 1, diag.M("a band gives at most the item’s points"))
		case b.Share.Given && (b.Share.Value < 0 || b.Share.Value > 1):
			c.diags.Add(b.Share.Pos, 1, diag.M("share: lies between 0 and 1"))
		case k > 0 && b.From.Value >= i.Bands[k-1].From.Value:
			c.diags.Add(b.From.Pos, 1, diag.M("no value reaches this band"), diag.M("write bands from the highest from: to the lowest"))
		}
	}
}

func (c *checker) deduction(d Deduction) {
	ways := 0
	for _, given := range []bool{d.Times.Given() && !d.Each.Given(), d.Ask.Given(), d.Each.Given()} {
		if given {
			ways++
		}
	}
	switch {
	case unreadable(d.Pos):
	case !d.Take.Given && !d.Take.Wrong:
		c.missing(d.Pos, "take")
	case d.Take.Given && d.Take.Value <= 0:
		c.diags.Add(d.Take.Pos, 1, diag.M("take: must be above 0"))
	case ways != 1:
		c.diags.Add(d.Pos, 1, diag.M("a deduction has exactly one of times:, ask: and each:"))
	case d.Count && !d.Ask.Given():
		c.diags.Add(d.Pos, 1, diag.M("count: needs ask:"))
	case d.Where.Given() && !d.Each.Given():
		c.at(d.Where, diag.M("where: needs each:"))
	case d.Started.Given() && !d.Times.Given():
		c.at(d.Started, diag.M("started: needs times:"))
	case d.Each.Given() && !d.Where.Given() && !d.Times.Given():
		c.at(d.Each, diag.M("a deduction for every row says which: where: or times:"))
	}
	c.oneOf(d.Started, "up", "down", "part")
	c.formula(d.Times)
	c.formula(d.Where)
}

func (c *checker) grades() {
	needsRound := false
	for k, g := range c.r.Grades {
		if unreadable(g.Pos) {
			continue
		}
		last := k == len(c.r.Grades)-1
		if !g.Grade.Given() {
			c.missing(g.Pos, "grade")
		}
		if g.From.Given {
			needsRound = true
		}
		c.formula(g.When)
		switch {
		case !last && !g.From.Given && !g.When.Given():
			c.at(g.Grade, diag.M("no grade behind “%s” is ever given", g.Grade.Text), diag.M("give it from: or when:"))
		case last && (g.From.Given || g.When.Given()):
			c.at(g.Grade, diag.M("some results would have no grade at all"), diag.M("add a last grade without from: and when:"))
		}
		for _, before := range c.r.Grades[:k] {
			if before.Grade.Text == g.Grade.Text {
				c.at(g.Grade, diag.M("the grade “%s” stands here twice", g.Grade.Text))
			}
			if g.From.Given && before.From.Given && !before.When.Given() && g.From.Value >= before.From.Value {
				c.diags.Add(g.From.Pos, 1, diag.M("no rate reaches this grade"), diag.M("write grades from the highest from: to the lowest"))
			}
		}
	}
	if needsRound && !c.r.Round.Given() {
		c.diags.Add(c.r.Grades[0].Pos, 1, diag.M("the rubric must say how the rate is rounded before it is graded"),
			diag.M("write round: none, 0, 1 or 2: with from: 90, is 89.6 below it?"))
	}
}

func (c *checker) formula(e diag.Excerpt) {
	if e.Given() && strings.TrimSpace(e.Text) == "" {
		c.at(e, diag.M("the formula is empty"))
	}
}

func (c *checker) missing(pos diag.Pos, key string) {
	c.diags.Add(pos, 1, diag.M("%s: is missing here", key))
}

func (c *checker) at(e diag.Excerpt, m diag.Message, hints ...diag.Message) {
	c.diags.Add(e.Pos, len([]rune(e.Text)), m, hints...)
}

func (c *checker) oneOf(e diag.Excerpt, words ...string) {
	if !e.Given() || slices.Contains(words, e.Text) {
		return
	}
	hint := diag.M("one of: %s", strings.Join(words, " "))
	if near := diag.Nearest(e.Text, words); near != "" {
		hint = diag.M("did you mean “%s”?", near)
	}
	c.at(e, diag.M("“%s” can’t stand here", e.Text), hint)
}

func (c *checker) whole(n source.Number, least, most float64) {
	if n.Given && (n.Value != math.Trunc(n.Value) || n.Value < least || n.Value > most) {
		c.diags.Add(n.Pos, 1, diag.M("a whole number from %s to %s is expected here", decimal.Format(least, 0), decimal.Format(most, 0)))
	}
}
