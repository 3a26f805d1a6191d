package book

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A4, and the margins around what is printed, in inches.
const (
	paperShort, paperLong = 8.27, 11.69
	marginSide, marginTop = 0.6, 0.75
	marginFooter          = 0.35
)

// smallest is the scale below which a page can't be read without a glass.
const smallest = 0.6

// layPaper sets how the sheet prints.
func (s *Sheet) layPaper(f *excelize.File, widths []float64) error {
	orientation, order, across, down := "portrait", "downThenOver", s.pagesAcross(widths), 0 // as many pages down as it takes
	if s.OnePage {
		down = 1
	}
	if s.Landscape {
		orientation = "landscape"
	}
	if across > 1 {
		order = "overThenDown" // the pages of the same rows come together
	}
	footer := ""
	if s.Footer != "" {
		footer = "&C" + s.Footer
	}
	return cmp.Or(
		f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: new(true)}),
		f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{
			Size:        new(9), // A4
			Orientation: &orientation,
			FitToWidth:  &across,
			FitToHeight: &down,
			PageOrder:   &order,
		}),
		f.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{
			Left: new(marginSide), Right: new(marginSide), Top: new(marginTop), Bottom: new(marginTop),
			Header: new(marginFooter), Footer: new(marginFooter),
			Horizontally: new(true),
		}),
		f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: footer}),
	)
}

// pagesAcross is how many pages side by side the columns need to be readable. Only
// a sheet with key columns is cut: without them nobody knows on the second page
// what a row is.
func (s *Sheet) pagesAcross(widths []float64) int {
	room := s.room() / smallest
	widths = s.printed(widths)
	keys := pointsOf(widths[:min(s.KeyCols, len(widths))])
	if s.KeyCols == 0 || keys > room/2 {
		return 1
	}
	pages, used := 1, keys
	for _, w := range widths[min(s.KeyCols, len(widths)):] {
		if used += columnPoints(w); used > room && used > keys+columnPoints(w) {
			pages++
			used = keys + columnPoints(w)
		}
	}
	return pages
}

// room is how wide a page is, in points.
func (s *Sheet) room() float64 {
	if s.Landscape {
		return (paperLong - 2*marginSide) * 72
	}
	return (paperShort - 2*marginSide) * 72
}

// printed are the columns within the print area.
func (s *Sheet) printed(widths []float64) []float64 {
	if s.PrintArea == (Range{}) {
		return widths
	}
	return widths[:min(s.PrintArea.To.Col, len(widths))]
}

// FirstPage is how many columns surely stand on the first of the pages side by side:
// what is merged over them, such as a title, isn't cut.
func (s *Sheet) FirstPage() int {
	widths := s.printed(s.Widths)
	pages := s.pagesAcross(widths)
	if pages == 1 {
		return len(widths)
	}
	keys := pointsOf(widths[:s.KeyCols])
	room := keys + (pointsOf(widths)-keys)/float64(pages)
	n := s.KeyCols
	for n < len(widths) && pointsOf(widths[:n+1]) <= room {
		n++
	}
	return n
}

// Width is how wide the columns of the first page are, in points.
func (s *Sheet) Width() float64 { return pointsOf(s.Widths[:s.FirstPage()]) }

// Upright reports whether what is printed can be read on upright paper, which has
// room for more rows.
func (s *Sheet) Upright() bool {
	upright := Sheet{}
	return pointsOf(s.printed(s.Widths)) <= upright.room()/wellRead
}

// wellRead is the scale from which on a page can be read without effort.
const wellRead = 0.75

// pointsOf is how wide columns are.
func pointsOf(widths []float64) float64 {
	sum := 0.0
	for _, w := range widths {
		sum += columnPoints(w)
	}
	return sum
}

// columnPoints is how wide a column is: a digit of the body font at 11 points takes
// 8 pixels.
func columnPoints(width float64) float64 { return width * 8 * 72 / 96 }

// printNames are the names that say what of the sheet is printed: the titles of
// every page and the area.
func (s *Sheet) printNames() ([]definedName, error) {
	var names []definedName
	var titles []string
	if s.KeyCols > 0 {
		titles = append(titles, fmt.Sprintf("%s!$A:$%s", quoteSheet(s.Name), column(s.KeyCols)))
	}
	if s.TitleFrom != 0 {
		rows := fmt.Sprintf("%s!$%d:$%d", quoteSheet(s.Name), s.TitleFrom, s.TitleTo)
		if s.TitleFrom < 0 || s.TitleTo < s.TitleFrom {
			return nil, fmt.Errorf("book: title rows %s are none", rows)
		}
		titles = append(titles, rows)
	}
	if len(titles) > 0 {
		names = append(names, definedName{"_xlnm.Print_Titles", strings.Join(titles, ",")})
	}
	if s.PrintArea != (Range{}) {
		if !s.PrintArea.valid() {
			return nil, fmt.Errorf("book: sheet %s: print area %v is none", s.Name, s.PrintArea)
		}
		names = append(names, definedName{"_xlnm.Print_Area", s.PrintArea.absolute(s.Name)})
	}
	return names, nil
}
