package cases

import (
	"maps"
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Expect is what must come out; what isn't written isn't compared.
type Expect struct {
	Pos       diag.Pos
	Tolerance source.Number            `yaml:"tolerance"` // by how much the numbers here may differ
	Score     source.Number            `yaml:"score"`
	Between   []source.Number          `yaml:"between"` // lower and upper bound
	Rate      source.Number            `yaml:"rate"`    // in percent
	Grade     diag.Excerpt             `yaml:"grade"`
	Unmet     source.Number            `yaml:"unmet"` // number of items that are unmet for certain
	Items     source.Keyed[ItemExpect] `yaml:"items"`
	Checks    *[]diag.Excerpt          `yaml:"checks"` // ids or titles of the checks that fire, and no others
	Vetoes    *[]diag.Excerpt          `yaml:"vetoes"` // titles of the vetoes that act for certain, and no others
}

// ItemExpect is what must come out for one item.
type ItemExpect struct {
	Pos    diag.Pos
	Points source.Number `yaml:"points"`
	State  diag.Excerpt  `yaml:"state"`
	Value  source.Number `yaml:"value"`
	Met    diag.Excerpt  `yaml:"met"`    // whether it has all its points; neither while it is open
	Letter diag.Excerpt  `yaml:"letter"` // A, or B~A while it is open
}

// stateNames are the states as authors write them.
var stateNames = map[string]engine.State{
	"得分": engine.Full, "部分得分": engine.Partial, "不得分": engine.None, "不适用": engine.Inapplicable,
	"缺数据": engine.Missing, "待评定": engine.Open, "计算错误": engine.Failed,
}

func stateName(s engine.State) string {
	for name, state := range stateNames {
		if state == s {
			return name
		}
	}
	return s.String()
}

// truthNames are true and false as authors write them.
var truthNames = map[string]bool{"true": true, "yes": true, "是": true, "false": false, "no": false, "否": false}

// check refuses expectations that can't be meant.
func (e Expect) check() diag.List {
	diags := checkTolerance(e.Tolerance)
	if n := len(e.Between); n != 0 && n != 2 {
		diags.Add(e.Pos, 1, diag.M("between: has a lower and an upper bound"))
	}
	oneOf := func(x diag.Excerpt, known []string) {
		if x.Given() && !slices.Contains(known, x.Text) {
			diags.Add(x.Pos, len([]rune(x.Text)), diag.M("“%s” can’t stand here", x.Text), diag.M("one of: %s", strings.Join(known, " ")))
		}
	}
	for _, i := range e.Items {
		oneOf(i.Value.State, slices.Sorted(maps.Keys(stateNames)))
		oneOf(i.Value.Met, slices.Sorted(maps.Keys(truthNames)))
	}
	return diags
}

func checkTolerance(n source.Number) diag.List {
	var diags diag.List
	if n.Given && n.Value < 0 {
		diags.Add(n.Pos, 1, diag.M("tolerance: is not below 0"))
	}
	return diags
}

// names are what the expectations for a rubric may name.
type names struct {
	items, checks, vetoes, grades []string
	bonus                         map[string]bool // items that are never unmet
}

func namesOf(r *rubric.Rubric) names {
	n := names{bonus: map[string]bool{}}
	r.Leaves(func(item *rubric.Item, above []*rubric.Item) {
		n.items = append(n.items, item.ID.Text)
		n.bonus[item.ID.Text] = item.Bonus || slices.ContainsFunc(above, func(s *rubric.Item) bool { return s.Bonus })
	})
	for _, c := range r.Checks {
		if c.ID.Given() {
			n.checks = append(n.checks, c.ID.Text)
		} else {
			n.checks = append(n.checks, c.Title.Text)
		}
	}
	for _, v := range r.Veto {
		n.vetoes = append(n.vetoes, v.Title.Text)
	}
	for _, g := range r.Grades {
		n.grades = append(n.grades, g.Grade.Text)
	}
	return n
}

// check finds the names that the rubric doesn't have.
func (n names) check(e Expect) diag.List {
	var diags diag.List
	unknown := func(x diag.Excerpt, name string, known []string, m diag.Message) {
		if slices.Contains(known, name) {
			return
		}
		var hints []diag.Message
		if near := diag.Nearest(name, known); near != "" {
			hints = append(hints, diag.M("did you mean “%s”?", near))
		} else if len(known) > 0 {
			hints = append(hints, diag.M("one of: %s", strings.Join(known, " ")))
		}
		diags.Add(x.Pos, len([]rune(x.Text)), m, hints...)
	}
	for _, i := range e.Items {
		unknown(i.Key, i.Key.Text, n.items, diag.M("the rubric has no item “%s”", i.Key.Text))
	}
	if e.Checks != nil {
		for _, c := range *e.Checks {
			unknown(c, c.Text, n.checks, diag.M("the rubric has no check “%s”", c.Text))
		}
	}
	if e.Vetoes != nil {
		for _, v := range *e.Vetoes {
			unknown(v, v.Text, n.vetoes, diag.M("the rubric has no veto “%s”", v.Text))
		}
	}
	if e.Grade.Given() && !slices.Contains(n.grades, e.Grade.Text) {
		for _, g := range strings.Split(e.Grade.Text, "~") {
			unknown(e.Grade, g, n.grades, diag.M("the rubric has no grade “%s”", g))
		}
	}
	return diags
}
