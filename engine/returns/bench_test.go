package returns_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/engine/xlsx"
	"dudao/reports/blank"

	"github.com/xuri/excelize/v2"
)

// benchForm is a filled form of 60 items and 150 schools, about 2,800 cells.
func benchForm(tb testing.TB) (*rubric.Rubric, []byte) {
	var b strings.Builder
	b.WriteString("id: bench\ntitle: 测速\nversion: \"1\"\ndata:\n  县:\n    fields:\n")
	for i := range 45 {
		fmt.Fprintf(&b, "      数%d: {years: 2}\n", i)
	}
	b.WriteString("  学校:\n    key: 校名\n    columns:\n")
	for i := range 16 {
		fmt.Fprintf(&b, "      量%d: {}\n", i)
	}
	b.WriteString("items:\n")
	for i := range 45 {
		fmt.Fprintf(&b, "  - {id: c%d, title: 数%d, points: 2, pass: 数%d >= prev(数%d)}\n", i, i, i, i)
	}
	for i := range 15 {
		fmt.Fprintf(&b, "  - {id: r%d, title: 量%d, points: 2, each: 学校, pass: 量%d >= 4.2, lose: 0.01}\n", i, i, i)
	}
	r, diags := rubric.Load("bench.yaml", []byte(b.String()), nil)
	if diags.HasErrors() {
		tb.Fatal(diags)
	}
	var buf bytes.Buffer
	if err := blank.Book(compiled(tb, r), nil, text.New("zh"), "test").Write(&buf); err != nil {
		tb.Fatal(err)
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		tb.Fatal(err)
	}
	for _, n := range f.GetDefinedName() {
		sheet, place, ok := strings.Cut(strings.NewReplacer("'", "", "$", "").Replace(n.RefersTo), "!")
		from, _, _ := strings.Cut(place, ":")
		col, row, err := excelize.CellNameToCoordinates(from)
		if !ok || err != nil || strings.HasPrefix(n.Name, "_") {
			continue
		}
		rows := 1
		if strings.HasPrefix(n.Name, "学校.") {
			rows = 150
		}
		for i := range rows {
			cell, _ := excelize.CoordinatesToCellName(col, row+i)
			var value any = float64(i*col) + 0.85
			if n.Name == "学校.校名" {
				value = fmt.Sprintf("第%d小学", i+1)
			}
			if err := f.SetCellValue(sheet, cell, value); err != nil {
				tb.Fatal(err)
			}
		}
	}
	buf.Reset()
	if err := f.Write(&buf); err != nil {
		tb.Fatal(err)
	}
	return r, buf.Bytes()
}

// BenchmarkForm reads a filled form as a batch does for each county.
func BenchmarkForm(b *testing.B) {
	r, data := benchForm(b)
	cells := 0
	for b.Loop() {
		doc, diags := returns.Open("a.xlsx", data, returns.DefaultLimits)
		if diags.HasErrors() {
			b.Fatal(diags)
		}
		ret, diags := doc.Read(r)
		if diags.HasErrors() || len(ret.Problems) > 0 {
			b.Fatal(diags, ret.Problems)
		}
		cells = 90 + 17*len(ret.Tables["学校"].Keys)
	}
	b.ReportAllocs()
	b.ReportMetric(float64(cells), "cells")
}

// BenchmarkFormSheets reads all its sheets, without making a return of them.
func BenchmarkFormSheets(b *testing.B) {
	_, data := benchForm(b)
	l := returns.DefaultLimits
	for b.Loop() {
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			b.Fatal(err)
		}
		book, err := xlsx.Open(archive, xlsx.Limits{Unpacked: l.Unpacked, Text: l.Text, Cells: l.Cells, Rows: l.Rows, Time: l.Time})
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range book.Sheets {
			if _, err := book.Sheet(name); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportAllocs()
}

// BenchmarkFormGetRows is what excelize's own GetRows needs for the same file.
func BenchmarkFormGetRows(b *testing.B) {
	_, data := benchForm(b)
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
		if err != nil {
			b.Fatal(err)
		}
		for _, sheet := range f.GetSheetList() {
			if _, err := f.GetRows(sheet); err != nil {
				b.Fatal(err)
			}
		}
		_ = f.Close()
	}
	b.ReportAllocs()
}
