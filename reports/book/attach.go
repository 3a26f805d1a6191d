package book

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// attach hangs notes, links and charts on the cells.
func (s *Sheet) attach(w *writing, g *grid, widths, heights []float64) error {
	notes := &notes{widths: widths, heights: heights, sheet: slices.Index(w.sheets, s) + 1}
	for r := range g.rows {
		cells := g.rows[r].Cells
		for c := range cells {
			at := Ref{r + 1, c + 1}
			if cells[c].Note != "" {
				notes.add(at, clean(cells[c].Note))
			}
			if err := s.hang(w, at, &cells[c]); err != nil {
				return err
			}
		}
	}
	if err := notes.attach(w, s.Name); err != nil {
		return err
	}
	return s.draw(w, widths, heights)
}

// hang hangs a link on a cell.
func (s *Sheet) hang(w *writing, at Ref, cell *Cell) error {
	if cell.File != "" {
		if !fs.ValidPath(cell.File) {
			return fmt.Errorf("link at %v: %q is no file below the workbook's folder", at, cell.File)
		}
		if err := w.SetCellHyperLink(s.Name, at.String(), fileLink(clean(cell.File)), "External"); err != nil {
			return fmt.Errorf("link at %v: %w", at, err)
		}
	}
	if cell.Link == nil {
		return nil
	}
	to := Range{cell.Link.Ref, cell.Link.Ref}
	if !w.has(cell.Link.Sheet) || !to.valid() {
		return fmt.Errorf("link at %v: there is no %v on a sheet %q", at, cell.Link.Ref, cell.Link.Sheet)
	}
	where := quoteSheet(cell.Link.Sheet) + "!" + cell.Link.Ref.String()
	if err := w.SetCellHyperLink(s.Name, at.String(), where, "Location"); err != nil {
		return fmt.Errorf("link at %v: %w", at, err)
	}
	return nil
}

// fileLink is the way to a file as a link has it. Chinese characters stand as they
// are, as Excel writes them; what would mean something else in a link doesn't.
func fileLink(path string) string {
	var out strings.Builder
	for _, b := range []byte(path) {
		if b <= ' ' || b == 0x7f || strings.IndexByte("\"#%&+:;<=>?@[\\]^`{|}", b) >= 0 {
			fmt.Fprintf(&out, "%%%02X", b)
		} else {
			out.WriteByte(b)
		}
	}
	return out.String()
}
