package cases

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Mutants changes one thing of a rubric at a time and runs the cases that were
// made for it. It returns how many mutants it tried and a warning for each that no
// case noticed, unless “# lint:ignore mutant why” settles it. The cases must pass
// before. The rubric is the same afterwards, but must not be used meanwhile.
func Mutants(r *rubric.Rubric, made []Made) (tried int, survivors diag.List) {
	made = slices.Clone(made) // they are put in another order
	for _, p := range places(r) {
		likeliest(made, itemAt(r, p.at))
		for _, m := range p.mutants(r.Sources[p.at.File]) {
			tried++
			undo := m.apply()
			noticed := refused(r, p) || notices(r, made)
			undo()
			_ = r.Numbers() // they were sound before
			if !noticed {
				survivors.Warn(m.at, len([]rune(m.from)), diag.M("%s changed into %s: no case notices", m.from, m.to)).Rule = "mutant"
			}
		}
	}
	kept, _ := source.Silence(survivors, source.Ignores(r.File, r.Sources[r.File]))
	return tried, kept
}

// refused reports whether a changed rubric can't be loaded any more.
func refused(r *rubric.Rubric, p place) bool {
	return r.Numbers().HasErrors() || !p.weight && r.Check().HasErrors()
}

// itemAt is the id of the item that a place belongs to: the last that begins above.
func itemAt(r *rubric.Rubric, at diag.Pos) string {
	id, begins := "", diag.Pos{}
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
		if item.Pos.File == at.File && item.Pos.Compare(at) <= 0 && item.Pos.Compare(begins) >= 0 {
			id, begins = item.ID.Text, item.Pos
		}
	})
	return id
}

// likeliest puts the cases in front that expect something of an item.
func likeliest(made []Made, item string) {
	expects := func(m Made) int {
		if slices.ContainsFunc(m.Expect.Items, func(i source.KeyedItem[ItemExpect]) bool { return i.Key.Text == item }) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(made, func(a, b Made) int { return expects(a) - expects(b) })
}

// notices reports whether a case fails, or the rubric can't be compiled. The case
// that fails moves to the front: it is the likeliest to notice the next change, too.
func notices(r *rubric.Rubric, made []Made) bool {
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		return true
	}
	for i, m := range made {
		if !m.Run(p).Passed() {
			copy(made[1:i+1], made[:i])
			made[0] = m
			return true
		}
	}
	return false
}

// mutant is one change: from what is written into what.
type mutant struct {
	at       diag.Pos
	from, to string
	apply    func() (undo func())
}

func (p place) mutants(src []byte) []mutant {
	var out []mutant
	switch {
	case len(p.numbers) > 0:
		from := numberAt(src, p.at, p.numbers[0].Value)
		for _, to := range neighbours(from) {
			out = append(out, mutant{p.at, from, to, func() func() { return p.setNumber(to) }})
		}
	case p.formula:
		for _, t := range formula.Tokens(*p.texts[0]) {
			runes := []rune(p.texts[0].Text)
			for _, to := range others(t) {
				changed := string(runes[:t.From]) + to + string(runes[t.To:])
				out = append(out, mutant{p.texts[0].At(t.From), t.Text, to, func() func() { return p.setText(changed) }})
			}
		}
	default:
		from := p.texts[0].Text
		for _, to := range others(formula.Token{Text: from}) {
			out = append(out, mutant{p.at, from, to, func() func() { return p.setText(to) }})
		}
	}
	return out
}

// setNumber changes a number, and the sums that it is a part of with it.
func (p place) setNumber(to string) (undo func()) {
	x, _ := strconv.ParseFloat(to, 64)
	before := p.numbers[0].Value
	set := func(x, difference float64) {
		for _, n := range p.numbers {
			n.Value = x
		}
		for _, n := range p.sums {
			n.Value += difference
		}
	}
	sums := make([]float64, len(p.sums))
	for i, n := range p.sums {
		sums[i] = n.Value
	}
	set(x, x-before)
	return func() {
		set(before, 0)
		for i, n := range p.sums {
			n.Value = sums[i]
		}
	}
}

func (p place) setText(to string) (undo func()) {
	before := p.texts[0].Text
	set := func(text string) {
		for _, e := range p.texts {
			e.Text = text
		}
	}
	set(to)
	return func() { set(before) }
}

// turned are the operators that a slip makes of one: without or with equality, and
// turned round.
var turned = map[string][]string{
	">=": {">", "<"}, ">": {">=", "<"}, "<=": {"<", ">"}, "<": {"<=", ">"}, "==": {"!="}, "!=": {"=="},
	"true": {"false"}, "false": {"true"},
}

// others are what a constant or operator is changed into.
func others(t formula.Token) []string {
	if out, ok := turned[t.Text]; ok {
		return out
	}
	return neighbours(t.Text)
}

var written = regexp.MustCompile(`^[-+]?[0-9]+(\.[0-9]*)?`)

// neighbours are the numbers that differ by one in the last digit that is written:
// 0.85 gives 0.86 and 0.84.
func neighbours(number string) []string {
	if written.FindString(number) != number {
		return nil
	}
	x, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return nil
	}
	_, decimals, _ := strings.Cut(number, ".")
	var out []string
	for _, sign := range []float64{1, -1} {
		out = append(out, strconv.FormatFloat(x+sign*math.Pow10(-len(decimals)), 'f', len(decimals), 64))
	}
	return out
}

// numberAt is a number as it is written in a file.
func numberAt(src []byte, at diag.Pos, value float64) string {
	lines := strings.Split(string(src), "\n")
	if at.Line <= len(lines) {
		if runes := []rune(lines[at.Line-1]); at.Col <= len(runes) {
			text := written.FindString(string(runes[at.Col-1:]))
			if x, err := strconv.ParseFloat(text, 64); err == nil && x == value {
				return text
			}
		}
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}
