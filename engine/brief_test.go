package engine

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"dudao/engine/decimal"
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

// Numbers that are written alike have one key, or twins would be missed.
func TestNumberKey(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 5))
	of := map[string]float64{}
	look := func(x float64) {
		text := decimal.Format(x, 9)
		if first, known := of[text]; known && numberKey(first) != numberKey(x) {
			t.Errorf("%v and %v are both written %s", first, x, text)
		}
		of[text] = x
	}
	for range 20_000 {
		x := float64(rnd.IntN(1000)) / []float64{1, 2, 8, 100, 1e4, 1e6, 1e9}[rnd.IntN(7)]
		x *= []float64{1, 1, 1, -1, 1000, 1e6, 100}[rnd.IntN(7)]
		for _, off := range []float64{0, 1e-12, 4e-10, -1e-11, 6e-10, 1e-16} {
			look(x + off)
			look(x * (1 + off))
		}
	}
	for _, x := range []float64{99999.9999999995, 1e5, 99999.9999999994, 100000.0000000004, 0, math.Copysign(0, -1)} {
		look(x)
	}
	if numberKey(1.25) == numberKey(1.26) || numberKey(1e6) == numberKey(1e6+1) {
		t.Error("all numbers have one key")
	}
}
