package cases_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"reflect"
	"testing"

	"dudao/engine"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// A rubric and a return that were written out and read back are the same, in every
// case of every rubric: a report carries them.
func TestCarriedScoresTheSame(t *testing.T) {
	for _, s := range suites(t) {
		t.Run(filepath.Base(s.file), func(t *testing.T) {
			p := s.program
			q := carried(t, p)
			for i, c := range s.made {
				var ret returns.Return
				if err := json.Unmarshal(marshal(t, c.Return), &ret); err != nil {
					t.Fatal(err)
				}
				if want, got := marshal(t, p.Score(c.Return)), marshal(t, q.Score(&ret)); !bytes.Equal(want, got) {
					t.Errorf("%s\n got %s\nwant %s", c.Name.Text, got, want)
				}
				if i > 0 {
					continue // it takes long
				}
				live, again := p.Live(c.Return, p.Score(c.Return), liveWords), q.Live(&ret, q.Score(&ret), liveWords)
				if !reflect.DeepEqual(formulas(live), formulas(again)) {
					t.Errorf("%s: the formulas of the workbook aren't the same", c.Name.Text)
				}
			}
		})
	}
}

func carried(t *testing.T, p *engine.Program) *engine.Program {
	t.Helper()
	text := p.Rubric.Text()
	r, diags := rubric.LoadText("carried", text)
	if diags.HasErrors() {
		t.Fatalf("%v\n%s", diags, text)
	}
	q, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if q.Rubric.Hash != p.Rubric.Hash {
		t.Errorf("another hash\n%s", text)
	}
	if again := q.Rubric.Text(); !bytes.Equal(again, text) {
		t.Errorf("written again it is\n%s\nand was\n%s", again, text)
	}
	return q
}

func formulas(l *engine.Live) map[string]string {
	out := map[string]string{}
	for _, c := range l.Params {
		out[c.Name] = "param"
	}
	for _, c := range l.Steps {
		if c.Formula == nil { // the claimed total, the credibility
			out[c.Name] = c.Plain.Key
			continue
		}
		out[c.Name] = c.Formula.Write().In("", nil)
	}
	for _, i := range l.Items {
		out[i.Points.Name] = "points"
		if i.Points.Formula != nil {
			out[i.Points.Name] = i.Points.Formula.Write().In("", nil)
		}
	}
	return out
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
