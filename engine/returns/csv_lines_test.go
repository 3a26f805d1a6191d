package returns

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

// byLibrary divides a text as encoding/csv does: one value a line, with its place.
func byLibrary(text string, comma rune) string {
	var b strings.Builder
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	lines := bytes.Split([]byte(text), []byte("\n"))
	for {
		record, err := r.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return b.String()
		case errors.As(err, &wrong):
			fmt.Fprintf(&b, "wrong %d\n", wrong.StartLine)
			return b.String()
		}
		for i, value := range record {
			line, col := r.FieldPos(i)
			fmt.Fprintf(&b, "%q %d %d\n", value, line, 1+utf8.RuneCount(lines[line-1][:min(max(col-1, 0), len(lines[line-1]))]))
		}
		b.WriteString("\n")
	}
}

// byPieces is the same by our own reader, which sees the text piece by piece: size
// bytes more each time that it has no whole line.
func byPieces(text string, comma rune, size int) string {
	var b strings.Builder
	l := csvLines{comma: byte(comma), line: 1}
	for end, base := 0, 0; ; {
		end = min(end+size, len(text))
		l.text, l.at, l.more = text[base:end], 0, end < len(text)
		for l.next() {
			for _, v := range l.values {
				fmt.Fprintf(&b, "%q %d %d\n", v.typed, v.line, v.col)
			}
			b.WriteString("\n")
		}
		if l.wrong > 0 {
			fmt.Fprintf(&b, "wrong %d\n", l.wrong)
			return b.String()
		}
		if !l.more {
			return b.String()
		}
		base += l.at
	}
}

func sameLines(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return // refused, or decoded, before
	}
	for _, comma := range ",;\t" {
		want := byLibrary(text, comma)
		for _, size := range []int{len(text) + 1, 1, 7} {
			if got := byPieces(text, comma, size); got != want {
				t.Errorf("%q by %q in pieces of %d\ngot\n%s\nwant\n%s", text, comma, size, got, want)
			}
		}
	}
}

var csvTexts = []string{
	"", "\n", "\r\n", "\r", "a", "a\r", "a,b\n", "甲,乙\r\n丙,丁\r\n", ",,\n\n\r\nx,,\n", "\"a\"", "\"a\"\r", "\"a,b\",c\n", "甲,\"乙\n（㎡）\",丙\n\"一,小\",\"1,000\",小学\n",
	"\"a\"\"b\",\"\"\"\",\"\"\n", "\"a\r\nb\r\n\",c\r\nd,e", "a\"b,c\n", "\"a\"b,c\n", "x\n\"a", "x\n\"a\n", "x\n\"a\n\n", "\"", "\"\"", "\"\"\"", "\"\n\"", " \n", "\r\r\n", "a;\"b\"\tc\n",
	"a,\"\n\n\",b\nc", "a\n\"b\",\"c\nd\",甲,\"e\"\n",
}

func TestCSVLines(t *testing.T) {
	for _, text := range csvTexts {
		sameLines(t, text)
	}
}

func FuzzCSVLines(f *testing.F) {
	for _, text := range csvTexts {
		f.Add(text)
	}
	f.Fuzz(sameLines)
}
