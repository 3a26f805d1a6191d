package lint_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// about are the files whose messages are about a rubric.
var about = []string{"../source/*.go", "../rubric/*.go", "../formula/*.go", "../compile*.go", "../program.go", "*.go"}

// others are files with words that are no findings of lint: they put rules and
// reasons into sentences, label the cells of a spreadsheet, or belong to fmt.
var others = []string{"../formula/sheet*.go", "../formula/words.go", "../formula/why.go", "../formula/functions.go", "../source/format.go", "rules.go"}

// unshown are the keys that the gallery can't show, and why.
var unshown = map[string]string{
	"the file is larger than %s MB, that is no rubric or return": "sixteen megabytes",
	"brackets are nested too deep":                               "ten thousand brackets; source has a test",
	"this is a workbook or an archive, not a text file":          "no YAML; source has a test",

	"this is not valid YAML (in the original words: %s)":    "for errors of yaml.v3 that nobody has met",
	"the formula can’t be read (in the original words: %s)": "for errors of expr that nobody has met",

	"the year":                       words,
	"all items together":             words,
	"a veto":                         words,
	"the total":                      words,
	"the full points":                words,
	"the rate in percent":            words,
	"the number of unmet items":      words,
	"the number of unmet must items": words,
	"the claimed total":              words,
	"the credibility of the claims":  words,
	" (%s)":                          words,
	"Judged, in steps of %s points, at most %s.": words,
	"Judged, from %s to %s points.":              words,
}

const words = "part of a rule in words, no finding"

// keys returns the messages that can be raised about a rubric, each with a place.
func keys(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, pattern := range about {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal("no files", pattern, err)
		}
		for _, path := range files {
			isOther := func(pattern string) bool {
				ok, _ := filepath.Match(pattern, filepath.ToSlash(path))
				return ok
			}
			if ok, _ := filepath.Match("*_test.go", filepath.Base(path)); ok || slices.ContainsFunc(others, isOther) {
				continue
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && isMessage(call.Fun) {
					if lit, ok := call.Args[0].(*ast.BasicLit); ok {
						key, _ := strconv.Unquote(lit.Value)
						found[key] = fset.Position(call.Pos()).String()
					}
				}
				return true
			})
		}
	}
	return found
}

func isMessage(f ast.Expr) bool {
	s, ok := f.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != "M" {
		return false
	}
	pkg, ok := s.X.(*ast.Ident)
	return ok && pkg.Name == "diag"
}

// complete asks that every message is shown, and that none is excused in vain.
func complete(t *testing.T, shown map[string]bool) {
	t.Helper()
	all := keys(t)
	if len(all) < 200 {
		t.Fatalf("only %d messages found; does the scan still work?", len(all))
	}
	var missing []string
	for key, at := range all {
		if !shown[key] && unshown[key] == "" {
			missing = append(missing, at+": not in the gallery: "+strconv.Quote(key))
		}
	}
	slices.Sort(missing)
	for _, m := range missing {
		t.Error(m)
	}
	for key := range unshown {
		if shown[key] || all[key] == "" {
			t.Errorf("in the gallery, or no message any more: %q", key)
		}
	}
}
