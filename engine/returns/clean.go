package returns

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"
)

// entry is what stands in a place of a file, before it is understood.
type entry struct {
	typed  string
	number *float64   // the file says it is a number
	format cellFormat // of a number in a workbook
	truth  *bool      // the file says it is a truth value
	fault  diag.Message
	pos    diag.Pos
}

// understand makes the value of a field from an entry. Whatever it changes it
// notes in the cell; what it can't take it reports and keeps as typed.
func understand(e entry, f *rubric.Field, label string, problems *diag.List) Cell {
	c := Cell{Typed: e.typed, Pos: e.pos}
	folded := strings.TrimSpace(width.Narrow.String(strings.ReplaceAll(e.typed, "　", " ")))
	switch {
	case !e.fault.IsZero():
		c.State = Invalid
		problems.Add(e.pos, 0, e.fault)
		return c
	case folded == "":
		return c
	case folded == "不适用" && f.Always:
		c.State = Invalid
		problems.Add(e.pos, 0, diag.M("%s applies to every unit, so it can’t be 不适用", label), diag.M("fill in the figure, 0 where there is none"))
		return c
	case folded == "不适用":
		c.State = NotApplicable
		return c
	}
	switch f.Type.Text {
	case "text":
		c.State, c.Text = Given, strings.TrimSpace(e.typed)
		if choices := texts(f.Choice); len(choices) > 0 && !slices.Contains(choices, c.Text) {
			c.State = Invalid
			problems.Add(e.pos, 0, diag.M("%s: “%s” is none of the choices", label, c.Text), diag.M("choose one of: %s", strings.Join(choices, " ")))
		}
	case "yesno":
		truth(&c, e, folded, label, problems)
	case "date":
		date(&c, e, folded, label, problems)
	default:
		number(&c, e, folded, label, problems)
		if c.State == Given && e.format == percentage && f.Type.Text == "percent" {
			// 0.85 shown as 85 % is meant as 85
			c.Number = decimal.Round(c.Number*100, 12)
			c.Notes = append(c.Notes, diag.M("“%s” read as %s", e.typed, decimal.Format(c.Number, 9)))
		}
		if c.State == Given {
			bounds(&c, f, label, problems)
		}
	}
	return c
}

func texts(list []diag.Excerpt) []string {
	var out []string
	for _, e := range list {
		out = append(out, e.Text)
	}
	return out
}

func truth(c *Cell, e entry, folded, label string, problems *diag.List) {
	c.State = Given
	switch {
	case e.truth != nil && *e.truth, slices.Contains([]string{"是", "√", "yes", "true"}, strings.ToLower(folded)):
		c.Number = 1
	case e.truth != nil, slices.Contains([]string{"否", "×", "no", "false"}, strings.ToLower(folded)):
		c.Number = 0
	default:
		c.State = Invalid
		problems.Add(e.pos, 0, diag.M("%s: “%s” is neither 是 (yes) nor 否 (no)", label, e.typed))
		return
	}
	if folded != "是" && folded != "否" && e.truth == nil {
		c.Notes = append(c.Notes, diag.M("“%s” read as %s", e.typed, map[float64]string{1: "是", 0: "否"}[c.Number]))
	}
}

// dateLayouts are the ways in which dates are written.
var dateLayouts = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"}

func date(c *Cell, e entry, folded, label string, problems *diag.List) {
	if e.number != nil && e.format == dateOrTime {
		if t, err := excelize.ExcelDateToTime(*e.number, false); err == nil {
			c.State, c.Text = Given, t.Format(time.DateOnly)
			return
		}
	}
	for _, layout := range dateLayouts {
		t, err := time.Parse(layout, folded)
		if err != nil {
			continue
		}
		c.State, c.Text = Given, t.Format(time.DateOnly)
		if c.Text != e.typed {
			c.Notes = append(c.Notes, diag.M("“%s” read as %s", e.typed, c.Text))
		}
		return
	}
	c.State = Invalid
	problems.Add(e.pos, 0, diag.M("%s: “%s” is no date", label, e.typed), diag.M("write it as %s", "2021-09-01"))
}

var grouped = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$`)

func number(c *Cell, e entry, folded, label string, problems *diag.List) {
	switch {
	case e.number != nil && e.format == dateOrTime:
		c.State = Invalid
		problems.Add(e.pos, 0, diag.M("%s: the cell holds a date", label), diag.M("format the cell as a number and type the number again"))
		return
	case e.number != nil:
		c.State, c.Number = Given, *e.number
		return
	}
	plain := folded
	if grouped.MatchString(plain) {
		plain = strings.ReplaceAll(plain, ",", "")
	}
	x, err := strconv.ParseFloat(plain, 64)
	if err != nil || !decimalNumber.MatchString(plain) {
		c.State = Invalid
		problems.Add(e.pos, 0, diag.M("%s: “%s” is no number", label, e.typed), numberHint(folded))
		return
	}
	c.State, c.Number = Given, x
	if plain != e.typed {
		c.Notes = append(c.Notes, diag.M("“%s” read as %s", e.typed, plain))
	}
}

// decimalNumber is what people write; strconv also takes 0x1p-2, 1_000 and NaN.
var decimalNumber = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$`)

func numberHint(folded string) diag.Message {
	switch {
	case strings.ContainsAny(folded, "余约近多") || strings.Contains(folded, "左右"):
		return diag.M("an approximate number can’t be scored; give the exact one")
	case strings.ContainsAny(folded, "亿万千百元人所%"):
		return diag.M("write the number alone, in the unit that stands beside it")
	case slices.Contains([]string{"无", "/", "-", "—", "--"}, folded):
		return diag.M("write 0 if there is none, 不适用 if the question does not arise, or leave the cell empty")
	default:
		return diag.M("write the number alone, with half-width digits")
	}
}

func bounds(c *Cell, f *rubric.Field, label string, problems *diag.List) {
	typed := decimal.Format(c.Number, 6)
	switch {
	case f.Type.Text == "whole" && decimal.Compare(c.Number, decimal.Round(c.Number, 0)) != 0:
		problems.Add(c.Pos, 0, diag.M("%s: %s is not a whole number", label, typed))
	case f.Min.Given && decimal.Compare(c.Number, f.Min.Value) < 0:
		problems.Add(c.Pos, 0, diag.M("%s: %s is below the least allowed value %s", label, typed, decimal.Format(f.Min.Value, 6)))
	case f.Max.Given && decimal.Compare(c.Number, f.Max.Value) > 0:
		problems.Add(c.Pos, 0, diag.M("%s: %s is above the greatest allowed value %s", label, typed, decimal.Format(f.Max.Value, 6)))
	}
}

// askField is how the answer to a fact or judgement is read.
func askField(a rubric.Ask) *rubric.Field {
	f := &rubric.Field{Type: diag.Excerpt{Text: "yesno"}}
	switch a.Kind {
	case rubric.Times:
		f.Type.Text, f.Min = "whole", source.Number{Given: true}
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
		problems.Add(c.Pos, 0, diag.M("%s: %s is no step of %s", label(a), decimal.Format(c.Number, 6), decimal.Format(step.Value, 6)))
	}
}

// label is what an answer is called in messages.
func label(a rubric.Ask) string {
	if a.Text != "" {
		return a.Text
	}
	return a.Item + " " + a.Title
}
