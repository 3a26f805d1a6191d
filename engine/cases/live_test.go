package cases_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
)

var liveWords = engine.LiveWords{
	Words: formula.Words{Inapplicable: "不适用", Open: "待评定", Missing: "缺数据", Failed: "计算错误", Yes: "是", No: "否"},
	Step:  "计算", In: "在内", Answer: "评定", Evidence: "佐证", Value: "实际值", Target: "目标值", Gap: "差距", Result: "结果",
	Points: "得分", Upper: "上限", Lower: "下限", Full: "满分", Outcome: "结论", Letter: "字母", Sum: "小计", Total: "总分", Met: "达标", NotMet: "未达标",
}

// What the formulas of a workbook come to is what was scored, in every case of every
// rubric.
func TestLiveFormulasAgree(t *testing.T) {
	for _, s := range suites(t) {
		t.Run(filepath.Base(s.file), func(t *testing.T) {
			p := s.program
			for _, c := range s.made {
				ret := c.Placed(p)
				live := p.Live(ret, p.Score(ret), liveWords)
				checkTexts(t, c.Name.Text, p, live)
				for _, d := range live.Differ {
					t.Errorf("%s: %s\n got %v\nwant %v", c.Name.Text, d.Cell.Name, d.Got, d.Want)
				}
				form := p.LiveForm(c.Return, someRoom(p.Rubric, c.Return), liveWords)
				checkTexts(t, c.Name.Text, p, form)
				for _, d := range form.Differ {
					t.Errorf("%s, on a form: %s %s\n got %v\nwant %v", c.Name.Text, d.Cell.Name, d.Cell.Plain.Key, d.Got, d.Want)
				}
			}
		})
	}
}

// someRoom is room on a form for some more rows than a return has.
func someRoom(r *rubric.Rubric, ret *returns.Return) map[string]int {
	rows := map[string]int{}
	for _, b := range r.Data {
		if b.Value.IsTable() && !b.Value.IsView() && b.Value.IsOpen() {
			rows[b.Key.Text] = len(ret.Tables[b.Key.Text].Keys) + 3
		}
	}
	return rows
}

func readBeside(file string) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(filepath.Dir(file), filepath.FromSlash(strings.TrimSpace(name))))
	}
}

// computedCells are the cells of all that is computed: what a rubric declares, what is
// computed on the way, items, sums, the total.
func computedCells(p *engine.Program, live *engine.Live) []*sheet.Cell {
	cells := slices.Clone(live.Steps)
	for _, table := range slices.Sorted(maps.Keys(live.Columns)) {
		cells = append(cells, live.Columns[table]...)
	}
	for _, b := range p.Rubric.Data {
		for _, f := range b.Value.Fields {
			if f.Value.Formula.Given() && !f.Value.Enterable {
				cells = append(cells, live.Value("", f.Key.Text, 0))
			}
		}
		for _, f := range b.Value.Columns {
			if f.Value.Formula.Given() && !f.Value.Enterable {
				cells = append(cells, live.Value(b.Key.Text, f.Key.Text, 0))
			}
		}
	}
	for _, i := range live.Items {
		cells = append(cells, i.Value, i.Target, i.Gap, i.Result, i.Points, i.Lower, i.Upper, i.Full, i.Outcome)
	}
	for _, s := range append(slices.Clone(live.Sums), live.Total.LiveSum) {
		cells = append(cells, s.Points, s.Lower, s.Upper, s.Full, s.Letter[0], s.Letter[1])
	}
	cells = append(cells, live.Total.Rate, live.Total.Grade[0], live.Total.Grade[1])
	return slices.DeleteFunc(cells, func(c *sheet.Cell) bool { return c == nil })
}

// checkTexts looks at every formula as it would be written.
func checkTexts(t *testing.T, name string, p *engine.Program, live *engine.Live) {
	t.Helper()
	for _, c := range computedCells(p, live) {
		if c.Formula == nil {
			continue
		}
		if text := c.Formula.Write().In("1234", func(*sheet.Cell) string { return "AB" }); len([]rune(text)) > 200 {
			t.Errorf("%s: %s is %d characters long: %s", name, c.Name, len([]rune(text)), text)
		}
	}
}

// At least 95 % of what the shipped rubrics compute is a formula; whatever is none says
// why.
func TestShippedRubricsAreLive(t *testing.T) {
	if testing.Short() {
		t.Skip("counts in all of them")
	}
	suites(t)
	var all, with int
	for _, s := range authored.shipped {
		file, p := filepath.Base(s.file), s.program
		own, formulas, why := 0, 0, map[string]int{}
		for i, c := range s.made {
			if i%4 > 0 { // enough to meet every kind of return
				continue
			}
			for _, cell := range computedCells(p, p.Live(c.Return, p.Score(c.Return), liveWords)) {
				own += len(cell.Values)
				switch {
				case cell.Formula != nil:
					formulas += len(cell.Values)
				case cell.Plain.IsZero():
					t.Errorf("%s: %s: %s has no formula and doesn’t say why", file, c.Name.Text, cell.Name)
				default:
					why[cell.Plain.Key] += len(cell.Values)
				}
			}
		}
		t.Logf("%s: %d of %d computed cells are live (%.2f %%), %v", file, formulas, own, 100*float64(formulas)/float64(own), why)
		all, with = all+own, with+formulas
	}
	share := 100 * float64(with) / float64(all)
	t.Logf("in all %d of %d (%.2f %%)", with, all, share)
	if share < 95 {
		t.Errorf("only %.2f %% of the computed cells are formulas", share)
	}
}
