package returns

import (
	"regexp"

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
