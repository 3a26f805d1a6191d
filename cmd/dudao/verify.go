package main

import (
	"path/filepath"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/reports/audit"

	"github.com/spf13/cobra"
)

type verifyOptions struct{ hash, format string }

func newVerify(a *app) *cobra.Command {
	var o verifyOptions
	cmd := &cobra.Command{
		Use:     "verify " + a.Sprint(diag.M("REPORT...")),
		Aliases: []string{"核验"},
		Short:   a.Sprint(diag.M("Finds out what was changed in reports")),
		Long: a.Sprint(diag.M(`Makes each report again from the scheme and the data that it carries, compares it
cell by cell and lists what was changed since dudao wrote it: data edited, with the
old and the new value and the score that they give; formulas, results, standards,
texts, names, rows and sheets changed. Saving a report in Excel, WPS or LibreOffice
is no change, nor is filling in a cell that dudao left empty, or other colours.

This finds edits by hand. It is no signature: whoever makes a report anew from other
data has one that is sound in itself. With --hash it is compared with the hash that
“dudao score” printed, which the county can pass on by another way.

The exit status is 1 if anything was changed, 2 if a report can’t be checked.`)),
		Example: `  dudao verify 填报表-自评报告.xlsx
  dudao verify 填报表-自评报告.xlsx --hash 1f0e94afb2c1
  dudao verify 上报/*.xlsx --format json`,
		Args: atLeast(1, diag.M("name the report to check")),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return []cobra.Completion{"xlsx"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.verify(args, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.hash, "hash", "", a.Sprint(diag.M("the `HASH` that was printed when the report was made, at least 12 characters of it")))
	f.StringVar(&o.format, "format", "text", a.Sprint(diag.M("`FORMAT` of what is printed: text, or json (one report a line)")))
	return cmd
}

// verify checks every report. One that can't be checked doesn't keep the others from
// being checked.
func (a *app) verify(args []string, o verifyOptions) error {
	if err := checkFormat(o.format); err != nil {
		return err
	}
	o.hash = strings.ToLower(strings.TrimSpace(o.hash))
	if o.hash != "" {
		if len(args) > 1 {
			return fail(diag.M("--hash belongs to one report"), diag.M("check the reports one after the other"))
		}
		if len(o.hash) < 12 || len(o.hash) > 64 || strings.Trim(o.hash, "0123456789abcdef") != "" {
			return fail(diag.M("“%s” is no hash", o.hash), diag.M("give the 12 or 64 characters that “dudao score” printed"))
		}
	}
	worst := &exit{}
	for i, name := range args {
		if i > 0 && o.format == "text" {
			a.say("")
		}
		code, err := a.verifyOne(name, o)
		if err != nil {
			e := usageError(err)
			if len(args) == 1 {
				return e
			}
			a.report(e.diags)
			code = e.code
		}
		worst.code = max(worst.code, code) // that one can't be checked weighs more
	}
	if worst.code != exitDone {
		return worst
	}
	return nil
}

// verified is the result for programs.
type verified struct {
	File     string          `json:"file"`
	Verdict  string          `json:"verdict"` // unchanged, changed or unchecked
	Version  string          `json:"dudao"`   // that wrote the report
	Complete bool            `json:"complete"`
	Rubric   rubric.Ref      `json:"rubric"`
	Shipped  string          `json:"shipped"` // same, different or none
	Cover    returns.Cover   `json:"cover"`
	Hash     string          `json:"hash"`
	HashIs   string          `json:"hash_check,omitempty"` // same or different
	Before   result          `json:"before"`
	After    *result         `json:"after,omitempty"`
	Findings []audit.Finding `json:"findings"`
	Filled   []audit.Finding `json:"filled"`
}

type result struct {
	Total engine.Amount     `json:"total"`
	Grade engine.GradeRange `json:"grade"`
}

func (a *app) verifyOne(name string, o verifyOptions) (int, error) {
	data, err := a.readFile(name, returns.DefaultLimits.FileSize)
	if err != nil {
		return 0, err
	}
	file := filepath.ToSlash(name)
	r, diags := audit.Open(file, data, version)
	if diags.HasErrors() {
		return 0, &exit{exitFailed, diags}
	}
	v := verified{File: file, Version: r.Version, Complete: r.Same, Rubric: r.Rubric, Shipped: a.shippedAs(r.Rubric), Cover: r.Before.Cover,
		Hash: r.Before.Hash(), Before: result{r.Before.Total, r.Before.Grade}, Findings: r.Findings, Filled: r.Filled}
	if v.Findings == nil {
		v.Findings = []audit.Finding{} // [] to a program, not null
	}
	if v.Filled == nil {
		v.Filled = []audit.Finding{}
	}
	if o.hash != "" {
		v.HashIs = "different"
		if strings.HasPrefix(v.Hash, o.hash) {
			v.HashIs = "same"
		}
	}
	if r.After != nil {
		v.After = &result{r.After.Total, r.After.Grade}
	}
	code := exitDone
	switch {
	case len(v.Findings) > 0 || v.HashIs == "different" || v.Shipped == "different":
		v.Verdict, code = "changed", exitFindings
	case !v.Complete:
		v.Verdict = "unchecked"
	default:
		v.Verdict = "unchanged"
	}
	if !v.Complete {
		code = exitFailed
	}
	if o.format == "json" {
		return code, a.jsonLine(v)
	}
	a.sayVerified(v, r)
	return code, nil
}

// shippedAs compares the scheme that a report carries with the one of that name here.
func (a *app) shippedAs(ref rubric.Ref) string {
	for _, r := range shipped() {
		if r.ID.Text != ref.ID || r.Version.Text != ref.Version {
			continue
		}
		p, diags := engine.Compile(r)
		if diags.HasErrors() || p.Rubric.Hash != ref.Hash {
			return "different"
		}
		return "same"
	}
	return "none"
}

// mostFindings is how many differences of one kind are printed; JSON has all.
const mostFindings = 30

// sayVerified prints what was found in one report.
func (a *app) sayVerified(v verified, r *audit.Report) {
	a.say(v.File)
	if a.unit(v.Cover) != "" {
		a.line(diag.M("Report of"), a.unit(v.Cover)+"  "+r.Before.Title)
	}
	a.line(diag.M("Rubric"), v.Rubric.String()+" ("+v.Rubric.ShortHash()+")"+a.Sprint(map[string]diag.Message{
		"same":      diag.M(", the shipped one"),
		"different": diag.M(", not the text that is shipped under this name"),
		"none":      diag.M(", which is not shipped: compare its hash with that of the scheme in force"),
	}[v.Shipped]))
	a.line(diag.M("Total"), a.Phrase(r.Before.TotalWords())+a.gradeOf(r.Before))
	if r.After != nil {
		a.line(diag.M("Now"), a.Phrase(r.After.TotalWords())+a.gradeOf(r.After))
	}
	hash := v.Hash[:12]
	switch v.HashIs {
	case "same":
		hash += a.Sprint(diag.M(", as given"))
	case "different":
		hash += a.Sprint(diag.M(", not the hash given: the report was made from other data"))
	}
	a.line(diag.M("Hash"), hash)
	if !v.Complete {
		a.say("")
		a.say(a.Sprint(diag.M("dudao %s wrote the report, this is %s: only data and results were compared, by their names; formulas, texts and layout can’t be. Check it with dudao %s.", v.Version, version, v.Version)))
	}
	var edited, changed []audit.Finding
	for _, f := range v.Findings {
		if f.Kind == audit.Input {
			edited = append(edited, f)
		} else {
			changed = append(changed, f)
		}
	}
	a.differences(diag.M("Edited data"), edited)
	a.differences(diag.M("Changed"), changed)
	a.differences(diag.M("Filled in where dudao left cells empty (no change)"), v.Filled)
	if v.Verdict == "unchanged" {
		a.say("")
		a.say(a.Sprint(diag.M("No change found. This finds edits by hand; it is no signature.")))
	}
}

func (a *app) gradeOf(card *engine.Scorecard) string {
	if card.Grade.Lower == "" {
		return ""
	}
	return "  " + a.Phrase(card.Grade.Words())
}

func (a *app) differences(head diag.Message, list []audit.Finding) {
	if len(list) == 0 {
		return
	}
	a.say("")
	a.say(a.Sprint(head) + "  " + strconv.Itoa(len(list)))
	for i, f := range list {
		if i == mostFindings {
			a.say("  " + a.Sprint(diag.M("and %s more; --format json lists all", strconv.Itoa(len(list)-mostFindings))))
			return
		}
		at := diag.Pos{Sheet: f.Sheet, Cell: f.Cell}.String()
		what := a.Phrase(f.What)
		if f.Kind != audit.Input {
			what = strings.TrimSpace(a.Sprint(kindWord(f.Kind)) + "  " + what)
		}
		a.say("  " + strings.TrimSpace(at+"  "+what))
		if f.Was != "" || f.Is != "" {
			a.say("      " + a.Sprint(diag.M("was: %s", a.inShort(f.Was))))
			a.say("      " + a.Sprint(diag.M("is:  %s", a.inShort(f.Is))))
		}
	}
}

// inShort is a text in one line that a terminal holds.
func (a *app) inShort(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return a.Sprint(diag.M("(empty)"))
	}
	if r := []rune(text); len(r) > 160 {
		return string(r[:160]) + "…"
	}
	return text
}

func kindWord(k audit.Kind) diag.Message {
	switch k {
	case audit.Formula:
		return diag.M("formula")
	case audit.Result:
		return diag.M("result of a formula")
	case audit.Figure:
		return diag.M("standard or number")
	case audit.Name:
		return diag.M("defined name")
	case audit.Layout:
		return diag.M("rows and sheets")
	case audit.Hidden:
		return diag.M("hidden sheet")
	default:
		return diag.M("text of the report")
	}
}
