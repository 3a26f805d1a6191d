package main

import (
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"

	"github.com/spf13/cobra"
)

type whatifOptions struct {
	rubric, reach, format string
	set                   []string
	all                   bool
}

func newWhatif(a *app) *cobra.Command {
	var o whatifOptions
	cmd := &cobra.Command{
		Use:     "whatif " + a.Sprint(diag.M("RETURN")),
		Aliases: []string{"试算"},
		Short:   a.Sprint(diag.M("Shows the score if figures were others, and what would be enough")),
		Long: a.Sprint(diag.M(`Scores a return once more with other values and shows the result beside the real
one. Nothing is written, the return stays as it is.

--set NAME=VALUE puts in a value, typed as on the form (8.3861亿元); it may be given
several times. No value behind = clears the cell. A NAME is one of:

  支出            a single value; 支出.上年, 支出.前2年: years before
  各镇[甲].支出   a value in a row: TABLE[ROW].COLUMN; several keys are joined by ·
  7               how item 7 is judged: its level or its points
  9.未报告        a fact of item 9
  .弄虚作假       a fact of the whole rubric, such as a veto: a dot before it

A value and an item may have the same name: then the value is meant, and the judgement
is NAME.level or NAME.points.

Without --set it lists what is still to be gained: for each item the smallest change of
one value that takes it to its next band, first the one that gives the most points for
its size. --reach finds changes with which a grade or so many points would be reached,
none of which can be left out. It is one way of many. All changes are made and scored;
they keep to what the rubric allows for a field. Figures are to be reported as they are:
this shows how far it is, it is no instruction to change figures.`)),
		Example: a.Sprint(diag.M(`  dudao whatif 填报表.xlsx
  dudao whatif 填报表.xlsx --reach 优秀
  dudao whatif 填报表.xlsx --reach 85 --format json
  dudao whatif 填报表.xlsx --set 9=落实

  What if   9  部分落实 → 落实  ← 评定与事实!C9

  Total     now: 88.45 of 100 points are certain; with what is open, between 88.45 and 93.45
            then: 89.45 of 100 points are certain; with what is open, between 89.45 and 94.45
  Grade     open: from 不合格 to 优秀 (as before)

  Items that come out otherwise  1
    9  两项改革后半篇文章  1 points → 2 points`)),
		Args:              exactly(1, diag.M("name the return")),
		ValidArgsFunction: completeReturns,
		RunE:              func(_ *cobra.Command, args []string) error { return a.whatif(args[0], o) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.set, "set", nil, a.Sprint(diag.M("put in a value: `NAME=VALUE`; may be given several times")))
	f.StringVar(&o.reach, "reach", "", a.Sprint(diag.M("find changes that reach this `GRADE`, or so many points")))
	f.BoolVar(&o.all, "all", false, a.Sprint(diag.M("list everything, also what stays as it is")))
	f.StringVarP(&o.rubric, "rubric", "r", "", a.Sprint(diag.M("score with this `RUBRIC` (id, id@version or file)")))
	f.StringVar(&o.format, "format", "text", a.Sprint(diag.M("`FORMAT` of what is printed: text or json")))
	_ = cmd.RegisterFlagCompletionFunc("rubric", completeRubrics)
	return cmd
}

func (a *app) whatif(name string, o whatifOptions) error {
	if err := checkFormat(o.format); err != nil {
		return err
	}
	if len(o.set) > 0 && o.reach != "" {
		return fail(diag.M("--set and --reach don’t go together"), diag.M("first one, then the other"))
	}
	ret, p, err := a.readReturn(name, o.rubric)
	if err != nil {
		return err
	}
	switch {
	case len(o.set) > 0:
		return a.setAndScore(ret, p, o)
	case o.reach != "":
		return a.reach(ret, p, o)
	}
	return a.chances(ret, p, o)
}

// assignments takes NAME=VALUE apart. In diagnostics each stands on a line of a file
// that is called like the flag.
func (a *app) assignments(set []string) ([]returns.Assignment, error) {
	const file = "--set"
	var lines []string
	for _, s := range set {
		lines = append(lines, strings.ReplaceAll(s, "\n", " "))
	}
	a.files[file] = []byte(strings.Join(lines, "\n"))
	var out []returns.Assignment
	var diags diag.List
	for i, s := range set {
		at := diag.Pos{File: file, Line: i + 1, Col: 1}
		name, value, ok := cutAtEquals(s)
		if !ok || strings.TrimSpace(name) == "" {
			diags.Add(at, len([]rune(s)), diag.M("“%s” is no NAME=VALUE", s), diag.M("for example %s", "--set '支出=8.3861亿元'"))
			continue
		}
		excerpt := func(part string, from int) diag.Excerpt {
			lead := len([]rune(part)) - len([]rune(strings.TrimLeft(part, " \t\n")))
			pos := at
			pos.Col = from + lead
			return diag.Excerpt{Text: strings.TrimSpace(part), Pos: pos}
		}
		out = append(out, returns.Assignment{Path: excerpt(name, 1), Value: excerpt(value, len([]rune(name))+2)})
	}
	if diags.HasErrors() {
		return nil, &exit{exitFailed, diags}
	}
	return out, nil
}

// cutAtEquals cuts at the first = that doesn't stand in the name of a row, also one
// typed on a Chinese keyboard.
func cutAtEquals(s string) (name, value string, ok bool) {
	depth := 0
	for i, r := range s {
		switch {
		case r == '[':
			depth++
		case r == ']':
			depth--
		case (r == '=' || r == '＝') && depth <= 0:
			return s[:i], s[i+len(string(r)):], true
		}
	}
	return "", "", false
}

// target understands what is to be reached: the name of a grade, or a number.
func (a *app) target(p *engine.Program, text string) (engine.Target, error) {
	var grades []string
	for _, g := range p.Rubric.Grades {
		if g.Grade.Text == text {
			return engine.Target{Grade: text}, nil
		}
		grades = append(grades, g.Grade.Text)
	}
	number := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "分"))
	points, err := strconv.ParseFloat(number, 64)
	isNumber := err == nil && points >= 0 && points < 1e9
	hint := diag.M("its grades are: %s", strings.Join(grades, " "))
	if len(grades) == 0 {
		hint = diag.M("it has no grades; name a number of points")
	}
	switch near := diag.Nearest(text, grades); {
	case isNumber && p.Rubric.Kind.Text == "letter":
		return engine.Target{}, fail(diag.M("a rubric of letters has no points"), hint)
	case isNumber:
		return engine.Target{Points: points}, nil
	case near != "":
		return engine.Target{}, fail(diag.M("%s has no grade “%s”", p.Rubric.Ref().String(), text), diag.M("did you mean “%s”?", near), hint)
	}
	return engine.Target{}, fail(diag.M("%s has no grade “%s”", p.Rubric.Ref().String(), text), hint)
}
