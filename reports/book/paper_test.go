package book

import (
	"io"
	"strings"
	"testing"
)

// A wide table goes on several pages side by side only where its key columns can
// come along, and no scale gets smaller than can be read.
func TestPagesAcross(t *testing.T) {
	wide := func(n int) (widths []float64) {
		for range n {
			widths = append(widths, 12)
		}
		return widths
	}
	for _, c := range []struct {
		columns, keys int
		landscape     bool
		pages         int
	}{
		{40, 0, true, 1},
		{8, 2, false, 1},
		{40, 2, true, 3},
		{40, 2, false, 5},
		{40, 9, true, 1}, // they would fill the page
		{2, 3, false, 1},
		{0, 1, false, 1},
	} {
		s := Sheet{Landscape: c.landscape, KeyCols: c.keys}
		if got := s.pagesAcross(wide(c.columns)); got != c.pages {
			t.Errorf("%+v: %d pages", c, got)
		}
	}
	if got := (&Sheet{KeyCols: 1}).pagesAcross([]float64{10, 255, 255}); got != 2 {
		t.Errorf("columns wider than a page: %d pages", got)
	}
}

// Only what is printed counts for the pages: nine columns, not forty.
func TestPrinting(t *testing.T) {
	s := &Sheet{Name: "a", KeyCols: 2, TitleFrom: 1, TitleTo: 2, PrintArea: Range{Ref{1, 1}, Ref{9, 9}}, Breaks: []int{4, 7}}
	for range 40 {
		s.Widths = append(s.Widths, 20)
	}
	plain := &Sheet{Name: "b", KeyCols: 1, OnePage: true}
	data := write(t, &Book{Sheets: []*Sheet{s, plain}})
	wants(t, entry(t, data, "xl/worksheets/sheet1.xml"), `fitToWidth="2"`, `fitToHeight="0"`, `pageOrder="overThenDown"`, `<brk id="3" max="16383" man="true">`, `<brk id="6" `)
	wants(t, entry(t, data, "xl/worksheets/sheet2.xml"), `fitToWidth="1"`, `fitToHeight="1"`, `pageOrder="downThenOver"`)
	wants(t, entry(t, data, "xl/workbook.xml"),
		`name="_xlnm.Print_Titles">'a'!$A:$B,'a'!$1:$2<`, `name="_xlnm.Print_Area">'a'!$A$1:$I$9<`, `name="_xlnm.Print_Titles">'b'!$A:$A<`)
}

// Only what is printed counts for the pages: nine columns, not forty.
func TestPrintingRefuses(t *testing.T) {
	for want, s := range map[string]*Sheet{
		"print area A2:A1 is none":  {PrintArea: Range{Ref{2, 1}, Ref{1, 1}}},
		"no page can begin at row ": {Breaks: []int{1}},
	} {
		s.Name = "a"
		if err := (&Book{Sheets: []*Sheet{s}}).Write(io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want …%s…", err, want)
		}
	}
}
