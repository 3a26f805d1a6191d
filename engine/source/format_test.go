package source_test

import (
	"testing"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// What an author wrote, and how it is laid out.
var formatCases = []struct{ name, in, want string }{
	{"indent, spaces, the last line", "a:\n    b:   1 \n    c: [ 1,2 ]", "a:\n  b: 1\n  c: [1, 2]\n"},
	{"what editors add", "\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n", "a: 1\nb: |\n  x\n  y\n"},
	{"blank lines", "\n\na: 1\n\n\n\nb:\n\n  - 1\n\n  - 2\n  \n", "a: 1\n\nb:\n  - 1\n\n  - 2\n"},
	{"a list that isn't indented", "a:\n- x\n-   y: 1\n    z: 2\n-\n  - 3\n", "a:\n  - x\n  - y: 1\n    z: 2\n  - - 3\n"},
	{"brackets over several lines", "a: {b: 1,\n  c: [x,\n y],}\n", "a: {b: 1, c: [x, y]}\n"},
	{"a formula ends the brackets around it", `items: [{id: "1", title: 甲, pass: 'x > 1'}]`,
		"items:\n  - id: \"1\"\n    title: 甲\n    pass: 'x > 1'\n"},
	{"in words it is no formula", "items:\n  - judge: [{level: 优, when: 制度健全}]\n", "items:\n  - judge: [{level: 优, when: 制度健全}]\n"},
	{"a patch is of an item", "change:\n  \"1\": {pass: x > 1}\n  \"2\": {points: 3}\n", "change:\n  \"1\":\n    pass: x > 1\n  \"2\": {points: 3}\n"},
	{"behind a pointer", "items: {rank: {of: x, points: [3, 2]}}\n", "items:\n  rank:\n    of: x\n    points: [3, 2]\n"},
	{"params hold no formula", "params:\n  甲: {pass: 1}\n", "params:\n  甲: {pass: 1}\n"},
	{"one for a list of one", "deduct: {take: 1, times: x}\n", "deduct:\n  take: 1\n  times: x\n"},
	{"a comma in quotes", `{a: "x, y", 'b': z}`, "{a: \"x, y\", 'b': z}\n"},
	{"nothing behind a key", "a: {b: , c}\nd:\n", "a: {b: , c: }\nd:\n"},
	{"too wide", "a: [" + wide + ", " + wide + "]\nb: [" + wide + "]\n", "a:\n  - " + wide + "\n  - " + wide + "\nb: [" + wide + "]\n"},
	{"quotes, escapes and numbers as written", "a: \"\\u4e2d\\t文\"\nb: 'it''s'\nc: 1.50\nd: 0x1F\ne: ~\n", "a: \"\\u4e2d\\t文\"\nb: 'it''s'\nc: 1.50\nd: 0x1F\ne: ~\n"},
	{"long lines", "a: " + wide + " " + wide + " " + wide + "\n", "a: " + wide + " " + wide + " " + wide + "\n"},
	{"text over several lines", "a: one\n  two\nb: \"three\n\n  four \\\n  five\"\nc: 'six\n  seven'\nd: \"eight\\\n  nine\"\n",
		"a: one two\nb: \"three\n\n  four \\\n  five\"\nc: 'six seven'\nd: \"eightnine\"\n"},
	{"an escaped space at the end of a line", "a: \"one\\ \n  two\"\n", "a: \"one\\  two\"\n"},
	{"a folded formula stays as wrong as it is", "total: score +\n        1\n", "total: score +\n  1\n"},
	{"blocks", "a: |  # x\n     one\n\n       two\n\n\nb: >-\n   three\n   four\nc: |2\n    five\n  six\nd: |+\n  seven\n\ne: |\n", "a: |  # x\n  one\n\n    two\n\nb: >-\n  three\n  four\nc: |2\n    five\n  six\nd: |+\n  seven\n\ne: |\n"},
	{"a block with its indent, an empty block", "a:\n    b: |3\n         x\n       y\nc:\n  d: |\n  e: 1\n", "a:\n  b: |2\n      x\n    y\nc:\n  d: |\n  e: 1\n"},
	{"the end of a block", "a:\n  - b: |\n      x\n    # of a\n  # of a, too\n# of c\nc: 1\n", "a:\n  - b: |\n      x\n    # of a\n  # of a, too\n# of c\nc: 1\n"},
	{"comments above, at and below", "# file\n\n#data\ndata: # on the key\n      # going on\n    # above\n    x: 1 # at x\n    # below\n\n    # and more\n# of y\ny: 2\n# end\n",
		"# file\n\n#data\ndata:  # on the key\n       # going on\n  # above\n  x: 1  # at x\n  # below\n\n  # and more\n# of y\ny: 2\n# end\n"},
	{"comments in columns", "a: 1 # x\n年级: 2 # y\nb:  # z\n  c: 3\nd: 4 # q\n", "a: 1     # x\n年级: 2  # y\nb:       # z\n  c: 3\nd: 4  # q\n"},
	{"comments in brackets", "a: [ # head\n  1, # one\n  # above two\n  2 # two\n  # below\n] # behind\nb: {x: 1} # x\n",
		"a:     # head\n  - 1  # one\n  # above two\n  - 2  # two\n  # below\n  # behind\nb: {x: 1}  # x\n"},
	{"a comment behind a comma", "a: [1\n  # own\n  , # comma\n  2]\n", "a:\n  - 1\n  # own\n  # comma\n  - 2\n"},
	{"a blank line before a bracket", "a: [1\n\n]\nb: 2\n", "a: [1]\nb: 2\n"},
	{"the comment behind brackets that go", "checks:\n  - 1\n\n  - {rule: x, say: y} # of the check\ndata: {x: {where: x}} # of x\n",
		"checks:\n  - 1\n\n  # of the check\n  - rule: x\n    say: y\ndata:  # of x\n  x:\n    where: x\n"},
	{"comments before a value", "a: # x\n  1\nb:\n  # y\n  {c: 1}\nd:\n  # nothing yet\ne:\n  - # z\n    f: 1\n  -\n    # q\n    g: 1\n",
		"a:  # x\n  1\nb:\n  # y\n  c: 1\nd:\n  # nothing yet\ne:\n  -  # z\n    f: 1\n  -\n    # q\n    g: 1\n"},
	{"a blank line in front of all", "b:\n\n# y\n  {c: 1}\nd: # x\n\n  # y\n\n  # z\n  [1, 2,\n\n# q\n3]\n", "b:\n  # y\n  c: 1\nd:  # x\n  # y\n\n  # z\n  - 1\n  - 2\n\n  # q\n  - 3\n"},
	{"lines that end as long ago", "a: 1\rb: 2\r", "a: 1\nb: 2\n"},
	{"a # that is none", "a: x#y\nb: 'x # y'\nc: [a#b]\n", "a: x#y\nb: 'x # y'\nc: [a#b]\n"},
	{"a document that begins with ---", "--- # x\na: 1\n", "# x\na: 1\n"},
	{"keys with a ?", "? a\n: 1\n", "a: 1\n"},
}

const wide = "五十个字的文字五十个字的文字五十个字的文字五十个字的文字五十个字的"

func TestFormat(t *testing.T) {
	for _, c := range formatCases {
		got, diags := source.Format("r.yaml", []byte(c.in), new(rubric.Rubric))
		if diags.HasErrors() {
			t.Errorf("%s: %v", c.name, diags)
		} else if string(got) != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
		if again, _ := source.Format("r.yaml", []byte(c.want), new(rubric.Rubric)); string(again) != c.want {
			t.Errorf("%s: again, got\n%s", c.name, again)
		}
	}
}

// Files that are left alone, and where the reason is.
func TestFormatRefuses(t *testing.T) {
	for _, c := range []struct {
		name, in  string
		line, col int
	}{
		{"errors", "a: 1\na: 2\n", 2, 1},
		{"no YAML", "a: [1\n", 1, 0},
		{"nothing", "# only this\n", 0, 0},
		{"a key over several lines", "? |\n  a\n: 1\n", 1, 3},
		{"a line break that isn't one to us", "a: x\u2028  y\nb: 2\n", 1, 6},
	} {
		got, diags := source.Format("r.yaml", []byte(c.in), new(rubric.Rubric))
		if got != nil || !diags.HasErrors() {
			t.Errorf("%s: got\n%s", c.name, got)
			continue
		}
		if want := (diag.Pos{File: "r.yaml", Line: c.line, Col: c.col}); diags[0].Pos != want {
			t.Errorf("%s: %v, want %v", c.name, diags, want)
		}
	}
}
