package engine

import (
	"slices"
	"strings"

	"dudao/engine/diag"
)

// ItemChange is an item that two scorecards of one rubric don't agree on.
type ItemChange struct {
	Was, Is *ItemResult
}

// Differences lists the items that come out otherwise in another scorecard, or of
// which it says something else: another value, other rows that fail.
func (c *Scorecard) Differences(then *Scorecard) []ItemChange {
	var out []ItemChange
	for i := range c.Items {
		was := &c.Items[i]
		if is := then.Item(was.ID); is != nil && !was.alike(is) {
			out = append(out, ItemChange{was, is})
		}
	}
	return out
}

func (i *ItemResult) alike(o *ItemResult) bool {
	return i.State == o.State && i.Amount == o.Amount && i.MustUnmet == o.MustUnmet && i.Letter == o.Letter &&
		i.Value.alike(o.Value) && i.Target.alike(o.Target) && i.Rows.alike(o.Rows) &&
		slices.EqualFunc(i.Reason, o.Reason, samePhrase)
}

func (s Shown) alike(o Shown) bool {
	if s.Number != nil && o.Number != nil {
		return *s.Number == *o.Number
	}
	return (s.Number == nil) == (o.Number == nil) && samePhrase(s.Text, o.Text)
}

func (r *Rows) alike(o *Rows) bool {
	if r == nil || o == nil {
		return r == o
	}
	return r.Counted == o.Counted && slices.Equal(r.Failing, o.Failing) && slices.Equal(r.Missing, o.Missing) && slices.Equal(r.Errors, o.Errors)
}

func samePhrase(a, b diag.Phrase) bool {
	return slices.EqualFunc(a, b, func(x, y diag.Message) bool { return x.Key == y.Key && slices.Equal(x.Args, y.Args) })
}

// Brought lists the problems of another scorecard that this one doesn't have. Where
// they stand doesn't matter: a value that was put in stands elsewhere.
func (c *Scorecard) Brought(then *Scorecard) []Problem {
	had := map[string]int{}
	for _, p := range c.Problems {
		had[p.key()]++
	}
	var out []Problem
	for _, p := range then.Problems {
		if had[p.key()]--; had[p.key()] < 0 {
			out = append(out, p)
		}
	}
	return out
}

func (p Problem) key() string {
	parts := []string{p.Severity.String(), p.Check}
	for _, m := range p.Said {
		parts = append(append(parts, m.Key), m.Args...)
	}
	return strings.Join(parts, "\x00")
}
