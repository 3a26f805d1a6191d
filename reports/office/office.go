// Package office lets LibreOffice calculate workbooks, as the second opinion of
// tests on what the formulas in them are worth. Nothing that users run needs it.
package office

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Workbook has the sheets by their names, and of each the cells that hold
// something by their places: book["总览"]["B4"].
type Workbook map[string]map[string]Cell

// Cell is a cell as LibreOffice has calculated it. A formula that gives a truth
// value gives 1 or 0: LibreOffice has truth values as numbers.
type Cell struct {
	Value   any    // nil, float64, string, bool or Error
	Formula string // without the leading =
}

// Error is what stands in a cell that can't be calculated: #DIV/0!
type Error string

// Required is the variable that makes it a failure when there is no LibreOffice.
const Required = "DUDAO_REQUIRE_SOFFICE"

// Recalculate calculates every formula of the files anew, whatever results stand
// in them, and gives the workbooks under the names of the files. Give it many at once,
// since a start of LibreOffice takes seconds.
//
// Without LibreOffice the test is skipped; if Required is set, it fails.
func Recalculate(t testing.TB, files map[string][]byte) map[string]Workbook {
	t.Helper()
	return with(t, files, recalculate)
}

// Saved opens the files in LibreOffice, which calculates them anew, and gives them as
// it saves them.
func Saved(t testing.TB, files map[string][]byte) map[string][]byte {
	t.Helper()
	return with(t, files, saved)
}

func with[T any](t testing.TB, files map[string][]byte, do task[T]) map[string]T {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv(Required) != "" {
			t.Fatalf("%s is set, and there is no soffice", Required)
		}
		t.Skip("there is no soffice: LibreOffice was not asked for its opinion")
	}
	out, err := inBatches(program, files, do)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func recalculate(program, dir string, files map[string][]byte) (map[string]Workbook, error) {
	contents, err := saved(program, dir, files)
	if err != nil {
		return nil, err
	}
	books := map[string]Workbook{}
	for name, data := range contents {
		if books[name], err = Read(data); err != nil {
			return nil, fmt.Errorf("%s, as converted: %w", name, err)
		}
	}
	return books, nil
}

// saved works in a folder of its own, so that several can do so at once.
func saved(program, dir string, files map[string][]byte) (map[string][]byte, error) {
	names := slices.Sorted(maps.Keys(files))
	in, out, profile := filepath.Join(dir, "in"), filepath.Join(dir, "out"), filepath.Join(dir, "profile")
	if err := writeProfile(profile); err != nil {
		return nil, err
	}
	if err := os.Mkdir(in, 0o755); err != nil {
		return nil, err
	}
	// The files get numbers for names: theirs may be none that a disk takes.
	number := func(i int) string { return fmt.Sprintf("%05d.xlsx", i) }
	contents := [][]byte{canary()}
	for _, name := range names {
		contents = append(contents, files[name])
	}
	var paths []string
	for i, content := range contents {
		path := filepath.Join(in, number(i))
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	said, err := convert(program, dir, profile, out, paths)
	if err != nil {
		return nil, fmt.Errorf("soffice: %w\n%s", err, said)
	}
	open := func(i int, name string) ([]byte, error) {
		data, err := os.ReadFile(filepath.Join(out, number(i)))
		if err != nil {
			return nil, fmt.Errorf("soffice did not convert %s\n%s", name, said)
		}
		return data, nil
	}
	// Nothing is believed before the canary has sung.
	data, err := open(0, "the canary")
	if err != nil {
		return nil, err
	}
	bird, err := Read(data)
	if err != nil {
		return nil, fmt.Errorf("the canary, as converted: %w", err)
	}
	if err := sings(bird); err != nil {
		return nil, err
	}
	books := map[string][]byte{}
	for i, name := range names {
		if books[name], err = open(i+1, name); err != nil {
			return nil, err
		}
	}
	return books, nil
}

// convert runs LibreOffice over the files and returns what it said.
func convert(program, home, profile, out string, paths []string) (string, error) {
	limit := 4*time.Minute + time.Duration(len(paths))*5*time.Second // it may hang; the machine may be busy
	ctx, stop := context.WithTimeout(context.Background(), limit)
	defer stop()
	cmd := exec.CommandContext(ctx, program, append([]string{
		"-env:UserInstallation=" + (&url.URL{Scheme: "file", Path: filepath.ToSlash(profile)}).String(),
		"--headless", "--norestore", "--nolockcheck", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out,
	}, paths...)...)
	// It reads and writes nothing outside our folder, and asks for no screen.
	cmd.Env = append(os.Environ(), "HOME="+home, "TMPDIR="+home, "SAL_USE_VCLPLUGIN=svp")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	killAll(cmd)
	cmd.WaitDelay = 10 * time.Second
	err := cmd.Run()
	if ctx.Err() != nil {
		err = fmt.Errorf("not done after %v", limit)
	}
	return said.String(), err
}

// writeProfile makes settings with which LibreOffice calculates on loading.
// Without them it believes the results that stand in a file, and every
// comparison with them comes out well.
func writeProfile(dir string) error {
	user := filepath.Join(dir, "user")
	if err := os.MkdirAll(user, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(`<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`), 0o644)
}
