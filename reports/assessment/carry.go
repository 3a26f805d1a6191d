package assessment

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"

	"dudao/engine/returns"
	"dudao/reports/book"
)

// Carried is what a report carries on its hidden sheet, so that it can be made again
// and compared.
type Carried struct {
	Version, Language string
	Scheme            string // the effective rubric, as YAML
	Return            string // what was submitted, as JSON
}

// Sum is the SHA-256 of what is carried.
func (c Carried) Sum() string {
	sum := sha256.New()
	for _, part := range []string{c.Version, c.Language, c.Scheme, c.Return} {
		fmt.Fprintf(sum, "%d\n%s", len(part), part)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// carry writes what is carried below what every workbook of ours says of itself.
func (w *writer) carry(ret *returns.Return) {
	c := Carried{Version: w.version, Language: w.Lang, Scheme: w.program.Text(), Return: asJSON(ret)}
	s := w.book.Sheets[len(w.book.Sheets)-1]
	for _, line := range [][2]string{
		{returns.MetaMaker, c.Version}, {returns.MetaLanguage, c.Language},
		{returns.MetaScheme, c.Scheme}, {returns.MetaReturn, c.Return}, {returns.MetaSum, c.Sum()},
	} {
		for _, part := range inCells(line[1]) {
			s.Rows = append(s.Rows, book.Row{Height: 15, Cells: []book.Cell{{Value: line[0]}, {Value: part}}})
		}
	}
	if w.isReviewed() {
		s.Rows = append(s.Rows, book.Row{Height: 15, Cells: []book.Cell{{Value: returns.MetaReviewed}, {Value: "true"}}})
	}
}

func asJSON(ret *returns.Return) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(ret); err != nil {
		panic("assessment: " + err.Error()) // only texts and finite numbers
	}
	return visible(string(bytes.TrimSpace(out.Bytes())))
}

// visible escapes the characters of a JSON text that a cell can't hold, and what
// would look like an escape of the workbook's own: _x000D_.
func visible(text string) string {
	hidden := func(r rune) bool { return unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF' }
	if !strings.Contains(text, "_x") && strings.IndexFunc(text, hidden) < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for i, r := range text {
		switch {
		case hidden(r) || r == '_' && strings.HasPrefix(text[i:], "_x"):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cellSize is how long a text in a cell gets; Excel takes 32,767 characters, some of
// which are written as two.
const cellSize = 30_000

// inCells cuts a text so that each part fits into a cell, and never at a blank, which
// some program may drop at the edge of a cell.
func inCells(text string) []string {
	var parts []string
	from, size := 0, 0
	var last rune
	for i, r := range text {
		if size >= cellSize && !unicode.IsSpace(r) && !unicode.IsSpace(last) {
			parts, from, size = append(parts, text[from:i]), i, 0
		}
		size += utf16.RuneLen(r)
		last = r
	}
	return append(parts, text[from:])
}
