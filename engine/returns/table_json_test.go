package returns_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"dudao/engine/diag"
	"dudao/engine/returns"
)

// What a table is as JSON, cell by cell.
func TestTableAsJSON(t *testing.T) {
	number := func(x float64, typed, cell string) returns.Cell {
		return returns.Cell{State: returns.Given, Number: x, Typed: typed, Origin: returns.OriginOf(diag.Pos{File: "a.xlsx", Sheet: "学校", Cell: cell})}
	}
	line := func(text string, line, col int) returns.Cell {
		return returns.Cell{State: returns.Given, Text: text, Typed: text, Origin: returns.OriginOf(diag.Pos{File: "a.yaml", Line: line, Col: col})}
	}
	tests := []struct {
		name  string
		cells []returns.Cell
		want  string
	}{
		{"none", nil, `null`},
		{"no rows", []returns.Cell{}, `[]`},
		{"one below the other", []returns.Cell{number(420, "420", "D9"), number(-0.5, "-0.5", "D10"), number(1, "是", "D11"), number(0, "否", "D12")},
			`{"at":{"file":"a.xlsx","sheet":"学校","cell":"D9"},"cells":[420,-0.5,true,false]}`},
		{"rows left out", []returns.Cell{number(1, "1", "D9"), number(2, "2", "D11"), number(3, "3", "D12")},
			`{"at":{"file":"a.xlsx","sheet":"学校","cell":"D9"},"cells":[1,[2,"D11"],3]}`},
		{"typed otherwise", []returns.Cell{number(1, "1.0", "D9"), number(12000, "1.2万", "D10")},
			`{"at":{"file":"a.xlsx","sheet":"学校","cell":"D9"},"cells":[{"state":1,"number":1,"typed":"1.0"},{"state":1,"number":12000,"typed":"1.2万"}]}`},
		{"lines", []returns.Cell{line("一小", 3, 5), line("二\n\"小\"", 4, 5), line("三小", 6, 7), line("四小", 7, 7)},
			`{"at":{"file":"a.yaml","line":3,"col":5},"cells":["一小","二\n\"小\"",["三小",6,7],"四小"]}`},
		{"two files", []returns.Cell{line("一小", 3, 5), number(2, "2", "D9"), {}, {State: returns.NotApplicable, Typed: "不适用"}, number(3, "3", "D10")},
			`{"at":{"file":"a.yaml","line":3,"col":5},"cells":["一小",[2,{"file":"a.xlsx","sheet":"学校","cell":"D9"}],[null],{"state":2,"typed":"不适用"},[3,{"file":"a.xlsx","sheet":"学校","cell":"D10"}]]}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := &returns.Table{Columns: map[string][][]returns.Cell{"列": {tt.cells}}}
			got, err := json.Marshal(table)
			if want := `{"keys":null,"columns":{"列":[` + tt.want + `]}}`; err != nil || string(got) != want {
				t.Errorf("%v\n got %s\nwant %s", err, got, want)
			}
			again(t, table)
		})
	}
}

// again reads a table back, and from what was written before tables had a shape of
// their own.
func again(t *testing.T, table *returns.Table) {
	t.Helper()
	type plain returns.Table
	for _, v := range []any{table, (*plain)(table)} {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var got returns.Table
		if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(&got, table) {
			t.Fatalf("%v: read back it isn't the same: %s\n got %+v\nwant %+v", err, text, &got, table)
		}
	}
}

// Whatever stands in the cells, and wherever they stand.
func TestTablesComeBackFromJSON(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	of := func(texts ...string) string { return texts[rnd.IntN(len(texts))] }
	for range 2000 {
		var cells []returns.Cell
		for row := range rnd.IntN(6) {
			c := returns.Cell{State: returns.State(rnd.IntN(4))}
			c.Number = []float64{0, 1, 0, -3.25, 1e21, 1e-9, math.Copysign(0, -1)}[rnd.IntN(7)]
			c.Text = of("", "", "一小", "1", "<a>&", "\u2028", "a\\\x01")
			c.Typed = of("", c.Text, "1", "0", "-0", "是", "否", "-3.25", "1e21", "1000000000000000000000", "0.000000001")
			if rnd.IntN(5) == 0 {
				c.Notes = []diag.Message{diag.M("%s", of("甲", "乙"))}
			}
			switch rnd.IntN(3) {
			case 0:
				c.Origin = returns.OriginOf(diag.Pos{File: of("", "a.xlsx", "b.xlsx"), Sheet: of("学校", ""), Cell: of("", "A", "D7", "D8", "D9", "AB10", "D07", "7", "D8x")})
			case 1:
				c.Origin = returns.OriginOf(diag.Pos{File: of("", "a.xlsx", "a.yaml"), Line: row + rnd.IntN(3), Col: rnd.IntN(2)})
			}
			cells = append(cells, c)
		}
		again(t, &returns.Table{Keys: []string{"甲"}, Columns: map[string][][]returns.Cell{"列\"": {cells, cells}, "空": {}}})
	}
}

// What was edited is refused, and nothing breaks.
func TestTablesThatAreNone(t *testing.T) {
	for _, cells := range []string{`[[]]`, `[[1,2,3,4,5]]`, `[[[1]]]`, `[[1,true]]`, `[[1,"A1","B"]]`, `[1e999]`, `[{"state":"x"}]`, `3`, `"x"`} {
		var got returns.Table
		if json.Unmarshal([]byte(`{"columns":{"列":[{"at":{},"cells":`+cells+`}]}}`), &got) == nil {
			t.Errorf("read: %s", cells)
		}
	}
}
