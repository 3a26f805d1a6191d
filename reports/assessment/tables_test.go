package assessment

import (
	"strings"
	"testing"

	"dudao/reports/book"
)

func sheetOf(t *testing.T, b *book.Book, name string) *book.Sheet {
	t.Helper()
	for _, s := range b.Sheets {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no sheet %s", name)
	return nil
}

// standards has a column that no item reads, but which has a standard; and a
// coefficient of variation.
const standards = `
id: standards
title: 标准
version: "1"
params: {标准: {小学: 4.5, 初中: 5.8}}
data:
  学校:
    key: 校名
    columns:
      学段: {choice: [小学, 初中]}
      学生数: {unit: 人, type: whole, min: 0, note: 在籍学生}
      面积: {unit: ㎡, min: 0}
      生均面积: {unit: ㎡, formula: "ratio(面积, 学生数)", pass: "value >= 标准[学段]"}
items:
  - {id: "1", title: 差异系数, points: 5, value: "cv(学校.生均面积, 学校.学生数)", pass: value <= 0.3}
  - {id: "2", title: 安全, points: 5, deduct: [{take: 1, each: 学校, where: 学生数 > 400, for: 每有1所过大的学校}]}
`

const standardsReturn = `
rubric: standards
name: 某县
year: 2024
data:
  学校:
    - {校名: 甲, 学段: 小学, 学生数: 100, 面积: 500}
    - {校名: 乙, 学段: 小学, 学生数: 500, 面积: 1000}
    - {校名: 丙, 学段: 初中, 学生数: 100, 面积: 900}
`

// A table prints its rows, how each was judged and a summary; what formulas need
// besides stands right of that.
func TestTableSheet(t *testing.T) {
	s := sheetOf(t, score(t, standards, "r.yaml", standardsReturn).book("zh"), "学校")
	heads := s.Rows[s.FreezeRows-2].Cells
	var printed, beside []string
	for i, c := range heads {
		if text, ok := c.Value.(string); ok {
			if i < s.PrintArea.To.Col {
				printed = append(printed, text)
			} else {
				beside = append(beside, text)
			}
		}
	}
	if got := strings.ReplaceAll(strings.Join(printed, "|"), "\n", ""); got != "校名|学段|学生数（人）|面积（㎡）|生均面积（㎡）|生均面积达标|第 2 项 每有1所过大的学校：扣分" {
		t.Errorf("printed: %s", got)
	}
	if len(beside) == 0 {
		t.Error("no helpers beside the table")
	}
	if s.PrintArea.To.Row < len(s.Rows)-1 {
		t.Errorf("%d of %d rows are printed", s.PrintArea.To.Row, len(s.Rows))
	}
	flags := map[string][2]any{"甲": {1.0, 0.0}, "乙": {0.0, 1.0}, "丙": {1.0, 0.0}}
	seen := map[string][]book.Cell{}
	for _, row := range s.Rows {
		if len(row.Cells) > 6 {
			if name, ok := row.Cells[0].Value.(string); ok {
				seen[name] = row.Cells
			}
		}
	}
	for name, want := range flags {
		if got := [2]any{seen[name][5].Value, seen[name][6].Value}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	for label, want := range map[string][2]any{"填报行数": {3.0, 3.0}, "平均": {700.0 / 3, 800.0}, "最小": {100.0, 500.0}, "最大": {500.0, 1000.0}} {
		if got := [2]any{seen[label][2].Value, seen[label][3].Value}; got != want || seen[label][2].Formula == "" {
			t.Errorf("%s: %v, want %v", label, got, want)
		}
	}
	if got := [2]any{seen["不达标行数"][5].Value, seen["不达标行数"][6].Value}; got != [2]any{1.0, 1.0} {
		t.Errorf("rows that fail: %v", got)
	}
	if seen["差异系数"][4].Formula == "" || seen["差异系数"][4].Link == nil {
		t.Error("the coefficient of variation doesn't stand below its column")
	}
	if len(s.Charts) != 1 || len(s.Conditions) < 4 {
		t.Errorf("%d charts, %d conditions", len(s.Charts), len(s.Conditions))
	}
}

// Clicks lead from an item to its problem and its data, and back.
func TestLinks(t *testing.T) {
	b := all(t)["failing"].book("zh")
	to := func(sheet string, col int, value any) string {
		c := findRow(t, b, sheet, col, value)[col]
		if c.Link == nil {
			return ""
		}
		return c.Link.Sheet
	}
	if got := to("自评打分表", 1, "3"); got != "问题与整改" {
		t.Errorf("an item leads to %q", got)
	}
	if got := to("数据", 0, "公务员平均工资"); got != "自评打分表" {
		t.Errorf("a figure leads to %q", got)
	}
	if c := findRow(t, b, "自评打分表", 1, "2")[5]; c.Link == nil || c.Link.Sheet != "各学段" {
		t.Errorf("the value of rows leads to %v", c.Link)
	}
}
