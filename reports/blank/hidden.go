package blank

import (
	"fmt"

	"dudao/engine/returns"
	"dudao/engine/sheet"
	"dudao/reports/book"
	"dudao/reports/grid"
)

// hidden writes what the formulas of a form need beside it, out of sight: a sheet with
// single values and constants, and one for each table of which something is computed
// row by row.
//
// The i-th row there looks at the i-th row of the table on the form, by the names of
// its columns: rows may be inserted, deleted and sorted on the form, and nothing moves
// on the hidden sheet.
type hidden struct {
	*book.Book
	*computation
}

func (h hidden) sheets() {
	for _, table := range h.tables {
		if len(h.hidden[table]) > 0 {
			h.table(table)
		}
	}
	if len(h.needed)+len(h.listed) == 0 {
		return
	}
	s := &book.Sheet{Name: grid.SheetName(h.Book, returns.HelperSheets+"values"), Hidden: true}
	for _, cell := range h.needed {
		out := book.Cell{Value: value(cell.Values[0]), Digits: -1}
		if cell.Formula != nil {
			out.Formula = cell.Formula.Write().In("", nil)
		}
		for table, any := range h.AnyRow {
			if cell == any { // what stands below the rows that are looked at isn't known
				key := h.first[table]
				out.Formula = fmt.Sprintf(`IF(COUNTA(%s)+COUNTIFS(%s,"?*")>COUNTIFS(%s,"?*"),"%s",%s)`, below(table), h.onForm[key], key.Name, h.missing, out.Formula)
			}
		}
		s.Rows = append(s.Rows, book.Row{Height: 18, Cells: []book.Cell{{Value: cell.Name}, out}})
		h.name(cell.Name, s, 2, len(s.Rows), len(s.Rows))
	}
	for _, c := range h.listed {
		from := len(s.Rows) + 1
		for i := range c.Keys.Values {
			out := book.Cell{Value: value(c.Values.Values[i]), Digits: -1}
			if c.Leaves != nil {
				out.Formula = c.Leaves[i].Name
			}
			s.Rows = append(s.Rows, book.Row{Height: 18, Cells: []book.Cell{{Value: c.Keys.Values[i].Text}, out}})
		}
		h.name(c.Keys.Name, s, 1, from, len(s.Rows))
		h.name(c.Values.Name, s, 2, from, len(s.Rows))
	}
	h.Sheets = append(h.Sheets, s)
}

// table writes the columns of a table: its first holds the numbers of the rows.
func (h hidden) table(table string) {
	s := &book.Sheet{Name: grid.SheetName(h.Book, returns.HelperSheets+table), Hidden: true}
	columns := h.hidden[table]
	rows := len(columns[0].Values)
	for i := range rows + 1 {
		s.Rows = append(s.Rows, book.Row{Height: 18, Cells: make([]book.Cell, len(columns)+1)})
		if i > 0 {
			s.Rows[i].Cells[0] = book.Cell{Value: float64(i), Digits: -1}
		}
	}
	letters := map[*sheet.Cell]string{h.Numbers[table]: "A"}
	for k, cell := range columns {
		letters[cell] = column(k + 2)
	}
	for k, cell := range columns {
		s.Rows[0].Cells[k+1].Value = hiddenName(cell, h.computation)
		formula := "" // of the first row
		switch name := h.onForm[cell]; {
		case cell.Formula != nil:
			formula = cell.Formula.Write().In("2", func(c *sheet.Cell) string { return letters[c] })
		case name != "":
			formula = fmt.Sprintf(`IFERROR(IF(INDEX(%s,$A2)="","",INDEX(%[1]s,$A2)),"")`, name)
		}
		for i, v := range cell.Values {
			s.Rows[i+1].Cells[k+1] = book.Cell{Value: value(v), Digits: -1}
			if i == 0 {
				s.Rows[1].Cells[k+1].Formula = formula
			} else {
				s.Rows[i+1].Cells[k+1].Filled = formula != ""
			}
		}
		h.name(hiddenName(cell, h.computation), s, k+2, 2, rows+1)
	}
	if n := h.Numbers[table]; n != nil {
		h.name(n.Name, s, 1, 2, rows+1)
	}
	h.Sheets = append(h.Sheets, s)
}

// hiddenName is the name of a column on a hidden sheet. Those of an open table have
// names of their own; those of a fixed one stand under their names on the form.
func hiddenName(cell *sheet.Cell, c *computation) string {
	if c.onForm[cell] == cell.Name {
		return "_" + cell.Name
	}
	return cell.Name
}

// below is the name of the cells below the rows of an open table on the form.
func below(table string) string { return "_" + table + "._below" }

func (h hidden) name(name string, s *book.Sheet, col, from, to int) {
	h.Names = append(h.Names, book.Name{Name: name, Sheet: s.Name, From: book.Ref{Row: from, Col: col}, To: book.Ref{Row: to, Col: col}})
}
