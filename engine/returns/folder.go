package returns

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/source"
)

// folder is where the files of a return lie: a folder on the disk or a zip.
type folder struct {
	files    fs.FS
	name     string // as the user named it
	limits   Limits
	left     int64 // bytes that may still be unpacked
	inner    bool  // of a file that another one names
	isMapped bool  // a workbook may be any, for a mapping says what is in it
}

// OpenFolder opens a return whose files lie together: return.yaml with what its
// from: names, or CSV tables, one file a table.
func OpenFolder(files fs.FS, name string, limits Limits) (*Document, diag.List) {
	f := &folder{files: files, name: strings.TrimSuffix(slashed(name), "/"), limits: limits, left: limits.Unpacked}
	d, diags := f.open()
	if diags.HasErrors() {
		return nil, diags
	}
	return d, diags
}

// OpenBeside opens a file that may name others, which are found in the folder
// where it lies.
func OpenBeside(files fs.FS, name string, data []byte, limits Limits) (*Document, diag.List) {
	return open(name, data, &folder{files: files, name: path.Dir(slashed(name)), limits: limits, left: limits.Unpacked})
}

func slashed(name string) string { return strings.ReplaceAll(name, `\`, "/") }

// openZip opens a return in a zip.
func openZip(name string, archive *zip.Reader, limits Limits) (*Document, diag.List) {
	var diags diag.List
	at := diag.Pos{File: name}
	if len(archive.File) > limits.Files {
		diags.Add(at, 0, diag.M("%s files are too many for a return", strconv.Itoa(len(archive.File))))
		return nil, diags
	}
	seen := map[string]bool{}
	for _, f := range archive.File {
		if f.NonUTF8 { // zips of a Chinese Windows; others don't say what they are
			if text, ok := decoded([]byte(f.Name)); ok {
				f.Name = string(text)
			}
		}
		f.Name = slashed(f.Name)
		switch {
		case strings.HasPrefix(f.Name, "/") || slices.Contains(strings.Split(f.Name, "/"), ".."):
			diags.Add(at, 0, diag.M("“%s” in the zip leads out of it", f.Name), diag.M("pack the files again"))
		case seen[f.Name]:
			diags.Add(at, 0, diag.M("“%s” stands twice in the zip", f.Name), diag.M("pack the files again"))
		case f.Flags&1 != 0:
			diags.Add(at, 0, diag.M("the zip is locked with a password"), diag.M("pack the files again without one"))
		}
		if diags.HasErrors() {
			return nil, diags
		}
		seen[f.Name] = true
	}
	return OpenFolder(archive, name, limits)
}

func (f *folder) open() (*Document, diag.List) {
	var diags diag.List
	at := diag.Pos{File: f.name}
	entries, err := fs.ReadDir(f.files, ".")
	switch {
	case err != nil:
		diags.Add(at, 0, diag.M("the folder can’t be read"))
		return nil, diags
	case len(entries) > f.limits.Files:
		diags.Add(at, 0, diag.M("%s files are too many for a return", strconv.Itoa(len(entries))))
		return nil, diags
	}
	main, tables, others, folders := sorted(entries)
	for _, name := range others {
		diags = append(diags, diag.Diagnostic{Severity: diag.Note, Pos: diag.Pos{File: path.Join(f.name, name)},
			Message: diag.M("%s is not read: it is neither return.yaml nor a CSV table", name)})
	}
	if len(main) > 1 {
		diags.Add(at, 0, diag.M("the folder holds several returns: %s", strings.Join(main, " ")), diag.M("leave only one there"))
		return nil, diags
	}
	if len(main) == 1 {
		data, wrong := f.read(main[0])
		if wrong != nil {
			return nil, append(diags, wrong...)
		}
		d, more := open(path.Join(f.name, main[0]), data, f)
		if d == nil {
			return nil, more // which files it names isn't known
		}
		diags = append(diags, more...)
		diags = slices.DeleteFunc(diags, func(n diag.Diagnostic) bool {
			return slices.ContainsFunc(d.parts, func(p *Document) bool { return p.file.Name == n.Pos.File })
		})
		for _, name := range tables {
			if !slices.ContainsFunc(d.parts, func(p *Document) bool { return p.file.Name == path.Join(f.name, name) }) {
				diags.Warn(diag.Pos{File: path.Join(f.name, name)}, 0, diag.M("%s is not read: return.yaml does not name it", name), diag.M("name it there: from: [%s]", name))
			}
		}
		d.found = diags
		return d, diags
	}
	if len(tables) == 0 {
		hint := diag.M("a return is return.yaml or CSV tables, each named after its table")
		if len(folders) > 0 {
			hint = diag.M("name or pack the folder inside it: %s", folders[0])
		}
		diags.Add(at, 0, diag.M("neither return.yaml nor a CSV table lies directly in it"), hint)
		return nil, diags
	}
	d := &Document{file: File{Name: f.name}, isFolder: true, Texts: map[string][]byte{}, found: diags, beside: f.files}
	for _, name := range tables {
		diags = append(diags, d.add(f, name, at, 0, false)...)
	}
	return d, diags
}

// sorted tells the files of a folder apart. What systems leave behind is passed over.
func sorted(entries []fs.DirEntry) (main, tables, others, folders []string) {
	for _, e := range entries {
		name := e.Name()
		lower := strings.ToLower(name)
		switch {
		case strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == "__MACOSX" || lower == "thumbs.db" || lower == "desktop.ini":
		case e.IsDir():
			folders = append(folders, name)
		case slices.Contains([]string{"return.yaml", "return.yml", "return.json"}, lower):
			main = append(main, name)
		case isCSV(name):
			tables = append(tables, name)
		default:
			others = append(others, name)
		}
	}
	return main, tables, others, folders
}

// addMapped opens a workbook that a mapping names, once for all mappings of it.
func (d *Document) addMapped(f *folder, name string, m *mapping, books map[string]*Document) diag.List {
	if first := books[name]; first != nil {
		part := *first
		part.mapping, part.found = m, nil
		d.parts = append(d.parts, &part)
		return nil
	}
	before := len(d.parts)
	diags := d.add(f, name, m.Workbook.Pos, len([]rune(m.Workbook.Text)), true)
	if len(d.parts) == before {
		return diags
	}
	part := d.parts[before]
	if part.book == nil {
		diags.Add(m.Workbook.Pos, len([]rune(m.Workbook.Text)), diag.M("“%s” is no workbook; only one is read through a mapping", m.Workbook.Text),
			diag.M("name other files alone: from: [%s]", name))
		return diags
	}
	part.mapping, books[name] = m, part
	return diags
}

// add opens a further file of a return. A workbook that is mapped need not be ours.
func (d *Document) add(f *folder, name string, at diag.Pos, width int, isMapped bool) diag.List {
	data, diags := f.read(name)
	if diags.HasErrors() {
		if at.Line > 0 {
			diags[0].Pos, diags[0].Width = at, width
		}
		return diags
	}
	file := path.Join(f.name, name)
	part, diags := open(file, data, &folder{limits: f.limits, inner: true, isMapped: isMapped})
	if part == nil {
		return diags
	}
	for name, text := range part.Texts {
		d.Texts[name] = text
	}
	d.parts = append(d.parts, part)
	if d.Rubric.ID == "" && !isMapped {
		d.Rubric = part.Rubric
	}
	return diags
}

// read reads a file of the folder. What it unpacks to counts, not what it says.
func (f *folder) read(name string) ([]byte, diag.List) {
	var diags diag.List
	at := diag.Pos{File: path.Join(f.name, name)}
	file, err := f.files.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		diags.Add(at, 0, diag.M("there is no file “%s” beside it", name))
		return nil, diags
	case err != nil:
		diags.Add(at, 0, diag.M("the file “%s” can’t be read", name))
		return nil, diags
	}
	defer func() { _ = file.Close() }() // it was only read
	limit := min(f.limits.FileSize, f.left)
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	f.left -= int64(len(data))
	switch {
	case int64(len(data)) > limit:
		diags.Add(at, 0, diag.M("the file is too large to be a return"))
	case err != nil:
		diags.Add(at, 0, diag.M("the file “%s” can’t be read", name))
	}
	return data, diags
}

// from opens the files that return.yaml names.
func (d *Document) from(f *folder) diag.List {
	n, given := d.root.Get("from")
	if !given {
		return nil
	}
	var diags diag.List
	if f.files == nil {
		diags.Add(n.Pos, 0, diag.M("from: is not possible here"), diag.M("only the return.yaml that is scored names further files"))
		return diags
	}
	var entries []fromEntry
	diags = source.Decode(n, &entries)
	if diags.HasErrors() {
		return diags
	}
	if len(entries) > f.limits.Files {
		diags.Add(n.Pos, 0, diag.M("%s files are too many for a return", strconv.Itoa(len(entries))))
		return diags
	}
	seen := map[string]bool{path.Base(d.file.Name): true}
	books := map[string]*Document{} // read by several mappings
	for _, entry := range entries {
		e := entry.file
		if entry.mapping != nil {
			e = entry.mapping.Workbook
		}
		name, width := path.Clean(slashed(e.Text)), len([]rune(e.Text))
		switch {
		case !fs.ValidPath(name) || strings.Contains(name, ":"):
			diags.Add(e.Pos, width, diag.M("“%s” does not lie in the folder of the return", e.Text), diag.M("put the file beside it"))
		case seen[name] || entry.mapping == nil && books[name] != nil:
			diags.Add(e.Pos, width, diag.M("“%s” is named twice, or names the return itself", e.Text))
		case entry.mapping != nil:
			diags = append(diags, d.addMapped(f, name, entry.mapping, books)...)
		default:
			diags = append(diags, d.add(f, name, e.Pos, width, false)...)
			seen[name] = true
		}
	}
	return diags
}

// archiveOf reads the directory of a zip.
func archiveOf(data []byte) (*zip.Reader, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if errors.Is(err, zip.ErrInsecurePath) {
		err = nil // told with the name of the file
	}
	return archive, err
}
