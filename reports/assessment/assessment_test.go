package assessment

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/book"
)

var update = flag.Bool("update", false, "write the golden files anew")

// scored is a return with its rubric and result.
type scored struct {
	program *engine.Program
	ret     *returns.Return
	card    *engine.Scorecard
}

func score(t testing.TB, rubricText, returnName, returnText string) scored {
	t.Helper()
	r, diags := rubric.Load("rubric.yaml", []byte(rubricText), func(name, _ string) (string, []byte, bool) {
		name = strings.TrimSuffix(name, ".yaml")
		return name + ".yaml", []byte(file(t, "rubrics", name+".yaml")), true
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret := read(t, p.Rubric, returnName, []byte(returnText))
	return scored{p, ret, p.Score(ret)}
}

func read(t testing.TB, r *rubric.Rubric, name string, data []byte) *returns.Return {
	t.Helper()
	doc, diags := returns.Open(name, data, returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return ret
}

func file(t testing.TB, path ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{"..", ".."}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func funding(t testing.TB) string { return file(t, "rubrics", "funding-no-decrease.yaml") }

// all are the returns that the tests look at.
func all(t testing.TB) map[string]scored {
	return map[string]scored{
		"gaoping": score(t, funding(t), "return.yaml", file(t, "examples", "gaoping-2021", "return.yaml")),
		"failing": score(t, funding(t), "county.yaml", failing),
		"empty":   score(t, funding(t), "county.yaml", "rubric: funding-no-decrease\ndata: {}\n"),
		"levels":  score(t, twoLevels, "county.yaml", twoLevelsReturn),
	}
}

func (s scored) book(lang string) *book.Book {
	return Book(s.program, s.ret, s.card, text.New(lang), "test")
}

func workbook(t testing.TB, b *book.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func dump(t testing.TB, data []byte) string {
	t.Helper()
	got, err := book.Dump(data)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestGolden(t *testing.T) {
	got := dump(t, workbook(t, all(t)["gaoping"].book("zh")))
	golden := filepath.Join("testdata", "gaoping.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			t.Fatalf("line %d (see it all with -update and git diff)\n got %s\nwant %s", i+1, gotLines[i], wantLines[i])
		}
	}
	if len(gotLines) != len(wantLines) {
		t.Errorf("%d lines, want %d", len(gotLines), len(wantLines))
	}
}

func TestSameBytes(t *testing.T) {
	for name, s := range all(t) {
		if !bytes.Equal(workbook(t, s.book("zh")), workbook(t, s.book("zh"))) {
			t.Errorf("%s: a second report has other bytes", name)
		}
	}
}

// TestWrite puts all reports into the folder OUT, to be looked at.
func TestWrite(t *testing.T) {
	dir := os.Getenv("OUT")
	if dir == "" {
		t.Skip("OUT is not set")
	}
	cards := all(t)
	for _, name := range slices.Sorted(maps.Keys(cards)) {
		for _, lang := range text.Languages {
			data := workbook(t, cards[name].book(lang))
			if err := os.WriteFile(filepath.Join(dir, name+"-"+lang+".xlsx"), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
