package engine

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"

	"dudao/engine/returns"
)

// DataHash is the SHA-256, in hex, of what was submitted: the same figures give the
// same hash, whatever file they came from, in whatever order its rows stand and
// however they were typed. Anything that can change a point changes it, and so do
// the notes and the evidence of judgements.
//
// It is taken over JSON without spaces: {"answers":[…],"code":…,"name":…,
// "values":[…],"year":…}. A value is [table, row, field, back, state, number or
// text], an answer [item, ask, state, number or text, note, evidence]. Both are
// sorted by the first four, or two. Claims and checks are there if there are any:
// "claims":[[item, state, number or text]], "checks":[[path, points, state, number or
// text, the own state, the own number or text, reason]]. What is empty isn't listed;
// numbers have the 15 digits that a spreadsheet keeps.
func (c *Scorecard) DataHash() string {
	values := [][]any{}
	list := slices.Clone(c.Values)
	slices.SortStableFunc(list, func(a, b Value) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Back, b.Back))
	})
	for i := range list {
		v := &list[i]
		if cell := v.content(); cell.State != returns.Missing {
			values = append(values, []any{v.Table, v.Row, v.Field, v.Back, cellStates[cell.State], hashed(cell)})
		}
	}
	answers := [][]any{}
	given := slices.Clone(c.Answers)
	slices.SortStableFunc(given, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Ask, b.Ask))
	})
	for _, a := range given {
		cell := a.cell()
		if cell.State == returns.Missing && a.Note == "" && len(a.Evidence) == 0 {
			continue
		}
		answers = append(answers, []any{a.Item, a.Ask, cellStates[cell.State], hashed(cell), a.Note, append([]string{}, a.Evidence...)})
	}
	all := map[string]any{"name": c.Cover.Name, "code": c.Cover.Code, "year": c.Cover.Year, "values": values, "answers": answers}
	c.hashReview(all)
	text, err := json.Marshal(all)
	if err != nil {
		panic("engine: " + err.Error()) // only texts and finite numbers come here
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// hashReview adds what was claimed and checked, if anything was.
func (c *Scorecard) hashReview(into map[string]any) {
	var claims, checks [][]any
	for _, cl := range c.Claims {
		claims = append(claims, []any{cl.Item, cellStates[cl.State], hashed(cl.Cell)})
	}
	for _, k := range c.Checks {
		checks = append(checks, []any{k.Path, k.Points, cellStates[k.State], hashed(k.Cell), cellStates[k.Own.State], hashed(k.Own), k.Reason})
	}
	if claims != nil {
		into["claims"] = claims
	}
	if checks != nil {
		into["checks"] = checks
	}
}

// hashed is what a cell holds. What wasn't understood is what was typed.
func hashed(c returns.Cell) any {
	switch {
	case c.Text != "":
		return c.Text
	case c.State == returns.Given || c.Number != 0:
		x, _ := strconv.ParseFloat(strconv.FormatFloat(c.Number, 'g', 15, 64), 64)
		return x + 0 // no -0
	case c.State == returns.Invalid:
		return c.Typed
	default:
		return nil
	}
}
