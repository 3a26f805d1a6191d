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
	"dudao/reports/book"
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
			c.Return = c.Placed(p)
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

// sameShape reports whether the figures of one return can be typed into the report of
// another: it is for the same year, has as many rows, and they are named in full.
func sameShape(r *rubric.Rubric, a, b *returns.Return) bool {
	if a.Year != b.Year {
		return false
	}
	for _, data := range r.Data {
		t, u := a.Tables[data.Key.Text], b.Tables[data.Key.Text]
		if t == nil || !data.Value.IsOpen() {
			continue
		}
		if len(t.Keys) != len(u.Keys) {
			return false
		}
		for _, name := range data.Value.KeyNames() {
			for i, c := range t.Columns[name][0] {
				if c.State != u.Columns[name][0][i].State {
					return false
				}
			}
		}
	}
	return true
}

// thorough asks for all changed reports instead of some: LibreOffice needs half a second
// for the smallest.
//
//	DUDAO_THOROUGH=1 go test ./reports/assessment
var thorough = os.Getenv("DUDAO_THOROUGH") != ""

// Whoever types the figures of another case into a report sees in it what dudao says
// of that case. Of each idiom the first two cases, or two in the middle, or both.
func TestChangedCasesAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes a while")
	}
	t.Parallel()
	files, err := filepath.Glob("../../rubrics/testdata/idioms/*_test.yaml")
	if err != nil || len(files) < 50 {
		t.Fatal("no idioms found", err)
	}
	var all []*edited
	workbooks := map[string][]byte{}
	for i, file := range files {
		p, made := authored(t, file)
		starts := []int{0, len(made) / 2}
		if !thorough {
			starts = starts[i%2:][:1]
		}
		for _, from := range starts {
			to := nextLike(p.Rubric, made, from)
			if to == from {
				continue
			}
			name := strings.TrimSuffix(filepath.Base(file), "_test.yaml") + ": " + made[from].Name.Text + " → " + made[to].Name.Text
			was, is := made[from].Return.Clone(), made[to].Return.Clone()
			// These come from the batch and from inspectors, nobody types them.
			is.Others, is.Claims = was.Others, was.Claims
			was.Checks, is.Checks = nil, nil
			e, data, err := edit(name, write(scored{p, was, p.Score(was)}), write(scored{p, is, p.Score(is)}))
			if err != nil {
				t.Error(err)
				continue
			}
			e.readAgain(t, data)
			all, workbooks[name] = append(all, e), data
		}
	}
	least := 110
	if !thorough {
		least = 55
	}
	compareAll(t, all, least, office.Recalculate(t, workbooks))
}

// nextLike is the next case with as many rows in its tables, or the case itself.
func nextLike(r *rubric.Rubric, made []cases.Made, from int) int {
	to := (from + 1) % len(made)
	for to != from && !sameShape(r, made[from].Return, made[to].Return) {
		to = (to + 1) % len(made)
	}
	return to
}

// compareAll compares all edited reports, which must be so many.
func compareAll(t *testing.T, all []*edited, least int, got map[string]office.Workbook) {
	t.Helper()
	cells, restructured := 0, 0
	for _, e := range all {
		e.compare(t, got[e.name])
		cells += e.cells
		if e.restructured {
			restructured++
			t.Logf("only results are compared: %s", e.name)
		}
	}
	t.Logf("%d changed returns, %d cells compared; of %d only results, since a report of theirs has other formulas", len(all), cells, restructured)
	if len(all) < least || restructured > len(all)/20 {
		t.Errorf("%d changed returns, %d compared in part: too few", len(all), restructured)
	}
}

// Excel's own rules hold in the report of every idiom, too.
func TestReportsOfIdiomsKeepExcelsRules(t *testing.T) {
	files, err := filepath.Glob("../../rubrics/testdata/idioms/*_test.yaml")
	if err != nil || len(files) < 50 {
		t.Fatal("no idioms found", err)
	}
	t.Parallel()
	for i, file := range files {
		if testing.Short() && i%8 > 0 {
			continue
		}
		p, made := authored(t, file)
		for _, c := range []cases.Made{made[0], made[len(made)-1]} {
			s := scored{p, c.Return, p.Score(c.Return)}
			for _, fault := range book.Check(workbook(t, s.book("zh")), 200) {
				t.Errorf("%s %s: %v", filepath.Base(file), c.Name.Text, fault)
			}
		}
	}
}
