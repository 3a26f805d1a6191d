package assessment_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
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
// that writes two plain sheets; both with all processors. Memory is what the batch
// takes at most, sampled; that of one county is the measure for it.
func BenchmarkProvince(b *testing.B) {
	p := shipped("quality-balanced-2017")
	in := b.TempDir()
	made := 0
	for _, n := range provinceSizes() {
		for ; made < n; made++ {
			if err := os.WriteFile(filepath.Join(in, fmt.Sprintf("%03d.xlsx", made)), countyForm(p, uint64(made)), 0o644); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(fmt.Sprintf("counties=%d", n), func(b *testing.B) {
			out := b.TempDir()
			var ours, floor time.Duration
			var most, mostFloor uint64
			for b.Loop() {
				debug.FreeOSMemory()
				start := time.Now()
				most = max(most, peak(func() { provinceReports(b, in, out, n) }))
				ours += time.Since(start)
				debug.FreeOSMemory()
				start = time.Now()
				mostFloor = max(mostFloor, peak(func() { provinceFloor(b, in, out, n) }))
				floor += time.Since(start)
			}
			b.ReportMetric(float64(ours.Milliseconds())/float64(b.N*n), "ms/county")
			b.ReportMetric(float64(floor.Milliseconds())/float64(b.N*n), "ms-floor/county")
			b.ReportMetric(float64(ours)/float64(floor), "times-floor")
			b.ReportMetric(float64(most)/(1<<20), "MiB")
			b.ReportMetric(float64(mostFloor)/(1<<20), "MiB-floor")
		})
	}
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

// peak is the most memory that work takes, of what the system sees.
func peak(work func()) uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	taken := func() uint64 {
		metrics.Read(samples)
		return samples[0].Value.Uint64() - samples[1].Value.Uint64()
	}
	before, most := taken(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for tick := time.NewTicker(5 * time.Millisecond); ; {
			select {
			case <-stop:
				tick.Stop()
				return
			case <-tick.C:
				most = max(most, taken())
			}
		}
	}()
	work()
	close(stop)
	<-stopped
	return most - min(before, most)
}
