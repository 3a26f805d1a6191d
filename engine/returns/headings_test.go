package returns_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/blank"

	"github.com/xuri/excelize/v2"
)

// Every shipped form is found by its headings alone, so no two of its cells are
// called the same in one place.
func TestShippedFormsByHeadings(t *testing.T) {
	const dir = "../../rubrics/"
	files, err := filepath.Glob(dir + "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, diags := rubric.Load(file, data, func(name, _ string) (string, []byte, bool) {
			id, _, _ := strings.Cut(strings.TrimSuffix(name, ".yaml"), "@")
			data, err := os.ReadFile(dir + id + ".yaml")
			return dir + id + ".yaml", data, err == nil
		})
		if strings.HasSuffix(file, "_test.yaml") || diags.HasErrors() || r.SharesOnly() {
			continue
		}
		n++
		for _, lang := range text.Languages {
			t.Run(r.ID.Text+" "+lang, func(t *testing.T) {
				var named, nameless bytes.Buffer
				program := compiled(t, r)
				if err := blank.Book(program, nil, text.New(lang), "test").Write(&named); err != nil {
					t.Fatal(err)
				}
				f, err := excelize.OpenReader(bytes.NewReader(named.Bytes()))
				if err != nil {
					t.Fatal(err)
				}
				f.WorkBook.DefinedNames = nil
				if err := f.Write(&nameless); err != nil {
					t.Fatal(err)
				}
				for _, p := range read(t, "填报表.xlsx", nameless.Bytes(), program.Rubric).Problems {
					if p.Severity != diag.Note {
						t.Errorf("%s: %s", p.Pos, text.New("zh").Sprint(p.Message))
					}
				}
			})
		}
	}
	if n < 4 {
		t.Errorf("only %d rubrics", n)
	}
}
