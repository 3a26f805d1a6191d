package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/source"

	"golang.org/x/text/unicode/norm"
)

// characters doubts characters that look like others in what must be written the
// same way again: names, ids, options, and the texts that formulas compare with. It
// also doubts signs that were to separate options.
func characters(p *engine.Program) diag.List {
	var l diag.List
	first := map[string]map[string]diag.Excerpt{} // by kind of name and by what they look like
	for _, w := range all(p) {
		group := w.group()
		if group != "" {
			if first[group] == nil {
				first[group] = map[string]diag.Excerpt{}
			}
			before, seen := first[group][skeleton(w.Text)]
			if seen && before.Text != w.Text {
				l.Warn(w.Pos, width(w.Excerpt), diag.M("“%s” looks like “%s” on line %s and is another text", w.Text, before.Text, strconv.Itoa(before.Pos.Line)),
					diag.M("write both alike, or choose names that people can tell apart"))
				continue
			}
			if !seen {
				first[group][skeleton(w.Text)] = w.Excerpt
			}
			odd(&l, w.Excerpt, 0, w.Text)
			inOne(&l, w)
		}
		if w.isFormula() {
			for _, at := range quotedText.FindAllStringIndex(w.Text, -1) {
				odd(&l, w.Excerpt, len([]rune(w.Text[:at[0]+1])), w.Text[at[0]+1:at[1]-1])
			}
		}
	}
	return l
}

// group says among which names a name must be told apart; "" is no name.
func (w written) group() string {
	switch {
	case w.declares():
		return "name"
	case w.isKey || w.isParam():
		return ""
	}
	switch w.last() {
	case "id", "letters", "ask":
		return w.last()
	case "grade":
		if w.path[0] == "grades" {
			return "grade"
		}
	case "level":
		if slices.Contains(w.path, "judge") {
			return "level"
		}
	case "rows", "choice":
		return strings.Join(w.path, "/")
	}
	return ""
}

// odd reports the first odd character of a part of an excerpt.
func odd(l *diag.List, e diag.Excerpt, offset int, text string) {
	runes := []rune(text)
	for i, r := range runes {
		at := e.At(offset + i)
		code := fmt.Sprintf("U+%04X", r)
		meant := norm.NFKC.String(string(r))
		switch {
		case unicode.Is(unicode.Cf, r):
			l.Warn(at, 1, diag.M("an invisible character stands here (%s)", code), diag.M("delete the text and write it anew"))
		case r == '\u3000' || r == '\u00a0':
			l.Warn(at, 1, diag.M("a space of another width stands here (%s)", code), diag.M("write an ordinary space, or none"))
		case r == ' ' && (i == 0 || i == len(runes)-1):
			l.Warn(at, 1, diag.M("a space stands at the edge of the text"), diag.M("leave it out"))
		case looksLatin[r] != 0:
			l.Warn(at, 1, diag.M("“%s” is no Latin letter (%s), it only looks like %s", string(r), code, string(looksLatin[r])), diag.M("write %s", string(looksLatin[r])))
		case fullWidth(r):
			l.Warn(at, 1, diag.M("“%s” is full-width", string(r)), diag.M("write %s", meant))
		case compatible(r):
			l.Warn(at, 1, diag.M("“%s” is not the common character (%s)", string(r), code), retype(meant))
		default:
			continue
		}
		return
	}
}

// inOne doubts [小学，初中]: no list of two values but one value, for only commas of
// ASCII inside brackets separate. Quotes settle it.
func inOne(l *diag.List, w written) {
	at := strings.IndexAny(w.Text, "，、；,;")
	if at < 0 || w.style != source.Plain || !slices.Contains([]string{"choice", "rows", "letters"}, w.last()) {
		return
	}
	sign, _ := utf8.DecodeRuneInString(w.Text[at:])
	var values []string
	for _, v := range strings.FieldsFunc(w.Text, func(r rune) bool { return strings.ContainsRune("，、；,;", r) }) {
		values = append(values, strings.TrimSpace(v))
	}
	l.Warn(w.At(utf8.RuneCountInString(w.Text[:at])), 1, diag.M("“%s” separates nothing here: “%s” is one value", string(sign), w.Text),
		diag.M("a list is written [%s]; put the text into quotes if it is one value", strings.Join(values, ", ")))
}

// fullWidth tells digits and letters; full-width punctuation is good Chinese.
func fullWidth(r rune) bool {
	return r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ'
}

// compatible tells radicals and compatibility ideographs: they look like common
// characters and come out of PDF files.
func compatible(r rune) bool {
	return r >= 0x2e80 && r <= 0x2fd5 || r >= 0xf900 && r <= 0xfaff || r >= 0x2f800 && r <= 0x2fa1f
}

func retype(meant string) diag.Message {
	if r := []rune(meant); compatible(r[0]) { // some radicals have no counterpart in Unicode
		return diag.M("write it anew with an input method")
	}
	return diag.M("write “%s” with an input method", meant)
}

// skeleton is the same for texts that people can't tell apart.
func skeleton(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(text) {
		switch {
		case unicode.Is(unicode.Cf, r) || unicode.IsSpace(r):
		case looksLatin[r] != 0:
			b.WriteRune(looksLatin[r])
		case looksLike[r] != 0:
			b.WriteRune(looksLike[r])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// looksLatin are Greek and Cyrillic letters that look like Latin ones.
var looksLatin = pairs("АAВBЕEКKМMНHОOРPСCТTХXаaеeоoрpсcуyхxіiѕsΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνv")

// looksLike are Chinese characters that are taken for others, each with the one
// that stands for the group.
var looksLike = pairs("岀出已己巳己末未曰日入人士土干千戌戊戍戊內内別别沒没強强戶户戸户黃黄吳吴敎教挍校貟员")

func pairs(list string) map[rune]rune {
	out := map[rune]rune{}
	runes := []rune(list)
	for i := 0; i+1 < len(runes); i += 2 {
		out[runes[i]] = runes[i+1]
	}
	return out
}

// quotedText is a text constant in a formula.
var quotedText = regexp.MustCompile(`"[^"]*"|'[^']*'`)
