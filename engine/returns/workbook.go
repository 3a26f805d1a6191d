package returns

import (
	"math"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"

	"github.com/xuri/excelize/v2"
)

// MetaSheet is the hidden sheet in which our workbooks carry what they are: keys
// in column A, values in column B.
const MetaSheet = "_dudao"

// Keys of the hidden sheet.
const (
	MetaKind    = "kind" // form or report
	MetaRubric  = "rubric"
	MetaVersion = "version"
	MetaHash    = "hash"
)

func bookRef(book *excelize.File) (rubric.Ref, bool) {
	rows, err := book.GetRows(MetaSheet)
	if err != nil {
		return rubric.Ref{}, false
	}
	var ref rubric.Ref
	for _, row := range rows {
		if len(row) < 2 {
			continue
		}
		switch row[0] {
		case MetaRubric:
			ref.ID = row[1]
		case MetaVersion:
			ref.Version = row[1]
		case MetaHash:
			ref.Hash = row[1]
		}
	}
	return ref, ref.ID != ""
}

// bookReader finds values by the defined names that the form gave its cells, so
// rows, columns and sheets may have moved.
type bookReader struct {
	file  string
	book  *excelize.File
	names map[string]area
	ret   *Return
	diags diag.List
}

// area is where a defined name points to.
type area struct {
	sheet                  string
	col, row, toCol, toRow int
}

func readBook(d *Document, r *rubric.Rubric, ret *Return) diag.List {
	b := bookReader{file: d.file.Name, book: d.book, names: areas(d.book), ret: ret}
	b.cover()
	for i := range r.Data {
		name, block := r.Data[i].Key.Text, &r.Data[i].Value
		if block.IsTable() {
			b.table(name, block)
			continue
		}
		for j := range block.Fields {
			b.field(block.Fields[j].Key.Text, &block.Fields[j].Value)
		}
	}
	b.answers(r.Asks())
	return b.diags
}

func areas(book *excelize.File) map[string]area {
	out := map[string]area{}
	for _, n := range book.GetDefinedName() {
		if a, ok := parseArea(n.RefersTo); ok {
			out[n.Name] = a
		}
	}
	return out
}

// parseArea reads 'Sheet'!$A$1:$A$5.
func parseArea(ref string) (area, bool) {
	bang := strings.LastIndex(ref, "!")
	if bang < 0 {
		return area{}, false
	}
	a := area{sheet: strings.ReplaceAll(strings.Trim(strings.TrimPrefix(ref[:bang], "="), "'"), "''", "'")}
	from, to, isRange := strings.Cut(strings.ReplaceAll(ref[bang+1:], "$", ""), ":")
	if !isRange {
		to = from
	}
	var err1, err2 error
	a.col, a.row, err1 = excelize.CellNameToCoordinates(from)
	a.toCol, a.toRow, err2 = excelize.CellNameToCoordinates(to)
	return a, err1 == nil && err2 == nil
}

// read returns what stands in a cell.
func (b *bookReader) read(sheet string, col, row int) entry {
	cell, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return entry{}
	}
	e := entry{pos: diag.Pos{File: b.file, Sheet: sheet, Cell: cell}}
	value, err := b.book.GetCellValue(sheet, cell)
	if err != nil {
		return e
	}
	e.typed = value
	kind, _ := b.book.GetCellType(sheet, cell)
	switch kind {
	case excelize.CellTypeBool:
		t := value == "1" || strings.EqualFold(value, "true")
		e.truth, e.typed = &t, map[bool]string{true: "TRUE", false: "FALSE"}[t]
	case excelize.CellTypeError:
		e.fault = diag.M("the cell holds the error %s", value)
	case excelize.CellTypeUnset, excelize.CellTypeNumber, excelize.CellTypeFormula:
		x, err := strconv.ParseFloat(value, 64)
		if err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) && kind != excelize.CellTypeFormula {
			e.number = &x
		}
	}
	if value == "" {
		if f, _ := b.book.GetCellFormula(sheet, cell); f != "" {
			e.fault = diag.M("the cell has a formula that was never computed")
		}
	}
	return e
}

func (b *bookReader) cover() {
	c := &b.ret.Cover
	into := map[string]*string{"name": &c.Name, "code": &c.Code, "period": &c.Period, "filler": &c.Filler,
		"reviewer": &c.Reviewer, "phone": &c.Phone, "date": &c.Date}
	for _, f := range form.CoverFields {
		a, ok := b.names[f.Name]
		if !ok {
			continue
		}
		e := b.read(a.sheet, a.col, a.row)
		if f.Key == "year" {
			b.year(e)
		} else {
			*into[f.Key] = strings.TrimSpace(e.typed)
		}
	}
}

// year reads 2021, also written 2021年.
func (b *bookReader) year(e entry) {
	if strings.TrimSpace(e.typed) == "" {
		return
	}
	c := Cell{}
	var problems diag.List
	number(&c, e, strings.TrimSuffix(strings.TrimSpace(e.typed), "年"), "year", &problems)
	if c.State != Given || c.Number != math.Trunc(c.Number) || c.Number < 1949 || c.Number > 2200 {
		b.ret.Problems.Add(e.pos, 0, diag.M("“%s” is no year", e.typed), diag.M("write four digits, such as 2021"))
		return
	}
	b.ret.Year = int(c.Number)
}

func (b *bookReader) field(name string, f *rubric.Field) {
	if !f.Entered() {
		return
	}
	for back := range f.YearCount() {
		a, ok := b.find(form.NameOf("", name, back))
		if !ok {
			continue
		}
		b.ret.Fields[name][back] = understand(b.read(a.sheet, a.col, a.row), f, form.Path("", "", name, back), &b.ret.Problems)
	}
}

func (b *bookReader) find(name string) (area, bool) {
	a, ok := b.names[name]
	if !ok {
		b.ret.Problems.Add(diag.Pos{File: b.file}, 0, diag.M("the form has no cell for “%s”", name),
			diag.M("its row or column was deleted, or the form was made for another rubric; take a fresh form"))
	}
	return a, ok
}

// table reads a fixed table: each row is found by its key, wherever it stands.
func (b *bookReader) table(name string, block *rubric.Block) {
	t := b.ret.Tables[name]
	keys, ok := b.find(form.NameOf(name, block.Key.Text, 0))
	if !ok {
		return
	}
	rowOf := map[string]int{}
	for row := keys.row; row <= min(keys.toRow, keys.row+10_000); row++ {
		rowOf[strings.TrimSpace(b.read(keys.sheet, keys.col, row).typed)] = row
	}
	for i, key := range t.Keys {
		if rowOf[key] == 0 {
			b.ret.Problems.Add(diag.Pos{File: b.file, Sheet: keys.sheet}, 0, diag.M("the row “%s” of %s is missing", key, name))
			continue
		}
		for j := range block.Columns {
			b.cell(name, t, i, rowOf[key], block.Columns[j].Key.Text, &block.Columns[j].Value)
		}
	}
}

func (b *bookReader) cell(table string, t *Table, i, row int, column string, f *rubric.Field) {
	if !f.Entered() {
		return
	}
	for back := range f.YearCount() {
		a, ok := b.names[form.NameOf(table, column, back)]
		if !ok {
			if i == 0 {
				b.find(form.NameOf(table, column, back))
			}
			continue
		}
		t.Columns[column][back][i] = understand(b.read(a.sheet, a.col, row), f, form.Path(table, t.Keys[i], column, back), &b.ret.Problems)
	}
}

// answers reads the sheet of judgements row by row.
func (b *bookReader) answers(asks []rubric.Ask) {
	if len(asks) == 0 {
		return
	}
	items, ok := b.find(form.JudgedItem)
	if !ok {
		return
	}
	for row := items.row; row <= min(items.toRow, items.row+10_000); row++ {
		item, ask := b.text(form.JudgedItem, row), b.text(form.JudgedAsk, row)
		for _, a := range asks {
			if a.Item.ID.Text != item || a.Text != ask {
				continue
			}
			answer := Answer{Note: b.text(form.JudgedNote, row)}
			if e := b.text(form.JudgedEvidence, row); e != "" {
				answer.Evidence = strings.FieldsFunc(e, func(r rune) bool { return strings.ContainsRune("\n；;、", r) })
			}
			if at, ok := b.names[form.JudgedAnswer]; ok {
				answer.Cell = understand(b.read(at.sheet, at.col, row), askField(a), a.Text, &b.ret.Problems)
			}
			b.ret.answer(item, ask, answer)
		}
	}
}

func (b *bookReader) text(name string, row int) string {
	a, ok := b.names[name]
	if !ok {
		return ""
	}
	return strings.TrimSpace(b.read(a.sheet, a.col, row).typed)
}
