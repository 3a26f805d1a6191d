package returns_test

import (
	"testing"

	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// In a return for several rubrics a name that another one has is no slip, however much
// it looks like one of this rubric's; any other that looks like one is.
func TestNamesOfOtherRubrics(t *testing.T) {
	r, diags := rubric.Load("r.yaml", []byte("id: r\ntitle: 试\nversion: \"1\"\ndata: {数: {fields: {在校学生数: {}, 专任教师数: {}}}}\nitems: [{id: a, title: 甲, points: 1, pass: 在校学生数 > 专任教师数}]\n"), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	elsewhere := func(name string) bool { return name == "在校学生人数" }
	for _, c := range []struct {
		data      string
		elsewhere func(string) bool
		errors    bool
	}{
		{"data: {在校学生人数: 5}", elsewhere, false},
		{"data: {在校学生人数: 5}", nil, true},
		{"data: {在校生数: 5}", elsewhere, true},
		{"rubric: r\ndata: {在校学生人数: 5}", elsewhere, true}, // for this one alone
		{"data: {校车: 5}", elsewhere, false},
	} {
		doc, diags := returns.Open("a.yaml", []byte("name: 甲县\nyear: 2021\n"+c.data+"\n"), returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		doc.Elsewhere = c.elsewhere
		if _, diags := doc.Read(r); diags.HasErrors() != c.errors {
			t.Errorf("%s: %v", c.data, diags)
		}
	}
}
