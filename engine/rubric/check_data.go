package rubric

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/source"
)

func (c *checker) data() {
	for _, p := range c.r.Params {
		c.declare(p.Key)
		c.param(p.Value)
	}
	tables := map[string]bool{}
	for _, b := range c.r.Data {
		block := b.Value
		switch {
		case unreadable(block.Pos):
		case block.IsView():
			c.declare(b.Key)
			c.view(b.Key, block, tables)
			tables[b.Key.Text] = true
		case block.IsTable():
			c.table(b.Key, block)
			tables[b.Key.Text] = true
		case len(block.Fields) == 0:
			c.at(b.Key, diag.M("“%s” asks for nothing", b.Key.Text), diag.M("give it fields:, or key: and columns:, or from: and where:"))
		default:
			for _, f := range block.Fields {
				c.declare(f.Key)
				c.field(f.Key, f.Value)
			}
		}
	}
	c.columnsLikeNames()
}

// columnsLikeNames: a column that is also a single value would be read as the one
// or the other.
func (c *checker) columnsLikeNames() {
	for _, b := range c.r.Data {
		names := slices.Clone(b.Value.Key)
		for _, col := range b.Value.Columns {
			names = append(names, col.Key)
		}
		for _, name := range names {
			if at, dup := c.names[strings.ToLower(name.Text)]; dup {
				c.at(name, diag.M("the column “%s” has the name of something else", name.Text), c.firstAt(at)).Rule = "duplicate"
			}
		}
	}
}

func (c *checker) firstAt(at diag.Pos) diag.Message {
	if at.File != c.r.File {
		return diag.M("the first one is in %s, line %s", at.File, strconv.Itoa(at.Line))
	}
	return diag.M("the first one is on line %s", strconv.Itoa(at.Line))
}

// IsYear tells the keys of a dated param.
func IsYear(key string) bool {
	y, err := strconv.Atoi(key)
	return err == nil && y >= 1949 && y <= 2200
}

// param checks a param: a value, values by key or year, or a list of bands.
func (c *checker) param(n source.Node) {
	switch n.Kind {
	case source.Null:
		c.diags.Add(n.Pos, 1, diag.M("a value is missing here"))
	case source.Map:
		if len(n.Entries) == 0 {
			c.diags.Add(n.Pos, 1, diag.M("a value is missing here"))
		}
		years := 0
		for _, e := range n.Entries {
			if IsYear(e.Key.Text) {
				years++
			}
			c.param(e.Value)
		}
		for _, e := range n.Entries {
			switch {
			case years > 0 && years < len(n.Entries) && !IsYear(e.Key.Text):
				c.at(e.Key, diag.M("years and other keys stand beside each other"), diag.M("put the years one level below"))
			case years == len(n.Entries) && e.Value.Kind != source.Scalar:
				c.diags.Add(e.Value.Pos, 1, diag.M("the value of a year is a single value"), diag.M("put the years one level below"))
			}
		}
	case source.List:
		if len(n.Items) == 0 {
			c.diags.Add(n.Pos, 1, diag.M("a value is missing here"))
		}
		for _, item := range n.Items {
			if item.Kind != source.Map {
				c.diags.Add(item.Pos, 1, diag.M("a list in params holds bands: {from: 90, points: 5}"))
			}
		}
	}
}

func (c *checker) table(name diag.Excerpt, b Block) {
	c.declare(name)
	switch {
	case len(b.Fields) > 0:
		c.at(name, diag.M("“%s” has both fields: and columns:", name.Text), diag.M("a group has fields:, a table has key: and columns:"))
	case len(b.Key) == 0:
		c.missing(b.Pos, "key")
	case len(b.Columns) == 0:
		c.missing(b.Pos, "columns")
	case len(b.Rows) > 0 && len(b.Key) > 1:
		c.at(b.Key[1], diag.M("a table with rows: has one key"))
	}
	if b.Where.Given() {
		c.at(b.Where, diag.M("where: needs from:"), diag.M("a view of a table has from: and where:"))
	}
	c.whole(b.Room, 1, 20000)
	columns := map[string]bool{}
	for _, k := range b.Key {
		if columns[k.Text] {
			c.at(k, diag.M("the name “%s” is used twice", k.Text)).Rule = "duplicate"
		}
		columns[k.Text] = true
		checkName(k, &c.diags)
		if f := b.Column(k.Text); f != nil && (f.Type.Text != "text" || f.Formula.Given() || f.YearCount() > 1) {
			c.at(k, diag.M("a key column is a text that is filled in"), diag.M("give “%s” type: text, or a choice", k.Text))
		}
	}
	seen := map[string]bool{}
	for _, row := range b.Rows {
		if seen[row.Text] {
			c.at(row, diag.M("the row “%s” stands here twice", row.Text)).Rule = "duplicate"
		}
		seen[row.Text] = true
	}
	for _, f := range b.Columns {
		checkName(f.Key, &c.diags)
		c.field(f.Key, f.Value)
	}
}

func (c *checker) view(name diag.Excerpt, b Block, tables map[string]bool) {
	switch {
	case !b.Where.Given():
		c.missing(b.Pos, "where")
	case len(b.Fields) > 0 || len(b.Columns) > 0 || len(b.Rows) > 0 || len(b.Key) > 0:
		c.at(name, diag.M("a view has only from: and where:"), diag.M("its columns are those of the table"))
	case !tables[b.From.Text]:
		c.at(b.From, diag.M("there is no table “%s”", b.From.Text), diag.M("a view stands below its table"))
	}
}

// declare checks a name and that it is used once.
func (c *checker) declare(name diag.Excerpt) {
	checkName(name, &c.diags)
	key := strings.ToLower(name.Text) // a workbook doesn't tell Abc from ABC
	if at, dup := c.names[key]; dup {
		c.at(name, diag.M("the name “%s” is used twice", name.Text), c.firstAt(at)).Rule = "duplicate"
		return
	}
	c.names[key] = name.Pos
}

func (c *checker) field(name diag.Excerpt, f Field) {
	c.oneOf(f.Type, Types...)
	c.whole(f.Years, 1, 10)
	c.whole(f.Digits, 0, 10)
	numeric := f.Type.Text != "text" && f.Type.Text != "yesno" && f.Type.Text != "date"
	switch {
	case f.Always && f.When.Given():
		c.at(f.When, diag.M("“%s” applies always or when:, not both", name.Text))
	case f.Always && f.Formula.Given():
		c.at(name, diag.M("only what is filled in has always: or when:"))
	case f.When.Given() && f.Formula.Given():
		c.at(f.When, diag.M("only what is filled in has always: or when:"))
	case f.Enterable && !f.Formula.Given():
		c.at(name, diag.M("“%s” is enterable: but has no formula:", name.Text), diag.M("a field without a formula is entered anyway"))
	case f.Formula.Given() && f.Years.Value > 1:
		c.diags.Add(f.Years.Pos, 1, diag.M("a computed value has no years:"), diag.M("give years: to the fields in its formula"))
	case len(f.Choice) > 0 && f.Type.Pos.Line > 0 && f.Type.Text != "text":
		c.at(f.Type, diag.M("a choice is always of texts"))
	case f.Min.Given && f.Max.Given && f.Min.Value > f.Max.Value:
		c.number(f.Max, diag.M("max: is below min:"))
	case !numeric && (f.Min.Given || f.Max.Given):
		c.at(name, diag.M("only a number has min: and max:"))
	case !numeric && f.Years.Value > 1:
		c.number(f.Years, diag.M("only a number has years:"))
	case !numeric && f.Default.Given:
		c.number(f.Default, diag.M("only a number has default:"))
	case !numeric && f.Pass.Given():
		c.at(f.Pass, diag.M("only a number has a standard pass:"))
	}
}

func (c *checker) dataCheck(k Check) {
	switch {
	case unreadable(k.Pos):
		return
	case k.Rule.Given() == k.Ask.Given():
		c.diags.Add(k.Pos, 1, diag.M("a check has either rule: or ask:"))
	case !k.Say.Given() && !k.Ask.Given():
		c.missing(k.Pos, "say")
	}
	c.oneOf(k.Level, "error", "warning")
}
