package book

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetPart is what the rules look at in a worksheet.
type sheetPart struct {
	Cols []columnPart `xml:"cols>col"`
	Rows []struct {
		R      int        `xml:"r,attr"`
		Height float64    `xml:"ht,attr"`
		Cells  []cellPart `xml:"c"`
	} `xml:"sheetData>row"`
	Merges []struct {
		Ref string `xml:"ref,attr"`
	} `xml:"mergeCells>mergeCell"`
	Formats []struct {
		Ref   string `xml:"sqref,attr"`
		Rules []struct {
			Look     *int     `xml:"dxfId,attr"`
			Formulas []string `xml:"formula"`
			Scale    []struct {
				Type string `xml:"type,attr"`
				Val  string `xml:"val,attr"`
			} `xml:"colorScale>cfvo"`
		} `xml:"cfRule"`
	} `xml:"conditionalFormatting"`
	Validations []struct {
		Ref         string `xml:"sqref,attr"`
		Type        string `xml:"type,attr"`
		PromptTitle string `xml:"promptTitle,attr"`
		Prompt      string `xml:"prompt,attr"`
		ErrorTitle  string `xml:"errorTitle,attr"`
		Error       string `xml:"error,attr"`
		First       string `xml:"formula1"`
		Second      string `xml:"formula2"`
	} `xml:"dataValidations>dataValidation"`
	Links []struct {
		Ref      string `xml:"ref,attr"`
		Location string `xml:"location,attr"`
		ID       string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"hyperlinks>hyperlink"`
	Header string `xml:"headerFooter>oddHeader"`
	Footer string `xml:"headerFooter>oddFooter"`
}

type columnPart struct {
	Min   int     `xml:"min,attr"`
	Max   int     `xml:"max,attr"`
	Width float64 `xml:"width,attr"`
}

type cellPart struct {
	R     string `xml:"r,attr"`
	Type  string `xml:"t,attr"`
	Style int    `xml:"s,attr"`
	F     *struct {
		Type string `xml:"t,attr"`
		Text string `xml:",chardata"`
	} `xml:"f"`
	V      string   `xml:"v"`
	Inline []string `xml:"is>t"`
	Runs   []string `xml:"is>r>t"`
}

// Excel's limits.
const (
	mostStyles      = 65490
	mostValidations = 65534
	mostRowHeight   = 409.5
	mostColumnWidth = 255.0
	mostRule        = 255 // of the formula of a validation
)

func (c *checker) readTexts() {
	var table struct {
		Texts []struct {
			Text string   `xml:"t"`
			Runs []string `xml:"r>t"`
		} `xml:"si"`
	}
	c.read("xl/sharedStrings.xml", &table)
	for _, t := range table.Texts {
		c.texts = append(c.texts, t.Text+strings.Join(t.Runs, ""))
	}
}

func (c *checker) readStyles() {
	var styles struct {
		Xf  []struct{} `xml:"cellXfs>xf"`
		Dxf []struct{} `xml:"dxfs>dxf"`
	}
	c.read("xl/styles.xml", &styles)
	c.styles, c.looks = len(styles.Xf), len(styles.Dxf)
	if c.styles > mostStyles {
		c.bad("%d styles, at most %d", c.styles, mostStyles)
	}
}

// sheet looks at one worksheet and at what hangs on it.
func (c *checker) sheet(name, part string) {
	var s sheetPart
	if !c.read(part, &s) {
		c.bad("sheet %s can't be read", name)
		return
	}
	c.order(name, part)
	for i, col := range s.Cols {
		twice := slices.ContainsFunc(s.Cols[:i], func(other columnPart) bool { return col.Min <= other.Max && other.Min <= col.Max })
		if twice || col.Min < 1 || col.Max < col.Min || col.Max > excelize.MaxColumns || col.Width > mostColumnWidth {
			c.bad("sheet %s: columns %d to %d, width %v", name, col.Min, col.Max, col.Width)
		}
	}
	c.cells(name, &s)
	c.merges(name, &s)
	c.conditions(name, &s)
	c.validations(name, &s)
	for _, l := range s.Links {
		if l.ID != "" && l.Location == "" {
			continue // to a file: it is among the relations
		}
		if n, err := parseFormula(l.Location); err != nil || n.kind != refNode || !c.sheets[strings.ToLower(n.sheet)] {
			c.bad("sheet %s: the link at %s leads to %s", name, l.Ref, l.Location)
		}
	}
	if utf16Len(s.Header) > 255 || utf16Len(s.Footer) > 255 {
		c.bad("sheet %s: header or footer has more than 255 characters", name)
	}
	for _, drawing := range c.relationsOf(part) {
		for _, chart := range c.relationsOf(drawing.Target) {
			c.chart(name, chart.Target)
		}
	}
}

func (c *checker) cells(name string, s *sheetPart) {
	row := 0
	for _, r := range s.Rows {
		if r.R <= row || r.R > excelize.TotalRows || r.Height > mostRowHeight {
			c.bad("sheet %s: row %d after row %d, height %v", name, r.R, row, r.Height)
		}
		row = r.R
		before := 0
		for i := range r.Cells {
			cell := &r.Cells[i]
			where := name + "!" + cell.R
			col, at, err := excelize.CellNameToCoordinates(cell.R)
			if err != nil || at != row || col <= before {
				c.bad("%s is out of order in row %d", where, row)
			}
			before = col
			c.cell(name, where, cell)
		}
	}
}

func (c *checker) cell(sheet, where string, cell *cellPart) {
	if cell.Style >= max(c.styles, 1) {
		c.bad("%s has style %d of %d", where, cell.Style, c.styles)
	}
	text := cell.V
	_, notNumber := strconv.ParseFloat(cell.V, 64)
	switch cell.Type {
	case "s":
		i, err := strconv.Atoi(cell.V)
		if err != nil || i < 0 || i >= len(c.texts) {
			c.bad("%s: there is no shared text %s", where, cell.V)
			return
		}
		text = c.texts[i]
	case "inlineStr":
		text = strings.Join(cell.Inline, "") + strings.Join(cell.Runs, "")
	case "", "n":
		if cell.V != "" && notNumber != nil {
			c.bad("%s: %s is no number", where, cell.V)
		}
	case "b":
		if cell.V != "0" && cell.V != "1" {
			c.bad("%s: %s is no truth value", where, cell.V)
		}
	case "str", "e":
	default:
		c.bad("%s has the type %s", where, cell.Type)
	}
	if n := utf16Len(text); n > excelize.TotalCellChars {
		c.bad("%s has %d characters, at most %d", where, n, excelize.TotalCellChars)
	}
	switch {
	case cell.F == nil:
	case cell.F.Type == "array":
		c.bad("%s has an array formula", where)
	case cell.F.Type == "shared" && cell.F.Text == "": // stands at another cell
	default:
		c.formula(where, sheet, cell.F.Text, min(c.longest, mostFormula), false)
	}
}

func (c *checker) merges(name string, s *sheetPart) {
	var areas []Range
	for _, m := range s.Merges {
		area, ok := parseRange(m.Ref)
		if !ok || area.From == area.To {
			c.bad("sheet %s: merged area %s is none", name, m.Ref)
			continue
		}
		for _, other := range areas {
			if area.From.Row <= other.To.Row && other.From.Row <= area.To.Row && area.From.Col <= other.To.Col && other.From.Col <= area.To.Col {
				c.bad("sheet %s: merged areas %v and %v overlap", name, other, area)
			}
		}
		areas = append(areas, area)
	}
}

func (c *checker) conditions(name string, s *sheetPart) {
	for _, f := range s.Formats {
		where := "condition of " + name + "!" + f.Ref
		if _, ok := parseRange(f.Ref); !ok {
			c.bad("%s: no such area", where)
		}
		for _, rule := range f.Rules {
			if rule.Look != nil && *rule.Look >= c.looks {
				c.bad("%s has look %d of %d", where, *rule.Look, c.looks)
			}
			for _, text := range rule.Formulas {
				c.formula(where, name, text, min(c.longest, mostFormula), false)
			}
			for _, v := range rule.Scale {
				c.formula(where, name, v.Val, min(c.longest, mostFormula), false)
			}
		}
	}
}

func (c *checker) validations(name string, s *sheetPart) {
	if n := len(s.Validations); n > mostValidations {
		c.bad("sheet %s has %d validations, at most %d", name, n, mostValidations)
	}
	for _, v := range s.Validations {
		where := "validation of " + name + "!" + v.Ref
		for _, text := range []struct {
			text string
			most int
		}{{v.PromptTitle, 32}, {v.Prompt, 255}, {v.ErrorTitle, 32}, {v.Error, 225}} {
			if n := utf16Len(text.text); n > text.most {
				c.bad("%s: %d characters, at most %d: %s", where, n, text.most, text.text)
			}
		}
		if v.Type == "list" && strings.HasPrefix(v.First, `"`) {
			if n := utf16Len(v.First) - 2; n > mostRule {
				c.bad("%s: choices of %d characters, at most %d", where, n, mostRule)
			}
			continue
		}
		for _, text := range []string{v.First, v.Second} {
			if text != "" {
				c.formula(where, name, text, mostRule, v.Type == "list")
			}
		}
	}
}

// parseRange reads A1 or A1:B2.
func parseRange(ref string) (Range, bool) {
	from, to, two := strings.Cut(ref, ":")
	if !two {
		to = from
	}
	var r Range
	var err1, err2 error
	r.From.Col, r.From.Row, err1 = excelize.CellNameToCoordinates(from)
	r.To.Col, r.To.Row, err2 = excelize.CellNameToCoordinates(to)
	return r, err1 == nil && err2 == nil && r.valid()
}
