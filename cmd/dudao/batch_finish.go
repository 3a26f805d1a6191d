package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/reports/results"
	"dudao/reports/summary"
)

// finish writes what is drawn from all results together.
func (b *batchRun) finish() error {
	if err := b.collect(); err != nil {
		return err
	}
	b.records = slices.DeleteFunc(b.records, func(r batch.Record) bool { return r.Source == "" }) // passed over
	if len(b.records) == 0 {
		e := usageError(failAt(diag.Pos{File: filepath.ToSlash(b.dir)}, diag.M("there is no return in the folder"),
			diag.M("reports that dudao wrote are not scored again: put the returns there")))
		e.code = exitNothing
		return e
	}
	batch.Repeated(b.records)
	b.strangers()
	slices.SortFunc(b.found.Passed, func(x, y batch.Passed) int { return bytes.Compare([]byte(x.Name), []byte(y.Name)) })
	table, err := results.CSV(b.program, b.records, b.Printer)
	if err != nil {
		return fail(diag.M("the results can’t be written"))
	}
	run := results.Run{Version: version, Rubric: b.program.Rubric.Ref(), Year: b.o.year}
	if b.review != nil {
		run.Others = append(run.Others, b.review.File)
	}
	log := results.Log(run, b.records, b.found.Passed, b.Printer)
	lines := func(w io.Writer) error { return batch.WriteLines(w, b.records...) }
	for _, out := range []struct {
		name  string
		write func(io.Writer) error
	}{{resultTable, whole(table)}, {resultLines, lines}, {runLog, whole(log)}} {
		err := streamWhole(filepath.Join(b.o.out, out.name), out.write, 0o644)
		if errors.Is(err, errStop) {
			return &exit{code: stopped}
		}
		if err != nil {
			return failAt(diag.Pos{File: filepath.ToSlash(filepath.Join(b.o.out, out.name))}, diag.M("the file can’t be written"),
				diag.M("close it in Excel or WPS if it is open there"))
		}
	}
	if err := b.summarise(); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(b.o.out, journalFile)); err != nil {
		return fail(diag.M("the results can’t be written"))
	}
	return nil
}

// strangers tells of lines of the review that are about none of the units.
func (b *batchRun) strangers() {
	if b.review == nil {
		return
	}
	var covers []returns.Cover
	for _, r := range b.records {
		if r.Failed == nil {
			covers = append(covers, r.Cover)
		}
	}
	if diags := b.review.Strangers(covers); len(diags) > 0 {
		b.report(diags)
		b.code = exitPartial
	}
}

// claims are where claim, computation and review differ.
func (b *batchRun) claims(in *summary.Input) {
	for i := range b.records {
		r := &b.records[i]
		for _, c := range r.Claims {
			in.Claims = append(in.Claims, summary.ClaimRow{Unit: r.Unit(), Item: c.Item, Claimed: c.Claimed, Engine: c.Own, Checked: c.Checked, Reason: strings.Join(c.Reasons, b.Sprint(diag.M("; ")))})
		}
	}
}

// summarise writes the workbook over all results.
func (b *batchRun) summarise() error {
	in := summary.Input{Program: b.program, Records: b.records, Passed: b.found.Passed, Claimed: b.review != nil}
	if b.group != "" {
		in.Group = b.group
		for _, r := range b.records {
			in.Groups = append(in.Groups, r.Group)
		}
	}
	b.claims(&in)
	b.doubts(&in)
	if b.last != nil {
		b.years(&in)
	}
	var buf bytes.Buffer
	if err := summary.Book(in, b.Printer, version).Write(&buf); err != nil {
		return fail(diag.M("the report can’t be made (in the original words: %s)", err.Error()))
	}
	return writeFile(filepath.Join(b.o.out, summaryFile), "xlsx", buf.Bytes(), b.o.force)
}

// tell prints what came of the batch.
func (b *batchRun) tell() {
	var failed, unwritten []batch.Record
	for _, r := range b.records {
		if r.Failed != nil {
			failed = append(failed, r)
		}
		if r.Unwritten != nil {
			unwritten = append(unwritten, r)
		}
	}
	if len(failed)+len(unwritten) > 0 {
		b.code = exitPartial
	}
	if !b.quiet {
		b.line(diag.M("Rubric"), rubricName(b.program.Rubric))
		b.line(diag.M("Scored"), b.Sprint(diag.M("%s of %s returns", count(len(b.records)-len(failed)), count(len(b.records)))))
		if kept := int(b.kept.Load()); kept > 0 {
			b.line(diag.M("Kept"), b.Sprint(diag.M("%s results from before", count(kept))))
		}
		b.grades()
		b.line(diag.M("Results"), b.o.out)
		if len(b.found.Passed) > 0 {
			b.say("")
			b.say(b.Sprint(diag.M("Passed over")) + "  " + count(len(b.found.Passed)))
			for _, p := range b.found.Passed {
				b.say("  " + p.Name + "  " + b.Sprint(p.Why))
			}
		}
	}
	b.findings(diag.M("Not scored"), failed, func(r batch.Record) []batch.Finding { return r.Failed })
	b.findings(diag.M("Reports not written"), unwritten, func(r batch.Record) []batch.Finding { return r.Unwritten })
}

// findings prints what is wrong with returns, also to those who want no summary.
func (b *batchRun) findings(head diag.Message, records []batch.Record, of func(batch.Record) []batch.Finding) {
	if len(records) == 0 {
		return
	}
	b.say("")
	b.say(b.Sprint(head) + "  " + count(len(records)))
	for _, r := range records {
		b.say("  " + r.Source)
		for _, f := range of(r) {
			place := f.Pos
			if place.File = path.Base(place.File); place == (diag.Pos{File: path.Base(r.Source)}) {
				place = diag.Pos{} // the file as a whole, whose name stands above
			}
			b.say("      " + strings.TrimSpace(place.String()+"  "+b.Phrase(f.Said)))
			for _, h := range f.Hints {
				b.say("        " + b.Sprint(h))
			}
		}
	}
}

// grades prints how many units have which grade, in the rubric's order.
func (b *batchRun) grades() {
	n, open := map[string]int{}, 0
	for _, r := range b.records {
		switch {
		case r.Failed != nil || r.Grade.Lower == "":
		case !r.Grade.Certain():
			open++
		default:
			n[r.Grade.Lower]++
		}
	}
	for _, g := range b.program.Rubric.Grades {
		if k := n[g.Grade.Text]; k > 0 {
			b.line(diag.M("Grade"), g.Grade.Text+"  "+count(k))
			delete(n, g.Grade.Text)
		}
	}
	if open > 0 {
		b.line(diag.M("Grade"), b.Sprint(diag.M("not final"))+"  "+count(open))
	}
}
