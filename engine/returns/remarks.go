package returns

import (
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// remarks collect by sheet what is peculiar about cells that are read all the same.
type remarks struct {
	texts  map[string][]string // cells with numbers stored as text
	hidden map[string][]string // hidden rows
	lines  map[string]map[int]bool

	sheet string // of the row that was read last
	row   int
}

// take reads the value of a cell and says what is peculiar about it.
func (b *bookReader) take(a area, row int, name string, f *rubric.Field, label string) Cell {
	e := b.read(a.sheet, a.col, row)
	e.unit = a.unit
	problems := &b.ret.Problems
	if s, _ := b.book.Sheet(a.sheet); !e.fault.IsZero() {
		if area, ok := s.Merged(a.col, row); ok {
			first := a.sheet + "!" + cellName(area.Row, area.Col)
			if b.told[first] {
				problems = &diag.List{} // once for all cells that are merged
			}
			b.told[first] = true
		}
	}
	c := understand(e, f, label, problems)
	if c.State == Missing {
		return c
	}
	formula := b.formula(a.sheet, a.col, row)
	switch {
	case formula != "" && e.fault.IsZero():
		c.Notes = append(c.Notes, diag.M("the result of the formula =%s in the cell", formula))
	case e.number == nil && e.truth == nil && c.State == Given && len(c.Notes) == 0 && isNumeric(f):
		b.seen.texts[a.sheet] = append(b.seen.texts[a.sheet], e.pos.Pos().Cell)
		c.Notes = append(c.Notes, diag.M("a number stored as text"))
	}
	if b.byHeading[name] {
		c.Notes = append(c.Notes, diag.M("found by its headings, for the cell has lost its name"))
	}
	b.hiddenRow(a.sheet, row)
	return c
}

func isNumeric(f *rubric.Field) bool {
	return f.Type.Text != "text" && f.Type.Text != "yesno" && f.Type.Text != "date"
}

// hiddenRow remembers a row that is read and that nobody sees.
func (b *bookReader) hiddenRow(sheet string, row int) {
	if sheet == b.seen.sheet && row == b.seen.row {
		return
	}
	b.seen.sheet, b.seen.row = sheet, row
	if b.seen.lines[sheet] == nil {
		b.seen.lines[sheet] = map[int]bool{}
	}
	if b.seen.lines[sheet][row] {
		return
	}
	b.seen.lines[sheet][row] = true
	if b.isHidden(sheet, row) {
		b.seen.hidden[sheet] = append(b.seen.hidden[sheet], strconv.Itoa(row))
	}
}

// sumUp warns of what is peculiar once for each sheet.
func (b *bookReader) sumUp() {
	for _, sheet := range b.sheets() {
		if cells := b.seen.texts[sheet]; len(cells) > 0 {
			b.ret.Problems.Warn(diag.Pos{File: b.file, Sheet: sheet, Cell: cells[0]}, 0, diag.M("%s numbers on the sheet are stored as text: %s", strconv.Itoa(len(cells)), some(cells)),
				diag.M("they are read as numbers; formulas of the sheet itself pass them over"))
		}
		if rows := b.seen.hidden[sheet]; len(rows) > 0 {
			b.ret.Problems.Warn(diag.Pos{File: b.file, Sheet: sheet}, 0, diag.M("hidden rows of the sheet are read: %s", some(rows)),
				diag.M("show them and see whether they belong to the return"))
		}
	}
}

// some are the first of a list, for a message.
func some(list []string) string {
	text := strings.Join(list[:min(len(list), 10)], " ")
	if len(list) > 10 {
		text += " …"
	}
	return text
}
