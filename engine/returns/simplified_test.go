package returns

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

// fromOpenCC rewrites simplified_table.go from TSCharacters.txt of OpenCC:
//
//	go test ./engine/returns -run TestSimplifiedTable -opencc …/TSCharacters.txt
var fromOpenCC = flag.String("opencc", "", "TSCharacters.txt of OpenCC, to write simplified_table.go anew")

// shippedWords are all words of the forms of the shipped rubrics, in Chinese, and
// those that a return may use beside them.
func shippedWords(t *testing.T) []string {
	t.Helper()
	const dir = "../../rubrics/"
	words := []string{"不适用", "不涉及", "名称", "指标", "单位", "本年", "上年", "前年", "填报口径", "数据来源", "备注", "序号",
		"合计总计小计共计", "万亿千百十元人名位圆个百分点平方米公里", "优良中差合格达标", "是否有无"}
	files, err := filepath.Glob(dir + "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	zh := text.New("zh")
	for _, file := range files {
		if strings.HasSuffix(file, "_test.yaml") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, diags := rubric.Load(file, data, func(name, _ string) (string, []byte, bool) {
			id, _, _ := strings.Cut(strings.TrimSuffix(name, ".yaml"), "@")
			data, err := os.ReadFile(dir + id + ".yaml")
			return dir + id + ".yaml", data, err == nil
		})
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		for _, s := range form.Layout(withoutRoom(r)).Sheets {
			words = append(words, zh.Sprint(s.Name))
			for _, c := range s.Cells {
				if c.Role == form.Heading || c.Role == form.Label || c.Role == form.Unit {
					words = append(words, zh.Phrase(c.Text))
				}
				if c.Field != nil {
					words = append(words, texts(c.Field.Choice)...)
				}
			}
		}
	}
	return words
}

// The table covers what we ship. A new rubric may bring a new character.
func TestSimplifiedTable(t *testing.T) {
	var used []rune
	for _, w := range shippedWords(t) {
		for _, r := range w {
			if unicode.Is(unicode.Han, r) {
				used = append(used, r)
			}
		}
	}
	slices.Sort(used)
	used = slices.Compact(used)
	if *fromOpenCC != "" {
		writeTable(t, used)
		t.Skip("simplified_table.go is written; run the test again")
	}
	for _, r := range used {
		if !strings.ContainsRune(considered, r) {
			t.Errorf("%c is new in the forms: write the table anew with -opencc", r)
		}
	}
}

func writeTable(t *testing.T, used []rune) {
	t.Helper()
	data, err := os.ReadFile(*fromOpenCC)
	if err != nil {
		t.Fatal(err)
	}
	var pairs []string
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		from, to, _ := strings.Cut(lines.Text(), "\t")
		to, _, _ = strings.Cut(to, " ")
		if r := []rune(to); len(r) == 1 && from != to && slices.Contains(used, r[0]) && !slices.Contains(used, []rune(from)[0]) {
			pairs = append(pairs, from, to)
		}
	}
	lines := func(runes []rune) string {
		var b strings.Builder
		for i := 0; i < len(runes); i += 60 {
			fmt.Fprintf(&b, " +\n\t%q", string(runes[i:min(i+60, len(runes))]))
		}
		return b.String()
	}
	out := "package returns\n\n// Written by TestSimplifiedTable from OpenCC's table TSCharacters (Apache License 2.0).\n\n" +
		"// toSimplified pairs traditional forms with the characters in the forms of the shipped rubrics.\nconst toSimplified = \"\"" + lines([]rune(strings.Join(pairs, ""))) +
		"\n\n// considered are all characters that were looked up.\nconst considered = \"\"" + lines(used) + "\n"
	source, err := format.Source([]byte(out))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("simplified_table.go", source, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestSimplified(t *testing.T) {
	for traditional, want := range map[string]string{"學校名稱": "学校名称", "萬元": "万元", "不適用": "不适用", "教師": "教师", "指標": "指标", "單位": "单位"} {
		if got := simplified(traditional); got != want {
			t.Errorf("%s: %s, want %s", traditional, got, want)
		}
	}
	for _, w := range shippedWords(t) {
		if got := simplified(w); got != w {
			t.Errorf("%s is changed to %s", w, got)
		}
	}
	if unitOf("萬元") != unitOf("万元") {
		t.Error("萬元 is another unit than 万元")
	}
}
