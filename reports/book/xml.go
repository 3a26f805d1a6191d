package book

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean replaces what XML can't carry or a cell would show as a box.
func clean(text string) string {
	if isClean(text) {
		return text
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\uFFFE' || r == '\uFFFF' {
			return ' '
		}
		return r
	}, text)
}

// isClean reports whether a text needs no cleaning; it may fail to see that.
func isClean(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= ' ' && c < 0x7F || c == '\n' || c == '\t':
		case c < utf8.RuneSelf || c == 0xC2: // a control character, or may be one
			return false
		case c == 0xEF && i+1 < len(text) && text[i+1] == 0xBF: // may be U+FFFE
			return false
		}
	}
	return utf8.ValidString(text)
}

// escaped is a text as XML, also within quotes.
func escaped(text string) string {
	var out strings.Builder
	xml.EscapeText(&out, []byte(clean(text))) // a builder takes everything
	return out.String()
}

// escape writes a text as XML. A line break is written as such, which formulas and
// texts keep.
func escape(out []byte, text string) []byte {
	from := 0
	for i := range len(text) {
		entity := ""
		switch text[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		default:
			continue
		}
		out = append(out, text[from:i]...)
		out = append(out, entity...)
		from = i + 1
	}
	return append(out, text[from:]...)
}

// escapeMarks escapes what would be read as an escaped character: _x000D_.
func escapeMarks(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; c == '_' && isMark(text[i:]) {
			b.WriteString("_x005F")
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func isMark(text string) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}
