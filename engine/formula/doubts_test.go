package formula

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"dudao/engine/diag"
)

// county has names with units and bounds, as a real scheme declares them.
func county(t *testing.T) *Scope {
	t.Helper()
	s := NewScope()
	zero, hundred := 0.0, 100.0
	for _, n := range []*Name{
		{Name: "支出", Unit: "万元", Least: &zero}, {Name: "工资", Unit: "元", Least: &zero}, {Name: "公务员工资", Unit: "元/人", Least: &zero},
		{Name: "巩固率", Unit: "%", Least: &zero, Most: &hundred}, {Name: "达标率", Unit: "％"},
		{Name: "提高", Unit: "百分点"}, {Name: "变化", Unit: "%", Least: new(-100.0)},
		{Name: "学生数", Unit: "人", Whole: true, Least: &zero}, {Name: "教师数", Unit: "人", Whole: true, Least: &zero},
		{Name: "面积", Unit: "㎡", Least: &zero}, {Name: "占地", Unit: "平方米", Least: &zero},
		{Name: "次数", Unit: "次", Whole: true, Least: &zero}, {Name: "得分", Most: new(12.0)}, {Name: "生师比标准", Unit: "人"},
		{Name: "教龄", Whole: true, Least: new(0.0), Most: new(60.0)}, {Name: "无单位"},
		{Name: "已出台", Kind: Truth}, {Name: "公示", Kind: Truth}, {Name: "无类", Kind: Text}, {Name: "类别", Kind: Text, Choices: []string{"甲", "乙"}},
	} {
		s.Single(n, 4)
	}
	tab := s.NewTable("学校")
	s.Column(tab, &Name{Name: "校名", Kind: Text}, 1)
	s.Column(tab, &Name{Name: "人数", Unit: "人", Whole: true, Least: &zero}, 2)
	s.Column(tab, &Name{Name: "拨款", Unit: "元", Least: &zero}, 1)
	s.Column(tab, &Name{Name: "合格", Kind: Truth}, 1)
	standard, _ := Compile(source("校舍 >= 4.5"), s.With(&Name{Name: "校舍", Slots: []int{0}}), Truth)
	s.Column(tab, &Name{Name: "用房", Unit: "㎡", Least: &zero, Standard: standard}, 1)
	for name, x := range map[string]float64{"比例线": 0.85, "百分线": 85, "满分线": 120, "项数": 3} {
		c := NumberColumn(x)
		s.Declare(&Name{Name: name, Constant: &c})
	}
	leaf := func(x float64) *Param {
		c := NumberColumn(x)
		return &Param{Leaf: &Name{Constant: &c}}
	}
	s.SetParam("线", &Param{Order: []string{"甲", "乙"}, Children: map[string]*Param{"甲": leaf(0.8), "乙": leaf(0.9)}})
	s.SetParam("高线", &Param{Order: []string{"甲", "乙"}, Children: map[string]*Param{"甲": leaf(110), "乙": leaf(120)}})
	s.Declare(&Name{Name: "年线", Param: true, Slots: []int{s.NewSlot()}, Least: new(101.0), Most: new(105.0)})
	for _, computed := range []struct{ name, unit, formula string }{
		{"占比", "%", "教师数 / 学生数 * 100"}, {"每百生", "人", "教师数 / 学生数 * 100"}, {"涨幅", "%", "growth(支出)"},
		{"生师比", "", "学生数 / 教师数"}, {"生均", "元", "支出 * 10000 / 学生数"}, {"合格数", "", "count(学校.合格)"}, {"总额", "", "支出"},
	} {
		f, diags := CompileAny(source(computed.formula), s)
		if f == nil {
			t.Fatal(diags)
		}
		f.Declared = computed.unit
		s.Single(&Name{Name: computed.name, Unit: computed.unit, Formula: f}, 1)
	}
	return s
}

// raised are the doubts about a formula as “rule col+width key | hints”.
func raised(t *testing.T, text string, s *Scope) []string {
	t.Helper()
	f, diags := CompileAny(source(text), s)
	if f == nil {
		t.Fatalf("%s: %v", text, diags)
	}
	return spelled(f.Doubts())
}

func spelled(doubts diag.List) []string {
	var out []string
	for _, d := range doubts {
		text := d.Rule + " " + itoa(d.Pos.Col) + "+" + itoa(d.Width) + " " + english(diag.P(d.Message))
		for _, h := range d.Hints {
			text += " | " + english(diag.P(h))
		}
		out = append(out, text)
	}
	return out
}

func TestDoubts(t *testing.T) {
	tests := []struct{ formula, want string }{ // beginnings, one a line
		// units
		{"工资 >= 支出", "units 1+8 “工资” is in 元, “支出” in 万元 | write 支出 * 10000"},
		{"支出 + 工资 > 3", "units 1+7 "},
		{"公务员工资 <= 支出", "units"},
		{"sum(学校.拨款) <= 支出", "units 1+16 “sum(学校.拨款)” is in 元, “支出” in 万元 | write 支出 * 10000"},
		{"(支出 ?? 工资) > 3", "units 2+8"},
		{"pick(已出台, 支出, 工资) > 3", "units 1+17"},
		{"总额 - prev(支出) > 工资 + 1", "units"},
		{"巩固率 - prev(巩固率) >= 达标率", "units 1+22 “巩固率 - prev(巩固率)” is in 百分点, “达标率” in % | percentages differ"},
		{"growth(支出) >= 提高", "units 1+16"},
		{"巩固率 >= 学生数", "units"},
		{"per(支出, 学生数, 1) >= 工资", "units"},
		{"max(学校.人数) > 面积", "units"},
		{"round(支出, 1) - abs(工资) > 3", "units 1+22"},

		// fraction
		{"巩固率 >= 0.95", "fraction 1+11 “巩固率” is a percentage, so 0.95 means 0.95%% | if 95%% is meant, write 95"},
		{"0.95 <= 巩固率", "fraction"},
		{"巩固率 >= 比例线", "fraction 1+10 “巩固率” is a percentage, so 比例线 means 0.85%% | if 85%% is meant"},
		{"巩固率 >= 线[类别]", "fraction 1+12 “巩固率” is a percentage, so 线[类别] means 0.8～0.9%%"},
		{"share(学校.合格) == 0.9", "fraction"},
		{"占比 > 0.2 and 已出台", "fraction 1+8"},
		{"占比 <= 0.05", "fraction"},
		{"巩固率 < 0.9", "fraction"},
		{"(达标率 ?? 0) >= 0.6", "fraction"},
		{"ratio(教师数, 学生数) >= 85", "fraction 1+21 “ratio(教师数, 学生数)” is a fraction such as 0.85, so it is hardly near 85 | write ratio(教师数, 学生数) * 100, or the limit as 0.85"},
		{"教师数 / 学生数 >= 百分线", "fraction"},
		{"工资 / prev(工资) <= 50", "fraction"},
		{"ratio(教师数, 学生数) >= 巩固率", "fraction 1+22 “ratio(教师数, 学生数)” is a fraction such as 0.85, “巩固率” a percentage such as 85 | write ratio(教师数, 学生数) * 100"},
		{"巩固率 / 100 - 达标率 > 3", "fraction"},

		// unreachable
		{"学生数 >= 0", "unreachable 1+8 “学生数 >= 0” always holds | “学生数” is at least 0"},
		{"0 > 学生数", "unreachable 1+7 “0 > 学生数” never holds"},
		{"巩固率 > 100", "unreachable 1+9 “巩固率 > 100” never holds | “巩固率” lies between 0 and 100"},
		{"巩固率 >= 满分线", "unreachable"},
		{"巩固率 >= 高线[类别]", "unreachable"},
		{"巩固率 >= 年线", "unreachable"},
		{"prev(巩固率) <= 100", "unreachable"},
		{"得分 > 12", "unreachable 1+7 “得分 > 12” never holds | “得分” is at most 12"},
		{"share(学校.合格) > 100", "unreachable"},
		{"count(学校.合格) < 0", "unreachable"},
		{"合格数 < 0", "unreachable"},
		{"cv(学校.用房, 学校.人数) >= 0", "unreachable"},
		{"abs(变化) < 0", "unreachable"},
		{"falls(支出, 3) > 3", "unreachable 1+16 “falls(支出, 3) > 3” never holds"},
		{"growth(支出) < -100", "unreachable"},
		{"巩固率 / 2 + 1 > 51", "unreachable"},
		{"-巩固率 > 0", "unreachable"},
		{"100 - 巩固率 < 0", "unreachable"},
		{"学生数 * 2 < 0", "unreachable"},
		{"ratio(面积, 学生数) < 0", "unreachable"},
		{"per(面积, 学生数, 100) >= 0", "unreachable"},
		{"mean(学校.人数) >= 0", "unreachable"},
		{"sum(学校.人数) >= 0", "unreachable"},
		{"sum_if(学校.人数, 学校.校名, 类别) >= 0", "unreachable"},
		{"pick(已出台, 巩固率, 10) > 100", "unreachable"},
		{"(巩固率 ?? 110) > 110", "unreachable"},
		{"round(巩固率 / 7) > 14", "unreachable"},
		{"sqrt(巩固率) > 10", "unreachable"},
		{"ceil(巩固率 / 60) > 2", "unreachable"},
		{"次数 == 2.5", "unreachable 1+9 “次数 == 2.5” never holds | “次数” is always a whole number"},
		{"次数 in [2, 2.5]", "unreachable 11+3 “次数” is never 2.5 | “次数” is always a whole number | write a whole number"},
		{"1 == 1", "unreachable 1+6 “1 == 1” always holds"},
		{`"甲" == "乙"`, "unreachable"},
		{"true", "unreachable 1+4 “true” always holds"},
		{"已出台 and false", "unreachable 9+5 “false” never holds"},
		{"pick(true, 1, 2) > 得分", "unreachable 6+4"},

		// difference
		{"支出 - prev(支出) >= 0", "difference 1+18 a difference is compared with 0, not the two numbers with each other | write 支出 >= prev(支出)"},
		{"0 < (支出 - 3) * 1 - 面积", "difference 1+21 a difference is compared with 0, not the two numbers with each other | write 面积 < (支出 - 3) * 1"},
		{"支出 - (得分 - 3) == 0", "difference 1+18 a difference is compared with 0, not the two numbers with each other | write 支出 == 得分 - 3"},

		// equality
		{"支出 == 无单位", "equality 1+9 numbers that may have decimals are hardly ever exactly equal | say how far apart they may be, for example abs(支出 - 无单位) < 0.01"},
		{"支出 != 总额 * 2", "equality"},
		{"得分 == prev(无单位) - 得分", "equality 1+20 numbers that may have decimals are hardly ever exactly equal | say how far apart they may be, for example abs(得分 - (prev(无单位) - 得分)) < 0.01"},
		{"mean(学校.人数) == 12.5", "equality"},

		// same-sides
		{"支出 >= 支出", "same-sides 1+8 “支出” stands on both sides | one side"},
		{"已出台 and 公示 and 已出台", "same-sides 1+18 “已出台” is written twice | leave one"},
		{"支出 > 1 or 支出  >  1", "same-sides"},
		{"sum(学校.人数) / sum(学校.人数) > 得分", "same-sides"},
		{"ratio(支出, 支出) > 得分", "same-sides"},
		{"支出 - 支出 > 得分", "same-sides"},
		{"线[类别] > 线[类别]", "same-sides"},

		// precedence
		{"已出台 or 公示 and 次数 > 1", "precedence 8+13 “and” is taken before “or”, whatever stands first | write (公示 and 次数 > 1) if that is meant"},
		{"not (已出台 or 公示 && 次数 > 1)", "precedence 13+12"},
		{"pick(已出台 || 公示 and 次数 > 1, 1, 2) > 得分", "precedence 13+13"},
	}
	s := county(t)
	for _, tt := range tests {
		got := raised(t, tt.formula, s)
		if len(got) != 1 || !strings.HasPrefix(got[0], tt.want) {
			t.Errorf("%s:\n got %s\nwant %s", tt.formula, strings.Join(got, "\n     "), tt.want)
		}
	}
}

// What real schemes write and is right raises no doubt.
func TestNoDoubts(t *testing.T) {
	s := county(t)
	for _, text := range []string{
		// units
		"支出 >= prev(支出)", "支出 * 10000 >= 工资 * 学生数", "工资 / 10000 <= 支出", "工资 >= 公务员工资", "面积 + 占地 > 3",
		"面积 >= 学生数 * 4.5", "ratio(面积, 学生数) >= 占地", "学生数 / 教师数 <= 19", "生师比 <= 生师比标准", "ratio(工资, 公务员工资) <= 2",
		"巩固率 >= 100 * 教师数 / 学生数", "巩固率 >= per(教师数, 学生数, 100)", "每百生 >= per(教师数, 学生数, 100)", "每百生 >= 学生数 * 0.05",
		"per(支出, 学生数, 10000) >= 工资", "生均 >= 工资", "巩固率 - prev(巩固率) >= 提高", "巩固率 - prev(巩固率) >= 1", "prev(巩固率) + 提高 <= 巩固率",
		"巩固率 - 达标率 >= 变化", "100 - 巩固率 <= 达标率", "支出 >= 百分线", "pick(类别 == \"甲\", 工资, 0) >= 50", "(支出 ?? 0) >= 1", "growth(支出) > growth(学生数)",
		"巩固率 >= 达标率 - 3", "cv(学校.用房, 学校.人数) <= 0.5", "无单位 + 支出 > 3",

		// fraction
		"巩固率 > 0", "巩固率 >= 95", "巩固率 >= 1", "growth(支出) >= 0.5", "涨幅 >= 0.5", "变化 >= 0.5", "巩固率 - prev(巩固率) >= 0.5", "达标率 <= 0.6", "每百生 >= 0.9",
		"per(教师数, 学生数, 100) >= 0.9", "教师数 / 学生数 * 100 >= 0.9", "ratio(教师数, 学生数) >= 0.85", "学生数 / 教师数 <= 40", "ratio(学生数, 教师数) < 350",
		"生师比 * 100 >= 85", "比例线 * 100 <= 巩固率", "abs(growth(支出)) <= 0.5", "round(巩固率 / 100, 2) >= 0.95",

		// unreachable
		"学生数 > 0", "巩固率 >= 100", "巩固率 == 0", "得分 >= -5", "growth(支出) > -100", "次数 >= 2.5", "次数 > 2.5", "百分线 >= 60", "项数 == 3", "面积 / 学生数 > 0",
		"pick(学生数 <= 10, true, 教师数 < 3)", "已出台 == true", "falls(支出, 3) >= 3", "变化 >= 0", "支出 - 工资 * 学生数 > -3", "巩固率 >= 线[类别] * 100",
		"mean(学校.人数) > 0", "得分 / 变化 < 0", "sqrt(面积) >= 10", "学生数 in [0, 3]",

		// difference
		"支出 - prev(支出) > 3", "支出 / prev(支出) >= 1", "-3 < 支出 - prev(支出) <= 0", "0 <= 支出 - prev(支出) < 5", "支出 > 0",

		// equality
		"学生数 == sum(学校.人数)", "巩固率 == 100", "支出 == 0", "合格数 == 项数", "合格数 != 次数 - 1", "round(支出, 2) == round(总额, 2)", "支出 != prev(支出)", "已出台 == 公示", "类别 == \"甲\"",

		// same-sides
		"支出 >= prev(支出)", "sum(学校.人数) > sum(prev(学校.人数)) or 已出台", "线.甲 < 线.乙 * 得分", "学生数 * 学生数 > 得分", "支出 + 支出 > 得分", "60 <= 巩固率 < 95 and 次数 > 0", "prev(支出, 2) < prev(支出, 3)",

		// precedence
		"已出台 or (公示 and 次数 > 1)", "已出台 and 公示 or 次数 > 1", "已出台 or 60 <= 巩固率 < 95", `已出台 or 无类 == "and"`, "已出台 or 公示 or 次数 > 1 // and", "pick(已出台 or 公示, 已出台 and 次数 > 1, 公示)",
	} {
		if got := raised(t, text, s); len(got) > 0 {
			t.Errorf("%s:\n%s", text, strings.Join(got, "\n"))
		}
	}
}

// A condition knows the unit and range of value; doubts about the text of value
// itself are not repeated.
func TestDoubtsAboutValue(t *testing.T) {
	tests := []struct{ value, unit, formula, want string }{
		{"巩固率", "", "value >= 0.95", "fraction 1+13"},
		{"巩固率", "", "value > 100", "unreachable 1+11 “value > 100” never holds | “value” lies between 0 and 100"},
		{"巩固率", "", "value >= 巩固率", "same-sides"},
		{"工资", "", "value >= 支出", "units 1+11"},
		{"教师数 / 学生数 * 100", "%", "value >= 0.95", "fraction"},
		{"教师数 / 学生数 * 100", "人", "value >= 0.95", ""},
		{"growth(支出)", "%", "value >= 0.5", ""},
		{"支出 + 工资", "", "value > 3", ""},
		{"支出 - prev(支出)", "", "value >= 0", ""},
		{"count(学校.合格)", "", "value == 学生数 / 3", ""},
	}
	for _, tt := range tests {
		s := county(t)
		value, diags := CompileAny(source(tt.value), s)
		if value == nil {
			t.Fatal(diags)
		}
		value.Declared = tt.unit
		got := raised(t, tt.formula, s.With(&Name{Name: "value", Formula: value, Inline: true}))
		if len(got) > 1 || tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) == 0 || !strings.HasPrefix(got[0], tt.want)) {
			t.Errorf("%s with value %s: got %v, want %s", tt.formula, tt.value, got, tt.want)
		}
	}
}

func TestDeclaredUnit(t *testing.T) {
	tests := []struct{ formula, unit, want string }{
		{"教师数 / 学生数", "%", "fraction 1+9 the formula gives a fraction such as 0.85, its unit is % | write 教师数 / 学生数 * 100"},
		{"cv(学校.用房, 学校.人数)", "%", "fraction 1+16"},
		{"支出", "元", "units 1+2 the formula gives 万元, its unit is 元 | write 支出 * 10000"},
		{"工资 + prev(工资)", "万元", "units 1+13 the formula gives 元, its unit is 万元 | write (工资 + prev(工资)) / 10000"},
		{"growth(支出)", "元", "units"},
		{"教师数 / 学生数 * 100", "%", ""},
		{"教师数 / 学生数 * 100", "名", ""},
		{"支出 * 10000 / 学生数", "元", ""},
		{"巩固率 - prev(巩固率)", "%", ""},
		{"ratio(面积, 学生数)", "㎡/生", ""},
		{"支出", "", ""},
	}
	for _, tt := range tests {
		f, diags := CompileAny(source(tt.formula), county(t))
		if f == nil {
			t.Fatal(diags)
		}
		f.Declared = tt.unit
		if got := strings.Join(spelled(f.Doubts()), "\n"); !strings.HasPrefix(got, tt.want) || tt.want == "" && got != "" {
			t.Errorf("%s in %s: got %s, want %s", tt.formula, tt.unit, got, tt.want)
		}
	}
}

func TestRange(t *testing.T) {
	inf := math.Inf(1)
	tests := []struct {
		formula     string
		least, most float64
	}{
		{"巩固率", 0, 100}, {"100 - 巩固率", 0, 100}, {"学生数", 0, inf}, {"得分", -inf, 12}, {"share(学校.合格)", 0, 100},
		{"growth(支出)", -100, inf}, {"巩固率 * 2 - 10", -10, 190}, {"abs(变化)", 0, inf}, {"支出 / 变化", -inf, inf}, {"1 / (教龄 + 1)", 1. / 61, 1},
		{"高线[类别]", 110, 120}, {"passed(用房)", 0, 1}, {"completion(用房)", 0, inf}, {"pick(用房 > 1, 3, 5)", 3, 5}, {"floor(巩固率 / 3)", 0, 33},
		{"-教龄", -60, 0}, {"max(学校.用房)", 0, inf}, {"得分 * 0", 0, 0}, {"sqrt(教龄 - 10)", 0, math.Sqrt(50)}, {"round(教龄 / 7, 项数)", -inf, inf},
	}
	s := county(t)
	for _, tt := range tests {
		f, diags := CompileAny(source(tt.formula), s.Inside(s.Table("学校")))
		if f == nil {
			t.Fatal(diags)
		}
		if least, most := f.Range(); compare(least, tt.least) != 0 || compare(most, tt.most) != 0 {
			t.Errorf("%s: %v … %v, want %v … %v", tt.formula, least, most, tt.least, tt.most)
		}
	}
}

// Whatever is submitted within the bounds, the value lies in the range.
func TestRangeHolds(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	formulas := []string{"growth(甲)", "sum(表.列)", "cv(表.列, 表.列)", "median(表.列) - mean(表.列)", "share(表.是)", "falls(甲, 2)", "round(甲 / 3)", "abs(乙)", "sqrt(甲)",
		"sum_if(表.列, 表.列, 甲)", "(甲 ?? 3) - ceil(乙)", "pick(甲 > 乙, 甲, -乙)"}
	for range 400 {
		text := randomFormula(r, 3)
		for from, to := range map[string]string{"支出": "甲", "门槛": "乙", "学校.学生数": "表.列"} {
			text = strings.ReplaceAll(text, from, to)
		}
		formulas = append(formulas, text)
	}
	for _, text := range formulas {
		s := NewScope()
		bounds := [][2]float64{{0, 10}, {-5, 5}, {0, 3}}
		var numbers []*Name
		tab := s.NewTable("表")
		numbers = append(numbers, s.Single(&Name{Name: "甲", Least: &bounds[0][0], Most: &bounds[0][1]}, 3),
			s.Single(&Name{Name: "乙", Least: &bounds[1][0], Most: &bounds[1][1]}, 1),
			s.Column(tab, &Name{Name: "列", Least: &bounds[2][0], Most: &bounds[2][1]}, 1))
		truth := s.Column(tab, &Name{Name: "是", Kind: Truth}, 1)
		f, diags := CompileAny(source(text), s)
		if f == nil {
			t.Fatalf("%s: %v", text, diags)
		}
		low, high := f.Range()
		m := NewMachine(s)
		m.Rows[tab.Index] = 3
		for range 30 {
			for k, n := range numbers {
				for _, slot := range n.Slots {
					c := Column{Num: make([]float64, 3), State: make([]State, 3)}
					for i := range c.Num {
						c.Num[i] = bounds[k][0] + math.Round(r.Float64()*4)/4*(bounds[k][1]-bounds[k][0])
					}
					m.Slots[slot] = c
				}
			}
			m.Slots[truth.Slots[0]] = Column{Num: []float64{float64(r.IntN(2)), 1, 0}, State: make([]State, 3)}
			m.Reset()
			if out := f.Eval(m); out.State[0] == Known && (compare(out.Num[0], low) < 0 || compare(out.Num[0], high) > 0) {
				t.Errorf("%s is %v, not in %v … %v", text, out.Num[0], low, high)
			}
		}
	}
}

// A band’s limit is doubted as a comparison is, at the place of the limit.
func TestLimitDoubts(t *testing.T) {
	tests := []struct {
		value, sign string
		limit       float64
		want        string
	}{
		{"巩固率", ">=", 0.95, "fraction 7+4 “巩固率” is a percentage, so 0.95 means 0.95%%"},
		{"巩固率", ">=", 120, "unreachable 7+4 “巩固率 >= 120” never holds"},
		{"教师数 / 学生数", ">=", 85, "fraction"},
		{"巩固率", "<=", -1, "unreachable"},
		{"巩固率", ">=", 0, ""},
		{"巩固率", ">=", 95, ""},
		{"达标率", "<=", 0.6, ""},
	}
	for _, tt := range tests {
		f, diags := CompileAny(source(tt.value), county(t))
		if f == nil {
			t.Fatal(diags)
		}
		at := diag.Pos{File: "r.yaml", Line: 3, Col: 7}
		got := strings.Join(spelled(f.LimitDoubts(tt.sign, tt.limit, at, 4)), "\n")
		if !strings.HasPrefix(got, tt.want) || tt.want == "" && got != "" {
			t.Errorf("%s %s %v: got %s, want %s", tt.value, tt.sign, tt.limit, got, tt.want)
		}
	}
}

// Standards and the years of growth stand in other texts and are left alone.
func TestDoubtsStayInTheText(t *testing.T) {
	s := county(t)
	for _, text := range []string{"passed(用房) >= 1", "completion(用房) >= 0.85 and 已出台", "growth(人数) >= 3", "falls(支出, 2) == 0"} {
		f, diags := CompileAny(source(text), s.Inside(s.Table("学校")))
		if f == nil {
			t.Fatal(diags)
		}
		if got := spelled(f.Doubts()); len(got) > 0 {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// A long formula is no work: what is inferred of a part is inferred once.
func TestDoubtsOfLongFormulas(t *testing.T) {
	s := county(t)
	for _, text := range []string{
		"100 * 支出" + strings.Repeat(" / 支出 * 100", 100) + " > 3",
		strings.Repeat("per(", 90) + "支出" + strings.Repeat(", 支出, 3)", 90) + " > 3",
		strings.Repeat("pick(已出台, 1, ", 90) + "支出" + strings.Repeat(")", 90) + " > 3",
		strings.Repeat("已出台 and ", 200) + "支出 > 3",
	} {
		f, diags := CompileAny(source(text), s)
		if f == nil {
			t.Fatal(diags)
		}
		f.Doubts()
	}
}
