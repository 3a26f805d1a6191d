package xlsx

import (
	"bytes"
	"io"

	"dudao/engine/diag"
)

const (
	maxDepth = 64      // of elements in elements; workbooks have about ten
	maxToken = 1 << 20 // bytes of one tag or text; a cell holds 32,767 characters
)

// scanner reads XML front to back in a small window, which encoding/xml does ten
// times slower. It knows what parts of workbooks hold: UTF-8, no DTD. Names are
// told by their local part, so prefixes and the two families of namespaces don't
// matter.
type scanner struct {
	r        io.Reader
	part     string // the file inside the workbook
	buf      []byte
	pos, end int
	err      error // why reading stopped; nil at the end of a whole document

	depth   int    // open elements
	open    []byte // their names one after the other
	starts  []int  // where each begins
	closing bool   // the element just opened closes itself

	name       []byte // of the element that was opened; as all slices here, until the next token
	attrs      []byte // what follows the name
	key, value []byte // the attribute that attr found
	data       []byte // a text
	isRaw      bool   // the text is CDATA
}

type token uint8

const (
	done token = iota
	opened
	closed
	chars
)

// fill reads on. What was read and isn't used yet moves to the front.
func (s *scanner) fill() bool {
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.pos, s.end = 0, s.end-s.pos
	}
	if s.end == cap(s.buf) {
		if s.end >= maxToken {
			s.fail(diag.M("the workbook is not what Excel or WPS writes: its part %s holds a text longer than any cell", s.part))
			return false
		}
		grown := make([]byte, 2*cap(s.buf))
		copy(grown, s.buf[:s.end])
		s.buf = grown
	}
	s.buf = s.buf[:cap(s.buf)]
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if n > 0 {
			return true
		}
		if err != nil {
			if err != io.EOF {
				s.err = err
			}
			return false
		}
	}
	s.err = io.ErrNoProgress
	return false
}

func (s *scanner) fail(m diag.Message) {
	if s.err == nil {
		s.err = &Refusal{m, repair}
	}
}

func (s *scanner) cut() { s.fail(diag.M("the workbook is damaged: its part %s is cut off", s.part)) }

// find returns where a mark stands behind pos+from, relative to pos.
func (s *scanner) find(mark string, from int) int {
	for {
		if s.end-s.pos >= from {
			if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(mark)); i >= 0 {
				return from + i
			}
			from = max(from, s.end-s.pos-len(mark)+1)
		}
		if !s.fill() {
			return -1
		}
	}
}

// next returns the next token. Comments and instructions are passed over.
func (s *scanner) next() token {
	if s.closing {
		s.closing = false
		s.pop()
		return closed
	}
	for s.err == nil {
		if s.pos == s.end && !s.fill() {
			break
		}
		if s.buf[s.pos] != '<' {
			n := s.find("<", 0)
			if n < 0 && s.depth == 0 && s.err == nil {
				return done // white space at the end
			}
			if n < 0 {
				break
			}
			s.data, s.isRaw = s.buf[s.pos:s.pos+n], false
			s.pos += n
			if s.depth == 0 {
				continue
			}
			return chars
		}
		for s.end-s.pos < 2 {
			if !s.fill() {
				s.cut()
				return done
			}
		}
		switch s.buf[s.pos+1] {
		case '?':
			s.pass("?>")
		case '!':
			if n := s.find(">", 0); n < 0 {
				s.pass(">")
			} else if rest := s.buf[s.pos:s.end]; bytes.HasPrefix(rest, []byte("<!--")) {
				s.pass("-->")
			} else if !bytes.HasPrefix(rest, []byte("<![CDATA[")) || s.depth == 0 {
				s.fail(diag.M("the workbook is not what Excel or WPS writes: its part %s holds declarations", s.part)) // a DTD may name other files
			} else if n := s.find("]]>", 9); n >= 0 {
				s.data, s.isRaw = s.buf[s.pos+9:s.pos+n], true
				s.pos += n + 3
				return chars
			} else {
				s.cut()
			}
		case '/':
			if n := s.find(">", 2); n >= 0 {
				name := bytes.TrimRight(s.buf[s.pos+2:s.pos+n], " \t\r\n")
				s.pos += n + 1
				if s.depth == 0 || !bytes.Equal(name, s.open[s.starts[s.depth-1]:]) {
					s.fail(diag.M("the workbook is damaged: its part %s is no proper XML", s.part))
					return done
				}
				s.pop()
				return closed
			}
			s.cut()
		default:
			if s.tag() {
				return opened
			}
		}
	}
	if s.depth > 0 {
		s.cut()
	}
	return done
}

// pass passes over what ends with a mark.
func (s *scanner) pass(mark string) {
	n := s.find(mark, 2)
	if n < 0 {
		s.cut()
		return
	}
	s.pos += n + len(mark)
}

// tag reads an opening tag; a > inside an attribute doesn't end it.
func (s *scanner) tag() bool {
	var quote byte
	i := 1
	for {
		for ; s.pos+i < s.end; i++ {
			c := s.buf[s.pos+i]
			switch {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				return s.push(s.buf[s.pos+1:s.pos+i], i+1)
			}
		}
		if !s.fill() {
			s.cut()
			return false
		}
	}
}

func (s *scanner) push(tag []byte, length int) bool {
	s.pos += length
	tag, closing := bytes.CutSuffix(tag, []byte("/"))
	n := 0
	for n < len(tag) && !isSpace(tag[n]) {
		n++
	}
	switch {
	case n == 0 || bytes.ContainsAny(tag[:n], "<\"'="):
		s.fail(diag.M("the workbook is damaged: its part %s is no proper XML", s.part))
	case s.depth == maxDepth:
		s.fail(diag.M("the workbook is not what Excel or WPS writes: its part %s is nested too deeply", s.part))
	}
	if s.err != nil {
		return false
	}
	s.starts = append(s.starts[:s.depth], len(s.open))
	s.open = append(s.open, tag[:n]...)
	s.depth++
	s.closing = closing
	s.name, s.attrs = tag[:n], tag[n:]
	if colon := bytes.IndexByte(s.name, ':'); colon >= 0 {
		s.name = s.name[colon+1:]
	}
	return true
}

func (s *scanner) pop() {
	s.depth--
	s.open = s.open[:s.starts[s.depth]]
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// attr finds the next attribute of the element just opened.
func (s *scanner) attr() bool {
	a := s.attrs
	for len(a) > 0 && isSpace(a[0]) {
		a = a[1:]
	}
	eq := bytes.IndexByte(a, '=')
	if eq < 0 {
		return false
	}
	s.key = a[:eq]
	for len(s.key) > 0 && isSpace(s.key[len(s.key)-1]) {
		s.key = s.key[:len(s.key)-1]
	}
	if colon := bytes.LastIndexByte(s.key, ':'); colon >= 0 {
		s.key = s.key[colon+1:]
	}
	a = a[eq+1:]
	for len(a) > 0 && isSpace(a[0]) {
		a = a[1:]
	}
	if len(a) < 2 || a[0] != '"' && a[0] != '\'' {
		return false
	}
	length := bytes.IndexByte(a[1:], a[0])
	if length < 0 {
		return false
	}
	s.value, s.attrs = a[1:1+length], a[length+2:]
	return true
}

// child goes to the next element inside the one at a depth; what its caller left
// unread of the element before is passed over. It returns false when the outer
// element ends.
func (s *scanner) child(depth int) bool {
	for {
		switch s.next() {
		case opened:
			if s.depth == depth+1 {
				return true
			}
		case closed:
			if s.depth < depth {
				return false
			}
		case done:
			return false
		}
	}
}

// text adds the text of the element just opened to what is given.
func (s *scanner) text(into []byte) []byte {
	depth := s.depth
	for {
		switch s.next() {
		case chars:
			if s.depth == depth {
				if s.isRaw {
					into = append(into, s.data...)
				} else {
					into = unescape(into, s.data)
				}
			}
		case closed:
			if s.depth < depth {
				return into
			}
		case done:
			return into
		}
	}
}
