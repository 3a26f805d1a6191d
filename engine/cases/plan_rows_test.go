package cases_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"dudao/engine/rubric"
)

// Every measurable row of the five documents is an item of a shipped rubric, or a
// rubric says that it was left out; the work plans have no other items.
func TestPlanRows(t *testing.T) {
	text, err := os.ReadFile("../../rubrics/testdata/plan-rows.txt")
	if err != nil {
		t.Fatal(err)
	}
	found, listed, rubrics := map[string]int{}, map[string]bool{}, map[string]*rubric.Rubric{}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if len(cells) != 4 {
			t.Fatalf("not four cells: %s", line)
		}
		found[cells[0]]++
		id, where, _ := strings.Cut(cells[3], ": ")
		if rubrics[id] == nil {
			rubrics[id] = compileFile(t, "../../rubrics/"+id+".yaml").Rubric
		}
		if words, leftOut := strings.CutPrefix(where, "not "); leftOut {
			file := "../../rubrics/" + id + ".yaml"
			if !strings.Contains(string(rubrics[id].Sources[file]), strings.Trim(words, "“”")) {
				t.Errorf("%s doesn't say %s", file, words)
			}
			continue
		}
		for _, item := range strings.Fields(where) {
			if !slices.Contains(itemIDs(rubrics[id]), item) {
				t.Errorf("%s has no item %s: %s", id, item, line)
			}
			listed[id+" "+item] = true
		}
	}
	for section, want := range map[string]int{"8.1": 23, "8.2": 12, "8.3": 30, "8.4": 9, "8.5": 7} {
		if found[section] != want {
			t.Errorf("section %s has %d rows, not %d", section, found[section], want)
		}
	}
	for id, r := range rubrics {
		for _, item := range itemIDs(r) {
			if strings.HasPrefix(id, "workplan-") && !listed[id+" "+item] {
				t.Errorf("item %s of %s comes from no row", item, id)
			}
		}
	}
}

func itemIDs(r *rubric.Rubric) (out []string) {
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) { out = append(out, item.ID.Text) })
	return out
}
