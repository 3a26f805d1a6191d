package assessment_test

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dudao/engine"

	"github.com/xuri/excelize/v2"
)

// floorResult is an item as the floor has it.
type floorResult struct {
	id    string
	value float64
	met   bool
}

// sheetOf is what excelize reads of a sheet, and which column has which heading.
type sheetOf struct {
	rows [][]string
	at   map[string]int
}

// headed finds the row of headings by the one of its first column.
func headed(rows [][]string, first string) sheetOf {
	for i, row := range rows {
		if len(row) > 1 && row[0] == first {
			s := sheetOf{rows: rows[i+1:], at: map[string]int{}}
			for c, name := range row {
				name, _, _ = strings.Cut(name, "\n") // its unit stands below
				if _, known := s.at[name]; !known {
					s.at[name] = c
				}
			}
			return s
		}
	}
	return sheetOf{}
}

func (s sheetOf) text(row int, column string) string {
	if c := s.at[column]; c < len(s.rows[row]) {
		return s.rows[row][c]
	}
	return ""
}

func (s sheetOf) number(row int, column string) float64 {
	x, _ := strconv.ParseFloat(s.text(row, column), 64)
	return x
}

// floorSchool is a row of schools with what the scheme computes of it.
type floorSchool struct {
	row                int // of its table
	name, stage, place string
	pupils, built      float64
	have               [7]float64 // the seven indicators
	met                [7]bool
	classes, most      float64
	music, art         float64
}

var floorStandards = map[string][7]float64{"小学": {4.2, 1, 0.9, 4.5, 7.5, 2000, 2.3}, "初中": {5.3, 1, 0.9, 5.8, 10.2, 2500, 2.4}}

// floorCounty does the same for one scheme as a small program would: it reads all
// sheets with excelize, computes with plain loops, and writes a row for each item and
// each school, with nothing around them.
func floorCounty(form []byte, out io.Writer) ([]floorResult, error) {
	f, err := excelize.OpenReader(bytes.NewReader(form))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sheets := map[string][][]string{}
	for _, name := range f.GetSheetList() {
		if strings.HasPrefix(name, "_") {
			continue // a program written for the form knows that nothing is filled in there
		}
		if sheets[name], err = f.GetRows(name, excelize.Options{RawCellValue: true}); err != nil {
			return nil, err
		}
	}
	single := map[string]string{}
	for _, rows := range sheets {
		for _, row := range rows {
			if len(row) > 2 {
				single[row[0]] = row[2]
			}
		}
	}
	schools, results := floorSchools(sheets), []floorResult(nil)
	results = append(results, floorItems(sheets, schools)...)
	results = append(results, floorSingles(single)...)
	return results, floorWrite(results, schools, out)
}

func floorSchools(sheets map[string][][]string) []*floorSchool {
	table := headed(sheets["学校"], "学校名称")
	var schools []*floorSchool
	byName := map[string]*floorSchool{}
	for i := range table.rows {
		s := &floorSchool{row: i, name: table.text(i, "学校名称"), stage: table.text(i, "学段"), place: table.text(i, "所在地")}
		if s.name == "" {
			continue
		}
		n := func(column string) float64 { return table.number(i, column) }
		s.pupils, s.built = n("在校生数"), n("建校年份")
		qualified, mobile, ground := n("本科教师数")+n("研究生教师数"), 0.0, n("运动场地面积")+n("室内体育用房面积")
		if s.stage == "小学" {
			qualified += n("专科教师数")
		}
		if s.place == "乡村" && s.pupils >= 50 && s.pupils < 100 {
			mobile = n("走教体艺教师数")
		}
		if s.place == "中心城区" {
			ground += n("其他运动场地面积")
		}
		s.have = [7]float64{qualified / s.pupils * 100, n("骨干教师数") / s.pupils * 100, (n("体育教师数") + n("艺术教师数") + mobile) / s.pupils * 100,
			(n("教学及辅助用房面积") - n("室内体育用房面积")) / s.pupils, ground / s.pupils, n("教学仪器设备值") * 10000 / s.pupils, n("网络多媒体教室数") / s.pupils * 100}
		for k, want := range floorStandards[s.stage] {
			s.met[k] = s.have[k] >= want
		}
		schools, byName[s.name] = append(schools, s), s
	}
	classes := headed(sheets["班级"], "所在学校")
	for i := range classes.rows {
		if s := byName[classes.text(i, "所在学校")]; s != nil {
			s.classes++
			s.most = max(s.most, classes.number(i, "学生数"))
		}
	}
	rooms := headed(sheets["专用教室"], "所在学校")
	for i := range rooms.rows {
		s := byName[rooms.text(i, "所在学校")]
		switch use, area := rooms.text(i, "用途"), rooms.number(i, "面积"); {
		case s == nil:
		case use == "音乐" && (area >= 96 || area >= 73 && s.built <= 2016):
			s.music++
		case use == "美术" && (area >= 90 || area >= 67 && s.built <= 2016):
			s.art++
		}
	}
	return schools
}

// floorItems are the items that look at schools.
func floorItems(sheets map[string][][]string, schools []*floorSchool) []floorResult {
	table := headed(sheets["学校"], "学校名称")
	all := func(holds func(i int, s *floorSchool) bool) bool {
		for _, s := range schools {
			if !holds(s.row, s) {
				return false
			}
		}
		return true
	}
	n := table.number
	out := []floorResult{
		{"1.1", 0, all(func(_ int, s *floorSchool) bool {
			met, least := 0, 1.0
			for k, ok := range s.met {
				if ok {
					met++
				}
				least = min(least, s.have[k]/floorStandards[s.stage][k])
			}
			return met >= 6 && least >= 0.85
		})},
		{"2.3", 0, all(func(_ int, s *floorSchool) bool {
			need := math.Ceil(s.classes / 12)
			return s.music >= need && s.art >= need || s.place == "乡村" && s.pupils < 100 && s.most < 30
		})},
		{"2.4", 0, all(func(_ int, s *floorSchool) bool { return s.pupils <= 2000 })},
		{"2.5", 0, all(func(_ int, s *floorSchool) bool {
			return s.most <= map[string]float64{"小学": 45, "初中": 50}[s.stage]
		})},
		{"2.6", 0, all(func(i int, s *floorSchool) bool { return s.pupils >= 100 || n(i, "公用经费核拨人数") >= 100 })},
		{"2.9", 0, all(func(i int, _ *floorSchool) bool { return n(i, "满学时教师数") >= n(i, "专任教师数") })},
		{"2.12", 0, all(func(i int, _ *floorSchool) bool { return n(i, "持证教师数") >= n(i, "专任教师数") })},
		{"3.3", 0, all(func(i int, _ *floorSchool) bool {
			return table.text(i, "有学校章程") == "是" && table.text(i, "管理与教学信息化") == "是"
		})},
		{"3.4", 0, all(func(i int, _ *floorSchool) bool { return n(i, "教师培训经费") >= n(i, "公用经费预算")*0.05 })},
	}
	for _, stage := range []string{"小学", "初中"} {
		limit := map[string]float64{"小学": 0.50, "初中": 0.45}[stage]
		for k := range 7 {
			cv := floorVariation(schools, stage, k)
			out = append(out, floorResult{fmt.Sprintf("%sL%d", stage, k+1), cv, cv <= limit})
		}
	}
	return out
}

// floorVariation is the coefficient of variation among schools, weighted by pupils.
func floorVariation(schools []*floorSchool, stage string, k int) float64 {
	sum, pupils, squares := 0.0, 0.0, 0.0
	for _, s := range schools {
		if s.stage == stage {
			sum, pupils = sum+s.have[k]*s.pupils, pupils+s.pupils
		}
	}
	mean := sum / pupils
	for _, s := range schools {
		if s.stage == stage {
			squares += s.pupils * (s.have[k] - mean) * (s.have[k] - mean)
		}
	}
	return math.Sqrt(squares/pupils) / mean
}

// floorSingles are items of single figures.
func floorSingles(single map[string]string) []floorResult {
	n := func(name string) float64 {
		x, _ := strconv.ParseFloat(single[name], 64)
		return x
	}
	moved, shared := n("交流教师数")/n("应交流教师数")*100, n("优质高中分配名额")/n("优质高中计划数")*100
	kept := (n("初中毕业生数") - n("初中转入人数") + n("初中转出人数")) / (n("三年前初一学生数") - n("初中死亡人数")) * 100
	enrolled := (n("特教学校学生数") + n("随班就读学生数") + n("送教上门学生数")) / n("适龄残疾儿童数") * 100
	return []floorResult{
		{"2.7", 0, n("特教生均公用经费") >= 6000},
		{"2.8", 0, n("义务教育教师平均工资") >= n("公务员平均工资")},
		{"2.11", moved, moved >= 10 && n("交流骨干教师数")*100 >= n("交流教师数")*20},
		{"2.14", shared, shared >= 50 && single["名额向农村初中倾斜"] == "是"},
		{"2.15", 0, (n("公办随迁子女数")+n("购买学位随迁子女数"))*100 >= n("随迁子女数")*85},
		{"3.1", 0, kept >= 95},
		{"3.2", 0, enrolled >= 95},
	}
}

func floorWrite(results []floorResult, schools []*floorSchool, out io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	sheet := func(name string, rows int, row func(i int) []any) error {
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
		w, err := f.NewStreamWriter(name)
		if err != nil {
			return err
		}
		for i := range rows {
			if err := w.SetRow(fmt.Sprintf("A%d", i+1), row(i)); err != nil {
				return err
			}
		}
		return w.Flush()
	}
	if err := sheet("items", len(results), func(i int) []any { return []any{results[i].id, results[i].value, results[i].met} }); err != nil {
		return err
	}
	err := sheet("schools", len(schools), func(i int) []any {
		s := schools[i]
		row := []any{s.name, s.stage, s.place, s.pupils, s.classes, s.most, s.music, s.art}
		for k := range s.have {
			row = append(row, s.have[k], s.met[k])
		}
		return row
	})
	if err != nil {
		return err
	}
	return f.Write(out)
}

// The floor comes to the same results as the engine, or it would be none.
func TestFloorAgrees(t *testing.T) {
	p, form := county()
	card, err := scoreCounty(p, form, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	results, err := floorCounty(form, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range results {
		got := card.Item(want.id)
		if (got.State == engine.None) == want.met {
			t.Errorf("%s is %v, the floor has %v", want.id, got.State, want.met)
		}
		if got.Value.Number != nil && want.value != 0 && math.Abs(*got.Value.Number-want.value) > 1e-3 {
			t.Errorf("%s is %v, the floor has %v", want.id, *got.Value.Number, want.value)
		}
	}
	if met := func(r floorResult) bool { return r.met }; !slices.ContainsFunc(results, met) || !slices.ContainsFunc(results, func(r floorResult) bool { return !r.met }) {
		t.Error("all items are met, or none")
	}
	for _, item := range card.Items { // there are no small schools
		if !item.State.Decided() && item.ID != "2.6" {
			t.Errorf("%s is %v", item.ID, item.State)
		}
	}
}
