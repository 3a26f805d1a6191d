package main

import (
	"archive/zip"
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"dudao/reports/book"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

var update = flag.Bool("update", false, "rewrite the expectations of the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"dudao": func() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// The scripts are stories: commands, what they print, the files they read. The
// first word of a name is the verb.
//
// Commands of their own:
//
//	status N COMMAND…           run a command and check its exit status
//	cells FILE                  print the cells of a workbook
//	setcell FILE SHEET CELL V   change a workbook as a person would
//	sheet FILE SHEET TSV        put a sheet into a workbook that isn't ours
//	setmeta FILE KEY V          change what a workbook says of its rubric
//	oldoffice FILE xls|locked   make a file of the old Office
//	cut FILE                    keep only the first half
func TestScripts(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", root)
			env.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "cells": cells, "setcell": setCell, "sheet": sheet, "setmeta": setMeta, "oldoffice": oldOffice, "cut": cut,
		},
	})
}

func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command…")
	}
	want := args[0]
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = string(rune('0' + exit.ExitCode()))
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit status %s, want %s", got, want)
	}
}

func cells(ts *testscript.TestScript, _ bool, args []string) {
	dump, err := book.Dump([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	_, err = ts.Stdout().Write([]byte(dump))
	ts.Check(err)
}

func change(ts *testscript.TestScript, file string, f func(*excelize.File) error) {
	name := ts.MkAbs(file)
	w, err := excelize.OpenFile(name)
	ts.Check(err)
	ts.Check(f(w))
	ts.Check(w.SaveAs(name))
	ts.Check(w.Close())
}

func setCell(ts *testscript.TestScript, _ bool, args []string) {
	change(ts, args[0], func(w *excelize.File) error {
		if x, err := strconv.ParseFloat(args[3], 64); err == nil {
			return w.SetCellValue(args[1], args[2], x) // as a person who types it
		}
		return w.SetCellValue(args[1], args[2], args[3])
	})
}

func sheet(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[0])
	w, err := excelize.OpenFile(name)
	if err != nil {
		w = excelize.NewFile()
		ts.Check(w.SetSheetName("Sheet1", args[1]))
	}
	_, err = w.NewSheet(args[1])
	ts.Check(err)
	for row, line := range strings.Split(strings.TrimRight(ts.ReadFile(args[2]), "\n"), "\n") {
		for col, text := range strings.Split(line, "\t") {
			if text == "" {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(col+1, row+1)
			ts.Check(err)
			if x, err := strconv.ParseFloat(text, 64); err == nil {
				ts.Check(w.SetCellValue(args[1], cell, x))
			} else {
				ts.Check(w.SetCellValue(args[1], cell, text))
			}
		}
	}
	ts.Check(w.SaveAs(name))
	ts.Check(w.Close())
}

func setMeta(ts *testscript.TestScript, _ bool, args []string) {
	change(ts, args[0], func(w *excelize.File) error {
		for row, cell := range map[string]string{"rubric": "B2", "version": "B3", "hash": "B4"} {
			if row == args[1] {
				return w.SetCellValue("_dudao", cell, args[2])
			}
		}
		ts.Fatalf("no such key: %s", args[1])
		return nil
	})
}

func oldOffice(ts *testscript.TestScript, _ bool, args []string) {
	data := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...)
	if args[1] == "locked" {
		for i, c := range []byte("EncryptedPackage") {
			data[100+2*i] = c
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

func cut(ts *testscript.TestScript, _ bool, args []string) {
	data := []byte(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data[:len(data)/2], 0o644))
	if _, err := zip.NewReader(bytes.NewReader(data[:len(data)/2]), int64(len(data)/2)); err == nil {
		ts.Fatalf("still a whole zip")
	}
}
