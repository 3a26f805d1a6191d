package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/reports/assessment"
	"dudao/reports/book"
	"dudao/reports/narrative"
	"dudao/reports/outline"
	"dudao/reports/page"
	"dudao/reports/scorecard"
)

// reportForms are the forms that a report can have, by the ending of its name.
var reportForms = []string{"xlsx", "md", "html"}

// draw makes a report, or the scorecard in JSON.
func (a *app) draw(form string, p *engine.Program, ret *returns.Return, card *engine.Scorecard) ([]byte, error) {
	var data []byte
	var err error
	switch form {
	case "json":
		return a.cardJSON(card)
	case "md":
		data = sealed(narrative.Draft(outline.New(p, ret, card, a.Printer), version))
	case "html":
		data, err = page.Draw(outline.New(p, ret, card, a.Printer), version)
		data = sealed(data)
	default:
		var buf bytes.Buffer
		err = assessment.Book(p, ret, card, a.Printer, version).Write(&buf)
		data = buf.Bytes()
	}
	if err != nil {
		return nil, fail(diag.M("the report can’t be made (in the original words: %s)", err.Error()))
	}
	return data, nil
}

func (a *app) cardJSON(card *engine.Scorecard) ([]byte, error) {
	data, err := scorecard.Write(card, version)
	if err != nil {
		return nil, fail(diag.M("the result can’t be written"))
	}
	return data, nil
}

// print writes an output to standard output.
func (a *app) print(data []byte) error {
	if _, err := a.out.Write(data); err != nil {
		return fail(diag.M("the result can’t be written"))
	}
	return nil
}

// formOf is the form of a report by the ending of its name, or the one given.
func formOf(name, form string) string {
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
	if form == "" && (slices.Contains(reportForms, ext) || ext == "json") {
		return ext
	}
	if form == "" {
		return "xlsx"
	}
	return form
}

// A seal is the last line of a report that isn't a workbook: the hash of what is
// before it. It tells a report that nobody touched from one somebody worked on.
const sealHead = "\n<!-- dudao "

func sealed(data []byte) []byte { return append(data, sealOf(data)...) }

func sealOf(data []byte) string {
	sum := sha256.Sum256(data)
	return sealHead + hex.EncodeToString(sum[:16]) + " -->\n"
}

// untouched reports whether a file is still what dudao wrote.
func untouched(data []byte) bool {
	if _, same := book.Untouched(data); same {
		return true
	}
	if at := bytes.LastIndex(data, []byte(sealHead)); at >= 0 {
		return string(data[at:]) == sealOf(data[:at])
	}
	doc, diags := scorecard.Read("", data)
	if diags.HasErrors() {
		return false
	}
	again, err := scorecard.Write(&doc.Scorecard, doc.Dudao)
	return err == nil && bytes.Equal(again, data)
}
