package formula

import (
	"slices"
	"strconv"
	"testing"
)

func compiled(t *testing.T, text string) *Formula {
	t.Helper()
	s, _ := world(t)
	f, diags := CompileAny(source(text), s)
	if diags.HasErrors() {
		t.Fatalf("%s: %v", text, diags)
	}
	return f
}

func TestConditions(t *testing.T) {
	tests := []struct {
		formula string
		want    []string
	}{
		{"支出 >= 门槛", []string{"支出 >= 门槛"}},
		{"(支出 + 缺) * 2 >= abs(缺) and not (支出 < 1 or 已出台)", []string{"(支出 + 缺) * 2 >= abs(缺)", "支出 < 1", "已出台"}},
		{"pick(支出 > 1, 缺 > 2, 已出台)", []string{"支出 > 1", "缺 > 2", "已出台"}},
		{"all(学校.达标)", []string{"all(学校.达标)"}},
		{"sum(学校.学生数) >= (1 + (2 * 3)) and 支出 in [1, 2]", []string{"sum(学校.学生数) >= (1 + (2 * 3))", "支出 in [1, 2]"}},
		{"falls(支出, 1) >= 1", []string{"falls(支出, 1) >= 1"}},
		{"count(学校.达标) + 1", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, c := range compiled(t, tt.formula).Conditions() {
			got = append(got, c.Text())
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.formula, got, tt.want)
		}
	}
}

func TestParts(t *testing.T) {
	tests := []struct {
		formula string
		want    []string
	}{
		{"支出 >= 缺 + 支出", []string{"支出 0", "缺 0"}},
		{"sum(学校.学生数) / 支出 <= 门槛", []string{"sum(学校.学生数): 学校 学生数", "支出 0", "门槛 0"}},
		{"pick(支出 > 1, 门槛, 缺)", []string{"支出 0", "门槛 0"}},
		{"growth(支出)", []string{"支出 0", "支出 1"}},
	}
	for _, tt := range tests {
		var got []string
		_, m := world(t)
		for _, p := range compiled(t, tt.formula).Parts(m, 0) {
			if p.Table == nil {
				got = append(got, p.Name.Name+" "+strconv.Itoa(p.Back))
				continue
			}
			text := p.Of.Text() + ": " + p.Table.Name
			for _, c := range p.Columns {
				text += " " + c.Name
			}
			got = append(got, text)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.formula, got, tt.want)
		}
	}
}

func TestConditionsOfATableWithoutRows(t *testing.T) {
	s, m := world(t)
	empty := s.Table("空表")
	f, diags := CompileAny(source("pick(数 > 1, 数 > 2, 支出 > 3)"), s.Inside(empty))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, c := range f.Conditions() {
		if got := c.Asked(m); got.Len() != 0 {
			t.Errorf("%s has %d rows", c.Text(), got.Len())
		}
	}
}
