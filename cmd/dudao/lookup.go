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
		name = path.Base(name)
		if data, err := rubrics.Files.ReadFile(name); err == nil { // beside another shipped one
			return "rubrics/" + name, data, true
		}
		name = strings.TrimSuffix(name, ext)
	}
	id, version, _ := strings.Cut(name, "@")
	if file := shippedFile(id, version); file != "" {
		data, _ := rubrics.Files.ReadFile(file)
		return "rubrics/" + file, data, true
	}
	file = path.Join(path.Dir(from), id+".yaml")
	data, err := os.ReadFile(filepath.FromSlash(file))
	return file, data, err == nil
}

// shippedFile is the file of a version of a shipped rubric, or of the newest. The
// first version is id.yaml, a later one id@version.yaml.
func shippedFile(id, version string) (file string) {
	var files []string
	entries, _ := rubrics.Files.ReadDir(".")
	for _, e := range entries {
		of, isRubric := strings.CutSuffix(e.Name(), ".yaml")
		if name, _, _ := strings.Cut(of, "@"); isRubric && name == id && !strings.HasSuffix(of, "_test") {
			files = append(files, e.Name())
		}
	}
	if version == "" && len(files) == 1 {
		return files[0]
	}
	var newest string
	for _, f := range files {
		data, _ := rubrics.Files.ReadFile(f)
		r, _ := rubric.Load(f, data, nil)
		switch v := r.Version.Text; {
		case v == version:
			return f
		case version == "" && (file == "" || rubric.CompareVersions(v, newest) > 0):
			file, newest = f, v
		}
	}
	return file
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
	return nil, nil, fail(diag.M("there is no rubric “%s”", name), likeRubric(id, version))
}

// likeRubric says which shipped rubric was meant: one with nearly the same id, in that
// version if it has it, or those with the name as a part of theirs.
func likeRubric(id, version string) diag.Message {
	list := shipped()
	var ids, parts []string
	for _, r := range list {
		ids = append(ids, r.ID.Text)
		if id != "" && strings.Contains(r.ID.Text, strings.ToLower(id)) && !slices.Contains(parts, r.ID.Text) {
			parts = append(parts, r.ID.Text)
		}
	}
	near := diag.Nearest(id, ids)
	if near == "" && len(parts) == 1 {
		near = parts[0]
	}
	if slices.ContainsFunc(list, func(r *rubric.Rubric) bool { return r.ID.Text == near && r.Version.Text == version }) {
		near += "@" + version
	}
	switch {
	case near != "":
		return diag.M("did you mean “%s”?", near)
	case len(parts) > 1:
		return diag.M("one of: %s", strings.Join(parts, " "))
	}
	return diag.M("“dudao rubrics” lists the shipped rubrics; a file is named with its ending .yaml")
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

// completeRubrics offers the ids of the shipped rubrics to the shell, where there are
// several versions with each of them; the id alone is the newest.
func completeRubrics(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var out []cobra.Completion
	list := shipped()
	for i, r := range list {
		older := i+1 < len(list) && list[i+1].ID.Text == r.ID.Text
		newer := i > 0 && list[i-1].ID.Text == r.ID.Text
		if older || newer {
			out = append(out, cobra.CompletionWithDesc(r.Ref().String(), r.Title.Text))
		}
		if !older {
			out = append(out, cobra.CompletionWithDesc(r.ID.Text, r.Title.Text))
		}
	}
	return out, cobra.ShellCompDirectiveDefault
}
