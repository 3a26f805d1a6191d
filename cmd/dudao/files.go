package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/returns"
)

// readFile reads an input; "-" is standard input.
func (a *app) readFile(name string, limit int64) ([]byte, error) {
	if name == "-" {
		data, err := io.ReadAll(io.LimitReader(a.in, limit+1))
		if err != nil {
			return nil, fail(diag.M("standard input can’t be read"))
		}
		return data, nil
	}
	at := diag.Pos{File: filepath.ToSlash(name)}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, failAt(at, diag.M("there is no such file"), diag.M("check the name and the folder you are in"))
	case err != nil:
		return nil, failAt(at, diag.M("the file can’t be read"), diag.M("check that it is not open elsewhere and that you may read it"))
	case info.IsDir():
		return nil, failAt(at, diag.M("this is a folder, not a file"))
	case info.Size() > limit:
		return nil, failAt(at, diag.M("the file is too large to be a return"))
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, failAt(at, diag.M("the file can’t be read"), diag.M("check that it is not open elsewhere and that you may read it"))
	}
	return data, nil
}

// writeFile writes an output whole or not at all. It never replaces what a person
// may have worked on, unless force is given: only what is untouched since dudao wrote
// it. form is the ending that its name must have.
func writeFile(name, form string, data []byte, force bool, inputs ...string) error {
	at := diag.Pos{File: filepath.ToSlash(name)}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return failAt(at, diag.M("this is a folder, not a file"), diag.M("name another file with -o"))
	}
	if !strings.EqualFold(filepath.Ext(name), "."+form) {
		return failAt(at, diag.M("the report is written as %s, so its name must end in .%s", form, form))
	}
	for _, in := range inputs {
		if sameFile(name, in) {
			return failAt(at, diag.M("the output would replace an input"), diag.M("name another file with -o"))
		}
	}
	if !force && edited(name) {
		return failAt(at, diag.M("the file exists and may hold someone’s work, so it is not replaced"),
			diag.M("name another file with -o, or replace it with --force"))
	}
	err := writeWhole(name, data, 0o644)
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errStop):
		return &exit{code: stopped}
	case errors.As(err, &path) && path.Op == "open":
		return failAt(at, diag.M("nothing can be written to this folder"), diag.M("check that it exists and that you may write there, or name another file with -o"))
	case errors.As(err, &link): // written, but not put in its place
		return failAt(at, diag.M("the file can’t be written"), diag.M("close it in Excel or WPS if it is open there"))
	}
	return failAt(at, diag.M("the file can’t be written"), diag.M("make room on the disk, or name a file on another one with -o"))
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// edited reports whether a file exists that isn't just what dudao wrote.
func edited(name string) bool {
	info, err := os.Stat(name)
	if err != nil {
		return false
	}
	if info.Size() > returns.DefaultLimits.FileSize {
		return true
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return true
	}
	return !untouched(data)
}
