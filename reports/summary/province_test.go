package summary

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/book"
)

func file(t testing.TB, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{"..", ".."}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func compile(t testing.TB, text []byte) *engine.Program {
	t.Helper()
	r, diags := rubric.Load("rubric.yaml", text, func(name, _ string) (string, []byte, bool) {
		return name + ".yaml", file(t, "rubrics", name+".yaml"), true
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

func shipped(t testing.TB, id string) *engine.Program {
	return compile(t, file(t, "rubrics", id+".yaml"))
}

func read(t testing.TB, p *engine.Program, data []byte) *returns.Return {
	t.Helper()
	doc, diags := returns.Open("return.yaml", data, returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return ret
}

// province is a batch of so many invented counties of four cities, made from one
// return with a fixed seed. Every forty-fifth couldn't be read.
func province(t testing.TB, p *engine.Program, base *returns.Return, n int) Input {
	t.Helper()
	chance := rand.New(rand.NewPCG(2022, uint64(n)))
	in := Input{Program: p, Group: "市", Passed: []batch.Passed{{Name: "通知.docx", Why: diag.M("it is neither a workbook nor another form of a return")}}}
	for i := range n {
		ret := base.Clone()
		ret.Cover = returns.Cover{Name: fmt.Sprintf("甲县%03d", i+1), Code: fmt.Sprintf("99%04d", i+1), Year: 2022}
		source := ret.Name + ".xlsx"
		in.Groups = append(in.Groups, []string{"东市", "南市", "西市", "北市"}[chance.IntN(4)])
		if i%45 == 44 {
			in.Records = append(in.Records, batch.Record{Source: source, Failed: batch.Findings(diag.List{{Message: diag.M("the file can’t be read"), Pos: diag.Pos{File: source},
				Hints: []diag.Message{diag.M("check that it is not open elsewhere and that you may read it")}}})})
			continue
		}
		change(chance, p.Rubric, ret)
		r := batch.NewRecord(p, p.Score(ret))
		r.Source, r.Report = source, ret.Code+" "+ret.Name+"-自评报告.xlsx"
		r.Files = []returns.File{{Name: source, SHA256: fmt.Sprintf("%064x", chance.Uint64())}}
		in.Records = append(in.Records, r)
	}
	return in
}

// change makes another county of a return: some better, some worse.
func change(chance *rand.Rand, r *rubric.Rubric, ret *returns.Return) {
	bad := 0.02 + 0.3*chance.Float64()*chance.Float64()
	for _, name := range slices.Sorted(maps.Keys(ret.Fields)) {
		for back := range ret.Fields[name] {
			c := &ret.Fields[name][back]
			switch {
			case c.State != returns.Given || c.Text != "":
			case chance.Float64() < bad/8:
				*c = returns.Cell{}
			case (c.Number == 0 || c.Number == 1) && chance.Float64() < bad:
				c.Number = 1 - c.Number
			case c.Number > 1:
				c.Number = float64(int(100*c.Number*(1+(chance.Float64()-0.6)*bad))) / 100
			}
		}
	}
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
		answers := ret.Answers[item.ID.Text]
		for _, ask := range slices.Sorted(maps.Keys(answers)) {
			a := answers[ask]
			switch {
			case chance.Float64() < bad/6:
				delete(answers, ask)
				continue
			case chance.Float64() > bad:
			case a.Text != "" && item.Judge != nil && len(item.Judge.Levels) > 0:
				a.Text = item.Judge.Levels[chance.IntN(len(item.Judge.Levels))].Level.Text
			case a.Text == "":
				a.Number = 1 - a.Number
			}
			answers[ask] = a
		}
	})
	for _, ask := range slices.Sorted(maps.Keys(ret.Answers[""])) { // of vetoes
		a := ret.Answers[""][ask]
		if chance.Float64() < 0.02 {
			a.Number = 1 - a.Number
		}
		if ret.Answers[""][ask] = a; chance.Float64() < 0.01 {
			delete(ret.Answers[""], ask)
		}
	}
}

func duty(t testing.TB, n int) Input {
	p := shipped(t, "county-duty-2022")
	base := read(t, p, file(t, "examples", "gaoping-duty-2022", "return.yaml"))
	base.Answers[""] = read(t, p, file(t, "examples", "county", "return.yaml")).Answers[""]
	return province(t, p, base, n)
}

func balanced(t testing.TB, n int) Input { return of(t, "quality-balanced-2017", n) }

func of(t testing.TB, rubric string, n int) Input {
	p := shipped(t, rubric)
	return province(t, p, read(t, p, file(t, "examples", "county", "return.yaml")), n)
}

func lettered(t testing.TB, n int) Input {
	p := compile(t, file(t, "rubrics", "testdata", "idioms", "letters.yaml"))
	return province(t, p, read(t, p, []byte("rubric: letters\ndata: {学历达标率: 90}\njudged: {\"1.2\": {level: 成制度}, \"2.1\": {level: 完善}}\n")), n)
}

func workbook(t testing.TB, b *book.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// reports are the files that a workbook may lead to.
func reports(in Input) []string {
	var out []string
	for _, r := range in.Records {
		if r.Report != "" {
			out = append(out, r.Report)
		}
	}
	return out
}

func make1(in Input, lang string) *book.Book { return Book(in, text.New(lang), "test") }
