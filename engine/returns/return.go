// Package returns reads what a county submits: a filled form, the report made
// from one, YAML, CSV tables, or several of them; a Set is the returns of many
// counties in the same tables. Every value keeps where it came from, what was typed there
// and what was made of it, so that a score can be defended down to the cell.
package returns

import (
	"hash/maphash"
	"iter"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// State says what a cell holds.
type State uint8

const (
	Missing       State = iota // empty
	Given                      // a value
	NotApplicable              // 不适用
	Invalid                    // something that isn't a value; a problem tells why
)

// Cell is one submitted value.
type Cell struct {
	State  State          `json:"state,omitempty"`
	Number float64        `json:"number,omitempty"` // of a number; a truth is 1 or 0
	Text   string         `json:"text,omitempty"`   // of a text
	Typed  string         `json:"typed,omitempty"`  // as it stands in the file
	Origin Origin         `json:"pos,omitzero"`
	Notes  []diag.Message `json:"notes,omitempty"` // what was done to understand it
}

// Pos is where the cell stands.
func (c Cell) Pos() diag.Pos { return c.Origin.Pos() }

// Table holds the rows of a table.
type Table struct {
	Keys    []string            `json:"keys"`    // what names each row
	Columns map[string][][]Cell `json:"columns"` // by name: year, row
}

// Answer is a fact answered on the sheet of judgements.
type Answer struct {
	Cell
	Note     string   `json:"note,omitempty"`
	Evidence []string `json:"evidence,omitempty"`
	At       diag.Pos `json:"at,omitzero"` // of the evidence
}

// File is one file a return came from.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Cover is what a return says about itself.
type Cover struct {
	Name     string `json:"name"`
	Code     string `json:"code,omitempty"` // 行政区划代码
	Year     int    `json:"year,omitempty"` // calendar year of "this year"
	Period   string `json:"period,omitempty"`
	Filler   string `json:"filler,omitempty"`
	Reviewer string `json:"reviewer,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Date     string `json:"date,omitempty"`
}

// Line is one line of the cover, by the key of form.CoverFields.
func (c Cover) Line(key string) string {
	if key != "year" {
		return *c.said(key)
	}
	if c.Year == 0 {
		return ""
	}
	return strconv.Itoa(c.Year)
}

// said is a line of the cover that is a text.
func (c *Cover) said(key string) *string {
	switch key {
	case "name":
		return &c.Name
	case "code":
		return &c.Code
	case "period":
		return &c.Period
	case "filler":
		return &c.Filler
	case "reviewer":
		return &c.Reviewer
	case "phone":
		return &c.Phone
	case "date":
		return &c.Date
	}
	return new(string)
}

// Return is all that a county submits for one rubric. It marshals to JSON and back
// without loss, but for what lies beside it; its tables in a shape of their own.
type Return struct {
	Cover    `json:"cover"`
	Rubric   rubric.Ref                   `json:"rubric"` // what the file says it was made for
	Files    []File                       `json:"files,omitempty"`
	Fields   map[string][]Cell            `json:"fields"` // single values: this year, last year, …
	Tables   map[string]*Table            `json:"tables"`
	Answers  map[string]map[string]Answer `json:"answers"`            // by item id and fact
	Problems diag.List                    `json:"problems,omitempty"` // cells that aren't what the rubric asks for
	Reasons  []Reason                     `json:"reasons,omitempty"`  // what the unit says to its figures
	Claims   []Claim                      `json:"claims,omitempty"`   // what the unit says that items come to
	Checks   []Check                      `json:"checks,omitempty"`   // what an inspector found instead

	// Unfound is the evidence that isn't where it is said to be. No score depends on
	// what else lies beside a return.
	Unfound diag.List `json:"-"`

	// Absent are the tables and values, by defined name, that the form has no place
	// for; the problems say so.
	Absent map[string]bool `json:"absent"`

	CoverAt map[string]diag.Pos `json:"cover_at,omitempty"` // where a line of the cover stands, by its key

	Others *Others `json:"others,omitempty"` // nil: it is scored alone

	rooms []*room // in which its tables are
}

// Limits bound what is read from a file that came from outside.
type Limits struct {
	FileSize int64 // bytes of the file
	Unpacked int64 // bytes of what is read of its parts, unpacked
	Files    int   // of a folder or zip

	// Of a workbook.
	Parts int           // files inside it
	Text  int64         // bytes of the texts in its cells
	Cells int           // that hold something
	Rows  int           // that hold something
	Time  time.Duration // spent on reading
}

// DefaultLimits fit a county with some thousand schools many times over.
var DefaultLimits = Limits{FileSize: 64 << 20, Unpacked: 256 << 20, Files: 200,
	Parts: 10_000, Text: 32 << 20, Cells: 1_000_000, Rows: 100_000, Time: 20 * time.Second}

// Empty makes a return with a missing cell for every value that a rubric asks
// for, so that whoever reads it never meets an absent one.
func Empty(r *rubric.Rubric) *Return {
	ret := toFill(r)
	ret.openTables(r)
	return ret
}

// toFill is an empty return without the open tables, of which some are to be given.
func toFill(r *rubric.Rubric) *Return {
	ret := &Return{Rubric: r.Ref(), Fields: emptyFields(r), Tables: map[string]*Table{}, Answers: map[string]map[string]Answer{},
		Absent: map[string]bool{}, CoverAt: map[string]diag.Pos{}}
	for i := range r.Data {
		if b := &r.Data[i].Value; b.IsTable() && !b.IsOpen() {
			ret.Tables[r.Data[i].Key.Text] = NewTable(b)
		}
	}
	return ret
}

// openTables makes the open tables that weren't given.
func (ret *Return) openTables(r *rubric.Rubric) {
	for i := range r.Data {
		if b := &r.Data[i].Value; b.IsOpen() && ret.Tables[r.Data[i].Key.Text] == nil {
			ret.Tables[r.Data[i].Key.Text] = NewTable(b)
		}
	}
}

// emptyFields makes a missing cell for every single value, all in one piece.
func emptyFields(r *rubric.Rubric) map[string][]Cell {
	fields, size := 0, 0
	for f := range enteredFields(r) {
		fields, size = fields+1, size+f.Value.YearCount()
	}
	out, cells := make(map[string][]Cell, fields), make([]Cell, size)
	for f := range enteredFields(r) {
		n := f.Value.YearCount()
		out[f.Key.Text], cells = cells[:n:n], cells[n:]
	}
	return out
}

// enteredFields are the single values that people fill in.
func enteredFields(r *rubric.Rubric) iter.Seq[*source.KeyedItem[rubric.Field]] {
	return func(yield func(*source.KeyedItem[rubric.Field]) bool) {
		for i := range r.Data {
			fields := r.Data[i].Value.Fields
			for j := range fields {
				if fields[j].Value.Entered() && !yield(&fields[j]) {
					return
				}
			}
		}
	}
}

// IsZero reports whether nothing at all was said, not even by an empty cell.
func (a Answer) IsZero() bool {
	return a.State == Missing && a.Typed == "" && a.Origin.IsZero() && a.Notes == nil && a.Note == "" && a.Evidence == nil && a.At.IsZero()
}

// answer keeps the answer to a fact.
func (ret *Return) answer(item, ask string, a Answer) {
	if _, known := ret.Answers[item][ask]; a.IsZero() && !known {
		return
	}
	if ret.Answers[item] == nil {
		ret.Answers[item] = map[string]Answer{}
	}
	ret.Answers[item][ask] = a
}

// NewTable makes the table of a block: its fixed rows with missing cells, or none.
func NewTable(b *rubric.Block) *Table {
	if b.IsOpen() {
		return newOpenTable(b)
	}
	t := &Table{Columns: map[string][][]Cell{}}
	for _, row := range b.Rows {
		t.Keys = append(t.Keys, row.Text)
	}
	for _, f := range b.Columns {
		if f.Value.Entered() {
			years := make([][]Cell, f.Value.YearCount())
			for y := range years {
				years[y] = make([]Cell, len(t.Keys))
			}
			t.Columns[f.Key.Text] = years
		}
	}
	return t
}

// newOpenTable makes an open table without rows, its columns in one piece.
func newOpenTable(b *rubric.Block) *Table {
	entries := b.Entries()
	t, columns := &Table{Columns: make(map[string][][]Cell, len(entries))}, 0
	for _, name := range entries {
		columns += b.KeyField(name).YearCount()
	}
	all := make([][]Cell, columns)
	for _, name := range entries {
		n := b.KeyField(name).YearCount()
		t.Columns[name], all = all[:n:n], all[n:]
	}
	return t
}

// shorten leaves so many rows of an open table.
func (t *Table) shorten(rows int) {
	t.Keys = t.Keys[:rows]
	for _, years := range t.Columns {
		for y := range years {
			years[y] = years[y][:rows]
		}
	}
}

// Extend adds rows of missing cells to an open table, up to so many.
func (t *Table) Extend(rows int) {
	for len(t.Keys) < rows {
		t.addRow()
	}
}

// reserve makes room for so many rows.
func (t *Table) reserve(rows int) {
	for _, years := range t.Columns {
		for y := range years {
			years[y] = slices.Grow(years[y], rows)
		}
	}
}

// addRow adds a row of missing cells to an open table.
func (t *Table) addRow() int {
	for _, years := range t.Columns {
		for y := range years {
			years[y] = append(years[y], Cell{})
		}
	}
	t.Keys = append(t.Keys, "")
	return len(t.Keys) - 1
}

// nameRows names the rows of an open table by their key columns. Rows that can't
// be told apart are reported, and their values don't count: what they belong to
// isn't known.
func (t *Table) nameRows(name string, b *rubric.Block, problems *diag.List) {
	stayed := t.totals(name, b, problems)
	names := t.names(b)
	if t.nameAll(names) {
		return
	}
	number := func(i int) string { // of a row, among all
		if stayed != nil {
			i = stayed[i]
		}
		return strconv.Itoa(i + 1)
	}
	first := map[string]int{}
	for i := range t.Keys {
		var parts int
		var place Origin
		t.Keys[i], parts, place = keyOf(names, i)
		at, dup := first[t.Keys[i]]
		switch {
		case parts < len(b.Key):
			problems.Add(place.Pos(), 0, diag.M("row %s of %s is not named in full, so it does not count", number(i), name), diag.M("fill in: %s", strings.Join(b.KeyNames(), " ")))
			t.void(i)
		case dup:
			problems.Add(place.Pos(), 0, diag.M("“%s” stands twice in %s, in the rows %s and %s; the second does not count", t.Keys[i], name, number(at), number(i)),
				diag.M("delete one of them, or tell them apart by their names"))
			t.void(i)
		default:
			first[t.Keys[i]] = i
		}
	}
}

// nameAll names the rows if nothing has to be said of their names, as is usual: all
// are complete and differ, which their hashes show faster than a map.
func (t *Table) nameAll(names [][]Cell) bool {
	sums := make([]uint64, len(t.Keys))
	for i := range t.Keys {
		given := 0
		if t.Keys[i], given, _ = keyOf(names, i); given < len(names) {
			return false
		}
		sums[i] = maphash.String(hashSeed, t.Keys[i])
	}
	slices.Sort(sums)
	return len(slices.Compact(sums)) == len(t.Keys)
}

var hashSeed = maphash.MakeSeed()

// names are the key columns of an open table.
func (t *Table) names(b *rubric.Block) [][]Cell {
	out := make([][]Cell, len(b.Key))
	for i, k := range b.Key {
		out[i] = t.Columns[k.Text][0]
	}
	return out
}

// keyOf is what names a row, how many of its key columns are filled in, and where
// they stand.
func keyOf(names [][]Cell, row int) (key string, given int, at Origin) {
	for _, cells := range names {
		c := &cells[row]
		if at.IsZero() {
			at = c.Origin
		}
		if c.State != Given {
			continue
		}
		if given++; given == 1 {
			key = c.Text
		} else {
			key += "·" + c.Text
		}
	}
	return key, given, at
}

// void makes the values of a row unusable: what reads them has data missing.
func (t *Table) void(row int) {
	for _, years := range t.Columns {
		for y := range years {
			years[y][row].State = Invalid
		}
	}
}

// withoutFolders leaves only the names of files in the places of a return: the same
// return gives the same report wherever it lies and whoever scores it.
func (ret *Return) withoutFolders() {
	last, base := "", "" // most cells are of one file
	strip := func(p *diag.Pos) {
		if p.File != last {
			last, base = p.File, path.Base(p.File)
		}
		if p.File != "" {
			p.File = base
		}
	}
	for i := range ret.Files {
		ret.Files[i].Name = path.Base(ret.Files[i].Name)
	}
	var lastIn, baseIn whole // the same of origins
	stripOrigin := func(p *Origin) {
		if p.in != lastIn {
			lastIn, baseIn = p.in, p.inFile(path.Base(p.Pos().File)).in
		}
		p.in = baseIn
	}
	stripCells := func(cells []Cell) {
		for i := range cells {
			if p := &cells[i].Origin; p.in == lastIn {
				p.in = baseIn
			} else {
				stripOrigin(p)
			}
		}
	}
	for _, cells := range ret.Fields {
		stripCells(cells)
	}
	for _, t := range ret.Tables {
		for _, years := range t.Columns {
			for _, rows := range years {
				stripCells(rows)
			}
		}
	}
	for _, answers := range ret.Answers {
		for ask, a := range answers {
			stripOrigin(&a.Origin)
			strip(&a.At)
			answers[ask] = a
		}
	}
	for line, at := range ret.CoverAt {
		strip(&at)
		ret.CoverAt[line] = at
	}
	for i := range ret.Problems {
		strip(&ret.Problems[i].Pos)
	}
	for i := range ret.Unfound {
		strip(&ret.Unfound[i].Pos)
	}
	for i := range ret.Reasons {
		strip(&ret.Reasons[i].Pos)
	}
	for i := range ret.Claims {
		stripOrigin(&ret.Claims[i].Origin)
	}
}

// Clone makes a copy that can be changed without touching the original.
func (ret *Return) Clone() *Return {
	out := *ret
	out.rooms = nil
	out.Fields = make(map[string][]Cell, len(ret.Fields))
	for name, cells := range ret.Fields {
		out.Fields[name] = slices.Clone(cells)
	}
	out.Tables = make(map[string]*Table, len(ret.Tables))
	for name, t := range ret.Tables {
		c := &Table{Keys: slices.Clone(t.Keys), Columns: make(map[string][][]Cell, len(t.Columns))}
		for column, years := range t.Columns {
			for _, rows := range years {
				c.Columns[column] = append(c.Columns[column], slices.Clone(rows))
			}
		}
		out.Tables[name] = c
	}
	out.Answers = make(map[string]map[string]Answer, len(ret.Answers))
	for item, answers := range ret.Answers {
		out.Answers[item] = maps.Clone(answers)
	}
	out.Problems, out.Reasons = slices.Clone(ret.Problems), slices.Clone(ret.Reasons)
	out.Claims, out.Checks, out.Files = slices.Clone(ret.Claims), slices.Clone(ret.Checks), slices.Clone(ret.Files)
	return &out
}
