package returns

import (
	"strconv"
	"strings"

	"dudao/engine/rubric"
)

// unit is a unit of measure: ten to a power of its base. 万元 is 10⁴ 元.
type unit struct {
	power int
	base  string
}

// multiples stand before a unit, 万 and 亿 also alone.
var multiples = []unit{{12, "万亿"}, {7, "千万"}, {6, "百万"}, {5, "十万"}, {8, "亿"}, {4, "万"}, {3, "千"}, {2, "百"}}

// spellings are other ways of writing a unit. A 百分点 is no multiple of anything.
var spellings = map[string]string{
	"百分点": "百分点", "个百分点": "百分点", "名": "人", "位": "人", "圆": "元", "平方米": "㎡", "平米": "㎡", "m²": "㎡", "m2": "㎡", "公里": "千米",
}

// unitOf understands a unit as it is declared or typed.
func unitOf(text string) unit {
	u := unit{base: squeezed(text)}
	if one, ok := spellings[u.base]; ok {
		u.base = one
	}
	for _, m := range multiples {
		base, ok := strings.CutPrefix(u.base, m.base)
		if !ok || u.base == "百分点" {
			continue
		}
		if one, known := spellings[base]; known {
			base = one
		}
		return unit{m.power, base}
	}
	return u
}

// convert turns a number from the unit that was typed into the declared one. A
// multiple may be typed alone (1.2万), and what a unit is divided by may be left
// out: 元 for 元/生. Digits are shifted, not multiplied, so none is lost.
func convert(digits string, typed, declared unit) (float64, bool) {
	whole, _, _ := strings.Cut(declared.base, "/")
	if typed.base != declared.base && typed.base != whole && (typed.base != "" || declared.base == "%") {
		return 0, false
	}
	x, err := strconv.ParseFloat(digits+"e"+strconv.Itoa(typed.power-declared.power), 64)
	return x, err == nil
}

// convertible reports whether the figures below a heading with another unit can be
// turned into the unit of a field.
func convertible(heading string, f *rubric.Field) bool {
	_, ok := convert("1", unitOf(heading), unitOf(f.UnitText()))
	return ok
}
