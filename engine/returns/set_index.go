package returns

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dudao/engine/diag"

	simd "github.com/segmentio/asm/utf8"
)

// identity is what stands in a row for its unit.
type identity struct{ name, code string }

// claim is an identity with the rows that bear it.
type claim struct {
	identity
	at   unitPlace
	rows []stretch
}

// indexer reads a table of a set once, from front to back, and keeps where the rows
// of each unit are.
type indexer struct {
	t      *setTable
	limits SetLimits
	claims []*claim
	of     map[identity]*claim
	last   *claim   // of the row before
	bare   identity // as it stands there, not yet decoded
	begin  []byte   // how that row begins, up to what is behind its identity

	stretches *int // that may still be kept, of all tables
	orphans   int  // rows of nobody
	orphan    diag.Pos
	totals    int
	total     diag.Pos
	diags     diag.List
}

// pieceSize is how much of a file is looked at in one go.
const pieceSize = 64 << 10

// file indexes a CSV file.
func (x *indexer) file(r io.Reader) {
	t, hash := x.t, sha256.New()
	at := diag.Pos{File: t.file.Name}
	l := csvLines{line: 1, more: true}
	base, isPlain := int64(0), true
	var data []byte // what was read and holds no whole line yet, then with the next piece
	for l.more {
		rest := len(data)
		data = slices.Grow(data, pieceSize)[:rest+pieceSize]
		n, err := io.ReadFull(r, data[rest:])
		data, l.more = data[:rest+n], err == nil
		if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
			x.diags.Add(at, 0, diag.M("the file “%s” can’t be read", t.file.Name))
			return
		}
		hash.Write(data[rest:])
		if t.comma == 0 {
			if mark := []byte("\xef\xbb\xbf"); bytes.HasPrefix(data, mark) {
				data, base, isPlain = data[len(mark):], int64(len(mark)), false
			}
			t.comma = separator(data)
			l.comma = t.comma
		}
		whole := data
		if l.more {
			whole = data[:1+bytes.LastIndexByte(data, '\n')]
		}
		if !x.encoding(whole, &isPlain) {
			x.diags.Add(at, 0, diag.M("the file is in neither UTF-8 nor GBK"), diag.M("save it as CSV UTF-8 in Excel or WPS"))
			return
		}
		read := x.lines(data, &l, base)
		base, data = base+int64(read), data[:copy(data, data[read:])]
		switch {
		case x.diags.HasErrors():
			return
		case l.wrong > 0:
			x.diags = append(x.diags, wrongQuote(t.file.Name, l.wrong))
			return
		case len(data) > x.limits.Line:
			x.diags.Add(diag.Pos{File: t.file.Name, Line: l.line}, 0, diag.M("the line goes on for too long; a quotation mark may never be closed"),
				diag.M("put a value with quotation marks in quotes and double those inside it"))
			return
		}
	}
	if t.heading == nil {
		x.diags.Add(at, 0, diag.M("the file is empty"))
		return
	}
	t.file.SHA256 = hex.EncodeToString(hash.Sum(nil))
	x.name()
}

// encoding finds out how a piece of the file is written. What was read before was
// plain as long as nobody knows. What isn't GBK further on is told when it is read.
func (x *indexer) encoding(piece []byte, isPlain *bool) bool {
	if bytes.IndexByte(piece, 0) >= 0 {
		return false
	}
	isUTF8 := simd.Valid(piece) // unicode/utf8 takes a twentieth of a country’s time
	if *isPlain && bytes.ContainsFunc(piece, func(r rune) bool { return r >= utf8.RuneSelf }) {
		*isPlain = false
		if !isUTF8 {
			if _, isGBK := fromGBK(piece); !isGBK {
				return false
			}
		}
		x.t.isGBK = !isUTF8 || !bytes.ContainsFunc(piece, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	return isUTF8 || *isPlain || x.t.isGBK
}

// plain is a text of the file in UTF-8.
func (t *setTable) plain(s string) string {
	if t.isGBK {
		if text, ok := fromGBK([]byte(s)); ok {
			return string(text)
		}
	}
	return s
}

// lines looks at the lines of a piece and returns where the first one begins that is
// not whole yet. Those that begin as the one before are of the same unit and aren't
// divided.
func (x *indexer) lines(piece []byte, l *csvLines, base int64) (at int) {
	for at < len(piece) {
		line := piece[at:]
		if size, lines := lineSize(line); size > 0 {
			line = line[:size]
			if end := at + size; x.isNext(line) && x.longer(base+int64(end)) {
				at, l.line = end, l.line+lines
				continue
			}
		}
		for l.text, l.at = string(line), 0; l.next(); {
			if x.line(l, base+int64(at)); x.diags.HasErrors() {
				return at
			}
		}
		if l.at == 0 {
			return at
		}
		at += l.at
	}
	return at
}

var quote = []byte(`"`)

// lineSize is how many bytes the first line of a text has, with its end and with the
// further lines that its quotation marks take in; 0 if it goes on behind the text.
func lineSize(text []byte) (size, lines int) {
	quotes := 0
	for {
		end := bytes.IndexByte(text[size:], '\n')
		if end < 0 {
			return 0, 0
		}
		quotes += bytes.Count(text[size:size+end], quote)
		size, lines = size+end+1, lines+1
		if quotes%2 == 0 {
			return size, lines
		}
	}
}

// isNext reports whether a line begins as the one before, which is of some unit.
func (x *indexer) isNext(line []byte) bool {
	return x.last != nil && len(x.begin) > 0 && bytes.HasPrefix(line, x.begin)
}

// longer makes the stretch of the row before longer, unless it is too long already.
func (x *indexer) longer(end int64) bool {
	s := &x.last.rows[len(x.last.rows)-1]
	if end-s.from > longest {
		return false
	}
	s.size = int32(end - s.from)
	return true
}

// line keeps where a line is. Its text begins so many bytes behind that of the file.
func (x *indexer) line(l *csvLines, base int64) {
	if x.t.heading == nil {
		if !l.isBlank() {
			x.heading(l)
		}
		return
	}
	bare := identity{value(l.values, x.t.unitAt, "name"), value(l.values, x.t.unitAt, "code")}
	from, size := base+int64(l.from), int32(l.at-l.from)
	x.begin = append(x.begin[:0], l.begin...)
	if x.last != nil && bare == x.bare {
		if x.longer(from + int64(size)) {
			return
		}
	} else if x.last = x.claim(bare, l); x.last == nil {
		return
	}
	if *x.stretches--; *x.stretches < 0 {
		x.diags.Add(diag.Pos{File: x.t.file.Name, Line: l.first}, 0, diag.M("the rows of each unit stand too scattered"), diag.M("sort the table by unit"))
		return
	}
	x.last.rows = append(x.last.rows, stretch{from, size, int32(l.first)})
}

// longest is how many bytes a stretch may have before another is begun.
const longest = 1 << 30

func value(line []csvValue, at map[string]int, key string) string {
	if i, ok := at[key]; ok && i < len(line) {
		return line[i].typed
	}
	return ""
}

// heading understands the first line.
func (x *indexer) heading(l *csvLines) {
	table := csvTable{file: x.t.file.Name}
	if x.t.isGBK { // the places are those of the text in UTF-8
		again := csvLines{text: x.t.plain(l.text[l.from:l.at]), comma: l.comma, line: l.first}
		again.next()
		l.values = again.values
	}
	x.t.heading = table.entries(l.values)
	for i := range x.t.heading {
		x.t.heading[i].typed = strings.Clone(x.t.heading[i].typed) // not the piece around it
	}
	var more diag.List
	x.t.unitAt, _, more = unitColumns(x.t.heading)
	x.diags = append(x.diags, more...)
	if len(x.t.unitAt) == 0 && !more.HasErrors() {
		x.diags = append(x.diags, noUnit(x.t.heading[0].pos.Pos()))
	}
	for _, i := range x.t.unitAt {
		l.most = max(l.most, i+1)
	}
}

func noUnit(at diag.Pos) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Pos: at, Message: diag.M("no column of the table says whose row it is, as those of others do"),
		Hints: []diag.Message{diag.M("add a column 县 or 行政区划代码, or take the table out of the folder")}}
}

// claim is that of the unit of a row, or nil for a row of nobody.
func (x *indexer) claim(bare identity, l *csvLines) *claim {
	x.bare = identity{strings.Clone(bare.name), strings.Clone(bare.code)} // not the piece around them
	id := identity{strings.TrimSpace(x.t.plain(x.bare.name)), strings.TrimSpace(x.t.plain(x.bare.code))}
	if id == (identity{}) {
		whole := csvLines{text: l.text[l.from:l.at], comma: l.comma, line: l.first}
		if whole.next(); whole.isBlank() {
			return nil
		}
	}
	at := Origin{wholeOf(x.t.file.Name, ""), int32(l.first), 0}
	return x.add(id, unitPlace{at, at})
}

// add is the claim of an identity that stands somewhere.
func (x *indexer) add(id identity, at unitPlace) *claim {
	place := at.name
	if place.IsZero() {
		place = at.code
	}
	switch {
	case id == (identity{}):
		if x.orphans++; x.orphans == 1 {
			x.orphan = place.Pos()
		}
		return nil
	case totalWord(id.name) != "":
		if x.totals++; x.totals == 1 {
			x.total = place.Pos()
		}
		return nil
	}
	c := x.of[id]
	if c == nil {
		if id.name == "" {
			at.name = Origin{}
		}
		if id.code == "" {
			at.code = Origin{}
		}
		c = &claim{identity: id, at: at}
		x.of[id], x.claims = c, append(x.claims, c)
	}
	return c
}

// name tells of the rows that belong to no unit.
func (x *indexer) name() {
	if x.orphans > 0 {
		x.diags.Warn(x.orphan, 0, diag.M("%s rows of %s do not say whose they are, so they are not read", strconv.Itoa(x.orphans), x.t.name), diag.M("fill in the unit in each row"))
	}
	if x.totals > 0 {
		x.diags = append(x.diags, diag.Diagnostic{Severity: diag.Note, Pos: x.total, Message: diag.M("%s rows of %s are totals; they are not read", strconv.Itoa(x.totals), x.t.name)})
	}
}
