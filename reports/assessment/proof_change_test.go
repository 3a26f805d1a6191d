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
	"dudao/reports/office"
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
			if old.Formula != "" {
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
				row.Cells = append(row.Cells, book.Cell{Value: cell.Value, Formula: cell.Formula})
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

// compare asks whether the report, recalculated, says what dudao says of the changed
// return.
func (e *edited) compare(t *testing.T, got office.Workbook) {
	t.Helper()
	for _, d := range e.is.live.Differ {
		t.Errorf("%s: %s comes to %v, not %v", e.name, d.Cell.Name, d.Got, d.Want)
	}
	names := namesOf(e.was.book)
	at := func(n *book.Name, row int) any {
		return got[n.Sheet][book.Ref{Row: n.From.Row + row, Col: n.From.Col}.String()].Value
	}
	same := func(c *sheet.Cell, want []sheet.Value) {
		n := names[c.Name]
		if n == nil {
			t.Errorf("%s: %s stands nowhere", e.name, c.Name)
			return
		}
		for i, v := range want {
			e.cells++
			if is := at(n, i); !agrees(value(v), is) {
				if e.differ++; e.differ < 20 {
					t.Errorf("%s: %s[%d] %s =%s\n  is %v (%T), not %v; it was %v", e.name, c.Name, i, phrase(c), formulaOf(c), is, is, value(v), value(c.Values[min(i, len(c.Values)-1)]))
				}
			}
		}
	}
	e.results(same)
	if e.restructured {
		return
	}
	for i, c := range e.was.live.Steps {
		if c.Formula != nil {
			same(c, e.is.live.Steps[i].Values)
		}
	}
	for table, columns := range e.was.live.Columns {
		for i, c := range columns {
			if c.Formula != nil {
				same(c, e.is.live.Columns[table][i].Values)
			}
		}
	}
	e.texts(t, got)
}

// results compares everything that has a name of its own in every report: values,
// items, sums, the total.
func (e *edited) results(same func(c *sheet.Cell, want []sheet.Value)) {
	was, is := e.was.live, e.is.live
	pair := func(a, b *sheet.Cell) {
		if a != nil && b != nil && a.Formula != nil {
			same(a, b.Values)
		}
	}
	for _, b := range e.was.program.Rubric.Data {
		for _, f := range b.Value.Fields {
			pair(was.Value("", f.Key.Text, 0), is.Value("", f.Key.Text, 0))
		}
		for _, f := range b.Value.Columns {
			pair(was.Value(b.Key.Text, f.Key.Text, 0), is.Value(b.Key.Text, f.Key.Text, 0))
		}
	}
	for i, a := range was.Items {
		b := is.Items[i]
		for _, p := range [][2]*sheet.Cell{{a.Value, b.Value}, {a.Target, b.Target}, {a.Gap, b.Gap}, {a.Result, b.Result}, {a.Points, b.Points},
			{a.Lower, b.Lower}, {a.Upper, b.Upper}, {a.Full, b.Full}, {a.Outcome, b.Outcome}} {
			pair(p[0], p[1])
		}
	}
	sum := func(a, b engine.LiveSum) {
		for _, p := range [][2]*sheet.Cell{{a.Points, b.Points}, {a.Lower, b.Lower}, {a.Upper, b.Upper}, {a.Full, b.Full},
			{a.Letter[0], b.Letter[0]}, {a.Letter[1], b.Letter[1]}} {
			pair(p[0], p[1])
		}
	}
	for i := range was.Sums {
		sum(was.Sums[i], is.Sums[i])
	}
	sum(was.Total.LiveSum, is.Total.LiveSum)
	pair(was.Total.Rate, is.Total.Rate)
	pair(was.Total.Grade[0], is.Total.Grade[0])
	pair(was.Total.Grade[1], is.Total.Grade[1])
	for i, v := range was.Total.Vetoes {
		fired := 0.0
		if e.is.card.Vetoes[i].Fired {
			fired = 1
		}
		same(v, []sheet.Value{sheet.Of(fired)})
	}
}

const stale = "数据已改，请重新评分"

// texts compares the cells that the report itself computes: by their formula, which
// only reads names. A text that was true for other figures says so.
func (e *edited) texts(t *testing.T, got office.Workbook) {
	t.Helper()
	now := map[string]any{} // what a formula comes to in a report of the changed return
	for _, s := range e.is.book.Sheets {
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				if c.Formula != "" {
					now[s.Name+"!"+c.Formula] = c.Value
				}
			}
		}
	}
	names := namesOf(e.was.book)
	for _, s := range e.was.book.Sheets {
		for r, row := range s.Rows {
			for col, c := range row.Cells {
				is := got[s.Name][book.Ref{Row: r + 1, Col: col + 1}.String()].Value
				switch want, ok := now[s.Name+"!"+c.Formula]; {
				case c.Formula == "":
				case strings.Contains(c.Formula, stale):
					want = c.Value
					if e.changed(t, c.Formula, names, got) {
						want = stale
					}
					e.same(t, s.Name, r, col, c.Formula, want, is)
				case ok && !e.inTable(s.Name):
					e.same(t, s.Name, r, col, c.Formula, want, is)
				}
			}
		}
	}
}

// inTable reports whether a sheet holds a table, whose formulas are the same in no
// two rows.
func (e *edited) inTable(name string) bool {
	for _, b := range e.was.program.Rubric.Data {
		if b.Value.IsOpen() && strings.HasPrefix(name, b.Key.Text[:3]) {
			return true
		}
	}
	return false
}

func (e *edited) same(t *testing.T, sheet string, row, col int, formula string, want, is any) {
	t.Helper()
	e.cells++
	if !agrees(want, is) {
		if e.differ++; e.differ < 20 {
			t.Errorf("%s: %s!%v =%s\n  is %v, not %v", e.name, sheet, book.Ref{Row: row + 1, Col: col + 1}, formula, is, want)
		}
	}
}

// changed reports whether a cell on which a text rests, name=value, holds something
// else now.
func (e *edited) changed(t *testing.T, formula string, names map[string]*book.Name, got office.Workbook) bool {
	t.Helper()
	cond, _, ok := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(formula, "IF("), "AND("), ",_text.")
	if !ok {
		t.Fatalf("%s: not a text that rests on cells: %s", e.name, formula)
	}
	found := 0
	for name, n := range names {
		if strings.HasPrefix(cond, name+"=") || strings.Contains(cond, ","+name+"=") {
			found++
			at := n.From.String()
			if is := got[n.Sheet][at].Value; !agrees(cellAt(e.was.book, n, 0).Value, is) {
				return true
			}
		}
	}
	if found == 0 {
		t.Fatalf("%s: the text rests on no cell: %s", e.name, formula)
	}
	return false
}

func phrase(c *sheet.Cell) string { return text.New("zh").Phrase(c.Label) }

func formulaOf(c *sheet.Cell) string {
	if c.Formula == nil {
		return ""
	}
	return c.Formula.Write().In("", func(c *sheet.Cell) string { return c.Name })
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
	card := e.is.program.Score(ret)
	if card.Total != e.is.card.Total || card.Grade != e.is.card.Grade {
		t.Errorf("%s: read again it comes to %v %v, not %v %v", e.name, card.Total, card.Grade, e.is.card.Total, e.is.card.Grade)
	}
}
