package source

import (
	"regexp"
	"strings"

	"dudao/engine/diag"
)

// The slips look at the line where yaml.v3 gave up, and at the one above it, for
// what people really typed: a tab, a full-width colon, a colon without a space.

var (
	beginsWithSign = regexp.MustCompile("(?:^|[\\s\\[{,])([@`%|>])")
	wideColonKey   = regexp.MustCompile(`^\s*(?:- )?([^\s:：'"#\[{]+：)`)
	tightColonKey  = regexp.MustCompile(`^\s*(?:- )?([^\s:：'"#\[{]+:)[^\s]`)
	colonInside    = regexp.MustCompile(`:(?:\s|$)`)
)

func point(d *diag.Diagnostic, line string, n, from, to int) {
	d.Pos.Line, d.Pos.Col = n, len([]rune(line[:from]))+1
	d.Width = len([]rune(line[from:to]))
}

// tabAt points at the tab of a line. In a block of text it stands on a line below.
func tabAt(lines []string, d *diag.Diagnostic) {
	for n := d.Pos.Line; n <= len(lines); n++ {
		line := lines[n-1]
		if at := strings.IndexByte(line, '\t'); at >= 0 && strings.TrimSpace(line[:at]) == "" {
			point(d, line, n, at, at+1)
			return
		}
	}
}

// reservedSign tells the signs that YAML keeps for itself from a tab.
func reservedSign(lines []string, d *diag.Diagnostic) {
	n := d.Pos.Line
	line := lines[n-1]
	m := beginsWithSign.FindStringSubmatchIndex(line)
	if m == nil || strings.HasPrefix(strings.TrimLeft(line, " "), "\t") {
		tabAt(lines, d)
		return
	}
	point(d, line, n, m[2], m[3])
	d.Message = diag.M("a text can’t begin with “%s”", line[m[2]:m[3]])
	d.Hints = []diag.Message{diag.M("put the whole text into quotes")}
}

// colons explains what follows from a colon that is none.
func colons(lines []string, d *diag.Diagnostic) {
	n := d.Pos.Line
	for _, k := range []int{above(lines, n), n} {
		if k == 0 {
			continue
		}
		line := lines[k-1]
		if m := wideColonKey.FindStringSubmatchIndex(line); m != nil {
			point(d, line, k, m[2], m[3])
			d.Message = diag.M("a full-width colon stands in “%s”", line[m[2]:m[3]])
			d.Hints = []diag.Message{diag.M("write “key: value” with a half-width colon and a space behind it")}
			return
		}
		if m := tightColonKey.FindStringSubmatchIndex(line); m != nil {
			point(d, line, k, m[2], m[3])
			d.Message = diag.M("a space is missing behind “%s”", line[m[2]:m[3]])
			d.Hints = []diag.Message{diag.M("write “key: value” with a half-width colon and a space behind it")}
			return
		}
	}
	line := lines[n-1]
	switch all := colonInside.FindAllStringIndex(line, -1); {
	case d.Message.Key == tooFar.Key && len(all) > 1:
		point(d, line, n, all[1][0], all[1][0]+1)
		d.Message = diag.M("a second colon stands on this line")
		d.Hints = []diag.Message{diag.M("put text with “: ” in it into quotes")}
	case len(all) == 0 && inList(lines, n):
		d.Message = unlisted
		d.Hints = []diag.Message{diag.M("begin an entry with “- ”, and align the keys of one entry")}
	}
}

// above is the number of the last line with text before line n, or 0.
func above(lines []string, n int) int {
	for n--; n > 0; n-- {
		if text := strings.TrimSpace(lines[n-1]); text != "" && text[0] != '#' {
			return n
		}
	}
	return 0
}

// inList reports whether the lines above and below line n are entries of one list.
func inList(lines []string, n int) bool {
	before := above(lines, n)
	if before == 0 || n >= len(lines) {
		return false
	}
	indent := func(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
	isEntry := func(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " "), "- ") }
	return isEntry(lines[before-1]) && isEntry(lines[n]) && indent(lines[before-1]) == indent(lines[n])
}
