package batch_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"dudao/engine/batch"
)

func visits(random *rand.Rand, n int) []batch.Visit {
	var out []batch.Visit
	for i := range n {
		v := batch.Visit{Unit: fmt.Sprintf("县%d", i%7), Row: fmt.Sprintf("学校%03d", i), Level: []string{"小学", "小学", "初中", "九年一贯制"}[random.IntN(4)]}
		if random.IntN(5) == 0 {
			v.Doubts = []string{"x"}
		}
		out = append(out, v)
	}
	return out
}

func TestSample(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	for range 300 {
		rows := visits(random, random.IntN(200))
		n, seed := random.IntN(60), random.Uint64()
		got, strata := batch.Sample(rows, n, seed)
		if want := min(n, len(rows)); len(got) != want {
			t.Fatalf("%d drawn of %d, want %d", len(got), len(rows), want)
		}
		doubted, drawn := 0, 0
		for _, r := range rows {
			if len(r.Doubts) > 0 {
				doubted++
			}
		}
		for i, v := range got {
			if len(v.Doubts) > 0 {
				drawn++
			}
			if slices.ContainsFunc(got[:i], func(w batch.Visit) bool { return reflect.DeepEqual(v, w) }) {
				t.Fatalf("%v is drawn twice", v)
			}
		}
		if least := min(doubted, (len(got)+1)/2); drawn < least {
			t.Fatalf("%d with doubts of %d drawn, want at least %d", drawn, len(got), least)
		}
		for _, s := range strata { // within one of what is proportional
			all, part := doubted, drawn
			if !s.Doubted {
				all, part = len(rows)-doubted, len(got)-drawn
			}
			if s.Drawn > s.Rows || s.Drawn*all < part*s.Rows-all || s.Drawn*all > part*s.Rows+all {
				t.Fatalf("%+v: not in proportion to %d of %d", s, part, all)
			}
		}
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		if again, _ := batch.Sample(rows, n, seed); !reflect.DeepEqual(again, got) {
			t.Fatal("another order of the rows gives another sample")
		}
	}
	rows := visits(random, 200)
	a, _ := batch.Sample(rows, 30, 1)
	b, _ := batch.Sample(rows, 30, 2)
	if reflect.DeepEqual(a, b) {
		t.Error("two seeds give the same sample")
	}
}
