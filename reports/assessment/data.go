package assessment

import (
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
	"dudao/reports/book"
	"dudao/reports/grid"
)

// data shows all that was submitted in the form's own layout. The cells have the
// form's names, so the report can be read again as a return.
func (w *writer) data() {
	rows := map[string]int{}
	values := map[engine.ValueKey][]*engine.Value{}
	for i := range w.card.Values {
		v := &w.card.Values[i]
		rows[v.Table] = max(rows[v.Table], v.Index+1)
		key := engine.ValueKey{Table: v.Table, Field: v.Field, Back: v.Back}
		values[key] = append(values[key], v)
	}
	asked := asLong(w.rubric, rows)
	asked.Claims = asked.Claims || w.isClaimed()
	sheets := form.Layout(asked).Sheets
	widths := []float64{32, 14, 17.5, 17.5, 17.5, 17.5, 17.5, 17.5}
	s := w.sheet(diag.M("Data"), widths...)
	s.Landscape = true
	s.line(w.Sprint(diag.M("Data as submitted")), book.Title)
	s.line(w.unit(), book.Subtitle)
	d := dataSheet{writer: w, page: s, values: values, rows: rows, last: map[*sheet.Cell]book.Ref{}}
	for _, f := range sheets {
		if f.Kind != form.Table {
			d.block(f)
		}
	}
	d.origins()
	d.given()
	d.checks()
	for _, f := range sheets {
		if f.Kind == form.Table {
			d.table(f)
		}
	}
}

type dataSheet struct {
	*writer
	page
	values map[engine.ValueKey][]*engine.Value // of a table one in each row
	// column is the one that was looked at last, inColumn its values.
	column   engine.ValueKey
	inColumn []*engine.Value
	top      int // rows above the block
	// letters are the columns in which a table's cells stand.
	letters map[*sheet.Cell]string
	rows    map[string]int // of each table
	// last is where the formula of a computed column was written last.
	last map[*sheet.Cell]book.Ref
}

// asLong is the rubric with open tables as long as the data.
func asLong(r *rubric.Rubric, rows map[string]int) *rubric.Rubric {
	out := *r
	out.Data = slices.Clone(r.Data)
	for i := range out.Data {
		if b := &out.Data[i].Value; b.IsOpen() {
			b.Room.Value = float64(max(rows[out.Data[i].Key.Text], 1))
		}
	}
	return &out
}

// value is what the scorecard says of a cell; nothing where it doesn't know it.
func (d *dataSheet) value(t form.Target) *engine.Value {
	// The cells of a column follow each other.
	if key := (engine.ValueKey{Table: t.Table, Field: t.Field, Back: t.Back}); key != d.column || d.inColumn == nil {
		d.column, d.inColumn = key, d.values[key]
	}
	if t.Row < len(d.inColumn) {
		return d.inColumn[t.Row]
	}
	return &engine.Value{}
}

// block draws one sheet of the form.
func (d *dataSheet) block(f form.Sheet) {
	title := d.Sprint(f.Name)
	if f.Kind == form.Cover {
		title = d.Sprint(diag.M("About this return"))
	}
	d.gap()
	d.line(title, book.StrongText)
	if f.Note != "" {
		d.line(f.Note, book.Note)
	}
	d.top = len(d.Rows)
	grid.Draw(d.book, d.Sheet, d.arranged(d.remarked(f)), d.Printer, d.show)
}

// remarked writes into the remarks what the values can't say, and what the unit
// said. They aren't read again from here but from the list of reasons.
func (d *dataSheet) remarked(f form.Sheet) form.Sheet {
	said := map[int][]string{}
	for i := range f.Cells {
		c := &f.Cells[i]
		if c.Field == nil || c.Target.Field == "" {
			continue
		}
		if r := d.remark(c); r != "" && !slices.Contains(said[c.Row], r) {
			said[c.Row] = append(said[c.Row], r)
		}
	}
	for i := range f.Cells {
		if c := &f.Cells[i]; c.Role == form.Remark {
			c.Role = form.Label
			if all := append(said[c.Row], d.reasons(c.Target)...); len(all) > 0 {
				c.Text = diag.P(diag.Verbatim(strings.Join(all, "；")))
			}
		}
	}
	f.Names = slices.DeleteFunc(f.Names, func(n form.Name) bool { return strings.HasSuffix(n.Name, form.Remarks("")) })
	return f
}

// remark says of a value that it is missing, or where it is from. Of a table it
// doesn't say which column: that can be seen.
func (d *dataSheet) remark(c *form.Cell) string {
	v := d.value(c.Target)
	var m diag.Message
	switch {
	case v.State == "invalid":
		m = diag.M("not understood, treated as missing")
	case v.State == "missing" && c.Field.Optional:
		m = diag.M("left out, which is allowed")
	case v.State == "missing":
		m = engine.Missing.Words()
	case v.State == "known" && v.Typed == "" && !v.Derived:
		m = diag.M("left out, taken as %s", d.understood(v))
	case v.State == "known" && v.Derived && c.Role == form.Entry:
		m = diag.M("computed: %s", d.understood(v))
	default:
		return ""
	}
	if c.Target.Table == "" && c.Field.YearCount() > 1 {
		return d.Sprint(diag.M("%s: %s", d.Sprint(form.YearHeading(c.Target.Back)), d.Sprint(m)))
	}
	return d.Sprint(m)
}

// arranged moves a form's columns onto those of this sheet, which all blocks
// share: a wide one lies over several.
func (d *dataSheet) arranged(f form.Sheet) form.Sheet {
	start := []int{1}
	for _, span := range fit(f.Widths, d.Widths) {
		start = append(start, start[len(start)-1]+span)
	}
	for i := range f.Cells {
		c := &f.Cells[i]
		end := start[c.Col-1+max(c.Cols, 1)] - 1
		switch {
		case c.Role == form.Note && c.Cols > 1:
			end = len(d.Widths) // what stands below a table goes over the whole width
		case c.Role == form.Note:
			c.Role = form.Label // of several columns it would else be small print
		}
		c.Col = start[c.Col-1]
		c.Cols = end - c.Col + 1
	}
	for i := range f.Names {
		f.Names[i].Col = start[f.Names[i].Col-1]
	}
	return f
}
