package returns

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// IsSet reports whether the CSV tables of a folder say in each row whose it is, so
// that OpenSet is to open them. A column that the rubric itself asks for doesn't
// count; the rubric may be nil.
func IsSet(files fs.FS, r *rubric.Rubric) bool {
	entries, err := fs.ReadDir(files, ".")
	main, names, _, _ := sorted(entries)
	if err != nil || len(main) > 0 {
		return false
	}
	some, clear, all := false, false, true
	for _, name := range names {
		t := firstLine(files, name)
		if t == nil {
			continue
		}
		at, isClear, _ := unitColumns(t.heading)
		for key, i := range at {
			if asksFor(r, t.name, t.heading[i].typed) {
				delete(at, key)
			}
		}
		isClear = isClear && len(at) > 0
		some, clear, all = some || len(at) > 0, clear || isClear, all && len(at) > 0
	}
	return clear || some && all
}

// firstLine reads the heading of a file.
func firstLine(files fs.FS, name string) *csvTable {
	f, err := files.Open(name)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()                    // it was only read
	data, _ := io.ReadAll(io.LimitReader(f, pieceSize)) // what can't be read is no heading
	if end := bytes.LastIndexByte(data, '\n'); end >= 0 {
		data = data[:end+1]
	}
	t, _, _ := readCSV(name, data)
	if t == nil || t.heading == nil {
		return nil
	}
	return t
}

// OpenSet opens CSV tables that lie together, each with the rows of many units. The
// files stay open until Close; each must allow reading at an offset, as those of a
// folder do, or it is read into memory, as those of a zip are.
func OpenSet(files fs.FS, name string, limits SetLimits) (*Set, diag.List) {
	s := &Set{name: strings.TrimSuffix(slashed(name), "/"), limits: limits}
	var diags diag.List
	at := diag.Pos{File: s.name}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		diags.Add(at, 0, diag.M("the folder can’t be read"))
		return nil, diags
	}
	main, names, others, _ := sorted(entries)
	for _, other := range append(others, main...) {
		diags = append(diags, diag.Diagnostic{Severity: diag.Note, Pos: diag.Pos{File: path.Join(s.name, other)},
			Message: diag.M("%s is not read: it is no CSV table", other)})
	}
	switch {
	case len(names) > limits.Files:
		diags.Add(at, 0, diag.M("%s files are too many for a set of tables", strconv.Itoa(len(names))))
	case len(names) == 0:
		diags.Add(at, 0, diag.M("no CSV table lies directly in it"))
	}
	if diags.HasErrors() {
		return nil, diags
	}
	left, stretches := limits.Unpacked, limits.Stretches
	var claims [][]*claim
	for _, name := range names {
		t := &setTable{file: File{Name: path.Join(s.name, name)}, name: strings.TrimSuffix(name, path.Ext(name))}
		s.tables = append(s.tables, t)
		text, more := t.open(files, name, limits, &left)
		if more.HasErrors() {
			diags = append(diags, more...)
			continue
		}
		x := indexer{t: t, limits: limits, of: map[identity]*claim{}, stretches: &stretches}
		x.file(text)
		diags, claims = append(diags, x.diags...), append(claims, x.claims)
	}
	return s.opened(claims, diags)
}

// opened puts the units together. What is wrong with one of them is told when it is
// opened itself.
func (s *Set) opened(claims [][]*claim, diags diag.List) (*Set, diag.List) {
	if diags.HasErrors() {
		s.Close()
		return nil, diags
	}
	s.gather(claims)
	if len(s.units) > s.limits.Units {
		diags.Add(diag.Pos{File: s.name}, 0, diag.M("%s units are too many for one set", strconv.Itoa(len(s.units))), diag.M("check that the column of the unit names counties"))
	}
	if len(s.units) == 0 {
		diags.Add(diag.Pos{File: s.name}, 0, diag.M("the tables have no rows"))
	}
	if diags.HasErrors() {
		s.Close()
		return nil, diags
	}
	return s, diags
}

// open opens a file for reading at offsets.
func (t *setTable) open(files fs.FS, name string, limits SetLimits, left *int64) (io.Reader, diag.List) {
	var diags diag.List
	at := diag.Pos{File: t.file.Name}
	f, err := files.Open(name)
	if err != nil {
		diags.Add(at, 0, diag.M("the file “%s” can’t be read", name))
		return nil, diags
	}
	info, err := f.Stat()
	if r, ok := f.(io.ReaderAt); ok && err == nil {
		t.text, t.info, t.stat = r, info, f.Stat
		if info.Size() > limits.FileSize {
			diags.Add(at, 0, diag.M("the file is too large"))
		}
		return f, diags
	}
	defer func() { _ = f.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(f, *left+1))
	*left -= int64(len(data))
	switch {
	case err != nil:
		diags.Add(at, 0, diag.M("the file “%s” can’t be read", name))
	case *left < 0:
		diags.Add(at, 0, diag.M("unpacked, the tables are too large to be held in memory"), diag.M("unpack the zip and name the folder"))
	}
	t.text = bytes.NewReader(data)
	return bytes.NewReader(data), diags
}
