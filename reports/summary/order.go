package summary

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/decimal"
	"dudao/engine/diag"
)

// unit is what was scored.
type unit struct {
	*batch.Record
	name  string
	group string
	rate  float64 // in percent of the full points, such as ties are found by
	rank  int
	key   []float64 // what the rank is decided by
}

// divide puts what was scored in the order of its rank, and what wasn't aside.
func (w *writer) divide() {
	full := 0.0
	for i := range w.Records {
		r := &w.Records[i]
		if len(r.Failed) > 0 || len(r.Items) != w.leaves {
			w.failed = append(w.failed, r)
			continue
		}
		u := unit{Record: r, name: w.nameOf(r), rate: rate(r.Total)}
		if w.Group != "" {
			u.group = w.Sprint(diag.M("(none given)"))
			if i < len(w.Groups) && shown(w.Groups[i]) != "" {
				u.group = shown(w.Groups[i])
			}
		}
		w.byRate = w.byRate || len(w.units) > 0 && r.Total.Full != full
		full = r.Total.Full
		w.units = append(w.units, u)
	}
	for i := range w.units {
		w.units[i].key = w.key(&w.units[i])
	}
	slices.SortStableFunc(w.units, func(a, b unit) int {
		return cmp.Or(slices.Compare(b.key, a.key), cmp.Compare(a.Cover.Code, b.Cover.Code), cmp.Compare(a.name, b.name), cmp.Compare(a.Source, b.Source))
	})
	for i := range w.units {
		w.units[i].rank = i + 1
		if i > 0 && slices.Equal(w.units[i].key, w.units[i-1].key) {
			w.units[i].rank = w.units[i-1].rank
		}
	}
}

// rate is what is certain of the full points, in percent.
func rate(a engine.Amount) float64 {
	if a.Full == 0 {
		return 0
	}
	return decimal.Round(100*a.Lower/a.Full, rateDigits)
}

// rateDigits is how exact rates are: noise is gone, and no two rates of points with
// two decimals become the same.
const rateDigits = 9

// key is what units are ranked by: the total, or the rate where the full points
// differ; the grade and then the letters in a rubric of letters.
func (w *writer) key(u *unit) []float64 {
	if w.kind != "letter" {
		if w.byRate {
			return []float64{u.rate}
		}
		return []float64{u.Total.Lower}
	}
	grade := len(w.rubric.Grades)
	for i, g := range w.rubric.Grades {
		if g.Grade.Text == u.Grade.Lower {
			grade = i
		}
	}
	key := []float64{-float64(grade)}
	for _, n := range w.letterCounts(u) {
		key = append(key, float64(n))
	}
	return key
}

// letterCounts is how often each letter was surely given: to indicators, and to items
// that belong to none.
func (w *writer) letterCounts(u *unit) []int {
	counts := make([]int, len(w.rubric.Letters))
	for i := range w.columns {
		c := &w.columns[i]
		if g := w.letter(u, c); !c.inIndicator && g.Certain() {
			for j, l := range w.rubric.Letters {
				if l.Text == g.Lower {
					counts[j]++
				}
			}
		}
	}
	return counts
}

// nameOf is what a unit is called; one that doesn't say is called by its file.
func (w *writer) nameOf(r *batch.Record) string {
	return cmp.Or(shown(r.Cover.Name), shown(r.Source), w.Sprint(diag.M("(no unit given)")))
}

// longestName is how much of a name is shown.
const longestName = 60

// shown is a name as a cell shows it.
func shown(name string) string {
	if runes := []rune(name); len(runes) > longestName {
		name = string(runes[:longestName-1]) + "…"
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF' {
			return ' '
		}
		return r
	}, name))
}
