package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// written is a key or value as it stands in the file.
type written struct {
	diag.Excerpt
	path    []string // the keys above it and its own
	isKey   bool
	style   source.Style
	comment string // behind a value
}

// last is the key of a value, or the key itself.
func (w written) last() string { return w.path[len(w.path)-1] }

// all lists what stands in the rubric's own file.
func all(p *engine.Program) []written {
	root, _ := source.Parse(p.Rubric.File, p.Rubric.Sources[p.Rubric.File])
	var out []written
	var walk func(n source.Node, path []string)
	walk = func(n source.Node, path []string) {
		if n.Kind == source.Scalar && len(path) > 0 {
			out = append(out, written{Excerpt: n.Text, path: path, style: n.Style, comment: n.Comment})
		}
		for _, item := range n.Items {
			walk(item, path)
		}
		for _, e := range n.Entries {
			below := append(slices.Clone(path), e.Key.Text)
			out = append(out, written{Excerpt: e.Key, path: below, isKey: true, style: e.KeyStyle})
			walk(e.Value, below)
		}
	}
	walk(root, nil)
	return out
}

// declares reports whether it is the name of a field, column, table, view or param.
func (w written) declares() bool {
	switch p := w.path; {
	case !w.isKey:
		return !w.isParam() && w.last() == "key"
	case len(p) == 2:
		return p[0] == "params" || p[0] == "data"
	default:
		return len(p) == 4 && p[0] == "data" && (p[2] == "fields" || p[2] == "columns")
	}
}

// patches reports whether it is the id of an item under change:.
func (w written) patches() bool { return w.isKey && len(w.path) == 2 && w.path[0] == "change" }

func (w written) isParam() bool { return w.path[0] == "params" }

var (
	textKeys = []string{"id", "title", "version", "scored", "basis", "note", "grade", "cap", "letter", "letters", "choice", "rows", "key",
		"label", "unit", "ask", "for", "source", "evidence", "say", "under", "remove", "within", "extends", "uses", "each"}
	formulaKeys = []string{"rule", "where", "pass", "value", "score", "gate", "when", "target", "times", "if", "of", "total", "formula"}
	numberKeys  = []string{"points", "weight", "lose", "give", "take", "from", "to", "max", "min", "share", "step", "mean", "down", "default", "digits", "years", "room"}
)

// isText reports whether a value is read as a text and nothing else.
func (w written) isText() bool {
	if w.isKey || w.isParam() {
		return false
	}
	return slices.Contains(textKeys, w.last()) || w.last() == "level" && slices.Contains(w.path, "judge") ||
		w.last() == "from" && w.path[0] == "data" && len(w.path) == 3
}

func (w written) isFormula() bool {
	return !w.isKey && !w.isParam() && slices.Contains(formulaKeys, w.last())
}

func (w written) isNumber() bool {
	return !w.isKey && !w.isParam() && slices.Contains(numberKeys, w.last()) && !w.isText()
}

// yamlType doubts texts that other programs read as something else.
func yamlType(p *engine.Program) diag.List {
	var l diag.List
	for _, w := range all(p) {
		if w.style != source.Plain || !w.isText() && !w.declares() && !w.patches() {
			continue
		}
		year := rubric.IsYear(w.Text) && w.last() != "id" && w.last() != "version" && !w.isKey
		var m diag.Message
		switch yamlKind(w.Text) {
		case number:
			m = diag.M("“%s” stands here without quotes, so other programs read a number", w.Text)
		case truth:
			m = diag.M("“%s” stands here without quotes, so other programs read true or false", w.Text)
		case moment:
			m = diag.M("“%s” stands here without quotes, so other programs read a date or time", w.Text)
		case nothing:
			m = diag.M("“%s” stands here without quotes, so other programs read no value at all", w.Text)
		}
		if !m.IsZero() && !year {
			l.Warn(w.Pos, width(w.Excerpt), m, diag.M("put it into quotes: \"%s\"", w.Text))
		}
	}
	return l
}

// kind is what YAML makes of a text without quotes.
type kind uint8

const (
	plain kind = iota
	number
	truth
	moment
	nothing
)

// yamlKinds are the types of YAML 1.1 and 1.2 together: each has its programs.
var yamlKinds = []struct {
	kind kind
	form *regexp.Regexp
}{
	{number, regexp.MustCompile(`^[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))$|^\.(nan|NaN|NAN)$`)},
	{moment, regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?$|^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$`)},
	{truth, regexp.MustCompile(`^(y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$`)},
	{nothing, regexp.MustCompile(`^(~|null|Null|NULL)$`)},
}

func yamlKind(text string) kind {
	for _, k := range yamlKinds {
		if k.form.MatchString(text) {
			return k.kind
		}
	}
	return plain
}

// comment doubts a comment that doesn't begin as one does: “第 #1 组” is a title
// that has lost its end.
func comment(p *engine.Program) diag.List {
	var l diag.List
	for _, w := range all(p) {
		behind := []rune(strings.TrimPrefix(w.comment, "#"))
		if w.style != source.Plain || len(behind) == 0 || !unicode.IsLetter(behind[0]) && !unicode.IsDigit(behind[0]) {
			continue
		}
		wanted := w.isText() || w.isFormula() || w.isNumber() && yamlKind(w.Text) == plain
		if wanted && !strings.HasPrefix(string(behind), "lint:ignore") {
			l.Warn(w.Pos, width(w.Excerpt), diag.M("YAML ends the text here and takes “%s” for a comment", w.comment),
				diag.M("put the whole text into quotes; a comment begins with # and a space"))
		}
	}
	return l
}

// foldedText doubts formulas that aren't marked as such and stand in a text whose
// lines YAML joins: an error in one has no place.
func foldedText(p *engine.Program) diag.List {
	var l diag.List
	for _, w := range all(p) {
		if w.style != source.Folded {
			continue
		}
		if w.last() == "say" && w.isText() && strings.Contains(w.Text, "{") || w.isNumber() && yamlKind(w.Text) == plain {
			l.Warn(w.Pos, 1, diag.M("a text with formulas over several lines must begin with |"),
				diag.M("otherwise YAML joins its lines, and errors in it have no place"))
		}
	}
	return l
}
