package returns

import (
	"slices"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Claim is what the unit itself says that an item comes to, or the whole: points, met
// or not (1 or 0), a letter. It changes no points; the judgement of a judged item is
// none.
type Claim struct {
	Item string `json:"item,omitempty"` // its id; none is the total
	Cell
}

// Claim is what is claimed of an item, or with "" of the whole.
func (ret *Return) Claim(item string) (Claim, bool) {
	for _, c := range ret.Claims {
		if c.Item == item {
			return c, true
		}
	}
	return Claim{}, false
}

// claim keeps a claim in the order of the rubric, the total last; an empty cell is
// none.
func (ret *Return) claim(r *rubric.Rubric, item string, c Cell) {
	ret.Claims = slices.DeleteFunc(slices.Clone(ret.Claims), func(old Claim) bool { return old.Item == item })
	if c.State == Missing && c.Typed == "" {
		return
	}
	ret.Claims = append(ret.Claims, Claim{item, c})
	at := map[string]int{"": 1 << 30}
	r.Leaves(func(i *rubric.Item, _ []*rubric.Item) { at[i.ID.Text] = len(at) })
	slices.SortStableFunc(ret.Claims, func(a, b Claim) int { return at[a.Item] - at[b.Item] })
}

// totalKey names the total among the items of claimed:.
const totalKey = "total"

// totalWords name it in a table.
var totalWords = []string{totalKey, "总分", "合计", "总计"}

func isTotal(word string) bool { return slices.Contains(totalWords, strings.ToLower(squeezed(word))) }

// SetClaimed puts the claims of a claimed: block into a return.
func SetClaimed(ret *Return, r *rubric.Rubric, claimed source.Keyed[source.Node]) diag.List {
	s := setter{ret: ret, r: r}
	s.claimed(claimed)
	return s.diags
}

// claimed reads the claims by item, or in a return for several rubrics those of each
// rubric below its id.
func (s *setter) claimed(claimed source.Keyed[source.Node]) {
	for _, e := range claimed {
		item := leaf(s.r, e.Key.Text)
		switch {
		case item == nil && e.Key.Text == s.r.ID.Text && e.Value.Kind == source.Map:
			inner := source.Keyed[source.Node]{}
			s.diags = append(s.diags, source.Decode(e.Value, &inner)...)
			s.claimed(inner)
		case item == nil && s.several && e.Value.Kind == source.Map: // of another rubric
		case item != nil:
			s.ret.claim(s.r, e.Key.Text, result(s.r, item, scalarEntry(e.Value), e.Key.Text+" "+item.Title.Text, &s.ret.Problems))
		case e.Key.Text == totalKey && s.r.Kind.Text == "letter":
			s.diags.Add(e.Key.Pos, len([]rune(e.Key.Text)), diag.M("letters have no total that could be claimed"), diag.M("claim the letters of the items"))
		case e.Key.Text == totalKey:
			s.ret.claim(s.r, "", totalClaim(s.r, scalarEntry(e.Value), &s.ret.Problems))
		default:
			s.unknown(e.Key, append(leafIDs(s.r), totalKey))
		}
	}
}

// leaf is the item of an id, or nil.
func leaf(r *rubric.Rubric, id string) *rubric.Item {
	var out *rubric.Item
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
		if item.ID.Text == id {
			out = item
		}
	})
	return out
}

func leafIDs(r *rubric.Rubric) []string {
	var out []string
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) { out = append(out, item.ID.Text) })
	return out
}

// totalClaim reads the claimed total.
func totalClaim(r *rubric.Rubric, e entry, problems *diag.List) Cell {
	f := &rubric.Field{Type: diag.Excerpt{Text: "number"}, Unit: diag.Excerpt{Text: "分"}, Min: source.Number{Given: true}}
	if r.Kind.Text == "pass" {
		f.Type.Text, f.Unit.Text = "whole", "项"
		f.Max = source.Number{Given: true, Value: float64(len(leafIDs(r)))}
	}
	return bounded(e, f, totalWords[1], problems)
}

// result reads what somebody says that an item comes to: points between 0 and those
// of the item, met or not, a letter.
func result(r *rubric.Rubric, item *rubric.Item, e entry, label string, problems *diag.List) Cell {
	switch {
	case r.Kind.Text == "letter":
		f := &rubric.Field{Type: diag.Excerpt{Text: "text"}, Choice: r.Letters}
		if letter := strings.ToUpper(fold(e.typed)); slices.ContainsFunc(r.Letters, func(l diag.Excerpt) bool { return l.Text == letter }) {
			c := Cell{State: Given, Text: letter, Typed: e.typed, Origin: e.pos}
			c.note(e, letter)
			return c
		}
		return understand(e, f, label, problems)
	case r.Kind.Text == "pass" || !item.Points.Given:
		return met(e, label, problems)
	}
	f := &rubric.Field{Type: diag.Excerpt{Text: "number"}, Unit: diag.Excerpt{Text: "分"}, Min: source.Number{Given: true}, Max: item.Points}
	return bounded(e, f, label, problems)
}

// bounded reads a number; one that is out of bounds doesn't count.
func bounded(e entry, f *rubric.Field, label string, problems *diag.List) Cell {
	c := understand(e, f, label, problems)
	if c.State == Given && (decimal.Compare(c.Number, 0) < 0 || f.Max.Given && decimal.Compare(c.Number, f.Max.Value) > 0) {
		c.State = Invalid // reported by its bounds
	}
	return c
}

// metWords are further ways to say that an item is met or not; the national form
// writes 1.
var metWords = map[string]bool{"达标": true, "已达标": true, "合格": true, "met": true, "1": true,
	"不达标": false, "未达标": false, "没有达标": false, "不合格": false, "unmet": false, "notmet": false, "0": false}

func met(e entry, label string, problems *diag.List) Cell {
	word := strings.ToLower(squeezed(e.typed))
	if e.truth == nil && e.fault.IsZero() {
		if is, known := metWords[word]; known {
			c := Cell{State: Given, Typed: e.typed, Origin: e.pos}
			if is {
				c.Number = 1
			}
			return c
		}
	}
	f := &rubric.Field{Type: diag.Excerpt{Text: "yesno"}}
	return understand(e, f, label, problems)
}
