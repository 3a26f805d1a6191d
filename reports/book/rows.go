package book

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// The cells are written here and not by excelize, which takes five times as long over
// the tens of thousands of a county and keeps several copies of them. It makes all
// that is around them; what it wrote as an empty sheetData is filled in when the parts
// are put together.

// rows is the XML of a sheet's rows, in pieces that are given back after use.
type rows struct {
	styles *styles
	pieces [][]byte
	out    []byte
	at     Ref
	column []string // letters
}

// pieceSize is when a piece is full: a row more and it is put aside.
const pieceSize = 64 << 10

// rowsOf writes all rows of a grid.
func rowsOf(g *grid, st *styles, heights []float64) ([][]byte, error) {
	w := rows{styles: st}
	for c := range g.end().Col {
		w.column = append(w.column, column(c+1))
	}
	for r := range g.rows {
		if len(w.out) >= pieceSize || w.out == nil {
			w.next()
		}
		w.out = append(w.out, `<row r="`...)
		w.out = strconv.AppendInt(w.out, int64(r+1), 10)
		if h := heights[r]; h > excelize.MaxRowHeight {
			return nil, fmt.Errorf("row %d: %v is too high", r+1, h)
		} else if h > 0 {
			w.out = append(w.out, `" ht="`...)
			w.out = strconv.AppendFloat(w.out, h, 'f', -1, 64)
			w.out = append(w.out, `" customHeight="1`...)
		}
		w.out = append(w.out, `">`...)
		cells := g.rows[r].Cells
		for c := range cells {
			w.at = Ref{r + 1, c + 1}
			if err := w.cell(&cells[c]); err != nil {
				return nil, fmt.Errorf("%v: %w", w.at, err)
			}
		}
		w.out = append(w.out, `</row>`...)
	}
	return append(w.pieces, w.out), nil
}

func (w *rows) next() {
	if w.out != nil {
		w.pieces = append(w.pieces, w.out)
	}
	w.out = piecePool.Get().([]byte)[:0]
}

// piecePool keeps pieces for the next sheets and reports.
var piecePool = sync.Pool{New: func() any { return make([]byte, 0, pieceSize+pieceSize/4) }}

// giveBack ends the use of pieces.
func giveBack(rows map[string][][]byte) {
	for _, pieces := range rows {
		for _, piece := range pieces {
			//lint:ignore SA6002 what is copied for it are 24 bytes, what it keeps 80,000
			piecePool.Put(piece)
		}
	}
}

// cell writes a cell, unless there is nothing in it and nothing to see.
func (w *rows) cell(c *Cell) error {
	formula := strings.TrimPrefix(c.Formula, "=")
	if n := len(formula); n > 8192 && utf16Len(formula) > 8192 {
		return fmt.Errorf("formula has %d characters, Excel reads 8192", utf16Len(formula))
	}
	text, isText := c.Value.(string)
	if isText {
		text = clean(text)
		if len(text) > excelize.TotalCellChars && utf16Len(text) > excelize.TotalCellChars {
			return fmt.Errorf("text has %d characters, a cell holds %d", utf16Len(text), excelize.TotalCellChars)
		}
		if formula != "" {
			// The attribute that keeps outer blanks isn't allowed here: Excel would
			// call the file damaged.
			text = strings.Trim(text, " \t\n")
		}
	}
	empty := c.Value == nil || isText && text == ""
	if empty && formula == "" && c.Style == Plain && !c.Unlocked {
		return nil
	}
	id, err := w.styles.of(c)
	if err != nil {
		return err
	}
	w.out = append(w.out, `<c r="`...)
	w.out = append(w.out, w.column[w.at.Col-1]...)
	w.out = strconv.AppendInt(w.out, int64(w.at.Row), 10)
	if id != 0 {
		w.out = append(w.out, `" s="`...)
		w.out = strconv.AppendInt(w.out, int64(id), 10)
	}
	switch v := c.Value.(type) {
	case nil:
		w.formula("str", formula)
	case string:
		switch {
		case formula != "":
			w.formula("str", formula)
			if text != "" {
				w.out = append(w.out, `<v>`...)
				w.out = escape(w.out, escapeMarks(text))
				w.out = append(w.out, `</v>`...)
			}
		case text == "":
			w.out = append(w.out, `">`...)
		default:
			w.out = append(w.out, `" t="inlineStr"><is><t`...)
			if isBlank(text[0]) || isBlank(text[len(text)-1]) {
				w.out = append(w.out, ` xml:space="preserve"`...)
			}
			w.out = append(w.out, '>')
			w.out = escape(w.out, escapeMarks(text))
			w.out = append(w.out, `</t></is>`...)
		}
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("%v is no number", v)
		}
		w.formula("", formula)
		w.out = append(w.out, `<v>`...)
		w.out = appendNumber(w.out, v)
		w.out = append(w.out, `</v>`...)
	case bool:
		w.formula("b", formula)
		truth := byte('0')
		if v {
			truth = '1'
		}
		w.out = append(w.out, '<', 'v', '>', truth)
		w.out = append(w.out, `</v>`...)
	default:
		return fmt.Errorf("a %T is no cell value", v)
	}
	w.out = append(w.out, `</c>`...)
	return nil
}

// formula ends the tag of a cell and writes its formula. kind is the type of its value.
func (w *rows) formula(kind, formula string) {
	if kind != "" && (formula != "" || kind != "str") {
		w.out = append(w.out, `" t="`...)
		w.out = append(w.out, kind...)
	}
	w.out = append(w.out, `">`...)
	if formula != "" {
		w.out = append(w.out, `<f>`...)
		w.out = escape(w.out, clean(formula))
		w.out = append(w.out, `</f>`...)
	}
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' }

// appendNumber writes a number with the 15 digits that Excel computes with.
func appendNumber(out []byte, x float64) []byte {
	const most = 15
	start := len(out)
	out = strconv.AppendFloat(out, x, 'f', -1, 64)
	if len(out)-start <= most {
		return out
	}
	digits, point := 0, false
	for i := start; i < len(out); i++ {
		switch c := out[i]; {
		case c == '.':
			point = true
		case c == '-' || c == '0' && digits == 0:
		default:
			if digits++; digits > most && point {
				return out[:i]
			} else if digits > most {
				if out[i] = '0'; i+1 < len(out) && out[i+1] == '.' {
					return out[:i+1]
				}
			}
		}
	}
	return out
}

// escape writes a text as XML. A line break is written as such, which formulas and
// texts keep.
func escape(out []byte, text string) []byte {
	from := 0
	for i := range len(text) {
		entity := ""
		switch text[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		default:
			continue
		}
		out = append(out, text[from:i]...)
		out = append(out, entity...)
		from = i + 1
	}
	return append(out, text[from:]...)
}

// escapeMarks escapes what would be read as an escaped character: _x000D_.
func escapeMarks(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; c == '_' && isMark(text[i:]) {
			b.WriteString("_x005F")
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func isMark(text string) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}

// isClean reports whether a text needs no cleaning; it may fail to see that.
func isClean(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= ' ' && c < 0x7F || c == '\n' || c == '\t':
		case c < utf8.RuneSelf || c == 0xC2: // a control character, or may be one
			return false
		case c == 0xEF && i+1 < len(text) && text[i+1] == 0xBF: // may be U+FFFE
			return false
		}
	}
	return utf8.ValidString(text)
}
