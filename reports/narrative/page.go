package narrative

import "strings"

// page is Markdown in the making.
type page struct {
	out  strings.Builder
	text strings.Builder // the paragraph so far
	list bool            // the last line is one of a list
}

// heading begins a part.
func (d *page) heading(level int, text string) {
	d.gap()
	d.out.WriteString(strings.Repeat("#", level) + " " + escape(text) + "\n")
}

// add puts a sentence at the end of the paragraph, end ends it.
func (d *page) add(sentence string) { d.text.WriteString(sentence) }

func (d *page) end() {
	if text := d.text.String(); text != "" {
		d.text.Reset()
		d.line(text)
	}
}

// line is a paragraph.
func (d *page) line(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	d.gap()
	quote := ""
	if rest, ok := strings.CutPrefix(text, "> "); ok {
		quote, text = "> ", rest
	}
	d.out.WriteString(quote + escape(strings.TrimSpace(text)) + "\n")
}

// item is a line of a list.
func (d *page) item(text string) {
	if !d.list {
		d.gap()
	}
	d.list = true
	d.out.WriteString("- " + escape(strings.TrimSpace(text)) + "\n")
}

func (d *page) gap() {
	d.list = false
	if d.out.Len() > 0 {
		d.out.WriteString("\n")
	}
}

func (d *page) String() string { return d.out.String() }

// escape keeps what came from outside from being read as Markdown or HTML. Line
// breaks become spaces; a number or a sign at the beginning begins no list.
func escape(text string) string {
	text = oneLine(text)
	var b strings.Builder
	for i, r := range text {
		switch {
		case strings.ContainsRune("\\`*[]<>|&", r), r == '_' && !blank(text, i), i == 0 && strings.ContainsRune("#+-=~", r):
			b.WriteByte('\\')
		case r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			continue // control characters, and such as turn the direction of writing
		}
		b.WriteRune(r)
	}
	return b.String()
}

// blank reports whether an underscore is part of a line to write on.
func blank(text string, i int) bool {
	return strings.HasPrefix(text[i:], "__") || strings.HasSuffix(text[:i], "_")
}
