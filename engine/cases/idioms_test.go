package cases_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/rubric"
)

const idioms = "../../rubrics/testdata/idioms"

// sharedData is used by rubrics and is none itself.
const sharedData = "shared-data.yaml"

// Every idiom of printed schemes has a small rubric whose tests pass.
func TestIdioms(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(idioms, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	tested := 0
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasSuffix(name, "_test.yaml") || name == sharedData {
			continue
		}
		tested++
		t.Run(name, func(t *testing.T) { runCases(t, compileIdiom(t, file), file, 3) })
	}
	if tested < 50 {
		t.Fatalf("only %d idioms found", tested)
	}
}

// beside opens what a rubric extends or uses: the file of that name beside it.
func beside(name, from string) (string, []byte, bool) {
	file := filepath.Join(filepath.Dir(from), name)
	if filepath.Ext(name) == "" {
		file += ".yaml"
	}
	text, err := os.ReadFile(file)
	return file, text, err == nil
}

func compileIdiom(t *testing.T, file string) *engine.Program {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(text), "# ") {
		t.Error("the first line doesn't name the idiom")
	}
	r, diags := rubric.Load(file, text, beside)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if want := strings.TrimSuffix(filepath.Base(file), ".yaml"); r.ID.Text != want {
		t.Errorf("the id %s isn't the name of the file", r.ID.Text)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

// Of shared data only what the items need stays, so one return serves several
// rubrics and each form asks for its own part.
func TestUsesKeepsOnlyWhatIsNeeded(t *testing.T) {
	for file, want := range map[string][]string{
		"uses-enrolment.yaml": {"适龄儿童数", "在园幼儿数", "毛入园率", "学校.学段", "学校.学生数", "小学", "check 入园数", "param 入园倍数", "param 每校扣分"},
		"extends-uses.yaml":   {"巩固率", "小学生均用房", "初中生均用房", "适龄儿童数", "在园幼儿数", "毛入园率", "check 入园数", "param 入园倍数", "param 巩固率标准", "param 标准"},
		"uses-columns.yaml":   {"学校.学段", "学校.学生数", "学校.占地面积", "学校.生均占地", "初中", "check 初中规模", "param 标准"},
		"uses-teachers.yaml":  {"专任教师数", "本科以上教师数", "交流教师数", "check 学历数"},
	} {
		t.Run(file, func(t *testing.T) {
			got := asked(compileIdiom(t, filepath.Join(idioms, file)).Rubric)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("it asks for\n%v, want\n%v", got, want)
			}
		})
	}
}

// Bands are read by their name alone.
func TestUsesKeepsBands(t *testing.T) {
	head := "title: 试\nversion: \"1\"\n"
	shared := "id: s\n" + head + "params: {二档: [{from: 9, points: 1}], 三档: [{from: 9, points: 1}]}\ndata: {数: {fields: {甲: {}}}}\n"
	own := "id: r\n" + head + "uses: [s]\nitems: [{id: x, title: 一, points: 1, value: 甲, bands: 二档}]\n"
	r, diags := rubric.Load("r.yaml", []byte(own), func(string, string) (string, []byte, bool) { return "s.yaml", []byte(shared), true })
	p, more := engine.Compile(r)
	if diags.HasErrors() || more.HasErrors() {
		t.Fatal(diags, more)
	}
	if got := asked(p.Rubric); !slices.Equal(got, []string{"param 二档", "甲"}) {
		t.Errorf("it asks for %v", got)
	}
}

// asked lists the params, fields, columns, views and checks of a rubric.
func asked(r *rubric.Rubric) []string {
	var out []string
	for _, p := range r.Params {
		out = append(out, "param "+p.Key.Text)
	}
	for _, b := range r.Data {
		for _, f := range b.Value.Fields {
			out = append(out, f.Key.Text)
		}
		for _, c := range b.Value.Columns {
			out = append(out, b.Key.Text+"."+c.Key.Text)
		}
		if b.Value.IsView() {
			out = append(out, b.Key.Text)
		}
	}
	for _, c := range r.Checks {
		out = append(out, "check "+c.ID.Text)
	}
	return out
}
