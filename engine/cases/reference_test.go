package cases_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"

	"github.com/xuri/excelize/v2"
)

// reference is the document that authors read. This test keeps it true: what it
// shows as YAML loads, what it shows as a formula compiles, what it shows as a
// mistake is one, and it leaves out no key and no function.
const reference = "../../rubrics/README.md"

// block is one piece of YAML of the reference. Its kind stands behind ```yaml:
//
//	(nothing)  a whole rubric; others may extend it by its id
//	shared     a file for uses:, named in its first line
//	wrapper    the params: and data: that all pieces below may use
//	head params data checks items   a piece that needs the wrapper
//	bad        a piece with mistakes: the lines with ✗, and no others
//	return     a return for the first whole rubric
//	review     what an inspector found of the unit of the first return
//	mapping    the same, with figures from a workbook of the bureau
//	test       a test file for it, which must pass
//	step FILE  a step of the tutorial, as are ```console and ```diff: cmd/dudao takes them
type block struct {
	kind string
	line int // of its first line
	text string
}

var pieces = []string{"head", "params", "data", "checks", "items"}

type manual struct {
	text   string
	blocks []block
	files  map[string]string // whole rubrics and shared files by name
}

func readManual(t *testing.T) manual {
	t.Helper()
	data, err := os.ReadFile(reference)
	if err != nil {
		t.Fatal(err)
	}
	m := manual{text: string(data), files: map[string]string{}}
	var open *block
	for i, line := range strings.Split(m.text, "\n") {
		fence, isFence := strings.CutPrefix(line, "```")
		switch {
		case isFence && open == nil:
			language, kind, _ := strings.Cut(fence, " ")
			if strings.HasPrefix(kind, "step ") {
				kind = "step"
			}
			if language == "console" || language == "diff" {
				kind = "step"
			} else if language != "yaml" {
				t.Errorf("line %d: a block that isn't checked: ```%s", i+1, fence)
			}
			open = &block{kind: kind, line: i + 2}
		case isFence:
			if open.kind != "step" {
				m.blocks = append(m.blocks, *open)
			}
			open = nil
		case open != nil:
			open.text += line + "\n"
		}
	}
	for _, b := range m.blocks {
		if name := firstMatch(`(?m)^id: (\S+)`, b.text); b.kind == "" && name != "" {
			m.files[name+".yaml"] = b.text
		}
		if name := firstMatch(`^# (\S+\.yaml)`, b.text); b.kind == "shared" && name != "" {
			m.files[name] = b.text
		}
	}
	return m
}

func firstMatch(pattern, text string) string {
	if found := regexp.MustCompile(pattern).FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

func (m manual) first(t *testing.T, kind string) block {
	t.Helper()
	for _, b := range m.blocks {
		if b.kind == kind {
			return b
		}
	}
	t.Fatalf("no block ```yaml %s", kind)
	return block{}
}

// compile loads and compiles a rubric as dudao lint does.
func (m manual) compile(file, yaml string) (*engine.Program, diag.List) {
	r, diags := rubric.Load(file, []byte(yaml), func(name, from string) (string, []byte, bool) {
		text, ok := m.files[path.Join(path.Dir(from), name)]
		return name, []byte(text), ok
	})
	p, more := engine.Compile(r)
	return p, append(diags, more...)
}

// rubric puts a piece into the wrapper. Each line comes with the line of the
// reference that it stands on; 0 is none.
func (m manual) rubric(t *testing.T, b block) (string, []int) {
	t.Helper()
	var lines []string
	var from []int
	add := func(more []string, at int) {
		for i, line := range more {
			lines, from = append(lines, line), append(from, at+i)
		}
	}
	sections, order := topLevel(b)
	wrapped, names := topLevel(m.first(t, "wrapper"))
	add([]string{"id: wrapped", "title: 例", `version: "1"`}, -1<<20)
	for _, name := range names {
		add(wrapped[name].lines, wrapped[name].line)
		if own, ok := sections[name]; ok {
			add(own.lines[1:], own.line+1)
		}
	}
	for _, name := range order {
		if !slices.Contains(names, name) {
			add(sections[name].lines, sections[name].line)
		}
	}
	if _, ok := sections["items"]; !ok {
		add([]string{"items:", `  - {id: "1", title: 例, points: 1, pass: 已出台规划}`}, -1<<20)
	}
	return strings.Join(lines, "\n") + "\n", from
}

type section struct {
	line  int
	lines []string
}

// topLevel splits a block at its keys without indent.
func topLevel(b block) (map[string]section, []string) {
	out, order, name := map[string]section{}, []string(nil), ""
	key := regexp.MustCompile(`^([a-z_]+):`)
	for i, line := range strings.Split(strings.TrimRight(b.text, "\n"), "\n") {
		if found := key.FindStringSubmatch(line); found != nil {
			name = found[1]
			order = append(order, name)
			out[name] = section{line: b.line + i}
		}
		s := out[name]
		s.lines = append(s.lines, line)
		out[name] = s
	}
	return out, order
}

func say(l diag.List) string {
	p, out := text.New("zh"), ""
	for _, d := range l {
		out += "\n  " + d.Pos.String() + " " + p.Sprint(d.Message)
		for _, h := range d.Hints {
			out += "（" + p.Sprint(h) + "）"
		}
	}
	return out
}

func TestReferenceBlocks(t *testing.T) {
	m := readManual(t)
	if len(m.blocks) == 0 {
		t.Fatal("the reference shows nothing")
	}
	seen := map[string]bool{}
	for _, b := range m.blocks {
		seen[b.kind] = true
		t.Run(b.kind+"_"+strconv.Itoa(b.line), func(t *testing.T) { m.checkBlock(t, b) })
	}
	for _, kind := range append([]string{"", "wrapper", "shared", "bad", "return", "review", "mapping", "test"}, pieces...) {
		if !seen[kind] {
			t.Errorf("no block ```yaml %s", kind)
		}
	}
}

func (m manual) checkBlock(t *testing.T, b block) {
	switch {
	case b.kind == "":
		if _, diags := m.compile("whole.yaml", b.text); len(diags) > 0 {
			t.Errorf("line %d: %s", b.line, say(diags))
		}
	case b.kind == "wrapper":
		yaml, _ := m.rubric(t, block{})
		if _, diags := m.compile("wrapper.yaml", yaml); len(diags) > 0 {
			t.Errorf("line %d: %s", b.line, say(diags))
		}
	case b.kind == "shared":
		name := firstMatch(`^# (\S+\.yaml)`, b.text)
		if !slices.ContainsFunc(m.blocks, func(o block) bool { return o.kind == "" && strings.Contains(o.text, "uses: ["+name+"]") }) {
			t.Errorf("line %d: no rubric uses %q, so it isn't checked", b.line, name)
		}
	case slices.Contains(pieces, b.kind):
		sections, order := topLevel(b)
		if _, ok := sections[b.kind]; !ok && b.kind != "head" || len(order) == 0 {
			t.Fatalf("line %d: the block doesn't have %s:", b.line, b.kind)
		}
		yaml, from := m.rubric(t, b)
		if _, diags := m.compile("piece.yaml", yaml); len(diags) > 0 {
			t.Errorf("%s", say(inReference(diags, from)))
		}
	case b.kind == "bad":
		m.checkBad(t, b)
	case b.kind == "return" || b.kind == "mapping":
		p, _ := m.compile("whole.yaml", m.first(t, "").text)
		files := fstest.MapFS{"学校情况.xlsx": {Data: bureauBook(t)}}
		doc, diags := returns.OpenBeside(files, "return.yaml", []byte(b.text), returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(say(diags))
		}
		if doc.Rubric.String() != p.Rubric.Ref().String() {
			t.Errorf("the return is for %s", doc.Rubric)
		}
		ret, diags := doc.Read(p.Rubric)
		all := append(diags, ret.Problems...)
		all = slices.DeleteFunc(all, func(d diag.Diagnostic) bool { return d.Severity == diag.Note })
		if len(all) > 0 {
			t.Error(say(all))
		}
		if s := ret.Tables["学校"]; s.Keys[0] != "一小" || s.Columns["最大班额"][0][0].Number != 45 || ret.Fields["教育支出"][1].Number != 83752.12 {
			t.Errorf("other values: %v %v", s, ret.Fields)
		}
	case b.kind == "review":
		p, _ := m.compile("return.yaml", m.first(t, "").text)
		doc, diags := returns.Open("return.yaml", []byte(m.first(t, "return").text), returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(say(diags))
		}
		ret, diags := doc.Read(p.Rubric)
		rev, faults := returns.ReadReview("review.yaml", []byte(b.text), returns.DefaultLimits)
		if len(diags)+len(faults) > 0 {
			t.Fatalf("line %d: %s", b.line, say(append(diags, faults...)))
		}
		checked, diags := p.Review(ret, rev)
		if len(diags) > 0 || len(checked.Checks) != strings.Count(b.text, "reason:") {
			t.Errorf("line %d: %d checks\n%s", b.line, len(checked.Checks), say(diags))
		}
	case b.kind == "test":
		m.checkCases(t, b)
	default:
		t.Errorf("line %d: what is ```yaml %s?", b.line, b.kind)
	}
}

// bureauBook is the workbook that the reference maps.
func bureauBook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	sheets := map[string]map[string]any{
		"小学": {"A1": "2024年小学情况", "A2": "学校名称", "B2": "班额（人）", "B3": "最大", "C3": "平均", "A4": "一小", "B4": 45, "C4": 40, "A5": "合计", "B5": 45},
		"经费": {"A2": "项目", "B2": "2024年", "C2": "2023年", "A3": "教育经费支出（亿元）", "B3": 8.3861, "A5": "决算", "C5": 837521200},
	}
	for name, cells := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for cell, value := range cells {
			if err := f.SetCellValue(name, cell, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// inReference moves places from the rubric made of a piece into the reference.
func inReference(diags diag.List, from []int) diag.List {
	out := slices.Clone(diags)
	for i := range out {
		if line := out[i].Pos.Line; line > 0 && line <= len(from) {
			out[i].Pos.File, out[i].Pos.Line = "README.md", from[line-1]
		}
	}
	return out
}

func (m manual) checkBad(t *testing.T, b block) {
	wrong := map[int]bool{}
	for i, line := range strings.Split(b.text, "\n") {
		if strings.Contains(line, "✗") {
			wrong[b.line+i] = true
		}
	}
	if len(wrong) == 0 {
		t.Errorf("line %d: no line has ✗", b.line)
	}
	yaml, from := m.rubric(t, b)
	_, diags := m.compile("bad.yaml", yaml)
	found := inReference(diags, from)
	for _, d := range found {
		if !wrong[d.Pos.Line] {
			t.Errorf("not a line with ✗: %s", say(diag.List{d}))
		}
	}
	for _, line := range slices.Sorted(maps.Keys(wrong)) {
		if !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && d.Pos.Line == line }) {
			t.Errorf("line %d is no mistake", line)
		}
	}
}

func (m manual) checkCases(t *testing.T, b block) {
	suite, diags := cases.Load("test.yaml", []byte(b.text))
	if len(diags) > 0 {
		t.Fatal(say(diags))
	}
	p, diags := m.compile(suite.Rubric.Text, m.files[suite.Rubric.Text])
	if diags.HasErrors() {
		t.Fatal(say(diags))
	}
	results := cases.Run(suite.Make(p.Rubric, func(name string) ([]byte, error) {
		if name != "return.yaml" {
			return nil, errors.New("no such block")
		}
		return []byte(m.first(t, "return").text), nil
	}), p)
	if len(results) == 0 {
		t.Error("no cases")
	}
	for _, res := range results {
		for _, f := range res.Failures {
			t.Errorf("%s: %s: expected %s, got %s", res.Name, f.What.Key, f.Expected, f.Got)
		}
		if len(res.Diags) > 0 {
			t.Errorf("%s: %s", res.Name, say(res.Diags))
		}
	}
}

var code = regexp.MustCompile("`([^`]+)`")

// TestReferenceFormulas compiles the last column of every table headed 公式例.
func TestReferenceFormulas(t *testing.T) {
	m := readManual(t)
	inTable, found := false, 0
	for i, line := range strings.Split(m.text, "\n") {
		if !strings.HasPrefix(line, "|") {
			inTable = false
			continue
		}
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		last := cells[len(cells)-1]
		if last == "公式例" {
			inTable = true
			continue
		}
		if !inTable || strings.HasPrefix(line, "|---") {
			continue
		}
		examples := code.FindAllStringSubmatch(last, -1)
		if len(examples) == 0 {
			t.Errorf("line %d has no example", i+1)
		}
		for _, e := range examples {
			found++
			piece := block{line: i + 1, text: "items:\n  - id: \"1\"\n    title: 例\n    points: 1\n    each: 学校\n    by: mean\n    score: 1\n    value: |\n      " + e[1] + "\n"}
			switch {
			case strings.HasPrefix(e[1], "letters("):
				piece.text = "kind: letter\nitems: [{id: \"1\", title: 例, pass: 已出台规划}]\ngrades:\n  - {grade: 好, when: '" + e[1] + " > 0'}\n  - {grade: 差}\n"
			case strings.HasPrefix(e[1], "points("):
				piece.text = "items: [{id: \"1\", title: 例, points: 1, pass: 已出台规划}]\ntotal: " + e[1] + "\n"
			}
			yaml, _ := m.rubric(t, piece)
			if _, diags := m.compile("example.yaml", yaml); len(diags) > 0 {
				t.Errorf("line %d: %s%s", i+1, e[1], say(diags))
			}
		}
	}
	if found == 0 {
		t.Error("no table is headed 公式例")
	}
}

// TestReferenceFunctions: each function has its row in the table, and the example
// of the row uses it.
func TestReferenceFunctions(t *testing.T) {
	m := readManual(t)
	_, table, ok := strings.Cut(m.text, "\n### 函数\n")
	if !ok {
		t.Fatal("there is no table of functions")
	}
	table, _, _ = strings.Cut(table, "\n## ")
	known := formula.Functions()
	shown := map[string]bool{}
	for _, line := range strings.Split(table, "\n") {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		first, _, _ := strings.Cut(line, " | ")
		used := false
		for _, usage := range code.FindAllStringSubmatch(first, -1) {
			name, _, _ := strings.Cut(usage[1], "(")
			shown[name] = true
			used = used || strings.Contains(line[strings.LastIndex(line, " | "):], name+"(")
			if !slices.Contains(known, name) {
				t.Errorf("there is no function %s", name)
			}
		}
		if !used {
			t.Errorf("the example doesn't use the function: %s", line)
		}
	}
	for _, name := range known {
		if !shown[name] {
			t.Errorf("the function %s is missing in the table", name)
		}
	}
}

// notWritten are tags of structs that authors write as a list or a name.
var notWritten = []string{"Bands.name", "Bands.list", "Judge.levels"}

// TestReferenceKeys: each key of a rubric and of a test stands in `code`, outside
// the blocks.
func TestReferenceKeys(t *testing.T) {
	m := readManual(t)
	prose := regexp.MustCompile("(?ms)^```.*?^```$").ReplaceAllString(m.text, "")
	mentioned := map[string]bool{}
	for _, c := range code.FindAllStringSubmatch(prose, -1) {
		for _, key := range regexp.MustCompile(`^([a-z_]+)(: .+|:)?$`).FindAllStringSubmatch(c[1], -1) {
			mentioned[key[1]] = true
		}
	}
	keys := map[string]string{}
	collectKeys(reflect.TypeFor[rubric.Rubric](), keys, map[reflect.Type]bool{})
	collectKeys(reflect.TypeFor[cases.Suite](), keys, map[reflect.Type]bool{})
	if len(keys) < 100 {
		t.Errorf("only %d keys found", len(keys))
	}
	for _, where := range slices.Sorted(maps.Keys(keys)) {
		if !mentioned[keys[where]] && !slices.Contains(notWritten, where) {
			t.Errorf("the key %s is missing", where)
		}
	}
}

// collectKeys lists Type.key → key of a struct and of all that it holds.
func collectKeys(typ reflect.Type, keys map[string]string, seen map[reflect.Type]bool) {
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct || seen[typ] {
		return
	}
	seen[typ] = true
	for i := range typ.NumField() {
		f := typ.Field(i)
		if key, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); key != "" {
			keys[typ.Name()+"."+key] = key
		}
		if f.IsExported() {
			collectKeys(f.Type, keys, seen)
		}
	}
}
