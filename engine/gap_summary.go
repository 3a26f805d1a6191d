package engine

import (
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
)

// Summary says what a first step gives back, and how much of what is missing gives
// all; nothing where the one thing that is missing says so itself, or where points are
// given for every bit. kind is that of the rubric.
func (g Gap) Summary(kind string) []diag.Phrase {
	var out []diag.Phrase
	if w := g.Next; w != nil && kind != "pass" && w.Gain > 0 && (g.Full == nil || decimal.Compare(w.Points, g.Full.Points) < 0 && (len(w.rows()) > 0 || w.Gain*10 >= g.Lost)) {
		step := diag.P(diag.M("First step: "))
		switch rows := w.rows(); {
		case len(w.Changes) == 1 && len(rows) == 0:
			step = append(step, w.Changes[0].step())
		case len(rows) == 0:
			step = append(step, diag.M("the nearest %s of these", strconv.Itoa(len(w.Changes))))
		case len(rows) == 1:
			step = append(step, diag.M("the nearest row"))
		default:
			step = append(step, diag.M("the nearest %s rows", strconv.Itoa(len(rows))))
		}
		if kind == "letter" {
			step = append(step, diag.M(", then %s.", w.Letter))
		} else {
			step = append(step, diag.M(", %s points back.", points(w.Gain)))
		}
		out = append(out, step)
	}
	w := g.Full
	if w == nil || len(g.Lacks) < 2 {
		return out
	}
	rows := w.rows()
	switch n := strconv.Itoa(len(rows)); {
	case w.ToMean:
		out = append(out, diag.P(diag.M("Enough are %s rows brought to the mean: %s.", n, strings.Join(rows[:min(len(rows), mostRows)], "、"))))
	case len(rows) == 0:
		all := diag.P(diag.M("All is reached with: "))
		for i, c := range w.Changes {
			if i > 0 {
				all = append(all, diag.M("; "))
			}
			all = append(all, c.step())
		}
		out = append(out, append(all, diag.M(".")))
	case len(rows) < len(g.Lacks):
		out = append(out, diag.P(diag.M("Rows that are enough for all: the nearest %s.", n)))
	default:
		out = append(out, diag.P(diag.M("All is reached with these %s rows.", n)))
	}
	return out
}

// rows are what names the rows that a way changes; none for single values.
func (w *Way) rows() []string {
	var out []string
	seen := map[int]bool{}
	for _, c := range w.Changes {
		if c.Table != "" && !seen[c.Index] {
			seen[c.Index] = true
			out = append(out, c.row)
		}
	}
	return out
}

// step is a change in short: 教研次数 2 → 3.
func (c Change) step() diag.Message {
	switch {
	case c.Level != "":
		return diag.M("judged “%s”", c.Level)
	case c.Truth && c.To == 0:
		return diag.M("%s must be no", c.Path)
	case c.Truth:
		return diag.M("%s must be yes", c.Path)
	}
	return diag.M("%s %s → %s", c.lever.name.Shown(), decimal.Format(c.From, asEntered), decimal.Format(c.To, asEntered))
}
