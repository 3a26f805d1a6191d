package returns

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
)

// unitWords are the headings of a column that says whose row it is, the clearest
// first. The last of each may mean something else, too: they count where all tables
// have such a column, or another word is there in one of them.
var unitWords = map[string][]string{
	"name": {"县", "县名", "县名称", "县区", "区县", "县市", "县市区", "县区市", "县区名称", "区县名称", "县市区名称", "填报单位", "填报单位名称", "单位名称", "county", "countyname", "district", "districtname", "单位", "unit"},
	"code": {"行政区划代码", "区划代码", "县代码", "县区代码", "区县代码", "县市区代码", "单位代码", "divisioncode", "countycode", "代码", "code"},
}

var unclear = []string{"单位", "unit", "代码", "code"}

// coverWords are headings of other lines of the cover beside those of the form.
var coverWords = map[string]string{"年": "year", "年度": "year", "年份": "year", "year": "year", "填报年度": "year", "时间范围": "period", "period": "period",
	"填报日期": "date", "日期": "date", "date": "date", "填报人": "filler", "审核人": "reviewer", "联系电话": "phone"}

// beside are columns that say where the unit lies. Nobody scores them.
var beside = []string{"省", "省份", "市", "地市", "市州", "设区市", "所属市", "province", "city"}

// headingWord is a heading without the signs in it: 县（市、区） is 县市区.
func headingWord(typed string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("()[]、､,，/·_-.", r) {
			return -1
		}
		return r
	}, strings.ToLower(squeezed(typed)))
}

// saidOnCover are the lines of the cover by the words that a form has for them.
var saidOnCover = func() map[string]string {
	out := map[string]string{}
	for _, f := range form.CoverFields {
		for _, words := range said(diag.P(f.Label)) {
			out[headingWord(words)] = f.Key
		}
	}
	return out
}()

// unitColumns finds the columns that say whose row it is: of the name and of the
// code. A column that is there twice is told.
func unitColumns(heading []entry) (at map[string]int, isClear bool, diags diag.List) {
	at = map[string]int{}
	rank := map[string]int{}
	perLine := false // a line for each value: 单位 is that of a figure
	words := make([]string, len(heading))
	for i, e := range heading {
		words[i] = headingWord(e.typed)
		_, isYear := yearBack(squeezed(e.typed))
		perLine = perLine || isYear
	}
	perLine = perLine && (slices.Contains(words, "名称") || slices.Contains(words, "指标"))
	for i, word := range words {
		for _, key := range []string{"name", "code"} {
			n := slices.Index(unitWords[key], word)
			if n < 0 && saidOnCover[word] == key {
				n = len(unitWords[key]) - 3 // as clear as a word can be, and behind shorter ones
			}
			isUnclear := slices.Contains(unclear, word)
			_, known := at[key]
			switch {
			case n < 0 || isUnclear && perLine:
			case known && rank[key] == n:
				diags.Add(heading[i].pos.Pos(), len([]rune(heading[i].typed)), diag.M("the column “%s” stands here twice", strings.TrimSpace(heading[i].typed)), diag.M("delete one of the two: it is not clear whose a row is"))
			case !known || n < rank[key]:
				at[key], rank[key] = i, n
				isClear = isClear || !isUnclear
			}
		}
	}
	if _, named := at["name"]; !named && !isClear {
		return nil, false, diags // a code of anything
	}
	return at, isClear, diags
}

// unitWord is how a name or code of a unit is compared.
func unitWord(s string) string { return squeezed(s) }

// coverLine is the line of the cover that a heading of a set stands for, or "".
func coverLine(typed string) string {
	word := headingWord(typed)
	if line, ok := coverWords[word]; ok {
		return line
	}
	if line := saidOnCover[word]; line != "name" && line != "code" {
		return line
	}
	return ""
}

// asksFor reports whether a rubric asks for a column of a table by the words of a
// heading: then it says whose row it is within a return.
func asksFor(r *rubric.Rubric, table, heading string) bool {
	if r == nil {
		return false
	}
	word := squeezed(heading)
	for i := range r.Data {
		b := &r.Data[i].Value
		if r.Data[i].Key.Text != table || !b.IsTable() {
			continue
		}
		for _, name := range columnNames(b) {
			if squeezed(name) == word || squeezed(form.FieldLabel(name, b.KeyField(name))) == word {
				return true
			}
		}
	}
	return false
}
