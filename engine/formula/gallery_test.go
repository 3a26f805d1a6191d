package formula

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	yaml "dudao/engine/source"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// Every error of expr's parser that is rewritten has a formula in the gallery of
// messages that makes the library say it.
func TestExprErrorsAreReal(t *testing.T) {
	files, err := filepath.Glob("../../rubrics/testdata/bad/formula_*.bad.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no gallery", err)
	}
	met := make([]bool, len(exprErrors))
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		root, diags := yaml.Parse(name, text)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		items, _ := root.Get("items")
		for _, item := range items.Items {
			pass, _ := item.Get("pass")
			runes := []rune(pass.Text.Text)
			var fe *file.Error
			if _, err := new(parser.Parser).Parse(string(runes), parserConfig()); !errors.As(err, &fe) {
				continue
			}
			from, to := wrongPart(runes, fe)
			for i, known := range exprErrors {
				word := string(runes[from:max(from, to)])
				if strings.HasPrefix(fe.Message, known.says) && (known.when == nil || known.when(word, string(runes[from:]), string(runes[:from]))) {
					met[i] = true
					break
				}
			}
		}
	}
	for i, known := range exprErrors {
		if !met[i] {
			t.Errorf("no formula of the gallery makes %q: %s", known.says, known.message.Key)
		}
	}
}
