package returns

import (
	"io"
	"io/fs"
	"slices"
	"sync"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/xlsx"
)

// Set is many returns in one: tables in which a column says whose row it is. It
// holds where the rows of each unit are, not what stands in them, and gives out one
// return after the other. What units share is never changed, so several may be
// opened and read at once.
type Set struct {
	name   string // of the folder or workbook
	tables []*setTable
	units  []*setUnit // in the order in which they first appear
	book   *xlsx.Book // of a workbook; all sheets of it have been read
	limits SetLimits
}

// Unit is whose return it is. One of the two may not be known.
type Unit struct{ Name, Code string }

// setUnit is where the rows of a unit are.
type setUnit struct {
	Unit
	at    unitPlace   // of its name and code
	rows  [][]stretch // by table
	found diag.List   // why it can’t be opened
	kept  bool        // it stands in the list
}

// unitPlace is where the name and the code of a unit stand first.
type unitPlace struct{ name, code Origin }

// stretch is some lines of a file that follow one another, or rows of a sheet.
type stretch struct {
	from       int64 // bytes before it; of a sheet the index of its first row
	size, line int32
}

// setTable is a table of a set: a CSV file, or a sheet.
type setTable struct {
	file    File
	sheet   *setSheet // nil for a file
	name    string
	heading []entry
	unitAt  map[string]int // columns of the cover's name and code
	text    io.ReaderAt
	info    fs.FileInfo // as it was when it was indexed; nil in memory
	stat    func() (fs.FileInfo, error)
	isGBK   bool
	comma   byte

	reading   sync.Mutex
	ahead     []byte // what was read last, at most a piece
	aheadFrom int64  // where it stands in the file
	wanted    int64  // where what was last wanted of the file ends

	lock  sync.Mutex
	known map[*rubric.Rubric]*understood // what its headings are
	kinds map[*rubric.Rubric]tableKind   // and what it is itself
}

// SetLimits bound what is read of a set. What a set keeps in memory is a few dozen
// bytes for each stretch of lines, some hundred for each unit and 64 KiB of each file;
// of a workbook it keeps all cells, about a hundred bytes each, so they are bounded
// more tightly.
type SetLimits struct {
	Files     int   // of a folder
	FileSize  int64 // bytes of a CSV file
	Unpacked  int64 // bytes of the CSV files of a zip together, which lie in memory
	Line      int   // bytes of a line
	Units     int
	Stretches int // of lines that belong to one unit

	Return Limits // of the rows of one unit; Book of a whole workbook
	Book   Limits
}

// DefaultSetLimits fit the schools of the whole country.
var DefaultSetLimits = SetLimits{Files: 200, FileSize: 8 << 30, Unpacked: 256 << 20, Line: 1 << 20, Units: 100_000, Stretches: 4_000_000,
	Return: DefaultLimits,
	Book: Limits{FileSize: 256 << 20, Unpacked: 2 << 30, Parts: 10_000, Text: 256 << 20, Cells: 4_000_000, Rows: 1_000_000,
		Time: 10 * DefaultLimits.Time}}

// Units are the units whose rows the set holds, in the order in which they first
// appear.
func (s *Set) Units() []Unit {
	out := make([]Unit, len(s.units))
	for i, u := range s.units {
		out[i] = u.Unit
	}
	return out
}

// Close closes the files of the set.
func (s *Set) Close() {
	for _, t := range s.tables {
		if c, ok := t.text.(io.Closer); ok {
			_ = c.Close() // it was only read
		}
	}
}

// Open opens the return of a unit. It may be called from several goroutines.
func (s *Set) Open(i int) (*Document, diag.List) {
	u := s.units[i]
	if u.found.HasErrors() {
		return nil, u.found
	}
	d := &Document{file: File{Name: s.name}, isFolder: true, unit: u}
	for at, t := range s.tables {
		if len(u.rows[at]) == 0 {
			continue
		}
		part := &Document{file: t.file, book: s.book, table: &csvTable{file: t.file.Name, name: t.name, heading: t.heading, of: t}}
		if t.sheet != nil {
			part.table.sheet = t.sheet.name
		}
		if diags := t.lines(part.table, u.rows[at], s.limits.Return); diags.HasErrors() {
			return nil, diags
		}
		d.parts = append(d.parts, part)
	}
	return d, nil
}

// lines reads the lines of a unit.
func (t *setTable) lines(into *csvTable, rows []stretch, limits Limits) (diags diag.List) {
	at := diag.Pos{File: t.file.Name, Line: int(rows[0].line)}
	if t.sheet != nil {
		t.sheet.lines(into, rows)
		return nil
	}
	size := int64(0)
	for _, r := range rows {
		size += int64(r.size)
	}
	if size > limits.FileSize {
		diags.Add(at, 0, diag.M("the rows of one unit are too many for a return"))
		return diags
	}
	into.pieces = make([]csvLines, len(rows))
	isSure := true // that the file is still what was indexed
	for i, r := range rows {
		text, sure, wrong := t.part(r.from, int64(r.size))
		if wrong.HasErrors() {
			return wrong
		}
		isSure = isSure && sure
		if t.isGBK {
			plain, ok := fromGBK([]byte(text))
			if !ok && t.isChanged() {
				return t.changed()
			}
			if !ok {
				diags.Add(diag.Pos{File: t.file.Name, Line: int(r.line)}, 0, diag.M("the file is in neither UTF-8 nor GBK"), diag.M("save it as CSV UTF-8 in Excel or WPS"))
				return diags
			}
			text = string(plain)
		}
		into.pieces[i] = csvLines{text: text, comma: t.comma, line: int(r.line)}
	}
	if !isSure && t.isChanged() {
		return t.changed()
	}
	return nil
}

// part is a part of the file. Where it stands right behind the one before, or nearly,
// it is read with what follows it: most units are opened in the order of their rows.
// What is kept for others is sure to be of the file as it was indexed.
func (t *setTable) part(from, size int64) (text string, isSure bool, diags diag.List) {
	t.reading.Lock()
	defer t.reading.Unlock()
	at, gap := from-t.aheadFrom, from-t.wanted
	t.wanted = from + size
	if at >= 0 && at+size <= int64(len(t.ahead)) {
		return string(t.ahead[at : at+size]), true, nil
	}
	reach := size
	if gap >= 0 && gap <= size {
		reach = max(size, pieceSize)
	}
	read := slices.Grow(t.ahead[:0], int(reach))[:reach]
	t.ahead = read[:0]
	n, _ := t.text.ReadAt(read, from) // what fails behind the part doesn’t matter yet
	isAhead, isWhole := reach > size, int64(n) >= size
	switch {
	case (isAhead || !isWhole) && t.isChanged():
		return "", false, t.changed()
	case !isWhole:
		diags.Add(diag.Pos{File: t.file.Name}, 0, diag.M("the file “%s” can’t be read", t.file.Name))
		return "", false, diags
	case isAhead:
		t.ahead, t.aheadFrom = read[:n], from
	case reach > pieceSize:
		t.ahead = nil // it isn't to stay
	}
	return string(read[:size]), isAhead, nil
}

func (t *setTable) changed() (diags diag.List) {
	diags.Add(diag.Pos{File: t.file.Name}, 0, diag.M("the file was changed while it was read"), diag.M("close it in other programs and start again"))
	return diags
}

// isChanged reports whether somebody wrote to the file after it was indexed.
func (t *setTable) isChanged() bool {
	if t.info == nil {
		return false
	}
	now, err := t.stat()
	return err != nil || now.Size() != t.info.Size() || !now.ModTime().Equal(t.info.ModTime())
}

// cover makes the unit that of a return.
func (u *setUnit) cover(ret *Return) {
	ret.Name, ret.Code = u.Name, u.Code
	if !u.at.name.IsZero() {
		ret.CoverAt["name"] = u.at.name.Pos()
	}
	if !u.at.code.IsZero() {
		ret.CoverAt["code"] = u.at.code.Pos()
	}
}
