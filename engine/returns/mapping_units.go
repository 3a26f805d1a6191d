package returns

import (
	"regexp"
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// inUnit gives an area the unit of its figures: the one that the mapping says, that
// of the heading, or the one that stands above for the whole sheet. One that can't
// be converted is reported.
func (m *mapper) inUnit(a area, said diag.Excerpt, heading string, f *rubric.Field, at place) (area, bool) {
	unit := heading
	if said.Given() {
		unit = squeezed(said.Text)
	}
	if unit == "" && isNumeric(f) {
		unit = m.unitAbove(at.row, f)
	}
	switch {
	case unit == "" || sameUnit(unit, f):
	case isNumeric(f) && convertible(unit, f):
		a.unit = unit
	case said.Given():
		m.wrong(said, diag.M("figures in %s can’t be converted into the unit of the rubric", said.Text), unitHint(f))
		return a, false
	default:
		m.ret.Problems.Add(diag.Pos{File: m.file, Sheet: m.g.sheet, Cell: cellName(at.row, at.col)}, 0,
			diag.M("the unit is %s, not the one of the rubric, so the values are not read", unit), unitHint(f))
		return a, false
	}
	return a, true
}

// forAll is how a sheet says the unit of all its figures: 单位：人、万元.
var forAll = regexp.MustCompile(`^\(?(?:计量|金额|货币)?单位:(.+?)\)?$`)

// unitAbove is the unit that the nearest such line above a row says, if figures in
// it can be those of the field; or "". It is told, for nobody wrote it in the mapping.
func (m *mapper) unitAbove(row int, f *rubric.Field) string {
	for r := min(row, m.g.height+1) - 1; r >= 1; r-- {
		for col := 1; col <= m.g.width(r); col++ {
			parts := forAll.FindStringSubmatch(m.g.at(r, col))
			if parts == nil || m.g.origin(r, col) != (place{r, col}) {
				continue
			}
			units := strings.FieldsFunc(parts[1], func(r rune) bool { return strings.ContainsRune(",、/;", r) })
			if slices.ContainsFunc(units, func(u string) bool { return sameUnit(u, f) }) {
				return ""
			}
			at := slices.IndexFunc(units, func(u string) bool { return unitOf(u).base != "" && convertible(u, f) })
			if at < 0 {
				return ""
			}
			if cell := m.g.name(place{r, col}); !m.told[cell] {
				m.told[cell] = true
				m.ret.Problems = append(m.ret.Problems, diag.Diagnostic{Severity: diag.Note, Pos: diag.Pos{File: m.file, Sheet: m.g.sheet, Cell: cellName(r, col)},
					Message: diag.M("figures without a unit of their own are taken in the one that stands here: %s", units[at])})
			}
			return units[at]
		}
	}
	return ""
}

// unitIn is the unit that stands in the brackets of a heading, or "".
func unitIn(parts []string, f *rubric.Field) string {
	for _, p := range parts {
		if looksLikeUnit(p, f) {
			return p
		}
	}
	return ""
}

// looksLikeUnit tells a unit in brackets from a remark.
func looksLikeUnit(text string, f *rubric.Field) bool {
	u := unitOf(text)
	return sameUnit(text, f) || text != "" && convertible(text, f) && (u.base != "" || u.power > 0) || slices.Contains(commonUnits, u.base)
}

// commonUnits are read as units also where the rubric has another.
var commonUnits = []string{"元", "人", "㎡", "%", "‰", "亩", "米", "美元", "所", "个", "间", "班", "册", "台", "套", "次", "课时", "学时", "小时", "天"}
