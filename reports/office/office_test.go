package office

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dudao/reports/book"
)

func write(t testing.TB, b *book.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// hall is a workbook with n formulas, all beside a wrong result.
func hall(n int) *book.Book {
	s := &book.Sheet{Name: "甲's"}
	for i := range n {
		s.Rows = append(s.Rows, book.Row{Cells: []book.Cell{
			{Value: float64(i)}, {Value: "文<&\n字 "}, {Formula: fmt.Sprintf("ROUND(A%d/3,2)", i+1), Value: -1.0},
		}})
	}
	return &book.Book{Sheets: []*book.Sheet{s}}
}

func TestRecalculate(t *testing.T) {
	mixed := &book.Book{Sheets: []*book.Sheet{{Name: "a", Rows: []book.Row{{Cells: []book.Cell{
		{Value: true}, {Value: "x"}, {Formula: "A1"}, {Formula: `B1&"_x000D_<"`}, {Formula: "Z9"}, {Formula: `""`}, {Formula: "无名", Value: 1.0},
	}}}}, {Name: "b", Rows: []book.Row{{Cells: []book.Cell{{Formula: "a!B1"}}}}}}}
	got := Recalculate(t, map[string][]byte{"县/一.xlsx": write(t, hall(3)), "mixed": write(t, mixed)})
	if len(got) != 2 {
		t.Errorf("%d workbooks", len(got))
	}
	for at, want := range map[string]Cell{
		"A2": {Value: 1.0}, "B2": {Value: "文<&\n字 "}, "C2": {0.33, "ROUND(A2/3,2)"}, "C3": {0.67, "ROUND(A3/3,2)"},
	} {
		if c := got["县/一.xlsx"]["甲's"][at]; c != want {
			t.Errorf("%s: got %#v, want %#v", at, c, want)
		}
	}
	for at, want := range map[string]any{"A1": true, "B1": "x", "C1": 1.0, "D1": "x_x000D_<", "E1": 0.0, "F1": "", "G1": Error("#NAME?")} {
		if c := got["mixed"]["a"][at]; c.Value != want {
			t.Errorf("%s: got %#v, want %#v", at, c.Value, want)
		}
	}
	if c := got["mixed"]["b"]["A1"]; c.Value != "x" || c.Formula != "a!B1" {
		t.Errorf("b!A1: got %#v", c)
	}
}

// script is a soffice that does what we say.
func script(t *testing.T, lines string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "soffice")
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+lines), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no sh")
	}
	return name
}

// An office that only copies, as one does that isn't made to recalculate, is
// caught by the canary.
func TestBlindOfficeIsCaught(t *testing.T) {
	copies := script(t, `while [ "$1" != --outdir ]; do shift; done
mkdir "$2"; out=$2; shift 2; cp "$@" "$out"`)
	for lines, want := range map[string]string{
		copies:                      "did not recalculate: the canary's A1 =1+1 is 3, not 2",
		script(t, "echo went home"): "soffice did not convert the canary\nwent home",
		script(t, "exit 3"):         "exit status 3",
	} {
		_, err := recalculate(lines, t.TempDir(), map[string][]byte{"a": write(t, hall(1))})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want …%s…", err, want)
		}
	}
}

// Stopping kills also what soffice has started.
func TestKillAll(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), script(t, "sleep 60 & echo started; wait"))
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	killAll(cmd)
	if cmd.SysProcAttr == nil {
		t.Skip("there are no process groups here")
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := pipe.Read(make([]byte, 8)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Cancel(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan bool)
	go func() {
		// The pipe ends when the last process that holds it does.
		for {
			if _, err := pipe.Read(make([]byte, 8)); err != nil {
				close(gone)
				return
			}
		}
	}()
	select {
	case <-gone:
	case <-time.After(20 * time.Second):
		t.Error("a child lives on")
	}
	_ = cmd.Wait() // killed
}

func TestReadRefuses(t *testing.T) {
	if _, err := Read([]byte("PK")); err == nil {
		t.Error("reads what is no workbook")
	}
	const sheet = `<sheetData><row><c r="A1"%s></c></row></sheetData>`
	for in, want := range map[string]string{
		` t="s"><v>7</v`:                      "no shared text 7",
		` t="n"><v>x</v`:                      "invalid syntax",
		` t="d"><v>x</v`:                      "of the kind d",
		`><f t="shared" si="0">A1</f><v>1</v`: "of the kind shared",
	} {
		if _, err := cells(fmt.Appendf(nil, sheet, in), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", in, err)
		}
	}
}

// BenchmarkRecalculate is what a proof costs: 200 workbooks with 2,000 formulas each.
func BenchmarkRecalculate(b *testing.B) {
	files := map[string][]byte{}
	for i := range 200 {
		files[fmt.Sprint(i)] = write(b, hall(2000))
	}
	for b.Loop() {
		Recalculate(b, files)
	}
}

func BenchmarkRead(b *testing.B) {
	data := write(b, hall(2000))
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}
