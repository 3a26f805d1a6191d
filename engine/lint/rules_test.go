package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"dudao/engine/diag"
	"dudao/engine/text"
)

// rulesInSource are the rules that findings are given anywhere in the engine: by
// x.Rule = "…", x.Named("…") or x.warn("…", …).
func rulesInSource(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	fset := token.NewFileSet()
	note := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			id, _ := strconv.Unquote(lit.Value)
			found[id] = fset.Position(lit.Pos()).String()
		}
	}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "returns" {
			return fs.SkipDir // what it doubts are figures
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				if sel, ok := n.Lhs[0].(*ast.SelectorExpr); ok && sel.Sel.Name == "Rule" {
					note(n.Rhs[0])
				}
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Named" || sel.Sel.Name == "warn") && len(n.Args) > 0 {
					note(n.Args[0])
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestEveryRuleIsListed(t *testing.T) {
	raised := rulesInSource(t)
	for id, at := range raised {
		if Find(id) == nil {
			t.Errorf("%s: the rule %q isn’t in the table", at, id)
		}
	}
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.ID] {
			t.Errorf("%s stands in the table twice", r.ID)
		}
		seen[r.ID] = true
		if raised[r.ID] == "" && r.find == nil && !r.elsewhere {
			t.Errorf("nothing raises the rule %q", r.ID)
		}
		if r.find != nil && r.Level == diag.Error {
			t.Errorf("%s finds doubts and is listed as an error", r.ID)
		}
	}
}

var ruleRow = regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| (错误|警告) \\| (.*) \\|$")

// The reference lists the same rules in the words of dudao lint --rules.
func TestReferenceListsTheRules(t *testing.T) {
	data, err := os.ReadFile("../../rubrics/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(data), "## 查错规则\n")
	section, _, _ = strings.Cut(section, "\n## ")
	rows := ruleRow.FindAllStringSubmatch(section, -1)
	zh := text.New("zh")
	if len(rows) != len(Rules()) {
		t.Errorf("the reference lists %d rules, there are %d", len(rows), len(Rules()))
	}
	for i, r := range Rules() {
		level := map[diag.Severity]string{diag.Error: "错误", diag.Warning: "警告"}[r.Level]
		want := []string{r.ID, level, strings.ReplaceAll(zh.Sprint(r.Text), "|", `\|`)}
		if i < len(rows) && strings.Join(rows[i][1:], "; ") != strings.Join(want, "; ") {
			t.Errorf("rule %d: the reference says %v, want %v", i+1, rows[i][1:], want)
		}
	}
}
