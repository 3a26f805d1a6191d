package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A disk that is full leaves what was there, and nothing else.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skip("no small disk can be mounted:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	name := filepath.Join(dir, "a.xlsx")
	if err := os.WriteFile(name, []byte("before"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := writeFile(name, "xlsx", make([]byte, 1<<20), true)
	if err == nil {
		t.Fatal("a megabyte went into 256 kilobytes")
	}
	holds(t, dir, "a.xlsx", "before")

	// People are told what is the matter, not to close Excel.
	var out bytes.Buffer
	if code := run([]string{"form", "funding-no-decrease", "-o", filepath.Join(dir, "b.xlsx"), "--lang", "en"}, nil, &out, &out); code != 0 {
		t.Fatal(out.String())
	}
	fill := make([]byte, 1<<20)
	rest, err := os.Create(filepath.Join(dir, "rest"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = rest.Write(fill) // as much as there is room for
	rest.Close()
	out.Reset()
	code := run([]string{"form", "funding-no-decrease", "-o", filepath.Join(dir, "c.xlsx"), "--lang", "en"}, nil, &out, &out)
	if code != exitFailed || !strings.Contains(out.String(), "c.xlsx") || !strings.Contains(out.String(), "make room on the disk") {
		t.Errorf("status %d: %s", code, out.String())
	}
	if list, _ := os.ReadDir(dir); len(list) != 3 {
		t.Errorf("the folder holds %v", list)
	}
}
