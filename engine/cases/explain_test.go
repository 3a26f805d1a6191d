package cases_test

import (
	"encoding/json"
	"strings"
	"testing"

	"dudao/engine"
)

// Every item of every case of the idioms can be explained, and the explanation ends
// where the score does; of the shipped rubrics, which have a hundred cases of fifty
// items, every item in each seventh case.
func TestEveryItemIsExplained(t *testing.T) {
	kinds, explained := map[string]int{}, 0
	for _, s := range suites(t) {
		file, p := s.file, s.program
		step := 1
		if len(s.made) > 20 {
			step = 7
		}
		for k, m := range s.made {
			ret := m.Placed(p)
			card := p.Score(ret)
			for i := k % step; i < len(card.Items); i += step {
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
	if explained < 5000 && !testing.Short() {
		t.Errorf("only %d items were explained", explained)
	}
	for _, kind := range strings.Fields("condition value param function rows row answer term band place points") {
		if kinds[kind] == 0 && !testing.Short() {
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
