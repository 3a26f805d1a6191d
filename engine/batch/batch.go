// Package batch scores many returns: all processors at work, and only so many
// returns in memory as there are processors. What can't be scored is a result like
// any other and stops nothing.
package batch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"iter"
	"runtime"
	"slices"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
)

// Source is one return of a batch before it is read. Its functions are called from
// any goroutine, Open more than once where units are compared with each other.
type Source struct {
	Name   string // as people know it, and no other: the file, or the set and the unit in it
	Set    string // the workbook or folder of tables that also holds other units; "" if it holds none
	Open   func() (*returns.Document, diag.List)
	Digest func() (string, error) // SHA-256 of all that Open reads
}

// Batch is what is to be scored, and how.
type Batch struct {
	Program *engine.Program
	Sources []Source

	// AnyRubric scores also what was made for another rubric, or another text of it:
	// values are matched by name then.
	AnyRubric bool

	// Elsewhere says whether another rubric has a name; see returns.Document.
	Elsewhere func(name string) bool

	// Prepare changes a return after it was read and before it is scored, as the cover
	// of one that doesn't name its year; nil leaves it as it is. What it reports is
	// reported with the return, whose score an error keeps from being made.
	Prepare func(*returns.Return) (*returns.Return, diag.List)

	// Skip says which sources need not be scored, because their results are there from
	// before; nil scores all. compared is a hash of what all units bring into the
	// comparison, empty where the rubric compares none.
	Skip func(index int, compared string) bool

	// Brief scores for the results alone, as Program.Brief does, and lets go of each
	// return before its result is yielded: for a whole country in a table.
	Brief bool

	Workers int // at once; 0 is one for each processor
}

// Result is one return of a batch: scored, or with the reasons why it isn't.
type Result struct {
	Index  int // in Sources
	Source Source
	Return *returns.Return
	Card   *engine.Scorecard // nil if it couldn't be scored
	Diags  diag.List         // found on reading; with an error there is no card

	// IsReport tells that the file is a report that dudao wrote: it isn't scored again.
	IsReport bool

	standing engine.Standing
}

// Run scores all sources and yields their results in the order of the sources, each
// as soon as it and those before it are there. finish, which may be nil, is called
// for each of them before, from several goroutines at once: the place to draw a
// report and to let go of what isn't needed any more.
//
// When the context ends or the caller stops ranging, no further return is begun and
// those that were are waited for; then ctx.Err tells that results are missing.
//
// Where the rubric compares units with each other, all are read and judged twice:
// first for what each brings into the comparison, then among the others.
func (b *Batch) Run(ctx context.Context, finish func(*Result)) iter.Seq[*Result] {
	return func(yield func(*Result) bool) {
		among, compared := b.compare(ctx)
		b.each(ctx, func(i int) *Result {
			if b.Skip != nil && b.Skip(i, compared) {
				return nil
			}
			r := b.read(i)
			if r.Return != nil {
				r.Return = b.Program.Placed(r.Return, among)
				if b.Brief {
					r.Card = b.Program.Brief(r.Return)
				} else {
					r.Card = b.Program.Score(r.Return)
				}
			}
			if finish != nil {
				finish(r)
			}
			if b.Brief && r.Return != nil {
				r.Return.Release()
				r.Return = nil
			}
			return r
		}, yield)
	}
}

// compare reads all returns for what each brings into the comparison; more than once
// where one comparison depends on another. Its hash tells whether anything changed.
func (b *Batch) compare(ctx context.Context) (among *engine.Among, hash string) {
	for range b.Program.Rounds() {
		var all []engine.Standing
		b.each(ctx, func(i int) *Result {
			r := b.read(i)
			if r.Return == nil {
				return nil
			}
			r.standing = b.Program.Standing(b.Program.Placed(r.Return, among))
			r.Return = nil
			return r
		}, func(r *Result) bool {
			all = append(all, r.standing)
			return true
		})
		among = b.Program.Among(all)
		text, err := json.Marshal(all)
		if err != nil {
			panic("batch: " + err.Error()) // only texts and finite numbers
		}
		sum := sha256.Sum256(text)
		hash = hex.EncodeToString(sum[:])
	}
	return among, hash
}

// read opens and reads a return.
func (b *Batch) read(i int) *Result {
	r := &Result{Index: i, Source: b.Sources[i]}
	doc, diags := r.Source.Open()
	if r.Diags = diags; diags.HasErrors() {
		return r
	}
	if r.IsReport = doc.IsReport(); r.IsReport {
		return r
	}
	if !b.AnyRubric {
		if r.Diags = doc.MadeFor(b.Program.Rubric); r.Diags.HasErrors() {
			return r
		}
	}
	doc.Elsewhere = b.Elsewhere
	ret, diags := doc.Read(b.Program.Rubric)
	if r.Diags = diags; diags.HasErrors() {
		return r
	}
	if b.Prepare != nil {
		ret, diags = b.Prepare(ret)
		if r.Diags = append(r.Diags, diags...); diags.HasErrors() {
			return r
		}
	}
	r.Return = ret
	return r
}

// ahead is how many results each worker may be ahead of one that takes longer.
const ahead = 2

// each does the work for every source, so many at once as there are workers, and
// yields what comes of it, if anything, in the order of the sources.
func (b *Batch) each(ctx context.Context, work func(int) *Result, yield func(*Result) bool) {
	workers := b.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	busy := make(chan struct{}, workers)
	var begun []chan *Result // and not yet yielded, in the order of the sources
	next := 0
	begin := func() {
		for ; next < len(b.Sources) && len(begun) < workers*ahead && ctx.Err() == nil; next++ {
			done := make(chan *Result, 1)
			begun = append(begun, done)
			go func(i int) {
				busy <- struct{}{}
				defer func() { <-busy }()
				if ctx.Err() != nil {
					done <- nil
					return
				}
				done <- work(i)
			}(next)
		}
	}
	begin()
	for stopped := false; len(begun) > 0; {
		r := <-begun[0]
		begun = slices.Delete(begun, 0, 1)
		if r != nil && !stopped {
			stopped = !yield(r)
		}
		if !stopped {
			begin()
		}
	}
}
