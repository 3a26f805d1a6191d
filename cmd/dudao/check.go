package main

import (
	"strconv"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"

	"github.com/spf13/cobra"
)

type checkOptions struct{ rubric, review, format string }

func newCheck(a *app) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:     "check " + a.Sprint(diag.M("RETURN")),
		Aliases: []string{"核对"},
		Short:   a.Sprint(diag.M("Finds problems in the data of a return")),
		Long: a.Sprint(diag.M(`Reads a return and lists what is wrong or doubtful in its data, nothing else: cells
that can’t be understood, figures that are missing or out of bounds, the checks of
the rubric, and figures that look like a slip, such as 元 for 万元 or a copy of last
year. Each comes with its file, sheet and cell and with what to do.

The exit status is 1 if there are errors; warnings alone give 0.`)),
		Example: `  dudao check 填报表.xlsx
  dudao check return.yaml -r funding-no-decrease --format json`,
		Args:              exactly(1, diag.M("name the return to check")),
		ValidArgsFunction: completeReturns,
		RunE:              func(_ *cobra.Command, args []string) error { return a.check(args[0], o) },
	}
	f := cmd.Flags()
	f.StringVarP(&o.rubric, "rubric", "r", "", a.Sprint(diag.M("check what this `RUBRIC` asks for (id, id@version or file)")))
	f.StringVar(&o.review, "review", "", a.Sprint(diag.M("an inspector’s `FILE` with checked values and points (.xlsx, .csv or YAML)")))
	f.StringVar(&o.format, "format", "text", a.Sprint(diag.M("`FORMAT` of what is printed: text or json")))
	_ = cmd.RegisterFlagCompletionFunc("rubric", completeRubrics)
	return cmd
}

// completeReturns offers the files that can be a return, one of them.
func completeReturns(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return []cobra.Completion{"xlsx", "yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
}

// findings are the problems of one return.
type findings struct {
	Rubric   rubric.Ref       `json:"rubric"`
	Cover    returns.Cover    `json:"cover"`
	Files    []returns.File   `json:"files,omitempty"`
	Errors   int              `json:"errors"`
	Warnings int              `json:"warnings"`
	Problems []engine.Problem `json:"problems"`
}

func (a *app) check(name string, o checkOptions) error {
	if err := checkFormat(o.format); err != nil {
		return err
	}
	if err := a.readReview(o.review); err != nil {
		return err
	}
	ret, p, err := a.readReturn(name, o.rubric)
	if err != nil {
		return err
	}
	if ret, err = a.reviewed(ret, p); err != nil {
		return err
	}
	card := p.Score(ret)
	for _, d := range ret.Unfound {
		card.Problems = append(card.Problems, engine.Problem{Severity: d.Severity, Said: diag.P(d.Message), Hints: d.Hints, Pos: d.Pos})
	}
	of := map[diag.Severity][]engine.Problem{}
	for _, problem := range card.Problems {
		of[problem.Severity] = append(of[problem.Severity], problem)
	}
	if o.format == "json" {
		f := findings{Rubric: card.Rubric, Cover: card.Cover, Files: card.Files, Problems: card.Problems,
			Errors: len(of[diag.Error]), Warnings: len(of[diag.Warning])}
		if f.Problems == nil {
			f.Problems = []engine.Problem{} // [] to a program, not null
		}
		if err := a.json(f); err != nil {
			return err
		}
	} else {
		a.say(a.unit(card.Cover) + "  " + card.Title)
		a.line(diag.M("Rubric"), card.Rubric.String()+" ("+card.Rubric.ShortHash()+")")
		a.findings(diag.M("Errors"), of[diag.Error], card.Files)
		a.findings(diag.M("Warnings"), of[diag.Warning], card.Files)
		a.findings(diag.M("Notes"), of[diag.Note], card.Files)
		if len(card.Problems) == 0 {
			a.line(diag.M("Data problems"), a.Sprint(diag.M("none")))
		}
	}
	if len(of[diag.Error]) > 0 {
		return &exit{code: exitFindings}
	}
	return nil
}

// findings prints the problems of one severity: where, what, how to mend it.
func (a *app) findings(head diag.Message, list []engine.Problem, files []returns.File) {
	if len(list) == 0 {
		return
	}
	a.say("")
	a.line(head, strconv.Itoa(len(list)))
	for _, p := range list {
		if p.Pos.IsZero() && len(files) > 0 {
			p.Pos.File = files[0].Name
		}
		a.say("  " + p.Pos.String())
		a.say("    " + a.Phrase(p.Said))
		for _, h := range p.Hints {
			a.say("      " + a.Sprint(h))
		}
		if p.Reason != "" {
			a.say("      " + a.Sprint(diag.M("Reason given: %s", p.Reason)))
		}
	}
}
