package assessment_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	"dudao/engine/batch"
	"dudao/engine/text"
	"dudao/reports/assessment"
)

// provinceSizes are the numbers of counties; a whole province is measured where
// DUDAO_PROVINCE is set, for its forms alone take minutes to be made.
func provinceSizes() []int {
	if os.Getenv("DUDAO_PROVINCE") != "" {
		return []int{1, 183}
	}
	return []int{1, 6}
}

// BenchmarkProvince scores the forms of a province, each of 150 schools, into full
// reports, and beside it, in turns, a program written by hand for this one scheme
// that writes two plain sheets; both with all processors. Then the command does it
// all: what memory it takes beyond what it does for one county is to stay bounded.
func BenchmarkProvince(b *testing.B) {
	p := shipped("quality-balanced-2017")
	in := b.TempDir()
	command := filepath.Join(b.TempDir(), "dudao")
	if message, err := exec.Command("go", "build", "-o", command, "dudao/cmd/dudao").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, message)
	}
	made := 0
	var one uint64 // bytes that the command takes for one county
	for _, n := range provinceSizes() {
		for ; made < n; made++ {
			if err := os.WriteFile(filepath.Join(in, fmt.Sprintf("%03d.xlsx", made)), countyForm(p, uint64(made)), 0o644); err != nil {
				b.Fatal(err)
			}
		}
		if n > 1 {
			b.Run(fmt.Sprintf("counties=%d", n), func(b *testing.B) { provinceTimes(b, in, n) })
		}
		b.Run(fmt.Sprintf("counties=%d/command", n), func(b *testing.B) {
			most := uint64(0)
			for b.Loop() {
				most = max(most, batchMemory(b, command, in))
			}
			if one == 0 {
				one = most
			}
			b.ReportMetric(float64(most)/(1<<20), "MiB")
			b.ReportMetric((float64(most)-float64(one))/(1<<20), "MiB-above-one")
		})
	}
}

// provinceTimes measures both, and how many times the floor's time a report takes.
func provinceTimes(b *testing.B, in string, n int) {
	out := b.TempDir()
	var ours, floor time.Duration
	for b.Loop() {
		debug.FreeOSMemory()
		start := time.Now()
		provinceReports(b, in, out, n)
		ours += time.Since(start)
		debug.FreeOSMemory()
		start = time.Now()
		provinceFloor(b, in, out, n)
		floor += time.Since(start)
	}
	b.ReportMetric(float64(ours.Milliseconds())/float64(b.N*n), "ms/county")
	b.ReportMetric(float64(floor.Milliseconds())/float64(b.N*n), "ms-floor/county")
	b.ReportMetric(float64(ours)/float64(floor), "times-floor")
}

// batchMemory is the most memory that the command takes for all forms of a folder, as
// the system sees it.
func batchMemory(b *testing.B, command, in string) uint64 {
	var said bytes.Buffer
	c := exec.Command(command, "batch", in, "-o", filepath.Join(b.TempDir(), "结果"), "--quiet")
	c.Stdout, c.Stderr = &said, &said
	most, err := peakMemory(c)
	if err != nil {
		b.Fatalf("%v\n%s", err, said.String())
	}
	return most
}

func provinceReports(b *testing.B, in, out string, n int) {
	p, _ := county()
	found, err := batch.Find(os.DirFS(in), in, p.Rubric, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer found.Close()
	job := &batch.Batch{Program: p, Sources: found.Sources}
	done := 0
	for r := range job.Run(context.Background(), func(r *batch.Result) {
		if r.Card == nil {
			b.Error(r.Diags)
			return
		}
		var report bytes.Buffer
		if err := assessment.Book(p, r.Return, r.Card, text.New("zh"), "test").Write(&report); err != nil {
			b.Error(err)
		}
		if err := os.WriteFile(filepath.Join(out, r.Source.Name), report.Bytes(), 0o644); err != nil {
			b.Error(err)
		}
		r.Return, r.Card = nil, nil
	}) {
		_ = r
		done++
	}
	if done != n {
		b.Errorf("%d of %d counties", done, n)
	}
}

func provinceFloor(b *testing.B, in, out string, n int) {
	next := make(chan int)
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := range next {
				name := fmt.Sprintf("%03d.xlsx", i)
				form, err := os.ReadFile(filepath.Join(in, name))
				if err != nil {
					b.Error(err)
				}
				var report bytes.Buffer
				if _, err := floorCounty(form, &report); err != nil {
					b.Error(err)
				}
				if err := os.WriteFile(filepath.Join(out, "floor-"+name), report.Bytes(), 0o644); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}
