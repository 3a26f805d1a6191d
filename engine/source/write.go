package source

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"
)

// Write writes a tree as YAML: lists and maps with Flow on one line, texts in
// quotes where YAML would take them for something else. Parse reads the same tree
// from it. Places and comments are not written.
func Write(n Node) []byte {
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	err := enc.Encode(written(n))
	if err == nil {
		err = enc.Close()
	}
	if err != nil {
		panic("source: " + err.Error()) // a buffer takes everything, and texts are UTF-8
	}
	return out.Bytes()
}

func written(n Node) *yaml.Node {
	out := &yaml.Node{}
	if n.Flow {
		out.Style = yaml.FlowStyle
	}
	switch n.Kind {
	case List:
		out.Kind = yaml.SequenceNode
		for _, item := range n.Items {
			out.Content = append(out.Content, written(item))
		}
	case Map:
		out.Kind = yaml.MappingNode
		for _, e := range n.Entries {
			out.Content = append(out.Content, writtenText(e.Key.Text, true), written(e.Value))
		}
	case Scalar:
		return writtenText(n.Text.Text, n.Style == Quoted)
	default:
		return writtenText("", true)
	}
	return out
}

// writtenText is a scalar: a number stands without quotes unless it is a text.
func writtenText(s string, isText bool) *yaml.Node {
	out := &yaml.Node{Kind: yaml.ScalarNode, Value: s}
	if isText || !parses(s) {
		out.Tag = "!!str"
	}
	if strings.ContainsRune(s, '\n') && strings.TrimSpace(s) != s {
		out.Style = yaml.DoubleQuotedStyle // a block would lose what stands around it
	}
	return out
}
