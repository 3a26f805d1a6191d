package engine

import (
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/returns"
)

// givenGap is what an item lacks that an inspector gave its points: no figure of the
// return changes them.
func (g *gapper) givenGap(it *item, c *returns.Check) (Gap, bool) {
	lost := decimal.Round(it.full-g.onPaper(it, g.verdictOf(c)), pointsDigits)
	if lost <= 0 {
		return Gap{}, false
	}
	words := diag.P(diag.M("An inspector found it so, and no figure of the return changes that."))
	if c.Reason != "" {
		words = diag.P(diag.M("An inspector found it so, and no figure of the return changes that: %s", c.Reason))
	}
	return Gap{Item: it.src.ID.Text, Lost: lost, Lacks: []Lack{{Words: words}}}, true
}
