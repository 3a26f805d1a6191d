package assessment

import (
	"fmt"
	"strconv"
	"testing"

	"dudao/engine/sheet"
	"dudao/reports/book"
	"dudao/reports/office"
)

// manyValues are values of every kind that stands in a cell, and such as are nearly another.
var manyValues = []sheet.Value{
	{}, sheet.Said(""), sheet.Of(0), sheet.Of(1), sheet.Of(-1), sheet.Of(2.5), sheet.Of(0.1 + 0.2), sheet.Of(0.3), sheet.Of(123456789.005), sheet.Of(123456789012345),
	sheet.Said("缺数据"), sheet.Said("不适用"), sheet.Said("一小"), sheet.Said("一小学"), sheet.Said("A校"), sheet.Said("a校"), sheet.Said("7"), sheet.Said("1班"),
	sheet.Said("一*"), sheet.Said("?小"), sheet.Said("~"), sheet.Said(">1"), sheet.Said("=一小"), sheet.Said("<>"), sheet.Said("2.50"), sheet.Said(" 一小"),
}

// What package sheet makes of a formula is what LibreOffice makes of it.
func TestSheetCalculatesLikeASpreadsheet(t *testing.T) {
	t.Parallel()
	data, calc := &book.Sheet{Name: "data"}, &book.Sheet{Name: "calc"}
	b := &book.Book{Sheets: []*book.Sheet{data, calc}}
	all := &sheet.Cell{Name: "列", Table: "表"}
	ones := &sheet.Cell{Name: "旁", Table: "表"}
	var single []*sheet.Expr
	for i, v := range manyValues {
		c := book.Cell{Value: value(v)}
		if v == sheet.Said("") {
			c.Formula = `""` // an empty text is only what a formula gives
		}
		data.Rows = append(data.Rows, book.Row{Cells: []book.Cell{c, {Value: float64(i)}}})
		at := book.Ref{Row: i + 1, Col: 1}
		named := &sheet.Cell{Name: fmt.Sprintf("值.%d", i+1), Values: []sheet.Value{v}}
		b.Names = append(b.Names, book.Name{Name: named.Name, Sheet: data.Name, From: at, To: at})
		single = append(single, sheet.Ref(named))
		all.Values, ones.Values = append(all.Values, v), append(ones.Values, sheet.Of(float64(i)))
	}
	for i, c := range []*sheet.Cell{all, ones} {
		b.Names = append(b.Names, book.Name{Name: c.Name, Sheet: data.Name, From: book.Ref{Row: 1, Col: i + 1}, To: book.Ref{Row: len(manyValues), Col: i + 1}})
	}
	exprs := single
	column, beside, none := sheet.Whole(all), sheet.Whole(ones), sheet.Str("#")
	add := func(list ...*sheet.Expr) {
		for _, e := range list {
			if e.IsTruth() {
				e = sheet.If(e, sheet.Num(1), sheet.Num(0))
			}
			exprs = append(exprs, sheet.IfError(e, none))
		}
	}
	two := sheet.Num(2)
	// Spreadsheets count with a text that looks like a number; package sheet doesn't, and
	// no formula counts with a text.
	numeric := func(x *sheet.Expr) bool { _, err := strconv.ParseFloat(x.Values()[0].Text, 64); return err == nil }
	for _, x := range single {
		if !numeric(x) {
			add(sheet.Neg(x), sheet.Round(x, two), sheet.Int(x), sheet.Abs(x), sheet.Len(sheet.Int(sheet.Abs(x))), sheet.Sqrt(x))
		}
		add(sheet.IsNumber(x), sheet.N(x), sheet.Count(x), sheet.Join(x, sheet.Str("|")), sheet.Is(x, ""), sheet.If(sheet.Is(x, ""), sheet.Str("leer"), x), sheet.Least(x, sheet.Num(0.25)), sheet.Greatest(x, sheet.Num(0.25)),
			sheet.CountIfs(column, x), sheet.SumIfs(beside, column, x), sheet.SumProduct(sheet.Mul(sheet.Num(1), sheet.Cmp("=", column, x))),
			sheet.MaxIf(beside, column, x),
			sheet.Not(sheet.Cmp(">=", x, sheet.Num(1))), sheet.And(sheet.IsNumber(x), sheet.Cmp("<", x, sheet.Num(3))))
		if x.Values()[0].Kind == sheet.Text { // programs differ on numbers
			add(sheet.SumProduct(sheet.Mul(sheet.Num(1), sheet.Exact(column, x))), sheet.Lookup(beside, column, x))
		}
		for _, y := range single {
			if !numeric(x) && !numeric(y) {
				add(sheet.Add(x, y), sheet.Mul(x, y), sheet.Div(x, y))
			}
			add(sheet.Exact(x, y))
			add(sheet.Cmp("=", x, y))
			if x.Values()[0].Kind != sheet.Text || y.Values()[0].Kind != sheet.Text { // no formula asks which text comes first
				add(sheet.Cmp("<", x, y), sheet.Cmp(">=", x, y))
			}
		}
	}
	for _, criterion := range []string{"", "<>0", sheet.Numeric, "缺数据"} {
		add(sheet.CountIfs(column, sheet.Str(criterion)), sheet.SumIfs(beside, column, sheet.Str(criterion)), sheet.CountIfs(column, sheet.Str(criterion), beside, sheet.Num(1)))
	}
	for _, half := range []float64{0.5, 1.5, 2.5, -0.5, -2.5, 1.005, 2.675, 1e-10, 123456.785, 999999.5} {
		for places := -2; places <= 12; places += 2 {
			add(sheet.Round(sheet.Num(half), sheet.Num(float64(places))), sheet.Round(sheet.Div(sheet.Num(half), sheet.Num(3)), sheet.Num(float64(places))))
		}
	}
	add(sheet.Rows(column), sheet.Count(column), sheet.Sum(column), sheet.Min(column), sheet.Max(column), sheet.Median(column), sheet.SumProduct(column, beside),
		sheet.SumProduct(sheet.Mul(sheet.IsNumber(column), sheet.Num(1)), beside), sheet.SumProduct(sheet.Mul(column, sheet.Num(1))),
		sheet.Add(sheet.Num(1), sheet.Mul(sheet.Sub(sheet.Num(0), two), two)), sheet.Sub(sheet.Num(1), sheet.Sub(two, sheet.Num(-3))), sheet.Mul(sheet.Neg(two), sheet.Neg(two)))
	exprs = exprs[len(single):]
	for _, e := range exprs {
		calc.Rows = append(calc.Rows, book.Row{Height: 15, Cells: []book.Cell{expr(e, book.Plain)}})
	}
	got := office.Recalculate(t, map[string][]byte{"sheet": workbook(t, b)})["sheet"]
	for i, e := range exprs {
		want, is := value(e.Values()[0]), got["calc"][fmt.Sprintf("A%d", i+1)].Value
		if !agrees(want, is) {
			t.Errorf("%s is %v (%T), not %v", e.Write().In("", nil), is, is, want)
		}
	}
	t.Logf("%d formulas", len(exprs))
}
