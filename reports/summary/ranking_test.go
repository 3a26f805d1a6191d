package summary

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/reports/book"
)

const twoParts = `id: two
title: 两部分
version: "1"
scored: 县
round: none
data:
  基本情况:
    fields:
      甲: {}
      乙: {}
items:
  - title: 第一部分
    items:
      - {id: "1", title: 甲项, points: 6, pass: 甲 > 0}
  - title: 第二部分
    items:
      - {id: "2", title: 乙项, points: 4, pass: 乙 > 0}
grades:
  - {grade: 好, from: 80}
  - {grade: 差}
`

// result is a record of two items with these points.
func result(name string, a, b float64) batch.Record {
	item := func(id string, points, full float64) batch.Item {
		state := engine.Partial
		switch points {
		case full:
			state = engine.Full
		case 0:
			state = engine.None
		}
		return batch.Item{ID: id, State: state, Amount: engine.Amount{Points: points, Lower: points, Upper: points, Full: full}}
	}
	r := batch.Record{Source: name + ".xlsx", Cover: returns.Cover{Name: name}, Items: []batch.Item{item("1", a, 6), item("2", b, 4)}, Complete: true}
	r.Sections = []engine.Amount{r.Items[0].Amount, r.Items[1].Amount}
	r.Total = engine.Amount{Points: a + b, Lower: a + b, Upper: a + b, Full: 10}
	r.Rate = 10 * (a + b)
	r.Grade = engine.GradeRange{Lower: "差", Upper: "差"}
	if a+b >= 8 {
		r.Grade = engine.GradeRange{Lower: "好", Upper: "好"}
	}
	return r
}

// sheetNamed prints the cells of a sheet, a line for each row.
func sheetNamed(t *testing.T, b *book.Book, name string) []string {
	t.Helper()
	for _, s := range b.Sheets {
		if s.Name != name {
			continue
		}
		var out []string
		for _, row := range s.Rows {
			var cells []string
			for _, c := range row.Cells {
				if c.Value != nil {
					cells = append(cells, fmt.Sprint(c.Value))
				}
			}
			out = append(out, strings.Join(cells, " "))
		}
		return out
	}
	t.Fatalf("no sheet %s", name)
	return nil
}

// Ties share the better place, what is open counts at its least, groups have ranks of
// their own, and what failed isn't ranked.
func TestRanking(t *testing.T) {
	open := result("丁", 6, 0)
	open.Items[1].State, open.Items[1].Upper, open.Total.Upper, open.Complete = engine.Missing, 4, 10, false
	open.Sections[1].Upper, open.Grade.Upper = 4, "好"
	in := Input{Program: compile(t, []byte(twoParts)), Group: "市", Groups: []string{"东", "西", "东", "西", "东", "西"}, Records: []batch.Record{
		result("甲", 6, 2.5), open, result("丙", 6, 2.5), result("戊", 6, 4),
		batch.Record{Source: "坏.xlsx", Failed: batch.Findings(diag.List{{Message: diag.M("the file can’t be read"), Pos: diag.Pos{File: "坏.xlsx"}}})}, result("己", 0, 4),
	}}
	b := make1(in, "zh")
	want := []string{
		"1 戊 西 1 6 4 10 10 100 好 — —",
		"2 丙 东 1 6 2.5 8.5 10 85 好 — —",
		"2 甲 东 1 6 2.5 8.5 10 85 好 — —",
		"4 丁 西 2 6 0 6 10 60 差～好 6～10 —",
		"5 己 西 3 0 4 4 10 40 差 — —",
	}
	if got := sheetNamed(t, b, "排名")[3:]; !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	want = []string{
		"2 乙项 4 2 2 0 0 1 0 0 50 81.25 甲（2.5）、丙（2.5）",
		"1 甲项 6 4 0 1 0 0 0 0 80 80 己（0）",
	}
	slices.Reverse(want) // the weaker by its mean comes first
	if got := sheetNamed(t, b, "各项达标情况")[3:5]; got[0][:len(want[0])] != want[0] || got[1][:len(want[1])] != want[1] {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := sheetNamed(t, b, "未能评分")[3]; got != "坏.xlsx — — 文件无法读取 " {
		t.Errorf("the failure is %q", got)
	}
}

// Where not the same points count in full, the rate decides.
func TestRankedByRate(t *testing.T) {
	small := result("乙", 6, 0)
	small.Total.Full, small.Rate, small.Items[1].State, small.Items[1].Full, small.Sections[1].Full = 6, 100, engine.Inapplicable, 0, 0
	small.Grade = engine.GradeRange{Lower: "好", Upper: "好"}
	got := sheetNamed(t, make1(Input{Program: compile(t, []byte(twoParts)), Records: []batch.Record{result("甲", 6, 2), small}}, "zh"), "排名")
	if !strings.HasPrefix(got[3], "1 乙 6 0 6 6 100") || !strings.Contains(got[1], "按得分率排名") {
		t.Error(strings.Join(got, "\n"))
	}
}
