package returns

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"

	"golang.org/x/text/width"
)

// entry is what stands in a place of a file, before it is understood.
type entry struct {
	typed  string
	number *float64   // the file says it is a number
	format cellFormat // of a number in a workbook
	truth  *bool      // the file says it is a truth value
	unit   string     // of its heading, where it isn't the declared one
	fault  diag.Message
	pos    Origin
}

// understand makes the value of a field from an entry. Whatever it changes it
// notes in the cell; what it can't take it reports and keeps as typed.
func understand(e entry, f *rubric.Field, label string, problems *diag.List) Cell {
	c := Cell{Typed: e.typed, Origin: e.pos}
	folded := fold(e.typed)
	word := ""
	if len(folded) <= longestWord {
		word = simplified(strings.ToLower(folded))
	}
	switch {
	case !e.fault.IsZero():
		c.State = Invalid
		problems.Add(e.pos.Pos(), 0, e.fault, diag.M("write the value itself into this cell"))
		return c
	case folded == "":
		return c
	case notApplicable[word] && f.Always:
		c.State = Invalid
		problems.Add(e.pos.Pos(), 0, diag.M("%s applies to every unit, so it can’t be 不适用", label), diag.M("fill in the figure, 0 where there is none"))
		return c
	case notApplicable[word]:
		c.State = NotApplicable
		c.note(e, "不适用")
		return c
	case nothing[folded] && f.Type.Text != "text" && f.When.Given() && !(folded == "无" && f.Type.Text == "yesno"):
		// the field applies to some only; where it does, this is reported
		c.State = NotApplicable
		c.note(e, "不适用")
		return c
	case nothing[folded] && f.Type.Text != "text" && f.Default.Given && (f.Default.Value == 0 || folded != "无"):
		c.Notes = append(c.Notes, diag.M("“%s” read as an empty cell, for which %s stands", e.typed, decimal.Format(f.Default.Value, 6)))
		return c
	case nothing[folded] && f.Type.Text != "text" && f.Optional && folded != "无":
		c.Notes = append(c.Notes, diag.M("“%s” read as an empty cell", e.typed))
		return c
	}
	switch f.Type.Text {
	case "text":
		chosen(&c, e, folded, texts(f.Choice), label, problems)
	case "yesno":
		truth(&c, e, folded, f, label, problems)
	case "date":
		date(&c, e, folded, label, problems)
	default:
		number(&c, e, folded, f, label, problems)
		if c.State == Given {
			bounds(&c, f, label, problems)
		}
	}
	return c
}

// fold writes what other keyboards and programs type as it is written here: digits
// and signs half-width, a true minus as a hyphen, no invisible characters.
func fold(typed string) string {
	if isFolded(typed) {
		return strings.TrimSpace(typed)
	}
	s := strings.Map(func(r rune) rune {
		switch {
		case r == '\u200b' || r == '\ufeff':
			return -1
		case unicode.IsSpace(r):
			return ' '
		case r == '−':
			return '-'
		}
		return r
	}, typed)
	return strings.TrimSpace(width.Narrow.String(s))
}

// isFolded reports whether nothing in a text is typed otherwise; it may fail to see
// that.
func isFolded(typed string) bool {
	for _, r := range typed {
		if (r < ' ' || r > '~') && (r < 0x4E00 || r > 0x9FFF) {
			return false
		}
	}
	return true
}

// notApplicable are the ways of saying that a question does not arise.
var notApplicable = map[string]bool{"不适用": true, "不涉及": true, "n/a": true}

// longestWord is more than the longest of them has, in bytes.
const longestWord = 32

// nothing are signs that may mean 0, no data or 不适用: only the field can tell.
var nothing = map[string]bool{"无": true, "—": true, "——": true, "–": true, "-": true, "--": true, "/": true, "\\": true}

// note says what a cell was understood as, where that isn't what stands there.
func (c *Cell) note(e entry, as string) {
	if as != e.typed {
		c.Notes = append(c.Notes, diag.M("“%s” read as %s", e.typed, as))
	}
}

// chosen reads a text; a choice is also found by its characters alone.
func chosen(c *Cell, e entry, folded string, choices []string, label string, problems *diag.List) {
	c.State, c.Text = Given, strings.TrimSpace(e.typed)
	if len(choices) > 0 && !slices.Contains(choices, c.Text) {
		at := slices.IndexFunc(choices, func(choice string) bool { return squeezed(choice) == squeezed(folded) })
		if at < 0 {
			c.State = Invalid
			problems.Add(e.pos.Pos(), 0, diag.M("%s: “%s” is none of the choices", label, c.Text), diag.M("choose one of: %s", strings.Join(choices, " ")))
			return
		}
		c.Text = choices[at]
	}
	c.note(e, c.Text)
}

func texts(list []diag.Excerpt) []string {
	var out []string
	for _, e := range list {
		out = append(out, e.Text)
	}
	return out
}

// yes and no are the ways of answering. 有 and 无 answer what is asked with 有没有;
// where a question may not arise, 无 may mean that, too, so nobody knows.
var (
	yes = map[string]bool{"是": true, "√": true, "✓": true, "✔": true, "☑": true, "yes": true, "true": true, "有": true}
	no  = map[string]bool{"否": true, "×": true, "✗": true, "✘": true, "✕": true, "no": true, "false": true, "无": true, "没有": true}
)

func truth(c *Cell, e entry, folded string, f *rubric.Field, label string, problems *diag.List) {
	c.State = Given
	word := strings.ToLower(folded)
	unclear := word == "无" && f.When.Given()
	switch {
	case e.truth != nil && *e.truth, yes[word]:
		c.Number = 1
	case e.truth != nil, no[word] && !unclear:
		c.Number = 0
	default:
		c.State = Invalid
		hint := diag.M("write 是 or 否")
		if unclear {
			hint = diag.M("write 否, or 不适用 if the question does not arise")
		}
		problems.Add(e.pos.Pos(), 0, diag.M("%s: “%s” is neither 是 (yes) nor 否 (no)", label, e.typed), hint)
		return
	}
	if e.truth == nil {
		c.note(e, map[float64]string{1: "是", 0: "否"}[c.Number])
	}
}

// dateLayouts are the ways in which dates are written.
var dateLayouts = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "2006年1月2号", "20060102"}

// clock is a time of day behind a date, which other programs write there.
var clock = regexp.MustCompile(`\d( \d{1,2}:\d{2}(:\d{2})?)$`)

func date(c *Cell, e entry, folded, label string, problems *diag.List) {
	if e.number != nil && e.format == dateOrTime {
		if day, ok := dayOf(*e.number); ok {
			c.State, c.Text = Given, day
			c.note(e, c.Text)
			return
		}
	}
	if m := clock.FindStringSubmatchIndex(folded); m != nil {
		folded = folded[:m[2]]
	}
	for _, layout := range dateLayouts {
		t, err := time.Parse(layout, folded)
		if err != nil {
			t, err = time.Parse(layout, strings.ReplaceAll(folded, " ", ""))
		}
		if err == nil {
			c.State, c.Text = Given, t.Format(time.DateOnly)
			c.note(e, c.Text)
			return
		}
	}
	c.State = Invalid
	hint := diag.M("write it as %s", "2021-09-01")
	if monthOnly.MatchString(folded) {
		hint = diag.M("the day is missing; write it as %s", "2021-09-01")
	}
	problems.Add(e.pos.Pos(), 0, diag.M("%s: “%s” is no date", label, e.typed), hint)
}

var monthOnly = regexp.MustCompile(`^\d{4}( ?年 ?|[-/.])\d{1,2}( ?月)?$`)

func bounds(c *Cell, f *rubric.Field, label string, problems *diag.List) {
	fraction := f.Type.Text == "whole" && decimal.Compare(c.Number, decimal.Round(c.Number, 0)) != 0
	below := f.Min.Given && decimal.Compare(c.Number, f.Min.Value) < 0
	above := f.Max.Given && decimal.Compare(c.Number, f.Max.Value) > 0
	if !fraction && !below && !above {
		return
	}
	typed := decimal.Format(c.Number, 6)
	unit := diag.M("check the figure and its unit")
	if f.UnitText() != "" {
		unit = diag.M("check the figure; its unit is %s", f.UnitText())
	}
	switch {
	case fraction:
		problems.Add(c.Pos(), 0, diag.M("%s: %s is not a whole number", label, typed), unit)
	case below:
		problems.Add(c.Pos(), 0, diag.M("%s: %s is below the least allowed value %s", label, typed, decimal.Format(f.Min.Value, 6)), unit)
	default:
		problems.Add(c.Pos(), 0, diag.M("%s: %s is above the greatest allowed value %s", label, typed, decimal.Format(f.Max.Value, 6)), unit)
	}
}

// askField is how the answer to a fact or judgement is read.
func askField(a rubric.Ask) *rubric.Field {
	f := &rubric.Field{Type: diag.Excerpt{Text: "yesno"}}
	switch a.Kind {
	case rubric.Times:
		f.Type.Text, f.Min, f.Unit.Text = "whole", source.Number{Given: true}, "次"
	case rubric.LevelChoice:
		f.Type.Text = "text"
		for _, l := range a.Judge.Levels {
			f.Choice = append(f.Choice, l.Level)
		}
	case rubric.FreePoints:
		f.Type.Text, f.Min, f.Max = "number", a.Judge.From, a.Judge.To
		f.Min.Given = true // from 0 where nothing else is said
	}
	return f
}

// checkPoints refuses points that the judgement can't give: it stays open then.
func checkPoints(a rubric.Ask, c *Cell, problems *diag.List) {
	if a.Kind != rubric.FreePoints || c.State != Given {
		return
	}
	f := askField(a)
	if decimal.Compare(c.Number, f.Min.Value) < 0 || f.Max.Given && decimal.Compare(c.Number, f.Max.Value) > 0 {
		c.State = Invalid // reported by its bounds
		return
	}
	step := a.Judge.Step
	if !step.Given {
		return
	}
	if steps := c.Number / step.Value; decimal.Compare(steps, decimal.Round(steps, 0)) != 0 {
		c.State = Invalid
		problems.Add(c.Pos(), 0, diag.M("%s: %s is no step of %s", label(a), decimal.Format(c.Number, 6), decimal.Format(step.Value, 6)),
			diag.M("give a multiple of %s", decimal.Format(step.Value, 6)))
	}
}

// label is what an answer is called in messages.
func label(a rubric.Ask) string {
	if a.Text != "" {
		return a.Text
	}
	return a.Item + " " + a.Title
}
