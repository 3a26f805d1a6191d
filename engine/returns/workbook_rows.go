package returns

import (
	"strings"

	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/xlsx"
)

// blankRows is how many empty rows end an open table below its prepared rows.
const blankRows = 20

// sheetColumn is where the values of a column stand in a workbook, in one of its years.
type sheetColumn struct {
	area
	name      string // of the area
	column    string
	back      int
	field     *rubric.Field
	plain     plainValues
	in        *xlsx.Sheet // nil: there is none
	byHeading bool
}

// openTable reads the rows of an open table: those prepared on the form, and what
// was added below; in a report something else stands there. Empty rows are passed
// over.
func (b *bookReader) openTable(name string, block *rubric.Block) {
	first, ok := b.find(form.NameOf(name, block.Entries()[0], 0))
	if !ok {
		b.ret.Absent[name] = true
		return
	}
	t := NewTable(block)
	b.ret.Tables[name] = t
	columns, absent := b.columns(name, block)
	blank := 0
	for row := first.row; row <= first.toRow || b.isForm && blank < blankRows; row++ {
		if b.isBlank(columns, row) {
			if row > first.toRow {
				blank++
			}
			continue
		}
		blank = 0
		if s, _ := b.book.Sheet(first.sheet); s != nil && len(t.Keys) == 0 {
			t.reserve(min(first.toRow-first.row+1, len(s.Rows)))
		}
		at := t.addRow()
		if at == 0 {
			for _, name := range absent {
				b.find(name) // which says so
			}
		}
		label := ""
		for i := range columns {
			c := &columns[i]
			into := &t.Columns[c.column][c.back][at]
			if b.takePlain(c, row, into) {
				continue
			}
			if label == "" {
				label = strings.TrimSpace(b.read(first.sheet, first.col, row).typed)
			}
			*into = b.take(c.area, row, c.name, c.field, form.Path(name, label, c.column, c.back))
		}
		if _, ok := b.names[form.Remarks(name)]; ok {
			key, _, _ := keyOf(t.names(block), at)
			b.remark(name, form.RowPath(name, key), row)
		}
	}
	t.nameRows(name, block, &b.ret.Problems)
}

// columns are those of a table that the workbook has, and the names of the others.
func (b *bookReader) columns(table string, block *rubric.Block) (columns []sheetColumn, absent []string) {
	for _, column := range block.Entries() {
		f := block.KeyField(column)
		for back := range f.YearCount() {
			name := form.NameOf(table, column, back)
			if a, ok := b.names[name]; ok {
				in, _ := b.book.Sheet(a.sheet)
				columns = append(columns, sheetColumn{a, name, column, back, f, plainOf(f), in, b.byHeading[name]})
			} else {
				absent = append(absent, name)
			}
		}
	}
	return columns, absent
}

func (b *bookReader) isBlank(columns []sheetColumn, row int) bool {
	for i := range columns {
		c := &columns[i]
		if !c.in.Has(c.col, row) {
			continue
		}
		if e := b.read(c.sheet, c.col, row); strings.TrimSpace(e.typed) != "" {
			return false
		}
	}
	return true
}

// takePlain takes what stands in a row of a column if that is plain and nothing is
// peculiar about the cell: of thousands, most are so. It makes what take makes.
func (b *bookReader) takePlain(c *sheetColumn, row int, into *Cell) bool {
	x, ok := c.in.At(c.col, row)
	if !ok || x.Formula != "" || c.unit != "" || c.byHeading {
		return false
	}
	if _, merged := c.in.Merged(c.col, row); merged {
		return false
	}
	switch isNumber := c.plain.kind == plainNumber || c.plain.kind == plainWhole; x.Kind {
	case xlsx.Number:
		if !isNumber || x.Format != xlsx.Plain {
			return false
		}
	case xlsx.Text:
		if isNumber {
			return false
		}
	default:
		return false
	}
	taken := Cell{Origin: Origin{b.in(c.sheet), int32(row), int32(c.col)}}
	if !c.plain.take(&taken, x.Text) || taken.Number != x.Number {
		return false
	}
	*into = taken
	b.hiddenRow(c.sheet, row)
	return true
}
