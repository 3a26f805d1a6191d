package cases_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
)

// Every item of every case of the idioms and the shipped rubrics can be explained,
// and the explanation ends where the score does.
func TestEveryItemIsExplained(t *testing.T) {
	var files []string
	for _, pattern := range []string{idioms + "/*_test.yaml", "../../rubrics/*_test.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	kinds, explained := map[string]int{}, 0
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
		read := func(base string) ([]byte, error) { return os.ReadFile(filepath.Join(filepath.Dir(file), base)) }
		for _, m := range suite.Make(p.Rubric, read) {
			ret := m.Placed(p)
			card := p.Score(ret)
			for i := range card.Items {
				res := &card.Items[i]
				x := p.Explain(ret, res.ID, true)
				if x == nil || len(x.Rule) == 0 || len(x.Steps) == 0 {
					t.Fatalf("%s: %s: item %s isn't explained", file, m.Name.Text, res.ID)
				}
				if x.Result.Points != res.Points || x.Result.State != res.State {
					t.Errorf("%s: %s: item %s is explained as %v, it is %v", file, m.Name.Text, res.ID, x.Result.Points, res.Points)
				}
				if _, err := json.Marshal(x); err != nil {
					t.Error(err)
				}
				countKinds(kinds, x.Steps)
				explained++
			}
		}
	}
	if explained < 500 {
		t.Errorf("only %d items were explained", explained)
	}
	for _, kind := range strings.Fields("condition value param function rows row answer term band place points") {
		if kinds[kind] == 0 {
			t.Errorf("there is no step of kind %s", kind)
		}
	}
}

func countKinds(n map[string]int, steps []engine.Step) {
	for _, s := range steps {
		n[s.Kind]++
		countKinds(n, s.Steps)
	}
}
