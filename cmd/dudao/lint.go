package main

import (
	"encoding/json"
	"strconv"

	"dudao/engine/diag"
	"dudao/engine/lint"

	"github.com/spf13/cobra"
)

func newLint(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "lint " + a.Sprint(diag.M("RUBRIC...")),
		Aliases: []string{"查错"},
		Short:   a.Sprint(diag.M("Finds the errors of a rubric")),
		Long: a.Sprint(diag.M(`Checks rubrics and compiles all their formulas. Every error is shown with its
line, a caret and how to mend it, all in one run. The exit status is 1 if there
are any.`)),
		Example: `  dudao lint my-rubric.yaml
  dudao lint my-rubric.yaml --format json`,
		Args:              atLeast(1, diag.M("name the rubric to check")),
		ValidArgsFunction: completeRubrics,
		RunE:              func(_ *cobra.Command, args []string) error { return a.lint(args, format) },
	}
	cmd.Flags().StringVar(&format, "format", "text", a.Sprint(diag.M("`FORMAT` of what is printed: text or json")))
	return cmd
}

func (a *app) lint(args []string, format string) error {
	if err := checkFormat(format); err != nil {
		return err
	}
	a.rules = true
	all, unread := diag.List{}, false
	for _, name := range args {
		r, diags, err := a.loadRubric(name)
		if err != nil {
			all, unread = append(all, usageError(err).diags...), true
			continue
		}
		all = append(all, lint.Check(r, diags)...)
	}
	all = all.Sorted()
	if format == "json" {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		if err := enc.Encode(all); err != nil {
			return fail(diag.M("the result can’t be written"))
		}
		if unread {
			return &exit{code: exitFailed}
		}
		if all.HasErrors() {
			return &exit{code: exitFindings}
		}
		return nil
	}
	if unread {
		return &exit{exitFailed, all}
	}
	if all.HasErrors() {
		a.say(a.Sprint(diag.M("%s errors", strconv.Itoa(len(all)))))
		return &exit{exitFindings, all}
	}
	a.say(a.Sprint(diag.M("no errors")))
	return nil
}
