package examples

import (
	"encoding/json"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"dudao/reports/book"
)

// bin is dudao, built for all tests.
var bin string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "dudao-examples-*")
	if err != nil {
		log.Fatal(err)
	}
	bin = filepath.Join(dir, "dudao.exe")
	out, err := exec.Command("go", "build", "-o", bin, "../cmd/dudao").CombinedOutput()
	status := 1
	if err != nil {
		log.Printf("%v\n%s", err, out)
	} else {
		status = m.Run()
	}
	if err := os.RemoveAll(dir); err != nil {
		log.Print(err)
	}
	os.Exit(status)
}

// lookAtSources looks at what dudao is made of. go test takes an earlier result for as
// long as nothing has changed that the test itself imports or looks at, and the program
// runs by itself.
func lookAtSources(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if ext := filepath.Ext(path); err == nil && (ext == ".go" || ext == ".mod" || ext == ".yaml") {
			_, err = os.Stat(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is committed is what go generate makes: every file is made again in a copy
// and must have the same cells.
func TestExamplesAreGenerated(t *testing.T) {
	lookAtSources(t)
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
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "//go:generate go run ")
		if !ok {
			continue
		}
		args := strings.Fields(command)
		cmd := exec.Command(bin, args[1:]...)
		if args[0] != "../cmd/dudao" {
			cmd = exec.Command("go", "run", args[0])
		}
		cmd.Dir = work
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	err = filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || ext != ".xlsx" && ext != ".yaml" {
			return err
		}
		want, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(work, path))
		if err != nil {
			return err
		}
		if filepath.Ext(path) == ".yaml" {
			if string(got) != string(want) {
				t.Errorf("%s is not what go generate makes", path)
			}
			return nil
		}
		made[path] = true
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
	if len(made) < 6 {
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
	cmd := exec.Command(bin, "score", "examples/gaoping-2021/填报表.xlsx")
	cmd.Dir = work
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "```\n"+string(out)+"```\n") {
		t.Errorf("README.md shows something else than\n%s", out)
	}
	// The command leaves the report as it is committed, from whichever folder.
	report := "gaoping-2021/填报表-自评报告.xlsx"
	committed, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	made, err := os.ReadFile(filepath.Join(work, "examples", report))
	if err != nil {
		t.Fatal(err)
	}
	want, err := book.Dump(committed)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := book.Dump(made); err != nil || got != want {
		t.Errorf("the README's command makes another report than go generate (%v)", err)
	}
}

// A form holds what the return holds that it was filled from, and a report what it
// was made from: all score the same.
func TestFormScoresLikeItsReturn(t *testing.T) {
	for _, dir := range []string{"gaoping-2021", "gaoping-duty-2022", "class-size", "school-quality", "kindergarten-grade"} {
		t.Run(dir, func(t *testing.T) {
			yaml, form := result(t, dir+"/return.yaml"), result(t, dir+"/填报表.xlsx")
			for key, want := range yaml {
				if !reflect.DeepEqual(form[key], want) {
					t.Errorf("the form and the return differ in %s", key)
				}
			}
			// The report is a return, too, though its notes and places are others.
			report := result(t, dir+"/填报表-自评报告.xlsx")
			for _, key := range []string{"total", "grade", "sections", "vetoes"} {
				if !reflect.DeepEqual(report[key], yaml[key]) {
					t.Errorf("the report and the return differ in %s", key)
				}
			}
		})
	}
}

// result scores a file and leaves out where the values stand in it.
func result(t *testing.T, file string) map[string]any {
	t.Helper()
	out, err := exec.Command(bin, "score", file, "--format", "json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var card map[string]any
	if err := json.Unmarshal(out, &card); err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{"files", "cover_at", "made_for"} {
		delete(card, where)
	}
	withoutPlaces(card)
	return card
}

func withoutPlaces(v any) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "pos")
		delete(v, "at")
		delete(v, "typed")
		delete(v, "reason") // names cells, too
		for _, inner := range v {
			withoutPlaces(inner)
		}
	case []any:
		for _, inner := range v {
			withoutPlaces(inner)
		}
	}
}
