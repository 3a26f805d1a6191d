package book

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"
)

// The cells are written here and not by excelize, which takes five times as long over
// the tens of thousands of a county and keeps several copies of them. It makes all
// that is around them; what it wrote as an empty sheetData is replaced when the parts
// are packed, so that the XML of a whole sheet is never held. The widths of the columns
// stand before it: excelize would copy all that it has for each one more.

// noRows is where the columns and rows of a sheet go.
const noRows = "<sheetData></sheetData>"

// rows are the columns and rows of a sheet, which become XML when they are packed.
type rows struct {
	*grid
	widths, heights []float64
	styles          []int32 // of the cells that aren't bare, one after the other
}

// rowWriter writes rows.
type rowWriter struct {
	styles []int32 // of what is still to be written
	rows   []Row
	out    []byte
	at     Ref
	column []string // letters
	filled []int    // in each column: which of the sheet's shared formulas is filled down
	shared int      // formulas so far
}

// pieceSize is how much is written at once.
const pieceSize = 64 << 10

// pieces are used again for the next sheets and reports.
var pieces = sync.Pool{New: func() any { return new(make([]byte, 0, pieceSize+pieceSize/4)) }}

// look gives all cells their styles: excelize must know them before it writes.
func (s *rows) look(styles *styles) error {
	n := 0
	for r := range s.rows {
		n += len(s.rows[r].Cells)
	}
	s.styles = make([]int32, 0, n)
	for r := range s.rows {
		cells := s.rows[r].Cells
		for c := range cells {
			if cells[c].bare() {
				continue
			}
			id, err := styles.of(c+1, &cells[c])
			if err != nil {
				return err
			}
			s.styles = append(s.styles, int32(id))
		}
	}
	return nil
}

// bare reports whether there is nothing in a cell and nothing to see.
func (c *Cell) bare() bool {
	return (c.Value == nil || c.Value == "") && !c.computed() && c.Style == Plain && !c.Unlocked
}

// WriteTo writes columns and rows.
func (s *rows) WriteTo(out io.Writer) (int64, error) {
	piece := pieces.Get().(*[]byte)
	w := rowWriter{styles: s.styles, rows: s.rows, out: (*piece)[:0]}
	defer func() {
		*piece = w.out
		pieces.Put(piece)
	}()
	for c := range s.end().Col {
		w.column = append(w.column, column(c+1))
	}
	w.filled = make([]int, len(w.column))
	n := int64(0)
	flush := func() error {
		m, err := out.Write(w.out)
		n, w.out = n+int64(m), w.out[:0]
		return err
	}
	if err := w.columns(s.widths); err != nil {
		return 0, err
	}
	w.out = append(w.out, `<sheetData>`...)
	for r := range s.rows {
		if err := w.row(r, s.rows[r].Cells, s.heights[r]); err != nil {
			return n, err
		}
		if len(w.out) < pieceSize {
			continue
		}
		if err := flush(); err != nil {
			return n, err
		}
	}
	w.out = append(w.out, `</sheetData>`...)
	return n, flush()
}

// columns writes the widths, those of neighbours that are the same together.
func (w *rowWriter) columns(widths []float64) error {
	if len(widths) > excelize.MaxColumns {
		return fmt.Errorf("%d columns are more than Excel has", len(widths))
	}
	w.out = append(w.out, `<cols>`...)
	for from := 0; from < len(widths); {
		width := widths[from]
		if width > excelize.MaxColumnWidth {
			return fmt.Errorf("column %s: %v is too wide", column(from+1), width)
		}
		to := from + 1
		for to < len(widths) && widths[to] == width {
			to++
		}
		w.out = append(w.out, `<col min="`...)
		w.out = strconv.AppendInt(w.out, int64(from+1), 10)
		w.out = append(w.out, `" max="`...)
		w.out = strconv.AppendInt(w.out, int64(to), 10)
		w.out = append(w.out, `" width="`...)
		w.out = strconv.AppendFloat(w.out, width, 'f', -1, 64)
		w.out = append(w.out, `" customWidth="1"/>`...)
		from = to
	}
	w.out = append(w.out, `</cols>`...)
	return nil
}

func (w *rowWriter) row(r int, cells []Cell, height float64) error {
	w.out = append(w.out, `<row r="`...)
	w.out = strconv.AppendInt(w.out, int64(r+1), 10)
	if height > excelize.MaxRowHeight {
		return fmt.Errorf("row %d: %v is too high", r+1, height)
	} else if height > 0 {
		w.out = append(w.out, `" ht="`...)
		w.out = strconv.AppendFloat(w.out, height, 'f', -1, 64)
		w.out = append(w.out, `" customHeight="1`...)
	}
	w.out = append(w.out, `">`...)
	for c := range cells {
		w.at = Ref{r + 1, c + 1}
		if err := w.cell(&cells[c]); err != nil {
			return fmt.Errorf("%v: %w", w.at, err)
		}
	}
	w.out = append(w.out, `</row>`...)
	return nil
}

// cell writes a cell, unless it is bare.
func (w *rowWriter) cell(c *Cell) error {
	if c.bare() {
		return nil
	}
	text, isText := c.Value.(string)
	if isText {
		text = clean(text)
		if len(text) > excelize.TotalCellChars && utf16Len(text) > excelize.TotalCellChars {
			return fmt.Errorf("text has %d characters, a cell holds %d", utf16Len(text), excelize.TotalCellChars)
		}
		if c.computed() {
			// The attribute that keeps outer blanks isn't allowed here: Excel would
			// call the file damaged.
			text = strings.Trim(text, " \t\n")
		}
	}
	style := w.styles[0]
	w.styles = w.styles[1:]
	w.out = append(w.out, `<c r="`...)
	w.out = append(w.out, w.column[w.at.Col-1]...)
	w.out = strconv.AppendInt(w.out, int64(w.at.Row), 10)
	if style != 0 {
		w.out = append(w.out, `" s="`...)
		w.out = strconv.AppendInt(w.out, int64(style), 10)
	}
	var err error
	switch v := c.Value.(type) {
	case nil:
		err = w.formula("str", c)
	case string:
		switch {
		case c.computed():
			err = w.formula("str", c)
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
		err = w.formula("", c)
		w.out = append(w.out, `<v>`...)
		w.out = appendNumber(w.out, v)
		w.out = append(w.out, `</v>`...)
	case bool:
		err = w.formula("b", c)
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
	return err
}

// formula ends the tag of a cell and writes its formula. kind is the type of its value.
func (w *rowWriter) formula(kind string, c *Cell) error {
	if kind != "" && (c.computed() || kind != "str") {
		w.out = append(w.out, `" t="`...)
		w.out = append(w.out, kind...)
	}
	w.out = append(w.out, `">`...)
	own := strings.TrimPrefix(c.Formula, "=")
	n := &w.filled[w.at.Col-1]
	switch {
	case c.Filled && (own != "" || !w.under(-1).computed()):
		return errors.New("a formula is filled down where there is none above or another one")
	case c.Filled:
		w.out = append(w.out, `<f t="shared" si="`...)
		w.out = strconv.AppendInt(w.out, int64(*n-1), 10)
		w.out = append(w.out, `"/>`...)
		return nil
	case own == "":
		return nil
	case len(own) > mostFormula && utf16Len(own) > mostFormula:
		return fmt.Errorf("formula has %d characters, Excel reads %d", utf16Len(own), mostFormula)
	}
	w.out = append(w.out, `<f`...)
	if last := w.lastFilled(); last > w.at.Row {
		w.shared++
		*n = w.shared
		w.out = append(w.out, ` t="shared" ref="`...)
		w.out = append(w.out, Range{w.at, Ref{last, w.at.Col}}.String()...)
		w.out = append(w.out, `" si="`...)
		w.out = strconv.AppendInt(w.out, int64(*n-1), 10)
		w.out = append(w.out, '"')
	}
	w.out = append(w.out, '>')
	w.out = escape(w.out, clean(own))
	w.out = append(w.out, `</f>`...)
	return nil
}

// lastFilled is the last row into which the formula of this cell is filled down.
func (w *rowWriter) lastFilled() int {
	n := 0
	for w.under(n + 1).Filled {
		n++
	}
	return w.at.Row + n
}

// under is the cell so many rows below this one.
func (w *rowWriter) under(n int) *Cell {
	if r := w.at.Row - 1 + n; r >= 0 && r < len(w.rows) && w.at.Col <= len(w.rows[r].Cells) {
		return &w.rows[r].Cells[w.at.Col-1]
	}
	return &Cell{}
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' }

// appendNumber writes a number with the 15 digits that Excel computes with.
func appendNumber(out []byte, x float64) []byte {
	const most = 15
	if whole := int64(x); float64(whole) == x && -1e15 < x && x < 1e15 { // most are, and it is faster
		return strconv.AppendInt(out, whole, 10)
	}
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
				return bytes.TrimSuffix(out[:i], []byte("."))
			} else if digits > most {
				if out[i] = '0'; i+1 < len(out) && out[i+1] == '.' {
					return out[:i+1]
				}
			}
		}
	}
	return out
}
