package formula

import (
	"fmt"
	"strings"
	"testing"

	"dudao/engine/diag"
	"dudao/engine/sheet"
)

var chinese = Words{Inapplicable: "不适用", Open: "待评定", Missing: "缺数据", Failed: "计算错误", Yes: "是", No: "否"}

// translator knows the cells of world: what people fill in, as the return has it.
type translator struct {
	*Sheet
	steps []string // the cells that a formula needed besides its own
}

func translate(t *testing.T, s *Scope, m *Machine) *translator {
	t.Helper()
	out := &translator{Sheet: NewSheet(chinese)}
	cell := func(table *Table, e *sheet.Expr) *sheet.Cell {
		c := &sheet.Cell{Name: fmt.Sprintf("步%d", len(out.steps)+1), Formula: e, Values: e.Values()}
		if table != nil && e.ByRow() {
			c.Table = table.Root().Name
		}
		out.steps = append(out.steps, c.Name+"="+text(e))
		return c
	}
	out.New = func(table *Table, _ diag.Phrase, e *sheet.Expr) *sheet.Cell { return cell(table, e) }
	out.Empty = func(t *Table) bool { return m.Rows[t.Index] == 0 }
	out.Param = func(n *Name) *sheet.Cell {
		return &sheet.Cell{Name: n.Name, Values: chinese.Values(*n.Constant, n.Kind)}
	}
	typed := func(n *Name, table string) {
		for back, slot := range n.Slots {
			name := n.Name
			if back > 0 {
				name += ".上年"
			}
			values := chinese.Values(m.Slots[slot], n.Kind)
			for i, v := range values {
				switch {
				case v == sheet.Said("缺数据"):
					values[i] = sheet.Value{} // an empty cell
				case n.Kind == Truth && v.Num != 0:
					values[i] = sheet.Said("是")
				case n.Kind == Truth:
					values[i] = sheet.Said("否")
				}
			}
			out.Typed(slot, n.Kind, &sheet.Cell{Name: name, Table: table, Values: values}, false)
		}
	}
	for _, name := range []string{"支出", "缺", "不涉及", "零", "类别", "已出台"} {
		typed(s.Name(name), "")
	}
	for _, n := range s.Table("学校").Columns {
		typed(n, "学校")
	}
	for _, n := range s.Table("空表").Columns {
		typed(n, "空表")
	}
	return out
}

func text(e *sheet.Expr) string {
	return e.Write().In("7", func(c *sheet.Cell) string { return c.Name })
}

// How the formulas of a rubric are written for a spreadsheet, the cells that they need
// besides their own, and what they come to.
func TestTranslation(t *testing.T) {
	for _, c := range []struct {
		formula string
		text    string
		steps   string // joined by blanks
		value   any
	}{
		// Whatever is read is known, or the cell says why it isn't.
		{"1 + 2 * 3", "1+2*3", "", 7.0},
		{"(1 - 2) * -3", "(1-2)*(-3)", "", 3.0},
		{"支出 - prev(支出)", `IF(COUNT(支出,支出.上年)=2,支出-支出.上年,IF(COUNT(支出,支出.上年)+(支出="不适用")+(支出.上年="不适用")<2,"缺数据","不适用"))`, "", 3.0},
		{"缺 + 1", `IF(ISNUMBER(缺),缺+1,IF(COUNT(缺)+(缺="不适用")<1,"缺数据","不适用"))`, "", "缺数据"},
		{"不涉及 * 2", `IF(ISNUMBER(不涉及),不涉及*2,IF(COUNT(不涉及)+(不涉及="不适用")<1,"缺数据","不适用"))`, "", "不适用"},
		{"缺 ?? 7", `步1`, `步1=IF(OR(ISNUMBER(缺),缺="不适用"),缺,7)`, 7.0},
		{"不涉及 ?? 7", `步1`, `步1=IF(OR(ISNUMBER(不涉及),不涉及="不适用"),不涉及,7)`, "不适用"},
		// Division may fail.
		{"支出 / 4", `IF(ISNUMBER(支出),IFERROR(支出/4,"计算错误"),IF(COUNT(支出)+(支出="不适用")<1,"缺数据","不适用"))`, "", 25.75},
		{"支出 / 零", `IF(COUNT(支出,零)=2,IFERROR(支出/零,"计算错误"),IF(COUNT(支出,零)+(支出="不适用")+(零="不适用")<2,"缺数据","不适用"))`, "", "计算错误"},
		// Comparisons see no noise; against a constant the digits are written out.
		{"0.1 + 0.2 == 0.3", "IF(ROUND(0.1+0.2-0.3,12)=0,1,0)", "", 1.0},
		{"0.29 * 100 >= 29", "IF(ROUND(0.29*100-29,11)>=0,1,0)", "", 1.0},
		{"支出 >= 门槛", `IF(ISNUMBER(支出),IF(ROUND(支出-门槛,11)>=0,1,0),IF(COUNT(支出)+(支出="不适用")<1,"缺数据","不适用"))`, "", 1.0},
		{"门槛 > -门槛", "IF(门槛>-门槛,1,0)", "", 1.0}, // whole numbers have no noise
		{"门槛 > 门槛 / 3", `IFERROR(IF(ROUND(门槛-门槛/3,13-LEN(INT(ABS(门槛/3))))>0,1,0),"计算错误")`, "", 1.0},
		{"支出 - 103 >= 0", `IF(ISNUMBER(支出),IF(ROUND(支出-103,10)>=0,1,0),IF(COUNT(支出)+(支出="不适用")<1,"缺数据","不适用"))`, "", 1.0},
		// Texts: Chinese ones by =, others by EXACT, for = doesn't tell A from a.
		{`类别 == "普通"`, `IF(AND(类别<>"",类别<>"不适用"),IF(类别="普通",1,0),IF(AND(类别<>"",类别<>"不适用")+(类别="不适用")<1,"缺数据","不适用"))`, "", 1.0},
		{`类别 == "A"`, `IF(AND(类别<>"",类别<>"不适用"),IF(EXACT(类别,"A"),1,0),IF(AND(类别<>"",类别<>"不适用")+(类别="不适用")<1,"缺数据","不适用"))`, "", 0.0},
		// Answers are words.
		{"not 已出台", `IF(OR(已出台="是",已出台="否"),IF(NOT(已出台="是"),1,0),IF(OR(已出台="是",已出台="否")+(已出台="不适用")<1,"缺数据","不适用"))`, "", 0.0},
		// Functions of single values.
		{"round(2.675, 2)", "ROUND(2.675,2)", "", 2.68},
		{"ceil(2.1) + floor(-2.1)", "-INT(-ROUND(2.1,9))+INT(ROUND(-2.1,9))", "", 0.0},
		{"max(1, min(5, 门槛))", "MAX(1,MIN(5,门槛))", "", 5.0},
		{"pick(已出台, 1, 缺)", "步1", `…`, 1.0},
		// Functions of columns count their rows first.
		{"sum(学校.学生数)", `步3`, `步1=COUNT(学生数) 步2=IF(COUNT(学生数)+COUNTIFS(学生数,"不适用")<ROWS(学生数),"缺数据",IF(步1=0,"不适用",步1)) 步3=IF(ISNUMBER(步2),SUM(学生数),IF(COUNT(步2)+(步2="不适用")<1,"缺数据","不适用"))`, "缺数据"},
		{"sum(prev(学校.学生数))", `步3`, "…", 300.0},
		{"count(学校.达标)", "步3", "…", 2.0},
		{"mean(prev(学校.学生数))", "步3", "…", 100.0},
		{"sum_if(学校.学生数, 学校.校名, \"二小\")", "步4", "…", 200.0},
		{"sum_if(学校.学生数, 学校.校名, \"三小\")", "步4", "…", "缺数据"},
		{"count_if(学校.校名, \"四小\")", "步2", "…", 0.0},
		{"min_if(学校.学生数, 学校.校名, \"二小\")", "步5", "…", 200.0},
		{"max_if(学校.学生数, 学校.校名, \"二小\")", "步5", "…", 200.0},
		{"sum(空表.数)", "步1", `步1="缺数据"`, "缺数据"},
	} {
		s, m := world(t)
		f, diags := CompileAny(source(c.formula), s)
		if diags.HasErrors() {
			t.Fatal(c.formula, diags)
		}
		tr := translate(t, s, m)
		e := tr.Guarded(tr.Translate(f, nil))
		steps := strings.Join(tr.steps, " ")
		if got := text(e); got != c.text || c.steps != "…" && steps != c.steps {
			t.Errorf("%s\n is  %s\n not %s\n with %s", c.formula, got, c.text, steps)
		}
		v := e.Values()[0]
		if got := map[bool]any{true: v.Num, false: v.Text}[v.Kind == sheet.Number]; got != c.value {
			t.Errorf("%s comes to %v, not %v", c.formula, got, c.value)
		}
	}
}
