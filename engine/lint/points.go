package lint

import (
	"math"
	"slices"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// full doubts items whose best case doesn't give the full points, parts that give
// more, and bonus sections whose cap never acts.
func full(p *engine.Program) diag.List {
	var l diag.List
	if p.Rubric.Kind.Text == "letter" {
		return l
	}
	p.Rubric.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
		points := item.Points.Value
		if p.Rubric.Kind.Text == "pass" || !item.Points.Given {
			points = 1
		}
		most := mostOf(p.Rubric, item, points)
		at, length := item.ID.Pos, width(item.ID)
		if item.Points.Given {
			at, length = item.Points.Pos, len(shown(points))
		}
		switch {
		case decimal.Compare(most, points) < 0:
			l.Warn(at, length, diag.M("the full %s points can’t be reached, at most %s can", shown(points), shown(most)),
				diag.M("let the best case give all points, or lower the points"))
		case item.Points.Given && p.Rubric.Kind.Text == "points" && decimal.Compare(most, points) > 0 && !math.IsInf(most, 1):
			l.Warn(at, length, diag.M("the parts give %s points together, but the item has %s", shown(most), shown(points)),
				diag.M("adjust the parts, or write best: true if only the highest counts"))
		}
	})
	var walk func(items []rubric.Item)
	walk = func(items []rubric.Item) {
		for _, i := range items {
			if most := together(i.Items); i.IsSection() && i.Bonus && i.Points.Given && decimal.Compare(most, i.Points.Value) < 0 {
				l.Warn(i.Points.Pos, len(shown(i.Points.Value)), diag.M("the items give at most %s points together, so the limit of %s is never reached", shown(most), shown(i.Points.Value)),
					diag.M("lower the limit, or add items"))
			}
			walk(i.Items)
		}
	}
	walk(p.Rubric.Items)
	return l
}

func shown(points float64) string { return decimal.Format(points, 6) }

// together is what the items of a bonus section give.
func together(items []rubric.Item) float64 {
	var sum decimal.Sum
	for _, i := range items {
		switch {
		case i.Points.Given:
			sum.Add(i.Points.Value)
		case i.IsSection():
			sum.Add(together(i.Items))
		}
	}
	return sum.Value()
}

// mostOf is what an item gives in the best case, as far as it is written in
// points; whatever a formula gives counts as all.
func mostOf(r *rubric.Rubric, i *rubric.Item, points float64) float64 {
	switch {
	case i.By.Text == "sum": // of rows: each may give a little
		return points
	case i.Give.Given:
		if rows := fixedRows(r, i.Each.Text); rows > 0 {
			return min(points, i.Give.Value*float64(rows))
		}
	case len(i.Bands.List) > 0:
		most := 0.0
		for _, b := range i.Bands.List {
			most = max(most, bandPoints(b, points))
		}
		return most
	case len(i.Parts) > 0:
		return mostOfParts(r, i, points)
	case i.Judge != nil && r.Kind.Text == "points":
		return mostOfJudge(i.Judge, points)
	case i.Rank != nil:
		return max(most(i.Rank.Points), i.Rank.Mean.Value)
	}
	return points
}

func mostOfParts(r *rubric.Rubric, i *rubric.Item, points float64) float64 {
	var sum decimal.Sum
	best := 0.0
	for _, p := range i.Parts {
		give := p.Points.Value
		switch rows := fixedRows(r, p.Each.Text); {
		case p.Count || p.Times.Given() || p.Each.Given() && rows == 0:
			give = math.Inf(1)
		case p.Each.Given():
			give = min(points, give*float64(rows)) // the item's points are the limit
		}
		give = min(give, p.Max.Or(give))
		sum.Add(give)
		best = max(best, give)
	}
	if i.Best || math.IsInf(best, 1) {
		return best
	}
	return sum.Value()
}

func mostOfJudge(j *rubric.Judge, points float64) float64 {
	switch {
	case len(j.Levels) > 0:
		top := 0.0
		for _, level := range j.Levels {
			top = max(top, level.Points.Value)
		}
		return top
	case j.Step.Given:
		return decimal.Round(math.Floor(decimal.Round(points/j.Step.Value, 9))*j.Step.Value, 9)
	}
	return j.To.Value
}

func bandPoints(b rubric.Band, points float64) float64 {
	if b.Share.Given {
		return b.Share.Value * points
	}
	return b.Points.Value
}

// givenBy is the place of what a band gives.
func givenBy(b rubric.Band) (diag.Pos, int) {
	switch {
	case b.Letter.Given():
		return b.Letter.Pos, width(b.Letter)
	case b.Share.Given:
		return b.Share.Pos, len(shown(b.Share.Value))
	}
	return b.Points.Pos, len(shown(b.Points.Value))
}

func most(list []source.Number) float64 {
	top := 0.0
	for _, n := range list {
		top = max(top, n.Value)
	}
	return top
}

// fixedRows is how many rows a table with fixed rows has, or the one that a view
// is of; 0 for an open one.
func fixedRows(r *rubric.Rubric, table string) int {
	for i := len(r.Data) - 1; i >= 0; i-- { // a view stands below its table
		if b := r.Data[i]; b.Key.Text == table {
			if b.Value.IsView() {
				table = b.Value.From.Text
				continue
			}
			return len(b.Value.Rows)
		}
	}
	return 0
}

// order doubts bands that give as much as the one above, and places that give more
// than the place before.
func order(p *engine.Program) diag.List {
	var l diag.List
	r := p.Rubric
	better := func(b rubric.Band, points float64) float64 {
		for i, letter := range r.Letters {
			if letter.Text == b.Letter.Text {
				return float64(len(r.Letters) - i)
			}
		}
		return bandPoints(b, points)
	}
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
		for k := 1; k < len(item.Bands.List); k++ {
			above, b := item.Bands.List[k-1], item.Bands.List[k]
			at, length := givenBy(b)
			switch decimal.Compare(better(b, item.Points.Value), better(above, item.Points.Value)) {
			case 1:
				l.Warn(at, length, diag.M("this band gives more than the one above it"), diag.M("whoever reaches more should not get less"))
			case 0:
				l.Warn(at, length, diag.M("this band gives as much as the one above it"), diag.M("leave the one above out, or give it more"))
			}
		}
		if item.Rank == nil {
			return
		}
		for k := 1; k < len(item.Rank.Points); k++ {
			if n := item.Rank.Points[k]; n.Value > item.Rank.Points[k-1].Value {
				l.Warn(n.Pos, len(shown(n.Value)), diag.M("this place gives more than the one before it"), diag.M("a better place should not get less"))
			}
		}
	})
	return l
}

// unreachable doubts grades above 100 percent where nothing gives more than all
// points.
func unreachable(p *engine.Program) diag.List {
	var l diag.List
	r := p.Rubric
	more := r.Total.Given()
	r.Leaves(func(item *rubric.Item, sections []*rubric.Item) {
		more = more || item.Bonus || slices.ContainsFunc(sections, func(s *rubric.Item) bool { return s.Bonus })
	})
	for _, g := range r.Grades {
		if g.From.Given && g.From.Value > 100 && !more {
			l.Warn(g.From.Pos, len(shown(g.From.Value)), diag.M("no rate is above 100 percent without bonus: true"), diag.M("from: is a percentage of the full points"))
		}
	}
	return l
}
