package scorecard_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/cases"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/assessment"
	"dudao/reports/narrative"
	"dudao/reports/outline"
	"dudao/reports/page"
	"dudao/reports/scorecard"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// scored is a return that was scored.
type scored struct {
	name    string
	program *engine.Program
	ret     *returns.Return
}

// programs are the rubrics that were compiled before: each is wanted several times.
var programs = map[string]*engine.Program{}

func compile(t testing.TB, file string) *engine.Program {
	t.Helper()
	if p := programs[file]; p != nil {
		return p
	}
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, diags := rubric.Load(file, src, func(name, from string) (string, []byte, bool) {
		name = strings.TrimSuffix(name, ".yaml")
		for _, dir := range []string{filepath.Dir(from), "../../rubrics"} {
			path := filepath.Join(dir, name+".yaml")
			if data, err := os.ReadFile(path); err == nil {
				return path, data, true
			}
		}
		return "", nil, false
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	programs[file] = p
	return p
}

// examples are the returns of the examples, as YAML and as forms.
func examples(t testing.TB) []scored {
	t.Helper()
	var out []scored
	for _, of := range [][2]string{{"gaoping-2021", "funding-no-decrease"}, {"class-size", "class-size"}, {"gaoping-duty-2022", "county-duty-2022"}} {
		out = append(out, example(t, of[0]+"/return.yaml", of[1]), example(t, of[0]+"/填报表.xlsx", of[1]))
	}
	for _, rubric := range []string{"funding-no-decrease", "class-size", "quality-balanced-2017", "preschool-2020", "county-duty-2022", "modernisation-letters", "class-size@2024.1", "funding-no-decrease@2024.1", "basic-balanced-2012", "county-duty-deduct"} {
		out = append(out, example(t, "county/return.yaml", rubric))
	}
	for _, rubric := range []string{"school-quality", "kindergarten-grade", "workplan-suining-2018", "workplan-yichang-2022", "workplan-haining-2021", "workplan-county-2015"} {
		out = append(out, example(t, rubric+"/return.yaml", rubric))
	}
	return out
}

func example(t testing.TB, file, rubric string) scored {
	t.Helper()
	p := compile(t, "../../rubrics/"+rubric+".yaml")
	data, err := os.ReadFile(filepath.Join("../../examples", file))
	if err != nil {
		t.Fatal(err)
	}
	doc, diags := returns.Open(filepath.Base(file), data, returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return scored{file + " " + rubric, p, ret}
}

// authorCases are the returns of all authors' tests, shipped and of the idioms.
func authorCases(t testing.TB) []scored {
	t.Helper()
	var out []scored
	for _, pattern := range []string{"../../rubrics/*_test.yaml", "../../rubrics/testdata/idioms/*_test.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal("no tests found", err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			suite, diags := cases.Load(file, data)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			p := compile(t, filepath.Join(filepath.Dir(file), suite.Rubric.Text))
			for _, c := range suite.Make(p.Rubric, func(name string) ([]byte, error) {
				return os.ReadFile(filepath.Join(filepath.Dir(file), filepath.FromSlash(strings.TrimSpace(name))))
			}) {
				if !c.Diags.HasErrors() {
					out = append(out, scored{filepath.Base(file) + ": " + c.Name.Text, p, c.Placed(p)})
				}
			}
		}
	}
	return out
}

func schema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(scorecard.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scorecard.json", parsed); err != nil {
		t.Fatal(err)
	}
	out, err := c.Compile("scorecard.json")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func write(t testing.TB, s scored) []byte {
	t.Helper()
	data, err := scorecard.Write(s.program.Score(s.ret), "test")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What was scored is in the JSON whole: read again it is the same return, and the
// same bytes; and the schema knows everything that stands in it.
func TestNothingIsLost(t *testing.T) {
	schema := schema(t)
	for i, s := range append(examples(t), authorCases(t)...) {
		if i%20 > 0 && testing.Short() {
			continue
		}
		data := write(t, s)
		doc, diags := scorecard.Read("card.json", data)
		if diags.HasErrors() {
			t.Errorf("%s: %v", s.name, diags)
			continue
		}
		again, err := scorecard.Write(&doc.Scorecard, doc.Dudao)
		if err != nil || !bytes.Equal(again, data) {
			t.Errorf("%s: other bytes\n got %s\nwant %s", s.name, again, data)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", s.name, err)
		}
		ret, diags := doc.Return(s.program, "card.json", "test")
		if diags.HasErrors() {
			t.Errorf("%s: %v", s.name, diags)
			continue
		}
		if what := sameReturn(ret, s.ret); what != "" {
			t.Errorf("%s: %s", s.name, what)
		}
	}
}

// sameReturn compares all of a return, as a report carries it.
func sameReturn(got, want *returns.Return) string {
	a, errA := json.Marshal(got)
	b, errB := json.Marshal(want)
	if errA == nil && errB == nil && bytes.Equal(a, b) {
		return ""
	}
	switch {
	case !reflect.DeepEqual(got.Fields, want.Fields):
		return differing(got.Fields, want.Fields)
	case !reflect.DeepEqual(got.Tables, want.Tables):
		return differing(got.Tables, want.Tables)
	case !reflect.DeepEqual(got.Answers, want.Answers):
		return differing(got.Answers, want.Answers)
	}
	return "\n got " + string(a) + "\nwant " + string(b)
}

func differing[T any](got, want map[string]T) string {
	for name, w := range want {
		if !reflect.DeepEqual(got[name], w) {
			a, _ := json.Marshal(got[name])
			b, _ := json.Marshal(w)
			return name + "\n got " + string(a) + "\nwant " + string(b)
		}
	}
	return "more than there is"
}

// Every report can be drawn from the scorecard: it has the same bytes as the one
// that is drawn from the return. Of the authors' cases, which are more than a thousand,
// every seventh is drawn: that nothing of any of them is lost is shown above. Their
// workbooks are compared before they are written.
func TestReportsFromTheScorecard(t *testing.T) {
	if testing.Short() {
		t.Skip("makes the reports of all examples")
	}
	for _, s := range examples(t) {
		ret, card := fromJSON(t, s)
		if !bytes.Equal(workbook(t, s.program, ret, card), workbook(t, s.program, s.ret, s.program.Score(s.ret))) {
			t.Errorf("%s: another workbook", s.name)
		}
		sameTexts(t, s, ret, card)
	}
	for i, s := range authorCases(t) {
		if i%7 > 0 {
			continue
		}
		ret, card := fromJSON(t, s)
		zh := text.New("zh")
		if !reflect.DeepEqual(assessment.Book(s.program, ret, card, zh, "test"), assessment.Book(s.program, s.ret, s.program.Score(s.ret), zh, "test")) {
			t.Errorf("%s: another workbook", s.name)
		}
		sameTexts(t, s, ret, card)
	}
}

// sameTexts compares the draft and the page.
func sameTexts(t *testing.T, s scored, ret *returns.Return, card *engine.Scorecard) {
	t.Helper()
	got := outline.New(s.program, ret, card, text.New("zh"))
	want := outline.New(s.program, s.ret, s.program.Score(s.ret), text.New("zh"))
	if !bytes.Equal(narrative.Draft(got, "test"), narrative.Draft(want, "test")) {
		t.Errorf("%s: another draft", s.name)
	}
	a, err := page.Draw(got, "test")
	if err != nil {
		t.Fatal(err)
	}
	if b, err := page.Draw(want, "test"); err != nil || !bytes.Equal(a, b) {
		t.Errorf("%s: another page (%v)", s.name, err)
	}
}

func fromJSON(t testing.TB, s scored) (*returns.Return, *engine.Scorecard) {
	t.Helper()
	doc, diags := scorecard.Read("card.json", write(t, s))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Return(s.program, "card.json", "test")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return ret, &doc.Scorecard
}

func workbook(t testing.TB, p *engine.Program, ret *returns.Return, card *engine.Scorecard) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := assessment.Book(p, ret, card, text.New("zh"), "test").Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The same figures have the same hash, from whichever file; another figure, another
// judgement or another year has another.
func TestDataHash(t *testing.T) {
	list := examples(t)
	hash := func(i int, change func(*returns.Return)) string {
		ret := list[i].ret.Clone()
		if change != nil {
			change(ret)
		}
		return list[i].program.Score(ret).DataHash()
	}
	for i := 0; i < 6; i += 2 {
		if hash(i, nil) != hash(i+1, nil) {
			t.Errorf("%s and its form have different hashes", list[i].name)
		}
	}
	was := hash(0, nil)
	for what, change := range map[string]func(*returns.Return){
		"a figure": func(r *returns.Return) { r.Fields["一般公共预算教育支出"][1].Number++ },
		"a row": func(r *returns.Return) {
			r.Tables["各学段"].Columns["生均教育支出"][0][2].State = returns.NotApplicable
		},
		"the year": func(r *returns.Return) { r.Year++ },
		"the name": func(r *returns.Return) { r.Name += "某" },
	} {
		if hash(0, change) == was {
			t.Errorf("%s changes and the hash doesn't", what)
		}
	}
	if hash(0, func(r *returns.Return) { r.Fields["一般公共预算教育支出"][1].Typed = "８３" }) != was {
		t.Error("the hash depends on how a figure was typed")
	}
	if hash(4, func(r *returns.Return) { r.Answers["1"][""] = returns.Answer{} }) == hash(4, nil) {
		t.Error("a judgement changes and the hash doesn't")
	}
}

// What isn't a scorecard, was changed, or doesn't fit its rubric is refused.
func TestWhatIsRefused(t *testing.T) {
	s := example(t, "gaoping-2021/return.yaml", "funding-no-decrease")
	good := string(write(t, s))
	for _, c := range []struct{ name, data, want string }{
		{"nothing", "", "this is no scorecard in JSON (in the original words: %s)"},
		{"a list", "[1]", "this is no scorecard in JSON (in the original words: %s)"},
		{"something else", "{}", "this is no scorecard in JSON: it does not say “format”"},
		{"an unknown key", strings.Replace(good, `"dudao":`, `"dudau":`, 1), "this is no scorecard in JSON (in the original words: %s)"},
		{"a later format", strings.Replace(good, "dudao-scorecard-1", "dudao-scorecard-2", 1), "the scorecard is of the format %s, this dudao reads %s"},
		{"two of them", good + good, "the file holds more than one scorecard"},
		{"another figure", strings.Replace(good, `"state":"known","number":83861`, `"state":"known","number":93861`, 1), "the data in the scorecard were changed after it was written: their hash is %s, it says %s"},
		{"other points", strings.Replace(good, `"state":"full","points":20`, `"state":"full","points":21`, 1), "what the scorecard says of item %s is not what its data give"},
		{"another total", strings.Replace(good, `"total":{"points":80`, `"total":{"points":81`, 1), "the total or the grade in the scorecard is not what its data give"},
		{"another text", strings.Replace(good, `"args":["义务教育教师平均工资`, `"args":["某工资`, 1), "the texts of the scorecard are not what its data give"},
		{"another rubric", strings.Replace(good, s.program.Rubric.Hash, strings.Repeat("0", 64), 1), "the scorecard was made with another text of %s (%s, here %s)"},
	} {
		if c.data == good {
			t.Errorf("%s: nothing was changed", c.name)
		}
		doc, diags := scorecard.Read("card.json", []byte(c.data))
		if !diags.HasErrors() {
			_, diags = doc.Return(s.program, "card.json", "test")
		}
		if len(diags) != 1 || diags[0].Message.Key != c.want || diags[0].Pos.File != "card.json" || len(diags[0].Hints) == 0 {
			t.Errorf("%s: %v", c.name, diags)
		}
	}
}

// A card whose values don't fit never makes anything panic.
func FuzzRead(f *testing.F) {
	s := example(f, "gaoping-2021/return.yaml", "funding-no-decrease")
	p := s.program
	f.Add(write(f, s))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, diags := scorecard.Read("card.json", data)
		if diags.HasErrors() {
			// Neither its hash nor its rubric is what keeps it from being read here.
			doc = &scorecard.Document{}
			if json.Unmarshal(data, &doc.Scorecard) != nil {
				return
			}
			doc.Rubric = p.Rubric.Ref()
		}
		_, diags = doc.Return(p, "card.json", "test")
		for _, d := range diags {
			text.New("zh").Sprint(d.Message)
		}
	})
}
