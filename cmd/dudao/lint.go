package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/lint"
	"dudao/engine/rubric"
	"dudao/rubrics"

	"github.com/spf13/cobra"
)

func newLint(a *app) *cobra.Command {
	var format string
	var strict, rules bool
	cmd := &cobra.Command{
		Use:     "lint " + a.Sprint(diag.M("RUBRIC...")),
		Aliases: []string{"查错"},
		Short:   a.Sprint(diag.M("Finds errors and doubts in a rubric")),
		Long: a.Sprint(diag.M(`Checks rubrics and compiles all their formulas. All findings come in one run,
each with its line, a caret, how to mend it, and its rule in [ ]. Errors must be
mended before the rubric can be used; warnings are doubts: points that can’t be
reached, fields that nothing reads, items without a test in name_test.yaml
beside the rubric. Warnings are looked for once there are no errors.

A warning that is settled is silenced in the rubric, with a reason, on its line
or the line above:

  # lint:ignore unread for comparison only

The exit status is 1 if there are errors; with --strict also if there are
warnings.`)),
		Example: `  dudao lint my-rubric.yaml
  dudao lint my-rubric.yaml --strict --format json
  dudao lint --rules`,
		Args: func(cmd *cobra.Command, args []string) error {
			if rules {
				return exactly(0, diag.M("--rules takes no rubric"))(cmd, args)
			}
			return atLeast(1, diag.M("name the rubric to check"))(cmd, args)
		},
		ValidArgsFunction: completeRubrics,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkFormat(format); err != nil {
				return err
			}
			if rules {
				return a.lintRules(format)
			}
			return a.lint(args, format, strict)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", a.Sprint(diag.M("`FORMAT` of what is printed: text or json")))
	cmd.Flags().BoolVar(&strict, "strict", false, a.Sprint(diag.M("warnings count like errors")))
	cmd.Flags().BoolVar(&rules, "rules", false, a.Sprint(diag.M("list the rules instead")))
	return cmd
}

func (a *app) lint(args []string, format string, strict bool) error {
	a.rules = true
	all, unread := diag.List{}, false
	for _, name := range args {
		r, diags, err := a.loadRubric(name)
		if err != nil {
			all, unread = append(all, usageError(err).diags...), true
			continue
		}
		all = append(all, lint.Check(r, diags, a.testsBeside(name, r))...)
	}
	all = all.Sorted()
	code := exitDone
	switch {
	case unread:
		code = exitFailed
	case all.HasErrors() || strict && len(all) > 0:
		code = exitFindings
	}
	if format == "json" {
		if err := a.json(all); err != nil {
			return err
		}
	} else {
		a.report(all)
		if !unread {
			a.say(a.countFindings(all))
		}
	}
	if code != exitDone {
		return &exit{code: code}
	}
	return nil
}

func (a *app) countFindings(l diag.List) string {
	errs := 0
	for _, d := range l {
		if d.Severity == diag.Error {
			errs++
		}
	}
	if len(l) == 0 {
		return a.Sprint(diag.M("no errors, no warnings"))
	}
	return a.Sprint(diag.M("errors: %s, warnings: %s", strconv.Itoa(errs), strconv.Itoa(len(l)-errs)))
}

// testsBeside finds the tests of a rubric. Nobody looks for those of standard
// input, nor where they can't be read.
func (a *app) testsBeside(name string, r *rubric.Rubric) *lint.Tests {
	if name == "-" {
		return nil
	}
	file := testsOf(r.File)
	var text []byte
	var err error
	if isPath(name) {
		text, err = os.ReadFile(filepath.FromSlash(file))
	} else {
		text, err = rubrics.Files.ReadFile(path.Base(file))
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &lint.Tests{File: file}
	case err != nil:
		return nil
	}
	a.files[file] = text
	return &lint.Tests{File: file, Text: text}
}

// ruleLine is a rule for programs.
type ruleLine struct {
	ID    string        `json:"rule"`
	Level diag.Severity `json:"severity"`
	Text  diag.Message  `json:"message"`
}

func (a *app) lintRules(format string) error {
	var lines []ruleLine
	widest := 0
	for _, r := range lint.Rules() {
		lines = append(lines, ruleLine{r.ID, r.Level, r.Text})
		widest = max(widest, len(r.ID))
	}
	if format == "json" {
		return a.json(lines)
	}
	for _, r := range lines {
		level := a.Sprint(diag.M("error"))
		if r.Level == diag.Warning {
			level = a.Sprint(diag.M("warning"))
		}
		a.say(r.ID + strings.Repeat(" ", widest-len(r.ID)+2) + level + "  " + a.Sprint(r.Text))
	}
	return nil
}
