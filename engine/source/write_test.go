package source

import (
	"strings"
	"testing"

	"dudao/engine/diag"
)

func TestWrite(t *testing.T) {
	scalar := func(s string) Node { return Node{Kind: Scalar, Text: diag.Excerpt{Text: s}} }
	key := func(k string, v Node) Entry { return Entry{Key: diag.Excerpt{Text: k}, Value: v} }
	row := Node{Kind: Map, Flow: true, Entries: []Entry{key("校名", scalar("一小, 东校区")), key("人数", scalar("12.50")), key("备注", scalar("null"))}}
	tree := Node{Kind: Map, Entries: []Entry{
		key("2021", Node{Kind: List, Items: []Node{row, {Kind: List, Flow: true, Items: []Node{scalar(""), scalar("-3")}}}}),
		key("多行", scalar("甲: 乙\n丙 # 丁")),
		key("文字", Node{Kind: Scalar, Style: Quoted, Text: diag.Excerpt{Text: "007"}}),
		key(strings.Repeat("长", 60), scalar("是")),
		key("空", Node{Kind: List, Flow: true}),
	}}
	want := "\"2021\":\n  - {校名: '一小, 东校区', 人数: 12.50, 备注: \"null\"}\n  - [\"\", -3]\n" +
		"多行: |-\n  甲: 乙\n  丙 # 丁\n文字: \"007\"\n? " + strings.Repeat("长", 60) + "\n: 是\n空: []\n"
	got := Write(tree)
	if string(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	read, diags := Parse("f.yaml", got)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if a, b := string(Canonical(&struct {
		N Node `yaml:"n"`
	}{read})), string(Canonical(&struct {
		N Node `yaml:"n"`
	}{tree})); a != b {
		t.Errorf("read back as\n%s\nwritten\n%s", a, b)
	}
}
