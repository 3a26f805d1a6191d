package returns

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
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
}

// Open recognises a file by its content and finds out which rubric it belongs to.
func Open(name string, data []byte, limits Limits) (*Document, diag.List) {
	d := &Document{file: File{Name: filepath.ToSlash(name), SHA256: sum(data)}, data: data}
	var diags diag.List
	at := diag.Pos{File: d.file.Name}
	if int64(len(data)) > limits.FileSize {
		diags.Add(at, 0, diag.M("the file is too large to be a return"))
		return nil, diags
	}
	switch {
	case len(data) == 0:
		diags.Add(at, 0, diag.M("the file is empty"))
	case bytes.HasPrefix(data, []byte("PK")):
		d.openBook(limits, &diags)
	case bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		diags = append(diags, compoundFile(at, data))
	case isYAML(name):
		diags = append(diags, d.openYAML()...)
	default:
		diags.Add(at, 0, diag.M("this is neither an Excel workbook nor YAML"), formHint)
	}
	if diags.HasErrors() {
		return nil, diags
	}
	return d, diags
}

var formHint = diag.M("a return is the form (.xlsx) that “dudao form” writes, or YAML")

func isYAML(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".yaml" || ext == ".yml"
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

func (d *Document) openBook(limits Limits, diags *diag.List) {
	at := diag.Pos{File: d.file.Name}
	archive, err := zip.NewReader(bytes.NewReader(d.data), int64(len(d.data)))
	if err != nil {
		diags.Add(at, 0, diag.M("the workbook is damaged: its end is missing"), diag.M("copy or download the file again"))
		return
	}
	hasBook := false
	for _, f := range archive.File {
		hasBook = hasBook || f.Name == "xl/workbook.xml"
	}
	if !hasBook {
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
	root, diags := source.Parse(d.file.Name, d.data)
	if diags.HasErrors() {
		return diags
	}
	d.root = root
	name, ok := root.Get("rubric")
	if !ok {
		if _, isReturn := root.Get("data"); !isReturn {
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
}

// Read reads the return for a rubric. The diagnostics are about the file as a
// whole; what is wrong with single cells stands in the return's Problems.
func (d *Document) Read(r *rubric.Rubric) (*Return, diag.List) {
	ret := Empty(r)
	ret.Rubric = d.Rubric
	ret.Files = []File{d.file}
	var diags diag.List
	if d.book != nil {
		readBook(d, r, ret)
	} else {
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
	ret.Problems = ret.Problems.Sorted()
	ret.withoutFolders()
	return ret, diags
}
