package formula

import (
	"strconv"
	"strings"
	"testing"

	"dudao/engine/diag"
)

func TestMentions(t *testing.T) {
	got := strings.Join(Mentions(`pick(标准[学段].小学 >= 5, "文字", 甲) in [乙] // 注`), " ")
	if want := "pick 标准 学段 小学 甲 乙"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := Mentions(`"开着`); got != nil {
		t.Errorf("got %v of what can't be read", got)
	}
}

func TestTokens(t *testing.T) {
	tests := []struct{ formula, want string }{
		{`巩固率 >= 95`, "4>=o 7:95"},
		{`60 <= 巩固率 < 95.50`, "0:60 3<=o 10<o 12:95.50"},
		{`pick(地区 == "城区 > 1", true, -0.5) != 1 and not 甲2`, "8==o 21:true 28:0.5 33!=o 36:1"},
		{"甲 >\n  prev(乙, 2) // 3", "2>o 14:2"},
		{`甲 in [1, 2]`, "6:1 9:2"},
		{`"开着`, ""},
	}
	for _, tt := range tests {
		var got []string
		for _, tok := range Tokens(diag.Excerpt{Text: tt.formula}) {
			if tok.Operator {
				got = append(got, strconv.Itoa(tok.From)+tok.Text+"o")
			} else {
				got = append(got, strconv.Itoa(tok.From)+":"+tok.Text)
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.formula, s, tt.want)
		}
	}
}
