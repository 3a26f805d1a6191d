package sheet

import (
	"strconv"
	"strings"
)

// Numeric is the criterion that every number meets and no text.
const Numeric = "<1E+300"

// AnyText is the criterion that every text meets, and in Excel no number.
const AnyText = "?*"

// holds reports whether a cell meets the value as a criterion of COUNTIFS. A text may
// begin with an operator; what follows is a number, or a text with wildcards: keys
// that a county has typed mean the same as they do.
func (v Value) holds(cell Value) bool {
	if v.Kind != Text {
		return cell.Kind == Number && cell.Num == v.Num || cell.Kind == Text && v.Kind == Number && cell.Text == v.shown()
	}
	op, rest := "=", v.Text
	for _, o := range []string{"<>", "<=", ">=", "=", "<", ">"} {
		if after, ok := strings.CutPrefix(rest, o); ok {
			op, rest = o, after
			break
		}
	}
	x, err := strconv.ParseFloat(rest, 64)
	if op == "=" || op == "<>" {
		same := false
		switch {
		case rest == "":
			same = cell.Kind == Blank || cell.Kind == Text && cell.Text == "" && v.Text == ""
		case err == nil:
			y, bad := strconv.ParseFloat(cell.Text, 64)
			same = cell.Kind == Number && cell.Num == x || cell.Kind == Text && bad == nil && y == x
		default:
			same = cell.Kind == Text && like(cell.Text, rest)
		}
		return same == (op == "=")
	}
	if err != nil || cell.Kind != Number {
		return false
	}
	c := compare(cell, Of(x))
	return op == "<" && c < 0 || op == "<=" && c <= 0 || op == ">" && c > 0 || op == ">=" && c >= 0
}

// finds reports whether MATCH takes a cell for the value it looks for: a text may have
// wildcards.
func (v Value) finds(cell Value) bool {
	if v.Kind == Text && cell.Kind == Text {
		return like(cell.Text, v.Text)
	}
	return v.Kind != Blank && compare(cell, v) == 0
}

// like reports whether a text fits a pattern, without regard to case: * is any text,
// ? any character, ~ takes the meaning from the next.
func like(text, pattern string) bool {
	return fits([]rune(strings.ToLower(text)), []rune(strings.ToLower(pattern)))
}

func fits(text, pattern []rune) bool {
	for len(pattern) > 0 {
		switch c := pattern[0]; {
		case c == '*':
			for i := range len(text) + 1 {
				if fits(text[i:], pattern[1:]) {
					return true
				}
			}
			return false
		case len(text) == 0:
			return false
		case c == '~' && len(pattern) > 1:
			pattern = pattern[1:]
			if text[0] != pattern[0] {
				return false
			}
		case c != '?' && c != text[0]:
			return false
		}
		text, pattern = text[1:], pattern[1:]
	}
	return len(text) == 0
}
