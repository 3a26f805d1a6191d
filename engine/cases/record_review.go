package cases

import (
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// recordClaimed writes what the unit claims.
func recordClaimed(r *rubric.Rubric, ret *returns.Return) source.Node {
	claimed := tree{}
	for _, c := range ret.Claims {
		key := c.Item
		if key == "" {
			key = "total"
		}
		claimed.put(key, recordResult(r, c.Item, c.Cell))
	}
	return claimed.flow()
}

// recordChecked writes what an inspector found, with the reason.
func recordChecked(r *rubric.Rubric, ret *returns.Return) source.Node {
	checked := tree{}
	asks := r.Asks()
	for _, c := range ret.Checks {
		e := tree{}
		switch {
		case c.Points && c.Text != "":
			e.put("letter", recordResult(r, c.Item, c.Cell))
		case c.Points && isMet(r, c.Item):
			e.put("met", recordResult(r, c.Item, c.Cell))
		case c.Points:
			e.put("points", exact(c.Number))
		case c.Field == "":
			for _, a := range asks {
				if a.Item != c.Item || a.Text != c.Ask {
					continue
				}
				key, kind := "answer", map[rubric.AskKind]string{rubric.YesNo: "yesno", rubric.LevelChoice: "text"}[a.Kind]
				if a.Kind == rubric.LevelChoice {
					key = "level"
				}
				e.put(key, recordCell(kind, c.Cell))
			}
		default:
			e.put("value", recordCell(typeOf(r, c), c.Cell))
		}
		if c.Reason != "" {
			e.put("reason", text(c.Reason))
		}
		checked.put(c.Path, e.flow())
	}
	return checked.block()
}

// recordResult writes points, a letter, met or not.
func recordResult(r *rubric.Rubric, item string, c returns.Cell) source.Node {
	switch {
	case c.State == returns.Given && c.Text != "":
		return text(c.Text)
	case c.State == returns.Given && item != "" && isMet(r, item):
		return plain(map[bool]string{true: "达标", false: "不达标"}[c.Number != 0])
	case c.State == returns.Given:
		return exact(c.Number)
	default:
		return text(c.Typed)
	}
}

// isMet reports whether an item is met or not and has no points.
func isMet(r *rubric.Rubric, id string) bool {
	out := false
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
		if item.ID.Text == id {
			out = r.Kind.Text == "pass" || r.Kind.Text == "points" && !item.Points.Given
		}
	})
	return out
}

// typeOf is the type of the field of a checked value.
func typeOf(r *rubric.Rubric, c returns.Check) string {
	for i := range r.Data {
		b := &r.Data[i].Value
		switch {
		case c.Table != "" && r.Data[i].Key.Text == c.Table:
			if f := b.KeyField(c.Field); f != nil {
				return f.Type.Text
			}
		case c.Table == "":
			if f := b.Field(c.Field); f != nil {
				return f.Type.Text
			}
		}
	}
	return ""
}
