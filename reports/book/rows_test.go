package book

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Whatever stands in a cell, excelize reads it as it is.
func TestRowsAreRead(t *testing.T) {
	texts := []string{
		"甲<乙>&\"丙\"'", " 外 ", "\n行\t", "_x000D_", "_x0041_x0042_", "_x005F_x0041_", "x_x00zz_", "_x", "𠮷野家", "\uFFFD", "]]>", strings.Repeat("长", 30_000),
	}
	numbers := []float64{0, -1, 0.1, 1e15, 123456789012345, -0.000001, 1e-9, 2.5e20}
	s := &Sheet{Name: "a"}
	for i, text := range texts {
		row := Row{Cells: []Cell{{Value: text}, {Value: text, Formula: `=IF(1<2,"` + strings.ReplaceAll(text[:min(len(text), 30)], `"`, `""`) + `","&")`, Style: Text}, {}}}
		if i < len(numbers) {
			row.Cells = append(row.Cells, Cell{Value: numbers[i], Digits: -1}, Cell{Value: i%2 == 0}, Cell{Value: numbers[i], Formula: "A1", Digits: -1})
		}
		s.Rows = append(s.Rows, row)
	}
	f, err := excelize.OpenReader(bytes.NewReader(write(t, &Book{Sheets: []*Sheet{s}})), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	read := func(row, col int) string {
		text, err := f.GetCellValue("a", Ref{row, col}.String())
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	for i, text := range texts {
		if got := read(i+1, 1); got != text {
			t.Errorf("%.40q is read as %.40q", text, got)
		}
		// excelize doesn't undo the escapes of results, as Excel does.
		if got, want := read(i+1, 2), strings.Trim(escapeMarks(text), " \t\n"); got != want {
			t.Errorf("the result %.40q is read as %.40q", want, got)
		}
		formula, err := f.GetCellFormula("a", Ref{i + 1, 2}.String())
		if want := strings.TrimPrefix(s.Rows[i].Cells[1].Formula, "="); err != nil || formula != want {
			t.Errorf("%.60q is read as %.60q %v", want, formula, err)
		}
		if i < len(numbers) {
			if got, want := read(i+1, 4), string(appendNumber(nil, numbers[i])); got != want || got != read(i+1, 6) {
				t.Errorf("%v is read as %s and %s", numbers[i], got, read(i+1, 6))
			}
		}
	}
}

// A formula that is filled down is written out once, and read in each row as it stands
// there; a run ends where another formula or none stands.
func TestFormulasAreFilledDown(t *testing.T) {
	column := []Cell{{Formula: "=IF(A1>0,B1&\"A1\",$A$1)"}, {Filled: true, Value: 2.0}, {Filled: true, Value: "x"}, {Formula: "A4+1"}, {Value: 5.0}, {Formula: "A6+2", Value: true}, {Filled: true}}
	s := &Sheet{Name: "a"}
	for _, c := range column {
		s.Rows = append(s.Rows, Row{Cells: []Cell{{}, {}, c, {Formula: "A1"}}})
	}
	data := write(t, &Book{Sheets: []*Sheet{s}})
	wants(t, entry(t, data, "xl/worksheets/sheet1.xml"), `<f t="shared" ref="C1:C3" si="0">IF(A1&gt;0,B1&amp;"A1",$A$1)</f></c>`, `<c r="C3" s="1" t="str"><f t="shared" si="0"/><v>x</v></c>`,
		`<f>A4+1</f>`, `<c r="C6" s="1" t="b"><f t="shared" ref="C6:C7" si="1">A6+2</f><v>1</v></c>`, `<f t="shared" si="1"/>`)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, want := range []string{`IF(A1>0,B1&"A1",$A$1)`, `IF(A2>0,B2&"A1",$A$1)`, `IF(A3>0,B3&"A1",$A$1)`, "A4+1", "", "A6+2", "A7+2"} {
		if got, err := f.GetCellFormula("a", Ref{i + 1, 3}.String()); got != want || err != nil {
			t.Errorf("row %d is read as %s, not %s; %v", i+1, got, want, err)
		}
	}
}

// Numbers have the digits that excelize would write.
func TestNumbersHaveFifteenDigits(t *testing.T) {
	for x, want := range map[float64]string{
		2.0 / 3: "0.666666666666666", 0.30000000000000004: "0.300000000000000", 1e15 / 7: "142857142857142", 1234567890123456: "1234567890123450",
		-1e5 / 3: "-33333.3333333333", 1.0 / 3e7: "0.0000000333333333333333", 100.0: "100", 12345678901234.56: "12345678901234.5", 1e20 + 1e5: "100000000000000000000",
		12345678901234567.0: "12345678901234500",
	} {
		if got := string(appendNumber([]byte("<v>"), x)); got != "<v>"+want {
			t.Errorf("%v is written %s, want %s", x, got, want)
		}
	}
}

func TestRowsRefuse(t *testing.T) {
	for want, cell := range map[string]Cell{
		"A1: NaN is no number":                             {Value: math.NaN()},
		"A1: text has 32768 characters":                    {Value: strings.Repeat("x", 32768)},
		"A1: formula has 8193 characters, Excel reads":     {Formula: strings.Repeat("甲", 8193)},
		"A1: a int is no cell value":                       {Value: 1},
		"A1: a formula is filled down where there is none": {Filled: true},
	} {
		var out bytes.Buffer
		err := (&Book{Sheets: []*Sheet{{Name: "a", Rows: []Row{{Cells: []Cell{cell}}}}}}).Write(&out)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want …%s…", err, want)
		}
		if out.Len() > 0 {
			t.Errorf("%s: %d bytes were written", want, out.Len())
		}
	}
}
