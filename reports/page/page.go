// Package page draws the self-assessment report as one HTML file: it needs nothing
// beside it and no network, reads on a phone and prints on A4. Words are made here;
// the template only places them, and escapes all of them.
package page

import (
	"bytes"
	"embed"
	"html/template"

	"dudao/reports/outline"
)

//go:embed page.html page.css
var files embed.FS

var layout = template.Must(template.New("page.html").ParseFS(files, "page.html"))

// document is what the template places.
type document struct {
	Lang, Title, Subtitle string
	Style                 template.CSS
	Contents              string
	Parts                 []part
	Foot                  []string
}

// part is a chapter: whatever of this it has, in this order.
type part struct {
	ID, Title string
	Notes     []string
	Facts     []fact
	Blocks    []block
	Tables    []table
}

// fact is a line of a list of facts.
type fact struct {
	Label string
	Lines []string
	Loud  bool
}

// block is a problem.
type block struct {
	ID, Title, Cost string
	Open            bool
	Text            string
	List            []line
	Summary         []string
}

// line is a thing that is missing, and where its data stand.
type line struct{ Text, Place string }

// table is a table in a box that can be folded, or below its part's title.
type table struct {
	Title string
	Note  string
	Cards bool // on a phone every row is a card
	Heads []string
	Rows  []row
}

type row struct {
	Band  string // a title over the whole width, instead of cells
	Level int
	Loud  bool
	Cells []cell
}

type cell struct {
	Text  string
	Class string  // number, bad, wait, or none where there is nothing to say
	Bar   float64 // percent, of a bar below the text
	Link  string
}

// Draw makes the file.
func Draw(o *outline.Outline, version string) ([]byte, error) {
	style, err := files.ReadFile("page.css")
	if err != nil {
		return nil, err
	}
	w := writer{Outline: o, version: version}
	var out bytes.Buffer
	err = layout.Execute(&out, w.document(template.CSS(style)))
	return out.Bytes(), err
}

type writer struct {
	*outline.Outline
	version string
}
