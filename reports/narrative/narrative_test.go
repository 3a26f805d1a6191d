package narrative

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/outline"
)

var update = flag.Bool("update", false, "write the golden files anew")

func score(t testing.TB, rubricText, returnText, lang string) *outline.Outline {
	t.Helper()
	r, diags := rubric.Load("rubric.yaml", []byte(rubricText), func(name, _ string) (string, []byte, bool) {
		data, err := os.ReadFile("../../rubrics/" + name + ".yaml")
		return name + ".yaml", data, err == nil
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	doc, diags := returns.Open("return.yaml", []byte(returnText), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return outline.New(p, ret, p.Score(ret), text.New(lang))
}

func file(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestGolden(t *testing.T) {
	for _, c := range []struct{ golden, rubric, ret, lang string }{
		{"gaoping", "funding-no-decrease", "gaoping-2021", "zh"},
		{"gaoping-en", "funding-no-decrease", "gaoping-2021", "en"},
		{"county-duty", "county-duty-2022", "county", "zh"},
		{"class-size", "class-size", "class-size", "zh"},
	} {
		got := string(Draft(score(t, file(t, "rubrics/"+c.rubric+".yaml"), file(t, "examples/"+c.ret+"/return.yaml"), c.lang), "test"))
		golden := filepath.Join("testdata", c.golden+".md")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is another one (see it with -update and git diff)", golden)
		}
	}
}

// many is a rubric of n items, every third of which is lost and every fifth open,
// and whose titles are so long.
func many(n, long int) (rubricText, ret string) {
	var b, r strings.Builder
	b.WriteString("id: many\ntitle: 很多\nversion: \"1\"\nscored: 县\ndata:\n  值:\n    fields:\n")
	for i := range n {
		fmt.Fprintf(&b, "      值%d号: {type: whole}\n", i)
	}
	b.WriteString("items:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - title: 第%d部分%s\n    items:\n      - {id: \"%d\", title: 标题%d%s, points: %d, pass: 值%d号 >= 1}\n", i, strings.Repeat("长", long), i, i, strings.Repeat("长", long), i%7+1, i)
	}
	r.WriteString("rubric: many\nyear: 2024\nname: 某县" + strings.Repeat("县", long) + "\ndata:\n")
	for i := range n {
		if i%5 != 4 {
			fmt.Fprintf(&r, "  值%d号: %d\n", i, min(i%3, 1))
		}
	}
	return b.String(), r.String()
}

// However much there is to say, the draft is short enough, has all its chapters, and
// says that there is more.
func TestLimit(t *testing.T) {
	for _, lang := range text.Languages {
		for _, n := range []int{1, 30, 34, 60, 150} {
			for _, long := range []int{0, 20, 3000} {
				o := score2(t, n, long, lang)
				got := string(Draft(o, "test"))
				size := utf8.RuneCountInString(got)
				if size > Longest {
					t.Errorf("%d items, titles of %d: %d characters", n, long, size)
				}
				if strings.Count(got, "\n## ") != 4 {
					t.Errorf("%d items, titles of %d: a chapter is lacking", n, long)
				}
				more := o.Sprint(diag.M("And %s items more; see the self-assessment report.", "\x00"))
				if n == 150 && !strings.Contains(got, strings.SplitN(more, "\x00", 2)[1]) {
					t.Errorf("%d items, titles of %d: it doesn't say where the rest is", n, long)
				}
				if n >= 60 && size < Longest*3/4 {
					t.Errorf("%d items, titles of %d: only %d characters, more was left out than had to be", n, long, size)
				}
			}
		}
	}
}

func score2(t *testing.T, n, long int, lang string) *outline.Outline {
	rubricText, ret := many(n, long)
	return score(t, rubricText, ret, lang)
}

// What counts most stays: the largest loss, and it comes first.
func TestTheLargestLossStays(t *testing.T) {
	o := score2(t, 150, 0, "zh")
	got := string(Draft(o, "test"))
	lost, _ := o.Lost()
	first := strings.Index(got, "### 1. "+lost[0].Title.Text)
	if first < 0 || lost[0].Result.Lost() != 7 {
		t.Errorf("the largest loss, %s, is not the first problem", lost[0].Title.Text)
	}
	if strings.Contains(got, "失 1 分") {
		t.Error("a loss of 1 point stands there, though larger ones were left out")
	}
}

// Names from outside make no Markdown and no HTML.
func TestHostileNames(t *testing.T) {
	const rubricText = `
id: hostile
title: "<script>alert(1)</script> # *粗* [链接](http://x) | 表"
version: "1"
scored: 县
data:
  值:
    fields:
      甲: {}
items:
  - {id: "1", title: "1. <img src=x onerror=alert(1)> _斜_ ` + "`码`" + `", points: 5, pass: 甲 >= 1}
`
	got := string(Draft(score(t, rubricText, "rubric: hostile\nyear: 2024\nname: \"&lt;b&gt; ]]> \\u202e倒\\\"'\\n# 标题\"\ndata: {甲: 0}\n", "zh"), "test"))
	plain := regexp.MustCompile(`\\.`).ReplaceAllString(got, "") // without what is escaped
	for _, bad := range []string{"<script", "<img", "\n# 标题", "[链接]", "*粗*", "`码`", "\u202e", "&lt;"} {
		if strings.Contains(plain, bad) {
			t.Errorf("%q stands in it:\n%s", bad, got)
		}
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{"甲。\n乙": "甲。乙", "a.\nb": "a. b", "  甲 \n": "甲"} {
		if got := oneLine(text); got != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
	if got := short("一二三四五六七八，九十", 10); got != "一二三四五六七八…" {
		t.Errorf("got %q", got)
	}
}
