package xlsx

import (
	"strconv"
	"strings"
)

// kindOf makes a letter of the type of a cell: number, shared text, text of its
// own (inline), text of a formula, bool, error, date.
func kindOf(t []byte) byte {
	switch string(t) {
	case "str":
		return 'f'
	case "inlineStr":
		return 'i'
	case "s", "b", "e", "d":
		return t[0]
	}
	return 'n'
}

func (r *sheetReader) cell(s *scanner, kind byte, style, col, row int) (c Cell, holds bool, err error) {
	c = Cell{Row: int32(row), Col: int32(col)}
	r.buf = r.buf[:0]
	hasFormula, hasValue := false, false
	for depth := s.depth; s.child(depth); {
		switch string(s.name) {
		case "f":
			hasFormula = true
			c.Formula = r.formula(s, col, row)
			r.buf = r.buf[:0]
		case "v":
			r.buf = s.text(r.buf[:0])
			hasValue = kind == 'f' || len(r.buf) > 0 // a formula may make an empty text
		case "is":
			r.buf = s.richText(r.buf[:0])
			hasValue, kind = true, 'i'
		}
	}
	switch {
	case hasFormula && !hasValue:
		c.Kind = Uncomputed
	case len(r.buf) == 0 && !hasFormula:
		return c, false, nil
	default:
		if err := r.value(&c, kind, style); err != nil || c.Kind == Text && c.Text == "" && c.Formula == "" {
			return c, false, err
		}
	}
	return c, true, r.b.count(1, len(r.buf)+len(c.Formula))
}

// value understands what stands in a cell.
func (r *sheetReader) value(c *Cell, kind byte, style int) error {
	switch kind {
	case 's':
		text, err := r.b.shared(r.buf)
		c.Text = text
		return err
	case 'n':
		if x, err := strconv.ParseFloat(string(r.buf), 64); err == nil && x-x == 0 { // not infinite
			c.Kind, c.Number = Number, x
			if style >= 0 && style < len(r.b.formats) {
				c.Format = r.b.formats[style]
			}
			if c.Format == DateOrTime && r.b.from1904 {
				c.Number += 1462
			}
			r.buf = shown(r.buf, x)
		}
	case 'b':
		c.Kind, c.Text = Truth, "FALSE"
		if isTrue(r.buf) {
			c.Text = "TRUE"
		}
		return nil
	case 'e':
		c.Kind = Error
	case 'd':
		for _, midnight := range []string{"T00:00:00", "T00:00:00Z", "T00:00:00.000", "T00:00:00.000Z"} {
			if day, ok := strings.CutSuffix(string(r.buf), midnight); ok {
				r.buf = append(r.buf[:0], day...)
			}
		}
	case 'f':
		r.buf = unhide(r.buf, 0)
	}
	c.Text = r.b.texts.keep(r.buf)
	return nil
}

// shown writes a number as a person typed it, where the file has it as the
// computer holds it: 0.84999999999999998 is 0.85, 1.2E-3 is 0.0012.
func shown(raw []byte, x float64) []byte {
	digits, exponent := 0, false
	for _, c := range raw {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == 'E' || c == 'e':
			exponent = true
		}
	}
	if digits <= 15 && !exponent {
		return raw
	}
	if y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64); err == nil {
		x = y // as many digits as Excel shows
	}
	if x > 1e21 || x < -1e21 || x < 1e-9 && x > -1e-9 {
		return strconv.AppendFloat(raw[:0], x, 'g', -1, 64)
	}
	return strconv.AppendFloat(raw[:0], x, 'f', -1, 64)
}
