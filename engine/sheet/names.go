package sheet

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// cellLike are names that a spreadsheet takes for a cell: GDP2021, R1C1, R.
var cellLike = regexp.MustCompile(`(?i)^([a-z]{1,3}[0-9]+|r[0-9]*|c[0-9]*|r[0-9]*c[0-9]*)$`)

// LegalName makes a name that Excel accepts: what it would refuse gets a _ in its
// place or before it.
func LegalName(want string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '_' {
			return r
		}
		return '_'
	}, want)
	first, _ := utf8.DecodeRuneInString(name + "_")
	if !unicode.IsLetter(first) && first != '_' || !isHan(first) && cellLike.MatchString(narrow(name)) {
		name = "_" + name
	}
	if runes := []rune(name); len(runes) > 240 {
		name = string(runes[:240])
	}
	return name
}

// FoldName is a name as a spreadsheet compares it.
func FoldName(name string) string { return lower(narrow(name)) }

// narrow writes full-width letters, digits and signs as others are. Most names have
// none: ASCII is narrow, and characters have one width only.
func narrow(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf && !isHan(r) }) {
		return width.Fold.String(name)
	}
	return name
}

// lower is strings.ToLower.
func lower(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r != lowerRune(r) }) {
		return strings.ToLower(text)
	}
	return text
}

// lowerRune is unicode.ToLower, which takes long over Chinese to find out that there is
// nothing to do.
func lowerRune(r rune) rune {
	if isHan(r) {
		return r
	}
	return unicode.ToLower(r)
}

func isHan(r rune) bool { return '一' <= r && r <= '鿿' }
