package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What README.md and the tutorial in rubrics/README.md show is what happens. A
// document is read from its top to its end, each "## " in a new folder that has the
// examples and the shipped rubrics:
//
//	```console         lines with "$ dudao" are run, what follows is what they print;
//	                   a line "…" stands for lines left out
//	```yaml step FILE  the text is written to FILE, below what is there
//	```diff FILE       lines with - are taken out of FILE, those with + are put there
//
// -update writes what is printed into the document, but where it has a "…".
func TestReadmeIsTrue(t *testing.T) {
	if runs := runDocument(t, filepath.Join("..", "..", "README.md")); runs < 25 {
		t.Errorf("only %d commands are shown", runs)
	}
}

func TestTutorialIsTrue(t *testing.T) {
	if runs := runDocument(t, filepath.Join("..", "..", "rubrics", "README.md")); runs < 15 {
		t.Errorf("only %d commands are shown", runs)
	}
}

func runDocument(t *testing.T, name string) (runs int) {
	name, root := absolute(t, name), absolute(t, filepath.Join("..", ".."))
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("NO_COLOR", "1")
	lines, out := strings.Split(string(text), "\n"), []string(nil)
	for i := 0; i < len(lines); i++ {
		if strings.HasPrefix(lines[i], "## ") {
			startFolder(t, root)
		}
		out = append(out, lines[i])
		info, fence := strings.CutPrefix(lines[i], "```")
		if !fence {
			continue
		}
		first := i + 1
		for i++; i < len(lines) && lines[i] != "```"; i++ {
		}
		body := lines[first:i]
		kind, file, _ := strings.Cut(info, " ")
		step, isStep := strings.CutPrefix(file, "step ")
		switch {
		case info == "console":
			shown, n := runBlock(t, body, first+1)
			body, runs = shown, runs+n
		case kind == "yaml" && isStep:
			appendFile(t, step, body)
		case kind == "diff":
			changeFile(t, file, body, first+1)
		}
		out = append(append(out, body...), "```")
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(name, []byte(strings.Join(out, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return runs
}

func absolute(t *testing.T, name string) string {
	full, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return full
}

func startFolder(t *testing.T, root string) {
	dir := t.TempDir()
	for _, part := range []string{"examples", "rubrics"} {
		if err := os.CopyFS(filepath.Join(dir, part), os.DirFS(filepath.Join(root, part))); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

// runBlock runs the commands of a block and gives the block as it should be.
func runBlock(t *testing.T, body []string, line int) (out []string, runs int) {
	for i := 0; i < len(body); {
		command, ok := strings.CutPrefix(body[i], "$ dudao ")
		if !ok {
			t.Fatalf("line %d is no command of dudao: %s", line+i, body[i])
		}
		at := i
		for i++; i < len(body) && !strings.HasPrefix(body[i], "$ "); i++ {
		}
		var printed bytes.Buffer
		run(strings.Fields(command), strings.NewReader(""), &printed, &printed)
		// A terminal shows a bar, which goes away.
		got := plain(strings.Split(progressLine.ReplaceAllString(printed.String(), ""), "\n"))
		want := plain(body[at+1 : i])
		out = append(out, body[at])
		runs++
		switch {
		case pattern(want).MatchString(got):
			out = append(out, body[at+1:i]...)
		case *update && !strings.Contains(want, "…\n"):
			out = append(out, strings.Split(strings.TrimSuffix(got, "\n"), "\n")...)
			if i < len(body) {
				out = append(out, "")
			}
		default:
			t.Errorf("line %d: dudao %s prints\n%s", line+at, command, got)
			out = append(out, body[at+1:i]...)
		}
	}
	return out, runs
}

var progressLine = regexp.MustCompile(`(?m)^\[\d+/\d+\] .*\n`)

// plain are lines without blanks at their ends and without blank lines at the end.
func plain(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimRight(line, " 　\r") + "\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func pattern(want string) *regexp.Regexp {
	quoted := regexp.QuoteMeta(want)
	return regexp.MustCompile(`\A` + regexp.MustCompile(`(?m)^…\n`).ReplaceAllString(quoted, `(?:.*\n)*`) + `\z`)
}

func appendFile(t *testing.T, name string, body []string) {
	old, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append(old, strings.Join(body, "\n")+"\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
}

func changeFile(t *testing.T, name string, body []string, line int) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var from, to strings.Builder
	for i, l := range body {
		rest := ""
		if l != "" {
			rest = l[1:]
		}
		switch {
		case strings.HasPrefix(l, "-"):
			from.WriteString(rest + "\n")
		case strings.HasPrefix(l, "+"):
			to.WriteString(rest + "\n")
		case l == "" || l[0] == ' ':
			from.WriteString(rest + "\n")
			to.WriteString(rest + "\n")
		default:
			t.Fatalf("line %d begins with neither - nor +", line+i)
		}
	}
	if n := strings.Count(string(text), from.String()); n != 1 {
		t.Fatalf("line %d: what is changed stands in %s %d times", line, name, n)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), from.String(), to.String(), 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

var shownCode = regexp.MustCompile("`dudao ([^`]+)`")

// The commands in the table of the README work as they stand.
func TestReadmeTable(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	startFolder(t, absolute(t, filepath.Join("..", "..")))
	for to, from := range map[string]string{
		"填报表.xlsx":   "examples/gaoping-2021/填报表.xlsx",
		"自评报告.xlsx":  "examples/gaoping-2021/填报表-自评报告.xlsx",
		"上报/高坪.xlsx": "examples/gaoping-2021/填报表.xlsx",
	} {
		copyFile(t, from, to, "", "")
	}
	copyFile(t, "rubrics/testdata/idioms/bands.yaml", "细则.yaml", "", "")
	copyFile(t, "rubrics/testdata/idioms/bands_test.yaml", "细则_test.yaml", "bands.yaml", "细则.yaml")
	runs := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| `dudao ") {
			continue
		}
		for _, code := range shownCode.FindAllStringSubmatch(line, -1) {
			var printed bytes.Buffer
			if got := run(strings.Fields(code[1]), strings.NewReader(""), &printed, &printed); got != exitDone {
				t.Errorf("dudao %s: exit status %d\n%s", code[1], got, &printed)
			}
			runs++
		}
	}
	if runs < 10 {
		t.Errorf("only %d commands are in the table", runs)
	}
}

// copyFile copies a file, with one text in it put for another.
func copyFile(t *testing.T, from, to, old, text string) {
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, bytes.Replace(data, []byte(old), []byte(text), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The README lists the shipped schemes, no more and no fewer.
func TestReadmeListsTheSchemes(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "\n## Shipped schemes")
	table, _, _ = strings.Cut(table, "\n## ")
	rows := strings.Count(table, "\n| `")
	for _, r := range shipped() {
		row := regexp.MustCompile("(?m)^\\| `" + regexp.QuoteMeta(r.Ref().String()) + "` \\| " + regexp.QuoteMeta(r.Title.Text) + " \\| .* \\| " + r.Kind.Text + " \\|$")
		if !row.MatchString(table) {
			t.Errorf("no row of README.md is for %s, %s, %s", r.Ref(), r.Title.Text, r.Kind.Text)
		}
		rows--
	}
	if rows != 0 {
		t.Errorf("%d rows too many", rows)
	}
}
