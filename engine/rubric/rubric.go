// Package rubric holds what an author may write: a rubric as plain structs, each
// text with its place in the file. Load reads the YAML and all that it builds on,
// and says whether it makes sense. Formulas are text here; package formula reads
// them.
package rubric

import (
	"dudao/engine/diag"
	"dudao/engine/source"
)

// Rubric is a whole evaluation scheme.
type Rubric struct {
	ID      diag.Excerpt   `yaml:"id"`      // file-safe name
	Title   diag.Excerpt   `yaml:"title"`   // as on the cover
	Version diag.Excerpt   `yaml:"version"` // a text: 2021.10 stays 2021.10
	Scored  diag.Excerpt   `yaml:"scored"`  // who is scored
	Basis   []diag.Excerpt `yaml:"basis"`   // the documents it rests on
	Note    diag.Excerpt   `yaml:"note"`

	Kind         diag.Excerpt   `yaml:"kind"`          // points, pass or letter
	Letters      []diag.Excerpt `yaml:"letters"`       // of kind letter, the best first; A B C
	Digits       source.Number  `yaml:"digits"`        // decimals shown of values; 2
	PointsDigits source.Number  `yaml:"points_digits"` // decimals of points, rounded when decided; 2
	Round        diag.Excerpt   `yaml:"round"`         // decimals of the rate before grades: 0 1 2 none
	Inapplicable diag.Excerpt   `yaml:"inapplicable"`  // full, exclude or zero: points of what doesn't apply
	Unverified   bool           `yaml:"unverified"`    // 来源待核
	Claims       bool           `yaml:"claims"`        // the form asks for the points that the unit claims

	Params source.Keyed[source.Node] `yaml:"params"`
	Data   source.Keyed[Block]       `yaml:"data"`
	Checks []Check                   `yaml:"checks"`
	Items  []Item                    `yaml:"items"`
	Deduct []Deduction               `yaml:"deduct"`        // from the total (倒扣)
	Total  diag.Excerpt              `yaml:"total,formula"` // instead of the sum
	Veto   []Veto                    `yaml:"veto"`
	Grades []Grade                   `yaml:"grades"`

	Extends diag.Excerpt              `yaml:"extends"`              // the rubric that this one changes
	Uses    []diag.Excerpt            `yaml:"uses"`                 // files whose data: and checks: it shares
	Change  source.Keyed[source.Node] `yaml:"change,patches=items"` // keys of items, by id
	Remove  []diag.Excerpt            `yaml:"remove"`               // ids of items
	Add     []Addition                `yaml:"add"`                  // items under a section

	File    string            // as the user named it
	Sources map[string][]byte // the YAML of it and of all it builds on, for messages
	Hash    string            // identity of the effective rubric

	// Shared are the files whose data and checks came by uses:.
	Shared map[string]bool

	// Spare are the names of shared data that this rubric doesn't read: a field, a
	// table, or table.column. A return may hold them for other rubrics.
	Spare map[string]bool
}

// Addition puts items under a section of the rubric that is extended.
type Addition struct {
	Pos   diag.Pos
	Under diag.Excerpt `yaml:"under"` // title of the section; none for the top
	Items []Item       `yaml:"items"`
}

// Check is a rule about the data, applied before any scoring.
type Check struct {
	Pos   diag.Pos
	ID    diag.Excerpt `yaml:"id"`
	Title diag.Excerpt `yaml:"title"`
	Rule  diag.Excerpt `yaml:"rule,formula"` // holds when all is well
	Ask   diag.Excerpt `yaml:"ask"`          // instead: a fact that must not be so
	Each  diag.Excerpt `yaml:"each"`         // a table: one judgement a row
	Level diag.Excerpt `yaml:"level"`
	Say   diag.Excerpt `yaml:"say"` // a sentence with {formula} holes
}

// Item is a section (Items) or a leaf with exactly one way of scoring.
type Item struct {
	Pos    diag.Pos
	ID     diag.Excerpt  `yaml:"id"`
	Title  diag.Excerpt  `yaml:"title"`
	Points source.Number `yaml:"points"`
	Items  []Item        `yaml:"items"`
	Weight source.Number `yaml:"weight"` // of a section's rate in what is above it
	Bonus  bool          `yaml:"bonus"`  // outside the total

	Pass   diag.Excerpt `yaml:"pass,formula"`
	Bands  Bands        `yaml:"bands"`
	Scale  *Scale       `yaml:"scale"`
	Deduct []Deduction  `yaml:"deduct"`
	Parts  []Part       `yaml:"parts"`
	Judge  *Judge       `yaml:"judge"`
	Rank   *Rank        `yaml:"rank"`
	Score  diag.Excerpt `yaml:"score,formula"` // any formula that gives points

	Value   diag.Excerpt  `yaml:"value,formula"`
	Each    diag.Excerpt  `yaml:"each"`          // a table or view: one judgement a row
	Where   diag.Excerpt  `yaml:"where,formula"` // of its rows only these
	Lose    source.Number `yaml:"lose"`          // points for every row that fails
	Give    source.Number `yaml:"give"`          // points for every row that passes
	For     diag.Excerpt  `yaml:"for"`           // in words: what such a row is
	By      diag.Excerpt  `yaml:"by"`            // share; or mean, sum, least of the rows' points
	Best    bool          `yaml:"best"`          // of parts only the highest counts
	AtLeast source.Number `yaml:"at_least"`      // percent of the rows that must pass; all

	Gate         diag.Excerpt `yaml:"gate,formula"` // no points where this doesn't hold
	Must         diag.Excerpt `yaml:"must"`         // 必达: true, or the points that must be reached
	When         diag.Excerpt `yaml:"when,formula"` // applies only where this holds
	Inapplicable diag.Excerpt `yaml:"inapplicable"`

	Unit             diag.Excerpt   `yaml:"unit"`
	Target           diag.Excerpt   `yaml:"target,formula"` // shown; read off the comparison by itself
	Digits           source.Number  `yaml:"digits"`
	Say              diag.Excerpt   `yaml:"say"`
	Evidence         []diag.Excerpt `yaml:"evidence"`          // what should exist
	EvidenceRequired bool           `yaml:"evidence_required"` // a judgement without evidence is open
	Basis            []diag.Excerpt `yaml:"basis"`
	Note             diag.Excerpt   `yaml:"note"`
	Unverified       bool           `yaml:"unverified"`
}

// IsSection reports whether the item only holds others.
func (i Item) IsSection() bool { return len(i.Items) > 0 }

// IsWeighted reports whether the item is a section whose sections have weights.
func (i Item) IsWeighted() bool {
	for _, sub := range i.Items {
		if sub.Weight.Given {
			return true
		}
	}
	return false
}

// Band gives points to values from a limit upwards.
type Band struct {
	Pos    diag.Pos
	From   source.Number `yaml:"from"`
	Points source.Number `yaml:"points"`
	Share  source.Number `yaml:"share"`  // of the item's points, instead of Points
	Letter diag.Excerpt  `yaml:"letter"` // in a rubric of kind letter
}

// Grade is one grade; the first that holds is given.
type Grade struct {
	Pos   diag.Pos
	Grade diag.Excerpt  `yaml:"grade"`
	From  source.Number `yaml:"from"` // of the rate in percent
	When  diag.Excerpt  `yaml:"when,formula"`
}

// SharesOnly reports whether the file has data and nothing to score: others use it.
func (r *Rubric) SharesOnly() bool {
	return len(r.Data) > 0 && len(r.Items) == 0 && len(r.Deduct) == 0 && len(r.Veto) == 0 && len(r.Grades) == 0 &&
		!r.Total.Given() && !r.Extends.Given()
}

// Leaves calls f for every leaf item in order, with the sections above it.
func (r *Rubric) Leaves(f func(item *Item, sections []*Item)) {
	var walk func(items []Item, above []*Item)
	walk = func(items []Item, above []*Item) {
		for i := range items {
			item := &items[i]
			if item.IsSection() {
				walk(item.Items, append(above[:len(above):len(above)], item))
			} else {
				f(item, above)
			}
		}
	}
	walk(r.Items, nil)
}
