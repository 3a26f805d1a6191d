package rubric

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dudao/engine/diag"

	"golang.org/x/text/width"
)

// reserved are the words of the language itself. The names of functions are
// refused by package formula, which knows them.
var reserved = []string{"year", "value", "score", "rate", "full", "unmet", "must_unmet", "vetoed", "claimed", "credibility",
	"true", "false", "nil", "and", "or", "not", "in", "if", "else", "let", "matches", "contains", "startsWith", "endsWith"}

// cellLike are names that a spreadsheet takes for a cell: A1 and R1C1 style.
var cellLike = regexp.MustCompile(`(?i)^([a-z]{1,3}[0-9]+|r[0-9]*(c[0-9]*)?|c[0-9]*)$`)

// isCellLike tells such names, also in full-width letters. One that begins with a
// Chinese character, as nearly all do, is none.
func isCellLike(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return !unicode.Is(unicode.Han, first) && cellLike.MatchString(width.Narrow.String(name))
}

// checkName says why a name can't be used in formulas and as a name in a
// workbook.
func checkName(name diag.Excerpt, diags *diag.List) {
	length := len([]rune(name.Text))
	fault := func(m diag.Message, hints ...diag.Message) { diags.Add(name.Pos, length, m, hints...).Rule = "name" }
	switch {
	case name.Text == "":
		fault(diag.M("a name is missing here"))
		return
	case slices.Contains(reserved, name.Text):
		fault(diag.M("“%s” is a word of the language, so it can’t be a name", name.Text))
		return
	case name.Text[0] == '_' || slices.ContainsFunc([]string{"true", "false", "print_area", "print_titles", "criteria", "database", "extract"},
		func(w string) bool { return strings.EqualFold(w, name.Text) }):
		fault(diag.M("a spreadsheet or dudao keeps “%s” for itself", name.Text), diag.M("choose another name, for example %s", strings.TrimLeft(name.Text, "_")+"_"))
		return
	case isCellLike(name.Text):
		fault(diag.M("a spreadsheet would take “%s” for a cell", name.Text), diag.M("choose another name, for example %s", name.Text+"_"))
		return
	case length > 100:
		fault(diag.M("a name has at most %s characters", "100"))
		return
	}
	for i, r := range []rune(name.Text) {
		digit := unicode.IsDigit(r)
		if r == '_' || unicode.IsLetter(r) && r != '〇' || digit && i > 0 {
			continue
		}
		pos := name.At(i)
		if digit {
			diags.Add(pos, 1, diag.M("a name can’t begin with a digit"), labelHint(name.Text)).Rule = "name"
		} else {
			hints := []diag.Message{labelHint(name.Text)}
			if r == '，' || r == '、' {
				several := strings.FieldsFunc(name.Text, func(r rune) bool { return r == '，' || r == '、' })
				hints = append(hints, diag.M("several values are written as a list: %s", "["+strings.Join(several, ", ")+"]"))
			}
			diags.Add(pos, 1, diag.M("“%s” can’t stand in a name", string(r)), hints...).Rule = "name"
		}
		return
	}
}

// labelHint proposes a name that works, with the printed one as its label.
func labelHint(name string) diag.Message {
	var b strings.Builder
	for _, r := range name {
		if r == '_' || unicode.IsLetter(r) && r != '〇' || unicode.IsDigit(r) && b.Len() > 0 {
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return diag.M("a name has only letters, Chinese characters, digits and _; give it a plain name and a label:")
	}
	return diag.M("write %s: and give it label: %s", b.String(), name)
}
