//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"dudao/reports/book"
)

// interrupting sends this process a Ctrl-C as soon as it reads a text.
type interrupting struct {
	at   string
	seen bytes.Buffer
	sent bool
}

func (w *interrupting) Write(p []byte) (int, error) {
	w.seen.Write(p)
	if !w.sent && strings.Contains(w.seen.String(), w.at) {
		w.sent = true
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// A batch that is stopped leaves whole reports, and goes on from there as if nothing
// had been.
func TestBatchStopped(t *testing.T) {
	dir := t.TempDir()
	in, out, straight := filepath.Join(dir, "in"), filepath.Join(dir, "out"), filepath.Join(dir, "straight")
	if err := os.Mkdir(in, 0o755); err != nil {
		t.Fatal(err)
	}
	const counties = 40
	for i := range counties {
		text := fmt.Sprintf("rubric: funding-no-decrease@2021.1\nname: 县%02d\ncode: \"5100%02d\"\nyear: 2021\ndata:\n  一般公共预算教育支出: [%d, 500]\n", i, i, 490+i)
		if err := os.WriteFile(filepath.Join(in, fmt.Sprintf("%02d.yaml", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	dudao := func(errOut io.Writer, args ...string) (int, string) {
		var stdout bytes.Buffer
		return run(append([]string{"batch", in}, args...), strings.NewReader(""), &stdout, errOut), stdout.String()
	}
	w := &interrupting{at: fmt.Sprintf("[5/%d]", counties)}
	if code, _ := dudao(w, "-o", out); code != stopped {
		t.Fatalf("exit status %d, want %d:\n%s", code, stopped, w.seen.String())
	}
	reports, err := filepath.Glob(filepath.Join(out, reportFolder, "*"))
	if err != nil || len(reports) < 5 || len(reports) == counties {
		t.Fatalf("%d reports after a stop at the fifth", len(reports))
	}
	for _, name := range reports {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, same := book.Untouched(data); !same {
			t.Errorf("%s is not whole", name)
		}
	}
	if _, err := os.Stat(filepath.Join(out, resultLines)); err == nil {
		t.Error("a stopped batch says that it is finished")
	}
	code, said := dudao(io.Discard, "-o", out, "--resume")
	if code != exitDone || !strings.Contains(said, fmt.Sprintf("上次的 %d 份结果", len(reports))) {
		t.Fatalf("going on: exit status %d, %d reports were there:\n%s", code, len(reports), said)
	}
	if code, _ := dudao(io.Discard, "-o", straight); code != exitDone {
		t.Fatalf("exit status %d", code)
	}
	for _, name := range []string{resultTable, resultLines, runLog} {
		a, errA := os.ReadFile(filepath.Join(out, name))
		b, errB := os.ReadFile(filepath.Join(straight, name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s is not the same as without the stop (%v, %v)", name, errA, errB)
		}
	}
}
