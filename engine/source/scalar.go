package source

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"dudao/engine/diag"

	"gopkg.in/yaml.v3"
)

func itoa(n int) string { return strconv.Itoa(n) }

// scalar works out where each rune of a scalar stands in the file. yaml.v3 gives
// the place of its first character, which is the quote or the | of the quoted
// and block styles.
func (c *converter) scalar(n *yaml.Node) (diag.Excerpt, Style) {
	e := diag.Excerpt{Text: n.Value, Pos: c.pos(n)}
	switch {
	case n.Style&yaml.LiteralStyle != 0:
		e.Text = strings.TrimRight(n.Value, "\n")
		c.blockLines(n, &e)
		return e, Block
	case n.Style&yaml.FoldedStyle != 0:
		e.Text = strings.TrimRight(n.Value, "\n")
		return e, Folded
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		e.Pos.Col++
		if !c.quotedCols(n, &e) {
			return e, Folded // it goes on over several lines
		}
		return e, Quoted
	}
	if !strings.HasPrefix(c.from(n.Line, n.Column), n.Value) {
		return e, Folded // a plain text that goes on over several lines
	}
	return e, Plain
}

// from returns the rest of a line, starting with the rune of a column.
func (c *converter) from(line, col int) string {
	if line < 1 || line > len(c.lines) {
		return ""
	}
	s := c.lines[line-1]
	for range col - 1 {
		if s == "" {
			return ""
		}
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return s
}

func (c *converter) blockLines(n *yaml.Node, e *diag.Excerpt) {
	indent := -1
	var further []diag.Pos
	for i := range strings.Count(e.Text, "\n") + 1 {
		line := n.Line + 1 + i
		if line > len(c.lines) {
			break
		}
		text := c.lines[line-1]
		if indent < 0 {
			if strings.TrimSpace(text) == "" {
				// leading empty lines carry no indent; take that of the first text
				indent = c.indentBelow(line)
			} else {
				indent = len(text) - len(strings.TrimLeft(text, " "))
			}
		}
		p := diag.Pos{File: c.file, Line: line, Col: indent + 1}
		if i == 0 {
			e.Pos = p
		} else {
			further = append(further, p)
		}
	}
	if further != nil {
		e.Layout = &diag.Layout{Lines: further}
	}
}

func (c *converter) indentBelow(line int) int {
	for _, text := range c.lines[line-1:] {
		if strings.TrimSpace(text) != "" {
			return len(text) - len(strings.TrimLeft(text, " "))
		}
	}
	return 0
}

// quotedCols follows the escapes of a quoted scalar, so that the columns behind
// them are right; one without escapes needs no table. It reports whether the
// scalar ends on its line.
func (c *converter) quotedCols(n *yaml.Node, e *diag.Excerpt) bool {
	raw := []rune(c.from(n.Line, n.Column))
	if len(raw) < 2 {
		return false
	}
	quote, escaped := raw[0], false
	var cols []int
	for i := 1; i < len(raw); i++ {
		switch r := raw[i]; {
		case r == quote && quote == '\'' && i+1 < len(raw) && raw[i+1] == '\'':
			cols, escaped = append(cols, n.Column+i), true
			i++
		case r == quote:
			if escaped && len(cols) == utf8.RuneCountInString(e.Text) {
				e.Layout = &diag.Layout{Cols: cols}
			}
			return true
		case r == '\\' && quote == '"' && i+1 < len(raw):
			cols, escaped = append(cols, n.Column+i), true
			i += escapeLength(raw[i+1])
		default:
			cols = append(cols, n.Column+i)
		}
	}
	return false
}

// escapeLength is the number of runes behind the backslash of an escape.
func escapeLength(r rune) int {
	switch r {
	case 'x':
		return 3
	case 'u':
		return 5
	case 'U':
		return 9
	default:
		return 1
	}
}
