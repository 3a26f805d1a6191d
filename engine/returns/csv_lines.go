package returns

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// csvValue is a value in a line of a CSV file, or in a row of a sheet.
type csvValue struct {
	typed     string
	line, col int32 // where it begins; columns of a text in runes
}

// csvLines divides a text into lines of values as encoding/csv does, but copies
// nothing and knows where each stands: the values are parts of the text. It may be
// given the beginning of a text only, and says then what is a whole line.
type csvLines struct {
	text  string
	comma byte
	most  int  // values wanted of a line; 0 is all
	more  bool // the text goes on

	at     int        // the text before it has been read
	line   int        // that begins there, from 1
	from   int        // where the line that was read begins
	first  int        // its number
	values []csvValue // of it, until the next one is read
	begin  string     // of it: up to the comma behind the values wanted; "" where that isn’t known
	wrong  int        // the line in which a quotation mark stands wrong
}

// next reads a line. Empty ones are passed over.
func (l *csvLines) next() bool {
	l.values, l.begin = l.values[:0], ""
	for l.at < len(l.text) && l.wrong == 0 {
		line, next, whole := l.cut(l.at)
		switch {
		case !whole:
			return false
		case line == "":
			l.at, l.line = next, l.line+1
			continue
		}
		l.from, l.first = l.at, l.line
		if strings.IndexByte(line, '"') >= 0 {
			return l.quoted(line, next)
		}
		l.plain(line)
		l.at, l.line = next, l.line+1
		return true
	}
	return false
}

// cut is the line that begins somewhere, without its end, and where the next does.
func (l *csvLines) cut(at int) (line string, next int, whole bool) {
	i := strings.IndexByte(l.text[at:], '\n')
	if i < 0 {
		return strings.TrimSuffix(l.text[at:], "\r"), len(l.text), !l.more
	}
	return strings.TrimSuffix(l.text[at:at+i], "\r"), at + i + 1, true
}

// plain divides a line without quotation marks.
func (l *csvLines) plain(line string) {
	values, comma, number := l.values, l.comma, int32(l.first)
	from, col, inRunes := 0, 1, 0 // inRunes are the bytes that begin no rune
	for i := range len(line) {
		c := line[i]
		if c >= utf8.RuneSelf {
			if c&0xC0 == 0x80 {
				inRunes++
			}
			continue
		}
		if c != comma {
			continue
		}
		values = append(values, csvValue{line[from:i], number, int32(col)})
		if from, col = i+1, i+2-inRunes; len(values) == l.most {
			l.values, l.begin = values, line[:from]
			return
		}
	}
	l.values = append(values, csvValue{line[from:], number, int32(col)})
}

// quoted divides a line of which values may stand in quotation marks and go on over
// several lines.
func (l *csvLines) quoted(line string, next int) bool {
	number := l.first
	at, counted, runes := 0, 0, 0
	for {
		runes, counted = runes+utf8.RuneCountInString(line[counted:at]), at
		v := csvValue{line: int32(number), col: int32(1 + runes)}
		if at == len(line) || line[at] != '"' {
			v.typed = line[at:]
			comma := strings.IndexByte(v.typed, l.comma)
			if comma >= 0 {
				v.typed = v.typed[:comma]
			}
			if strings.IndexByte(v.typed, '"') >= 0 {
				l.wrong = l.first
				return false
			}
			l.values = append(l.values, v)
			if comma < 0 {
				break
			}
			at += comma + 1
			continue
		}
		at++
		var parts []byte // of a value that isn't one piece
		pieces := false
		for {
			quote := strings.IndexByte(line[at:], '"')
			if quote < 0 { // it goes on in the next line
				if next == len(l.text) {
					if !l.more {
						l.wrong = l.first
					}
					return false
				}
				parts, pieces = append(append(parts, line[at:]...), '\n'), true
				whole := false
				if line, next, whole = l.cut(next); !whole {
					return false
				}
				number++
				at, counted, runes = 0, 0, 0
				continue
			}
			piece := line[at : at+quote]
			at += quote + 1
			if at < len(line) && line[at] == '"' {
				parts, pieces = append(append(parts, piece...), '"'), true
				at++
				continue
			}
			if v.typed = piece; pieces {
				v.typed = string(append(parts, piece...))
			}
			break
		}
		l.values = append(l.values, v)
		if at == len(line) {
			break
		}
		if line[at] != l.comma {
			l.wrong = l.first
			return false
		}
		at++
	}
	l.at, l.line = next, number+1
	return true
}

// isBlank reports whether the line holds nothing that can be seen.
func (l *csvLines) isBlank() bool {
	for _, v := range l.values {
		if !isBlank(v.typed) {
			return false
		}
	}
	return true
}

// isBlank reports whether a text holds nothing that can be seen.
func isBlank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}
