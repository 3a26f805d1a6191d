package diag

import (
	"strings"
	"testing"
)

func plain(m Message) string {
	s := m.Key
	for _, a := range m.Args {
		s = strings.Replace(s, "%s", a, 1)
	}
	return s
}

func TestWriter(t *testing.T) {
	files := map[string][]byte{"r.yaml": []byte("id: a\n    pass: 支岀 >= 上年\r\n\ttab: 值\nlast")}
	tests := []struct {
		pos   Pos
		width int
		want  string
	}{
		{Pos{File: "r.yaml", Line: 2, Col: 11}, 2, "r.yaml:2:11: error: m\n        pass: 支岀 >= 上年\n              ^~~~\n  hint\n"},
		{Pos{File: "r.yaml", Line: 2, Col: 17}, 2, "r.yaml:2:17: error: m\n        pass: 支岀 >= 上年\n                      ^~~~\n  hint\n"},
		{Pos{File: "r.yaml", Line: 2, Col: 19}, 0, "r.yaml:2:19: error: m\n        pass: 支岀 >= 上年\n                          ^\n  hint\n"},
		{Pos{File: "r.yaml", Line: 3, Col: 7}, 1, "r.yaml:3:7: error: m\n     tab: 值\n          ^~\n  hint\n"},
		{Pos{File: "r.yaml", Line: 1}, 0, "r.yaml:1: error: m\n    id: a\n  hint\n"},
		{Pos{File: "r.yaml", Line: 9, Col: 1}, 0, "r.yaml:9:1: error: m\n  hint\n"},
		{Pos{File: "a.xlsx", Sheet: "经费", Cell: "C3"}, 0, "a.xlsx!经费!C3: error: m\n  hint\n"},
		{Pos{}, 0, "error: m\n  hint\n"},
	}
	for _, tt := range tests {
		var b strings.Builder
		w := Writer{Out: &b, Print: plain, Files: files}
		if err := w.Write(List{{Message: M("m"), Pos: tt.pos, Width: tt.width, Hints: []Message{M("hint")}}}); err != nil {
			t.Fatal(err)
		}
		if b.String() != tt.want {
			t.Errorf("got\n%swant\n%s", b.String(), tt.want)
		}
	}
}

func TestWriterColor(t *testing.T) {
	var b strings.Builder
	_ = Writer{Out: &b, Print: plain, Color: true}.Write(List{{Severity: Warning, Message: M("m")}})
	if !strings.Contains(b.String(), "\x1b[1;33mwarning: \x1b[0m") {
		t.Errorf("%q", b.String())
	}
}

func TestSorted(t *testing.T) {
	at := func(line int) Pos { return Pos{File: "f", Line: line} }
	l := List{{Message: M("b"), Pos: at(2)}, {Message: M("a"), Pos: at(1)}, {Message: M("b"), Pos: at(2)}, {Message: M("c"), Pos: at(2)}}
	var got []string
	for _, d := range l.Sorted() {
		got = append(got, d.Message.Key)
	}
	if strings.Join(got, "") != "abc" {
		t.Errorf("got %v", got)
	}
	cells := List{{Message: M("10"), Pos: Pos{Sheet: "s", Cell: "B10"}}, {Message: M("9"), Pos: Pos{Sheet: "s", Cell: "B9"}}}
	if cells.Sorted()[0].Message.Key != "9" {
		t.Error("B10 comes before B9")
	}
}

func TestNearest(t *testing.T) {
	tests := []struct{ name, want string }{
		{"支岀", "支出"}, {"tittle", "title"}, {"ponits", "points"}, {"一般公共预算教育支岀", "一般公共预算教育支出"},
		{"收入", ""}, {"x", ""}, {"", ""}, {strings.Repeat("很", 100), ""},
	}
	for _, tt := range tests {
		if got := Nearest(tt.name, []string{"支出", "title", "points", "一般公共预算教育支出"}); got != tt.want {
			t.Errorf("Nearest(%s) = %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestExcerptAt(t *testing.T) {
	e := Excerpt{Text: "甲 >=\n乙 + 丙", Pos: Pos{Line: 3, Col: 7}, Layout: &Layout{Lines: []Pos{{Line: 4, Col: 9}}}}
	for offset, want := range map[int]Pos{0: {Line: 3, Col: 7}, 4: {Line: 3, Col: 11}, 5: {Line: 4, Col: 9}, 9: {Line: 4, Col: 13}, 99: {Line: 4, Col: 14}} {
		if got := e.At(offset); got != want {
			t.Errorf("rune %d is at %v, want %v", offset, got, want)
		}
	}
}
