package cases_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/formula"
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
	var files []string
	for _, pattern := range []string{"../../rubrics/*_test.yaml", "../../rubrics/testdata/idioms/*_test.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatal("no tests found", err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			suite, diags := cases.Load(file, text)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			p := compileFile(t, filepath.Join(filepath.Dir(file), suite.Rubric.Text))
			for _, c := range suite.Make(p.Rubric, readBeside(file)) {
				if c.Diags.HasErrors() {
					continue
				}
				live := p.Live(c.Return, p.Score(c.Return), liveWords)
				checkTexts(t, c.Name.Text, live)
				for _, d := range live.Differ {
					t.Errorf("%s: %s\n got %v\nwant %v", c.Name.Text, d.Cell.Name, d.Got, d.Want)
				}
			}
		})
	}
}

func readBeside(file string) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(filepath.Dir(file), filepath.FromSlash(strings.TrimSpace(name))))
	}
}

// checkTexts looks at every formula as it would be written.
func checkTexts(t *testing.T, name string, live *engine.Live) {
	t.Helper()
	cells := slices.Clone(live.Steps)
	for _, columns := range live.Columns {
		cells = append(cells, columns...)
	}
	for _, i := range live.Items {
		cells = append(cells, i.Result, i.Points, i.Lower, i.Upper, i.Full)
		for _, c := range []*sheet.Cell{i.Value, i.Target, i.Gap, i.Outcome} {
			if c != nil {
				cells = append(cells, c)
			}
		}
	}
	for _, c := range cells {
		if c.Formula == nil {
			continue
		}
		if text := c.Formula.Write().In("12", func(*sheet.Cell) string { return "AB" }); len([]rune(text)) > 200 {
			t.Errorf("%s: %s is %d characters long: %s", name, c.Name, len([]rune(text)), text)
		}
	}
}
