// Package audit finds out what was changed in a report since dudao wrote it. The
// report carries the rubric and what was submitted; from them it is made again and
// compared cell by cell. Office programs write formulas, numbers and rows in their
// own way, so it is not the bytes that are compared but what they mean.
package audit

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/engine/xlsx"
	"dudao/reports/assessment"
)

// Kind is what a finding is about.
type Kind string

const (
	Input   Kind = "input"   // something submitted
	Formula Kind = "formula" // also a formula where a value belongs, and the reverse
	Result  Kind = "result"  // what a formula came to
	Figure  Kind = "figure"  // a standard or another number
	Text    Kind = "text"    //
	Name    Kind = "name"    // by which formulas read cells
	Layout  Kind = "layout"  // rows and sheets
	Hidden  Kind = "hidden"  // what dudao needs to check the report
)

// Finding is one difference.
type Finding struct {
	Kind  Kind        `json:"kind"`
	What  diag.Phrase `json:"what"` // whose cell it is, or what happened
	Sheet string      `json:"sheet,omitempty"`
	Cell  string      `json:"cell,omitempty"`
	Was   string      `json:"was"`
	Is    string      `json:"is"`
}

// Report is what was found in one report.
type Report struct {
	Rubric   rubric.Ref
	Version  string // of the dudao that wrote it
	Same     bool   // it is the version of this dudao; otherwise only inputs and results were compared
	Program  *engine.Program
	Before   *engine.Scorecard // as written
	After    *engine.Scorecard // of the data that now stand in the report; nil if no input was edited
	Findings []Finding
	Filled   []Finding // cells that dudao left empty and someone filled in: not a change
}

// Open checks a report. The diagnostics say why one can't be checked.
func Open(name string, data []byte, version string) (*Report, diag.List) {
	var diags diag.List
	at := diag.Pos{File: name}
	doc, diags := returns.Open(name, data, returns.DefaultLimits)
	if diags.HasErrors() {
		return nil, diags
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		diags.Add(at, 0, diag.M("this is no report of dudao: a report is an Excel workbook"))
		return nil, diags
	}
	book, err := openBook(archive)
	if err != nil {
		return nil, refused(at, err)
	}
	meta, diags := readMeta(at, book)
	if diags.HasErrors() {
		return nil, diags
	}
	a := audit{report: &Report{Version: meta.Version, Same: meta.Version == version}, got: book, file: name, doc: doc, meta: meta}
	if diags := a.again(at, version); diags.HasErrors() {
		return nil, diags
	}
	if diags := a.compare(at); diags.HasErrors() {
		return nil, diags
	}
	return a.report, nil
}

// audit is a report while it is being compared.
type audit struct {
	report *Report
	file   string
	doc    *returns.Document // the report, to be read as a return
	meta   meta
	ret    *returns.Return // as carried
	got    *xlsx.Book      // the report
	want   *xlsx.Book      // what dudao would write
	wanted []byte
	now    *xlsx.Book // the same of the data that now stand in the report, or nil
	entry  map[spot]bool
	rows   map[string]*rowMap // by sheet
	still  bool               // no sheet and no row has moved
	names  map[spot]string    // of single cells, as written
}

// spot is a cell of a sheet.
type spot struct {
	sheet    string
	col, row int
}

// again makes the report again from what it carries.
func (a *audit) again(at diag.Pos, version string) diag.List {
	var diags diag.List
	r, faults := rubric.LoadText("scheme", []byte(a.meta.Scheme))
	if faults.HasErrors() {
		diags.Add(at, 0, diag.M("the scheme that the report carries can’t be read"), unreadable)
		return diags
	}
	p, faults := engine.Compile(r)
	if faults.HasErrors() {
		diags.Add(at, 0, diag.M("the scheme that the report carries can’t be read"), unreadable)
		return diags
	}
	a.ret = returns.Empty(p.Rubric)
	if err := json.Unmarshal([]byte(a.meta.Return), a.ret); err != nil || !a.ret.Fits(p.Rubric) {
		diags.Add(at, 0, diag.M("the data that the report carries can’t be read"), unreadable)
		return diags
	}
	rep := a.report
	rep.Program, rep.Before, rep.Rubric = p, p.Score(a.ret), p.Rubric.Ref()
	var err error
	if a.wanted, a.want, err = a.made(a.ret, version); err != nil {
		diags.Add(at, 0, diag.M("the report can’t be made (in the original words: %s)", err.Error()))
	}
	return diags
}

var unreadable = diag.M("the hidden sheet %s was edited, or another version of dudao wrote the report; ask for the report as dudao wrote it", returns.MetaSheet)

// made is the report of a return, as dudao writes it.
func (a *audit) made(ret *returns.Return, version string) ([]byte, *xlsx.Book, error) {
	p := a.report.Program
	var buf bytes.Buffer
	if err := assessment.Book(p, ret, p.Score(ret), text.New(a.meta.Language), version).Write(&buf); err != nil {
		return nil, nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		return nil, nil, err
	}
	book, err := openBook(archive)
	return buf.Bytes(), book, err
}

func openBook(archive *zip.Reader) (*xlsx.Book, error) {
	l := returns.DefaultLimits
	book, err := xlsx.Open(archive, xlsx.Limits{Unpacked: l.Unpacked, Text: l.Text, Cells: l.Cells, Rows: l.Rows, Time: l.Time})
	if err != nil {
		return nil, err
	}
	for _, s := range book.Sheets {
		if _, err := book.Sheet(s); err != nil {
			return nil, err
		}
	}
	return book, nil
}

func refused(at diag.Pos, err error) diag.List {
	var diags diag.List
	var r *xlsx.Refusal
	if errors.As(err, &r) {
		diags.Add(at, 0, r.Message, r.Hint)
	} else {
		diags.Add(at, 0, diag.M("the workbook can’t be read"))
	}
	return diags
}

// compare finds all differences.
func (a *audit) compare(at diag.Pos) diag.List {
	a.entries()
	a.carriedEdited()
	if diags := a.inputs(at); diags.HasErrors() {
		return diags
	}
	a.named()
	if !a.report.Same {
		a.results()
		return nil
	}
	a.align()
	a.sheets()
	a.definedNames()
	return nil
}

// carriedEdited tells whether the hidden sheet is as written.
func (a *audit) carriedEdited() {
	m := a.meta
	if m.Sum != m.Carried.Sum() {
		a.found(Finding{Kind: Hidden, What: diag.P(diag.M("what dudao needs to check the report was edited")), Sheet: returns.MetaSheet})
	}
	if ref := a.report.Rubric; m.Ref != ref {
		a.found(Finding{Kind: Hidden, What: diag.P(diag.M("the name of the scheme")), Sheet: returns.MetaSheet,
			Was: ref.String() + " (" + ref.ShortHash() + ")", Is: m.Ref.String() + " (" + m.Ref.ShortHash() + ")"})
	}
}

func (a *audit) found(f Finding) { a.report.Findings = append(a.report.Findings, f) }

// meta is the hidden sheet.
type meta struct {
	assessment.Carried
	Ref rubric.Ref
	Sum string
}

func readMeta(at diag.Pos, book *xlsx.Book) (meta, diag.List) {
	var m meta
	var diags diag.List
	sheet, _ := book.Sheet(returns.MetaSheet)
	if sheet == nil {
		diags.Add(at, 0, diag.M("this is no report of dudao, or its hidden sheet %s was removed; nothing can be checked", returns.MetaSheet),
			diag.M("ask for the report as dudao wrote it"))
		return m, diags
	}
	kind := ""
	into := map[string]*string{returns.MetaKind: &kind, returns.MetaRubric: &m.Ref.ID, returns.MetaVersion: &m.Ref.Version, returns.MetaHash: &m.Ref.Hash,
		returns.MetaMaker: &m.Version, returns.MetaLanguage: &m.Language, returns.MetaSum: &m.Sum, returns.MetaScheme: &m.Scheme, returns.MetaReturn: &m.Return}
	for _, row := range sheet.Rows {
		key, _ := sheet.At(1, row.Number)
		value, _ := sheet.At(2, row.Number)
		if to := into[key.Text]; to != nil {
			*to += strings.ReplaceAll(value.Text, "\r\n", "\n")
		}
	}
	switch {
	case kind != "report":
		diags.Add(at, 0, diag.M("this is a form, not a report: there is nothing to check"), diag.M("“dudao check” lists what is wrong in its data"))
	case m.Scheme == "" || m.Return == "":
		diags.Add(at, 0, diag.M("the report does not carry its scheme and its data, so nothing can be checked"),
			diag.M("an older dudao wrote it, or the hidden sheet %s was edited; ask for the report as dudao wrote it", returns.MetaSheet))
	}
	return m, diags
}
