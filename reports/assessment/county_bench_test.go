package assessment_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"dudao/engine"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/text"
	"dudao/reports/assessment"
	"dudao/reports/blank"
	"dudao/rubrics"
)

// county is the program of a shipped scheme with a table of schools, and a form for
// it that a county of 150 schools has filled in.
var county = sync.OnceValues(func() (*engine.Program, []byte) {
	p := shipped("quality-balanced-2017")
	return p, countyForm(p, 150)
})

// countyForm is the form of a county that chance makes, by a seed.
func countyForm(p *engine.Program, seed uint64) []byte {
	doc, diags := returns.Open("return.yaml", []byte(countyReturn(150, seed)), returns.DefaultLimits)
	if diags.HasErrors() {
		panic(diags)
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() || len(ret.Problems) > 0 {
		panic(fmt.Sprint(diags, ret.Problems))
	}
	var form bytes.Buffer
	if err := blank.Book(p, ret, text.New("zh"), "test").Write(&form); err != nil {
		panic(err)
	}
	return form.Bytes()
}

func shipped(id string) *engine.Program {
	find := func(name, _ string) (string, []byte, bool) {
		data, err := rubrics.Files.ReadFile(name + ".yaml")
		return "rubrics/" + name + ".yaml", data, err == nil
	}
	file, data, _ := find(id, "")
	r, diags := rubric.Load(file, data, find)
	if diags.HasErrors() {
		panic(diags)
	}
	p, diags := engine.Compile(r)
	if diags.HasErrors() {
		panic(diags)
	}
	return p
}

// countyReturn is what such a county submits, as YAML. A third of the schools are for
// the second stage; each has 1 to 3 classes a grade and its rooms for music and art.
func countyReturn(schools int, seed uint64) string {
	random := rand.New(rand.NewPCG(2017, seed))
	between := func(least, most int) int { return least + random.IntN(most-least+1) }
	var list, classes, rooms strings.Builder
	for i := range schools {
		stage, grades := "小学", 6
		if i%3 == 2 {
			stage, grades = "初中", 3
		}
		name := fmt.Sprintf("某镇第%d%s", i+1, stage)
		place := []string{"中心城区", "其他城区", "镇区", "乡村"}[between(0, 3)]
		pupils, number := 0, 0
		for grade := range grades {
			for class := range between(1, 3) {
				n := between(30, 50)
				pupils, number = pupils+n, number+1
				fmt.Fprintf(&classes, "    - {所在学校: %s, 班级名称: %d年级%d班, 学段: %s, 班型: 行政班, 学生数: %d}\n", name, grade+1, class+1, stage, n)
			}
		}
		for use := range 2 * ((number + 11) / 12) {
			kind := []string{"音乐", "美术"}[use%2]
			fmt.Fprintf(&rooms, "    - {所在学校: %s, 教室名称: %s教室%d, 用途: %s, 面积: %d}\n", name, kind, use/2+1, kind, between(94, 120))
		}
		teachers := pupils/between(12, 16) + 1
		fmt.Fprintf(&list, `    - {学校名称: %s, 学段: %s, 办学类型: %s, 所在地: %s, 建校年份: %d, 在校生数: %d, 专任教师数: %d, 专科教师数: %d, 本科教师数: %d, 研究生教师数: %d,
       骨干教师数: %d, 体育教师数: %d, 艺术教师数: %d, 走教体艺教师数: %d, 持证教师数: %d, 满学时教师数: %d, 教学及辅助用房面积: %d, 室内体育用房面积: %d,
       运动场地面积: %d, 其他运动场地面积: %d, 教学仪器设备值: %d.25, 网络多媒体教室数: %d, 公用经费核拨人数: %d, 公用经费预算: %d.5, 公用经费决算: %d.5,
       教师培训经费: %d.75, 有学校章程: 是, 管理与教学信息化: 是}
`, name, stage, stage, place, between(1990, 2020), pupils, teachers, teachers/5, teachers-teachers/5-2, 2,
			pupils/between(70, 95), pupils/210+1, pupils/200+1, between(0, 1), teachers, teachers-between(0, 20)/20, pupils*between(55, 75)/10, between(0, 200),
			pupils*between(90, 130)/10, between(0, 300), pupils*between(24, 32)/100, number+between(2, 5), max(pupils, 100), pupils/12+10, pupils/12+10, pupils/100+3)
	}
	return fmt.Sprintf(`rubric: quality-balanced-2017
name: 某县
year: 2023
date: "2024-03-08"
data:
  小学公用经费定额: 720
  初中公用经费定额: 940
  特教生均公用经费: 7000
  义务教育教师平均工资: 98640
  公务员平均工资: 97850
  应交流教师数: 1254
  交流教师数: 137
  交流骨干教师数: 31
  优质高中计划数: 1000
  优质高中分配名额: 560
  随迁子女数: 3180
  公办随迁子女数: 3180
  购买学位随迁子女数: 0
  初中毕业生数: 3595
  三年前初一学生数: 3626
  初中转入人数: 42
  初中转出人数: 57
  初中死亡人数: 1
  适龄残疾儿童数: 150
  特教学校学生数: 90
  随班就读学生数: 42
  送教上门学生数: 14
  基本均衡认定年份: 2015
  监测保持较高水平: 是
  统一建设标准: 是
  统一教师编制标准: 是
  统一公用经费定额: 是
  统一装备配置标准: 是
  名额向农村初中倾斜: 是
  留守儿童关爱体系: 是
  就近入学: {小学: {统计学生数: 14210, 划片学生数: 14210}, 初中: {统计学生数: 7960, 划片学生数: 7684}}
  质量监测: [{科目: 数学, 学业水平等级: 3, 校际差异率: 0.118}, {科目: 体育与健康, 学业水平等级: 3, 校际差异率: 0.097}]
  问卷:
    学生: {有效问卷: 1480, 满意问卷: 1377}
    家长: {有效问卷: 2965, 满意问卷: 2613}
    教师: {有效问卷: 742, 满意问卷: 651}
    校长: {有效问卷: 43, 满意问卷: 41}
    人大代表和政协委员: {有效问卷: 60, 满意问卷: 54}
    其他群众: {有效问卷: 310, 满意问卷: 261}
  学校:
%s  专用教室:
%s  班级:
%sjudged:
  "2.1": {level: 合理}
  "2.10": {level: 落实}
  "3.5": {level: 达到}
  "3.6": {level: 良好}
  "3.7": {level: 达到}
  "3.8": {level: 没有}
  "": {存在以考试方式招生: 否, 存在违规择校: 否, 举办重点学校: 否, 举办重点班: 否, 有编不补或长期聘用编外教师: 否,
    教育系统发生重大安全责任事故或严重违纪违规: 否, 弄虚作假: 否}
`, list.String(), rooms.String(), classes.String())
}

// scoreCounty is what is measured: a filled form in, a full report out.
func scoreCounty(p *engine.Program, form []byte, out io.Writer) (*engine.Scorecard, error) {
	doc, diags := returns.Open("form.xlsx", form, returns.DefaultLimits)
	if diags.HasErrors() {
		return nil, diags
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		return nil, diags
	}
	card := p.Score(ret)
	return card, assessment.Book(p, ret, card, text.New("zh"), "test").Write(out)
}

// BenchmarkCounty takes a filled form of 150 schools to its report.
func BenchmarkCounty(b *testing.B) {
	p, form := county()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scoreCounty(p, form, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCountyGaps is what of it goes into what the county lacks.
func BenchmarkCountyGaps(b *testing.B) {
	p, form := county()
	doc, _ := returns.Open("form.xlsx", form, returns.DefaultLimits)
	ret, _ := doc.Read(p.Rubric)
	b.ReportAllocs()
	for b.Loop() {
		p.Gaps(ret)
	}
}

// BenchmarkCountyFloor is the same by a small program written for this one scheme.
func BenchmarkCountyFloor(b *testing.B) {
	_, form := county()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := floorCounty(form, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCountyRatio runs both in turns, so that whatever else the machine does
// slows both, and says how many times as long the one takes as the other.
func BenchmarkCountyRatio(b *testing.B) {
	p, form := county()
	var ours, floor time.Duration
	for b.Loop() {
		runtime.GC()
		start := time.Now()
		if _, err := scoreCounty(p, form, io.Discard); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
		runtime.GC()
		start = time.Now()
		if _, err := floorCounty(form, io.Discard); err != nil {
			b.Fatal(err)
		}
		floor += time.Since(start)
	}
	n := float64(b.N) * float64(time.Millisecond)
	b.ReportMetric(float64(ours)/n, "ms-dudao")
	b.ReportMetric(float64(floor)/n, "ms-floor")
	b.ReportMetric(float64(ours)/float64(floor), "times-floor")
}
