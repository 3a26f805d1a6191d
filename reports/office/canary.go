package office

import (
	"bytes"
	"fmt"

	"dudao/reports/book"
)

// The canary is a workbook whose formulas stand beside results that are wrong.
var canaries = []struct {
	formula      string
	wrong, right any
}{
	{"1+1", 3.0, 2.0},
	{"A1*10", 7.0, 20.0},
	{`IF(A2>1,"yes","no")`, "no", "yes"},
	{"A2>1", false, 1.0},
	{"1/0", 1.0, Error("#DIV/0!")},
	{`IFERROR(A5,"caught")`, "free", "caught"},
	{"SUM(bird)", 0.0, 22.0},
}

func canary() []byte {
	s := &book.Sheet{Name: "canary"}
	for _, c := range canaries {
		s.Rows = append(s.Rows, book.Row{Cells: []book.Cell{{Formula: c.formula, Value: c.wrong}}})
	}
	b := book.Book{Sheets: []*book.Sheet{s}, Names: []book.Name{{Name: "bird", Sheet: s.Name, From: book.Ref{Row: 1, Col: 1}, To: book.Ref{Row: 2, Col: 1}}}}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		panic(err) // it is always the same
	}
	return out.Bytes()
}

// sings reports what of the canary was not calculated.
func sings(bird Workbook) error {
	for i, c := range canaries {
		at := fmt.Sprintf("A%d", i+1)
		if got := bird["canary"][at]; got.Value != c.right {
			return fmt.Errorf("LibreOffice did not recalculate: the canary's %s =%s is %v, not %v", at, c.formula, got.Value, c.right)
		}
	}
	return nil
}
