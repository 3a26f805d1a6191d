package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

// holds checks what is in a folder: one file, and what is in that.
func holds(t *testing.T, dir, name string, contents ...string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != 1 || list[0].Name() != name {
		t.Fatalf("the folder holds %v, %v", list, err)
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || !slices.Contains(contents, string(data)) {
		t.Fatalf("the file holds %.40q…, %d characters, %v", data, len(data), err)
	}
}

func TestWriteWhole(t *testing.T) {
	dir := t.TempDir()
	for _, content := range []string{"", "a", string(make([]byte, 3<<20))} {
		if err := writeWhole(filepath.Join(dir, "a.xlsx"), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		holds(t, dir, "a.xlsx", content)
	}
	if err := writeWhole(filepath.Join(dir, "none", "a.xlsx"), nil, 0o644); err == nil {
		t.Error("wrote into a folder that isn't there")
	}
}

// large is so much that writing it takes a while.
const large = 1 << 30

// TestLongWrite isn't a test of its own: it is what TestStop stops.
func TestLongWrite(t *testing.T) {
	name := os.Getenv("DUDAO_LONG_WRITE")
	if name == "" {
		t.Skip("only a part of TestStop")
	}
	err := writeWhole(name, make([]byte, large), 0o644)
	if errors.Is(err, errStop) {
		os.Exit(stopped)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Ctrl-C in the middle of writing leaves what was there, and nothing else.
func TestStop(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no process can send Ctrl-C to another there")
	}
	if testing.Short() {
		t.Skip("writes a gigabyte")
	}
	for range 5 {
		dir := t.TempDir()
		name := filepath.Join(dir, "a.xlsx")
		if err := os.WriteFile(name, []byte("before"), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLongWrite$")
		cmd.Env = append(os.Environ(), "DUDAO_LONG_WRITE="+name)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(time.Millisecond) {
			if list, _ := os.ReadDir(dir); len(list) == 2 {
				break
			}
		}
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		err := cmd.Wait()
		if err == nil { // too late: it had written everything
			continue
		}
		if code := cmd.ProcessState.ExitCode(); code != stopped {
			t.Errorf("it ended with status %d: %v", code, err)
		}
		holds(t, dir, "a.xlsx", "before")
		return
	}
	t.Error("it never was in the middle of writing")
}
