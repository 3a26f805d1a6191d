package returns

import (
	"math"
	"slices"
	"unicode/utf8"

	"dudao/engine/rubric"
)

// plainValues takes the values of a field of which files are full, plain numbers and names,
// without the care that others need. What it takes it makes exactly what understand
// makes of it, without a note or a problem; the place is left to the caller.
type plainValues struct {
	kind        plainKind
	least, most float64  // of numbers
	choices     []string // that are names; of other choices none is plain
}

type plainKind uint8

const (
	never plainKind = iota // no value of the field is plain
	plainNumber
	plainWhole
	plainName
	plainChoice
)

// plainOf is what is plain for a field.
func plainOf(f *rubric.Field) plainValues {
	p := plainValues{kind: plainNumber, least: math.Inf(-1), most: math.Inf(1)}
	switch f.Type.Text {
	case "yesno", "date":
		p.kind = never
	case "whole":
		p.kind = plainWhole
	case "text":
		p.kind = plainName
		if len(f.Choice) > 0 {
			p.kind = plainChoice
		}
	}
	for _, choice := range f.Choice {
		if isName(choice.Text) {
			p.choices = append(p.choices, choice.Text)
		}
	}
	if f.Min.Given {
		p.least = f.Min.Value
	}
	if f.Max.Given {
		p.most = f.Max.Value
	}
	return p
}

// take makes a cell of a value if it is plain.
func (p *plainValues) take(c *Cell, typed string) bool {
	switch p.kind {
	case plainName:
		if !isName(typed) {
			return false
		}
		c.State, c.Text, c.Typed = Given, typed, typed
		return true
	case plainChoice:
		at := slices.Index(p.choices, typed)
		if at < 0 {
			return false
		}
		c.State, c.Text, c.Typed = Given, p.choices[at], typed
		return true
	case never:
		return false
	}
	x, whole, ok := digits(typed)
	return ok && p.number(c, typed, x, whole)
}

// number makes a cell of a number if the field takes it as it is.
func (p *plainValues) number(c *Cell, typed string, x float64, whole bool) bool {
	if p.kind == plainWhole && !whole || x < p.least || x > p.most {
		return false
	}
	c.State, c.Number, c.Typed = Given, x, typed
	return true
}

// tens are the powers of ten that a float64 holds exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// digits reads a text of digits with at most one point between them, as many as a
// float64 holds exactly.
func digits(s string) (x float64, whole, ok bool) {
	x, size, whole := leadingNumber(s)
	return x, whole, size > 0 && size == len(s)
}

// leadingNumber reads such digits at the beginning of a text; size is 0 if there are
// none, or too many. Dividing by a power of ten rounds as strconv does.
func leadingNumber(s string) (x float64, size int, whole bool) {
	n := int64(0)
	for size < len(s) && s[size]-'0' <= 9 {
		n = n*10 + int64(s[size]-'0')
		size++
	}
	if size == 0 || size == len(s) || s[size] != '.' {
		if size > 15 {
			return 0, 0, false
		}
		return float64(n), size, true
	}
	point := size
	for size++; size < len(s) && s[size]-'0' <= 9; size++ {
		n = n*10 + int64(s[size]-'0')
	}
	if size > 15 || point == size-1 {
		return 0, 0, false
	}
	return float64(n) / tens[size-1-point], size, false
}

// isName reports whether a text is plainly a name: it begins and ends with a letter,
// digit or Chinese character as they are usually written, and can't be one of the
// words for not applicable.
func isName(s string) bool {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 || !isPlain(first) || first == '不' || first == 'n' || first == 'N' {
		return false
	}
	return isPlain(lastRune(s))
}

// lastRune is the last character of a text, at once where it has one byte or, as
// Chinese ones, three.
func lastRune(s string) rune {
	if n := len(s); n > 0 && s[n-1] < utf8.RuneSelf {
		return rune(s[n-1])
	} else if n >= 3 {
		if r, size := utf8.DecodeRuneInString(s[n-3:]); size == 3 {
			return r
		}
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func isPlain(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0x4E00 && r <= 0x9FFF
}
