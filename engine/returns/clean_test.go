package returns

import (
	"strings"
	"testing"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
	"dudao/engine/text"
)

func field(kind, unit string) *rubric.Field {
	return &rubric.Field{Type: diag.Excerpt{Text: kind}, Unit: diag.Excerpt{Text: unit}}
}

// shown is what became of a cell: the value, its notes and problems in words.
func shown(e entry, f *rubric.Field) string {
	var problems diag.List
	c := understand(e, f, "甲", &problems)
	var words []string
	switch {
	case c.State != Given:
		words = append(words, []string{"missing", "", "n/a", "invalid"}[c.State])
	case c.Text != "":
		words = append(words, c.Text)
	default:
		words = append(words, decimal.Format(c.Number, 12))
	}
	zh := text.New("zh")
	for _, n := range c.Notes {
		words = append(words, zh.Sprint(n))
	}
	for _, p := range problems {
		for _, h := range p.Hints {
			words = append(words, zh.Sprint(h))
		}
	}
	return strings.Join(words, "|")
}

// Every form in which people write a figure is understood and noted, or refused
// with a sentence.
func TestForms(t *testing.T) {
	const (
		about  = "invalid|约数不能用来评分，请填确切的数"
		span   = "invalid|范围不能用来评分，请填实际的一个数"
		beyond = "invalid|“以上”“不足”之类的说法不能用来评分，请填确切的数"
		one    = "invalid|只填数字，如 12.38:1 填 12.38"
		digits = "invalid|只填数字"
		nought = "invalid|没有就填 0，不涉及填“不适用”，没有数据就空着"
		truth  = "invalid|请填“是”或“否”"
		pct    = "invalid|“%”不能换算成元，请按这个单位只填数字"
	)
	tests := []struct{ kind, unit, typed, want string }{
		{"number", "元", "-12.5", "-12.5"},
		{"number", "元", "－１２．５", "-12.5|“－１２．５”按 -12.5 读取"},
		{"number", "元", "−3", "-3|“−3”按 -3 读取"},
		{"number", "元", "1,234，567.8", "1234567.8|“1,234，567.8”按 1234567.8 读取"},
		{"number", "元", "1 234 567", "1234567|“1 234 567”按 1234567 读取"},
		{"number", "元", "12 34", digits},
		{"number", "元", "1,23", digits},
		{"number", "元", "1e-5", "0.00001"},
		{"number", "元", "1_000", digits},
		{"number", "元", "三百", digits},
		{"number", "万元", "8.3861亿元", "83861|“8.3861亿元”按 83861 万元 读取"},
		{"number", "万元", "8.3861 亿", "83861|“8.3861 亿”按 83861 万元 读取"},
		{"number", "万元", "1,200元", "0.12|“1,200元”按 0.12 万元 读取"},
		{"number", "万元", "5万元", "5|“5万元”按 5 万元 读取"},
		{"number", "元", "350万元", "3500000|“350万元”按 3500000 元 读取"},
		{"number", "千元", "1.5百万元", "1500|“1.5百万元”按 1500 千元 读取"},
		{"number", "元/生", "1200元", "1200|“1200元”按 1200 元/生 读取"},
		{"number", "元/生", "1200元/人", "invalid|“元/人”不能换算成元/生，请按这个单位只填数字"},
		{"whole", "人", "1.2万人", "12000|“1.2万人”按 12000 人 读取"},
		{"whole", "人", "1.2万", "12000|“1.2万”按 12000 人 读取"},
		{"whole", "人", "35名", "35|“35名”按 35 人 读取"},
		{"whole", "人", "35元", "invalid|“元”不能换算成人，请按这个单位只填数字"},
		{"number", "㎡", "3.2万平方米", "32000|“3.2万平方米”按 32000 ㎡ 读取"},
		{"number", "㎡", "32m2", "32|“32m2”按 32 ㎡ 读取"},
		{"number", "", "3万", "30000|“3万”按 30000 读取"},
		{"number", "", "3所", "invalid|“所”用不上，这一项没有单位，请只填数字"},
		{"number", "百分点", "3", "3"},
		{"number", "百分点", "3个百分点", "3|“3个百分点”按 3 百分点 读取"},
		{"percent", "", "85％", "85|“85％”按 85 % 读取"},
		{"percent", "", "85%", "85|“85%”按 85 % 读取"},
		{"percent", "", "85万", "invalid|“万”不能换算成%，请按这个单位只填数字"},
		{"percent", "", "3个百分点", "invalid|“个百分点”不能换算成%，请按这个单位只填数字"},
		{"number", "元", "85%", pct},
		{"number", "", "85%", "invalid|“%”用不上，这一项没有单位，请只填数字"},
		{"number", "", "12.38:1", "12.38|“12.38:1”按 12.38 读取"},
		{"number", "人", "12.38：1", "12.38|“12.38：1”按 12.38 读取"},
		{"number", "人", "1:12.38", one},
		{"number", "元", "12.38:1", one},
		{"whole", "万元", "400余万", about},
		{"whole", "万元", "近5万", about},
		{"whole", "人", "约３００人", about},
		{"whole", "人", "300左右", about},
		{"whole", "个", "10余条", about},
		{"whole", "人", "上百", about},
		{"whole", "人", "数百人", about},
		{"whole", "人", "逾300", about},
		{"whole", "人", "若干", about},
		{"whole", "人", "～300", about},
		{"whole", "所", "1-2所", span},
		{"whole", "所", "1～2所", span},
		{"whole", "所", "3至5", span},
		{"whole", "人", "300人以上", beyond},
		{"whole", "人", "不足300", beyond},
		{"whole", "人", "≥300", beyond},
		{"whole", "人", "300+", beyond},
		{"whole", "人", "大于300", beyond},
		{"percent", "", "超85%", beyond},
		{"number", "元", "无", nought},
		{"number", "元", "—", nought},
		{"number", "元", "－", nought},
		{"number", "元", "/", nought},
		{"number", "元", "不适用", "n/a"},
		{"number", "元", " 不适用", "n/a|“ 不适用”按 不适用 读取"},
		{"number", "元", "不涉及", "n/a|“不涉及”按 不适用 读取"},
		{"number", "元", "N/A", "n/a|“N/A”按 不适用 读取"},
		{"number", "元", "　\u200b", "missing"},
		{"yesno", "", "是", "1"},
		{"yesno", "", "√", "1|“√”按 是 读取"},
		{"yesno", "", "✔", "1|“✔”按 是 读取"},
		{"yesno", "", " 是", "1|“ 是”按 是 读取"},
		{"yesno", "", "×", "0|“×”按 否 读取"},
		{"yesno", "", "☑", "1|“☑”按 是 读取"},
		{"yesno", "", "✗", "0|“✗”按 否 读取"},
		{"yesno", "", "有", "1|“有”按 是 读取"},
		{"yesno", "", "无", "0|“无”按 否 读取"},
		{"yesno", "", "没有", "0|“没有”按 否 读取"},
		{"yesno", "", "—", truth},
		{"yesno", "", "1", truth},
		{"yesno", "", "基本是", truth},
		{"text", "", "无", "无"},
		{"text", "", "甲校 ", "甲校|“甲校 ”按 甲校 读取"},
		{"date", "", "2021-09-01", "2021-09-01"},
		{"date", "", "2021年9月1日", "2021-09-01|“2021年9月1日”按 2021-09-01 读取"},
		{"date", "", "2021 年 9 月 1 号", "2021-09-01|“2021 年 9 月 1 号”按 2021-09-01 读取"},
		{"date", "", "２０２１．９．１", "2021-09-01|“２０２１．９．１”按 2021-09-01 读取"},
		{"date", "", "2021-09-01 00:00:00", "2021-09-01|“2021-09-01 00:00:00”按 2021-09-01 读取"},
		{"date", "", "2021/9/1", "2021-09-01|“2021/9/1”按 2021-09-01 读取"},
		{"date", "", "2021-9-1", "2021-09-01|“2021-9-1”按 2021-09-01 读取"},
		{"date", "", "20210901", "2021-09-01|“20210901”按 2021-09-01 读取"},
		{"date", "", "2021/9/1 0:00:00", "2021-09-01|“2021/9/1 0:00:00”按 2021-09-01 读取"},
		{"date", "", "44440", "invalid|请写成 2021-09-01"},
		{"date", "", "21.9.1", "invalid|请写成 2021-09-01"},
		{"date", "", "2021年9月", "invalid|没有写到日，请写成 2021-09-01"},
		{"date", "", "2021-13-01", "invalid|请写成 2021-09-01"},
	}
	for _, tt := range tests {
		if got := shown(entry{typed: tt.typed}, field(tt.kind, tt.unit)); got != tt.want {
			t.Errorf("%s %s “%s”: got %s, want %s", tt.kind, tt.unit, tt.typed, got, tt.want)
		}
	}
}

// What 无 and a dash mean, the declaration of the field says or nobody.
func TestNothing(t *testing.T) {
	number := func(change func(*rubric.Field)) *rubric.Field {
		f := field("number", "元")
		change(f)
		return f
	}
	some := number(func(f *rubric.Field) { f.When = diag.Excerpt{Text: "有寄宿生"} })
	optional := number(func(f *rubric.Field) { f.Optional = true })
	nought := number(func(f *rubric.Field) { f.Default = source.Number{Given: true} })
	three := number(func(f *rubric.Field) { f.Default = source.Number{Given: true, Value: 3} })
	answer := field("yesno", "")
	answer.When = diag.Excerpt{Text: "有寄宿生"}
	always := number(func(f *rubric.Field) { f.Always = true })
	const refused = "invalid|没有就填 0，不涉及填“不适用”，没有数据就空着"
	tests := []struct {
		f           *rubric.Field
		typed, want string
	}{
		{some, "—", "n/a|“—”按 不适用 读取"},
		{some, "无", "n/a|“无”按 不适用 读取"},
		{answer, "—", "n/a|“—”按 不适用 读取"},
		{answer, "无", "invalid|没有就填“否”，不涉及填“不适用”"},
		{answer, "没有", "0|“没有”按 否 读取"},
		{optional, "/", "missing|“/”按没有填读取"},
		{optional, "无", refused},
		{nought, "无", "missing|“无”按没有填读取，即 0"},
		{three, "—", "missing|“—”按没有填读取，即 3"},
		{three, "无", refused},
		{always, "—", refused},
		{always, "不涉及", "invalid|请填数，没有填 0"},
	}
	for i, tt := range tests {
		if got := shown(entry{typed: tt.typed}, tt.f); got != tt.want {
			t.Errorf("%d “%s”: got %s, want %s", i, tt.typed, got, tt.want)
		}
	}
}

// A choice is found by its characters, whichever keyboard typed them.
func TestChoices(t *testing.T) {
	f := field("text", "")
	f.Choice = []diag.Excerpt{{Text: "小学"}, {Text: "A(优)"}}
	for typed, want := range map[string]string{
		"小学":     "小学",
		"小 学":    "小学|“小 学”按 小学 读取",
		"Ａ（优）":   "A(优)|“Ａ（优）”按 A(优) 读取",
		"小学及幼儿园": "invalid|请选择：小学 A(优)",
	} {
		if got := shown(entry{typed: typed}, f); got != want {
			t.Errorf("“%s”: got %s, want %s", typed, got, want)
		}
	}
}

// A percentage in a cell of a workbook counts as it is shown.
func TestPercentFormat(t *testing.T) {
	x := 0.85
	e := entry{typed: "0.85", number: &x, format: percentage}
	tests := []struct{ kind, unit, want string }{
		{"percent", "", "85|“0.85”按 85 读取"},
		{"number", "%", "85|“0.85”按 85 读取"},
		{"number", "", "0.85"},
		{"number", "元", "invalid|请把单元格格式改成数字，再填一次"},
	}
	for _, tt := range tests {
		if got := shown(e, field(tt.kind, tt.unit)); got != tt.want {
			t.Errorf("%s %s: got %s, want %s", tt.kind, tt.unit, got, tt.want)
		}
	}
}
