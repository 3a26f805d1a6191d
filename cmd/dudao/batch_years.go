package main

import (
	"os"
	"path/filepath"
	"strings"

	"dudao/engine/batch"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/reports/audit"
	"dudao/reports/summary"
)

// readBatch reads the results that a batch has written into a folder.
func readBatch(folder string) ([]batch.Record, error) {
	name := filepath.Join(folder, resultLines)
	if _, err := os.Stat(name); err != nil {
		return nil, failAt(diag.Pos{File: filepath.ToSlash(folder)}, diag.M("this folder holds no results of a batch"),
			diag.M("name the folder that “dudao batch” wrote, as it wrote it"))
	}
	return readLines(name)
}

// readLines reads the results in a file.
func readLines(name string) ([]batch.Record, error) {
	at := filepath.ToSlash(name)
	f, err := os.Open(name)
	if err != nil {
		return nil, failAt(diag.Pos{File: at}, diag.M("the file can’t be read"), diag.M("check that it is not open elsewhere and that you may read it"))
	}
	defer func() { _ = f.Close() }() // it was only read
	records, diags := batch.ReadLines(at, f)
	if diags.HasErrors() {
		return nil, &exit{exitFailed, diags}
	}
	return records, nil
}

// submittedIn is what a unit submitted, which its report in the folder of a batch
// carries; nil if it isn't there any more.
func (a *app) submittedIn(folder string, r *batch.Record) *returns.Return {
	name := filepath.FromSlash(r.Report)
	if r.Report == "" || !filepath.IsLocal(name) || !strings.EqualFold(filepath.Ext(name), ".xlsx") {
		return nil
	}
	data, err := a.readFile(filepath.Join(folder, name), returns.DefaultLimits.FileSize)
	if err != nil {
		return nil
	}
	ret, diags := audit.Submitted(r.Report, data)
	if diags.HasErrors() {
		return nil
	}
	return ret
}

// years compares the batch with that of the year before.
func (b *batchRun) years(in *summary.Input) {
	y := batch.Years{Program: b.program, Now: b.records, Last: b.last, Return: func(r *batch.Record, last bool) *returns.Return {
		if last {
			return b.submittedIn(b.o.last, r)
		}
		return b.submittedIn(b.o.out, r)
	}}
	c := y.Compare()
	in.Compared = true
	for _, ch := range c.Changes {
		in.Changes = append(in.Changes, summary.ChangeRow{Unit: ch.Unit, Item: ch.Item, Last: ch.Last, Now: ch.Now, Cause: cause(ch), Detail: detail(ch)})
	}
	for _, unit := range c.New {
		in.Changes = append(in.Changes, summary.ChangeRow{Unit: unit, Detail: diag.P(diag.M("was not in last year’s batch"))})
	}
	for _, unit := range c.Gone {
		in.Changes = append(in.Changes, summary.ChangeRow{Unit: unit, Detail: diag.P(diag.M("was in last year’s batch and is not in this one"))})
	}
	for _, p := range c.Priors {
		in.PriorDiffs = append(in.PriorDiffs, summary.PriorRow{Unit: p.Unit, Name: p.Name, Accepted: p.Accepted, Typed: p.Typed, Pos: p.At})
	}
}

// cause names what moved the points.
func cause(c batch.Change) diag.Phrase {
	var out diag.Phrase
	for _, part := range []struct {
		by   *float64
		word diag.Message
	}{{c.Data, diag.M("data")}, {c.Rubric, diag.M("rubric")}, {c.Judgement, diag.M("judgement")}} {
		if part.by == nil || *part.by == 0 {
			continue
		}
		if len(out) > 0 {
			out = append(out, diag.M(", "))
		}
		out = append(out, part.word)
	}
	switch {
	case len(out) > 0:
		return out
	case c.Rubric == nil:
		return diag.P(diag.M("not known"))
	default:
		return diag.P(diag.M("none"))
	}
}

// detail says how many points each part moved.
func detail(c batch.Change) diag.Phrase {
	if c.Rubric == nil {
		if c.Last == nil || c.Now == nil {
			return diag.P(diag.M("there is no final result of both years"))
		}
		return diag.P(diag.M("last year’s report is gone, or its points were not final with this year’s rubric"))
	}
	return diag.P(diag.M("by the rubric %s, by the judgements %s, by the data %s points",
		signed(*c.Rubric), signed(*c.Judgement), signed(*c.Data)))
}

func signed(x float64) string {
	if x > 0 {
		return "+" + decimal.Format(x, 6)
	}
	return decimal.Format(x, 6)
}

// doubts are what stands out among the units.
func (b *batchRun) doubts(in *summary.Input) {
	in.Searched = true
	for _, d := range batch.Doubts(b.records, b.last) {
		in.Doubts = append(in.Doubts, summary.DoubtRow{Kind: d.Kind, Units: d.Units, Where: d.Where, Evidence: d.Evidence, Pos: d.Pos})
	}
}
