package formula

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// slope is a scope in which 甲 rises: 乙 is positive, 丙 isn't, 每 is computed from 甲.
func slope(t *testing.T) (*Scope, *Machine, Rise) {
	t.Helper()
	s := NewScope()
	a := s.Single(&Name{Name: "甲"}, 2)
	s.Single(&Name{Name: "乙"}, 1)
	c := s.Single(&Name{Name: "丙"}, 1)
	f, diags := CompileAny(source("per(乙, 甲, 100)"), s)
	if f == nil {
		t.Fatal(diags)
	}
	each := s.Single(&Name{Name: "每", Formula: f}, 1)
	m := NewMachine(s)
	for i := range m.Slots {
		m.Slots[i] = NumberColumn(2)
	}
	m.Slots[c.Slots[0]] = NumberColumn(-3)
	moves := []int{a.Slots[0], each.Slots[0]}
	return s, m, Rise{Of: a, Moves: func(slot int) bool { return slices.Contains(moves, slot) },
		Positive: func(n *Name, _ int) bool { return n != c }}
}

func TestTrend(t *testing.T) {
	up, down, still := Trend{Up: true}, Trend{Down: true}, Trend{}
	tests := []struct {
		formula string
		want    Trend
	}{
		{"甲", up}, {"prev(甲)", still}, {"乙 * 丙", still}, {"-甲", down}, {"乙 - 甲", down}, {"甲 - 甲", either},
		{"甲 * 乙", up}, {"甲 * 丙", either}, {"甲 / 乙", up}, {"乙 / 甲", either}, {"甲 / 丙", either},
		{"ratio(乙, 甲)", down}, {"ratio(丙, 甲)", either}, {"ratio(丙 + 甲, 乙)", up}, {"ratio(乙 - 丙, 甲)", down}, {"ratio(甲 - 丙, 甲)", either},
		{"每", down}, {"乙 - 每", up}, {"甲 + 每", either},
		{"甲 >= 3", up}, {"甲 < 3", down}, {"每 >= 3 and 甲 <= 乙", down}, {"not (甲 > 3)", down}, {"甲 > 3 or 甲 < 1", either},
		{"3 >= 甲", either}, {"甲 == 3", either}, {"甲 in [2, 3]", either}, {"甲 - 丙 >= 0", up}, {"丙 - 甲 >= 0", either},
		{"pick(乙 > 1, 甲, 2)", up}, {"pick(甲 > 1, 甲, 2)", either}, {"max(甲, 乙)", up}, {"min(甲, 丙, 每)", either},
		{"growth(甲)", either}, {"甲 ?? 1", either}, {"乙 ?? 1", still}, {"round(甲)", either}, {"abs(丙)", still},
	}
	for _, tt := range tests {
		s, m, rise := slope(t)
		f, diags := CompileAny(source(tt.formula), s)
		if f == nil {
			t.Fatal(diags)
		}
		if got := f.Trend(m, rise); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.formula, got, tt.want)
		}
	}
}

// No formula goes where its trend doesn't, whatever the values are.
func TestTrendHolds(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var random func(depth int) string
	random = func(depth int) string {
		if depth == 0 {
			return []string{"甲", "甲", "乙", "丙", "每", "0.1", "7"}[r.IntN(7)]
		}
		x, y, z := random(depth-1), random(depth-1), random(r.IntN(depth))
		return []string{"(" + x + " + " + y + ")", "(" + x + " - " + y + ")", x + " * " + y, x + " / (" + y + ")", "per(" + x + ", " + y + ", 100)",
			"-(" + x + ")", "min(" + x + ", " + y + ")", "pick(" + z + " > 2, " + x + ", " + y + ")", "(" + x + " ?? " + y + ")", "abs(" + x + ")"}[r.IntN(10)]
	}
	told := 0
	for range 4000 {
		s, m, rise := slope(t)
		text := random(1 + r.IntN(3))
		if r.IntN(2) == 0 {
			text = []string{text + " >= 2", "not (" + text + " < " + random(1) + ")", text + " > 1 and 甲 <= 5"}[r.IntN(3)]
		}
		f, _ := CompileAny(source(text), s)
		if f == nil {
			continue // it divides by zero
		}
		name := func(n string) *Column { return &m.Slots[s.Name(n).Slots[0]] }
		*name("乙") = NumberColumn(float64(r.IntN(6)))
		*name("丙") = NumberColumn(float64(r.IntN(9) - 4))
		trend := f.Trend(m, rise)
		if trend == either {
			continue
		}
		told++
		var was *float64
		for step := range 40 {
			*name("甲") = NumberColumn(float64(step) / 4)
			m.Reset()
			name("每").Copy(s.Name("每").Formula.Eval(m))
			out := f.Eval(m)
			if out.State[0] != Known {
				continue
			}
			if is := out.Num[0]; was != nil && (is > *was && !trend.Up || is < *was && !trend.Down) {
				t.Fatalf("%s: %v, then %v, and its trend is %+v", text, *was, is, trend)
			}
			was = new(out.Num[0])
		}
	}
	if told < 1000 {
		t.Errorf("only %d formulas have a trend", told)
	}
}
