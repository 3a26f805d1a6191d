package xlsx

import (
	"strconv"
	"strings"
)

// The largest sheet that Excel makes.
const (
	maxColumns = 16_384
	maxRows    = 1_048_576
)

// Area is a rectangle of cells; columns and rows count from 1.
type Area struct{ Col, Row, ToCol, ToRow int }

// CellName is what a cell is called: C5.
func CellName(col, row int) string {
	var name [12]byte
	i := 4
	for ; col > 0 && i > 0; col = (col - 1) / 26 {
		i--
		name[i] = byte('A' + (col-1)%26)
	}
	return string(strconv.AppendInt(name[i:4], int64(row), 10))
}

// place reads C5.
func place[T string | []byte](name T) (col, row int, ok bool) {
	i := 0
	for ; i < len(name) && i < 4; i++ {
		c := name[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		col = col*26 + int(c-'a') + 1
	}
	if i == 0 || i == len(name) || len(name) > i+7 || col > maxColumns {
		return 0, 0, false
	}
	for ; i < len(name); i++ {
		if name[i] < '0' || name[i] > '9' {
			return 0, 0, false
		}
		row = row*10 + int(name[i]-'0')
	}
	return col, row, row >= 1 && row <= maxRows
}

// ParseArea reads A1:B2, or A1 alone, with or without the $ of fixed places.
func ParseArea(ref string) (Area, bool) {
	from, to, isRange := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !isRange {
		to = from
	}
	var a Area
	var ok1, ok2 bool
	a.Col, a.Row, ok1 = place(from)
	a.ToCol, a.ToRow, ok2 = place(to)
	return a, ok1 && ok2 && a.Col <= a.ToCol && a.Row <= a.ToRow
}
