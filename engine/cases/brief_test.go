package cases_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
)

// A result without words is that of the whole scorecard, in every case of every rubric.
func TestBriefAgrees(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../../rubrics/*_test.yaml", "../../rubrics/testdata/idioms/*_test.yaml"} {
		found, _ := filepath.Glob(pattern)
		files = append(files, found...)
	}
	if len(files) < 40 {
		t.Fatalf("only %d files", len(files))
	}
	for _, file := range files {
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
			brief, card := p.Brief(c.Return), p.Score(c.Return)
			card.Values, card.Answers, card.Reasons = nil, nil, nil
			for i := range card.Items {
				item, own := &card.Items[i], &brief.Items[i]
				item.Reason, item.Inputs, item.Rows, item.Target = nil, nil, nil, engine.Shown{}
				item.Value.Text, item.Value.Unit, own.Value.Unit = nil, "", ""
			}
			if !reflect.DeepEqual(brief, card) {
				t.Errorf("%s: %s\nBrief gives\n%+v\nScore gives\n%+v", file, c.Name.Text, brief, card)
			}
		}
	}
}
