package blank_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/form"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/blank"
	"dudao/reports/book"
	"dudao/reports/office"

	"github.com/xuri/excelize/v2"
)

// written is a form as a file, which also obeys Excel's own rules.
func written(t *testing.T, name string, b *book.Book) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		t.Fatal(name, err)
	}
	for _, fault := range book.Check(buf.Bytes(), 230) {
		t.Errorf("%s: %v", name, fault)
	}
	return buf.Bytes()
}

// Whatever people do with a form, each computed cell shows what the engine computes of
// the form as it is then: LibreOffice calculates it, dudao reads and scores the same
// file.
func TestLibreOfficeAgreesOnForms(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes a while")
	}
	programs, books, files := map[string]*engine.Program{}, map[string]*book.Book{}, map[string][]byte{}
	add := func(p *engine.Program, ret *returns.Return, id, lang string) {
		b := blank.Book(p, ret, text.New(lang), "test")
		programs[id], books[id], files[id] = p, b, written(t, id, b)
	}
	edited := func(from, id string, edit func(*desk)) {
		if data := atDesk(t, programs[from], files[from], edit); data != nil {
			programs[id], files[id] = programs[from], data
		}
	}
	p := compiled(t, parse(t, computing))
	ret := readReturn(t, p.Rubric, "return.yaml", []byte(computed))
	add(p, nil, "small", "zh")
	add(p, ret, "small filled", "zh")
	add(p, ret, "small English", "en")
	edited("small filled", "small, wrong", func(d *desk) { d.wrong("_dudao.values", "SUM(") })
	edited("small filled", "small, row inserted", func(d *desk) {
		d.inserted("学校.校名", 1, map[string]any{"校名": "插入的", "学段": "小学", "学生": 70, "教师": 7})
	})
	edited("small filled", "small, gone on below", func(d *desk) { d.set("学校.校名", 60, "下面的") })
	for _, year := range []string{"", "2018", "2020年", "2030"} {
		edited("small filled", "small in the year "+year, func(d *desk) { d.set("_year", 0, year) })
	}
	for id, example := range map[string]string{"class-size": "class-size", "county-duty-2022": "gaoping-duty-2022", "funding-no-decrease": "gaoping-2021",
		"preschool-2020": "county", "quality-balanced-2017": "county", "school-quality": "school-quality", "kindergarten-grade": "kindergarten-grade",
		"workplan-suining-2018": "workplan-suining-2018", "workplan-yichang-2022": "workplan-yichang-2022", "workplan-haining-2021": "workplan-haining-2021",
		"workplan-county-2015": "workplan-county-2015", "modernisation-letters": "county", "class-size@2024.1": "county",
		"funding-no-decrease@2024.1": "county", "basic-balanced-2012": "county", "county-duty-deduct": "county"} {
		p := compiled(t, shipped(t, id))
		data, err := os.ReadFile(filepath.Join("../../examples", example, "return.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		add(p, nil, id, "zh")
		add(p, readReturn(t, p.Rubric, "return.yaml", data), id+" filled", "zh")
		edited(id+" filled", id+", rows removed and added", rowsChanged)
		edited(id+" filled", id+", with faults", faults)
	}
	compared := 0
	for name, data := range office.Saved(t, files) {
		got, err := office.Read(data)
		if err != nil {
			t.Fatal(name, err)
		}
		if b := books[name]; b != nil { // the results that stand in the file
			for at, want := range formulas(b) {
				sheet, cell, _ := strings.Cut(at, "!")
				if is := got[sheet][cell]; !same(want, is.Value) {
					t.Errorf("%s %s is %v, not %v: %s", name, at, is.Value, want, is.Formula)
				}
			}
		}
		for sheet, cells := range got {
			for at, cell := range cells {
				if e, isError := cell.Value.(office.Error); isError && !strings.Contains(name, "faults") {
					t.Errorf("%s %s!%s shows %s: %s", name, sheet, at, e, cell.Formula)
				}
			}
		}
		if name == "small, gone on below" {
			a := areasOf(t, data)["总数"]
			if is := got[a.sheet][book.Ref{Row: a.row, Col: a.col}.String()].Value; is != "缺数据" {
				t.Errorf("%s: the sum is %v though it does not see all rows", name, is)
			}
			continue
		}
		differ, n := disagreements(t, programs[name], name, data, got)
		if name == "small, wrong" {
			if len(differ) == 0 {
				t.Error("a wrong formula has not been found")
			}
			continue
		}
		for _, d := range differ {
			t.Error(d)
		}
		compared += n
	}
	t.Logf("%d computed cells are what the engine computes", compared)
	if compared < 5000 {
		t.Errorf("only %d computed cells have been compared", compared)
	}
}

// disagreements are the computed cells of a form that show something else than the
// engine computes of it, and how many were compared.
func disagreements(t *testing.T, p *engine.Program, name string, data []byte, got office.Workbook) (differ []string, n int) {
	t.Helper()
	ret := readReturn(t, p.Rubric, "form.xlsx", data)
	areas := areasOf(t, data)
	english := strings.Contains(name, "English")
	words := map[string]string{"missing": "缺数据", "inapplicable": "不适用", "error": "计算错误"}
	if english {
		words = map[string]string{"missing": "data missing", "inapplicable": "不适用", "error": "computation error"}
	}
	for _, v := range p.Score(ret).Values {
		if !v.Derived {
			continue
		}
		block, field := declared(p, v)
		if field.Enterable {
			continue
		}
		at := areas[form.NameOf(v.Table, v.Field, v.Back)]
		if v.Table != "" {
			if row := sheetRow(ret, v, at.row); row == 0 {
				continue // it doesn't count
			} else if block.IsOpen() && got[at.sheet][book.Ref{Row: row, Col: at.col}.String()].Formula == "" {
				continue // inserted, or below the lines
			} else {
				at.row = row
			}
		}
		var want any = words[v.State]
		switch {
		case v.State == "known" && field.Type.Text == "yesno":
			want = map[float64]string{1: "是", 0: "否"}[v.Number]
		case v.State == "known" && field.Type.Text == "text":
			want = v.Text
		case v.State == "known":
			want = v.Number
		}
		n++
		cell := got[at.sheet][book.Ref{Row: at.row, Col: at.col}.String()]
		if !same(want, cell.Value) {
			differ = append(differ, fmt.Sprintf("%s: %s of row %s is %v in %s!%s, and %v to the engine: %s", name, v.Field, v.Row, cell.Value, at.sheet, book.Ref{Row: at.row, Col: at.col}, want, cell.Formula))
		}
	}
	return differ, n
}

// declared is where a value is declared.
func declared(p *engine.Program, v engine.Value) (*rubric.Block, *rubric.Field) {
	for i := range p.Rubric.Data {
		b := &p.Rubric.Data[i].Value
		if f := b.Field(v.Field); v.Table == "" && f != nil {
			return b, f
		}
		if p.Rubric.Data[i].Key.Text == v.Table {
			return b, b.Column(v.Field)
		}
	}
	return nil, nil
}

// sheetRow is where a row of a return stands on the sheet; 0 if it doesn't count.
func sheetRow(ret *returns.Return, v engine.Value, first int) int {
	for _, years := range ret.Tables[v.Table].Columns {
		if c := years[0][v.Index]; c.Pos().Cell != "" {
			row, _ := strconv.Atoi(strings.TrimLeft(c.Pos().Cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
			for _, years := range ret.Tables[v.Table].Columns {
				if years[0][v.Index].State != returns.Invalid {
					return row
				}
			}
			return 0
		}
	}
	return first + v.Index
}

// at is where a name points to.
type at struct {
	sheet     string
	row, rows int
	col       int
}

func areasOf(t *testing.T, data []byte) map[string]at {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return areasIn(f)
}

func areasIn(f *excelize.File) map[string]at {
	out := map[string]at{}
	for _, n := range f.GetDefinedName() {
		sheet, ref, _ := strings.Cut(n.RefersTo, "!")
		from, to, _ := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
		col, row, err := excelize.CellNameToCoordinates(from)
		if err != nil {
			continue
		}
		last := row
		if to != "" {
			_, last, _ = excelize.CellNameToCoordinates(to)
		}
		out[n.Name] = at{strings.Trim(sheet, "'"), row, last - row + 1, col}
	}
	return out
}

// desk is a form on somebody's desk.
type desk struct {
	*testing.T
	*excelize.File
	*engine.Program
	areas map[string]at
	done  bool // something was changed
}

// atDesk is a form after somebody worked on it, or nil if there was nothing to do.
func atDesk(t *testing.T, p *engine.Program, data []byte, edit func(*desk)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := &desk{T: t, File: f, Program: p, areas: areasIn(f)}
	if edit(d); !d.done {
		return nil
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func (d *desk) cell(name string, row int) (sheet, cell string) {
	a, ok := d.areas[name]
	if !ok {
		d.Fatalf("there is no name %s", name)
	}
	return a.sheet, book.Ref{Row: a.row + row, Col: a.col}.String()
}

func (d *desk) set(name string, row int, value any) {
	d.done = true
	sheet, cell := d.cell(name, row)
	if err := d.SetCellValue(sheet, cell, value); err != nil {
		d.Fatal(err)
	}
}

// inserted inserts a row into a table and fills it in.
func (d *desk) inserted(name string, row int, values map[string]any) {
	table, _, _ := strings.Cut(name, ".")
	at := d.areas[name]
	if err := d.InsertRows(at.sheet, at.row+row, 1); err != nil {
		d.Fatal(err)
	}
	if now := areasIn(d.File)[name]; now.rows != at.rows+1 {
		d.Fatalf("%s has %d rows, not one more than %d", name, now.rows, at.rows)
	}
	for column, value := range values {
		d.set(form.NameOf(table, column, 0), row, value)
	}
}

// copy puts what stands in a row of a column into another row.
func (d *desk) copy(name string, from, to int) {
	sheet, cell := d.cell(name, from)
	text, err := d.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		d.Fatal(err)
	}
	kind, _ := d.GetCellType(sheet, cell)
	if x, err := strconv.ParseFloat(text, 64); err == nil && kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
		d.set(name, to, x)
	} else {
		d.set(name, to, text)
	}
}

// tables calls for each open table with rows: the names of its columns, and how many
// rows are filled in.
func (d *desk) tables(do func(names, keys []string, rows int)) {
	for i := range d.Rubric.Data {
		table, b := d.Rubric.Data[i].Key.Text, &d.Rubric.Data[i].Value
		if !b.IsOpen() {
			continue
		}
		var names, keys []string
		for _, key := range b.KeyNames() {
			keys = append(keys, form.NameOf(table, key, 0))
		}
		for _, column := range b.Entries() {
			for back := range b.KeyField(column).YearCount() {
				names = append(names, form.NameOf(table, column, back))
			}
		}
		rows := 0
		for ; rows < d.areas[keys[0]].rows; rows++ {
			sheet, cell := d.cell(keys[0], rows)
			if text, err := d.GetCellValue(sheet, cell); err != nil || text == "" {
				break
			}
		}
		if rows >= 4 {
			do(names, keys, rows)
		}
	}
}

// rowsChanged empties a row, adds one far below, and inserts one.
func rowsChanged(d *desk) {
	d.tables(func(names, keys []string, rows int) {
		for _, name := range names {
			d.copy(name, 1, rows+18)
			d.set(name, 2, nil)
		}
		d.set(keys[0], rows+18, "新加的")
	})
}

// faults takes away some figures, a name, and tells two rows apart no more.
func faults(d *desk) {
	d.tables(func(names, keys []string, rows int) {
		for i, name := range names {
			if !slices.Contains(keys, name) && i%5 == 0 {
				d.set(name, i%rows, nil)
			}
		}
		for _, key := range keys {
			d.copy(key, 0, 3)
		}
		d.set(keys[len(keys)-1], rows-1, nil)
	})
}

// wrong makes the formulas on a sheet wrong that hold something.
func (d *desk) wrong(sheet, holds string) {
	d.Helper()
	rows, err := d.GetRows(sheet)
	if err != nil {
		d.Fatal(err)
	}
	changed := 0
	for r, row := range rows {
		for c := range row {
			at := book.Ref{Row: r + 1, Col: c + 1}.String()
			if text, err := d.GetCellFormula(sheet, at); err == nil && strings.Contains(text, holds) {
				if err := d.SetCellFormula(sheet, at, text+"+1"); err != nil {
					d.Fatal(err)
				}
				changed++
				d.done = true
			}
		}
	}
	if changed == 0 {
		d.Fatalf("no formula on %s has %s", sheet, holds)
	}
}
