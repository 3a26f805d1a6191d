package summary

import (
	"testing"

	"dudao/engine/diag"
)

// small is a batch of four with something on every sheet.
func small(t testing.TB) Input {
	in := duty(t, 4)
	n := func(x float64) *float64 { return &x }
	in.Claims = []ClaimRow{
		{Unit: "甲县001", Item: "1", Claimed: n(4), Engine: n(4), Checked: n(2), Reason: "现场没有看到文件"},
		{Unit: "甲县002", Item: "", Claimed: n(95.5), Engine: n(90)},
	}
	in.Changes = []ChangeRow{{Unit: "甲县001", Item: "5", Last: n(8), Now: n(4), Cause: diag.P(diag.Verbatim("数据")), Detail: diag.P(diag.Verbatim("支出由 2 变为 1"))}}
	in.PriorDiffs = []PriorRow{{Unit: "甲县003", Name: "支出", Accepted: 100, Typed: 98.5, Pos: diag.Pos{File: "甲县003.xlsx", Sheet: "数据", Cell: "D7"}}}
	in.Doubts = []DoubtRow{{Kind: diag.Verbatim("相同数据"), Units: []string{"甲县001", "甲县004"}, Where: "学校", Evidence: diag.P(diag.Verbatim("12行完全相同")),
		Pos: diag.Pos{File: "甲县001.xlsx", Sheet: "学校", Cell: "A5"}}}
	return in
}
