package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"

	"github.com/spf13/cobra"
)

// batchOptions are the flags of batch.
type batchOptions struct {
	rubric, out, format, date, last, review, group string
	year, jobs                                     int
	force, resume                                  bool
}

// batchForms are what --format of a batch may be: a form of the reports, or none.
var batchForms = append(slices.Clone(reportForms), "json", "none")

func newBatch(a *app) *cobra.Command {
	var o batchOptions
	cmd := &cobra.Command{
		Use:     "batch " + a.Sprint(diag.M("FOLDER")) + " -o " + a.Sprint(diag.M("OUT")),
		Aliases: []string{"批量"},
		Short:   a.Sprint(diag.M("Scores all returns in a folder and compares them")),
		Long: a.Sprint(diag.M(`Scores every return under a folder: each workbook, YAML or JSON file, and each folder
or zip that directly holds return.yaml or CSV tables. Into OUT it writes

  汇总.xlsx       the summary: ranking, items, grades, vetoes, data problems
  results.csv     one line a return, for Excel and WPS
  results.jsonl   the same for programs, with all reasons
  run.log         what was read and what came of it, for sha256sum -c
  报告/           the report of each unit

What can’t be scored is listed with file, sheet, cell and reason, and stops nothing;
the exit status is 4 then. Ctrl-C leaves what is finished; --resume goes on from
there, and after changes scores only what changed. All returns are scored with one
rubric: that of -r, or the one that most of the first returns name.

Tables (CSV, or one workbook instead of the folder) in which a column says whose each
row is, such as 县 or 行政区划代码, are a return for each unit; they need -r. --review
puts an inspector’s values and points in place of the units’ own, --last compares with
last year’s results, and --group ranks the units also within their city or category.`)),
		Example: `  dudao batch 上报 -o 结果
  dudao batch 上报 -o 结果 -r county-duty-2022 --year 2022
  dudao batch 上报 -o 结果 --last 上年结果 --review 核查.csv
  dudao batch 上报 -o 结果 --resume`,
		Args: exactly(1, diag.M("name the folder with the returns")),
		RunE: func(_ *cobra.Command, args []string) error { return a.batch(args[0], o) },
	}
	f := cmd.Flags()
	f.StringVarP(&o.rubric, "rubric", "r", "", a.Sprint(diag.M("score with this `RUBRIC` (id, id@version or file) whatever the returns name")))
	f.StringVarP(&o.out, "output", "o", "", a.Sprint(diag.M("write all results into this `FOLDER`")))
	f.StringVar(&o.format, "format", "xlsx", a.Sprint(diag.M("`FORMAT` of the reports: xlsx, md, html, json (the scorecards), or none to write no reports")))
	f.IntVar(&o.year, "year", 0, a.Sprint(diag.M("the `YEAR` of returns that do not say it")))
	f.StringVar(&o.date, "date", "", a.Sprint(diag.M("the `DATE` shown on reports whose return has none")))
	f.IntVar(&o.jobs, "jobs", 0, a.Sprint(diag.M("score so many returns at once (`N`); without it as many as there are processors")))
	f.StringVar(&o.review, "review", "", a.Sprint(diag.M("an inspector’s `FILE` with checked values and points (.xlsx, .csv or YAML)")))
	f.StringVar(&o.group, "group", "", a.Sprint(diag.M("rank and average the units also by this `VALUE` of theirs, such as their city")))
	f.StringVar(&o.last, "last", "", a.Sprint(diag.M("compare with last year’s results, in this `FOLDER`")))
	f.BoolVar(&o.resume, "resume", false, a.Sprint(diag.M("keep results that are there from before and would come out the same")))
	f.BoolVar(&o.force, "force", false, a.Sprint(diag.M("replace an existing report even if someone has edited it")))
	_ = cmd.RegisterFlagCompletionFunc("rubric", completeRubrics)
	return cmd
}

// batchRun is a batch at work.
type batchRun struct {
	*app
	o       batchOptions
	dir     string
	program *engine.Program
	found   *batch.Found
	group   string          // the field by which units are grouped
	records []batch.Record  // by source; of one in the journal only its key, until collect
	last    []batch.Record  // of last year, if that is compared
	done    map[string]bool // the keys of those from before, which stand in the journal
	keys    []string        // by source
	digests []string        // by source: each file is read for it once
	journal *os.File
	names   reportNames
	kept    atomic.Int64 // results from before
	code    int
}

// softMemory is from where on the collector of unused memory works harder, so that
// many counties don't take much more than one: the cheap computers of a bureau have
// little. It is for each of those that are scored at once, as if they were four at
// least; a county that needs more gets it.
const softMemory = 22 << 20

func (a *app) batch(dir string, o batchOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	b := &batchRun{app: a, o: o, dir: dir, names: reportNames{}}
	defer b.close()
	if err := b.plan(); err != nil {
		return err
	}
	if err := b.open(); err != nil {
		return err
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softMemory * int64(max(4, cmp.Or(o.jobs, runtime.GOMAXPROCS(0)))))
	}
	ctx, release := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer release()
	err := b.run(ctx)
	if closeErr := b.journal.Close(); err == nil && closeErr != nil {
		err = fail(diag.M("the results can’t be written"))
	}
	if err != nil {
		return err
	}
	if err := b.finish(); err != nil {
		return err
	}
	b.tell()
	if b.code != exitDone {
		return &exit{code: b.code}
	}
	return nil
}

func (o batchOptions) check() error {
	switch {
	case o.out == "":
		return fail(diag.M("name the folder for the results: -o FOLDER"))
	case !slices.Contains(batchForms, o.format):
		return badFormat(o.format, batchForms...)
	case o.year != 0 && (o.year < 1949 || o.year > 2200):
		return fail(diag.M("“%s” is no year", strconv.Itoa(o.year)), diag.M("write four digits, such as 2021"))
	case o.jobs < 0:
		return fail(diag.M("--jobs is a number from 1"))
	}
	return nil
}

func (b *batchRun) close() {
	if b.found != nil {
		b.found.Close()
	}
}

// plan finds out what is to be done, before anything is written.
func (b *batchRun) plan() (err error) {
	if b.o.rubric != "" {
		if b.program, err = b.compile(b.o.rubric); err != nil {
			return err
		}
	}
	if err := b.readReview(b.o.review); err != nil {
		return err
	}
	if b.o.last != "" {
		if b.last, err = readBatch(b.o.last); err != nil {
			return err
		}
	}
	if err := b.find(); err != nil {
		return err
	}
	if b.program == nil {
		if err := b.choose(); err != nil {
			return err
		}
	}
	return b.grouped()
}

// find lists the returns. What is in the folder for the results isn't one.
func (b *batchRun) find() error {
	at := diag.Pos{File: filepath.ToSlash(b.dir)}
	info, err := os.Stat(b.dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return failAt(at, diag.M("there is no such folder"), diag.M("check the name and the folder you are in"))
	case err != nil:
		return failAt(at, diag.M("the folder can’t be read"))
	}
	root, dir := os.DirFS(b.dir), b.dir
	if !info.IsDir() {
		dir = filepath.Dir(b.dir)
		root = oneFile{os.DirFS(dir), filepath.Base(b.dir)}
	}
	results := func(name string) bool {
		name = filepath.Join(dir, filepath.FromSlash(name))
		_, err := os.Stat(filepath.Join(name, resultLines))
		return err == nil || sameFile(name, b.o.out)
	}
	var r *rubric.Rubric
	if b.program != nil {
		r = b.program.Rubric
	}
	if b.found, err = batch.Find(root, filepath.ToSlash(dir), r, results); err != nil {
		return failAt(at, diag.M("the folder can’t be read"))
	}
	b.report(b.found.Notes)
	if len(b.found.Sources) == 0 {
		e := usageError(failAt(at, diag.M("there is no return in the folder"),
			diag.M("a return is a workbook, or a folder or zip with return.yaml or CSV tables")))
		e.code = exitNothing
		return e
	}
	b.records = make([]batch.Record, len(b.found.Sources))
	return nil
}

// oneFile is a folder in which only one file is seen.
type oneFile struct {
	fs.FS
	name string
}

// ReadDir lists the one file.
func (o oneFile) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() != o.name }), err
}

// grouped finds the field by which units are grouped: the one that is given, or that
// within the rubric compares them.
func (b *batchRun) grouped() error {
	r := b.program.Rubric
	b.group = b.o.group
	if b.group == "" {
		r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
			if item.Rank != nil && b.group == "" {
				b.group = item.Rank.Within.Text
			}
		})
		for _, v := range r.Veto {
			if b.group == "" {
				b.group = v.Within.Text
			}
		}
		return nil
	}
	var fields []string
	for _, block := range r.Data {
		for _, f := range block.Value.Fields {
			fields = append(fields, f.Key.Text)
		}
	}
	if slices.Contains(fields, b.group) {
		return nil
	}
	hint := diag.M("--group names a single value that every unit fills in, such as its city")
	if near := diag.Nearest(b.group, fields); near != "" {
		hint = diag.M("did you mean “%s”?", near)
	}
	return fail(diag.M("the rubric asks for no “%s”", b.group), hint)
}

// asked is how many returns are asked for their rubric.
const asked = 9

// choose takes the rubric that most of the first returns name.
func (b *batchRun) choose() (err error) {
	votes, name := map[string]int{}, ""
	for _, s := range b.found.Sources[:min(asked, len(b.found.Sources))] {
		doc, diags := s.Open()
		if diags.HasErrors() || doc.Rubric.ID == "" || doc.IsReport() {
			continue
		}
		ref := doc.Rubric.String()
		if votes[ref]++; votes[ref] > votes[name] {
			name = ref
		}
	}
	if name == "" {
		return failAt(diag.Pos{File: filepath.ToSlash(b.dir)}, diag.M("the returns do not say which rubric they are for"),
			diag.M("name one: -r RUBRIC; “dudao rubrics” lists them"))
	}
	b.program, err = b.compile(name)
	return err
}

// run scores what isn't there from before and writes each report as soon as it is
// drawn.
func (b *batchRun) run(ctx context.Context) error {
	drawn := make([]drawing, len(b.found.Sources))
	job := &batch.Batch{Program: b.program, Sources: b.found.Sources, Workers: b.o.jobs, AnyRubric: b.o.rubric != "", Elsewhere: b.namesOf(b.program.Rubric), Prepare: b.prepare, Skip: b.isDone}
	bar := b.newProgress(len(b.found.Sources))
	for r := range job.Run(ctx, func(r *batch.Result) { drawn[r.Index] = b.drawOne(r) }) {
		if r.IsReport {
			b.found.Passed = append(b.found.Passed, batch.Passed{Name: r.Source.Name, Why: diag.M("it is a report or a summary that dudao wrote")})
			bar.keep(1)
			continue
		}
		rec := &b.records[r.Index]
		*rec = drawn[r.Index].record
		rec.Key = b.keys[r.Index]
		b.write(rec, drawn[r.Index].report)
		drawn[r.Index] = drawing{}
		bar.step(rec)
		if rec.Key == "" {
			continue
		}
		if err := batch.WriteLines(b.journal, *rec); err != nil {
			return fail(diag.M("the results can’t be written"), diag.M("make room on the disk, or name a file on another one with -o"))
		}
		*rec = batch.Record{Key: rec.Key} // collect reads it from there: the others have to be scored yet
	}
	bar.keep(int(b.kept.Load()))
	bar.end()
	if ctx.Err() != nil {
		e := usageError(fail(diag.M("stopped: %s of %s returns are scored, and their reports are whole", strconv.Itoa(bar.done), strconv.Itoa(len(b.found.Sources))),
			diag.M("the same command with --resume goes on from there")))
		e.code = stopped
		return e
	}
	return nil
}

// prepare fills in what a cover doesn't say.
func (b *batchRun) prepare(ret *returns.Return) (*returns.Return, diag.List) {
	if ret.Year == 0 {
		ret.Year = b.o.year
	}
	if ret.Date == "" {
		ret.Date = b.o.date
	}
	if b.review != nil {
		return b.program.Review(ret, b.review)
	}
	return ret, nil
}

// drawing is a result with its report, ready to be written.
type drawing struct {
	record batch.Record
	report []byte
}

// drawOne draws the report of a result and lets go of everything else.
func (b *batchRun) drawOne(r *batch.Result) drawing {
	d := drawing{record: r.Record(b.program)}
	d.record.Digest = b.digests[r.Index]
	if r.Card == nil {
		return d
	}
	for _, v := range r.Card.Values {
		if v.Table == "" && v.Field == b.group && v.Back == 0 {
			d.record.Group = v.Text
		}
	}
	if b.o.format != "none" {
		ret, card := r.Return, r.Card
		r.Return, r.Card = nil, nil // which the collector may have while the report is written
		var err error
		if d.report, err = b.draw(b.o.format, b.program, ret, card); err != nil {
			d.record.Unwritten = batch.Findings(usageError(err).diags)
		}
	}
	r.Return, r.Card = nil, nil
	return d
}

// write writes a report, if there is one. The result of the unit stands also without it.
func (b *batchRun) write(rec *batch.Record, report []byte) {
	if report == nil {
		return
	}
	ext := b.o.format
	name := filepath.Join(b.o.out, reportFolder, b.names.take(rec.Cover, rec.Source, b.Sprint(diag.M("%s-report", ""))+"."+ext))
	if err := writeFile(name, ext, report, b.o.force); err != nil {
		rec.Unwritten, rec.Key = batch.Findings(usageError(err).diags), "" // none if told to stop
		return
	}
	rec.Report = reportFolder + "/" + filepath.Base(name)
}

// rubricName is what stands in messages.
func rubricName(r *rubric.Rubric) string {
	return strings.TrimSpace(r.Title.Text + "  " + r.Ref().String())
}
