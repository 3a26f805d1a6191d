package lint

import (
	"strings"
	"testing"
)

func TestYAMLKinds(t *testing.T) {
	for k, texts := range map[kind]string{
		number:  "1 01 -3 +4 1.10 .5 5. 1e3 1.5E-3 0x1F 0b11 0o17 1_000 .inf -.INF .nan",
		truth:   "y N yes No TRUE false on Off",
		moment:  "2021-09-01 2021-9-1 2021-09-01T12:00:00 12:30 1:20:30 -12:30",
		nothing: "~ null NULL",
		plain:   "是 否 A 1a 1.1.1 2021.1.2 1-2 2021-09 一 yEs 0x 1: v1 e3 . - + 12: .",
	} {
		for _, text := range strings.Fields(texts) {
			if got := yamlKind(text); got != k {
				t.Errorf("%s is of kind %d, want %d", text, got, k)
			}
		}
	}
}

func TestWritten(t *testing.T) {
	head := func(old, new string) string { return strings.Replace(clean, old, new, 1) }
	field := func(s string) string {
		return head("items:\n", "      "+s+"\nitems:\n") + "  - {id: \"2\", title: 二, points: 1, evidence: [册], pass: 甲 > 3, say: \"有 {乙}\"}\n"
	}
	judged := func(s string) string { return clean + "  - " + s + "\n" }
	tests := []struct{ name, text, want string }{
		{"a version", head(`"1"`, "1.10"), "3:10 yaml-type “1.10” stands here without quotes, so other programs read a number"},
		{"a version that is a year", head(`"1"`, "2021"), "3:10 yaml-type “2021” stands here without quotes, so other programs read a number"},
		{"an id", head(`id: "1"`, "id: 01"), "9:10 yaml-type “01” stands here without quotes, so other programs read a number"},
		{"an id of two numbers", head(`id: "1"`, "id: 1.1.1"), ""},
		{"a title", head("title: 一", "title: 2021-09-01"), "9:22 yaml-type “2021-09-01” stands here without quotes, so other programs read a date or time"},
		{"a name", field("乙: {unit: 元}\n      on: {unit: 元}") + "  - {id: \"3\", title: 三, points: 1, pass: on > 1}\n", "9:7 yaml-type “on” stands here without quotes, so other programs read true or false"},
		{"a quoted name", field("乙: {unit: 元}\n      \"on\": {unit: 元}") + "  - {id: \"3\", title: 三, points: 1, pass: on > 1}\n", ""},
		{"choices", field("乙: {choice: [12:30, 是, 否, yes, 1_000, 2021]}"),
			"8:20 yaml-type “12:30” stands here without quotes, so other programs read a date or time\n" +
				"8:33 yaml-type “yes” stands here without quotes, so other programs read true or false\n" +
				"8:38 yaml-type “1_000” stands here without quotes, so other programs read a number"},
		{"levels", judged("{id: \"2\", title: 二, points: 1, evidence: [册], judge: [{level: 1, points: 1}, {level: no, points: 0}]}"),
			"10:67 yaml-type “1” stands here without quotes, so other programs read a number\n" +
				"10:90 yaml-type “no” stands here without quotes, so other programs read true or false"},
		{"grades", clean + "round: none\ngrades: [{grade: 1, from: 60}, {grade: 2}]\n",
			"11:18 yaml-type “1” stands here without quotes, so other programs read a number\n" +
				"11:40 yaml-type “2” stands here without quotes, so other programs read a number"},
		{"rows", strings.Replace(clean, "items:\n", "  表: {key: 行, rows: [01, 2021], columns: {丙: {unit: 元}}}\nitems:\n", 1) + "  - {id: \"2\", title: 二, points: 1, each: 表, pass: 丙 > 1}\n",
			"8:22 yaml-type “01” stands here without quotes, so other programs read a number"},
		{"keys of params", "params: {丁: {1: 3, 2: 4}, 戊: {2021: 1}, on: 5}\n" + judged("{id: \"2\", title: 二, points: 1, pass: 甲 > 戊 + on}") + "note: 无\nchecks: [{rule: '甲 > 丁[\"1\"]', say: 少}]\n",
			"1:41 yaml-type “on” stands here without quotes, so other programs read true or false"},
		{"what is no text", clean + "digits: 1\nround: 1\nunverified: yes\n", ""},

		{"a title cut off", head("title: 试", "title: 第 #1组"), "2:8 comment YAML ends the text here and takes “#1组” for a comment"},
		{"a formula cut off", judged("id: \"2\"\n    title: 二\n    points: 1\n    pass: 甲 >= 2 #或3"), "13:11 comment YAML ends the text here and takes “#或3” for a comment"},
		{"a comment", head("title: 试", "title: 第 # 1组"), ""},
		{"a ruler", head("title: 试", "title: 第 #----"), ""},
		{"a comment behind a number", clean + "digits: 1 #位\n", ""},
		{"a comment behind quotes", head("title: 试", "title: \"第\" #1组"), ""},
		{"behind a number’s formula", "params: {丁: 1}\n" + judged("id: \"2\"\n    title: 二\n    points: 丁 #2\n    pass: 甲 > 3"), "13:13 comment YAML ends the text here and takes “#2” for a comment"},

		{"a folded sentence", judged("id: \"2\"\n    title: 二\n    points: 1\n    pass: 甲 > 3\n    say: >\n      有 {甲}\n      元"), "14:10 folded-text a text with formulas over several lines must begin with |"},
		{"a sentence over two lines", judged("id: \"2\"\n    title: 二\n    points: 1\n    pass: 甲 > 3\n    say: 有 {甲}\n      元"), "14:10 folded-text a text with formulas over several lines must begin with |"},
		{"a block", judged("id: \"2\"\n    title: 二\n    points: 1\n    pass: 甲 > 3\n    say: |\n      有 {甲}\n      元"), ""},
		{"folded without formulas", judged("id: \"2\"\n    title: 二\n    points: 1\n    pass: 甲 > 3\n    say: >\n      达到\n      标准"), ""},
		{"a folded note", clean + "note: >\n  {某}\n  物\n", ""},
		{"a folded number", "params: {丁: 1}\n" + judged("id: \"2\"\n    title: 二\n    points: >\n      丁 +\n      1\n    pass: 甲 > 3"), "13:13 folded-text a text with formulas over several lines must begin with |"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { compare(t, tt.text, tt.want) })
	}
}

func TestCharacters(t *testing.T) {
	field := func(s, pass string) string {
		return strings.Replace(clean, "items:\n", "      "+s+"\nitems:\n", 1) + "  - {id: \"2\", title: 二, points: 1, pass: " + pass + "}\n"
	}
	choice := func(s string) string { return field("乙: {choice: ["+s+"]}", "甲 > 3, say: \"{乙}\"") }
	tests := []struct{ name, text, want string }{
		{"a full-width digit", field("乙１: {unit: 元}", "乙１ > 1"), "8:8 characters “１” is full-width"},
		{"a full-width letter", choice("ＡA"), "8:20 characters “Ａ” is full-width"},
		{"full-width punctuation", choice("甲（乙）：丙！"), ""},
		{"options in one", choice("小学，初中"), "8:22 characters “，” separates nothing here: “小学，初中” is one value"},
		{"rows in one", strings.Replace(clean, "items:\n", "  表: {key: 行, rows: 小学、初中, columns: {丙: {unit: 元}}}\nitems:\n", 1) + "  - {id: \"2\", title: 二, points: 1, each: 表, pass: 丙 > 1}\n",
			"8:23 characters “、” separates nothing here: “小学、初中” is one value"},
		{"letters in one", strings.Replace(clean, "points: 10, ", "", 1) + "kind: letter\nletters: A, B\n", "11:11 characters “,” separates nothing here: “A, B” is one value"},
		{"one option with a comma", choice("\"小学、初中\""), ""},
		{"a radical", choice("⼀年级"), "8:20 characters “⼀” is not the common character (U+2F00)"},
		{"a compatibility ideograph", choice("\uf914"), "8:20 characters “\uf914” is not the common character (U+F914)"},
		{"numbers that are fine", choice("①, Ⅱ类, 生均㎡"), ""},
		{"a Cyrillic letter", choice("Аb"), "8:20 characters “А” is no Latin letter (U+0410), it only looks like A"},
		{"a Greek letter of its own", choice("α类"), ""},
		{"a zero-width space", choice("小\u200b学"), "8:21 characters an invisible character stands here (U+200B)"},
		{"a soft hyphen", choice("小\u00ad学"), "8:21 characters an invisible character stands here (U+00AD)"},
		{"a wide space", choice("小\u3000学"), "8:21 characters a space of another width stands here (U+3000)"},
		{"a space behind", choice("\"小学 \""), "8:23 characters a space stands at the edge of the text"},
		{"a text in a formula", field("乙: {type: text}", "乙 == \"小学１\""), "11:50 characters “１” is full-width"},
		{"a text in a quoted formula", field("乙: {type: text}", "'乙 == \"小学１\"'"), "11:51 characters “１” is full-width"},
		{"a title", strings.Replace(clean, "title: 试", "title: ２０２１年　试", 1), ""},

		{"two names", field("支出: {unit: 元}\n      支岀: {unit: 元}", "支出 > 支岀"), "9:7 characters “支岀” looks like “支出” on line 8 and is another text"},
		{"a name and a param", "params: {支岀: 1}\n" + field("支出: {unit: 元}", "支出 > 支岀"), "9:7 characters “支出” looks like “支岀” on line 1 and is another text"},
		{"two choices", choice("期未, 期末"), "8:24 characters “期末” looks like “期未” on line 8 and is another text"},
		{"one look-alike letter", choice("A类, А类"), "8:24 characters “А类” looks like “A类” on line 8 and is another text"},
		{"another width", choice("A类, Ａ类"), "8:24 characters “Ａ类” looks like “A类” on line 8 and is another text"},
		{"choices of two fields", strings.Replace(choice("末"), "choice: [末]}", "choice: [末]}\n      丁: {choice: [未]}", 1) + "checks: [{rule: 甲 > 1, say: \"{丁}\"}]\n", ""},
		{"two levels", clean + "  - {id: \"2\", title: 二, points: 1, evidence: [册], judge: [{level: 己办, points: 1}, {level: 已办, points: 0}]}\n", "10:91 characters “已办” looks like “己办” on line 10 and is another text"},
		{"the same level twice", clean + "  - {id: \"2\", title: 二, points: 1, evidence: [册], judge: [{level: 优, points: 1}]}\n  - {id: \"3\", title: 三, points: 1, evidence: [册], judge: [{level: 优, points: 1}]}\n", ""},
		{"two ids", clean + "  - {id: \"１\", title: 二, points: 1, pass: 甲 > 1}\n", "10:11 characters “１” looks like “1” on line 9 and is another text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { compare(t, tt.text, tt.want) })
	}
}

func TestPairs(t *testing.T) {
	for r, latin := range looksLatin {
		if r < 0x370 || latin > 'z' {
			t.Errorf("%c is said to look like the Latin letter %c", r, latin)
		}
	}
	for r, like := range looksLike {
		if looksLike[like] != 0 || r < 0x4e00 || like < 0x4e00 {
			t.Errorf("%c stands for %c, which must stand for itself", r, like)
		}
	}
}
