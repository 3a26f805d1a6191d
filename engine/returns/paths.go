package returns

import (
	"regexp"
	"slices"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// pathForm is table[row].column or the name of a single value.
var pathForm = regexp.MustCompile(`^([^\[\].]+)(?:\[([^\]]+)\]\.([^\[\].]+))?$`)

// SetPaths puts single values into a return, each named by its path:
// 一般公共预算教育支出 or 各学段[幼儿园].生均教育支出.
func SetPaths(ret *Return, r *rubric.Rubric, values source.Keyed[source.Node]) diag.List {
	s := setter{ret: ret, r: r}
	for _, v := range values {
		m := pathForm.FindStringSubmatch(v.Key.Text)
		if m == nil {
			s.diags.Add(v.Key.Pos, len([]rune(v.Key.Text)), diag.M("“%s” names no value", v.Key.Text),
				diag.M("write a field, or table[row].column"))
			continue
		}
		if b := s.open(m[1]); b != nil && m[2] != "" {
			s.rowOf(m[1], b, m[2], source.Entry{Key: diag.Excerpt{Text: m[3], Pos: v.Key.Pos}, Value: v.Value})
			continue
		}
		name, n := diag.Excerpt{Text: m[1], Pos: v.Key.Pos}, v.Value
		if m[2] != "" {
			column := source.Node{Kind: source.Map, Pos: v.Key.Pos, Entries: []source.Entry{
				{Key: diag.Excerpt{Text: m[3], Pos: v.Key.Pos}, Value: v.Value}}}
			n = source.Node{Kind: source.Map, Pos: v.Key.Pos, Entries: []source.Entry{
				{Key: diag.Excerpt{Text: m[2], Pos: v.Key.Pos}, Value: column}}}
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
