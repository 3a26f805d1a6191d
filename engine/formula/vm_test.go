package formula

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"dudao/engine/decimal"
	"dudao/engine/diag"

	"github.com/expr-lang/expr"
)

// expr's own virtual machine is the second interpreter: wherever nothing is
// missing and no noise decides, it must agree with the closures.
func TestAgainstExprVM(t *testing.T) {
	s, m := world(t)
	tab := s.Table("学校")
	pupils := tab.Column("学生数")
	m.Slots[pupils.Slots[0]] = Column{Num: []float64{100, 200, 60}, State: make([]State, 3)}
	env := map[string]any{
		"门槛": 85.0, "支出": 103.0, "类别": "普通", "已出台": true, "零": 0.0,
		"学校": map[string]any{"学生数": []float64{100, 200, 60}, "达标": []bool{true, false, true}},
	}
	floats := func(f func([]float64) (float64, State)) func(...any) (any, error) {
		return func(args ...any) (any, error) {
			v, _ := f(args[0].([]float64))
			return v, nil
		}
	}
	options := []expr.Option{expr.Env(env),
		expr.Function("prev", func(...any) (any, error) { return 100.0, nil }),
		expr.Function("pick", func(args ...any) (any, error) {
			if args[0].(bool) {
				return args[1], nil
			}
			return args[2], nil
		}),
		expr.Function("per", func(args ...any) (any, error) {
			return number(args[0]) / number(args[1]) * number(args[2]), nil
		}),
		expr.Function("sum", floats(total)), expr.Function("mean", floats(mean)),
		expr.Function("min", floats(least)), expr.Function("max", floats(greatest)),
	}
	formulas := []string{
		"支出 + 门槛 * 2 - 3 / 4", "-(支出 - 门槛)", "(支出 + 1) * (门槛 - 2) / 7",
		"支出 > 门槛 and not (支出 < 50)", "支出 >= 103 or 门槛 < 1", `类别 == "普通" and 已出台`,
		`类别 in ["普通", "民办"]`, `类别 not in ["民办"]`, "支出 != 门槛", "1 < 支出 < 200",
		"pick(支出 > 门槛, 1.5, 2.5)", "per(支出, 门槛, 100)", "支出 - prev(支出)",
		"sum(学校.学生数)", "mean(学校.学生数)", "min(学校.学生数) + max(学校.学生数)",
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		formulas = append(formulas, randomFormula(r, 3))
	}
	for _, text := range formulas {
		f, diags := CompileAny(source(text), s)
		if f == nil {
			t.Fatalf("%s: %v", text, diags)
		}
		m.Reset()
		got := f.Eval(m)
		program, err := expr.Compile(text, options...)
		if err != nil {
			t.Fatalf("%s: expr says %v", text, err)
		}
		want, err := expr.Run(program, env)
		if err != nil {
			t.Fatalf("%s: expr says %v", text, err)
		}
		switch w := want.(type) {
		case bool:
			if got.State[0] != Known || got.Num[0] != 0 != w {
				t.Errorf("%s: got %v, expr says %v", text, got, w)
			}
		default:
			x := number(w)
			if math.IsInf(x, 0) || math.IsNaN(x) {
				if got.State[0] != Failed {
					t.Errorf("%s: got %v, expr says %v", text, got, x)
				}
			} else if decimal.Compare(got.Num[0], x) != 0 {
				t.Errorf("%s: got %v, expr says %v", text, got.Num[0], x)
			}
		}
	}
}

func number(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	panic(fmt.Sprintf("no number: %v", v))
}

// randomFormula makes arithmetic over names, without division by what may be 0.
func randomFormula(r *rand.Rand, depth int) string {
	if depth == 0 {
		return []string{"支出", "门槛", "7", "2.5", "prev(支出)", "sum(学校.学生数)"}[r.IntN(6)]
	}
	a, b := randomFormula(r, depth-1), randomFormula(r, depth-1)
	switch r.IntN(6) {
	case 0:
		return a + " + " + b
	case 1:
		return a + " - (" + b + ")"
	case 2:
		return "(" + a + ") * (" + b + ")"
	case 3:
		return "(" + a + ") / (" + b + ")"
	case 4:
		return "-(" + a + ")"
	default:
		return "pick(" + a + " > " + b + ", " + a + ", " + b + ")"
	}
}

// Whatever is written as a formula: it compiles and runs, or every error has a
// place.
func FuzzCompile(f *testing.F) {
	for _, text := range []string{"支出 >= prev(支出)", "growth(支出) + 1 > 3", "pick(已出台, 缺 ?? 1, 2)", `类别 in ["a"]`,
		"学校.学生数", "sum(学校.学生数) / 0", "1 < 2 < 3", "支出 ≥ 3％", "let x = 1; x", "a ? b : c", "#", "支出[0]", "支出?.年",
		"{a: 1}", "1..9", "支出 | sum()", "map(学校, #)", "-" + strings.Repeat("(", 50)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, m := world(t)
		for _, scope := range []*Scope{s, s.Inside(s.Table("学校"))} {
			compiled, diags := CompileAny(diag.Excerpt{Text: text, Pos: diag.Pos{File: "r", Line: 1, Col: 1}}, scope)
			for _, d := range diags {
				if d.Pos.Line < 1 || d.Pos.Col < 1 {
					t.Errorf("no place: %s", d.Message.Key)
				}
			}
			if compiled == nil {
				if len(diags) == 0 {
					t.Error("neither a formula nor an error")
				}
				continue
			}
			m.Reset()
			out := compiled.Eval(m)
			for row := range out.Len() {
				compiled.Reading(m, row)
				compiled.Why(m, row)
			}
			compiled.Words()
			compiled.Reads()
			for _, d := range compiled.Doubts() {
				if d.Pos.Line < 1 || d.Pos.Col < 1 || d.Width < 1 || d.Rule == "" || len(d.Hints) == 0 {
					t.Errorf("no place, rule or hint: %s", d.Message.Key)
				}
			}
		}
	})
}
