// Package source reads the YAML that people write: rubrics, returns and tests.
// It is strict (an unknown or repeated key is an error) and keeps the place of
// every text, key and number, so that each later stage can point at the file.
//
// It is the only importer of yaml.v3: Parse turns a file into a tree of Nodes,
// Decode fills a struct from a Node. Format lays a file out anew.
package source

import (
	"strings"

	"dudao/engine/diag"

	"gopkg.in/yaml.v3"
)

// Kind is the shape of a Node.
type Kind uint8

const (
	Null Kind = iota // nothing, or an explicit null
	Scalar
	List
	Map
)

// Style is how a scalar is written. It matters for formulas: only some styles
// keep the place of every character.
type Style uint8

const (
	Plain  Style = iota
	Quoted       // '…' or "…"
	Block        // |
	Folded       // >, or plain text over several lines
)

// Node is one value of a YAML file with its place. Scalars are texts however
// they are written: 01 stays 01.
type Node struct {
	Kind    Kind
	Pos     diag.Pos
	Text    diag.Excerpt // of a scalar
	Style   Style        // of a scalar
	Flow    bool         // a list or map in [ ] or { }
	Comment string       // the comment behind a scalar on its line
	Items   []Node       // of a list
	Entries []Entry      // of a map, in the author's order
}

// Entry is one key of a map and its value.
type Entry struct {
	Key      diag.Excerpt
	KeyStyle Style
	Value    Node
}

// Get returns the value of a key.
func (n Node) Get(key string) (Node, bool) {
	for _, e := range n.Entries {
		if e.Key.Text == key {
			return e.Value, true
		}
	}
	return Node{}, false
}

// converter turns yaml.v3's nodes into ours.
type converter struct {
	file  string
	lines []string
	diags *diag.List
}

func (c *converter) pos(n *yaml.Node) diag.Pos {
	return diag.Pos{File: c.file, Line: n.Line, Col: n.Column}
}

func (c *converter) node(n *yaml.Node) Node {
	out := Node{Pos: c.pos(n), Flow: n.Style&yaml.FlowStyle != 0}
	if n.Anchor != "" || n.Kind == yaml.AliasNode {
		c.diags.Add(out.Pos, 1, diag.M("anchors and aliases (& and *) are not used here"),
			diag.M("write the value out, or put it into params:"))
		return Node{Kind: Scalar, Pos: out.Pos, Text: diag.Excerpt{Pos: out.Pos}}
	}
	if n.Style&yaml.TaggedStyle != 0 {
		c.diags.Add(out.Pos, len([]rune(n.Tag)), diag.M("YAML tags such as “%s” are not used here", n.Tag),
			diag.M("leave the tag out; every text is read as what its key says"))
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" && n.Style == 0 {
			return out
		}
		out.Kind = Scalar
		out.Comment = n.LineComment
		out.Text, out.Style = c.scalar(n)
	case yaml.SequenceNode:
		out.Kind = List
		out.Items = make([]Node, 0, len(n.Content))
		for _, item := range n.Content {
			out.Items = append(out.Items, c.node(item))
		}
	case yaml.MappingNode:
		out.Kind = Map
		c.mapping(n, &out)
	}
	return out
}

func (c *converter) mapping(n *yaml.Node, out *Node) {
	out.Entries = make([]Entry, 0, len(n.Content)/2)
	seen, cut := make(map[string]int, len(n.Content)/2), false // keys and their lines
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			c.diags.Add(c.pos(k), 1, diag.M("a key must be a plain text"), c.flowHint(out.Flow)...)
			continue
		}
		key, style := c.scalar(k)
		if out.Flow && cutFormula(out.Entries) {
			if !cut {
				c.diags.Add(key.Pos, len([]rune(key.Text)),
					diag.M("YAML has cut the text at the comma before “%s”", key.Text),
					diag.M("a formula with a comma in { } needs quotes, or a line of its own"))
			}
			// The formula goes on as it was meant, so that it isn't reported again.
			cut = true
			out.Entries[len(out.Entries)-1].Value.Text.Text += ", " + key.Text
			continue
		}
		if first, dup := seen[key.Text]; dup {
			c.diags.Add(key.Pos, len([]rune(key.Text)), diag.M("key “%s” stands here twice", key.Text),
				diag.M("the first one is on line %s", itoa(first))).Rule = "duplicate"
			continue
		}
		seen[key.Text] = key.Pos.Line
		out.Entries = append(out.Entries, Entry{Key: key, KeyStyle: style, Value: c.node(v)})
	}
}

func (c *converter) flowHint(flow bool) []diag.Message {
	if !flow {
		return nil
	}
	return []diag.Message{diag.M("text with { } [ ] or a comma needs quotes")}
}

// cutFormula recognises {value: cv(a, b)}: YAML reads the keys "value" (cv(a)
// and "b)". The open parenthesis tells.
func cutFormula(before []Entry) bool {
	if len(before) == 0 {
		return false
	}
	last := before[len(before)-1].Value
	open := strings.Count(last.Text.Text, "(") - strings.Count(last.Text.Text, ")")
	return last.Kind == Scalar && last.Style == Plain && open > 0
}
