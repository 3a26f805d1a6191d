package assessment

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/returns"
	"dudao/engine/text"
	"dudao/reports/book"
)

// cells of a sheet by the text of their row's cell in a column.
func findRow(t *testing.T, b *book.Book, sheet string, col int, value any) []book.Cell {
	t.Helper()
	for _, s := range b.Sheets {
		if s.Name != sheet {
			continue
		}
		for _, row := range s.Rows {
			if len(row.Cells) > col && row.Cells[col].Value == value {
				return row.Cells
			}
		}
	}
	t.Fatalf("no row with %v in sheet %s", value, sheet)
	return nil
}

// TestStates: an item nobody has decided shows a word, never a number.
func TestStates(t *testing.T) {
	cards := all(t)
	b := cards["levels"].book("zh")
	const number, full, own, why = 2, 4, 10, 12
	for _, want := range []struct {
		id    string
		state engine.State
		full  any
		own   any
		why   string
	}{
		{"1.1", engine.Partial, 10.0, 8.0, "部分得分。\n"},
		{"1.2", engine.Full, 10.0, 10.0, "每低1个百分点"},
		{"1.3", engine.None, 10.0, 0.0, "不得分。\n"},
		{"1.5", engine.Missing, 5.0, "缺数据", "缺数据："},
		{"2.1", engine.Open, 10.0, "待评定", "待评定："},
		{"2.2", engine.Inapplicable, "10\n不计", "不适用", "不适用："},
		{"2.3", engine.Failed, 5.0, "计算错误", "计算错误："},
	} {
		if got := cards["levels"].card.Item(want.id).State; got != want.state {
			t.Fatalf("%s is %v, the test wants %v", want.id, got, want.state)
		}
		row := findRow(t, b, "自评打分表", number, want.id)
		if row[full].Value != want.full || row[own].Value != want.own {
			t.Errorf("%s: full %v own %v, want %v %v", want.id, row[full].Value, row[own].Value, want.full, want.own)
		}
		if got := row[why].Value.(string); !strings.HasPrefix(got, want.why) {
			t.Errorf("%s: %q does not begin with %q", want.id, got, want.why)
		}
	}
	if row := findRow(t, b, "自评打分表", 0, "总分"); row[own].Value != "31～51" {
		t.Errorf("the total is %v although some of it is open", row[own].Value)
	}
}

// What is lost comes first, the largest first; then what is undecided.
func TestLossesAreSorted(t *testing.T) {
	for _, s := range all(t)["levels"].book("zh").Sheets {
		if s.Name != "问题与整改" {
			continue
		}
		var got []string
		for _, row := range s.Rows[s.FreezeRows:] {
			if title, ok := row.Cells[1].Value.(string); ok { // the first row of an item
				id, _, _ := strings.Cut(title, " ")
				got = append(got, id)
			}
		}
		if want := []string{"1.3", "1.4", "1.1", "1.5", "2.1", "2.3"}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		return
	}
	t.Fatal("no such sheet")
}

func TestNothingLost(t *testing.T) {
	s := score(t, funding(t), "county.yaml", `
rubric: funding-no-decrease
name: 某县
year: 2021
data:
  一般公共预算教育支出: [101, 100]
  各学段: {幼儿园: 不适用, 普通小学: 不适用, 普通初中: 不适用, 普通高中: 不适用, 中等职业学校: 不适用}
  义务教育教师平均工资: 2
  公务员平均工资: 1
`)
	got := dump(t, workbook(t, s.book("zh")))
	for _, want := range []string{"没有失分的项目，也没有未确定的项目。", "未发现数据问题。", "= 100 / 100"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestUnverifiedIsListed(t *testing.T) {
	got := dump(t, workbook(t, all(t)["levels"].book("zh")))
	for _, want := range []string{"项目：1.1 ", "项目：1.3", "部分：一、", "否决：巩固率过低"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
}

// What a section rests on stands at its items; what a veto rests on, at the veto.
func TestBasisIsShown(t *testing.T) {
	got := dump(t, workbook(t, all(t)["levels"].book("zh")))
	for _, want := range []string{"依据：某发〔2023〕8号", "等级：不合格", "依据：某发〔2024〕1号", "说明：以年报为准"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
}

// The report is a return, too: read again, it has the same values.
func TestReadsBack(t *testing.T) {
	for name, s := range all(t) {
		for _, lang := range []string{"zh", "en"} {
			r := s.program.Rubric
			got := read(t, r, "report.xlsx", workbook(t, s.book(lang)))
			if got.Rubric != r.Ref() {
				t.Errorf("%s: the report is for %v", name, got.Rubric)
			}
			if got.Cover != s.ret.Cover {
				t.Errorf("%s: cover\n got %+v\nwant %+v", name, got.Cover, s.ret.Cover)
			}
			for _, field := range slices.Sorted(maps.Keys(s.ret.Fields)) {
				sameCells(t, name+" "+field, got.Fields[field], s.ret.Fields[field])
			}
			for _, table := range slices.Sorted(maps.Keys(s.ret.Tables)) {
				for column, years := range s.ret.Tables[table].Columns {
					for back := range years {
						sameCells(t, name+" "+form.NameOf(table, column, back), got.Tables[table].Columns[column][back], years[back])
					}
				}
			}
			for item, answers := range s.ret.Answers {
				for ask, want := range answers {
					a := got.Answers[item][ask]
					sameCells(t, name+" "+ask, []returns.Cell{a.Cell}, []returns.Cell{want.Cell})
					if a.Note != want.Note || !slices.Equal(a.Evidence, want.Evidence) {
						t.Errorf("%s %s: got %+v, want %+v", name, ask, a, want)
					}
				}
			}
			if len(got.Problems) != len(s.ret.Problems) {
				t.Errorf("%s: problems %v, want %v", name, got.Problems, s.ret.Problems)
			}
		}
	}
}

// What a unit says to its figures stands beside the problem, in the remarks and in
// a list, from which it is read again.
func TestReasonsReadBack(t *testing.T) {
	s := all(t)["levels"]
	field := slices.Sorted(maps.Keys(s.ret.Fields))[0]
	ret := s.ret.Clone()
	ret.Fields[field][0] = returns.Cell{}
	ret.Reasons = []returns.Reason{{About: field, Text: "正在核实", Remark: true}, {About: "别的", Text: "口径调整"}}
	card := s.program.Score(ret)
	if !slices.ContainsFunc(card.Problems, func(p engine.Problem) bool { return p.Reason == "正在核实" }) {
		t.Fatalf("no problem has the reason: %v", card.Problems)
	}
	b := Book(s.program, ret, card, text.New("zh"), "test")
	if got, _, _ := strings.Cut(dump(t, workbook(t, b)), "== "+returns.MetaSheet); strings.Count(got, "正在核实") != 3 || !strings.Contains(got, "填报单位说明：正在核实") {
		t.Errorf("the reason stands in %d places", strings.Count(got, "正在核实"))
	}
	got := read(t, s.program.Rubric, "report.xlsx", workbook(t, b)).Reasons
	if len(got) != 2 || got[0].About != field || got[0].Text != "正在核实" || got[1].About != "别的" || got[1].Text != "口径调整" {
		t.Errorf("read again: %+v", got)
	}
}

func sameCells(t *testing.T, what string, got, want []returns.Cell) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d cells, want %d", what, len(got), len(want))
		return
	}
	for i := range got {
		g, w := got[i], want[i]
		if g.State != w.State || g.Number != w.Number || g.Text != w.Text {
			t.Errorf("%s, cell %d: got %+v, want %+v", what, i, g, w)
		}
	}
}

// Level cells cover their items, so a sheet must stay within its columns.
func TestMergedLevels(t *testing.T) {
	for _, s := range all(t)["levels"].book("zh").Sheets {
		if s.Name != "自评打分表" {
			continue
		}
		var got []string
		for _, m := range s.Merges {
			if m.From.Col <= 2 && m.To.Col <= 2 {
				got = append(got, m.String())
			}
		}
		slices.SortFunc(got, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
		if want := []string{"A4:A8", "B4:B5", "B6:B8", "A10:B12", "A14:B14"}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

func TestFit(t *testing.T) {
	have := []float64{32, 14, 16, 16, 16, 16, 16, 16}
	for _, c := range []struct {
		wanted []float64
		spans  []int
	}{
		{[]float64{34, 46}, []int{1, 3}},
		{[]float64{32, 8, 16, 16, 40, 20, 16}, []int{1, 1, 1, 1, 2, 1, 1}},
		{[]float64{20, 16, 16}, []int{1, 1, 1}},
		{[]float64{10, 44, 14, 40, 30}, []int{1, 3, 1, 2, 1}},
	} {
		if got := fit(c.wanted, have); !slices.Equal(got, c.spans) {
			t.Errorf("%v: got %v, want %v", c.wanted, got, c.spans)
		}
	}
}

// Rows that lack the same stand together; long lists are cut and say where the rest
// is.
func TestLongListsAreCut(t *testing.T) {
	s := all(t)["levels"]
	w := writer{Printer: text.New("zh"), card: s.card, dataName: "数据", tableSheets: map[string]string{"学校": "学校_"}}
	lack := func(row, words string) engine.Lack {
		return engine.Lack{Table: "学校", Row: row, Words: diag.P(diag.Verbatim(words)), Changes: []engine.Change{{Pos: diag.Pos{File: "a.xlsx", Sheet: "学校", Cell: "B" + row}}}}
	}
	var gap engine.Gap
	for i := range 14 {
		gap.Lacks = append(gap.Lacks, lack(strconv.Itoa(i+1), "还差 1 人"))
	}
	lines := w.lackLines(gap)
	if len(lines) != 1 || lines[0].text != "1、2、3、4、5、6、7、8、9、10、11、12等，共 14 行（见工作表“学校_”）：还差 1 人" || lines[0].cells != "学校!B1、B2、B3、B4、B5、B6…" {
		t.Errorf("got %q", lines)
	}
	for i := range 30 {
		gap.Lacks = append(gap.Lacks, lack(strconv.Itoa(i), "还差 "+strconv.Itoa(i+2)+" 人"))
	}
	lines = w.lackLines(gap)
	if len(lines) != mostLines+1 || lines[mostLines].text != "另有 6 行，见工作表“学校_”" {
		t.Errorf("%d lines, the last is %q", len(lines), lines[len(lines)-1])
	}
}

// Where nothing is given in points, the report speaks of items met or of letters.
func TestOtherKindsShowNoPoints(t *testing.T) {
	for _, c := range []struct {
		rubric, data string
		want         []string
	}{
		{"pass-only", "data: {最大班额: 46, 有寄宿生: 是, 生均宿舍面积: 3.5}\n",
			[]string{"已定达标 1 项（共 3 项）", "= 未达标 | ", "未达到或未完全达到 1 项；未确定 1 项。"}},
		{"letters", "data: {学历达标率: 90}\njudged: {\"1.2\": {level: 成制度}}\n",
			[]string{"= B | ", "C～A", "未达到或未完全达到 1 项；未确定 1 项。"}},
	} {
		s := score(t, file(t, "rubrics", "testdata", "idioms", c.rubric+".yaml"), "r.yaml", "rubric: "+c.rubric+"\n"+c.data)
		got := dump(t, workbook(t, s.book("zh")))
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %s", c.rubric, want)
			}
		}
		for _, nonsense := range []string{"（0分）", "自评得分 / 满分", "失分 ", "部分得分"} {
			if strings.Contains(got, nonsense) {
				t.Errorf("%s: says %s", c.rubric, nonsense)
			}
		}
	}
}

// A lost item stands over as many rows as it lacks things, each with the change that
// mends it and where the data stand; what is undecided stands in a band of its own.
func TestLossesSayWhatIsMissing(t *testing.T) {
	b := all(t)["levels"].book("zh")
	for _, want := range []struct {
		item         string
		points       any
		lack, places string
	}{
		{"1.1 九年义务教育巩固率", 2.0, "九年义务教育巩固率还差 1.685 个百分点（现 96.315，需 98）", "第 10 行"},
		{"1.5 心理健康教师", "5 分待定", "缺数据：填的“10余人”无法识别，数据项 心理教师数（15:10）。", "第 15 行"},
	} {
		row := findRow(t, b, "问题与整改", 1, want.item)
		if row[2].Value != want.points || row[4].Value != want.lack || row[5].Value != want.places {
			t.Errorf("%s: %v, %q at %q", want.item, row[2].Value, row[4].Value, row[5].Value)
		}
	}
	findRow(t, b, "问题与整改", 0, "尚未确定（缺数据、待评定）")
}
