package source

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"dudao/engine/diag"
)

type written1 struct {
	Text diag.Excerpt   `yaml:"text"`
	List []diag.Excerpt `yaml:"list"`
	Num  Number         `yaml:"num"`
	Yes  bool           `yaml:"yes"`
	Map  Keyed[Node]    `yaml:"map"`
	Sub  *written1      `yaml:"sub"`
	Not  diag.Excerpt   `yaml:"not"`
}

// Tree is the opposite of Decode, whatever the texts are.
func TestTreeReadsBack(t *testing.T) {
	for _, text := range odd {
		readsBack(t, text)
	}
}

var odd = []string{"a", "a\n", "\na", " a ", "a\n b\n\nc", "是", "1", "0x1", "~", "", "#x", "a: b", "- a", "\u2028", "\ufeff", "\x07\x7f\u0085", "a\tb", "a\r\nb", "'\"", "\\", "{a}", "yes", "2021-01-01", "𠮷", "a \nb", "\t", "\n"}

func FuzzTree(f *testing.F) {
	for _, text := range odd {
		f.Add(text)
	}
	f.Fuzz(readsBack)
}

func readsBack(t *testing.T, text string) {
	if !utf8.ValidString(text) {
		return // no file gives such a text
	}
	at := diag.Pos{Line: 1}
	e := diag.Excerpt{Text: text, Pos: at}
	in := &written1{Text: e, List: []diag.Excerpt{e, e}, Num: Number{Value: 0.1, Given: true, Pos: at}, Yes: true,
		Map: Keyed[Node]{{e, Node{Kind: List, Items: []Node{{Kind: Scalar, Style: Quoted, Text: e}}}}},
		Sub: &written1{Num: Number{Formula: diag.Excerpt{Text: "a + 1", Pos: at}, Pos: at}},
		Not: diag.Excerpt{Text: "a default"}}
	data := Write(Tree(in))
	root, diags := Parse("x", data)
	if diags.HasErrors() {
		t.Fatalf("%q: %v\n%s", text, diags, data)
	}
	var out written1
	if diags := Decode(root, &out); diags.HasErrors() {
		t.Fatalf("%q: %v\n%s", text, diags, data)
	}
	in.Not = diag.Excerpt{}
	if want, got := Canonical(in), Canonical(&out); !bytes.Equal(want, got) {
		t.Errorf("%q:\n got %s\nwant %s\n%s", text, got, want, data)
	}
}
