package lint

import (
	"slices"

	"dudao/engine"
	"dudao/engine/diag"
)

// Rule is one kind of finding.
type Rule struct {
	ID    string
	Level diag.Severity // of all it finds: errors, or doubts that an author may settle
	Text  diag.Message  // in one sentence

	find      func(*engine.Program) diag.List // of a doubt about a rubric that compiles
	elsewhere bool                            // found by another command
}

// Rules are all rules: those of errors first.
func Rules() []Rule { return rules }

// Find returns the rule of an id, or nil.
func Find(id string) *Rule {
	if i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id }); i >= 0 {
		return &rules[i]
	}
	return nil
}

func ids() []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.ID)
	}
	return out
}

var rules []Rule

func init() {
	rules = []Rule{
		{ID: "yaml", Text: diag.M("YAML can’t read the file, reads it otherwise than meant, or holds what isn’t used here")},
		{ID: "keys", Text: diag.M("a key that doesn’t exist, or a value of another kind than its key needs")},
		{ID: "folded", Text: diag.M("a formula over several lines without |, which loses the places of its characters")},
		{ID: "name", Text: diag.M("a name that formulas or a spreadsheet can’t use")},
		{ID: "duplicate", Text: diag.M("the same key, id, name, row, level, grade or fact twice")},
		{ID: "points", Text: diag.M("points that don’t add up or lie outside their limits")},
		{ID: "weights", Text: diag.M("weights that are missing or don’t sum to 1")},
		{ID: "bands", Text: diag.M("bands in the wrong order, or that say too much or too little")},
		{ID: "grades", Text: diag.M("grades in the wrong order, without an end, or without rounding")},
		{ID: "extends", Text: diag.M("extends:, uses:, change:, remove: or add: that name what isn’t there")},
		{ID: "formula", Text: diag.M("a formula that can’t be computed: unknown names, wrong kinds, foreign signs")},
		{ID: "scheme", Text: diag.M("what else makes no sense together: keys that are missing, that exclude or need each other")},
		{ID: "tests", Text: diag.M("the tests beside the rubric can’t be read")},

		{ID: "full", Level: diag.Warning, find: full, Text: diag.M("nothing gives the full points, or the parts give more than the item has")},
		{ID: "order", Level: diag.Warning, find: order, Text: diag.M("a lower band or place gives as much as a higher one, or more")},
		{ID: "unreachable", Level: diag.Warning, find: unreachable, Text: diag.M("a threshold that no value reaches, or every value")},
		{ID: "units", Level: diag.Warning, Text: diag.M("values of different units compared, added or put in each other’s place")},
		{ID: "fraction", Level: diag.Warning, Text: diag.M("a percentage compared with a fraction, or a fraction with a percentage")},
		{ID: "difference", Level: diag.Warning, Text: diag.M("a difference compared with 0 instead of its two sides with each other")},
		{ID: "equality", Level: diag.Warning, Text: diag.M("numbers that are not whole compared for equality")},
		{ID: "same-sides", Level: diag.Warning, Text: diag.M("the same on both sides of a comparison, “and”, “or”, − or ÷")},
		{ID: "precedence", Level: diag.Warning, Text: diag.M("“and” behind “or” without parentheses")},
		{ID: "unread", Level: diag.Warning, find: unread, Text: diag.M("a field, column, param, table or view that nothing reads")},
		{ID: "no-unit", Level: diag.Warning, find: noUnit, Text: diag.M("a number to fill in without a unit")},
		{ID: "no-evidence", Level: diag.Warning, find: noEvidence, Text: diag.M("an item that people judge or answer without evidence")},
		{ID: "untested", Level: diag.Warning, Text: diag.M("an item that no test expects by its id, or a rubric without tests")},
		{ID: "yaml-type", Level: diag.Warning, find: yamlType, Text: diag.M("a text without quotes that other programs read as a number, a date or true and false")},
		{ID: "comment", Level: diag.Warning, find: comment, Text: diag.M("a # in a text or formula from which on YAML takes all for a comment")},
		{ID: "folded-text", Level: diag.Warning, find: foldedText, Text: diag.M("a say: with { } or a number’s formula over several lines without |")},
		{ID: "characters", Level: diag.Warning, find: characters, Text: diag.M("full-width, invisible or look-alike characters in names and options, or signs that don’t separate them")},
		{ID: "ignore", Level: diag.Warning, Text: diag.M("a lint:ignore without a rule or a reason, or that silences nothing")},
		{ID: "coverage", Level: diag.Warning, elsewhere: true, Text: diag.M("what no test reaches (dudao test)")},
		{ID: "mutant", Level: diag.Warning, elsewhere: true, Text: diag.M("a change of the rubric that no test notices (dudao test)")},
	}
}
