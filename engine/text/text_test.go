package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine/diag"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

// keysInSource reads every Go file outside tests and returns the keys of all
// messages with one place of each. Messages are made only by diag.M with a
// literal key; anything else is an error.
func keysInSource(t *testing.T) map[string]string {
	t.Helper()
	keys := map[string]string{}
	root := filepath.Join("..", "..")
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
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		inDiag := file.Name.Name == "diag"
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if name(n.Fun, inDiag) == "M" {
					key, ok := literal(n.Args[0])
					if !ok {
						t.Errorf("%s: the key of a message must be a literal", fset.Position(n.Pos()))
						return true
					}
					keys[key] = fset.Position(n.Pos()).String()
				}
			case *ast.CompositeLit:
				if name(n.Type, inDiag) == "Message" && !inDiag && len(n.Elts) > 0 {
					t.Errorf("%s: messages are made by diag.M only", fset.Position(n.Pos()))
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// name is the name of a function or type of package diag.
func name(e ast.Expr, inDiag bool) string {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok && x.Name == "diag" {
			return e.Sel.Name
		}
	case *ast.Ident:
		if inDiag {
			return e.Name
		}
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

func TestCatalogueIsComplete(t *testing.T) {
	used := keysInSource(t)
	if len(used) < 100 {
		t.Fatalf("only %d keys found; does the scan still work?", len(used))
	}
	known := map[string]bool{}
	for _, part := range chinese {
		for key := range part {
			if known[key] {
				t.Errorf("translated twice: %q", key)
			}
			known[key] = true
		}
	}
	var missing []string
	for key, at := range used {
		if !known[key] {
			missing = append(missing, strconv.Quote(key)+" // "+at)
		}
	}
	slices.Sort(missing)
	for _, m := range missing {
		t.Errorf("no translation: %s", m)
	}
	for key := range known {
		if used[key] == "" {
			t.Errorf("translated but never used: %q", key)
		}
	}
}

var verb = regexp.MustCompile(`%(\[\d+\])?s`)

func TestTranslationsTakeTheSameArguments(t *testing.T) {
	for _, part := range chinese {
		for key, zh := range part {
			if k, z := len(verb.FindAllString(key, -1)), len(verb.FindAllString(zh, -1)); k != z {
				t.Errorf("%q has %d arguments, its translation %d", key, k, z)
			}
		}
	}
}

func TestPrint(t *testing.T) {
	m := diag.M("unknown name “%s”", "支岀")
	if got := New("zh").Sprint(m); got != "未知的名称“支岀”" {
		t.Errorf("zh: %s", got)
	}
	if got := New("en").Sprint(m); got != "unknown name “支岀”" {
		t.Errorf("en: %s", got)
	}
	if got := New("de").Sprint(m); got != "未知的名称“支岀”" {
		t.Errorf("an unknown language is Chinese, got %s", got)
	}
}

// Every message is printed as a catalogue prints it that golang.org/x/text has made
// itself, message by message.
func TestCatalogueIsOfXText(t *testing.T) {
	own := catalog.NewBuilder(catalog.Fallback(language.English))
	for _, part := range chinese {
		for key, zh := range part {
			if err := own.SetString(language.Chinese, key, zh); err != nil {
				t.Errorf("%q: %v", key, err)
			}
		}
	}
	p, zh := message.NewPrinter(language.Chinese, message.Catalog(own)), New("zh")
	for _, part := range chinese {
		for key := range part {
			m := diag.Message{Key: key}
			for i := range len(verb.FindAllString(key, -1)) {
				m.Args = append(m.Args, "第"+strconv.Itoa(i+1))
			}
			args := make([]any, len(m.Args))
			for i, a := range m.Args {
				args[i] = a
			}
			if got, want := zh.Sprint(m), p.Sprintf(key, args...); got != want {
				t.Errorf("%q is printed %q, not %q", key, got, want)
			}
		}
	}
}
