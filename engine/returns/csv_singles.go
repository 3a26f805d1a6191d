package returns

import (
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
)

// values reads single values: 名称, 本年, 上年, one a line.
func (c *csvReader) values() {
	nameAt, unitAt := -1, -1
	back := map[int]int{}
	for i, e := range c.heading {
		text := squeezed(e.typed)
		year, isYear := yearBack(text)
		switch {
		case c.isOfSet(i):
		case nameAt < 0 && (text == "名称" || text == "指标"):
			nameAt = i
		case text == "单位":
			unitAt = i
		case isYear:
			back[i] = year
		case text != "" && !ignored[text]:
			c.s.ret.Problems.Warn(e.pos.Pos(), len([]rune(e.typed)), diag.M("the rubric asks for no “%s”; the column is not read", strings.TrimSpace(e.typed)), nearest(text, []string{"名称", "单位", "本年", "上年"})...)
		}
	}
	if nameAt < 0 || len(back) == 0 {
		c.s.diags.Add(c.heading[0].pos.Pos(), 0, diag.M("a file of single values has the columns 名称 and 本年, and 上年 where it is asked for"))
		return
	}
	seen := map[string]bool{}
	for line := range c.ends {
		row := c.entries(c.row(line))
		if nameAt >= len(row) || squeezed(row[nameAt].typed) == "" {
			continue
		}
		name, f := c.single(row[nameAt])
		if f == nil {
			continue
		}
		if seen[name] {
			c.s.ret.Problems.Add(row[nameAt].pos.Pos(), len([]rune(name)), diag.M("the row “%s” stands here twice", name), diag.M("the first one is read"))
			continue
		}
		seen[name] = true
		if unitAt >= 0 && unitAt < len(row) {
			if unit := squeezed(row[unitAt].typed); unit != "" && !sameUnit(unit, f) {
				c.otherUnit(row[unitAt], unit, f)
				continue
			}
		}
		for i, e := range row {
			y, isYear := back[i]
			switch {
			case i < len(c.heading) && squeezed(c.heading[i].typed) == remarkColumn:
				c.s.ret.remark(name, e)
			case !isYear:
			case y < f.YearCount():
				c.s.ret.Fields[name][y] = understand(e, f, form.Path("", "", name, y), &c.s.ret.Problems)
			case strings.TrimSpace(e.typed) != "":
				c.s.ret.Problems.Warn(e.pos.Pos(), 0, diag.M("“%s” is asked for %s years; this value is not read", name, strconv.Itoa(f.YearCount())))
			}
		}
	}
}

// single finds the single value that a line is for.
func (c *csvReader) single(e entry) (string, *rubric.Field) {
	text := squeezed(e.typed)
	head, parts := headingParts(text)
	var known []string
	for i := range c.s.r.Data {
		fields := c.s.r.Data[i].Value.Fields
		for j := range fields {
			name, f := fields[j].Key.Text, &fields[j].Value
			label := squeezed(form.FieldLabel(name, f))
			exact := text == squeezed(name) || text == label
			switch {
			case !exact && head != squeezed(name) && head != label:
				known = append(known, name)
				continue
			case !f.Entered():
				c.s.ret.Problems.Warn(e.pos.Pos(), len([]rune(e.typed)), diag.M("“%s” is computed, so it can’t be submitted", name))
				return "", nil
			case exact:
				return name, f
			}
			for _, p := range parts {
				if !sameUnit(p, f) {
					c.otherUnit(e, p, f)
					return "", nil
				}
			}
			return name, f
		}
	}
	if near := diag.Nearest(head, known); !c.s.several || near != "" && !c.s.isElsewhere(head) {
		c.s.ret.Problems.Warn(e.pos.Pos(), len([]rune(e.typed)), diag.M("the rubric asks for no “%s”", strings.TrimSpace(e.typed)), nearest(head, known)...)
	} else if !c.s.r.Spare[head] {
		c.s.others = append(c.s.others, diag.Excerpt{Text: strings.TrimSpace(e.typed), Pos: e.pos.Pos()})
	}
	return "", nil
}
