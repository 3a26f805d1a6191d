package audit

import (
	"archive/zip"
	"bytes"
	"encoding/json"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/xlsx"
)

// Submitted is the return that a report carries, as it was when the report was written.
// Whether the report was edited since isn't asked here, but for what it carries.
func Submitted(name string, data []byte) (*returns.Return, diag.List) {
	var diags diag.List
	at := diag.Pos{File: name}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		diags.Add(at, 0, diag.M("the workbook can’t be read"))
		return nil, diags
	}
	l := returns.DefaultLimits
	book, err := xlsx.Open(archive, xlsx.Limits{Unpacked: l.Unpacked, Text: l.Text, Cells: l.Cells, Rows: l.Rows, Time: l.Time})
	if err != nil {
		return nil, refused(at, err)
	}
	m, diags := readMeta(at, book)
	if diags.HasErrors() {
		return nil, diags
	}
	var ret returns.Return
	if m.Sum != m.Carried.Sum() || json.Unmarshal([]byte(m.Return), &ret) != nil {
		diags.Add(at, 0, diag.M("what dudao needs to check the report was edited"), diag.M("ask for the report as dudao wrote it"))
		return nil, diags
	}
	return &ret, nil
}
