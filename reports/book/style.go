package book

import (
	"cmp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Style is what a cell is for; how it looks follows from that.
type Style uint8

const (
	Plain      Style = iota // no border, not wrapped
	Title                   // of a sheet: large, centred
	Subtitle                // the line under the title: unit, year
	Heading                 // head of a table
	Label                   // what the cells beside it are
	Level                   // a level of the indicators, usually merged over rows
	Text                    // running text
	Center                  // short text: a unit, a serial number
	Number                  // a number that is given
	Computed                // a number that is computed
	Strong                  // a total
	StrongText              // the label of a total
	Entry                   // a number to be filled in
	EntryText               // a text to be filled in
	Spare                   // a number that may be filled in where no lines are drawn
	SpareText               // a text that may be filled in there
	Good                    // met
	Bad                     // not met: dark enough for a black and white printer
	Note                    // small print
	Sign                    // signature lines
	BadNumber               // a number that is not met, or points after a loss
	Waiting                 // nothing can be said yet: data missing, to be judged
	Pale                    // what is no news, only as a condition
	Narrow                  // head of a column that is no wider than its numbers
)

// look is the appearance of a style. Empty fields are the ordinary: body font,
// body size, black on white, left, no border.
type look struct {
	font         string
	size         float64
	bold         bool
	colour, fill string
	align        string
	border, wrap bool
}

const (
	bodyFont = "宋体"
	headFont = "黑体"
	bodySize = 10.5 // 五号
	line     = "808080"
	darkLine = "000000" // around what a condition marks

	// A link is seen on the screen; on paper, where nobody can click, it is as
	// black as the text around it.
	linkColour = "1F3864"
)

// The fills are pale, so that a photocopy stays legible, and differ in
// brightness, so that a black and white print still tells them apart.
var looks = complete([...]look{
	Plain:      {},
	Title:      {font: headFont, size: 18, bold: true, align: "center", wrap: true},
	Subtitle:   {align: "center", wrap: true},
	Heading:    {font: headFont, bold: true, fill: "E3E6EA", align: "center", border: true, wrap: true},
	Label:      {border: true, wrap: true},
	Level:      {bold: true, align: "center", border: true, wrap: true},
	Text:       {border: true, wrap: true},
	Center:     {align: "center", border: true, wrap: true},
	Number:     {align: "right", border: true, wrap: true},
	Computed:   {fill: "EFEFEF", align: "right", border: true, wrap: true},
	Strong:     {bold: true, fill: "F5F5F5", align: "right", border: true, wrap: true},
	StrongText: {bold: true, fill: "F5F5F5", border: true, wrap: true},
	Entry:      {fill: "FFFBE5", align: "right", border: true, wrap: true},
	EntryText:  {fill: "FFFBE5", border: true, wrap: true},
	Spare:      {align: "right", wrap: true},
	SpareText:  {wrap: true},
	Good:       {bold: true, fill: "E4F0E0", colour: "2F5A28", align: "center", border: true, wrap: true},
	Bad:        {bold: true, fill: "E2A99E", colour: "5E1208", align: "center", border: true, wrap: true},
	Note:       {size: 9, colour: "595959", wrap: true},
	Sign:       {},
	BadNumber:  {bold: true, fill: "E2A99E", colour: "5E1208", align: "right", border: true, wrap: true},
	Waiting:    {bold: true, fill: "F3E3B0", align: "center", border: true, wrap: true},
	Pale:       {colour: "BFBFBF"},
	Narrow:     {font: headFont, size: 9, fill: "E3E6EA", align: "center", border: true, wrap: true},
})

// complete fills in what is ordinary.
func complete(looks [Narrow + 1]look) [Narrow + 1]look {
	for i := range looks {
		l := &looks[i]
		l.font = cmp.Or(l.font, bodyFont)
		l.size = cmp.Or(l.size, bodySize)
		l.align = cmp.Or(l.align, "left")
	}
	return looks
}

func (s Style) look() *look { return &looks[s] }

// indented reports whether the text keeps a distance from its left border, on
// which it would otherwise meet the number beside it. Numbers don't from the
// right one: LibreOffice indents them in some rows of a column and not in others.
func (l *look) indented() bool { return l.border && l.align == "left" }

// format is the number format of a cell. An entry shows what was typed: a 3.5
// must not look like a 4, and a school code keeps its leading zeros.
func (c *Cell) format() string {
	switch {
	case c.Style == EntryText || c.Style == SpareText:
		return "@"
	case c.general():
		return ""
	}
	quoted := func(text string) string { return `"` + strings.ReplaceAll(text, `"`, "") + `"` }
	words := cmp.Or(c.Words, &Words{})
	if words.Truth != [2]string{} {
		return quoted(words.Truth[1]) + ";;" + quoted(words.Truth[0]) + ";@"
	}
	format := "0"
	if c.Digits > 0 {
		format += "." + strings.Repeat("0", c.Digits)
	}
	if words.Prefix == "" {
		return format
	}
	// A part for negative numbers, too: the sign would come before the prefix.
	prefix := quoted(words.Prefix + " ")
	return prefix + format + ";" + prefix + "-" + format
}

// general reports whether a number is shown as it is.
func (c *Cell) general() bool {
	return c.Style == Entry || c.Style == Spare || c.Digits < 0 && !c.isTruth() || !c.numeric()
}

// isTruth reports whether words stand for a 0 and a 1.
func (c *Cell) isTruth() bool { return c.Words != nil && c.Words.Truth != [2]string{} }

// numeric reports whether there is a number in the cell, or may be one.
func (c *Cell) numeric() bool {
	_, number := c.Value.(float64)
	return number || c.computed()
}

// computed reports whether a formula stands in the cell.
func (c *Cell) computed() bool { return c.Formula != "" || c.Filled }

// appearance is all that makes two cells look and behave differently.
type appearance struct {
	style                     Style
	digits                    int
	words                     Words
	numeric, unlocked, linked bool
}

// styles hands out excelize's numbers for appearances.
type styles struct {
	file *excelize.File
	ids  map[appearance]int
	last []styled // by column: in a table the next row's cell mostly looks the same

	conditions map[Style]int
}

// styled is an appearance with its number.
type styled struct {
	appearance
	id int
}

// of is the number of a cell's appearance; col is its column, counted from 1.
func (s *styles) of(col int, c *Cell) (int, error) {
	a := appearance{style: c.Style, digits: c.Digits, numeric: c.numeric(), unlocked: c.Unlocked, linked: c.Link != nil}
	if c.Words != nil {
		a.words = *c.Words
	}
	for len(s.last) < col {
		s.last = append(s.last, styled{id: -1})
	}
	last := &s.last[col-1]
	if last.id >= 0 && last.appearance == a {
		return last.id, nil
	}
	id, ok := s.ids[a]
	if !ok {
		var err error
		if id, err = s.add(a, c.format()); err != nil {
			return 0, err
		}
		s.ids[a] = id
	}
	*last = styled{a, id}
	return id, nil
}

// add gives excelize an appearance.
func (s *styles) add(a appearance, format string) (int, error) {
	l := a.style.look()
	indent := 0
	if l.indented() {
		indent = 1
	}
	style := &excelize.Style{
		Font:       &excelize.Font{Family: l.font, Size: l.size, Bold: l.bold, Color: l.colour},
		Alignment:  &excelize.Alignment{Horizontal: l.align, Vertical: "center", Indent: indent, WrapText: l.wrap},
		Protection: &excelize.Protection{Locked: !a.unlocked},
	}
	if format != "" {
		style.CustomNumFmt = &format
	}
	if a.linked {
		style.Font.Color = linkColour
	}
	if l.fill != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.border {
		style.Border = border(line)
	}
	return s.file.NewStyle(style)
}

func border(colour string) []excelize.Border {
	var sides []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		sides = append(sides, excelize.Border{Type: side, Color: colour, Style: 1})
	}
	return sides
}
