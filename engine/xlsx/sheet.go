package xlsx

import (
	"slices"
	"sort"
	"strconv"

	"dudao/engine/diag"
)

// Kind is what a cell holds.
type Kind uint8

const (
	Text Kind = iota
	Number
	Truth
	Error
	Uncomputed // a formula whose value nobody has computed yet
)

// Cell is a cell that holds something.
type Cell struct {
	Row, Col int32
	Kind     Kind
	Format   Format // of a number
	Text     string // a number as Excel shows it, TRUE or FALSE
	Formula  string // without its =
	Number   float64
}

// Row is a row that holds something.
type Row struct {
	Number int
	Cells  []Cell // from left to right
}

// Sheet is what was read of one sheet.
type Sheet struct {
	Rows   []Row            // from top to bottom
	Hidden map[int]bool     // rows that hold something and aren't shown
	merged map[int32][]Area // by row
	tall   []Area           // merged over many rows
}

// Sheet reads a sheet, once. One that doesn't exist is empty. What can't be read
// ends the reading of the whole workbook.
func (b *Book) Sheet(name string) (*Sheet, error) {
	s, known := b.sheets[name]
	path, exists := b.paths[name]
	if b.err != nil || known || !exists {
		return s, b.err
	}
	r := sheetReader{b: b, sheet: &Sheet{Hidden: map[int]bool{}, merged: map[int32][]Area{}}, masters: map[string]master{}}
	if b.strings == nil {
		b.err = b.readStrings()
	}
	if b.formats == nil && b.err == nil {
		b.err = b.readFormats()
	}
	if b.err == nil {
		b.err = b.part(path, r.read)
	}
	if b.err != nil {
		return nil, b.err
	}
	b.sheets[name] = r.sheet
	return r.sheet, nil
}

// Has reports whether there is anything in a cell.
func (s *Sheet) Has(col, row int) bool {
	_, ok := s.At(col, row)
	return ok
}

// At returns a cell.
func (s *Sheet) At(col, row int) (Cell, bool) {
	if s == nil {
		return Cell{}, false
	}
	i, ok := sort.Find(len(s.Rows), func(i int) int { return row - s.Rows[i].Number })
	if !ok {
		return Cell{}, false
	}
	cells := s.Rows[i].Cells
	j, ok := sort.Find(len(cells), func(j int) int { return col - int(cells[j].Col) })
	if !ok {
		return Cell{}, false
	}
	return cells[j], true
}

// Merged returns the merged area that a cell belongs to.
func (s *Sheet) Merged(col, row int) (Area, bool) {
	if s == nil {
		return Area{}, false
	}
	for _, list := range [2][]Area{s.merged[int32(row)], s.tall} {
		for _, a := range list {
			if a.Col <= col && col <= a.ToCol && a.Row <= row && row <= a.ToRow {
				return a, true
			}
		}
	}
	return Area{}, false
}

// sheetReader reads one sheet.
type sheetReader struct {
	b       *Book
	sheet   *Sheet
	row     []Cell // the row that is being read
	buf     []byte
	masters map[string]master // formulas that others share
	spans   int               // cells that merged areas cover
}

// master is the cell where a shared formula is written out.
type master struct {
	formula  string
	col, row int
}

func (r *sheetReader) read(s *scanner) error {
	for depth := s.depth; s.child(depth); {
		var err error
		switch string(s.name) {
		case "sheetData":
			err = r.rows(s)
		case "mergeCells":
			err = r.merges(s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *sheetReader) rows(s *scanner) error {
	last, sorted := 0, true
	for depth := s.depth; s.child(depth); {
		if string(s.name) != "row" {
			continue
		}
		number, hidden := last+1, false
		for s.attr() {
			switch string(s.key) {
			case "hidden":
				hidden = isTrue(s.value)
			case "r":
				n, err := strconv.Atoi(string(s.value))
				if err != nil || n < 1 || n > maxRows {
					return broken(s)
				}
				number = n
			}
		}
		sorted = sorted && number > last
		last = number
		if err := r.cells(s, number); err != nil {
			return err
		}
		if len(r.row) == 0 {
			continue
		}
		if r.b.limits.Rows--; r.b.limits.Rows < 0 {
			return &Refusal{diag.M("the workbook holds too many rows to be a return"), reduce}
		}
		r.sheet.Rows = append(r.sheet.Rows, Row{number, slices.Clone(r.row)})
		if hidden {
			r.sheet.Hidden[number] = true
		}
	}
	if !sorted {
		return r.sort(s)
	}
	return nil
}

// sort puts rows in order that some program didn't.
func (r *sheetReader) sort(s *scanner) error {
	rows := r.sheet.Rows
	slices.SortStableFunc(rows, func(a, b Row) int { return a.Number - b.Number })
	for i := 1; i < len(rows); i++ {
		if rows[i].Number == rows[i-1].Number {
			return broken(s) // which of them counts?
		}
	}
	return nil
}

func broken(s *scanner) error {
	return &Refusal{diag.M("the workbook is damaged: rows or cells of its part %s are out of order", s.part), repair}
}

func (r *sheetReader) cells(s *scanner, row int) error {
	r.row = r.row[:0]
	col, sorted := 0, true
	for depth := s.depth; s.child(depth); {
		if string(s.name) != "c" {
			continue
		}
		at, style, kind := col+1, 0, byte('n')
		for s.attr() {
			switch string(s.key) {
			case "r":
				c, n, ok := place(s.value)
				if !ok || n != row {
					return broken(s)
				}
				at = c
			case "s":
				style, _ = strconv.Atoi(string(s.value))
			case "t":
				kind = kindOf(s.value)
			}
		}
		if at > maxColumns {
			return broken(s)
		}
		sorted = sorted && at > col
		col = at
		if s.closing {
			continue // only formatted
		}
		c, holds, err := r.cell(s, kind, style, at, row)
		if err != nil {
			return err
		}
		if holds {
			r.row = append(r.row, c)
		}
	}
	if !sorted {
		slices.SortStableFunc(r.row, func(a, b Cell) int { return int(a.Col - b.Col) })
		for i := 1; i < len(r.row); i++ {
			if r.row[i].Col == r.row[i-1].Col {
				return broken(s)
			}
		}
	}
	return nil
}

// spanned bounds the cells that merged areas cover.
const spanned = 500_000

// merges reads which cells are merged.
func (r *sheetReader) merges(s *scanner) error {
	for depth := s.depth; s.child(depth); {
		for s.attr() {
			if string(s.key) != "ref" {
				continue
			}
			a, ok := ParseArea(string(s.value))
			switch rows := a.ToRow - a.Row + 1; {
			case !ok:
			case rows > 1000:
				r.sheet.tall = append(r.sheet.tall, a)
			default:
				for row := a.Row; row <= a.ToRow; row++ {
					r.sheet.merged[int32(row)] = append(r.sheet.merged[int32(row)], a)
				}
				r.spans += rows * min(a.ToCol-a.Col+1, 100)
			}
			if r.spans > spanned || len(r.sheet.tall) > 100 {
				return &Refusal{diag.M("too many cells of the workbook are merged"), reduce}
			}
		}
	}
	return nil
}
