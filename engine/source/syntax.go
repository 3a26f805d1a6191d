package source

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"dudao/engine/diag"

	"gopkg.in/yaml.v3"
)

// said takes an error of yaml.v3 apart: the line, if it has one, and the problem.
var said = regexp.MustCompile(`^yaml: (?:line (\d+): )?((?s).*)$`)

// syntaxError rewrites what yaml.v3 says in words that say how to mend it.
func syntaxError(file string, data []byte, err error) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Pos: diag.Pos{File: file}}
	parts := said.FindStringSubmatch(err.Error())
	if parts == nil {
		parts = []string{"", "", err.Error()}
	}
	line, _ := strconv.Atoi(parts[1])
	for _, known := range yamlErrors {
		if !strings.Contains(parts[2], known.says) {
			continue
		}
		if !known.begins {
			line = firstWrong(data, parts[2], line)
		}
		lines := strings.Split(string(data), "\n") // yaml.v3 also ends one at a lone \r
		d.Pos.Line, d.Message, d.Hints = min(max(line, 1), len(lines)), known.message, known.hints
		if known.slips != nil {
			known.slips(lines, &d)
		}
		return d
	}
	d.Pos.Line = firstWrong(data, parts[2], line)
	d.Message = diag.M("this is not valid YAML (in the original words: %s)", parts[2])
	return d
}

// firstWrong finds the line of a problem. yaml.v3 names the line on which the
// block around it begins, or the line before; the problem is there as soon as the
// file is read up to the line that has it.
func firstWrong(data []byte, problem string, least int) int {
	lines := bytes.SplitAfter(data, []byte("\n"))
	least = min(max(least, 1), len(lines))
	more := sort.Search(len(lines)-least, func(i int) bool {
		return problemOf(bytes.Join(lines[:least+i], nil)) == problem
	})
	return least + more
}

func problemOf(data []byte) string {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var doc yaml.Node
		switch err := dec.Decode(&doc); {
		case errors.Is(err, io.EOF):
			return ""
		case err != nil:
			return said.ReplaceAllString(err.Error(), "$2")
		}
	}
}

// yamlErrors are the texts of yaml.v3 that people meet; the gallery of messages
// has a file for each.
var yamlErrors = []struct {
	says    string
	begins  bool // yaml.v3 names the right line: where what is wrong begins
	message diag.Message
	hints   []diag.Message
	slips   func(lines []string, d *diag.Diagnostic) // what the line shows better than yaml.v3 knows
}{
	{says: "cannot start any token", message: tabbed, hints: []diag.Message{diag.M("indent with spaces")}, slips: reservedSign},
	{says: "a tab character", message: tabbed, hints: []diag.Message{diag.M("indent with spaces")}, slips: tabAt},
	{says: "mapping keys are not allowed", message: diag.M("a ? begins a key here, which YAML allows only at the start of a line"),
		hints: []diag.Message{diag.M("text that begins with ? needs quotes")}},
	{says: "mapping values are not allowed", message: tooFar,
		hints: []diag.Message{diag.M("align the keys of one block")}, slips: colons},
	{says: "could not find expected ':'", begins: true, message: diag.M("a colon is missing behind a key near this line"),
		hints: []diag.Message{diag.M("write “key: value” with a half-width colon and a space behind it")}, slips: colons},
	{says: "did not find expected key", message: diag.M("the indentation does not fit the lines above, or a text in quotes goes on behind its closing quote"),
		hints: []diag.Message{diag.M("align the keys of one block, and put the whole text into quotes")}, slips: colons},
	{says: "did not find expected '-' indicator", message: unlisted,
		hints: []diag.Message{diag.M("begin an entry with “- ”, and align the keys of one entry")}, slips: colons},
	{says: "did not find expected ',' or", message: diag.M("a bracket [ or { is not closed, or a comma is missing"),
		hints: []diag.Message{diag.M("a formula with ? [ ] or { } needs quotes inside { }, or a line of its own")}},
	{says: "did not find expected node content", message: diag.M("a value is missing in [ ] or { }"),
		hints: []diag.Message{diag.M("leave out the comma that is too many")}},
	{says: "found unexpected end of stream", message: unquoted},
	{says: "unexpected document indicator", begins: true, message: unquoted},
	{says: "block sequence entries are not allowed", message: diag.M("a list with “- ” can't begin on this line"),
		hints: []diag.Message{diag.M("begin the list on the line below its key")}},
	{says: "unknown escape character", message: badEscape, hints: singleQuotes},
	{says: "character escape code", message: badEscape, hints: singleQuotes},
	{says: "hexdecimal number", message: badEscape, hints: singleQuotes},
	{says: "unknown anchor", message: anchors, hints: []diag.Message{diag.M("text that begins with & or * needs quotes")}},
	{says: "did not find expected alphabetic or numeric character", message: anchors,
		hints: []diag.Message{diag.M("text that begins with & or * needs quotes")}},
	{says: "control characters are not allowed", message: diag.M("a control character stands on this line"),
		hints: []diag.Message{diag.M("delete it, or type the line anew")}},
	{says: "exceeded max depth", message: diag.M("brackets are nested too deep")},
	{says: "undefined tag handle", message: exclamation},
	{says: "did not find expected '!'", message: exclamation},
	{says: "tag URI", message: exclamation},
	{says: "URI escaped octet", message: exclamation},
	{says: "UTF-8 octet", message: exclamation},
	{says: "did not find the expected '>'", message: exclamation},
	{says: "did not find expected whitespace", message: exclamation},
	{says: "directive", message: exclamation},
	{says: "did not find expected <document start>", message: diag.M("this line is indented less than the first one"),
		hints: []diag.Message{diag.M("begin the first line at the very left, too")}},
	{says: "did not find expected comment or line break", message: newLine},
	{says: "indentation indicator", message: newLine},
}

var (
	tooFar       = diag.M("this line is indented too far")
	tabbed       = diag.M("this line is indented with a tab")
	unlisted     = diag.M("a line of this list does not begin with “- ”")
	unquoted     = diag.M("a quote that is opened here is never closed")
	anchors      = diag.M("anchors and aliases (& and *) are not used here")
	exclamation  = diag.M("text that begins with ! or %% needs quotes")
	newLine      = diag.M("behind | or > the text begins on the next line")
	badEscape    = diag.M("a backslash in double quotes begins an escape that YAML does not know")
	singleQuotes = []diag.Message{diag.M("use single quotes for text with backslashes")}
)
