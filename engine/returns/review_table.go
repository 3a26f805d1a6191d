package returns

import (
	"strings"

	"dudao/engine/diag"
	"dudao/engine/xlsx"
)

// reviewColumns are the headings of a review.
var reviewColumns = map[string]string{
	"单位": "unit", "单位名称": "unit", "县区": "unit", "区县": "unit", "县名": "unit", "县(市、区)": "unit", "县(市,区)": "unit", "县(市、区)名称": "unit", "unit": "unit",
	"代码": "code", "单位代码": "code", "行政区划代码": "code", "区划代码": "code", "code": "code",
	"编号": "item", "项目": "item", "项目编号": "item", "指标编号": "item", "item": "item",
	"指标": "path", "数据项": "path", "指标名称": "path", "名称": "path", "path": "path",
	"核查值": "value", "核定值": "value", "核查数": "value", "核查结果": "any", "核查": "any", "核查值/核查得分": "any", "核查值或核查得分": "any", "value": "value",
	"核查得分": "points", "核定得分": "points", "核查分": "points", "核定分": "points", "points": "points",
	"理由": "reason", "核查理由": "reason", "核查说明": "reason", "原因": "reason", "说明": "reason", "reason": "reason",
}

// mostHeadRows is how far down the headings of a review may stand.
const mostHeadRows = 20

// mostHeadings is how many columns of a review are looked at.
const mostHeadings = 100

// reviewTable reads a review that is a table.
type reviewTable struct {
	file string
	rev  *Review
}

// readBook reads the first sheet of a workbook that people see.
func (t reviewTable) readBook(book *xlsx.Book) diag.List {
	var diags diag.List
	b := &bookReader{file: t.file, book: book, ret: &Return{}, linked: map[diag.Pos]bool{}, grids: map[string]*grid{}}
	sheets := b.sheets()
	if len(sheets) == 0 {
		diags.Add(diag.Pos{File: t.file}, 0, diag.M("the review holds no finding"), reviewHint)
		return diags
	}
	name := sheets[0]
	g := b.grid(name)
	head, found := 0, 0
	for row := 1; row <= min(g.height, mostHeadRows); row++ {
		n := 0
		for col := 1; col <= min(g.width(row), mostHeadings); col++ {
			if _, known := reviewColumns[strings.ToLower(g.at(row, col))]; known {
				n++
			}
		}
		if n > found && n > 1 {
			head, found = row, n
		}
	}
	if head == 0 {
		diags.Add(diag.Pos{File: t.file, Sheet: name}, 0, diag.M("the first sheet of the review has no headings that are known"), reviewHint)
		return diags
	}
	width := min(g.width(head), mostHeadings)
	line := func(row int, merged func(heading string) bool) []entry {
		out := make([]entry, width)
		for col := range width {
			at := place{row, col + 1}
			if origin := g.origin(row, col+1); merged(reviewColumns[strings.ToLower(g.at(head, col+1))]) {
				at = origin // one cell stands for several lines
			}
			out[col] = b.read(name, at.col, at.row)
		}
		return out
	}
	heading := line(head, func(string) bool { return true })
	var rows [][]entry
	last := g.bottom(head, 1)
	for _, at := range g.cells { // row by row; an empty sheet may be a million rows high
		if at.row <= last {
			continue
		}
		row := at.row
		last = row
		rows = append(rows, line(row, func(is string) bool { return is == "unit" || is == "code" || is == "reason" || is == "" }))
	}
	return append(t.read(heading, rows), b.ret.Problems...)
}

// read reads the lines below the headings.
func (t reviewTable) read(heading []entry, rows [][]entry) diag.List {
	var diags diag.List
	at := map[string]int{}
	for i, e := range heading {
		name, known := reviewColumns[strings.ToLower(squeezed(e.typed))]
		if !known {
			continue // what else inspectors keep beside it
		}
		if _, twice := at[name]; twice {
			diags.Add(e.pos.Pos(), len([]rune(e.typed)), diag.M("the column “%s” stands here twice", strings.TrimSpace(e.typed)), diag.M("delete or rename one of them"))
			continue
		}
		at[name] = i
	}
	for _, need := range []struct {
		columns []string
		said    string
	}{{[]string{"unit", "code"}, "单位"}, {[]string{"item", "path"}, "编号"}, {[]string{"points", "value", "any"}, "核查得分"}, {[]string{"reason"}, "理由"}} {
		if !anyOf(at, need.columns) {
			pos := diag.Pos{File: t.file}
			if len(heading) > 0 {
				pos = heading[0].pos.Pos()
			}
			diags.Add(pos, 0, diag.M("the review has no column “%s”", need.said), reviewHint)
		}
	}
	if diags.HasErrors() {
		return diags
	}
	for _, row := range rows {
		t.line(row, at, &diags)
	}
	return diags
}

func anyOf(at map[string]int, names []string) bool {
	for _, n := range names {
		if _, ok := at[n]; ok {
			return true
		}
	}
	return false
}

func (t reviewTable) line(row []entry, at map[string]int, diags *diag.List) {
	of := func(name string) entry {
		if i, ok := at[name]; ok && i < len(row) {
			return row[i]
		}
		return entry{}
	}
	text := func(name string) string { return strings.TrimSpace(of(name).typed) }
	f := Finding{Unit: text("unit"), Code: text("code"), Reason: text("reason")}
	item, path := of("item"), of("path")
	value, points, any := of("value"), of("points"), of("any")
	var given []entry
	for _, e := range []entry{value, points, any} {
		if strings.TrimSpace(e.typed) != "" || !e.fault.IsZero() && e.pos.Pos() != (diag.Pos{}) {
			given = append(given, e)
		}
	}
	if len(given) == 0 && f.Reason == "" || len(given) == 0 && text("item") == "" && text("path") == "" {
		return // what wasn't checked, a heading between, an empty line
	}
	if len(given) > 1 {
		diags.Add(given[1].pos.Pos(), 0, diag.M("the line gives a checked value and checked points"), diag.M("give each in a line of its own"))
		return
	}
	if len(given) == 1 {
		f.value = given[0]
	}
	named := item
	if text("item") == "" || text("value") != "" && text("path") != "" {
		named = path
	} else {
		f.also = text("path")
	}
	f.what, f.Pos = diag.Excerpt{Text: strings.TrimSpace(named.typed), Pos: named.pos.Pos()}, named.pos.Pos()
	if f.Pos.IsZero() {
		f.Pos = f.value.pos.Pos()
	}
	switch {
	case text("points") != "":
		f.kind = resultOfItem
	case text("value") != "" && text("item") == "":
		f.kind = valueOrAnswer
	}
	t.rev.keep(f, true, diags)
}
