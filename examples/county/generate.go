//go:build ignore

// Generate writes return.yaml of an invented county: 云溪县 exists nowhere, and all
// its figures come from a fixed seed. Run it by go generate in the folder above.
package main

import (
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"strings"
)

const year = 2023

var random = rand.New(rand.NewPCG(2023, 1120))

// later is for what was added later, so that all else stays as it was.
var later = rand.New(rand.NewPCG(2012, 120))

// between is a whole number of a range, both ends included.
func between(least, most int) int { return least + random.IntN(most-least+1) }

// about is x, more or less by a share of it.
func about(x, share float64) float64 { return x * (1 + share*(2*random.Float64()-1)) }

// part is a stage of a school: its grades and how many classes each has.
type part struct {
	stage   string // 小学, 初中 or 普通高中
	classes int    // of a grade
	size    int    // pupils of a class, about
}

type school struct {
	name, kind, place string
	built             int
	parts             []part

	// What is wrong with it; 0 is nothing.
	crowded int      // so many classes have 56 pupils and more
	lacks   []string // what it has too little of
	mixed   int      // 复式班 and 特教班 instead of grades
}

const (
	core, city, town, village = "中心城区", "其他城区", "镇区", "乡村"
)

func primary(name, place string, built, classes, size int) school {
	return school{name: name, kind: "小学", place: place, built: built, parts: []part{{"小学", classes, size}}}
}

func junior(name, place string, built, classes, size int) school {
	return school{name: name, kind: "初中", place: place, built: built, parts: []part{{"初中", classes, size}}}
}

func (s school) with(change func(*school)) school { change(&s); return s }

var schools = []school{
	primary("云溪县第一小学", core, 1906, 8, 44).with(func(s *school) { s.crowded = 3; s.lacks = []string{"场馆"} }),
	primary("云溪县第二小学", core, 1958, 7, 43),
	primary("云溪县实验小学", core, 1984, 7, 44).with(func(s *school) { s.crowded = 1 }),
	primary("城东小学", city, 1996, 6, 43),
	primary("城西小学", city, 2003, 5, 42),
	primary("城南小学", city, 2012, 6, 43),
	primary("新区小学", city, 2019, 5, 41),
	primary("桃园小学", city, 2008, 4, 42),
	primary("白鹤镇中心小学", town, 1952, 3, 41),
	primary("青石镇中心小学", town, 1954, 3, 40),
	primary("龙泉镇中心小学", town, 1956, 3, 40).with(func(s *school) { s.lacks = []string{"设备"} }),
	primary("柳河镇中心小学", town, 1951, 3, 39),
	primary("石桥镇中心小学", town, 1957, 2, 40),
	primary("马田镇中心小学", town, 1953, 2, 39),
	primary("三岔镇中心小学", town, 1960, 2, 38).with(func(s *school) { s.lacks = []string{"骨干", "音美室"} }),
	primary("双井镇中心小学", town, 1955, 2, 38),
	primary("云峰乡中心小学", village, 1961, 1, 36),
	primary("竹溪乡中心小学", village, 1963, 1, 34),
	primary("高坪乡中心小学", village, 1959, 1, 33),
	primary("白鹤镇上湾小学", village, 1968, 1, 22),
	primary("青石镇王村小学", village, 1971, 1, 20),
	primary("龙泉镇泉口小学", village, 1969, 1, 19),
	primary("柳河镇东岸小学", village, 1972, 1, 16).with(func(s *school) { s.lacks = []string{"体艺"} }),
	primary("马田镇李家小学", village, 1970, 1, 14),
	primary("三岔镇岭下小学", village, 1974, 1, 11),
	{name: "竹溪乡云顶教学点", kind: "教学点", place: village, built: 1976, parts: []part{{stage: "小学"}}, mixed: 2},
	{name: "高坪乡大坳教学点", kind: "教学点", place: village, built: 1973, parts: []part{{stage: "小学"}}, mixed: 2},
	{name: "云峰乡老鹰岩教学点", kind: "教学点", place: village, built: 1978, parts: []part{{stage: "小学"}}, mixed: 1},
	{name: "双井镇石坎教学点", kind: "教学点", place: village, built: 1975, parts: []part{{stage: "小学"}}, mixed: 1},
	junior("云溪县第一初级中学", core, 1941, 16, 48).with(func(s *school) { s.crowded = 2 }),
	junior("云溪县第二初级中学", city, 1988, 14, 48),
	junior("新区初级中学", city, 2018, 10, 46),
	junior("白鹤镇初级中学", town, 1962, 5, 46),
	junior("青石镇初级中学", town, 1965, 5, 45),
	junior("龙泉镇初级中学", town, 1964, 4, 45),
	junior("柳河镇初级中学", town, 1966, 4, 44).with(func(s *school) { s.lacks = []string{"设备", "多媒体"} }),
	junior("马田镇初级中学", town, 1967, 3, 44),
	junior("三岔镇初级中学", town, 1968, 3, 42),
	{name: "经开区九年一贯制学校", kind: "九年一贯制", place: city, built: 2015, parts: []part{{"小学", 5, 43}, {"初中", 6, 47}}},
	{name: "石桥镇九年一贯制学校", kind: "九年一贯制", place: town, built: 1999, parts: []part{{"小学", 1, 38}, {"初中", 2, 44}}},
	{name: "双井镇九年一贯制学校", kind: "九年一贯制", place: town, built: 2001, parts: []part{{"小学", 1, 36}, {"初中", 2, 43}}},
	{name: "云溪县第三中学", kind: "完全中学", place: city, built: 1972, parts: []part{{"初中", 5, 47}, {"普通高中", 8, 49}}},
	{name: "云溪县第一中学", kind: "普通高中", place: core, built: 1926, parts: []part{{"普通高中", 22, 50}}, crowded: 2},
	{name: "云溪县第二中学", kind: "普通高中", place: city, built: 1978, parts: []part{{"普通高中", 16, 49}}},
	{name: "云溪县特殊教育学校", kind: "特殊教育", place: city, built: 2004, parts: []part{{stage: "小学"}}, mixed: 9},
}

var grades = map[string][]string{
	"小学":   {"一年级", "二年级", "三年级", "四年级", "五年级", "六年级"},
	"初中":   {"七年级", "八年级", "九年级"},
	"普通高中": {"高一", "高二", "高三"},
}

// row is one row of a table, in the order of its columns.
type row []string

func (r *row) add(column string, value any) { *r = append(*r, fmt.Sprintf("%s: %v", column, value)) }

func (r row) String() string { return "{" + strings.Join(r, ", ") + "}" }

// number writes a figure with so many decimals.
func number(x float64, decimals int) string { return fmt.Sprintf("%.*f", decimals, x) }

type county struct {
	classes, schools, high, rooms, kindergartens, groups []string

	pupils    map[string]int // by stage
	disabled  int            // pupils of the special school
	small     int            // schools of less than 100 pupils
	teachers  int
	preschool int
}

func main() {
	log.SetFlags(0)
	c := county{pupils: map[string]int{}}
	for i := range schools {
		c.school(&schools[i])
	}
	c.preschools()
	var b strings.Builder
	c.write(&b)
	if err := os.WriteFile("county/return.yaml", []byte(b.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}

// school writes a school with its classes: pupils first, the rest follows from them.
func (c *county) school(s *school) {
	sections, crowded := 0, s.crowded
	of := map[string]int{}
	for _, p := range s.parts {
		for g, grade := range grades[p.stage] {
			for k := range p.classes {
				size := p.size + between(-2, 1)
				if crowded > 0 && k == 1+g%2 && p.classes > 2 {
					size = between(56, 59)
					crowded--
				}
				c.class(s.name, fmt.Sprintf("%s%d班", grade, k+1), p.stage, grade, "行政班", size)
				of[p.stage] += size
				sections++
			}
		}
	}
	for k := range s.mixed {
		kind, size := "复式班", between(6, 14)
		if s.kind == "特殊教育" {
			kind, size = "特教班", between(8, 12)
		}
		c.class(s.name, fmt.Sprintf("%s%d", kind, k+1), "小学", "不适用", kind, size)
		of["小学"] += size
	}
	all := of["小学"] + of["初中"]
	for _, p := range s.parts {
		if p.stage == "普通高中" {
			r := row{}
			r.add("学校名称", s.name)
			r.add("建校年份", s.built)
			r.add("在校生数", of[p.stage])
			c.high = append(c.high, r.String())
		} else {
			c.part(s, p.stage, of[p.stage], all)
		}
		if s.kind == "特殊教育" {
			c.disabled = of[p.stage]
		} else {
			c.pupils[p.stage] += of[p.stage]
		}
	}
	c.specialRooms(s, sections, all)
}

func (c *county) class(school, name, stage, grade, kind string, size int) {
	r := row{}
	r.add("所在学校", school)
	r.add("班级名称", name)
	r.add("学段", stage)
	r.add("年级", grade)
	r.add("班型", kind)
	r.add("学生数", size)
	c.classes = append(c.classes, r.String())
}

// standard is what the national scheme wants of a stage.
type standard struct{ degree, key, art, rooms, sports, equipment, screens, perTeacher float64 }

var standards = map[string]standard{
	"小学": {4.2, 1, 0.9, 4.5, 7.5, 0.2, 2.3, 17.5},
	"初中": {5.3, 1, 0.9, 5.8, 10.2, 0.25, 2.4, 13},
}

// part writes a stage of a school, a little better than the standard unless it lacks
// something.
func (c *county) part(s *school, stage string, pupils, all int) {
	std := standards[stage]
	has := func(what string, of float64, small int) float64 {
		x := about(1.2, 0.12) * of * float64(pupils)
		for _, l := range s.lacks {
			if l == what {
				x = about(0.7, 0.05) * of * float64(pupils)
			}
		}
		return max(x, float64(small))
	}
	count := func(what string, of float64, small int) int { return int(math.Ceil(has(what, of/100, small))) }
	perTeacher, perPupil := std.perTeacher, map[string]float64{"小学": 0.078, "初中": 0.101}[stage]
	if s.kind == "特殊教育" {
		perTeacher, perPupil = 4, 0.74 // not below the 7000 yuan the county says it pays
	}
	teachers := max(int(math.Ceil(float64(pupils)/perTeacher)), 3)
	c.teachers += teachers
	r := row{}
	r.add("学校名称", s.name)
	r.add("学段", stage)
	r.add("办学类型", s.kind)
	r.add("所在地", s.place)
	r.add("建校年份", s.built)
	r.add("在校生数", pupils)
	if s.built > 2010 {
		r.add("随迁子女占比", between(12, 38))
	}
	r.add("专任教师数", teachers)
	r.add("持证教师数", teachers)
	r.add("满学时教师数", teachers)
	if s.kind != "特殊教育" && !(s.kind == "教学点" && pupils < 50) {
		c.resources(&r, s, teachers, pupils, count, has, std)
	}
	if s.kind != "特殊教育" && all < 100 {
		c.small++
		r.add("公用经费核拨人数", 100)
	}
	counted := pupils // a small school gets the money of 100
	if s.kind != "特殊教育" {
		counted = max(pupils, 100)
	}
	budget := about(perPupil, 0.05) * float64(counted)
	r.add("公用经费预算", number(budget, 2))
	r.add("公用经费决算", number(budget*about(0.99, 0.01), 2))
	r.add("教师培训经费", number(budget*about(0.058, 0.06), 2))
	r.add("有学校章程", "是")
	r.add("管理与教学信息化", "是")
	c.schools = append(c.schools, r.String())
}

// resources writes what the seven indicators are computed from.
func (c *county) resources(r *row, s *school, teachers, pupils int, count func(string, float64, int) int, has func(string, float64, int) float64, std standard) {
	higher := min(count("学历", std.degree, 2), teachers)
	graduate := higher / 12
	if std.degree > 5 { // 初中: only 本科 and above count
		r.add("专科教师数", teachers-higher)
		r.add("本科教师数", higher-graduate)
	} else {
		college := min(higher/3, teachers-higher)
		r.add("专科教师数", college)
		r.add("本科教师数", max(higher-graduate, 0))
	}
	r.add("研究生教师数", graduate)
	r.add("骨干教师数", min(count("骨干", std.key, 1), teachers))
	art := max(min(count("体艺", std.art, 1), teachers), 1)
	r.add("体育教师数", (art+1)/2)
	r.add("艺术教师数", art/2)
	if s.place == village && pupils >= 50 && pupils < 100 {
		r.add("走教体艺教师数", 1)
	}
	indoor := 0.0
	if pupils > 900 {
		indoor = float64(between(5, 9) * 100)
	}
	r.add("教学及辅助用房面积", number(has("用房", std.rooms, 200)+indoor, 0))
	r.add("室内体育用房面积", number(indoor, 0))
	sports := has("场馆", std.sports, 400)
	r.add("运动场地面积", number(max(sports-indoor, 300), 0))
	if s.place == core {
		r.add("其他运动场地面积", number(0.08*sports, 0))
	}
	r.add("教学仪器设备值", number(has("设备", std.equipment, 4), 2))
	r.add("网络多媒体教室数", count("多媒体", std.screens, 2))
	books := 22.0
	if std.degree > 5 {
		books = 31
	}
	share := func(x float64) float64 { return x * (0.88 + 0.24*later.Float64()) }
	r.add("县属公办", "是")
	r.add("基本标准达标项数", 10-len(s.lacks))
	if len(s.lacks) > 0 {
		r.add("余项完成率", 64+later.IntN(10))
	}
	r.add("计算机台数", int(share(0.14)*float64(pupils))+2)
	r.add("图书册数", int(share(books)*float64(pupils)))
	r.add("中级职称教师数", int(share(0.55)*float64(teachers)))
}

// specialRooms writes the rooms for music and art of a school.
func (c *county) specialRooms(s *school, classes, all int) {
	if classes == 0 || all == 0 || s.place == village && all < 100 {
		return
	}
	for _, use := range []string{"音乐", "美术"} {
		n := (classes + 11) / 12
		for _, l := range s.lacks {
			if l == "音美室" && use == "美术" {
				n--
			}
		}
		for k := range n {
			size := map[string]int{"音乐": between(96, 112), "美术": between(90, 104)}[use]
			if s.built <= 2000 && k == 0 && use == "音乐" {
				size = between(75, 90) // built to the old standard
			}
			r := row{}
			r.add("所在学校", s.name)
			r.add("教室名称", fmt.Sprintf("%s教室%d", use, k+1))
			r.add("用途", use)
			r.add("面积", size)
			c.rooms = append(c.rooms, r.String())
		}
	}
}

// kindergarten is one of the plan: so many classes of 小班, 中班 and 大班.
type kindergarten struct {
	name, nature string
	designed     int
	classes      [3]int
	crowded      bool // one class is too large
	poor         bool // too little room outside
}

// kindergartens are 60: 3 of the county, 13 of towns, 14 in villages, 30 private.
func kindergartens() []kindergarten {
	list := []kindergarten{
		{"云溪县机关幼儿园", "公办", 1998, [3]int{4, 4, 4}, false, false},
		{"云溪县第一幼儿园", "公办", 2012, [3]int{5, 5, 5}, true, false},
		{"云溪县新区幼儿园", "公办", 2019, [3]int{4, 4, 4}, false, false},
	}
	towns := []string{"白鹤镇", "青石镇", "龙泉镇", "柳河镇", "石桥镇", "马田镇", "三岔镇", "双井镇", "云峰乡", "竹溪乡", "高坪乡", "城东街道", "城西街道"}
	for i, t := range towns {
		n := between(3, 4)
		list = append(list, kindergarten{t + "中心幼儿园", "公办", 2005 + i, [3]int{n, n, n}, false, i == 6})
	}
	for i := range 14 {
		name := fmt.Sprintf("%s%s村幼儿园", towns[i%11], []string{"上湾", "王村", "泉口", "东岸", "岭下", "大坝", "水口"}[i%7])
		list = append(list, kindergarten{name, "公办", 2010 + i%9, [3]int{1, 1, 1}, false, false})
	}
	names := []string{"小星星", "阳光", "金色摇篮", "童心", "蓝天", "贝贝", "春蕾", "启明", "小博士", "花园", "育才", "百灵鸟", "向日葵", "红苹果", "七彩",
		"明珠", "晨光", "快乐", "雨露", "新苗", "彩虹", "小太阳", "蒲公英", "常青藤", "南湖", "东方", "紫荆", "博爱", "未来", "国际双语"}
	for i, n := range names {
		nature, k := "普惠性民办", between(1, 3)
		if i >= 25 {
			nature = "其他民办"
		}
		list = append(list, kindergarten{n + "幼儿园", nature, 2006 + i%15, [3]int{k, k, k}, i == 8, i == 19})
	}
	return list
}

// preschools writes the kindergartens and their classes.
func (c *county) preschools() {
	for _, k := range kindergartens() {
		children, classes := 0, 0
		for g, grade := range []string{"小班", "中班", "大班"} {
			for i := range k.classes[g] {
				size := []int{22, 26, 30}[g] - between(0, 3)
				if k.classes[g] == 1 {
					size -= 5
				}
				if k.crowded && g == 2 && i == 0 {
					size = 38
				}
				r := row{}
				r.add("所在幼儿园", k.name)
				r.add("班级名称", fmt.Sprintf("%s%d", grade, i+1))
				r.add("班级类型", grade)
				r.add("幼儿数", size)
				c.groups = append(c.groups, r.String())
				children, classes = children+size, classes+1
			}
		}
		c.preschool += children
		teachers := max(2*classes, int(math.Ceil(float64(children)/14)))
		nurses := max(classes, int(math.Ceil(float64(children)/28)))
		certified := teachers
		if k.nature == "其他民办" && teachers > 5 {
			certified--
		}
		rooms, outside := about(8.9, 0.06)*float64(children), about(5.4, 0.1)*float64(children)
		if k.poor {
			rooms, outside = 7.6*float64(children), 3.1*float64(children)
		}
		r := row{}
		r.add("幼儿园名称", k.name)
		r.add("办园性质", k.nature)
		r.add("服务类型", "全日制")
		r.add("规划设计年份", k.designed)
		r.add("在园幼儿数", children)
		r.add("园长数", 1)
		r.add("持证园长数", 1)
		r.add("教职工数", teachers+nurses+max(2, int(math.Ceil(float64(children)/6))-teachers-nurses))
		r.add("专任教师数", teachers)
		r.add("持证教师数", certified)
		r.add("保育员数", nurses)
		r.add("园舍建筑面积", number(rooms*1.4, 0))
		r.add("活动用房面积", number(rooms, 0))
		r.add("室外场地面积", number(outside, 0))
		c.kindergartens = append(c.kindergartens, r.String())
	}
}

// write writes the return. It names no rubric: several schemes score it.
func (c *county) write(b *strings.Builder) {
	all := c.pupils["小学"] + c.pupils["初中"]
	fmt.Fprintf(b, `# 云溪县是虚构的，全部数据由 generate.go 按固定种子生成。
# 不写 rubric：一份填报数据供几个细则评分，评分时用 -r 指明。
name: 云溪县（虚构）
code: "000000"
year: %d
date: "2024-03-08"
data:
`, year)
	c.money(b)
	c.people(b, all)
	b.WriteString(duty)
	for _, t := range []struct {
		name string
		rows []string
	}{{"学校", c.schools}, {"高中学校", c.high}, {"专用教室", c.rooms}, {"幼儿园", c.kindergartens}, {"班级", c.classes}, {"幼儿园班级", c.groups}} {
		fmt.Fprintf(b, "  %s:\n", t.name)
		for _, r := range t.rows {
			fmt.Fprintf(b, "    - %s\n", r)
		}
	}
	fmt.Fprintf(b, "  应培训教师数: %d\n  已培训教师数: %d\n", c.teachers, c.teachers)
	b.WriteString(deducted)
	b.WriteString(balanced)
	b.WriteString(modern)
	c.quotas(b)
	b.WriteString(judged)
}

// money writes two years of it. All but one stage got more for each pupil.
func (c *county) money(b *strings.Builder) {
	last := 60200.0
	fmt.Fprintf(b, "  一般公共预算教育支出: [%s, %s]\n  各学段:\n", number(last*1.043, 2), number(last, 2))
	for _, s := range []struct {
		name          string
		spent, public float64
		falls         bool
	}{{"幼儿园", 7120, 1180, false}, {"普通小学", 11240, 2260, false}, {"普通初中", 15380, 3120, false}, {"普通高中", 13260, 2380, true}, {"中等职业学校", 10450, 4210, false}} {
		grow := func(x float64) string { return number(x*about(1.03, 0.012), 2) }
		public := grow(s.public)
		if s.falls {
			public = number(s.public*0.987, 2)
		}
		fmt.Fprintf(b, "    %s: {生均教育支出: [%s, %s], 生均公用经费: [%s, %s]}\n", s.name, grow(s.spent), number(s.spent, 2), public, number(s.public, 2))
	}
	b.WriteString(`  小学公用经费定额: 720
  初中公用经费定额: 940
  特教生均公用经费: 7000
  公用经费预算数: 11306
  公用经费执行数: 11306
  义务教育教师平均工资: 98640
  公务员平均工资: 97850
`)
}

// quotas writes what the scheme of three growths asks for in addition. All that is
// due to the schools is paid.
func (c *county) quotas(b *strings.Builder) {
	fives := func(n int) int { return (n + 4) / 5 * 5 }
	primary, junior := fives(c.pupils["小学"]+320), fives(c.pupils["初中"]) // a small school counts as 100
	boarders, special := 2460, 132
	due := float64(720*primary+940*junior+300*boarders+7000*special) / 10000
	b.WriteString(`  口径有调整: 否
  国家财政性教育经费: [71200, 68400]
  地区生产总值: [1985000, 1902000]
  一般公共预算支出: [312000, 301500]
  寄宿生补助定额: 300
`)
	fmt.Fprintf(b, "  小学拨款学生数: %d\n  初中拨款学生数: %d\n  寄宿生数: %d\n  特教拨款学生数: %d\n", primary, junior, boarders, special)
	fmt.Fprintf(b, "  实拨金额: %s\n  不足百人学校数: %d\n  按百人拨款学校数: %d\n", number(due, 2), c.small, c.small)
}

// people writes what the county counts of its teachers and pupils.
func (c *county) people(b *strings.Builder, all int) {
	moving := c.teachers * 62 / 100
	moved := moving * 11 / 100
	juniors := c.pupils["初中"] / 3
	disabled := all * 3 / 1000
	if disabled < c.disabled+20 {
		disabled = c.disabled + 60
	}
	home := 14
	children := c.preschool*100/94 + 1
	for _, f := range []struct {
		name  string
		value any
	}{
		{"应交流教师数", moving}, {"交流教师数", moved}, {"交流骨干教师数", moved * 23 / 100},
		{"高中学生数", c.pupils["普通高中"]}, {"优质高中计划数", 1000}, {"优质高中分配名额", 560},
		{"随迁子女数", 3180}, {"公办随迁子女数", 3180}, {"购买学位随迁子女数", 0},
		{"初中毕业生数", juniors - 31}, {"三年前初一学生数", juniors}, {"初中转入人数", 42}, {"初中转出人数", 57}, {"初中死亡人数", 1},
		{"适龄残疾儿童数", disabled}, {"特教学校学生数", c.disabled}, {"随班就读学生数", disabled - c.disabled - home - 4}, {"送教上门学生数", home},
		{"基本均衡认定年份", 2015}, {"监测保持较高水平", "是"},
		{"统一建设标准", "是"}, {"统一教师编制标准", "是"}, {"统一公用经费定额", "是"}, {"统一装备配置标准", "是"},
		{"名额向农村初中倾斜", "是"}, {"留守儿童关爱体系", "是"},
		{"三至五岁人口数", children}, {"乡镇数", 11}, {"有公办中心园乡镇数", 11}, {"小区配套园数", 9}, {"公办普惠配套园数", 9},
		{"公办园生均拨款", 600}, {"普惠性民办园生均补助", 500},
		{"公办园在编教师平均工资", 92400}, {"公办园非在编教师数", 96}, {"公办园非在编教师平均工资", 70200},
		{"近两年幼儿园重大事故", 0}, {"学前社会认可度", 91.2},
	} {
		fmt.Fprintf(b, "  %s: %v\n", f.name, f.value)
	}
	b.WriteString(`  就近入学:
    小学: {统计学生数: 14210, 划片学生数: 14210}
    初中: {统计学生数: 7960, 划片学生数: 7684}
  质量监测:
    - {科目: 数学, 学业水平等级: 3, 校际差异率: 0.118}
    - {科目: 体育与健康, 学业水平等级: 3, 校际差异率: 0.097}
    - {科目: 心理健康, 学业水平等级: 4, 校际差异率: 0.081}
  问卷:
    学生: {有效问卷: 1480, 满意问卷: 1377}
    家长: {有效问卷: 2965, 满意问卷: 2613}
    教师: {有效问卷: 742, 满意问卷: 651}
    校长: {有效问卷: 43, 满意问卷: 41}
    人大代表和政协委员: {有效问卷: 60, 满意问卷: 54}
    其他群众: {有效问卷: 310, 满意问卷: 261}
`)
}

// duty is what only the scheme of the government's duties asks for.
const duty = `  中职学校数: 1
  校企合作企业数: 9
  中职条件投入: 1240
  高中专任教师数: 531
  高中教职工数: 566
  标准化考点数: 3
  有民办义务教育: 否
  学习活动次数: 6
  老年教育投入: 38
  兼职督学数: 26
  应治理配套园数: 9
  投用配套园数: 9
  未开工配套园数: 0
  起始年级大班额数: 4
  新增学位数: 1350
  学校食堂数: 52
  明厨亮灶食堂数: 52
  就餐学生数: 31800
  食堂从业人员数: 402
  学生资助:
    幼儿保教费减免: {资助人次: 2140, 资助金额: 107}
    义务教育生活补助: {资助人次: 8620, 资助金额: 431.5}
    普高助学金: {资助人次: 2310, 资助金额: 231}
    普高免学费: {资助人次: 640, 资助金额: 51.2}
    中职助学金: {资助人次: 520, 资助金额: 52}
    中职免学费: {资助人次: 1870, 资助金额: 187}
    脱贫户中职生活补助: {资助人次: 130, 资助金额: 9.1}
    脱贫户本专科资助: {资助人次: 260, 资助金额: 104}
    生源地助学贷款: {资助人次: 1460, 资助金额: 1168}
  撤销资格人数: 0
  解除职务人数: 0
  其他处理人数: 3
  清理事项数: 18
  校园安防:
    封闭管理: {达标学校占比: 100}
    专职保安: {达标学校占比: 100}
    一键报警: {达标学校占比: 100}
    视频监控: {达标学校占比: 97.8}
    护学岗: {达标学校占比: 100}
    防撞设施: {达标学校占比: 93.3}
  校园安防投入: 286
  应急演练次数: 212
  装备投入: 1180
  仪器配齐率: 93.5
  语言文字示范校数: 4
  普通话抽查单位数: 12
  五项管理现场会数: 2
  学科类机构数: 31
  注销机构数: 24
  转非学科机构数: 4
  转高中机构数: 1
  营转非机构数: 2
  照明改造教室数: 186
  应改造教室数: 204
  防近视课桌椅数: 1500
  心理课时: 9
  劳动课时: 1
  劳动基地数: 21
  体考分值: 70
  艺术器材达标率: 100
  艺术测评覆盖率: 100
  招生公开项数: 8
  收费检查单位数: 46
  收费整改通知书数: 3
`

// deducted is what only the scheme asks for that takes points away.
const deducted = `  教育财政拨款: [46200, 44100, 42500, 40900]
  财政经常性收入: [151000, 145200, 139100, 135400]
  上轮问题数: 12
  已整改问题数: 10
  正在整改问题数: 2
  当年任务数: 24
  落后任务数: 1
  未启动任务数: 0
  专题研究次数: [6, 5]
  领导小组会议次数: [2, 1]
  联系学校人次: 31
  督导学校数: 105
  责任督学数: 21
  最少督导次数: 7
  失学辍学人数: 0
  小学差异系数综合值: 0.072
  初中差异系数综合值: 0.06
  体质健康优良率: [52.4, 51.8, 52.1, 50.6]
  师德案件数: 3
  安全检查次数: 4
  最少演练次数: 8
  一般事故数: 0
  群众满意度: 88.3
  已经核查: 是
  抽查项自评分: 42
  抽查项核查分: 41.2
`

// balanced is what only the scheme of 2012 asks for.
const balanced = `  名额分配比例: [56, 54.5, 53, 51]
  义务教育教师历年工资: [98640, 96150, 93800, 91500]
  义务教育历年生均:
    小学: {历年生均教育费用: [11544.69, 11240, 10930, 10580], 历年生均公用经费: [2349.72, 2260, 2195, 2140]}
    初中: {历年生均教育费用: [15715.16, 15380, 15010, 14600], 历年生均公用经费: [3249.87, 3120, 3125, 3010]}
  薄弱学校改造计划数: 9
  已改造薄弱学校数: 8
  税费改革转移支付: 1860
  转移支付用于义务教育: 985
  学科教师不齐学校数: 4
  小学辍学率: 0
  初中辍学率: 0.1%
  小学入学率: 100
  初中毛入学率: 101.2
  体测及格率: 93.6
`

// modern is what only the scheme with letters asks for.
const modern = `  地区类别: 三类地区
  公众满意度: 88.3
  挂牌督导覆盖率: 100
  多媒体教室占比: 100
  校园网学校占比: 100
  高中阶段毛入学率: 93.1
  标准化学校占比: 100
  规范化幼儿园占比: 86.7
  优质高中在校生占比: 91.2
  小学本科教师占比: 78.4
  初中本科教师占比: 93.5
  教师持证率: 100
  满学时教师占比: 100
`

// judged are the judgements, below the id of the scheme that asks for them.
const judged = `judged:
  quality-balanced-2017:
    "2.1": {level: 合理, note: 县政府印发布局专项规划}
    "2.10": {level: 落实}
    "3.5": {level: 达到}
    "3.6": {level: 良好}
    "3.7": {level: 达到}
    "3.8": {level: 没有}
    "":
      存在以考试方式招生: 否
      存在违规择校: 否
      举办重点学校: 否
      举办重点班: 否
      有编不补或长期聘用编外教师: 否
      教育系统发生重大安全责任事故或严重违纪违规: 否
      弄虚作假: 否
  preschool-2020:
    "2.1": {level: 符合}
    "2.2": {level: 符合}
    "2.3.2": {level: 符合}
    "2.4.2": {level: 符合}
    "2.5.3": {level: 符合}
    "2.6": {level: 符合}
    "2.7.2": {level: 符合}
    "2.8.2": {level: 符合}
    "2.9": {level: 符合}
    "3.1.7": {level: 符合}
    "3.3.2": {level: 符合}
    "3.4.2": {level: 符合}
    "3.5": {level: 符合}
    "": {数据弄虚作假: 否, 群众对学前教育投诉举报多、负面反映强烈: 否}
  county-duty-2022:
      "1": {level: 落实}
      "2": {level: 落实}
      "3": {level: 落实}
      "6": {level: 落实}
      "7": {level: 落实}
      "8": {中职招生方案和计划已下达: 是}
      "9": {level: 落实}
      "10": {新课程新教材教师全员培训: 是, 功能室和设备满足选课走班: 是}
      "12": {出台终身教育实施方案: 是}
      "13": {督导委员会规程、规则、职责齐备: 是, 督导经费列入预算: 是}
      "14": {中心乡镇缺公办幼儿园: 否}
      "15": {level: 落实}
      "16": {缺少消除大班额专项规划: 否}
      "17": {大宗食材统一招标、配送、定价: 是}
      "20": {未实行师德一票否决: 否}
      "21": {对照减负清单自查: 是}
      "22": {level: 落实}
      "23": {level: 落实}
      "24": {level: 落实}
      "26": {印发防控工作方案: 是, 建立责任清单和督查清单: 是}
      "27": {各类应急预案齐备: 是}
      "28": {制定语言文字达标建设方案: 是}
      "29": {level: 规范}
      "30": {五项管理督导检查全覆盖: 是, 公布监督举报电话: 是}
      "31": {培训机构预收费全部监管: 是, 控制书面作业总量: 是}
      "32": {建立学生视力健康档案: 是}
      "34": {level: 落实}
      "35": {提前招生、掐尖招生等违规招生: 否}
      "36": {level: 平安}
      "37": {收费投诉未处理: 否}
      "":
        挤占、挪用教育经费: 否
        新增拖欠教师工资: 否
        校舍有D级危房仍在使用: 否
        两年内发生重大安全责任事故: 否
        两年内发生影响恶劣的重大案件: 否
        自评弄虚作假: 否
        学生体质健康水平连续三年下降: 否
  funding-no-decrease:
    "": {挤占、挪用教育经费: 否, 新增拖欠教师工资: 否}
  modernisation-letters:
    "1.1.1": {level: A}
    "1.1.2": {level: A}
    "1.2.1": {level: A}
    "1.3.1": {level: A}
    "1.7.1": {level: A}
    "2.6.1": {level: B}
    "2.7.1": {level: A}
    "3.4.1": {level: A}
    "3.5.1": {level: A}
    "3.6.1": {level: A}
    "4.4.2": {level: A}
    "4.5.1": {level: B}
    "4.6.1": {level: A}
    "5.1.1": {level: A}
    "5.3.1": {level: A}
    "5.4.1": {level: A}
    "5.5.1": {level: A}
    "5.6.1": {level: C}
    "": {申报材料弄虚作假: 否}
  class-size:
    "3.4": {超过标准校额的学校都有分流计划: 是}
    "4.3": {小规模学校布局方案经县政府审定: 是, 撤并前公示并征求家长意见，或没有撤并: 是}
  basic-balanced-2012:
    "1": {随迁子女就学没有纳入教育发展规划: 否, 随迁子女就学没有纳入财政保障: 否}
    "2": {留守儿童有台账、有专人负责: 是}
    "5": {没有建立均衡发展责任机制: 否, 没有建立监督机制: 否, 没有建立问责机制: 否}
    "6": {义务教育经费没有在预算中单列: 否}
    "7": {有学校标准化建设规划并按年落实: 是}
    "8": {教育费附加没有足额征收: 否, 教育费附加没有全部用于教育: 否}
    "9": {教师绩效工资没有全部落实: 否, 特殊教育教师津贴没有落实: 否}
    "11": {没有建立校长、教师定期交流制度: 否}
    "13": {level: 开齐开足}
    "16": {设有重点学校: 否, 设有重点班: 否, 择校问题突出: 否}
    "17": {level: 一般}
    "": {申报材料弄虚作假: 否}
  county-duty-deduct:
    "2": {没有印发整改方案: 否, 整改报告没有按时报送: 否, 自评和整改结果没有在政府网站公开: 否}
    "5": {督导经费没有列入预算: 否}
    "6": {部门教育职责清单没有印发: 否, 教育工作没有向人大常委会报告: 否, 党政主要负责人没有述教育职责: 否, 评价结果没有用于干部考核: 否}
    "17": {没有实行师德失范一票否决: 否}
    "":
      校舍有D级危房仍在使用: 否
      两年内发生重大安全责任事故: 否
      两年内发生影响恶劣的重大案件: 否
      发生涉校的事故、安全或公共卫生事件并造成不良影响: 否
      自评弄虚作假: 否
`
