package returns

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
)

// claimedFiles names the CSV file for the points that the unit claims.
var claimedFiles = []string{"自评得分", "自评"}

// claimedColumns are the headings of that file.
var claimedColumns = map[string]string{
	"编号": "item", "项目": "item", "项目编号": "item",
	"自评得分": "claimed", "自评": "claimed", "自评分": "claimed", "自评结果": "claimed", "得分": "claimed", "等级": "claimed",
	"评定内容": "", "名称": "", "指标": "", "分值": "", "要求": "",
}

// claims reads what the unit claims, one item a line.
func (c *csvReader) claims() {
	at := c.columnsOf(claimedColumns, "编号", "自评得分")
	item, named := at["item"]
	claimed, given := at["claimed"]
	if !named || !given {
		c.s.diags.Add(c.heading[0].pos.Pos(), 0, diag.M("a file of claimed points has the columns 编号 and 自评得分"))
		return
	}
	b := claimReader{s: &c.s, seen: map[string]bool{}}
	for line := range c.ends {
		if row := c.row(line); item < len(row) && claimed < len(row) {
			b.line(c.entry(row[item]), c.entry(row[claimed]))
		}
	}
}

// claims reads the sheet of claimed points row by row. A report has it, too.
func (b *bookReader) claims(r *rubric.Rubric) {
	items, ok := b.names[form.ClaimedItem]
	points, also := b.names[form.ClaimedPoints]
	if !ok || !also {
		if r.Claims {
			b.find(form.ClaimedItem)
			b.find(form.ClaimedPoints)
		}
		return
	}
	s := setter{ret: b.ret, r: r, several: b.foreign}
	lines := claimReader{s: &s, seen: map[string]bool{}}
	for row := items.row; row <= min(items.toRow, items.row+10_000); row++ {
		lines.line(b.read(items.sheet, items.col, row), b.read(points.sheet, points.col, row))
	}
}

// claimReader reads claims one after the other.
type claimReader struct {
	s    *setter
	seen map[string]bool
}

func (b claimReader) line(id, claimed entry) {
	word := strings.TrimSpace(id.typed)
	item := leaf(b.s.r, word)
	total := item == nil && isTotal(word)
	switch {
	case word == "" && squeezed(claimed.typed) == "":
		return
	case item == nil && !total:
		switch {
		case squeezed(claimed.typed) == "":
		case b.s.several:
			b.s.others = append(b.s.others, diag.Excerpt{Text: word, Pos: id.pos.Pos()})
		default:
			b.s.ret.Problems.Warn(id.pos.Pos(), len([]rune(word)), diag.M("the rubric has no item “%s”; what is claimed there is not read", word), nearest(word, leafIDs(b.s.r))...)
		}
		return
	case b.seen[word]:
		b.s.ret.Problems.Add(id.pos.Pos(), len([]rune(word)), diag.M("the row “%s” stands here twice", word), diag.M("the first one is read"))
		return
	case total && b.s.r.Kind.Text == "letter":
		b.s.ret.Problems.Warn(id.pos.Pos(), len([]rune(word)), diag.M("letters have no total that could be claimed"), diag.M("claim the letters of the items"))
		return
	}
	b.seen[word] = true
	if total {
		b.s.ret.claim(b.s.r, "", totalClaim(b.s.r, claimed, &b.s.ret.Problems))
		return
	}
	b.s.ret.claim(b.s.r, word, result(b.s.r, item, claimed, word+" "+item.Title.Text, &b.s.ret.Problems))
}

// isClaimedFile reports whether a CSV file holds claims.
func isClaimedFile(name string) bool { return slices.Contains(claimedFiles, name) }
