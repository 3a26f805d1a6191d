package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"
)

// formatting is what is to be done with files whose layout differs; if nothing
// is, the text of every file is printed.
type formatting struct{ list, diff, write, check bool }

func newFmt(a *app) *cobra.Command {
	var f formatting
	cmd := &cobra.Command{
		Use:     "fmt " + a.Sprint(diag.M("FILE|FOLDER...")),
		Aliases: []string{"排版"},
		Short:   a.Sprint(diag.M("Gives rubrics, tests and returns in YAML one layout")),
		Long: a.Sprint(diag.M(`Prints the YAML of rubrics, their tests and returns in one layout: a formula
gets a line of its own, and so does each key in brackets that are too wide.
Comments, blank lines and the text of every value stay as they are. A file with
errors is left alone, and so is one that would not read the same afterwards.

A folder stands for all .yaml and .yml files in it and below; “-” is standard
input.`)),
		Example: `  dudao fmt my-rubric.yaml -d
  dudao fmt my-rubric.yaml my-rubric_test.yaml -w
  dudao fmt --check .`,
		Args: atLeast(1, diag.M("name the file to lay out")),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return []cobra.Completion{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.format(args, f) },
	}
	cmd.Flags().BoolVarP(&f.list, "list", "l", false, a.Sprint(diag.M("list the files whose layout differs")))
	cmd.Flags().BoolVarP(&f.diff, "diff", "d", false, a.Sprint(diag.M("show what would change")))
	cmd.Flags().BoolVarP(&f.write, "write", "w", false, a.Sprint(diag.M("write the layout into the files")))
	cmd.Flags().BoolVar(&f.check, "check", false, a.Sprint(diag.M("list the files whose layout differs, and exit with status 1 if there are any")))
	return cmd
}

func (a *app) format(args []string, f formatting) error {
	if f.write && f.check {
		return fail(diag.M("--check changes nothing, so -w can’t stand beside it"))
	}
	files, err := yamlFiles(args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		var l diag.List
		l.Add(diag.Pos{File: filepath.ToSlash(args[0])}, 0, diag.M("there is no .yaml file in this folder"))
		return &exit{exitNothing, l}
	}
	var failed diag.List
	work := false
	for _, name := range files {
		differs, err := a.formatFile(name, f)
		if err != nil {
			e := usageError(err)
			if e.code == stopped {
				return e
			}
			failed = append(failed, e.diags...)
		}
		work = work || differs
	}
	if len(failed) > 0 {
		return &exit{exitFailed, failed}
	}
	if f.check && work {
		return &exit{code: exitFindings}
	}
	return nil
}

// formatFile does with one file what is to be done, and reports whether its
// layout differs.
func (a *app) formatFile(name string, f formatting) (bool, error) {
	shown := filepath.ToSlash(name)
	if name == "-" {
		shown = "stdin"
		if f.write {
			return false, fail(diag.M("standard input can’t be written to, so -w needs a file"))
		}
	}
	data, err := a.readFile(name, source.MaxSize)
	if err != nil {
		return false, err
	}
	a.files[shown] = data
	out, diags := source.Format(shown, data, formulasOf(shown, data))
	if diags.HasErrors() {
		return false, &exit{exitFailed, diags}
	}
	differs := !bytes.Equal(data, out)
	if f == (formatting{}) {
		_, err = a.out.Write(out)
	}
	if differs && (f.list || f.check) {
		a.say(shown)
	}
	if differs && f.diff {
		_, err = a.out.Write(diff.Diff(shown, data, shown, out))
	}
	if err != nil {
		return differs, fail(diag.M("the result can’t be written"))
	}
	if differs && f.write {
		return differs, writeBack(name, out)
	}
	return differs, nil
}

// formulasOf says which struct knows the formulas of a file. Tests and returns
// name their rubric, and hold none.
func formulasOf(file string, data []byte) any {
	root, _ := source.Parse(file, data)
	if _, ok := root.Get("rubric"); ok {
		return nil
	}
	return new(rubric.Rubric)
}

// writeBack replaces a file whole or not at all; a link stays a link, and a file
// that must not be written stays.
func writeBack(name string, data []byte) error {
	target, err := filepath.EvalSymlinks(name)
	if err == nil {
		err = swap(target, data)
	}
	if errors.Is(err, errStop) {
		return &exit{code: stopped}
	}
	if err != nil {
		return failAt(diag.Pos{File: filepath.ToSlash(name)}, diag.M("the file can’t be written"), diag.M("check that you may write to it and to its folder"))
	}
	return nil
}

func swap(name string, data []byte) error {
	old, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	info, err := old.Stat()
	_ = old.Close() // nothing was written to it
	if err != nil {
		return err
	}
	return writeWhole(name, data, info.Mode().Perm())
}

// yamlFiles replaces folders by the YAML files in them, without hidden ones.
func yamlFiles(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil || !info.IsDir() {
			out = append(out, arg) // reading it says what is wrong
			continue
		}
		err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			ext := strings.ToLower(filepath.Ext(path))
			switch hidden := path != arg && strings.HasPrefix(d.Name(), "."); {
			case err != nil:
				return err
			case hidden && d.IsDir():
				return fs.SkipDir
			case !hidden && !d.IsDir() && (ext == ".yaml" || ext == ".yml"):
				out = append(out, path)
			}
			return nil
		})
		if err != nil {
			at := arg
			if p := (*fs.PathError)(nil); errors.As(err, &p) {
				at = p.Path
			}
			return nil, failAt(diag.Pos{File: filepath.ToSlash(at)}, diag.M("the folder can’t be read"))
		}
	}
	return out, nil
}
