package returns

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// judgedFiles names the CSV file for judgements and the answers to facts, as the
// form's sheet is called.
var judgedFiles = []string{"评定与事实", "评定"}

// judgedColumns are the headings of that file.
var judgedColumns = map[string]string{
	"项目": "item", "编号": "item",
	"评定或认定事项": "ask", "事项": "ask",
	"回答": "answer", "等级": "answer", "得分": "answer",
	"自评说明": "note", "说明": "note",
	"佐证材料": "evidence", "佐证": "evidence",
}

// judged reads judgements and answers, one a line: of which item, what is asked,
// the answer, an explanation, the evidence. What is asked may be left out where the
// item itself is judged.
func (c *csvReader) judged() {
	at := c.columnsOf(judgedColumns, "项目", "评定或认定事项", "回答", "自评说明", "佐证材料")
	_, item := at["item"]
	_, answered := at["answer"]
	if !item || !answered {
		c.s.diags.Add(c.heading[0].pos.Pos(), 0, diag.M("a file of judgements has the columns 项目 and 回答, and 评定或认定事项, 自评说明, 佐证材料 where they are needed"))
		return
	}
	asks := c.s.r.Asks()
	for line := range c.ends {
		row := c.entries(c.row(line))
		of := func(name string) entry {
			if i, ok := at[name]; ok && i < len(row) {
				return row[i]
			}
			return entry{}
		}
		id, words := strings.TrimSpace(of("item").typed), strings.TrimSpace(of("ask").typed)
		i := slices.IndexFunc(asks, func(a rubric.Ask) bool { return asked(a, id, words) })
		if i < 0 {
			c.notAsked(row[0], id, words, asks)
			continue
		}
		a := asks[i]
		answer := Answer{Note: strings.TrimSpace(of("note").typed), Evidence: evidence(of("evidence").typed), At: of("evidence").pos.Pos()}
		answer.Cell = understand(of("answer"), askField(a), label(a), &c.s.ret.Problems)
		checkPoints(a, &answer.Cell, &c.s.ret.Problems)
		c.s.ret.answer(a.Item, a.Text, answer)
	}
}

// columnsOf finds the columns of a file whose headings are always the same; the one
// that is meant by an unknown heading is looked for among the usual ones.
func (c *csvReader) columnsOf(known map[string]string, usual ...string) map[string]int {
	at := map[string]int{}
	for i, e := range c.heading {
		text := squeezed(e.typed)
		name, isKnown := known[text]
		switch _, twice := at[name]; {
		case text == "" || ignored[text] || isKnown && name == "" || c.isOfSet(i):
		case !isKnown:
			c.s.ret.Problems.Warn(e.pos.Pos(), len([]rune(e.typed)), diag.M("the rubric asks for no “%s”; the column is not read", strings.TrimSpace(e.typed)), nearest(text, usual)...)
		case twice:
			c.s.ret.Problems.Add(e.pos.Pos(), len([]rune(e.typed)), diag.M("the column “%s” stands here twice", strings.TrimSpace(e.typed)), diag.M("the first one is read"))
		default:
			at[name] = i
		}
	}
	return at
}

// asked reports whether a row of a form or table answers an ask.
func asked(a rubric.Ask, item, words string) bool {
	text := a.Text
	if text == "" {
		text = a.Title
	}
	first, _, _ := strings.Cut(words, "\n") // the form says more below it
	return a.Item == item && (words == "" && a.Text == "" || squeezed(first) == squeezed(text))
}

// notAsked reports a row that answers nothing.
func (c *csvReader) notAsked(first entry, item, words string, asks []rubric.Ask) {
	what := strings.TrimSpace(item + " " + words)
	if c.s.several {
		c.s.others = append(c.s.others, diag.Excerpt{Text: what, Pos: first.pos.Pos()})
		return
	}
	var known []string
	for _, a := range asks {
		known = append(known, strings.TrimSpace(a.Item+" "+a.Text))
	}
	c.s.ret.Problems.Warn(first.pos.Pos(), 0, diag.M("the rubric asks for no “%s”", what), nearest(what, known)...)
}
