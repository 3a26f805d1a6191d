package results

import (
	"iter"
	"path"
	"strings"

	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

// Run is what a batch was run with.
type Run struct {
	Version string // of dudao
	Rubric  rubric.Ref
	Year    int            // of returns that don't say it; 0 if none was given
	Others  []returns.File // read besides the returns
}

// Log lists what was read and what came of it, in the format of sha256sum: its -c
// checks later that all files are still the same. It holds no time: the same files
// give the same log.
func Log(run Run, records []batch.Record, passed []batch.Passed, pr text.Printer) []byte {
	var b strings.Builder
	note := func(m diag.Message) { b.WriteString(strings.ReplaceAll("# "+pr.Sprint(m), "\n", " ") + "\n") }
	file := func(name, sum string) {
		if sum != "" {
			b.WriteString(sum + "  " + strings.ReplaceAll(name, "\n", " ") + "\n")
		}
	}
	note(diag.M("dudao %s, rubric %s, hash %s", run.Version, run.Rubric.String(), run.Rubric.Hash))
	if run.Year != 0 {
		note(diag.M("Year of returns that do not say it: %s", year(run.Year)))
	}
	for _, f := range run.Others {
		note(diag.M("Read besides the returns: %s, SHA-256 %s", f.Name, f.SHA256))
	}
	listed := map[string]bool{} // a set is one file for many units
	for _, r := range records {
		switch {
		case r.Failed != nil:
			note(diag.M("%s: not scored", r.Source))
		default:
			note(diag.M("%s: %s, hash %s", r.Source, r.Cover.Name, r.Hash))
		}
		for name, sum := range read(r) {
			if !listed[name] {
				listed[name] = true
				file(name, sum)
			}
		}
	}
	for _, p := range passed {
		note(diag.M("%s: passed over, %s", p.Name, pr.Sprint(p.Why)))
	}
	return []byte(b.String())
}

// read are the files that a result rests on, in the folder of the batch, with their
// hashes: a file of many units, the files of a folder, or the one that is the return.
func read(r batch.Record) iter.Seq2[string, string] {
	at := r.Source
	if r.Set != "" {
		at = r.Set
	}
	return func(yield func(string, string) bool) {
		if path.Ext(at) != "" && (len(r.Files) == 0 || path.Base(r.Files[0].Name) == path.Base(at) || path.Ext(at) == ".zip") {
			yield(at, r.Digest)
			return
		}
		for _, f := range r.Files {
			if !yield(path.Join(at, path.Base(f.Name)), f.SHA256) {
				return
			}
		}
	}
}
