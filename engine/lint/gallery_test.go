package lint_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine/diag"
	"dudao/engine/lint"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

// The gallery shows every message once: each *.bad.yaml is a small rubric with
// slips, and behind each stands what is said about it:
//
//	pass: 支岀 >= 85  # want [支岀] 未知的名称“支岀” → 是不是想写“支出”？ | unknown name “支岀” → did you mean “支出”?
//
// [ ] holds the underlined text (nothing for a whole line, or for the place just
// behind the text), then come the message in Chinese and in English, each with
// its hints. Several findings of a line follow each other. Where a comment would
// change the line it stands above: want+2 means the second line below; want-file
// is about no line at all. A finding that is no error says so and names the rule that
// a lint:ignore would name: want-warning [支出] (units) …
const gallery = "../../rubrics/testdata/bad"

var update = flag.Bool("update", false, "rewrite the wants of the gallery")

var (
	wantStart = regexp.MustCompile(`(^|\s+)# want[-+ ]`)
	wantPlace = regexp.MustCompile(`^# want(\+\d+|-file)?(-warning|-note)? (.*)$`)
)

// want is what is, or should be, found: the line, and the text of the comment.
type want struct {
	line int // 0: the whole file
	says string
}

// wants reads the comments of a file.
func wants(t *testing.T, content string) []want {
	t.Helper()
	var out []want
	for i, line := range strings.Split(content, "\n") {
		starts := wantStart.FindAllStringIndex(line, -1)
		for k, at := range starts {
			end := len(line)
			if k+1 < len(starts) {
				end = starts[k+1][0]
			}
			m := wantPlace.FindStringSubmatch(strings.TrimSpace(line[at[0]:end]))
			if m == nil {
				t.Fatalf("line %d: can't read %s", i+1, line[at[0]:end])
			}
			w := want{line: i + 1, says: "want" + m[2] + " " + m[3]}
			switch {
			case m[1] == "-file":
				w.line = 0
			case m[1] != "":
				below, _ := strconv.Atoi(m[1][1:])
				w.line += below
			}
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b want) int { return a.line - b.line })
	return out
}

// findings loads and checks a rubric of the gallery. Rubrics that it builds on
// stand beside it.
func findings(name, content string) diag.List {
	r, loaded := rubric.Load(name, []byte(content), func(name, _ string) (string, []byte, bool) {
		text, err := os.ReadFile(filepath.Join(gallery, name))
		return name, text, err == nil
	})
	return lint.Check(r, loaded, tests(name))
}

// tests are the tests of a rubric of the gallery that is about tests. The others
// need none.
func tests(name string) *lint.Tests {
	if !strings.HasPrefix(name, "doubt_untested") {
		return nil
	}
	file := strings.TrimSuffix(name, ".yaml") + "_test.yaml"
	text, err := os.ReadFile(filepath.Join(gallery, file))
	if err != nil {
		text = nil
	}
	return &lint.Tests{File: file, Text: text}
}

// said is a finding as a want has it.
func said(t *testing.T, d diag.Diagnostic, content string) want {
	t.Helper()
	severity, rule := "", ""
	if d.Severity != diag.Error {
		severity, rule = "-"+d.Severity.String(), "("+d.Rule+") "
	}
	parts := []string{}
	for _, lang := range []string{"zh", "en"} {
		p := text.New(lang)
		s := p.Sprint(d.Message)
		for _, h := range d.Hints {
			s += " → " + p.Sprint(h)
		}
		parts = append(parts, s)
	}
	says := strings.ReplaceAll(strings.Join(parts, " | "), "\n", `\n`)
	return want{d.Pos.Line, "want" + severity + " [" + underlined(t, d, content) + "] " + rule + says}
}

// underlined is the text above the caret. A caret must stand inside its line, or
// just behind the text.
func underlined(t *testing.T, d diag.Diagnostic, content string) string {
	t.Helper()
	lines := strings.Split(content, "\n")
	if d.Pos.Line > len(lines) {
		t.Errorf("%s: there is no such line", d.Pos)
		return ""
	}
	if d.Pos.Line == 0 || d.Pos.Col == 0 {
		return ""
	}
	line := strings.TrimPrefix(lines[d.Pos.Line-1], "\ufeff")
	if at := wantStart.FindStringIndex(line); at != nil {
		line = line[:at[0]]
	}
	runes := []rune(strings.TrimRight(line, " \r"))
	from, to := d.Pos.Col-1, d.Pos.Col-1+max(d.Width, 1)
	if from == len(runes) && d.Width <= 1 {
		return ""
	}
	if to > len(runes) {
		t.Errorf("%s: the caret leaves the line: %s", d.Pos, d.Message.Key)
		return ""
	}
	return strings.ReplaceAll(string(runes[from:to]), "\t", `\t`)
}

func TestGallery(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(gallery, "*.bad.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no gallery", err)
	}
	shown := map[string]bool{}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".bad.yaml"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name, content := filepath.Base(file), string(raw)
			if *update {
				content = rewrite(t, name, content)
				if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			list := findings(name, content)
			if !slices.EqualFunc(list, list.Sorted(), func(a, b diag.Diagnostic) bool { return a.Pos == b.Pos && a.Message.Key == b.Message.Key }) {
				t.Error("the findings are not sorted, or one stands there twice")
			}
			compare(t, name, content, list)
			for _, d := range list {
				shown[d.Message.Key] = true
				for _, h := range d.Hints {
					shown[h.Key] = true
				}
			}
		})
	}
	if !t.Failed() {
		complete(t, shown)
	}
}

// compare holds what was found against what the comments want.
func compare(t *testing.T, name, content string, list diag.List) {
	t.Helper()
	wanted := wants(t, content)
	inOrder := slices.Clone(wanted)
	for k, d := range list {
		if d.Pos.File != name {
			t.Errorf("%s is not in this file: %s", d.Pos, d.Message.Key)
			continue
		}
		got := said(t, d, content)
		if k < len(inOrder) && got == inOrder[k] {
			inOrder[k].says = ""
		}
		if i := slices.Index(wanted, got); i >= 0 {
			wanted = slices.Delete(wanted, i, i+1)
		} else {
			t.Errorf("line %d: not wanted:\n\t# %s", got.line, got.says)
		}
	}
	for _, w := range inOrder {
		if w.says != "" && !t.Failed() {
			t.Errorf("line %d: the wants are not in the order of the columns", w.line)
		}
	}
	for _, w := range wanted {
		t.Errorf("line %d: not found:\n\t# %s", w.line, w.says)
	}
}
