package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/returns"
)

// Passed is something in the folder of a batch that is no return.
type Passed struct {
	Name string       `json:"name"`
	Why  diag.Message `json:"why"`
}

// Find lists the returns under a folder, in the order of their names: each workbook,
// YAML or JSON file and each folder or zip that directly holds return.yaml or CSV
// tables. name is the folder's, for messages; what skip names is passed over with all
// that is in it.
func Find(root fs.FS, name string, limits returns.Limits, skip func(string) bool) ([]Source, []Passed, error) {
	f := finder{root: root, name: name, limits: limits}
	err := fs.WalkDir(root, ".", func(at string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && at == ".":
			return err
		case err != nil:
			f.pass(at, diag.M("it can’t be read"))
			return fs.SkipDir
		case at != "." && skip != nil && skip(at):
			f.pass(at, diag.M("it holds the results of a batch"))
		case at != "." && isHidden(entry.Name()):
			if strings.HasPrefix(entry.Name(), "~$") {
				f.pass(at, diag.M("it only says that the workbook is open in Excel or WPS"))
			}
		case !entry.IsDir():
			f.file(at)
			return nil
		case f.isReturn(at):
			f.add(at, func() (*returns.Document, diag.List) { return f.folder(at) }, func() (string, error) { return f.digest(at) })
		default:
			return nil
		}
		if entry.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
	return f.sources, f.passed, err
}

type finder struct {
	root    fs.FS
	name    string
	limits  returns.Limits
	sources []Source
	passed  []Passed
}

func (f *finder) pass(at string, why diag.Message) {
	f.passed = append(f.passed, Passed{at, why})
}

func (f *finder) add(at string, open func() (*returns.Document, diag.List), digest func() (string, error)) {
	f.sources = append(f.sources, Source{Name: at, Open: open, Digest: digest})
}

// isHidden reports whether a name is one that systems and programs leave behind.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == "__MACOSX" ||
		strings.EqualFold(name, "thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// isReturn reports whether a folder directly holds a return.
func (f *finder) isReturn(at string) bool {
	entries, err := fs.ReadDir(f.root, at)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		lower := strings.ToLower(e.Name())
		return !e.IsDir() && !isHidden(e.Name()) &&
			(slices.Contains([]string{"return.yaml", "return.yml", "return.json"}, lower) || path.Ext(lower) == ".csv")
	})
}

func (f *finder) file(at string) {
	switch strings.ToLower(path.Ext(at)) {
	case ".xlsx", ".xlsm", ".xls", ".et", ".zip", ".yaml", ".yml", ".json": // also what can't be read: someone sent it as a return
		f.add(at, func() (*returns.Document, diag.List) { return f.open(at) }, func() (string, error) { return f.digest(at) })
	default:
		f.pass(at, diag.M("it is neither a workbook nor another form of a return"))
	}
}

// open opens a return that is one file.
func (f *finder) open(at string) (*returns.Document, diag.List) {
	name := path.Join(f.name, at)
	data, diags := f.read(at)
	if diags.HasErrors() {
		return nil, diags
	}
	beside, err := fs.Sub(f.root, path.Dir(at))
	if err != nil {
		return returns.Open(name, data, f.limits)
	}
	return returns.OpenBeside(beside, name, data, f.limits)
}

func (f *finder) read(at string) ([]byte, diag.List) {
	var diags diag.List
	pos := diag.Pos{File: path.Join(f.name, at)}
	info, err := fs.Stat(f.root, at)
	if err == nil && info.Size() > f.limits.FileSize {
		diags.Add(pos, 0, diag.M("the file is too large to be a return"))
		return nil, diags
	}
	data, err := fs.ReadFile(f.root, at)
	if err != nil {
		diags.Add(pos, 0, diag.M("the file can’t be read"), diag.M("check that it is not open elsewhere and that you may read it"))
	}
	return data, diags
}

// folder opens a return whose files lie together.
func (f *finder) folder(at string) (*returns.Document, diag.List) {
	files, err := fs.Sub(f.root, at)
	if err != nil {
		var diags diag.List
		diags.Add(diag.Pos{File: path.Join(f.name, at)}, 0, diag.M("the folder can’t be read"))
		return nil, diags
	}
	return returns.OpenFolder(files, path.Join(f.name, at), f.limits)
}

// digest is the SHA-256 of a file, or of all files that lie directly in a folder with
// their names.
func (f *finder) digest(at string) (string, error) {
	info, err := fs.Stat(f.root, at)
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return f.sum(at)
	}
	entries, err := fs.ReadDir(f.root, at)
	if err != nil {
		return "", err
	}
	all := sha256.New()
	for _, e := range entries {
		if e.IsDir() || isHidden(e.Name()) {
			continue
		}
		sum, err := f.sum(path.Join(at, e.Name()))
		if err != nil {
			return "", err
		}
		_, _ = io.WriteString(all, sum+" "+e.Name()+"\n") // a hash takes all
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}

func (f *finder) sum(at string) (sum string, err error) {
	file, err := f.root.Open(at)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
