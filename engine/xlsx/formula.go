package xlsx

import (
	"strconv"
	"strings"
)

// formula reads the formula of a cell. One that is shared stands written out in
// its first cell only.
func (r *sheetReader) formula(s *scanner, col, row int) string {
	shared, index := false, ""
	for s.attr() {
		switch string(s.key) {
		case "t":
			shared = string(s.value) == "shared"
		case "si":
			index = string(s.value)
		}
	}
	r.buf = s.text(r.buf[:0])
	switch {
	case !shared:
	case len(r.buf) > 0:
		m := master{r.b.texts.keep(r.buf), col, row}
		r.masters[index] = m
		return m.formula
	default:
		m := r.masters[index]
		return moved(m.formula, col-m.col, row-m.row)
	}
	return r.b.texts.keep(r.buf)
}

// moved is a formula as it reads some cells further: places without $ move along.
func moved(formula string, cols, rows int) string {
	var b strings.Builder
	for i := 0; i < len(formula); {
		switch c := formula[i]; {
		case c == '"' || c == '\'': // a text, or the name of a sheet
			end := strings.IndexByte(formula[i+1:], c)
			if end < 0 {
				end = len(formula) - i - 2
			}
			b.WriteString(formula[i : i+end+2])
			i += end + 2
		case isWord(c):
			end := i
			for end < len(formula) && isWord(formula[end]) {
				end++
			}
			word := formula[i:end]
			if end == len(formula) || formula[end] != '(' && formula[end] != '!' {
				word = movedPlace(word, cols, rows)
			}
			b.WriteString(word)
			i = end
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

func isWord(c byte) bool {
	return c >= 0x80 || c == '$' || c == '_' || c == '.' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

func movedPlace(word string, cols, rows int) string {
	col, row, ok := place(strings.ReplaceAll(word, "$", ""))
	if !ok {
		return word
	}
	fixedCol := word[0] == '$'
	fixedRow := strings.LastIndexByte(word, '$') > 0
	if !fixedCol {
		col += cols
	}
	if !fixedRow {
		row += rows
	}
	if col < 1 || row < 1 || col > maxColumns || row > maxRows {
		return "#REF!"
	}
	letters := strings.TrimRight(CellName(col, row), "0123456789")
	return map[bool]string{true: "$"}[fixedCol] + letters + map[bool]string{true: "$"}[fixedRow] + strconv.Itoa(row)
}

// Link tells which other workbook a formula refers to: [1]表!A1 is the first of
// the links. In 表[2021] a column of a table stands between brackets.
func (b *Book) Link(formula string) (name string, ok bool) {
	if len(b.Links) == 0 {
		return "", false
	}
	inText := false
	for i := range len(formula) {
		switch {
		case formula[i] == '"':
			inText = !inText
		case inText || formula[i] != '[' || i > 0 && isWord(formula[i-1]):
		default:
			number, _, closed := strings.Cut(formula[i+1:], "]")
			if n, err := strconv.Atoi(number); closed && err == nil && n >= 1 && n <= len(b.Links) {
				return b.Links[n-1], true
			}
		}
	}
	return "", false
}
