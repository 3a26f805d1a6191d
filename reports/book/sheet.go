package book

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// write fills the sheet of the file. The order matters: excelize silently
// drops whatever is set after the rows.
func (s *Sheet) write(w *writing) error {
	g, err := s.grid()
	if err != nil {
		return err
	}
	widths := g.widths(s.Widths)
	if err := s.layOut(w.File, g, widths); err != nil {
		return fmt.Errorf("book: sheet %s: %w", s.Name, err)
	}
	for _, v := range s.Validations {
		dv, err := v.rule(w.lists)
		if err == nil {
			err = w.AddDataValidation(s.Name, dv)
		}
		if err != nil {
			return fmt.Errorf("book: sheet %s: %w", s.Name, err)
		}
	}
	if err := s.setConditions(w); err != nil {
		return fmt.Errorf("book: sheet %s: %w", s.Name, err)
	}
	if err := s.writeRows(w, g, widths); err != nil {
		return fmt.Errorf("book: sheet %s: %w", s.Name, err)
	}
	return nil
}

// layOut sets paper, view and protection.
func (s *Sheet) layOut(f *excelize.File, g *grid, widths []float64) error {
	err := cmp.Or(
		// Without it strict readers see one cell only.
		f.SetSheetDimension(s.Name, Range{Ref{1, 1}, g.end()}.String()),
		s.layPaper(f, widths),
		f.SetSheetView(s.Name, -1, &excelize.ViewOptions{ShowGridLines: new(false)}),
	)
	if err != nil || !s.Protected {
		return err
	}
	return f.ProtectSheet(s.Name, &excelize.SheetProtectionOptions{
		SelectLockedCells:   true,
		SelectUnlockedCells: true,
		InsertRows:          true,
		DeleteRows:          true,
		Sort:                true,
		FormatRows:          true,
		FormatColumns:       true,
	})
}

func (s *Sheet) writeRows(w *writing, g *grid, widths []float64) error {
	sw, err := w.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	if s.FreezeRows > 0 || s.FreezeCols > 0 {
		if err := sw.SetPanes(s.panes()); err != nil {
			return err
		}
	}
	// From the last to the first: excelize puts each before those it has.
	for i, width := range slices.Backward(widths) {
		if err := sw.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	heights := g.heights(widths)
	if err := s.attach(w, g, widths, heights); err != nil {
		return err
	}
	// The cells of every row go through the same memory.
	cells := make([]excelize.Cell, len(widths))
	row := make([]any, len(widths))
	for r := range g.rows {
		own := g.rows[r].Cells
		for c := range own {
			seen, err := own[c].excel(w.styles, &cells[c])
			if err != nil {
				return fmt.Errorf("%v: %w", Ref{r + 1, c + 1}, err)
			}
			if row[c] = nil; seen {
				row[c] = &cells[c]
			}
		}
		if err := sw.SetRow(Ref{r + 1, 1}.String(), row[:len(own)], excelize.RowOpts{Height: heights[r]}); err != nil {
			return err
		}
	}
	for _, row := range s.Breaks {
		if row < 2 {
			return fmt.Errorf("no page can begin at row %d", row)
		}
		if err := sw.InsertPageBreak(Ref{row, 1}.String()); err != nil {
			return err
		}
	}
	for _, area := range s.Merges {
		if area.From == area.To {
			continue // Excel refuses an area of one cell
		}
		if err := sw.MergeCell(area.From.String(), area.To.String()); err != nil {
			return err
		}
	}
	return sw.Flush()
}

func (s *Sheet) panes() *excelize.Panes {
	active := "bottomRight"
	switch {
	case s.FreezeCols == 0:
		active = "bottomLeft"
	case s.FreezeRows == 0:
		active = "topRight"
	}
	corner := Ref{s.FreezeRows + 1, s.FreezeCols + 1}.String()
	return &excelize.Panes{Freeze: true, XSplit: s.FreezeCols, YSplit: s.FreezeRows, TopLeftCell: corner, ActivePane: active}
}

// excel puts the cell as excelize wants it into place, unless there is nothing in
// it and nothing to see.
func (c *Cell) excel(st *styles, place *excelize.Cell) (seen bool, err error) {
	value := c.Value
	switch v := value.(type) {
	case nil, bool:
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false, fmt.Errorf("%v is no number", v)
		}
	case string:
		text := clean(v)
		if n := utf16Len(text); n > excelize.TotalCellChars {
			return false, fmt.Errorf("text has %d characters, a cell holds %d", n, excelize.TotalCellChars)
		}
		if c.Formula != "" {
			// excelize would mark outer blanks with an attribute that Excel
			// does not allow here, and Excel would call the file damaged.
			text = strings.Trim(text, " \t\n")
		}
		if text != v {
			value = text
		}
		if text == "" && c.Formula == "" {
			value = nil
		}
	default:
		return false, fmt.Errorf("a %T is no cell value", v)
	}
	formula := strings.TrimPrefix(c.Formula, "=")
	if n := utf16Len(formula); n > 8192 {
		return false, fmt.Errorf("formula has %d characters, Excel reads 8192", n)
	}
	if value == nil && formula == "" && c.Style == Plain && !c.Unlocked {
		return false, nil
	}
	id, err := st.of(c)
	*place = excelize.Cell{Value: value, Formula: formula, StyleID: id}
	return true, err
}

// clean replaces what XML can't carry or a cell would show as a box.
func clean(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\uFFFE' || r == '\uFFFF' {
			return ' '
		}
		return r
	}, text)
}
