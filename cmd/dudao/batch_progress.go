package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/diag"

	"github.com/schollz/progressbar/v3"
)

// progress tells how far a batch is: by a bar on a terminal, else by a line for each
// return.
type progress struct {
	*app
	bar   *progressbar.ProgressBar // nil: lines
	kind  string                   // of the rubric
	total int
	done  int
}

func (b *batchRun) newProgress(total int) *progress {
	p := &progress{app: b.app, kind: b.program.Rubric.Kind.Text, total: total}
	if !b.quiet && isTerminal(b.err) {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(b.err), progressbar.OptionSetDescription(b.Sprint(diag.M("Scoring"))),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString(b.Sprint(diag.M("returns"))),
			progressbar.OptionSetPredictTime(true), progressbar.OptionSetWidth(30), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish())
	}
	return p
}

// step tells of one more return.
func (p *progress) step(rec *batch.Record) {
	p.done++
	if p.bar != nil {
		_ = p.bar.Set(p.done) // a bar that can't be drawn keeps nothing from being done
	} else if !p.quiet {
		_, _ = fmt.Fprintf(p.err, "[%d/%d] %s\n", p.done, p.total, p.line(rec))
	}
}

// keep counts returns whose results are there from before.
func (p *progress) keep(n int) {
	p.done += n
	if p.bar != nil {
		_ = p.bar.Set(p.done)
	}
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

func (p *progress) line(rec *batch.Record) string {
	if rec.Failed != nil {
		return p.Sprint(diag.M("%s: not scored", rec.Source))
	}
	parts := []string{rec.Source, rec.Cover.Name}
	if rec.Hash != "" {
		card := engine.Scorecard{Kind: p.kind, Total: rec.Total}
		parts = append(parts, p.Phrase(card.TotalWords()), p.Phrase(rec.Grade.Words()))
	}
	return strings.TrimSpace(strings.Join(parts, "  "))
}

// isTerminal reports whether what is written is seen at once.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// count is a number in a message.
func count(n int) string { return strconv.Itoa(n) }
