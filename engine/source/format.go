package source

import (
	"bytes"
	"strings"

	"dudao/engine/diag"

	"gopkg.in/yaml.v3"
)

// Format gives a file its one layout. as points to the struct that the file
// fills (nil for none): its tags say where formulas stand, and what holds a
// formula is written in block form. Comments, blank lines and the text of every
// value are kept. There is no text where the file has errors, or where it would
// not read the same afterwards.
//
// yaml.v3's own encoder loses blank lines, moves comments and rewrites escapes,
// so only its tree is used: it says what stands where, and every character
// between two values is read here.
func Format(file string, text []byte, as any) ([]byte, diag.List) {
	if _, diags := Parse(file, text); diags.HasErrors() {
		return nil, diags
	}
	text = plainLines(text)
	before, err := read(text, as)
	if err != nil {
		return nil, leftAlone(file, err.line, err.col)
	}
	w := writer{}
	w.document(before)
	out := w.bytes()
	after, err := read(out, as)
	if err != nil { // the value that was printed here stands somewhere above
		return nil, leftAlone(file, 0, 0)
	}
	if at, same := before.same(after); !same {
		return nil, leftAlone(file, at.line, at.col)
	}
	return out, nil
}

func leftAlone(file string, line, col int) diag.List {
	var diags diag.List
	diags.Add(diag.Pos{File: file, Line: line, Col: col}, 1,
		diag.M("this can’t be laid out without changing it, so the file was left alone"),
		diag.M("write the value on one line, or as a text behind | on lines of its own"))
	return diags.Named("yaml")
}

// plainLines drops what some editors put in: a BOM and carriage returns. The
// last line gets its end.
func plainLines(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	if !bytes.HasSuffix(text, []byte("\n")) {
		text = append(bytes.Clone(text), '\n')
	}
	return text
}

// place is a line and a column in runes, from 1.
type place struct{ line, col int }

// layout is a file as it is laid out: its values with the comments around them.
type layout struct {
	tree     *yaml.Node
	root     *entry
	below    []*note
	comments []*note // all of them in the order of the file
}

// entry is a key with its value, an item of a list, or the whole document.
type entry struct {
	above  []*note // lines of comment above it
	blank  bool    // a blank line stands above it, below the comments
	key    string
	onKey  []*note // between the key or the dash and the value
	value  value
	behind *note // at the end of the line on which the value ends
}

// value is a scalar (lines) or a list or map (entries).
type value struct {
	kind    Kind
	flow    bool
	formula bool
	block   bool     // a scalar behind | or >
	lines   []string // of a scalar as written; behind | without its indent
	entries []*entry
	below   []*note // comments behind the last entry
	col     int     // where its entries begin

}

// note is a comment. One that goes on in the same column below is one note.
type note struct {
	place
	text  string
	own   bool // it has a line of its own
	blank bool // a blank line stands above it
}

// same reports whether two texts hold the same values and comments, or where the
// first difference is.
func (l *layout) same(other *layout) (place, bool) {
	if at := difference(l.tree, other.tree); at != nil {
		return place{at.Line, at.Column}, false
	}
	a, b := words(l.comments), words(other.comments)
	for i, c := range a {
		if i >= len(b) || c.text != b[i].text {
			return c.place, false
		}
	}
	return place{}, len(a) == len(b)
}

// words splits notes into the lines they stand on.
func words(notes []*note) []*note {
	var out []*note
	for _, n := range notes {
		for _, text := range strings.Split(n.text, "\n") {
			out = append(out, &note{place: n.place, text: text})
		}
	}
	return out
}

// difference returns the first node that isn't the same in both trees.
func difference(a, b *yaml.Node) *yaml.Node {
	if a.Kind != b.Kind || a.Tag != b.Tag || a.Value != b.Value || len(a.Content) != len(b.Content) {
		return a
	}
	for i := range a.Content {
		if at := difference(a.Content[i], b.Content[i]); at != nil {
			return at
		}
	}
	return nil
}
