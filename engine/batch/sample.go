package batch

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// Visit is a row of a table, such as a school, that may be visited.
type Visit struct {
	Unit   string   `json:"unit"`
	Code   string   `json:"code,omitempty"`
	Row    string   `json:"row"`
	Level  string   `json:"level,omitempty"`  // primary, junior …
	Doubts []string `json:"doubts,omitempty"` // why it should be looked at
}

// Stratum is a part of the rows from which some are drawn.
type Stratum struct {
	Level   string `json:"level,omitempty"`
	Doubted bool   `json:"doubted"`
	Rows    int    `json:"rows"`
	Drawn   int    `json:"drawn"`
}

// Sample draws n rows to be visited. Half of them, if there are so many, are rows with
// doubts; each half is divided among the levels as its rows are, by largest
// remainders. The same rows, n and seed give the same sample, in whatever order the
// rows come: chance is PCG with the seed.
func Sample(rows []Visit, n int, seed uint64) ([]Visit, []Stratum) {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, compareVisits)
	n = min(n, len(rows))
	strata := map[Stratum][]Visit{}
	var order []Stratum
	doubted := 0
	for _, r := range rows {
		s := Stratum{Level: r.Level, Doubted: len(r.Doubts) > 0}
		if strata[s] == nil {
			order = append(order, s)
		}
		strata[s] = append(strata[s], r)
		if s.Doubted {
			doubted++
		}
	}
	slices.SortFunc(order, func(a, b Stratum) int {
		if a.Doubted != b.Doubted {
			if a.Doubted {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Level, b.Level)
	})
	for i := range order {
		order[i].Rows = len(strata[order[i]])
	}
	fromDoubted := min(doubted, max((n+1)/2, n-(len(rows)-doubted)))
	split := slices.IndexFunc(order, func(s Stratum) bool { return !s.Doubted })
	if split < 0 {
		split = len(order)
	}
	allocate(order[:split], fromDoubted)
	allocate(order[split:], n-fromDoubted)

	random := rand.New(rand.NewPCG(seed, 0))
	var out []Visit
	for _, s := range order {
		list := strata[Stratum{Level: s.Level, Doubted: s.Doubted}]
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		out = append(out, list[:s.Drawn]...)
	}
	slices.SortFunc(out, compareVisits)
	return out, order
}

func compareVisits(a, b Visit) int {
	return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Row, b.Row), slices.Compare(a.Doubts, b.Doubts))
}

// allocate divides n among strata in proportion to their rows, by largest remainders.
// No stratum gets more than it has.
func allocate(strata []Stratum, n int) {
	rows := 0
	for _, s := range strata {
		rows += s.Rows
	}
	if rows == 0 {
		return
	}
	type rest struct{ at, remainder int }
	var rests []rest
	left := n
	for i := range strata {
		s := &strata[i]
		s.Drawn = n * s.Rows / rows
		left -= s.Drawn
		rests = append(rests, rest{i, n * s.Rows % rows})
	}
	slices.SortStableFunc(rests, func(a, b rest) int { return cmp.Compare(b.remainder, a.remainder) })
	for _, r := range rests[:left] { // fewer are left than there are remainders above 0
		strata[r.at].Drawn++
	}
}
