package engine_test

import (
	"os"
	"testing"

	"dudao/engine"
	"dudao/engine/rubric"
)

// A program's rubric has only what it reads; compiled again, it stays the same and
// still knows what was dropped.
func TestNeededOnce(t *testing.T) {
	const file = "../rubrics/class-size.yaml"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := rubric.Load(file, text, beside)
	first, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if first.Rubric == r || len(first.Rubric.Spare) == 0 {
		t.Fatal("nothing of the shared data was dropped")
	}
	second, diags := engine.Compile(first.Rubric)
	if diags.HasErrors() || second.Rubric != first.Rubric {
		t.Error("the rubric is reduced again", diags)
	}
}
