// Package scorecard writes the result of one return as JSON, for other programs and
// for drawing reports later, and reads it back. Nothing is lost: what is read is
// what was scored. The JSON is never translated; its schema is published.
package scorecard

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
)

// Schema is the JSON Schema of the scorecard.
//
//go:embed schema.json
var Schema []byte

// Format names the form of the JSON. What is added later is optional; anything else
// would be another format.
const Format = "dudao-scorecard-1"

// Document is the JSON of a scorecard.
type Document struct {
	Format   string `json:"format"`
	Dudao    string `json:"dudao"`     // the version that scored
	Hash     string `json:"hash"`      // of data, rubric and result, by which a report is verified
	DataHash string `json:"data_hash"` // of what was submitted
	engine.Scorecard
}

// Write makes the JSON, on one line.
func Write(card *engine.Scorecard, version string) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // >= stays readable
	err := enc.Encode(Document{Format, version, card.Hash(), card.DataHash(), *card})
	return out.Bytes(), err
}

// Read reads what Write made. Whatever isn't that, or was changed since as far as its
// hash tells, is refused.
func Read(file string, data []byte) (*Document, diag.List) {
	var diags diag.List
	at := diag.Pos{File: file}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	doc := &Document{}
	if err := dec.Decode(doc); err != nil {
		diags.Add(where(at, data, err), 0, diag.M("this is no scorecard in JSON (in the original words: %s)", strings.TrimPrefix(err.Error(), "json: ")), scoreHint)
		return nil, diags
	}
	switch _, err := dec.Token(); {
	case !strings.HasPrefix(doc.Format, "dudao-scorecard-"):
		diags.Add(at, 0, diag.M("this is no scorecard in JSON: it does not say “format”"), scoreHint)
	case doc.Format != Format:
		diags.Add(at, 0, diag.M("the scorecard is of the format %s, this dudao reads %s", doc.Format, Format), diag.M("draw the report with dudao %s", doc.Dudao))
	case !errors.Is(err, io.EOF):
		diags.Add(at, 0, diag.M("the file holds more than one scorecard"), diag.M("put each line into a file of its own"))
	case doc.DataHash != doc.Scorecard.DataHash():
		diags.Add(at, 0, diag.M("the data in the scorecard were changed after it was written: their hash is %s, it says %s",
			short(doc.Scorecard.DataHash()), short(doc.DataHash)), scoreHint)
	}
	if diags.HasErrors() {
		return nil, diags
	}
	return doc, nil
}

var scoreHint = diag.M("“dudao score RETURN --format json” writes a scorecard")

func short(hash string) string { return hash[:min(len(hash), 12)] }

// where is the line of an error of the syntax.
func where(at diag.Pos, data []byte, err error) diag.Pos {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := int64(0)
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	if offset > 0 {
		at.Line = 1 + bytes.Count(data[:min(offset, int64(len(data)))], []byte("\n"))
	}
	return at
}
