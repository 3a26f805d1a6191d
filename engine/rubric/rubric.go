// Package rubric holds what an author may write: a rubric as plain structs, each
// text with its place in the file. Load reads the YAML, Check says whether it
// makes sense. Formulas are text here; package formula reads them.
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

	Digits       source.Number `yaml:"digits"`        // decimals shown of values; 2
	PointsDigits source.Number `yaml:"points_digits"` // decimals of points, rounded when decided; 2
	Round        diag.Excerpt  `yaml:"round"`         // decimals of the rate before grades: 0 1 2 none
	Inapplicable diag.Excerpt  `yaml:"inapplicable"`  // full, exclude or zero: points of what doesn't apply
	Unverified   bool          `yaml:"unverified"`    // 来源待核

	Params source.Keyed[source.Node] `yaml:"params"`
	Data   source.Keyed[Block]       `yaml:"data"`
	Checks []Check                   `yaml:"checks"`
	Items  []Item                    `yaml:"items"`
	Grades []Grade                   `yaml:"grades"`

	File string // as the user named it
	Text []byte // the YAML itself, for messages
	Hash string // identity of the effective rubric, see Canonical
}

// Block is a group of single values (Fields) or a table with fixed rows (Key,
// Rows, Columns). Each is one sheet of the form.
type Block struct {
	Pos     diag.Pos
	Note    diag.Excerpt        `yaml:"note"`
	Fields  source.Keyed[Field] `yaml:"fields"`
	Key     diag.Excerpt        `yaml:"key"`
	Rows    []diag.Excerpt      `yaml:"rows"`
	Columns source.Keyed[Field] `yaml:"columns"`
}

// IsTable reports whether the block is a table.
func (b Block) IsTable() bool { return len(b.Columns) > 0 || len(b.Rows) > 0 || b.Key.Given() }

// Field is a single value or a column: entered, or computed by Formula.
type Field struct {
	Pos        diag.Pos
	Label      diag.Excerpt   `yaml:"label"` // shown instead of the name
	Type       diag.Excerpt   `yaml:"type"`  // see Types
	Choice     []diag.Excerpt `yaml:"choice"`
	Unit       diag.Excerpt   `yaml:"unit"`
	Years      source.Number  `yaml:"years"` // how many years are asked for; 1
	Min        source.Number  `yaml:"min"`
	Max        source.Number  `yaml:"max"`
	Optional   bool           `yaml:"optional"`
	Default    source.Number  `yaml:"default"` // stands where nothing is submitted
	Formula    diag.Excerpt   `yaml:"formula,formula"`
	Enterable  bool           `yaml:"enterable"` // a computed value may be entered, too
	Note       diag.Excerpt   `yaml:"note"`      // how to count it
	Source     diag.Excerpt   `yaml:"source"`    // where the figure comes from
	Digits     source.Number  `yaml:"digits"`
	Unverified bool           `yaml:"unverified"`
}

// Types are what a field may hold. A percent is 85, not 0.85.
var Types = []string{"number", "whole", "percent", "text", "yesno"}

// Entered reports whether people type the field in.
func (f Field) Entered() bool { return !f.Formula.Given() || f.Enterable }

// YearCount is the number of years the field is asked for.
func (f Field) YearCount() int { return int(f.Years.Or(1)) }

// UnitText is the unit that is shown; a percentage has its own.
func (f Field) UnitText() string {
	if f.Type.Text == "percent" && !f.Unit.Given() {
		return "%"
	}
	return f.Unit.Text
}

// Check is a rule about the data, applied before any scoring.
type Check struct {
	Pos   diag.Pos
	ID    diag.Excerpt `yaml:"id"`
	Title diag.Excerpt `yaml:"title"`
	Rule  diag.Excerpt `yaml:"rule,formula"` // holds when all is well
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

	Pass   diag.Excerpt `yaml:"pass,formula"`
	Bands  []Band       `yaml:"bands"`
	Deduct []Deduction  `yaml:"deduct"`

	Value diag.Excerpt  `yaml:"value,formula"`
	Each  diag.Excerpt  `yaml:"each"`          // a table: one judgement a row
	Where diag.Excerpt  `yaml:"where,formula"` // of its rows only these
	Lose  source.Number `yaml:"lose"`          // points for every row that fails

	When         diag.Excerpt `yaml:"when,formula"` // applies only where this holds
	Inapplicable diag.Excerpt `yaml:"inapplicable"`

	Unit       diag.Excerpt   `yaml:"unit"`
	Target     diag.Excerpt   `yaml:"target,formula"` // shown; read off the comparison by itself
	Digits     source.Number  `yaml:"digits"`
	Say        diag.Excerpt   `yaml:"say"`
	Evidence   []diag.Excerpt `yaml:"evidence"` // what should exist
	Basis      []diag.Excerpt `yaml:"basis"`
	Note       diag.Excerpt   `yaml:"note"`
	Unverified bool           `yaml:"unverified"`
}

// IsSection reports whether the item only holds others.
func (i Item) IsSection() bool { return len(i.Items) > 0 }

// Band gives points to values from a limit upwards.
type Band struct {
	Pos    diag.Pos
	From   source.Number `yaml:"from"`
	Points source.Number `yaml:"points"`
	Share  source.Number `yaml:"share"` // of the item's points, instead of Points
}

// Deduction takes points away: Take for each of Times, for each yes to Ask, or
// for each row of Each.
type Deduction struct {
	Pos     diag.Pos
	Take    source.Number `yaml:"take"`
	For     diag.Excerpt  `yaml:"for"` // in words: 每少1次
	Times   diag.Excerpt  `yaml:"times,formula"`
	Ask     diag.Excerpt  `yaml:"ask"`   // a fact that needs no field
	Count   bool          `yaml:"count"` // Ask is a number of times
	Each    diag.Excerpt  `yaml:"each"`
	Where   diag.Excerpt  `yaml:"where,formula"`
	Max     source.Number `yaml:"max"`     // at most so many points
	Started diag.Excerpt  `yaml:"started"` // up, down or part: what a started step counts
}

// Grade is one grade; the first that holds is given.
type Grade struct {
	Pos   diag.Pos
	Grade diag.Excerpt  `yaml:"grade"`
	From  source.Number `yaml:"from"` // of the rate in percent
	When  diag.Excerpt  `yaml:"when,formula"`
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

// Ask is a fact that is answered on the sheet of judgements.
type Ask struct {
	Item  *Item
	Text  string
	Count bool
}

// Asks returns all facts to be answered, in order.
func (r *Rubric) Asks() []Ask {
	var asks []Ask
	r.Leaves(func(item *Item, _ []*Item) {
		for _, d := range item.Deduct {
			if d.Ask.Given() {
				asks = append(asks, Ask{item, d.Ask.Text, d.Count})
			}
		}
	})
	return asks
}
