package assessment

import (
	"strings"

	"dudao/engine/diag"
	"dudao/reports/book"
)

// problems lists what someone should look at in the data.
func (w *writer) problems() {
	s := w.sheet(diag.M("Data checks"), 16, 50, 40, 36)
	s.Landscape = true
	s.line(w.Sprint(diag.M("Data checks")), book.Title)
	s.line(w.unit(), book.Subtitle)
	if len(w.card.Problems) == 0 {
		s.line(w.Sprint(diag.M("No problem was found in the data.")), book.Text)
		return
	}
	s.row(w.headings(diag.M("Level"), diag.M("Problem"), diag.M("Advice"), diag.M("Place"))...)
	s.repeat(3)
	for _, p := range w.card.Problems {
		level := w.severity(p.Severity)
		if p.Check != "" {
			level.Value = w.Sprint(diag.M("%s: %s", level.Value.(string), p.Check))
		}
		var hints []string
		for _, h := range p.Hints {
			hints = append(hints, w.Sprint(h))
		}
		said := w.Phrase(p.Said)
		if p.Reason != "" {
			said += "\n" + w.Sprint(diag.M("Reason given: %s", p.Reason))
		}
		s.row(level, left(said), left(strings.Join(hints, "\n")), left(p.Pos.String()))
	}
}
