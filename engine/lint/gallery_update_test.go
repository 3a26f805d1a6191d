package lint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dudao/engine/diag"
)

// rewrite writes the wants of a file anew. They stand at the end of the failing
// line if they can, else above it, as near as they
// can. A place is good if nothing else changes in what is found.
func rewrite(t *testing.T, name, content string) string {
	t.Helper()
	lines := []string{}
	for _, line := range strings.Split(content, "\n") {
		at := wantStart.FindStringIndex(line)
		switch {
		case at == nil:
			lines = append(lines, line)
		case strings.TrimSpace(line[:at[0]]) != "":
			lines = append(lines, line[:at[0]])
		}
	}
	list := findings(name, strings.Join(lines, "\n"))
	above := make([][]int, len(lines)+1) // the lines whose wants stand above a line
	behind := make([]bool, len(lines)+1)
	for n := range len(lines) {
		on := slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Pos.Line == n+1 })
		switch {
		case !on:
		case same(name, list, edited(lines, n, lines[n]+"  # want [] “≥ | x”"), 0, 0):
			behind[n] = true
		default:
			at := n
			for at > 0 && !same(name, list, slices.Insert(slices.Clone(lines), at, "# want+1 [] “≥ | x”"), at, 1) {
				at--
			}
			above[at] = append(above[at], n)
		}
	}
	// The places first, then the texts: they may name lines.
	var out []string
	moved := make([]int, len(lines))
	if slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Pos.Line == 0 }) {
		out = append(out, "# want-file [] x")
	}
	for n := range lines {
		for range above[n] {
			out = append(out, "# want+1 [] x")
		}
		moved[n] = len(out)
		out = append(out, lines[n])
	}
	final := strings.Join(out, "\n")
	found := map[int][]string{}
	for _, d := range findings(name, final) {
		w := said(t, d, final)
		found[w.line] = append(found[w.line], w.says)
	}
	next := 0
	if out[0] == "# want-file [] x" {
		out[0] = comments(found[0], "-file")
		next = 1
	}
	for n := range lines {
		for _, of := range above[n] {
			out[next] = comments(found[moved[of]+1], fmt.Sprintf("+%d", moved[of]-next))
			next++
		}
		if behind[n] {
			out[moved[n]] += "  " + comments(found[moved[n]+1], "")
		}
		next = moved[n] + 1
	}
	return strings.Join(out, "\n")
}

func comments(says []string, place string) string {
	var out []string
	for _, s := range says {
		out = append(out, "# want"+place+strings.TrimPrefix(s, "want"))
	}
	return strings.Join(out, "  ")
}

func edited(lines []string, n int, line string) []string {
	out := slices.Clone(lines)
	out[n] = line
	return out
}

// same reports whether the findings stay what they were; those from line `from`
// on have moved down.
func same(name string, list diag.List, lines []string, from, down int) bool {
	other := findings(name, strings.Join(lines, "\n"))
	return slices.EqualFunc(list, other, func(a, b diag.Diagnostic) bool {
		line := a.Pos.Line
		if line > from {
			line += down
		}
		told := func(d diag.Diagnostic) string { return fmt.Sprint(d.Message, d.Hints) }
		if down == 0 && told(a) != told(b) { // else they may name lines, which have moved
			return false
		}
		return a.Message.Key == b.Message.Key && len(a.Hints) == len(b.Hints) && line == b.Pos.Line && a.Pos.Col == b.Pos.Col && a.Width == b.Width
	})
}
