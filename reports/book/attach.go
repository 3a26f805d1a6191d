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
			if cells[c].Note != "" {
				notes.add(Ref{r + 1, c + 1}, clean(cells[c].Note))
			}
			if cells[c].Link == nil {
				continue
			}
			if err := s.link(w, Ref{r + 1, c + 1}, cells[c].Link); err != nil {
				return err
			}
		}
	}
	if err := notes.attach(w, s.Name); err != nil {
		return err
	}
	return s.draw(w, widths, heights)
}

// link makes a cell lead to a place.
func (s *Sheet) link(w *writing, at Ref, to *Place) error {
	where, kind := "", "Location"
	if to.File != "" {
		if !fs.ValidPath(to.File) {
			return fmt.Errorf("link at %v: %q is no file below the workbook's folder", at, to.File)
		}
		where, kind = fileLink(clean(to.File)), "External"
	} else {
		if !w.has(to.Sheet) || !(Range{to.Ref, to.Ref}).valid() {
			return fmt.Errorf("link at %v: there is no %v on a sheet %q", at, to.Ref, to.Sheet)
		}
		where = quoteSheet(to.Sheet) + "!" + to.Ref.String()
	}
	if err := w.SetCellHyperLink(s.Name, at.String(), where, kind); err != nil {
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
