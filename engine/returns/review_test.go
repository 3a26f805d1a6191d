package returns

import (
	"archive/zip"
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/text"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const reviewed = `
id: r
title: 试
version: "1"
data:
  经费:
    fields:
      支出: {unit: 万元, years: 2, min: 0}
      上报: {type: yesno}
      年数: {formula: 支出 * 2}
  各镇:
    key: 镇
    rows: [东, 西]
    columns:
      人数: {unit: 人, type: whole, min: 0}
items:
  - {id: "1", title: 投入, points: 40, pass: 支出 >= prev(支出) and 年数 > 0}
  - {id: "2.1", title: 规模, points: 30, each: 各镇, pass: 人数 <= 50, lose: 5}
  - id: "3"
    title: 规划
    points: 20
    judge: [{level: 优, points: 20}, {level: 差, points: 0}]
  - {id: "4", title: 特色, points: 10, judge: {step: 0.5}}
  - {id: "5", title: 落实, must: true, pass: 上报}
veto:
  - {title: 作假, ask: 作假, down: 1}
grades:
  - {grade: 好, when: score > 50}
  - {grade: 差}
`

func reviewRubric(t testing.TB) *rubric.Rubric {
	t.Helper()
	r, diags := rubric.Load("r.yaml", []byte(reviewed), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return r
}

func readReturn(t testing.TB, r *rubric.Rubric, body string) *Return {
	t.Helper()
	doc, diags := Open("in/a.yaml", []byte("rubric: r\nname: 甲县\ncode: \"510100\"\nyear: 2024\n"+body), DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return ret
}

const ownData = `data:
  支出: [110, 100]
  上报: 是
  各镇: {东: {人数: 40}, 西: {人数: 60}}
judged: {"3": {level: 优}, "4": {points: 8}, "": {作假: 否}}
`

// told are diagnostics as people read them: place, text, hints.
func told(diags diag.List) string {
	p := text.New("zh")
	var lines []string
	for _, d := range diags {
		line := strings.TrimSpace(d.Pos.String() + " " + p.Sprint(d.Message))
		for _, h := range d.Hints {
			line += "｜" + p.Sprint(h)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// What an inspector found stands in place of what was submitted, and both are kept.
func TestReviewed(t *testing.T) {
	r := reviewRubric(t)
	ret := readReturn(t, r, ownData)
	yaml := `甲县:
  "1": {points: 20分, reason: 只落实一半}
  "2.1": {points: ２０, reason: 现场}
  支出: {value: 0.0105亿元, reason: 决算}
  支出.上年: {value: 99, reason: 决算}
  各镇[西].人数: {value: 45人, reason: 花名册}
  "3": {level: 差, reason: 没有印发}
  .作假: {answer: 是, reason: 材料}
  "5": {met: 未达标, reason: 没有报}
乙县:
  "1": {points: 1, reason: 别的县}
`
	rev, diags := ReadReview("核查/甲.yaml", []byte(yaml), DefaultLimits)
	if len(diags) > 0 {
		t.Fatal(told(diags))
	}
	list := rev.For(ret.Cover)
	if len(list) != 8 {
		t.Fatalf("%d findings of 甲县", len(list))
	}
	got, diags := ret.Reviewed(r, rev, list)
	if len(diags) > 0 {
		t.Fatal(told(diags))
	}
	if c := got.Fields["支出"][0]; c.Number != 105 || c.Pos().File != "甲.yaml" || got.Fields["支出"][1].Number != 99 {
		t.Errorf("支出 is %+v", got.Fields["支出"])
	}
	if got.Tables["各镇"].Columns["人数"][0][1].Number != 45 || got.Answers["3"][""].Text != "差" || got.Answers[""]["作假"].Number != 1 {
		t.Error("other values or answers")
	}
	if c := got.PointsCheck("1"); c == nil || c.Number != 20 || c.Reason != "只落实一半" || c.Pos().Line != 2 {
		t.Errorf("item 1: %+v", c)
	}
	if c := got.PointsCheck("2.1"); c == nil || c.Number != 20 {
		t.Errorf("item 2.1: %+v", c)
	}
	if c := got.PointsCheck("5"); c == nil || c.Number != 0 || c.State != Given {
		t.Errorf("item 5: %+v", c)
	}
	if ret.Fields["支出"][0].Number != 110 || len(ret.Checks) > 0 || len(ret.Files) != 1 {
		t.Error("the original has changed")
	}
	if len(got.Files) != 2 || got.Files[1].Name != "甲.yaml" {
		t.Errorf("files: %v", got.Files)
	}
	own := got.Unchecked()
	if own.Fields["支出"][0].Number != 110 || own.Tables["各镇"].Columns["人数"][0][1].Number != 60 || own.Answers["3"][""].Text != "优" || own.Checks != nil {
		t.Error("what was submitted isn't kept")
	}
	if got.Checks[2].Own.Typed != "110" || got.Checks[2].Path != "支出" {
		t.Errorf("check of 支出: %+v", got.Checks[2])
	}
}

// A list says the same as blocks do.
func TestReviewList(t *testing.T) {
	r := reviewRubric(t)
	ret := readReturn(t, r, ownData)
	rev, diags := ReadReview("a.yaml", []byte("- {code: \"510100\", item: \"1\", points: 3, reason: 一}\n- {unit: 甲县, path: 支出, value: 7, reason: 二}\n"), DefaultLimits)
	if len(diags) > 0 {
		t.Fatal(told(diags))
	}
	got, diags := ret.Reviewed(r, rev, rev.For(ret.Cover))
	if len(diags) > 0 || got.Fields["支出"][0].Number != 7 || got.PointsCheck("1") == nil {
		t.Error(told(diags), got.Checks)
	}
}

// workbook is a review as inspectors keep it: title, merged cells, columns of their own.
func workbook(t testing.TB, rows [][]any, merges ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merges {
		from, to, _ := strings.Cut(m, ":")
		if err := f.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReviewWorkbook(t *testing.T) {
	r := reviewRubric(t)
	ret := readReturn(t, r, ownData)
	data := workbook(t, [][]any{
		{"核查记录"},
		{"序号", "单 位", "编号", "指标", "核查值/核查得分", "核查理由", "核查人"},
		{1, "甲县", "2.1", "规模", 25, "现场", "张三"},
		{2, nil, nil, "各镇[西].人数", "４５", "花名册"},
		{3, nil, "3", "规划", "差", "没有印发"},
		{4, nil, "4", "特色", nil, nil}, // not checked
		{5, "乙县", "1", nil, 30, "查账"},
	}, "A1:G1", "B3:B6")
	rev, diags := ReadReview("核查.xlsx", data, DefaultLimits)
	if len(diags) > 0 {
		t.Fatal(told(diags))
	}
	got, diags := ret.Reviewed(r, rev, rev.For(ret.Cover))
	if len(diags) > 0 {
		t.Fatal(told(diags))
	}
	if len(got.Checks) != 3 || got.PointsCheck("2.1").Number != 25 || got.Answers["3"][""].Text != "差" {
		t.Errorf("%+v", got.Checks)
	}
	if c := got.Tables["各镇"].Columns["人数"][0][1]; c.Number != 45 || c.Pos().Sheet != "Sheet1" || c.Pos().Cell != "E4" {
		t.Errorf("%+v", c)
	}
	if told(rev.Strangers([]Cover{ret.Cover})) != "核查.xlsx!Sheet1!C7 没有“乙县”这个单位的填报数据｜是不是想写“甲县”？" {
		t.Error(told(rev.Strangers([]Cover{ret.Cover})))
	}
}

// CSV comes from other programs in other encodings.
func TestReviewCSV(t *testing.T) {
	csv := "单位,代码,编号,核查得分,理由\n甲县,510100,1,20,账目\n,510100,2.1,5,现场\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(csv)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"utf8": csv, "bom": "\ufeff" + csv, "gbk": gbk, "tabs": strings.ReplaceAll(csv, ",", "\t")} {
		rev, diags := ReadReview("a.csv", []byte(data), DefaultLimits)
		if len(diags) > 0 || len(rev.Findings) != 2 || len(rev.For(Cover{Name: "甲县", Code: "510100"})) != 2 || len(rev.For(Cover{Name: "甲县", Code: "510999"})) != 0 {
			t.Errorf("%s: %s %+v", name, told(diags), rev)
		}
	}
}

// Every mistake is told with its place.
func TestReviewMistakes(t *testing.T) {
	r := reviewRubric(t)
	for _, tt := range []struct{ name, file, data, want string }{
		{"empty", "a.yaml", " ", "a.yaml 文件是空的｜核查文件是一张表"},
		{"a text", "a.yaml", "核查", "a.yaml 核查文件里没有核查结果"},
		{"a picture", "a.xlsx", "\x89PNG", "a.xlsx 这是图片"},
		{"no reason", "a.yaml", "甲县: {\"1\": {points: 3}}", "a.yaml:1:7 核查“1”没有写理由"},
		{"no value", "a.yaml", "甲县: {\"1\": {reason: 无}}", "a.yaml:1:11 要写 points、met、letter、level、value、answer 中的一个"},
		{"two values", "a.yaml", "甲县: {\"1\": {points: 3, value: 4, reason: 无}}", "a.yaml:1:11 要写 points"},
		{"unknown key", "a.yaml", "甲县: {\"1\": {point: 3, reason: 无}}", "a.yaml:1:12 未知的键“point”"},
		{"unknown item", "a.yaml", "甲县: {\"9\": {points: 3, reason: 无}}", "a.yaml:1:7 评分细则里没有项目“9”｜它的项目有：1 2.1 3 4 5"},
		{"unknown value", "a.yaml", "甲县: {支岀: {value: 3, reason: 无}}", "a.yaml:1:6 评分细则里没有“支岀”｜是不是想写“支出”？"},
		{"unknown row", "a.yaml", "甲县: {\"各镇[南].人数\": {value: 3, reason: 无}}", "a.yaml:1:10 评分细则里没有“南”"},
		{"computed", "a.yaml", "甲县: {年数: {value: 3, reason: 无}}", "“年数”由公式算出，不用填报"},
		{"too many points", "a.yaml", "甲县: {\"1\": {points: 41, reason: 无}}", "a.yaml:1:20 1 投入：41 大于允许的最大值 40"},
		{"negative points", "a.yaml", "甲县: {\"1\": {points: -1, reason: 无}}", "1 投入：-1 小于允许的最小值 0"},
		{"vague", "a.yaml", "甲县: {支出: {value: 300余, reason: 无}}", "支出：“300余”不是数字"},
		{"no level", "a.yaml", "甲县: {\"3\": {level: 良, reason: 无}}", "“良”不在选项之内"},
		{"twice", "a.csv", "单位,编号,核查得分,理由\n甲县,1,3,一\n甲县,1,4,二\n", "a.csv:3:4 1 核查了两次而不同：这里是“4”，a.csv:2:6 是“3”"},
		{"twice the same", "a.csv", "单位,编号,核查得分,理由\n甲县,1,3,一\n甲县,1,3.0,二\n", ""},
		{"whose", "a.csv", "单位,编号,核查得分,理由\n,1,3,一\n", "a.csv:2:2 这一行没有写“1”是哪个单位的"},
		{"of what", "a.csv", "单位,编号,核查得分,理由\n甲县,,3,一\n", "这一行没有写核查的是哪一项"},
		{"reason alone", "a.csv", "单位,编号,核查得分,理由\n甲县,1,,一\n", "“1”没有写核查值或核查得分"},
		{"no column", "a.csv", "单位,编号,核查得分\n甲县,1,3\n", "a.csv:1:1 核查文件缺少“理由”这一列"},
		{"both", "a.csv", "单位,编号,核查得分,核查值,理由\n甲县,1,3,4,一\n", "a.csv:2:6 这一行既写了核查值，又写了核查得分"},
		{"item and value", "a.csv", "单位,编号,指标,核查,理由\n甲县,1,支出,4,一\n", "a.csv:2:4 这一行可能指项目 1，也可能指数据项 支出"},
		{"value of item", "a.csv", "单位,编号,指标,核查值,理由\n甲县,1,支出,4,一\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ret := readReturn(t, r, ownData)
			rev, diags := ReadReview(tt.file, []byte(tt.data), DefaultLimits)
			if rev != nil && !diags.HasErrors() {
				_, more := ret.Reviewed(r, rev, rev.For(ret.Cover))
				diags = append(diags, more...)
			}
			if got := told(diags); tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestStrangers(t *testing.T) {
	rev, _ := ReadReview("a.yaml", []byte("城关区: {\"1\": {points: 3, reason: 无}}\n"), DefaultLimits)
	two := []Cover{{Name: "城关区", Code: "1"}, {Name: "城关区", Code: "2"}}
	if got := told(rev.Strangers(two)); !strings.Contains(got, "有几份填报数据的单位都叫“城关区”") {
		t.Error(got)
	}
	if got := told(rev.Strangers(two[:1])); got != "" {
		t.Error(got)
	}
	rev, _ = ReadReview("a.yaml", []byte("- {unit: 乙县, code: \"1\", item: \"1\", points: 3, reason: 无}\n"), DefaultLimits)
	if got := told(rev.Strangers(two)); !strings.Contains(got, "没有“1 乙县”这个单位的填报数据｜代码 1 是城关区的") {
		t.Error(got)
	}
}

// Claims are cleaned as everything else; what can't be is a problem with its place.
func TestClaimed(t *testing.T) {
	r := reviewRubric(t)
	ret := readReturn(t, r, ownData+"claimed: {\"5\": 达标, \"1\": ８分, \"2.1\": 30.5, \"4\": -1, \"3\": , total: 八十}\n")
	var got []string
	for _, c := range ret.Claims {
		got = append(got, c.Item+"="+strconv.Itoa(int(c.State))+"/"+strconv.FormatFloat(c.Number, 'f', -1, 64))
	}
	if want := "1=1/8 2.1=3/30.5 4=3/-1 5=1/1 =3/0"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, " "), want)
	}
	problems := told(ret.Problems)
	for _, want := range []string{"a.yaml:10:36 2.1 规模：30.5 大于允许的最大值 30", "4 特色：-1 小于允许的最小值 0", "总分：“八十”不是数字"} {
		if !strings.Contains(problems, want) {
			t.Errorf("no %q in\n%s", want, problems)
		}
	}
	doc, _ := Open("a.yaml", []byte("rubric: r\nclaimed: {\"7\": 1}\ndata: {}\n"), DefaultLimits)
	if _, diags := doc.Read(r); !strings.Contains(told(diags), "a.yaml:2:12 评分细则里没有“7”") {
		t.Error(told(diags))
	}
}

func TestClaimedCSV(t *testing.T) {
	r := reviewRubric(t)
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, f := range [][2]string{{"单值.csv", "名称,本年\n支出,110\n"}, {"自评得分.csv", "编号,名称,分值,自评得分\n1,投入,40,38 分\n2.1,规模,30,\n8,无,1,1\n总分,,,９０\n"}} {
		part, err := w.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	doc, diags := Open("甲县.zip", buf.Bytes(), DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(told(diags))
	}
	ret, diags := doc.Read(r)
	if diags.HasErrors() {
		t.Fatal(told(diags))
	}
	one, _ := ret.Claim("1")
	total, _ := ret.Claim("")
	if len(ret.Claims) != 2 || one.Number != 38 || total.Number != 90 {
		t.Errorf("%+v", ret.Claims)
	}
	if !strings.Contains(told(ret.Problems), "8") {
		t.Error(told(ret.Problems))
	}
}

// Whatever stands in a review, reading and applying it ends, and what was submitted
// can be had again.
func FuzzReview(f *testing.F) {
	r := reviewRubric(f)
	f.Add("a.yaml", []byte("甲县: {\"1\": {points: 3, reason: 无}, 支出: {value: 3, reason: 无}, .作假: {answer: 是, reason: 无}}"))
	f.Add("a.yaml", []byte("- {unit: 甲县, item: \"3\", level: 差, reason: 无}"))
	f.Add("a.csv", []byte("单位,编号,指标,核查得分,核查值,理由\n甲县,1,,3,,一\n甲县,,各镇[东].人数,,7,二\n"))
	f.Add("a.xlsx", workbook(f, [][]any{{"单位", "编号", "核查得分", "理由"}, {"甲县", "1", 3, "无"}}, "A2:A3"))
	limits := DefaultLimits
	limits.FileSize, limits.Unpacked, limits.Cells = 1<<20, 1<<20, 10_000
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		rev, diags := ReadReview(name, data, limits)
		if rev == nil {
			if !diags.HasErrors() {
				t.Error("neither a review nor an error")
			}
			return
		}
		ret := readReturn(t, r, ownData)
		out, _ := ret.Reviewed(r, rev, rev.Findings)
		own := out.Unchecked()
		for field, cells := range ret.Fields {
			if !slices.EqualFunc(cells, own.Fields[field], func(a, b Cell) bool { return same(a, b) && a.Pos() == b.Pos() }) {
				t.Errorf("%s was %v, is %v", field, cells, own.Fields[field])
			}
		}
	})
}
