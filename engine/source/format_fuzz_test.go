package source_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Whatever stands in a file: no panic, every diagnostic has a place, and what was
// laid out once stays as it is. That it reads the same, Format checks itself.
func FuzzFormat(f *testing.F) {
	files, _ := filepath.Glob("../../rubrics/testdata/idioms/*.yaml")
	for _, file := range append(files, "../../rubrics/class-size.yaml", "../../examples/gaoping-2021/return.yaml") {
		if data, err := os.ReadFile(file); err == nil {
			f.Add(data)
		}
	}
	for _, c := range formatCases {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		once, diags := source.Format("r.yaml", text, new(rubric.Rubric))
		for _, d := range diags {
			if d.Pos.File == "" {
				t.Errorf("no place: %s", d.Message.Key)
			}
		}
		if diags.HasErrors() {
			return
		}
		twice, diags := source.Format("r.yaml", once, new(rubric.Rubric))
		if diags.HasErrors() || !bytes.Equal(once, twice) {
			t.Errorf("first:\n%s\nthen:\n%s\n%v", once, twice, diags)
		}
	})
}
