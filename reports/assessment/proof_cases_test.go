package assessment

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/reports/office"
)

// authored are the cases of a rubric's tests: at, just below and just above whatever
// its author thought of.
func authored(t testing.TB, file string) (*engine.Program, []cases.Made) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	suite, diags := cases.Load(file, content)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p := compiled(t, filepath.Join(filepath.Dir(file), suite.Rubric.Text))
	made := suite.Make(p.Rubric, func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(filepath.Dir(file), filepath.FromSlash(strings.TrimSpace(name))))
	})
	var out []cases.Made
	for _, c := range made {
		if !c.Diags.HasErrors() {
			out = append(out, c)
		}
	}
	return p, out
}

// compiled is the rubric of a file, with what it extends and uses beside it.
func compiled(t testing.TB, file string) *engine.Program {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, diags := rubric.Load(file, content, func(name, from string) (string, []byte, bool) {
		if filepath.Ext(name) == "" {
			name += ".yaml"
		}
		for _, dir := range []string{filepath.Dir(from), filepath.Join("..", "..", "rubrics")} {
			if content, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
				return filepath.Join(dir, name), content, true
			}
		}
		return "", nil, false
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

// sameShape reports whether two returns have as many rows and are for the same year,
// so that the figures of one can be typed into the report of the other.
func sameShape(a, b *returns.Return) bool {
	if a.Year != b.Year { // constants by year are plain values, with a note
		return false
	}
	for name, t := range a.Tables {
		if len(t.Keys) != len(b.Tables[name].Keys) {
			return false
		}
	}
	return true
}

// Whoever types the figures of another case into a report sees in it what dudao says
// of that case. Two of each idiom: the first two cases, and two in the middle.
func TestChangedCasesAgree(t *testing.T) {
	files, err := filepath.Glob("../../rubrics/testdata/idioms/*_test.yaml")
	if err != nil || len(files) < 50 {
		t.Fatal("no idioms found", err)
	}
	var all []*edited
	workbooks := map[string][]byte{}
	for i, file := range files {
		if testing.Short() && i%8 > 0 {
			continue
		}
		p, made := authored(t, file)
		for _, from := range []int{0, len(made) / 2} {
			to := nextLike(made, from)
			if to == from {
				continue
			}
			name := strings.TrimSuffix(filepath.Base(file), "_test.yaml") + ": " + made[from].Name.Text + " → " + made[to].Name.Text
			was, is := made[from].Return, made[to].Return
			e, data, err := edit(name, write(scored{p, was, p.Score(was)}), write(scored{p, is, p.Score(is)}))
			if err != nil {
				t.Error(err)
				continue
			}
			e.readAgain(t, data)
			all, workbooks[name] = append(all, e), data
		}
	}
	report(t, all, office.Recalculate(t, workbooks))
}

// nextLike is the next case with as many rows in its tables, or the case itself.
func nextLike(made []cases.Made, from int) int {
	to := (from + 1) % len(made)
	for to != from && !sameShape(made[from].Return, made[to].Return) {
		to = (to + 1) % len(made)
	}
	return to
}

func report(t *testing.T, all []*edited, got map[string]office.Workbook) {
	t.Helper()
	cells, restructured := 0, 0
	for _, e := range all {
		e.compare(t, got[e.name])
		cells += e.cells
		if e.restructured {
			restructured++
			t.Logf("restructured: %s", e.name)
		}
	}
	t.Logf("%d changed returns, %d cells compared; %d would be computed by other formulas", len(all), cells, restructured)
}
