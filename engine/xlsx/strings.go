package xlsx

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// texts keeps many short texts in few pieces of memory.
type texts struct{ chunk *strings.Builder }

func (t *texts) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if !utf8.Valid(b) {
		b = bytes.ToValidUTF8(b, []byte("\ufffd"))
	}
	if t.chunk == nil || t.chunk.Cap()-t.chunk.Len() < len(b) {
		t.chunk = &strings.Builder{}
		t.chunk.Grow(max(16<<10, len(b)))
	}
	from := t.chunk.Len()
	t.chunk.Write(b)
	return t.chunk.String()[from:]
}

// richText adds the text of an element si or is: its own, or that of its runs.
// How Japanese or Chinese words are pronounced stands there, too, and isn't text.
func (s *scanner) richText(into []byte) []byte {
	from := len(into)
	for depth := s.depth; s.child(depth); {
		switch string(s.name) {
		case "t":
			into = s.text(into)
		case "r":
			for run := s.depth; s.child(run); {
				if string(s.name) == "t" {
					into = s.text(into)
				}
			}
		}
	}
	return unhide(into, from)
}

// unhide turns _x000D_, which is how characters are written that XML can't hold,
// into the character.
func unhide(text []byte, from int) []byte {
	at := bytes.Index(text[from:], []byte("_x"))
	if at < 0 {
		return text
	}
	out := text[:from+at]
	for rest := text[from+at:]; len(rest) > 0; {
		if len(rest) >= 7 && rest[0] == '_' && rest[1] == 'x' && rest[6] == '_' {
			if n, err := strconv.ParseUint(string(rest[2:6]), 16, 16); err == nil {
				out = utf8.AppendRune(out, rune(n)) // at most three bytes in the place of seven
				rest = rest[7:]
				continue
			}
		}
		out = append(out, rest[0])
		rest = rest[1:]
	}
	return out
}

// readStrings reads the texts that the cells of a workbook share.
func (b *Book) readStrings() error {
	b.strings = []string{}
	path := b.related["sharedStrings"]
	if !b.has(path) {
		return nil // told where a cell needs them
	}
	return b.part(path, func(s *scanner) error {
		var buf []byte
		for depth := s.depth; s.child(depth); {
			if string(s.name) != "si" {
				continue
			}
			buf = s.richText(buf[:0])
			b.strings = append(b.strings, b.texts.keep(buf))
			if err := b.count(1, len(buf)); err != nil {
				return err
			}
		}
		return nil
	})
}
