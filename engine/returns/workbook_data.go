package returns

import (
	"math"
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"

	"golang.org/x/text/width"
)

func readBook(d *Document, r *rubric.Rubric, ret *Return) diag.List {
	b := newBookReader(d, ret)
	b.foreign = isForeign(d.Rubric, r)
	for _, sheet := range b.copies() {
		b.ret.Problems.Warn(diag.Pos{File: b.file, Sheet: sheet}, 0, diag.M("the sheet was copied from another one of the form; only that one is read"),
			diag.M("delete the copy, or fill in the first"))
	}
	if b.isForm && !b.foreign {
		b.locate(r)
	}
	b.cover()
	for i := range r.Data {
		name, block := r.Data[i].Key.Text, &r.Data[i].Value
		switch {
		case block.IsView():
		case block.IsOpen():
			b.openTable(name, block)
		case block.IsTable():
			b.table(name, block)
		default:
			for j := range block.Fields {
				b.field(block.Fields[j].Key.Text, &block.Fields[j].Value)
				if a, ok := b.names[form.NameOf("", block.Fields[j].Key.Text, 0)]; ok {
					b.remark(name, block.Fields[j].Key.Text, a.row)
				}
			}
		}
	}
	diags := b.tellAbsent(d.Rubric, r)
	b.answers(r.Asks())
	b.claims(r)
	if list, ok := b.names[form.ReasonAbout]; ok { // of a report, which puts the remarks together
		for row := list.row; row <= min(list.toRow, list.row+10_000); row++ {
			if at, ok := b.names[form.ReasonText]; ok {
				b.ret.remark(b.text(form.ReasonAbout, row), b.read(at.sheet, at.col, row))
			}
		}
	}
	b.sumUp()
	return diags
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
		b.ret.CoverAt[f.Key] = e.pos.Pos()
		switch {
		case f.Key == "year":
			b.ret.year(e)
		case e.format == dateOrTime:
			*into[f.Key], _ = dayOf(*e.number)
		default:
			*into[f.Key] = strings.TrimSpace(e.typed)
		}
	}
}

// year reads 2021, also written 2021年.
func (ret *Return) year(e entry) {
	if x, _, ok := digits(e.typed); ok && e.number == nil && isYear(x) { // as nearly all are typed
		ret.Year = int(x)
		return
	}
	folded := strings.TrimSuffix(strings.TrimSpace(width.Narrow.String(e.typed)), "年")
	if folded == "" {
		return
	}
	c, problems := Cell{}, diag.List{}
	number(&c, e, folded, &rubric.Field{}, "", &problems)
	if c.State != Given || !isYear(c.Number) {
		ret.Problems.Add(e.pos.Pos(), 0, diag.M("“%s” is no year", e.typed), diag.M("write four digits, such as 2021"))
		return
	}
	ret.Year = int(c.Number)
}

// isYear tells a calendar year from a slip of the finger.
func isYear(x float64) bool { return x == math.Trunc(x) && x >= 1949 && x <= 2200 }

func (b *bookReader) field(name string, f *rubric.Field) {
	if !f.Entered() {
		return
	}
	for back := range f.YearCount() {
		if a, ok := b.find(form.NameOf("", name, back)); ok {
			b.ret.Fields[name][back] = b.take(a, a.row, form.NameOf("", name, back), f, form.Path("", "", name, back))
		}
	}
}

func (b *bookReader) find(name string) (area, bool) {
	a, ok := b.names[name]
	if delete(b.ret.Absent, name); !ok {
		b.ret.Absent[name] = true
	}
	switch {
	case ok:
		b.present++
	case b.told[name]:
	case b.foreign:
		b.absent = append(b.absent, name)
	default:
		b.ret.Problems.Add(diag.Pos{File: b.file}, 0, diag.M("the form has no cell for “%s”", name),
			diag.M("its row or column was deleted, or the form was made for another rubric; take a fresh form"))
	}
	return a, ok
}

// table reads a fixed table: each row is found by its key, wherever it stands.
func (b *bookReader) table(name string, block *rubric.Block) {
	t := b.ret.Tables[name]
	keys, ok := b.find(form.NameOf(name, block.Key[0].Text, 0))
	if !ok {
		b.ret.Absent[name] = true
		return
	}
	rowOf := map[string]int{}
	last := keys.toRow
	if b.byHeading[form.NameOf(name, block.Key[0].Text, 0)] {
		last = b.lastRow(keys, t.Keys) // notes stand below the table
	}
	for row := keys.row; row <= min(keys.toRow, keys.row+10_000); row++ {
		e := b.read(keys.sheet, keys.col, row)
		typed := strings.TrimSpace(e.typed)
		key, known := rowKey(t.Keys, typed)
		switch {
		case typed == "" || !known && row > last:
		case !known:
			b.ret.Problems.Add(e.pos.Pos(), 0, diag.M("table %s has no row “%s”", name, typed))
		case rowOf[key] > 0:
			b.ret.Problems.Add(e.pos.Pos(), 0, diag.M("the row “%s” stands here twice", key), diag.M("the first one is read"))
		default:
			rowOf[key] = row
		}
	}
	for i, key := range t.Keys {
		if rowOf[key] == 0 {
			b.ret.Problems.Add(diag.Pos{File: b.file, Sheet: keys.sheet}, 0, diag.M("the row “%s” of %s is missing", key, name))
			continue
		}
		b.remark(name, form.RowPath(name, key), rowOf[key])
		for j := range block.Columns {
			if f := &block.Columns[j].Value; f.Entered() {
				b.cell(name, t, i, rowOf[key], block.Columns[j].Key.Text, key, f)
			}
		}
	}
}

// rowKey finds the row of a fixed table that a text names.
func rowKey(keys []string, text string) (string, bool) {
	if slices.Contains(keys, text) {
		return text, true
	}
	at := slices.IndexFunc(keys, func(key string) bool { return squeezed(key) == squeezed(text) })
	if at < 0 {
		return text, false
	}
	return keys[at], true
}

// lastRow is the last row of an area that names a row of the table.
func (b *bookReader) lastRow(a area, keys []string) int {
	last := a.row
	for row := a.row; row <= min(a.toRow, a.row+10_000); row++ {
		if _, known := rowKey(keys, strings.TrimSpace(b.read(a.sheet, a.col, row).typed)); known {
			last = row
		}
	}
	return last
}

// cell reads one row of a column, in all its years.
func (b *bookReader) cell(table string, t *Table, i, row int, column, label string, f *rubric.Field) {
	for back := range f.YearCount() {
		a, ok := b.names[form.NameOf(table, column, back)]
		if !ok {
			if i == 0 {
				b.find(form.NameOf(table, column, back))
			}
			continue
		}
		t.Columns[column][back][i] = b.take(a, row, form.NameOf(table, column, back), f, form.Path(table, label, column, back))
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
		item, words := b.text(form.JudgedItem, row), b.text(form.JudgedAsk, row)
		for _, a := range asks {
			if asked(a, item, words) && words != "" {
				b.answer(a, row)
			}
		}
	}
}

func (b *bookReader) answer(a rubric.Ask, row int) {
	answer := Answer{Note: b.text(form.JudgedNote, row)}
	if at, ok := b.names[form.JudgedEvidence]; ok {
		e := b.read(at.sheet, at.col, row)
		answer.Evidence, answer.At = evidence(e.typed), e.pos.Pos()
	}
	if at, ok := b.names[form.JudgedAnswer]; ok {
		answer.Cell = b.take(at, row, form.JudgedAnswer, askField(a), label(a))
		checkPoints(a, &answer.Cell, &b.ret.Problems)
	}
	b.ret.answer(a.Item, a.Text, answer)
}

// remark reads what stands in the column of remarks of a group or table.
func (b *bookReader) remark(block, about string, row int) {
	if a, ok := b.names[form.Remarks(block)]; ok {
		b.ret.remark(about, b.read(a.sheet, a.col, row))
	}
}

func (b *bookReader) text(name string, row int) string {
	a, ok := b.names[name]
	if !ok {
		return ""
	}
	return strings.TrimSpace(b.read(a.sheet, a.col, row).typed)
}
