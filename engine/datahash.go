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
// sorted by the first four, or two. What is empty isn't listed; numbers have the 15
// digits that a spreadsheet keeps.
func (c *Scorecard) DataHash() string {
	values := [][]any{}
	list := slices.Clone(c.Values)
	slices.SortStableFunc(list, func(a, b Value) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Back, b.Back))
	})
	for _, v := range list {
		if cell := v.cell(); cell.State != returns.Missing {
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
	text, err := json.Marshal(map[string]any{
		"name": c.Cover.Name, "code": c.Cover.Code, "year": c.Cover.Year, "values": values, "answers": answers,
	})
	if err != nil {
		panic("engine: " + err.Error()) // only texts and finite numbers come here
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
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
