package cases

import (
	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Cover is how much of a rubric its cases reach. What “# lint:ignore coverage why”
// settles isn't counted.
type Cover struct {
	Percent float64   `json:"percent"`
	Reached int       `json:"reached"`
	Goals   int       `json:"goals"`
	Kinds   []Kind    `json:"kinds"`
	Missed  diag.List `json:"missed"`
}

// Kind is how many goals of one kind are reached: of items, bands, conditions.
type Kind struct {
	Kind    string `json:"kind"`
	Reached int    `json:"reached"`
	Goals   int    `json:"goals"`
}

// Covered sums up what was reached in a rubric's own file: what it builds on is
// tested beside that.
func Covered(r *rubric.Rubric, goals []engine.Goal) Cover {
	c := Cover{Percent: 100, Missed: diag.List{}} // [] in JSON, not null
	ignores := source.Ignores(r.File, r.Sources[r.File])
	at := map[string]int{}
	for _, g := range goals {
		if g.Pos.File != r.File {
			continue
		}
		var missed diag.List
		if !g.Reached {
			missed.Warn(g.Pos, g.Width, g.Missed).Rule = "coverage"
			if missed, _ = source.Silence(missed, ignores); len(missed) == 0 {
				continue
			}
		}
		i, known := at[g.Kind]
		if !known {
			i = len(c.Kinds)
			at[g.Kind] = i
			c.Kinds = append(c.Kinds, Kind{Kind: g.Kind})
		}
		c.Goals++
		c.Kinds[i].Goals++
		if g.Reached {
			c.Reached++
			c.Kinds[i].Reached++
		}
		c.Missed = append(c.Missed, missed...)
	}
	if c.Goals > 0 {
		c.Percent = 100 * float64(c.Reached) / float64(c.Goals)
	}
	c.Missed = c.Missed.Sorted()
	return c
}
