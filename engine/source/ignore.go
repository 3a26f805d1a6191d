package source

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"dudao/engine/diag"

	"gopkg.in/yaml.v3"
)

// Ignore is a comment by which an author settles doubts:
//
//	# lint:ignore RULE[,RULE] why
//
// It covers its own line, or where it stands alone the next line below it that is
// no comment; a text over several lines that begins there is covered to its end.
type Ignore struct {
	Pos    diag.Pos // of the #
	Width  int
	Rules  []diag.Excerpt
	Reason string

	first, last int // the lines that it covers; 0 is none
}

// Covers reports whether a finding of a rule at a place is settled.
func (i Ignore) Covers(rule string, at diag.Pos) bool {
	return at.File == i.Pos.File && i.first > 0 && i.first <= at.Line && at.Line <= i.last &&
		slices.ContainsFunc(i.Rules, func(r diag.Excerpt) bool { return r.Text == rule })
}

// Silence drops the findings that are settled; errors can't be. It also returns
// what the comments name and nothing was found of.
func Silence(l diag.List, ignores []Ignore) (kept diag.List, idle []diag.Excerpt) {
	used := map[diag.Pos]bool{}
	for _, d := range l {
		settled := false
		for _, i := range ignores {
			if d.Severity == diag.Error || !i.Covers(d.Rule, d.Pos) {
				continue
			}
			settled = true
			for _, r := range i.Rules {
				used[r.Pos] = used[r.Pos] || r.Text == d.Rule
			}
		}
		if !settled {
			kept = append(kept, d)
		}
	}
	for _, i := range ignores {
		for _, r := range i.Rules {
			if !used[r.Pos] {
				idle = append(idle, r)
			}
		}
	}
	return kept, idle
}

var (
	ignoreComment = regexp.MustCompile(`^#[ \t]*lint:ignore(?:[ \t]+(.*))?$`)
	ignoreRules   = regexp.MustCompile(`^[A-Za-z0-9-]+(?:[ \t]*[,，][ \t]*[A-Za-z0-9-]+)*`)
	ignoreRule    = regexp.MustCompile(`[A-Za-z0-9-]+`)
)

// Ignores finds the comments of a file. What stands in quotes or in a block of
// text is no comment.
func Ignores(file string, text []byte) []Ignore {
	var doc yaml.Node
	if !bytes.Contains(text, []byte("lint:ignore")) || yaml.Unmarshal(text, &doc) != nil {
		return nil
	}
	lines := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	m := margins{lines: lines, taken: map[int][]span{}, ends: map[int]int{}}
	m.walk(&doc)
	comments := make([]int, len(lines)) // column of the comment of each line, from 1
	for i := range lines {
		comments[i] = m.comment(i + 1)
	}
	var out []Ignore
	for i, line := range lines {
		col := comments[i]
		if col == 0 {
			continue
		}
		comment := string([]rune(line)[col-1:])
		found := ignoreComment.FindStringSubmatch(comment)
		if found == nil {
			continue
		}
		ig := Ignore{Pos: diag.Pos{File: file, Line: i + 1, Col: col}, Width: len([]rune(comment)), first: i + 1}
		if strings.TrimSpace(string([]rune(line)[:col-1])) == "" {
			ig.first = below(lines, comments, i)
		}
		ig.last = max(ig.first, m.ends[ig.first])
		named := ignoreRules.FindString(found[1])
		ig.Reason = strings.TrimSpace(found[1][len(named):])
		at := col + len([]rune(comment)) - len([]rune(found[1]))
		for _, r := range ignoreRule.FindAllStringIndex(named, -1) {
			ig.Rules = append(ig.Rules, diag.Excerpt{Text: named[r[0]:r[1]], Pos: diag.Pos{File: file, Line: i + 1, Col: at + len([]rune(named[:r[0]]))}})
		}
		out = append(out, ig)
	}
	return out
}

// below is the line that a comment of its own stands above, or 0.
func below(lines []string, comments []int, i int) int {
	for i++; i < len(lines); i++ {
		col := comments[i]
		switch {
		case strings.TrimSpace(lines[i]) == "":
			return 0
		case col == 0 || strings.TrimSpace(string([]rune(lines[i])[:col-1])) != "":
			return i + 1
		}
	}
	return 0
}

// margins knows where in a file no comment can begin.
type margins struct {
	lines []string
	taken map[int][]span
	ends  map[int]int // the last line of a text that begins on a line
}

// span is a part of a line, in columns from 1.
type span struct{ from, to int }

func (m *margins) walk(n *yaml.Node) {
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		m.block(n.Line)
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		m.quoted(n.Line, n.Column)
	}
	for _, sub := range n.Content {
		m.walk(sub)
	}
}

func (m *margins) take(line, from, to int) { m.taken[line] = append(m.taken[line], span{from, to}) }

// block takes the lines below a | or >: those indented as far as the first.
func (m *margins) block(start int) {
	indent := -1
	for line := start + 1; line <= len(m.lines); line++ {
		text := m.lines[line-1]
		blank := strings.TrimSpace(text) == ""
		depth := len(text) - len(strings.TrimLeft(text, " "))
		if indent < 0 && !blank {
			indent = depth
		}
		if !blank && depth < indent {
			return
		}
		if !blank {
			m.take(line, 1, len([]rune(text)))
			m.ends[start] = line
		}
	}
}

// quoted takes what stands between a quote and the one that closes it.
func (m *margins) quoted(line, col int) {
	quote, from := rune(0), col
	for at := line; at <= len(m.lines); at++ {
		runes := []rune(m.lines[at-1])
		for i := from - 1; i < len(runes); i++ {
			switch r := runes[i]; {
			case quote == 0:
				quote = r
			case r == '\\' && quote == '"':
				i++
			case r == quote && quote == '\'' && i+1 < len(runes) && runes[i+1] == '\'':
				i++
			case r == quote:
				m.take(at, from, i+1)
				m.ends[line] = max(m.ends[line], at)
				return
			}
		}
		m.take(at, from, len(runes))
		from = 1
	}
}

// comment is the column at which the comment of a line begins, or 0.
func (m *margins) comment(line int) int {
	var before rune
	for i, r := range []rune(m.lines[line-1]) {
		begins := r == '#' && (before == 0 || before == ' ' || before == '\t')
		if begins && !slices.ContainsFunc(m.taken[line], func(s span) bool { return s.from <= i+1 && i+1 <= s.to }) {
			return i + 1
		}
		before = r
	}
	return 0
}
