package formula

import (
	"strings"
	"unicode"

	"dudao/engine/decimal"
	"dudao/engine/diag"
)

// The places of nodes are those of operators and names; below, whole parts of the
// text are found, with their parentheses, to quote and to underline them.

// blank replaces quoted texts and comments, whose signs are none of the formula.
func blank(text string) []rune {
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		from, end := i, ""
		switch rest := string(runes[i:min(i+2, len(runes))]); {
		case strings.HasPrefix(rest, `"`), strings.HasPrefix(rest, "'"), strings.HasPrefix(rest, "`"):
			end = rest[:1]
			i++
		case rest == "//":
			end = "\n"
		case rest == "/*":
			end = "*/"
			i += 2
		default:
			continue
		}
		for i < len(runes) && !strings.HasPrefix(string(runes[i:min(i+2, len(runes))]), end) {
			if runes[i] == '\\' && (end == `"` || end == "'") {
				i++
			}
			i++
		}
		i = min(i+len(end), len(runes)) - 1
		for k := from; k <= i; k++ {
			runes[k] = '"'
		}
	}
	return runes
}

// extent is the part of the text that a node was written as. A node knows neither
// the parentheses around its first operand nor those of its last call.
func extent(signs []rune, n *node) (from, to int) {
	from, to = n.from, n.to
	for _, a := range n.own() {
		f, t := extent(signs, a)
		from, to = min(from, f), max(to, t)
	}
	from, to = min(from, len(signs)), min(to, len(signs))
	open, closed := 0, 0 // without a partner so far
	for _, r := range signs[from:to] {
		switch {
		case r == '(' || r == '[':
			open++
		case (r == ')' || r == ']') && open > 0:
			open--
		case r == ')' || r == ']':
			closed++
		}
	}
	for ; open > 0 && to < len(signs); to++ {
		switch signs[to] {
		case '(', '[':
			open++
		case ')', ']':
			open--
		}
	}
	for ; closed > 0 && from > 0; from-- {
		switch signs[from-1] {
		case ')', ']':
			closed++
		case '(', '[':
			closed--
		}
	}
	return from, to
}

// code is the text of a node on one line.
func (d *doubter) code(n *node) string {
	if n.op == opConst && n.kind == Number {
		return decimal.Format(n.lit.Num[0], 9)
	}
	from, to := extent(d.signs, n)
	return strings.Join(strings.Fields(string(d.runes[from:to])), " ")
}

// grouped is the text of a node as an operand of an operator.
func (d *doubter) grouped(n *node, outer op) string {
	text := d.code(n)
	if binds := opSigns[n.op].binds; binds > 0 && (binds < opSigns[outer].binds || outer == opSub && binds == opSigns[opSub].binds) {
		return "(" + text + ")"
	}
	return text
}

// text is the text of a node as a message quotes it.
func (d *doubter) text(n *node) string { return short(d.code(n)) }

func (d *doubter) comparisonText(n *node) string {
	return short(d.code(n.args[0]) + written(n.op) + d.code(n.args[1]))
}

func short(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:39]) + "…"
	}
	return text
}

// written is a comparison as formulas have it.
func written(o op) string { return " " + comparisons[o] + " " }

var comparisons = map[op]string{opEqual: "==", opUnequal: "!=", opLess: "<", opLessEqual: "<=", opGreater: ">", opGreaterEqual: ">="}

// precedence doubts a or b and c, which people read from left to right and which
// is computed as a or (b and c). The tree no longer knows the parentheses.
func (d *doubter) precedence() {
	type part struct { // of what stands between parentheses or commas
		from    int
		or, and bool // behind an “or”; with an “and” in it
	}
	around, now := []part{}, part{}
	end := func(to int) {
		for now.from < to && unicode.IsSpace(d.runes[now.from]) {
			now.from++
		}
		for now.from < to && unicode.IsSpace(d.runes[to-1]) {
			to--
		}
		if now.or && now.and {
			text := strings.Join(strings.Fields(string(d.runes[now.from:to])), " ")
			d.out.Warn(d.f.Source.At(now.from), to-now.from, diag.M("“and” is taken before “or”, whatever stands first"),
				diag.M("write %s if that is meant, else put what “or” joins into parentheses", "("+text+")")).Rule = "precedence"
		}
	}
	for i := 0; i < len(d.signs); i++ {
		switch word := d.word(i); word {
		case "(", "[":
			around, now = append(around, now), part{from: i + 1}
		case ")", "]":
			end(i)
			now, around = around[len(around)-1], around[:len(around)-1] // a formula that compiles closes only what it opened
		case ",":
			end(i)
			now = part{from: i + 1}
		case "or", "||":
			end(i)
			now = part{from: i + 2, or: true}
			i++
		case "and", "&&":
			now.and = true
			i += len(word) - 1
		default:
			i += len([]rune(word)) - 1
		}
	}
	end(len(d.signs))
}

// word is the name, number or sign that begins at a place.
func (d *doubter) word(at int) string {
	rest := d.signs[at:]
	n := 0
	for n < len(rest) && (unicode.IsLetter(rest[n]) || unicode.IsDigit(rest[n]) || rest[n] == '_') {
		n++
	}
	if n == 0 {
		n = 1
		if len(rest) > 1 && rest[0] == rest[1] && (rest[0] == '|' || rest[0] == '&') {
			n = 2
		}
	}
	return string(rest[:n])
}
