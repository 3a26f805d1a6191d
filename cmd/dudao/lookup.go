package main

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"
	"dudao/rubrics"

	"github.com/spf13/cobra"
)

// shipped loads all shipped rubrics, sorted by id and then version. That they
// are sound is proved by their tests.
func shipped() []*rubric.Rubric { return shippedAs(func(string) bool { return true }) }

// shippedAs loads those whose files have a name that is wanted: to load all takes
// longer than to score.
func shippedAs(wanted func(name string) bool) []*rubric.Rubric {
	entries, _ := rubrics.Files.ReadDir(".")
	var out []*rubric.Rubric
	for _, e := range entries {
		name, isTest := strings.TrimSuffix(e.Name(), ".yaml"), strings.HasSuffix(e.Name(), "_test.yaml")
		if isTest || !wanted(name) {
			continue
		}
		data, _ := rubrics.Files.ReadFile(e.Name())
		r, _ := rubric.Load("rubrics/"+e.Name(), data, findRubric)
		if len(r.Items) > 0 { // the others only share data
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *rubric.Rubric) int {
		if c := strings.Compare(a.ID.Text, b.ID.Text); c != 0 {
			return c
		}
		return rubric.CompareVersions(a.Version.Text, b.Version.Text)
	})
	return out
}

// findRubric finds what extends: and uses: name: a file by its path from the one
// that names it, a shipped rubric by id or id@version, or a file of that id beside
// the one that names it.
func findRubric(name, from string) (file string, text []byte, ok bool) {
	if ext := strings.ToLower(path.Ext(name)); ext == ".yaml" || ext == ".yml" {
		file = path.Join(path.Dir(from), name)
		if data, err := os.ReadFile(filepath.FromSlash(file)); err == nil {
			return file, data, true
		}
		name = strings.TrimSuffix(path.Base(name), ext)
	}
	id, version, _ := strings.Cut(name, "@")
	for _, candidate := range []string{id + "@" + version + ".yaml", id + ".yaml"} {
		data, err := rubrics.Files.ReadFile(candidate)
		if err == nil {
			return "rubrics/" + candidate, data, true
		}
	}
	file = path.Join(path.Dir(from), id+".yaml")
	data, err := os.ReadFile(filepath.FromSlash(file))
	return file, data, err == nil
}

// loadRubric finds a rubric by path, or among the shipped ones by id or
// id@version.
func (a *app) loadRubric(name string) (*rubric.Rubric, diag.List, error) {
	if isPath(name) {
		data, err := a.readFile(name, source.MaxSize)
		if err != nil {
			return nil, nil, err
		}
		file := filepath.ToSlash(name)
		if name == "-" {
			file = "stdin"
		}
		a.files[file] = data
		r, diags := rubric.Load(file, data, findRubric)
		maps.Copy(a.files, r.Sources)
		return r, diags, nil
	}
	id, version, _ := strings.Cut(name, "@")
	var found *rubric.Rubric
	var versions []string
	for _, r := range shippedAs(func(name string) bool { return name == id || strings.HasPrefix(name, id+"@") }) {
		if r.ID.Text == id {
			versions = append(versions, r.Version.Text)
			if version == "" || version == r.Version.Text {
				found = r // an id alone means the newest
			}
		}
	}
	switch {
	case found != nil:
		maps.Copy(a.files, found.Sources)
		return found, nil, nil
	case len(versions) > 0:
		return nil, nil, fail(diag.M("version %s of %s is not shipped with this dudao", version, id),
			diag.M("shipped: %s", strings.Join(versions, " ")))
	}
	if data, err := rubrics.Files.ReadFile(id + ".yaml"); err == nil { // it only shares data
		r, diags := rubric.Load("rubrics/"+id+".yaml", data, findRubric)
		maps.Copy(a.files, r.Sources)
		return r, diags, nil
	}
	var ids []string
	for _, r := range shipped() {
		ids = append(ids, r.ID.Text)
	}
	hint := diag.M("“dudao rubrics” lists the shipped rubrics; a file is named with its ending .yaml")
	if near := diag.Nearest(id, ids); near != "" {
		hint = diag.M("did you mean “%s”?", near)
	}
	return nil, nil, fail(diag.M("there is no rubric “%s”", name), hint)
}

// testsOf is the file with the tests of a rubric: name_test.yaml beside name.yaml.
func testsOf(file string) string {
	ext := path.Ext(file)
	return strings.TrimSuffix(file, ext) + "_test" + ext
}

func isPath(name string) bool {
	if name == "-" || strings.ContainsAny(name, `/\`) {
		return true
	}
	ext := strings.ToLower(filepath.Ext(name))
	if ext == ".yaml" || ext == ".yml" {
		return true
	}
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// compile loads and compiles a rubric; any error in it ends the command.
func (a *app) compile(name string) (*engine.Program, error) {
	r, diags, err := a.loadRubric(name)
	if err != nil {
		return nil, err
	}
	if !diags.HasErrors() && r.SharesOnly() {
		return nil, failAt(diag.Pos{File: r.File}, diag.M("%s only shares data with rubrics that use it; it has no items", r.ID.Text))
	}
	if !diags.HasErrors() {
		p, more := engine.Compile(r)
		if !more.HasErrors() {
			return p, nil
		}
		diags = more
	}
	return nil, &exit{exitFailed, diags}
}

// completeRubrics offers the ids of the shipped rubrics to the shell.
func completeRubrics(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var out []cobra.Completion
	for _, r := range shipped() {
		out = append(out, cobra.CompletionWithDesc(r.ID.Text, r.Title.Text))
	}
	return out, cobra.ShellCompDirectiveDefault
}
