package formula

import (
	"regexp"
	"strings"
	"unicode"

	"dudao/engine/diag"
)

// What people write who know spreadsheets, or who read the printed scheme aloud.

// otherWords are words of the printed scheme and of spreadsheets that have a word
// in formulas.
var otherWords = map[string]diag.Message{
	"且": diag.M("write “and”"), "并且": diag.M("write “and”"), "或": diag.M("write “or”"), "或者": diag.M("write “or”"),
	"非": diag.M("write “not”"), "不": diag.M("write “not”"),
	"大于": diag.M("write %s", ">"), "超过": diag.M("write %s", ">"), "高于": diag.M("write %s", ">"),
	"小于": diag.M("write %s", "<"), "低于": diag.M("write %s", "<"), "等于": diag.M("write %s", "=="), "不等于": diag.M("write %s", "!="),
	"大于等于": diag.M("write %s", ">="), "不小于": diag.M("write %s", ">="), "不低于": diag.M("write %s", ">="), "不少于": diag.M("write %s", ">="),
	"小于等于": diag.M("write %s", "<="), "不大于": diag.M("write %s", "<="), "不高于": diag.M("write %s", "<="), "不超过": diag.M("write %s", "<="), "不多于": diag.M("write %s", "<="),
	"加": diag.M("write %s", "+"), "减": diag.M("write %s", "-"), "乘": diag.M("write %s", "*"), "乘以": diag.M("write %s", "*"), "除以": diag.M("write %s", "/"),
	"属于": diag.M("write %s", `x in ["a", "b"]`),
	"如果": diag.M("write pick(condition, x, y)"), "if": diag.M("write pick(condition, x, y)"), "then": diag.M("write pick(condition, x, y)"),
	"else": diag.M("write pick(condition, x, y)"), "否则": diag.M("write pick(condition, x, y)"),
	"and": diag.M("“%s” stands between two conditions: %s", "and", "x and y"), "or": diag.M("“%s” stands between two conditions: %s", "or", "x or y"),
	"TRUE": diag.M("write %s", "true"), "FALSE": diag.M("write %s", "false"),
	"上年": diag.M("last year’s value is %s", "prev(x)"), "去年": diag.M("last year’s value is %s", "prev(x)"),
	"AND": diag.M("“%s” stands between two conditions: %s", "and", "x and y"), "OR": diag.M("“%s” stands between two conditions: %s", "or", "x or y"),
	"NOT": diag.M("write %s", "not (x)"), "IFERROR": diag.M("write x ?? 0 where a missing value counts as zero"),
	"为": diag.M("write %s", "=="), "在": diag.M("write %s", `x in ["a", "b"]`),
	"是": diag.M("write %s", "true"), "否": diag.M("write %s", "false"),
	":": diag.M("a whole column is table.column"), ";": diag.M("write %s", ","),
}

// otherFunctions are functions of spreadsheets, and what they are called here.
var otherFunctions = map[string]string{
	"SUM": "sum", "合计": "sum", "求和": "sum", "SUMIF": "sum_if", "SUMIFS": "sum_if",
	"AVERAGE": "mean", "AVG": "mean", "平均": "mean", "平均值": "mean", "MEDIAN": "median",
	"COUNT": "count", "COUNTIF": "count_if", "COUNTIFS": "count_if",
	"MAX": "max", "最大值": "max", "MAXIFS": "max_if", "MIN": "min", "最小值": "min", "MINIFS": "min_if",
	"VLOOKUP": "lookup", "XLOOKUP": "lookup", "LOOKUP": "lookup",
	"IF": "pick", "IFS": "pick", "如果": "pick",
	"ROUND": "round", "四舍五入": "round", "ROUNDUP": "ceil", "CEILING": "ceil", "ROUNDDOWN": "floor", "INT": "floor", "FLOOR": "floor",
	"ABS": "abs", "绝对值": "abs", "SQRT": "sqrt", "STDEV": "cv_unweighted", "STDEVP": "cv_unweighted",
	"上年": "prev", "去年": "prev", "增幅": "growth", "增长率": "growth", "差异系数": "cv",
}

var (
	cellName  = regexp.MustCompile(`^\$?[A-Za-z]{1,3}\$?[0-9]+$`)
	numerals  = regexp.MustCompile(`^(百分之)?[零一二两三四五六七八九十百千万亿点]+$`)
	lastYears = []string{"上年度", "上一年", "上年", "去年"}
	joints    = []struct{ written, means string }{
		{"并且", "and"}, {"或者", "or"}, {"不低于", ">="}, {"不少于", ">="}, {"不超过", "<="}, {"不高于", "<="}, {"大于等于", ">="}, {"小于等于", "<="},
		{"不小于", ">="}, {"不大于", "<="}, {"不等于", "!="}, {"大于", ">"}, {"小于", "<"}, {"等于", "=="}, {"高于", ">"}, {"低于", "<"}, {"超过", ">"}, {"and", "and"}, {"or", "or"}, {"且", "and"}, {"或", "or"},
	}
)

// slip says what was meant by a name that isn't declared, where its spelling
// tells.
func (s *Scope) slip(name string) (diag.Message, bool) {
	if hint, ok := otherWords[name]; ok {
		return hint, true
	}
	if cellName.MatchString(name) {
		return diag.M("cells have no place in a formula; write the name of the value"), true
	}
	if numerals.MatchString(name) {
		return diag.M("write the number in digits"), true
	}
	for _, w := range lastYears {
		if rest, ok := strings.CutPrefix(name, w); ok {
			rest = strings.TrimPrefix(rest, "的")
			if s.lookup(rest) != nil {
				return diag.M("last year’s value is %s", "prev("+rest+")"), true
			}
		}
	}
	for _, j := range joints {
		a, b, ok := strings.Cut(name, j.written)
		if ok && s.lookup(a) != nil && (s.lookup(b) != nil || strings.Trim(b, "0123456789") == "") {
			return diag.M("put spaces around it: %s", strings.TrimSpace(a+" "+j.means+" "+b)), true
		}
	}
	if s.isText(name) {
		return diag.M("a text is put into quotes: %s", `"`+name+`"`), true
	}
	return diag.Message{}, false
}

// isText reports whether a name is really one of the choices of a text.
func (s *Scope) isText(text string) bool {
	has := func(n *Name) bool {
		for _, c := range n.Choices {
			if c == text {
				return true
			}
		}
		return false
	}
	for _, n := range s.singles {
		if has(n) {
			return true
		}
	}
	for _, t := range s.ordered {
		for _, n := range t.Columns {
			if has(n) {
				return true
			}
		}
	}
	return false
}

// slipAt says what was meant by a word that can't stand where it does; before is
// the formula up to it.
func slipAt(word, before string) (diag.Message, bool) {
	if word == "是" {
		return diag.M("write %s", "=="), true
	}
	if hint, ok := otherWords[word]; ok {
		return hint, true
	}
	for _, w := range []string{"and", "or", "not", "in"} {
		if rest, ok := strings.CutPrefix(word, w); ok && rest != "" && rest[0] > 0x7f {
			return diag.M("put spaces around it: %s", w+" "+rest), true
		}
	}
	last := before
	if fields := strings.FieldsFunc(before, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }); len(fields) > 0 {
		last = fields[len(fields)-1]
	}
	if hint, ok := otherWords[last]; ok && last != "and" && last != "or" {
		return hint, true
	}
	for _, j := range joints {
		if name, ok := strings.CutSuffix(last, j.written); ok && name != "" && j.written[0] > 0x7f {
			return diag.M("put spaces around it: %s", name+" "+j.means+" "+word), true
		}
	}
	return diag.Message{}, false
}
