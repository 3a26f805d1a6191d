package sheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Numeric is the criterion that every number meets and no text.
const Numeric = "<1E+300"

// AnyText is the criterion that every text meets, and in Excel no number.
const AnyText = "?*"

// criterion is what a cell is asked for in COUNTIFS, taken apart. A text may begin
// with an operator; what follows is a number, or a text with wildcards: keys that a
// county has typed mean the same as they do.
type criterion struct {
	of      Value
	op      string
	text    string // what follows the operator, lower case
	number  float64
	numeric bool
}

func asked(v Value) criterion {
	c := criterion{of: v, op: "=", text: v.Text}
	if v.Kind != Text {
		return c
	}
	for _, o := range []string{"<>", "<=", ">=", "=", "<", ">"} {
		if after, ok := strings.CutPrefix(c.text, o); ok {
			c.op, c.text = o, after
			break
		}
	}
	c.number, c.numeric = parsed(c.text)
	c.text = lower(c.text)
	return c
}

// parsed is the number that a text is.
func parsed(text string) (float64, bool) {
	// Most texts are names: those cost nothing here, while an error is made with care.
	if text == "" || text[0] >= utf8.RuneSelf {
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil
}

// plain reports whether the criterion is met by one text only.
func (c criterion) plain() bool {
	return c.of.Kind == Text && c.op == "=" && c.text != "" && !c.numeric && !strings.ContainsAny(c.text, "*?~")
}

// holds reports whether a cell meets the criterion.
func (c criterion) holds(cell Value) bool {
	if c.of.Kind != Text {
		return cell.Kind == Number && cell.Num == c.of.Num || cell.Kind == Text && c.of.Kind == Number && cell.Text == c.of.shown()
	}
	if c.op == "=" || c.op == "<>" {
		same := false
		switch {
		case c.text == "":
			same = cell.Kind == Blank || cell.Kind == Text && cell.Text == "" && c.of.Text == ""
		case c.numeric:
			y, ok := parsed(cell.Text)
			same = cell.Kind == Number && cell.Num == c.number || cell.Kind == Text && ok && y == c.number
		default:
			same = cell.Kind == Text && like(cell.Text, c.text)
		}
		return same == (c.op == "=")
	}
	if !c.numeric || cell.Kind != Number {
		return false
	}
	d := compare(cell, Of(c.number))
	return c.op == "<" && d < 0 || c.op == "<=" && d <= 0 || c.op == ">" && d > 0 || c.op == ">=" && d >= 0
}

// finder finds the rows of a column that meet criteria, of which there may be one in
// each row of another table.
type finder struct {
	column []Value
	found  map[Value][]int
	byText map[string][]int // the rows with a text, lower case; made when it is needed
}

// within is the finder of a column. All formulas that look into the same cells share
// it.
func within(column *Expr) *finder {
	c := column.cell
	if c == nil || column.op != "" || len(c.Values) == 0 || &c.Values[0] != &column.vals[0] {
		return &finder{column: column.Values()}
	}
	if c.found == nil || &c.found.column[0] != &c.Values[0] {
		c.found = &finder{column: c.Values}
	}
	return c.found
}

// rows are the rows that meet a criterion, from the first to the last.
func (f *finder) rows(v Value) []int {
	if rows, ok := f.found[v]; ok {
		return rows
	}
	var rows []int
	if c := asked(v); c.plain() {
		rows = f.texts()[c.text]
	} else {
		for i, cell := range f.column {
			if c.holds(cell) {
				rows = append(rows, i)
			}
		}
	}
	if f.found == nil {
		f.found = map[Value][]int{}
	}
	f.found[v] = rows
	return rows
}

func (f *finder) texts() map[string][]int {
	if f.byText == nil {
		f.byText = map[string][]int{}
		for i, cell := range f.column {
			if cell.Kind == Text {
				text := lower(cell.Text)
				f.byText[text] = append(f.byText[text], i)
			}
		}
	}
	return f.byText
}

// selected are the rows that meet several criteria: columns, each followed by what it
// is asked for in row r.
func selected(pairs []*Expr, r int) []int {
	rows := within(pairs[0]).rows(pairs[1].at(r))
	for k := 2; k < len(pairs) && len(rows) > 0; k += 2 {
		rows = both(rows, within(pairs[k]).rows(pairs[k+1].at(r)))
	}
	return rows
}

// both are the rows that stand in two lists.
func both(a, b []int) []int {
	if len(a) > len(b) {
		a, b = b, a
	}
	out := make([]int, 0, len(a))
	for _, i := range a {
		if _, ok := slices.BinarySearch(b, i); ok {
			out = append(out, i)
		}
	}
	return out
}

// first is MATCH: the place of the first row that a value finds.
func (f *finder) first(v Value) Value {
	if v.Kind == Text && !strings.ContainsAny(v.Text, "*?~") {
		if rows := f.texts()[lower(v.Text)]; len(rows) > 0 {
			return Of(float64(rows[0] + 1))
		}
		return Value{Kind: Fault}
	}
	for i, cell := range f.column {
		if cell.Kind != Blank && v.finds(cell) {
			return Of(float64(i + 1))
		}
	}
	return Value{Kind: Fault}
}

// equal are the rows that = finds equal.
func (f *finder) equal(v Value) []int {
	if v.Kind == Text && v.Text != "" {
		return f.texts()[lower(v.Text)]
	}
	var rows []int
	for i, cell := range f.column {
		if compare(cell, v) == 0 {
			rows = append(rows, i)
		}
	}
	return rows
}

// finds reports whether MATCH takes a cell for the value it looks for: a text may have
// wildcards.
func (v Value) finds(cell Value) bool {
	if v.Kind == Text && cell.Kind == Text {
		return like(cell.Text, v.Text)
	}
	return v.Kind != Blank && compare(cell, v) == 0
}

// like reports whether a text fits a pattern, without regard to case: * is any text,
// ? any character, ~ takes the meaning from the next.
func like(text, pattern string) bool {
	if !strings.ContainsAny(pattern, "*?~") {
		return strings.EqualFold(text, pattern)
	}
	return fits([]rune(lower(text)), []rune(lower(pattern)))
}

func fits(text, pattern []rune) bool {
	for len(pattern) > 0 {
		switch c := pattern[0]; {
		case c == '*':
			for i := range len(text) + 1 {
				if fits(text[i:], pattern[1:]) {
					return true
				}
			}
			return false
		case len(text) == 0:
			return false
		case c == '~' && len(pattern) > 1:
			pattern = pattern[1:]
			if text[0] != pattern[0] {
				return false
			}
		case c != '?' && c != text[0]:
			return false
		}
		text, pattern = text[1:], pattern[1:]
	}
	return len(text) == 0
}
