package book

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"
)

const (
	defaultWidth = 8.43
	minHeight    = 18.0
	maxHeight    = 409.0 // Excel's limit
	padding      = 1.5   // of a cell, in characters
	indent       = 1.5   // of an indented text
)

// widths are the given column widths, but columns are widened whose numbers
// would be shown as #####.
func (g *grid) widths(given []float64) []float64 {
	widths := make([]float64, max(len(given), g.end().Col))
	for i := range widths {
		widths[i] = defaultWidth
		if i < len(given) && given[i] > 0 {
			widths[i] = given[i]
		}
	}
	for r := range g.rows {
		cells := g.rows[r].Cells
		for c := range cells {
			number, ok := cells[c].Value.(float64)
			if !ok {
				continue
			}
			if _, merged := g.area(Ref{r + 1, c + 1}); !merged {
				widths[c] = max(widths[c], numberWidth(number, &cells[c]))
			}
		}
	}
	return widths
}

func numberWidth(number float64, c *Cell) float64 {
	digits := digitsOf(number, max(c.Digits, -1))
	if c.Style != EntryText && c.general() {
		digits = min(digits, 11) // the general format rounds to what there is room for
	}
	n := float64(digits)
	if c.Words != nil && c.Words.Prefix != "" {
		n++
		for _, r := range c.Words.Prefix {
			n += runeWidth(r)
		}
	}
	l := c.Style.look()
	if l.bold {
		n *= 1.1
	}
	return n*l.size/bodySize + padding
}

// digitsOf is how many characters a number has with so many decimals, or with -1 as
// many as it needs.
func digitsOf(x float64, decimals int) int {
	if whole := int64(x); decimals <= 0 && float64(whole) == x && 0 <= whole && whole < 1e15 { // as most are
		n := 1
		for ; whole >= 10; whole /= 10 {
			n++
		}
		return n
	}
	var room [32]byte
	return len(strconv.AppendFloat(room[:0], x, 'f', decimals, 64))
}

// block is a run of rows, counted from 0, whose merged text needs a height.
type block struct {
	from, to int
	need     float64
}

// heights are the row heights: those given, or else enough for every text.
func (g *grid) heights(widths []float64) []float64 {
	heights := make([]float64, len(g.rows))
	var blocks []block
	for r := range g.rows {
		row := &g.rows[r]
		heights[r] = row.Height
		if row.Height == 0 {
			heights[r] = minHeight
		}
		for c := range row.Cells {
			at := Ref{r + 1, c + 1}
			area, merged := g.area(at)
			switch {
			case merged && at != area.From || !merged && row.Height != 0:
				continue // nothing to make higher
			case !merged:
				area = Range{at, at}
			}
			room := 0.0
			for _, w := range widths[area.From.Col-1 : area.To.Col] {
				room += w
			}
			b := block{r, area.To.Row - 1, row.Cells[c].height(room)}
			if b.from == b.to {
				g.stretch(heights, b)
			} else {
				blocks = append(blocks, b)
			}
		}
	}
	// What stands in one row came first. Then small blocks do, so that large ones
	// see what those did.
	slices.SortStableFunc(blocks, func(a, b block) int { return (a.to - a.from) - (b.to - b.from) })
	for _, b := range blocks {
		g.stretch(heights, b)
	}
	return heights
}

// stretch makes the rows of a block high enough together. Those without a
// given height share what is missing.
func (g *grid) stretch(heights []float64, b block) {
	missing, free := b.need, 0
	for r := b.from; r <= b.to; r++ {
		missing -= heights[r]
		if g.rows[r].Height == 0 {
			free++
		}
	}
	for r := b.from; r <= b.to && missing > 0; r++ {
		if g.rows[r].Height == 0 {
			heights[r] = min(heights[r]+missing/float64(free), maxHeight)
		}
	}
}

// height is what a cell needs in points when it is room characters wide. It is
// generous: fonts differ between programs, and too high is only less pretty.
func (c *Cell) height(room float64) float64 {
	l := c.Style.look()
	text, _ := c.Value.(string)
	n := 1
	if l.wrap && text != "" {
		room -= padding
		if l.indented() {
			room -= indent
		}
		room *= bodySize / l.size
		if l.bold {
			room *= 0.95
		}
		n = lines(text, room)
	}
	// 1.46: the line of Noto CJK, the highest among the fonts in use.
	return float64(n)*l.size*1.46 + 5
}

// Shorten cuts a text that would need a higher row than Excel allows in a column so
// wide, and ends it with more, which says where the rest is.
func Shorten(text, more string, style Style, width float64) string {
	fits := func(text string) bool {
		c := Cell{Value: text, Style: style}
		return c.height(width) <= maxHeight
	}
	if fits(text) {
		return text
	}
	runes := []rune(text)
	n := sort.Search(len(runes), func(n int) bool { return !fits(string(runes[:n+1]) + more) })
	return strings.TrimRight(string(runes[:n]), "、；，\n ") + more
}

// WidthOf is how wide a column must be to hold a text in one line.
func WidthOf(text string, style Style) float64 {
	n := padding
	if style.look().indented() {
		n += indent
	}
	for _, r := range text {
		n += runeWidth(r)
	}
	return n
}

// lines counts the lines of a wrapped text.
func lines(text string, room float64) int {
	n := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		n += wrap(paragraph, room)
	}
	return n
}

// wrap counts the lines of one paragraph. A Chinese text may break after every
// character, a Latin word or a number only if it is longer than a line.
func wrap(paragraph string, room float64) int {
	room = max(room, 2)
	if float64(len(paragraph)) <= room { // no character is wider than it has bytes
		return 1
	}
	n, used, word := 1, 0.0, 0.0
	place := func(w float64) {
		if used > 0 && used+w > room {
			n++
			used = 0
		}
		for ; w > room; w -= room {
			n++
		}
		used += w
	}
	for _, r := range paragraph {
		w := runeWidth(r)
		if w == 1 && r != ' ' {
			word++
			continue
		}
		place(word)
		word = 0
		if r == ' ' {
			used++ // a blank at the end of a line takes no room
			continue
		}
		place(w)
	}
	place(word)
	return n
}

// runeWidth is 2 for what takes the room of a Chinese character. Characters
// such as “ or ① do in a Chinese font.
func runeWidth(r rune) float64 {
	switch { // most are one of these
	case r < utf8.RuneSelf:
		return 1
	case '一' <= r && r <= '鿿':
		return 2
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return 2
	}
	return 1
}
