package returns

import (
	"regexp"
	"slices"
	"strconv"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// pathForm is table[row].column or the name of a single value, with .上年 or
// .前2年 for years before. A row is named by people, so it may hold any sign.
var pathForm = regexp.MustCompile(`^([^\[\].]+)(?:\[(.+)\]\.([^\[\].]+))?((?:\.上年|\.前[0-9]年)?)$`)

// valuePath is a path taken apart.
type valuePath struct {
	name        string // of a single value or a table
	row, column string
	back        int
	rowAt       int // runes before the row
}

func parsePath(text string) (valuePath, bool) {
	m := pathForm.FindStringSubmatch(text)
	if m == nil {
		return valuePath{}, false
	}
	p := valuePath{name: m[1], row: m[2], column: m[3], rowAt: len([]rune(m[1])) + 1}
	switch years := []rune(m[4]); {
	case len(years) == 3:
		p.back = 1
	case len(years) == 4:
		p.back, _ = strconv.Atoi(string(years[2]))
	}
	return p, true
}

// SetPaths puts single values into a return, each named by its path:
// 一般公共预算教育支出, 各学段[幼儿园].生均教育支出 or 教育支出.上年.
func SetPaths(ret *Return, r *rubric.Rubric, values source.Keyed[source.Node]) diag.List {
	s := setter{ret: ret, r: r}
	for _, v := range values {
		p, ok := parsePath(v.Key.Text)
		if !ok {
			s.diags.Add(v.Key.Pos, len([]rune(v.Key.Text)), diag.M("“%s” names no value", v.Key.Text),
				diag.M("write a field, or table[row].column"))
			continue
		}
		if p.back > 0 {
			if at, ok := s.place(p, v.Key); ok {
				*at.cell = understand(scalarEntry(v.Value), at.field, at.Path, &ret.Problems)
			}
			continue
		}
		if b := s.open(p.name); b != nil && p.row != "" {
			s.rowOf(p.name, b, p.row, source.Entry{Key: diag.Excerpt{Text: p.column, Pos: v.Key.Pos}, Value: v.Value})
			continue
		}
		name, n := diag.Excerpt{Text: p.name, Pos: v.Key.Pos}, v.Value
		if p.row != "" {
			column := source.Node{Kind: source.Map, Pos: v.Key.Pos, Entries: []source.Entry{
				{Key: diag.Excerpt{Text: p.column, Pos: v.Key.Pos}, Value: v.Value}}}
			n = source.Node{Kind: source.Map, Pos: v.Key.Pos, Entries: []source.Entry{
				{Key: diag.Excerpt{Text: p.row, Pos: v.Key.Pos}, Value: column}}}
		}
		s.entry(name, n)
	}
	return s.diags
}

// open returns the block of an open table, or nil.
func (s *setter) open(name string) *rubric.Block {
	for i := range s.r.Data {
		if s.r.Data[i].Key.Text == name && s.r.Data[i].Value.IsOpen() {
			return &s.r.Data[i].Value
		}
	}
	return nil
}

// rowOf sets a value in the row of an open table that its keys name.
func (s *setter) rowOf(table string, b *rubric.Block, row string, column source.Entry) {
	t := s.ret.Tables[table]
	at := slices.Index(t.Keys, row)
	if at < 0 {
		s.unknown(diag.Excerpt{Text: row, Pos: column.Key.Pos}, t.Keys)
		return
	}
	s.column(table, b, at, column)
	t.nameRows(table, b, &s.ret.Problems)
}
