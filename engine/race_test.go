package engine_test

import (
	"encoding/json"
	"os"
	"sync"
	"testing"

	"dudao/engine"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// One program scores and explains many returns at once, also while their coverage is
// watched, and no return leaves a trace in the next: a county without data after one with data is still without.
func TestConcurrentScores(t *testing.T) {
	const file = "../rubrics/class-size.yaml"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := rubric.Load(file, text, beside)
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	data, err := os.ReadFile("../examples/class-size/return.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, diags := returns.Open("return.yaml", data, returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	full, _ := doc.Read(p.Rubric)
	inputs := []*returns.Return{full, returns.Empty(p.Rubric)}
	item := r.Items[0].Items[0].ID.Text
	var want, told []string
	for _, ret := range inputs {
		want, told = append(want, asJSON(t, p.Score(ret))), append(told, asJSON(t, p.Explain(ret, item, false)))
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			watch := p.NewCoverage()
			for i := range 3 {
				k := (g + i) % len(inputs)
				if got := asJSON(t, p.Score(inputs[k])); got != want[k] {
					t.Errorf("return %d scores otherwise in company", k)
				}
				if got := asJSON(t, watch.Score(inputs[k])); got != want[k] {
					t.Errorf("return %d scores otherwise when it is watched", k)
				}
				if got := asJSON(t, p.Explain(inputs[k], item, false)); got != told[k] {
					t.Errorf("return %d is explained otherwise in company", k)
				}
			}
		})
	}
	wg.Wait()
}

func asJSON(t *testing.T, v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		t.Error(err)
	}
	return string(out)
}
