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
	"dudao/engine/xlsx"
)

// Document is an opened return whose rubric is known by name but which isn't
// read yet: reading needs the rubric itself.
type Document struct {
	Rubric  rubric.Ref // as the file says; empty fields are unknown
	file    File
	data    []byte
	book    *xlsx.Book  // of a workbook
	isForm  bool        // the workbook is a form, not a report
	mapping *mapping    // says which cells of another workbook are which values
	root    source.Node // of YAML
	table   *csvTable   // of CSV, and of a set
	unit    *setUnit    // of a set

	// Elsewhere says whether another rubric has a name, which is then no slip of one
	// of this rubric's where the return is for several; nil knows none.
	Elsewhere func(name string) bool

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
	case strings.HasPrefix(path.Base(d.file.Name), "~$"):
		diags.Add(at, 0, diag.M("this file only says that the workbook is open in Excel or WPS"), diag.M("name the workbook itself: %s", strings.TrimPrefix(path.Base(d.file.Name), "~$")))
	case bytes.HasPrefix(data, []byte("PK")) && bytes.Count(data, []byte("PK\x01\x02")) > f.limits.Parts: // before their list is unpacked
		diags.Add(at, 0, diag.M("the file is packed from too many files to be a return"))
	case bytes.HasPrefix(data, []byte("PK")):
		archive, err := archiveOf(data)
		if err == nil && strings.EqualFold(path.Ext(d.file.Name), ".zip") && !xlsx.IsBook(archive) {
			if f.inner {
				diags.Add(at, 0, diag.M("a zip inside a return is not opened"), diag.M("unpack it and name its files"))
				break
			}
			return openZip(d.file.Name, archive, f.limits)
		}
		d.openBook(archive, err, f, &diags)
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
		diags = append(diags, otherFile(at, data))
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

func (d *Document) openBook(archive *zip.Reader, err error, f *folder, diags *diag.List) {
	at := diag.Pos{File: d.file.Name}
	if err != nil {
		diags.Add(at, 0, diag.M("the workbook is damaged: its end is missing"), copyAgain)
		return
	}
	if !xlsx.IsBook(archive) {
		*diags = append(*diags, otherZip(at, archive))
		return
	}
	book, err := xlsx.Open(archive, xlsx.Limits{Unpacked: f.limits.Unpacked, Text: f.limits.Text, Cells: f.limits.Cells, Rows: f.limits.Rows, Time: f.limits.Time})
	if err != nil {
		*diags = append(*diags, refused(at, err))
		return
	}
	ref, kind, reviewed, found := bookRef(book)
	if err := book.Err(); err != nil {
		*diags = append(*diags, refused(at, err))
		return
	}
	if !found && !f.isMapped {
		diags.Add(at, 0, diag.M("this workbook is no form made by dudao"),
			diag.M("“dudao form” writes the form of a rubric; copy the figures into it"),
			diag.M("or say in a return.yaml which columns are which: from: [{workbook: …, sheet: …, table: …, columns: {…}}]"))
		return
	}
	d.book = book
	if !f.isMapped {
		d.Rubric, d.isForm = ref, kind != "report" && kind != "summary"
	}
	if reviewed && !f.isMapped {
		d.found.Warn(at, 0, diag.M("the report was made with the findings of an inspector: its checked values are read as those of the unit, its checked points are not read"),
			diag.M("score the unit’s own return, with --review for the findings"))
	}
	if book.HasMacros {
		d.found = append(d.found, diag.Diagnostic{Severity: diag.Note, Pos: at, Message: diag.M("the workbook holds macros; they were not run")})
	}
}

func (d *Document) openYAML() diag.List {
	d.Texts[d.file.Name] = d.data
	root, diags := source.Parse(d.file.Name, d.data)
	if diags.HasErrors() {
		return diags
	}
	d.root = root
	if format, ok := root.Get("format"); ok && strings.HasPrefix(format.Text.Text, "dudao-scorecard-") {
		diags.Add(diag.Pos{File: d.file.Name}, 0, diag.M("this is the result of a scoring, not a return"), diag.M("“dudao report” draws its report"))
		return diags
	}
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

// Read reads the return for a rubric. The diagnostics are about the files as a
// whole; what is wrong with single cells stands in the return's Problems.
func (d *Document) Read(r *rubric.Rubric) (*Return, diag.List) {
	ret := toFill(r)
	if !d.isFolder {
		ret.openTables(r)
	}
	diags := d.read(r, d.Rubric, ret)
	if d.unit != nil {
		d.unit.cover(ret)
	}
	for _, part := range d.parts {
		part.Elsewhere = d.Elsewhere
		other := part.empty(r)
		diags = append(diags, part.read(r, d.Rubric, other)...)
		diags = append(diags, ret.merge(other)...)
		ret.Problems = append(ret.Problems, part.found...)
	}
	ret.openTables(r)
	if d.isFolder {
		if ret.Name == "" && d.unit == nil {
			ret.Name = strings.TrimSuffix(path.Base(d.file.Name), ".zip")
		}
		if !slices.ContainsFunc(d.parts, func(p *Document) bool { return p.isUsed(r) }) && !diags.HasErrors() {
			diags.Add(diag.Pos{File: d.file.Name}, 0, diag.M("none of the files is a table of the rubric"))
		}
	}
	ret.Problems = append(ret.Problems, d.found...).Sorted()
	ret.Unfound = d.absent(ret)
	ret.withoutFolders()
	return ret, diags
}

// read reads one file of a return that was made for a rubric, or for several.
func (d *Document) read(r *rubric.Rubric, made rubric.Ref, ret *Return) diag.List {
	ret.Rubric = d.Rubric
	kind := d.kind(r, ret)
	var diags diag.List
	switch {
	case d.isFolder:
		return nil
	case d.book != nil && d.table == nil:
		if d.mapping != nil {
			diags = readMapped(d, r, ret, made.ID != r.ID.Text)
		} else {
			diags = readBook(d, r, ret)
		}
		if err := d.book.Err(); err != nil {
			diags = append(diags, refused(diag.Pos{File: d.file.Name}, err))
		}
	case d.table != nil:
		c := csvReader{csvTable: d.table, s: setter{ret: ret, r: r, several: d.Rubric.ID == "", elsewhere: d.Elsewhere}}
		if d.book != nil {
			c.book = newBookReader(d, ret)
		}
		diags = c.fill()
		c.s.sumUp()
		if c.book != nil {
			c.book.sumUp()
		}
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
	return append(kind, diags...)
}

// empty is what one file of a return is read into: a CSV table gives nothing but
// itself, so the others need no room.
func (d *Document) empty(r *rubric.Rubric) *Return {
	if d.table == nil {
		return Empty(r)
	}
	ret := &Return{Tables: map[string]*Table{}, Answers: map[string]map[string]Answer{}, CoverAt: map[string]diag.Pos{}}
	if c := (csvReader{csvTable: d.table, s: setter{r: r}}); c.kind() == blockTable {
		return ret
	}
	ret.Fields = emptyFields(r)
	return ret
}

// isUsed reports whether a CSV file is a table of the rubric.
func (d *Document) isUsed(r *rubric.Rubric) bool {
	c := csvReader{csvTable: d.table, s: setter{r: r}}
	return c.kind() != unknownTable
}
