package book

import (
	"fmt"
	"strings"
)

// parameters says what a function takes: v is one value, r cells or a value, a
// anything, also what is computed from many cells at once.
type parameters struct {
	first, more string // more may follow again and again
	least       int
}

// functions are those dudao writes. All are in Excel 2010, WPS and LibreOffice,
// and mean the same there.
var functions = map[string]parameters{
	"SUMPRODUCT": {"", "a", 1},
	"COUNTIF":    {"rv", "", 2},
	"COUNTIFS":   {"", "rv", 2},
	"ROWS":       {"r", "", 0},
	"ROW":        {"r", "", 0},
	"SUMIFS":     {"r", "rv", 3},
	"INDEX":      {"rvv", "", 2},
	"MATCH":      {"vrv", "", 2},
	"RANK":       {"vrv", "", 2},
	"LARGE":      {"rv", "", 2},
	"SMALL":      {"rv", "", 2},
	"LOOKUP":     {"vrr", "", 2},
	"COUNTBLANK": {"r", "", 1},
	"IF":         {"vvv", "", 2},
	"CHOOSE":     {"v", "v", 2},
	"ROUND":      {"vv", "", 2},
	"ROUNDUP":    {"vv", "", 2},
	"ROUNDDOWN":  {"vv", "", 2},
	"CEILING":    {"vv", "", 2},
	"FLOOR":      {"vv", "", 2},
	"IFERROR":    {"vv", "", 2},
	"EXACT":      {"vv", "", 2},
	"FIND":       {"vvv", "", 2},
	"MID":        {"vvv", "", 3},
	"LEFT":       {"vv", "", 1},
	"FIXED":      {"vvv", "", 1},
	"TEXT":       {"vv", "", 2},
}

func init() {
	for _, name := range strings.Fields("SUM COUNT COUNTA MIN MAX MEDIAN AVERAGE SUMSQ PRODUCT AND OR") {
		functions[name] = parameters{"", "r", 1}
	}
	for _, name := range strings.Fields("NOT ABS INT LEN SQRT SIGN ISNUMBER ISTEXT ISBLANK T N") {
		functions[name] = parameters{"v", "", 1}
	}
}

// of is what the i-th argument, from 0, has to be; 0 if there is none.
func (p parameters) of(i int) byte {
	switch {
	case i < len(p.first):
		return p.first[i]
	case p.more == "":
		return 0
	}
	return p.more[(i-len(p.first))%len(p.more)]
}

// most are the limits of Excel on a formula, in characters.
const (
	mostFormula = 8192
	mostLiteral = 255
)

// formula finds what is wrong with a formula that stands on a sheet. Where many
// cells may come out, as in the source of a list, area is true.
func (c *checker) formula(where, sheet, text string, longest int, area bool) {
	bad := func(format string, args ...any) {
		c.bad("%s: ="+strings.ReplaceAll(text, "%", "%%")+": "+format, append([]any{where}, args...)...)
	}
	if n := utf16Len(text); n > longest {
		bad("%d characters, at most %d", n, longest)
	}
	root, err := parseFormula(text)
	if err != nil {
		bad("%v", err)
		return
	}
	f := formulaRules{c, sheet, bad}
	f.walk(root, false)
	if !area && f.many(root) {
		bad("more than one value comes out")
	}
}

type formulaRules struct {
	*checker
	sheet string
	bad   func(format string, args ...any)
}

// walk looks at a part and those below. Inside SUMPRODUCT many cells may be
// computed with at once.
func (f formulaRules) walk(n node, product bool) {
	switch n.kind {
	case textNode:
		if l := utf16Len(n.text); l > mostLiteral {
			f.bad("a text of %d characters, at most %d", l, mostLiteral)
		}
	case refNode:
		if n.sheet != "" && !f.sheets[strings.ToLower(n.sheet)] {
			f.bad("there is no sheet %s", n.sheet)
		}
	case nameNode:
		if _, ok := f.name(n); !ok {
			f.bad("there is no name %s", n.text)
		}
	case opNode:
		for _, arg := range n.args {
			if !product && f.many(arg) {
				f.bad("a range where one value belongs")
			}
			f.walk(arg, product)
		}
	case callNode:
		f.call(n, product)
	}
}

func (f formulaRules) call(n node, product bool) {
	takes, ok := functions[n.text]
	if !ok {
		f.bad("%s is no function that may be used", n.text)
		return
	}
	if len(n.args) < takes.least || len(n.args) > 0 && takes.of(len(n.args)-1) == 0 || len(takes.more) == 2 && (len(n.args)-len(takes.first))%2 != 0 {
		f.bad("%s can't have %d arguments", n.text, len(n.args))
		return
	}
	for i, arg := range n.args {
		f.walk(arg, product || takes.of(i) == 'a')
		if !f.many(arg) {
			continue
		}
		switch plain := arg.kind == refNode || arg.kind == nameNode; {
		case n.text == "IF" || n.text == "IFERROR":
			// Not even in SUMPRODUCT it looks at each cell.
			f.bad("%s over a range", n.text)
		case takes.of(i) == 'v' && !product:
			f.bad("a range where one value belongs")
		case takes.of(i) == 'r' && !plain && !product:
			f.bad("only an array formula can do this: %s", n.text)
		}
	}
}

// many reports whether more than one value comes out.
func (f formulaRules) many(n node) bool {
	switch n.kind {
	case refNode:
		return n.many
	case nameNode:
		many, _ := f.name(n)
		return many
	case opNode:
		for _, arg := range n.args {
			if f.many(arg) {
				return true
			}
		}
	case callNode:
		for i, arg := range n.args {
			if functions[n.text].of(i) == 'v' && f.many(arg) {
				return true
			}
		}
	}
	return false
}

// name reports whether a name means more than one cell, and whether there is one.
func (f formulaRules) name(n node) (many, ok bool) {
	sheet := n.sheet
	if sheet == "" {
		sheet = f.sheet
	}
	for _, scope := range []string{sheet, ""} {
		if many, ok := f.names[nameKey(scope, n.text)]; ok {
			return many, true
		}
	}
	return false, false
}

func nameKey(scope, name string) string {
	return fmt.Sprintf("%s!%s", strings.ToLower(scope), fold(name))
}
