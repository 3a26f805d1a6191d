package batch_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/engine/returns"
)

// ten units with an indicator around 50; what is doubted in them is up to each test.
func ten() []batch.Record {
	var out []batch.Record
	for i := range 10 {
		x, target := 45+float64(i), 30.0
		out = append(out, batch.Record{Source: fmt.Sprintf("%d.xlsx", i), Cover: returns.Cover{Name: fmt.Sprintf("县%d", i), Code: fmt.Sprintf("51%04d", i)},
			Items:   []batch.Item{{ID: "1", State: engine.Full, Value: &x, Target: &target}},
			Figures: []batch.Figure{{Field: "生均", Number: 100 + float64(i%3), Computed: true}, {Field: "总数", Number: float64(i) * 1e6}},
			Blocks:  []batch.Block{{Name: "经费", Values: 12, Varied: 9, Hash: fmt.Sprint("h", i)}}})
	}
	return out
}

func TestDoubts(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func([]batch.Record)
		want   []string // kind, units, where
	}{
		{"nothing", func([]batch.Record) {}, nil},
		{"the same figures", func(r []batch.Record) { r[3].Blocks[0].Hash, r[7].Blocks[0].Hash = "x", "x" }, []string{"the same figures 县3 县7 经费"}},
		{"too few figures", func(r []batch.Record) {
			for _, i := range []int{3, 7} {
				r[i].Blocks[0] = batch.Block{Name: "经费", Values: 7, Varied: 7, Hash: "x"}
			}
		}, nil},
		{"all the same number", func(r []batch.Record) {
			for _, i := range []int{3, 7} {
				r[i].Blocks[0] = batch.Block{Name: "经费", Values: 70, Varied: 1, Hash: "x"}
			}
		}, nil},
		{"a unit that stands twice", func(r []batch.Record) {
			r[3].Blocks[0].Hash, r[7].Blocks[0].Hash, r[7].Cover = "x", "x", r[3].Cover
		}, nil},
		{"failed ones don't count", func(r []batch.Record) {
			r[3].Blocks[0].Hash, r[7].Blocks[0].Hash, r[7].Failed = "x", "x", []batch.Finding{{}}
		}, nil},
		{"far away", func(r []batch.Record) { *r[4].Items[0].Value = 499 }, []string{"far from the others 县4 1"}},
		{"far below", func(r []batch.Record) { r[4].Figures[0].Number = 1 }, []string{"far from the others 县4 生均"}},
		{"what was counted may be large", func(r []batch.Record) { r[4].Figures[1].Number = 1e12 }, nil},
		{"nearly all the same", func(r []batch.Record) {
			for i := range r {
				*r[i].Items[0].Value = 50
			}
			*r[4].Items[0].Value = 50.1
		}, nil},
		{"close to a limit", func(r []batch.Record) {
			for i := range 4 {
				*r[i].Items[0].Value = 30.1 + float64(i)/100
			}
		}, []string{"close to a threshold 县0 县1 县2 县3 1"}},
		{"close on both sides", func(r []batch.Record) {
			for i := range 8 {
				*r[i].Items[0].Value = 30.1 - float64(i%2)*0.2
				if i%2 == 1 {
					r[i].Items[0].State = engine.None
				}
			}
		}, []string{"far from the others 县8 1", "far from the others 县9 1"}},
		{"what is asked anyway", func(r []batch.Record) {
			r[1].Problems = []batch.Finding{
				{Rule: engine.RuleTotal, Said: diag.P(diag.Verbatim("total")), Pos: diag.Pos{File: "1.xlsx", Sheet: "表", Cell: "B2"}},
				{Rule: engine.RuleJump, Said: diag.P(diag.Verbatim("jump")), Pos: diag.Pos{File: "1.yaml", Line: 7, Col: 10}}, {Rule: "other"}}
		}, []string{"jump against last year 县1 1.yaml:7:10", "totals that contradict 县1 表!B2"}},
	} {
		records := ten()
		c.change(records)
		found := batch.Doubts(records, nil)
		var got []string
		for _, d := range found {
			got = append(got, strings.Join(append(append([]string{d.Kind.Key}, d.Units...), d.Where), " "))
			if len(d.Evidence) == 0 {
				t.Errorf("%s: no evidence", c.name)
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		random := rand.New(rand.NewPCG(1, 2))
		random.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		if again := batch.Doubts(records, nil); !reflect.DeepEqual(again, found) {
			t.Errorf("%s: another order gives %v", c.name, again)
		}
	}
}

func TestLeaps(t *testing.T) {
	last, now := ten(), ten()
	now[2].Figures[1].Number = last[2].Figures[1].Number * 10000 * 1.2
	now[3].Figures[1].Number = last[3].Figures[1].Number / 1000
	now[4].Figures[1].Number *= 100
	now[5].Figures[1].Number, now[5].Cover.Code = now[5].Figures[1].Number*1000, "other"
	now[6].Figures[0].Number *= 1000 // computed
	var got []string
	for _, d := range batch.Doubts(now, last) {
		if d.Kind.Key == "jump against last year" {
			got = append(got, d.Units[0]+d.Where)
		}
	}
	if want := []string{"县2总数", "县3总数"}; !slices.Equal(got, want) {
		t.Errorf("leaps %q, want %q", got, want)
	}
}

func TestYears(t *testing.T) {
	scheme := strings.Replace(scheme, "在校生: {unit: 人, type: whole, min: 0}", "在校生: {unit: 人, type: whole, min: 0, years: 2}", 1)
	scheme = strings.Replace(scheme, "round:", "  - {id: \"2\", title: 制度, points: 5, judge: {step: 1}}\nround:", 1)
	before, now := program(t, scheme), program(t, strings.Replace(scheme, "普惠率 >= 85", "普惠率 >= 80", 1))
	score := func(p *engine.Program, name, code string, share int, judged int, pupils string) (batch.Record, *returns.Return) {
		text := fmt.Sprintf("name: %s\ncode: %q\nyear: 2023\ndata: {在校生: %s, 普惠在园: %d}\njudged: {\"2\": {points: %d}}\n", name, code, pupils, share, judged)
		doc, diags := returns.Open("return.yaml", []byte(text), returns.DefaultLimits)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		ret, diags := doc.Read(p.Rubric)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		rec := batch.NewRecord(p, p.Score(ret))
		rec.Source = name
		return rec, ret
	}
	submitted := map[string]*returns.Return{}
	var last, this []batch.Record
	add := func(list *[]batch.Record, year string, rec batch.Record, ret *returns.Return) {
		*list = append(*list, rec)
		submitted[year+rec.Source] = ret
	}
	rec, ret := score(before, "甲", "1", 820, 3, "[1000, 900]") // 82 %: the rubric asks for less now
	add(&last, "last", rec, ret)
	rec, ret = score(now, "甲县", "1", 820, 3, "[1000, 1000]") // renamed
	add(&this, "now", rec, ret)
	rec, ret = score(before, "乙", "2", 900, 5, "[1000, 900]")
	add(&last, "last", rec, ret)
	rec, ret = score(now, "乙", "2", 700, 4, "[1000, 999]") // data and judgement
	add(&this, "now", rec, ret)
	rec, ret = score(before, "丙", "3", 900, 5, "[1000, 900]")
	add(&last, "last", rec, ret)
	rec, ret = score(now, "丁", "4", 900, 5, "[1000, 900]")
	add(&this, "now", rec, ret)
	rec, _ = score(before, "戊", "5", 900, 5, "[1000, 900]") // its report is gone
	last = append(last, rec)
	rec, ret = score(now, "戊", "5", 700, 5, "[1000, 1001]")
	add(&this, "now", rec, ret)

	y := batch.Years{Program: now, Now: this, Last: last, Return: func(r *batch.Record, isLast bool) *returns.Return {
		if isLast {
			return submitted["last"+r.Source]
		}
		return submitted["now"+r.Source]
	}}
	c := y.Compare()
	var got []string
	for _, ch := range c.Changes {
		part := func(x *float64) string {
			if x == nil {
				return "?"
			}
			return fmt.Sprint(*x)
		}
		got = append(got, strings.Join([]string{ch.Unit, ch.Item, part(ch.Last), part(ch.Now), part(ch.Rubric), part(ch.Judgement), part(ch.Data)}, " "))
	}
	if want := []string{
		"甲县  3 13 10 0 0", "甲县 1 0 10 10 0 0",
		"乙  15 4 0 -1 -10", "乙 1 10 0 0 0 -10", "乙 2 5 4 0 -1 0",
		"戊  15 5 ? ? ?", "戊 1 10 0 ? ? ?",
	}; !slices.Equal(got, want) {
		t.Errorf("changes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	got = nil
	for _, p := range c.Priors {
		got = append(got, fmt.Sprint(p.Unit, p.Name, p.Accepted, p.Typed, p.At.Line > 0))
	}
	if want := []string{"乙在校生.上年1000 999 true", "戊在校生.上年1000 1001 true"}; !slices.Equal(got, want) {
		t.Errorf("last year's values: %q, want %q", got, want)
	}
	if !slices.Equal(c.New, []string{"丁"}) || !slices.Equal(c.Gone, []string{"丙"}) || !slices.Equal(c.Bare, []string{"戊"}) {
		t.Errorf("new %q, gone %q, without data %q", c.New, c.Gone, c.Bare)
	}
}
