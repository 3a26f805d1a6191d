package assessment

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"dudao/reports/book"

	"github.com/xuri/excelize/v2"
)

// large is a rubric of 60 items in 10 sections, and a return of 150 schools.
func large(t testing.TB) scored {
	t.Helper()
	var rules, data strings.Builder
	rules.WriteString(`id: large
title: 某省县域义务教育优质均衡发展督导评估细则
version: "1"
scored: 县
digits: 2
inapplicable: exclude
data:
  基本情况:
    fields:
`)
	for i := range 30 {
		fmt.Fprintf(&rules, "      指标值%d_: {type: percent, years: 2, min: 0, max: 100, source: 教育事业统计报表}\n", i)
	}
	rules.WriteString(`  学校:
    key: 学校名称
    columns:
      学校名称: {type: text}
      学段: {choice: [小学, 初中]}
      学生数: {unit: 人, type: whole}
      教师数: {unit: 人, type: whole}
      骨干教师数: {unit: 人, type: whole}
      校舍面积: {unit: ㎡}
      生师比: {formula: "ratio(学生数, 教师数)"}
      生均校舍面积: {formula: "ratio(校舍面积, 学生数)"}
items:
`)
	for section := range 10 {
		fmt.Fprintf(&rules, "  - title: 第%d部分　义务教育优质均衡发展的保障\n    items:\n", section+1)
		for i := range 6 {
			n := section*6 + i
			fmt.Fprintf(&rules, "      - id: \"%d.%d\"\n        title: 各项指标达到规定标准，逐年改善，统筹使用\n        points: 2\n        evidence: [统计报表, 工作台账]\n", section+1, i+1)
			switch i {
			case 0:
				fmt.Fprintf(&rules, "        each: 学校\n        pass: 生师比 <= %d\n        lose: 0.1\n", 12+section)
			case 1:
				fmt.Fprintf(&rules, "        each: 学校\n        pass: 生均校舍面积 >= %d\n        lose: 0.1\n", 3+section)
			default:
				fmt.Fprintf(&rules, "        value: 指标值%d_\n        bands: [{from: 90, points: 2}, {from: 70, points: 1}]\n", n%30)
			}
		}
	}
	data.WriteString("rubric: large\nname: 某县\nyear: 2025\ndata:\n")
	for i := range 30 {
		fmt.Fprintf(&data, "  指标值%d_: [%d.5, %d]\n", i, 60+(i*7)%40, 60+(i*5)%40)
	}
	data.WriteString("  学校:\n")
	for i := range 150 {
		fmt.Fprintf(&data, "    - {学校名称: 某镇第%d中心学校, 学段: %s, 学生数: %d, 教师数: %d, 骨干教师数: %d, 校舍面积: %d.25}\n",
			i, []string{"小学", "初中"}[i%2], 200+i*7, 15+i%60, i%9, 2000+(i*37)%5000)
	}
	return score(t, rules.String(), "return.yaml", data.String())
}

// BenchmarkReport makes and writes a report of 60 items and 150 schools.
func BenchmarkReport(b *testing.B) {
	s := large(b)
	var size countingWriter
	b.ReportAllocs()
	for b.Loop() {
		size = 0
		if err := s.book("zh").Write(&size); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(countCells(s.book("zh"))), "cells")
	b.ReportMetric(float64(size), "file-B")
}

// BenchmarkWriteOnly only writes it.
func BenchmarkWriteOnly(b *testing.B) {
	made := large(b).book("zh")
	b.ReportAllocs()
	for b.Loop() {
		if err := made.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPlainStreamWriter writes the same cells, with a few styles and with
// nothing around them, as a small program would.
func BenchmarkPlainStreamWriter(b *testing.B) {
	made := large(b).book("zh")
	b.ReportAllocs()
	for b.Loop() {
		if err := writePlain(made, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(countCells(made)), "cells")
}

func writePlain(made *book.Book, out io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	var styles []int
	for _, size := range []float64{9, 10.5, 18} {
		id, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "宋体", Size: size}, Alignment: &excelize.Alignment{WrapText: true}})
		if err != nil {
			return err
		}
		styles = append(styles, id)
	}
	for _, s := range made.Sheets {
		if _, err := f.NewSheet(s.Name); err != nil {
			return err
		}
		sw, err := f.NewStreamWriter(s.Name)
		if err != nil {
			return err
		}
		for r, row := range s.Rows {
			cells := make([]any, len(row.Cells))
			for c, cell := range row.Cells {
				cells[c] = excelize.Cell{StyleID: styles[c%len(styles)], Value: cell.Value, Formula: cell.Formula}
			}
			if err := sw.SetRow(fmt.Sprintf("A%d", r+1), cells); err != nil {
				return err
			}
		}
		if err := sw.Flush(); err != nil {
			return err
		}
	}
	return f.Write(out)
}

func countCells(made *book.Book) (n int) {
	for _, s := range made.Sheets {
		for _, row := range s.Rows {
			n += len(row.Cells)
		}
	}
	return n
}

type countingWriter int

func (w *countingWriter) Write(p []byte) (int, error) {
	*w += countingWriter(len(p))
	return len(p), nil
}

// The report that is measured is a whole one: nothing in it failed or is missing.
func TestLargeIsWhole(t *testing.T) {
	s := large(t)
	if n := len(s.card.Items); n != 60 {
		t.Errorf("%d items", n)
	}
	for _, item := range s.card.Items {
		if !item.State.Decided() {
			t.Errorf("%s is %v", item.ID, item.State)
		}
	}
	var a, b bytes.Buffer
	if s.book("zh").Write(&a) != nil || s.book("zh").Write(&b) != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two reports differ")
	}
	if problems := book.Check(a.Bytes(), 200); len(problems) > 0 {
		t.Error(problems)
	}
}
