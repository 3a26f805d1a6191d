package book

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
)

// elements are those of a worksheet, in the only order Excel reads.
var elements = strings.Fields(`sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr
conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks
customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects
controls webPublishItems tableParts extLst`)

func (c *checker) order(name, part string) {
	last := -1
	for _, element := range children(c.parts[part]) {
		at := slices.Index(elements, element)
		if at < 0 || at < last || at == last && element != "conditionalFormatting" {
			c.bad("sheet %s: %s stands out of order", name, element)
		}
		last = max(last, at)
	}
}

// children are the names of the elements right below the outermost.
func children(content []byte) (names []string) {
	d, depth := xml.NewDecoder(bytes.NewReader(content)), 0
	for {
		token, err := d.Token()
		if err != nil {
			return names
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth == 1 {
				names = append(names, token.Name.Local)
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
}

// chart looks at the cells that a chart draws.
func (c *checker) chart(sheet, part string) {
	d, formula := xml.NewDecoder(bytes.NewReader(c.parts[part])), false
	for {
		token, err := d.Token()
		if err != nil { // the end, or told before
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			formula = token.Name.Local == "f"
		case xml.EndElement:
			formula = false
		case xml.CharData:
			if !formula {
				continue
			}
			if n, err := parseFormula(string(token)); err != nil || n.kind != refNode || !c.sheets[strings.ToLower(n.sheet)] {
				c.bad("a chart of sheet %s draws %s", sheet, token)
			}
		}
	}
}
