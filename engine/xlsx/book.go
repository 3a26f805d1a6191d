// Package xlsx reads the cells of workbooks that come from outside: .xlsx and
// .xlsm of Excel, WPS and LibreOffice, also in the strict form of the standard.
//
// It reads a part only when it is asked for, front to back, within limits, into
// no more than the cells that hold something. Nothing is written, nothing is
// run, nothing outside the file is opened.
package xlsx

import (
	"archive/zip"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"dudao/engine/diag"
)

// Limits bound what is read.
type Limits struct {
	Unpacked int64         // bytes of the parts that are read, unpacked
	Text     int64         // bytes of the texts in cells
	Cells    int           // that hold something
	Rows     int           // that hold something
	Time     time.Duration // spent on reading
}

// Refusal is why a workbook isn't read, and what to do.
type Refusal struct{ Message, Hint diag.Message }

func (r *Refusal) Error() string { return r.Message.Key }

var (
	repair = diag.M("open it in Excel or WPS, let it repair the file, save it as .xlsx and try again")
	reduce = diag.M("copy the figures into a fresh form, or delete the sheets and columns that do not belong to it")
)

// Book is an opened workbook.
type Book struct {
	Sheets    []string // in the order in which they are shown
	Names     []Name   // the defined names
	Links     []string // the other workbooks that formulas refer to; [1] is the first
	HasMacros bool     // they are never run
	parts     map[string]*zip.File
	paths     map[string]string // of the sheets, by name
	related   map[string]string // the other parts by kind
	strings   []string          // that cells share; they and formats are nil before the first sheet is read
	formats   []Format          // by style
	from1904  bool              // days are counted from 1904
	sheets    map[string]*Sheet // those read so far
	texts     texts
	limits    Limits // what is left of them
	window    []byte // of the scanner
	err       error  // why reading stopped
}

// Name is a defined name.
type Name struct {
	Name, RefersTo string
	IsLocal        bool // of one sheet
}

// IsBook tells a workbook from another zip.
func IsBook(archive *zip.Reader) bool { return bookPart(archive) != "" }

// bookPart finds the part where reading begins. Programs of Microsoft's servers
// call it otherwise than Excel.
func bookPart(archive *zip.Reader) string {
	office, other := false, ""
	for _, f := range archive.File {
		switch name := partName(f.Name); {
		case name == "xl/workbook.xml":
			return name
		case name == "[content_types].xml":
			office = true
		case strings.HasPrefix(path.Base(name), "workbook") && path.Ext(name) == ".xml" && other == "":
			other = name
		}
	}
	if !office {
		return ""
	}
	return other
}

// partName is how parts are compared: some programs write \ or other letters.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// Open reads what a workbook says about itself, but no sheet yet.
func Open(archive *zip.Reader, limits Limits) (*Book, error) {
	b := &Book{parts: map[string]*zip.File{}, paths: map[string]string{}, related: map[string]string{}, sheets: map[string]*Sheet{},
		limits: limits, window: make([]byte, 64<<10)}
	for _, f := range archive.File {
		b.parts[partName(f.Name)] = f
		if f.Flags&1 != 0 {
			return nil, &Refusal{diag.M("the workbook is locked with a password"), diag.M("open it in Excel or WPS, remove the password and save it again")}
		}
	}
	main := bookPart(archive)
	list, err := b.relations(main)
	if err != nil {
		return nil, err
	}
	byID := map[string]relation{}
	for _, r := range list {
		byID[r.id], b.related[r.kind] = r, r.target
	}
	b.HasMacros = b.related["vbaProject"] != ""
	var links []string
	err = b.part(main, func(s *scanner) error {
		for depth := s.depth; s.child(depth); {
			switch string(s.name) {
			case "workbookPr":
				for s.attr() {
					b.from1904 = b.from1904 || string(s.key) == "date1904" && isTrue(s.value)
				}
			case "sheets":
				for inner := s.depth; s.child(inner); {
					if err := b.sheetEntry(s, byID); err != nil {
						return err
					}
				}
			case "definedNames":
				for inner := s.depth; s.child(inner); {
					if err := b.nameEntry(s); err != nil {
						return err
					}
				}
			case "externalReferences":
				for inner := s.depth; s.child(inner); {
					for s.attr() {
						if string(s.key) == "id" {
							links = append(links, byID[string(s.value)].target)
						}
					}
				}
			}
		}
		return nil
	})
	if err == nil && len(b.Sheets) == 0 {
		err = &Refusal{diag.M("the workbook has no sheets"), repair}
	}
	if err != nil {
		return nil, err
	}
	for _, link := range links[:min(len(links), 1000)] {
		b.Links = append(b.Links, b.linked(link))
	}
	return b, nil
}

func isTrue(value []byte) bool { return string(value) == "1" || string(value) == "true" }

func (b *Book) sheetEntry(s *scanner, byID map[string]relation) error {
	var name, id string
	for s.attr() {
		switch string(s.key) {
		case "name":
			name = string(unescape(nil, s.value))
		case "id":
			id = string(s.value)
		}
	}
	if _, twice := b.paths[name]; name == "" || twice {
		return nil
	}
	b.Sheets = append(b.Sheets, name)
	b.paths[name] = byID[id].target
	return b.count(1, len(name))
}

func (b *Book) nameEntry(s *scanner) error {
	var n Name
	for s.attr() {
		switch string(s.key) {
		case "name":
			n.Name = string(unescape(nil, s.value))
		case "localSheetId":
			n.IsLocal = true
		}
	}
	n.RefersTo = string(s.text(nil))
	b.Names = append(b.Names, n)
	return b.count(1, len(n.Name)+len(n.RefersTo))
}

// linked finds out which file a link leads to. It is never opened.
func (b *Book) linked(part string) string {
	list, _ := b.relations(part) // without its name it is still a link
	name := ""
	if i := slices.IndexFunc(list, func(r relation) bool { return strings.HasPrefix(r.kind, "externalLink") }); i >= 0 {
		name = path.Base(strings.ReplaceAll(list[i].target, `\`, "/"))
	}
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return name
}

// shared returns a text by its number.
func (b *Book) shared(number []byte) (string, error) {
	n, err := strconv.Atoi(string(number))
	if err != nil || n < 0 || n >= len(b.strings) {
		return "", &Refusal{diag.M("the workbook is damaged: the texts of its cells are missing"), repair}
	}
	return b.strings[n], nil
}
