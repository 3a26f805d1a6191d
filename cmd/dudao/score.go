package main

import (
	"errors"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"

	"github.com/spf13/cobra"
)

// scoreOptions are the flags of score.
type scoreOptions struct {
	rubrics            []string
	review             string
	out, format, date  string
	year               int
	force, requireFull bool
}

func newScore(a *app) *cobra.Command {
	var o scoreOptions
	cmd := &cobra.Command{
		Use:     "score " + a.Sprint(diag.M("RETURN...")),
		Aliases: []string{"评分"},
		Short:   a.Sprint(diag.M("Scores returns and writes their reports")),
		Long: a.Sprint(diag.M(`Scores each return, writes its self-assessment report beside it and prints the
total, the grade, the largest losses and the problems of the data.

A return is a filled form (.xlsx), YAML or JSON, or a folder or zip that holds
return.yaml or CSV tables; “-” is YAML on standard input. A form knows its rubric;
-r scores it with another one. A county below the standard is a result: the exit
status is 0.

The report is a workbook; --format md writes a draft of the report in words instead,
html a web page that needs no network. --format json prints the scorecard, from which
“dudao report” draws every report later; “dudao schema scorecard” describes it.`)),
		Example: `  dudao score 填报表.xlsx
  dudao score return.yaml -o report.xlsx
  dudao score 某县.zip -r county-duty-2022
  dudao score 填报表.xlsx --format html
  dudao score 填报表.xlsx --format json -o 某县.json`,
		Args: atLeast(1, diag.M("name the return to score")),
		RunE: func(_ *cobra.Command, args []string) error { return a.score(args, o) },
	}
	f := cmd.Flags()
	f.StringArrayVarP(&o.rubrics, "rubric", "r", nil, a.Sprint(diag.M("score with this `RUBRIC` (id, id@version or file); may be given several times")))
	f.StringVarP(&o.out, "output", "o", "", a.Sprint(diag.M("write the report to this `FILE`; with several reports, into this folder; “-” is standard output")))
	f.StringVar(&o.format, "format", "text", a.Sprint(diag.M("`FORMAT` of the report: xlsx, md or html; or of what is printed: text, or json (one scorecard a line; with -o into a file)")))
	f.StringVar(&o.review, "review", "", a.Sprint(diag.M("an inspector’s `FILE` with checked values and points (.xlsx, .csv or YAML)")))
	f.IntVar(&o.year, "year", 0, a.Sprint(diag.M("the `YEAR` of a return that does not say it")))
	f.StringVar(&o.date, "date", "", a.Sprint(diag.M("the `DATE` shown on a report whose return has none")))
	f.BoolVar(&o.force, "force", false, a.Sprint(diag.M("replace an existing report even if someone has edited it")))
	f.BoolVar(&o.requireFull, "require-complete", false, a.Sprint(diag.M("exit with status 3 if data is missing or judgements are open")))
	_ = cmd.RegisterFlagCompletionFunc("rubric", completeRubrics)
	return cmd
}

// score scores every return with every rubric. One that can't be scored doesn't
// keep the others from being scored.
func (a *app) score(args []string, o scoreOptions) error {
	if formats := append([]string{"text", "json"}, reportForms...); !slices.Contains(formats, o.format) {
		return badFormat(o.format, formats...)
	}
	if o.year != 0 && (o.year < 1949 || o.year > 2200) {
		return fail(diag.M("“%s” is no year", strconv.Itoa(o.year)), diag.M("write four digits, such as 2021"))
	}
	many := len(args)*max(len(o.rubrics), 1) > 1
	if many && o.out == "-" {
		return fail(diag.M("one report can be written to standard output, not several"))
	}
	if err := a.readReview(o.review); err != nil {
		return err
	}
	worst := &exit{}
	for _, name := range args {
		for _, r := range orOwn(o.rubrics) {
			err := a.scoreOne(name, r, many, o)
			if err == nil {
				continue
			}
			e := usageError(err)
			if !many || e.code == stopped {
				return e
			}
			a.report(e.diags)
			if e.code != exitIncomplete || worst.code == exitDone {
				worst.code = e.code
			}
		}
	}
	if worst.code != exitDone {
		return worst
	}
	return nil
}

// orOwn stands for the return's own rubric where none is named.
func orOwn(rubrics []string) []string {
	if len(rubrics) == 0 {
		return []string{""}
	}
	return rubrics
}

func (a *app) scoreOne(name, rubricName string, many bool, o scoreOptions) error {
	ret, p, err := a.readReturn(name, rubricName)
	if err != nil {
		return err
	}
	if ret.Year == 0 {
		ret.Year = o.year
	}
	if ret.Date == "" {
		ret.Date = o.date
	}
	if ret, err = a.reviewed(ret, p); err != nil {
		return err
	}
	card := p.Score(ret)
	report, form := "", o.form()
	if o.out != "" || o.format != "json" && name != "-" {
		drawn, err := a.draw(form, p, ret, card)
		if err != nil {
			return err
		}
		if o.out == "-" {
			return errors.Join(a.print(drawn), o.incomplete(card))
		}
		report = a.reportName(name, p.Rubric.ID.Text, form, many, o)
		if a.written[report] {
			return failAt(diag.Pos{File: filepath.ToSlash(report)}, diag.M("two reports of this run would have the same name"),
				diag.M("score them one after the other, each with its own -o"))
		}
		a.written[report] = true
		if many && o.out != "" { // a folder that can't be made is told of by writing into it
			_ = os.MkdirAll(o.out, 0o755)
		}
		if err := writeFile(report, form, drawn, o.force, name); err != nil {
			return err
		}
	}
	if o.format == "json" && (report == "" || form != "json") { // else it is in the file
		data, err := a.cardJSON(card)
		if err != nil {
			return err
		}
		if err := a.print(data); err != nil {
			return err
		}
	} else {
		a.summary(card, p, report)
	}
	return o.incomplete(card)
}

// form is that of the report: what --format or the name says. With --format json a
// report is drawn beside the JSON only if -o names one.
func (o scoreOptions) form() string {
	named := formOf(o.out, "")
	switch {
	case o.format == "text":
		return named
	case o.format == "json" && slices.Contains(reportForms, named) && strings.EqualFold(filepath.Ext(o.out), "."+named):
		return named
	default:
		return o.format
	}
}

// incomplete is the exit status that --require-complete asks for.
func (o scoreOptions) incomplete(card *engine.Scorecard) error {
	if o.requireFull && !card.Complete() {
		return &exit{code: exitIncomplete}
	}
	return nil
}

// readReturn opens a return, finds its rubric and reads it.
func (a *app) readReturn(name, rubricName string) (*returns.Return, *engine.Program, error) {
	doc, file, err := a.openReturn(name)
	if err != nil {
		return nil, nil, err
	}
	own := rubricName == ""
	if own {
		if doc.Rubric.ID == "" {
			return nil, nil, failAt(diag.Pos{File: file}, diag.M("the return does not say which rubric it is for"),
				diag.M("name one: -r RUBRIC; “dudao rubrics” lists them"))
		}
		rubricName = doc.Rubric.String()
	}
	p, err := a.compile(rubricName)
	if err != nil {
		if own {
			err = wrongRubric(file, doc.Rubric, err)
		}
		return nil, nil, err
	}
	if own {
		if diags := doc.MadeFor(p.Rubric); diags.HasErrors() {
			return nil, nil, &exit{exitFailed, diags}
		}
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		return nil, nil, &exit{exitFailed, diags}
	}
	a.report(diags)
	return ret, p, nil
}

// openReturn opens a file, or a folder or zip of files.
func (a *app) openReturn(name string) (*returns.Document, string, error) {
	file := filepath.ToSlash(name)
	var doc *returns.Document
	var diags diag.List
	if info, err := os.Stat(name); err == nil && info.IsDir() && name != "-" {
		file = filepath.ToSlash(folderName(name))
		doc, diags = returns.OpenFolder(os.DirFS(name), file, returns.DefaultLimits)
	} else {
		data, err := a.readFile(name, returns.DefaultLimits.FileSize)
		if err != nil {
			return nil, "", err
		}
		if name == "-" {
			file = "stdin.yaml"
			doc, diags = returns.Open(file, data, returns.DefaultLimits)
		} else {
			doc, diags = returns.OpenBeside(os.DirFS(filepath.Dir(name)), file, data, returns.DefaultLimits)
		}
		switch strings.ToLower(filepath.Ext(file)) {
		case ".yaml", ".yml", ".json":
			a.files[file] = data // also of one that can't be read
		}
	}
	if diags.HasErrors() {
		a.showLines(diags)
		return nil, "", &exit{exitFailed, diags}
	}
	maps.Copy(a.files, doc.Texts)
	return doc, file, nil
}

// showLines reads the YAML in a folder again, so that an error can show its line.
func (a *app) showLines(diags diag.List) {
	for _, d := range diags {
		ext := strings.ToLower(path.Ext(d.Pos.File))
		if d.Pos.Line == 0 || a.files[d.Pos.File] != nil || ext != ".yaml" && ext != ".yml" && ext != ".json" {
			continue
		}
		if data, err := a.readFile(filepath.FromSlash(d.Pos.File), returns.DefaultLimits.FileSize); err == nil {
			a.files[d.Pos.File] = data
		}
	}
}

// folderName is the path of a folder with its name at the end, also of “.”.
func folderName(name string) string {
	if abs, err := filepath.Abs(name); err == nil && strings.HasPrefix(filepath.Base(name), ".") {
		return filepath.Join(name, "..", filepath.Base(abs))
	}
	return filepath.Clean(name)
}

// wrongRubric puts the file that asked for a rubric before what is wrong with it.
func wrongRubric(file string, ref rubric.Ref, err error) error {
	e := usageError(err)
	hint := diag.M("to score it with a rubric in a file: -r FILE.yaml")
	if slices.ContainsFunc(shipped(), func(r *rubric.Rubric) bool { return r.ID.Text == ref.ID }) {
		hint = diag.M("to score it with the shipped version anyway: -r %s", ref.ID)
	}
	for i := range e.diags {
		if e.diags[i].Pos.IsZero() {
			e.diags[i].Pos.File = file
			e.diags[i].Hints = append(e.diags[i].Hints, hint)
		}
	}
	return e
}

// reportName is where a report goes: beside its return unless -o says otherwise.
func (a *app) reportName(name, id, form string, many bool, o scoreOptions) string {
	base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = folderName(name)
		base = filepath.Base(name)
	}
	if len(o.rubrics) > 1 {
		base += "-" + id
	}
	base = a.Sprint(diag.M("%s-report", base)) + "." + form
	if o.out == "" {
		return filepath.Join(filepath.Dir(name), base)
	}
	if info, err := os.Stat(o.out); many || err == nil && info.IsDir() {
		return filepath.Join(o.out, base)
	}
	return o.out
}
