package returns

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/source"

	"github.com/xuri/excelize/v2"
)

// Document is an opened return whose rubric is known by name but which isn't
// read yet: reading needs the rubric itself.
type Document struct {
	Rubric rubric.Ref // as the file says; empty fields are unknown
	file   File
	data   []byte
	book   *excelize.File // of a workbook
	isForm bool           // the workbook is a form, not a report
	root   source.Node    // of YAML
	table  *csvTable      // of CSV

	// Texts are the text files by name, in UTF-8, to show the line of a problem.
	Texts    map[string][]byte
	isFolder bool        // the file is a folder; all values stand in the parts
	beside   fs.FS       // the folder in which the return lies, if that is known
	parts    []*Document // further files of the return
	found    diag.List   // what was noticed on opening
}

// Open recognises a file by its content and finds out which rubric it belongs to.
// A zip is opened with all that is in it.
func Open(name string, data []byte, limits Limits) (*Document, diag.List) {
	return open(name, data, &folder{limits: limits})
}

// open opens one file. What its from: names lies in the folder.
func open(name string, data []byte, f *folder) (*Document, diag.List) {
	d := &Document{file: File{Name: slashed(name), SHA256: sum(data)}, data: data, Texts: map[string][]byte{}, beside: f.files}
	var diags diag.List
	at := diag.Pos{File: d.file.Name}
	if int64(len(data)) > f.limits.FileSize {
		diags.Add(at, 0, diag.M("the file is too large to be a return"))
		return nil, diags
	}
	switch {
	case len(data) == 0:
		diags.Add(at, 0, diag.M("the file is empty"))
	case bytes.HasPrefix(data, []byte("PK")):
		archive, err := archiveOf(data)
		if err == nil && strings.EqualFold(path.Ext(d.file.Name), ".zip") && !isWorkbook(archive) {
			if f.inner {
				diags.Add(at, 0, diag.M("a zip inside a return is not opened"), diag.M("unpack it and name its files"))
				break
			}
			return openZip(d.file.Name, archive, f.limits)
		}
		d.openBook(archive, err, f.limits, &diags)
	case bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		diags = append(diags, compoundFile(at, data))
	case isYAML(name):
		diags = append(diags, d.openYAML()...)
		if !diags.HasErrors() {
			diags = append(diags, d.from(f)...)
		}
	case isCSV(name):
		d.table, d.Texts[d.file.Name], diags = readCSV(d.file.Name, data)
	default:
		diags.Add(at, 0, diag.M("this is neither an Excel workbook nor YAML, JSON or CSV"), formHint)
	}
	if diags.HasErrors() {
		return nil, diags
	}
	return d, diags
}

var formHint = diag.M("a return is the form (.xlsx) that “dudao form” writes, YAML, or CSV tables in a folder")

func isYAML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".yaml" || ext == ".yml" || ext == ".json" // JSON is YAML
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// compoundFile tells the two kinds of file that Office keeps in its old
// container: an encrypted .xlsx and an .xls. The names of their streams are in
// UTF-16.
func compoundFile(at diag.Pos, data []byte) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Pos: at}
	if bytes.Contains(data, utf16("EncryptedPackage")) {
		d.Message = diag.M("the workbook is encrypted with a password")
		d.Hints = []diag.Message{diag.M("open it in Excel or WPS, remove the password and save it again")}
		return d
	}
	d.Message = diag.M("this is an old .xls workbook (or another file of the old Office)")
	d.Hints = []diag.Message{diag.M("open it in Excel or WPS and save it as .xlsx")}
	return d
}

func utf16(s string) []byte {
	var out []byte
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

func (d *Document) openBook(archive *zip.Reader, err error, limits Limits, diags *diag.List) {
	at := diag.Pos{File: d.file.Name}
	if err != nil {
		diags.Add(at, 0, diag.M("the workbook is damaged: its end is missing"), diag.M("copy or download the file again"))
		return
	}
	if !isWorkbook(archive) {
		diags.Add(at, 0, diag.M("this is no Excel workbook but another kind of file"), formHint)
		return
	}
	book, err := excelize.OpenReader(bytes.NewReader(d.data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: limits.Unpacked, UnzipXMLSizeLimit: limits.Unpacked,
	})
	if err != nil {
		diags.Add(at, 0, diag.M("the workbook is damaged or too large to be a return"), diag.M("open it in Excel or WPS, save it as .xlsx and try again"))
		return
	}
	ref, kind, found := bookRef(book)
	if !found {
		diags.Add(at, 0, diag.M("this workbook is no form made by dudao"),
			diag.M("“dudao form” writes the form of a rubric; copy the figures into it"))
		return
	}
	d.book, d.Rubric, d.isForm = book, ref, kind != "report"
}

func (d *Document) openYAML() diag.List {
	d.Texts[d.file.Name] = d.data
	root, diags := source.Parse(d.file.Name, d.data)
	if diags.HasErrors() {
		return diags
	}
	d.root = root
	name, ok := root.Get("rubric")
	if !ok {
		_, isReturn := root.Get("data")
		if _, assembled := root.Get("from"); !isReturn && !assembled {
			diags.Add(diag.Pos{File: d.file.Name}, 0, diag.M("this is no return: it has neither rubric: nor data:"), formHint)
		}
		return diags
	}
	d.Rubric.ID, d.Rubric.Version, _ = strings.Cut(name.Text.Text, "@")
	return diags
}

// Close gives back what an opened workbook holds.
func (d *Document) Close() {
	if d.book != nil {
		_ = d.book.Close() // it was only read
	}
	for _, part := range d.parts {
		part.Close()
	}
}

// Read reads the return for a rubric. The diagnostics are about the files as a
// whole; what is wrong with single cells stands in the return's Problems.
func (d *Document) Read(r *rubric.Rubric) (*Return, diag.List) {
	ret, diags := d.read(r)
	for _, part := range d.parts {
		other, more := part.read(r)
		diags = append(diags, more...)
		diags = append(diags, ret.merge(other)...)
		if ref := part.Rubric; ref.ID != "" && ref != d.Rubric && (ref.ID != r.ID.Text || ref.Hash != "" && ref.Hash != r.Hash) {
			ret.Problems.Warn(diag.Pos{File: part.file.Name}, 0, diag.M("the return was made for %s and is scored with %s; values are matched by name",
				ref.String()+" "+ref.ShortHash(), r.Ref().String()+" "+r.Ref().ShortHash()))
		}
	}
	if d.isFolder {
		if ret.Name == "" {
			ret.Name = strings.TrimSuffix(path.Base(d.file.Name), ".zip")
		}
		if !slices.ContainsFunc(d.parts, func(p *Document) bool { return p.isUsed(r) }) && !diags.HasErrors() {
			diags.Add(diag.Pos{File: d.file.Name}, 0, diag.M("none of the files is a table of the rubric"))
		}
	}
	ret.Problems = append(ret.Problems, d.found...).Sorted()
	ret.Absent = d.absent(ret)
	ret.withoutFolders()
	return ret, diags
}

// read reads one file.
func (d *Document) read(r *rubric.Rubric) (*Return, diag.List) {
	ret := Empty(r)
	ret.Rubric = d.Rubric
	var diags diag.List
	switch {
	case d.isFolder:
		return ret, nil
	case d.book != nil:
		readBook(d, r, ret)
	case d.table != nil:
		c := csvReader{csvTable: d.table, s: setter{ret: ret, r: r, several: d.Rubric.ID == ""}}
		diags = c.fill(d.file.Name)
		c.s.sumUp()
	default:
		diags = readYAML(d, r, ret)
		if d.Rubric.ID != "" && d.Rubric.ID != r.ID.Text {
			// Made for another rubric: values are matched by name, the rest is told.
			for i := range diags {
				diags[i].Severity = diag.Warning
			}
			ret.Problems = append(ret.Problems, diags...)
			diags = nil
		}
	}
	ret.Files = []File{d.file}
	return ret, diags
}

// isUsed reports whether a CSV file is a table of the rubric.
func (d *Document) isUsed(r *rubric.Rubric) bool {
	return d.table.name == singles || slices.Contains(judgedFiles, d.table.name) || slices.ContainsFunc(r.Data, func(b source.KeyedItem[rubric.Block]) bool { return b.Key.Text == d.table.name && !b.Value.IsView() })
}
