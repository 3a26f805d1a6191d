package returns

import (
	"slices"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
)

// grand are the words for a row that adds up all others; partial ones end in one
// of sums, or are no sum at all.
var (
	grand = []string{"合计", "总计", "共计", "合計", "總計", "共計", "总和"}
	sums  = append([]string{"小计", "小計", "平均", "平均值", "平均数"}, grand...)
)

// totals takes out of an open table the rows in which people add the others up:
// such a row is no school. Each is told, and where it isn't the sum, that, too. It
// returns the place of each row that stays, among all; nil if all do.
func (t *Table) totals(name string, b *rubric.Block, problems *diag.List) []int {
	names := t.names(b)
	var total []int
	for i := range t.Keys {
		if totalRow(names, i) != "" {
			total = append(total, i)
		}
	}
	if len(total) == 0 {
		return nil
	}
	stay := make([]int, 0, len(t.Keys))
	for i, next := 0, total; i < len(t.Keys); i++ {
		if len(next) > 0 && next[0] == i {
			next = next[1:]
		} else {
			stay = append(stay, i)
		}
	}
	for _, i := range total {
		t.forget(i, problems) // what is wrong in the row doesn't matter
		word := totalRow(names, i)
		problems.Warn(t.Columns[b.Key[0].Text][0][i].Pos(), 0, diag.M("“%s” in %s is a total; it is not read as a row", word, name),
			diag.M("nothing is lost: totals are added up from the rows; the row can be deleted"))
		if slices.Contains(grand, word) {
			t.compareTotal(name, b, i, stay, problems)
		}
	}
	for _, years := range t.Columns {
		for y := range years {
			years[y] = picked(years[y], stay)
		}
	}
	t.Keys = picked(t.Keys, stay)
	return stay
}

func picked[T any](list []T, at []int) []T {
	out := make([]T, len(at))
	for i, j := range at {
		out[i] = list[j]
	}
	return out
}

// totalRow is what names a row of totals, or "" for another row.
func totalRow(names [][]Cell, row int) string {
	for _, cells := range names {
		if word := totalWord(cells[row].Typed); word != "" {
			return word
		}
	}
	return ""
}

// totalWord is what a row of totals is called, or "" for another name.
func totalWord(typed string) string {
	if last := lastRune(typed); isPlain(last) && !slices.Contains(lastOfSums, last) {
		return "" // as nearly all are
	}
	word := strings.TrimRight(strings.ReplaceAll(fold(typed), " ", ""), ":")
	if slices.ContainsFunc(sums, func(s string) bool { return strings.HasSuffix(word, s) }) {
		return word
	}
	return ""
}

// lastOfSums are the last characters of all sums.
var lastOfSums = func() (out []rune) {
	for _, s := range sums {
		if last := lastRune(s); !slices.Contains(out, last) {
			out = append(out, last)
		}
	}
	return out
}()

// forget drops the problems with the cells of a row.
func (t *Table) forget(row int, problems *diag.List) {
	of := map[diag.Pos]bool{}
	for _, years := range t.Columns {
		for y := range years {
			of[years[y][row].Pos()] = true
		}
	}
	*problems = slices.DeleteFunc(*problems, func(d diag.Diagnostic) bool { return of[d.Pos] && !d.Pos.IsZero() })
}

// compareTotal compares a row of totals with the sum of the others. What lies
// between the least and the greatest of them is a mean, and shares have no sum.
func (t *Table) compareTotal(name string, b *rubric.Block, row int, others []int, problems *diag.List) {
	for _, column := range b.Entries() {
		f := b.KeyField(column)
		if f.UnitText() == "%" || f.Type.Text != "number" && f.Type.Text != "whole" {
			continue
		}
		for back, cells := range t.Columns[column] {
			var given []float64
			var added decimal.Sum
			for _, i := range others {
				if cells[i].State == Given {
					given = append(given, cells[i].Number)
					added.Add(cells[i].Number)
				}
			}
			c := cells[row]
			if c.State != Given || len(given) == 0 {
				continue
			}
			sum := added.Value()
			mean := len(given) > 1 && c.Number >= slices.Min(given) && c.Number <= slices.Max(given)
			if !mean && decimal.Compare(c.Number, sum) != 0 {
				problems.Warn(c.Pos(), len([]rune(c.Typed)), diag.M("%s: the total is %s, the rows add up to %s", form.NameOf(name, column, back),
					decimal.Format(c.Number, 6), decimal.Format(sum, 6)), diag.M("look for a row that is missing, doubled or mistyped; the rows count")).Rule = "total"
			}
		}
	}
}
