package book

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// The text of a note, in points. A character takes half of that or all of it.
const (
	noteFont  = 9.0
	noteWidth = 44.0 // in half-width characters
	noteAbove = 10.0 // what is left free above and below
)

// notes are the notes of a sheet as they stand in its parts: the texts, and the boxes
// they are shown in. excelize makes the place for them, as it does for a chart; it would
// look through all that it has for each one more.
type notes struct {
	widths, heights []float64
	sheet           int    // its number, with which those of its boxes begin
	first           string // the cell of the first note
	boxed           int
	texts, boxes    bytes.Buffer
}

// The XML around the notes, as excelize writes it.
const (
	textsHead = `<?xml version="1.0" encoding="UTF-8"?>
<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>` + noteAuthor + `</author></authors><commentList>`
	textsEnd   = `</commentList></comments>`
	noteAuthor = "dudao"

	boxesHead = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
		`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>` +
		`<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m0,0l0,21600,21600,21600,21600,0xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
	boxHead = `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;73.5pt;width:108pt;height:59.25pt;z-index:1;visibility:hidden" fillcolor="#FBF6D6" strokecolor="#EDEAA1">` +
		`<v:fill angle="-180" color2="#FBFE82" type="gradient"><o:fill v:ext="view" type="gradientUnscaled"/></v:fill><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>` +
		`<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`
	boxPlace = `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, 23, %d, 0, %d, %d, %d, %d</x:Anchor><x:AutoFill>True</x:AutoFill><x:Row>%[2]d</x:Row><x:Column>%[1]d</x:Column></x:ClientData></v:shape>`
	boxesEnd = `</xml>`
)

// add adds the note of a cell.
func (n *notes) add(at Ref, text string) {
	if n.first == "" {
		n.first = at.String()
		n.texts.WriteString(textsHead)
		fmt.Fprintf(&n.boxes, boxesHead, n.sheet)
	}
	if utf16Len(text) > excelize.TotalCellChars { // Excel calls a longer one damaged
		text = string(utf16.Decode(utf16.Encode([]rune(text))[:excelize.TotalCellChars]))
	}
	fmt.Fprintf(&n.texts, `<comment ref="%v" authorId="0"><text><r><rPr><rFont val="%s"/><family val="2"/><sz val="%v"/></rPr><t xml:space="preserve">`, at, bodyFont, noteFont)
	xml.EscapeText(&n.texts, []byte(text)) // a buffer takes everything
	n.texts.WriteString(`</t></r></text></comment>`)

	n.boxed++
	width, height := noteSize(text)
	column, right := ends(at.Col-1, width, columnSizes(n.widths))
	row, bottom := ends(at.Row-1, height, rowSizes(n.heights))
	fmt.Fprintf(&n.boxes, boxHead, n.sheet*1024+n.boxed)
	fmt.Fprintf(&n.boxes, boxPlace, at.Col-1, at.Row-1, column, right, row, bottom)
}

// attach adds the notes, if there are any, to the sheet of that name.
func (n *notes) attach(w *writing, sheet string) error {
	if n.first == "" {
		return nil
	}
	if err := w.AddComment(sheet, excelize.Comment{Cell: n.first, Author: noteAuthor}); err != nil {
		return fmt.Errorf("note at %s: %w", n.first, err)
	}
	n.texts.WriteString(textsEnd)
	n.boxes.WriteString(boxesEnd)
	w.noted++
	texts, boxes := fmt.Sprintf("xl/comments%d.xml", w.noted), fmt.Sprintf("xl/drawings/vmlDrawing%d.vml", w.noted)
	hasTexts, hasBoxes := w.Comments[texts] != nil, w.VMLDrawing[boxes] != nil
	delete(w.Comments, texts)
	delete(w.VMLDrawing, boxes)
	return cmp.Or(w.instead(texts, hasTexts, n.texts.Bytes()), w.instead(boxes, hasBoxes, n.boxes.Bytes()))
}

// noteSize is how large the box of a text is, in pixels.
func noteSize(text string) (width, height int) {
	longest := 0.0
	for line := range strings.SplitSeq(text, "\n") {
		longest = max(longest, WidthOf(line, Plain))
	}
	characters := min(longest+2*padding, noteWidth)
	points := float64(lines(text, characters-2*padding))*noteFont*1.46 + noteAbove
	return pixels(characters * noteFont / 2), pixels(points)
}
