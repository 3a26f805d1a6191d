package book

import "testing"

// Whatever stands in a file, reading its formulas ends, and without a panic.
func FuzzFormulaSyntax(f *testing.F) {
	for _, seed := range []string{
		`IF(COUNT(总分,表.列)<2,"缺""数据",ROUND(-总分%,1E-3))`, `'县''s'!$A$1:B9+x!$1:$2`, `LOG10(A1)*A1.x`, `((((`, `{1}`, `[1]a!b`, `#N/A<>TRUE`, `''!`, "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := parseFormula(text)
		if err != nil {
			return
		}
		c := &checker{}
		c.formula("A1", "a", text, 200, false)
		if n.kind == callNode && n.text == "" {
			t.Error("a function without a name")
		}
	})
}
