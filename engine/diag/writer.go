package diag

import (
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Writer turns diagnostics into text: the place, the message, the source line
// with a caret under the place, the hints.
type Writer struct {
	Out   io.Writer
	Print func(Message) string // the printer of the reader's language
	Files map[string][]byte    // sources by the file name of a Pos
	Color bool
	Rules bool // say which rule found each
}

// Write prints the diagnostics in the order given.
func (w Writer) Write(l List) error {
	var b strings.Builder
	for _, d := range l {
		w.one(&b, d)
	}
	_, err := io.WriteString(w.Out, b.String())
	return err
}

func (w Writer) one(b *strings.Builder, d Diagnostic) {
	if at := d.Pos.String(); at != "" {
		b.WriteString(w.paint("1", at+": "))
	}
	b.WriteString(w.severity(d.Severity))
	b.WriteString(w.Print(d.Message))
	if w.Rules && d.Rule != "" {
		b.WriteString(w.paint("2", "  ["+d.Rule+"]"))
	}
	b.WriteByte('\n')
	if line, ok := w.line(d.Pos); ok {
		b.WriteString("    " + strings.ReplaceAll(line, "\t", " ") + "\n")
		if d.Pos.Col > 0 {
			b.WriteString("    " + w.paint("32", caret(line, d.Pos.Col, d.Width)) + "\n")
		}
	}
	for _, h := range d.Hints {
		b.WriteString("  " + w.paint("36", w.Print(h)) + "\n")
	}
}

func (w Writer) severity(s Severity) string {
	switch s {
	case Error:
		return w.paint("1;31", w.Print(M("error: ")))
	case Warning:
		return w.paint("1;33", w.Print(M("warning: ")))
	default:
		return w.paint("1;34", w.Print(M("note: ")))
	}
}

func (w Writer) paint(code, s string) string {
	if !w.Color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (w Writer) line(p Pos) (string, bool) {
	src, ok := w.Files[p.File]
	if !ok || p.Line == 0 {
		return "", false
	}
	rest := string(src)
	for range p.Line - 1 {
		_, after, found := strings.Cut(rest, "\n")
		if !found {
			return "", false
		}
		rest = after
	}
	line, _, _ := strings.Cut(rest, "\n")
	line = strings.TrimPrefix(strings.TrimRight(line, "\r"), "\ufeff")
	return line, strings.TrimSpace(line) != "" && utf8.ValidString(line)
}

// caret draws ^~~ under the runes col … col+width-1 of a line, in the columns a
// terminal gives them: a Chinese character takes two.
func caret(line string, col, length int) string {
	pad, mark, n := 0, 0, 1
	for _, r := range line {
		switch c := Columns(r); {
		case n < col:
			pad += c
		case n < col+max(length, 1):
			mark += c
		}
		n++
	}
	if n <= col { // the place just behind the line's end
		pad += col - n
	}
	return strings.Repeat(" ", pad) + "^" + strings.Repeat("~", max(mark-1, 0))
}

// Columns is the number of columns a terminal or a cell gives a rune.
func Columns(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	if r < 0x20 && r != '\t' || r >= 0x0300 && r <= 0x036f || r >= 0x200b && r <= 0x200f || r == 0xfeff {
		return 0
	}
	return 1
}

// Width is the number of columns of a text.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += Columns(r)
	}
	return n
}
