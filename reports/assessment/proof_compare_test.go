package assessment

import (
	"regexp"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/sheet"
	"dudao/engine/text"
	"dudao/reports/book"
	"dudao/reports/office"
)

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

// besideIt finds cells of the same row, which may stand elsewhere in another report.
var besideIt = regexp.MustCompile(`\b[A-Z]{1,3}\d+\b`)

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
				case ok && !besideIt.MatchString(c.Formula): // columns of tables are compared by their names
					e.same(t, s.Name, r, col, c.Formula, want, is)
				}
			}
		}
	}
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
		if strings.HasPrefix(cond, name+"=") || strings.Contains(cond, ","+name+"=") || strings.Contains(cond, "N("+name+")") {
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
