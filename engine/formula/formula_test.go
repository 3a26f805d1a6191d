package formula

import (
	"strings"
	"testing"

	"dudao/engine/diag"
)

// world is a small scope: single values, a table, a constant.
func world(t *testing.T) (*Scope, *Machine) {
	t.Helper()
	s := NewScope()
	limit := NumberColumn(85)
	s.Declare(&Name{Name: "门槛", Constant: &limit})
	spend := s.Single(&Name{Name: "支出", Digits: 2, Unit: "万元"}, 2)
	gap := s.Single(&Name{Name: "缺", Digits: 2}, 1)
	na := s.Single(&Name{Name: "不涉及", Digits: 2}, 1)
	zero := s.Single(&Name{Name: "零", Digits: 2}, 1)
	kind := s.Single(&Name{Name: "类别", Kind: Text}, 1)
	yes := s.Single(&Name{Name: "已出台", Kind: Truth}, 1)
	tab := s.NewTable("学校")
	name := s.Column(tab, &Name{Name: "校名", Kind: Text}, 1)
	pupils := s.Column(tab, &Name{Name: "学生数", Digits: 0}, 2)
	ok := s.Column(tab, &Name{Name: "达标", Kind: Truth}, 1)
	empty := s.NewTable("空表")
	s.Column(empty, &Name{Name: "数"}, 1)

	m := NewMachine(s)
	m.Rows[tab.Index] = 3
	one := func(x float64) Column { return NumberColumn(x) }
	m.Slots[spend.Slots[0]], m.Slots[spend.Slots[1]] = one(103), one(100)
	m.Slots[gap.Slots[0]] = Column{Num: []float64{0}, State: []State{Missing}}
	m.Slots[na.Slots[0]] = Column{Num: []float64{0}, State: []State{Inapplicable}}
	m.Slots[zero.Slots[0]] = one(0)
	m.Slots[kind.Slots[0]] = Column{Text: []string{"普通"}, State: []State{Known}}
	m.Slots[yes.Slots[0]] = one(1)
	m.Slots[name.Slots[0]] = Column{Text: []string{"一小", "二小", "三小"}, State: make([]State, 3)}
	m.Slots[pupils.Slots[0]] = Column{Num: []float64{100, 200, 0}, State: []State{Known, Known, Missing}}
	m.Slots[pupils.Slots[1]] = Column{Num: []float64{90, 210, 0}, State: make([]State, 3)}
	m.Slots[ok.Slots[0]] = Column{Num: []float64{1, 0, 1}, State: make([]State, 3)}
	return s, m
}

func source(text string) diag.Excerpt {
	return diag.Excerpt{Text: text, Pos: diag.Pos{File: "r.yaml", Line: 1, Col: 1}}
}

func TestEval(t *testing.T) {
	tests := []struct {
		formula string
		want    string // values of Value, joined by blanks
	}{
		{"支出 - prev(支出)", "3"},
		{"7 / 2", "3.5"},
		{"-2 * -3", "6"},
		{"支出 / 零", "!failed"},
		{"(支出 / 零) ?? 1", "!failed"},
		{"growth(支出)", "3"},
		{"growth(支出) >= 3", "yes"},
		{"0.29 * 100 >= 29", "yes"},
		{"0.1 + 0.2 == 0.3", "yes"},
		{"支出 - 103.0000000000001 >= 0", "yes"},
		{"支出 - 103.01 >= 0", "no"},
		{"0 <= 支出 - 103", "yes"},
		{"缺 + 1", "!missing"},
		{"缺 ?? 7", "7"},
		{"不涉及 ?? 7", "!inapplicable"},
		{"缺 > 1 or 已出台", "!missing"},
		{"缺 > 1 and not 已出台", "!missing"},
		{"缺 + 不涉及", "!missing"},
		{"pick(已出台, 1, 缺)", "1"},
		{"pick(not 已出台, 1, 缺)", "!missing"},
		{"pick(缺 > 1, 1, 2)", "!missing"},
		{`pick(已出台, "甲", "乙") == "甲"`, "yes"},
		{`类别 in ["普通", "民办"]`, "yes"},
		{`类别 not in ["普通", "民办"]`, "no"},
		{`支出 in [103, 4]`, "yes"},
		{"支出 in [0, 门槛 + 18]", "yes"},
		{"支出 in [0, 缺]", "!missing"},
		{"不涉及 in [0, 缺]", "!missing"},
		{`类别 in ["民办", 类别]`, "yes"},
		{"min(支出, 门槛)", "85"},
		{"max(支出, 门槛, 零)", "103"},
		{"min(支出, 缺)", "!missing"},
		{"count_if(学校.校名, \"二小\")", "1"},
		{"count_if(学校.校名, \"四小\")", "0"},
		{`类别 != "普通"`, "no"},
		{"1 < 2 < 3", "yes"},
		{"3 > 2 > 2", "no"},
		{"sum(学校.学生数)", "!missing"},
		{"sum(prev(学校.学生数))", "300"},
		{"mean(prev(学校.学生数))", "100"},
		{"median(prev(学校.学生数))", "90"},
		{"min(prev(学校.学生数))", "0"},
		{"max(prev(学校.学生数))", "210"},
		{"count(学校.达标)", "2"},
		{"share(学校.达标) >= 66.66", "yes"},
		{"all(学校.达标)", "no"},
		{"any(学校.达标)", "yes"},
		{"mean(空表.数)", "!missing"},
		{"all(空表.数 ?? 1)", ""},
		{"per(支出, prev(支出), 100)", "103"},
		{"ratio(支出, 零)", "!failed"},
		{"round(1.005, 2)", "1.01"},
		{"round(2.5)", "3"},
		{"floor(0.29 * 100)", "29"},
		{"ceil(0.1 * 3 * 10)", "3"},
		{"abs(-4)", "4"},
		{"sqrt(9)", "3"},
		{"sqrt(0 - 9)", "!failed"},
		{"1e300 * 1e300", "!failed"},
		{"支出 >= 门槛", "yes"},
	}
	for _, tt := range tests {
		t.Run(tt.formula, func(t *testing.T) {
			s, m := world(t)
			f, diags := CompileAny(source(tt.formula), s)
			if tt.want == "" {
				if f != nil {
					t.Fatal("compiles, should not")
				}
				return
			}
			if f == nil {
				t.Fatal(diags)
			}
			if got := show(f, m, 0); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func show(f *Formula, m *Machine, row int) string {
	c := f.Eval(m)
	switch c.State[row] {
	case Missing:
		return "!missing"
	case Failed:
		return "!failed"
	case Inapplicable:
		return "!inapplicable"
	}
	return english(diag.P(f.Value(m, row, 4)))
}

// english prints a phrase by its keys, without the catalogue.
func english(p diag.Phrase) string {
	var b strings.Builder
	for _, m := range p {
		text := m.Key
		for _, a := range m.Args {
			text = strings.Replace(text, "%s", a, 1)
		}
		b.WriteString(text)
	}
	return b.String()
}

func TestEvalByRow(t *testing.T) {
	s, m := world(t)
	in := s.Inside(s.Table("学校"))
	tests := []struct{ formula, want string }{
		{"学生数 * 2", "200 400 !missing"},
		{"学生数 >= prev(学生数)", "yes no !missing"},
		{"(学生数 ?? 0) + 支出", "203 303 103"},
		{`校名 == "二小"`, "no yes no"},
		{"per(学生数, prev(学生数), 100)", "111.1111 95.2381 !missing"},
		{"学生数 / 200 * 100", "50 100 !missing"},
		{`pick(达标, 学生数, 0)`, "100 0 !missing"},
		{`pick(校名 == "三小", 1, 学生数)`, "100 200 1"},
		{"growth(学生数)", "11.1111 -4.7619 !missing"},
		{"not 达标", "no yes no"},
		{"sum(prev(学校.学生数)) - prev(学生数)", "210 90 300"},
	}
	for _, tt := range tests {
		f, diags := CompileAny(source(tt.formula), in)
		if f == nil {
			t.Errorf("%s: %v", tt.formula, diags)
			continue
		}
		m.Reset()
		var got []string
		for row := range 3 {
			got = append(got, show(f, m, row))
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%s: got %s, want %s", tt.formula, g, tt.want)
		}
	}
}

func TestErrors(t *testing.T) {
	tests := []struct{ formula, want string }{ // col: key
		{"支岀 > 1", "1 unknown name “支岀” | did you mean “支出”?"},
		{"支出 > 1 and 缺口 > 2", "12 unknown name “缺口” | did you mean “缺”?"},
		{"学生数 > 1", "1 unknown name “学生数” | “学生数” is a column of 学校"},
		{"学校.学生娄 > 1", "4 table 学校 has no column “学生娄” | did you mean “学生数”?"},
		{"sum(学校) > 1", "5 “学校” is a table, not a value"},
		{"sum(支出) > 1", "5 sum needs a whole column"},
		{"sum(学校.达标) > 1", "5 “学校.达标” is a condition (yes or no), a number is needed here"},
		{"学校.学生数 > 1", "1 a whole column stands where one value is needed"},
		{"prev(缺) > 1", "6 “缺” is not asked for so many years | declare it with years: 2"},
		{"prev(支出, 2) > 1", "6 “支出” is not asked for so many years | declare it with years: 3"},
		{"prev(支出 + 1) > 1", "9 prev takes a name, nothing else"},
		{"growth(缺) > 1", "8 “缺” is not asked for so many years"},
		{"类别 > 1", "1 “类别” is a text, a number is needed here"},
		{"类别 == 1", "7 “1” is a number, a text is needed here"},
		{"支出 and 已出台", "1 “支出” is a number, a condition (yes or no) is needed here"},
		{"支出 = 1", "4 a single = can’t stand in a formula"},
		{"支出 ≥ 1，2", "4 “≥” can’t stand in a formula"},
		{"支出 > 50%", "8 a percent sign can’t stand in a formula"},
		{"支出 % 2 > 1", "4 “%” is not used in formulas"},
		{"支出 > 1,000", "7 a comma can’t stand here"},
		{"支出 且 缺", "4 “且” can’t stand here | write “and”"},
		{"(支出 > 1", "8 a parenthesis is opened and not closed"},
		{"支出 > 1)", "7 this parenthesis closes nothing"},
		{"支出 >", "5 the formula ends too early"},
		{"支出 缺", "4 “缺” can’t stand here"},
		{"suum(学校.学生数) > 1", "1 unknown function “suum” | did you mean “sum”?"},
		{"now() > 1", "1 unknown function “now”"},
		{"len(学校) > 1", "1 unknown function “len”"},
		{"per(支出, 1) > 1", "1 per has 2 arguments here"},
		{"支出 > 1 ? 1 : 2", "8 ? : is not used in formulas"},
		{"支出 == nil", "7 nil is not used in formulas"},
		{"支出 / 0 > 1", "6 this divides by zero"},
		{"支出 in 缺", "7 behind “in” stands a list of values"},
		{"支出 in [类别]", "8 “类别” is a text, a number is needed here"},
		{"支出 in [学校.学生数]", "8 a whole column stands where one value is needed"},
		{"支出 matches 类别", "4 “matches” is not used in formulas"},
		{"sum > 1", "1 “sum” is a function"},
		{"支出.年 > 1", "1 “支出” is no table"},
		{"10分 > 1", "1 “10分” is no number"},
		{"支出 > '甲", "8 a text in quotes is not closed"},
		{"let x = 1; x > 1", "5 this way of writing is not used in formulas"},
		{"２ > 1", "1 “２” has full-width digits"},
		{"支出 + 已出台 > 缺口", "6 “已出台” is a condition (yes or no), a number is needed here"},
		{"支出 > 99999999999999999999", "6 this number is too large"},
		{`points("1") > 1`, "1 points can be read only where"},
		{"", "1 the formula ends too early"},
		{strings.Repeat("1+", 600) + "1 > 0", " the formula is too long"},
	}
	for _, tt := range tests {
		t.Run(tt.formula[:min(len(tt.formula), 40)], func(t *testing.T) {
			s, _ := world(t)
			f, diags := Compile(source(tt.formula), s, Truth)
			if f != nil || len(diags) == 0 {
				t.Fatal("compiles, should not")
			}
			d := diags.Sorted()[0]
			parts := []string{english(diag.P(d.Message))}
			for _, h := range d.Hints {
				parts = append(parts, english(diag.P(h)))
			}
			col, want, _ := strings.Cut(tt.want, " ")
			if col != "" && d.Pos.Col != atoi(col) {
				t.Errorf("at column %d, want %s: %v", d.Pos.Col, col, parts)
			}
			if got := strings.Join(parts, " | "); !strings.HasPrefix(got, want) {
				t.Errorf("got %s\nwant %s", got, want)
			}
		})
	}
}

func atoi(s string) int {
	n := 0
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

func TestAllErrorsOfAFormula(t *testing.T) {
	s, _ := world(t)
	_, diags := Compile(source("甲 > 1 and 乙 > 2 and 类别 > 3"), s, Truth)
	if len(diags) != 3 {
		t.Errorf("got %d errors, want 3: %v", len(diags), diags)
	}
}

func TestWords(t *testing.T) {
	s, m := world(t)
	in := s.Inside(s.Table("学校"))
	tests := []struct{ formula, words, reading string }{
		{"支出 >= prev(支出)", "支出 ≥ last year", "支出 103 ≥ last year 100"},
		{"支出 > prev(支出) and not 已出台", "支出 > last year and not 已出台", "支出 103 > last year 100 and not 已出台 yes"},
		{"(支出 + 1) * 2 >= 85", "(支出 + 1) × 2 ≥ 85", "(支出 103 + 1) × 2 ≥ 85"},
		{"支出 - (1 - 2) > 0", "支出 − (1 − 2) > 0", "支出 103 − (1 − 2) > 0"},
		{"growth(支出) >= 3", "the growth of 支出 ≥ 3", "the growth of 支出 3 ≥ 3"},
		{"sum(学校.学生数) > 0", "the total of 学校.学生数 > 0", "the total of 学校.学生数 missing > 0"},
		{"支出 > pick(已出台, 1, 2)", "支出 > (if 已出台 then 1 otherwise 2)", "支出 103 > (已出台 yes holds, so 1)"},
		{"学生数 >= 门槛", "学生数 ≥ 门槛", "学生数 200 ≥ 门槛 85"},
		{"per(支出, 缺, 100) > 1", "per(支出, 缺, 100) > 1", "per(支出 103, 缺 missing, 100) missing > 1"},
	}
	for _, tt := range tests {
		f, diags := CompileAny(source(tt.formula), in)
		if f == nil {
			t.Fatal(diags)
		}
		if got := english(f.Words()); got != tt.words {
			t.Errorf("words: %s, want %s", got, tt.words)
		}
		if got := english(f.Reading(m, 1)); got != tt.reading {
			t.Errorf("reading: %s, want %s", got, tt.reading)
		}
	}
}

func TestWhy(t *testing.T) {
	s, m := world(t)
	tests := []struct{ formula, want string }{
		{"缺 + 支出 > 1", "缺"},
		{"sum(学校.学生数) > 1", "学生数[2]"},
		{"(缺 ?? 支出) > 1", ""},
		{"支出 / 零 > 1", "divided by zero: 零 is 0"},
		{"per(1, 支出 - 103, 1) > 1", "divided by zero: (支出 − 103) is 0"},
		{"mean(空表.数) > 1", "数[-1]"},
		{"pick(已出台, 缺, 支出) > 1", "缺"},
		{"缺 > 缺", "缺"},
		{"max(缺, 1) > 1", "缺"},
	}
	for _, tt := range tests {
		f, diags := CompileAny(source(tt.formula), s)
		if f == nil {
			t.Fatal(diags)
		}
		var got []string
		for _, c := range f.Why(m, 0) {
			switch {
			case c.Name == nil:
				got = append(got, english(c.Said))
			case c.Name.Table != nil:
				got = append(got, c.Name.Name+"["+itoa(c.Row)+"]")
			default:
				got = append(got, c.Name.Name)
			}
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%s: got %q, want %q", tt.formula, g, tt.want)
		}
	}
}

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}
