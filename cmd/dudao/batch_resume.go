package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"dudao/engine/batch"
	"dudao/engine/diag"
)

// What a batch writes into its folder.
const (
	summaryFile  = "汇总.xlsx"
	resultTable  = "results.csv"
	resultLines  = "results.jsonl"
	runLog       = "run.log"
	reportFolder = "报告"

	// The results so far, a line each, while a batch is at work.
	journalFile = ".dudao-batch.jsonl"
)

// open makes the folder for the results. With --resume it reads what is there from
// before.
func (b *batchRun) open() error {
	at := diag.Pos{File: filepath.ToSlash(b.o.out)}
	if err := os.MkdirAll(filepath.Join(b.o.out, reportFolder), 0o755); err != nil {
		return failAt(at, diag.M("the folder for the results can’t be made"), diag.M("check the name, and that you may write there"))
	}
	b.keys, b.digests = make([]string, len(b.found.Sources)), make([]string, len(b.found.Sources))
	var before []batch.Record // the youngest last
	if b.o.resume {
		for _, name := range []string{resultLines, journalFile} {
			records, err := b.before(filepath.Join(b.o.out, name))
			if err != nil {
				return err
			}
			before = append(before, records...)
		}
	}
	journal, err := os.OpenFile(filepath.Join(b.o.out, journalFile), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644)
	if err != nil {
		return failAt(at, diag.M("nothing can be written to this folder"), diag.M("check that it exists and that you may write there, or name another file with -o"))
	}
	b.journal, b.done = journal, map[string]bool{}
	drawn := map[string]bool{}
	for i, rec := range slices.Backward(before) {
		if b.done[rec.Key] || drawn[rec.Report] {
			before[i].Key = "" // the report there is that of a younger result
			continue
		}
		b.done[rec.Key] = true
		if rec.Report != "" {
			drawn[rec.Report] = true
			b.names.reserve(rec.Report, rec.Source)
		}
	}
	for _, rec := range before { // else they were gone if this run is stopped, too
		if rec.Key == "" {
			continue
		}
		if err := batch.WriteLines(journal, rec); err != nil {
			return failAt(at, diag.M("the results can’t be written"))
		}
	}
	return nil
}

// before reads results from before whose reports are still there.
func (b *batchRun) before(name string) ([]batch.Record, error) {
	if _, err := os.Stat(name); err != nil {
		return nil, nil
	}
	records, err := readLines(name)
	if err != nil {
		e := usageError(err)
		e.diags[0].Hints = append(e.diags[0].Hints, diag.M("or score all again, without --resume"))
		return nil, e
	}
	return slices.DeleteFunc(records, func(rec batch.Record) bool {
		if rec.Failed != nil || rec.Key == "" {
			return true
		}
		_, err := os.Stat(filepath.Join(b.o.out, filepath.FromSlash(rec.Report)))
		return err != nil
	}), nil
}

// collect reads back the results of this run that stand in the journal. Until all are
// there they aren't kept, so that memory doesn't fill up with them.
func (b *batchRun) collect() error {
	name := filepath.Join(b.o.out, journalFile)
	records, err := readLines(name)
	at := map[string]int{}
	for i, rec := range b.records {
		if rec.Key != "" {
			at[rec.Key] = i
		}
	}
	for _, rec := range records {
		if i, wanted := at[rec.Key]; wanted {
			b.records[i] = rec
		}
	}
	if err != nil || slices.ContainsFunc(b.records, func(rec batch.Record) bool { return rec.Key != "" && rec.Source == "" }) {
		return failAt(diag.Pos{File: filepath.ToSlash(name)}, diag.M("results of this run are missing in the file: another program has changed it"), diag.M("start the same command again"))
	}
	return nil
}

// isDone reports whether the result of a source is there from before. Its key is the
// hash of all that the result depends on. It is called by several workers, for another
// source each.
func (b *batchRun) isDone(i int, compared string) bool {
	digest, err := b.found.Sources[i].Digest()
	if err != nil {
		return false // reading it tells why
	}
	b.digests[i] = digest
	text, err := json.Marshal([]any{b.found.Sources[i].Name, digest, b.program.Rubric.Hash, version, b.lang, b.o.format, b.o.year, b.o.date, b.o.group, b.reviewSum(), compared})
	if err != nil {
		return false
	}
	sum := sha256.Sum256(text)
	b.keys[i] = hex.EncodeToString(sum[:])
	if !b.done[b.keys[i]] {
		return false
	}
	b.records[i].Key = b.keys[i]
	b.kept.Add(1)
	return true
}

// reviewSum is the SHA-256 of the review, if there is one.
func (b *batchRun) reviewSum() string {
	if b.review == nil {
		return ""
	}
	return b.review.File.SHA256
}
