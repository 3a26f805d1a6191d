package cases_test

import (
	"math"
	"testing"

	"dudao/engine"
)

// In every case of the idioms and the shipped rubrics: what would give more points
// gives them, what is lost is what the card says, and each lost item says what it
// lacks.
func TestEveryLossSaysWhatItLacks(t *testing.T) {
	lost, closed, open := 0, 0, 0
	for _, s := range suites(t) {
		file, p := s.file, s.program
		for _, m := range s.made {
			placed := m.Placed(p)
			card := p.Score(placed)
			gaps := map[string]engine.Gap{}
			for _, gap := range p.Gaps(placed) {
				gaps[gap.Item] = gap
			}
			for i := range card.Items {
				now := &card.Items[i]
				gap := gaps[now.ID]
				if now.State.Decided() && now.Lost() > 0 && (len(gap.Lacks) == 0 || math.Abs(gap.Lost-now.Lost()) > 1e-9) {
					t.Errorf("%s: %s: item %s lost %v, and the gap is %+v", file, m.Name.Text, now.ID, now.Lost(), gap)
				}
				if gap.Lost > 0 {
					lost++
				}
				if gap.Full != nil {
					closed++
				}
				if gap.Open > 0 {
					open++
				}
				for _, l := range gap.Lacks {
					if len(l.Words) == 0 {
						t.Errorf("%s: %s: item %s lacks something without a word", file, m.Name.Text, now.ID)
					}
				}
				for _, w := range []*engine.Way{gap.Next, gap.Full} {
					if w == nil {
						continue
					}
					then := p.Score(p.With(placed, w.Changes)).Item(now.ID)
					got := then.Points
					if w.Letter != "" && then.Letter.Lower != w.Letter || w.Letter == "" && now.Full > 0 && math.Abs(got-w.Points) > 1e-9 {
						t.Errorf("%s: %s: item %s gets %v (%s), promised were %+v", file, m.Name.Text, now.ID, got, then.Letter.Lower, w)
					}
				}
			}
		}
	}
	if !testing.Short() && (lost < 200 || closed < lost/2 || open < 50) {
		t.Errorf("%d items lost something, %d of them could be closed; %d are open", lost, closed, open)
	}
	t.Logf("%d lost, %d closed, %d open", lost, closed, open)
}
