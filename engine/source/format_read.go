package source

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// reader goes through a text from value to value. What stands between two of
// them is punctuation and comments; anything else ends the reading.
type reader struct {
	text   []rune
	starts []int // of the lines
	at     int   // everything before was read

	blank    bool    // a blank line stands right above what comes next
	pending  []*note // comments on lines of their own that have no place yet
	last     *entry  // what stands on the line being read
	complete bool    // the value of last was read
	trailing *note   // the latest comment at the end of a line
	comments []*note
}

// stuck is a place that can't be laid out.
type stuck struct{ place }

func read(text []byte, as any) (l *layout, err *stuck) {
	var doc yaml.Node
	if e := yaml.Unmarshal(text, &doc); e != nil || len(doc.Content) != 1 {
		return nil, &stuck{}
	}
	r := &reader{text: []rune(string(text)), starts: []int{0}}
	for i, c := range r.text {
		if c == '\n' {
			r.starts = append(r.starts, i+1)
		}
	}
	defer func() {
		if s, ok := recover().(*stuck); ok {
			l, err = nil, s
		}
	}()
	l = &layout{tree: doc.Content[0], root: &entry{}}
	r.value(l.root, l.tree, shapeOf(as), 0)
	r.gap(len(r.text))
	r.hand(l.root, 0, &l.below)
	l.comments = r.comments
	return l, nil
}

func (r *reader) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(r.starts) {
		panic(&stuck{})
	}
	return r.starts[n.Line-1] + n.Column - 1
}

func (r *reader) place(at int) place {
	line, found := slices.BinarySearch(r.starts, at)
	if !found {
		line--
	}
	return place{line + 1, at - r.starts[line] + 1}
}

func (r *reader) stop() { panic(&stuck{r.place(min(r.at, len(r.text)-1))}) }

// gap reads what stands before an offset.
func (r *reader) gap(to int) {
	for r.at < to {
		r.step()
	}
	if r.at != to {
		r.stop()
	}
}

// through reads up to a sign and past it.
func (r *reader) through(sign rune) {
	for r.at < len(r.text) && r.text[r.at] != sign {
		r.step()
	}
	if r.at == len(r.text) {
		r.stop()
	}
	r.at++
}

// step reads a comment or one sign.
func (r *reader) step() {
	switch c := r.text[r.at]; {
	case c == '#':
		r.comment()
		return
	case c == '\n':
		r.blank = r.blank || r.at+1 < len(r.text) && r.isBlank(r.at+1)
	case !strings.ContainsRune(" \t-?:,[]{}", c):
		r.stop()
	}
	r.at++
}

// isBlank reports whether only spaces follow on a line.
func (r *reader) isBlank(at int) bool {
	for at < len(r.text) && (r.text[at] == ' ' || r.text[at] == '\t') {
		at++
	}
	return at == len(r.text) || r.text[at] == '\n'
}

func (r *reader) lineEnd(at int) int {
	for at < len(r.text) && r.text[at] != '\n' {
		at++
	}
	return at
}

// comment reads a comment. One at the end of a line belongs to what stands
// there; what goes on in its column below is one with it.
func (r *reader) comment() {
	at, end := r.place(r.at), r.lineEnd(r.at)
	n := &note{place: at, text: strings.TrimRight(string(r.text[r.at:end]), " \t")}
	n.own = strings.TrimSpace(string(r.text[r.starts[at.line-1]:r.at])) == ""
	n.blank, r.blank = r.blank, false
	r.at = end
	if t := r.trailing; n.own && t != nil && !n.blank && t.col == at.col && t.line+1+strings.Count(t.text, "\n") == at.line {
		t.text += "\n" + n.text
		return
	}
	r.comments = append(r.comments, n)
	r.trailing = nil
	taken := r.last != nil && (r.complete && r.last.behind != nil || !r.complete && len(r.last.onKey) > 0)
	if n.own || r.last == nil || taken || len(r.pending) > 0 {
		n.own = true
		r.pending = append(r.pending, n)
		return
	}
	n.blank, r.trailing = false, n
	if r.complete {
		r.last.behind = n
	} else {
		r.last.onKey = append(r.last.onKey, n)
	}
}
