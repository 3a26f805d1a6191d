package assessment

import (
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/reports/book"
)

// reasons are what the unit said to a value of a group or to a row of a table.
func (d *dataSheet) reasons(t form.Target) []string {
	if len(d.card.Reasons) == 0 {
		return nil
	}
	about := t.Field
	if t.Table != "" {
		for _, v := range d.card.Values {
			if v.Table == t.Table && v.Index == t.Row {
				about = form.RowPath(t.Table, v.Row)
				break
			}
		}
	}
	var out []string
	for _, r := range d.card.Reasons {
		if about != "" && r.About == about {
			out = append(out, r.Text)
		}
	}
	return out
}

// given lists all that the unit said to its figures, under names by which it is
// read again with the report.
func (d *dataSheet) given() {
	if len(d.card.Reasons) == 0 {
		return
	}
	d.gap()
	d.line(d.Sprint(diag.M("What the unit says to its figures")), book.StrongText)
	spans := fit([]float64{36, 80, 34}, d.Widths)
	d.spread(spans, d.headings(diag.M("Concerning"), diag.M("Reason or remark"), diag.M("Where it stands"))...)
	first := len(d.Rows) + 1
	for _, r := range d.card.Reasons {
		d.spread(spans, left(r.About), left(r.Text), left(r.Pos.String()))
	}
	for i, name := range []string{form.ReasonAbout, form.ReasonText} {
		col := 1 + i*spans[0]
		d.book.Names = append(d.book.Names, book.Name{Name: name, Sheet: d.Name,
			From: book.Ref{Row: first, Col: col}, To: book.Ref{Row: len(d.Rows), Col: col}})
	}
}
