package sheet

import (
	"regexp"
	"strings"
	"unicode"

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
	first := []rune(name + "_")[0]
	if !unicode.IsLetter(first) && first != '_' || cellLike.MatchString(width.Fold.String(name)) {
		name = "_" + name
	}
	runes := []rune(name)
	return string(runes[:min(len(runes), 240)])
}

// FoldName is a name as a spreadsheet compares it.
func FoldName(name string) string { return strings.ToLower(width.Fold.String(name)) }
