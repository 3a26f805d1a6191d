package source

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What a hash is taken of is written as json.Marshal writes it, which takes ten times
// as long for the thousands of texts of a rubric or a return.

// AppendText writes a text as JSON.
func AppendText(out []byte, text string) []byte {
	plain, ascii := true, true
	for i := 0; i < len(text) && plain; i++ {
		c := text[i]
		plain = c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' && !(c == 0xE2 && breaksLine(text[i:]))
		ascii = ascii && c < utf8.RuneSelf
	}
	if !plain || !ascii && !utf8.ValidString(text) {
		return appendAny(out, text)
	}
	out = append(out, '"')
	out = append(out, text...)
	return append(out, '"')
}

// breaksLine reports whether a sign is one that JSON may hold and JavaScript may not.
func breaksLine(rest string) bool {
	return strings.HasPrefix(rest, "\u2028") || strings.HasPrefix(rest, "\u2029")
}

// AppendFigure writes a number as JSON.
func AppendFigure(out []byte, x float64) []byte {
	if whole := int64(x); float64(whole) == x && whole != 0 && -1e15 < x && x < 1e15 { // most are; 0 may be -0
		return strconv.AppendInt(out, whole, 10)
	}
	if size := math.Abs(x); size != 0 && (size < 1e-6 || size >= 1e21) {
		return appendAny(out, x)
	}
	return strconv.AppendFloat(out, x, 'f', -1, 64)
}

func appendAny(out []byte, v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic("source: " + err.Error()) // only texts and finite numbers
	}
	return append(out, text...)
}
