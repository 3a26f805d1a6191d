package assessment

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/form"
	"dudao/engine/returns"
	"dudao/engine/sheet"
	"dudao/engine/text"
	"dudao/reports/book"
)

// edited is a report in which somebody has typed other figures, and what dudao makes
// of a return with those figures.
type edited struct {
	name          string
	was, is       written
	restructured  bool // another return would be computed by other formulas
	cells, differ int
}

// written is a scored return with its report.
type written struct {
	scored
	live *engine.Live
	book *book.Book
}

func write(s scored) written {
	w := writer{Printer: text.New("zh")}
	return written{s, s.program.Live(s.ret, s.card, w.wordsOf()), s.book("zh")}
}

// edit types the figures of another return into the input cells of a report. All that
// is computed stays as it was.
func edit(name string, was, is written) (*edited, []byte, error) {
	e := &edited{name: name, was: was, is: is, restructured: steps(was.live) != steps(is.live)}
	from, to := namesOf(is.book), namesOf(was.book)
	b := plain(was.book)
	for _, c := range inputCells(was) {
		src, dst := from[c.Name], to[c.Name]
		if src == nil || dst == nil {
			return nil, nil, fmt.Errorf("%s: no cell is called %s", name, c.Name)
		}
		if src.To.Row-src.From.Row != dst.To.Row-dst.From.Row {
			return nil, nil, fmt.Errorf("%s: %s has another number of rows", name, c.Name)
		}
		for row := range max(dst.To.Row-dst.From.Row, 0) + 1 {
			old := cellAt(b, dst, row)
			if old.Formula != "" || old.Filled {
				return nil, nil, fmt.Errorf("%s: %s is computed", name, c.Name)
			}
			old.Value = cellAt(is.book, src, row).Value
		}
	}
	var out strings.Builder
	err := b.Write(&out)
	return e, []byte(out.String()), err
}

// steps are the names and formulas of all that is computed on the way.
func steps(l *engine.Live) string {
	var b strings.Builder
	write := func(c *sheet.Cell) {
		b.WriteString(c.Name)
		if c.Formula != nil {
			b.WriteString("=" + c.Formula.Write().In("1", func(c *sheet.Cell) string { return c.Name }))
		}
		b.WriteByte('\n')
	}
	for _, c := range l.Steps {
		write(c)
	}
	for _, table := range slices.Sorted(maps.Keys(l.Columns)) {
		for _, c := range l.Columns[table] {
			write(c)
		}
	}
	return b.String()
}

// inputCells are the cells that people fill in.
func inputCells(w written) []*sheet.Cell {
	var out []*sheet.Cell
	add := func(c *sheet.Cell) {
		if c != nil && c.Formula == nil && c.Plain.IsZero() {
			out = append(out, c)
		}
	}
	for _, b := range w.program.Rubric.Data {
		for _, f := range append(slices.Clone(b.Value.Fields), b.Value.Columns...) {
			for back := range f.Value.YearCount() {
				table := ""
				if b.Value.IsTable() {
					table = b.Key.Text
				}
				add(w.live.Value(table, f.Key.Text, back))
			}
		}
		for _, k := range b.Value.Key {
			if b.Value.IsOpen() && b.Value.Column(k.Text) == nil {
				add(w.live.Value(b.Key.Text, k.Text, 0))
			}
		}
	}
	for _, a := range w.program.Rubric.Asks() {
		add(w.live.Answer(a.Item, a.Text))
		add(w.live.Evidence(a.Item, a.Text))
	}
	return append(out, &sheet.Cell{Name: form.YearName})
}

func namesOf(b *book.Book) map[string]*book.Name {
	out := map[string]*book.Name{}
	for i, n := range b.Names {
		if n.To == (book.Ref{}) {
			b.Names[i].To = n.From
		}
		out[n.Name] = &b.Names[i]
	}
	return out
}

// plain is a workbook with the same cells, which can be changed, and no looks: those
// take LibreOffice most of its time.
func plain(b *book.Book) *book.Book {
	out := book.Book{Names: b.Names}
	for _, s := range b.Sheets {
		c := &book.Sheet{Name: s.Name, Hidden: s.Hidden}
		for _, r := range s.Rows {
			row := book.Row{Height: 15}
			for _, cell := range r.Cells {
				row.Cells = append(row.Cells, book.Cell{Value: cell.Value, Formula: cell.Formula, Filled: cell.Filled})
			}
			c.Rows = append(c.Rows, row)
		}
		out.Sheets = append(out.Sheets, c)
	}
	return &out
}

func cellAt(b *book.Book, n *book.Name, row int) *book.Cell {
	for _, s := range b.Sheets {
		if s.Name == n.Sheet {
			return &s.Rows[n.From.Row-1+row].Cells[n.From.Col-1]
		}
	}
	panic("no sheet " + n.Sheet)
}

// readAgain is what dudao makes of the edited workbook itself.
func (e *edited) readAgain(t *testing.T, data []byte) {
	t.Helper()
	doc, diags := returns.Open("edited.xlsx", data, returns.DefaultLimits)
	if diags.HasErrors() {
		t.Errorf("%s: %v", e.name, diags)
		return
	}
	ret, diags := doc.Read(e.is.program.Rubric)
	if diags.HasErrors() {
		t.Errorf("%s: %v", e.name, diags)
		return
	}
	ret.Others = e.is.ret.Others // whoever reads a report scores it alone: the batch has to be scored again
	card := e.is.program.Score(ret)
	if card.Total != e.is.card.Total || card.Grade != e.is.card.Grade {
		t.Errorf("%s: read again it comes to %v %v, not %v %v", e.name, card.Total, card.Grade, e.is.card.Total, e.is.card.Grade)
	}
}
