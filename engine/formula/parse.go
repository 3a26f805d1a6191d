package formula

import (
	"errors"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"dudao/engine/diag"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"golang.org/x/text/width"
)

// maxNodes bounds the size of one formula; the longest of the shipped rubrics
// has about sixty. There are no loops, so this bounds time and memory, too: every
// node is computed once, for as many rows as the table has, and readers bound the
// rows by the size of the file.
const maxNodes = 1000

// maxLength bounds its text: signs and parentheses nest without being nodes.
const maxLength = 5000

// Trees are formulas that were parsed, by their text. Nothing changes a tree, so what
// is compiled again can be compiled from the same.
type Trees map[string]ast.Node

// parse looks for the tree of a formula, and else parses it; nil Trees keep none.
func (t Trees) parse(src diag.Excerpt, diags *diag.List) ast.Node {
	if tree, known := t[src.Text]; known {
		return tree
	}
	tree := parse(src, diags)
	if tree != nil && t != nil {
		t[src.Text] = tree
	}
	return tree
}

// parse turns formula text into expr's tree, or says what is wrong in words of
// our own.
func parse(src diag.Excerpt, diags *diag.List) ast.Node {
	if len(src.Text) > maxLength {
		diags.Add(src.Pos, 1, diag.M("the formula is too long"), diag.M("give parts of it names of their own with formula:"))
		return nil
	}
	if foreignSigns(src, diags) {
		return nil
	}
	tree, err := new(parser.Parser).Parse(src.Text, parserConfig())
	if err != nil {
		syntaxError(src, err, diags)
		return nil
	}
	return tree.Node
}

// parserConfig names our functions and those of expr, so that all are parsed as
// plain calls.
var parserConfig = sync.OnceValue(func() *conf.Config {
	config := &conf.Config{MaxNodes: maxNodes, DisableIfOperator: true, Functions: conf.FunctionsTable{}}
	for _, f := range builtin.Builtins {
		config.Functions[f.Name] = f
	}
	for name := range functionTable {
		config.Functions[name] = &builtin.Function{Name: name}
	}
	return config
})

// signs are characters of the Chinese keyboard or of print that formulas write
// otherwise.
var signs = map[rune]string{
	'＞': ">", '＜': "<", '≥': ">=", '≤': "<=", '≧': ">=", '≦': "<=", '＝': "==", '≠': "!=",
	'＋': "+", '－': "-", '−': "-", '–': "-", '—': "-", '×': "*", '＊': "*", '÷': "/", '／': "/",
	'（': "(", '）': ")", '，': ",", '、': ",", '．': ".", '“': `"`, '”': `"`, '‘': `"`, '’': `"`, '！': "!", '；': ",", '［': "[", '］': "]", '％': "", '〔': "(", '〕': ")", '【': "[", '】': "]",
}

// foreignSigns finds such characters outside quoted texts, all at once.
func foreignSigns(src diag.Excerpt, diags *diag.List) bool {
	found, quote, offset, escaped := false, rune(0), -1, false
	for _, r := range src.Text {
		offset++
		if quote != 0 {
			if r == quote && !escaped {
				quote = 0
			}
			escaped = r == '\\' && !escaped && quote != '`'
			continue
		}
		if r == '"' || r == '\'' || r == '`' {
			quote = r
			continue
		}
		plain, foreign := signs[r]
		switch {
		case foreign && plain != "":
			diags.Add(src.At(offset), 1, diag.M("“%s” can’t stand in a formula", string(r)), diag.M("write %s", plain))
			found = true
		case foreign:
			diags.Add(src.At(offset), 1, diag.M("“%s” can’t stand in a formula", string(r)), diag.M("a percentage is written without the sign: %s", "85"))
			found = true
		case r >= '０' && r <= '９' && !inName(src.Text, offset):
			diags.Add(src.At(offset), 1, diag.M("“%s” has full-width digits", string(r)), diag.M("write %s", width.Narrow.String(string(r))))
			found = true
		}
	}
	return found
}

// inName reports whether the rune at offset continues a name: ２ in 标准２ is part
// of it.
func inName(text string, offset int) bool {
	runes := []rune(text)
	for i := offset - 1; i >= 0; i-- {
		r := runes[i]
		if r >= '０' && r <= '９' || r >= '0' && r <= '9' {
			continue
		}
		return r > 0x7f && signs[r] == "" && r != '　' || r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return false
}

// syntaxError rewrites an error of expr's parser. It reports the first one only.
func syntaxError(src diag.Excerpt, err error, diags *diag.List) {
	var fe *file.Error
	if !errors.As(err, &fe) {
		diags.Add(src.Pos, 1, diag.M("the formula can’t be read (in the original words: %s)", err.Error()))
		return
	}
	runes := []rune(src.Text)
	from, to := wrongPart(runes, fe)
	word := string(runes[from:max(from, to)])
	at, length := src.At(from), max(1, to-from)
	rest := string(runes[from:])
	if hint, ok := slipAt(word, string(runes[:from])); ok {
		diags.Add(at, length, diag.M("“%s” can’t stand here", word), hint)
		return
	}
	for _, known := range exprErrors {
		if strings.HasPrefix(fe.Message, known.says) && (known.when == nil || known.when(word, rest, string(runes[:from]))) {
			m := known.message
			if len(m.Args) > 0 {
				m.Args = []string{word}
			}
			diags.Add(at, length, m, known.hints...)
			return
		}
	}
	diags.Add(at, length, diag.M("the formula can’t be read (in the original words: %s)", fe.Message))
}

// wrongPart is where an error really is: expr gives the last token for an
// unexpected end, the token behind a number that is too large, and only the tail
// of a malformed number.
func wrongPart(runes []rune, fe *file.Error) (from, to int) {
	from, to = min(fe.From, len(runes)), min(fe.To, len(runes))
	if before := strings.TrimRight(string(runes[:to]), " \n"); strings.HasSuffix(before, "%") {
		from = len([]rune(before)) - 1
		return from, from + 1
	}
	if before := strings.TrimRight(string(runes[:from]), " \n"); strings.HasSuffix(before, "%") {
		from = len([]rune(before)) - 1
		return from, from + 1
	}
	switch {
	case strings.Contains(fe.Message, "EOF"), fe.Message == "unexpected end of expression":
		end := len([]rune(strings.TrimRight(string(runes), " \n")))
		return end, end
	case strings.HasPrefix(fe.Message, "bad number"), strings.HasPrefix(fe.Message, "invalid ") && strings.Contains(fe.Message, "literal"):
		return wholeNumber(runes, from)
	case strings.Contains(fe.Message, "escape"):
		if at := strings.LastIndexByte(string(runes[:to]), '\\'); at >= 0 {
			from = len([]rune(string(runes)[:at]))
			to = min(from+2, len(runes))
		}
	case fe.Message == "expected name":
		for from > 0 && runes[from] != '.' {
			from--
		}
		to = from + 1
	}
	return from, to
}

// wholeNumber is the number at a place, or before it: expr may have gone on.
func wholeNumber(runes []rune, at int) (from, to int) {
	part := func(i int) bool {
		r := runes[i]
		return unicode.IsDigit(r) || unicode.IsLetter(r) || r == '.' || (r == '+' || r == '-') && i > 0 && (runes[i-1] == 'e' || runes[i-1] == 'E')
	}
	if at >= len(runes) || !part(at) || at > 0 && !part(at-1) {
		for at--; at > 0 && runes[at] == ' '; at-- {
		}
	}
	for from, to = at, at; from > 0 && part(from-1); from-- {
	}
	for to < len(runes) && part(to) {
		to++
	}
	return from, to
}

// exprErrors are the texts of expr's parser that people meet; a test makes each
// one. A message with an argument receives the word at the place.
var exprErrors = []struct {
	says    string
	when    func(word, rest, before string) bool
	message diag.Message
	hints   []diag.Message
}{
	{"unexpected token", func(word, _, _ string) bool { return word == "%" }, diag.M("a percent sign can’t stand in a formula"),
		[]diag.Message{diag.M("a percentage is written without the sign: %s", "85")}},
	{"unexpected token", func(_, _, before string) bool { return strings.Contains(before, "{") }, diag.M("{ } is not used in formulas"), nil},
	{"unexpected token Operator(\"=\")", func(_, _, before string) bool { return strings.TrimSpace(before) == "" },
		diag.M("a formula does not begin with ="), []diag.Message{diag.M("leave the = out")}},
	{"unexpected token Operator(\"=\")", endsIn("> < !"), diag.M("“%s” can’t stand here", ""), []diag.Message{diag.M("write %s without a space in it", ">= <= !=")}},
	{"unexpected token Operator(\"=\")", func(_, rest, _ string) bool { return len(rest) > 1 && strings.ContainsRune("<>!", rune(rest[1])) },
		diag.M("a single = can’t stand in a formula"), []diag.Message{diag.M("write %s", ">= <= !=")}},
	{"unexpected token Operator(\"=\")", nil, diag.M("a single = can’t stand in a formula"), []diag.Message{diag.M("compare with ==")}},
	{"unexpected token Operator(\"!\")", nil, diag.M("“%s” can’t stand here", ""), []diag.Message{diag.M("write %s", "!=")}},
	{"unexpected token EOF", func(_, _, before string) bool { return opened(before) > 0 },
		diag.M("a parenthesis is opened and not closed"), nil},
	{"unexpected token EOF", nil, diag.M("the formula ends too early"), nil},
	{"unexpected end of expression", nil, diag.M("the formula ends too early"), nil},
	{"unexpected token Operator(\">\")", endsIn("<"), diag.M("<> can’t stand in a formula"), []diag.Message{diag.M("write %s", "!=")}},
	{"Operator (", nil, diag.M("?? and another operator stand beside each other"),
		[]diag.Message{diag.M("write %s", "(x ?? 0) >= 1")}},
	{"a map key must be", nil, diag.M("{ } is not used in formulas"), nil},
	{"unexpected token Bracket(\")\")", func(_, _, before string) bool { return opened(before) <= 0 },
		diag.M("this parenthesis closes nothing"), nil},
	{"unexpected token Bracket", nil, diag.M("“%s” can’t stand here", ""), []diag.Message{diag.M("check that the brackets match")}},
	{"unexpected token Operator(\",\")", func(_, rest, before string) bool {
		return thousands.MatchString(rest) && endsInDigit.MatchString(before)
	},
		diag.M("a comma can’t stand here"), []diag.Message{diag.M("numbers are written without thousands separators")}},
	{"unexpected token Operator(\",\")", func(_, _, before string) bool { return inParenthesis.MatchString(before) },
		diag.M("a comma can’t stand here"), []diag.Message{diag.M("behind “in” stands a list of values: %s", `x in ["a", "b"]`)}},
	{"unexpected token Operator(\",\")", nil, diag.M("a comma can’t stand here"),
		[]diag.Message{diag.M("commas stand only in ( ) behind a function and in [ ] behind “in”")}},
	{"unexpected token", nil, diag.M("“%s” can’t stand here", ""), []diag.Message{diag.M("an operator such as + or >= may be missing before it")}},
	{"unrecognized character", func(word, _, _ string) bool { return isSign(word) }, diag.M("“%s” can’t stand in a formula", ""),
		[]diag.Message{diag.M("formulas have names, numbers, texts, + - * /, comparisons, and or not, in, ?? and functions")}},
	{"unrecognized character", nil, diag.M("“%s” can’t stand in a formula", ""),
		[]diag.Message{diag.M("a name has only letters, Chinese characters, digits and _; give it a plain name and a label:")}},
	{"bad number syntax", nil, diag.M("“%s” is no number", ""), []diag.Message{diag.M("a name can’t begin with a digit; a unit is not written in a formula")}},
	{"invalid char escape", nil, diag.M("a text in quotes holds an unknown escape"), []diag.Message{diag.M("leave the backslash out")}},
	{"unable to unescape", nil, diag.M("a text in quotes holds an unknown escape"), []diag.Message{diag.M("leave the backslash out")}},
	{"invalid ", nil, diag.M("this number is too large"), nil},
	{"literal not terminated", nil, diag.M("a text in quotes is not closed"), nil},
	{"unclosed comment", nil, diag.M("a comment is not closed"), nil},
	{"expected name", nil, diag.M("a name is missing behind the point"), nil},
	{"compilation failed: expression exceeds", nil, diag.M("the formula is too long"),
		[]diag.Message{diag.M("give parts of it names of their own with formula:")}},
}

var (
	thousands     = regexp.MustCompile(`^,\d{3}(\D|$)`)
	endsInDigit   = regexp.MustCompile(`\d$`)
	inParenthesis = regexp.MustCompile(`\bin\s*\([^()]*$`)
)

// endsIn asks that one of the signs stands before the place.
func endsIn(signs string) func(word, rest, before string) bool {
	return func(_, _, before string) bool {
		before = strings.TrimSpace(before)
		return before != "" && strings.ContainsAny(before[len(before)-1:], signs)
	}
}

// opened is how many brackets are open behind a text.
func opened(text string) int {
	return strings.Count(text, "(") + strings.Count(text, "[") - strings.Count(text, ")") - strings.Count(text, "]")
}

// isSign tells a sign from a character that someone would put into a name.
func isSign(word string) bool {
	for _, r := range word {
		return r != '·' && (unicode.IsPunct(r) || unicode.Is(unicode.Sm, r))
	}
	return false
}
