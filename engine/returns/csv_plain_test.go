package returns

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"dudao/engine/diag"
	"dudao/engine/rubric"
)

const plainHeading = "县,行政区划代码,学段,校名,学生数,面积,备注\n"

var plainRubric = `
id: a
title: 甲
version: "1"
data:
  学校:
    key: 校名
    columns:
      学段: {choice: [小学, 初中]}
      学生数: {unit: 人, type: whole, min: 0}
      面积: {unit: ㎡, max: 9000}
items:
  - {id: "1", title: 一, points: 1, each: 学校, pass: 学生数 > 0}
`

var plainLines = []string{
	"甲县,1,小学,第一小学,10,20.5,", "甲县,1,初中,一中,0,0.07,", "甲县,1,,,,,", "甲县,1,小学,二小,,,", "甲县,1,小学,三小,1.5,3,", "甲县,1,小学,四小,-1,9001,",
	"甲县,1,小学,五小,12,20", "甲县,1,小学,六小,12,20,,", "甲县,1,小学,七小,12,20,,多了", "甲县,1,小学,八小,12,20,刚建成", `甲县,1,小学,"九,小",12,20,`, "甲县,1,小学,\"十\n小\",12,20,",
	"甲县,1,高中,十一中,12,20,", "甲县,1,小学, 十二小,１２,20㎡,", "甲县,1,小学,不适用,12,不适用,", "甲县,1,小学,合计,12,20,", "甲县, 1,小学,十三小,123456789012345,1.,", "甲县,1,小学,第一小学,11,20,",
	"", ",,,,,,", "甲县,1", `甲县,1,小学,十四"小,12,20,`, "甲县,1,小学,十五\r小,12,20,",
}

// sameByEach reads the rows of units as plain rows and, divided first, with care.
func sameByEach(t *testing.T, r *rubric.Rubric, text string) {
	t.Helper()
	s, _ := OpenSet(fstest.MapFS{"学校.csv": {Data: []byte(text)}}, "全省", DefaultSetLimits)
	if s == nil {
		return
	}
	for i := range s.units {
		var read [2]struct {
			Return *Return
			Diags  diag.List
		}
		for way := range read {
			d, _ := s.Open(i)
			if d == nil {
				continue
			}
			if part := d.parts[0]; way == 1 {
				whole, wrong := part.table.divided()
				if wrong.HasErrors() {
					continue // told alike, without what else there is
				}
				part.table = whole
			}
			read[way].Return, read[way].Diags = d.Read(r)
			if way == 0 && read[0].Diags.HasErrors() {
				read[0].Return = nil
			}
			if ret := read[way].Return; ret != nil {
				ret.rooms = nil
			}
		}
		if a, b := read[0], read[1]; !a.Diags.HasErrors() && !reflect.DeepEqual(a, b) {
			t.Errorf("%q\nas plain rows %+v %v\nwith care     %+v %v", text, a.Return.Tables["学校"], a.Diags, b.Return.Tables["学校"], b.Diags)
		}
	}
}

func plainTestRubric(tb testing.TB) *rubric.Rubric {
	tb.Helper()
	r, diags := rubric.Load("a.yaml", []byte(plainRubric), nil)
	if diags.HasErrors() {
		tb.Fatal(diags)
	}
	return r
}

// Lines of all kinds, each after each, are read the same whether they are divided
// first or not.
func TestPlainRows(t *testing.T) {
	r, rnd := plainTestRubric(t), rand.New(rand.NewPCG(5, 7))
	s, _ := OpenSet(fstest.MapFS{"学校.csv": {Data: []byte(plainHeading + plainLines[0])}}, "全省", DefaultSetLimits)
	d, _ := s.Open(0)
	d.Read(r)
	u, taken := s.tables[0].known[r], 0
	for _, line := range plainLines {
		ret := &Return{}
		table, rows := ret.newRows(&r.Data[0].Value, 1, &u.rooms), plainRows{plainLine: u.line}
		for _, col := range u.columns {
			cells := []Cell(nil)
			if col.name != "" {
				cells = table.Columns[col.name][0]
			}
			rows.cells = append(rows.cells, cells)
		}
		if rows.read(&csvLines{text: line, comma: ',', line: 2}, 0) {
			taken++
		}
	}
	if taken != 6 {
		t.Errorf("%d of the lines are plain", taken)
	}
	for range 2000 {
		var text strings.Builder
		text.WriteString(plainHeading)
		for range 1 + rnd.IntN(6) {
			line := plainLines[rnd.IntN(len(plainLines))]
			if rnd.IntN(2) == 0 {
				line = plainLines[rnd.IntN(2)] // most are plain
			}
			fmt.Fprint(&text, line, []string{"\n", "\r\n"}[rnd.IntN(2)])
		}
		sameByEach(t, r, strings.TrimRight(text.String(), "\n"[:rnd.IntN(2)]))
	}
}

func FuzzPlainRows(f *testing.F) {
	for _, line := range plainLines {
		f.Add("甲县,1,小学,第一小学,10,20.5,\n" + line)
	}
	r := plainTestRubric(f)
	f.Fuzz(func(t *testing.T, lines string) { sameByEach(t, r, plainHeading+lines) })
}
