package audit

import (
	"regexp"
	"strconv"
	"strings"

	"dudao/engine/xlsx"
)

// token is a word, sign, number, text or place of a formula.
type token struct {
	text string // of a place, what is no place
	area xlsx.Area
	of   string // the sheet of a place
}

var (
	textToken   = regexp.MustCompile(`^"(?:[^"]|"")*"`)
	quotedSheet = regexp.MustCompile(`^'((?:[^']|'')+)'!`)
	plainSheet  = regexp.MustCompile(`^([\p{L}\p{N}_.]+)!`)
	placeToken  = regexp.MustCompile(`^\$?[A-Za-z]{1,3}\$?[0-9]{1,7}`)
	numberToken = regexp.MustCompile(`^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?`)
	wordToken   = regexp.MustCompile(`^[\p{L}\p{M}\p{N}_.\\?$#]+`)
	signToken   = regexp.MustCompile(`^(?:<>|<=|>=|.)`)
)

// tokens reads a formula that stands on a sheet. Blanks, capitals, quotes around
// the names of sheets and the spelling of numbers make no difference.
func tokens(formula, own string) []token {
	var out []token
	sheet, rest := own, strings.TrimLeft(formula, "=")
	place := func(s string) (xlsx.Area, bool) {
		m := placeToken.FindString(s)
		if m == "" || len(wordToken.FindString(s)) > len(m) || strings.HasPrefix(s[len(m):], "(") {
			return xlsx.Area{}, false
		}
		return xlsx.ParseArea(m)
	}
	for rest = strings.TrimLeft(rest, " \t\r\n"); rest != ""; rest = strings.TrimLeft(rest, " \t\r\n") {
		m := ""
		if text := textToken.FindString(rest); text != "" {
			m = text
			out = append(out, token{text: text})
		} else if q := quotedSheet.FindStringSubmatch(rest); q != nil {
			m, sheet = q[0], strings.ReplaceAll(q[1], "''", "'")
		} else if q := plainSheet.FindStringSubmatch(rest); q != nil {
			m, sheet = q[0], q[1]
		} else if area, ok := place(rest); ok {
			m = placeToken.FindString(rest)
			out = append(out, token{area: area, of: sheet})
			if !strings.HasPrefix(strings.TrimLeft(rest[len(m):], " "), ":") {
				sheet = own // the second corner of an area is on the same sheet
			}
		} else if n := numberToken.FindString(rest); n != "" && len(wordToken.FindString(rest)) <= len(n) {
			m = n
			if x, err := strconv.ParseFloat(n, 64); err == nil {
				n = strconv.FormatFloat(x, 'g', 15, 64)
			}
			out = append(out, token{text: n})
		} else if w := wordToken.FindString(rest); w != "" {
			m = w
			w = strings.ToUpper(w)
			if after, ok := strings.CutPrefix(rest[len(m):], "()"); ok && (w == "TRUE" || w == "FALSE") {
				m = rest[:len(rest)-len(after)]
			}
			out = append(out, token{text: w})
		} else {
			m = signToken.FindString(rest)
			if m == "" {
				m = rest[:1]
			}
			out = append(out, token{text: m})
		}
		rest = rest[len(m):]
	}
	return out
}

// template is a formula without the places it reads.
func template(formula string) string {
	var b strings.Builder
	for _, t := range tokens(formula, "") {
		b.WriteString(t.text + " ")
	}
	return b.String()
}
