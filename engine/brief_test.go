package engine

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"dudao/engine/returns"
)

// Both programs of the benchmark write the same lines, and Brief agrees with Score.
func TestCountryAgrees(t *testing.T) {
	p, dir := countryProgram(t), countryFiles(t, 6)
	var got, want bytes.Buffer
	scoreCountry(t, p, dir, &got, func(ret *returns.Return) { sameInBrief(t, p, ret) })
	byHandCountry(t, dir, &want)
	if got.String() != want.String() {
		t.Errorf("the engine\n%s\nby hand\n%s", got.String(), want.String())
	}
	if !strings.Contains(want.String(), ",合格,") {
		t.Errorf("nothing is decided by these data:\n%s", want.String())
	}
}

// sameInBrief compares what Brief and Score come to.
func sameInBrief(t *testing.T, p *Program, ret *returns.Return) {
	t.Helper()
	brief, card := p.Brief(ret), p.Score(ret)
	if brief.Values != nil || brief.Answers != nil {
		t.Error("Brief lists values")
	}
	card.Values, card.Answers, card.Reasons = nil, nil, nil
	for i := range card.Items {
		item := &card.Items[i]
		item.Reason, item.Inputs, item.Rows, item.Target, item.Value.Text = nil, nil, nil, Shown{}, nil
		if item.Value.Number == nil {
			item.Value.Unit = ""
		}
		if own := &brief.Items[i]; own.Value.Number == nil {
			own.Value.Unit = ""
		}
	}
	if !reflect.DeepEqual(brief, card) {
		t.Errorf("Brief gives\n%+v\nScore gives\n%+v", brief, card)
	}
}
