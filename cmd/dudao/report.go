package main

import (
	"path/filepath"
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/reports/scorecard"

	"github.com/spf13/cobra"
)

func newReport(a *app) *cobra.Command {
	var rubric, out, form string
	var force bool
	cmd := &cobra.Command{
		Use:     "report " + a.Sprint(diag.M("SCORECARD")),
		Aliases: []string{"报告"},
		Short:   a.Sprint(diag.M("Draws a report from a scorecard in JSON")),
		Long: a.Sprint(diag.M(`Draws a report from a scorecard that “dudao score RETURN --format json” wrote:
the workbook, the draft in words or the web page, the same as from the return
itself. The rubric is the shipped one, or that of -r. A scorecard whose figures or
points were changed by hand is refused; “-” is standard input.`)),
		Example: `  dudao score 填报表.xlsx --format json -o 某县.json
  dudao report 某县.json
  dudao report 某县.json -o 某县.html`,
		Args: exactly(1, diag.M("name the scorecard to draw")),
		RunE: func(_ *cobra.Command, args []string) error { return a.redraw(args[0], rubric, out, form, force) },
	}
	f := cmd.Flags()
	f.StringVarP(&rubric, "rubric", "r", "", a.Sprint(diag.M("draw it with this `RUBRIC` (id, id@version or file)")))
	f.StringVarP(&out, "output", "o", "", a.Sprint(diag.M("write the report to this `FILE`; “-” is standard output")))
	f.StringVar(&form, "format", "", a.Sprint(diag.M("`FORMAT` of the report: xlsx, md (a draft in words) or html (a web page)")))
	f.BoolVar(&force, "force", false, a.Sprint(diag.M("replace an existing report even if someone has edited it")))
	_ = cmd.RegisterFlagCompletionFunc("rubric", completeRubrics)
	return cmd
}

// redraw draws a report from a scorecard.
func (a *app) redraw(name, rubricName, out, form string, force bool) error {
	if form != "" && !slices.Contains(reportForms, form) {
		return badFormat(form, reportForms...)
	}
	if form = formOf(out, form); form == "json" {
		return badFormat(form, reportForms...)
	}
	file := filepath.ToSlash(name)
	if name == "-" {
		file = "stdin.json"
	}
	data, err := a.readFile(name, returns.DefaultLimits.Unpacked)
	if err != nil {
		return err
	}
	doc, diags := scorecard.Read(file, data)
	if diags.HasErrors() {
		return &exit{exitFailed, diags}
	}
	if rubricName == "" {
		rubricName = doc.Rubric.String()
	}
	p, err := a.compile(rubricName)
	if err != nil {
		return wrongRubric(file, doc.Rubric, err)
	}
	ret, diags := doc.Return(p, file, version)
	if diags.HasErrors() {
		return &exit{exitFailed, diags}
	}
	if out == "" && name == "-" {
		out = "-"
	}
	if out == "" {
		base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
		out = filepath.Join(filepath.Dir(name), a.Sprint(diag.M("%s-report", base))+"."+form)
	}
	drawn, err := a.draw(form, p, ret, &doc.Scorecard)
	if err != nil {
		return err
	}
	if out == "-" {
		return a.print(drawn)
	}
	if err := writeFile(out, form, drawn, force, name); err != nil {
		return err
	}
	if !a.quiet {
		a.line(diag.M("Report"), out)
	}
	return nil
}

func newSchema(a *app) *cobra.Command {
	const kinds = "scorecard"
	return &cobra.Command{
		Use:       "schema scorecard",
		Short:     a.Sprint(diag.M("Prints the JSON Schema of what dudao writes")),
		Long:      a.Sprint(diag.M("Prints the JSON Schema of the scorecard that “dudao score RETURN --format json” writes.")),
		Example:   "  dudao schema scorecard > scorecard.schema.json",
		ValidArgs: []string{kinds},
		Args:      exactly(1, diag.M("name what the schema is of: %s", kinds)),
		RunE: func(_ *cobra.Command, args []string) error {
			if args[0] != kinds {
				return fail(diag.M("there is no schema of “%s”", args[0]), diag.M("one of: %s", kinds))
			}
			return a.print(scorecard.Schema)
		},
	}
}
