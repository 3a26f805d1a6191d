package main

import (
	"bytes"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/reports/blank"

	"github.com/spf13/cobra"
)

func newForm(a *app) *cobra.Command {
	var out, fill string
	var force bool
	cmd := &cobra.Command{
		Use:     "form " + a.Sprint(diag.M("RUBRIC -o FILE")),
		Aliases: []string{"填报表"},
		Short:   a.Sprint(diag.M("Writes the form that is filled in for a rubric")),
		Long: a.Sprint(diag.M(`Writes the blank form of a rubric as an Excel workbook. The form carries the
rubric's id and version, so “dudao score” needs nothing else. With --fill the
values of a return stand in it already.`)),
		Example: `  dudao form funding-no-decrease -o 填报表.xlsx
  dudao form funding-no-decrease --fill return.yaml -o 填报表.xlsx`,
		Args:              exactly(1, diag.M("name the rubric of the form")),
		ValidArgsFunction: completeRubrics,
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return fail(diag.M("name the file to write: -o FILE"))
			}
			return a.form(args[0], fill, out, force)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", a.Sprint(diag.M("write the form to this `FILE`")))
	cmd.Flags().StringVar(&fill, "fill", "", a.Sprint(diag.M("put in the values of this `RETURN`")))
	cmd.Flags().BoolVar(&force, "force", false, a.Sprint(diag.M("replace an existing form even if someone has edited it")))
	return cmd
}

func (a *app) form(rubricName, fill, out string, force bool) error {
	p, err := a.compile(rubricName)
	if err != nil {
		return err
	}
	var filled *returns.Return
	inputs := []string{rubricName}
	if fill != "" {
		if filled, _, err = a.readReturn(fill, rubricName); err != nil {
			return err
		}
		inputs = append(inputs, fill)
	}
	var buf bytes.Buffer
	if err := blank.Book(p, filled, a.Printer, version).Write(&buf); err != nil {
		return fail(diag.M("the form can’t be made (in the original words: %s)", err.Error()))
	}
	if err := writeFile(out, "xlsx", buf.Bytes(), force, inputs...); err != nil {
		return err
	}
	if !a.quiet {
		a.line(diag.M("Form"), out)
	}
	return nil
}
