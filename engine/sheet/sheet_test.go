package sheet

import (
	"fmt"
	"strings"
	"testing"

	"dudao/engine/diag"
)

func cell(name string, v Value) *Cell { return &Cell{Name: name, Values: []Value{v}} }

func column(name string, v ...Value) *Cell { return &Cell{Name: name, Table: "学校", Values: v} }

// written is a formula as it stands in row 7, columns by their names.
func written(e *Expr) string {
	return e.Write().In("7", func(c *Cell) string { return strings.TrimPrefix(c.Name, "学校.") })
}

// What is written, and what a spreadsheet makes of it.
func TestExpressions(t *testing.T) {
	a, b := cell("a", Of(7)), cell("b", Of(-2))
	empty, text := cell("空", Value{}), cell("词", Said("缺数据"))
	x := Ref
	numbers := column("学校.数", Of(1), Of(2.5), Said("缺数据"), Value{}, Of(0))
	flags := column("学校.标", Of(1), Of(0), Of(1), Said("缺数据"), Of(1))
	names := column("学校.名", Said("甲"), Said("乙"), Said("甲"), Value{}, Said(""))
	for _, c := range []struct {
		e     *Expr
		text  string
		value any // float64, string, bool, nil for an error
	}{
		// Literals.
		{Num(0.1), "0.1", 0.1},
		{Num(-3), "-3", -3.0},
		{Num(1e15), "1E+15", 1e15},
		{Num(123456789012), "123456789012", 123456789012.0},
		{Num(1e-7), "0.0000001", 1e-7},
		{Str(`他说"好"`), `"他说""好"""`, `他说"好"`},
		{Bool(true), "TRUE", true},
		// Operators, and the parentheses they need.
		{Add(x(a), Mul(x(b), Num(3))), "a+b*3", 1.0},
		{Mul(Add(x(a), x(b)), Num(3)), "(a+b)*3", 15.0},
		{Sub(x(a), Sub(x(b), Num(1))), "a-(b-1)", 10.0},
		{Sub(Sub(x(a), x(b)), Num(1)), "a-b-1", 8.0},
		{Div(x(a), Mul(x(b), Num(2))), "a/(b*2)", -1.75},
		{Sub(x(a), Num(-1)), "a-(-1)", 8.0},
		{Mul(Num(-1), x(a)), "(-1)*a", -7.0},
		{Neg(x(a)), "-a", -7.0},
		{Neg(Add(x(a), x(b))), "-(a+b)", -5.0},
		{Neg(Neg(x(a))), "-(-a)", 7.0},
		{Mul(Neg(x(a)), Num(2)), "(-a)*2", -14.0},
		{Div(x(a), Num(0)), "a/0", nil},
		{Cmp(">=", Sub(x(a), x(b)), Num(9)), "a-b>=9", true},
		{Cmp("=", Cmp("=", x(a), Num(7)), Bool(true)), "a=7=TRUE", true},
		{Cmp("=", x(a), Cmp("=", x(b), Num(7))), "a=(b=7)", false},
		{Join(x(a), Str(" 至 "), Add(x(a), Num(0.25))), `a&" 至 "&a+0.25`, "7 至 7.25"},
		// Nothing is 0 and "", a text is no number, and greater than any.
		{Add(x(empty), Num(1)), "空+1", 1.0},
		{Cmp("=", x(empty), Num(0)), "空=0", true},
		{Is(x(empty), ""), `空=""`, true},
		{Add(x(text), Num(1)), "词+1", nil},
		{Cmp(">", x(text), Num(1e9)), "词>1000000000", true},
		{Is(cell("k", Said("ABC")).ref(), "abc"), `k="abc"`, true},
		{Cmp("<", Str("Ab"), Str("aBc")), `"Ab"<"aBc"`, true},
		{Cmp(">", Str("b"), Str("AC")), `"b">"AC"`, true},
		{Exact(cell("k", Said("ABC")).ref(), Str("abc")), `EXACT(k,"abc")`, false},
		{Exact(Div(x(a), Num(0)), Str("")), `EXACT(a/0,"")`, nil},
		{Cmp("=", cell("k", Said("01")).ref(), Num(1)), "k=1", false},
		// Conditions.
		{And(And(Is(x(text), "a"), Is(x(text), "b")), Bool(true)), `AND(词="a",词="b",TRUE)`, false},
		{Or(Bool(false)), "FALSE", false},
		{Not(Cmp("<", x(a), x(b))), "NOT(a<b)", true},
		{If(Cmp(">", x(a), Num(0)), Str("是"), Div(Num(1), Num(0))), `IF(a>0,"是",1/0)`, "是"},
		{IfError(Div(x(a), Num(0)), Str("计算错误")), `IFERROR(a/0,"计算错误")`, "计算错误"},
		// Numbers.
		{Round(Num(2.675), Num(2)), "ROUND(2.675,2)", 2.68},
		{Round(Num(-2.5), Num(0)), "ROUND(-2.5,0)", -3.0},
		{Round(Num(1250), Num(-2)), "ROUND(1250,-2)", 1300.0},
		{Len(Int(Abs(Num(-83752.12)))), "LEN(INT(ABS(-83752.12)))", 5.0},
		{Len(Int(Abs(Num(0.4)))), "LEN(INT(ABS(0.4)))", 1.0},
		{Int(Num(-0.5)), "INT(-0.5)", -1.0},
		{Sqrt(Num(-1)), "SQRT(-1)", nil},
		{Least(x(a), x(b), Num(1)), "MIN(a,b,1)", -2.0},
		{Greatest(x(a), x(empty)), "MAX(a,空)", 7.0},
		{IsNumber(x(empty)), "ISNUMBER(空)", false},
		{N(x(text)), "N(词)", 0.0},
		{Count(x(a), x(text), x(empty)), "COUNT(a,词,空)", 1.0},
		// Columns: texts don't count as numbers, nothing doesn't count at all.
		{Count(Whole(numbers)), "COUNT(学校.数)", 3.0},
		{Rows(Whole(numbers)), "ROWS(学校.数)", 5.0},
		{Sum(Whole(numbers)), "SUM(学校.数)", 3.5},
		{Min(Whole(numbers)), "MIN(学校.数)", 0.0},
		{Max(Whole(numbers)), "MAX(学校.数)", 2.5},
		{Median(Whole(numbers)), "MEDIAN(学校.数)", 1.0},
		{CountIfs(Whole(numbers), Str(Numeric)), `COUNTIFS(学校.数,"<1E+300")`, 3.0},
		{CountIfs(Whole(numbers), Str("缺数据")), `COUNTIFS(学校.数,"缺数据")`, 1.0},
		{CountIfs(Whole(numbers), Num(0)), "COUNTIFS(学校.数,0)", 1.0},
		{CountIfs(Whole(numbers), Str("<>0")), `COUNTIFS(学校.数,"<>0")`, 4.0},
		{CountIfs(Whole(names), Str(AnyText)), `COUNTIFS(学校.名,"?*")`, 3.0},
		{CountIfs(Whole(names), Str("甲"), Whole(flags), Num(1)), `COUNTIFS(学校.名,"甲",学校.标,1)`, 2.0},
		{SumIfs(Whole(numbers), Whole(flags), Num(1)), "SUMIFS(学校.数,学校.标,1)", 1.0},
		{SumProduct(Whole(flags), Whole(numbers)), "SUMPRODUCT(学校.标,学校.数)", 1.0},
		{SumProduct(Mul(Num(1), Cmp("=", Whole(names), Str("")))), `SUMPRODUCT(1*(学校.名=""))`, 2.0},
		{SumProduct(Mul(Whole(numbers), Num(1))), "SUMPRODUCT(学校.数*1)", nil},
		{Lookup(Whole(numbers), Whole(names), Str("乙")), `INDEX(学校.数,MATCH("乙",学校.名,0))`, 2.5},
		{Lookup(Whole(numbers), Whole(names), Str("丙")), `INDEX(学校.数,MATCH("丙",学校.名,0))`, nil},
		{MaxIf(Whole(column("学校.人", Of(3), Of(9), Of(5), Of(0), Of(0))), Whole(names), Str("甲")), `SUMPRODUCT(MAX((学校.名="甲")*学校.人))`, 5.0},
		// In a row of a table a column is the cell beside; the value is that of the first row.
		{Div(x(numbers), Num(2)), "数7/2", 0.5},
		{CountIfs(Whole(names), x(names)), "COUNTIFS(学校.名,名7)", 2.0},
	} {
		if got := written(c.e); got != c.text {
			t.Errorf("%s is written, not %s", got, c.text)
		}
		if got := plain(c.e.Values()[0]); got != c.value {
			t.Errorf("%s comes to %v, not %v", c.text, got, c.value)
		}
	}
}

func (c *Cell) ref() *Expr { return Ref(c) }

func plain(v Value) any {
	switch v.Kind {
	case Number:
		return v.Num
	case Text:
		return v.Text
	case Truth:
		return v.Num != 0
	default:
		return nil
	}
}

// What Excel takes for a cell, or refuses, gets a _.
func TestNames(t *testing.T) {
	for _, c := range [][2]string{
		{"教育支出", "教育支出"}, {"教育支出.上年", "教育支出.上年"}, {"GDP2021", "_GDP2021"}, {"CV1", "_CV1"}, {"ＣＶ１", "_ＣＶ１"}, {"R", "_R"}, {"c", "_c"},
		{"R1C1", "_R1C1"}, {"r2", "_r2"}, {"GDPS2021", "GDPS2021"}, {"1年级", "_1年级"}, {"得分.1.2", "得分.1.2"}, {"占比(%)", "占比___"}, {"·", "_"},
		{".x", "_.x"}, {"_x", "_x"}, {"a b", "a_b"}, {"㎡", "_"}, {"班额—最大", "班额_最大"}, {strings.Repeat("长", 300), strings.Repeat("长", 240)},
	} {
		if got := LegalName(c[0]); got != c[1] {
			t.Errorf("%q becomes %q, not %q", c[0], got, c[1])
		}
	}
	for _, c := range [][2]string{{"ＧＤＰ．上年", "gdp.上年"}, {"Abc", "aBC"}} {
		if FoldName(c[0]) != FoldName(c[1]) {
			t.Errorf("a spreadsheet takes %q and %q for the same", c[0], c[1])
		}
	}
}

// A long formula gives parts of its own cells; a part that fails where the whole
// doesn't look shows no error, and the whole fails where it does.
func TestShorten(t *testing.T) {
	a, zero := cell("一般公共预算教育支出", Of(7)), cell("义务教育阶段学生总数", Of(0))
	long := Div(Mul(Ref(a), Ref(a)), Ref(zero)) // an error
	cond := Cmp(">", Add(Ref(a), Ref(a)), Num(3))
	for _, c := range []struct {
		e     *Expr
		most  int
		want  string
		parts []string
		value any
	}{
		{If(Cmp("=", Ref(zero), Num(0)), Str("不适用"), long), 60, `IF(义务教育阶段学生总数=0,"不适用",p1)`,
			[]string{`IFERROR(一般公共预算教育支出*一般公共预算教育支出/义务教育阶段学生总数,"计算错误")`}, "不适用"},
		{Add(Add(long, Num(1)), Ref(a)), 60, `p1+1+一般公共预算教育支出`, []string{`IFERROR(一般公共预算教育支出*一般公共预算教育支出/义务教育阶段学生总数,"计算错误")`}, nil},
		{If(And(cond, Is(Ref(a), "缺数据")), Num(1), Num(0)), 60, `IF(AND(1*p1=1,一般公共预算教育支出="缺数据"),1,0)`,
			[]string{`IFERROR(IF(一般公共预算教育支出+一般公共预算教育支出>3,1,0),"计算错误")`}, 0.0},
		{If(Or(Is(Ref(a), "缺数据"), Is(Ref(zero), "缺数据")), Str("缺数据"), Ref(a)), 60, `IF(p1=1,"缺数据",一般公共预算教育支出)`,
			[]string{`IF(OR(一般公共预算教育支出="缺数据",义务教育阶段学生总数="缺数据"),1,0)`}, 7.0},
		// The largest part is too long once it can't show an error.
		{If(Cmp("=", Ref(zero), Num(0)), Str("不适用"), long), 50, `IF(义务教育阶段学生总数=0,"不适用",p1/义务教育阶段学生总数)`,
			[]string{`IFERROR(一般公共预算教育支出*一般公共预算教育支出,"计算错误")`}, "不适用"},
		{Ref(a), 60, "一般公共预算教育支出", nil, 7.0},
	} {
		var parts []string
		got := c.e.Shorten(c.most, "计算错误", func(e *Expr) *Cell {
			parts = append(parts, written(e))
			return &Cell{Name: fmt.Sprint("p", len(parts)), Label: diag.Phrase{}, Values: e.Values()}
		})
		if text := written(got); text != c.want || strings.Join(parts, "\n") != strings.Join(c.parts, "\n") {
			t.Errorf("got  %s\nwant %s\nparts %q\nwant  %q", text, c.want, parts, c.parts)
		}
		if v := plain(got.Values()[0]); v != c.value {
			t.Errorf("%s comes to %v, not %v", c.want, v, c.value)
		}
	}
}

// A shortened formula comes to what a spreadsheet makes of its parts' cells, whatever
// stands there.
func TestShortenedReadsItsParts(t *testing.T) {
	a := cell("一般公共预算教育支出", Of(7))
	share := Div(Ref(a), Ref(a))
	e := Sub(Add(share, share), Num(1))
	if v := plain(e.Values()[0]); v != 1.0 {
		t.Fatalf("%s comes to %v", written(e), v)
	}
	short := e.Shorten(50, "计算错误", func(*Expr) *Cell { return cell("p1", Of(41)) })
	if v := plain(short.Values()[0]); v != 81.0 {
		t.Errorf("%s comes to %v", written(short), v)
	}
}

// A formula whose text would double sixty times over is shortened like any other, long
// before somebody writes it or computes it.
func TestShortenEndless(t *testing.T) {
	a := cell("一般公共预算教育支出", Of(1))
	e := Ref(a)
	for range 60 {
		e = Div(Add(e, e), Num(2))
	}
	parts := 0
	got := e.Shorten(200, "计算错误", func(e *Expr) *Cell {
		if parts++; e.Size() > 200 {
			t.Errorf("a part has %d characters", e.Size())
		}
		return cell(fmt.Sprint("p", parts), e.Values()[0])
	})
	if v := plain(got.Values()[0]); v != 1.0 || got.Size() > 200 {
		t.Errorf("%s comes to %v", written(got), v)
	}
}
