package book

import (
	"fmt"
	"io/fs"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The text of a note, in points. A character takes half of that or all of it.
const (
	noteSize  = 9.0
	noteWidth = 44.0 // in half-width characters
	noteAbove = 10.0 // what is left free above and below
)

// attach hangs notes, links and charts on the cells. It comes between the widths
// of the columns and the rows: before, a note doesn't know how many columns it
// covers, and after, it is lost.
func (s *Sheet) attach(w *writing, g *grid, widths, heights []float64) error {
	if s.overlaid() {
		if err := s.measure(w, heights); err != nil {
			return err
		}
	}
	for r := range g.rows {
		cells := g.rows[r].Cells
		for c := range cells {
			if err := s.hang(w, Ref{r + 1, c + 1}, &cells[c]); err != nil {
				return err
			}
		}
	}
	for _, c := range s.Charts {
		if err := c.draw(w, s, widths); err != nil {
			return fmt.Errorf("chart %s: %w", c.Title, err)
		}
	}
	return nil
}

// hang hangs note and link on a cell.
func (s *Sheet) hang(w *writing, at Ref, cell *Cell) error {
	if cell.Note != "" {
		if err := w.AddComment(s.Name, note(at.String(), clean(cell.Note))); err != nil {
			return fmt.Errorf("note at %v: %w", at, err)
		}
	}
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

// overlaid reports whether something lies over the cells.
func (s *Sheet) overlaid() bool {
	for _, row := range s.Rows {
		for i := range row.Cells {
			if row.Cells[i].Note != "" {
				return true
			}
		}
	}
	return len(s.Charts) > 0
}

// measure tells excelize the heights of the rows. It writes those of the stream,
// but takes these to find out where something ends that lies over the cells. It
// believes a point to be 4/3.4 pixels, so it is told heights that come out right.
func (s *Sheet) measure(w *writing, heights []float64) error {
	for r, h := range heights {
		if err := w.SetRowHeight(s.Name, r+1, min(h*perPoint*3.4/4, maxHeight)); err != nil {
			return err
		}
	}
	return nil
}

// note makes a comment as large as its text.
func note(at, text string) excelize.Comment {
	longest := 0.0
	for line := range strings.SplitSeq(text, "\n") {
		longest = max(longest, WidthOf(line, Plain))
	}
	width := min(longest+2*padding, noteWidth)
	height := float64(lines(text, width-2*padding))*noteSize*1.46 + noteAbove
	return excelize.Comment{
		Cell: at, Author: "dudao",
		Width:     pixels(width * noteSize / 2),
		Height:    pixels(height),
		Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: bodyFont, Size: noteSize}}},
	}
}

// perPoint is how many pixels a point has.
const perPoint = 96.0 / 72

// pixels is a length given in points.
func pixels(points float64) uint { return uint(math.Ceil(points * perPoint)) }
