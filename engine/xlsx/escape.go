package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

var entities = map[string]byte{"lt": '<', "gt": '>', "amp": '&', "quot": '"', "apos": '\''}

// unescape adds a text of XML as it is meant.
func unescape(into, text []byte) []byte {
	for {
		i := bytes.IndexAny(text, "&\r")
		if i < 0 {
			return append(into, text...)
		}
		into = append(into, text[:i]...)
		end := bytes.IndexByte(text[i:min(i+12, len(text))], ';')
		switch {
		case text[i] == '\r':
			into = append(into, '\n')
			if i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			end = 0
		case end < 0:
			into = append(into, '&')
			end = 0
		default:
			into = entity(into, text[i+1:i+end])
		}
		text = text[i+end+1:]
	}
}

func entity(into, name []byte) []byte {
	if c, ok := entities[string(name)]; ok {
		return append(into, c)
	}
	if len(name) > 1 && name[0] == '#' {
		digits, base := string(name[1:]), 10
		if digits[0] == 'x' || digits[0] == 'X' {
			digits, base = digits[1:], 16
		}
		if n, err := strconv.ParseUint(digits, base, 32); err == nil && n <= utf8.MaxRune {
			return utf8.AppendRune(into, rune(n))
		}
	}
	return append(append(append(into, '&'), name...), ';')
}
