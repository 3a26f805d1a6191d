package cases

import (
	"bytes"
	"strconv"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Record writes the case that a return gives: its data, and what it was scored as
// the expectation. The text belongs under cases: of a test file.
func Record(r *rubric.Rubric, ret *returns.Return, card *engine.Scorecard) []byte {
	name := ret.Name
	if name == "" {
		name = r.Title.Text
	}
	c := tree{}
	if ret.Year != 0 {
		year := strconv.Itoa(ret.Year)
		c.put("name", text(name+" "+year))
		c.put("year", plain(year))
	} else {
		c.put("name", text(name))
	}
	own := ret.Unchecked()
	c.put("data", recordData(r, own))
	c.put("judged", recordJudged(r, own))
	c.put("claimed", recordClaimed(r, ret))
	c.put("checked", recordChecked(r, ret))
	c.put("expect", recordExpect(r, card))
	var out []byte
	for line := range bytes.Lines(source.Write(source.Node{Kind: source.List, Items: []source.Node{c.block()}})) {
		out = append(append(out, "  "...), line...)
	}
	return out
}

func recordExpect(r *rubric.Rubric, card *engine.Scorecard) source.Node {
	e := tree{}
	switch t := card.Total; {
	case card.Kind == "letter":
	case t.Certain():
		e.put("score", number(t.Points))
	default:
		e.put("between", flowList(number(t.Lower), number(t.Upper)))
	}
	if card.Grade.Lower != "" {
		e.put("grade", text(gradeText(card.Grade)))
	}
	items := tree{}
	for _, i := range card.Items {
		items.put(i.ID, recordItem(card.Kind, i))
	}
	e.put("items", items.block())
	if len(r.Checks) > 0 {
		e.put("checks", flowTexts(firing(card)))
	}
	if len(r.Veto) > 0 {
		e.put("vetoes", flowTexts(acting(card)))
	}
	return e.block()
}

func recordItem(kind string, i engine.ItemResult) source.Node {
	e := tree{}
	switch {
	case kind == "letter" && i.Letter.Lower != "":
		e.put("letter", text(gradeText(i.Letter)))
	case kind == "points" && i.State.Decided():
		e.put("points", number(i.Points))
	}
	e.put("state", text(stateName(i.State)))
	if i.Value.Number != nil {
		e.put("value", number(*i.Value.Number))
	}
	return e.flow()
}

// number writes as many digits as are needed to compare equal.
func number(x float64) source.Node {
	for places := range 15 {
		if short := decimal.Round(x, places); decimal.Compare(x, short) == 0 && decimal.Compare(short, x) == 0 {
			return exact(short)
		}
	}
	return exact(x)
}

// exact writes all digits.
func exact(x float64) source.Node { return plain(strconv.FormatFloat(x, 'f', -1, 64)) }

func plain(s string) source.Node {
	return source.Node{Kind: source.Scalar, Text: diag.Excerpt{Text: s}}
}

func text(s string) source.Node {
	n := plain(s)
	n.Style = source.Quoted
	return n
}

func flowList(items ...source.Node) source.Node {
	return source.Node{Kind: source.List, Flow: true, Items: items}
}

func flowTexts(list []string) source.Node {
	out := flowList()
	for _, s := range list {
		out.Items = append(out.Items, text(s))
	}
	return out
}

// tree is a map that is being written; what is empty is left out.
type tree []source.Entry

func (t *tree) put(key string, n source.Node) {
	if n.Kind != source.Null {
		*t = append(*t, source.Entry{Key: diag.Excerpt{Text: key}, Value: n})
	}
}

func (t tree) block() source.Node {
	if len(t) == 0 {
		return source.Node{}
	}
	return source.Node{Kind: source.Map, Entries: t}
}

func (t tree) flow() source.Node {
	n := t.block()
	n.Flow = true
	return n
}
