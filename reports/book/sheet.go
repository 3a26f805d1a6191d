package book

import (
	"cmp"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// write fills the sheet of the file and returns its rows. The order matters: excelize
// silently drops whatever is set after the rows.
func (s *Sheet) write(w *writing) (io.WriterTo, error) {
	g, err := s.grid()
	if err != nil {
		return nil, err
	}
	widths := g.widths(s.Widths)
	if err := s.layOut(w.File, g, widths); err != nil {
		return nil, err
	}
	for _, v := range s.Validations {
		dv, err := v.rule(w.lists)
		if err == nil {
			err = w.AddDataValidation(s.Name, dv)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := s.setConditions(w); err != nil {
		return nil, err
	}
	heights := g.heights(widths)
	if err := s.writeAround(w, g, widths, heights); err != nil {
		return nil, err
	}
	content := &rows{grid: g, widths: widths, heights: heights}
	return content, content.look(w.styles)
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

// writeAround writes a stream without rows, and what comes before and after them.
func (s *Sheet) writeAround(w *writing, g *grid, widths, heights []float64) error {
	sw, err := w.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	if s.FreezeRows > 0 || s.FreezeCols > 0 {
		if err := sw.SetPanes(s.panes()); err != nil {
			return err
		}
	}
	if err := s.attach(w, g, widths, heights); err != nil {
		return err
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
