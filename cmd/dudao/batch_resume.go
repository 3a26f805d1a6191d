package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"

	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/engine/returns"
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
	b.done, b.keys = map[string]batch.Record{}, make([]string, len(b.found.Sources))
	b.digests = make([]string, len(b.found.Sources))
	if b.o.resume {
		for _, name := range []string{resultLines, journalFile} {
			if err := b.before(filepath.Join(b.o.out, name)); err != nil {
				return err
			}
		}
	}
	journal, err := os.OpenFile(filepath.Join(b.o.out, journalFile), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644)
	if err != nil {
		return failAt(at, diag.M("nothing can be written to this folder"), diag.M("check that it exists and that you may write there, or name another file with -o"))
	}
	b.journal = journal
	for _, rec := range b.done { // else they were gone if this run is stopped, too
		if err := batch.WriteLines(journal, rec); err != nil {
			return failAt(at, diag.M("the results can’t be written"))
		}
	}
	return nil
}

// before reads results from before whose reports are still there.
func (b *batchRun) before(name string) error {
	if _, err := os.Stat(name); err != nil {
		return nil
	}
	data, err := b.readFile(name, returns.DefaultLimits.Unpacked)
	if err != nil {
		return err
	}
	records, diags := batch.ReadLines(filepath.ToSlash(name), data)
	if diags.HasErrors() {
		return &exit{exitFailed, diags}
	}
	for _, rec := range records {
		if rec.Failed != nil || rec.Key == "" {
			continue
		}
		if _, err := os.Stat(filepath.Join(b.o.out, filepath.FromSlash(rec.Report))); err != nil {
			continue
		}
		b.done[rec.Key] = rec
		if rec.Report != "" {
			b.names.reserve(rec.Report, rec.Source)
		}
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
	rec, done := b.done[b.keys[i]]
	if done {
		b.records[i] = rec
		b.kept.Add(1)
	}
	return done
}

// reviewSum is the SHA-256 of the review, if there is one.
func (b *batchRun) reviewSum() string {
	if b.review == nil {
		return ""
	}
	return b.review.File.SHA256
}
