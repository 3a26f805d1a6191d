package returns

import (
	"encoding/json"
	"math"
	"testing"

	"dudao/engine/diag"
)

// An origin is its position, however unusual that is, also in JSON.
func TestOrigin(t *testing.T) {
	seen := map[Origin]diag.Pos{}
	for _, pos := range []diag.Pos{
		{},
		{File: "学校.csv"},
		{File: "学校.csv", Line: 3},
		{File: "学校.csv", Line: 3, Col: 12},
		{Line: 3, Col: 12},
		{File: "学校.csv", Col: 12},
		{File: "学校.csv", Line: math.MaxInt32 + 1, Col: 12},
		{File: "学校.xlsx", Sheet: "学校"},
		{File: "学校.xlsx", Sheet: "学校", Cell: "C5"},
		{File: "学校.xlsx", Sheet: "学校", Cell: "$C$5"},
		{File: "学校.xlsx", Sheet: "学校", Cell: "C5:D7"},
		{File: "学校.xlsx", Sheet: "学校", Cell: "xfd1048576"},
		{File: "学校.xlsx", Sheet: "学校", Cell: "XFD1048576"},
		{File: "学校.xlsx", Sheet: "学校", Cell: "C5", Line: 7},
		{File: "学校.xlsx", Cell: "C5"},
	} {
		o := OriginOf(pos)
		if got := o.Pos(); got != pos || o != OriginOf(pos) || o.IsZero() != pos.IsZero() {
			t.Errorf("%+v becomes %+v", pos, got)
		}
		if other, known := seen[o]; known {
			t.Errorf("%+v and %+v have one origin", pos, other)
		}
		seen[o] = pos
		want, err := json.Marshal(Cell{Typed: "1", Origin: o})
		var again Cell
		if err == nil {
			err = json.Unmarshal(want, &again)
		}
		if err != nil || again.Origin != o {
			t.Errorf("%s is read as %+v: %v", want, again.Pos(), err)
		}
		moved := pos
		if moved.File = "b.csv"; !pos.IsZero() && o.inFile("b.csv").Pos() != moved {
			t.Errorf("%+v in b.csv is %+v", pos, o.inFile("b.csv").Pos())
		}
	}
}
