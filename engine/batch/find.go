package batch

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// Passed is something in the folder of a batch that is no return.
type Passed struct {
	Name string       `json:"name"`
	Why  diag.Message `json:"why"`
}

// Found is what lies in the folder of a batch. Finding it may open files, which stay
// open until Close.
type Found struct {
	Sources []Source // in the order of their names
	Passed  []Passed
	Notes   diag.List // about tables that hold the rows of many units

	sets []*returns.Set
}

// Close closes the files that were opened.
func (f *Found) Close() {
	for _, s := range f.sets {
		s.Close()
	}
}

// Find lists the returns under a folder: each workbook, YAML or JSON file and each
// folder or zip that directly holds return.yaml or CSV tables. Tables in which a
// column says whose each row is are a return for each unit; so is a workbook of such
// tables that lies there alone. name is the folder's, for messages; what skip names is
// passed over with all that is in it. r is the rubric they are for, nil if that isn't
// known yet.
func Find(root fs.FS, name string, r *rubric.Rubric, skip func(string) bool) (*Found, error) {
	f := finder{root: root, name: name, rubric: r, limits: returns.DefaultLimits}
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
			f.tables(at)
		default:
			return nil
		}
		if entry.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
	if len(f.found.Sources) == 1 && err == nil && isWorkbook(f.found.Sources[0].Name) {
		f.workbook()
	}
	return &f.found, err
}

type finder struct {
	root   fs.FS
	name   string
	rubric *rubric.Rubric
	limits returns.Limits
	found  Found
}

func (f *finder) pass(at string, why diag.Message) {
	f.found.Passed = append(f.found.Passed, Passed{at, why})
}

func (f *finder) add(at string, open func() (*returns.Document, diag.List), digest func() (string, error)) {
	f.found.Sources = append(f.found.Sources, Source{Name: at, Open: open, Digest: digest})
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
	switch ext := strings.ToLower(path.Ext(at)); ext {
	case ".zip":
		if data, err := fs.ReadFile(f.root, at); err == nil {
			if archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil && returns.IsSet(archive, f.rubric) {
				f.set(at, archive)
				return
			}
		}
		f.one(at)
	case ".xlsx", ".xlsm", ".xls", ".et", ".yaml", ".yml", ".json": // also what can't be read: someone sent it as a return
		f.one(at)
	default:
		f.pass(at, diag.M("it is neither a workbook nor another form of a return"))
	}
}

func (f *finder) one(at string) {
	f.add(at, func() (*returns.Document, diag.List) { return f.open(at) }, func() (string, error) { return f.digest(at) })
}

func isWorkbook(name string) bool {
	return slices.Contains([]string{".xlsx", ".xlsm"}, strings.ToLower(path.Ext(name)))
}

// tables are those of one unit, or of many.
func (f *finder) tables(at string) {
	files, err := fs.Sub(f.root, at)
	if err == nil && returns.IsSet(files, f.rubric) {
		f.set(at, files)
		return
	}
	f.add(at, func() (*returns.Document, diag.List) { return f.folder(at) }, func() (string, error) { return f.digest(at) })
}

// set takes tables apart by unit.
func (f *finder) set(at string, files fs.FS) {
	set, diags := returns.OpenSet(files, path.Join(f.name, at), returns.DefaultSetLimits)
	f.units(at, set, diags)
}

// workbook takes the only workbook of the folder apart, if it isn't a form.
func (f *finder) workbook() {
	at := f.found.Sources[0].Name
	data, err := fs.ReadFile(f.root, at)
	if err != nil {
		return
	}
	set, diags := returns.OpenSetWorkbook(path.Join(f.name, at), data, returns.DefaultSetLimits)
	if set == nil {
		return // reading it as a return tells why
	}
	f.found.Sources = nil
	f.units(at, set, diags)
}

// units adds a source for each unit of a set; one that can't be opened fails as a
// whole.
func (f *finder) units(at string, set *returns.Set, diags diag.List) {
	if set == nil {
		f.add(at, func() (*returns.Document, diag.List) { return nil, diags }, func() (string, error) { return f.digest(at) })
		return
	}
	f.found.sets = append(f.found.sets, set)
	f.found.Notes = append(f.found.Notes, diags...)
	digest := sync.OnceValues(func() (string, error) { return f.digest(at) })
	units, namesakes := set.Units(), map[string]int{}
	for _, u := range units {
		namesakes[u.Name]++
	}
	for i, u := range units {
		name := cmp.Or(u.Name, u.Code)
		if u.Name != "" && namesakes[u.Name] > 1 { // 鼓楼区 is in more than one city
			name = strings.TrimSpace(u.Name + " " + u.Code)
		}
		f.found.Sources = append(f.found.Sources, Source{Name: path.Join(at, name), Set: at,
			Open: func() (*returns.Document, diag.List) { return set.Open(i) }, Digest: digest})
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
