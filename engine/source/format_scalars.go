package source

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// scalar reads a text as it is written. Texts in quotes or without become one
// line where nothing but a fold stands between their lines.
func (r *reader) scalar(e *entry, n *yaml.Node, formula bool, indent int) value {
	v := value{kind: Scalar, formula: formula}
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		v.block, v.lines = true, r.blockText(e, indent)
		return v
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		v.lines = r.quoted()
	default:
		v.lines = r.plain(n.Value)
	}
	if !formula {
		v.lines = join(v.lines)
	}
	return v
}

// join makes one line of lines that YAML reads as one.
func join(lines []string) []string {
	out := lines[0]
	for _, line := range lines[1:] {
		if line == "" {
			return lines // an empty line is a line break of the text
		}
		if lines[0][0] == '"' && endsInEscape(out) {
			out = out[:len(out)-1] + line
		} else {
			out += " " + line
		}
	}
	return []string{out}
}

// endsInEscape reports whether the last backslash of a line is none that is
// escaped itself.
func endsInEscape(s string) bool {
	return (len(s)-len(strings.TrimRight(s, `\`)))%2 == 1
}

// trimLine drops the spaces around one of the lines of a text in quotes, which
// YAML ignores; an escaped space stays.
func trimLine(s string, double bool) string {
	s = strings.TrimLeft(s, " \t")
	short := strings.TrimRight(s, " \t")
	if double && short != s && endsInEscape(short) {
		short = s[:len(short)+1]
	}
	return short
}

func (r *reader) quoted() []string {
	quote, from := r.text[r.at], r.at
	for r.at++; ; r.at++ {
		switch {
		case r.at >= len(r.text):
			r.stop()
		case r.text[r.at] == '\\' && quote == '"':
			r.at++
		case r.text[r.at] == quote && quote == '\'' && r.text[r.at+1] == '\'':
			r.at++
		case r.text[r.at] == quote:
			r.at++
			lines := strings.Split(string(r.text[from:r.at]), "\n")
			for i := range lines {
				lines[i] = trimLine(lines[i], quote == '"')
			}
			return lines
		}
	}
}

// plain follows the text of a value through its lines.
func (r *reader) plain(text string) []string {
	var lines []string
	from := r.at
	for rest := []rune(text); len(rest) > 0; {
		if r.at >= len(r.text) {
			r.stop()
		}
		if !r.isBlank(r.at) {
			if r.text[r.at] != rest[0] {
				r.stop()
			}
			r.at, rest = r.at+1, rest[1:]
			continue
		}
		lines = append(lines, string(r.text[from:r.at]))
		breaks := 0
		for r.at < len(r.text) && strings.ContainsRune(" \t\n", r.text[r.at]) {
			if r.text[r.at] == '\n' {
				breaks++
			}
			r.at++
		}
		from = r.at
		for range breaks - 1 {
			lines = append(lines, "")
		}
		rest = rest[min(max(breaks-1, 1), len(rest)):]
	}
	return append(lines, string(r.text[from:r.at]))
}

// blockText reads | or > with what stands behind it, and its lines without their
// indent.
func (r *reader) blockText(e *entry, indent int) []string {
	from := r.at
	for r.at < len(r.text) && strings.ContainsRune("|>+-0123456789", r.text[r.at]) {
		r.at++
	}
	head := string(r.text[from:r.at])
	r.last, r.complete = e, true
	r.gap(r.lineEnd(r.at))
	keep := strings.Contains(head, "+")
	digit := strings.IndexAny(head, "123456789")
	width := 0
	if digit >= 0 {
		width = indent + int(head[digit]-'0')
		head = head[:digit] + head[digit+1:]
	}
	lines, end := []string{}, r.at
	for at := r.at + 1; at < len(r.text); at = r.lineEnd(at) + 1 {
		line := string(r.text[at:r.lineEnd(at)])
		spaces := len(line) - len(strings.TrimLeft(line, " "))
		if spaces < len(line) {
			if width == 0 {
				width = max(spaces, indent+1)
			}
			if spaces < width {
				break
			}
		}
		lines = append(lines, line[min(spaces, max(width, 0)):])
		if width > 0 && spaces < width || width == 0 {
			lines[len(lines)-1] = ""
		}
		if lines[len(lines)-1] != "" || keep {
			end = r.lineEnd(at)
		}
	}
	r.at = end
	for !keep && len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	for _, line := range lines {
		if line != "" {
			if line[0] == ' ' || digit >= 0 {
				head = head[:1] + "2" + head[1:]
			}
			break
		}
	}
	return append([]string{head}, lines...)
}
