package returns

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/xlsx"
)

// setSheet is a sheet with the rows of many units.
type setSheet struct {
	name    string
	cells   *xlsx.Sheet
	columns int // of the heading
}

// lines are the rows of a unit.
func (s *setSheet) lines(into *csvTable, rows []stretch) {
	for _, r := range rows {
		for _, row := range s.cells.Rows[r.from : r.from+int64(r.size)] {
			if isBlankRow(row) {
				continue
			}
			into.values = append(into.values, s.values(row)...)
			into.ends = append(into.ends, len(into.values))
		}
	}
}

// values are those of a row below the headings, also the empty ones.
func (s *setSheet) values(row xlsx.Row) []csvValue {
	out := make([]csvValue, s.columns)
	for i := range out {
		out[i] = csvValue{line: int32(row.Number), col: int32(i + 1)}
	}
	for _, c := range row.Cells {
		if int(c.Col) <= s.columns {
			out[c.Col-1].typed = c.Text
		}
	}
	return out
}

func isBlankRow(row xlsx.Row) bool {
	return !slices.ContainsFunc(row.Cells, func(c xlsx.Cell) bool { return strings.TrimSpace(c.Text) != "" })
}

// headingRows is how far down a sheet its headings may begin, below a title.
const headingRows = 10

// heading finds the row of headings: the first in which a column says whose row it is.
func (s *setSheet) heading(file string) (heading []entry, below int, diags diag.List) {
	for i, row := range s.cells.Rows[:min(len(s.cells.Rows), headingRows)] {
		s.columns = int(row.Cells[len(row.Cells)-1].Col)
		table := csvTable{file: file, sheet: s.name}
		entries := table.entries(s.values(row))
		at, _, more := unitColumns(entries)
		if len(at) > 0 || more.HasErrors() {
			return entries, i + 1, more
		}
	}
	return nil, 0, nil
}

// OpenSetWorkbook opens a workbook each of whose sheets has the rows of many units.
// A sheet without a column that says whose row it is is passed over, and told; where
// there is no other, the workbook is no set, and there is neither a set nor an error.
// All its cells stay in memory.
func OpenSetWorkbook(name string, data []byte, limits SetLimits) (*Set, diag.List) {
	var diags diag.List
	s := &Set{name: slashed(name), limits: limits}
	at := diag.Pos{File: s.name}
	d := &Document{file: File{Name: s.name, SHA256: sum(data)}, data: data}
	if int64(len(data)) > limits.Book.FileSize {
		diags.Add(at, 0, diag.M("the file is too large"))
		return nil, diags
	}
	archive, err := archiveOf(data)
	d.openBook(archive, err, &folder{limits: limits.Book, isMapped: true}, &diags)
	if diags.HasErrors() {
		return nil, diags
	}
	if ref, _, _, isOurs := bookRef(d.book); isOurs && ref.ID != "" {
		return nil, nil // a form or report
	}
	var claims [][]*claim
	stretches := limits.Stretches
	for _, sheet := range d.book.Sheets {
		cells, err := d.book.Sheet(sheet)
		if err != nil {
			diags = append(diags, refused(at, err))
			return nil, diags
		}
		t := &setTable{file: d.file, name: strings.TrimSpace(sheet), sheet: &setSheet{name: sheet, cells: cells}}
		heading, below, more := t.sheet.heading(s.name)
		if heading == nil {
			if len(cells.Rows) > 0 {
				diags.Warn(diag.Pos{File: s.name, Sheet: sheet}, 0, diag.M("the sheet is not read: no column of it says whose a row is"), diag.M("add a column 县 or 行政区划代码"))
			}
			continue
		}
		t.heading = heading
		t.unitAt, _, _ = unitColumns(heading)
		x := indexer{t: t, limits: limits, of: map[identity]*claim{}, stretches: &stretches, diags: more}
		x.sheet(below)
		s.tables, claims, diags = append(s.tables, t), append(claims, x.claims), append(diags, x.diags...)
	}
	if len(s.tables) == 0 {
		return nil, nil
	}
	s.book = d.book
	return s.opened(claims, diags)
}

// sheet keeps where the rows of each unit are on a sheet. A unit may be written once
// in a cell that is merged over its rows.
func (x *indexer) sheet(below int) {
	s := x.t.sheet
	in := wholeOf(x.t.file.Name, s.name)
	at := func(row xlsx.Row, key string) (string, Origin) {
		i, ok := x.t.unitAt[key]
		if !ok {
			return "", Origin{}
		}
		number := row.Number
		if a, ok := s.cells.Merged(i+1, number); ok {
			number = a.Row
		}
		c, _ := s.cells.At(i+1, number)
		return strings.TrimSpace(c.Text), Origin{in, int32(number), int32(i + 1)}
	}
	for i, row := range s.cells.Rows {
		if i < below || isBlankRow(row) {
			continue
		}
		var id identity
		var places unitPlace
		id.name, places.name = at(row, "name")
		id.code, places.code = at(row, "code")
		before := x.last
		x.last = x.add(id, places)
		switch {
		case x.last == nil:
		case x.last == before:
			x.last.rows[len(x.last.rows)-1].size = int32(int64(i) + 1 - x.last.rows[len(x.last.rows)-1].from)
		default:
			if *x.stretches--; *x.stretches < 0 {
				x.diags.Add(diag.Pos{File: x.t.file.Name, Sheet: s.name}, 0, diag.M("the rows of each unit stand too scattered"), diag.M("sort the table by unit"))
				return
			}
			x.last.rows = append(x.last.rows, stretch{int64(i), 1, int32(row.Number)})
		}
	}
	x.name()
}
