package rubric

import (
	"reflect"

	"dudao/engine/diag"
	"dudao/engine/source"
)

// Block is a group of single values (Fields), a table (Key, Columns; with Rows
// they are fixed, without there are as many as the unit has), or a view of a
// table (From, Where). Groups and tables are sheets of the form.
type Block struct {
	Pos     diag.Pos
	Note    diag.Excerpt        `yaml:"note"`
	Fields  source.Keyed[Field] `yaml:"fields"`
	Key     []diag.Excerpt      `yaml:"key"` // the columns that name a row
	Rows    []diag.Excerpt      `yaml:"rows"`
	Columns source.Keyed[Field] `yaml:"columns"`
	Room    source.Number       `yaml:"room"` // rows prepared on the form; 300
	From    diag.Excerpt        `yaml:"from"`
	Where   diag.Excerpt        `yaml:"where,formula"`
}

// IsView reports whether the block is a view of a table.
func (b *Block) IsView() bool { return b.From.Given() }

// IsTable reports whether the block is a table.
func (b *Block) IsTable() bool {
	return !b.IsView() && (len(b.Columns) > 0 || len(b.Rows) > 0 || len(b.Key) > 0)
}

// IsOpen reports whether the block is a table with as many rows as the unit has.
func (b *Block) IsOpen() bool { return b.IsTable() && len(b.Rows) == 0 }

// onlyColumns reports whether the block adds columns to a table of its name.
func (b *Block) onlyColumns() bool {
	return len(b.Columns) > 0 && len(b.Fields) == 0 && len(b.Key) == 0 && len(b.Rows) == 0 &&
		!b.From.Given() && !b.Where.Given() && !b.Room.Given && !b.Note.Given()
}

// Column returns the declaration of a column, or nil. A key column need not be
// declared: it is a text then.
func (b *Block) Column(name string) *Field {
	for i := range b.Columns {
		if b.Columns[i].Key.Text == name {
			return &b.Columns[i].Value
		}
	}
	return nil
}

// Field returns the declaration of a single value, or nil.
func (b *Block) Field(name string) *Field {
	for i := range b.Fields {
		if b.Fields[i].Key.Text == name {
			return &b.Fields[i].Value
		}
	}
	return nil
}

// KeyField is the declaration of a key column, declared or not.
func (b *Block) KeyField(name string) *Field {
	if f := b.Column(name); f != nil {
		return f
	}
	return &undeclared
}

// undeclared is a key column that isn't among the columns: a text.
var undeclared = Field{Type: diag.Excerpt{Text: "text"}, Years: source.Number{Value: 1, Given: true}}

// KeyNames are the names of the columns that name a row.
func (b *Block) KeyNames() []string {
	names := make([]string, len(b.Key))
	for i, k := range b.Key {
		names[i] = k.Text
	}
	return names
}

// Entries are the names of all columns of an open table that people fill in: the
// undeclared key columns, then the others in the author's order.
func (b *Block) Entries() []string {
	names := make([]string, 0, len(b.Key)+len(b.Columns))
	for _, k := range b.Key {
		if b.Column(k.Text) == nil {
			names = append(names, k.Text)
		}
	}
	for _, c := range b.Columns {
		if c.Value.Entered() {
			names = append(names, c.Key.Text)
		}
	}
	return names
}

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
	Always     bool           `yaml:"always"`       // every unit has it, so it can't be 不适用
	When       diag.Excerpt   `yaml:"when,formula"` // where this doesn't hold the field doesn't apply
	Default    source.Number  `yaml:"default"`      // stands where nothing is submitted
	Formula    diag.Excerpt   `yaml:"formula,formula"`
	Enterable  bool           `yaml:"enterable"`    // a computed value may be entered, too
	Pass       diag.Excerpt   `yaml:"pass,formula"` // the standard that a value must reach
	Note       diag.Excerpt   `yaml:"note"`         // how to count it
	Source     diag.Excerpt   `yaml:"source"`       // where the figure comes from
	Digits     source.Number  `yaml:"digits"`
	Unverified bool           `yaml:"unverified"`
}

// Types are what a field may hold. A percent is 85, not 0.85; a date is the text
// 2021-09-01 in formulas.
var Types = []string{"number", "whole", "percent", "text", "yesno", "date"}

// Entered reports whether people type the field in.
func (f *Field) Entered() bool { return !f.Formula.Given() || f.Enterable }

// YearCount is the number of years the field is asked for.
func (f *Field) YearCount() int { return int(f.Years.Or(1)) }

// onlyStandard reports whether the field says nothing but pass:.
func (f *Field) onlyStandard() bool {
	return f.Pass.Given() && reflect.DeepEqual(*f, Field{Pos: f.Pos, Pass: f.Pass})
}

// UnitText is the unit that is shown; a percentage has its own.
func (f *Field) UnitText() string {
	if f.Type.Text == "percent" && !f.Unit.Given() {
		return "%"
	}
	return f.Unit.Text
}
