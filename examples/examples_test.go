package examples

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dudao/reports/book"
)

// What is committed is what go generate makes: every file is made again in a copy
// and must have the same cells.
func TestExamplesAreGenerated(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "dudao.exe")
	if out, err := exec.Command("go", "build", "-o", bin, "../cmd/dudao").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	source, err := os.ReadFile("generate.go")
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	if err := os.CopyFS(work, os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
	made := map[string]bool{}
	for line := range strings.Lines(string(source)) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "//go:generate go run ../cmd/dudao ")
		if !ok {
			continue
		}
		cmd := exec.Command(bin, strings.Fields(command)...)
		cmd.Dir = work
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	err = filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".xlsx" {
			return err
		}
		made[path] = true
		want, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(work, path))
		if err != nil {
			return err
		}
		// Cells, not bytes: another version of Go may compress otherwise.
		dumped, err := book.Dump(got)
		if err != nil {
			return err
		}
		committed, err := book.Dump(want)
		if dumped != committed {
			t.Errorf("%s is not what go generate makes", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(made) < 2 {
		t.Errorf("only %d workbooks found", len(made))
	}
}

// The README shows what the main command prints.
func TestReadmeShowsRealOutput(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	if err := os.CopyFS(filepath.Join(work, "examples"), os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(t.TempDir(), "dudao.exe")
	if out, err := exec.Command("go", "build", "-o", bin, "../cmd/dudao").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(bin, "score", "examples/gaoping-2021/填报表.xlsx")
	cmd.Dir = work
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "```\n"+string(out)+"```\n") {
		t.Errorf("README.md shows something else than\n%s", out)
	}
}
