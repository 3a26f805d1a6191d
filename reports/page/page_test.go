package page

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/outline"

	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write the golden files anew")

func score(t testing.TB, rubricText, returnText, lang string) *outline.Outline {
	t.Helper()
	r, diags := rubric.Load("rubric.yaml", []byte(rubricText), func(name, _ string) (string, []byte, bool) {
		name = strings.TrimSuffix(filepath.Base(name), ".yaml")
		data, err := os.ReadFile("../../rubrics/" + name + ".yaml")
		if err != nil {
			data, err = os.ReadFile("../../rubrics/testdata/idioms/" + name + ".yaml")
		}
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

func draw(t testing.TB, o *outline.Outline) string {
	t.Helper()
	data, err := Draw(o, "test")
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
	} {
		got := draw(t, score(t, file(t, "rubrics/"+c.rubric+".yaml"), file(t, "examples/"+c.ret+"/return.yaml"), c.lang))
		checkPage(t, got)
		golden := filepath.Join("testdata", c.golden+".html")
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

// checkPage asserts what every page keeps to: nothing is fetched, nothing runs, every
// link leads to a place in the page, every row has as many cells as there are heads.
func checkPage(t *testing.T, page string) (texts []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	ids, links := map[string]bool{}, []string{}
	allowed := strings.Fields("html head meta title style body header h1 h2 h3 p nav a main section dl div dt dd article span ul li details summary table thead tbody tr th td i bdi footer")
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			texts = append(texts, n.Data)
		case html.CommentNode:
			t.Errorf("a comment: %s", n.Data)
		case html.ElementNode:
			if !slices.Contains(allowed, n.Data) {
				t.Errorf("an element %s", n.Data)
			}
			for _, a := range n.Attr {
				switch {
				case a.Key == "id":
					if ids[a.Val] {
						t.Errorf("the id %s stands twice", a.Val)
					}
					ids[a.Val] = true
				case a.Key == "href":
					links = append(links, a.Val)
				case !slices.Contains(strings.Fields("class lang charset name content aria-label scope colspan data-label style tabindex open"), a.Key):
					t.Errorf("an attribute %s=%q", a.Key, a.Val)
				}
			}
		}
		if n.Type == html.ElementNode && n.Data == "table" {
			checkTable(t, n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	for _, l := range links {
		if !strings.HasPrefix(l, "#") || !ids[l[1:]] {
			t.Errorf("a link to %s", l)
		}
	}
	return texts
}

func checkTable(t *testing.T, table *html.Node) {
	t.Helper()
	heads := -1
	for row := range table.Descendants() {
		if row.Type != html.ElementNode || row.Data != "tr" {
			continue
		}
		n, span := 0, false
		for c := range row.ChildNodes() {
			if c.Type == html.ElementNode {
				n++
				span = span || slices.ContainsFunc(c.Attr, func(a html.Attribute) bool { return a.Key == "colspan" })
			}
		}
		if heads < 0 {
			heads = n
		}
		if n != heads && !span {
			t.Errorf("a row of %d cells under %d heads", n, heads)
		}
	}
}

// hostile are names as they shouldn't be.
var hostile = []string{
	"<script>alert(1)</script>", "]]></style><img src=x onerror=alert(1)>", `" onmouseover="alert(1)`, "' & &lt;b&gt; </title>",
	"\u202eللتجربة\u202c", strings.Repeat("W", 400), "{{.Title}} ${x}", "javascript:alert(1)", "<!-- -->",
}

// Whatever names there are, they stand in the page as text, and nothing else happens.
func TestHostileNames(t *testing.T) {
	for i, name := range hostile {
		quoted := "'" + strings.ReplaceAll(name, "'", "''") + "'"
		rubricText := "id: hostile\ntitle: " + quoted + "\nversion: \"1\"\nround: 0\nscored: " + quoted + "\nbasis: [" + quoted + "]\nnote: " + quoted + `
data:
  值:
    fields:
      甲: {note: ` + quoted + `}
  校:
    key: 名
    note: ` + quoted + `
    columns: {数: {unit: 人}, 话: {type: text, label: ` + quoted + `, optional: true}}
checks: [{title: ` + quoted + `, rule: 甲 > 5, say: ` + "'" + strings.NewReplacer("'", "''", "{", "(", "}", ")").Replace(name) + "'" + `}]
items:
  - title: ` + quoted + `
    items:
      - {id: "1", title: ` + quoted + `, points: 5, pass: 甲 >= 1, evidence: [` + quoted + `], note: ` + quoted + `}
      - {id: "2", title: 行, points: 5, each: 校, pass: 数 >= 3, lose: 1}
      - {id: "3", title: 评, points: 5, judge: [{level: ` + quoted + `, points: 5}, {level: 差, points: 0}]}
grades: [{grade: ` + quoted + `, from: 90}, {grade: ` + quoted + `-}]
`
		rubricText = strings.Replace(rubricText, "{grade: "+quoted+"-}", "{grade: "+quoted[:len(quoted)-1]+"-'}", 1)
		ret := "rubric: hostile\nyear: 2024\nname: " + quoted + "\nperiod: " + quoted + "\ndata:\n  甲: 0\n  校:\n    - {名: " + quoted + ", 数: 2, 话: " + quoted +
			"}\njudged:\n  \"3\": {level: " + quoted + ", note: " + quoted + ", evidence: [" + quoted + "]}\n"
		page := draw(t, score(t, rubricText, ret, "zh"))
		texts := checkPage(t, page)
		if !slices.ContainsFunc(texts, func(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), strings.TrimSpace(name)) }) {
			t.Errorf("%.40q doesn't stand in the page as it is", name)
		}
		if dir := os.Getenv("OUT"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "hostile-"+strconv.Itoa(i)+".html"), []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// The rest of the kinds and states: a page is drawn, and keeps to its rules.
func TestAllIdioms(t *testing.T) {
	files, err := filepath.Glob("../../rubrics/testdata/idioms/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no idioms", err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.yaml") {
			continue
		}
		rubricText := file(t, strings.TrimPrefix(filepath.ToSlash(name), "../../"))
		for _, lang := range text.Languages {
			checkPage(t, draw(t, score(t, rubricText, "name: 某县\ndata: {}\n", lang)))
		}
	}
}
