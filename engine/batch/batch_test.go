package batch_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/rubric"
)

const scheme = `id: small
title: 小细则
version: "1"
scored: 县
data:
  基本:
    fields:
      在校生: {unit: 人, type: whole, min: 0}
      普惠在园: {unit: 人, type: whole, min: 0}
      普惠率: {type: percent, formula: "ratio(普惠在园, 在校生) * 100"}
items:
  - {id: "1", title: 普惠率达到85%, points: 10, pass: 普惠率 >= 85}
round: "0"
grades:
  - {grade: 合格, from: 60}
  - {grade: 不合格}
`

func program(t testing.TB, text string) *engine.Program {
	t.Helper()
	r, diags := rubric.Load("small.yaml", []byte(text), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

func county(n, share int) *fstest.MapFile {
	return &fstest.MapFile{Data: fmt.Appendf(nil, "rubric: small@1\nname: 县%03d\ncode: \"51%04d\"\nyear: 2023\ndata: {在校生: 1000, 普惠在园: %d}\n", n, n, share)}
}

func counties(n int) fstest.MapFS {
	files := fstest.MapFS{}
	for i := range n {
		files[fmt.Sprintf("%03d.yaml", i)] = county(i, 700+i%300)
	}
	return files
}

func find(t testing.TB, files fstest.MapFS) ([]batch.Source, []batch.Passed) {
	t.Helper()
	found, err := batch.Find(files, "in", nil, func(name string) bool { return name == "out" })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(found.Close)
	return found.Sources, found.Passed
}

func TestFind(t *testing.T) {
	files := counties(1)
	for name, text := range map[string]string{
		"市/甲/return.yaml": "x", "市/甲/附件.yaml": "x", "市/乙/学校.csv": "x", "市/丙.zip": "x", "市/说明.docx": "x", "市/旧.XLS": "x",
		"~$甲.xlsx": "x", ".git/return.yaml": "x", "out/a.yaml": "x", "__MACOSX/b.yaml": "x",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	sources, passed := find(t, files)
	var got []string
	for _, s := range sources {
		got = append(got, s.Name)
	}
	if want := []string{"000.yaml", "市/丙.zip", "市/乙", "市/旧.XLS", "市/甲"}; !reflect.DeepEqual(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	got = nil
	for _, p := range passed {
		got = append(got, p.Name)
	}
	if want := []string{"out", "~$甲.xlsx", "市/说明.docx"}; !reflect.DeepEqual(got, want) {
		t.Errorf("passed over %q, want %q", got, want)
	}

	before, err := sources[4].Digest()
	if err != nil {
		t.Fatal(err)
	}
	files["市/甲/附件.yaml"] = &fstest.MapFile{Data: []byte("y")}
	if after, _ := sources[4].Digest(); after == before {
		t.Error("another file in a folder doesn't change its digest")
	}
}

// Results come in the order of the files whatever takes how long, and one that can't
// be read stops nothing.
func TestRunKeepsTheOrder(t *testing.T) {
	files := counties(40)
	files["007.yaml"] = &fstest.MapFile{Data: []byte("rubric: [\n")}
	files["008.yaml"] = &fstest.MapFile{Data: []byte("rubric: other@1\ndata: {}\n")}
	sources, _ := find(t, files)
	p := program(t, scheme)
	b := &batch.Batch{Program: p, Sources: sources, Workers: 4}
	var busy, most atomic.Int64
	next := 0
	for r := range b.Run(context.Background(), func(r *batch.Result) {
		most.Store(max(most.Load(), busy.Add(1)))
		time.Sleep(time.Duration(7-r.Index%7) * time.Millisecond)
		busy.Add(-1)
	}) {
		if r.Index != next {
			t.Fatalf("result %d came when %d was due", r.Index, next)
		}
		next++
		if failed := r.Card == nil; failed != (r.Index == 7 || r.Index == 8) {
			t.Errorf("%s: failed is %v: %v", r.Source.Name, failed, r.Diags)
		}
		if r.Index == 7 || r.Index == 8 {
			if rec := r.Record(p); len(rec.Failed) == 0 || rec.Failed[0].Pos.File != "in/"+r.Source.Name {
				t.Errorf("%s: %+v", r.Source.Name, rec.Failed)
			}
		}
	}
	if next != 40 || most.Load() > 4 {
		t.Errorf("%d results, %d at once", next, most.Load())
	}
}

func TestRunCanBeStopped(t *testing.T) {
	sources, _ := find(t, counties(200))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b := &batch.Batch{Program: program(t, scheme), Sources: sources, Workers: 2}
	n := 0
	for range b.Run(ctx, nil) {
		if n++; n == 5 {
			cancel()
		}
	}
	if n < 5 || n > 5+2*2 {
		t.Errorf("%d results after a stop at the fifth", n)
	}
	n = 0
	for range b.Run(context.Background(), nil) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d results after a break at the third", n)
	}
}

// What is known from before is neither read nor told.
func TestRunSkips(t *testing.T) {
	sources, _ := find(t, counties(6))
	b := &batch.Batch{Program: program(t, scheme), Sources: sources, Skip: func(i int, _ string) bool { return i%2 == 0 }}
	var got []int
	for r := range b.Run(context.Background(), nil) {
		got = append(got, r.Index)
	}
	if !reflect.DeepEqual(got, []int{1, 3, 5}) {
		t.Errorf("scored %v", got)
	}
}

func TestRecordsSurviveJSON(t *testing.T) {
	files := counties(5)
	files["005.yaml"] = &fstest.MapFile{Data: []byte("rubric: small@1\nname: =县\nyear: 2023\ndata: {在校生: 0, 普惠在园: 5}\n")}
	files["006.yaml"] = &fstest.MapFile{Data: []byte("rubric: [\n")}
	files["007.yaml"] = files["003.yaml"]
	sources, _ := find(t, files)
	p := program(t, scheme)
	var records []batch.Record
	for r := range (&batch.Batch{Program: p, Sources: sources}).Run(context.Background(), nil) {
		records = append(records, r.Record(p))
	}
	batch.Repeated(records)
	if a, b := records[3].Problems, records[7].Problems; len(a) == 0 || len(b) == 0 || a[len(a)-1].Said[0].Args[1] != "007.yaml" || b[len(b)-1].Said[0].Args[1] != "003.yaml" {
		t.Errorf("a unit that stands twice: %v, %v", a, b)
	}
	warned := records[3].Warnings
	if batch.Repeated(records); len(records[3].Problems) != warned || records[3].Warnings != warned {
		t.Errorf("a batch that goes on from another warns again: %v", records[3].Problems)
	}
	var out bytes.Buffer
	if err := batch.WriteLines(&out, records...); err != nil {
		t.Fatal(err)
	}
	again, diags := batch.ReadLines("results.jsonl", bytes.NewReader(out.Bytes()))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if !reflect.DeepEqual(again, records) {
		t.Errorf("records changed:\n%+v\n%+v", again, records)
	}
	torn := out.Bytes()[:out.Len()-20]
	if again, diags := batch.ReadLines("results.jsonl", bytes.NewReader(torn)); diags.HasErrors() || len(again) != len(records)-1 {
		t.Errorf("a torn last line: %d records, %v", len(again), diags)
	}
	if _, diags := batch.ReadLines("results.jsonl", strings.NewReader(strings.Replace(out.String(), `"source"`, `"sauce"`, 1))); !diags.HasErrors() {
		t.Error("a line that is no record is taken for one")
	}
	endless := io.MultiReader(strings.NewReader(`{"source":"`), zeros{})
	if _, diags := batch.ReadLines("results.jsonl", endless); !diags.HasErrors() {
		t.Error("a line without an end is read for ever")
	}
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

func FuzzReadLines(f *testing.F) {
	f.Add([]byte(`{"source":"a.xlsx","cover":{"name":"甲"},"total":{"points":1,"lower":1,"upper":1,"full":2},"rate":50,"complete":true}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		records, diags := batch.ReadLines("x", bytes.NewReader(data))
		if diags.HasErrors() {
			return
		}
		var out bytes.Buffer
		if err := batch.WriteLines(&out, records...); err != nil {
			t.Fatal(err)
		}
		if again, diags := batch.ReadLines("x", bytes.NewReader(out.Bytes())); diags.HasErrors() || len(again) != len(records) {
			t.Fatalf("%d records, then %d: %v", len(records), len(again), diags)
		}
	})
}

// The blocks of two units are the same only if all that was submitted is.
func TestBlocksTellUnitsApart(t *testing.T) {
	p := program(t, scheme)
	sources, _ := find(t, fstest.MapFS{"1.yaml": county(1, 800), "2.yaml": county(2, 800), "3.yaml": county(3, 801)})
	var records []batch.Record
	for r := range (&batch.Batch{Program: p, Sources: sources}).Run(context.Background(), nil) {
		records = append(records, r.Record(p))
	}
	hash := func(i int) string { return records[i].Blocks[0].Hash }
	if hash(0) != hash(1) || hash(1) == hash(2) {
		t.Errorf("hashes %s %s %s", hash(0), hash(1), hash(2))
	}
	if got := len(records[0].Figures); got != 3 {
		t.Errorf("%d figures, want 3", got)
	}
}

// A program may be used by many batches at once.
func TestBatchesAtOnce(t *testing.T) {
	p := program(t, scheme)
	sources, _ := find(t, counties(30))
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for r := range (&batch.Batch{Program: p, Sources: sources, Workers: 2}).Run(context.Background(), nil) {
				if r.Card == nil {
					t.Error(r.Diags)
				}
			}
		})
	}
	all.Wait()
}

// Where units are compared, each is scored among the others, whichever of them can't
// be read and however many are at work.
func TestRunCompares(t *testing.T) {
	p := program(t, strings.Replace(scheme, "pass: 普惠率 >= 85}", "rank: {of: 普惠率, points: [10, 6, 3], first: high}}", 1))
	files := fstest.MapFS{"1.yaml": county(1, 800), "2.yaml": county(2, 900), "3.yaml": county(3, 900), "4.yaml": county(4, 700), "5.yaml": county(5, 600),
		"6.yaml": &fstest.MapFile{Data: []byte("rubric: [\n")}}
	sources, _ := find(t, files)
	for _, workers := range []int{1, 3} {
		var compared []string
		var got []float64
		b := &batch.Batch{Program: p, Sources: sources, Workers: workers, Skip: func(_ int, hash string) bool { compared = append(compared, hash); return false }}
		if workers > 1 {
			b.Skip = nil
		}
		for r := range b.Run(context.Background(), nil) {
			if r.Card != nil {
				got = append(got, r.Card.Total.Points)
			}
		}
		if want := []float64{3, 10, 10, 0, 0}; !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers: points %v, want %v", workers, got, want)
		}
		for _, hash := range compared {
			if hash == "" || hash != compared[0] {
				t.Errorf("what is compared has the hashes %q", compared)
			}
		}
	}
}

// For the results alone a batch holds on to no return.
func TestRunBrief(t *testing.T) {
	p := program(t, scheme)
	sources, _ := find(t, counties(20))
	var full []engine.Amount
	for r := range (&batch.Batch{Program: p, Sources: sources}).Run(context.Background(), nil) {
		full = append(full, r.Card.Total)
	}
	seen := 0
	b := &batch.Batch{Program: p, Sources: sources, Brief: true}
	for r := range b.Run(context.Background(), func(r *batch.Result) {
		if r.Return == nil {
			t.Error("there is no return before the result is yielded")
		}
	}) {
		if r.Return != nil || r.Card.Total != full[r.Index] || len(r.Card.Values) > 0 {
			t.Errorf("%s: %+v, want %+v", r.Source.Name, r.Card.Total, full[r.Index])
		}
		seen++
	}
	if seen != 20 {
		t.Errorf("%d results", seen)
	}
}
