package returns

import (
	"regexp"
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// number reads a number as people write it, in the unit of its field.
func number(c *Cell, e entry, folded string, f *rubric.Field, label string, problems *diag.List) {
	refuse := func(m diag.Message, hint diag.Message) {
		c.State = Invalid
		problems.Add(e.pos.Pos(), 0, m, hint)
	}
	declared := unitOf(f.UnitText())
	if e.number != nil {
		switch {
		case e.format == dateOrTime:
			refuse(diag.M("%s: the cell holds a date", label), diag.M("format the cell as a number and type the number again"))
		case e.format == percentage && declared.base == "%":
			// 0.85 shown as 85 % is meant as 85
			c.State, c.Number = Given, decimal.Round(*e.number*100, 12)
			c.Notes = append(c.Notes, diag.M("“%s” read as %s", e.typed, decimal.Format(c.Number, 9)))
		case e.format == percentage && declared.base != "":
			refuse(diag.M("%s: the cell shows a percentage, the unit is %s", label, f.UnitText()), diag.M("format the cell as a number and type the number again"))
		default:
			c.State, c.Number = Given, *e.number
			c.inUnit(e, strconv.FormatFloat(*e.number, 'f', -1, 64), f)
		}
		return
	}
	x, ok := parse(folded)
	if ok {
		c.State, c.Number = Given, x
		if e.unit == "" {
			c.note(e, plain(folded))
		}
		c.inUnit(e, plain(folded), f)
		return
	}
	bad := diag.M("%s: “%s” is no number", label, e.typed)
	parts := amount.FindStringSubmatch(folded)
	switch hint := vague(folded); {
	case !hint.IsZero():
		refuse(bad, hint)
		return
	case strings.Contains(folded, ":"):
		one, isRatio := strings.CutSuffix(strings.ReplaceAll(folded, " ", ""), ":1")
		if x, ok = parse(one); !ok || !isRatio || declared != (unit{}) && declared != (unit{base: "人"}) {
			refuse(bad, diag.M("write the number alone: how many there are for one"))
			return
		}
		c.State, c.Number = Given, x
		c.note(e, one)
		return
	case parts != nil:
		_, ok = parse(parts[1])
	}
	if !ok {
		refuse(bad, diag.M("write the number alone, with half-width digits"))
		return
	}
	if c.Number, ok = convert(plain(parts[1]), unitOf(parts[2]), declared); ok {
		c.State = Given
		c.note(e, strings.TrimSpace(decimal.Format(c.Number, 12)+" "+f.UnitText()))
		return
	}
	if f.UnitText() == "" {
		refuse(bad, diag.M("“%s” does not fit here, for the figure has no unit; write the number alone", parts[2]))
		return
	}
	refuse(bad, diag.M("“%s” can’t be converted into the unit %s; write the number alone, in that unit", parts[2], f.UnitText()))
}

// inUnit converts a bare number from the unit of its heading.
func (c *Cell) inUnit(e entry, digits string, f *rubric.Field) {
	if e.unit == "" {
		return
	}
	if x, ok := convert(digits, unitOf(e.unit), unitOf(f.UnitText())); ok { // as was asked before
		c.Number = x
		c.note(entry{typed: e.typed + " " + e.unit}, strings.TrimSpace(decimal.Format(x, 12)+" "+f.UnitText()))
	}
}

var (
	// amount is a number and the unit behind it.
	amount = regexp.MustCompile(`^([+-]?[\d.][\d., ]*?) ?([^\d., ]\D*|m2)$`)

	grouped = regexp.MustCompile(`^[+-]?\d{1,3}((,\d{3})+|( \d{3})+)(\.\d+)?$`)

	// decimalNumber is what people write; strconv also takes 0x1p-2, 1_000 and NaN.
	decimalNumber = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$`)
)

// plain leaves out thousands separators, where they stand as they should.
func plain(s string) string {
	if grouped.MatchString(s) {
		s = strings.NewReplacer(",", "", " ", "").Replace(s)
	}
	return s
}

// parse reads a number without a unit.
func parse(s string) (float64, bool) {
	x, err := strconv.ParseFloat(plain(s), 64)
	return x, err == nil && decimalNumber.MatchString(plain(s))
}

var (
	fromTo = regexp.MustCompile(`\d[^\d]*([-~至到—–]|--)\d`)
	about  = regexp.MustCompile(`[余约近多几逾]|左右|上下|大概|若干|上[十百千万亿]|数[十百千万]|成百|^[~≈]`)
	beyond = regexp.MustCompile(`以上|以下|以内|超过|超\d|不足|不到|至少|至多|不少于|不低于|[大多高小少低]于|\d\+|[<>≤≥]`)
)

// vague says why a number that isn't exact can't be taken.
func vague(folded string) diag.Message {
	switch {
	case fromTo.MatchString(folded):
		return diag.M("a range can’t be scored; give the one number that it was")
	case beyond.MatchString(folded):
		return diag.M("“more than” and “less than” can’t be scored; give the exact number")
	case about.MatchString(folded):
		return diag.M("an approximate number can’t be scored; give the exact one")
	case nothing[folded]:
		return diag.M("write 0 if there is none, 不适用 if the question does not arise, or leave the cell empty")
	}
	return diag.Message{}
}
