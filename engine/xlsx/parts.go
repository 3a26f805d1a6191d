package xlsx

import (
	"errors"
	"io"
	"net/url"
	"path"
	"strings"
	"time"

	"dudao/engine/diag"
)

// relation is how one part refers to another.
type relation struct{ id, kind, target string }

func (b *Book) relations(part string) ([]relation, error) {
	var out []relation
	dir, base := path.Split(part)
	rels := dir + "_rels/" + base + ".rels"
	if !b.has(rels) {
		return out, nil
	}
	err := b.part(rels, func(s *scanner) error {
		for depth := s.depth; s.child(depth); {
			var r relation
			mode := ""
			for s.attr() {
				switch string(s.key) {
				case "Id":
					r.id = string(s.value)
				case "Type":
					r.kind = path.Base(string(s.value))
				case "Target":
					r.target = string(unescape(nil, s.value))
				case "TargetMode":
					mode = string(s.value)
				}
			}
			if mode != "External" {
				r.target = resolve(dir, r.target)
			}
			out = append(out, r)
			if err := b.count(1, len(r.target)); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// resolve makes the name of a part from a target, which may be written from the
// root or from where it is named.
func resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", dir, target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// Err is why reading stopped; what was read before then isn’t all there is.
func (b *Book) Err() error { return b.err }

func (b *Book) has(part string) bool { return b.parts[partName(part)] != nil }

// part reads one part of the file, to its end. The function gets the scanner
// when the outermost element is open.
func (b *Book) part(name string, read func(*scanner) error) error {
	file := b.parts[partName(name)]
	if file == nil {
		return &Refusal{diag.M("the workbook is damaged: its part %s is missing", name), repair}
	}
	start := time.Now()
	defer func() { b.limits.Time -= time.Since(start) }()
	if file.UncompressedSize64 > uint64(max(b.limits.Unpacked, 0)) {
		return b.tooLarge()
	}
	r, err := file.Open()
	if err != nil {
		return unreadable(name)
	}
	defer func() { _ = r.Close() }() // it was only read
	s := &scanner{r: &metered{r: r, b: b, start: start}, part: name, buf: b.window}
	if s.next() != opened {
		s.fail(diag.M("the workbook is damaged: its part %s is no proper XML", name))
	} else if err := read(s); err != nil {
		return err
	}
	for s.next() != done { // to the end, where the checksum stands
	}
	var told *Refusal
	if s.err != nil && !errors.As(s.err, &told) {
		return unreadable(name)
	}
	return s.err
}

func unreadable(part string) error {
	return &Refusal{diag.M("the workbook is damaged: its part %s can’t be unpacked", part), diag.M("copy or download the file again")}
}

// metered takes what is read from the limits.
type metered struct {
	r     io.Reader
	b     *Book
	start time.Time
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.b.limits.Unpacked -= int64(n)
	switch {
	case m.b.limits.Unpacked < 0:
		return 0, m.b.tooLarge()
	case time.Since(m.start) > m.b.limits.Time:
		return 0, &Refusal{diag.M("reading the workbook takes too long"), reduce}
	}
	return n, err
}

func (b *Book) tooLarge() error {
	return &Refusal{diag.M("unpacked, the workbook is too large to be a return"), reduce}
}

// count takes cells and the bytes of their texts from the limits.
func (b *Book) count(cells, text int) error {
	b.limits.Cells -= cells
	b.limits.Text -= int64(text)
	if b.limits.Cells < 0 || b.limits.Text < 0 {
		return &Refusal{diag.M("the workbook holds too many cells to be a return"), reduce}
	}
	return nil
}
