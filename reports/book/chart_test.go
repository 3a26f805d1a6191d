package book

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// points is a sheet of names, full points, points and a limit, with a chart of each kind.
func points() *Sheet {
	s := &Sheet{Name: "部分's", Widths: []float64{30, 10}}
	for i, name := range []string{"一、<投入>", "二、队伍", "三、管理"} {
		s.Rows = append(s.Rows, Row{Height: 30, Cells: []Cell{{Value: name}, {Value: 10.0}, {Value: float64(7 + i), Formula: "B1-3"}, {Value: 9.0}, {Value: "缺数据"}}})
	}
	col := func(c int) Area { return Area{s.Name, Range{Ref{1, c}, Ref{3, c}}} }
	s.Charts = []*Chart{
		{
			At: Ref{5, 1}, Width: 400, Height: 200, Title: "各部分得分", ValueTitle: "分", Categories: new(col(1)), Sideways: true,
			Bars: []Series{{Name: "满分", Values: col(2)}, {Name: "得分", Values: col(3), Labels: true}},
		},
		{
			At: Ref{20, 1}, Width: 400, Height: 200, Title: "差额&上限", CategoryTitle: "部分", ValueTitle: "分",
			Bars: []Series{{Name: "得分", Values: col(3)}, {Name: "空", Values: col(5)}}, Lines: []Series{{Name: "上限", Values: col(4)}},
		},
		{At: Ref{35, 1}, Width: 100, Height: 100, Lines: []Series{{Name: "上限", Values: col(4)}}},
	}
	s.Conditions = []Condition{
		{Range: Range{Ref{1, 3}, Ref{3, 3}}, Formula: "C1<B1", Style: Bad},
		{Range: Range{Ref{1, 2}, Ref{3, 2}}, Is: ">=", Than: "10", Style: Good},
	}
	return s
}

func TestCharts(t *testing.T) {
	data := write(t, &Book{Sheets: []*Sheet{points()}})
	first, second, third := entry(t, data, "xl/charts/chart1.xml"), entry(t, data, "xl/charts/chart2.xml"), entry(t, data, "xl/charts/chart3.xml")
	wants(t, first,
		`<a:t>各部分得分</a:t>`, `<c:barDir val="bar"/>`, `<c:orientation val="maxMin"/>`, `<c:min val="0"/>`, `<c:legend>`,
		`<c:f>&#39;部分&#39;&#39;s&#39;!$A$1:$A$3</c:f><c:strCache><c:ptCount val="3"/><c:pt idx="0"><c:v>一、&lt;投入&gt;</c:v>`,
		`<c:f>&#39;部分&#39;&#39;s&#39;!$C$1:$C$3</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="3"/><c:pt idx="0"><c:v>7</c:v></c:pt><c:pt idx="1"><c:v>8`,
		`<c:idx val="1"/><c:order val="1"/><c:tx><c:v>得分</c:v></c:tx>`)
	wants(t, second, `差额&amp;上限`, `<c:barDir val="col"/>`, `<c:lineChart>`, `<a:t>部分</a:t>`, `vert="eaVert"`, `$E$3</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="3"/></c:numCache>`)
	if strings.Count(first, `showVal val="1"`) != 1 || strings.Contains(second, "showVal") || strings.Contains(third, "legend") || strings.Contains(third, "barChart") {
		t.Error("labels, legend or bars where none belong")
	}
	for _, part := range []string{first, second, third} {
		for d := xml.NewDecoder(strings.NewReader(part)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v\n%s", err, part)
			}
		}
	}
	wants(t, entry(t, data, "xl/worksheets/sheet1.xml"), `<drawing `)
	wants(t, entry(t, data, "xl/drawings/drawing1.xml"), `<xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row>`, `descr="各部分得分"`)
}

func TestLowChartsBeginBelowZero(t *testing.T) {
	s := points()
	s.Rows[1].Cells[2].Value = -3.0
	if xml := entry(t, write(t, &Book{Sheets: []*Sheet{s}}), "xl/charts/chart1.xml"); strings.Contains(xml, "<c:min ") {
		t.Error("a negative bar is cut off")
	}
}

func TestConditions(t *testing.T) {
	data := write(t, &Book{Sheets: []*Sheet{points()}})
	wants(t, entry(t, data, "xl/worksheets/sheet1.xml"),
		`<conditionalFormatting sqref="C1:C3"><cfRule type="expression" dxfId="0" priority="1" stopIfTrue="true"><formula>C1&lt;B1</formula>`,
		`<cfRule type="cellIs" dxfId="1" priority="2" stopIfTrue="true" operator="greaterThanOrEqual"><formula>10</formula>`)
	wants(t, entry(t, data, "xl/styles.xml"), `<dxfs count="2"><dxf><font><b val="1"></b>`, `<bgColor rgb="FFE2A99E">`)
}

func TestChartsAndConditionsRefuse(t *testing.T) {
	for want, change := range map[string]func(*Sheet){
		"nothing to be seen":              func(s *Sheet) { s.Charts[0].Bars = nil },
		"lines among sideways bars":       func(s *Sheet) { s.Charts[0].Lines = s.Charts[1].Lines },
		`no row or column A1:B3`:          func(s *Sheet) { s.Charts[0].Categories = &Area{s.Name, Range{Ref{1, 1}, Ref{3, 2}}} },
		`A1:A3 on a sheet "b"`:            func(s *Sheet) { s.Charts[1].Bars[0].Values = Area{"b", Range{Ref{1, 1}, Ref{3, 1}}} },
		"formatted range A1:0 is none":    func(s *Sheet) { s.Conditions[0].Range = Range{From: Ref{1, 1}} },
		"condition of C1:C3 compares not": func(s *Sheet) { s.Conditions[0].Formula = "" },
	} {
		s := points()
		change(s)
		err := (&Book{Sheets: []*Sheet{s}}).Write(io.Discard)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want …%s…", err, want)
		}
	}
}

// A chart in a row of its own fills it, and is as wide as the sheet if it doesn't say.
func TestChartFillsItsRow(t *testing.T) {
	s := points()
	s.Widths = []float64{30, 10, 10.5, 12, 9.3}
	s.Rows = append(s.Rows, Row{}, Row{Height: 200})
	s.Charts = []*Chart{{At: Ref{5, 1}, Height: 200, Lines: s.Charts[2].Lines}}
	wants(t, entry(t, write(t, &Book{Sheets: []*Sheet{s}}), "xl/drawings/drawing1.xml"),
		`<xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`,
		`<xdr:to><xdr:col>4</xdr:col><xdr:colOff>`, `<xdr:row>4</xdr:row><xdr:rowOff>2`)
}
