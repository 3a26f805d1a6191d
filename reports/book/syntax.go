package book

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// node is a part of a spreadsheet formula.
type node struct {
	kind nodeKind
	text string // of a call, the function in capitals; of a text, what it says
	// sheet and area are where a reference leads. Without a sheet it is the own one.
	sheet string
	many  bool // more than one cell
	args  []node
}

type nodeKind uint8

const (
	numberNode nodeKind = iota
	textNode
	refNode
	nameNode
	callNode
	opNode
)

// parseFormula reads a formula without its leading =. It takes what dudao may
// write, which is less than Excel does: no array constants, no other workbooks,
// no intersections and unions of areas.
func parseFormula(text string) (node, error) {
	p := &formulaParser{rest: text}
	n, err := p.expression()
	if err == nil && p.next() != 0 {
		err = fmt.Errorf("nothing may stand at %s", p.rest)
	}
	return n, err
}

type formulaParser struct {
	rest  string
	depth int
}

// next skips blanks and shows the next character; 0 is the end.
func (p *formulaParser) next() rune {
	p.rest = strings.TrimLeft(p.rest, " \n")
	if p.rest == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(p.rest)
	return r
}

// take moves over a prefix.
func (p *formulaParser) take(prefix string) bool {
	p.next()
	rest, ok := strings.CutPrefix(p.rest, prefix)
	p.rest = rest
	return ok
}

// maxDepth is how deep Excel reads.
const maxDepth = 64

func (p *formulaParser) expression() (node, error) {
	if p.depth++; p.depth > maxDepth+1 {
		return node{}, fmt.Errorf("more than %d levels", maxDepth)
	}
	defer func() { p.depth-- }()
	left, err := p.operand()
	if err != nil {
		return node{}, err
	}
	// What binds how tightly makes no difference to the rules.
	all := []node{left}
scan:
	for {
		for _, op := range []string{"<>", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "^", "&"} {
			if !p.take(op) {
				continue
			}
			right, err := p.operand()
			if err != nil {
				return node{}, err
			}
			all = append(all, right)
			continue scan
		}
		if len(all) == 1 {
			return left, nil
		}
		return node{kind: opNode, args: all}, nil
	}
}

var (
	sheetPrefix  = regexp.MustCompile(`^(?:'((?:[^']|'')+)'|([\p{L}_][\p{L}\p{Nd}_.]*))!`)
	cellPattern  = regexp.MustCompile(`^(\$?[A-Za-z]{1,3}\$?[0-9]{1,7})(:\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?`)
	linePattern  = regexp.MustCompile(`^(?:\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})`)
	namePattern  = regexp.MustCompile(`^[\p{L}_\\][\p{L}\p{M}\p{Nd}_.?\\]*`)
	numberFormat = regexp.MustCompile(`^[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?`)
	textPattern  = regexp.MustCompile(`^"((?:[^"]|"")*)"`)
	errorPattern = regexp.MustCompile(`^#(?:N/A|VALUE!|DIV/0!|NUM!|NAME\?|NULL!)`)
)

func (p *formulaParser) operand() (node, error) {
	for p.take("-") || p.take("+") {
	}
	n, err := p.primary()
	if err != nil {
		return node{}, err
	}
	for p.take("%") {
	}
	return n, nil
}

func (p *formulaParser) primary() (node, error) {
	switch r := p.next(); {
	case r == 0:
		return node{}, fmt.Errorf("it ends too early")
	case r == '(':
		p.take("(")
		n, err := p.expression()
		if err == nil && !p.take(")") {
			err = fmt.Errorf("a bracket is not closed at %q", p.rest)
		}
		return n, err
	case r == '{':
		return node{}, fmt.Errorf("an array constant")
	case r == '[':
		return node{}, fmt.Errorf("another workbook or a table is mentioned: %s", p.rest)
	}
	if m := textPattern.FindStringSubmatch(p.rest); m != nil {
		p.rest = p.rest[len(m[0]):]
		return node{kind: textNode, text: strings.ReplaceAll(m[1], `""`, `"`)}, nil
	}
	if m := errorPattern.FindString(p.rest); m != "" {
		p.rest = p.rest[len(m):]
		return node{kind: numberNode, text: m}, nil
	}
	sheet := ""
	if m := sheetPrefix.FindStringSubmatch(p.rest); m != nil {
		sheet = m[2] + strings.ReplaceAll(m[1], "''", "'")
		p.rest = p.rest[len(m[0]):]
		if strings.ContainsAny(sheet, "[]") {
			return node{}, fmt.Errorf("another workbook is mentioned: %s", sheet)
		}
	}
	if n, ok := p.reference(sheet); ok {
		return n, nil
	}
	if m := numberFormat.FindString(p.rest); m != "" && sheet == "" {
		p.rest = p.rest[len(m):]
		return node{kind: numberNode, text: m}, nil
	}
	m := namePattern.FindString(p.rest)
	if m == "" {
		return node{}, fmt.Errorf("nothing may stand at %s", p.rest)
	}
	p.rest = p.rest[len(m):]
	if strings.HasPrefix(p.rest, "(") {
		return p.call(strings.ToUpper(m))
	}
	if upper := strings.ToUpper(m); sheet == "" && (upper == "TRUE" || upper == "FALSE") {
		return node{kind: numberNode, text: upper}, nil
	}
	return node{kind: nameNode, text: m, sheet: sheet}, nil
}

// reference reads cells, unless it is the beginning of a longer name.
func (p *formulaParser) reference(sheet string) (node, bool) {
	n := node{kind: refNode, sheet: sheet}
	if m := linePattern.FindString(p.rest); m != "" {
		n.text, n.many = m, true
	} else if m := cellPattern.FindStringSubmatch(p.rest); m != nil {
		n.text, n.many = m[0], m[2] != "" && strings.ReplaceAll(m[2][1:], "$", "") != strings.ReplaceAll(m[1], "$", "")
	} else {
		return node{}, false
	}
	after, _ := utf8.DecodeRuneInString(p.rest[len(n.text):])
	if after == '(' || after == '.' || after == '_' || after != utf8.RuneError && (unicode.IsLetter(after) || unicode.IsDigit(after)) {
		return node{}, false
	}
	p.rest = p.rest[len(n.text):]
	return n, true
}

func (p *formulaParser) call(function string) (node, error) {
	n := node{kind: callNode, text: function}
	p.take("(")
	if p.take(")") {
		return n, nil
	}
	for {
		arg, err := p.expression()
		if err != nil {
			return node{}, err
		}
		n.args = append(n.args, arg)
		if p.take(")") {
			return n, nil
		}
		if !p.take(",") {
			return node{}, fmt.Errorf("%s is not closed at %q", function, p.rest)
		}
	}
}
