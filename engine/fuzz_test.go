package engine_test

import (
	"os"
	"path/filepath"
	"testing"

	"dudao/engine"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

// Whatever stands in a rubric and in a return: no panic, every diagnostic has a
// place, a scorecard can be put into words, every item explained, coverage
// watched without another result, the formulas of a report written, and a batch
// compared: two that are equal have the same place.
func FuzzScore(f *testing.F) {
	rubrics, _ := filepath.Glob("../rubrics/testdata/idioms/*.yaml")
	for _, file := range append(rubrics, "../rubrics/funding-no-decrease.yaml") {
		if data, err := os.ReadFile(file); err == nil {
			f.Add(data, []byte("rubric: r\nyear: 2021\ndata: {甲: [1, 2], 各学段: {幼儿园: {生均教育支出: [1, 2]}}, 学校: [{学校名称: 一小, 学生数: 30}]}\njudged: {\"1\": {level: 优}}\n"))
		}
	}
	f.Fuzz(func(t *testing.T, rubricText, returnText []byte) {
		r, diags := rubric.Load("../rubrics/r.yaml", rubricText, beside)
		for _, d := range diags {
			if d.Pos.File == "" {
				t.Errorf("no place: %s", d.Message.Key)
			}
		}
		p, more := engine.Compile(r)
		for _, d := range more {
			if d.Pos.File == "" {
				t.Errorf("no place: %s %v", d.Message.Key, d.Message.Args)
			}
		}
		if diags.HasErrors() || p == nil {
			return
		}
		doc, diags := returns.Open("a.yaml", returnText, returns.DefaultLimits)
		if doc == nil || diags.HasErrors() {
			return
		}
		ret, diags := doc.Read(p.Rubric)
		if diags.HasErrors() {
			return
		}
		card := p.Score(ret)
		zh := text.New("zh")
		for _, i := range card.Items {
			zh.Lines(i.Reason)
			zh.Lines(p.Standard(i.ID))
		}
		zh.Phrase(card.TotalWords())
		for _, i := range card.Items {
			if p.Explain(ret, i.ID, true) == nil {
				t.Errorf("item %s isn't explained", i.ID)
			}
		}
		for _, gap := range p.Gaps(ret) {
			for _, l := range gap.Lacks {
				zh.Phrase(l.Words)
			}
			zh.Lines(gap.Summary(card.Kind))
			if w := gap.Full; w != nil && p.Score(p.With(ret, w.Changes)).Item(gap.Item).State != engine.Full {
				t.Errorf("item %s isn't full after %+v", gap.Item, w.Changes)
			}
		}
		for _, c := range p.Live(ret, card, liveWords).Steps { // what spreadsheets misread may differ, and is replaced
			if c.Formula != nil {
				c.Formula.Write()
			}
		}
		if asJSON(t, p.NewCoverage().Score(ret)) != asJSON(t, card) {
			t.Error("a watched score is another one")
		}
		among(t, p, ret)
		for _, written := range p.Formulas() {
			written.Doubts()
		}
	})
}

func among(t *testing.T, p *engine.Program, ret *returns.Return) {
	twin := ret.Clone()
	twin.Name += "2"
	placed, other := p.Beside(ret, []*returns.Return{twin}), p.Beside(twin, []*returns.Return{ret})
	card := p.Score(placed)
	for _, i := range card.Items {
		if p.Explain(placed, i.ID, false) == nil {
			t.Errorf("item %s isn't explained", i.ID)
		}
	}
	p.Gaps(placed)
	p.Live(placed, card, liveWords)
	if p.Compares() && asJSON(t, placed.Others.Places) != asJSON(t, other.Others.Places) {
		t.Error("two equal returns have other places")
	}
	if p.Compares() && asJSON(t, p.Score(other).Items) != asJSON(t, card.Items) {
		t.Error("two equal returns come to other points")
	}
}
