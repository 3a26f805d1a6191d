package cases

import (
	"strconv"

	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// notApplicable is the word of returns.
const notApplicable = "不适用"

func recordData(r *rubric.Rubric, ret *returns.Return) source.Node {
	data := tree{}
	for i := range r.Data {
		name, b := r.Data[i].Key.Text, &r.Data[i].Value
		switch {
		case b.IsOpen():
			data.put(name, recordOpen(b, ret.Tables[name]))
		case b.IsTable():
			data.put(name, recordFixed(b, ret.Tables[name]))
		default:
			for j := range b.Fields {
				f := &b.Fields[j]
				data.put(f.Key.Text, recordYears(f.Value.Type.Text, ret.Fields[f.Key.Text]))
			}
		}
	}
	return data.block()
}

// recordOpen writes one row a line.
func recordOpen(b *rubric.Block, t *returns.Table) source.Node {
	if len(t.Keys) == 0 {
		return source.Node{}
	}
	list := source.Node{Kind: source.List}
	for row := range t.Keys {
		cells := tree{}
		void := isVoid(t, row)
		for _, column := range b.Entries() {
			kind := b.KeyField(column).Type.Text
			if void {
				kind = asTyped
			}
			cells.put(column, recordYears(kind, rowOf(t, column, row)))
		}
		line := cells.flow()
		line.Kind = source.Map // also a row in which nothing is filled in is one
		list.Items = append(list.Items, line)
	}
	return list
}

// asTyped is the kind of values that are not usable for the row they stand in:
// they are written as they were typed, and the row is refused again.
const asTyped = "typed"

// isVoid reports whether a row doesn't count, because it can't be told from others.
func isVoid(t *returns.Table, row int) bool {
	for _, years := range t.Columns {
		for _, year := range years {
			if year[row].State != returns.Invalid {
				return false
			}
		}
	}
	return true
}

func recordFixed(b *rubric.Block, t *returns.Table) source.Node {
	rows := tree{}
	for row, key := range t.Keys {
		cells, applies := tree{}, false
		for _, c := range b.Columns {
			for _, cell := range rowOf(t, c.Key.Text, row) {
				applies = applies || cell.State != returns.NotApplicable
			}
			cells.put(c.Key.Text, recordYears(c.Value.Type.Text, rowOf(t, c.Key.Text, row)))
		}
		if len(cells) > 0 && !applies {
			rows.put(key, plain(notApplicable))
			continue
		}
		rows.put(key, cells.flow())
	}
	return rows.block()
}

// rowOf are the values of a column in a row: this year's, last year's, ….
func rowOf(t *returns.Table, column string, row int) []returns.Cell {
	var out []returns.Cell
	for _, year := range t.Columns[column] {
		out = append(out, year[row])
	}
	return out
}

// recordYears writes one value, or the list of several years without those at its
// end that are missing.
func recordYears(kind string, years []returns.Cell) source.Node {
	last := len(years) - 1
	for last >= 0 && (years[last].State == returns.Missing || years[last].Typed == "" && years[last].State == returns.Invalid) {
		last--
	}
	switch {
	case last < 0:
		return source.Node{}
	case len(years) == 1:
		return recordCell(kind, years[0])
	}
	list := flowList()
	for _, c := range years[:last+1] {
		list.Items = append(list.Items, recordCell(kind, c))
	}
	return list
}

// recordCell writes a value as it is read again. kind is the type of its field.
func recordCell(kind string, c returns.Cell) source.Node {
	switch {
	case c.State == returns.NotApplicable:
		return plain(notApplicable)
	case c.State == returns.Missing:
		return text("")
	case c.State == returns.Invalid && isNumber(c.Typed) && kind != "text" && kind != asTyped:
		return plain(c.Typed + "?") // a date, or the like: read as a number it would be one
	case c.State == returns.Invalid:
		return plain(c.Typed)
	case kind == "text" || kind == "date":
		return plain(c.Text)
	case kind == "yesno":
		return plain(map[bool]string{true: "是", false: "否"}[c.Number != 0])
	default:
		return exact(c.Number)
	}
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// recordJudged writes the answers; evidence stands with them because a judgement
// may need it, notes don't change the score.
func recordJudged(r *rubric.Rubric, ret *returns.Return) source.Node {
	judged := tree{}
	asks := r.Asks()
	for i, a := range asks {
		if i > 0 && hasAsk(asks[:i], a.Item) {
			continue // its item is written already
		}
		item := tree{}
		for _, fact := range asks {
			if fact.Item == a.Item {
				recordAnswer(&item, fact, ret.Answers[fact.Item][fact.Text])
			}
		}
		judged.put(a.Item, item.flow())
	}
	return judged.block()
}

func hasAsk(asks []rubric.Ask, item string) bool {
	for _, a := range asks {
		if a.Item == item {
			return true
		}
	}
	return false
}

func recordAnswer(item *tree, a rubric.Ask, answer returns.Answer) {
	if answer.State == returns.Missing {
		return
	}
	kinds := map[rubric.AskKind]string{rubric.YesNo: "yesno", rubric.Times: "whole", rubric.LevelChoice: "text", rubric.FreePoints: "number"}
	kind := kinds[a.Kind]
	if answer.State == returns.Invalid {
		kind = asTyped // points off their scale are so again
	}
	value := recordCell(kind, answer.Cell)
	if a.Text != "" {
		item.put(a.Text, value)
		return
	}
	if a.Kind == rubric.LevelChoice {
		item.put("level", value)
	} else {
		item.put("points", value)
	}
	if len(answer.Evidence) > 0 {
		item.put("evidence", flowTexts(answer.Evidence))
	}
}
