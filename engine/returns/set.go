package returns

import (
	"io"
	"io/fs"
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

	ahead readAhead

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
