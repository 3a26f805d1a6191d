package cases_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
)

// suite is the tests beside a rubric, as their authors wrote them.
type suite struct {
	file    string
	program *engine.Program
	made    []cases.Made // those that can be scored
}

var authored struct {
	sync.Once
	shipped, idioms []suite
}

// suites are those of the shipped rubrics and of the idioms. Several tests look at them
// and none changes them: they are made once. In a short run they are some of them.
func suites(t *testing.T) []suite {
	t.Helper()
	authored.Do(func() {
		authored.shipped = makeSuites(t, "../../rubrics/*_test.yaml", 16)
		authored.idioms = makeSuites(t, idioms+"/*_test.yaml", 50)
	})
	return append(authored.shipped[:len(authored.shipped):len(authored.shipped)], authored.idioms...)
}

func makeSuites(t *testing.T, pattern string, least int) []suite {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) < least {
		t.Fatalf("only %d files: %v", len(files), err)
	}
	var out []suite
	for i, file := range files {
		if i%8 > 0 && testing.Short() {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		loaded, diags := cases.Load(file, text)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		s := suite{file: file, program: compileFile(t, filepath.Join(filepath.Dir(file), loaded.Rubric.Text))}
		for _, c := range loaded.Make(s.program.Rubric, readBeside(file)) {
			if !c.Diags.HasErrors() {
				s.made = append(s.made, c)
			}
		}
		out = append(out, s)
	}
	return out
}
