package returns

import "strings"

// simplified writes a text in simplified characters, for matching only: headings,
// units and choices of a workbook in traditional ones are found by it. The table
// holds the characters of the forms that we ship, not a whole dictionary: those of
// names stay as they are.
func simplified(s string) string {
	return strings.Map(func(r rune) rune {
		if one, ok := simple[r]; ok {
			return one
		}
		return r
	}, s)
}

var simple = func() map[rune]rune {
	out := map[rune]rune{}
	pairs := []rune(toSimplified)
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return out
}()
