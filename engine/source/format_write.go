package source

import (
	"bytes"
	"strings"

	"dudao/engine/diag"
)

// widest is how many columns a list or map in brackets may reach to.
const widest = 120

// writer collects the lines of a layout.
type writer struct{ lines []line }

// line is a line with the comment at its end.
type line struct{ text, comment string }

func spaces(n int) string { return strings.Repeat(" ", n) }

func (w *writer) document(l *layout) {
	root := l.root
	root.settle(0, 0)
	w.notes(root.onKey, 0)
	w.notes(root.above, 0)
	if root.onKey = nil; root.value.isBlock() {
		w.entries("", &root.value, 0)
	} else {
		w.value("", root, 0)
	}
	w.notes(l.below, 0)
}

// line ends a line with the comment behind it. Where a comment goes on in the
// lines below, these hold nothing else.
func (w *writer) line(text string, behind *note) {
	if behind == nil {
		w.lines = append(w.lines, line{text: text})
		return
	}
	for _, c := range strings.Split(behind.text, "\n") {
		w.lines = append(w.lines, line{text, c})
		text = ""
	}
}

// gap writes an empty line, but not as the first of the file or of a block.
func (w *writer) gap(wanted bool) {
	if wanted && len(w.lines) > 0 {
		w.lines = append(w.lines, line{})
	}
}

func (w *writer) notes(notes []*note, indent int) {
	for _, n := range notes {
		w.gap(n.blank)
		for _, c := range strings.Split(n.text, "\n") {
			w.lines = append(w.lines, line{text: spaces(indent) + c})
		}
	}
}

// entries writes a list or map in block form; the first line goes on behind lead.
func (w *writer) entries(lead string, v *value, indent int) {
	for i, e := range v.entries {
		if i == 0 {
			if len(e.above) > 0 {
				e.above[0].blank = false
			} else {
				e.blank = false
			}
		}
		w.notes(e.above, indent)
		w.gap(e.blank)
		if lead == "" {
			lead = spaces(indent)
		}
		if v.kind == Map {
			w.value(lead+e.key+":", e, indent)
		} else {
			w.value(lead+"-", e, indent)
		}
		lead = ""
	}
	w.notes(v.below, indent)
}

// value writes what stands behind a key or a dash.
func (w *writer) value(head string, e *entry, indent int) {
	v := &e.value
	if v.isBlock() && len(e.onKey) == 0 && e.key == "" && len(v.entries[0].above) == 0 {
		w.entries(head+" ", v, indent+2) // the first entry stands behind the dash
		return
	}
	if len(e.onKey) > 0 || v.isBlock() {
		w.head(head, e.onKey, indent+2)
		head = spaces(indent + 1)
	}
	switch {
	case v.isBlock():
		w.entries("", v, indent+2)
	case v.kind == Scalar:
		w.scalar(head, v, e.behind, indent+2)
	case v.flow:
		text, _ := v.inBrackets()
		w.line(beside(head, text), e.behind)
	case len(e.onKey) == 0:
		w.line(head, e.behind)
	}
}

// beside puts a value behind its key.
func beside(head, text string) string {
	if head == "" {
		return text
	}
	return head + " " + text
}

// head writes a key or a dash whose value begins on a line below.
func (w *writer) head(text string, notes []*note, indent int) {
	if len(notes) > 0 && !notes[0].own {
		w.line(text, notes[0])
		notes = notes[1:]
	} else {
		w.line(text, nil)
	}
	if len(notes) > 0 {
		notes[0].blank = false
	}
	w.notes(notes, indent)
}

func (w *writer) scalar(head string, v *value, behind *note, indent int) {
	last := len(v.lines) - 1
	for i, text := range v.lines {
		switch {
		case i == 0:
			text = beside(head, text)
		case text != "":
			text = spaces(indent) + text
		}
		if v.block && i == 0 || !v.block && i == last {
			w.line(text, behind)
		} else {
			w.line(text, nil)
		}
	}
}

func (v *value) isBlock() bool { return len(v.entries) > 0 && !v.flow }

// settle decides which lists and maps keep their brackets. head is the width of
// what stands before the value, indent that of its entries if they go.
func (e *entry) settle(head, indent int) {
	v := &e.value
	if v.flow && len(v.entries) > 0 {
		text, ok := v.inBrackets()
		if ok && len(e.onKey) == 0 && head+1+diag.Width(text) <= widest {
			return
		}
		e.moveBehind()
		v.flow = false
	}
	for _, child := range v.entries {
		child.settle(indent+diag.Width(child.key)+1, indent+2)
	}
}

// moveBehind finds a new place for the comment behind brackets that go: at the
// key, or above the item; behind everything if there are comments inside.
func (e *entry) moveBehind() {
	n := e.behind
	if n == nil {
		return
	}
	e.behind = nil
	switch {
	case e.value.hasNotes():
		n.own = true
		e.value.below = append(e.value.below, n)
	case e.key != "" || len(e.onKey) > 0:
		n.own = len(e.onKey) > 0
		e.onKey = append(e.onKey, n)
	default:
		n.own = true
		n.blank, e.blank = e.blank, false
		e.above = append(e.above, n)
	}
}

func (v *value) hasNotes() bool {
	for _, e := range v.entries {
		if len(e.above)+len(e.onKey) > 0 || e.behind != nil || e.value.hasNotes() {
			return true
		}
	}
	return len(v.below) > 0
}

// inBrackets writes a list or map on one line. It can't if there are comments,
// formulas or texts of several lines in it.
func (v *value) inBrackets() (string, bool) {
	if !v.flow {
		return strings.Join(v.lines, ""), len(v.lines) <= 1 && !v.formula
	}
	if v.hasNotes() {
		return "", false
	}
	var parts []string
	for _, e := range v.entries {
		text, ok := e.value.inBrackets()
		if !ok {
			return "", false
		}
		if v.kind == Map {
			text = e.key + ": " + text
		}
		parts = append(parts, text)
	}
	if v.kind == Map {
		return "{" + strings.Join(parts, ", ") + "}", true
	}
	return "[" + strings.Join(parts, ", ") + "]", true
}

// bytes aligns the comments at the ends of lines that follow each other.
func (w *writer) bytes() []byte {
	var b bytes.Buffer
	for i := 0; i < len(w.lines); {
		end, column := i, 0
		for end < len(w.lines) && w.lines[end].comment != "" {
			column = max(column, diag.Width(w.lines[end].text)+2)
			end++
		}
		for _, l := range w.lines[i:end] {
			b.WriteString(l.text + spaces(column-diag.Width(l.text)) + l.comment + "\n")
		}
		if end == i {
			b.WriteString(w.lines[i].text + "\n")
			end++
		}
		i = end
	}
	return b.Bytes()
}
