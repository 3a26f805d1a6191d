package book

import (
	"bytes"
	"fmt"
	"strconv"
	"text/template"

	"github.com/xuri/excelize/v2"
)

// Chart is a chart of cells. It is made for a black and white printer, and has a
// legend only if there is more than one series to tell apart.
type Chart struct {
	// At is its top left corner. In a row as high as the chart it keeps its place
	// and size whatever is around it, and no page ends within it.
	At            Ref
	Width, Height float64 // in points; a Width of 0: up to the sheet's last column

	Title                     string
	CategoryTitle, ValueTitle string // beside the axes
	Categories                *Area  // nil: the values have no names

	Sideways bool     // bars go from left to right, the first is on top
	Bars     []Series // drawn over each other; the first of several is pale
	Lines    []Series // drawn over the bars; not in a sideways chart
}

// Series is a row or column of values.
type Series struct {
	Name   string
	Values Area
	Labels bool // the numbers stand at the bars
}

// Area is a range of a sheet.
type Area struct {
	Sheet string
	Range
}

// gap is what is missing to the size, so that a chart ends before the next row and
// column and they aren't printed because of it.
const gap = 2.0

// draw draws the charts of a sheet. excelize makes the places for their parts; what it
// would draw has pale grey labels, no results for programs that don't recalculate, and
// shows the numbers of all series or none, so the charts are our own.
func (s *Sheet) draw(w *writing, widths, heights []float64) error {
	if len(s.Charts) == 0 {
		return nil
	}
	var places bytes.Buffer
	places.WriteString(placesHead)
	for i, c := range s.Charts {
		if err := c.draw(w, s.Name); err != nil {
			return fmt.Errorf("chart %s: %w", c.Title, err)
		}
		c.place(&places, i+1, widths, heights)
	}
	places.WriteString(placesEnd)
	w.drawn++
	part := fmt.Sprintf("xl/drawings/drawing%d.xml", w.drawn)
	_, made := w.Drawings.LoadAndDelete(part)
	return w.instead(part, made, places.Bytes())
}

// draw adds the chart to the sheet of that name.
func (c *Chart) draw(w *writing, sheet string) error {
	x, err := c.drawing(w.sheets)
	if err != nil {
		return err
	}
	series := []excelize.ChartSeries{{Values: x.Series[0].Values.Formula}}
	if err := w.AddChart(sheet, c.At.String(), &excelize.Chart{Type: excelize.Col, Series: series}); err != nil {
		return err
	}
	var out bytes.Buffer
	if err := chartXML.Execute(&out, x); err != nil {
		return err
	}
	w.charts++
	part := fmt.Sprintf("xl/charts/chart%d.xml", w.charts)
	_, made := w.Pkg.Load(part)
	return w.instead(part, made, out.Bytes())
}

// place says where the chart of that number lies on its sheet.
func (c *Chart) place(out *bytes.Buffer, number int, widths, heights []float64) {
	width := c.Width
	if width == 0 && c.At.Col <= len(widths) {
		width = pointsOf(widths[c.At.Col-1:])
	}
	column, right := ends(c.At.Col-1, pixels(width-gap), columnSizes(widths))
	row, bottom := ends(c.At.Row-1, pixels(c.Height-gap), rowSizes(heights))
	const perPixel = 9525 // EMU, the unit of drawings
	fmt.Fprintf(out, placeFrom, c.At.Col-1, c.At.Row-1)
	fmt.Fprintf(out, placeTo, column, right*perPixel, row, bottom*perPixel)
	fmt.Fprintf(out, placeChart, number, escaped(c.Title))
}

// drawing is a chart with all that the template needs.
type drawing struct {
	*Chart
	Series    []drawnSeries // bars, then lines
	Names     *drawnArea
	FromZero  bool // all values are above zero, so that a bar's length says how much
	Direction string
	CategoryPos, ValuePos,
	Order, Crosses string // where the axes are
}

type drawnSeries struct {
	Series
	Index      int
	Line, Pale bool
	Dense      bool // so many bars that outlines would be all one sees
	Values     drawnArea
}

// drawnArea is an area with the results in it.
type drawnArea struct {
	Formula string
	Count   int
	Points  string // XML: most of a chart, for which templates are slow
}

func (c *Chart) drawing(sheets []*Sheet) (*drawing, error) {
	if len(c.Bars)+len(c.Lines) == 0 || c.Height <= gap || c.Width < 0 {
		return nil, fmt.Errorf("nothing to be seen")
	}
	if c.Sideways && len(c.Lines) > 0 {
		return nil, fmt.Errorf("no lines among sideways bars")
	}
	d := &drawing{Chart: c, FromZero: true, Direction: "col", CategoryPos: "b", ValuePos: "l", Order: "minMax", Crosses: "autoZero"}
	if c.Sideways {
		d.Direction, d.CategoryPos, d.ValuePos, d.Order, d.Crosses = "bar", "l", "b", "maxMin", "max"
	}
	for i, s := range append(c.Bars[:len(c.Bars):len(c.Bars)], c.Lines...) {
		values, lowest, err := results(s.Values, sheets, true)
		if err != nil {
			return nil, err
		}
		d.FromZero = d.FromZero && lowest >= 0
		d.Series = append(d.Series, drawnSeries{s, i, i >= len(c.Bars), i == 0 && len(c.Bars) > 1, values.Count > 40, values})
	}
	if c.Categories != nil {
		names, _, err := results(*c.Categories, sheets, false)
		if err != nil {
			return nil, err
		}
		d.Names = &names
	}
	return d, nil
}

// results reads what stands in an area: numbers only, and the lowest, or anything.
func results(a Area, sheets []*Sheet, numbers bool) (drawnArea, float64, error) {
	for _, s := range sheets {
		if s.Name != a.Sheet || !a.valid() || a.From.Row != a.To.Row && a.From.Col != a.To.Col {
			continue
		}
		drawn, lowest := drawnArea{Formula: a.absolute(a.Sheet)}, 0.0
		var points []byte
		point := func(text string) {
			points = append(points, `<c:pt idx="`...)
			points = strconv.AppendInt(points, int64(drawn.Count), 10)
			points = append(points, `"><c:v>`...)
			points = escape(points, text)
			points = append(points, `</c:v></c:pt>`...)
		}
		for at := a.From; at.Row <= a.To.Row; at.Row++ {
			for at.Col = a.From.Col; at.Col <= a.To.Col; at.Col++ {
				switch v := s.value(at).(type) {
				case float64:
					point(strconv.FormatFloat(v, 'g', 15, 64))
					lowest = min(lowest, v)
				case string:
					if !numbers {
						point(clean(v))
					}
				}
				drawn.Count++
			}
		}
		drawn.Points = string(points)
		return drawn, lowest, nil
	}
	return drawnArea{}, 0, fmt.Errorf("no row or column %v on a sheet %q", a.Range, a.Sheet)
}

// value is what stands in a cell, or nil.
func (s *Sheet) value(at Ref) any {
	if at.Row > len(s.Rows) || at.Col > len(s.Rows[at.Row-1].Cells) {
		return nil
	}
	return s.Rows[at.Row-1].Cells[at.Col-1].Value
}

var chartXML = template.Must(template.New("chart").Funcs(template.FuncMap{
	"x":        escaped,
	"bodyFont": func() string { return bodyFont },
	"headFont": func() string { return headFont },
}).Parse(chartTemplate))
