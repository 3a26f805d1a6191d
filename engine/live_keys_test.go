package engine_test

import (
	"testing"

	"dudao/engine/returns"
	"dudao/engine/sheet"
)

// A key that a spreadsheet would take for a pattern, or for the same as another, gives
// no wrong number: the value of the engine stands there, and a note.
func TestKeysThatASpreadsheetMisreads(t *testing.T) {
	p := idiom(t, "../rubrics/testdata/idioms/classes.yaml")
	for _, c := range []struct {
		keys [2]string
		live bool
	}{
		{[2]string{"一小", "二小"}, true},
		{[2]string{"一小（东）", "一小"}, true},
		{[2]string{"一*", "一小"}, false},
		{[2]string{"?小", "一小"}, false},
		{[2]string{"A校", "a校"}, false},
		{[2]string{"01", "1"}, false},
		{[2]string{">1", "一小"}, false},
		{[2]string{"=一小", "一小"}, false},
		{[2]string{"7", "8"}, true},
	} {
		ret := returns.Empty(p.Rubric)
		ret.Year = 2024
		text := func(s string) returns.Cell { return returns.Cell{State: returns.Given, Text: s, Typed: s} }
		number := func(x float64) returns.Cell { return returns.Cell{State: returns.Given, Number: x, Typed: "…"} }
		schools, classes := ret.Tables["学校"], ret.Tables["班级"]
		for i, key := range c.keys {
			schools.Keys, classes.Keys = append(schools.Keys, key), append(classes.Keys, key+"·甲班")
			add := func(t *returns.Table, column string, cell returns.Cell) {
				t.Columns[column][0] = append(t.Columns[column][0], cell)
			}
			add(schools, "学校名称", text(key))
			add(schools, "学段", text("小学"))
			add(classes, "学校名称", text(key))
			add(classes, "班名", text("甲班"))
			add(classes, "人数", number(float64(30+10*i)))
		}
		live := p.Live(ret, p.Score(ret), liveWords)
		pupils := live.Value("学校", "学生数", 0)
		if is := pupils.Formula != nil; is != c.live || pupils.Plain.IsZero() != c.live {
			t.Errorf("%v: live is %v, the note %v", c.keys, is, pupils.Plain.Key)
		}
		for _, d := range live.Differ { // what rests on them is computed of what stands there
			if d.Cell.Table == "" {
				t.Errorf("%v: %s would be %v, not %v", c.keys, d.Cell.Name, d.Got, d.Want)
			}
		}
		if pupils.Values[0] != sheet.Of(30) || pupils.Values[1] != sheet.Of(40) {
			t.Errorf("%v: %v", c.keys, pupils.Values)
		}
	}
}
