package diag

import "encoding/json"

// Excerpt is text that an author wrote, cut from a file: a title, a formula.
// It knows where each of its runes stands in that file, so that an error found
// inside a formula points at the very character.
type Excerpt struct {
	Text string
	Pos  Pos // the first rune of Text

	// Layout is nil for a text that stands on one line as it is, with nothing behind
	// it. Nearly all do, and a rubric has thousands of them.
	Layout *Layout
}

// Layout is how a text stands in a file otherwise.
type Layout struct {
	// Lines holds the place of the first rune of each further line of the text
	// (block scalars only).
	Lines []Pos
	// Cols holds the column of every rune where they don't simply follow each
	// other: in a quoted scalar with escapes.
	Cols []int
	// Behind is the comment that follows on the line of a formula. YAML begins
	// one at " #", which an author may not have meant.
	Behind string
}

// At returns the place of the rune with the given offset. An offset past the
// end is the place just behind the text.
func (e Excerpt) At(offset int) Pos {
	if e.Pos.Line == 0 {
		return e.Pos
	}
	var layout Layout
	if e.Layout != nil {
		layout = *e.Layout
	}
	if cols := layout.Cols; len(cols) > 0 {
		p := e.Pos
		if offset < len(cols) {
			p.Col = cols[offset]
		} else {
			p.Col = cols[len(cols)-1] + 1
		}
		return p
	}
	at, line := e.Pos, 0
	n := 0
	for _, r := range e.Text {
		if n == offset {
			break
		}
		n++
		if r == '\n' && line < len(layout.Lines) {
			at = layout.Lines[line]
			line++
			continue
		}
		at.Col++
	}
	return at
}

// Given reports whether the author wrote anything here.
func (e Excerpt) Given() bool { return e.Text != "" || e.Pos.Line > 0 }

// String returns the text.
func (e Excerpt) String() string { return e.Text }

// MarshalJSON writes the text alone: where it stands is no part of its meaning.
func (e Excerpt) MarshalJSON() ([]byte, error) { return json.Marshal(e.Text) }

// UnmarshalJSON reads the text; its place is unknown then.
func (e *Excerpt) UnmarshalJSON(b []byte) error {
	*e = Excerpt{}
	return json.Unmarshal(b, &e.Text)
}
