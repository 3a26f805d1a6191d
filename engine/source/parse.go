package source

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"dudao/engine/diag"

	"gopkg.in/yaml.v3"
)

// MaxSize is the largest YAML text that is read. A rubric of a thousand items
// has about half a megabyte.
const MaxSize = 16 << 20

// Parse reads one YAML document. What it could read is returned even when there
// are errors; after a syntax error that is nothing.
func Parse(file string, data []byte) (Node, diag.List) {
	root, diags := parse(file, data)
	return root, diags.Named("yaml")
}

func parse(file string, data []byte) (Node, diag.List) {
	var diags diag.List
	top := diag.Pos{File: file}
	switch {
	case len(data) > MaxSize:
		diags.Add(top, 0, diag.M("the file is larger than %s MB, that is no rubric or return", itoa(MaxSize>>20)))
		return Node{}, diags
	case !utf8.Valid(data):
		top.Line = 1 + bytes.Count(data[:invalidAt(data)], []byte("\n"))
		diags.Add(top, 0, diag.M("the file is not in UTF-8"), diag.M("save it as UTF-8 in the editor"))
		return Node{}, diags
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			diags.Add(top, 0, diag.M("the file is empty"))
		} else {
			diags = append(diags, syntaxError(file, err))
		}
		return Node{}, diags
	}
	c := converter{file: file, lines: strings.Split(string(data), "\n"), diags: &diags}
	root := Node{}
	if len(doc.Content) > 0 {
		root = c.node(doc.Content[0])
	}
	var second yaml.Node
	if err := dec.Decode(&second); err == nil {
		diags.Add(c.pos(&second), 3, diag.M("a second document begins here"), diag.M("one file holds one document; leave the --- out"))
	} else if !errors.Is(err, io.EOF) {
		diags = append(diags, syntaxError(file, err))
	}
	return root, diags
}

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?((?s).*)$`)

// syntaxError rewrites what yaml.v3 says in words that say how to mend it.
func syntaxError(file string, err error) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Pos: diag.Pos{File: file}}
	said := err.Error()
	if m := yamlLine.FindStringSubmatch(said); m != nil {
		d.Pos.Line, _ = strconv.Atoi(m[1])
		said = m[2]
	}
	for _, known := range yamlErrors {
		if strings.Contains(said, known.says) {
			d.Message = known.message
			d.Hints = known.hints
			return d
		}
	}
	d.Message = diag.M("this is not valid YAML (in the original words: %s)", said)
	return d
}

// yamlErrors are the texts of yaml.v3 that people meet; a test makes each one.
var yamlErrors = []struct {
	says    string
	message diag.Message
	hints   []diag.Message
}{
	{"cannot start any token", diag.M("this line begins with a character that YAML keeps for itself, or with a tab"),
		[]diag.Message{diag.M("indent with spaces, and put text that begins with @ ` %% or a tab into quotes")}},
	{"a tab character", diag.M("this line is indented with a tab"), []diag.Message{diag.M("indent with spaces")}},
	{"mapping keys are not allowed", diag.M("a ? begins a key here, which YAML allows only at the start of a line"),
		[]diag.Message{diag.M("text that begins with ? needs quotes")}},
	{"mapping values are not allowed", diag.M("a second colon stands on this line, or the line is indented too far"),
		[]diag.Message{diag.M("put text with “: ” in it into quotes, and align the keys of one block")}},
	{"could not find expected ':'", diag.M("a colon is missing behind a key near this line"),
		[]diag.Message{diag.M("write “key: value” with a half-width colon and a space behind it")}},
	{"did not find expected key", diag.M("the indentation does not fit the lines above, or a text in quotes goes on behind its closing quote"),
		[]diag.Message{diag.M("align the keys of one block, and put the whole text into quotes")}},
	{"did not find expected '-' indicator", diag.M("a line of this list does not begin with “- ”"), nil},
	{"did not find expected ',' or", diag.M("a bracket [ or { is not closed, or a comma is missing"),
		[]diag.Message{diag.M("a formula with ? [ ] or { } needs quotes inside { }, or a line of its own")}},
	{"did not find expected node content", diag.M("a value is missing in [ ] or { }"), nil},
	{"found unexpected end of stream", diag.M("a quote that is opened here is never closed"), nil},
	{"block sequence entries are not allowed", diag.M("a list with “- ” can't begin on this line"),
		[]diag.Message{diag.M("begin the list on the line below its key")}},
	{"unknown escape character", diag.M("a backslash in double quotes begins an escape that YAML does not know"),
		[]diag.Message{diag.M("use single quotes for text with backslashes")}},
	{"unknown anchor", diag.M("anchors and aliases (& and *) are not used here"),
		[]diag.Message{diag.M("text that begins with * needs quotes")}},
	{"did not find expected alphabetic or numeric character", diag.M("anchors and aliases (& and *) are not used here"),
		[]diag.Message{diag.M("text that begins with * needs quotes")}},
	{"control characters are not allowed", diag.M("the file holds control characters, so it is no text"), nil},
	{"exceeded max depth", diag.M("brackets are nested too deep"), nil},
	{"while parsing a tag", diag.M("text that begins with ! needs quotes"), nil},
	{"while scanning a tag", diag.M("text that begins with ! needs quotes"), nil},
	{"undefined tag handle", diag.M("text that begins with ! needs quotes"), nil},
	{"directive", diag.M("text that begins with ! or %% needs quotes"), nil},
	{"escape character code", diag.M("a backslash in double quotes begins an escape that YAML does not know"),
		[]diag.Message{diag.M("use single quotes for text with backslashes")}},
	{"hexdecimal number", diag.M("a backslash in double quotes begins an escape that YAML does not know"),
		[]diag.Message{diag.M("use single quotes for text with backslashes")}},
	{"did not find expected <document start>", diag.M("text stands behind the end of the document"),
		[]diag.Message{diag.M("check the indentation of this line")}},
	{"did not find expected comment or line break", diag.M("behind | or > the text begins on the next line"), nil},
	{"did not find expected whitespace or line break", diag.M("text that begins with ! or %% needs quotes"), nil},
}
