package returns

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"dudao/engine/diag"
)

// Review is what an inspector found in place of what units submitted: values,
// answers, or the points of items, each with the reason.
type Review struct {
	File     File
	Text     []byte // of YAML or CSV, in UTF-8, to show the line of a problem
	Findings []Finding
}

// Finding is one line of a review. Until the rubric is known it isn't understood.
type Finding struct {
	Unit, Code string // of which one at least is given
	Reason     string
	Pos        diag.Pos

	kind  findingKind
	what  diag.Excerpt // the id of an item, or the path of a value or answer
	also  string       // of a table: what stands beside the id
	value entry
}

// findingKind is what a line says that it finds.
type findingKind uint8

const (
	anything      findingKind = iota // the table doesn't say
	resultOfItem                     // points, met, letter
	levelOfItem                      // of a judged item
	valueOrAnswer                    // by its path
)

// ReadReview reads the file of an inspector: a workbook whose first sheet is a table,
// the same table as CSV, or YAML. What is wrong with single lines is reported with
// the place; such a line is no finding.
func ReadReview(name string, data []byte, limits Limits) (*Review, diag.List) {
	name = slashed(name)
	rev := &Review{File: File{Name: path.Base(name), SHA256: sum(data)}}
	var diags diag.List
	switch {
	case int64(len(data)) > limits.FileSize:
		diags.Add(diag.Pos{File: name}, 0, diag.M("the file is too large"))
	case isYAML(name) && len(bytes.TrimSpace(data)) > 0:
		rev.Text = data
		diags = rev.readYAML(name)
	default:
		d, faults := open(name, data, &folder{limits: limits, inner: true, isMapped: true})
		if faults.HasErrors() {
			return nil, reviewFaults(faults)
		}
		t := reviewTable{file: name, rev: rev}
		switch {
		case d.book != nil:
			diags = t.readBook(d.book)
			if err := d.book.Err(); err != nil {
				diags = append(diags, refused(diag.Pos{File: name}, err))
			}
		default:
			rev.Text = d.Texts[name]
			var rows [][]entry
			for line := range d.table.ends {
				rows = append(rows, d.table.entries(d.table.row(line)))
			}
			diags = t.read(d.table.heading, rows)
		}
	}
	if len(rev.Findings) == 0 && !diags.HasErrors() {
		diags.Add(diag.Pos{File: name}, 0, diag.M("the review holds no finding"), reviewHint)
	}
	return rev, diags.Sorted()
}

var reviewHint = diag.M("a review is a table with the columns 单位, 编号 or 指标, 核查值 or 核查得分, 理由 (.xlsx or .csv), or YAML")

// reviewFaults says what a review is, where the file is none.
func reviewFaults(diags diag.List) diag.List {
	for i := range diags {
		diags[i].Hints = slices.DeleteFunc(slices.Clone(diags[i].Hints), func(m diag.Message) bool { return m.Key == formHint.Key || m.Key == useForm.Key })
		if len(diags[i].Hints) == 0 {
			diags[i].Hints = []diag.Message{reviewHint}
		}
	}
	return diags
}

// For is what was found of a unit.
func (rev *Review) For(cover Cover) []Finding {
	var out []Finding
	for _, f := range rev.Findings {
		if f.of(cover) {
			out = append(out, f)
		}
	}
	return out
}

// of reports whether a finding is about a unit: by its code where both give one, else
// by its name.
func (f Finding) of(cover Cover) bool {
	code, name := squeezed(f.Code), squeezed(f.Unit)
	if code != "" && cover.Code != "" {
		return code == squeezed(cover.Code) && (name == "" || cover.Name == "" || name == squeezed(cover.Name))
	}
	return name != "" && name == squeezed(cover.Name)
}

// Strangers reports the lines that are about none of the units, or about several of
// the same name.
func (rev *Review) Strangers(covers []Cover) diag.List {
	var diags diag.List
	seen := map[string]bool{}
	for _, f := range rev.Findings {
		who := strings.TrimSpace(f.Code + " " + f.Unit)
		if seen[who] {
			continue
		}
		seen[who] = true
		of := slices.DeleteFunc(slices.Clone(covers), func(c Cover) bool { return !f.of(c) })
		switch {
		case len(of) == 0:
			var hints []diag.Message
			var names []string
			for _, c := range covers {
				names = append(names, c.Name)
				if f.Code != "" && squeezed(c.Code) == squeezed(f.Code) {
					hints = append(hints, diag.M("the code %s is that of %s", c.Code, c.Name))
				}
			}
			if len(hints) == 0 {
				hints = nearest(f.Unit, names)
			}
			diags.Add(f.Pos, 0, diag.M("no return is of the unit “%s”", who), hints...)
		case len(of) > 1 && of[0].Code != of[1].Code:
			diags.Add(f.Pos, 0, diag.M("several returns are of the unit “%s”", who), diag.M("give its division code, too: in the column 代码, or as code: in YAML"))
		}
	}
	return diags
}

// keep takes a line that is whole; else it says what is lacking.
func (rev *Review) keep(f Finding, needsReason bool, diags *diag.List) {
	ok := true
	fault := func(m diag.Message, hints ...diag.Message) {
		diags.Add(f.Pos, 0, m, hints...)
		ok = false
	}
	if !f.value.fault.IsZero() {
		diags.Add(f.value.pos.Pos(), 0, f.value.fault, diag.M("write the value itself into this cell"))
		ok = false
	} else if strings.TrimSpace(f.value.typed) == "" {
		fault(diag.M("“%s” has no checked value", f.what.Text), diag.M("give it, or leave the line out"))
	}
	if f.what.Text == "" {
		fault(diag.M("the line does not say which item or value was checked"), diag.M("give the id of an item, or the path of a value: 名称, 表[行].列, 名称.上年"))
	}
	if needsReason && f.Reason == "" {
		fault(diag.M("“%s” is checked without a reason", f.what.Text), diag.M("say how it was found"))
	}
	if needsReason && f.Unit == "" && f.Code == "" {
		fault(diag.M("the line does not say whose “%s” was checked", f.what.Text), diag.M("give the unit or its division code"))
	}
	if ok {
		rev.Findings = append(rev.Findings, f)
	}
}
