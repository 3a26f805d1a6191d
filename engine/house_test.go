package engine_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// house says which packages of dudao each package may import. An arrow that isn't
// here is a wall to move first.
var house = map[string][]string{
	"engine/diag":        {},
	"engine/decimal":     {},
	"engine/text":        {"engine/diag"},
	"engine/source":      {"engine/diag"},
	"engine/rubric":      {"engine/diag", "engine/source", "engine/decimal", "engine/formula"},
	"engine/formula":     {"engine/diag", "engine/decimal", "engine/sheet"},
	"engine/sheet":       {"engine/diag", "engine/decimal"},
	"engine/form":        {"engine/diag", "engine/decimal", "engine/rubric"},
	"engine/xlsx":        {"engine/diag"},
	"engine/returns":     {"engine/diag", "engine/decimal", "engine/source", "engine/rubric", "engine/form", "engine/xlsx", "engine/text"}, // text: the words of a form, to find cells by them
	"engine":             {"engine/diag", "engine/decimal", "engine/rubric", "engine/formula", "engine/form", "engine/returns", "engine/sheet", "engine/source"},
	"engine/cases":       {"engine", "engine/diag", "engine/decimal", "engine/formula", "engine/source", "engine/rubric", "engine/returns"},
	"engine/batch":       {"engine", "engine/decimal", "engine/diag", "engine/form", "engine/returns", "engine/rubric"},
	"engine/lint":        {"engine", "engine/cases", "engine/diag", "engine/decimal", "engine/source", "engine/rubric", "engine/formula"},
	"rubrics":            {},
	"reports/book":       {},
	"reports/grid":       {"reports/book", "engine/diag", "engine/form", "engine/returns", "engine/rubric", "engine/text"},
	"reports/blank":      {"reports/book", "reports/grid", "engine", "engine/diag", "engine/form", "engine/formula", "engine/returns", "engine/rubric", "engine/sheet", "engine/text"},
	"reports/office":     {"reports/book"},
	"reports/outline":    {"engine", "engine/diag", "engine/decimal", "engine/returns", "engine/rubric", "engine/source", "engine/text"},
	"reports/narrative":  {"reports/outline", "engine", "engine/diag"},
	"reports/page":       {"reports/outline", "engine", "engine/diag", "engine/decimal", "engine/form", "engine/rubric", "engine/source"},
	"reports/assessment": {"reports/book", "reports/grid", "reports/outline", "engine", "engine/diag", "engine/decimal", "engine/form", "engine/formula", "engine/returns", "engine/rubric", "engine/sheet", "engine/source", "engine/text"},
	"reports/results":    {"engine", "engine/batch", "engine/decimal", "engine/diag", "engine/returns", "engine/rubric", "engine/text"},
	"reports/summary":    {"reports/book", "reports/grid", "engine", "engine/batch", "engine/decimal", "engine/diag", "engine/rubric", "engine/text"},
	"reports/scorecard":  {"engine", "engine/diag", "engine/returns"},
	"reports/audit":      {"reports/assessment", "engine", "engine/decimal", "engine/diag", "engine/form", "engine/returns", "engine/rubric", "engine/text", "engine/xlsx"},
	"examples":           {},
	"cmd/dudao": {"engine", "engine/batch", "engine/cases", "engine/lint", "engine/diag", "engine/decimal", "engine/returns", "engine/rubric", "engine/source", "engine/text",
		"reports/assessment", "reports/audit", "reports/blank", "reports/book", "reports/narrative", "reports/outline", "reports/page", "reports/results", "reports/scorecard", "reports/summary", "rubrics"},
}

// homes says in which packages an outside library may be imported.
var homes = map[string][]string{
	"gopkg.in/yaml.v3":                     {"engine/source"},
	"github.com/expr-lang/expr":            {"engine/formula"},
	"github.com/xuri/excelize/v2":          {"reports/book"},
	"github.com/spf13/cobra":               {"cmd/dudao"},
	"github.com/spf13/pflag":               {"cmd/dudao"},
	"github.com/inconshreveable":           {"cmd/dudao"},
	"golang.org/x/text/message":            {"engine/text"},
	"golang.org/x/text/language":           {"engine/text"},
	"golang.org/x/text/unicode/norm":       {"engine/lint"},
	"golang.org/x/text/encoding":           {"engine/returns"},
	"golang.org/x/text/width":              {"engine/diag", "engine/sheet", "engine/source", "engine/rubric", "engine/formula", "engine/returns", "reports/book"},
	"github.com/klauspost/compress":        {"reports/book"},
	"github.com/segmentio/asm":             {"engine/returns"},
	"github.com/schollz/progressbar/v3":    {"cmd/dudao"},
	"github.com/rogpeppe/go-internal/diff": {"cmd/dudao"},
}

// imports reads the imports of every Go file outside tests, by package.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	root := ".."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), root+string(filepath.Separator)))
		if strings.HasPrefix(pkg, "examples/") {
			return nil // generators, run by go generate only
		}
		found[pkg] = append(found[pkg], "") // also a package without imports is part of the house
		for _, i := range file.Imports {
			found[pkg] = append(found[pkg], strings.Trim(i.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestArrowsOfTheHouse(t *testing.T) {
	found := imports(t)
	for pkg, list := range found {
		allowed, known := house[pkg]
		if !known {
			t.Errorf("package %s is not part of the house", pkg)
		}
		for _, name := range []string{"util", "utils", "common", "helper", "helpers"} {
			if filepath.Base(pkg) == name {
				t.Errorf("package %s: say what it is for", pkg)
			}
		}
		for _, path := range list {
			if own, ok := strings.CutPrefix(path, "dudao/"); ok && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s", pkg, own)
			}
			for library, rooms := range homes {
				if strings.HasPrefix(path, library) && !slices.Contains(rooms, pkg) {
					t.Errorf("%s imports %s, whose home is elsewhere", pkg, path)
				}
			}
			if host, _, _ := strings.Cut(path, "/"); strings.Contains(host, ".") && !slices.ContainsFunc(keysOf(homes), func(l string) bool { return strings.HasPrefix(path, l) }) {
				t.Errorf("%s imports %s, which has no home yet", pkg, path)
			}
		}
	}
	for pkg := range house {
		if found[pkg] == nil {
			t.Errorf("package %s stands in the plan and not in the house", pkg)
		}
	}
}

func keysOf(m map[string][]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

// No indicator or scheme is named in Go: Chinese belongs to the catalogue, to the
// words that a return may hold, and to the typed signs of other keyboards.
func TestNoSchemeInGo(t *testing.T) {
	words := []string{"教育", "学校", "学生", "教师", "经费", "班额", "幼儿", "小学", "初中", "高中", "均衡", "督导"}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		if dir == "../engine/text" || strings.HasPrefix(dir, "../examples/") {
			return nil // the catalogue; generators of invented data
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		for _, lit := range literals(file) {
			for _, w := range words {
				if strings.Contains(lit, w) {
					t.Errorf("%s names %s: %s", path, w, lit)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func literals(file *ast.File) []string {
	var out []string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			out = append(out, lit.Value)
		}
		return true
	})
	return out
}
