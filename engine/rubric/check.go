package rubric

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/source"
)

// Check asks of a rubric all that can be asked without reading its formulas.
func (r *Rubric) Check() diag.List {
	c := checker{r: r, ids: map[string]diag.Pos{}, names: map[string]diag.Pos{}}
	c.head()
	c.data()
	for _, k := range r.Checks {
		c.dataCheck(k)
	}
	if len(r.Items) == 0 && !r.SharesOnly() {
		c.missing(diag.Pos{File: r.File}, "items")
	}
	c.siblings(r.Items)
	for i := range r.Items {
		c.item(&r.Items[i])
	}
	for _, d := range r.Deduct {
		c.term(Term(d), "take")
	}
	c.vetoes()
	c.grades()
	return c.diags
}

type checker struct {
	r     *Rubric
	diags diag.List
	ids   map[string]diag.Pos // of items
	names map[string]diag.Pos // of single values, params, tables and views
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
	if strings.ContainsAny(r.Version.Text, "@ /\\:*?\"<>|“”") {
		c.at(r.Version, diag.M("“%s” can’t be a version", r.Version.Text), diag.M("for example %s", "2021.1"))
	}
	c.whole(r.Digits, 0, 10)
	c.whole(r.PointsDigits, 0, 6)
	c.oneOf(r.Kind, "points", "pass", "letter")
	c.oneOf(r.Round, "0", "1", "2", "none")
	c.oneOf(r.Inapplicable, "full", "exclude", "zero")
}

func (c *checker) missing(pos diag.Pos, key string) {
	c.diags.Add(pos, 1, diag.M("%s: is missing here", key))
}

func (c *checker) at(e diag.Excerpt, m diag.Message, hints ...diag.Message) *diag.Diagnostic {
	if !e.Given() { // that it is missing was reported
		e.Pos.File = c.r.File
	}
	return c.diags.Add(e.Pos, len([]rune(e.Text)), m, hints...)
}

func (c *checker) number(n source.Number, m diag.Message, hints ...diag.Message) *diag.Diagnostic {
	return c.diags.Add(n.Pos, n.Width, m, hints...)
}

func (c *checker) oneOf(e diag.Excerpt, words ...string) {
	if e.Pos.Line == 0 || slices.Contains(words, e.Text) {
		return // not given, or a default, which has no place
	}
	hint := diag.M("one of: %s", strings.Join(words, " "))
	if near := diag.Nearest(e.Text, words); near != "" {
		hint = diag.M("did you mean “%s”?", near)
	}
	c.at(e, diag.M("“%s” can’t stand here", e.Text), hint)
}

func (c *checker) whole(n source.Number, least, most float64) {
	if n.Given && (n.Value != math.Trunc(n.Value) || n.Value < least || n.Value > most) {
		c.number(n, diag.M("a whole number from %s to %s is expected here", decimal.Format(least, 0), decimal.Format(most, 0)))
	}
}

// unreadable reports whether something else than a block of keys stood in the
// place of a struct. That was reported; more would only confuse.
func unreadable(pos diag.Pos) bool { return pos.Line == 0 }
