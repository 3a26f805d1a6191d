package source

import (
	"bytes"
	"errors"
	"io"
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
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		diags.Add(top, 0, diag.M("this is a workbook or an archive, not a text file"))
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
			diags = append(diags, syntaxError(file, data, err))
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
		return Node{}, append(diags, syntaxError(file, data, err))
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
