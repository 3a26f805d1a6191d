package batch

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/form"
)

// How figures of a batch are doubted. A doubt is no verdict: it says where to look.
const (
	// leastCopied is how many figures a block needs, and leastVaried how many of them
	// have to differ, before it says anything that two units have the same. Our choice:
	// small tables of zeros and round numbers are the same by chance.
	leastCopied = 8
	leastVaried = 4

	// Robust outliers by the modified z-score 0.6745 (x - median) / MAD, which is
	// doubted above 3.5: Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993).
	mostDeviant = 3.5
	madScale    = 0.6745
	leastUnits  = 8 // fewer don't show what is usual

	// hug is how close above a limit, in percent of it, a value is close: if many units
	// are there and few as close below, values may have been made to fit. Our choice,
	// after the bunching that studies of thresholds look for.
	hug          = 1
	leastHugging = 4
)

// Doubt is something in the figures of one or several units that someone should
// look at.
type Doubt struct {
	Kind     diag.Message
	Units    []string
	Where    string      // the table or value
	Evidence diag.Phrase // with the numbers
	Pos      diag.Pos    // of the first unit's figures
}

// Doubts compares the figures of all units of a batch, and with those of last year's
// batch, which may be nil. The order of the records makes no difference.
func Doubts(records, last []Record) []Doubt {
	list := slices.DeleteFunc(slices.Clone(records), func(r Record) bool { return r.Failed != nil })
	slices.SortStableFunc(list, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.Cover.Code, b.Cover.Code), cmp.Compare(a.Cover.Name, b.Cover.Name), cmp.Compare(a.Source, b.Source))
	})
	order, all := measures(list)
	out := copied(list)
	out = append(out, hugging(list, order, all)...)
	out = append(out, own(list, engine.RuleThreshold, diag.M("on a threshold"))...)
	out = append(out, own(list, engine.RuleJump, diag.M("jump against last year"))...)
	out = append(out, leaps(list, last)...)
	out = append(out, own(list, engine.RuleUnchanged, diag.M("as last year"))...)
	out = append(out, own(list, engine.RuleTotal, diag.M("totals that contradict"))...)
	return append(out, outliers(list, order, all)...)
}

// Unit is what people call the unit of a record.
func (r *Record) Unit() string { return cmp.Or(r.Cover.Name, r.Cover.Code, r.Source) }

// copied finds blocks in which several units have the same figures.
func copied(list []Record) []Doubt {
	type key struct{ name, hash string }
	same := map[key][]int{}
	var order []key
	for i := range list {
		for _, b := range list[i].Blocks {
			if b.Values < leastCopied || b.Varied < leastVaried {
				continue
			}
			k := key{b.Name, b.Hash}
			if same[k] == nil {
				order = append(order, k)
			}
			same[k] = append(same[k], i)
		}
	}
	var out []Doubt
	for _, k := range order {
		units := unitsOf(list, same[k])
		if len(units) < 2 {
			continue // also one that stands twice in the batch
		}
		first := list[same[k][0]].Blocks
		at := slices.IndexFunc(first, func(b Block) bool { return b.Name == k.name })
		out = append(out, Doubt{Kind: diag.M("the same figures"), Units: units, Where: k.name,
			Evidence: diag.P(diag.M("all %s figures of “%s” are the same in %s units", strconv.Itoa(first[at].Values), k.name, strconv.Itoa(len(units))))})
	}
	return out
}

// unitsOf names units, each once.
func unitsOf(list []Record, at []int) []string {
	var out []string
	for _, i := range at {
		if name := list[i].Unit(); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// own gathers what the units are asked about by one rule anyway.
func own(list []Record, rule string, kind diag.Message) []Doubt {
	var out []Doubt
	for i := range list {
		for _, p := range list[i].Problems {
			if p.Rule == rule {
				out = append(out, Doubt{Kind: kind, Units: []string{list[i].Unit()}, Where: place(p.Pos), Evidence: p.Said, Pos: p.Pos})
			}
		}
	}
	return out
}

// leaps finds figures that are about a thousand or ten thousand times those of last
// year's batch, or as small a part of them: one of the two is in another unit. What
// the unit itself gives as last year's is asked about in its own report.
func leaps(list, last []Record) []Doubt {
	var out []Doubt
	before := lastOf(last)
	for i := range list {
		was := before(&list[i])
		if was == nil {
			continue
		}
		figures := map[string]float64{}
		for _, f := range was.Figures {
			if f.Back == 0 && !f.Computed {
				figures[form.Path(f.Table, f.Row, f.Field, 0)] = f.Number
			}
		}
		for _, f := range list[i].Figures {
			name := form.Path(f.Table, f.Row, f.Field, 0)
			x, ok := figures[name]
			if f.Back != 0 || f.Computed || !ok || x*f.Number <= 0 {
				continue
			}
			for _, times := range []float64{1000, 10000} {
				if near(f.Number/x, times) || near(x/f.Number, times) {
					out = append(out, Doubt{Kind: diag.M("jump against last year"), Units: unitsOf(list, []int{i}), Where: name, Pos: f.Pos,
						Evidence: diag.P(diag.M("%s, and %s in last year’s batch: about %s times apart; check the unit", decimal.Format(f.Number, 6), decimal.Format(x, 6), decimal.Format(times, 0)))})
				}
			}
		}
	}
	return out
}

// near leaves room for what grew by half or shrank by a third, as the engine does.
func near(ratio, times float64) bool { return ratio >= times/1.5 && ratio <= times*1.5 }

// place is where it stands, for people: a line says little without its file.
func place(p diag.Pos) string {
	if p.Line == 0 {
		p.File = ""
	}
	return p.String()
}

// measure is what a number of each unit is called: an item's value, or a figure.
type measure struct {
	name   string
	target bool // the value of an item that has a target
}

// number is what a unit has of a measure.
type number struct {
	unit      int
	x, target float64
	pos       diag.Pos
}

// measures gathers the values of items and the computed figures of this year: shares
// and averages, which don't grow with the unit as what was counted does.
func measures(list []Record) ([]measure, map[measure][]number) {
	all := map[measure][]number{}
	var order []measure
	add := func(m measure, n number) {
		if all[m] == nil {
			order = append(order, m)
		}
		all[m] = append(all[m], n)
	}
	for i := range list {
		for _, item := range list[i].Items {
			if item.Value == nil {
				continue
			}
			n := number{unit: i, x: *item.Value}
			if item.Target != nil {
				n.target = *item.Target
			}
			add(measure{item.ID, item.Target != nil}, n)
		}
		for _, f := range list[i].Figures {
			if f.Computed && f.Back == 0 {
				add(measure{form.Path(f.Table, f.Row, f.Field, 0), false}, number{unit: i, x: f.Number, pos: f.Pos})
			}
		}
	}
	return order, all
}

// hugging finds limits that striking many units reach by a hair's breadth.
func hugging(list []Record, order []measure, all map[measure][]number) []Doubt {
	var out []Doubt
	for _, m := range order {
		if !m.target {
			continue
		}
		var good, bad []int
		for _, n := range all[m] {
			if n.target == 0 || decimal.Compare(math.Abs(n.x-n.target), math.Abs(n.target)*hug/100) > 0 {
				continue
			}
			if list[n.unit].item(m.name).State == engine.Full {
				good = append(good, n.unit)
			} else {
				bad = append(bad, n.unit)
			}
		}
		if len(good) >= leastHugging && len(good) > 3*len(bad) && 4*len(good) >= len(all[m]) {
			out = append(out, Doubt{Kind: diag.M("close to a threshold"), Units: unitsOf(list, good), Where: m.name,
				Evidence: diag.P(diag.M("%s of %s units reach the target of item %s by at most %s %%, and %s miss it by as little", strconv.Itoa(len(good)), strconv.Itoa(len(all[m])),
					m.name, strconv.Itoa(hug), strconv.Itoa(len(bad))))})
		}
	}
	return out
}

func (r *Record) item(id string) *Item {
	return &r.Items[slices.IndexFunc(r.Items, func(i Item) bool { return i.ID == id })]
}

// outliers finds values far from those of the other units.
func outliers(list []Record, order []measure, all map[measure][]number) []Doubt {
	var out []Doubt
	for _, m := range order {
		numbers := all[m]
		if len(numbers) < leastUnits {
			continue
		}
		values := make([]float64, len(numbers))
		for i, n := range numbers {
			values[i] = n.x
		}
		middle := median(values)
		for i, n := range numbers {
			values[i] = math.Abs(n.x - middle)
		}
		mad := median(values)
		if mad == 0 { // more than half are the same: nothing says how far is far
			continue
		}
		for _, n := range numbers {
			z := madScale * (n.x - middle) / mad
			if math.Abs(z) <= mostDeviant {
				continue
			}
			out = append(out, Doubt{Kind: diag.M("far from the others"), Units: unitsOf(list, []int{n.unit}), Where: m.name, Pos: n.pos,
				Evidence: diag.P(diag.M("%s; the median of %s units is %s, their median deviation %s (modified z-score %s)", decimal.Format(n.x, 4), strconv.Itoa(len(numbers)),
					decimal.Format(middle, 4), decimal.Format(mad, 4), decimal.Format(z, 1)))})
		}
	}
	return out
}

// median of values, which it sorts.
func median(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	if n%2 == 1 {
		return values[n/2]
	}
	return (values[n/2-1] + values[n/2]) / 2
}
