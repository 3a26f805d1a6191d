package main

import (
	"os"
	"path/filepath"
	"testing"

	"dudao/engine/batch"
)

// What a run has scored is read back whole, in the order of the sources, or not at
// all.
func TestCollect(t *testing.T) {
	of := func(journal string) (*batchRun, error) {
		b := &batchRun{o: batchOptions{out: t.TempDir()}, records: []batch.Record{{Key: "1"}, {Source: "kept here"}, {Key: "2"}}}
		if err := os.WriteFile(filepath.Join(b.o.out, journalFile), []byte(journal), 0o644); err != nil {
			t.Fatal(err)
		}
		return b, b.collect()
	}
	const two, before, one = `{"source":"b","key":"2"}` + "\n", `{"source":"c","key":"0"}` + "\n", `{"source":"a","key":"1"}` + "\n"
	b, err := of(two + before + one)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"a", "kept here", "b"} {
		if got := b.records[i].Source; got != want {
			t.Errorf("record %d is of %s, not %s", i, got, want)
		}
	}
	if b, err = of(two + one + two); err != nil || b.records[2].Source != "b" {
		t.Errorf("a result that stands there twice: %v, %v", b.records, err)
	}
	for _, journal := range []string{"", before + one, two + one[:9], two + "\x00\n" + one} {
		if _, err := of(journal); err == nil {
			t.Errorf("%q passes for all results", journal)
		}
	}
}
