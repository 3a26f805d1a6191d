package source

import (
	"fmt"
	"strings"
	"testing"

	"dudao/engine/diag"
)

func TestIgnores(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"behind the line", "a: 1 # lint:ignore unread 留着对照\n", "1:6 [unread] 留着对照 1-1"},
		{"above the line", "# lint:ignore unread 留着\na: 1\n", "1:1 [unread] 留着 2-2"},
		{"above other comments", "a: 1\n# lint:ignore unread 留着\n# 说明\nb: 1\n", "2:1 [unread] 留着 4-4"},
		{"above an empty line", "# lint:ignore unread 留着\n\na: 1\n", "1:1 [unread] 留着 0-0"},
		{"several rules", "a: 1 # lint:ignore unread, no-unit 理由，有逗号\n", "1:6 [unread no-unit] 理由，有逗号 1-1"},
		{"a Chinese comma", "a: 1 # lint:ignore unread，no-unit 理由\n", "1:6 [unread no-unit] 理由 1-1"},
		{"no reason", "a: 1 # lint:ignore unread\n", "1:6 [unread]  1-1"},
		{"no rule", "a: 1 # lint:ignore 理由\n", "1:6 [] 理由 1-1"},
		{"nothing at all", "a: 1 # lint:ignore\n", "1:6 []  1-1"},
		{"no space", "a: 1 #lint:ignore unread 理由\n", "1:6 [unread] 理由 1-1"},
		{"another word", "a: 1 # lint:ignored unread 理由\n", ""},
		{"in the middle of a comment", "a: 1 # 见 # lint:ignore unread 理由\n", ""},
		{"in quotes", "a: \"x # lint:ignore unread 理由\"\n", ""},
		{"in single quotes", "a: 'it''s # lint:ignore unread 理由'\n", ""},
		{"behind quotes", "a: \"x # y\" # lint:ignore unread 理由\n", "1:12 [unread] 理由 1-1"},
		{"behind an escape", `a: "x \" # y" # lint:ignore unread 理由` + "\n", "1:15 [unread] 理由 1-1"},
		{"in quotes over two lines", "a: \"x\n  # lint:ignore unread 理由\"\n", ""},
		{"in a block", "a: |\n  x\n  # lint:ignore unread 理由\nb: 1\n", ""},
		{"in a folded block", "a: >\n  x\n\n  # lint:ignore unread 理由\nb: 1\n", ""},
		{"below a block", "a: |\n  x\n# lint:ignore unread 理由\nb: 1\n", "3:1 [unread] 理由 4-4"},
		{"above a block", "# lint:ignore unread 理由\na: |\n  x\n  y\nb: 1\n", "1:1 [unread] 理由 2-4"},
		{"inside a plain text", "a: x#lint:ignore unread 理由\n", ""},
		{"in braces", "a: {b: 1, # lint:ignore unread 理由\n  c: 2}\n", "1:11 [unread] 理由 1-1"},
		{"Windows lines", "a: 1 # lint:ignore unread 理由\r\nb: 1\r\n", "1:6 [unread] 理由 1-1"},
		{"no YAML", "a: [ # lint:ignore unread 理由\n", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, i := range Ignores("r.yaml", []byte(tt.text)) {
			var rules []string
			for _, r := range i.Rules {
				rules = append(rules, r.Text)
			}
			got = append(got, fmt.Sprintf("%d:%d %v %s %d-%d", i.Pos.Line, i.Pos.Col, rules, i.Reason, i.first, i.last))
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, s, tt.want)
		}
	}
}

func TestIgnorePlaces(t *testing.T) {
	i := Ignores("r.yaml", []byte("年: 1 # lint:ignore unread, no-unit 理由\n"))[0]
	if i.Rules[0].Pos.Col != 20 || i.Rules[1].Pos.Col != 28 || i.Width != 32 {
		t.Errorf("%+v", i)
	}
}

func TestSilence(t *testing.T) {
	ignores := Ignores("r.yaml", []byte("a: 1 # lint:ignore unread,no-unit 理由\nb: 1\n"))
	at := func(file string, line int) diag.Pos { return diag.Pos{File: file, Line: line, Col: 1} }
	var l diag.List
	l.Warn(at("r.yaml", 1), 1, diag.M("settled")).Rule = "unread"
	l.Warn(at("r.yaml", 1), 1, diag.M("another rule")).Rule = "full"
	l.Warn(at("r.yaml", 2), 1, diag.M("another line")).Rule = "unread"
	l.Warn(at("b.yaml", 1), 1, diag.M("another file")).Rule = "unread"
	l.Add(at("r.yaml", 1), 1, diag.M("an error")).Rule = "no-unit"
	kept, idle := Silence(l, ignores)
	var got []string
	for _, d := range kept {
		got = append(got, d.Message.Key)
	}
	if s := strings.Join(got, ", "); s != "another rule, another line, another file, an error" {
		t.Errorf("kept %s", s)
	}
	if len(idle) != 1 || idle[0].Text != "no-unit" {
		t.Errorf("idle %v", idle)
	}
}
