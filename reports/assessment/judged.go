package assessment

import (
	"cmp"
	"fmt"
	"slices"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
	"dudao/reports/book"
)

// judged is a column with the judgements on the rows of a table: by the standard of a
// column, or by an item.
type judged struct {
	engine.RowsJudged
	standard string // the column whose standard it is
	item     string // the id of the item
}

// judged are the judgements on a table, the standards first.
func (w *writer) judged(table string) []judged {
	var out []judged
	for _, s := range w.computation.Standards {
		if s.Table == table {
			out = append(out, judged{RowsJudged: engine.RowsJudged{Cell: s.Flag}, standard: s.Column})
		}
	}
	for i, item := range w.computation.Items {
		for _, r := range item.Rows {
			if r.Table == table {
				out = append(out, judged{RowsJudged: r, item: w.card.Items[i].ID})
			}
		}
	}
	return out
}

// judgedWidth is how wide a column of judgements is. The heading of an item leads to it,
// and some programs don't wrap what leads somewhere.
func (w *writer) judgedWidth(j judged) float64 {
	if j.item == "" {
		return 11
	}
	return max(11, min(book.WidthOf(w.Phrase(j.Label), book.Heading)+1, 20))
}

// helpers are the other columns that formulas need.
func (w *writer) helpers(table string, of []judged) []*sheet.Cell {
	var out []*sheet.Cell
	for _, c := range w.computation.Columns[table] {
		if !slices.ContainsFunc(of, func(j judged) bool { return j.Cell == c }) {
			out = append(out, c)
		}
	}
	return out
}

// declared is the declaration of a table.
func (w *writer) declared(table string) *rubric.Block {
	for i := range w.rubric.Data {
		if w.rubric.Data[i].Key.Text == table {
			return &w.rubric.Data[i].Value
		}
	}
	return &rubric.Block{}
}

// judgement draws a column of judgements. Rows that don't pass are dark, and so is the
// value that misses its standard.
func (t *tableSheet) judgement(j judged, col int) {
	look := book.Cell{Style: book.Center, Digits: -1}
	bad := "0"
	switch {
	case j.Points:
		look.Style = book.Number
	case j.Against:
		bad, look.Words = "1", &book.Words{Truth: [2]string{"—", t.Sprint(diag.M("lost"))}}
	default:
		look.Words = &book.Words{Truth: [2]string{t.Sprint(diag.M("not met")), t.Sprint(diag.M("met"))}}
	}
	t.further(j.Cell, col, look)
	if place, ok := t.itemAt[j.item]; ok {
		t.Rows[t.top].Cells[col-1].Link = &place
	}
	if j.Points {
		return
	}
	own := t.rowRange(col)
	t.Conditions = append(t.Conditions, book.Condition{Range: own, Formula: isNumber(own.From, bad), Style: book.Bad})
	if at, ok := t.columns[form.NameOf(t.name, j.standard, 0)]; ok {
		t.Conditions = append(t.Conditions, book.Condition{Range: t.rowRange(at), Formula: isNumber(own.From, bad), Style: book.BadNumber})
	}
}

// isNumber is the condition that a number stands in a cell of the row: an empty one
// would be equal to 0.
func isNumber(at book.Ref, x string) string {
	return fmt.Sprintf("AND(ISNUMBER($%[1]s%[2]d),$%[1]s%[2]d=%[3]s)", column(at.Col), at.Row, x)
}

// mostCharts is how many columns of a table are drawn, and mostBars how many rows a
// drawing can hold.
const (
	mostCharts = 2
	mostBars   = 150
)

// charts draw the values of the rows beside what each must reach: of the columns in
// which most rows miss it.
func (t *tableSheet) charts(helpers []*sheet.Cell) []*book.Chart {
	rows := t.rows[t.name]
	if rows < 3 || rows > mostBars {
		return nil
	}
	var list []engine.LiveStandard
	for _, s := range t.computation.Standards {
		if s.Table == t.name && s.Limit != nil && t.columns[form.NameOf(t.name, s.Column, 0)] > 0 {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b engine.LiveStandard) int { return cmp.Compare(misses(b.Flag), misses(a.Flag)) })
	var out []*book.Chart
	for _, s := range list[:min(len(list), mostCharts)] {
		f := t.declared(t.name).KeyField(s.Column)
		title := t.Sprint(diag.M("%s: the rows and their standard", form.FieldLabel(s.Column, f)))
		if n := misses(s.Flag); n > 0 {
			title = t.Sprint(diag.M("%s: the rows and their standard; %s miss it", form.FieldLabel(s.Column, f), number(float64(n))))
		}
		at := slices.Index(helpers, s.Limit)
		out = append(out, &book.Chart{
			Title: title, ValueTitle: f.UnitText(),
			Categories: &book.Area{Sheet: t.Name, Range: t.rowRange(1)},
			Bars:       []book.Series{{Name: t.Sprint(diag.M("Actual value")), Values: book.Area{Sheet: t.Name, Range: t.rowRange(t.columns[form.NameOf(t.name, s.Column, 0)])}}},
			Lines:      []book.Series{{Name: t.Sprint(diag.M("Standard")), Values: book.Area{Sheet: t.Name, Range: t.rowRange(len(t.form.Widths) + len(t.judged) + 2 + at)}}},
		})
	}
	return out
}

const chartHeight = 210.0 // in points

func misses(flag *sheet.Cell) int {
	n := 0
	for _, v := range flag.Values {
		if v.Kind == sheet.Number && v.Num == 0 {
			n++
		}
	}
	return n
}
