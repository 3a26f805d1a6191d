package cases_test

import (
	"reflect"
	"testing"

	"dudao/engine"
)

// A result without words is that of the whole scorecard, in every case of every rubric.
func TestBriefAgrees(t *testing.T) {
	for _, s := range suites(t) {
		file, p := s.file, s.program
		for _, c := range s.made {
			brief, card := p.Brief(c.Return), p.Score(c.Return)
			card.Values, card.Answers, card.Reasons = nil, nil, nil
			for i := range card.Items {
				item, own := &card.Items[i], &brief.Items[i]
				item.Reason, item.Inputs, item.Rows, item.Target = nil, nil, nil, engine.Shown{}
				item.Value.Text, item.Value.Unit, own.Value.Unit = nil, "", ""
			}
			if !reflect.DeepEqual(brief, card) {
				t.Errorf("%s: %s\nBrief gives\n%+v\nScore gives\n%+v", file, c.Name.Text, brief, card)
			}
		}
	}
}
